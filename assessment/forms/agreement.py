"""From a filled-in form to an agreement or an answer to one, or to a refusal per field; pure."""

from calendar import monthrange
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID

from assessment.errors import Refused
from assessment.forms.fields import Submission, chosen, parse_field
from assessment.model import CONFIRMATION_ANSWERS, Agreement, Confirmation, Decision, note_text
from assessment.model.agreement import (
    check_beside,
    end_not_before,
    escalation_text,
    limits_text,
    part_of_each,
    reservation_text,
)
from assessment.scoring.seats import Seating

MONTHS_VALID = 6
FURTHEST = timedelta(days=366)
MOST_HEARD = 3
LEAST_NAMING = 2


@dataclass(frozen=True, slots=True)
class AgreementForm:
    """What people settle about one decision; `decides` is None until somebody is chosen."""

    decides: str | None = None
    consulted: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()
    agreed_on: date | None = None
    valid_until: date | None = None
    limits: str = ""
    escalation: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AgreementDraft:
    """What no form settles of a new agreement: on what, in whose place, made where and when."""

    agreement_id: UUID
    saved_at: datetime
    squad: str
    decision: str
    supersedes: UUID | None = None
    survey: UUID | None = None


_TEXTS: Mapping[str, Callable[[str], str]] = {
    "limits": limits_text,
    "escalation": escalation_text,
    "note": note_text,
}


@dataclass(frozen=True, slots=True)
class ConfirmationForm:
    """How somebody answers an agreement for a role; a reservation that `is_spoken` may be empty."""

    role: str | None = None
    answer: str | None = None
    reservation: str = ""
    is_spoken: bool = False


def months_after(day: date, months: int) -> date:
    """A day as many months later, on that month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def leading_roles(roles_named: Mapping[str, int], seating: Seating) -> tuple[str, ...]:
    """The roles that most voices name, several where they tie; of a person's seats the first.

    `roles_named` counts voices by role, in framework order.
    """
    held = {role: count for role, count in roles_named.items() if seating.is_held(role)}
    most = [role for role, count in held.items() if count == max(held.values())]
    first_of: dict[tuple[str, ...], str] = {}
    for role in most:
        first_of.setdefault(seating.seats_of_person[role], role)
    return tuple(first_of.values())


def most_named(roles_named: Mapping[str, int], seating: Seating) -> str | None:
    """The one role that most voices name; None in a tie, and where nobody held is named."""
    leading = leading_roles(roles_named, seating)
    return leading[0] if len(leading) == 1 else None


def majority(roles_named: Mapping[str, int], seating: Seating, *, voices: int) -> str | None:
    """The one role that more than half of the `voices` that could tell name; None where none is."""
    role = most_named(roles_named, seating)
    return role if role and 2 * roles_named[role] > voices else None


def majority_that_may(
    roles_named: Mapping[str, int], seating: Seating, decision: Decision, *, voices: int
) -> str | None:
    """The role that more than half of the `voices` name, if it may decide by the reference."""
    role = majority(roles_named, seating, voices=voices)
    return role if role and seating.decides(role, seating.listed_for(decision)) else None


def proposed_agreement_form(
    roles_named: Mapping[str, int], seating: Seating, *, decides: str | None, today: date
) -> AgreementForm:
    """What a form proposes: who decides, others whom voices name, from today, six months.

    In a tie nobody is proposed. `roles_named` counts voices by role, in framework order.
    """
    if len(leading_roles(roles_named, seating)) > 1:
        roles_named = {}
    held = {role: count for role, count in roles_named.items() if seating.is_held(role)}
    others = sorted(
        (
            role
            for role in held
            if decides not in seating.seats_of_person[role] and held[role] >= LEAST_NAMING
        ),
        key=lambda role: -held[role],
    )[:MOST_HEARD]
    return AgreementForm(
        decides=decides,
        consulted=tuple(role for role in held if role in others),
        agreed_on=today,
        valid_until=months_after(today, MONTHS_VALID),
    )


def agreement_form_of(agreement: Agreement, *, today: date) -> AgreementForm:
    """The form that replaces an agreement; one begun before today starts today, for six months."""
    said = {field.name: getattr(agreement, field.name) for field in fields(AgreementForm)}
    if agreement.agreed_on < today:
        said |= {"agreed_on": today, "valid_until": months_after(today, MONTHS_VALID)}
    return AgreementForm(**said)


def is_same_agreement(form: AgreementForm, other: AgreementForm) -> bool:
    """Whether two forms say the same, in whatever order roles were chosen."""

    def in_order(form: AgreementForm) -> AgreementForm:
        consulted, informed = tuple(sorted(form.consulted)), tuple(sorted(form.informed))
        return replace(form, consulted=consulted, informed=informed)

    return in_order(form) == in_order(other)


def agreement_submission_of(
    form: AgreementForm,
    *,
    draft: AgreementDraft,
    seating: Seating,
    others: Collection[Agreement],
    is_settled: Callable[[Agreement], bool],
    today: date,
) -> Submission[Agreement]:
    """Check every field of a form for a new agreement; `today` is the reader's date.

    `others` are the squad's agreements; those that are settled end what they replace.
    """
    framework, refusals = seating.framework, dict[str, Refused]()
    parse_field(refusals, "decision", lambda: framework.check_decision(draft.decision))
    decides = parse_field(refusals, "decides", lambda: _last_word(form.decides, seating))
    parse_field(refusals, "consulted", lambda: _check_held(form.consulted, seating))
    parse_field(refusals, "informed", lambda: _check_held(form.informed, seating))
    agreed_on = parse_field(refusals, "agreed_on", lambda: _first_day(form.agreed_on, today))
    valid_until = agreed_on and parse_field(
        refusals, "valid_until", lambda: _last_day(form.valid_until, agreed_on)
    )
    parts = decides and _parts(refusals, form, decides)
    texts = {
        name: parse_field(refusals, name, partial(parse, getattr(form, name))) or ""
        for name, parse in _TEXTS.items()
    }
    if refusals or not decides or not agreed_on or not valid_until or not parts:
        return Submission(None, refusals)
    settled = replace(
        form,
        decides=decides,
        consulted=parts[0],
        informed=parts[1],
        agreed_on=agreed_on,
        valid_until=valid_until,
        **texts,
    )
    agreement = Agreement(**asdict(draft), **asdict(settled))
    parse_field(
        refusals, "agreed_on", lambda: check_beside(agreement, others, is_settled=is_settled)
    )
    return Submission(None if refusals else agreement, refusals)


def confirmation_submission_of(
    form: ConfirmationForm,
    agreement: Agreement,
    *,
    concerned: Sequence[str],
    confirmation_id: UUID,
    now: datetime,
) -> Submission[Confirmation]:
    """Check every field of an answer to an agreement that concerns some roles."""
    refusals: dict[str, Refused] = {}
    role = parse_field(refusals, "role", lambda: chosen(form.role, concerned))
    answer = parse_field(refusals, "answer", lambda: chosen(form.answer, CONFIRMATION_ANSWERS))
    reservation = parse_field(refusals, "reservation", lambda: _reservation(form))
    if role is None or answer is None or reservation is None:
        return Submission(None, refusals)
    confirmation = Confirmation(
        confirmation_id=confirmation_id,
        saved_at=now,
        squad=agreement.squad,
        agreement_id=agreement.agreement_id,
        role=role,
        answer=answer,
        reservation=reservation,
    )
    return Submission(confirmation, {})


def _last_word(role: str | None, seating: Seating) -> str:
    if not role:
        raise Refused("say who has the last word: choose exactly one role")
    _check_held((role,), seating)
    return role


def _check_held(roles: Collection[str], seating: Seating) -> None:
    for role in roles:
        seating.framework.check_role(role)
        if not seating.is_held(role):
            raise Refused(
                "nobody holds '{role}' in the squad's setup; choose another role, or correct "
                "the setup first",
                role=role,
            )


def _parts(
    refusals: dict[str, Refused], form: AgreementForm, decides: str
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Who is heard and who is told; refused beside the field in which a role stands again."""
    heard = parse_field(refusals, "consulted", lambda: part_of_each(decides, form.consulted, ()))
    if heard is None:
        return None
    return parse_field(
        refusals, "informed", lambda: part_of_each(decides, form.consulted, form.informed)
    )


def _first_day(day: date | None, today: date) -> date:
    if day is None:
        raise Refused("the date is empty; choose the day from which it counts")
    if day > today + FURTHEST:
        raise Refused("the day {day} lies more than a year ahead; choose an earlier one", day=day)
    return day


def _last_day(day: date | None, agreed_on: date) -> date:
    return end_not_before(agreed_on, day or months_after(agreed_on, MONTHS_VALID))


def _reservation(form: ConfirmationForm) -> str:
    """What is reserved; an agreement without reservation takes none."""
    text = "" if form.answer == "agreed" else reservation_text(form.reservation)
    if form.answer == "with-reservation" and not text and not form.is_spoken:
        raise Refused("the reservation is empty; state it in a sentence")
    return text

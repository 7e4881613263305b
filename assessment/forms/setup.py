"""From a filled-in form to a squad's setup, or to the refusals of each field; pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import get_args
from uuid import UUID

from assessment.errors import Refused
from assessment.forms.fields import Submission, chosen, parse_field
from assessment.model import (
    ABSENT,
    EMPTY,
    OWN,
    SAME_AS,
    SHARED,
    Company,
    Framework,
    Setup,
    fit_for_files,
    name_key,
    past_date,
    seats_held,
    squad_name,
)
from assessment.model.names import sort_key
from assessment.model.setup import shared_seat

COMPANIES: tuple[Company, ...] = get_args(Company)


@dataclass(frozen=True, slots=True)
class SetupForm:
    """What a person told of a squad's setup; `labels` of seats that are not shared do not count."""

    squad: str = ""
    since: date | None = None
    company: str | None = None
    seats: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)


def label_field(role: str) -> str:
    """The field of a form that tells what a role's shared seat is called."""
    return f"label-{role}"


def labels_known(setups: Iterable[Setup], role: str) -> tuple[str, ...]:
    """What a role's shared seats are called so far, each once, in order."""
    labels = [setup.shared_seats[role] for setup in setups if role in setup.shared_seats]
    return tuple(sorted({name_key(label): label for label in labels}.values(), key=sort_key))


def ways_to_hold(framework: Framework, role: str) -> tuple[str, ...]:
    """Every way in which the seat of a role can be held."""
    others = (SAME_AS + other for other in framework.role_ids if other != role)
    return (OWN, SHARED, *others, EMPTY, ABSENT)


def setup_submission_of(
    form: SetupForm,
    framework: Framework,
    *,
    setup_id: UUID,
    now: datetime,
    today: date,
    taken: Collection[date] = (),
) -> Submission[Setup]:
    """Check every field of a form; `today` is the reader's date, `now` the moment of saving.

    `taken` are the days on which other setups of the squad begin. A seat is refused under its
    role's id, what it is called under the field `label_field` names.
    """
    refusals: dict[str, Refused] = {}
    squad = parse_field(refusals, "squad", lambda: squad_name(fit_for_files(form.squad)))
    since = parse_field(refusals, "since", lambda: _day(form.since, today, taken))
    company = None
    if form.company is not None:
        company = parse_field(refusals, "company", lambda: chosen(form.company, COMPANIES))
    for role in form.seats:
        parse_field(refusals, role, partial(_check_seat, role, form.seats, framework))
    shared = _shared_seats(form, refusals)
    if refusals or squad is None or since is None:
        return Submission(None, refusals)
    return Submission(
        Setup(
            setup_id=setup_id,
            saved_at=now,
            since=since,
            squad=squad,
            company=company,
            seats=dict(form.seats),
            shared_seats=shared,
        ),
        {},
    )


def setup_of_roles(
    squad: str,
    roles: Collection[str],
    framework: Framework,
    *,
    setup_id: UUID,
    now: datetime,
    today: date,
) -> Setup:
    """The setup from today on, one person for each role; Refused without or with unknown roles."""
    if not roles:
        raise Refused("no role is chosen; choose those that the squad has")
    seats = dict.fromkeys(framework.role_ids, ABSENT) | dict.fromkeys(roles, OWN)
    form = SetupForm(squad=squad, since=today, seats=seats)
    submission = setup_submission_of(form, framework, setup_id=setup_id, now=now, today=today)
    return submission.accepted()


def setups_of(setups: Iterable[Setup], squad: str) -> tuple[Setup, ...]:
    """The setups of a squad, the latest first."""
    key = name_key(squad)
    of_squad = [setup for setup in setups if setup.squad_key == key]
    return tuple(sorted(of_squad, key=lambda setup: (setup.since, setup.saved_at), reverse=True))


def _shared_seats(form: SetupForm, refusals: dict[str, Refused]) -> dict[str, str]:
    labels = {}
    for role, text in form.labels.items():
        if form.seats.get(role) == SHARED and text.strip():
            parse = partial(_label, text)
            labels[role] = parse_field(refusals, label_field(role), parse) or ""
    return labels


def _label(text: str) -> str:
    return shared_seat(fit_for_files(text))


def _day(day: date | None, today: date, taken: Collection[date]) -> date:
    if day is None:
        raise Refused("the date is empty; choose the day from which the setup holds")
    if day in taken:
        raise Refused(
            "another setup begins on {day}; edit that one, or choose another day", day=day
        )
    return past_date(day, today=today)


def _check_seat(role: str, seats: Mapping[str, str], framework: Framework) -> None:
    """Check one seat beside the one it refers to, so that each refusal stands at its own field."""
    framework.check_role(role)
    other = seats[role].removeprefix(SAME_AS)
    seats_held({role: seats[role], **({other: seats[other]} if other in seats else {})})

"""What a squad agreed on who decides, and how the roles concerned answered it."""

from collections.abc import Callable, Collection, Iterable
from datetime import date, timedelta
from functools import cached_property, partial
from typing import Annotated, Literal, Self, get_args
from uuid import UUID

from pydantic import AfterValidator, model_validator

from assessment.errors import Refused, template
from assessment.model.names import Alias, Note, OfSquad, name_key, one_line

Answer = Literal["agreed", "with-reservation", "not-agreed"]
CONFIRMATION_ANSWERS: tuple[Answer, ...] = get_args(Answer)

LONGEST_LIMITS = 300
LONGEST_ESCALATION = 200
LONGEST_RESERVATION = 300

_line = partial(
    one_line,
    unfit_text=template("the text contains a control character ({code}); remove it"),
    too_long=template("the text has {length} characters; keep it to {most}"),
)

limits_text = partial(_line, most=LONGEST_LIMITS)
escalation_text = partial(_line, most=LONGEST_ESCALATION)
"""To whom it goes and after how long."""

reservation_text = partial(_line, most=LONGEST_RESERVATION)


def end_not_before(agreed_on: date, day: date) -> date:
    """The last day of an agreement; Refused when it lies before the day it was agreed."""
    if day < agreed_on:
        raise Refused(
            "the end {day} lies before {agreed}, the day of the agreement",
            day=day,
            agreed=agreed_on,
        )
    return day


def part_of_each(
    decides: str, consulted: tuple[str, ...], informed: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who is heard and who is told, each role once; Refused where one has two parts."""
    consulted, informed = tuple(dict.fromkeys(consulted)), tuple(dict.fromkeys(informed))
    parts = (decides, *consulted, *informed)
    twice = next((role for role in parts if parts.count(role) > 1), None)
    if twice:
        raise Refused(
            "{role} has two parts in this agreement; let it decide, be consulted or be "
            "informed, one of the three",
            role=twice,
        )
    return consulted, informed


class Agreement(OfSquad):
    """Who has the last word on a decision in a squad, from a day on and up to another.

    `decides` is the one role with the last word, `consulted` are heard before, `informed` are told
    after. It counts from `agreed_on` up to and including `valid_until`, both days of the people
    who agreed. `supersedes` is the agreement it takes the place of, `survey` the one in whose room
    it was made; without one it was written by one person.
    """

    agreement_id: UUID
    decision: str
    agreed_on: date
    decides: str
    consulted: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()
    limits: Annotated[str, AfterValidator(limits_text)] = ""
    escalation: Annotated[str, AfterValidator(escalation_text)] = ""
    valid_until: date
    supersedes: UUID | None = None
    survey: UUID | None = None
    note: Note = ""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if not self.decides:
            raise Refused("say who has the last word: choose exactly one role")
        end_not_before(self.agreed_on, self.valid_until)
        part_of_each(self.decides, self.consulted, self.informed)
        if self.supersedes == self.agreement_id:
            raise Refused("the agreement names itself as the one it replaces")
        return self


class Confirmation(OfSquad):
    """How one role answered an agreement; of several by the same voice the latest counts.

    `voice` is the alias of who answered for the role, where there is one. `reservation` says what
    is reserved or why it is not agreed. The squad is that of the agreement.
    """

    confirmation_id: UUID
    agreement_id: UUID
    role: str
    voice: Alias = None
    answer: Answer
    reservation: Annotated[str, AfterValidator(reservation_text)] = ""

    @cached_property
    def voice_key(self) -> str:
        """Who answered for the role, whatever the spelling; empty where nobody is named."""
        return name_key(self.voice or "")


def followers(agreement: Agreement, others: Iterable[Agreement]) -> list[Agreement]:
    """Those of `others` that take its place, each after the one whose place it takes itself."""
    next_of: dict[UUID | None, list[Agreement]] = {}
    for other in others:
        if other.agreement_id != agreement.agreement_id:
            next_of.setdefault(other.supersedes, []).append(other)
    later = [agreement]
    for followed in later:  # which grows
        later += next_of.pop(followed.agreement_id, [])
    return later[1:]


def end_before(agreement: Agreement, others: Iterable[Agreement]) -> date:
    """The last day of an agreement that `others` replace; it may lie before the first."""
    return min([agreement.valid_until, *(o.agreed_on - timedelta(days=1) for o in others)])


def check_beside(
    agreement: Agreement,
    others: Collection[Agreement],
    *,
    is_settled: Callable[[Agreement], bool] = lambda _: True,
) -> None:
    """Raise Refused where an agreement cannot stand beside the `others` that there are.

    It takes the place of one about the same decision of the same squad, not made later and that
    no other has replaced; and no two about one decision share a day. Only what `is_settled` ends
    another; all is taken for settled where that is not known, as in a file, where answers follow.
    """
    same = [
        other
        for other in others
        if (other.squad_key, other.decision) == (agreement.squad_key, agreement.decision)
        and other.agreement_id != agreement.agreement_id
    ]
    if agreement.supersedes is not None:
        _check_replaces(agreement, same)

    def end(one: Agreement) -> date:
        return end_before(one, filter(is_settled, followers(one, same)))

    for other in same:
        if agreement in followers(other, [*same, agreement]):
            continue
        if max(agreement.agreed_on, other.agreed_on) <= min(end(agreement), end(other)):
            raise Refused(
                "another agreement about this decision counts from {first} to {last}; replace "
                "that one, or choose other days",
                first=other.agreed_on,
                last=end(other),
            )


def _check_replaces(agreement: Agreement, same: Iterable[Agreement]) -> None:
    replaced = next((o for o in same if o.agreement_id == agreement.supersedes), None)
    if replaced is None:
        raise Refused(
            "the agreement that this one replaces is not among the squad's agreements about "
            "this decision; look at them again, then choose one of them"
        )
    if agreement.agreed_on < replaced.agreed_on:
        raise Refused(
            "the day {day} lies before {agreed}, the day of the agreement it replaces",
            day=agreement.agreed_on,
            agreed=replaced.agreed_on,
        )
    if any(other.supersedes == replaced.agreement_id for other in same):
        raise Refused(
            "another agreement has replaced this one meanwhile; look at it again, then "
            "replace the latest"
        )

"""Agreements as they stand: their states, whom they concern, which one counts when; pure."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import cached_property
from typing import Literal, Self

from assessment.model import Agreement, Confirmation, Framework, Survey, Vote, name_key
from assessment.model.agreement import Answer, followers
from assessment.model.vote import counting_votes
from assessment.scoring.seats import Seating, SquadSeats

AgreementState = Literal[
    "proposed",
    "in-force",
    "with-reservations",
    "without-decider",
    "contested",
    "expiring",
    "expired",
    "superseded",
]
IN_FORCE: frozenset[AgreementState] = frozenset(
    {"in-force", "with-reservations", "without-decider", "expiring"}
)
SETTLED: frozenset[AgreementState] = IN_FORCE | {"proposed"}
"""The states in which a decision has an agreement: one holds or waits for its answers."""
DECIDED: frozenset[AgreementState] = SETTLED - {"without-decider"}
"""Those of them in which it needs no new one: somebody holds the seat that decides."""

EXPIRES_SOON = timedelta(days=30)
"""So long before it ends, and after it did, an agreement is told as one to renew or let go."""

ONE_DAY = timedelta(days=1)

_GRAVEST_FIRST: tuple[Answer, ...] = ("not-agreed", "with-reservation", "agreed")


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    """What a role answered `before`, and the moment `since` which it answers otherwise."""

    before: Answer
    since: datetime


@dataclass(frozen=True, eq=False)
class Agreements:
    """All agreements, how they were answered and voted on, read for squads that are seated so.

    The day of an answer is that of the `zone`. To whom nothing later than `until` is told, they
    stand as on that day; from whom all are `hidden`, nobody can say what is not agreed.
    """

    framework: Framework
    agreements: tuple[Agreement, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    seats_of: Callable[[str], SquadSeats] | None = None
    votes: tuple[Vote, ...] = ()
    until: date | None = None
    hidden: bool = False
    zone: tzinfo = UTC

    def on(self, day: date) -> "AgreementsOn":
        """How they stand on a day, or on the last one of which is told."""
        return AgreementsOn(self, min(day, self.until or day))

    def as_of(self, day: date) -> Self:
        """The agreements, of which nothing later than a day is told."""
        until = self.on(day).day
        begun = tuple(made for made in self.agreements if made.agreed_on <= until)
        return replace(self, agreements=begun, until=until)

    def of(self, squad: str) -> tuple[Agreement, ...]:
        """A squad's agreements, by decision in the framework's order, earliest first."""
        return self._by_squad.get(name_key(squad), ())

    def answers_to(self, agreement: Agreement) -> Sequence[tuple[date, Confirmation]]:
        """All that was answered to an agreement, each with its day, earliest first."""
        return self._answers_to.get(agreement.id, ())

    def seating(self, squad: str, day: date) -> Seating:
        """Who sits where in a squad on a day; assumed where nobody told it."""
        if self.seats_of is None:
            return Seating(self.framework)
        return self.seats_of(squad).on(day)

    @cached_property
    def _by_squad(self) -> Mapping[str, tuple[Agreement, ...]]:
        order = {decision.id: at for at, decision in enumerate(self.framework.lenses.decisions)}
        in_order = sorted(self.agreements, key=lambda made: (order[made.decision], *_when(made)))
        by_squad: dict[str, list[Agreement]] = {}
        for agreement in in_order:
            by_squad.setdefault(agreement.squad_key, []).append(agreement)
        return {squad: tuple(agreements) for squad, agreements in by_squad.items()}

    @cached_property
    def _answers_to(self) -> Mapping[object, Sequence[tuple[date, Confirmation]]]:
        by_agreement: dict[object, list[tuple[date, Confirmation]]] = {}
        for answer in sorted(self.confirmations, key=lambda confirmation: confirmation.saved_at):
            day = answer.saved_at.astimezone(self.zone).date()
            by_agreement.setdefault(answer.agreement_id, []).append((day, answer))
        return by_agreement


@dataclass(frozen=True, eq=False)
class AgreementsOn:
    """How agreements stand on a `day`, by the answers given up to then.

    An agreement is settled once every role concerned has answered and none disagrees. Only then is
    it a reference, and only then does it take the place of another.
    """

    undated: Agreements
    day: date

    @property
    def is_last_told(self) -> bool:
        """Whether nothing later is told."""
        return self.day == self.undated.until

    def last_vote(self, agreement: Agreement) -> tuple[Vote, ...]:
        """The votes that count of the last vote on its decision in the room that agreed on it."""
        asked = agreement.survey, agreement.decision
        passes = counting_votes(vote for vote in self.undated.votes if vote.ballot[:2] == asked)
        return passes[max(passes)] if passes else ()

    def story(self, squad: str, decision: str) -> tuple[Agreement, ...]:
        """What a squad agreed on one decision over time, earliest first."""
        return tuple(made for made in self.undated.of(squad) if made.decision == decision)

    def to_replace(self, squad: str, decision: str) -> Agreement | None:
        """The latest agreement on a decision, while any on it could still count."""
        story = self.story(squad, decision)
        return story[-1] if any(self.day <= made.valid_until for made in story) else None

    def to_write(self, squad: str, to_settle: Iterable[str]) -> tuple[str, ...]:
        """The decisions without an agreement, but for those to settle, in the framework's order."""
        left_out = {*to_settle, *(agreement.decision for agreement in self.undated.of(squad))}
        decisions = self.undated.framework.lenses.decision_by_id
        return tuple(decision for decision in decisions if decision not in left_out)

    def holding_and_latest(self, squad: str) -> tuple[Agreement, ...]:
        """What holds on each decision, and the latest on it; one that is over where none holds."""
        return self._last(self.undated.of(squad))

    def decisions_agreed(self, squad: str, room: Survey | None = None) -> frozenset[str]:
        """The decisions on which an agreement holds, or waits for answers and nobody refuses it.

        Of a room those on which one with a decider was made in it or before it.
        """
        agreements = self._last(
            made
            for made in self.undated.of(squad)
            if room is None or made.survey == room.id or was_made_before(made, room)
        )
        enough = DECIDED if room else SETTLED
        return frozenset(made.decision for made in agreements if self.state(made) in enough)

    def unsettled_in(self, room: Survey) -> frozenset[str]:
        """The decisions last agreed on in a room in what waits for roles or is refused by one.

        What is over is none of them any more.
        """
        last = {
            made.decision: made for made in self.undated.of(room.squad) if made.survey == room.id
        }
        return frozenset(
            of for of, made in last.items() if not self.is_settled(made) and not self.is_over(made)
        )

    def before(self, room: Survey) -> Self:
        """The agreements without a room's own, and without any since its answers were revealed."""
        all_made = self.undated.agreements
        made = tuple(agreement for agreement in all_made if was_made_before(agreement, room))
        return replace(self, undated=replace(self.undated, agreements=made))

    def begun(self, squad: str) -> tuple[Agreement, ...]:
        """What holds on each decision, and the latest on it, leaving out what begins only later."""
        return self._last(made for made in self.undated.of(squad) if made.agreed_on <= self.day)

    def to_renew(self, squad: str) -> tuple[Agreement, ...]:
        """The settled ones that end soon, or did not long ago, and that nothing replaced."""
        return tuple(
            agreement
            for agreement in self.holding_and_latest(squad)
            if self.state(agreement) in ("expiring", "expired")
            and self.day - agreement.valid_until <= EXPIRES_SOON
            and self.is_settled(agreement)
        )

    def _last(self, agreements: Iterable[Agreement]) -> tuple[Agreement, ...]:
        last: list[Agreement] = []
        latest_on = {agreement.decision: agreement for agreement in agreements}
        for decision, latest in latest_on.items():
            held = self.reference(latest.squad, decision)
            if held and held != latest:
                last.append(held)
            if held is None or self.day <= latest.valid_until:
                last.append(latest)
        return tuple(last)

    def in_force(self, squad: str) -> tuple[Agreement, ...]:
        """The agreements that hold, one a decision at most."""
        decisions = self.undated.framework.lenses.decisions
        references = (self.reference(squad, decision.id) for decision in decisions)
        return tuple(agreement for agreement in references if agreement)

    def reference(self, squad: str, decision: str) -> Agreement | None:
        """The settled agreement on a decision that counts: never more than one does."""
        counting = (made for made in self.story(squad, decision) if self._counts(made, self.day))
        return next(counting, None)

    def days_held(self, agreement: Agreement) -> tuple[tuple[date, date], ...]:
        """The spans in which it counts, as far as is known, each by its first and last day."""
        story = self.story(agreement.squad, agreement.decision)
        turns = {made.agreed_on for made in story}
        turns |= {day for made in story for day, _answer in self.undated.answers_to(made)}
        firsts = sorted(day for day in turns if agreement.agreed_on <= day <= agreement.valid_until)
        lasts = (*(day - ONE_DAY for day in firsts[1:]), agreement.valid_until)
        spans: list[tuple[date, date]] = []
        for first, last in zip(firsts, lasts, strict=False):
            if not self.undated.on(min(first, self.day))._counts(agreement, first):
                continue
            if spans and spans[-1][1] == first - ONE_DAY:
                first, _ = spans.pop()
            spans.append((first, last))
        return tuple(spans)

    def holds_from(self, agreement: Agreement) -> date:
        """The first day on which it counts or should have; where it did not for a while, again."""
        spans = self.days_held(agreement)
        return spans[-1][0] if spans else agreement.agreed_on

    def _counts(self, agreement: Agreement, day: date) -> bool:
        """Whether it is settled, begun by a day and not over, and none takes its place by then."""
        if not (agreement.agreed_on <= day <= agreement.valid_until and self.is_settled(agreement)):
            return False
        return not self._is_superseded(agreement, day)

    def state(self, agreement: Agreement) -> AgreementState:
        """How an agreement stands."""
        if self._is_superseded(agreement, self.day):
            return "superseded"
        if self.is_refused(agreement):
            return "contested"
        if agreement.valid_until < self.day:
            return "expired"
        if not self.is_settled(agreement) or self.day < agreement.agreed_on:
            return "proposed"
        if self._away_since(agreement):
            return "without-decider"
        if agreement.valid_until - self.day <= EXPIRES_SOON:
            return "expiring"
        answers = self.answers(agreement).values()
        return "with-reservations" if "with-reservation" in answers else "in-force"

    def is_over(self, agreement: Agreement) -> bool:
        """Whether nobody answers it any more: its last day is gone, or another took its place."""
        return agreement.valid_until < self.day or self._is_superseded(agreement, self.day)

    def concerned(self, agreement: Agreement) -> tuple[str, ...]:
        """Who decides and who is heard, where somebody held these roles on the agreement's day."""
        seating = self.undated.seating(agreement.squad, agreement.agreed_on)
        return tuple(
            role for role in (agreement.decides, *agreement.consulted) if seating.is_held(role)
        )

    def answers(self, agreement: Agreement) -> Mapping[str, Answer]:
        """How the roles concerned answered, in their order; of several voices the gravest."""
        return {
            role: answers[-1][0]
            for role in self.concerned(agreement)
            if (answers := self._answers_in_time(agreement, role))
        }

    def changed_answers(self, agreement: Agreement) -> Mapping[str, ChangedAnswer]:
        """By role concerned what it answered before it changed its answer, the gravest of it."""
        changed = {}
        for role in self.concerned(agreement):
            answers = self._answers_in_time(agreement, role)
            if len(answers) > 1:
                last, since = answers[-1]
                before = {answer for answer, _since in answers} - {last}
                changed[role] = ChangedAnswer(_gravest(before), since)
        return changed

    def given(self, agreement: Agreement, role: str) -> tuple[Confirmation, ...]:
        """All that was answered for a role, earliest first."""
        return tuple(answer for answer in self._given(agreement) if answer.role == role)

    def _given(self, agreement: Agreement) -> Iterator[Confirmation]:
        return (answer for day, answer in self.undated.answers_to(agreement) if day <= self.day)

    def _answers_in_time(self, agreement: Agreement, role: str) -> list[tuple[Answer, datetime]]:
        """What a role answered and since when, change by change; of several voices the gravest."""
        by_voice: dict[str, Answer] = {}
        answers: list[tuple[Answer, datetime]] = []
        for confirmation in self.given(agreement, role):
            by_voice[confirmation.voice_key] = confirmation.answer
            answer = _gravest(by_voice.values())
            if not answers or answer != answers[-1][0]:
                answers.append((answer, confirmation.saved_at))
        return answers

    def waiting(self, agreement: Agreement) -> tuple[str, ...]:
        """The roles concerned that have yet to agree: no answer so far, or not agreed."""
        answers = self.answers(agreement)
        return tuple(
            role
            for role in self.concerned(agreement)
            if answers.get(role, "not-agreed") == "not-agreed"
        )

    def counting_answers(self, agreement: Agreement) -> tuple[Confirmation, ...]:
        """The latest answer of each role and voice, in the order given first."""
        by_voice: dict[tuple[str, str], Confirmation] = {}
        for confirmation in self._given(agreement):
            by_voice[confirmation.role, confirmation.voice_key] = confirmation
        return tuple(by_voice.values())

    def is_refused(self, agreement: Agreement) -> bool:
        """Whether a role concerned does not agree."""
        return "not-agreed" in self.answers(agreement).values()

    def is_settled(self, agreement: Agreement) -> bool:
        """Whether every role concerned has answered, and none disagrees."""
        answers, concerned = self.answers(agreement), self.concerned(agreement)
        all_there = bool(concerned) and len(answers) == len(concerned)
        return all_there and "not-agreed" not in answers.values()

    def lost_roles(self, agreement: Agreement) -> tuple[str, ...]:
        """The roles it names that nobody holds in the squad's setup."""
        seating = self.undated.seating(agreement.squad, self.day)
        roles = (agreement.decides, *agreement.consulted, *agreement.informed)
        return tuple(role for role in roles if not seating.is_held(role))

    def without_decider(self, squad: str) -> tuple[tuple[date, Agreement], ...]:
        """Those in force by which nobody is there to decide, each with the day since when."""
        return tuple(
            (max(since, agreement.agreed_on), agreement)
            for agreement in self.in_force(squad)
            if (since := self._away_since(agreement))
        )

    def _away_since(self, agreement: Agreement) -> date | None:
        """Since which day nobody holds the seat that decides by it; None where somebody does."""
        seats_of = self.undated.seats_of
        return seats_of and seats_of(agreement.squad).away_since(agreement.decides, self.day)

    def must_not_decide(self, agreement: Agreement) -> bool:
        """Whether the agreed role is one that must not decide, by the playbook."""
        seating = self.undated.seating(agreement.squad, self.day)
        decision = self.undated.framework.lenses.decision_by_id[agreement.decision]
        held = seating.is_held(agreement.decides)
        return held and seating.must_not_decide(agreement.decides, decision)

    def _is_superseded(self, agreement: Agreement, day: date) -> bool:
        """Whether a settled one takes its place by a day: what was written to replace it, or later.

        What came later may replace a third one that is settled no longer, so it need not name this
        one; it takes the place where it begins before this one ends.
        """
        story = self.story(agreement.squad, agreement.decision)
        later = (other for other in story if _when(agreement) < _when(other))
        within = (other for other in later if other.agreed_on <= agreement.valid_until)
        in_its_place = (*followers(agreement, story), *within)
        return any(other.agreed_on <= day and self.is_settled(other) for other in in_its_place)


def was_made_before(agreement: Agreement, room: Survey) -> bool:
    """Whether an agreement was made elsewhere, before a room's answers were revealed."""
    is_earlier = room.revealed_at is None or agreement.saved_at < room.revealed_at
    return is_earlier and agreement.survey != room.id


def _gravest(answers: Collection[Answer]) -> Answer:
    return min(answers, key=_GRAVEST_FIRST.index)


def _when(agreement: Agreement) -> tuple[object, ...]:
    return (agreement.agreed_on, agreement.saved_at, str(agreement.id))

"""Agreements as they stand: their states, whom they concern, and what voices say since; pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby
from typing import Literal, TypeAlias

from assessment.model import Agreement, Confirmation, Framework, name_key
from assessment.model.agreement import Answer
from assessment.rounds.history import History, Round
from assessment.scoring.deciders import Named, roles_in
from assessment.scoring.seats import Seating, SquadSeats

AgreementState: TypeAlias = Literal[
    "proposed", "in-force", "with-reservations", "contested", "expiring", "expired", "superseded"
]
IN_FORCE: frozenset[AgreementState] = frozenset({"in-force", "with-reservations", "expiring"})

EXPIRES_SOON = timedelta(days=30)

EXACTLY, WITH_OTHERS, OTHERWISE = 1.0, 0.5, 0.0
"""What a voice counts towards kept, by whom it names beside the agreed role."""

_GRAVEST_FIRST: tuple[Answer, ...] = ("not-agreed", "with-reservation", "agreed")


@dataclass(frozen=True, slots=True)
class Practice:
    """What the voices that an agreement speaks to say of its decision.

    Of the `voices` that answered, `exactly` name the agreed role alone, `with_others` that role
    beside others.
    """

    voices: int
    exactly: int
    with_others: int

    @property
    def naming(self) -> int:
        """How many name the agreed role, alone or with others."""
        return self.exactly + self.with_others

    @property
    def kept(self) -> float:
        """The mean over the voices, in [0, 1]: 1 the agreed role alone, 0.5 with others, else 0."""
        return (EXACTLY * self.exactly + WITH_OTHERS * self.with_others) / self.voices

    @property
    def is_kept(self) -> bool:
        """Whether more than half of it is kept."""
        return self.kept > WITH_OTHERS


@dataclass(frozen=True, eq=False)
class Agreements:
    """All agreements and how they were answered, read for squads that are seated so.

    An agreement is settled once every role concerned has answered and none disagrees. Only then is
    it a reference, and only then does it take the place of another.
    """

    framework: Framework
    agreements: tuple[Agreement, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    seats_of: Callable[[str], SquadSeats] | None = None

    def of(self, squad: str) -> tuple[Agreement, ...]:
        """A squad's agreements, by decision in the framework's order, earliest first."""
        return self._by_squad.get(name_key(squad), ())

    def story(self, squad: str, decision: str) -> tuple[Agreement, ...]:
        """What a squad agreed on one decision over time, earliest first."""
        return tuple(each for each in self.of(squad) if each.decision == decision)

    def last_words(self, squad: str) -> tuple[Agreement, ...]:
        """The latest agreement on each decision that a squad has any on."""
        return tuple(
            tuple(story)[-1] for _, story in groupby(self.of(squad), lambda each: each.decision)
        )

    def in_force(self, squad: str, *, today: date) -> tuple[Agreement, ...]:
        """The agreements that hold today, one a decision at most."""
        found = (self.reference(squad, d.id, today) for d in self.framework.lenses.decisions)
        return tuple(agreement for agreement in found if agreement)

    def reference(self, squad: str, decision: str, day: date) -> Agreement | None:
        """The settled agreement on a decision that counts on a day; of several the latest made."""
        told = (each for each in self.story(squad, decision) if self.counts_on(each, day))
        return max(told, key=_when, default=None)

    def counts_on(self, agreement: Agreement, day: date) -> bool:
        """Whether an agreement is settled, has begun, has not ended, and no later one counts."""
        if not (agreement.agreed_on <= day <= agreement.valid_until and self.is_settled(agreement)):
            return False
        return not self._is_superseded(agreement, day)

    def state(self, agreement: Agreement, *, today: date) -> AgreementState:
        """How an agreement stands on a day."""
        if self._is_superseded(agreement, today):
            return "superseded"
        if agreement.valid_until < today:
            return "expired"
        answers = set(self.answers(agreement).values())
        if "not-agreed" in answers:
            return "contested"
        if not self.is_settled(agreement) or today < agreement.agreed_on:
            return "proposed"
        if agreement.valid_until - today <= EXPIRES_SOON:
            return "expiring"
        return "with-reservations" if "with-reservation" in answers else "in-force"

    def concerned(self, agreement: Agreement) -> tuple[str, ...]:
        """Who decides and who is heard, where somebody held these roles on the agreement's day."""
        seating = self.seating(agreement.squad, agreement.agreed_on)
        return tuple(
            role for role in (agreement.decides, *agreement.consulted) if seating.is_held(role)
        )

    def answers(self, agreement: Agreement) -> Mapping[str, Answer]:
        """How the roles concerned answered, in their order; of several voices the gravest."""
        latest = self.latest(agreement)
        by_role: dict[str, Answer] = {}
        for role in self.concerned(agreement):
            given = {each.answer for each in latest if each.role == role}
            if given:
                by_role[role] = next(answer for answer in _GRAVEST_FIRST if answer in given)
        return by_role

    def latest(self, agreement: Agreement) -> tuple[Confirmation, ...]:
        """The answers that count: of each role and voice the latest, in the order given first."""
        by_voice: dict[tuple[str, str], Confirmation] = {}
        for each in self._answers_to.get(agreement.id, ()):
            by_voice[each.role, each.voice_key] = each
        return tuple(by_voice.values())

    def is_settled(self, agreement: Agreement) -> bool:
        """Whether every role concerned has answered, and none disagrees."""
        answers, concerned = self.answers(agreement), self.concerned(agreement)
        all_there = bool(concerned) and len(answers) == len(concerned)
        return all_there and "not-agreed" not in answers.values()

    def lost_roles(self, agreement: Agreement, day: date) -> tuple[str, ...]:
        """The roles it names that nobody holds in the squad's setup on a day."""
        seating = self.seating(agreement.squad, day)
        named = (agreement.decides, *agreement.consulted, *agreement.informed)
        return tuple(role for role in named if not seating.is_held(role))

    def must_not_decide(self, agreement: Agreement, day: date) -> bool:
        """Whether the agreed role is one that must not decide, by the articles."""
        seating = self.seating(agreement.squad, day)
        decision = self.framework.lenses.decision_by_id[agreement.decision]
        held = seating.is_held(agreement.decides)
        return held and seating.must_not_decide(agreement.decides, decision)

    def seating(self, squad: str, day: date) -> Seating:
        """Who sits where in a squad on a day; assumed where nobody told it."""
        if self.seats_of is None:
            return Seating(self.framework)
        return self.seats_of(squad).on(day)

    def _is_superseded(self, agreement: Agreement, day: date) -> bool:
        return any(
            other.supersedes == agreement.id and other.agreed_on <= day and self.is_settled(other)
            for other in self.story(agreement.squad, agreement.decision)
        )

    @cached_property
    def _by_squad(self) -> Mapping[str, tuple[Agreement, ...]]:
        order = {decision.id: at for at, decision in enumerate(self.framework.lenses.decisions)}
        by_squad: dict[str, list[Agreement]] = {}
        for agreement in self.agreements:
            by_squad.setdefault(agreement.squad_key, []).append(agreement)
        return {
            squad: tuple(sorted(told, key=lambda each: (order[each.decision], *_when(each))))
            for squad, told in by_squad.items()
        }

    @cached_property
    def _answers_to(self) -> Mapping[object, Sequence[Confirmation]]:
        by_agreement: dict[object, list[Confirmation]] = {}
        for each in sorted(self.confirmations, key=lambda each: each.saved_at):
            by_agreement.setdefault(each.agreement_id, []).append(each)
        return by_agreement


def agreements_in(
    history: History, agreements: Iterable[Agreement], confirmations: Iterable[Confirmation]
) -> Agreements:
    """The agreements that are stored, read for the squads of a history."""
    return Agreements(
        history.framework, tuple(agreements), tuple(confirmations), seats_of=history.seats
    )


def practice_by_agreement(told: Agreements, shown: Round) -> Mapping[Agreement, Practice]:
    """What a round's voices say of each decision on which an agreement counted on their own day.

    A voice counts for the agreement in force on the day it answered, if somebody held the agreed
    role then, and if it names nobody who was not there. Of a confidential round nothing is told
    of fewer voices than its least, nor of a part that leaves so few apart.
    """
    by_decision: dict[str, dict[Agreement | None, list[float]]] = {}
    for day, named_by_decision in _voices_with_days(shown):
        for decision, named in named_by_decision.items():
            agreement, value = _judged(told, shown.squad, decision, day, named)
            by_decision.setdefault(decision, {}).setdefault(agreement, []).append(value)
    return {
        agreement: Practice(len(values), values.count(EXACTLY), values.count(WITH_OTHERS))
        for parts in by_decision.values()
        if all(len(values) >= shown.least for values in parts.values())
        for agreement, values in parts.items()
        if agreement is not None
    }


def agreed_fit(
    framework: Framework, practice: Mapping[Agreement, Practice]
) -> Mapping[str, float | None]:
    """By level the mean of kept over its decisions with an agreement, in [0, 1]; None without."""
    level_of = {decision.id: decision.level for decision in framework.lenses.decisions}
    kept: dict[str, list[float]] = {level: [] for level in framework.level_ids}
    for agreement, told in practice.items():
        kept[level_of[agreement.decision]].append(told.kept)
    return {level: sum(shares) / len(shares) if shares else None for level, shares in kept.items()}


def _judged(
    told: Agreements, squad: str, decision: str, day: date, named: Named
) -> tuple[Agreement | None, float]:
    agreement = told.reference(squad, decision, day)
    seating = told.seating(squad, day)
    if agreement is None or not seating.is_held(agreement.decides):
        return None, OTHERWISE
    roles = roles_in(named)
    if not all(seating.is_held(role) for role in roles):
        return None, OTHERWISE
    people, agreed = seating.people(roles), seating.person_of(agreement.decides)
    if agreed not in people:
        return agreement, OTHERWISE
    return agreement, EXACTLY if len(people) == 1 else WITH_OTHERS


def _voices_with_days(shown: Round) -> Iterable[tuple[date, Mapping[str, Named]]]:
    """Whom each voice names, and the day on which it said so."""
    lens = shown.framework.lenses.asking_for("decisions")
    for voice in shown.deep_answers:
        given = {decision: named for decision, named in voice.deep.deciders.items() if named}
        yield voice.days.get(lens, shown.last_day), given


def _when(agreement: Agreement) -> tuple[object, ...]:
    return (agreement.agreed_on, agreement.saved_at, str(agreement.id))

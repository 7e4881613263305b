"""What single voices say in the deep check, many of them together; pure.

Each voice is read as `DeepResult` reads one alone. What an answer says for its squad's seats is
worked out once, since most voices say what others said before; the rest is worked out for all
voices together, one decision after the other.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, zip_longest
from math import nan
from typing import Generic, TypeVar, get_args

import numpy as np

from assessment.model import DeepAnswers
from assessment.scoring.deciders import Deciders, Named, roles_in
from assessment.scoring.findings import BOTTLENECK, Finding, Rank, bottlenecks_among, rank
from assessment.scoring.lenses import scored_lenses
from assessment.scoring.levels import Floats, healths_of_items
from assessment.scoring.seats import Seating
from assessment.scoring.who_decides import LeftOut, State, who_decides_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class VoiceReadings(Generic[T]):
    """What voices say, voice by voice.

    By lens that applies its score, 0 to 100, and coverage, in [0, 1]; how many of a voice's
    decisions are in each state; by level how far it fits, 0 to 100; findings in order. A score is
    NaN where nothing was answered.
    """

    lenses: Mapping[str, tuple[Floats, Floats]]
    counts: Mapping[State, Sequence[int]]
    fit: Mapping[str, Floats]
    findings: Iterable[Iterable[T]]
    left_out: Iterable[Sequence[LeftOut]]


@dataclass(frozen=True, slots=True)
class _Reading(Generic[T]):
    """What one answer to one decision says; nothing where none was given."""

    health: float = nan
    state: State | None = None
    people: frozenset[str] = frozenset()
    findings: Mapping[Rank, tuple[T, ...]] = field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()


class LoneVoices(Generic[T]):
    """Reads the voices of squads that are seated alike; findings as `tell` tells them."""

    def __init__(self, seating: Seating, tell: Callable[[Finding], T]) -> None:
        self._framework = seating.framework
        self._seating = seating
        self._tell = tell
        self._decisions = self._framework.lenses.decisions
        nothing: dict[Named, _Reading[T]] = {(): _Reading()}
        self._by_answer = [nothing.copy() for _ in self._decisions]
        self._of_the_seats = dict(map(self._ranked, who_decides_of(seating, [{}]).findings))
        self._bottleneck_by_seats: dict[Named, tuple[Rank, tuple[T, ...]]] = {}

    def read(self, voices: Sequence[DeepAnswers]) -> VoiceReadings[T]:
        """What each voice says with its answers to the deep check."""
        deciders = [voice.deciders for voice in voices]
        roles_named = [
            [voice.get(decision.id, ()) for voice in deciders] for decision in self._decisions
        ]
        by_decision = list(zip(roles_named, self._by_answer, strict=True))
        self._judge([set(answers) - known.keys() for answers, known in by_decision])
        readings = [[known[answer] for answer in answers] for answers, known in by_decision]
        healths = np.array([[answer.health for answer in answers] for answers in readings])
        states = np.array([[answer.state for answer in answers] for answers in readings])
        return VoiceReadings(
            lenses=dict(self._lenses(voices, healths)),
            counts={state: (states == state).sum(axis=0).tolist() for state in get_args(State)},
            fit=dict(self._fit(healths)),
            findings=self._findings(deciders, readings),
            left_out=[
                [left for answer in answers for left in answer.left_out]
                for answers in zip(*readings, strict=True)
            ],
        )

    def _judge(self, fresh: Iterable[Iterable[Named]]) -> None:
        """Work out what answers say that nobody gave before, decision by decision.

        Each is read as if it were all that is said; what the seats alone show is left aside.
        """
        for answers in zip_longest(*fresh, fillvalue=()):
            voice = {
                decision.id: roles
                for decision, roles in zip(self._decisions, answers, strict=True)
                if roles
            }
            read = who_decides_of(self._seating, [voice])
            for known, mapped in zip(self._by_answer, read.decisions, strict=True):
                if roles_named := voice.get(mapped.decision):
                    of, counts = mapped.decision, mapped.health is not None
                    findings = [one for one in read.findings if one.decision == of and one.voices]
                    known[roles_named] = _Reading(
                        health=nan if mapped.health is None else mapped.health,
                        state=mapped.state,
                        people=self._seating.people(roles_in(roles_named) if counts else ()),
                        findings=dict(map(self._ranked, findings)),
                        left_out=tuple(left for left in read.left_out if left.decision == of),
                    )

    def _ranked(self, finding: Finding) -> tuple[Rank, tuple[T, ...]]:
        return rank(self._framework, finding), (self._tell(finding),)

    def _findings(
        self, deciders: Sequence[Deciders], readings: Sequence[Sequence[_Reading[T]]]
    ) -> Iterator[Iterable[T]]:
        """The findings voice by voice, put together from those of each rank."""
        none: tuple[T, ...] = ()
        nobody = [none] * len(deciders)
        by_rank = {at: [of_seats] * len(deciders) for at, of_seats in self._of_the_seats.items()}
        for answers, known in zip(readings, self._by_answer, strict=True):
            for at in {at: None for answer in known.values() for at in answer.findings}:
                by_rank[at] = [answer.findings.get(at, none) for answer in answers]
        for number, voice in enumerate(zip(deciders, zip(*readings, strict=True), strict=True)):
            for at, of_rank in self._bottlenecks(*voice):
                by_rank.setdefault(at, nobody.copy())[number] += of_rank
        in_order = [by_rank[at] for at in sorted(by_rank)]
        return map(chain.from_iterable, zip(nobody, *in_order, strict=True))

    def _bottlenecks(
        self, deciders: Deciders, readings: Sequence[_Reading[T]]
    ) -> Iterator[tuple[Rank, tuple[T, ...]]]:
        """The people at whom every answered level meets."""
        people_by_level = [
            (decision.level, answer.people)
            for decision, answer in zip(self._decisions, readings, strict=True)
            if answer.people
        ]
        for seats in bottlenecks_among(self._seating, people_by_level):
            roles_named = {
                role
                for decision, answer in zip(self._decisions, readings, strict=True)
                if answer.people
                for role in deciders[decision.id]
            }
            roles = tuple([seat for seat in seats if seat in roles_named])
            if roles not in self._bottleneck_by_seats:
                finding = Finding(BOTTLENECK, None, None, roles, 1, 1, dict.fromkeys(roles, 1))
                self._bottleneck_by_seats[roles] = self._ranked(finding)
            yield self._bottleneck_by_seats[roles]

    def _fit(self, healths: Floats) -> Iterator[tuple[str, Floats]]:
        for level in self._framework.level_ids:
            at_level = [decision.level == level for decision in self._decisions]
            yield level, _mean(healths[at_level])[0]

    def _lenses(
        self, voices: Sequence[DeepAnswers], deciding: Floats
    ) -> Iterator[tuple[str, tuple[Floats, Floats]]]:
        """The scored lenses that apply, in order."""
        lenses = self._framework.lenses
        options = [voice.options for voice in voices]
        for lens in map(lenses.lens_by_id.__getitem__, scored_lenses(self._framework)):
            healths = deciding
            if lens.asks == "items":
                if lens.needs_role and not self._seating.is_held(lens.needs_role):
                    continue
                items = lenses.items_of(lens.id)
                healths = healths_of_items(self._framework, items, options).values.T
            score, answered = _mean(healths)
            yield lens.id, (score, answered / len(healths))


def _mean(healths: Floats) -> tuple[Floats, Floats]:
    """Of things × voices: 100 times the mean over what a voice answered, and how much that is."""
    answered = np.count_nonzero(~np.isnan(healths), axis=0)
    total = sum(np.fmax(healths, 0.0), start=np.zeros(healths.shape[1]))
    return np.divide(
        100 * total, answered, out=np.full(len(total), nan), where=answered > 0
    ), answered

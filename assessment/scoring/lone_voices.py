"""What single voices say in the deep check, many of them one after the other; pure.

Each voice is read as `DeepResult` reads one alone. What an answer says for its squad's seats is
worked out once: of many voices most say what others said before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Generic, TypeVar, get_args

from assessment.model import Decision, DeepAnswers, Lens
from assessment.scoring.deciders import Deciders, Named, roles_in
from assessment.scoring.findings import BOTTLENECK, Finding, Rank, bottlenecks_among, rank
from assessment.scoring.lenses import scored_lenses
from assessment.scoring.seats import Seating
from assessment.scoring.who_decides import LeftOut, State, who_decides_of

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LensTold:
    """A lens that was answered: 0 to 100, and the share of what it asks, in [0, 1]."""

    id: str
    score: float
    coverage: float


@dataclass(frozen=True, slots=True)
class LoneVoice(Generic[T]):
    """What one voice says: lenses and findings in order, how far each level fits, 0 to 100."""

    lenses: tuple[LensTold, ...]
    counts: Mapping[State, int]
    fit: Mapping[str, float | None]
    findings: tuple[T, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class _Said(Generic[T]):
    """What one answer to one decision says."""

    counts: bool
    level: str
    health: float
    state: State | None
    people: frozenset[str]
    findings: tuple[tuple[Rank, T], ...]
    left_out: tuple[LeftOut, ...]


class LoneVoices(Generic[T]):
    """Reads the voices of squads that are seated alike; findings as `tell` tells them."""

    def __init__(self, seating: Seating, tell: Callable[[Finding], T]) -> None:
        self._seating = seating
        self._framework = seating.framework
        self._tell = tell
        self._said: dict[tuple[str, Named], _Said[T]] = {}
        self._met: dict[Named, tuple[Rank, T]] = {}

    def read(self, deep: DeepAnswers) -> LoneVoice[T]:
        """What a voice says with its answers to the deep check."""
        said = self._answers(deep.deciders)
        counting = {decision: each for decision, each in said.items() if each.counts}
        states = Counter(each.state for each in counting.values())
        found = [
            *self._of_the_seats,
            *self._bottlenecks(deep.deciders, counting),
            *(finding for each in counting.values() for finding in each.findings),
        ]
        return LoneVoice(
            lenses=tuple(self._lenses(deep, [each.health for each in counting.values()])),
            counts={state: states[state] for state in get_args(State)},
            fit=self._fit(counting.values()),
            findings=tuple(finding for _, finding in sorted(found, key=itemgetter(0))),
            left_out=tuple(left for each in said.values() for left in each.left_out),
        )

    def _answers(self, deciders: Deciders) -> dict[str, _Said[T]]:
        """What was said of each decision that was answered, in framework order."""
        said = {}
        for decision in self._framework.lenses.decisions:
            if named := deciders.get(decision.id):
                key = decision.id, named
                if key not in self._said:
                    self._said[key] = self._judged(decision, named)
                said[decision.id] = self._said[key]
        return said

    def _judged(self, decision: Decision, named: Named) -> _Said[T]:
        """One answer as if it were all that a voice says; what the seats alone show left aside."""
        read = who_decides_of(self._seating, [{decision.id: named}])
        mapped = read.decision(decision.id)
        findings = [each for each in read.findings if each.decision == decision.id and each.voices]
        return _Said(
            counts=mapped.health is not None,
            level=decision.level,
            health=mapped.health or 0.0,
            state=mapped.state,
            people=self._seating.people(roles_in(named)),
            findings=tuple(map(self._ranked, findings)),
            left_out=read.left_out,
        )

    def _ranked(self, finding: Finding) -> tuple[Rank, T]:
        return rank(self._framework, finding), self._tell(finding)

    @cached_property
    def _of_the_seats(self) -> tuple[tuple[Rank, T], ...]:
        """The findings that the seats alone show."""
        return tuple(map(self._ranked, who_decides_of(self._seating, [{}]).findings))

    def _bottlenecks(
        self, deciders: Deciders, counting: Mapping[str, _Said[T]]
    ) -> Iterator[tuple[Rank, T]]:
        """The people at whom every answered level meets, where enough levels were answered."""
        lenses = self._framework.lenses
        told = [(each.level, each.people) for each in counting.values() if each.people]
        if len({level for level, _ in told}) < lenses.bottleneck.levels:
            return
        for seats in bottlenecks_among(self._seating, told):
            named = {role for decision in counting for role in deciders[decision]}
            roles = tuple([seat for seat in seats if seat in named])
            if roles not in self._met:
                counts = dict.fromkeys(roles, 1)
                self._met[roles] = self._ranked(
                    Finding(BOTTLENECK, None, None, roles, 1, 1, counts)
                )
            yield self._met[roles]

    def _fit(self, counting: Iterable[_Said[T]]) -> Mapping[str, float | None]:
        healths: dict[str, list[float]] = {level: [] for level in self._framework.level_ids}
        for each in counting:
            healths[each.level].append(each.health)
        return {
            level: 100 * sum(told) / len(told) if told else None for level, told in healths.items()
        }

    def _lenses(self, deep: DeepAnswers, deciding: Sequence[float]) -> Iterator[LensTold]:
        for lens, asked, items in self._asked:
            told = deciding
            if lens.asks == "items":
                given = [health.get(deep.options.get(item, "")) for item, health in items]
                told = [health for health in given if health is not None]
            if told:
                yield LensTold(lens.id, 100 * sum(told) / len(told), len(told) / asked)

    @cached_property
    def _asked(self) -> list[tuple[Lens, int, list[tuple[str, Mapping[str, float]]]]]:
        """The scored lenses that apply, how much each asks, and its items' options' health."""
        framework, lenses = self._framework, self._framework.lenses
        asked = []
        for lens in map(lenses.lens_by_id.__getitem__, scored_lenses(framework)):
            if (
                lens.asks == "items"
                and lens.needs_role
                and not self._seating.is_held(lens.needs_role)
            ):
                continue
            items = [
                (item.id, framework.scale_by_id[item.scale].health)
                for item in lenses.items_of(lens.id)
            ]
            number = len(lenses.decisions) if lens.asks == "decisions" else len(items)
            asked.append((lens, number, items))
        return asked

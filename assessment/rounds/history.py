"""Rounds: a squad's voices in one period, pooled, scored and set against the round before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeAlias

from assessment.model import Assessment, Framework, Setup, name_key, sort_key
from assessment.model.period import BYS as BYS
from assessment.model.period import By, Period
from assessment.scoring.deep_result import DeepResult
from assessment.scoring.diagnosis import Diagnosis, diagnosis_of
from assessment.scoring.disagreement import Disagreement, item_disagreements
from assessment.scoring.levels import (
    Healths,
    Scores,
    healths_of,
    score_table,
)
from assessment.scoring.pooling import pooled
from assessment.scoring.robustness import Holds, holds_of
from assessment.scoring.seats import Seating, setup_in_force
from assessment.scoring.voices import VoiceDeepAnswers, counting_voices, deep_answers_by_voice

_RoundKey: TypeAlias = tuple[str, Period]
"""A squad, whatever its spelling, and a period: where a round stands in a history."""


@dataclass(frozen=True, eq=False)
class Round:
    """One squad in one period: the voices that count, pooled item by item.

    `deep_answers` holds those to the deep check, by voice; `last_day` is the latest day spoken of,
    and `setup` the squad's setup on that day, None where nobody told it.
    """

    framework: Framework
    squad: str
    period: Period
    voices: tuple[Assessment, ...]
    healths: Healths
    scores: Scores
    last_day: date
    deep_answers: tuple[VoiceDeepAnswers, ...] = ()
    setup: Setup | None = None

    @cached_property
    def diagnosis(self) -> Diagnosis:
        """Pressures, early warning and levers on the pooled answers."""
        return diagnosis_of(self.framework, self.healths)

    @cached_property
    def holds(self) -> Holds:
        """How far the result holds: one voice out, and under other weights."""
        return holds_of(self.framework, self.voice_healths)

    @cached_property
    def voice_healths(self) -> Healths:
        """The healths of each voice, in their order."""
        return healths_of(self.framework, [voice.answers for voice in self.voices])

    @cached_property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """How far voices differ per item that two or more answered, strongest first."""
        return item_disagreements(self.framework, [voice.answers for voice in self.voices])

    @cached_property
    def seating(self) -> Seating:
        """Who sits where in the squad; assumed without a setup."""
        return Seating(self.framework, self.setup)

    @cached_property
    def deep(self) -> DeepResult:
        """What the deep check says, false where nobody took it."""
        return DeepResult(self.seating, self.deep_answers)


class History:
    """Every round of every squad, scored; squads by name, rounds by time.

    `version` says which data it was made from, so that what is drawn from it can be kept.
    """

    def __init__(
        self,
        framework: Framework,
        assessments: Sequence[Assessment],
        by: By,
        setups: Sequence[Setup] = (),
        *,
        version: Hashable = None,
    ) -> None:
        self.framework = framework
        self.by = by
        self.version = (version, by)
        self._names: dict[str, str] = {}
        for assessment in assessments:
            self._names.setdefault(assessment.squad_key, assessment.squad)
        # The last of those that speak of the latest day.
        newest = max(reversed(assessments), key=lambda assessment: assessment.moment, default=None)
        self.newest_squad = self._names[newest.squad_key] if newest else ""
        self._setups: dict[str, list[Setup]] = {}
        for setup in setups:
            self._setups.setdefault(setup.squad_key, []).append(setup)
        self._rounds: dict[str, list[Round]] = {key: [] for key in self._names}
        for scored in self._scored(_grouped(assessments, by)):
            self._rounds[name_key(scored.squad)].append(scored)
        for rounds in self._rounds.values():
            rounds.sort(key=lambda scored: scored.period)

    @property
    def squads(self) -> tuple[str, ...]:
        """Every squad in its first spelling, by name."""
        return tuple(self._names[key] for key in sorted(self._names, key=sort_key))

    def spelling(self, squad: str) -> str | None:
        """The first spelling of a squad, however it is written here; None when unknown."""
        return self._names.get(name_key(squad))

    def rounds(self, squad: str) -> tuple[Round, ...]:
        """The rounds of a squad, earliest first; none when the squad is unknown."""
        return tuple(self._rounds.get(name_key(squad), ()))

    def latest(self, squad: str) -> Round | None:
        """The squad's most recent round."""
        return next(reversed(self.rounds(squad)), None)

    def at(self, squad: str, period: Period) -> Round | None:
        """The squad's round in a period."""
        return next((scored for scored in self.rounds(squad) if scored.period == period), None)

    def before(self, later: Round) -> Round | None:
        """The round of the same squad that came before another."""
        return next(self._back_from(later), None)

    def deep_before(self, later: Round) -> Round | None:
        """The round of the same squad before another in which somebody took the deep check."""
        return next((earlier for earlier in self._back_from(later) if earlier.deep_answers), None)

    def _back_from(self, later: Round) -> Iterator[Round]:
        """The squad's rounds before one of them, the last of them first."""
        rounds = self.rounds(later.squad)
        return (earlier for earlier in reversed(rounds) if earlier.period < later.period)

    def setup(self, squad: str, day: date) -> Setup | None:
        """A squad's setup on a day; None when nobody told it."""
        return setup_in_force(self._setups.get(name_key(squad), ()), squad, day)

    def periods(self, squads: Iterable[str], *, least: int = 1) -> tuple[Period, ...]:
        """The periods in which at least so many of the squads have a round, latest first."""
        counts = self.rounds_by_period(squads)
        periods = (period for period, count in counts.items() if count >= least)
        return tuple(sorted(periods, reverse=True))

    def rounds_by_period(self, squads: Iterable[str]) -> Counter[Period]:
        """How many of the squads have a round, by period."""
        return Counter(scored.period for squad in squads for scored in self.rounds(squad))

    def all_rounds(self) -> tuple[Round, ...]:
        """Every round, squads in the order they first appeared, periods in time."""
        return tuple(scored for key in self._names for scored in self._rounds[key])

    def _scored(self, groups: Mapping[_RoundKey, Sequence[Assessment]]) -> Iterator[Round]:
        """A round per group: its voices pooled, all groups scored at once."""
        voices = [counting_voices(group) for group in groups.values()]
        healths = _pooled_voices(self.framework, voices)
        table = score_table(self.framework, healths)
        for index, ((squad, period), group) in enumerate(groups.items()):
            last_day = max(assessment.assessed_on for assessment in group)
            yield Round(
                framework=self.framework,
                squad=self._names[squad],
                period=period,
                voices=voices[index],
                healths=healths.sheet(index),
                scores=table.sheet(index),
                last_day=last_day,
                deep_answers=deep_answers_by_voice(self.framework.lenses, group),
                setup=self.setup(squad, last_day),
            )


def _grouped(assessments: Iterable[Assessment], by: By) -> dict[_RoundKey, list[Assessment]]:
    """The assessments of each round, in the order they came in."""
    groups: dict[_RoundKey, list[Assessment]] = {}
    for assessment in assessments:
        key = (assessment.squad_key, Period.of(assessment.assessed_on, by))
        groups.setdefault(key, []).append(assessment)
    return groups


def _pooled_voices(framework: Framework, rounds: Sequence[Sequence[Assessment]]) -> Healths:
    """One sheet per round, pooled from the voices that count in it."""
    groups = [index for index, voices in enumerate(rounds) for _ in voices]
    sheets = [voice.answers for voices in rounds for voice in voices]
    return pooled(healths_of(framework, sheets), groups, count=len(rounds))

"""What the command `score` tells of each assessment, as JSON: many at once; no I/O.

Everything is computed for many sheets together and written from pieces: what several sheets have
in common, such as a level's score with its limits, becomes text once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Generic, TypeAlias, TypeVar
from uuid import UUID

import numpy as np

from assessment.commands.scorecards import Scorecard, agreed, as_json, finding_told
from assessment.content.loading import shipped_framework
from assessment.model import Assessment, Framework
from assessment.rounds.agreements import Agreements
from assessment.rounds.history import History
from assessment.rounds.practice import judged_since, practice_of
from assessment.scoring.diagnosis import early_warnings, gains_of, pressures_of, ranked
from assessment.scoring.levels import Floats, ScoreTable, healths_of, score_table
from assessment.scoring.lone_voices import LoneVoices
from assessment.scoring.seats import Seating, SquadSeats
from assessment.scoring.who_decides import LeftOut
from assessment.storage.protocol import Stored

AT_ONCE = 1_000
"""Sheets that are scored together, each once more per lever: beyond it only memory grows."""

K = TypeVar("K")
V = TypeVar("V")


class _Once(dict[K, V], Generic[K, V]):
    """What is made of a key, made when it is first asked for."""

    def __init__(self, make: Callable[[K], V]) -> None:
        self._make = make

    def __missing__(self, key: K) -> V:
        return self.setdefault(key, self._make(key))


def per_assessment(stored: Stored) -> Iterator[Scorecard]:
    """One card per assessment, in order, each read for its squad's setup on its day."""
    framework = shipped_framework()
    seats = _Seats(framework, stored)
    history = History(framework, (), "month", stored.setups)
    told = _Told(framework, history.reading(stored.agreements, stored.confirmations).agreements)
    for start in range(0, len(stored.assessments), AT_ONCE):
        some = stored.assessments[start : start + AT_ONCE]
        yield from told.cards(some, [seats.of(assessment) for assessment in some])


class _Seats:
    """Who sits where, one seating for all squads that are seated alike."""

    def __init__(self, framework: Framework, stored: Stored) -> None:
        in_order = sorted(stored.setups, key=lambda setup: setup.squad_key)
        by_key = {
            squad_key: SquadSeats(framework, setups)
            for squad_key, setups in groupby(in_order, key=lambda setup: setup.squad_key)
        }
        nobody_told = SquadSeats(framework)
        self._by_key = by_key
        self._nobody_told = nobody_told
        self._by_squad: dict[str, SquadSeats] = {}
        self._first_alike: dict[object, Seating] = {}
        self._alike: _Once[Seating, Seating] = _Once(self._alike_to)

    def of(self, assessment: Assessment) -> Seating:
        """The seating of an assessment's squad on its day."""
        squad = assessment.squad
        if squad not in self._by_squad:
            self._by_squad[squad] = self._by_key.get(assessment.squad_key, self._nobody_told)
        return self._alike[self._by_squad[squad].on(assessment.assessed_on)]

    def _alike_to(self, seating: Seating) -> Seating:
        seats = seating.setup and tuple(seating.setup.seats.items())
        return self._first_alike.setdefault(seats, seating)


class _Told:
    """Puts cards together from texts that are made once, for as many sheets as come."""

    def __init__(self, framework: Framework, agreements: Agreements) -> None:
        self._framework = framework
        self._agreements = agreements
        self._number: _Once[float, str] = _Once(lambda number: as_json(_known(number)))
        self._text: _Once[object, str] = _Once(as_json)
        self._signs: _Once[_Signs, str] = _Once(self._signs_told)
        self._level: _Once[_Level, str] = _Once(self._level_told)
        self._any_agreed: _Once[str, bool] = _Once(lambda squad: bool(agreements.of(squad)))
        self._lever: _Once[tuple[int, float], str] = _Once(self._lever_told)
        self._fit: _Once[tuple[str, float | None], str] = _Once(_field)
        self._voices: _Once[Seating, LoneVoices[str]] = _Once(
            partial(LoneVoices, tell=lambda finding: as_json(finding_told(finding)))
        )

    def cards(
        self, assessments: Sequence[Assessment], seatings: Sequence[Seating]
    ) -> Iterator[Scorecard]:
        """One card per assessment, each read for its seating."""
        pairs = zip(assessments, seatings, strict=True)
        sheets = [seating.answers_that_apply(assessment.answers) for assessment, seating in pairs]
        cores = self._cores(score_table(self._framework, healths_of(self._framework, sheets)))
        for assessment, seating, core in zip(assessments, seatings, cores, strict=True):
            head = (
                f'{{"assessment_id": "{assessment.assessment_id}", '
                f'"squad": {self._text[assessment.squad]}, '
                f'"assessed_on": "{assessment.assessed_on}", {core}'
            )
            deep, left_out = self._deep(assessment, seating) if assessment.deep else ("", ())
            yield Scorecard(f"{head}{deep}{self._agreed(assessment)}}}", left_out)

    def _cores(self, table: ScoreTable) -> Iterator[str]:
        """What the quick check says of each sheet."""
        pressures = pressures_of(self._framework, table.healths).values()
        warned = early_warnings(self._framework, table.healths)
        for levels, overall, signs, levers in zip(
            self._levels(table),
            _numbers(table.overall),
            zip(*map(_numbers, (table.yes_counts, *pressures)), warned, strict=True),
            self._levers(table),
            strict=True,
        ):
            yield (
                f'"levels": {{{levels}}}, "overall": {self._number[overall]}, '
                f'{self._signs[signs]}, "levers": [{levers}]'
            )

    def _signs_told(self, told: _Signs) -> str:
        yes_count, *missing, warned = told
        seats = [module.seat for module in self._framework.modules if module.seat]
        fields: dict[str, object] = {
            "yes_count": None if yes_count == _UNKNOWN else int(yes_count),
            **{f"{seat}_missing": _known(each) for seat, each in zip(seats, missing, strict=True)},
            "early_warning": warned,
        }
        return as_json(fields)[1:-1]

    def _levels(self, table: ScoreTable) -> Iterator[str]:
        """Per sheet its levels in framework order."""
        bits = 1 << np.arange(len(self._framework.items))
        limits = np.tensordot(table.limits, bits, axes=(1, 0))
        by_level = [
            zip(
                [level] * len(table),
                _numbers(table.scores[:, column]),
                table.coverage[:, column].tolist(),
                table.stages[:, column].tolist(),
                limits[:, column].tolist(),
                strict=True,
            )
            for column, level in enumerate(self._framework.level_ids)
        ]
        for levels in zip(*by_level, strict=True):
            yield ", ".join([self._level[level] for level in levels])

    def _level_told(self, told: _Level) -> str:
        level, score, coverage, stage, limits = told
        items = [item for at, item in enumerate(self._framework.item_ids) if limits >> at & 1]
        fields = {"score": _known(score), "coverage": coverage, "stage": stage or None}
        return _field((level, fields | {"limits": items}))

    def _levers(self, table: ScoreTable) -> Iterator[str]:
        """Per sheet the levers that gain, greatest gain first."""
        gains, _ = gains_of(self._framework, table.healths)
        order = ranked(gains)
        in_order = np.take_along_axis(gains, order, axis=1)
        for levers, added in zip(order.tolist(), in_order.tolist(), strict=True):
            pairs = zip(levers, added, strict=True)
            yield ", ".join([self._lever[pair] for pair in pairs if pair[0] >= 0])

    def _lever_told(self, told: tuple[int, float]) -> str:
        lever, gain = told
        return f'{{"id": "{self._framework.levers[lever].id}", "gain": {gain!r}}}'

    def _deep(
        self, assessment: Assessment, seating: Seating
    ) -> tuple[str, tuple[tuple[UUID, LeftOut], ...]]:
        """What the deep check adds, and the answers that do not count."""
        voice = self._voices[seating].read(assessment.deep)
        number = self._number
        lenses = ", ".join(
            f'"{lens.id}": {{"score": {number[lens.score]}, "coverage": {number[lens.coverage]}}}'
            for lens in voice.lenses
        )
        counts = ", ".join(f'"{state}": {count}' for state, count in voice.counts.items())
        fit = ", ".join([self._fit[each] for each in voice.fit.items()])
        text = (
            f', "lenses": {{{lenses}}}, "decisions": {{{counts}}}, "fit": {{{fit}}}, '
            f'"findings": [{", ".join(voice.findings)}]'
        )
        return text, tuple((assessment.assessment_id, left) for left in voice.left_out)

    def _agreed(self, assessment: Assessment) -> str:
        """What was agreed in the squad, where anything was."""
        squad, day = assessment.squad, assessment.assessed_on
        if not self._any_agreed[squad]:
            return ""
        practice = practice_of(self._agreements, squad, [(day, assessment.deep.deciders)])
        practice = judged_since(practice, assessment.gathering)
        told = agreed(self._agreements, squad, day, practice)
        return "".join(f", {_field(pair)}" for pair in told.items())


_Level: TypeAlias = tuple[str, float, float, int, int]
"""A level with its score, coverage, stage (0 where not scored) and limits, one bit an item."""

_Signs: TypeAlias = tuple[float, ...]
"""The count of yes, how empty each seat looks, and whether a warning shows."""

_UNKNOWN = -1.0
"""Stands for what is not known, since no NaN equals another."""


def _numbers(values: Floats) -> list[float]:
    numbers: list[float] = np.nan_to_num(values, nan=_UNKNOWN).tolist()
    return numbers


def _known(number: float) -> float | None:
    return None if number == _UNKNOWN else number


def _field(pair: tuple[str, object]) -> str:
    """A name and its value, as they stand between braces."""
    return as_json(dict([pair]))[1:-1]

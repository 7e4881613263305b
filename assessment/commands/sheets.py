"""What the command `score` tells of each assessment, as JSON: many at once; no I/O.

Everything is computed for many sheets together and written from pieces: what several sheets have
in common, such as a level's score with its limits, becomes text once.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from itertools import groupby, repeat
from typing import Generic, TypeVar
from uuid import UUID

import numpy as np

from assessment.commands.scorecards import Scorecard, agreed, as_json, finding_fields
from assessment.content.loading import shipped_framework
from assessment.model import Assessment, Framework, name_key
from assessment.rounds.agreements import Agreements
from assessment.rounds.history import History
from assessment.rounds.practice import practice_of, practice_since
from assessment.scoring.diagnosis import early_warnings, gains_of, pressures_of, ranked
from assessment.scoring.levels import Floats, ScoreTable, healths_of, score_table
from assessment.scoring.lone_voices import LoneVoices, VoiceReadings
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
    cards = _Cards(framework, history.reading(stored.agreements, stored.confirmations).agreements)
    for start in range(0, len(stored.assessments), AT_ONCE):
        some = stored.assessments[start : start + AT_ONCE]
        yield from cards.cards(some, [seats.of(assessment) for assessment in some])


class _Seats:
    """Who sits where, one seating for all squads that are seated alike."""

    def __init__(self, framework: Framework, stored: Stored) -> None:
        in_order = sorted(stored.setups, key=lambda setup: setup.squad_key)
        by_key = {
            squad_key: SquadSeats(framework, setups)
            for squad_key, setups in groupby(in_order, key=lambda setup: setup.squad_key)
        }
        undescribed = SquadSeats(framework)
        self._by_squad = _Once[str, SquadSeats](
            lambda squad: by_key.get(name_key(squad), undescribed)
        )
        self._first_alike: dict[object, Seating] = {}
        self._alike: _Once[Seating, Seating] = _Once(self._alike_to)

    def of(self, assessment: Assessment) -> Seating:
        """The seating of an assessment's squad on its day."""
        return self._alike[self._by_squad[assessment.squad].on(assessment.assessed_on)]

    def _alike_to(self, seating: Seating) -> Seating:
        seats = seating.setup and tuple(seating.setup.seats.items())
        return self._first_alike.setdefault(seats, seating)


class _Cards:
    """Puts cards together column by column, from pieces of text that are made once."""

    def __init__(self, framework: Framework, agreements: Agreements) -> None:
        self._framework = framework
        self._agreements = agreements
        self._text: _Once[object, str] = _Once(as_json)
        self._number: _Once[float, str] = _Once(_number_text)
        self._day: _Once[date, str] = _Once(lambda day: f'"{day.isoformat()}"')
        self._signs: _Once[_Signs, str] = _Once(self._signs_text)
        self._stage: _Once[int, str] = _Once(self._stage_text)
        self._any_agreed: _Once[str, bool] = _Once(lambda squad: bool(agreements.of(squad)))
        self._levers = [_Once(partial(_lever_text, lever.id)) for lever in framework.levers]
        self._lens: _Once[tuple[str, float, float], str] = _Once(_lens_text)
        self._voices: _Once[Seating, LoneVoices[str]] = _Once(
            partial(LoneVoices, tell=lambda finding: as_json(finding_fields(finding)))
        )

    def cards(
        self, assessments: Sequence[Assessment], seatings: Sequence[Seating]
    ) -> Iterator[Scorecard]:
        """One card per assessment, each read for its seating."""
        pairs = zip(assessments, seatings, strict=True)
        sheets = [seating.answers_that_apply(assessment.answers) for assessment, seating in pairs]
        deep, left_out = self._deep(assessments, seatings)
        columns = (
            repeat("{"),
            *_fields(
                {
                    "assessment_id": [f'"{a.assessment_id}"' for a in assessments],
                    "squad": [self._text[a.squad] for a in assessments],
                    "assessed_on": [self._day[a.assessed_on] for a in assessments],
                }
            ),
            *self._core(score_table(self._framework, healths_of(self._framework, sheets))),
            deep,
            map(self._agreed, assessments),
            repeat("}"),
        )
        for number, line in enumerate(map("".join, zip(*columns, strict=False))):
            yield Scorecard(line, left_out.get(number, ()))

    def _core(self, table: ScoreTable) -> Iterator[Iterable[str]]:
        """What the quick check says of each sheet."""
        bits = 1 << np.arange(len(self._framework.items))
        limits = np.tensordot(table.limits, bits, axes=(1, 0))
        stages = (limits * _STAGES + table.stages).T.tolist()
        yield repeat(', "levels": {')
        for column, level in enumerate(self._framework.level_ids):
            yield repeat(f'{", " if column else ""}"{level}": {{"score": ')
            yield self._numbers(table.scores[:, column])
            yield repeat(', "coverage": ')
            yield self._numbers(table.coverage[:, column])
            yield map(self._stage.__getitem__, stages[column])
        yield repeat('}, "overall": ')
        yield self._numbers(table.overall)
        pressures = pressures_of(self._framework, table.healths).values()
        warned = early_warnings(self._framework, table.healths)
        signs = zip(*map(_numbers, (table.yes_counts, *pressures)), warned, strict=True)
        yield map(self._signs.__getitem__, signs)
        yield repeat(', "levers": [')
        yield self._levers_of(table)
        yield repeat("]")

    def _numbers(self, values: Floats) -> Iterable[str]:
        return map(self._number.__getitem__, _numbers(values))

    def _signs_text(self, signs: "_Signs") -> str:
        yes_count, *missing, warned = signs
        seats = [module.seat for module in self._framework.modules if module.seat]
        fields: dict[str, object] = {
            "yes_count": None if yes_count == _UNKNOWN else int(yes_count),
            **{f"{seat}_missing": _known(sign) for seat, sign in zip(seats, missing, strict=True)},
            "early_warning": warned,
        }
        return f", {as_json(fields)[1:-1]}"

    def _stage_text(self, limited_stage: int) -> str:
        """The end of a level: its stage, and the items of its limits, one bit each."""
        limits, stage = divmod(limited_stage, _STAGES)
        items = [item for at, item in enumerate(self._framework.item_ids) if limits >> at & 1]
        return f", {as_json({'stage': stage or None, 'limits': items})[1:]}"

    def _levers_of(self, table: ScoreTable) -> Iterator[str]:
        """Per sheet the levers that gain, greatest gain first."""
        gains, _ = gains_of(self._framework, table.healths)
        texts = np.full((len(table), len(self._levers) + 1), "", dtype=object)
        for column, lever_texts in enumerate(self._levers):
            gained = np.where(gains[:, column] > 0, gains[:, column], 0.0).tolist()
            texts[:, column] = [lever_texts[gain] for gain in gained]
        in_order = np.take_along_axis(texts, ranked(gains), axis=1)  # of -1, which is no text
        return _listed(in_order.tolist())

    def _deep(
        self, assessments: Sequence[Assessment], seatings: Sequence[Seating]
    ) -> tuple[Sequence[str], Mapping[int, tuple[tuple[UUID, LeftOut], ...]]]:
        """What the deep check adds to each sheet, and the answers that do not count, by sheet."""
        alike: dict[Seating, list[int]] = {}
        for number, assessment in enumerate(assessments):
            if assessment.deep:
                alike.setdefault(seatings[number], []).append(number)
        added, left_out = [""] * len(assessments), {}
        for seating, numbers in alike.items():
            voices = self._voices[seating].read([assessments[number].deep for number in numbers])
            for number, text, left in zip(
                numbers, self._deep_texts(voices), voices.left_out, strict=True
            ):
                added[number] = text
                if left:
                    source = assessments[number].assessment_id
                    left_out[number] = tuple((source, answer) for answer in left)
        return added, left_out

    def _deep_texts(self, voices: VoiceReadings[str]) -> Iterator[str]:
        lenses = [
            [self._lens[lens, *reading] for reading in zip(*map(_numbers, read), strict=True)]
            for lens, read in voices.lenses.items()
        ]
        columns = (
            repeat(', "lenses": {'),
            _listed(zip(*lenses, strict=True)),
            repeat('}, "decisions": {'),
            *_fields({state: map(str, count) for state, count in voices.counts.items()}),
            repeat('}, "fit": {'),
            *_fields({level: self._numbers(fit) for level, fit in voices.fit.items()}),
            repeat('}, "findings": ['),
            map(", ".join, voices.findings),
            repeat("]"),
        )
        return map("".join, zip(*columns, strict=False))

    def _agreed(self, assessment: Assessment) -> str:
        """What was agreed in the squad, where anything was."""
        squad, day = assessment.squad, assessment.assessed_on
        if not self._any_agreed[squad]:
            return ""
        practice = practice_of(self._agreements, squad, [(day, assessment.deep.deciders)])
        practice = practice_since(practice, assessment.gathering)
        fields = agreed(self._agreements, squad, day, practice)
        return "".join(f", {_field(pair)}" for pair in fields.items())


_Signs = tuple[float, ...]
"""The count of yes, how empty each seat looks, and whether a warning shows."""

_UNKNOWN = -1.0
"""Stands for what is not known, since no NaN equals another."""

_STAGES = 8
"""More than there are stages."""


def _numbers(values: Floats) -> list[float]:
    numbers: list[float] = np.nan_to_num(values, nan=_UNKNOWN).tolist()
    return numbers


def _known(number: float) -> float | None:
    return None if number == _UNKNOWN else number


def _number_text(number: float) -> str:
    return "null" if number == _UNKNOWN else repr(number)


def _lever_text(lever: str, gain: float) -> str:
    """A lever with its gain, as `_listed` takes it; nothing where it gains nothing."""
    return f'{{"id": "{lever}", "gain": {gain!r}}}, ' if gain else ""


def _lens_text(score_of_lens: tuple[str, float, float]) -> str:
    """A lens with its score and coverage, likewise."""
    lens, score, coverage = score_of_lens
    if score == _UNKNOWN:
        return ""
    return f"{_field((lens, {'score': score, 'coverage': coverage}))}, "


def _listed(rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """Texts in rows, each of which ends with what stands between two."""
    return ("".join(row)[:-2] for row in rows)


def _fields(texts: Mapping[str, Iterable[str]]) -> Iterator[Iterable[str]]:
    """Names, each before its texts, as they stand between braces."""
    for number, (name, text) in enumerate(texts.items()):
        yield repeat(f'{", " if number else ""}"{name}": ')
        yield text


def _field(pair: tuple[str, object]) -> str:
    """A name and its value, as they stand between braces."""
    return as_json(dict([pair]))[1:-1]

"""What answers point to: seat pressure, the early warning, levers with their gain; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from assessment.model import Framework
from assessment.scoring.levels import ROUNDING, Floats, Healths, health_by_item, level_scores

Reading = Literal["no-sign", "watch", "empty"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """An answer that points to trouble: the item and its health, in [0, 1) (pooled or not)."""

    item: str
    health: float


@dataclass(frozen=True, slots=True)
class Pressure:
    """How empty a seat looks: 0 (no sign) to 100, None under three answers; worst answers first.

    Article A: when PM or PO is missing, the other one compensates, and the signals show it.
    """

    seat: str
    pressure: float | None
    reading: Reading | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class LeverGain:
    """A lever with the points it would add overall and per level if its answers were healthy."""

    lever: str
    gain: float
    by_level: Mapping[str, float]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The reading of one sheet: pressures by seat, the early warning, levers by gain."""

    pressures: tuple[Pressure, ...]
    early_warning: bool
    levers: tuple[LeverGain, ...]

    def pressure(self, seat: str) -> Pressure:
        """The pressure on a seat by its role id."""
        return next(pressure for pressure in self.pressures if pressure.seat == seat)


def diagnosis_of(framework: Framework, healths: Healths) -> Diagnosis:
    """The diagnosis of a single sheet, pooled or not."""
    health = health_by_item(framework, healths)
    return Diagnosis(
        pressures=tuple(
            _pressure(framework, health, seat, float(pressure[0]))
            for seat, pressure in pressures_of(framework, healths).items()
        ),
        early_warning=early_warnings(framework, healths)[0],
        levers=_lever_gains(framework, healths, health),
    )


def _lever_gains(
    framework: Framework, healths: Healths, health: Mapping[str, float]
) -> tuple[LeverGain, ...]:
    """The levers that would raise a sheet's overall score, greatest gain first."""
    levers = framework.levers
    overall, by_level = gains_of(framework, healths)
    gains, level_gains = overall[0].tolist(), by_level[0].tolist()
    return tuple(
        LeverGain(
            lever=levers[row].id,
            gain=gains[row],
            by_level={
                level: gain
                for level, gain in zip(framework.level_ids, level_gains[row], strict=True)
                if gain > ROUNDING
            },
            evidence=evidence_in(
                {
                    item.id: health[item.id]
                    for item in framework.items
                    if item.lever == levers[row].id and item.id in health
                }
            ),
        )
        for row in ranked(overall)[0].tolist()
        if row >= 0
    )


def early_warnings(framework: Framework, healths: Healths) -> list[bool]:
    """Per sheet whether the early warning shows."""
    rules = framework.rules
    column = framework.item_ids.index(rules.early_warning_item)
    warned: list[bool] = (healths.values[:, column] < rules.early_warning_health).tolist()
    return warned


def pressures_of(framework: Framework, healths: Healths) -> Mapping[str, Floats]:
    """By seat its pressure sheet by sheet, 0 to 100; NaN under the least number of answers."""
    pressures = {}
    for module in framework.modules:
        if module.seat:
            items = [framework.item_ids.index(item.id) for item in framework.items_of(module.id)]
            answered = healths.answered[:, items]
            count = answered.sum(axis=1)
            total = np.where(answered, healths.values[:, items], 0.0).sum(axis=1)
            mean = np.divide(total, count, out=np.zeros(len(count)), where=count > 0)
            enough = count >= framework.rules.least_pressure_answers
            pressures[module.seat] = np.where(enough, 100 * (1 - mean), np.nan)
    return pressures


def gains_of(framework: Framework, healths: Healths) -> tuple[Floats, Floats]:
    """What each lever would add: sheets × levers overall, and × levels; NaN where not scored.

    Each lever's answered items are set to healthy and everything is scored again. None gains
    while too few levels are scored for an overall.
    """
    scores, _, overall = level_scores(framework, repaired_by_each(framework, healths))
    overall = overall.reshape(len(healths), -1)
    scores = scores.reshape(len(healths), -1, len(framework.level_ids))
    return overall[:, 1:] - overall[:, :1], scores[:, 1:] - scores[:, :1]


def repaired_by_each(framework: Framework, healths: Healths) -> Healths:
    """Each sheet as it stands, then as each lever would leave it: its answered items healthy."""
    helps = np.array(
        [[item.lever == lever.id for item in framework.items] for lever in framework.levers]
    )
    helps = np.vstack([np.zeros((1, len(framework.items)), dtype=bool), helps])
    repairs = helps[None, :, :] & healths.answered[:, None, :]
    values = np.where(repairs, 1.0, healths.values[:, None, :])
    applies = np.repeat(healths.applies, len(helps), axis=0)
    return Healths(values.reshape(-1, len(framework.items)), applies)


def first_levers(gains: Floats) -> NDArray[np.int64]:
    """The lever of the greatest gain per row of gains by lever; -1 where none gains.

    Gains that are equal on paper tie, and the first in framework order comes first.
    """
    known = np.nan_to_num(gains, nan=0.0)
    greatest = known.max(axis=-1, keepdims=True, initial=0.0)
    first = (known >= greatest - ROUNDING).argmax(axis=-1)
    return np.where(greatest[..., 0] > ROUNDING, first, -1)


def ranked(gains: Floats) -> NDArray[np.int64]:
    """Per row of gains the levers that gain, as `first_levers` takes them in turn; then -1."""
    left = gains.copy()
    order = np.full(gains.shape, -1)
    for rank in range(gains.shape[1]):
        order[:, rank] = first = first_levers(left)
        np.put_along_axis(left, first[:, None], np.nan, axis=1)
    return order


def _pressure(
    framework: Framework, health: Mapping[str, float], seat: str, pressure: float
) -> Pressure:
    """A seat's pressure, NaN where too few answers tell it, with what it means and stands on."""
    signals = {item: value for item, value in health.items() if framework.seat_of(item) == seat}
    evidence = evidence_in(signals)
    if isnan(pressure):
        return Pressure(seat, None, None, evidence)
    return Pressure(seat, pressure, _reading(framework, pressure), evidence)


def _reading(framework: Framework, pressure: float) -> Reading:
    floors = framework.rules.pressure_floors
    if pressure + ROUNDING >= floors.empty:
        return "empty"
    return "watch" if pressure + ROUNDING >= floors.watch else "no-sign"


def evidence_in(health: Mapping[str, float]) -> tuple[Evidence, ...]:
    """The answers in trouble among some, by their health, worst first; equals in order."""
    evidence = [Evidence(item, value) for item, value in health.items() if value < 1]
    return tuple(sorted(evidence, key=lambda answer: answer.health))

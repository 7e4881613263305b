"""How far a result holds: one voice out, other weights, who is missing; exact and pure.

A squad is asked whole: what is missing is voices, not a sample. Nothing here is a statement about
other companies. Every draw is seeded with the framework's id, so that no result changes by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from assessment.model import Framework
from assessment.scoring.diagnosis import first_levers, gains_of, repaired_by_each
from assessment.scoring.levels import (
    ROUNDING,
    Flags,
    Floats,
    Healths,
    ScoreTable,
    highest_stages,
    score_table,
    stages_by_score,
)
from assessment.scoring.pooling import pooled, with_more, without_each

Indexes = NDArray[np.int64]
"""Stages, or places of levels or levers in the framework, row by row."""

DRAWS = 2_000
LEAST_FACTOR, GREATEST_FACTOR = 0.5, 1.5
FEWEST_FOR_RANGE = 3
"""Voices from which one can be left out."""

LEAST_STAGE_SHARE = 0.9
"""The share of other weights that must give a level's stage for it to hold."""

COARSE = 5
"""Points to which a range is widened where no voice may be worked out from it."""


@dataclass(frozen=True, slots=True)
class Range:
    """Where a score in [0, 100] lies whichever voice is left out, the full one included."""

    low: float
    high: float

    def widened(self) -> "Range":
        """The range in whole steps of five points, from which no voice can be worked out."""
        low = COARSE * floor(self.low / COARSE + ROUNDING)
        high = COARSE * ceil(self.high / COARSE - ROUNDING)
        return Range(float(low), float(high))


@dataclass(frozen=True, slots=True)
class Ranges:
    """The one-voice ranges of a unit: of each level scored by its id, and of the overall score.

    `voices` answered at least one item that applies; under three of them there is no range.
    """

    voices: int
    levels: Mapping[str, Range]
    overall: Range | None = None

    def of(self, level_id: str | None) -> Range | None:
        """The range of one level, or the overall one."""
        return self.levels.get(level_id) if level_id else self.overall

    def guarded(self, *, least: int) -> "Ranges":
        """Ranges where voices stay unknown: coarse, of levels, from twice the least voices up."""
        if self.voices < 2 * least:
            return Ranges(self.voices, {})
        return Ranges(self.voices, {level: reach.widened() for level, reach in self.levels.items()})


@dataclass(frozen=True, slots=True)
class LevelHold:
    """How far a level holds; None where it is not scored.

    `stage_kept` tells whether its stage stays so whoever is left out, None under three voices;
    `stage_share` is the share of other weights, in [0, 1], that give its stage. `highest` is the
    stage that it does not exceed whoever is left out, and in nine of ten weightings.
    """

    id: str
    stage_kept: bool | None = None
    stage_share: float | None = None
    highest: int | None = None

    @property
    def holds(self) -> bool:
        """Whether its stage may be believed: whoever is left out, and in nine of ten weightings."""
        by_weights = self.stage_share is not None and self.stage_share >= LEAST_STAGE_SHARE
        return by_weights and self.stage_kept is not False


@dataclass(frozen=True, slots=True)
class Holds:
    """How far a unit's result holds; levels in framework order.

    `voices` answered at least one item that applies. Under three of them what leaves one out is
    None; so is what speaks of the weakest level or the first lever where there is none.
    """

    voices: int
    levels: tuple[LevelHold, ...]
    weakest_kept: bool | None = None
    weakest_share: float | None = None
    lever_kept: bool | None = None
    lever_share: float | None = None

    def level(self, level_id: str) -> LevelHold:
        """How far one level holds."""
        return next(level for level in self.levels if level.id == level_id)

    @property
    def rests_on_few(self) -> bool:
        """Whether the result rests on one or two voices."""
        return self.voices < FEWEST_FOR_RANGE


def holds_of(framework: Framework, voices: Healths, *, leaves_out: bool = True) -> Holds:
    """How far the pooled result of some voices holds; each voice is a sheet of its own.

    Where it `leaves_out` none, as of answers that were counted, only the weights are tried.
    """
    whole, one_out = _readings(framework, voices)
    if not leaves_out:
        one_out = None
    other_stages, other_weakest, other_levers = _under_other_weights(whole)
    levels = []
    for column, level in enumerate(framework.level_ids):
        stage, kept = whole.table.stages[0, column], None
        if not stage:
            levels.append(LevelHold(level))
            continue
        if one_out:
            kept = bool((one_out.table.stages[:, column] == stage).all())
        drawn = other_stages[:, column]
        highest = int(np.quantile(drawn, LEAST_STAGE_SHARE, method="inverted_cdf"))
        if one_out:
            highest = max(highest, _highest(framework, one_out.table.stages[:, column]))
        levels.append(LevelHold(level, kept, float((drawn == stage).mean()), highest))
    return Holds(
        voices=len(answering(voices)),
        levels=tuple(levels),
        weakest_kept=_kept(whole.weakest, one_out.weakest) if one_out else None,
        weakest_share=_share(whole.weakest, other_weakest),
        lever_kept=_kept(whole.first_lever, one_out.first_lever) if one_out else None,
        lever_share=_share(whole.first_lever, other_levers),
    )


def ranges_of(framework: Framework, voices: Healths) -> Ranges:
    """The one-voice ranges of some voices pooled; each voice is a sheet of its own."""
    count, (whole, one_out) = len(answering(voices)), _readings(framework, voices)
    if one_out is None:
        return Ranges(count, {})
    levels = {
        level: _reach(whole.table.scores[0, column], one_out.table.scores[:, column])
        for column, level in enumerate(framework.level_ids)
    }
    return Ranges(
        count,
        {level: reach for level, reach in levels.items() if reach},
        _reach(whole.table.overall[0], one_out.table.overall),
    )


def missing_ranges(
    framework: Framework, voices: Healths, *, expected: int
) -> Mapping[str, Range | None]:
    """By level where its score lies should every missing voice answer worst, and should it best.

    None where nothing about the level applies; empty where no more are expected than have answered.
    Each missing voice counts as one more answer to every item that applies.
    """
    missing = expected - len(answering(voices))
    if missing <= 0:
        return {}
    worst, best = (
        score_table(framework, with_more(voices, missing, health=health)).sheet(0)
        for health in (0.0, 1.0)
    )
    return {
        low.id: None if low.score is None or high.score is None else Range(low.score, high.score)
        for low, high in zip(worst.levels, best.levels, strict=True)
    }


def answering(voices: Healths) -> tuple[int, ...]:
    """The sheets with an answer to at least one item that applies, by index."""
    return tuple(int(index) for index in np.flatnonzero(voices.answered.any(axis=1)))


@dataclass(frozen=True, eq=False)
class _Reading:
    """What sheets say, one row each: one of all voices pooled, or one without each in turn."""

    framework: Framework
    sheets: Healths

    @cached_property
    def table(self) -> ScoreTable:
        return score_table(self.framework, self.sheets)

    @cached_property
    def weakest(self) -> Indexes:
        return _weakest(self.table.scores)

    @cached_property
    def first_lever(self) -> Indexes:
        """Each by its place in the framework; -1 where none gains."""
        return first_levers(gains_of(self.framework, self.sheets)[0])


def _readings(framework: Framework, voices: Healths) -> tuple[_Reading, _Reading | None]:
    """All voices pooled, and, of three up, with each that answered left out in turn."""
    whole = _Reading(framework, pooled(voices, [0] * len(voices), count=1))
    counting = answering(voices)
    if len(counting) < FEWEST_FOR_RANGE:
        return whole, None
    return whole, _Reading(framework, without_each(voices, counting))


def _under_other_weights(whole: _Reading) -> tuple[Indexes, Indexes, Indexes]:
    """The stages, the weakest level and the first lever under other weights: one row per draw.

    Which levels are scored, and which items cap their stage, stays as with the true weights.
    """
    framework = whole.framework
    scored = whole.table.stages[0] > 0
    repaired = repaired_by_each(framework, whole.sheets)
    scores = _scores_under(framework, repaired, scored)
    highest = highest_stages(framework, whole.sheets)[0]
    stages = np.minimum(stages_by_score(framework, scores[0]), highest)
    enough = scored.sum() >= framework.rules.least_scored_levels
    overall = np.nan_to_num(scores).sum(axis=2) / max(1, scored.sum())
    gains = (overall[1:] - overall[0]).T if enough else np.zeros((DRAWS, len(repaired) - 1))
    return np.where(scored, stages, 0), _weakest(scores[0]), first_levers(gains)


def _highest(framework: Framework, stages: Indexes) -> int:
    """The highest of some stages of a level; any may be where it has none."""
    return int(np.where(stages, stages, len(framework.rules.stage_floors)).max())


def _kept(whole: Indexes, without: Indexes) -> bool | None:
    """Whether a finding of the whole result is the same each time; None without one."""
    return None if whole[0] < 0 else bool((without == whole).all())


def _share(whole: Indexes, drawn: Indexes) -> float | None:
    """The share of draws in [0, 1] with the finding of the true weights; None without one."""
    return None if whole[0] < 0 else float((drawn == whole).mean())


def _scores_under(framework: Framework, sheets: Healths, scored: Flags) -> Floats:
    """Sheets × draws × levels: the scores under each drawn weighting, NaN where not scored."""
    weights = _drawn_weights(framework.version, framework.weights)
    answered = sheets.answered
    # Every sheet answers the same items: the levers only change how well.
    whole = answered[:1].astype(float) @ weights
    # Not `@`: it would share so small a product among threads, which then wait for each other.
    reached: Floats = np.einsum("si,iw->sw", np.where(answered, sheets.values, 0.0), weights)
    scores = 100 * np.divide(reached, whole, out=np.zeros(reached.shape), where=whole > 0)
    by_level: Floats = scores.reshape(len(sheets), DRAWS, len(framework.level_ids))
    by_level[:, :, ~scored] = np.nan
    return by_level


@lru_cache(maxsize=4)
def _drawn_weights(seed: str, weights: tuple[tuple[float, ...], ...]) -> Floats:
    """Items × (draws and levels): every weight times a factor of its own."""
    random = np.random.default_rng(list(seed.encode()))
    true = np.array(weights)
    spread = GREATEST_FACTOR - LEAST_FACTOR
    factors = LEAST_FACTOR + spread * random.random((DRAWS, *true.shape))
    drawn: Floats = (factors * true).transpose(1, 0, 2).reshape(len(true), -1).copy()
    drawn.flags.writeable = False
    return drawn


def _weakest(scores: Floats) -> Indexes:
    """The level of the least score per row, the first of equals; -1 where none is scored."""
    known = np.where(np.isnan(scores), np.inf, scores)
    least = known.min(axis=1, keepdims=True)
    first = (known <= least + ROUNDING).argmax(axis=1)
    return np.where(np.isfinite(least[:, 0]), first, -1)


def _reach(whole: float, without: Floats) -> Range | None:
    """From the least to the greatest of these and the full score; None where that is missing."""
    if np.isnan(whole):
        return None
    scores = np.append(without, whole)
    return Range(float(np.nanmin(scores)), float(np.nanmax(scores)))

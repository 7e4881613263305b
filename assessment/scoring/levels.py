"""Scores from answers: level scores, coverage, gated stages and their limits; no I/O, no clock.

Everything is computed for many answer sheets at once: healths form a matrix of
sheets × items, weights one of items × levels, and scores are their product.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import compress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assessment.model import NOT_APPLICABLE, UNKNOWN, Answers, Framework, Item, LensItem
from assessment.scoring.change import Scored

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

# Pooled healths are fractions such as 1/3: a score that should be exactly 50 may arrive as
# 49.99999999999999, and must still open its stage.
ROUNDING = 1e-9

AT_ONCE = 4_000
"""Sheets that are scored together: what comes in between then stays near the processor."""


@dataclass(frozen=True, slots=True, eq=False)
class Healths:
    """Answer sheets × items: health in [0, 1], NaN where unanswered; and whether items apply."""

    values: Floats
    applies: Flags

    def __len__(self) -> int:
        return len(self.values)

    def sheet(self, index: int) -> "Healths":
        """One sheet on its own, still as a matrix."""
        return self.sheets(index, index + 1)

    def sheets(self, start: int, end: int) -> "Healths":
        """The sheets from one on, up to another."""
        return Healths(self.values[start:end], self.applies[start:end])

    @property
    def answered(self) -> Flags:
        """Which items have a health on which sheet."""
        return ~np.isnan(self.values)


@dataclass(frozen=True, slots=True)
class LevelScore(Scored):
    """One decision level of one sheet, without a score when its coverage is too small.

    So is `stage`, 1 to 4; `limits` names the items that keep the level from a higher one.
    """

    stage: int | None
    limits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """A sheet's scores: levels in framework order, overall in [0, 100] or None, yes count 0–3."""

    levels: tuple[LevelScore, ...]
    overall: float | None
    yes_count: int | None

    def level(self, level_id: str) -> LevelScore:
        """The score of one level by its id."""
        return next(level for level in self.levels if level.id == level_id)

    def of(self, level_id: str | None) -> float | None:
        """The score of one level, or the overall one."""
        return self.level(level_id).score if level_id else self.overall

    @property
    def scored(self) -> tuple[LevelScore, ...]:
        """The levels with enough answers to have a score."""
        return tuple(level for level in self.levels if level.score is not None)


@dataclass(frozen=True, eq=False)
class ScoreTable:
    """The scores of many sheets: sheets × levels, NaN or stage 0 where not scored."""

    framework: Framework
    healths: Healths
    scores: Floats
    coverage: Floats
    stages: NDArray[np.int64]
    overall: Floats
    yes_counts: Floats

    def __len__(self) -> int:
        return len(self.scores)

    def sheet(self, index: int) -> Scores:
        """The scores of one sheet."""
        return Scores(
            levels=tuple(
                LevelScore(
                    id=level,
                    score=_number(self.scores[index, column]),
                    coverage=float(self.coverage[index, column]),
                    stage=int(self.stages[index, column]) or None,
                    limits=tuple(compress(self.framework.item_ids, self.limits[index, :, column])),
                )
                for column, level in enumerate(self.framework.level_ids)
            ),
            overall=_number(self.overall[index]),
            yes_count=None if np.isnan(yes_count := self.yes_counts[index]) else int(yes_count),
        )

    @cached_property
    def limits(self) -> Flags:
        """Sheets × items × levels: the caps that bite, else the costliest item below stage 4."""
        framework, values, stages = self.framework, self.healths.values, self.stages
        by_score = stages_by_score(framework, self.scores)
        weights, rules = weights_of(framework), framework.rules
        held = (_caps(framework, values)[:, :, None] < by_score[:, None, :]) & (stages > 0)[
            :, None, :
        ]
        biting: Flags = held & (weights == rules.primary_weight)
        lost = np.nan_to_num(weights[None, :, :] * (1 - values[:, :, None]), nan=0.0)
        # argmax takes the first of equals, once rounding noise is gone: framework order.
        costliest = np.round(lost, 9).argmax(axis=1)
        is_costliest = np.arange(len(framework.items))[None, :, None] == costliest[:, None, :]
        open_levels = (stages > 0) & (stages < len(framework.rules.stage_floors))
        fallback: Flags = is_costliest & (open_levels & ~biting.any(axis=1))[:, None, :]
        return biting | fallback


def healths_of(framework: Framework, sheets: Sequence[Answers]) -> Healths:
    """The healths of answer sheets; `unknown` and missing answers are NaN, never zero."""
    return healths_of_items(framework, framework.items, sheets)


def healths_of_items(
    framework: Framework, items: Sequence[Item | LensItem], sheets: Sequence[Answers]
) -> Healths:
    """The healths of some items alone, or of a lens's: sheets × these items; NaN where unknown."""
    values = np.full((len(sheets), len(items)), np.nan)
    applies = np.ones(values.shape, dtype=bool)
    ids = [item.id for item in items]
    rows = [[sheet.get(item, UNKNOWN) for item in ids] for sheet in sheets]
    for column, given in enumerate(zip(*rows, strict=True)):
        health = dict.fromkeys(given, np.nan)
        health |= framework.scale_by_id[items[column].scale].health
        values[:, column] = [health[option] for option in given]
        applies[:, column] = [option != NOT_APPLICABLE for option in given]
    return Healths(values, applies)


def score_table(framework: Framework, healths: Healths) -> ScoreTable:
    """The scores of every sheet, in one matrix product per sum.

    score = 100 · Σ weight · health / Σ weight over answered items; coverage = Σ weight
    answered / Σ weight of the items that apply. A level whose coverage is under the
    framework's least is not scored. The stage follows from the score and is capped by
    primary items in trouble.
    """
    starts = range(0, max(len(healths), 1), AT_ONCE)
    parts = [_scored(framework, healths.sheets(at, at + AT_ONCE)) for at in starts]
    return ScoreTable(framework, healths, *map(np.concatenate, zip(*parts, strict=True)))


def _scored(framework: Framework, healths: Healths) -> tuple[NDArray[Any], ...]:
    """What a table says of its sheets: scores, coverage, stages, overall scores, yes counts."""
    scores, coverage, overall = level_scores(framework, healths)
    by_score = stages_by_score(framework, scores)
    highest = np.minimum(by_score, highest_stages(framework, healths))
    stages = np.where(np.isnan(scores), 0, highest)
    return scores, coverage, stages, overall, _yes_counts(framework, healths.values)


def level_scores(framework: Framework, healths: Healths) -> tuple[Floats, Floats, Floats]:
    """The scores and coverage of sheets × levels, and the overall score: a table without stages."""
    rules = framework.rules
    weights = weights_of(framework)
    answered = healths.answered
    filled = np.fmax(healths.values, 0.0)

    weight_answered = answered.astype(float) @ weights
    weight_applying = (answered | healths.applies).astype(float) @ weights
    coverage = _ratio(weight_answered, weight_applying)
    scored = coverage >= rules.least_coverage
    scores = np.where(scored, 100 * _ratio(filled @ weights, weight_answered), np.nan)

    scored_levels = sum(scored.T, start=np.zeros(len(healths), dtype=np.int64))
    total = sum(np.fmax(scores, 0.0).T, start=np.zeros(len(healths)))
    overall = np.where(
        scored_levels >= rules.least_scored_levels, _ratio(total, scored_levels), np.nan
    )
    return scores, coverage, overall


def capped_levels(framework: Framework, scores: Scores) -> tuple[tuple[LevelScore, int], ...]:
    """The levels that items in trouble keep below the stage of their score, with that stage."""
    capped = []
    for level in scores.scored:
        by_score = stage_by_score(framework, level.score or 0.0)
        if level.stage is not None and level.stage < by_score:
            capped.append((level, by_score))
    return tuple(capped)


def weights_of(framework: Framework) -> Floats:
    """Items × levels: how much each item says about each level, 0 where nothing."""
    return np.array(framework.weights, dtype=float)


def stages_by_score(framework: Framework, scores: Floats) -> NDArray[np.int64]:
    """The stages that scores alone give, caps left aside; the first where not scored."""
    reached = np.fmax(scores, 0.0) + ROUNDING
    stages = np.zeros(reached.shape, dtype=np.int64)
    for floor in framework.rules.stage_floors:
        stages = stages + (reached >= floor)
    return stages


def stage_by_score(framework: Framework, score: float) -> int:
    """The stage, 1 to 4, that one score alone gives."""
    return int(stages_by_score(framework, np.array(score)))


def highest_stages(framework: Framework, healths: Healths) -> NDArray[np.int64]:
    """Sheets × levels: the highest stage that primary items in trouble leave a level."""
    rules, caps = framework.rules, _caps(framework, healths.values).T
    highest = np.full((len(framework.level_ids), len(healths)), len(rules.stage_floors))
    primary = np.nonzero(weights_of(framework) == rules.primary_weight)
    for item, level in zip(*primary, strict=True):
        np.minimum(highest[level], caps[item], out=highest[level])
    return highest.T


def _caps(framework: Framework, values: Floats) -> NDArray[np.int64]:
    """Sheets × items: the highest stage that each item leaves a level that it is primary for."""
    caps = np.full(values.shape, len(framework.rules.stage_floors))
    for cap in sorted(framework.rules.caps, key=lambda cap: -cap.below):
        caps[values < cap.below] = cap.stage
    return caps


def health_by_item(framework: Framework, healths: Healths) -> Mapping[str, float]:
    """The answered items of a single sheet with their health in [0, 1]."""
    values = zip(framework.item_ids, healths.values[0].tolist(), strict=True)
    return {item: value for item, value in values if not math.isnan(value)}


def _yes_counts(framework: Framework, values: Floats) -> Floats:
    """Sheets: how many questions got a yes from every voice; NaN unless all are answered."""
    columns = [framework.item_ids.index(item.id) for item in framework.counted_items]
    questions = values[:, columns]
    complete = ~np.isnan(questions).any(axis=1)
    return np.where(complete, np.count_nonzero(questions == 1, axis=1), np.nan)


def _ratio(part: Floats | NDArray[np.int64], whole: Floats | NDArray[np.int64]) -> Floats:
    """The share of a whole, and 0 where the whole is 0."""
    return np.divide(part, whole, out=np.zeros(part.shape), where=whole > 0)


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)

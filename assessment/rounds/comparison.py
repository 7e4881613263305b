"""Squads side by side: where decisions leak in most, and which are contested; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan, nan
from statistics import fmean

from assessment.model import Framework
from assessment.rounds.board import decisions_across
from assessment.scoring.change import Scored
from assessment.scoring.levels import Scores
from assessment.scoring.who_decides import WhoDecides

LEAKING = (1, 2)
"""The stages at which decisions leak at a level."""

LEAST_COMPARED = 2
"""Squads in which voices can differ, from which it is said what most of them contest."""


@dataclass(frozen=True, slots=True)
class SquadsAtLevel:
    """In how many `squads` of those `compared` decisions leak at a level.

    `scored` have a score there.
    """

    level: str
    squads: int
    scored: int
    compared: int


def widest_leaks(framework: Framework, squads: Sequence[Scores]) -> tuple[SquadsAtLevel, ...]:
    """The level at which decisions leak in most squads, with all that tie; none without a leak.

    A level leaks in a squad at stage blurred or compensated.
    """
    leaks = [_squads_leaking(level, squads) for level in framework.level_ids]
    most = max((leak.squads for leak in leaks), default=0)
    return tuple(leak for leak in leaks if most and leak.squads == most)


def leaks_at(scores: Scores, level: str) -> bool:
    """Whether decisions leak in a squad at a level."""
    return scores.level(level).stage in LEAKING


def _squads_leaking(level: str, squads: Sequence[Scores]) -> SquadsAtLevel:
    scored = sum(1 for scores in squads if scores.level(level).score is not None)
    leaking = sum(1 for scores in squads if leaks_at(scores, level))
    return SquadsAtLevel(level, leaking, scored=scored, compared=len(squads))


@dataclass(frozen=True, slots=True)
class ContestedAcross:
    """A decision that is contested in some squads.

    `squads` counts those, out of the `compared` that say who takes it; `disagreement` is the mean
    in [0, 1] over those in which at least two voices named somebody.
    """

    decision: str
    level: str
    squads: int
    compared: int
    disagreement: float

    @property
    def in_most(self) -> bool:
        """Whether voices differ in more than half of the squads compared."""
        return 2 * self.squads > self.compared


def contested_across(
    framework: Framework, squads: Sequence[WhoDecides]
) -> tuple[ContestedAcross, ...]:
    """The decisions contested somewhere: in most squads first, then strongest, then in order."""
    apart: dict[str, list[float]] = {each.id: [] for each in framework.lenses.decisions}
    for squad in squads:
        for one in squad.disagreements:
            apart[one.of].append(one.disagreement)
    contested = [
        ContestedAcross(
            decision=across.decision,
            level=across.level,
            squads=across.contested,
            compared=across.compared,
            disagreement=fmean(apart[across.decision] or [nan]),
        )
        for across in decisions_across(framework, squads)
        if across.contested
    ]
    return tuple(
        sorted(contested, key=lambda across: (-across.squads, -_strength(across.disagreement)))
    )


def _strength(disagreement: float) -> float:
    """What contested decisions are ordered by; the last is one of which it may not be told."""
    return -1.0 if isnan(disagreement) else round(disagreement, 9)


def are_comparable(squads: Sequence[WhoDecides]) -> bool:
    """Whether voices can differ in enough squads to say what most of them contest."""
    able = (squad for squad in squads if squad.disagreements or squad.contested)
    return sum(1 for _ in able) >= LEAST_COMPARED


@dataclass(frozen=True, slots=True)
class Weakest:
    """What stands worst over several squads: a level or a lens, and its mean in [0, 100].

    `squads` counts those that have a score for it.
    """

    id: str
    mean: float
    squads: int


def weakest_across(squads: Sequence[Sequence[Scored]]) -> Weakest | None:
    """What has the least mean score over the squads; None where nothing has a score.

    The first of equals, in framework order.
    """
    scores: dict[str, list[float]] = {}
    for squad in squads:
        for scored in squad:
            scores.setdefault(scored.id, []).extend([] if scored.score is None else [scored.score])
    means = [Weakest(of, fmean(given), len(given)) for of, given in scores.items() if given]
    return min(means, key=lambda weakest: weakest.mean, default=None)

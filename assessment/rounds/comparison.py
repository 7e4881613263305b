"""Squads side by side: where decisions leak in most, and which are contested; pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isnan
from statistics import fmean

from assessment.model import Framework
from assessment.rounds.board import DecisionAcross, decisions_across
from assessment.scoring.change import Scored
from assessment.scoring.levels import Scores
from assessment.scoring.who_decides import WhoDecides

LEAKING = (1, 2)
"""The stages at which decisions leak at a level."""

LEAST_COMPARED = 2
"""Squads in which voices can differ, from which it is said what most of them contest."""


@dataclass(frozen=True, slots=True)
class SquadsAtLevel:
    """In how many `squads` decisions leak at a level, of those `compared`: with a score there."""

    level: str
    squads: int
    compared: int


def widest_leaks(framework: Framework, squads: Sequence[Scores]) -> tuple[SquadsAtLevel, ...]:
    """The level at which decisions leak in most squads, with all that tie; none without a leak."""
    leaks = [
        SquadsAtLevel(
            level,
            sum(leaks_at(scores, level) for scores in squads),
            sum(scores.level(level).score is not None for scores in squads),
        )
        for level in framework.level_ids
    ]
    most = max((leak.squads for leak in leaks), default=0)
    return tuple(leak for leak in leaks if most and leak.squads == most)


def leaks_at(scores: Scores, level: str) -> bool:
    """Whether decisions leak in a squad at a level."""
    return scores.level(level).stage in LEAKING


def contested_across(
    framework: Framework, squads: Sequence[WhoDecides]
) -> tuple[DecisionAcross, ...]:
    """The decisions contested somewhere: in most squads first, then strongest, then in order."""
    contested = [across for across in decisions_across(framework, squads) if across.contested]
    return tuple(
        sorted(contested, key=lambda across: (-across.contested, -_strength(across.disagreement)))
    )


def _strength(disagreement: float) -> float:
    """What contested decisions are ordered by; the last is one of which it may not be told."""
    return -1.0 if isnan(disagreement) else round(disagreement, 9)


def are_comparable(squads: Sequence[WhoDecides]) -> bool:
    """Whether voices can differ in enough squads to say what most of them contest."""
    able = [squad for squad in squads if squad.disagreements or squad.contested]
    return len(able) >= LEAST_COMPARED


@dataclass(frozen=True, slots=True)
class Weakest:
    """What stands worst: levels or lenses, and their mean in [0, 100] over `squads` with one."""

    ids: tuple[str, ...]
    mean: float
    squads: int


def weakest_across(
    squads: Sequence[Sequence[Scored]], shown: Callable[[float], int]
) -> tuple[Weakest, ...]:
    """What has the least mean score over the squads, in order; empty where nothing has a score.

    Whatever is `shown` as the same is there, together with what as many squads have a score for.
    """
    scores: dict[str, list[float]] = {}
    for squad in squads:
        for scored in squad:
            scores.setdefault(scored.id, []).extend([] if scored.score is None else [scored.score])
    means = {of: fmean(given) for of, given in scores.items() if given}
    least = min(means.values(), default=0.0)
    tied: dict[int, list[str]] = {}
    for of, mean in means.items():
        if shown(mean) == shown(least):
            tied.setdefault(len(scores[of]), []).append(of)
    return tuple(Weakest(tuple(ids), least, count) for count, ids in tied.items())

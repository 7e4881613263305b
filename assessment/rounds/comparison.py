"""Squads side by side: where decisions leak or hold in most, and which are contested; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from assessment.model import Framework
from assessment.scoring.levels import Scores
from assessment.scoring.who_decides import WhoDecides

HIGHEST_LEAKING_STAGE = 2
LEAST_COMPARED = 2
"""Squads in which voices can differ, from which it is said what most of them contest."""


@dataclass(frozen=True, slots=True)
class Leak:
    """The level at which decisions leak in the most squads.

    `squads` counts those below the framed stage there, out of the `scored` squads that
    have a score for the level.
    """

    level: str
    squads: int
    scored: int

    @property
    def in_most(self) -> bool:
        """Whether more than half of the scored squads leak there."""
        return 2 * self.squads > self.scored


@dataclass(frozen=True, slots=True)
class Hold:
    """The level at which decisions hold in the most squads.

    `squads` counts those at stage framed or fluid there, out of the `scored` squads that
    have a score for the level.
    """

    level: str
    squads: int
    scored: int


def widest_leak(framework: Framework, squads: Sequence[Scores]) -> Leak | None:
    """The level that leaks in most squads, or None when no squad leaks anywhere.

    A level leaks in a squad at stage blurred or compensated. Ties go to the level with
    the lower mean score, then to framework order.
    """
    ranked: list[tuple[int, float, int, Leak]] = []
    for order, level in enumerate(framework.level_ids):
        scored = [scores.level(level) for scores in squads]
        values = [found.score for found in scored if found.score is not None]
        leaking = sum(1 for x in scored if x.stage is not None and x.stage <= HIGHEST_LEAKING_STAGE)
        if leaking:
            mean = sum(values) / len(values)
            ranked.append((-leaking, round(mean, 9), order, Leak(level, leaking, len(values))))
    return min(ranked)[-1] if ranked else None


@dataclass(frozen=True, slots=True)
class ContestedAcross:
    """A decision on which voices name different deciders in some squads.

    `squads` counts those, out of the `compared` in which at least two voices named somebody;
    `disagreement` is the mean over the compared, in [0, 1].
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
    found = []
    for decision in framework.lenses.decisions:
        compared = [
            each for squad in squads for each in squad.disagreements if each.of == decision.id
        ]
        contested = sum(1 for each in compared if each.is_contested)
        if contested:
            found.append(
                ContestedAcross(
                    decision=decision.id,
                    level=decision.level,
                    squads=contested,
                    compared=len(compared),
                    disagreement=fmean(each.disagreement for each in compared),
                )
            )
    return tuple(sorted(found, key=lambda each: (-each.squads, -round(each.disagreement, 9))))


def compared_on_deciders(squads: Sequence[WhoDecides]) -> tuple[WhoDecides, ...]:
    """The squads in which voices can differ; none where too few to say what most contest."""
    able = tuple(each for each in squads if each.disagreements)
    return able if len(able) >= LEAST_COMPARED else ()


def firmest_hold(framework: Framework, squads: Sequence[Scores]) -> Hold | None:
    """The level that holds in the greatest number of squads, or None when none does in most.

    A level holds in a squad at stage framed or fluid. Ties go to the level with the higher
    mean score, then to framework order.
    """
    with_scores = sum(1 for scores in squads if scores.scored)
    ranked: list[tuple[int, float, int, Hold]] = []
    for order, level in enumerate(framework.level_ids):
        scored = [scores.level(level) for scores in squads]
        values = [found.score for found in scored if found.score is not None]
        holding = sum(1 for x in scored if x.stage is not None and x.stage > HIGHEST_LEAKING_STAGE)
        if 2 * holding > with_scores:
            mean = sum(values) / len(values)
            ranked.append((-holding, -round(mean, 9), order, Hold(level, holding, len(values))))
    return min(ranked)[-1] if ranked else None

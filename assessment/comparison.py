"""Squads side by side: which decision level leaks in most of them; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assessment.model import Framework
from assessment.scoring import Scores

HIGHEST_LEAKING_STAGE = 2


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

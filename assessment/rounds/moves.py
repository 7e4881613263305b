"""Which levels moved between two rounds, told as a move only where it is clearly one; pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from assessment.rounds.history import Round
from assessment.scoring.levels import ROUNDING, Healths, Scores, score_table
from assessment.scoring.pooling import pooled
from assessment.scoring.robustness import FEWEST_VOICES, Holds, LevelHold, answering, holds_of

LEAST_POINTS = 10
"""Points, as shown, from which one or two voices moved."""

LEAST_SAME = 2
"""Aliases in both rounds from which they alone are compared, if they are half of each or more."""

Verdict: TypeAlias = Literal["moved", "no clear change", "not scored"]


@dataclass(frozen=True, slots=True)
class Move:
    """A level's scores in [0, 100] in two rounds, None where not scored, and whether it moved."""

    level: str
    verdict: Verdict
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class Moves:
    """How the levels moved, in framework order, and how many voices stand on either side.

    `same_voices` is how many answered both rounds where they alone are compared, else None.
    """

    levels: tuple[Move, ...]
    voices_before: int
    voices_after: int
    same_voices: int | None = None

    def level(self, level_id: str) -> Move:
        """How one level moved."""
        return next(move for move in self.levels if move.level == level_id)


def moves_between(before: Round, after: Round, *, points: Callable[[float, float], int]) -> Moves:
    """How the levels moved between two rounds of a squad.

    A level moved where its ranges with one voice left out do not even touch; under three voices in
    either round, where the scores differ by ten points or more, as `points` tells how they are
    shown. Where the same aliases answered both, two at least and half of each round or more, they
    alone are compared.
    """
    same = _same_voices(before, after)
    earlier, later = _Side(before, same), _Side(after, same)
    return Moves(
        levels=tuple(_move(earlier, later, level, points) for level in before.framework.level_ids),
        voices_before=earlier.holds.voices,
        voices_after=later.holds.voices,
        same_voices=len(same) if same else None,
    )


class _Side:
    """A round as it is compared: its own result, or that of some of its voices alone."""

    def __init__(self, compared: Round, same: frozenset[str]) -> None:
        if not same:
            self.scores: Scores = compared.scores
            self.holds: Holds = compared.exact_holds
            return
        framework = compared.framework
        voices = [index for key, index in _aliases(compared).items() if key in same]
        healths = compared.voice_healths
        alone = Healths(healths.values[voices], healths.applies[voices])
        whole = pooled(alone, [0] * len(voices), count=1)
        self.scores = score_table(framework, whole).sheet(0)
        self.holds = holds_of(framework, alone)


def _same_voices(before: Round, after: Round) -> frozenset[str]:
    """The aliases to compare alone; none where too few answered both rounds."""
    same = frozenset(_aliases(before)) & frozenset(_aliases(after))
    greater = max(before.exact_holds.voices, after.exact_holds.voices)
    return same if len(same) >= LEAST_SAME and 2 * len(same) >= greater else frozenset()


def _aliases(compared: Round) -> Mapping[str, int]:
    """The voices with an alias that answered an item that applies, and where they stand."""
    answered = answering(compared.voice_healths)
    return {
        compared.voices[index].voice_key: index
        for index in answered
        if compared.voices[index].voice
    }


def _move(earlier: _Side, later: _Side, level: str, points: Callable[[float, float], int]) -> Move:
    before, after = earlier.scores.level(level).score, later.scores.level(level).score
    if before is None or after is None:
        return Move(level, "not scored", before, after)
    if min(earlier.holds.voices, later.holds.voices) < FEWEST_VOICES:
        moved = abs(points(before, after)) >= LEAST_POINTS
    else:
        moved = _apart(earlier.holds.level(level), later.holds.level(level))
    return Move(level, "moved" if moved else "no clear change", before, after)


def _apart(one: LevelHold, other: LevelHold) -> bool:
    """Whether two ranges share nothing, not even an end."""
    ends = np.array([(one.low, one.high), (other.low, other.high)], dtype=float)
    return bool(ends[:, 0].max() > ends[:, 1].min() + ROUNDING)

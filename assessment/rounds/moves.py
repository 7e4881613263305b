"""Which levels moved between two rounds, told as a move only where it is clearly one; pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from assessment.rounds.round import Round
from assessment.scoring.levels import ROUNDING, Healths, Scores, score_table
from assessment.scoring.pooling import pooled
from assessment.scoring.robustness import FEWEST_FOR_RANGE, Ranges, answering, ranges_of

LEAST_POINTS = 10
"""Points, as shown, from which one or two voices moved."""

LEAST_SAME = 2
"""Aliases in both rounds from which they alone are compared, if they are half of each or more."""

Verdict = Literal["moved", "no clear change", "not scored"]
Compared = Literal["same", "different", "unknown"]
"""Whether the voices of two rounds are known to be the same, or not to be."""


@dataclass(frozen=True, slots=True)
class Move:
    """A level's scores in [0, 100] in two rounds, None without; "" is the overall one."""

    level: str
    verdict: Verdict
    before: float | None
    after: float | None

    @property
    def is_move(self) -> bool:
        """Whether it is told as a move."""
        return self.verdict == "moved"

    @property
    def rose(self) -> bool:
        """Whether it moved up."""
        return self.is_move and (self.after or 0.0) > (self.before or 0.0)

    @property
    def fell(self) -> bool:
        """Whether it moved down."""
        return self.is_move and not self.rose


@dataclass(frozen=True, slots=True)
class Moves:
    """How the levels moved, in framework order, and how many voices stand on either side.

    `overall` is how the overall score did, by the same rule. `compared` is whether the voices
    compared are the same: unknown where as many answered and not all gave an alias. `same_voices`
    is how many answered both rounds where they alone are compared, else None; `leaves_out` that
    others answered too, so that these are not the rounds' own scores.
    """

    levels: tuple[Move, ...]
    overall: Move
    voices_before: int
    voices_after: int
    compared: Compared
    same_voices: int | None = None
    leaves_out: bool = False

    def level(self, level_id: str) -> Move:
        """How one level moved."""
        return next(move for move in self.levels if move.level == level_id)

    @property
    def is_of_all(self) -> bool:
        """Whether all voices of both rounds are known to be the same, so that all are compared."""
        return self.compared == "same" and not self.leaves_out

    @property
    def is_comparable(self) -> bool:
        """Whether any level has a score both times."""
        return len(self.uncompared) < len(self.levels)

    @property
    def uncompared(self) -> tuple[Move, ...]:
        """The levels that have no score in one of the two."""
        return tuple(move for move in self.levels if move.verdict == "not scored")

    @property
    def by_points(self) -> bool:
        """Whether the least points make a move, as too few voices answered to leave one out."""
        return min(self.voices_before, self.voices_after) < FEWEST_FOR_RANGE

    @property
    def moved(self) -> tuple[Move, ...]:
        """The levels that moved."""
        return tuple(move for move in self.levels if move.is_move)


def moves_between(before: Round, after: Round, *, points: Callable[[float, float], int]) -> Moves:
    """How the levels moved between two rounds of a squad.

    A level moved where its one-voice ranges do not even touch and what is shown, as `points` tells,
    differs; under three voices in either round, where it differs by ten points or more. Where two
    aliases or more answered both, and are half of each round or more, they alone are compared.
    """
    same = _same_voices(before, after)
    earlier, later = _Side(before, same), _Side(after, same)
    return Moves(
        levels=tuple(_move(level, earlier, later, points) for level in before.framework.level_ids),
        overall=_move("", earlier, later, points),
        voices_before=earlier.ranges.voices,
        voices_after=later.ranges.voices,
        compared="same" if same else _compared(before, after),
        same_voices=len(same) if same else None,
        leaves_out=bool(same) and len(same) < _most_voices(before, after),
    )


def is_move_by_points(change: int) -> bool:
    """Whether a change in shown points is a move where no voice can be left out."""
    return abs(change) >= LEAST_POINTS


class _Side:
    """A round as it is compared: its own result, or that of some of its voices alone."""

    def __init__(self, answered: Round, same: frozenset[str]) -> None:
        if not same:
            self.scores: Scores = answered.scores
            self.ranges: Ranges = answered.exact_ranges
            return
        framework = answered.framework
        voices = [index for key, index in _aliases(answered).items() if key in same]
        healths = answered.voice_healths
        alone = Healths(healths.values[voices], healths.applies[voices])
        whole = pooled(alone, [0] * len(voices), count=1)
        self.scores = score_table(framework, whole).sheet(0)
        self.ranges = ranges_of(framework, alone)


def _same_voices(before: Round, after: Round) -> frozenset[str]:
    """The aliases to compare alone; none where too few answered both rounds."""
    same = frozenset(_aliases(before)) & frozenset(_aliases(after))
    enough = len(same) >= LEAST_SAME and 2 * len(same) >= _most_voices(before, after)
    return same if enough else frozenset()


def _compared(before: Round, after: Round) -> Compared:
    """Whether two rounds whose every voice is compared have the same voices."""
    count = before.exact_ranges.voices
    if count != after.exact_ranges.voices:
        return "different"
    earlier, later = _aliases(before).keys(), _aliases(after).keys()
    if not count or min(len(earlier), len(later)) < count:
        return "unknown"
    return "same" if earlier == later else "different"


def _most_voices(before: Round, after: Round) -> int:
    return max(before.exact_ranges.voices, after.exact_ranges.voices)


def _aliases(answered: Round) -> Mapping[str, int]:
    """The voices with an alias that answered an item that applies, and where they stand."""
    voices = answered.voices
    return {
        voices[index].voice_key: index
        for index in answering(answered.voice_healths)
        if voices[index].voice
    }


def _move(level: str, earlier: _Side, later: _Side, points: Callable[[float, float], int]) -> Move:
    """How a level moved, or, without its name, the overall score."""
    before, after = earlier.scores.of(level), later.scores.of(level)
    reach_before, reach_after = earlier.ranges.of(level), later.ranges.of(level)
    if before is None or after is None:
        return Move(level, "not scored", before, after)
    shown = points(before, after)
    if reach_before is None or reach_after is None:
        moved = is_move_by_points(shown)
    else:
        low = max(reach_before.low, reach_after.low)
        high = min(reach_before.high, reach_after.high)
        moved = shown != 0 and low > high + ROUNDING  # the ranges share not even an end
    return Move(level, "moved" if moved else "no clear change", before, after)

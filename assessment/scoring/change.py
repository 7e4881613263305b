"""What has a score, and how a score moved between two times; pure."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scored:
    """A level, the fit at a level or a lens, by its id: its `score` in [0, 100], None without one.

    `coverage` is the share of what it asks that was answered, in [0, 1].
    """

    id: str
    score: float | None
    coverage: float


@dataclass(frozen=True, slots=True)
class Change:
    """A score in [0, 100] before and after; `of` is the id of what is scored, such as a level."""

    of: str
    before: float
    after: float


def changes_between(before: Iterable[Scored], after: Iterable[Scored]) -> tuple[Change, ...]:
    """How the scores moved of what has a score both times, in the order of `after`."""
    earlier = {scored.id: scored.score for scored in before}
    return tuple(
        Change(scored.id, old, scored.score)
        for scored in after
        if scored.score is not None and (old := earlier[scored.id]) is not None
    )

"""What moved between two times: one score, before and after; pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Change:
    """A score in [0, 100] before and after; `of` is the id of what is scored, such as a level."""

    of: str
    before: float
    after: float

"""Where periods stand on a time axis, and how they are written under it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from babel.dates import format_date

from assessment.charts.drawing import Row
from assessment.languages import Words

_PERIOD = re.compile(r"(?P<year>\d{4})-(?P<quarter>Q)?(?P<number>\d{1,2})")

LABEL_ROOM = 56
"""Pixels one period's label needs."""

WIDTHS = (180, 240, 320, 440, 600, 900, 1400)
"""Plot widths at which labels are thinned out anew."""


def period_rows(periods: Sequence[str], *, words: Words) -> list[Row]:
    """One row per period, given in order: its time, labels, and the width it needs to be shown.

    Time counts months (or quarters), so that a skipped month leaves its gap on the axis. On a
    narrow plot some labels give way; the last period keeps its label longest.
    """
    rows: list[Row] = []
    for period in periods:
        start = _starts(period)
        part, year = _parts(period, start, words=words)
        rows.append(
            {
                "period": period,
                "time": _time(period, start),
                "wide": f"{part} {year}".strip(),
                "stacked": f"{part}\n{year}".strip(),
            }
        )
    for row, room in zip(rows, _rooms([row["time"] for row in rows]), strict=True):
        row["room"] = room
    return rows


def least_step(rows: Sequence[Row]) -> float:
    """The share of the time axis between the two closest periods; 1 when there is only one."""
    times: list[int] = [row["time"] for row in rows]
    if len(times) < 2:
        return 1.0
    closest = min(after - before for before, after in pairwise(times))
    return round(closest / (times[-1] - times[0]), 4)


def _starts(period: str) -> date:
    found = _PERIOD.fullmatch(period)
    if found is None:
        raise ValueError(f"a period reads 2026-11 or 2026-Q4, not {period!r}")
    number = int(found["number"])
    month = 3 * number - 2 if found["quarter"] else number
    return date(int(found["year"]), month, 1)


def _time(period: str, start: date) -> int:
    if "Q" in period:
        return start.year * 4 + (start.month - 1) // 3
    return start.year * 12 + start.month


def _parts(period: str, start: date, *, words: Words) -> tuple[str, str]:
    """Month or quarter, and year: "Nov", "2026" or "T4", "2026"."""
    pattern = "QQQ" if "Q" in period else "MMM"
    return format_date(start, pattern, locale=words.language), str(start.year)


def _rooms(times: Sequence[int]) -> list[int]:
    """For each label the narrowest plot in which it still stands clear of the labels kept."""
    rooms = [0] * len(times)
    span = max(times, default=0) - min(times, default=0)
    if not span:
        return rooms
    for width in reversed(WIDTHS):
        kept = float("inf")
        for place in range(len(times) - 1, -1, -1):
            clear = (kept - times[place]) / span * width >= LABEL_ROOM
            if clear and rooms[place] <= width:
                kept = times[place]
            else:
                # Hidden at this width, hence shown only in plots wider than it.
                rooms[place] = max(rooms[place], width + 1)
    return rooms

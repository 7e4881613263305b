"""Where periods stand on a time axis, and how they are written under it."""

from collections.abc import Sequence
from itertools import pairwise

from babel.dates import format_date

from assessment.charts.rows import Row
from assessment.languages import Words
from assessment.model.period import Period

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
    for text in periods:
        period = Period.parse(text)
        by_month = period.by == "month"
        part = format_date(period.first_day, "MMM" if by_month else "QQQ", locale=words.language)
        rows.append(
            {
                "period": text,
                "time": period.year * (12 if by_month else 4) + period.part,
                "wide": f"{part} {period.year}",
                "stacked": f"{part}\n{period.year}",
                "room": 0,
            }
        )
    _thin_out(rows)
    return rows


def least_step(rows: Sequence[Row]) -> float:
    """The share of the time axis between the two closest periods; 1 when there is only one."""
    times: list[int] = [row["time"] for row in rows]
    if len(times) < 2:
        return 1.0
    closest = min(after - before for before, after in pairwise(times))
    return round(closest / (times[-1] - times[0]), 4)


def _thin_out(rows: Sequence[Row]) -> None:
    """Give each row as `room` the narrowest plot in which its label is clear of those kept."""
    shown = list(reversed(rows))
    span = rows[-1]["time"] - rows[0]["time"]
    for width in reversed(WIDTHS):
        kept: list[Row] = []
        for row in shown:
            if kept and (kept[-1]["time"] - row["time"]) * width < LABEL_ROOM * span:
                row["room"] = width + 1
            else:
                kept.append(row)
        shown = kept

"""Actions that were done, as numbered rules between the rounds of a time axis."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from assessment.charts.drawing import Properties, Row, label, layer, named, records
from assessment.charts.style import Style

LABEL_SHARE = 0.1
"""The share of the axis that a number takes on a phone; closer ones stand as one label."""


def action_marks(
    actions: pd.DataFrame | None,
    periods: Sequence[Row],
    x: alt.X,
    *,
    reach: tuple[float, float],
    style: Style,
) -> list[alt.Chart]:
    """A rule per action at its day, its number at the foot; no layer without actions.

    `actions` come in the order of their days: number, what is told of each, and the share of the
    way from the earlier to the later round; `reach` is the plot's top and bottom in pixels. They
    are silent for screen readers: the page lists the same numbers in words.
    """
    if actions is None or actions.empty:
        return []
    top, bottom = reach
    rows = _placed(actions, periods)
    told = [alt.Tooltip(field="told", type="nominal", title="")]
    rule: Properties = {
        "strokeDash": [3, 3],
        "strokeWidth": 1.5,
        "color": style.muted,
        "y": top,
        "y2": bottom,
    }
    numbers = named("actions", _labels(rows, periods))
    look: Properties = {"fontSize": 12, "fontWeight": 700, "y": bottom}
    halo: Properties = {"stroke": style.background, "strokeWidth": 5, "strokeJoin": "round"}
    at = {"x": x, "tooltip": told}
    return [
        layer("rule", rows=named("action-days", rows), encode=at, **rule),
        label("numbers", at, rows=numbers, **look, **halo, color=style.background),
        label("numbers", at, rows=numbers, **look),
    ]


def _placed(actions: pd.DataFrame, periods: Sequence[Row]) -> list[Row]:
    times = {period["period"]: period["time"] for period in periods}
    rows = []
    for row in records(actions):
        earlier, later = times[row["earlier"]], times[row["later"]]
        rows.append(
            {
                "time": round(earlier + row["share"] * (later - earlier), 4),
                "number": row["number"],
                "told": row["told"],
            }
        )
    return rows


def _labels(rows: Sequence[Row], periods: Sequence[Row]) -> list[Row]:
    """A label per rule, or one for several rules whose numbers would cover each other."""
    gap = LABEL_SHARE * (periods[-1]["time"] - periods[0]["time"])
    groups: list[list[Row]] = []
    for row in rows:
        if groups and row["time"] - groups[-1][-1]["time"] < gap:
            groups[-1].append(row)
        else:
            groups.append([row])
    return [
        {
            "time": (group[0]["time"] + group[-1]["time"]) / 2,
            "numbers": "–".join(
                dict.fromkeys(str(each["number"]) for each in (group[0], group[-1]))
            ),
            "told": " · ".join(each["told"] for each in group),
        }
        for group in groups
    ]

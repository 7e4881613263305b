"""What was done between two rounds: numbered rules on a time axis."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from assessment.charts import draw
from assessment.charts.rows import Row, neighbours, records
from assessment.charts.timeline import Timeline

LABEL_SHARE = 0.1
"""The share of the axis that a number takes on a phone; closer ones stand as one label."""


def action_marks(
    actions: pd.DataFrame | None,
    timeline: Timeline,
    x: alt.X,
    *,
    reaches: Sequence[tuple[float, float]],
) -> list[alt.Chart]:
    """A rule per action at its day, its number at the foot; no layer without actions.

    `actions` come in the order of their days: number, what is told of each, and the share of the
    way from the earlier to the later round; `reaches` are the tops and bottoms of the plots, one
    under the other, in pixels. They are silent for screen readers: the page lists the same numbers
    in words.
    """
    if actions is None or actions.empty:
        return []
    bottom, style = reaches[-1][1], timeline.style
    days = _days(actions, timeline)
    numbers = draw.table("actions", _labels(days, timeline))
    rows = draw.table("action-days", days)
    rule: draw.Properties = {"strokeDash": [3, 3], "strokeWidth": 1.5, "color": style.muted}
    look: draw.Properties = {"fontSize": 12, "fontWeight": 700, "y": bottom}
    halo: draw.Properties = {"stroke": style.background, "strokeWidth": 5, "strokeJoin": "round"}
    at = {"x": x, "tooltip": draw.tooltips(told="")}
    return [
        *(draw.layer("rule", at, rows=rows, y=top, y2=end, **rule) for top, end in reaches),
        draw.label("numbers", at, rows=numbers, color=style.background, **look, **halo),
        draw.label("numbers", at, rows=numbers, **look),
    ]


def _days(actions: pd.DataFrame, timeline: Timeline) -> list[Row]:
    """Where each action stands between its rounds."""
    times = timeline.times
    rows = []
    for action in records(actions):
        earlier, later = times[action["earlier"]], times[action["later"]]
        time = round(earlier + action["share"] * (later - earlier), 4)
        rows.append({"time": time, "number": action["number"], "told": action["told"]})
    return rows


def _labels(days: Sequence[Row], timeline: Timeline) -> list[Row]:
    """A label per rule, or one for several rules whose numbers would cover each other."""
    gap = LABEL_SHARE * (timeline.last - timeline.first)
    labels = []
    for group in neighbours(days, "time", gap=gap):
        ends = (group[0], group[-1])
        labels.append(
            {
                "time": (group[0]["time"] + group[-1]["time"]) / 2,
                "numbers": "–".join(dict.fromkeys(str(day["number"]) for day in ends)),
                "told": " · ".join(day["told"] for day in group),
            }
        )
    return labels

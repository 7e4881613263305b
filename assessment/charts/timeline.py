"""What charts over time share: periods, points, the time axis and the lines under it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from assessment.charts import wording
from assessment.charts.drawing import (
    LEFT,
    Properties,
    Row,
    across,
    expression,
    in_order,
    label,
    layer,
    named,
    quiet,
    records,
)
from assessment.charts.periods import least_step, period_rows
from assessment.charts.style import Style
from assessment.languages import BLANK, Words

FOOT = 56
"""Pixels under the plot for the periods' names and what stands below them."""

LINE: Properties = {"strokeWidth": 2.5, "strokeJoin": "round"}
UNDER: Properties = {
    "baseline": "top",
    "opacity": expression("ends - 52 >= datum.room ? 1 : 0"),
}
"""Texts under the plot, hidden where they would crowd."""


# Rows --------------------------------------------------------------------------------------------


def periods_of(history: pd.DataFrame, *, words: Words) -> list[Row]:
    """The periods of all rounds, each with its number of voices, in words and bare."""
    periods = period_rows(sorted(in_order(history, "period")), words=words)
    counts = {row["period"]: row["voices"] for row in records(history)}
    for period in periods:
        period["voices"] = wording.voices(counts[period["period"]], words=words)
        period["count"] = words.number(counts[period["period"]])
    return periods


def points_over_time(
    history: pd.DataFrame,
    periods: Sequence[Row],
    series: str,
    measure: str,
    *,
    said: str,
    words: Words,
) -> list[Row]:
    """One row per scored point; `run` counts the gaps before it, so that no line crosses one."""
    times = {period["period"]: period["time"] for period in periods}
    runs: dict[str, int] = {}
    rows = []
    for point in sorted(records(history), key=lambda row: times[row["period"]]):
        name, score = point[series], point[measure]
        runs.setdefault(name, 0)
        if score is None:
            runs[name] += 1
            continue
        value, voices = words.score(score), wording.voices(point["voices"], words=words)
        rows.append(
            {
                "name": name,
                "run": runs[name],
                "time": times[point["period"]],
                "score": score,
                "value": value,
                "level_name": point.get("level_name"),
                "stage": point.get("stage_name") or BLANK,
                "period_name": point["period_name"],
                "voices": words.number(point["voices"]),
                "voices_text": voices,
                "description": said.format(
                    name=name,
                    squad=point["squad"],
                    level=point.get("level_name"),
                    period=point["period_name"],
                    score=value,
                    voices=voices,
                ),
            }
        )
    return rows


# Layers ------------------------------------------------------------------------------------------


def time_axis(periods: Sequence[Row], *, left: str, right: str) -> alt.X:
    """Where a period stands between two expressions; a single one in the middle."""
    first, last = periods[0]["time"], periods[-1]["time"]
    if first == last:
        first, last = first - 1, last + 1
    return across("time", left=left, right=right, least=first, most=last)


def hollow(style: Style) -> Properties:
    """The look of a point that holds a number."""
    return {"filled": True, "opacity": 1, "fill": style.background, "strokeWidth": 2}


def numbers_in_points(at: Properties, **properties: Any) -> alt.Chart:
    """The number of voices in each point."""
    return label("voices", at, dy=1, fontSize=11, fontWeight=600, **properties)


def reading(words: Words, *, style: Style) -> alt.Chart:
    """What the numbers in the points stand for."""
    rows = named("reading", [{"text": words.gettext("Number in each point: its voices")}])
    return label("text", {}, rows=rows, y=expression("height - 8"), **LEFT, **quiet(style))


def grid(y: alt.Y, marks: Sequence[Row], *, style: Style) -> list[alt.Chart]:
    """A line and a number at each of the marks."""
    data = named("marks", marks)
    whole: Properties = {"x": 30, "x2": expression("ends")}
    return [
        layer("rule", rows=data, encode={"y": y}, color=style.grid, opacity=0.7, **whole),
        label("label", {"y": y}, rows=data, x=24, align="right", **quiet(style)),
    ]


def time_labels(periods: Sequence[Row], x: alt.X) -> alt.Chart:
    """Each period's name, in one line where there is room."""
    return layer(
        "text",
        rows=named("periods", periods),
        encode={"x": x},
        text=expression(f"{roomy(periods)} ? datum.wide : datum.stacked"),
        y=expression(f"height - {FOOT - 10}"),
        lineBreak="\n",
        lineHeight=15,
        fontSize=12,
        **UNDER,
    )


def roomy(periods: Sequence[Row]) -> str:
    """Whether every period's name stands in one line, as an expression."""
    return f"(ends - 52) * {least_step(periods)} >= 68"

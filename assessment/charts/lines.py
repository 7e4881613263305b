"""Scores over time: one squad's levels, or the overall score of several squads."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle, islice
from typing import Any

import altair as alt
import pandas as pd

from assessment.charts import wording
from assessment.charts.drawing import (
    HEADING,
    LEFT,
    MARKS,
    NARROW,
    RIGHT,
    Properties,
    Row,
    across,
    coloured,
    dashed,
    described,
    expression,
    finished,
    in_order,
    label,
    layer,
    linear,
    named,
    pixels_down,
    quiet,
    records,
    shaped,
    tooltips,
    without_overlap,
)
from assessment.charts.periods import least_step, period_rows
from assessment.charts.style import Style
from assessment.languages import BLANK, Words

HEIGHT = 340
TOP, FOOT = 14, 56
PLOT = HEIGHT - TOP - FOOT
MOST_IN_ONE_PLOT = 4
"""Squads whose numbered points stay apart in one plot."""

STRIP_NAME, STRIP_PLOT, STRIP_GAP = 26, 56, 18
STRIP = STRIP_NAME + STRIP_PLOT + STRIP_GAP

LABEL_GAP = 100 * 18 / PLOT
"""Points of score that keep two names at the lines' ends apart."""

POINT_WIDTH = 19
POINT_GAP = 100 * POINT_WIDTH / PLOT
"""Points of score under which two numbered points would cover each other."""

NUMBERED_SHAPES = ("circle", "square", "M0,-1.25L1.25,0L0,1.25L-1.25,0Z")
"""Shapes that hold a number: circle, square, and a diamond a little larger."""


def level_lines(history: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """One squad: a line per level over its rounds, named at its end, voices under each period.

    A level that was not scored in a round leaves a gap. A single round shows points only.
    """
    _ = words.gettext
    names, periods = in_order(history, "level_short"), _periods(history, words=words)
    rows = _points(
        history,
        periods,
        "level_short",
        "score",
        said=_("{level}, {period}: {score} out of 100, {voices}"),
        words=words,
    )
    titles = {
        "level_name": _("Level"),
        "period_name": _("Period"),
        "value": _("Score"),
        "stage": _("Stage"),
        "voices_text": _("Voices"),
    }
    at = _plot(periods, left="44", right="ends - 8")
    ink: Properties = {
        "color": coloured("name", style.colours_for(names)),
        "shape": shaped("name", style.shapes_for(names)),
    }
    point: Properties = {
        "size": 70,
        "filled": True,
        "opacity": 1,
        "stroke": style.background,
        "strokeWidth": 1.5,
    }
    return finished(
        [
            *_grid(at["y"], _score_marks(words), style=style),
            _time_labels(periods, at["x"]),
            *_voices_below(periods, at["x"], words=words, style=style),
            _lines_of(names, at, style=style),
            layer(
                "point",
                encode=at | ink | {"description": described(), "tooltip": tooltips(titles)},
                **point,
            ),
            *_end_labels(rows, names, at["y"], ink=ink, point=point, style=style),
        ],
        rows=rows,
        height=HEIGHT,
        style=style,
        params={"ends": f"width - ({NARROW} ? 116 : 132)"},
    )


def overall_lines(history: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """Several squads: the overall score over their rounds, the number of voices in each point.

    Up to four squads share one plot; beyond, each has its own strip on the same time axis.
    """
    _ = words.gettext
    squads, periods = in_order(history, "squad"), _periods(history, words=words)
    rows = _points(
        history,
        periods,
        "squad",
        "overall",
        said=_("{squad}, {period}: {score} out of 100, {voices}"),
        words=words,
    )
    titles = {
        "name": _("Squad"),
        "period_name": _("Period"),
        "value": _("Overall"),
        "voices_text": _("Voices"),
    }
    announced = {"description": described(), "tooltip": tooltips(titles)}
    draw = _strips if len(squads) > MOST_IN_ONE_PLOT else _one_plot
    return draw(rows, periods, squads, announced, words=words, style=style)


# Rows --------------------------------------------------------------------------------------------


def _periods(history: pd.DataFrame, *, words: Words) -> list[Row]:
    """The periods of all rounds, each with its number of voices, in words and bare."""
    periods = period_rows(sorted(in_order(history, "period")), words=words)
    counts = {row["period"]: row["voices"] for row in records(history)}
    for period in periods:
        period["voices"] = wording.voices(counts[period["period"]], words=words)
        period["count"] = words.number(counts[period["period"]])
    return periods


def _points(
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
                    squad=point["squad"],
                    level=point.get("level_name"),
                    period=point["period_name"],
                    score=value,
                    voices=voices,
                ),
            }
        )
    return rows


def _side_by_side(rows: Sequence[Row]) -> list[Row]:
    """The rows with a sideways nudge in pixels, so that no two numbers cover each other."""
    nudged = []
    for time in dict.fromkeys(row["time"] for row in rows):
        clusters: list[list[Row]] = []
        for row in sorted((r for r in rows if r["time"] == time), key=lambda r: r["score"]):
            if clusters and row["score"] - clusters[-1][-1]["score"] < POINT_GAP:
                clusters[-1].append(row)
            else:
                clusters.append([row])
        for cluster in clusters:
            middle = (len(cluster) - 1) / 2
            nudged += [
                row | {"nudge": round((place - middle) * POINT_WIDTH)}
                for place, row in enumerate(cluster)
            ]
    return nudged


# Charts of several squads ------------------------------------------------------------------------


def _one_plot(
    rows: Sequence[Row],
    periods: Sequence[Row],
    squads: Sequence[str],
    announced: Properties,
    *,
    words: Words,
    style: Style,
) -> alt.LayerChart:
    """One plot for all squads, points nudged apart, names and last scores at the right."""
    at = _plot(periods, left="56", right="ends - 20")
    nudge: Properties = {"xOffset": expression("datum.nudge")}
    # Hollow points hold their number of voices, which is legible on any series' colour.
    shapes = list(islice(cycle(NUMBERED_SHAPES), len(squads)))
    colours = style.colours_for(squads)
    ink: Properties = {
        "stroke": alt.Stroke(field="name", type="nominal", scale=colours, legend=None),
        "shape": shaped("name", alt.Scale(domain=list(squads), range=shapes)),
    }
    point = _hollow(style)
    return finished(
        [
            *_grid(at["y"], _score_marks(words), style=style),
            _time_labels(periods, at["x"]),
            _lines_of(squads, at, style=style, **nudge),
            layer("point", encode=at | ink | announced, size=300, **point, **nudge),
            _numbers_in_points(at, dx=expression("datum.nudge")),
            _reading(words, style=style),
            *_end_labels(rows, squads, at["y"], ink=ink, point=point | {"size": 110}, style=style),
        ],
        rows=_side_by_side(rows),
        height=HEIGHT,
        style=style,
        params={"ends": f"width - ({NARROW} ? 124 : min(230, width * 0.3))"},
    )


def _strips(
    rows: Sequence[Row],
    periods: Sequence[Row],
    squads: Sequence[str],
    announced: Properties,
    *,
    words: Words,
    style: Style,
) -> alt.LayerChart:
    """One strip per squad under its name, from 0 to 100, with its last score at the right."""
    height = STRIP * len(squads) + FOOT - STRIP_GAP + 2
    floors = {squad: STRIP * (place + 1) - STRIP_GAP for place, squad in enumerate(squads)}
    drawn = [
        row | {"y": round(floors[row["name"]] - row["score"] * STRIP_PLOT / 100, 1)} for row in rows
    ]
    last = {row["name"]: row["value"] for row in rows if row["time"] == periods[-1]["time"]}
    names = [
        {
            "name": squad,
            "y": floors[squad] - STRIP_PLOT - STRIP_NAME + 6,
            "value": last.get(squad, BLANK),
        }
        for squad in squads
    ]
    marks: list[Row] = [
        {"y": floors[squad] - STRIP_PLOT * mark / 100, "label": words.number(mark)}
        for squad in squads
        for mark in MARKS[::2]
    ]
    y = pixels_down("y", height=height)
    at: Properties = {"x": _time(periods, left="50", right="ends - 14"), "y": y}
    detail = [alt.Detail(field=field, type="nominal") for field in ("name", "run")]
    data = named("strips", names)
    named_at = {"y": y, "tooltip": tooltips({"name": words.gettext("Squad")})}
    colour = style.series[0]
    return finished(
        [
            *_grid(y, marks, style=style),
            _time_labels(periods, at["x"]),
            layer("line", encode=at | {"detail": detail}, color=colour, **LINE),
            layer(
                "point",
                encode=at | announced,
                shape="circle",
                stroke=colour,
                size=270,
                **_hollow(style),
            ),
            _numbers_in_points(at),
            _reading(words, style=style),
            label("name", named_at, rows=data, limit=expression("width - 50"), **LEFT, **HEADING),
            label("value", {"y": y}, rows=data, **RIGHT, **HEADING),
        ],
        rows=drawn,
        height=height,
        style=style,
        params={"ends": "width"},
    )


# Layers ------------------------------------------------------------------------------------------

LINE: Properties = {"strokeWidth": 2.5, "strokeJoin": "round"}
UNDER: Properties = {
    "baseline": "top",
    "opacity": expression("ends - 52 >= datum.room ? 1 : 0"),
}
"""Texts under the plot, hidden where they would crowd."""


def _plot(periods: Sequence[Row], *, left: str, right: str) -> Properties:
    """Where a score stands in a plot that all series share."""
    scale = linear((0, 100), (HEIGHT - FOOT, TOP))
    return {
        "x": _time(periods, left=left, right=right),
        "y": alt.Y(field="score", type="quantitative", scale=scale, axis=None),
    }


def _time(periods: Sequence[Row], *, left: str, right: str) -> alt.X:
    first, last = periods[0]["time"], periods[-1]["time"]
    if first == last:
        first, last = first - 1, last + 1
    return across("time", left=left, right=right, least=first, most=last)


def _hollow(style: Style) -> Properties:
    return {"filled": True, "opacity": 1, "fill": style.background, "strokeWidth": 2}


def _lines_of(
    names: Sequence[str], at: Properties, *, style: Style, **properties: Any
) -> alt.Chart:
    """A line per series in its own colour and dash, broken between its runs."""
    look = {
        "color": coloured("name", style.colours_for(names)),
        "strokeDash": dashed("name", style.dashes_for(names)),
        "detail": [alt.Detail(field="run", type="nominal")],
    }
    return layer("line", encode=at | look, **LINE, **properties)


def _numbers_in_points(at: Properties, **properties: Any) -> alt.Chart:
    return label("voices", at, dy=1, fontSize=11, fontWeight=600, **properties)


def _reading(words: Words, *, style: Style) -> alt.Chart:
    """What the numbers in the points stand for."""
    rows = named("reading", [{"text": words.gettext("Number in each point: its voices")}])
    return label("text", {}, rows=rows, y=expression("height - 8"), **LEFT, **quiet(style))


def _score_marks(words: Words) -> list[Row]:
    return [{"score": mark, "label": words.number(mark)} for mark in MARKS]


def _grid(y: alt.Y, marks: Sequence[Row], *, style: Style) -> list[alt.Chart]:
    data = named("marks", marks)
    whole: Properties = {"x": 30, "x2": expression("ends")}
    return [
        layer("rule", rows=data, encode={"y": y}, color=style.grid, opacity=0.7, **whole),
        label("label", {"y": y}, rows=data, x=24, align="right", **quiet(style)),
    ]


def _time_labels(periods: Sequence[Row], x: alt.X) -> alt.Chart:
    """Each period's name, in one line where there is room."""
    return layer(
        "text",
        rows=named("periods", periods),
        encode={"x": x},
        text=expression(f"{_roomy(periods)} ? datum.wide : datum.stacked"),
        y=expression(f"height - {FOOT - 10}"),
        lineBreak="\n",
        lineHeight=15,
        fontSize=12,
        **UNDER,
    )


def _voices_below(
    periods: Sequence[Row], x: alt.X, *, words: Words, style: Style
) -> list[alt.Chart]:
    """Each period's number of voices under its name; bare where there is little room."""
    y = expression(f"height - {FOOT - 10} + ({_roomy(periods)} ? 17 : 32)")
    heading = named("voices", [{"text": words.gettext("Voices")}])
    return [
        layer(
            "text",
            rows=named("periods", periods),
            encode={"x": x},
            text=expression(f"{_roomy(periods)} ? datum.voices : datum.count"),
            y=y,
            baseline="top",
            **quiet(style),
        ),
        label(
            "text",
            {},
            rows=heading,
            x=0,
            y=y,
            align="left",
            baseline="top",
            opacity=expression(f"{_roomy(periods)} ? 0 : 1"),
            **quiet(style, size=10),
        ),
    ]


def _roomy(periods: Sequence[Row]) -> str:
    """Whether every period's name stands in one line, as an expression."""
    return f"(ends - 52) * {least_step(periods)} >= 68"


def _end_labels(
    rows: Sequence[Row],
    names: Sequence[str],
    y: alt.Y,
    *,
    ink: Properties,
    point: Properties,
    style: Style,
) -> list[alt.Chart]:
    """Each series' name and last score at the right, moved apart where lines end close."""
    last: dict[str, Row] = {row["name"]: row for row in rows}
    shown = [name for name in names if name in last]
    places = without_overlap(
        (last[name]["score"] for name in shown), gap=LABEL_GAP, low=0, high=100
    )
    final = max((row["time"] for row in rows), default=0)
    several = any(row["time"] != final for row in rows)
    labels, leaders = [], []
    for name, place in zip(shown, places, strict=True):
        ends = last[name]["time"] == final
        labels.append(
            {"name": name, "score": place, "value": last[name]["value"] if ends else BLANK}
        )
        if ends and several:
            leaders += [
                {"name": name, "right": -2, "score": last[name]["score"]},
                {"name": name, "right": 8, "score": place},
            ]
    leading = {
        "y": y,
        "color": coloured("name", style.colours_for(names)),
        "order": alt.Order(field="right", type="quantitative"),
    }
    data = named("ends", labels)
    hover = [alt.Tooltip(field="name", type="nominal")]
    return [
        layer(
            "line",
            rows=named("leaders", leaders),
            encode=leading,
            x=expression("ends + datum.right"),
            strokeWidth=1,
        ),
        layer("point", rows=data, encode={"y": y} | ink, x=expression("ends + 16"), **point),
        label(
            "value", {"y": y}, rows=data, x=expression("ends + 26"), align="left", fontWeight=600
        ),
        label(
            "name",
            {"y": y, "tooltip": hover},
            rows=data,
            x=expression("ends + 48"),
            align="left",
            limit=expression("width - ends - 48"),
        ),
    ]

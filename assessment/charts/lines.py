"""Scores over time: one squad's levels, or the overall score of several squads."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle, islice
from typing import Any

import altair as alt
import pandas as pd

from assessment.charts import wording
from assessment.charts.drawing import (
    NARROW,
    Properties,
    Row,
    coloured,
    described,
    expression,
    finished,
    in_order,
    layer,
    named,
    pixels_down,
    records,
    text,
    tooltips,
    without_overlap,
)
from assessment.charts.periods import least_step, period_rows
from assessment.charts.style import Style
from assessment.languages import BLANK, Words

HEIGHT = 340
TOP, FOOT = 14, 56
PLOT = HEIGHT - TOP - FOOT
MARKS = (0, 25, 50, 75, 100)
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
    rows = _series_rows(history, "level_short", "score", words=words)
    for row in rows:
        row["description"] = _("{level}, {period}: {score} out of 100, {voices}").format(
            level=row["level_name"],
            period=row["period_name"],
            score=row["value"],
            voices=row["voices_text"],
        )
    titles = {
        "level_name": _("Level"),
        "period_name": _("Period"),
        "value": _("Score"),
        "stage": _("Stage"),
        "voices_text": _("Voices"),
    }
    return _lines(
        history,
        rows,
        names=in_order(history, "level_short"),
        titles=titles,
        gutter=f"({NARROW} ? 116 : 132)",
        voices_below=True,
        words=words,
        style=style,
    )


def overall_lines(history: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """Several squads: the overall score over their rounds, the number of voices in each point.

    Up to four squads share one plot; beyond, each has its own strip on the same time axis.
    """
    _ = words.gettext
    squads = in_order(history, "squad")
    rows = _series_rows(history, "squad", "overall", words=words)
    for row in rows:
        row["description"] = _("{squad}, {period}: {score} out of 100, {voices}").format(
            squad=row["name"],
            period=row["period_name"],
            score=row["value"],
            voices=row["voices_text"],
        )
    titles = {
        "name": _("Squad"),
        "period_name": _("Period"),
        "value": _("Overall"),
        "voices_text": _("Voices"),
    }
    if len(squads) > MOST_IN_ONE_PLOT:
        return _strips(history, rows, squads=squads, titles=titles, words=words, style=style)
    return _lines(
        history,
        _side_by_side(rows),
        names=squads,
        titles=titles,
        gutter=f"({NARROW} ? 124 : min(230, width * 0.3))",
        voices_below=False,
        words=words,
        style=style,
    )


# Rows --------------------------------------------------------------------------------------------


def _series_rows(history: pd.DataFrame, series: str, measure: str, *, words: Words) -> list[Row]:
    """One row per scored point; `run` counts the gaps before it, so that no line crosses one."""
    periods = period_rows(sorted(in_order(history, "period")), words=words)
    times = {period["period"]: period["time"] for period in periods}
    runs: dict[str, int] = {}
    rows = []
    for point in sorted(records(history), key=lambda row: times[row["period"]]):
        name, score = point[series], point[measure]
        runs.setdefault(name, 0)
        if score is None:
            runs[name] += 1
            continue
        rows.append(
            {
                "name": name,
                "run": runs[name],
                "time": times[point["period"]],
                "score": score,
                "value": words.score(score),
                "level_name": point.get("level_name"),
                "stage": point.get("stage_name") or BLANK,
                "period_name": point["period_name"],
                "voices": words.number(point["voices"]),
                "voices_text": wording.voices(point["voices"], words=words),
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


# Layers ------------------------------------------------------------------------------------------


def _lines(
    history: pd.DataFrame,
    rows: Sequence[Row],
    *,
    names: Sequence[str],
    titles: dict[str, str],
    gutter: str,
    voices_below: bool,
    words: Words,
    style: Style,
) -> alt.LayerChart:
    periods = _periods(history, words=words)
    x = _time(
        periods, left="44" if voices_below else "56", right=f"ends - {8 if voices_below else 20}"
    )
    score_scale = alt.Scale(
        domain=[0, 100],
        range=[expression(f"height - {FOOT}"), TOP],
        nice=False,
        zero=False,
        padding=0,
    )
    at: Properties = {
        "x": x,
        "y": alt.Y(field="score", type="quantitative", scale=score_scale, axis=None),
    }
    colour = coloured("name", style.colours_for(names))
    dash = alt.StrokeDash(field="name", type="nominal", scale=style.dashes_for(names), legend=None)
    marks = [{"score": mark, "label": words.number(mark)} for mark in MARKS]
    nudge: Properties = {} if voices_below else {"xOffset": expression("datum.nudge")}
    if voices_below:
        shapes = style.shapes_for(names)
        ink: Properties = {"color": colour}
        point: Properties = {
            "size": 70,
            "filled": True,
            "stroke": style.background,
            "strokeWidth": 1.5,
        }
    else:
        # Hollow points hold their number of voices, which is legible on any series' colour.
        shapes = alt.Scale(
            domain=list(names), range=list(islice(cycle(NUMBERED_SHAPES), len(names)))
        )
        ink = {
            "stroke": alt.Stroke(
                field="name", type="nominal", scale=style.colours_for(names), legend=None
            )
        }
        point = {
            "size": 300,
            "filled": True,
            "fill": style.background,
            "strokeWidth": 2,
        }
    ink["shape"] = alt.Shape(field="name", type="nominal", scale=shapes, legend=None)
    point["opacity"] = 1
    layers = [
        *_score_grid(at["y"], named("marks", marks), style=style),
        *_time_labels(periods, x, voices=voices_below, style=style),
        layer(
            "line",
            encode=at
            | {
                "color": colour,
                "strokeDash": dash,
                "detail": [alt.Detail(field="run", type="nominal")],
            },
            strokeWidth=2.5,
            strokeJoin="round",
            **nudge,
        ),
        layer(
            "point",
            encode=at
            | ink
            | {
                "description": described(),
                "tooltip": tooltips(titles),
            },
            **point,
            **nudge,
        ),
    ]
    if not voices_below:
        layers += [
            _numbers_in_points(at, dx=expression("datum.nudge")),
            _reading(words, style=style),
        ]
    layers += _end_labels(
        rows,
        names,
        at["y"],
        colour=colour,
        ink=ink,
        point=point | {"size": 70 if voices_below else 110},
    )
    return finished(
        layers, rows=rows, height=HEIGHT, style=style, params={"ends": f"width - {gutter}"}
    )


def _periods(history: pd.DataFrame, *, words: Words) -> list[Row]:
    """The periods of all rounds, each with its number of voices in words."""
    periods = period_rows(sorted(in_order(history, "period")), words=words)
    counts = {row["period"]: row["voices"] for row in records(history)}
    for period in periods:
        period["voices"] = wording.voices(counts[period["period"]], words=words)
    return periods


def _time(periods: Sequence[Row], *, left: str, right: str) -> alt.X:
    first, last = periods[0]["time"], periods[-1]["time"]
    if first == last:
        first, last = first - 1, last + 1
    scale = alt.Scale(
        domain=[first, last],
        range=[expression(left), expression(right)],
        nice=False,
        zero=False,
        padding=0,
    )
    return alt.X(field="time", type="quantitative", scale=scale, axis=None)


def _strips(
    history: pd.DataFrame,
    rows: Sequence[Row],
    *,
    squads: Sequence[str],
    titles: dict[str, str],
    words: Words,
    style: Style,
) -> alt.LayerChart:
    """One strip per squad under its name, from 0 to 100, with its last score at the right."""
    periods = _periods(history, words=words)
    height = STRIP * len(squads) + FOOT - STRIP_GAP + 2
    floors = {squad: STRIP * (place + 1) - STRIP_GAP for place, squad in enumerate(squads)}
    drawn = [
        row | {"y": round(floors[row["name"]] - row["score"] * STRIP_PLOT / 100, 1)} for row in rows
    ]
    last = {row["name"]: row["value"] for row in drawn if row["time"] == periods[-1]["time"]}
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
        for mark in (0, 50, 100)
    ]
    y = pixels_down("y", height=height)
    at: Properties = {"x": _time(periods, left="50", right="ends - 14"), "y": y}
    data = named("strips", names)
    return finished(
        [
            *_score_grid(y, named("marks", marks), style=style),
            *_time_labels(periods, at["x"], voices=False, style=style),
            layer(
                "line",
                encode=at
                | {
                    "detail": [
                        alt.Detail(field="name", type="nominal"),
                        alt.Detail(field="run", type="nominal"),
                    ]
                },
                color=style.series[0],
                strokeWidth=2.5,
                strokeJoin="round",
            ),
            layer(
                "point",
                encode=at | {"description": described(), "tooltip": tooltips(titles)},
                shape="circle",
                filled=True,
                fill=style.background,
                stroke=style.series[0],
                strokeWidth=2,
                size=270,
                opacity=1,
            ),
            _numbers_in_points(at),
            _reading(words, style=style),
            layer(
                "text",
                rows=data,
                encode={
                    "y": y,
                    "text": text("name"),
                    "tooltip": tooltips({"name": words.gettext("Squad")}),
                },
                x=0,
                align="left",
                baseline="middle",
                fontSize=14,
                fontWeight=600,
                limit=expression("width - 50"),
            ),
            layer(
                "text",
                rows=data,
                encode={"y": y, "text": text("value")},
                x=expression("width"),
                align="right",
                baseline="middle",
                fontSize=14,
                fontWeight=600,
            ),
        ],
        rows=drawn,
        height=height,
        style=style,
        params={"ends": "width"},
    )


def _numbers_in_points(at: Properties, **properties: Any) -> alt.Chart:
    return layer(
        "text",
        encode=at | {"text": text("voices")},
        baseline="middle",
        dy=1,
        fontSize=11,
        fontWeight=600,
        **properties,
    )


def _reading(words: Words, *, style: Style) -> alt.Chart:
    """What the numbers in the points stand for."""
    return layer(
        "text",
        rows=named("reading", [{"text": words.gettext("Number in each point: its voices")}]),
        encode={"text": text("text")},
        x=0,
        y=expression("height - 8"),
        align="left",
        baseline="middle",
        color=style.muted,
        fontSize=12,
    )


def _score_grid(y: alt.Y, data: alt.InlineData, *, style: Style) -> list[alt.Chart]:
    return [
        layer(
            "rule",
            rows=data,
            encode={"y": y},
            x=30,
            x2=expression("ends"),
            color=style.grid,
            opacity=0.7,
        ),
        layer(
            "text",
            rows=data,
            encode={"y": y, "text": text("label")},
            x=24,
            align="right",
            baseline="middle",
            color=style.muted,
            fontSize=12,
        ),
    ]


def _time_labels(
    periods: Sequence[Row], x: alt.X, *, voices: bool, style: Style
) -> list[alt.Chart]:
    """Each period's name, in one line where there is room, and its voices below."""
    roomy = f"(ends - 52) * {least_step(periods)} >= 68"
    data = named("periods", periods)
    shown = expression("ends - 52 >= datum.room ? 1 : 0")
    layers = [
        layer(
            "text",
            rows=data,
            encode={"x": x},
            text=expression(f"{roomy} ? datum.wide : datum.stacked"),
            y=expression(f"height - {FOOT - 10}"),
            opacity=shown,
            baseline="top",
            lineBreak="\n",
            lineHeight=15,
            fontSize=12,
        )
    ]
    if voices:
        layers.append(
            layer(
                "text",
                rows=data,
                encode={"x": x, "text": text("voices")},
                y=expression(f"height - {FOOT - 10} + ({roomy} ? 17 : 32)"),
                opacity=shown,
                baseline="top",
                color=style.muted,
                fontSize=12,
            )
        )
    return layers


def _end_labels(
    rows: Sequence[Row],
    names: Sequence[str],
    y: alt.Y,
    *,
    colour: alt.Color,
    ink: Properties,
    point: Properties,
) -> list[alt.Chart]:
    """Each series' name and last score at the right, moved apart where lines end close."""
    last: dict[str, Row] = {row["name"]: row for row in rows}
    shown = [name for name in names if name in last]
    places = without_overlap(
        (last[name]["score"] for name in shown), gap=LABEL_GAP, low=0, high=100
    )
    final = max((row["time"] for row in rows), default=0)
    several = any(row["time"] != final for row in rows)
    labels = [
        {
            "name": name,
            "score": place,
            "value": last[name]["value"] if last[name]["time"] == final else BLANK,
        }
        for name, place in zip(shown, places, strict=True)
    ]
    leaders = [
        {"name": name, "right": right, "score": score}
        for name, place in zip(shown, places, strict=True)
        for right, score in ((-2, last[name]["score"]), (8, place))
        if last[name]["time"] == final and several
    ]
    data = named("ends", labels)
    return [
        layer(
            "line",
            rows=named("leaders", leaders),
            encode={
                "y": y,
                "color": colour,
                "order": alt.Order(field="right", type="quantitative"),
            },
            x=expression("ends + datum.right"),
            strokeWidth=1,
        ),
        layer(
            "point",
            rows=data,
            encode={"y": y, **ink},
            x=expression("ends + 16"),
            **point,
        ),
        layer(
            "text",
            rows=data,
            encode={"y": y, "text": text("value")},
            x=expression("ends + 26"),
            align="left",
            baseline="middle",
            fontWeight=600,
        ),
        layer(
            "text",
            rows=data,
            encode={
                "y": y,
                "text": text("name"),
                "tooltip": [alt.Tooltip(field="name", type="nominal")],
            },
            x=expression("ends + 48"),
            align="left",
            baseline="middle",
            limit=expression("width - ends - 48"),
        ),
    ]

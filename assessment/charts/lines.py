"""Scores over time: one squad's levels, or the overall score of several squads."""

from __future__ import annotations

from collections.abc import Sequence

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
    records,
    text,
    tooltips,
    without_overlap,
)
from assessment.charts.periods import least_step, period_rows
from assessment.charts.style import MOST_SERIES, Style
from assessment.languages import Words

HEIGHT = 340
TOP, FOOT = 14, 56
PLOT = HEIGHT - TOP - FOOT
MARKS = (0, 25, 50, 75, 100)
LABEL_GAP = 100 * 18 / PLOT
"""Points of score that keep two names at the lines' ends apart."""

NEAR = 100 * 20 / PLOT
"""Points of score under which one of two points' voices moves below its point."""


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
        gutter=f"({NARROW} ? 104 : 132)",
        voices_below=True,
        words=words,
        style=style,
    )


def overall_lines(history: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """Several squads: the overall score over their rounds, the number of voices at each point.

    Raises ValueError for more than eight squads, which no set of lines keeps apart.
    """
    _ = words.gettext
    squads = in_order(history, "squad")
    if len(squads) > MOST_SERIES:
        raise ValueError(f"overall lines show up to {MOST_SERIES} squads, not {len(squads)}")
    rows = _series_rows(history, "squad", "overall", words=words)
    for row in rows:
        row["description"] = _("{squad}, {period}: {score} out of 100, {voices}").format(
            squad=row["name"],
            period=row["period_name"],
            score=row["value"],
            voices=row["voices_text"],
        )
    _put_voices_beside_points(rows)
    titles = {
        "name": _("Squad"),
        "period_name": _("Period"),
        "value": _("Overall"),
        "voices_text": _("Voices"),
    }
    return _lines(
        history,
        rows,
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
                "value": words.number(score),
                "level_name": point.get("level_name"),
                "stage": point.get("stage_name") or wording.BLANK,
                "period_name": point["period_name"],
                "voices": words.number(point["voices"]),
                "voices_text": wording.voices(point["voices"], words=words),
            }
        )
    return rows


def _put_voices_beside_points(rows: Sequence[Row]) -> None:
    """Numbers stand above their points, or below where another point is close above."""
    for row in rows:
        others = [
            other["score"] - row["score"]
            for other in rows
            if other is not row and other["time"] == row["time"]
        ]
        crowded = any(0 < gap < NEAR for gap in others)
        row["shift"] = 13 if crowded else -13


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
    periods = period_rows(sorted(in_order(history, "period")), words=words)
    counts = {row["period"]: row["voices"] for row in records(history)}
    for period in periods:
        period["voices"] = wording.voices(counts[period["period"]], words=words)
    first, last = periods[0]["time"], periods[-1]["time"]
    if first == last:
        first, last = first - 1, last + 1

    time_scale = alt.Scale(
        domain=[first, last],
        range=[expression("44"), expression("ends - 8")],
        nice=False,
        zero=False,
        padding=0,
    )
    score_scale = alt.Scale(
        domain=[0, 100],
        range=[expression(f"height - {FOOT}"), TOP],
        nice=False,
        zero=False,
        padding=0,
    )
    x = alt.X(field="time", type="quantitative", scale=time_scale, axis=None)
    at: Properties = {
        "x": x,
        "y": alt.Y(field="score", type="quantitative", scale=score_scale, axis=None),
    }
    colour = coloured("name", style.colours_for(names))
    dash = alt.StrokeDash(field="name", type="nominal", scale=style.dashes_for(names), legend=None)
    shape = alt.Shape(field="name", type="nominal", scale=style.shapes_for(names), legend=None)
    point: Properties = {
        "filled": True,
        "size": 70,
        "opacity": 1,
        "stroke": style.background,
        "strokeWidth": 1.5,
    }
    layers = [
        *_score_grid(at["y"], words=words, style=style),
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
        ),
        layer(
            "point",
            encode=at
            | {
                "color": colour,
                "shape": shape,
                "description": described(),
                "tooltip": tooltips(titles),
            },
            **point,
        ),
    ]
    if not voices_below:
        number: Properties = {
            "dy": expression("datum.shift"),
            "baseline": "middle",
            "fontSize": 12,
        }
        halo: Properties = {"stroke": style.background, "strokeWidth": 4, "strokeJoin": "round"}
        layers += [
            layer("text", encode=at | {"text": text("voices")}, **number, **halo),
            layer("text", encode=at | {"text": text("voices")}, color=style.muted, **number),
            layer(
                "text",
                rows=named(
                    "reading", [{"text": words.gettext("Number at each point: its voices")}]
                ),
                encode={"text": text("text")},
                x=0,
                y=expression("height - 8"),
                align="left",
                baseline="middle",
                color=style.muted,
                fontSize=12,
            ),
        ]
    layers += _end_labels(
        rows, names, at["y"], colour=colour, shape=shape, point=point, style=style
    )
    return finished(
        layers, rows=rows, height=HEIGHT, style=style, params={"ends": f"width - {gutter}"}
    )


def _score_grid(y: alt.Y, *, words: Words, style: Style) -> list[alt.Chart]:
    data = named("marks", [{"score": mark, "label": words.number(mark)} for mark in MARKS])
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
    shape: alt.Shape,
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
    labels = [
        {
            "name": name,
            "score": place,
            "value": last[name]["value"] if last[name]["time"] == final else wording.BLANK,
        }
        for name, place in zip(shown, places, strict=True)
    ]
    leaders = [
        {"name": name, "time": last[name]["time"], "score": last[name]["score"], "label": place}
        for name, place in zip(shown, places, strict=True)
        if last[name]["time"] == final and abs(place - last[name]["score"]) > 1
    ]
    data = named("ends", labels)
    return [
        layer(
            "rule",
            rows=named("leaders", leaders),
            encode={"y": y, "y2": alt.Y2(field="label"), "color": colour},
            x=expression("ends - 1"),
            x2=expression("ends + 6"),
            opacity=0.6,
        ),
        layer(
            "point",
            rows=data,
            encode={"y": y, "color": colour, "shape": shape},
            x=expression("ends + 14"),
            **point,
        ),
        layer(
            "text",
            rows=data,
            encode={"y": y, "text": text("value")},
            x=expression("ends + 24"),
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
            x=expression("ends + 46"),
            align="left",
            baseline="middle",
            limit=expression("width - ends - 46"),
        ),
    ]

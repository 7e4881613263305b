"""Scores over time in one plot: a squad's levels or their fit, the overall score of squads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import cycle, islice
from typing import Any

import altair as alt
import pandas as pd

from assessment.charts.action_marks import action_marks
from assessment.charts.drawing import (
    MARKS,
    NARROW,
    Properties,
    Row,
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
    quiet,
    shaped,
    tooltips,
    without_overlap,
)
from assessment.charts.strips import scores_in_strips, strips
from assessment.charts.style import Style
from assessment.charts.timeline import (
    FOOT,
    LINE,
    grid,
    hollow,
    numbers_in_points,
    periods_of,
    points_over_time,
    reading,
    roomy,
    time_axis,
    time_labels,
)
from assessment.languages import BLANK, Words

HEIGHT = 340
TOP = 14
PLOT = HEIGHT - TOP - FOOT
MOST_IN_ONE_PLOT = 4
"""Squads whose numbered points stay apart in one plot."""

LABEL_GAP = 100 * 18 / PLOT
"""Points of score that keep two names at the lines' ends apart."""

POINT_WIDTH = 19
POINT_GAP = 100 * POINT_WIDTH / PLOT
"""Points of score under which two numbered points would cover each other."""

NUMBERED_SHAPES = ("circle", "square", "M0,-1.25L1.25,0L0,1.25L-1.25,0Z")
"""Shapes that hold a number: circle, square, and a diamond a little larger."""


def level_lines(
    history: pd.DataFrame, *, words: Words, style: Style, actions: pd.DataFrame | None = None
) -> alt.LayerChart:
    """One squad: a line per level over its rounds, named at its end, voices under each period.

    A level that was not scored in a round leaves a gap. A single round shows points only.
    `actions` that were done in between stand as numbered rules (see `action_marks`).
    """
    _ = words.gettext
    titles = {
        "level_name": _("Level"),
        "period_name": _("Period"),
        "value": _("Score"),
        "stage": _("Stage"),
        "voices_text": _("Voices"),
    }
    said = _("{level}, {period}: {score} out of 100, {voices}")
    return _by_level(history, "score", titles, said=said, actions=actions, words=words, style=style)


def fit_lines(history: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """One squad: the fit of each level over its rounds, drawn as `level_lines` draws maturity."""
    _ = words.gettext
    titles = {
        "level_name": _("Level"),
        "period_name": _("Period"),
        "value": _("Fit"),
        "voices_text": _("Voices"),
    }
    said = _("{level}, {period}: fit {score} out of 100, {voices}")
    return _by_level(history, "fit", titles, said=said, words=words, style=style)


def overall_lines(history: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """Several squads: the overall score over their rounds, the number of voices in each point.

    Up to four squads share one plot; beyond, each has its own strip on the same time axis.
    """
    _ = words.gettext
    squads, periods = in_order(history, "squad"), periods_of(history, words=words)
    rows = points_over_time(
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
    if len(squads) > MOST_IN_ONE_PLOT:
        found = scores_in_strips(rows, periods, squads)
        return strips(rows, found, periods, titles, words=words, style=style)
    return _one_plot(rows, periods, squads, titles, words=words, style=style)


# Rows --------------------------------------------------------------------------------------------


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


# Charts of one squad and of several ---------------------------------------------------------------


def _by_level(
    history: pd.DataFrame,
    measure: str,
    titles: Mapping[str, str],
    *,
    said: str,
    actions: pd.DataFrame | None = None,
    words: Words,
    style: Style,
) -> alt.LayerChart:
    """One plot with a line per level."""
    names, periods = in_order(history, "level_short"), periods_of(history, words=words)
    rows = points_over_time(history, periods, "level_short", measure, said=said, words=words)
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
            *grid(at["y"], _score_marks(words), style=style),
            time_labels(periods, at["x"]),
            *_voices_below(periods, at["x"], words=words, style=style),
            *action_marks(actions, periods, at["x"], reach=(TOP, HEIGHT - FOOT), style=style),
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
        params={"ends": f"width - ({NARROW} ? 120 : 136)"},
    )


def _one_plot(
    rows: Sequence[Row],
    periods: Sequence[Row],
    squads: Sequence[str],
    titles: Mapping[str, str],
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
    point = hollow(style)
    announced = {"description": described(), "tooltip": tooltips(titles)}
    return finished(
        [
            *grid(at["y"], _score_marks(words), style=style),
            time_labels(periods, at["x"]),
            _lines_of(squads, at, style=style, **nudge),
            layer("point", encode=at | ink | announced, size=300, **point, **nudge),
            numbers_in_points(at, dx=expression("datum.nudge")),
            reading(words, style=style),
            *_end_labels(rows, squads, at["y"], ink=ink, point=point | {"size": 110}, style=style),
        ],
        rows=_side_by_side(rows),
        height=HEIGHT,
        style=style,
        params={"ends": f"width - ({NARROW} ? 128 : min(234, width * 0.3))"},
    )


# Layers ------------------------------------------------------------------------------------------


def _plot(periods: Sequence[Row], *, left: str, right: str) -> Properties:
    """Where a score stands in a plot that all series share."""
    scale = linear((0, 100), (HEIGHT - FOOT, TOP))
    return {
        "x": time_axis(periods, left=left, right=right),
        "y": alt.Y(field="score", type="quantitative", scale=scale, axis=None),
    }


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


def _score_marks(words: Words) -> list[Row]:
    return [{"score": mark, "label": words.number(mark)} for mark in MARKS]


def _voices_below(
    periods: Sequence[Row], x: alt.X, *, words: Words, style: Style
) -> list[alt.Chart]:
    """Each period's number of voices under its name; bare where there is little room."""
    y = expression(f"height - {FOOT - 10} + ({roomy(periods)} ? 17 : 32)")
    heading = named("voices", [{"text": words.gettext("Voices")}])
    return [
        layer(
            "text",
            rows=named("periods", periods),
            encode={"x": x},
            text=expression(f"{roomy(periods)} ? datum.voices : datum.count"),
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
            opacity=expression(f"{roomy(periods)} ? 0 : 1"),
            **quiet(style, size=10),
        ),
    ]


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
            x=expression("ends + 52"),
            align="left",
            limit=expression("width - ends - 52"),
        ),
    ]

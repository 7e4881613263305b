"""Where scores are heading: one plot over time, a line per level or per squad."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle, islice
from typing import Any

import altair as alt
import pandas as pd

from assessment.charts import draw
from assessment.charts.action_marks import action_marks
from assessment.charts.rows import Row, in_order, neighbours, without_overlap
from assessment.charts.strips import scores_in_strips, strips
from assessment.charts.style import Style
from assessment.charts.timeline import FOOT, LINE, Timeline
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
    timeline = Timeline.of(history, words=words, style=style)
    said = _("{level}, {period}: {score} out of 100, {voices}")
    hover = timeline.tooltips("level_name", _("Level"), value=_("Score"), stage=_("Stage"))
    return _by_level(timeline, history, "score", said=said, hover=hover, actions=actions)


def fit_lines(history: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """One squad: the fit of each level over its rounds, drawn as `level_lines` draws maturity."""
    _ = words.gettext
    timeline = Timeline.of(history, words=words, style=style)
    said = _("{level}, {period}: fit {score} out of 100, {voices}")
    hover = timeline.tooltips("level_name", _("Level"), value=_("Fit"))
    return _by_level(timeline, history, "fit", said=said, hover=hover)


def overall_lines(history: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """Several squads: the overall score over their rounds, the number of voices in each point.

    Up to four squads share one plot; beyond, each has its own strip on the same time axis.
    """
    _ = words.gettext
    timeline = Timeline.of(history, words=words, style=style)
    said = _("{squad}, {period}: {score} out of 100, {voices}")
    points = timeline.points(history, "squad", "overall", said=said)
    squads = in_order(history, "squad")
    hover = timeline.tooltips("name", _("Squad"), value=_("Overall"))
    if len(squads) > MOST_IN_ONE_PLOT:
        return strips(timeline, points, scores_in_strips(timeline, points, squads), hover)
    return _by_squad(timeline, points, squads, hover)


# Charts of one squad and of several ---------------------------------------------------------------


def _by_level(
    timeline: Timeline,
    history: pd.DataFrame,
    measure: str,
    *,
    said: str,
    hover: Sequence[alt.Tooltip],
    actions: pd.DataFrame | None = None,
) -> alt.LayerChart:
    """One plot with a line per level."""
    points = timeline.points(history, "level_short", measure, said=said)
    series = draw.Series("name", in_order(history, "level_short"), timeline.style)
    at = _plot(timeline, left="44", right="ends - 8")
    ink: draw.Properties = {"color": series.colour, "shape": series.shape}
    point: draw.Properties = {"size": 70, **draw.halo(timeline.style)}
    layers = [
        *timeline.grid(at["y"], timeline.score_marks()),
        timeline.names(at["x"]),
        *timeline.voices_below(at["x"]),
        *action_marks(actions, timeline, at["x"], reach=(TOP, HEIGHT - FOOT)),
        _lines(series, at),
        draw.dot(at | ink | draw.announced(hover), **point),
        *_end_labels(points, series, at["y"], ink=ink, point=point),
    ]
    params = {"ends": f"width - ({draw.NARROW} ? 120 : 136)"}
    return draw.chart(layers, rows=points, height=HEIGHT, style=timeline.style, params=params)


def _by_squad(
    timeline: Timeline,
    points: Sequence[Row],
    squads: Sequence[str],
    hover: Sequence[alt.Tooltip],
) -> alt.LayerChart:
    """One plot for all squads, points nudged apart, names and last scores at the right."""
    series = draw.Series("name", squads, timeline.style)
    at = _plot(timeline, left="56", right="ends - 20")
    nudge = draw.expr("datum.nudge")
    # Hollow points hold their number of voices, which is legible on any series' colour.
    shapes = series.scale(list(islice(cycle(NUMBERED_SHAPES), len(squads))))
    ink: draw.Properties = {
        "stroke": alt.Stroke(field="name", type="nominal", scale=series.colours, legend=None),
        "shape": draw.shaped("name", shapes),
    }
    hollow = timeline.hollow()
    layers = [
        *timeline.grid(at["y"], timeline.score_marks()),
        timeline.names(at["x"]),
        _lines(series, at, xOffset=nudge),
        draw.dot(at | ink | draw.announced(hover), size=300, xOffset=nudge, **hollow),
        *timeline.numbers_in_points(at, dx=nudge),
        *_end_labels(points, series, at["y"], ink=ink, point=hollow | {"size": 110}),
    ]
    rows = _side_by_side(points)
    params = {"ends": f"width - ({draw.NARROW} ? 128 : min(234, width * 0.3))"}
    return draw.chart(layers, rows=rows, height=HEIGHT, style=timeline.style, params=params)


def _side_by_side(points: Sequence[Row]) -> list[Row]:
    """The points with a sideways nudge in pixels, so that no two numbers cover each other."""
    nudged = []
    for time in dict.fromkeys(point["time"] for point in points):
        of_time = [point for point in points if point["time"] == time]
        by_score = sorted(of_time, key=lambda point: point["score"])
        for cluster in neighbours(by_score, "score", gap=POINT_GAP):
            middle = (len(cluster) - 1) / 2
            nudged += [
                point | {"nudge": round((index - middle) * POINT_WIDTH)}
                for index, point in enumerate(cluster)
            ]
    return nudged


# Layers ------------------------------------------------------------------------------------------


def _plot(timeline: Timeline, *, left: str, right: str) -> draw.Properties:
    """Where a score stands in a plot that all series share."""
    scale = draw.linear((0, 100), (HEIGHT - FOOT, TOP))
    y = alt.Y(field="score", type="quantitative", scale=scale, axis=None)
    return {"x": timeline.x(left, right), "y": y}


def _lines(series: draw.Series, at: draw.Properties, **properties: Any) -> alt.Chart:
    """A line per series in its own colour and dash, broken between its runs."""
    look = {"color": series.colour, "strokeDash": series.dash, **draw.broken_by("run")}
    return draw.layer("line", at | look, **LINE, **properties)


def _end_labels(
    points: Sequence[Row],
    series: draw.Series,
    y: alt.Y,
    *,
    ink: draw.Properties,
    point: draw.Properties,
) -> list[alt.Chart]:
    """Each series' name and last score at the right, moved apart where lines end close."""
    last = {row["name"]: row for row in points}
    shown = [last[name] for name in series.names if name in last]
    scores = without_overlap([row["score"] for row in shown], gap=LABEL_GAP, low=0, high=100)
    final = max((row["time"] for row in points), default=0)
    several = any(row["time"] != final for row in points)
    labels, leaders = [], []
    for row, score in zip(shown, scores, strict=True):
        ends = row["time"] == final
        series_name = {"name": row["name"]}
        labels.append(series_name | {"score": score, "value": row["value"] if ends else BLANK})
        if ends and several:
            leaders.append(series_name | {"right": -2, "score": row["score"]})
            leaders.append(series_name | {"right": 8, "score": score})
    at = {"y": y}
    leading = at | {"color": series.colour} | draw.joined_by("right")
    titled = at | {"tooltip": [alt.Tooltip(field="name", type="nominal")]}
    data = draw.table("ends", labels)

    def right(pixels: object) -> draw.Properties:
        return {"x": draw.expr(f"ends + {pixels}")}

    value: draw.Properties = {"align": "left", **draw.BOLD, **right(26)}
    name: draw.Properties = {"align": "left", "limit": draw.expr("width - ends - 52"), **right(52)}
    leader: draw.Properties = {"strokeWidth": 1, **right("datum.right")}
    return [
        draw.layer("line", leading, rows=draw.table("leaders", leaders), **leader),
        draw.dot(at | ink, rows=data, **point, **right(16)),
        draw.label("value", at, rows=data, **value),
        draw.label("name", titled, rows=data, **name),
    ]

"""Where scores are heading: one plot over time, a line per level or per squad."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from assessment.charts import draw, squads, wording
from assessment.charts.rows import Row, in_order, without_overlap
from assessment.charts.strips import scores_in_strips, strips
from assessment.charts.style import Style
from assessment.charts.timeline import FOOT, Timeline, action_marks
from assessment.languages import BLANK, Words

HEIGHT = 340
TOP = 14
PLOT = HEIGHT - TOP - FOOT
SMALL_STEP = 48
"""Pixels that each of many small lines takes."""

LABEL_GAP = 100 * 18 / PLOT
"""Points of score that keep two names at the lines' ends apart."""


def level_lines(
    history: pd.DataFrame, *, words: Words, style: Style, actions: pd.DataFrame | None = None
) -> alt.LayerChart:
    """One squad: a line per level over its rounds, named at its end, voices under each period.

    A level that was not scored in a round leaves a gap. A single round shows points only.
    `actions` that were done in between stand as numbered rules (see `action_marks`).
    """
    timeline = Timeline.of(history, words=words, style=style)
    said = words.gettext("{level}, {period}: {score} out of 100, {voices}")
    hover = _level_tooltip(timeline)
    return _by_level(timeline, history, "score", said=said, hover=hover, actions=actions)


def fit_lines(history: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """One squad: the fit of each level over its rounds, drawn as `level_lines` draws maturity."""
    _ = words.gettext
    timeline = Timeline.of(history, words=words, style=style)
    said = _("{level}, {period}: fit {score} out of 100, {voices}")
    hover = timeline.tooltips("level_name", _("Level"), value=_("Fit"))
    return _by_level(timeline, history, "fit", said=said, hover=hover)


def level_strips(
    history: pd.DataFrame, *, words: Words, style: Style, actions: pd.DataFrame | None = None
) -> alt.LayerChart:
    """One squad: a small line per level scored, under each other, with voices and `actions`."""
    timeline = Timeline.of(history, words=words, style=style)
    said = words.gettext("{level}, {period}: {score} out of 100, {voices}")
    points = timeline.points(history, "level_name", "score", said=said)
    scored = {point["name"] for point in points}
    names = in_order(history, "level_name")
    series = scores_in_strips(timeline, points, [n for n in names if n in scored] or names)
    return strips(timeline, points, series, _level_tooltip(timeline), actions=actions)


def _level_tooltip(timeline: Timeline) -> list[alt.Tooltip]:
    _ = timeline.words.gettext
    return timeline.tooltips(
        "level_name",
        _("Level"),
        value=_("Score"),
        stage_name=_("Stage"),
        range=_("Without one voice"),
    )


def squad_lines(history: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """Several squads: a small line each in their order, with the last score and what changed.

    All share one time axis and the scale from 0 to 100, whose middle, where the stage framed
    begins, is drawn. What is not of the last period with a score is grey at the line's end.
    """
    _ = words.gettext
    timeline = Timeline.of(history, words=words, style=style)
    said = _("{squad}, {period}: {score} out of 100, {voices}")
    points = timeline.points(history, "squad", "score", said=said)
    names = in_order(history, "squad")
    tops = {name: SMALL_STEP * index for index, name in enumerate(names)}
    rows = [point | _places(tops[point["name"]], point) for point in points]
    every = timeline.in_time(history)
    scored = [row for row in every if row["score"] is not None] or every
    last = {row["squad"]: row for row in (*every, *scored)}
    ends: list[Row] = [
        {
            "y": top + SMALL_STEP / 2,
            "value": words.score(last[name]["score"]),
            "change": wording.change(last[name]["change"], words=words),
            "ink": style.text if last[name]["period"] == scored[-1]["period"] else style.muted,
        }
        for name, top in tops.items()
    ]
    height = SMALL_STEP * len(names) + FOOT
    x, y = timeline.x(f"{squads.NAMES} + 8", "right"), draw.down(height)
    at: draw.Properties = {"x": x, "y": y}
    hover = timeline.tooltips("name", _("Squad"), value=_("Score"), range=_("Without one voice"))
    colour, middles = style.series[0], [{"y": _in_small(top, 50)} for top in tops.values()]
    rule: draw.Properties = {
        "x": draw.expr(f"{squads.NAMES} + 8"),
        "x2": draw.expr("right"),
        "color": style.grid,
    }
    data = draw.table("ends", ends)
    value: draw.Properties = {"x": draw.expr("right + 34"), "align": "right", **draw.BOLD}
    layers = [
        draw.layer("rule", {"y": y}, rows=draw.table("middles", middles), **rule),
        timeline.names(x),
        *timeline.ranges(rows, at),
        *timeline.lines(rows, at | {"color": alt.ColorValue(colour)}, key=draw.expr("height - 8")),
        draw.dot(at | draw.announced(hover), color=colour, size=40, **draw.halo(style)),
        squads.squad_names(names, y, words=words, places=[end["y"] for end in ends]),
        draw.label("value", {"y": y, "color": draw.coloured("ink")}, rows=data, **value),
        draw.label("change", {"y": y}, rows=data, **draw.RIGHT, **draw.quiet(style)),
    ]
    # `ends` says where a plot that begins at 52 would end that is as wide as this one.
    params = {"right": "width - 92", "ends": f"width - 92 - {squads.NAMES} + 36"}
    return draw.chart(layers, rows=rows, height=height, style=style, params=params)


def _in_small(top: float, score: float) -> float:
    """Where a score stands in a small line that begins at `top`."""
    return round(top + SMALL_STEP - 6 - score * (SMALL_STEP - 12) / 100, 1)


def _places(top: float, point: Row) -> Row:
    """Where a point and its range stand in a small line."""
    places: Row = {"y": _in_small(top, point["score"])}
    for end in ("low", "high"):
        places[end] = None if point[end] is None else _in_small(top, point[end])
    return places


def _by_level(
    timeline: Timeline,
    history: pd.DataFrame,
    measure: str,
    *,
    said: str,
    hover: Sequence[alt.Tooltip],
    actions: pd.DataFrame | None = None,
) -> alt.LayerChart:
    points = timeline.points(history, "level_short", measure, said=said)
    series = draw.Series("name", in_order(history, "level_short"), timeline.style)
    scale = draw.linear((0, 100), (HEIGHT - FOOT, TOP))
    y = alt.Y(field="score", type="quantitative", scale=scale, axis=None)
    at: draw.Properties = {"x": timeline.x("44", "ends - 8"), "y": y}
    line = {"color": series.colour, "strokeDash": series.dash}
    marks = [{"score": mark, "label": timeline.words.number(mark)} for mark in draw.MARKS]
    is_single = len(series.names) == 1  # five bands would hide each other
    ink: draw.Properties = {"color": series.colour, "shape": series.shape}
    point: draw.Properties = {"size": 70, **draw.halo(timeline.style)}
    layers = [
        *timeline.grid(at["y"], marks),
        timeline.names(at["x"]),
        *timeline.voices_below(at["x"]),
        *action_marks(actions, timeline, at["x"], reaches=[(TOP, HEIGHT - FOOT)]),
        *(timeline.ranges(points, at) if is_single else ()),
        *timeline.lines(points, at | line, key=TOP / 2),
        draw.dot(at | ink | draw.announced(hover), **point),
        *_end_labels(points, series, at["y"], ink=ink, point=point),
    ]
    params = {"ends": f"width - ({draw.NARROW} ? 120 : 136)"}
    return draw.chart(layers, rows=points, height=HEIGHT, style=timeline.style, params=params)


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

    name: draw.Properties = {"align": "left", "limit": draw.expr("width - ends - 52"), **right(52)}
    leader: draw.Properties = {"strokeWidth": 1, **right("datum.right")}
    return [
        draw.layer("line", leading, rows=draw.table("leaders", leaders), **leader),
        draw.dot(at | ink, rows=data, **point, **right(16)),
        draw.label("value", at, rows=data, align="left", **draw.BOLD, **right(26)),
        draw.label("name", titled, rows=data, **name),
    ]

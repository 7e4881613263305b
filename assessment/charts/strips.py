"""How each of several series moves: squads, lenses or vital signs over time, a strip each."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from assessment.charts import draw
from assessment.charts.rows import Row, in_order
from assessment.charts.style import Style
from assessment.charts.timeline import FOOT, Timeline, action_marks
from assessment.languages import BLANK, Words

NAME, PLOT, GAP = 26, 56, 18
STRIP = NAME + PLOT + GAP
STEPS = (1, 2, 3, 4, 5, 6, 8, 10)
"""First digits at which a strip's scale may end."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A series' name, where its scale ends and is marked, and the value it ends on."""

    name: str
    last: str
    most: float = 100
    marks: tuple[float, ...] = draw.MARKS[::2]


def lens_lines(history: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """One squad: each lens from 0 to 100 over its rounds, voices in each point."""
    _ = words.gettext
    timeline = Timeline.of(history, words=words, style=style)
    said = _("{name}, {period}: {score} out of 100, {voices}")
    points = timeline.points(history, "lens_name", "score", said=said)
    answered = {point["name"] for point in points}
    names = [name for name in in_order(history, "lens_name") if name in answered]
    hover = timeline.tooltips("name", _("Lens"), value=_("Score"))
    return strips(timeline, points, scores_in_strips(timeline, points, names), hover)


def vital_lines(signs: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """One squad: overall maturity above its vital signs, each on a scale of its own.

    Where several voices gave a number, a line reaches from the least to the greatest.
    """
    _ = words.gettext
    timeline = Timeline.of(signs, words=words, style=style)
    overall = signs.drop_duplicates("period")
    overall = overall.assign(name=_("Mean of the levels"), voices=overall["checks"])
    said = _("{name}, {period}: {score} out of 100, {voices}")
    points = [
        point | {"shown": point["value"], "span": BLANK}
        for point in timeline.points(overall, "name", "overall", said=said)
    ]
    series = scores_in_strips(timeline, points, [_("Mean of the levels")])
    for sign in in_order(signs, "sign"):
        of_sign = _sign_points(timeline, signs[signs["sign"] == sign])
        if of_sign:
            points += of_sign
            series.append(_sign_strip(timeline, of_sign))
    hover = timeline.tooltips("name", _("Vital sign"), shown=_("Value"), span=_("From … to"))
    return strips(timeline, points, series, hover)


def scores_in_strips(
    timeline: Timeline, points: Sequence[Row], names: Sequence[str]
) -> list[Strip]:
    """A strip from 0 to 100 for each name, with its score in the last period that has any."""
    final = max((point["time"] for point in points), default=timeline.last)
    last = {point["name"]: point["value"] for point in points if point["time"] == final}
    return [Strip(name, last.get(name, BLANK)) for name in names]


def strips(
    timeline: Timeline,
    points: Sequence[Row],
    series: Sequence[Strip],
    hover: Sequence[alt.Tooltip],
    *,
    actions: pd.DataFrame | None = None,
) -> alt.LayerChart:
    """One strip under the other: its name, its last value at the right, `actions` as rules."""
    height = STRIP * len(series) + FOOT - GAP + 2
    floors = {strip.name: STRIP * (index + 1) - GAP for index, strip in enumerate(series)}
    most = {strip.name: strip.most for strip in series}
    plots = [(floor - PLOT, floor + 2) for floor in floors.values()]

    def down(name: str, value: float) -> float:
        return round(floors[name] - value * PLOT / most[name], 1)

    rows = [point | {"y": down(point["name"], point["score"])} for point in points]
    ranges = [
        point | {end: down(point["name"], point[end]) for end in ("low", "high")}
        for point in points
        if point.get("low") is not None
    ]
    names = [
        {"name": strip.name, "y": floors[strip.name] - PLOT - NAME + 6, "value": strip.last}
        for strip in series
    ]
    marks: list[Row] = [
        {
            "y": floors[strip.name] - PLOT * mark / strip.most,
            "label": timeline.words.number(mark, digits=1 if mark % 1 else 0),
        }
        for strip in series
        for mark in strip.marks
    ]
    spans = [
        {
            "time": point["time"],
            "y": down(point["name"], point["least"]),
            "end": down(point["name"], point["greatest"]),
        }
        for point in points
        if point.get("least") is not None
    ]
    style, colour = timeline.style, timeline.style.series[0]
    x, y = timeline.x("50", "ends - 28"), draw.down(height)
    at: draw.Properties = {"x": x, "y": y}
    data = draw.table("strips", names)
    room = max(50, 8 * max((len(strip.last) for strip in series), default=0) + 16)
    name: draw.Properties = {"limit": draw.expr(f"width - {room}"), **draw.LEFT, **draw.HEADING}
    # How far voices lie apart, behind their points.
    reach = at | {"y2": alt.Y2(field="end")}
    band: draw.Properties = {"strokeWidth": 6, "strokeCap": "round", "color": style.grid}
    circle = {"shape": "circle", "size": 270, "fill": style.background, "stroke": colour}
    layers = [
        *timeline.grid(y, marks),
        timeline.names(x),
        *action_marks(actions, timeline, x, reaches=plots),
        *timeline.ranges(ranges, at),
        *([draw.layer("rule", reach, rows=draw.table("spans", spans), **band)] if spans else ()),
        *timeline.lines(rows, at | {"color": alt.ColorValue(colour)}, key=draw.expr("height - 8")),
        draw.dot(at | draw.announced(hover), strokeWidth=2, **circle),
        *timeline.numbers_in_points(at),
        draw.label("name", {"y": y, "tooltip": hover[:1]}, rows=data, **name),
        draw.label("value", {"y": y}, rows=data, **draw.RIGHT, **draw.HEADING),
    ]
    params = {"ends": "width"}
    return draw.chart(layers, rows=rows, height=height, style=style, params=params)


def _sign_points(timeline: Timeline, signs: pd.DataFrame) -> list[Row]:
    words, _ = timeline.words, timeline.words.gettext
    rows = []
    for sign in timeline.in_time(signs):
        if sign["value"] is None:
            continue
        name, unit = sign["sign_short"], sign["unit"]
        unit = "" if unit.casefold() in name.casefold() else f" ({unit})"
        point = timeline.point(name + unit, sign, sign["value"])
        shown = words.quantity(sign["value"], sign["unit"], one=sign["one"])
        least, greatest, span = None, None, BLANK
        if sign["voices"] > 1 and sign["least"] is not None:
            least, greatest = sign["least"], sign["greatest"]
            span = _("{least} to {greatest}").format(
                least=words.number(least, digits=1), greatest=words.number(greatest, digits=1)
            )
        name, period, voices = point["name"], point["period_name"], point["voices_text"]
        point |= {"least": least, "greatest": greatest, "span": span, "shown": shown}
        said = _("{name}, {period}: {value}, {voices}")
        description = said.format(name=name, period=period, value=shown, voices=voices)
        rows.append(point | {"description": description})
    return timeline.in_runs(rows)


def _sign_strip(timeline: Timeline, points: Sequence[Row]) -> Strip:
    """A vital sign's strip, its scale ending on a round number above all voices."""
    most = _round_above(max(max(point["score"], point["greatest"] or 0) for point in points))
    last = points[-1]["shown"] if points[-1]["time"] == timeline.last else BLANK
    return Strip(points[0]["name"], last, most=most, marks=(0, most))


def _round_above(value: float) -> float:
    """The least round number that is not under a value, and at least 1."""
    unit = 1
    while value > unit * STEPS[-1]:
        unit *= 10
    return next(float(step * unit) for step in STEPS if step * unit >= value)

"""Several series over one time axis, each in a strip of its own: squads, lenses, vital signs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd

from assessment.charts import wording
from assessment.charts.drawing import (
    HEADING,
    LEFT,
    MARKS,
    RIGHT,
    Properties,
    Row,
    described,
    expression,
    finished,
    in_order,
    label,
    layer,
    named,
    pixels_down,
    records,
    tooltips,
)
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
    time_axis,
    time_labels,
)
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
    marks: tuple[float, ...] = MARKS[::2]


def lens_lines(history: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """One squad: each lens from 0 to 100 over its rounds, voices in each point."""
    _ = words.gettext
    periods = periods_of(history, words=words)
    rows = points_over_time(
        history,
        periods,
        "lens_name",
        "score",
        said=_("{name}, {period}: {score} out of 100, {voices}"),
        words=words,
    )
    titles = {
        "name": _("Lens"),
        "period_name": _("Period"),
        "value": _("Score"),
        "voices_text": _("Voices"),
    }
    answered = {row["name"] for row in rows}
    names = [name for name in in_order(history, "lens_name") if name in answered]
    return strips(
        rows, scores_in_strips(rows, periods, names), periods, titles, words=words, style=style
    )


def vital_lines(signs: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """One squad: overall maturity above its vital signs, each on a scale of its own.

    Where several voices gave a number, a line reaches from the least to the greatest. Rounds in
    which nobody gave one are passed over.
    """
    _ = words.gettext
    periods = periods_of(signs, words=words)
    maturity = _("Overall maturity")
    overall = signs.drop_duplicates("period")
    overall = overall.assign(name=maturity, voices=overall["checks"])
    rows = [
        row | {"shown": row["value"]}
        for row in points_over_time(
            overall,
            periods,
            "name",
            "overall",
            said=_("{name}, {period}: {score} out of 100, {voices}"),
            words=words,
        )
    ]
    found = scores_in_strips(rows, periods, [maturity])
    for sign in in_order(signs, "sign"):
        of_sign = records(signs[signs["sign"] == sign])
        points = _sign_points(of_sign, periods, words=words)
        if points:
            rows += points
            found.append(_sign_strip(points, periods))
    titles = {
        "name": _("Vital sign"),
        "period_name": _("Period"),
        "shown": _("Value"),
        "span": _("From … to"),
        "voices_text": _("Voices"),
    }
    rows = [{"span": BLANK} | row for row in rows]
    return strips(rows, found, periods, titles, words=words, style=style)


def scores_in_strips(
    rows: Sequence[Row], periods: Sequence[Row], names: Sequence[str]
) -> list[Strip]:
    """A strip from 0 to 100 for each name, with its score in the last period."""
    last = {row["name"]: row["value"] for row in rows if row["time"] == periods[-1]["time"]}
    return [Strip(name, last.get(name, BLANK)) for name in names]


def strips(
    rows: Sequence[Row],
    found: Sequence[Strip],
    periods: Sequence[Row],
    titles: Mapping[str, str],
    *,
    words: Words,
    style: Style,
) -> alt.LayerChart:
    """One strip under the other, each under its name, with its last value at the right."""
    height = STRIP * len(found) + FOOT - GAP + 2
    floors = {strip.name: STRIP * (place + 1) - GAP for place, strip in enumerate(found)}
    most = {strip.name: strip.most for strip in found}

    def down(name: str, value: float) -> float:
        return round(floors[name] - value * PLOT / most[name], 1)

    drawn = [row | {"y": down(row["name"], row["score"])} for row in rows]
    spans = [
        {
            "time": row["time"],
            "y": down(row["name"], row["least"]),
            "end": down(row["name"], row["greatest"]),
        }
        for row in rows
        if row.get("least") is not None
    ]
    names = [
        {"name": strip.name, "y": floors[strip.name] - PLOT - NAME + 6, "value": strip.last}
        for strip in found
    ]
    marks: list[Row] = [
        {
            "y": floors[strip.name] - PLOT * mark / strip.most,
            "label": words.number(mark, digits=1 if mark % 1 else 0),
        }
        for strip in found
        for mark in strip.marks
    ]
    y = pixels_down("y", height=height)
    at: Properties = {"x": time_axis(periods, left="50", right="ends - 28"), "y": y}
    detail = [alt.Detail(field=field, type="nominal") for field in ("name", "run")]
    data = named("strips", names)
    heading = next(iter(titles.items()))
    named_at = {"y": y, "tooltip": tooltips({"name": heading[1]})}
    colour = style.series[0]
    reach = max((len(strip.last) for strip in found), default=0)
    return finished(
        [
            *grid(y, marks, style=style),
            time_labels(periods, at["x"]),
            *_spans(spans, at, style=style),
            layer("line", encode=at | {"detail": detail}, color=colour, **LINE),
            layer(
                "point",
                encode=at | {"description": described(), "tooltip": tooltips(titles)},
                shape="circle",
                stroke=colour,
                size=270,
                **hollow(style),
            ),
            numbers_in_points(at),
            reading(words, style=style),
            label(
                "name",
                named_at,
                rows=data,
                limit=expression(f"width - {max(50, 8 * reach + 16)}"),
                **LEFT,
                **HEADING,
            ),
            label("value", {"y": y}, rows=data, **RIGHT, **HEADING),
        ],
        rows=drawn,
        height=height,
        style=style,
        params={"ends": "width"},
    )


def _spans(spans: Sequence[Row], at: Properties, *, style: Style) -> list[alt.Chart]:
    """How far voices lie apart, behind their points."""
    if not spans:
        return []
    encode = at | {"y2": alt.Y2(field="end")}
    look: Properties = {"strokeWidth": 6, "strokeCap": "round", "color": style.grid}
    return [layer("rule", rows=named("spans", spans), encode=encode, **look)]


def _sign_points(signs: Sequence[Row], periods: Sequence[Row], *, words: Words) -> list[Row]:
    """One row per round in which somebody gave a vital sign."""
    _ = words.gettext
    times = {period["period"]: period["time"] for period in periods}
    rows = []
    for sign in sorted(signs, key=lambda each: times[each["period"]]):
        if sign["value"] is None:
            continue
        least, greatest = sign["least"], sign["greatest"]
        apart = sign["voices"] > 1 and least is not None
        shown = words.quantity(sign["value"], sign["unit"])
        voices = wording.voices(sign["voices"], words=words)
        rows.append(
            {
                "name": sign["sign_short"],
                "run": 0,
                "time": times[sign["period"]],
                "score": sign["value"],
                "least": least if apart else None,
                "greatest": greatest if apart else None,
                "shown": shown,
                "span": _("{least} to {greatest}").format(
                    least=words.number(least, digits=1), greatest=words.number(greatest, digits=1)
                )
                if apart
                else BLANK,
                "period_name": sign["period_name"],
                "voices": words.number(sign["voices"]),
                "voices_text": voices,
                "description": _("{name}, {period}: {value}, {voices}").format(
                    name=sign["sign_short"],
                    period=sign["period_name"],
                    value=shown,
                    voices=voices,
                ),
            }
        )
    return rows


def _sign_strip(points: Sequence[Row], periods: Sequence[Row]) -> Strip:
    """A vital sign's strip, its scale ending on a round number above all voices."""
    greatest = max(max(point["score"], point["greatest"] or 0) for point in points)
    most = _round_above(greatest)
    is_last = points[-1]["time"] == periods[-1]["time"]
    return Strip(
        points[0]["name"], points[-1]["shown"] if is_last else BLANK, most=most, marks=(0, most)
    )


def _round_above(value: float) -> float:
    """The least round number that is not under a value, and at least 1."""
    unit = 1
    while value > unit * STEPS[-1]:
        unit *= 10
    return next(float(step * unit) for step in STEPS if step * unit >= value)

"""What every chart is made of: rows, layers on pixel rows, and one finished chart.

Names stand in the picture as text marks rather than axis labels, in columns whose width is an
expression of the chart's width. That keeps the drawing area known, lets one spec fit a phone
and a desktop, and gives each truncated name its tooltip. Layers are put together from Altair's
classes without its shorthands ("name:N"), which cost 4 ms each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Literal, TypeAlias

import altair as alt
import pandas as pd

from assessment.charts.style import Style
from assessment.languages import Words

Mark: TypeAlias = Literal["bar", "line", "point", "rect", "rule", "text", "tick"]
Row: TypeAlias = dict[str, Any]
Properties: TypeAlias = dict[str, Any]
"""Encodings, or properties of a mark, that several layers share."""

NARROW = "width < 480"
"""True on a phone, in any expression of a chart."""

STAGE_STARTS = (25, 50, 75)
"""Scores at which the second, third and fourth stage begin."""

MARKS = (0, *STAGE_STARTS, 100)
"""What a score's axis shows."""

PRESSURE_BANDS = (0, 25, 50, 100)
"""Where a seat's pressure turns from calm to rising, and from rising to heavy."""

REGULAR = 6.4
"""Width in pixels of an average character at 13 px; fallback fonts included."""


def records(frame: pd.DataFrame) -> list[Row]:
    """The frame's rows with None for what is missing."""
    return [
        {str(name): None if pd.isna(value) else value for name, value in row.items()}
        for row in frame.to_dict("records")
    ]


def in_order(frame: pd.DataFrame, column: str) -> list[Any]:
    """The column's values in order of first appearance."""
    return list(dict.fromkeys(frame[column].tolist()))


def expression(text: str) -> alt.ExprRef:
    """A value that the browser computes from the chart's size."""
    return alt.ExprRef(expr=text)


LEFT: Properties = {"x": 0, "align": "left"}
RIGHT: Properties = {"x": expression("width"), "align": "right"}
HEADING: Properties = {"fontSize": 14, "fontWeight": 600}


def quiet(style: Style, *, size: int = 12) -> Properties:
    """How secondary text looks."""
    return {"color": style.muted, "fontSize": size}


def named(name: str, rows: Sequence[Row]) -> alt.InlineData:
    """Rows of one layer; the name keeps them in place instead of in a shared table."""
    return alt.InlineData(values=list(rows), name=name)


def layer(
    mark: Mark,
    *,
    rows: alt.InlineData | None = None,
    only: str | None = None,
    encode: Mapping[str, Any],
    **properties: Any,
) -> alt.Chart:
    """One layer. It is silent for screen readers unless it encodes a description."""
    properties.setdefault("aria", "description" in encode)
    return alt.Chart(
        alt.Undefined if rows is None else rows,
        mark=alt.MarkDef(type=mark, **properties),
        encoding=alt.FacetedEncoding(**encode),
        transform=alt.Undefined if only is None else [alt.FilterTransform(filter=only)],
    )


def finished(
    layers: Sequence[alt.Chart],
    *,
    rows: Sequence[Row],
    height: int,
    style: Style,
    params: Mapping[str, str] | None = None,
) -> alt.LayerChart:
    """The chart: as wide as its container, `height` pixels high, rows shared by its layers."""
    variables = [alt.VariableParameter(name=key, expr=text) for key, text in (params or {}).items()]
    return alt.LayerChart(
        layer=list(layers),
        data=named("rows", rows),
        width="container",
        height=height,
        # Every layout leaves its own margins. Fitting would measure marks before the browser
        # knows the width, and keep the room they took. Streamlit pads sides it is not told.
        autosize=alt.AutoSizeParams(type="none"),
        padding={"left": 0, "right": 0, "top": 0, "bottom": 0},
        params=variables or alt.Undefined,
        config=style.config(),
    )


# Encodings ---------------------------------------------------------------------------------------


def pixels_down(field: str, *, height: int) -> alt.Y:
    """A vertical position given in pixels from the top."""
    scale = linear((0, height), (0, height))
    return alt.Y(field=field, type="quantitative", scale=scale, axis=None)


def across(field: str, *, left: str, right: str, least: float = 0, most: float = 100) -> alt.X:
    """A horizontal position on a scale fixed from `least` to `most`, between two expressions."""
    scale = linear((least, most), (expression(left), expression(right)))
    return alt.X(field=field, type="quantitative", scale=scale, axis=None)


def linear(domain: Sequence[float], reach: Sequence[float | alt.ExprRef]) -> alt.Scale:
    """A scale of exactly this domain, whatever the rows hold, on these pixels."""
    return alt.Scale(domain=list(domain), range=list(reach), nice=False, zero=False, padding=0)


def text(field: str) -> alt.Text:
    """Text as it stands in the row: neither HTML nor Markdown."""
    return alt.Text(field=field, type="nominal")


def described() -> alt.Description:
    """What a screen reader says of a mark."""
    return alt.Description(field="description", type="nominal")


def tooltips(titles: Mapping[str, str]) -> list[alt.Tooltip]:
    """A tooltip of display-ready fields, by field, with their titles."""
    return [
        alt.Tooltip(field=field, type="nominal", title=title) for field, title in titles.items()
    ]


def coloured(field: str, scale: alt.Scale | None) -> alt.Color:
    """Colour by name on a scale, or the colour that stands in the row; never a legend."""
    return alt.Color(field=field, type="nominal", scale=scale, legend=None)


def shaped(field: str, scale: alt.Scale) -> alt.Shape:
    """A point's shape by name; never a legend."""
    return alt.Shape(field=field, type="nominal", scale=scale, legend=None)


def dashed(field: str, scale: alt.Scale) -> alt.StrokeDash:
    """A line's dash by name; never a legend."""
    return alt.StrokeDash(field=field, type="nominal", scale=scale, legend=None)


# Layers that several charts share ----------------------------------------------------------------


def label(
    field: str,
    at: Mapping[str, Any],
    *,
    rows: alt.InlineData | None = None,
    only: str | None = None,
    **properties: Any,
) -> alt.Chart:
    """A text of each row where `at` says, its tooltip and its colour included."""
    return layer("text", rows=rows, only=only, encode={**at, "text": text(field)}, **properties)


def bar(
    start: alt.X,
    end: str,
    at: Mapping[str, Any],
    *,
    rows: alt.InlineData | None = None,
    only: str | None = None,
    **properties: Any,
) -> alt.Chart:
    """A horizontal bar of each row from `start` to the field `end`."""
    encode = {"x": start, "x2": alt.X2(field=end), **at}
    return layer("bar", rows=rows, only=only, encode=encode, orient="horizontal", **properties)


def bars_on_tracks(
    x: Callable[[str], alt.X],
    y: alt.Y,
    *,
    hover: Sequence[alt.Tooltip],
    colour: alt.Color | alt.ColorValue,
    style: Style,
    full: str = "end",
    score: str = "score",
    **properties: Any,
) -> list[alt.Chart]:
    """Bars from `start` to the score on grey tracks up to 100, which say what the score is."""
    at = {"y": y, "tooltip": hover}
    said = at | {"description": described()}
    return [
        bar(x("start"), full, said, color=style.track, **properties),
        bar(
            x("start"),
            score,
            at | {"color": colour},
            only=f"isValid(datum.{score})",
            **properties,
        ),
    ]


def ticks(
    name: str,
    marks: Sequence[int],
    rows: Sequence[Row],
    x: Callable[[str], alt.X],
    y: alt.Y,
    **properties: Any,
) -> alt.Chart:
    """A short vertical line at each of the marks, on each row."""
    places = named(name, [{"x": mark, "y": row["y"]} for row in rows for mark in marks])
    return layer("tick", rows=places, encode={"x": x("x"), "y": y}, orient="vertical", **properties)


def stage_gaps(
    rows: Sequence[Row], x: Callable[[str], alt.X], y: alt.Y, *, bar: int, style: Style
) -> alt.Chart:
    """Gaps in bars `bar` pixels high, where stages begin."""
    look: Properties = {"size": bar + 2, "thickness": 2, "color": style.background}
    return ticks("gaps", STAGE_STARTS, rows, x, y, **look)


AXIS = 18
"""Pixels under the rows that `score_axis` takes."""


def score_axis(
    x: Callable[[str], alt.X],
    *,
    height: int,
    words: Words,
    style: Style,
    marks: Sequence[int] = MARKS,
    flush: bool = True,
) -> alt.Chart:
    """The marks' numbers at the chart's foot; `flush` when 0 stands at its very left."""
    align = expression("datum.x == 0 ? 'left' : 'center'") if flush else "center"
    rows = named("axis", [{"x": mark, "label": words.number(mark)} for mark in marks])
    return label(
        "label", {"x": x("x")}, rows=rows, y=height - 8, align=align, **quiet(style, size=11)
    )


# Places ------------------------------------------------------------------------------------------


def without_overlap(wanted: Iterable[float], *, gap: float, low: float, high: float) -> list[float]:
    """The positions moved as little as needed to stand `gap` apart within [low, high]."""
    positions = list(wanted)
    order = sorted(range(len(positions)), key=lambda i: positions[i])
    placed: list[float] = []
    for i in order:
        floor = placed[-1] + gap if placed else low
        placed.append(max(positions[i], floor))
    ceiling = high
    for k in range(len(placed) - 1, -1, -1):
        placed[k] = min(placed[k], ceiling)
        ceiling = placed[k] - gap
    result = [0.0] * len(positions)
    for k, i in enumerate(order):
        result[i] = round(placed[k], 2)
    return result

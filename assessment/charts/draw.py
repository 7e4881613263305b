"""What every chart is made of: layers on pixel rows, their encodings, and one finished chart.

Names stand in the picture as text marks rather than axis labels, in columns whose width is an
expression of the chart's width. That keeps the drawing area known, lets one spec fit a phone
and a desktop, and gives each truncated name its tooltip. Layers are put together from Altair's
classes without its shorthands ("name:N"), which cost 4 ms each.

Every chart takes `words` (the reader's language) and `style` (light or dark) and is one layered
chart that draws people's text as plain text and carries its own fonts and colours, so that the
same spec serves the screen and every export.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import altair as alt

from assessment.charts.rows import Row
from assessment.charts.style import Style
from assessment.languages import STAGE_WIDTH, Words

Mark = Literal["area", "bar", "line", "point", "rect", "rule", "text", "tick"]
Properties = dict[str, Any]
"""Encodings, or properties of a mark, that several layers share."""

Across = Callable[[str], alt.X]
"""The horizontal position that a field gives on one scale."""

SLIVER = 4
"""Pixels that the bar of a score of nothing takes."""

NARROW = "width < 480"
"""True on a phone, in any expression of a chart."""

STAGE_STARTS = tuple(range(STAGE_WIDTH, 100, STAGE_WIDTH))
"""Scores at which the second, third and fourth stage begin."""

MARKS = (0, *STAGE_STARTS, 100)
"""What a score's axis shows."""

AXIS = 18
"""Pixels under the rows that `score_axis` takes."""


def expr(text: str) -> alt.ExprRef:
    """A value that the browser computes from the chart's size."""
    return alt.ExprRef(expr=text)


def on_phone(narrow: object, wide: object) -> alt.ExprRef:
    """One value or expression on a phone, another elsewhere."""
    return expr(f"{NARROW} ? {narrow} : {wide}")


FROM_LEFT = expr("datum.x == 0 ? 'left' : 'center'")
"""How the numbers of an axis lie whose bars begin at the very left."""

LEFT: Properties = {"x": 0, "align": "left"}
RIGHT: Properties = {"x": expr("width"), "align": "right"}
WHOLE_WIDTH: Properties = {"x": 0, "x2": expr("width")}
HEADING: Properties = {"fontSize": 14, "fontWeight": 600}
BOLD: Properties = {"fontWeight": 600}


def quiet(style: Style, *, size: int = 12) -> Properties:
    """How secondary text looks."""
    return {"color": style.muted, "fontSize": size}


def halo(style: Style) -> Properties:
    """The rim that keeps a point apart from what lies under it."""
    return {"stroke": style.background, "strokeWidth": 1.5}


# Encodings ---------------------------------------------------------------------------------------


def linear(domain: Sequence[float], reach: Sequence[float | alt.ExprRef]) -> alt.Scale:
    """A scale of exactly this domain, whatever the rows hold, on these pixels."""
    return alt.Scale(domain=list(domain), range=list(reach), nice=False, zero=False, padding=0)


def across(left: str, right: str, *, least: float = 0, most: float = 100) -> Across:
    """Horizontal positions on a scale fixed from `least` to `most`, between two expressions."""

    def position(field: str) -> alt.X:
        scale = linear((least, most), (expr(left), expr(right)))
        return alt.X(field=field, type="quantitative", scale=scale, axis=None)

    return position


def down(height: int) -> alt.Y:
    """The vertical position `y`, given in pixels from the top."""
    scale = linear((0, height), (0, height))
    return alt.Y(field="y", type="quantitative", scale=scale, axis=None)


def described() -> alt.Description:
    """What a screen reader says of a mark."""
    return alt.Description(field="description", type="nominal")


def tooltips(**titles: str) -> list[alt.Tooltip]:
    """A tooltip of display-ready fields, by field, with their titles."""
    return [
        alt.Tooltip(field=field, type="nominal", title=title) for field, title in titles.items()
    ]


def announced(hover: Sequence[alt.Tooltip]) -> Properties:
    """A mark that tells what it is to whoever points at it, and to a screen reader."""
    return {"description": described(), "tooltip": list(hover)}


def coloured(field: str, scale: alt.Scale | None = None) -> alt.Color:
    """The colour that stands in the row, or colour by name on a scale; never a legend."""
    return alt.Color(field=field, type="nominal", scale=scale, legend=None)


def broken_by(*fields: str) -> Properties:
    """A line of its own for each value of the fields."""
    return {"detail": [alt.Detail(field=field, type="nominal") for field in fields]}


def joined_by(field: str) -> Properties:
    """A line from row to row in the field's order."""
    return {"order": alt.Order(field=field, type="quantitative")}


@dataclass(frozen=True, slots=True)
class Series:
    """Names of a field, told apart by colour, dash and shape in their order."""

    field: str
    names: Sequence[str]
    style: Style

    @property
    def colour(self) -> alt.Color:
        """Colour by name."""
        return coloured(self.field, self.scale(self.style.series))

    @property
    def dash(self) -> alt.StrokeDash:
        """A line's dash pattern by name."""
        scale = self.scale([list(dash) for dash in self.style.dashes])
        return alt.StrokeDash(field=self.field, type="nominal", scale=scale, legend=None)

    @property
    def shape(self) -> alt.Shape:
        """A point's shape by name."""
        scale = self.scale(self.style.shapes)
        return alt.Shape(field=self.field, type="nominal", scale=scale, legend=None)

    def scale(self, looks: Sequence[Any]) -> alt.Scale:
        """The scale that gives each name the look of its place."""
        return alt.Scale(domain=list(self.names), range=list(looks[: len(self.names)]))


# Layers ------------------------------------------------------------------------------------------


def table(name: str, rows: Sequence[Row]) -> alt.InlineData:
    """Rows of one layer; the name keeps them in place instead of in a shared table."""
    return alt.InlineData(values=list(rows), name=name)


def layer(
    mark: Mark,
    encode: Mapping[str, Any],
    *,
    rows: alt.InlineData | None = None,
    only: str | None = None,
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


def label(field: str, at: Mapping[str, Any], **properties: Any) -> alt.Chart:
    """A field's text, neither HTML nor Markdown, where `at` says, with its tooltip and colour."""
    return layer("text", {**at, "text": alt.Text(field=field, type="nominal")}, **properties)


def haloed(
    field: str, at: Mapping[str, Any], *, style: Style, **properties: Any
) -> list[alt.Chart]:
    """A field's text, kept apart from the lines under it."""
    rim = {"color": style.background, "stroke": style.background, "strokeWidth": 5}
    return [
        label(field, at, **properties | rim, strokeJoin="round"),
        label(field, at, **properties),
    ]


def wrapped_label(
    at: Mapping[str, Any], *, line: int, where: str = NARROW, **properties: Any
) -> alt.Chart:
    """Names at the left; `where` it is narrow as `rows.wrapped` breaks them, `line` pixels each."""
    look: Properties = {
        "text": expr(f"{where} ? datum.wrapped : datum.name"),
        "dy": expr(f"{where} ? (1 - datum.lines) * {line // 2} : 0"),
        "lineBreak": "\n",
        "lineHeight": line,
        **LEFT,
    }
    return layer("text", at, **look | properties)


def dot(at: Mapping[str, Any], **properties: Any) -> alt.Chart:
    """A filled point of each row."""
    return layer("point", at, filled=True, opacity=1, **properties)


def bar(start: alt.X, end: str, at: Mapping[str, Any], **properties: Any) -> alt.Chart:
    """A horizontal bar of each row from `start` to the field `end`."""
    encode = {"x": start, "x2": alt.X2(field=end), **at}
    return layer("bar", encode, orient="horizontal", **properties)


def bars_on_tracks(
    x: Across,
    at: Mapping[str, Any],
    *,
    style: Style,
    colour: alt.Color | None = None,
    fields: tuple[str, str] = ("score", "end"),
    **properties: Any,
) -> list[alt.Chart]:
    """Bars from `start` to the first field on grey tracks to the second, which tell the score.

    A score of nothing is a sliver in its colour: the worst is not to look like no answer.
    """
    score, full = fields
    known = f"isValid(datum.{score})"
    ink = {**at, "color": colour or alt.ColorValue(style.series[0])}
    of_full = f"(datum.{score} - datum.start) / (datum.{full} - datum.start)"
    return [
        bar(x("start"), full, {**at, "description": described()}, color=style.track, **properties),
        bar(
            x("start"),
            score,
            ink,
            only=known,
            x2Offset=expr(f"{of_full} < 0.01 ? {SLIVER} : 0"),
            **properties,
        ),
    ]


def ticks(
    name: str, marks: Sequence[int], rows: Sequence[Row], x: Across, y: alt.Y, **properties: Any
) -> alt.Chart:
    """A short vertical line at each of the marks, on each row."""
    places = table(name, [{"x": mark, "y": row["y"]} for row in rows for mark in marks])
    return layer("tick", {"x": x("x"), "y": y}, rows=places, orient="vertical", **properties)


def stage_gaps(rows: Sequence[Row], x: Across, y: alt.Y, *, bar: int, style: Style) -> alt.Chart:
    """Gaps in bars `bar` pixels high, where stages begin."""
    look: Properties = {"size": bar + 2, "thickness": 2, "color": style.background}
    return ticks("gaps", STAGE_STARTS, rows, x, y, **look)


def score_axis(
    x: Across,
    *,
    height: int,
    words: Words,
    style: Style,
    marks: Sequence[int] = MARKS,
    align: str | alt.ExprRef = FROM_LEFT,
) -> alt.Chart:
    """The marks' numbers at the chart's foot."""
    rows = table("axis", [{"x": mark, "label": words.number(mark)} for mark in marks])
    at = {"x": x("x")}
    return label("label", at, rows=rows, y=height - 8, align=align, **quiet(style, size=11))


def chart(
    layers: Sequence[alt.Chart],
    *,
    rows: Sequence[Row],
    height: int,
    style: Style,
    params: Mapping[str, str] | None = None,
) -> alt.LayerChart:
    """The chart: as wide as its container, `height` pixels high, rows shared by its layers."""
    drawn = alt.LayerChart(
        data=table("rows", rows),
        width="container",
        height=height,
        # Every layout leaves its own margins. Fitting would measure marks before the browser
        # knows the width, and keep the room they took. Streamlit pads sides it is not told.
        autosize=alt.AutoSizeParams(type="none"),
        padding={"left": 0, "right": 0, "top": 0, "bottom": 0},
        config=style.config(),
    )
    # Given to the constructor, each layer and parameter would be copied four times, and checked, in
    # search of what our layers never have: data, parameters or sizes to share with the whole.
    drawn.layer = list(layers)
    if params:
        drawn.params = [alt.VariableParameter(name=key, expr=text) for key, text in params.items()]
    return drawn

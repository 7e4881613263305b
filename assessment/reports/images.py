"""Charts as pictures for documents and slides: PNG and SVG bytes; no I/O."""

from collections.abc import Mapping
from textwrap import wrap
from typing import Any

import altair as alt

from assessment.charts import draw
from assessment.charts.specs import as_plain_values
from assessment.charts.style import Style
from assessment.reports.xml_text import xml_text

WIDTH, MARGIN = 720, 24
SCALE = 2
"""Pixels of a PNG for each of its width."""

TITLE_SIZE, TITLE_LINE = 18, 24
BADGE_SIZE, BADGE_HEIGHT = 13, 24
CHARACTER = 0.54
"""Width of an average character as a share of its size, in the widest fallback font."""

VEGA_LITE = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
"""The version of Vega-Lite the charts are written for; vl-convert carries several."""


def png(
    chart: Mapping[str, Any], *, style: Style, title: str | None = None, badge: str | None = None
) -> bytes:
    """The chart of a spec as a PNG on the page's own colour.

    `title` is a sentence above the chart and `badge` a short mark at its right, such as
    "Sample data"; both may be people's text and are drawn as they stand.
    """
    import vl_convert

    spec = _picture(chart, style=style, title=title, badge=badge)
    picture: bytes = vl_convert.vegalite_to_png(
        spec, vl_version=VEGA_LITE, scale=SCALE, allowed_base_urls=[]
    )
    return picture


def svg(
    chart: Mapping[str, Any],
    *,
    style: Style,
    width: int = WIDTH,
    margin: int = MARGIN,
    title: str | None = None,
    badge: str | None = None,
) -> bytes:
    """The chart of a spec as an SVG in UTF-8, `width` pixels wide, a `margin` at each side."""
    import vl_convert

    spec = _picture(chart, style=style, width=width, title=title, badge=badge, margin=margin)
    picture: str = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, allowed_base_urls=[])
    return picture.encode()


def _picture(
    chart: Mapping[str, Any],
    *,
    style: Style,
    title: str | None,
    badge: str | None,
    width: int = WIDTH,
    margin: int = MARGIN,
) -> dict[str, Any]:
    """The chart's spec with a fixed width, a solid page, and title and badge above it."""
    spec: dict[str, Any] = _drawable(chart)
    inner = width - 2 * margin
    pill = round(len(badge) * BADGE_SIZE * CHARACTER) + 20 if badge else 0
    room = inner - (pill + 16 if pill else 0)
    lines = wrap(xml_text(title), max(20, int(room / (TITLE_SIZE * CHARACTER)))) if title else []
    head = max(len(lines) * TITLE_LINE, BADGE_HEIGHT if badge else 0)
    head += 16 if head else 0
    layers = _title(lines, head=head, style=style)
    layers += _badge(badge, pill=pill, inner=inner, head=head, style=style)
    spec["layer"] += map(as_plain_values, layers)
    spec["width"] = inner
    spec["padding"] = {"left": margin, "right": margin, "top": margin + head, "bottom": margin}
    spec["config"]["background"] = style.background
    return spec


def _drawable(value: Any) -> Any:
    """A copy without the characters that XML forbids: one of them would abort the whole process."""
    match value:
        case str():
            return xml_text(value)
        case dict():
            return {key: _drawable(entry) for key, entry in value.items()}
        case list() | tuple():
            return [_drawable(entry) for entry in value]
        case _:
            return value


def _text(name: str, text: str, *, style: Style, **look: Any) -> alt.Chart:
    """A layer of one bold text."""
    rows = draw.table(name, [{"text": text}])
    return draw.label("text", {}, rows=rows, color=style.text, **draw.BOLD, **look)


def _title(lines: list[str], *, head: int, style: Style) -> list[alt.Chart]:
    middle = -head + TITLE_LINE / 2
    look = {"x": 0, "align": "left", "fontSize": TITLE_SIZE}
    return [
        _text(f"title_{index}", line, style=style, y=middle + TITLE_LINE * index, **look)
        for index, line in enumerate(lines)
    ]


def _badge(badge: str | None, *, pill: int, inner: int, head: int, style: Style) -> list[alt.Chart]:
    if not badge:
        return []
    middle = -head + BADGE_HEIGHT / 2
    look = {"x": inner - pill / 2, "y": middle, "align": "center", "fontSize": BADGE_SIZE}
    pill_shape = draw.layer(
        "rect",
        {},
        rows=draw.table("badge_pill", [{}]),
        x=inner - pill,
        x2=inner,
        y=-head,
        y2=BADGE_HEIGHT - head,
        fill=style.background,
        stroke=style.trouble,
        strokeWidth=1.5,
        cornerRadius=BADGE_HEIGHT / 2,
    )
    return [pill_shape, _text("badge", badge, style=style, **look)]

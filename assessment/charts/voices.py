"""Where the voices of one squad agree and where the room is split: a bubble per answer."""

from collections.abc import Sequence
from math import sqrt

import altair as alt
import pandas as pd

from assessment.charts import draw, wording
from assessment.charts.rows import Row, grouped, wrapped
from assessment.charts.style import Style
from assessment.languages import Words

STEP = 46
HEADER = 30
LARGEST, SMALLEST = 18.0, 8.5
"""Radius in pixels of the bubble with most voices, and the least one that holds a number."""

NAMES = f"(width < 320 ? 104 : {draw.NARROW} ? 118 : min(270, width * 0.36))"
LEFT, RIGHT = "(width < 320 ? 22 : 34)", "(width < 320 ? 86 : 92)"
"""Pixels that the bubbles keep from the names, and from the right, where the agreement stands."""


def voice_spread(spread: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """One row per item in the given order: a bubble per answer, sized and numbered by voices.

    A bar joins the outermost answers, so that a split room is seen at a glance; the share of
    agreement stands at the row's end.
    """
    _ = words.gettext
    items = grouped(spread, "about")
    height = HEADER + STEP * len(items)
    names, spans = [], []
    for index, answers in enumerate(items):
        y = HEADER + STEP * (index + 0.5)
        agreement = words.percent(answers[0]["agreement"])
        name = wrapped(answers[0]["short"], characters=19, lines=3)
        names.append(name | {"y": y, "agreement": agreement})
        given = [answer["health"] for answer in answers if answer["voices"]]
        if given:
            spans.append({"y": y, "low": min(given), "high": max(given)})
    rules = [{"y": HEADER + STEP * index} for index in range(len(items))]
    columns = [
        {"x": 0.0, "label": _("Trouble"), "lift": 0},
        {"x": 0.5, "label": _("Partly"), "lift": 10},
        {"x": 1.0, "label": _("Healthy"), "lift": 0},
    ]
    health = draw.across(f"{NAMES} + {LEFT}", f"width - {RIGHT}", most=1)
    at = {"y": draw.down(height)}
    position = at | {"x": health("health")}
    bubble = position | {
        "color": draw.coloured("colour"),
        "size": alt.Size(field="area", type="quantitative", scale=None, legend=None),
    }
    titles = {"item": _("Question"), "option": _("Answer"), "voices": _("Voices")}
    hover = draw.tooltips(**titles, agreement=_("Agreement"))
    span = at | {"x": health("low"), "x2": alt.X2(field="high")}
    span_look: draw.Properties = {"strokeWidth": 8, "strokeCap": "round", "color": style.track}
    data = draw.table("items", names)
    heading: draw.Properties = {"y": HEADER - 16, **draw.quiet(style)}
    heading["fontSize"] = draw.expr("width < 320 ? 10 : 12")
    agreed = draw.table("heading", [{"label": _("Agreement")}])
    column = {"x": health("x")}
    layers = [
        draw.layer("rule", at, rows=draw.table("rules", rules), opacity=0.6, **draw.WHOLE_WIDTH),
        draw.layer("rule", span, rows=draw.table("spans", spans), **span_look),
        draw.dot(bubble | draw.announced(hover), shape="circle", **draw.halo(style)),
        draw.label("voices", position, dy=1, fontSize=12, color=style.background, **draw.BOLD),
        draw.wrapped_label(
            at | {"tooltip": draw.tooltips(name=_("Question"))},
            line=14,
            rows=data,
            limit=draw.expr(NAMES),
            fontSize=draw.expr(f"width < 320 ? 11 : {draw.NARROW} ? 12 : 13"),
        ),
        draw.label("agreement", at, rows=data, **draw.BOLD, **draw.RIGHT),
        draw.label(
            "label",
            column,
            rows=draw.table("columns", columns),
            dy=draw.expr("width < 320 ? -datum.lift : 0"),
            **heading,
        ),
        draw.label("label", {}, rows=agreed, **heading, **draw.RIGHT),
    ]
    rows = _bubbles(items, words=words, style=style)
    return draw.chart(layers, rows=rows, height=height, style=style)


def _bubbles(items: Sequence[Sequence[Row]], *, words: Words, style: Style) -> list[Row]:
    """One row per answer that somebody gave, by item and then as the frame has them."""
    most = max((answer["voices"] for answers in items for answer in answers), default=1) or 1
    rows = []
    for index, answers in enumerate(items):
        for answer in answers:
            item, count = answer["short"], answer["voices"]
            if not count:
                continue
            radius = max(SMALLEST, LARGEST * sqrt(count / most))
            rows.append(
                {
                    "item": item,
                    "y": HEADER + STEP * (index + 0.5),
                    "health": answer["health"],
                    "option": answer["option_name"],
                    "voices": words.number(count),
                    "agreement": words.percent(answer["agreement"]),
                    # Vega counts a circle's size as the area of the square around it.
                    "area": round(4 * radius * radius, 1),
                    "colour": style.of_health(answer["health"]),
                    "description": wording.answered_by(
                        item, answer["option_name"], count, words=words
                    ),
                }
            )
    return rows

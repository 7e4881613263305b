"""Where the voices of one squad agree and where the room is split, item by item."""

from __future__ import annotations

from functools import partial
from math import sqrt
from textwrap import wrap

import altair as alt
import pandas as pd

from assessment.charts import wording
from assessment.charts.drawing import (
    LEFT,
    NARROW,
    RIGHT,
    Properties,
    Row,
    across,
    coloured,
    described,
    expression,
    finished,
    in_order,
    label,
    layer,
    named,
    pixels_down,
    quiet,
    records,
    tooltips,
)
from assessment.charts.style import Style
from assessment.languages import Words

STEP = 46
HEADER = 30
LARGEST, SMALLEST = 18.0, 8.5
"""Radius in pixels of the bubble with most voices, and the least one that holds a number."""

NAMES = f"({NARROW} ? 118 : min(270, width * 0.36))"


def voice_spread(spread: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """One row per item in the given order: a bubble per answer, sized and numbered by voices.

    A bar joins the outermost answers, so that a split room is seen at a glance; the share of
    agreement stands at the row's end.
    """
    _ = words.gettext
    items = in_order(spread, "item")
    rows = _bubbles(spread, words=words, style=style)
    height = HEADER + STEP * len(items)
    health = partial(across, left=f"{NAMES} + 34", right="width - 92", most=1)
    names, spans = [], []
    for place, item in enumerate(items):
        given = records(spread[spread["item"] == item])
        taken = [row["health"] for row in given if row["voices"]]
        down = HEADER + STEP * (place + 0.5)
        short = given[0]["item_short"]
        lines = wrap(short, 19, max_lines=3, placeholder="…")
        names.append(
            {
                "name": short,
                "wrapped": "\n".join(lines),
                "lines": len(lines),
                "y": down,
                "agreement": words.percent(given[0]["agreement"]),
            }
        )
        if taken:
            spans.append({"y": down, "low": min(taken), "high": max(taken)})
    rules = [{"y": HEADER + STEP * place} for place in range(len(items))]
    columns = [
        {"x": 0.0, "label": _("Trouble")},
        {"x": 0.5, "label": _("Partly")},
        {"x": 1.0, "label": _("Healthy")},
    ]
    at = {"y": pixels_down("y", height=height)}
    bubble = at | {"x": health("health")}
    titles = {
        "item": _("Item"),
        "option": _("Answer"),
        "voices": _("Voices"),
        "agreement": _("Agreement"),
    }
    data = named("items", names)
    heading: Properties = {"y": HEADER - 16, **quiet(style)}
    agreement = named("heading", [{"label": _("Agreement")}])
    return finished(
        [
            layer(
                "rule",
                rows=named("rules", rules),
                encode=at,
                x=0,
                x2=expression("width"),
                opacity=0.6,
            ),
            layer(
                "rule",
                rows=named("spans", spans),
                encode=at | {"x": health("low"), "x2": alt.X2(field="high")},
                strokeWidth=8,
                strokeCap="round",
                color=style.track,
            ),
            layer(
                "point",
                encode=bubble
                | {
                    "color": coloured("colour", None),
                    "size": alt.Size(field="area", type="quantitative", scale=None, legend=None),
                    "description": described(),
                    "tooltip": tooltips(titles),
                },
                shape="circle",
                filled=True,
                opacity=1,
                stroke=style.background,
                strokeWidth=1.5,
            ),
            label("voices", bubble, dy=1, fontSize=12, fontWeight=600, color=style.background),
            layer(
                "text",
                rows=data,
                encode=at | {"tooltip": tooltips({"name": _("Item")})},
                text=expression(f"{NARROW} ? datum.wrapped : datum.name"),
                dy=expression(f"{NARROW} ? (1 - datum.lines) * 7 : 0"),
                lineBreak="\n",
                lineHeight=14,
                limit=expression(NAMES),
                fontSize=expression(f"{NARROW} ? 12 : 13"),
                **LEFT,
            ),
            label("agreement", at, rows=data, fontWeight=600, **RIGHT),
            label("label", {"x": health("x")}, rows=named("columns", columns), **heading),
            label("label", {}, rows=agreement, **heading, **RIGHT),
        ],
        rows=rows,
        height=height,
        style=style,
    )


def _bubbles(spread: pd.DataFrame, *, words: Words, style: Style) -> list[Row]:
    """One row per answer that somebody gave."""
    items = in_order(spread, "item")
    most = max((row["voices"] for row in records(spread)), default=1) or 1
    colours = {0.0: style.trouble, 0.5: style.muted, 1.0: style.healthy}
    rows = []
    for row in records(spread):
        count = row["voices"]
        if not count:
            continue
        radius = max(SMALLEST, LARGEST * sqrt(count / most))
        rows.append(
            {
                "item": row["item_short"],
                "y": HEADER + STEP * (items.index(row["item"]) + 0.5),
                "health": row["health"],
                "option": row["option_name"],
                "voices": words.number(count),
                "agreement": words.percent(row["agreement"]),
                # Vega counts a circle's size as the area of the square around it.
                "area": round(4 * radius * radius, 1),
                "colour": colours.get(row["health"], style.muted),
                "description": words.gettext("{item}, {option}: {voices}").format(
                    item=row["item_short"],
                    option=row["option_name"],
                    voices=wording.voices(count, words=words),
                ),
            }
        )
    return rows

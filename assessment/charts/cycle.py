"""Which step follows which: a ring of numbered circles with arrows between them."""

from collections.abc import Sequence
from math import degrees, pi

import altair as alt
import pandas as pd

from assessment.charts import draw, ring
from assessment.charts.rows import Row, records
from assessment.charts.style import Style
from assessment.languages import Words

HEIGHT = 286
RADIUS, LEAST_RADIUS = 100, 58
NODE = 19
TO_NAME = 8
CHARACTER = 7.2
"""Width in pixels of an average character of a step's name."""

GAP = 0.4
"""Radians between a step's centre and the arrows around it, wide enough for the least radius."""

BENDS = 8


def step_cycle(steps: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """The steps clockwise from the top, numbered; the ring shrinks where names need the room."""
    rows = _rows(steps, words=words)
    arcs, heads = _arrows(len(rows))
    longest = max(len(row["name"]) for row in rows)
    beside = NODE + TO_NAME + round(longest * CHARACTER)
    side = "datum.x > 0.1 ? {} : datum.x < -0.1 ? {} : {}"
    hover = draw.tooltips(name=words.gettext("Step"), text=words.gettext("What it is"))
    at = ring.encodings(1)
    bent = at | draw.broken_by("arc") | draw.joined_by("order")
    turned = at | {"angle": alt.Angle(field="angle", type="quantitative", scale=None)}
    head: draw.Properties = {"shape": "triangle", "size": 120, "color": style.muted}
    node: draw.Properties = {"size": round(pi * NODE**2), "color": style.series[0]}
    layers = [
        draw.layer("line", bent, rows=draw.table("arcs", arcs), color=style.muted, strokeWidth=2),
        draw.dot(turned, rows=draw.table("heads", heads), **head),
        draw.dot(at | draw.announced(hover), shape="circle", **node),
        draw.label("number", at, fontSize=16, color=style.background, **draw.BOLD),
        draw.label(
            "name",
            at,
            align=draw.expr(side.format("'left'", "'right'", "'center'")),
            dx=draw.expr(side.format(NODE + TO_NAME, -NODE - TO_NAME, 0)),
            dy=draw.expr(side.format(0, 0, -NODE - TO_NAME - 6)),
            **draw.HEADING,
        ),
    ]
    params = {
        "radius": f"max({LEAST_RADIUS}, min({RADIUS}, width / 2 - {beside}))",
        "middle": "width / 2",
        "centre": f"{HEIGHT} / 2 + 14",
    }
    return draw.chart(layers, rows=rows, height=HEIGHT, style=style, params=params)


def _rows(steps: pd.DataFrame, *, words: Words) -> list[Row]:
    rows = []
    for index, step in enumerate(records(steps)):
        description = words.gettext(
            "Step {number} of {count}: {name}. {text}",
            number=index + 1,
            count=len(steps),
            name=step["name"],
            text=step["text"],
        )
        shown = {"number": words.number(index + 1), "description": description}
        rows.append(step | shown | ring.point(2 * pi * index / len(steps)))
    return rows


def _arrows(count: int) -> tuple[Sequence[Row], Sequence[Row]]:
    """The bends of each arc between two steps, and the head at its end."""
    arcs: list[Row] = []
    heads: list[Row] = []
    for arc in range(count):
        start = 2 * pi * arc / count + GAP
        end = 2 * pi * (arc + 1) / count - GAP
        for order in range(BENDS + 1):
            turn = start + (end - start) * order / BENDS
            arcs.append({"arc": arc, "order": order, **ring.point(turn)})
        heads.append({"angle": round(degrees(end)) + 90, **ring.point(end)})
    return arcs, heads

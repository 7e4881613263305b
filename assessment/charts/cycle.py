"""Steps that follow each other in a ring, numbered, with arrows from one to the next."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, degrees, pi, sin

import altair as alt
import pandas as pd

from assessment.charts.drawing import (
    HEADING,
    Properties,
    Row,
    described,
    expression,
    finished,
    label,
    layer,
    linear,
    named,
    records,
    tooltips,
)
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
    """The steps clockwise from the top: a number in each circle, its name beside it.

    The ring shrinks where the names need the room.
    """
    rows = _rows(steps, words=words)
    arcs, heads = _arrows(len(rows))
    longest = max(len(row["name"]) for row in rows)
    beside = NODE + TO_NAME + round(longest * CHARACTER)
    side = "datum.x > 0.1 ? {} : datum.x < -0.1 ? {} : {}"
    titles = {"name": words.gettext("Step"), "text": words.gettext("What it is")}
    at = _at()
    return finished(
        [
            layer(
                "line",
                rows=named("arcs", arcs),
                encode=at
                | {
                    "detail": [alt.Detail(field="arc", type="nominal")],
                    "order": alt.Order(field="order", type="quantitative"),
                },
                color=style.muted,
                strokeWidth=2,
            ),
            layer(
                "point",
                rows=named("heads", heads),
                encode=at | {"angle": alt.Angle(field="angle", type="quantitative", scale=None)},
                shape="triangle",
                size=120,
                filled=True,
                opacity=1,
                color=style.muted,
            ),
            layer(
                "point",
                encode=at | {"tooltip": tooltips(titles), "description": described()},
                shape="circle",
                size=round(pi * NODE**2),
                filled=True,
                opacity=1,
                color=style.series[0],
            ),
            label("number", at, fontSize=16, fontWeight=600, color=style.background),
            label(
                "name",
                at,
                align=expression(side.format("'left'", "'right'", "'center'")),
                dx=expression(side.format(NODE + TO_NAME, -NODE - TO_NAME, 0)),
                dy=expression(side.format(0, 0, -NODE - TO_NAME - 6)),
                **HEADING,
            ),
        ],
        rows=rows,
        height=HEIGHT,
        style=style,
        params={
            "radius": f"max({LEAST_RADIUS}, min({RADIUS}, width / 2 - {beside}))",
            "middle": "width / 2",
            "centre": f"{HEIGHT} / 2 + 14",
        },
    )


def _rows(steps: pd.DataFrame, *, words: Words) -> list[Row]:
    rows = []
    for place, step in enumerate(records(steps)):
        x, y = _place(2 * pi * place / len(steps))
        said = words.gettext("Step {number} of {count}: {name}. {text}").format(
            number=place + 1, count=len(steps), name=step["name"], text=step["text"]
        )
        rows.append(
            {
                "step": step["step"],
                "number": words.number(place + 1),
                "name": step["name"],
                "text": step["text"],
                "x": x,
                "y": y,
                "description": said,
            }
        )
    return rows


def _arrows(count: int) -> tuple[Sequence[Row], Sequence[Row]]:
    """The bends of each arc between two steps, and the head at its end."""
    arcs: list[Row] = []
    heads: list[Row] = []
    for arc in range(count):
        start = 2 * pi * arc / count + GAP
        end = 2 * pi * (arc + 1) / count - GAP
        for order in range(BENDS + 1):
            x, y = _place(start + (end - start) * order / BENDS)
            arcs.append({"arc": arc, "order": order, "x": x, "y": y})
        x, y = _place(end)
        heads.append({"x": x, "y": y, "angle": round(degrees(end)) + 90})
    return arcs, heads


def _place(turn: float) -> tuple[float, float]:
    """Where a turn clockwise from the top ends on a ring of radius 1."""
    # Adding 0.0 turns -0.0 into 0.0, which would make specs differ for nothing.
    return round(sin(turn), 3) + 0.0, round(cos(turn), 3) + 0.0


def _at() -> Properties:
    """Encodings on the ring's own scales."""

    def scale(start: str, end: str) -> alt.Scale:
        return linear((-1, 1), (expression(start), expression(end)))

    across = scale("middle - radius", "middle + radius")
    down = scale("centre + radius", "centre - radius")
    return {
        "x": alt.X(field="x", type="quantitative", scale=across, axis=None),
        "y": alt.Y(field="y", type="quantitative", scale=down, axis=None),
    }

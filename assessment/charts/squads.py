"""Many squads at once: grouped bars per level, and a heat map that prints every score."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from assessment.charts import wording
from assessment.charts.drawing import (
    NARROW,
    Row,
    across,
    coloured,
    described,
    expression,
    finished,
    in_order,
    layer,
    named,
    pixels_down,
    records,
    text,
    tooltips,
)
from assessment.charts.style import MOST_SERIES, Style
from assessment.languages import BLANK, Words

NAMES = f"({NARROW} ? 94 : min(240, width * 0.28))"
"""Width of the squads' names at the left; longer names end in an ellipsis."""

HEADER = 26
GROUP_GAP = 14
CELL = 28
COLUMN_STEP = 116
COLUMN_ROW = 32


def grouped_bars(levels: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """Bars by level, one per squad, named at the left, with the score at the end.

    Up to eight squads have their radar's colours and shapes; beyond, one row per squad and one
    column of bars per level, all in one colour, which stays readable up to fifty squads.
    """
    if levels["squad"].nunique() > MOST_SERIES:
        return _bars_in_columns(levels, words=words, style=style)
    return _bars_in_groups(levels, words=words, style=style)


def heat_map(levels: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """Squads by levels, the score printed in every cell; a dash where it is not scored."""
    squads, columns = in_order(levels, "squad"), in_order(levels, "level")
    rows = _rows(levels, words=words)
    for row in rows:
        top = HEADER + CELL * squads.index(row["squad"])
        left = columns.index(row["level"])
        fill, ink = (style.track, style.muted) if row["score"] is None else style.heat(row["score"])
        row |= {
            "left": left,
            "right": left + 1,
            "centre": left + 0.5,
            "top": top,
            "bottom": top + CELL,
            "y": top + CELL / 2,
            "fill": fill,
            "ink": ink,
        }
    height = HEADER + CELL * len(squads) + 2

    def column(field: str) -> alt.X:
        return across(field, left=NAMES, right="width", most=len(columns))

    headings = [
        {"x": place + 0.5, "y": HEADER / 2, "name": name}
        for place, name in enumerate(in_order(levels, "level_short"))
    ]
    y = pixels_down("y", height=height)
    return finished(
        [
            layer(
                "rect",
                encode={
                    "x": column("left"),
                    "x2": alt.X2(field="right"),
                    "y": pixels_down("top", height=height),
                    "y2": alt.Y2(field="bottom"),
                    "color": coloured("fill", None),
                    "description": described(),
                    "tooltip": _hover(words),
                },
                stroke=style.background,
                strokeWidth=2,
                cornerRadius=4,
            ),
            layer(
                "text",
                encode={
                    "x": column("centre"),
                    "y": y,
                    "text": text("value"),
                    "color": coloured("ink", None),
                },
                baseline="middle",
                fontSize=13,
                fontWeight=600,
            ),
            _column_headings(headings, column("x"), height=height),
            _squad_names(squads, top=HEADER, step=CELL, words=words, height=height),
        ],
        rows=rows,
        height=height,
        style=style,
    )


def _rows(levels: pd.DataFrame, *, words: Words) -> list[Row]:
    """One display-ready row per squad and level."""
    return [
        {
            "squad": level["squad"],
            "level": level["level"],
            "level_name": level["level_name"],
            "score": level["score"],
            "value": words.score(level["score"]),
            "stage": level["stage_name"] or BLANK,
            "description": wording.out_of_hundred(
                level["squad"], level["level_name"], level["score"], words=words
            ),
        }
        for level in records(levels)
    ]


def _hover(words: Words) -> list[alt.Tooltip]:
    _ = words.gettext
    return tooltips(
        {
            "squad": _("Squad"),
            "level_name": _("Level"),
            "value": _("Score"),
            "stage": _("Stage"),
        }
    )


def _bars_in_groups(levels: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    squads, groups = in_order(levels, "squad"), in_order(levels, "level")
    step = 22 if len(squads) <= 4 else 19
    bar = step - 6
    group = HEADER + step * len(squads) + GROUP_GAP
    rows = _rows(levels, words=words)
    for row in rows:
        place = groups.index(row["level"])
        row["y"] = group * place + HEADER + step * (squads.index(row["squad"]) + 0.5)
        row |= {"start": 0, "end": 100}
        row["missing"] = words.gettext("not enough answers") if row["score"] is None else ""
    height = group * len(groups)
    headers = [
        {"y": group * place + HEADER / 2, "name": name}
        for place, name in enumerate(in_order(levels, "level_name"))
    ]
    gaps = [{"x": mark, "y": row["y"]} for row in rows for mark in (25, 50, 75)]

    def score(field: str) -> alt.X:
        return across(field, left=f"{NAMES} + 8", right="width - 32")

    y = pixels_down("y", height=height)
    colour = coloured("squad", style.colours_for(squads))
    return finished(
        [
            layer(
                "bar",
                encode={
                    "x": score("start"),
                    "x2": alt.X2(field="end"),
                    "y": y,
                    "description": described(),
                    "tooltip": _hover(words),
                },
                orient="horizontal",
                size=bar,
                color=style.track,
                cornerRadius=2,
            ),
            layer(
                "bar",
                only="isValid(datum.score)",
                encode={
                    "x": score("start"),
                    "x2": alt.X2(field="score"),
                    "y": y,
                    "color": colour,
                    "tooltip": _hover(words),
                },
                orient="horizontal",
                size=bar,
                cornerRadius=2,
            ),
            layer(
                "tick",
                rows=named("gaps", gaps),
                encode={"x": score("x"), "y": y},
                orient="vertical",
                size=bar + 2,
                thickness=2,
                color=style.background,
            ),
            layer(
                "point",
                encode={
                    "y": y,
                    "color": colour,
                    "shape": alt.Shape(
                        field="squad", type="nominal", scale=style.shapes_for(squads), legend=None
                    ),
                },
                x=7,
                filled=True,
                size=60,
                opacity=1,
            ),
            layer(
                "text",
                encode={
                    "y": y,
                    "text": text("squad"),
                    "tooltip": tooltips({"squad": words.gettext("Squad")}),
                },
                x=18,
                align="left",
                baseline="middle",
                limit=expression(f"{NAMES} - 18"),
            ),
            layer(
                "text",
                only="isValid(datum.score)",
                encode={"y": y, "text": text("value")},
                x=expression("width"),
                align="right",
                baseline="middle",
                fontWeight=600,
            ),
            layer(
                "text",
                encode={"x": score("start"), "y": y, "text": text("missing")},
                dx=6,
                align="left",
                baseline="middle",
                color=style.muted,
                fontStyle="italic",
                fontSize=12,
            ),
            layer(
                "text",
                rows=named("headers", headers),
                encode={"y": y, "text": text("name")},
                x=0,
                align="left",
                baseline="middle",
                fontSize=14,
                fontWeight=600,
            ),
        ],
        rows=rows,
        height=height,
        style=style,
    )


def _bars_in_columns(levels: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    squads, columns = in_order(levels, "squad"), in_order(levels, "level")
    rows = _rows(levels, words=words)
    for row in rows:
        left = COLUMN_STEP * columns.index(row["level"])
        row |= {
            "y": HEADER + COLUMN_ROW * (squads.index(row["squad"]) + 0.5),
            "start": left,
            "full": left + 100,
            "end": None if row["score"] is None else left + row["score"],
        }
    most = COLUMN_STEP * (len(columns) - 1) + 100
    height = HEADER + COLUMN_ROW * len(squads) + 2

    def column(field: str) -> alt.X:
        return across(field, left=f"{NAMES} + 8", right="width", most=most)

    headings = [
        {"x": COLUMN_STEP * place, "y": HEADER / 2, "name": name}
        for place, name in enumerate(in_order(levels, "level_short"))
    ]
    y = pixels_down("y", height=height)
    return finished(
        [
            layer(
                "bar",
                encode={
                    "x": column("start"),
                    "x2": alt.X2(field="full"),
                    "y": y,
                    "description": described(),
                    "tooltip": _hover(words),
                },
                orient="horizontal",
                size=8,
                yOffset=8,
                color=style.track,
                cornerRadius=2,
            ),
            layer(
                "bar",
                only="isValid(datum.end)",
                encode={
                    "x": column("start"),
                    "x2": alt.X2(field="end"),
                    "y": y,
                    "tooltip": _hover(words),
                },
                orient="horizontal",
                size=8,
                yOffset=8,
                color=style.series[0],
                cornerRadius=2,
            ),
            layer(
                "text",
                encode={"x": column("start"), "y": y, "text": text("value")},
                dy=-5,
                align="left",
                baseline="middle",
                fontWeight=600,
            ),
            _column_headings(headings, column("x"), height=height, align="left", small=10),
            _squad_names(squads, top=HEADER, step=COLUMN_ROW, words=words, height=height),
        ],
        rows=rows,
        height=height,
        style=style,
    )


def _column_headings(
    headings: Sequence[Row], x: alt.X, *, height: int, align: str = "center", small: int = 11
) -> alt.Chart:
    return layer(
        "text",
        rows=named("headings", headings),
        encode={"x": x, "y": pixels_down("y", height=height), "text": text("name")},
        align=align,
        baseline="middle",
        fontSize=expression(f"{NARROW} ? {small} : 13"),
        fontWeight=600,
    )


def _squad_names(
    squads: Sequence[str], *, top: int, step: int, words: Words, height: int
) -> alt.Chart:
    rows = [{"squad": squad, "y": top + step * (place + 0.5)} for place, squad in enumerate(squads)]
    return layer(
        "text",
        rows=named("squads", rows),
        encode={
            "y": pixels_down("y", height=height),
            "text": text("squad"),
            "tooltip": tooltips({"squad": words.gettext("Squad")}),
        },
        x=0,
        align="left",
        baseline="middle",
        limit=expression(f"{NAMES} - 10"),
        fontSize=expression(f"{NARROW} ? 12 : 13"),
    )

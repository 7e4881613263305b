"""On what the voices of one round are divided: one square per voice, answer by answer."""

from __future__ import annotations

from textwrap import wrap

import altair as alt
import pandas as pd

from assessment.charts import wording
from assessment.charts.drawing import (
    HEADING,
    LEFT,
    NARROW,
    Row,
    bar,
    coloured,
    described,
    expression,
    finished,
    in_order,
    label,
    layer,
    linear,
    named,
    pixels_down,
    records,
    tooltips,
)
from assessment.charts.style import Style
from assessment.languages import Words

STEP, SQUARE = 24, 16
LINE, GAP = 18, 20
THIN = 40
"""Characters of a heading on one line of a phone."""

MOST_SQUARES = 40
"""Voices told apart as squares; more than that stand as one bar."""

NAMES = f"({NARROW} ? 96 : min(150, width * 0.26))"
ROOM = 44
"""Pixels kept free for the count behind the longest row."""


def divided_voices(divided: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """Question by question in the given order: a row per answer, a square per voice.

    The number behind a row says how many voices it is. An answer's colour only repeats what its
    name says.
    """
    _ = words.gettext
    found = records(divided)
    most = max((row["voices"] for row in found), default=1) or 1
    rows: list[Row] = []
    heads: list[Row] = []
    down = 4.0
    for about in in_order(divided, "about"):
        answers = [row for row in found if row["about"] == about]
        head = _head(answers[0]["short"], y=down)
        heads.append(head)
        down += LINE * head["lines"] + 6
        for row in answers:
            rows.append(_row(row, y=down + STEP / 2, words=words, style=style))
            down += STEP
        down += GAP
    height = round(down - GAP) if rows else STEP
    y = pixels_down("y", height=height)
    length = linear((0, most), (expression(NAMES), expression(_end(most))))
    across = alt.X(field="start", type="quantitative", scale=length, axis=None)
    titles = {"short": _("About"), "option": _("Answer"), "said": _("Voices")}
    at = {"y": y, "tooltip": tooltips(titles)}
    cuts = [
        {"cut": cut, "y": row["y"]}
        for row in rows
        for cut in range(1, row["voices"])
        if most <= MOST_SQUARES
    ]
    cut = alt.X(field="cut", type="quantitative", scale=length, axis=None)
    data = named("heads", heads)
    return finished(
        [
            bar(
                across,
                "voices",
                at | {"color": coloured("colour", None), "description": described()},
                size=SQUARE,
                cornerRadius=2,
            ),
            layer(
                "tick",
                rows=named("cuts", cuts),
                encode={"x": cut, "y": y},
                orient="vertical",
                size=SQUARE + 2,
                thickness=2,
                color=style.background,
            ),
            label("option", {"y": y}, limit=expression(f"{NAMES} - 8"), **LEFT),
            label(
                "said",
                {"y": y, "x": alt.X(field="voices", type="quantitative", scale=length, axis=None)},
                dx=8,
                align="left",
                fontWeight=600,
            ),
            layer(
                "text",
                rows=data,
                encode={"y": y, "tooltip": tooltips({"name": _("About")})},
                text=expression(f"{NARROW} ? datum.wrapped : datum.name"),
                dy=expression(f"{NARROW} ? 0 : (datum.lines - 1) * {LINE}"),
                lineBreak="\n",
                lineHeight=LINE,
                baseline="top",
                limit=expression("width"),
                **LEFT,
                **HEADING,
            ),
        ],
        rows=rows,
        height=height,
        style=style,
    )


def _end(most: int) -> str:
    """Where the longest row ends: squares stay squares as long as there is room for them."""
    return f"min(width - {ROOM}, {NAMES} + {most * (SQUARE + 2)})"


def _head(short: str, *, y: float) -> Row:
    lines = wrap(short, THIN, max_lines=2, placeholder="…")
    return {"name": short, "wrapped": "\n".join(lines), "lines": len(lines), "y": y}


def _row(row: Row, *, y: float, words: Words, style: Style) -> Row:
    colours = {0.0: style.trouble, 0.5: style.muted, 1.0: style.healthy}
    return {
        "short": row["short"],
        "option": row["option_name"],
        "voices": row["voices"],
        "said": words.number(row["voices"]),
        "start": 0,
        "y": y,
        "colour": colours.get(row["health"], style.muted),
        "description": words.gettext("{item}, {option}: {voices}").format(
            item=row["short"],
            option=row["option_name"],
            voices=wording.voices(row["voices"], words=words),
        ),
    }

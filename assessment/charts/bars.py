"""One squad's levels as horizontal bars: score, stage, and change since the last round."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.charts import wording
from assessment.charts.drawing import (
    REGULAR,
    Row,
    across,
    described,
    expression,
    finished,
    layer,
    named,
    pixels_down,
    records,
    text,
    tooltips,
)
from assessment.charts.style import Style
from assessment.languages import BLANK, Words

STEP = 48
BAR = 18
TO_NAME = 18
AXIS = 18
MARKS = (0, 25, 50, 75, 100)

ROOM_FOR_LABEL = 124
"""Pixels right of the bars for "100 · Compensated", so that swapped rows always fit."""

ROOM_FOR_CHANGE = 50


def level_bars_rows(levels: pd.DataFrame, *, words: Words) -> list[Row]:
    """One display-ready row per level, as `level_bars` draws it.

    A page that redraws at every answer keeps the spec of one `level_bars` chart and replaces
    the rows in `spec["data"]["values"]`; level names and their order must stay the same.
    """
    rows = []
    for place, level in enumerate(records(levels)):
        score, covered = level["score"], words.percent(level["coverage"])
        missing = words.gettext("not enough answers ({share} covered)").format(share=covered)
        change = wording.change(level["change"], words=words)
        label = (
            ""
            if score is None
            else wording.score_and_stage(score, level["stage_name"], words=words)
        )
        rows.append(
            {
                "level": level["level"],
                "name": level["level_name"],
                "y": STEP * place + TO_NAME + BAR / 2 + 6,
                "start": 0,
                "end": 100,
                "score": score,
                "label": label,
                "moved": change,
                "missing": missing if score is None else "",
                "value": words.score(score),
                "stage_name": level["stage_name"] or BLANK,
                "coverage": covered,
                "change": change or BLANK,
                "description": f"{level['level_name']}: {missing}"
                if score is None
                else wording.out_of_hundred(
                    level["squad"], level["level_name"], score, words=words
                ),
            }
        )
    return rows


def level_bars(levels: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """The bars of one squad, each named above, with "72 · Framed" and "▲ +14" at its end.

    An unscored level has no bar; it says how much of it is covered. Gaps at 25, 50 and 75 show
    where stages begin.
    """
    rows = level_bars_rows(levels, words=words)
    _, height = words.gettext, STEP * len(rows) + AXIS
    longest = max((len(row["label"]) for row in rows), default=0)
    room = max(ROOM_FOR_LABEL, round(longest * REGULAR) + 14)
    if any(row["moved"] for row in rows):
        room += ROOM_FOR_CHANGE

    y = pixels_down("y", height=height)

    def score(field: str) -> alt.X:
        return across(field, left="0", right=f"width - {room}")

    titles = {
        "name": _("Level"),
        "value": _("Score"),
        "stage_name": _("Stage"),
        "coverage": _("Covered"),
        "change": _("Change"),
    }
    hover = tooltips(titles)
    gaps = [{"x": mark, "y": row["y"]} for row in rows for mark in MARKS[1:-1]]
    axis = [{"x": mark, "y": height - 8, "label": words.number(mark)} for mark in MARKS]
    return finished(
        [
            layer(
                "bar",
                encode={
                    "x": score("start"),
                    "x2": alt.X2(field="end"),
                    "y": y,
                    "description": described(),
                    "tooltip": hover,
                },
                orient="horizontal",
                size=BAR,
                color=style.track,
                cornerRadius=3,
            ),
            layer(
                "bar",
                only="isValid(datum.score)",
                encode={"x": score("start"), "x2": alt.X2(field="score"), "y": y, "tooltip": hover},
                orient="horizontal",
                size=BAR,
                color=style.series[0],
                cornerRadius=3,
            ),
            layer(
                "tick",
                rows=named("gaps", gaps),
                encode={"x": score("x"), "y": y},
                orient="vertical",
                size=BAR + 2,
                thickness=2,
                color=style.background,
            ),
            layer(
                "text",
                encode={"y": y, "text": text("name")},
                x=0,
                dy=-TO_NAME,
                align="left",
                baseline="middle",
                fontSize=14,
                fontWeight=600,
            ),
            layer(
                "text",
                encode={"y": y, "text": text("label")},
                x=expression(f"width - {room - 10}"),
                align="left",
                baseline="middle",
            ),
            layer(
                "text",
                encode={"y": y, "text": text("moved")},
                x=expression("width"),
                align="right",
                baseline="middle",
                fontWeight=600,
            ),
            layer(
                "text",
                encode={"y": y, "text": text("missing")},
                x=8,
                align="left",
                baseline="middle",
                color=style.muted,
                fontSize=12,
                fontStyle="italic",
            ),
            layer(
                "text",
                rows=named("axis", axis),
                encode={"x": score("x"), "y": y, "text": text("label")},
                align=expression("datum.x == 0 ? 'left' : 'center'"),
                baseline="middle",
                color=style.muted,
                fontSize=11,
            ),
        ],
        rows=rows,
        height=height,
        style=style,
    )

"""One squad's levels as horizontal bars: score, stage, and change since the last round."""

from __future__ import annotations

from functools import partial

import altair as alt
import pandas as pd

from assessment.charts import wording
from assessment.charts.drawing import (
    AXIS,
    HEADING,
    LEFT,
    REGULAR,
    RIGHT,
    Row,
    across,
    bars_on_tracks,
    expression,
    finished,
    label,
    pixels_down,
    quiet,
    records,
    score_axis,
    stage_gaps,
    tooltips,
)
from assessment.charts.style import Style
from assessment.languages import BLANK, Words

STEP = 48
BAR = 18
TO_NAME = 18

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
        told = (
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
                "label": told,
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
    score = partial(across, left="0", right=f"width - {room}")
    titles = {
        "name": _("Level"),
        "value": _("Score"),
        "stage_name": _("Stage"),
        "coverage": _("Covered"),
        "change": _("Change"),
    }
    at = {"y": y}
    return finished(
        [
            *bars_on_tracks(
                score,
                y,
                hover=tooltips(titles),
                colour=alt.ColorValue(style.series[0]),
                style=style,
                size=BAR,
                cornerRadius=3,
            ),
            stage_gaps(rows, score, y, bar=BAR, style=style),
            label("name", at, dy=-TO_NAME, **LEFT, **HEADING),
            label("label", at, x=expression(f"width - {room - 10}"), align="left"),
            label("moved", at, fontWeight=600, **RIGHT),
            label("missing", at, x=8, align="left", fontStyle="italic", **quiet(style)),
            score_axis(score, height=height, words=words, style=style),
        ],
        rows=rows,
        height=height,
        style=style,
    )

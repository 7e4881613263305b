"""One squad's lenses as horizontal bars, with what is in trouble in each."""

from __future__ import annotations

from functools import partial

import altair as alt
import pandas as pd

from assessment.charts import wording
from assessment.charts.drawing import (
    AXIS,
    HEADING,
    LEFT,
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
    tooltips,
)
from assessment.charts.style import Style
from assessment.languages import BLANK, Words

STEP = 66
BAR = 16
TO_NAME = 18
ROOM = 36
"""Pixels right of the bars for a score."""

ROOM_FOR_CHANGE = 50


def lens_bars(lenses: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """A bar per lens from 0 to 100, named above, what is in trouble below it.

    A lens without an answer, or about a role that nobody holds, has no bar and says so.
    """
    _ = words.gettext
    rows = _rows(lenses, words=words)
    height = STEP * len(rows) + AXIS
    room = ROOM + (ROOM_FOR_CHANGE if any(row["moved"] for row in rows) else 0)
    score = partial(across, left="0", right=f"width - {room}")
    y = pixels_down("y", height=height)
    titles = {
        "name": _("Lens"),
        "value": _("Score"),
        "coverage": _("Covered"),
        "change": _("Change"),
        "trouble": _("In trouble"),
    }
    at, hover = {"y": y}, tooltips(titles)
    return finished(
        [
            *bars_on_tracks(
                score,
                y,
                hover=hover,
                colour=alt.ColorValue(style.series[0]),
                style=style,
                size=BAR,
                cornerRadius=3,
            ),
            label("name", at, dy=-TO_NAME, limit=expression("width"), **LEFT, **HEADING),
            label("told", at, x=expression(f"width - {room - 10}"), align="left", fontWeight=600),
            label("moved", at, fontWeight=600, **RIGHT),
            label("missing", at, x=8, align="left", fontStyle="italic", **quiet(style)),
            label(
                "below",
                at | {"tooltip": hover},
                dy=BAR + 1,
                limit=expression("width"),
                **LEFT,
                **quiet(style),
            ),
            score_axis(score, height=height, words=words, style=style),
        ],
        rows=rows,
        height=height,
        style=style,
    )


def _rows(lenses: pd.DataFrame, *, words: Words) -> list[Row]:
    _ = words.gettext
    rows = []
    for place, lens in enumerate(records(lenses)):
        score = lens["score"]
        moved = wording.change(lens["change"], words=words)
        missing = ""
        if not lens["applies"]:
            missing = _("does not apply in this setup")
        elif score is None:
            missing = _("not answered")
        value = words.score(score)
        rows.append(
            {
                "name": lens["lens_name"],
                "y": STEP * place + TO_NAME + BAR / 2 + 6,
                "start": 0,
                "end": 100,
                "score": score,
                "value": value,
                "told": "" if score is None else value,
                "moved": moved,
                "change": moved or BLANK,
                "missing": missing,
                "coverage": words.percent(lens["coverage"]),
                "trouble": lens["trouble"] or BLANK,
                "below": _("In trouble: {trouble}").format(trouble=lens["trouble"])
                if lens["trouble"]
                else "",
                "description": f"{lens['lens_name']}: {missing}"
                if missing
                else _("{lens}: {score} out of 100").format(lens=lens["lens_name"], score=value),
            }
        )
    return rows

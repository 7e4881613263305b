"""Whom the voices of one squad name for the decisions on which they differ."""

from __future__ import annotations

from functools import partial

import altair as alt
import pandas as pd

from assessment.charts import wording
from assessment.charts.drawing import (
    HEADING,
    LEFT,
    NARROW,
    RIGHT,
    Row,
    across,
    bars_on_tracks,
    expression,
    finished,
    in_order,
    label,
    named,
    pixels_down,
    quiet,
    records,
    tooltips,
)
from assessment.charts.style import Style
from assessment.languages import Words

STEP, BAR = 22, 12
HEADER, GAP = 30, 12
NAMES = f"({NARROW} ? 78 : 110)"
"""Width of the roles' names at the left."""


def contested_bars(contested: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """Decision by decision in the given order: a bar per role named, as long as its voices.

    Full length is every voice that named somebody. How far voices lie apart stands at the right.
    """
    _ = words.gettext
    rows: list[Row] = []
    heads: list[Row] = []
    down = 0
    for decision in in_order(contested, "decision"):
        found = records(contested[contested["decision"] == decision])
        heads.append(_head(found[0], y=down + HEADER / 2, words=words))
        down += HEADER
        rows += [_bar(row, y=down + STEP * (place + 0.5)) for place, row in enumerate(found)]
        down += STEP * len(found) + GAP
    for row in rows:
        row |= _said(row, words=words)
    share = partial(across, left=NAMES, right="width - 62", most=1)
    y = pixels_down("y", height=down)
    titles = {"decision": _("Decision"), "role": _("Role"), "said": _("Voices")}
    data = named("decisions", heads)
    return finished(
        [
            *bars_on_tracks(
                share,
                y,
                hover=tooltips(titles),
                colour=alt.ColorValue(style.series[0]),
                style=style,
                score="share",
                size=BAR,
                cornerRadius=2,
            ),
            label("role", {"y": y}, limit=expression(f"{NAMES} - 8"), **LEFT),
            label("said", {"y": y}, fontWeight=600, **RIGHT),
            label(
                "name",
                {"y": y, "tooltip": tooltips({"name": _("Decision")})},
                rows=data,
                limit=expression("width - 130"),
                **LEFT,
                **HEADING,
            ),
            label("apart", {"y": y}, rows=data, **RIGHT, **quiet(style)),
        ],
        rows=rows,
        height=down,
        style=style,
    )


def _head(found: Row, *, y: float, words: Words) -> Row:
    return {
        "name": found["decision_short"],
        "y": y,
        "apart": words.gettext("{share} apart").format(share=words.percent(found["disagreement"])),
    }


def _bar(row: Row, *, y: float) -> Row:
    return {
        "decision": row["decision_short"],
        "role": row["role_name"],
        "named": row["named"],
        "voices": row["voices"],
        "y": y,
        "start": 0,
        "end": 1,
        "share": row["named"] / row["voices"],
    }


def _said(row: Row, *, words: Words) -> Row:
    said = words.gettext("{count} of {voices}").format(
        count=words.number(row["named"]), voices=words.number(row["voices"])
    )
    described = words.gettext("{decision}, {role}: named by {count} of {voices}").format(
        decision=row["decision"],
        role=row["role"],
        count=words.number(row["named"]),
        voices=wording.voices(row["voices"], words=words),
    )
    return {"said": said, "description": described}

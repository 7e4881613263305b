"""How empty the PM and PO seats look: a bullet bar per seat, bands at 25 and 50."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

import altair as alt
import pandas as pd

from assessment.charts.drawing import (
    AXIS,
    HEADING,
    LEFT,
    PRESSURE_BANDS,
    RIGHT,
    Row,
    across,
    bar,
    coloured,
    described,
    expression,
    finished,
    label,
    named,
    pixels_down,
    records,
    score_axis,
    tooltips,
)
from assessment.charts.style import Style
from assessment.languages import Words

STEP = 82
BAND, BAR = 22, 10


def seat_pressures(pressures: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """The pressure on each seat from 0 to 100 (high is bad), with its reading in words below.

    A seat without enough answers has no bar, only its reading.
    """
    _ = words.gettext
    rows = _rows(pressures, words=words, style=style)
    height = STEP * len(rows) + AXIS
    pressure = partial(across, left="0", right="width - 44")
    at = {"y": pixels_down("y", height=height)}
    tinted = at | {"color": coloured("colour", None)}
    bands: list[Row] = [
        {"x": start, "end": end, "y": row["y"], "colour": tint}
        for row in rows
        for (start, end), tint in zip(pairwise(PRESSURE_BANDS), style.bands, strict=True)
    ]
    titles = {"seat": _("Seat"), "value": _("Pressure"), "reading": _("Reading")}
    hover = {"tooltip": tooltips(titles)}
    known = "isValid(datum.pressure)"
    whole_width = {"limit": expression("width"), **LEFT}
    return finished(
        [
            bar(pressure("x"), "end", tinted, rows=named("bands", bands), size=BAND),
            bar(pressure("start"), "pressure", tinted | hover, only=known, size=BAR),
            label("value", at, only=known, fontSize=16, fontWeight=600, **RIGHT),
            label("seat", at | {"description": described()}, dy=-24, **HEADING, **whole_width),
            label("reading", at | hover, dy=23, color=style.muted, **whole_width),
            score_axis(pressure, height=height, words=words, style=style, marks=PRESSURE_BANDS),
        ],
        rows=rows,
        height=height,
        style=style,
    )


def _rows(pressures: pd.DataFrame, *, words: Words, style: Style) -> list[Row]:
    rows = []
    for place, seat in enumerate(records(pressures)):
        pressure = seat["pressure"]
        heavy = pressure is not None and pressure >= PRESSURE_BANDS[-2]
        value = words.score(pressure)
        rows.append(
            {
                "seat": seat["seat"],
                "reading": seat["reading"],
                "y": STEP * place + 44,
                "start": 0,
                "pressure": pressure,
                "value": value,
                "colour": style.trouble if heavy else style.healthy,
                "description": f"{seat['seat']}: {seat['reading']}"
                if pressure is None
                else words.gettext("{seat}: pressure {value} out of 100. {reading}").format(
                    seat=seat["seat"], value=value, reading=seat["reading"]
                ),
            }
        )
    return rows

"""How empty the PM and PO seats look: a bullet bar per seat, bands at 25 and 50."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.charts.drawing import (
    Row,
    across,
    coloured,
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
from assessment.languages import Words

STEP = 82
BAND, BAR = 22, 10
AXIS = 18
BANDS = (0, 25, 50, 100)


def seat_pressures(pressures: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """The pressure on each seat from 0 to 100 (high is bad), with its reading in words below.

    A seat without enough answers has no bar, only its reading.
    """
    _ = words.gettext
    rows = _rows(pressures, words=words, style=style)
    height = STEP * len(rows) + AXIS

    def pressure(field: str) -> alt.X:
        return across(field, left="0", right="width - 44")

    y = pixels_down("y", height=height)
    bands: list[Row] = [
        {"x": start, "end": end, "y": row["y"], "colour": tint}
        for row in rows
        for start, end, tint in zip(BANDS, BANDS[1:], style.bands, strict=False)
    ]
    axis = [{"x": mark, "y": height - 8, "label": words.number(mark)} for mark in BANDS]
    hover = tooltips({"seat": _("Seat"), "value": _("Pressure"), "reading": _("Reading")})
    return finished(
        [
            layer(
                "bar",
                rows=named("bands", bands),
                encode={
                    "x": pressure("x"),
                    "x2": alt.X2(field="end"),
                    "y": y,
                    "color": coloured("colour", None),
                },
                orient="horizontal",
                size=BAND,
            ),
            layer(
                "bar",
                only="isValid(datum.pressure)",
                encode={
                    "x": pressure("start"),
                    "x2": alt.X2(field="pressure"),
                    "y": y,
                    "color": coloured("colour", None),
                    "tooltip": hover,
                },
                orient="horizontal",
                size=BAR,
            ),
            layer(
                "text",
                only="isValid(datum.pressure)",
                encode={"y": y, "text": text("value")},
                x=expression("width"),
                align="right",
                baseline="middle",
                fontSize=16,
                fontWeight=600,
            ),
            layer(
                "text",
                encode={"y": y, "text": text("seat"), "description": described()},
                x=0,
                dy=-24,
                align="left",
                baseline="middle",
                fontSize=14,
                fontWeight=600,
                limit=expression("width"),
            ),
            layer(
                "text",
                encode={"y": y, "text": text("reading"), "tooltip": hover},
                x=0,
                dy=23,
                align="left",
                baseline="middle",
                color=style.muted,
                limit=expression("width"),
            ),
            layer(
                "text",
                rows=named("axis", axis),
                encode={"x": pressure("x"), "y": y, "text": text("label")},
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


def _rows(pressures: pd.DataFrame, *, words: Words, style: Style) -> list[Row]:
    rows = []
    for place, seat in enumerate(records(pressures)):
        pressure = seat["pressure"]
        heavy = pressure is not None and pressure >= BANDS[2]
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

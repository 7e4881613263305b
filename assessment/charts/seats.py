"""How empty the PM and PO seats look: a bullet bar per seat, bands at 25 and 50."""

from itertools import pairwise

import altair as alt
import pandas as pd

from assessment.charts import draw
from assessment.charts.rows import Row, records
from assessment.charts.style import Style
from assessment.languages import Words

STEP = 60
BAND, BAR = 22, 10
PRESSURES = (0, 25, 50, 100)
"""Where a seat's pressure turns from calm to rising, and from rising to heavy."""


def seat_pressures(pressures: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """The pressure on each seat from 0 to 100 (high is bad); no bar without enough answers."""
    _ = words.gettext
    rows = _rows(pressures, words=words, style=style)
    height = STEP * len(rows) + draw.AXIS
    pressure, at = draw.across("0", "width - 44"), {"y": draw.down(height)}
    tinted = at | {"color": draw.coloured("colour")}
    bands: list[Row] = [
        {"x": start, "end": end, "y": row["y"], "colour": tint}
        for row in rows
        for (start, end), tint in zip(pairwise(PRESSURES), style.bands, strict=True)
    ]
    hover = draw.tooltips(seat=_("Seat"), value=_("Pressure"), reading=_("Reading"))
    about = {"tooltip": hover}
    known = "isValid(datum.pressure)"
    said = at | {"description": draw.described()}
    layers = [
        draw.bar(pressure("x"), "end", tinted, rows=draw.table("bands", bands), size=BAND),
        draw.bar(pressure("start"), "pressure", tinted | about, only=known, size=BAR),
        draw.label("value", at, only=known, fontSize=16, **draw.BOLD, **draw.RIGHT),
        draw.label("seat", said, dy=-24, **draw.HEADING, limit=draw.expr("width"), **draw.LEFT),
        draw.score_axis(pressure, height=height, words=words, style=style, marks=PRESSURES),
    ]
    return draw.chart(layers, rows=rows, height=height, style=style)


def _rows(pressures: pd.DataFrame, *, words: Words, style: Style) -> list[Row]:
    rows = []
    for index, seat in enumerate(records(pressures)):
        name, pressure, reading = seat["seat"], seat["pressure"], seat["reading"]
        heavy = pressure is not None and pressure >= PRESSURES[-2]
        value = words.score(pressure)
        known = words.gettext("{seat}: pressure {value} out of 100. {reading}").format(
            seat=name, value=value, reading=reading
        )
        rows.append(
            {
                "seat": name,
                "reading": reading,
                "y": STEP * index + 44,
                "start": 0,
                "pressure": pressure,
                "value": value,
                "colour": style.trouble if heavy else style.healthy,
                "description": words.labelled(name, reading) if pressure is None else known,
            }
        )
    return rows

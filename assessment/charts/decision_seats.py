"""On which seat decisions end: squads by levels, the seat and how many decisions in every cell."""

import altair as alt
import pandas as pd

from assessment.charts import draw, squads
from assessment.charts.rows import Row, records
from assessment.charts.style import Style, ink_on
from assessment.languages import BLANK, Words

CELL = 40
LINE = 8
"""Pixels from the middle of a cell to each of its two lines."""

STACKED = 11
"""Height of a seat's line on a phone, where a cell has a line for each of its seats."""

LONG = 9
"""Letters of a seat's name from which they are smaller on a phone."""


def decision_seats(seats: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """Squads by levels: the seats on which most decisions end, and how many of those answered.

    Cells with the seat that is told are filled; an outline stands where nothing was answered, a
    dash where most decisions end on no seat.
    """
    _ = words.gettext
    x, levels = squads.columns(seats, "level"), seats["level"].nunique()
    rows = [_row(cell, words=words, style=style) for cell in records(seats)]
    names = list(dict.fromkeys(row["squad"] for row in rows))
    step = CELL + STACKED * max(0, max((row["lines"] for row in rows), default=0) - 2)
    y = squads.squads_down(names, step=step)
    hover = draw.tooltips(
        squad=_("Squad"),
        level_name=_("Level"),
        told=_("Seat"),
        counted=_("Decisions that end up there"),
        elsewhere=_("Of these, belonging to another role"),
    )
    edge = alt.Stroke(field="edge", type="nominal", scale=None, legend=None)
    about = {"tooltip": hover, "description": draw.described(), "stroke": edge}
    at = {"x": x, "y": y, "color": draw.coloured("ink"), "tooltip": hover}
    room = draw.expr(f"(width - {squads.NAMES}) / {max(1, levels)} - 4")
    fill = {"x": x, "y": y, "color": draw.coloured("fill")}
    off = f"({LINE} + {STACKED / 2} * (datum.lines - 1))"
    seat: draw.Properties = {
        "text": draw.on_phone("datum.stacked", "datum.seat"),
        "dy": draw.on_phone(f"-{off}", -LINE),
        "lineBreak": "\n",
        "lineHeight": STACKED,
        "fontSize": draw.on_phone(f"(datum.longest > {LONG} ? 8.5 : 10)", 13),
    }
    below = draw.on_phone(off, LINE)
    layers = [
        draw.layer("rect", fill | about, strokeWidth=2, cornerRadius=4),
        draw.layer("text", at, limit=room, **seat, **draw.BOLD),
        draw.label("counted", at, dy=below, limit=room, fontSize=draw.on_phone(9.5, 12)),
        squads.level_headings(seats, x),
        squads.squad_names(names, y, words=words),
    ]
    height = squads.HEADER + step * len(names) + 2
    return draw.chart(layers, rows=rows, height=height, style=style)


def _row(cell: Row, *, words: Words, style: Style) -> Row:
    fill = "transparent"
    if cell["seat"]:
        fill = style.healthy if cell["is_told"] else style.track
    counted = words.gettext("{count} of {voices}", count=cell["decisions"], voices=cell["answered"])
    text = words.gettext("{squad}, {level}: {seat}, {counted}")
    if cell["unanswered"]:
        text = words.gettext("{squad}, {level}: {unanswered}")
    elif not cell["seat"]:
        text = words.gettext(
            "{squad}, {level}: no seat is named for more than half of the decisions"
        )
    seats = (cell["seat"] or BLANK).split(", ")
    return cell | {
        "seat": ", ".join(seats),
        "stacked": ",\n".join(seats),
        "lines": len(seats),
        "longest": max(map(len, seats)),
        "told": cell["told"] or cell["unanswered"] or BLANK,
        "counted": counted if cell["seat"] else "",
        "elsewhere": words.number(cell["elsewhere"]),
        "fill": fill,
        "edge": style.muted if cell["unanswered"] else style.background,
        "ink": style.text if fill == "transparent" else ink_on(fill),
        "description": text.format(
            squad=cell["squad"],
            level=cell["level_name"],
            seat=cell["told"],
            counted=counted,
            unanswered=cell["unanswered"],
        ),
    }

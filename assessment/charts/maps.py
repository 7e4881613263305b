"""Who is strong or weak at what: squads by levels or by lenses, a number in every cell."""

from collections.abc import Sequence
from textwrap import wrap

import altair as alt
import pandas as pd

from assessment.charts import draw, squads
from assessment.charts.rows import Row, records
from assessment.charts.style import Style
from assessment.languages import BLANK, LEAKS, Words

CELL = 28
KEY = 30
"""Pixels below a map in which a line says what its colours are."""
HEADING_LINE, HEADING_CHARACTERS = 14, 9
"""Pixels per line of a heading that is wrapped, and after how many characters it is."""


def heat_map(levels: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """Squads by levels, each cell in the colour of its stage.

    The score is printed in it, marked where decisions leak or the stage is capped; a dash in an
    outline where it is not scored.
    """
    x = squads.columns(levels, "level")
    rows = squads.level_cells(levels, words=words)
    for row, level in zip(rows, records(levels), strict=True):
        if stage := row["stage"]:
            row["fill"], row["ink"] = style.staged(stage)
            row["value"] = words.in_cell(level["score"], stage, is_capped=level["is_capped"])
    at = {"x": x, "tooltip": squads.level_tooltip(words)}
    return _map(rows, at, squads.level_headings(levels, x), words=words, style=style)


def keyed_heat_map(levels: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """Squads by levels as a picture by itself: below it what its colours and marks stand for."""
    _, drawn = words.gettext, heat_map(levels, words=words, style=style)
    stages = {level["stage"]: level["stage_name"] for level in records(levels) if level["stage"]}
    told = [
        (f"{LEAKS.get(stage, '')} {name}".strip(), style.stage(int(stage)))
        for stage, name in sorted(stages.items())
    ]
    if levels["score"].isna().any():
        told.append((f"{BLANK} {_('not enough answers')}", "transparent"))
    if levels["is_capped"].any():
        told.append((_("* capped by an answer"), "transparent"))
    rows: list[Row] = []
    for text, fill in told:
        left = rows[-1]["x"] + 34 + 5.6 * len(rows[-1]["text"]) if rows else 8
        rows.append({"text": text, "fill": fill, "x": left})
    data, y = draw.table("key", rows), drawn.height + KEY / 2
    ink, x = {"color": draw.coloured("fill")}, draw.expr("datum.x")
    text_at = draw.expr("datum.x + 12")
    drawn.layer += [
        draw.dot(ink, rows=data, x=x, y=y, shape="square", size=140),
        draw.label("text", {}, rows=data, x=text_at, y=y, align="left", fontSize=11),
    ]
    drawn.height += KEY
    return drawn


def fit_map(fit: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """Squads by levels: how many of the decisions answered are clear, then their fit.

    The lower of the two gives its grey: only a level has the colour of a stage. A dash stands
    unanswered.
    """
    _ = words.gettext
    x = squads.columns(fit, "level")
    rows = [_fit_row(cell, words=words, style=style) for cell in records(fit)]
    hover = draw.tooltips(
        squad=_("Squad"), name=_("Level"), clear=_("Clear decisions"), fit=_("Fit")
    )
    headings = squads.level_headings(fit, x)
    at, look = {"x": x, "tooltip": hover}, draw.BOLD | {"fontSize": draw.on_phone(10, 13)}
    return _map(rows, at, headings, words=words, style=style, look=look)


def lens_map(lenses: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """Squads by lenses, the score printed in every cell on its grey; a dash unanswered."""
    _ = words.gettext
    x = squads.columns(lenses, "lens")
    rows = [_lens_row(cell, words=words, style=style) for cell in records(lenses)]
    hover = draw.tooltips(squad=_("Squad"), name=_("Lens"), value=_("Score"))
    names = {lens["lens"]: wrap(lens["lens_name"], HEADING_CHARACTERS) for lens in records(lenses)}
    longest = max(map(len, names.values()), default=1)
    header = squads.HEADER + HEADING_LINE * (longest - 1)
    wrapped = [
        {"lens": lens, "wrapped": "\n".join(lines), "lines": len(lines)}
        for lens, lines in names.items()
    ]
    headings = draw.label(
        "wrapped",
        {"x": x},
        rows=draw.table("headings", wrapped),
        y=header - squads.HEADER / 2,
        dy=draw.expr(f"(1 - datum.lines) * {HEADING_LINE}"),
        lineBreak="\n",
        lineHeight=HEADING_LINE,
        fontSize=draw.on_phone(9.5, 13),
        **draw.BOLD,
    )
    at = {"x": x, "tooltip": hover}
    return _map(rows, at, headings, header=header, words=words, style=style)


def _fit_row(cell: Row, *, words: Words, style: Style) -> Row:
    _, squad, name = words.gettext, cell["squad"], cell["level_name"]
    fit = words.score(cell["fit"])
    row = {"squad": squad, "level": cell["level"], "name": name, "score": cell["lower"]}
    row |= {"value": cell["clear_and_fit"], "clear": cell["clear"], "fit": fit}
    text = _("{squad}, {level}: {unanswered}")
    if cell["lower"] is not None:
        row["fill"], row["ink"] = style.shaded(cell["lower"])
        text = _("{squad}, {level}: clear decisions {count}, fit {score}")
    described = {"count": cell["clear"], "score": fit, "unanswered": cell["unanswered"]}
    return row | {"description": text.format(squad=squad, level=name, **described)}


def _lens_row(cell: Row, *, words: Words, style: Style) -> Row:
    _, squad, name = words.gettext, cell["squad"], cell["lens_name"]
    value = words.score(cell["score"])
    spoken, colours = cell["missing"], {}
    if cell["score"] is not None:
        fill, ink = style.shaded(cell["score"])
        spoken, colours = value, {"fill": fill, "ink": ink}
    return colours | {
        "squad": squad,
        "lens": cell["lens"],
        "name": name,
        "score": cell["score"],
        "value": value,
        "description": _("{squad}, {lens}: {score}", squad=squad, lens=name, score=spoken),
    }


def _map(
    rows: Sequence[Row],
    at: draw.Properties,
    headings: alt.Chart,
    *,
    words: Words,
    style: Style,
    header: int = squads.HEADER,
    look: draw.Properties = draw.BOLD,
) -> alt.LayerChart:
    """Squads by columns, the value in every cell on its colour, an outline without one."""
    rows = [{"fill": "transparent", "ink": style.muted} | row for row in rows]
    names = list(dict.fromkeys(row["squad"] for row in rows))
    y = squads.squads_down(names, step=CELL, header=header)
    cell = at | {"y": y, "color": draw.coloured("fill"), "description": draw.described()}
    number = {"x": at["x"], "y": y, "color": draw.coloured("ink")}
    layers = [
        draw.layer("rect", cell, stroke=style.background, strokeWidth=2, cornerRadius=4),
        _outlines(at["x"], y, style=style),
        draw.label("value", number, **look),
        headings,
        squads.squad_names(names, y, words=words),
    ]
    height = header + CELL * len(names) + 2
    return draw.chart(layers, rows=rows, height=height, style=style)


def _outlines(x: alt.X, y: alt.Y, *, style: Style) -> alt.Chart:
    """Outlines of the cells without a value, within their cells: no neighbour lies over them."""
    within: draw.Properties = {"width": {"band": 0.96}, "height": {"band": 0.86}}
    look: draw.Properties = {"filled": False, "stroke": style.muted, "strokeWidth": 1.5}
    only = "!isValid(datum.score)"
    return draw.layer("rect", {"x": x, "y": y}, only=only, cornerRadius=4, **within, **look)

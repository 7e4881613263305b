"""Many squads at once: grouped bars per level, and heat maps that print every score."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from textwrap import wrap

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
    coloured,
    described,
    expression,
    finished,
    in_order,
    label,
    layer,
    named,
    pixels_down,
    quiet,
    records,
    shaped,
    stage_gaps,
    text,
    tooltips,
)
from assessment.charts.style import MOST_SERIES, Style
from assessment.languages import BLANK, Words

NAMES = f"({NARROW} ? 94 : min(240, width * 0.28))"
"""Width of the squads' names at the left; longer names end in an ellipsis."""

HEADER = 26
HEADING_LINE, HEADING_CHARACTERS = 14, 9
"""Pixels per line of a heading that is wrapped, and after how many characters it is."""

GROUP_GAP = 14
CELL = 28
COLUMN_STEP = 116
COLUMN_ROW = 32


def grouped_bars(levels: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """Bars by level, one per squad, named at the left, with the score at the end.

    Up to eight squads have their radar's colours and shapes; beyond, one row per squad and one
    column of bars per level, all in one colour, which stays readable up to fifty squads.
    """
    if levels["squad"].nunique() > MOST_SERIES:
        return _bars_in_columns(levels, words=words, style=style)
    return _bars_in_groups(levels, words=words, style=style)


def heat_map(levels: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """Squads by levels, the score printed in every cell; a dash where it is not scored."""
    x = _columns_across(levels, "level")
    headings = _column_headings(levels, x)
    rows = _rows(levels, words=words)
    return _cells(rows, x, headings, _hover(words), words=words, style=style)


def fit_map(fit: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """Squads by levels, the fit of who decides printed in every cell; a dash unanswered."""
    _ = words.gettext
    titles = {"squad": _("Squad"), "name": _("Level"), "value": _("Fit")}
    said = _("{squad}, {level}: fit {score}")
    x = _columns_across(fit, "level")
    rows = _measured(fit, "level", "level_name", "fit", said=said, words=words)
    headings = _column_headings(fit, x)
    return _cells(rows, x, headings, tooltips(titles), words=words, style=style)


def lens_map(lenses: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """Squads by lenses, the score printed in every cell; a dash unanswered."""
    _ = words.gettext
    titles = {"squad": _("Squad"), "name": _("Lens"), "value": _("Score")}
    said = _("{squad}, {lens}: {score}")
    x = _columns_across(lenses, "lens")
    rows = _measured(lenses, "lens", "lens_name", "score", said=said, words=words)
    names = records(lenses.drop_duplicates("lens")[["lens", "lens_name"]])
    wrapped = [wrap(name["lens_name"], HEADING_CHARACTERS) for name in names]
    header = HEADER + HEADING_LINE * (max(map(len, wrapped), default=1) - 1)
    headings = layer(
        "text",
        rows=named(
            "headings",
            [
                {"lens": name["lens"], "wrapped": "\n".join(lines), "lines": len(lines)}
                for name, lines in zip(names, wrapped, strict=True)
            ],
        ),
        encode={"x": x, "text": text("wrapped")},
        y=header - HEADER / 2,
        dy=expression(f"(1 - datum.lines) * {HEADING_LINE}"),
        lineBreak="\n",
        lineHeight=HEADING_LINE,
        fontSize=expression(f"{NARROW} ? 9.5 : 13"),
        fontWeight=600,
    )
    hover = tooltips(titles)
    return _cells(rows, x, headings, hover, header=header, words=words, style=style)


def _rows(levels: pd.DataFrame, *, words: Words) -> list[Row]:
    """One display-ready row per squad and level."""
    return [
        {
            "squad": level["squad"],
            "level": level["level"],
            "level_name": level["level_name"],
            "score": level["score"],
            "value": words.score(level["score"]),
            "stage": level["stage_name"] or BLANK,
            "description": wording.out_of_hundred(
                level["squad"], level["level_name"], level["score"], words=words
            ),
        }
        for level in records(levels)
    ]


def _hover(words: Words) -> list[alt.Tooltip]:
    _ = words.gettext
    return tooltips(
        {
            "squad": _("Squad"),
            "level_name": _("Level"),
            "value": _("Score"),
            "stage": _("Stage"),
        }
    )


def _columns_across(frame: pd.DataFrame, field: str) -> alt.X:
    """One column per value of a field, right of the squads' names."""
    cells = _bands(in_order(frame, field), (expression(NAMES), expression("width")))
    return alt.X(field=field, type="ordinal", scale=cells, axis=None)


def _measured(
    frame: pd.DataFrame, field: str, names: str, measure: str, *, said: str, words: Words
) -> list[Row]:
    """One display-ready row per squad and column."""
    rows = []
    for cell in records(frame):
        value = words.score(cell[measure])
        told = words.gettext("not answered") if cell[measure] is None else value
        rows.append(
            {
                "squad": cell["squad"],
                field: cell[field],
                "name": cell[names],
                "score": cell[measure],
                "value": value,
                "description": said.format(squad=cell["squad"], score=told, **{field: cell[names]}),
            }
        )
    return rows


def _cells(
    rows: Sequence[Row],
    x: alt.X,
    headings: alt.Chart,
    hover: Sequence[alt.Tooltip],
    *,
    header: int = HEADER,
    words: Words,
    style: Style,
) -> alt.LayerChart:
    """Squads by columns, the value printed in every cell."""
    squads = list(dict.fromkeys(row["squad"] for row in rows))
    for row in rows:
        fill, ink = (style.track, style.muted) if row["score"] is None else style.heat(row["score"])
        row |= {"fill": fill, "ink": ink}
    y = _squads_down(squads, step=CELL, header=header)
    at = {"x": x, "y": y}
    return finished(
        [
            layer(
                "rect",
                encode=at
                | {
                    "color": coloured("fill", None),
                    "description": described(),
                    "tooltip": hover,
                },
                stroke=style.background,
                strokeWidth=2,
                cornerRadius=4,
            ),
            label("value", at | {"color": coloured("ink", None)}, fontWeight=600),
            headings,
            _squad_names(squads, y, words=words),
        ],
        rows=rows,
        height=header + CELL * len(squads) + 2,
        style=style,
    )


def _bars_in_groups(levels: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    squads, groups = in_order(levels, "squad"), in_order(levels, "level")
    step = 22 if len(squads) <= 4 else 19
    bar = step - 6
    group = HEADER + step * len(squads) + GROUP_GAP
    rows = _rows(levels, words=words)
    for row in rows:
        place = groups.index(row["level"])
        row["y"] = group * place + HEADER + step * (squads.index(row["squad"]) + 0.5)
        row |= {"start": 0, "end": 100}
        row["missing"] = words.gettext("not enough answers") if row["score"] is None else ""
    height = group * len(groups)
    names = [
        {"y": group * place + HEADER / 2, "name": name}
        for place, name in enumerate(in_order(levels, "level_name"))
    ]
    score = partial(across, left=f"{NAMES} + 8", right="width - 32")
    y = pixels_down("y", height=height)
    at = {"y": y}
    colour = coloured("squad", style.colours_for(squads))
    shape = shaped("squad", style.shapes_for(squads))
    return finished(
        [
            *bars_on_tracks(
                score,
                y,
                hover=_hover(words),
                colour=colour,
                style=style,
                size=bar,
                cornerRadius=2,
            ),
            stage_gaps(rows, score, y, bar=bar, style=style),
            layer(
                "point",
                encode=at | {"color": colour, "shape": shape},
                x=7,
                filled=True,
                size=60,
                opacity=1,
            ),
            label(
                "squad",
                at | {"tooltip": tooltips({"squad": words.gettext("Squad")})},
                x=18,
                align="left",
                limit=expression(f"{NAMES} - 18"),
            ),
            label("value", at, only="isValid(datum.score)", fontWeight=600, **RIGHT),
            label(
                "missing",
                at | {"x": score("start")},
                dx=6,
                align="left",
                fontStyle="italic",
                **quiet(style),
            ),
            label("name", at, rows=named("headers", names), **LEFT, **HEADING),
        ],
        rows=rows,
        height=height,
        style=style,
    )


def _bars_in_columns(levels: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    squads, columns = in_order(levels, "squad"), in_order(levels, "level")
    rows = _rows(levels, words=words)
    for row in rows:
        left = COLUMN_STEP * columns.index(row["level"])
        row |= {
            "start": left,
            "full": left + 100,
            "end": None if row["score"] is None else left + row["score"],
        }
    most = COLUMN_STEP * (len(columns) - 1) + 100
    column = partial(across, left=f"{NAMES} + 8", right="width", most=most)
    y = _squads_down(squads, step=COLUMN_ROW)
    return finished(
        [
            *bars_on_tracks(
                column,
                y,
                full="full",
                score="end",
                hover=_hover(words),
                colour=alt.ColorValue(style.series[0]),
                style=style,
                size=8,
                yOffset=8,
                cornerRadius=2,
            ),
            label("value", {"x": column("start"), "y": y}, dy=-5, align="left", fontWeight=600),
            _column_headings(levels, column("start"), align="left", small=10),
            _squad_names(squads, y, words=words),
        ],
        rows=rows,
        height=HEADER + COLUMN_ROW * len(squads) + 2,
        style=style,
    )


def _bands(names: Sequence[str], reach: Sequence[float | alt.ExprRef]) -> alt.Scale:
    return alt.Scale(type="band", domain=list(names), range=list(reach), padding=0)


def _squads_down(squads: Sequence[str], *, step: int, header: int = HEADER) -> alt.Y:
    """One row per squad, `step` pixels high, under the columns' headings."""
    scale = _bands(squads, (header, header + step * len(squads)))
    return alt.Y(field="squad", type="ordinal", scale=scale, axis=None)


def _column_headings(
    levels: pd.DataFrame, x: alt.X, *, align: str = "center", small: int = 11
) -> alt.Chart:
    columns = levels.drop_duplicates("level")[["level", "level_short"]]
    headings = [
        column | {"start": COLUMN_STEP * place} for place, column in enumerate(records(columns))
    ]
    return label(
        "level_short",
        {"x": x},
        rows=named("headings", headings),
        y=HEADER / 2,
        align=align,
        fontSize=expression(f"{NARROW} ? {small} : 13"),
        fontWeight=600,
    )


def _squad_names(squads: Sequence[str], y: alt.Y, *, words: Words) -> alt.Chart:
    return label(
        "squad",
        {"y": y, "tooltip": tooltips({"squad": words.gettext("Squad")})},
        rows=named("squads", [{"squad": squad} for squad in squads]),
        limit=expression(f"{NAMES} - 10"),
        fontSize=expression(f"{NARROW} ? 12 : 13"),
        **LEFT,
    )

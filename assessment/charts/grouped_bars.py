"""Where many squads stand at each level: a bar per squad, level by level."""

import altair as alt
import pandas as pd

from assessment.charts import draw, squads
from assessment.charts.rows import Row, in_order, shortened
from assessment.charts.style import MOST_SERIES, Style
from assessment.languages import BLANK, Words

GROUP_GAP = 14
ON_PHONE = 13
"""Characters of a name that a bar's line has room for on a phone."""

COLUMN_ROW = 26


def grouped_bars(levels: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """Bars by level, one per squad, named at the left on one scale; the map above has the scores.

    Up to eight squads have their radar's colours and shapes; beyond, one row per squad and one
    column of bars per level, all in one colour, which stays readable up to fifty squads.
    """
    if levels["squad"].nunique() > MOST_SERIES:
        return _bars_in_columns(levels, words=words, style=style)
    return _bars_in_groups(levels, words=words, style=style)


def _bars_in_groups(levels: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    names, groups = in_order(levels, "squad"), in_order(levels, "level")
    step = 22 if len(names) <= 4 else 19
    bar = step - 6
    group = squads.HEADER + step * len(names) + GROUP_GAP
    height = group * len(groups) + draw.AXIS
    rows = squads.level_rows(levels, words=words)
    for row in rows:
        name, top = row["squad"], group * groups.index(row["level"]) + squads.HEADER
        row |= {
            "y": top + step * (names.index(name) + 0.5),
            "start": 0,
            "end": 100,
            "missing": words.gettext("not enough answers") if row["score"] is None else "",
            "name": name,
            "on_desk": shortened(name, characters=squads.ON_DESK),
            "short": shortened(name, characters=ON_PHONE),
        }
    heads: list[Row] = [
        {"y": group * index + squads.HEADER / 2, "name": name}
        for index, name in enumerate(in_order(levels, "level_name"))
    ]
    score, y = draw.across(f"{squads.NAMES} + 8", "width"), draw.down(height)
    at = {"y": y}
    series = draw.Series("squad", names, style)
    hover = {"tooltip": squads.level_tooltip(words)}
    squad = at | {"tooltip": draw.tooltips(squad=words.gettext("Squad"))}
    look: draw.Properties = {
        "text": draw.on_phone("datum.short", "datum.on_desk"),
        "align": "left",
        "fontSize": draw.on_phone(11, 13),
        "limit": draw.expr(f"{squads.NAMES} - 18"),
    }
    missing: draw.Properties = {"dx": 6, "align": "left", "fontStyle": "italic"}
    layers = [
        *draw.bars_on_tracks(
            score, at | hover, colour=series.colour, style=style, size=bar, cornerRadius=2
        ),
        draw.stage_gaps(rows, score, y, bar=bar, style=style),
        draw.dot(at | {"color": series.colour, "shape": series.shape}, x=7, size=60),
        draw.layer("text", squad, x=18, **look),
        draw.label("missing", at | {"x": score("start")}, **missing, **draw.quiet(style)),
        draw.label("name", at, rows=draw.table("headers", heads), **draw.LEFT, **draw.HEADING),
        draw.score_axis(score, height=height, words=words, style=style, align=draw.TO_RIGHT),
    ]
    return draw.chart(layers, rows=rows, height=height, style=style)


def _bars_in_columns(levels: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    names, columns = in_order(levels, "squad"), in_order(levels, "level")
    rows = squads.level_rows(levels, words=words)
    for row in rows:
        left = squads.COLUMN_STEP * columns.index(row["level"])
        end = None if row["score"] is None else left + row["score"]
        missing = BLANK if end is None else ""
        row |= {"start": left, "full": left + 100, "end": end, "missing": missing}
    most = squads.COLUMN_STEP * (len(columns) - 1) + 100
    column = draw.across(f"{squads.NAMES} + 8", "width", most=most)
    y = squads.squads_down(names, step=COLUMN_ROW)
    layers = [
        *draw.bars_on_tracks(
            column,
            {"y": y, "tooltip": squads.level_tooltip(words)},
            style=style,
            fields=("end", "full"),
            size=10,
            cornerRadius=2,
        ),
        draw.label("missing", {"x": column("start"), "y": y}, dx=4, align="left"),
        squads.level_headings(levels, column("start"), align="left", small=10),
        squads.squad_names(names, y, words=words),
    ]
    height = squads.HEADER + COLUMN_ROW * len(names) + 2
    return draw.chart(layers, rows=rows, height=height, style=style)

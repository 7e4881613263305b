"""Where many squads stand at a level: a bar per squad."""

import altair as alt
import pandas as pd

from assessment.charts import draw, squads
from assessment.charts.style import Style
from assessment.languages import Words

STEP, BAR = 26, 14


def grouped_bars(levels: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """Bars of one level in the colour of their stage, the squads in their order.

    The map above has the scores; what marks them there stands at the end of the bars.
    """
    rows = squads.level_cells(levels, words=words)
    height = STEP * len(rows) + draw.AXIS
    for index, row in enumerate(rows):
        row |= {
            "y": STEP * (index + 0.5),
            "start": 0,
            "end": 100,
            "missing": words.gettext("not enough answers") if row["score"] is None else "",
            "fill": style.stage(row["stage"] or 1),
        }
    score, y = draw.across(f"{squads.NAMES} + 8", "width - 24"), draw.down(height)
    at = {"y": y}
    about = at | {"tooltip": squads.level_tooltip(words)}
    behind: draw.Properties = {"dx": 6, "align": "left"}
    missing = {"fontStyle": "italic", **behind, **draw.quiet(style)}
    names, places = ([row[field] for row in rows] for field in ("squad", "y"))
    layers = [
        *draw.bars_on_tracks(
            score, about, colour=draw.coloured("fill"), style=style, size=BAR, cornerRadius=2
        ),
        draw.stage_gaps(rows, score, y, bar=BAR, style=style),
        squads.squad_names(names, y, words=words, places=places),
        draw.label(
            "marks", at | {"x": score("score")}, only="isValid(datum.score)", **behind, **draw.BOLD
        ),
        draw.label("missing", at | {"x": score("start")}, **missing),
        draw.score_axis(score, height=height, words=words, style=style),
    ]
    return draw.chart(layers, rows=rows, height=height, style=style)

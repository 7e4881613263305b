"""On which decisions voices differ: a row per role named."""

from math import isnan

import altair as alt
import pandas as pd

from assessment.charts import draw, wording
from assessment.charts.rows import Row, grouped
from assessment.charts.style import Style
from assessment.languages import Words

ROLE_STEP, ROLE_BAR = 22, 12
ROLE_HEADER, ROLE_GAP = 30, 12
ROLE_NAMES = f"({draw.NARROW} ? 78 : 110)"
"""Width of the roles' names at the left."""


def contested_bars(contested: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """Decision by decision in the given order: a bar per role named, as long as its voices.

    Full length is every voice that named somebody. How far voices lie apart stands at the right.
    """
    _ = words.gettext
    rows: list[Row] = []
    heads: list[Row] = []
    top = 0
    for roles in grouped(contested, "decision"):
        share = roles[0]["disagreement"]
        apart = "" if isnan(share) else _("{share} apart", share=words.percent(share))
        head = {"name": roles[0]["decision_short"], "y": top + ROLE_HEADER / 2, "apart": apart}
        heads.append(head)
        top += ROLE_HEADER
        for role in roles:
            rows.append(_role_row(role, y=top + ROLE_STEP / 2, words=words))
            top += ROLE_STEP
        top += ROLE_GAP
    share, at = draw.across(ROLE_NAMES, "width - 62", most=1), {"y": draw.down(top)}
    titles = {"decision": _("Decision"), "role": _("Role"), "said": _("Voices")}
    said = at | {"tooltip": draw.tooltips(name=_("Decision"))}
    decisions = draw.table("decisions", heads)
    whole = {"limit": draw.expr("width - 130"), **draw.LEFT, **draw.HEADING}
    layers = [
        *draw.bars_on_tracks(
            share,
            at | {"tooltip": draw.tooltips(**titles)},
            style=style,
            fields=("share", "end"),
            size=ROLE_BAR,
            cornerRadius=2,
        ),
        draw.label("role", at, limit=draw.expr(f"{ROLE_NAMES} - 8"), **draw.LEFT),
        draw.label("said", at, **draw.BOLD, **draw.RIGHT),
        draw.label("name", said, rows=decisions, **whole),
        draw.label("apart", at, rows=decisions, **draw.RIGHT, **draw.quiet(style)),
    ]
    return draw.chart(layers, rows=rows, height=top, style=style)


def _role_row(role: Row, *, y: float, words: Words) -> Row:
    return {
        "decision": role["decision_short"],
        "role": role["role_name"],
        "named": role["named"],
        "voices": role["voices"],
        "y": y,
        "start": 0,
        "end": 1,
        "share": role["named"] / role["voices"],
        "said": wording.share_of_voices(role["named"], role["voices"], words=words),
        "description": words.gettext(
            "{decision}, {role}: named by {count} of {voices}",
            decision=role["decision_short"],
            role=role["role_name"],
            count=role["named"],
            voices=wording.voices(role["voices"], words=words),
        ),
    }

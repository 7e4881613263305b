"""On what voices differ: question by question, a row per answer or per role named."""

from math import isnan

import altair as alt
import pandas as pd

from assessment.charts import draw, wording
from assessment.charts.rows import Row, grouped, records, wrapped
from assessment.charts.style import Style
from assessment.languages import Words

STEP, SQUARE = 24, 16
LINE, GAP = 18, 20
THIN = 40
"""Characters of a heading on one line of a phone."""

MOST_SQUARES = 40
"""Voices told apart as squares; more than that stand as one bar."""

NAMES = f"({draw.NARROW} ? 96 : min(150, width * 0.26))"
"""Width of the answers' names at the left."""

ROOM = 44
"""Pixels kept free for the count behind the longest row."""

ROLE_STEP, ROLE_BAR = 22, 12
ROLE_HEADER, ROLE_GAP = 30, 12
ROLE_NAMES = f"({draw.NARROW} ? 78 : 110)"
"""Width of the roles' names at the left."""


def divided_voices(divided: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """Question by question in the given order: a row per answer, a square per voice.

    The number behind a row says how many voices it is. An answer's colour only repeats what its
    name says.
    """
    _ = words.gettext
    most = max((row["voices"] for row in records(divided)), default=1) or 1
    rows: list[Row] = []
    heads: list[Row] = []
    top = 4.0
    for answers in grouped(divided, "about"):
        head = wrapped(answers[0]["short"], characters=THIN, lines=2) | {"y": top}
        heads.append(head)
        top += LINE * head["lines"] + 6
        for answer in answers:
            rows.append(_answer_row(answer, y=top + STEP / 2, words=words, style=style))
            top += STEP
        top += GAP
    height = round(top - GAP) if rows else STEP
    cuts = [
        {"cut": cut, "y": row["y"]}
        for row in rows
        for cut in range(1, row["voices"])
        if most <= MOST_SQUARES
    ]
    # Squares stay squares as long as there is room for them.
    end = f"min(width - {ROOM}, {NAMES} + {most * (SQUARE + 2)})"
    count, at = draw.across(NAMES, end, most=most), {"y": draw.down(height)}
    colour = {"color": draw.coloured("colour"), "description": draw.described()}
    titles = {"short": _("About"), "option": _("Answer"), "said": _("Voices")}
    squares = at | {"tooltip": draw.tooltips(**titles)} | colour
    cut_look: draw.Properties = {
        "orient": "vertical",
        "size": SQUARE + 2,
        "thickness": 2,
        "color": style.background,
    }
    layers = [
        draw.bar(count("start"), "voices", squares, size=SQUARE, cornerRadius=2),
        draw.layer("tick", {"x": count("cut"), **at}, rows=draw.table("cuts", cuts), **cut_look),
        draw.label("option", at, limit=draw.expr(f"{NAMES} - 8"), **draw.LEFT),
        draw.label("said", at | {"x": count("voices")}, dx=8, align="left", **draw.BOLD),
        draw.wrapped_label(
            at | {"tooltip": draw.tooltips(name=_("About"))},
            line=LINE,
            rows=draw.table("heads", heads),
            dy=draw.on_phone(0, f"(datum.lines - 1) * {LINE}"),
            baseline="top",
            limit=draw.expr("width"),
            **draw.HEADING,
        ),
    ]
    return draw.chart(layers, rows=rows, height=height, style=style)


def _answer_row(answer: Row, *, y: float, words: Words, style: Style) -> Row:
    return {
        "short": answer["short"],
        "option": answer["option_name"],
        "voices": answer["voices"],
        "said": words.number(answer["voices"]),
        "start": 0,
        "y": y,
        "colour": style.of_health(answer["health"]),
        "description": wording.answered_by(
            answer["short"], answer["option_name"], answer["voices"], words=words
        ),
    }


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

"""Fit beside maturity: per decision level, two marks on one scale from 0 to 100."""

from __future__ import annotations

from functools import partial

import altair as alt
import pandas as pd

from assessment.charts import wording
from assessment.charts.drawing import (
    AXIS,
    HEADING,
    LEFT,
    MARKS,
    RIGHT,
    Properties,
    Row,
    across,
    described,
    expression,
    finished,
    label,
    layer,
    named,
    pixels_down,
    quiet,
    records,
    score_axis,
    ticks,
    tooltips,
)
from assessment.charts.style import Style
from assessment.languages import BLANK, Words

STEP = 58
HEADER = 30
TO_NAME = 22
TOUCHING = 3
"""Points under which the two marks of a level give way to each other, up and down."""

SCORED, ANSWERED = "isValid(datum.score)", "isValid(datum.fit)"


def fit_beside_maturity(fit: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """Each level's maturity (disc, its number above) and fit (diamond, below), joined.

    The change of the fit since the last deep check stands at the right.
    """
    _ = words.gettext
    rows = _rows(fit, words=words)
    height = HEADER + STEP * len(rows) + AXIS
    place = partial(across, left="12", right="width - 14")
    y = pixels_down("y", height=height)
    at = {"y": y}
    maturity, fitting = at | {"x": place("score")}, at | {"x": place("fit")}
    titles = {
        "name": _("Level"),
        "score_value": _("Maturity"),
        "fit_value": _("Fit"),
        "coverage": _("Covered"),
        "change": _("Change of the fit"),
    }
    hover = {"tooltip": tooltips(titles)}
    disc = _mark(style.series[0], shape="circle", style=style)
    diamond = _mark(style.series[1], shape="diamond", style=style)
    look: Properties = {"fontSize": 12, "fontWeight": 600}
    up: Properties = {"yOffset": expression("-datum.nudge")}
    down: Properties = {"yOffset": expression("datum.nudge")}
    return finished(
        [
            layer(
                "rule",
                encode=at | {"x": place("start"), "x2": alt.X2(field="end")},
                color=style.grid,
            ),
            ticks("ticks", MARKS, rows, place, y, size=8, thickness=1, color=style.grid),
            layer(
                "rule",
                only=f"{SCORED} && {ANSWERED}",
                encode=maturity | {"x2": alt.X2(field="fit")},
                color=style.muted,
                strokeWidth=3,
                opacity=0.6,
            ),
            layer("point", only=SCORED, encode=maturity | hover, size=130, **up, **disc),
            layer("point", only=ANSWERED, encode=fitting | hover, size=150, **down, **diamond),
            label("score_value", maturity, only=SCORED, **up, **_beside("score", look)),
            label("fit_value", fitting, only=ANSWERED, **down, **_beside("fit", look)),
            label("name", at | {"description": described()}, dy=-TO_NAME, **LEFT, **HEADING),
            label("moved", at, dy=-TO_NAME, fontWeight=600, **RIGHT),
            label("missing", at, dy=-TO_NAME, fontStyle="italic", **RIGHT, **quiet(style)),
            *_key(disc, diamond, words=words),
            score_axis(place, height=height, words=words, style=style, flush=False),
        ],
        rows=rows,
        height=height,
        style=style,
    )


def _rows(fit: pd.DataFrame, *, words: Words) -> list[Row]:
    _ = words.gettext
    rows = []
    for place, level in enumerate(records(fit)):
        score, found = level["score"], level["fit"]
        moved = wording.change(level["change"], words=words)
        score_value, fit_value = words.score(score), words.score(found)
        touching = None not in (score, found) and abs(score - found) < TOUCHING
        rows.append(
            {
                "name": level["level_name"],
                "y": HEADER + STEP * place + TO_NAME + 14,
                "start": 0,
                "end": 100,
                "score": score,
                "fit": found,
                "score_value": score_value,
                "fit_value": fit_value,
                # Each number stands on its mark's outer side.
                "score_side": -1 if found is None or (score or 0) <= found else 1,
                "fit_side": 1 if score is None or score <= (found or 0) else -1,
                "nudge": 6 if touching else 0,
                "coverage": words.percent(level["coverage"]),
                "change": moved or BLANK,
                "moved": moved,
                "missing": _("fit not answered") if found is None else "",
                "description": _("{level}: maturity {score} out of 100, fit {fit}").format(
                    level=level["level_name"], score=score_value, fit=fit_value
                ),
            }
        )
    return rows


def _mark(colour: str, *, shape: str, style: Style) -> Properties:
    return {
        "shape": shape,
        "filled": True,
        "opacity": 1,
        "fill": colour,
        "stroke": style.background,
        "strokeWidth": 1.5,
    }


def _beside(mark: str, look: Properties) -> Properties:
    """Where a mark's number stands: outside, turned inside where the scale ends."""
    value, side = f"datum.{mark}", f"datum.{mark}_side"
    turned = f"({side} < 0 ? {value} < 9 : {value} > 91)"
    to = f"({turned} ? -{side} : {side})"
    return {
        "dx": expression(f"{turned} ? 0 : 11 * {side}"),
        "dy": expression(f"{turned} ? 14 : 0"),
        "align": expression(f"{turned} ? 'center' : {to} > 0 ? 'left' : 'right'"),
        **look,
    }


def _key(disc: Properties, diamond: Properties, *, words: Words) -> list[alt.Chart]:
    """What the two marks stand for."""
    maturity, fit = words.gettext("maturity"), words.gettext("fit of who decides")
    second = 7 + 14 + round(len(maturity) * 7) + 18
    names = named("key", [{"x": 20, "label": maturity}, {"x": second + 14, "label": fit}])
    one = named("key_marks", [{}])
    return [
        layer("point", rows=one, encode={}, x=7, y=9, size=110, **disc),
        layer("point", rows=one, encode={}, x=second, y=9, size=120, **diamond),
        label("label", {}, rows=names, x=expression("datum.x"), y=9, align="left"),
    ]

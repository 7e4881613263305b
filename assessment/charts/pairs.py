"""Two joined marks per level on one scale: before and now, or maturity and fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import altair as alt
import pandas as pd

from assessment.charts import draw, wording
from assessment.charts.rows import Row, records
from assessment.charts.style import Style
from assessment.languages import BLANK, Words, points_moved

HEADER = 30
CHANGE_STEP, CHANGE_TO_NAME = 50, 20
FIT_STEP, FIT_TO_NAME = 58, 22
TOUCHING = 3
"""Points under which the two marks of a level give way to each other, up and down."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """One of the two marks of a level: its column, its name in the key, its look and its number.

    `small` is its size in the key; `offset` moves mark and number up or down.
    """

    column: str
    name: str
    size: int
    look: draw.Properties
    number: draw.Properties
    small: int = 110
    offset: draw.Properties = field(default_factory=dict)

    @property
    def known(self) -> str:
        """Whether a level has the mark, as an expression."""
        return f"isValid(datum.{self.column})"


def change_dumbbell(change: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """Each level before (hollow) and now (filled), both scores and the signed change printed."""
    _ = words.gettext
    colour = style.series[0]
    hollow = {"fill": style.background, "stroke": colour, "strokeWidth": 2.5}
    full = {"fill": colour, **draw.halo(style)}
    muted: draw.Properties = {"color": style.muted, **_outside(-12, "right", "left")}
    marks = (
        _Mark("before", _("before"), 150, hollow, muted),
        _Mark("after", _("now"), 130, full, draw.BOLD | _outside(12, "left", "right")),
    )
    rows = _change_rows(change, words=words)
    height = HEADER + CHANGE_STEP * len(rows) + draw.AXIS
    score, at = draw.across("34", "width - 38"), {"y": draw.down(height)}
    titles = {
        "name": _("Level"),
        "before_value": _("Before"),
        "after_value": _("Now"),
        "change": _("Change"),
    }
    join: draw.Properties = {"color": colour, "strokeWidth": 4, "opacity": 0.55}
    layers = [
        *_scales(rows, score, at, style=style),
        *_marks(marks, score, at, titles=titles, **join),
        *_above(at, to_name=CHANGE_TO_NAME, changed="change", style=style, **draw.HEADING),
        *_key(marks, table="key_dots"),
        draw.score_axis(score, height=height, words=words, style=style, flush=False),
    ]
    return draw.chart(layers, rows=rows, height=height, style=style)


def fit_beside_maturity(fit: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """Each level's maturity (disc, its number above) and fit (diamond, below), joined.

    The change of the fit since the last deep check stands at the right.
    """
    _ = words.gettext
    disc = {"shape": "circle", "fill": style.series[0], **draw.halo(style)}
    diamond = {"shape": "diamond", "fill": style.series[1], **draw.halo(style)}
    up, below = ({"yOffset": draw.expr(f"{sign}datum.nudge")} for sign in ("-", ""))
    marks = (
        _Mark("score", _("maturity"), 130, disc, _beside("score"), offset=up),
        _Mark("fit", _("fit of who decides"), 150, diamond, _beside("fit"), 120, below),
    )
    rows = _fit_rows(fit, words=words)
    height = HEADER + FIT_STEP * len(rows) + draw.AXIS
    score, at = draw.across("12", "width - 14"), {"y": draw.down(height)}
    titles = {
        "name": _("Level"),
        "score_value": _("Maturity"),
        "fit_value": _("Fit"),
        "coverage": _("Covered"),
        "change": _("Change of the fit"),
    }
    join: draw.Properties = {"color": style.muted, "strokeWidth": 3, "opacity": 0.6}
    layers = [
        *_scales(rows, score, at, style=style),
        *_marks(marks, score, at, titles=titles, **join),
        *_above(at, to_name=FIT_TO_NAME, changed="moved", style=style, **draw.BOLD),
        *_key(marks, table="key_marks"),
        draw.score_axis(score, height=height, words=words, style=style, flush=False),
    ]
    return draw.chart(layers, rows=rows, height=height, style=style)


# Rows --------------------------------------------------------------------------------------------


def _row(level: Row, *, y: int) -> Row:
    return {"name": level["level_name"], "y": HEADER + y + 14, "start": 0, "end": 100}


def _change_rows(change: pd.DataFrame, *, words: Words) -> list[Row]:
    _ = words.gettext
    missing = {
        (True, True): "",
        (False, False): _("not enough answers"),
        (False, True): _("not scored before"),
        (True, False): _("not scored now"),
    }
    rows = []
    for index, level in enumerate(records(change)):
        name, before, after = level["level_name"], level["before"], level["after"]
        why = missing[before is not None, after is not None]
        before_value, after_value = words.score(before), words.score(after)
        from_to = _("{level}: from {before} to {after}").format(
            level=name, before=before_value, after=after_value
        )
        moved = "" if why else wording.change(points_moved(before, after), words=words)
        rows.append(
            _row(level, y=CHANGE_STEP * index + CHANGE_TO_NAME)
            | {
                "level": level["level"],
                "before": before,
                "after": after,
                "before_value": before_value,
                "after_value": after_value,
                "rising": bool(why) or after >= before,
                "change": moved,
                "missing": why,
                "description": f"{name}: {why}" if why else from_to,
            }
        )
    return rows


def _fit_rows(fit: pd.DataFrame, *, words: Words) -> list[Row]:
    _ = words.gettext
    rows = []
    for index, level in enumerate(records(fit)):
        score, fitting = level["score"], level["fit"]
        moved = wording.change(level["change"], words=words)
        score_value, fit_value = words.score(score), words.score(fitting)
        touching = None not in (score, fitting) and abs(score - fitting) < TOUCHING
        rows.append(
            _row(level, y=FIT_STEP * index + FIT_TO_NAME)
            | {
                "score": score,
                "fit": fitting,
                "score_value": score_value,
                "fit_value": fit_value,
                # Each number stands on its mark's outer side.
                "score_side": -1 if fitting is None or (score or 0) <= fitting else 1,
                "fit_side": 1 if score is None or score <= (fitting or 0) else -1,
                "nudge": 6 if touching else 0,
                "coverage": words.percent(level["coverage"]),
                "change": moved or BLANK,
                "moved": moved,
                "missing": _("fit not answered") if fitting is None else "",
                "description": _("{level}: maturity {score} out of 100, fit {fit}").format(
                    level=level["level_name"], score=score_value, fit=fit_value
                ),
            }
        )
    return rows


# Layers ------------------------------------------------------------------------------------------


def _outside(right: int, rising: str, falling: str) -> draw.Properties:
    """Where a dot's score stands: on its outer side, which depends on where the level moves."""
    return {
        "dx": draw.expr(f"datum.rising ? {right} : {-right}"),
        "align": draw.expr(f"datum.rising ? '{rising}' : '{falling}'"),
    }


def _beside(mark: str) -> draw.Properties:
    """Where a mark's number stands: outside, turned inside where the scale ends."""
    value, side = f"datum.{mark}", f"datum.{mark}_side"
    turned = f"({side} < 0 ? {value} < 9 : {value} > 91)"
    to = f"({turned} ? -{side} : {side})"
    return {
        "dx": draw.expr(f"{turned} ? 0 : 11 * {side}"),
        "dy": draw.expr(f"{turned} ? 14 : 0"),
        "align": draw.expr(f"{turned} ? 'center' : {to} > 0 ? 'left' : 'right'"),
        "fontSize": 12,
        **draw.BOLD,
    }


def _scales(
    rows: Sequence[Row], score: draw.Across, at: Mapping[str, alt.Y], *, style: Style
) -> list[alt.Chart]:
    """A line from 0 to 100 on each row, with its ticks."""
    whole = {**at, "x": score("start"), "x2": alt.X2(field="end")}
    look: draw.Properties = {"size": 8, "thickness": 1, "color": style.grid}
    return [
        draw.layer("rule", whole, color=style.grid),
        draw.ticks("ticks", draw.MARKS, rows, score, at["y"], **look),
    ]


def _marks(
    marks: tuple[_Mark, _Mark],
    score: draw.Across,
    at: Mapping[str, alt.Y],
    *,
    titles: Mapping[str, str],
    **join: Any,
) -> list[alt.Chart]:
    """Both marks where they are known, joined, each with its number."""
    first, second = marks
    places = [(mark, {**at, "x": score(mark.column)}) for mark in marks]
    between = {**places[0][1], "x2": alt.X2(field=second.column)}
    hover = {"tooltip": draw.tooltips(**titles)}
    dots = [
        draw.dot(place | hover, only=mark.known, size=mark.size, **mark.look, **mark.offset)
        for mark, place in places
    ]
    numbers = [
        draw.label(f"{mark.column}_value", place, only=mark.known, **mark.offset, **mark.number)
        for mark, place in places
    ]
    both = f"{first.known} && {second.known}"
    return [draw.layer("rule", between, only=both, **join), *dots, *numbers]


def _above(
    at: Mapping[str, alt.Y], *, to_name: int, changed: str, style: Style, **look: Any
) -> list[alt.Chart]:
    """Over each row its level at the left, its change or what is missing at the right."""
    said = {**at, "description": draw.described()}
    italic: draw.Properties = {"fontStyle": "italic", **draw.quiet(style)}
    return [
        draw.label("name", said, dy=-to_name, **draw.LEFT, **draw.HEADING),
        draw.label(changed, at, dy=-to_name, **draw.RIGHT, **look),
        draw.label("missing", at, dy=-to_name, **draw.RIGHT, **italic),
    ]


def _key(marks: tuple[_Mark, _Mark], *, table: str) -> list[alt.Chart]:
    """What the two marks stand for."""
    first, second = marks
    next_mark = 7 + 14 + round(len(first.name) * 7) + 18
    names = [{"x": 20, "label": first.name}, {"x": next_mark + 14, "label": second.name}]
    one = draw.table(table, [{}])
    return [
        draw.dot({}, rows=one, x=7, y=9, size=first.small, **first.look),
        draw.dot({}, rows=one, x=next_mark, y=9, size=second.small, **second.look),
        draw.label(
            "label", {}, rows=draw.table("key", names), x=draw.expr("datum.x"), y=9, align="left"
        ),
    ]

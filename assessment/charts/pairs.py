"""What moved since last time, and how fit stands to maturity: two joined marks per level."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

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

    `number` is None where the number stands elsewhere on the page. `small` is its size in the
    key; `offset` moves mark and number up or down.
    """

    column: str
    name: str
    size: int
    look: draw.Properties
    number: draw.Properties | None
    small: int = 110
    offset: draw.Properties = field(default_factory=dict)

    @property
    def known(self) -> str:
        """Whether a level has the mark, as an expression."""
        return f"isValid(datum.{self.column})"


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Two marks on one scale, what joins them, and the pixels from level to level and to names.

    `key` names the key's table.
    """

    marks: tuple[_Mark, _Mark]
    score: draw.Across
    join: draw.Properties
    step: int
    to_name: int
    key: str


def change_dumbbell(change: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """Each level before (hollow) and now (filled), both scores and the signed change printed."""
    _ = words.gettext
    colour = style.series[0]
    hollow = {"fill": style.background, "stroke": colour, "strokeWidth": 2.5}
    full = {"fill": colour, **draw.halo(style)}
    left: draw.Properties = {"color": style.muted, **_outside(-12, "right", "left")}
    right = draw.BOLD | _outside(12, "left", "right")
    pairs = _Pairs(
        (
            _Mark("before", _("before"), 150, hollow, left),
            _Mark("after", _("now"), 130, full, right),
        ),
        draw.across("34", "width - 38"),
        {"color": colour, "strokeWidth": 4, "opacity": 0.55},
        step=CHANGE_STEP,
        to_name=CHANGE_TO_NAME,
        key="key_dots",
    )
    titles = {"before_value": _("Before"), "after_value": _("Now"), "changed": _("Change")}
    rows = _change_rows(change, words=words)
    return _chart(pairs, rows, titles, words=words, style=style)


def fit_beside_maturity(fit: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """Each level's maturity (disc) and fit (diamond, with its number), joined.

    The maturity's number stands with its bar and in the tooltip, which tells the change of the
    fit since the last deep check too: beside two joined marks it would be read as theirs.
    """
    _ = words.gettext
    disc = {"shape": "circle", "fill": style.series[0], **draw.halo(style)}
    diamond = {"shape": "diamond", "fill": style.series[1], **draw.halo(style)}
    up, below = ({"yOffset": draw.expr(f"{sign}datum.nudge")} for sign in ("-", ""))
    pairs = _Pairs(
        (
            _Mark("score", _("maturity"), 130, disc, None, offset=up),
            _Mark("fit", _("fit of who decides"), 150, diamond, _beside("fit"), 120, below),
        ),
        draw.across("12", "width - 14"),
        {"color": style.muted, "strokeWidth": 3, "opacity": 0.6},
        step=FIT_STEP,
        to_name=FIT_TO_NAME,
        key="key_marks",
    )
    titles = {"score_value": _("Maturity"), "fit_value": _("Fit"), "coverage": _("Covered")}
    titles["changed"] = _("Change of the fit")
    return _chart(pairs, _fit_rows(fit, words=words), titles, words=words, style=style)


# Rows --------------------------------------------------------------------------------------------


def _row(level: Row, *, y: int) -> Row:
    return {
        "name": level["level_name"],
        "short": level["level_short"],
        "y": HEADER + y + 14,
        "start": 0,
        "end": 100,
    }


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
        from_to = _(
            "{level}: from {before} to {after}", level=name, before=before_value, after=after_value
        )
        moved = "" if why else _("no clear change")
        if level["is_move"] and not why:
            moved = wording.change(points_moved(before, after), words=words)
        rows.append(
            _row(level, y=CHANGE_STEP * index + CHANGE_TO_NAME)
            | {
                "level": level["level"],
                "before": before,
                "after": after,
                "before_value": before_value,
                "after_value": after_value,
                "rising": bool(why) or after >= before,
                "change": moved if level["is_move"] else "",
                "changed": moved or BLANK,
                "missing": why or ("" if level["is_move"] else moved),
                "description": words.labelled(name, why) if why else from_to,
            }
        )
    return rows


def _fit_rows(fit: pd.DataFrame, *, words: Words) -> list[Row]:
    rows = []
    for index, level in enumerate(records(fit)):
        score, fitting = level["score"], level["fit"]
        score_value, fit_value = words.score(score), words.score(fitting)
        touching = None not in (score, fitting) and abs(score - fitting) < TOUCHING
        rows.append(
            _row(level, y=FIT_STEP * index + FIT_TO_NAME)
            | {
                "score": score,
                "fit": fitting,
                "score_value": score_value,
                "fit_value": fit_value,
                # The number stands on the outer side of its mark.
                "fit_side": 1 if score is None or score <= (fitting or 0) else -1,
                "nudge": 6 if touching else 0,
                "coverage": words.percent(level["coverage"]),
                "change": "",
                "changed": wording.change(level["change"], words=words) or BLANK,
                "missing": words.gettext("fit {unanswered}").format(unanswered=level["unanswered"])
                if fitting is None
                else "",
                "description": words.gettext(
                    "{level}: maturity {score} out of 100, fit {fit}"
                ).format(level=level["level_name"], score=score_value, fit=fit_value),
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


def _chart(
    pairs: _Pairs, rows: Sequence[Row], titles: Mapping[str, str], *, words: Words, style: Style
) -> alt.LayerChart:
    """Each level under its name: both marks where they are known, joined, with their numbers."""
    first, second = pairs.marks
    score = pairs.score
    height = HEADER + pairs.step * len(rows) + draw.AXIS
    y = draw.down(height)
    at = {"y": y}
    whole = at | {"x": score("start"), "x2": alt.X2(field="end")}
    between = at | {"x": score(first.column), "x2": alt.X2(field=second.column)}
    hover = {"tooltip": draw.tooltips(name=words.gettext("Level"), **titles)}
    dots, numbers = [], []
    for mark in pairs.marks:
        position, common = at | {"x": score(mark.column)}, {"only": mark.known, **mark.offset}
        dots.append(draw.dot(position | hover, size=mark.size, **mark.look, **common))
        if mark.number is not None:
            numbers.append(draw.label(f"{mark.column}_value", position, **mark.number, **common))
    said = at | {"description": draw.described()}
    right: draw.Properties = {"dy": -pairs.to_name, **draw.RIGHT}
    name = draw.expr("width < 320 ? datum.short : datum.name")
    layers = [
        draw.layer("rule", whole, color=style.grid),
        draw.ticks("ticks", draw.MARKS, rows, score, y, size=8, thickness=1, color=style.grid),
        draw.layer("rule", between, only=f"{first.known} && {second.known}", **pairs.join),
        *dots,
        *numbers,
        draw.layer("text", said, text=name, dy=-pairs.to_name, **draw.LEFT, **draw.HEADING),
        draw.label("change", at, **right, **draw.HEADING),
        draw.label("missing", at, fontStyle="italic", **right, **draw.quiet(style)),
        *_key(pairs),
        draw.score_axis(score, height=height, words=words, style=style, align="center"),
    ]
    return draw.chart(layers, rows=rows, height=height, style=style)


def _key(pairs: _Pairs) -> list[alt.Chart]:
    first, second = pairs.marks
    next_mark = 7 + 14 + round(len(first.name) * 7) + 18
    names = [{"x": 20, "label": first.name}, {"x": next_mark + 14, "label": second.name}]
    one = draw.table(pairs.key, [{}])
    text: draw.Properties = {"x": draw.expr("datum.x"), "y": 9, "align": "left"}
    return [
        draw.dot({}, rows=one, x=7, y=9, size=first.small, **first.look),
        draw.dot({}, rows=one, x=next_mark, y=9, size=second.small, **second.look),
        draw.label("label", {}, rows=draw.table("key", names), **text),
    ]

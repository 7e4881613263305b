"""Who decides what: decisions by roles, those named set against those expected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean
from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd

from assessment.charts.drawing import (
    HEADING,
    LEFT,
    NARROW,
    RIGHT,
    Properties,
    Row,
    across,
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
    tooltips,
)
from assessment.charts.style import Style
from assessment.languages import BLANK, Words

NAMES = f"({NARROW} ? 112 : min(270, width * 0.36))"
"""Width of the decisions' names at the left."""

FIT = 42
"""Pixels at the right in which the fit stands."""

STEP, HEADS = 36, 58
KEY_STEP, KEY_GAP = 24, 14
TILE = 26
SLANTED = "column < 66"
"""True where the roles' names must be slanted to stand beside each other."""

DIAMOND = "M0,-1.3L1.3,0L0,1.3L-1.3,0Z"
"""A diamond large enough to hold a number."""


@dataclass(frozen=True, slots=True)
class _Sign:
    """How a cell is drawn: a tile under it, a shape in it, a sign in the shape, and its reading."""

    reading: str
    tile: str = ""
    shape: str = ""
    fill: str = ""
    stroke: str = ""
    ink: str = ""
    glyph: str = ""


def deciders_map(deciders: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """Decisions level by level, one column per role: tiles for those who should decide.

    A disc is a decider who may, a ring one who is not expected, a diamond one who must not;
    nobody and unclear have columns of their own. With several voices, each shape is as large as
    the share of voices that name the role, and holds their number. A role that is neither
    expected nor named anywhere has no column. At the right stands the fit.
    """
    signs = _signs(words=words, style=style)
    cells = records(deciders)
    roles = [role for role in in_order(deciders, "role") if _says_something(cells, role)]
    several = any(cell["voices"] > 1 for cell in cells)
    shown = [cell for cell in cells if cell["role"] in roles]
    key = _key(shown, signs, several=several, words=words, style=style)
    top = KEY_STEP * key[-1]["line"] + KEY_STEP + KEY_GAP
    rows, heads = _decisions(deciders, top=top, words=words)
    drawn = _cells(shown, rows, roles, signs, several=several, words=words)
    height = top + HEADS * len(heads) + STEP * len(rows)

    y = pixels_down("y", height=height)
    titles = {
        "decision": words.gettext("Decision"),
        "role": words.gettext("Role"),
        "reading": words.gettext("Reading"),
        "said": words.gettext("Voices"),
    }
    hover = {"tooltip": tooltips(titles)}
    data = named("cells", drawn)
    return finished(
        [
            *_key_layers(key, y, style=style),
            *_lines_between(rows, heads, y, style=style),
            *_tiles(
                {"x": _column("start", roles), "x2": alt.X2(field="end"), "y": y} | hover,
                data,
                style=style,
                height=TILE,
            ),
            _shapes({"x": _column("middle", roles), "y": y} | hover, data, room="column"),
            _glyphs({"x": _column("middle", roles), "y": y}, data),
            *_names(rows, y, words=words),
            *_level_heads(heads, y, roles, deciders, style=style),
        ],
        rows=rows,
        height=height,
        style=style,
        params={"column": f"(width - {FIT} - {NAMES}) / {max(1, len(roles))}"},
    )


# Rows ---------------------------------------------------------------------------------------------


def _signs(*, words: Words, style: Style) -> Mapping[str, _Sign]:
    """How each kind of cell is drawn and read, in the order of the key."""
    _ = words.gettext
    seated: Properties = {
        "shape": "circle",
        "fill": style.healthy,
        "stroke": style.healthy,
        "ink": style.background,
    }
    amiss: Properties = {"fill": style.trouble, "stroke": style.trouble, "ink": style.background}
    return {
        "fits": _Sign(_("expected and named"), tile="solid", **seated),
        "expected": _Sign(_("expected, not named"), tile="solid"),
        "vacant": _Sign(_("expected, seat empty"), tile="dashed"),
        "counts": _Sign(_("named, counts as expected"), **seated),
        "outside": _Sign(
            _("named, not expected"),
            shape="circle",
            fill=style.background,
            stroke=style.text,
            ink=style.text,
        ),
        "must-not": _Sign(_("named, must not decide"), shape=DIAMOND, glyph="!", **amiss),
        "nobody": _Sign(_("nobody decides"), shape="square", glyph="×", **amiss),
        "unclear": _Sign(
            _("unclear who decides"),
            shape="square",
            fill=style.background,
            stroke=style.trouble,
            ink=style.text,
            glyph="?",
        ),
    }


def _sign_of(cell: Row) -> str:
    """Which sign a cell has; empty where there is nothing to see."""
    if cell["mark"] == "fits":
        return "fits" if cell["expected"] else "counts"
    if cell["mark"]:
        return str(cell["mark"])
    if cell["expected"]:
        return "expected"
    return "vacant" if cell["reference"] == "vacant" else ""


def _says_something(cells: Sequence[Row], role: str) -> bool:
    return any(_sign_of(cell) for cell in cells if cell["role"] == role)


def _decisions(deciders: pd.DataFrame, *, top: int, words: Words) -> tuple[list[Row], list[Row]]:
    """One row per decision, and one head per level above its decisions."""
    rows: list[Row] = []
    heads: list[Row] = []
    for level in in_order(deciders, "level"):
        of_level = deciders[deciders["level"] == level]
        first = records(of_level)[0]
        healths = [
            health
            for health in of_level.drop_duplicates("decision")["health"].tolist()
            if not pd.isna(health)
        ]
        top += HEADS
        heads.append(
            {
                "name": first["level_name"],
                "short": first["level_short"],
                "y": top - 12,
                "fit": words.score(100 * fmean(healths) if healths else None),
            }
        )
        for decision in in_order(of_level, "decision"):
            cells = records(of_level[of_level["decision"] == decision])
            rows.append(_decision(cells, y=top + STEP / 2, words=words))
            top += STEP
    return rows, heads


def _decision(cells: Sequence[Row], *, y: float, words: Words) -> Row:
    first = cells[0]
    lines = wrap(first["decision_short"], 17, max_lines=3, placeholder="…")
    is_vacant = not any(cell["expected"] for cell in cells)
    fit = words.score(None if first["health"] is None else 100 * first["health"])
    return {
        "decision": first["decision"],
        "name": first["decision_short"],
        "wrapped": "\n".join(lines),
        "lines": len(lines),
        "y": y,
        "fit": words.gettext("vacant") if is_vacant else fit,
        "description": _described(cells, fit=fit, words=words),
    }


def _described(cells: Sequence[Row], *, fit: str, words: Words) -> str:
    """A decision in words: who should take it, who takes it, how far that fits."""
    _, first = words.gettext, cells[0]
    expected = words.all_of([cell["role_name"] for cell in cells if cell["expected"]])
    if not first["voices"]:
        return _("{decision}: expected {expected}; not answered").format(
            decision=first["decision_short"], expected=expected or _("vacant")
        )
    named_ones = [
        _("{role} ({count} of {voices})").format(
            role=cell["role_name"],
            count=words.number(cell["named"]),
            voices=words.number(cell["voices"]),
        )
        if first["voices"] > 1
        else cell["role_name"]
        for cell in cells
        if cell["named"]
    ]
    return _("{decision}: expected {expected}; named {named}; fit {fit} out of 100").format(
        decision=first["decision_short"],
        expected=expected or _("vacant"),
        named=words.all_of(named_ones),
        fit=fit,
    )


def _cells(
    cells: Sequence[Row],
    rows: Sequence[Row],
    roles: Sequence[str],
    signs: Mapping[str, _Sign],
    *,
    several: bool,
    words: Words,
) -> list[Row]:
    """One row per cell in which there is something to see."""
    places = {row["decision"]: row["y"] for row in rows}
    unanswered = words.gettext("expected; not answered")
    drawn = []
    for cell in cells:
        if not (found := _sign_of(cell)):
            continue
        sign, column = signs[found], roles.index(cell["role"])
        count = words.number(cell["named"])
        drawn.append(
            {
                "decision": cell["decision_short"],
                "role": cell["role_name"],
                "reading": sign.reading if cell["voices"] else unanswered,
                "said": words.gettext("{count} of {voices}").format(
                    count=count, voices=words.number(cell["voices"])
                )
                if cell["voices"]
                else BLANK,
                "start": round(column + 0.06, 2),
                "middle": column + 0.5,
                "end": round(column + 0.94, 2),
                "y": places[cell["decision"]],
                "share": cell["named"] / cell["voices"] if cell["named"] else 0,
                **_look(sign, glyph=count if several and sign.shape else sign.glyph),
            }
        )
    return drawn


def _look(sign: _Sign, *, glyph: str) -> Row:
    return {
        "tile": sign.tile,
        "shape": sign.shape,
        "fill": sign.fill,
        "stroke": sign.stroke,
        "ink": sign.ink,
        "glyph": glyph,
    }


def _key(
    cells: Sequence[Row],
    signs: Mapping[str, _Sign],
    *,
    several: bool,
    words: Words,
    style: Style,
) -> list[Row]:
    """What each sign that occurs means, two to a line; then what the numbers are."""
    _ = words.gettext
    found = {_sign_of(cell) for cell in cells}
    entries = [
        replace(sign, glyph="") if several else sign
        for name, sign in signs.items()
        if name in found
    ]
    entries.append(_Sign(_("fit, from 0 to 100"), glyph=words.number(75), ink=style.text))
    if several:
        most = max(cell["voices"] for cell in cells)
        reading = _("voices, of {count} at most").format(count=words.number(most))
        entries.append(_Sign(reading, glyph="n", ink=style.text))
    return [
        {
            "text": entry.reading,
            "line": place // 2,
            "side": place % 2,
            "y": KEY_STEP * (place // 2 + 0.5),
            "share": 1,
            **_look(entry, glyph=entry.glyph),
        }
        for place, entry in enumerate(entries)
    ]


# Layers -------------------------------------------------------------------------------------------


def _column(field: str, roles: Sequence[str]) -> alt.X:
    """A place among the roles' columns, counted in columns."""
    return across(field, left=NAMES, right=f"width - {FIT}", most=max(1, len(roles)))


def _tiles(
    at: Mapping[str, Any], data: alt.InlineData, *, style: Style, height: int, **reach: Any
) -> list[alt.Chart]:
    """The seats that should decide: filled where somebody sits, dashed where the seat is empty."""
    look: Properties = {"height": height, "cornerRadius": 4, "stroke": style.muted, **reach}
    return [
        layer("rect", rows=data, only="datum.tile == 'solid'", encode=at, fill=style.track, **look),
        layer(
            "rect",
            rows=data,
            only="datum.tile == 'dashed'",
            encode=at,
            fill=style.background,
            strokeDash=[4, 3],
            **look,
        ),
    ]


def _shapes(at: Mapping[str, Any], data: alt.InlineData, *, room: str, **place: Any) -> alt.Chart:
    """What stands for those named, as large as the share of voices and the column allow."""
    width = f"max(16, min({room} - 3, 24) * sqrt(datum.share))"
    plain = {
        "shape": alt.Shape(field="shape", type="nominal", scale=None, legend=None),
        "fill": alt.Fill(field="fill", type="nominal", scale=None, legend=None),
        "stroke": alt.Stroke(field="stroke", type="nominal", scale=None, legend=None),
    }
    return layer(
        "point",
        rows=data,
        only="datum.shape != ''",
        encode={**at, **plain},
        size=expression(f"pow({width}, 2)"),
        strokeWidth=2,
        opacity=1,
        **place,
    )


def _glyphs(at: Mapping[str, Any], data: alt.InlineData, **place: Any) -> alt.Chart:
    """The number of voices, or the sign that a shape holds."""
    return label(
        "glyph",
        {**at, "color": coloured("ink", None)},
        rows=data,
        only="datum.glyph != ''",
        dy=1,
        align="center",
        fontSize=expression(f"{NARROW} ? 11 : 12"),
        fontWeight=700,
        **place,
    )


def _names(rows: Sequence[Row], y: alt.Y, *, words: Words) -> list[alt.Chart]:
    """The decisions at the left, wrapped on a phone, and their fit at the right."""
    said = {
        "y": y,
        "description": described(),
        "tooltip": tooltips({"name": words.gettext("Decision")}),
    }
    return [
        layer(
            "text",
            encode=said,
            text=expression(f"{NARROW} ? datum.wrapped : datum.name"),
            dy=expression(f"{NARROW} ? (1 - datum.lines) * 6 : 0"),
            lineBreak="\n",
            lineHeight=12,
            limit=expression(f"{NAMES} - 6"),
            fontSize=expression(f"{NARROW} ? 11.5 : 13"),
            **LEFT,
        ),
        label("fit", {"y": y}, fontSize=12, **RIGHT),
    ]


def _level_heads(
    heads: Sequence[Row],
    y: alt.Y,
    roles: Sequence[str],
    deciders: pd.DataFrame,
    *,
    style: Style,
) -> list[alt.Chart]:
    """Above each level its name, the roles' names, and its fit."""
    names = dict(zip(deciders["role"], deciders["role_name"], strict=True))
    columns = [
        {"name": names[role], "middle": place + 0.5, "y": head["y"]}
        for head in heads
        for place, role in enumerate(roles)
    ]
    data = named("levels", heads)
    return [
        layer(
            "text",
            rows=data,
            encode={"y": y},
            text=expression(f"{NARROW} ? datum.short : datum.name"),
            limit=expression(f"{NAMES} - 6"),
            **LEFT,
            **HEADING,
        ),
        label("fit", {"y": y}, rows=data, **RIGHT, **HEADING),
        label(
            "name",
            {"x": _column("middle", roles), "y": y},
            rows=named("heads", columns),
            angle=expression(f"{SLANTED} ? -45 : 0"),
            align=expression(f"{SLANTED} ? 'left' : 'center'"),
            **quiet(style),
        ),
    ]


def _lines_between(
    rows: Sequence[Row], heads: Sequence[Row], y: alt.Y, *, style: Style
) -> list[alt.Chart]:
    """A line under each level's head, lighter ones under its decisions."""
    whole: Properties = {"x": 0, "x2": expression("width")}
    under = named("heads_end", [{"y": head["y"] + 12} for head in heads])
    light = named("rows_end", [{"y": row["y"] + STEP / 2} for row in rows])
    return [
        layer("rule", rows=light, encode={"y": y}, color=style.track, **whole),
        layer("rule", rows=under, encode={"y": y}, color=style.grid, **whole),
    ]


def _key_layers(key: Sequence[Row], y: alt.Y, *, style: Style) -> list[alt.Chart]:
    """The key above the levels, in two columns."""
    data = named("key", key)
    left = "datum.side * min(width / 2, 320)"
    at: Properties = {"y": y}
    reach: Properties = {"x": expression(left), "x2": expression(f"{left} + 28")}
    middle: Properties = {"x": expression(f"{left} + 14")}
    return [
        *_tiles(at, data, style=style, height=20, **reach),
        _shapes(at, data, room="21", **middle),
        _glyphs(at, data, **middle),
        label(
            "text",
            at,
            rows=data,
            x=expression(f"{left} + 36"),
            align="left",
            limit=expression("min(width / 2, 320) - 40"),
            **quiet(style),
        ),
    ]

"""Who decides what: decisions by roles, those named set against those expected."""

from collections.abc import Mapping, Sequence
from statistics import fmean

import altair as alt
import pandas as pd

from assessment.charts import deciders_signs as signs
from assessment.charts import draw, wording
from assessment.charts.rows import Row, grouped, in_order, records, wrapped
from assessment.charts.style import Style
from assessment.languages import BLANK, Words

NAMES = f"({draw.NARROW} ? 122 : min(270, width * 0.36))"
"""Width of the decisions' names at the left."""

TIGHT = f"({draw.NARROW} || width < 750 && length(datum.name) > 27)"
"""True where a name does not fit on one line: on a phone, and a long one on paper."""

FIT = 36
"""Pixels at the right in which the fit stands."""

STEP, LEVEL = 22, 25
TILE = 20
STANDING = 290
"""Pixels at the right in which a level's contested decisions and its fit stand."""

ROLE_LINE, ROLE_LINES = 13, 3
ROLES = ROLE_LINE * ROLE_LINES + 4
"""Pixels in which the roles' names stand, once above all levels."""

CROWDED = "column < 66"
"""True where the roles' names take turns on several lines to stand beside each other."""


def deciders_map(deciders: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """Decisions level by level, one column per role: tiles for those who should decide.

    A disc is a decider who may, a ring one who is not expected, a diamond one who must not;
    nobody and unclear have columns of their own. With several voices, each shape is as large as
    the share of voices that name the role, and holds their number. A role that is neither
    expected nor named anywhere has no column. At the right stands the fit, after the
    mark of a decision that voices contest; a level's contested decisions and nobody's come first.
    """
    _ = words.gettext
    sign_by_kind = signs.by_kind(words, style=style)
    cells = records(deciders)
    seen = {cell["role"]: cell["role_name"] for cell in cells if signs.kind_of(cell)}
    roles = {role: seen[role] for role in in_order(deciders, "role") if role in seen}
    cells = [cell for cell in cells if cell["role"] in roles]
    key = signs.key_rows(cells, sign_by_kind, words=words, style=style)
    top = signs.KEY_STEP * (key[-1]["line"] + 1) + signs.KEY_GAP
    rows, heads = _decisions(deciders, top=top + ROLES, words=words)
    height = top + ROLES + LEVEL * len(heads) + STEP * len(rows)
    y = draw.down(height)
    column = draw.across(NAMES, f"width - {FIT}", most=max(1, len(roles)))
    titles = {"decision": _("Decision"), "role": _("Role"), "reading": _("Reading")}
    hover = {"tooltip": draw.tooltips(**titles, said=_("Voices"))}
    tile = {"x": column("start"), "x2": alt.X2(field="end"), "y": y} | hover
    drawn = draw.table("cells", _cells(cells, rows, [*roles], sign_by_kind, words=words))
    frames = []
    if any(signs.is_agreed(cell) for cell in cells):
        frames = signs.agreed_frames(tile, drawn, style=style, height=TILE + 2)
    layers = [
        *signs.key_layers(key, y, style=style),
        *_lines_between(rows, heads, y, style=style),
        *signs.tiles(tile, drawn, style=style, height=TILE),
        *frames,
        *signs.shapes({"x": column("middle"), "y": y} | hover, drawn, room="column"),
        *_names(y, words=words),
        *_role_names([*roles.values()], y, column("middle"), top=top, style=style),
        *_level_heads(heads, y),
    ]
    params = {"column": f"(width - {FIT} - {NAMES}) / {max(1, len(roles))}"}
    return draw.chart(layers, rows=rows, height=height, style=style, params=params)


# Rows ---------------------------------------------------------------------------------------------


def _decisions(deciders: pd.DataFrame, *, top: int, words: Words) -> tuple[list[Row], list[Row]]:
    """One row per decision, and one head per level above its decisions."""
    rows: list[Row] = []
    heads: list[Row] = []
    for level in in_order(deciders, "level"):
        decisions = grouped(deciders[deciders["level"] == level], "decision")
        first = decisions[0][0]
        healths = [cells[0]["health"] for cells in decisions if cells[0]["health"] is not None]
        top += LEVEL
        heads.append(
            {
                "name": first["level_name"],
                "short": first["level_short"],
                "y": top - 10,
                **_standing(decisions, healths, words=words),
            }
        )
        for cells in decisions:
            rows.append(_decision(cells, y=top + STEP / 2, words=words))
            top += STEP
    return rows, heads


def _standing(decisions: Sequence[Sequence[Row]], healths: Sequence[float], *, words: Words) -> Row:
    """How a level stands: first its contested decisions and nobody's, then the mean fit."""
    fit = words.score(100 * fmean(healths) if healths else None)
    contested = sum(bool(cells[0].get("contested")) for cells in decisions)
    nobodys = sum(bool(cells[0].get("nobodys")) for cells in decisions)
    counts, marks = [], []
    if contested:
        counts.append(
            words.counted("{count} contested decision", "{count} contested decisions", contested)
        )
        marks.append(f"{signs.CONTESTED}\u2009{words.number(contested)}")
    if nobodys:
        counts.append(words.counted_alike("{count} without a decider", nobodys))
        marks.append(f"{''.join(_glyphs(decisions))}\u2009{words.number(nobodys)}")
    if counts:
        counts.append(words.gettext("fit {fit}", fit=fit))
    return {"standing": " · ".join(counts) or fit, "marks": " · ".join([*marks, fit])}


def _glyphs(decisions: Sequence[Sequence[Row]]) -> list[str]:
    """The signs of what makes decisions of a level nobody's, in the order of the columns."""
    kinds = {cell["mark"] for cells in decisions if cells[0].get("nobodys") for cell in cells}
    return [glyph for kind, glyph in signs.OF_NOBODYS.items() if kind in kinds]


def _decision(cells: Sequence[Row], *, y: float, words: Words) -> Row:
    first = cells[0]
    vacant = not any(cell["expected"] for cell in cells)
    fit = words.score(None if first["health"] is None else 100 * first["health"])
    marked = f"{signs.CONTESTED}\u2009{fit}" if first.get("contested") else fit
    return {
        "decision": first["decision"],
        **wrapped(first["decision_short"], characters=22, lines=2),
        "y": y,
        "fit": words.gettext("vacant") if vacant else marked,
        "description": _described(cells, fit=fit, words=words),
    }


def _described(cells: Sequence[Row], *, fit: str, words: Words) -> str:
    """A decision in words: who should take it, who takes it, how far that fits."""
    _, decision, voices = words.gettext, cells[0]["decision_short"], cells[0]["voices"]
    expected = words.all_of([cell["role_name"] for cell in cells if cell["expected"]])
    expected = expected or _("vacant")
    if not voices:
        text = _("{decision}: expected {expected}; {unanswered}")
        return text.format(decision=decision, expected=expected, unanswered=cells[0]["unanswered"])
    role_named = _("{role} ({count} of {voices})") if voices > 1 else "{role}"
    of = words.number(voices)
    roles_named = [
        role_named.format(role=cell["role_name"], count=words.number(cell["named"]), voices=of)
        for cell in cells
        if cell["named"]
    ]
    named = words.all_of(roles_named)
    text = _("{decision}: expected {expected}; named {named}; fit {fit} out of 100")
    if cells[0].get("contested"):
        text = _("{decision}: contested; expected {expected}; named {named}; fit {fit} out of 100")
    return text.format(decision=decision, expected=expected, named=named, fit=fit)


def _cells(
    cells: Sequence[Row],
    rows: Sequence[Row],
    roles: Sequence[str],
    sign_by_kind: Mapping[str, signs.CellSign],
    *,
    words: Words,
) -> list[Row]:
    """One row per cell in which there is something to see."""
    downs = {row["decision"]: row["y"] for row in rows}
    expected = words.gettext("expected; {unanswered}")
    several = any(cell["voices"] > 1 for cell in cells)
    drawn = []
    for cell in filter(signs.kind_of, cells):
        sign, column = sign_by_kind[signs.kind_of(cell)], roles.index(cell["role"])
        naming, voices = cell["named"], cell["voices"]
        drawn.append(
            {
                "decision": cell["decision_short"],
                "role": cell["role_name"],
                "reading": sign.reading
                if voices
                else expected.format(unanswered=cell["unanswered"]),
                "said": wording.share_of_voices(naming, voices, words=words) if voices else BLANK,
                "start": round(column + 0.06, 2),
                "middle": column + 0.5,
                "end": round(column + 0.94, 2),
                "y": downs[cell["decision"]],
                "share": naming / voices if naming else 0,
                **sign.look(),
                "glyph": words.number(naming) if several and sign.shape else sign.glyph,
                **({signs.AGREED: True} if signs.is_agreed(cell) else {}),
            }
        )
    return drawn


# Layers -------------------------------------------------------------------------------------------


def _names(y: alt.Y, *, words: Words) -> list[alt.Chart]:
    """The decisions at the left, wrapped where they are tight, and their fit at the right."""
    hover = draw.tooltips(name=words.gettext("Decision"))
    said = {"y": y, "description": draw.described(), "tooltip": hover}
    return [
        draw.wrapped_label(
            said,
            line=11,
            where=TIGHT,
            limit=draw.expr(f"{NAMES} - 6"),
            fontSize=draw.expr(f"{TIGHT} ? 11 : 13"),
        ),
        draw.label("fit", {"y": y}, fontSize=12, **draw.RIGHT),
    ]


def _role_names(
    roles: Sequence[str], y: alt.Y, x: alt.X, *, top: int, style: Style
) -> list[alt.Chart]:
    """The roles' names upright above their columns; where they crowd, each leads to its own."""
    foot = top + ROLES
    rows = [
        {
            "name": name,
            "middle": index + 0.5,
            "y": foot - ROLE_LINE // 2 - 2,
            "foot": foot,
            "lift": ROLE_LINE * (ROLE_LINES - 1 - index % ROLE_LINES),
        }
        for index, name in enumerate(roles)
    ]
    at, data = {"y": y, "x": x}, draw.table("heads", rows)
    lifted = draw.expr(f"{CROWDED} ? -datum.lift : 0")
    lead: draw.Properties = {
        "color": style.grid,
        "opacity": draw.expr(f"{CROWDED} && datum.lift ? 1 : 0"),
        "yOffset": draw.expr("8 - datum.lift"),
    }
    size = draw.expr(f"{CROWDED} ? 11 : 12")
    return [
        draw.layer("rule", at | {"y2": alt.Y2(field="foot")}, rows=data, **lead),
        *draw.haloed(
            "name", at, style=style, rows=data, dy=lifted, **draw.quiet(style) | {"fontSize": size}
        ),
    ]


def _level_heads(heads: Sequence[Row], y: alt.Y) -> list[alt.Chart]:
    """Above each level's decisions its name and how it stands, in signs on a phone."""
    at, levels = {"y": y}, draw.table("levels", heads)
    level: draw.Properties = {
        "text": draw.expr("width < 520 ? datum.short : datum.name"),
        "limit": draw.on_phone(f"{NAMES} - 6", f"width - {STANDING}"),
        **draw.LEFT,
    }
    stands: draw.Properties = {"text": draw.on_phone("datum.marks", "datum.standing")}
    return [
        draw.layer("text", at, rows=levels, **level, **draw.HEADING),
        draw.layer("text", at, rows=levels, **stands, **draw.RIGHT, **draw.HEADING),
    ]


def _lines_between(
    rows: Sequence[Row], heads: Sequence[Row], y: alt.Y, *, style: Style
) -> list[alt.Chart]:
    under = draw.table("heads_end", [{"y": head["y"] + 10} for head in heads])
    light = draw.table("rows_end", [{"y": row["y"] + STEP / 2} for row in rows])
    return [
        draw.layer("rule", {"y": y}, rows=light, color=style.track, **draw.WHOLE_WIDTH),
        draw.layer("rule", {"y": y}, rows=under, color=style.grid, **draw.WHOLE_WIDTH),
    ]

"""The signs of the map of deciders: how each kind of cell is drawn, read, and told in the key."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import altair as alt

from assessment.charts import draw
from assessment.charts.rows import Row
from assessment.charts.style import Style
from assessment.languages import Words

KEY_STEP, KEY_GAP = 18, 4

CONTESTED = "≠"
"""The mark of a decision that voices contest, before its fit."""

OF_NOBODYS = {"nobody": "×", "unclear": "?"}
"""The signs of what makes a decision nobody's, in the order of their columns."""

AGREED = "agreed"
DIAMOND = "M0,-1.3L1.3,0L0,1.3L-1.3,0Z"
"""A diamond large enough to hold a number."""


@dataclass(frozen=True, slots=True)
class CellSign:
    """How a cell is drawn: a tile under it, a shape in it, a sign in the shape, and its reading."""

    reading: str
    tile: str = ""
    shape: str = ""
    fill: str = ""
    stroke: str = ""
    ink: str = ""
    glyph: str = ""

    def look(self) -> Row:
        """What the layers of a sign read from its row."""
        return {key: value for key, value in asdict(self).items() if key != "reading"}


def by_kind(words: Words, *, style: Style) -> Mapping[str, CellSign]:
    """How each kind of cell is drawn and read, in the order of the key."""
    _ = words.gettext

    def filled(colour: str) -> draw.Properties:
        return {"fill": colour, "stroke": colour, "ink": style.background}

    def ring(colour: str) -> draw.Properties:
        return {"fill": style.background, "stroke": colour, "ink": style.text}

    seated, amiss = {"shape": "circle", **filled(style.healthy)}, filled(style.trouble)
    outside, unclear = ring(style.text), ring(style.trouble)
    return {
        "fits": CellSign(_("expected and named"), tile="solid", **seated),
        "expected": CellSign(_("expected, not named"), tile="solid"),
        "vacant": CellSign(_("expected, seat empty"), tile="dashed"),
        "counts": CellSign(_("counts as expected"), **seated),
        "outside": CellSign(_("named, not expected"), shape="circle", **outside),
        "must-not": CellSign(_("should not decide"), shape=DIAMOND, glyph="!", **amiss),
        "nobody": CellSign(
            _("nobody decides"), shape="square", glyph=OF_NOBODYS["nobody"], **amiss
        ),
        AGREED: CellSign(_("agreed: decides"), tile=AGREED),
        "unclear": CellSign(
            _("unclear who decides"), shape="square", glyph=OF_NOBODYS["unclear"], **unclear
        ),
    }


def kind_of(cell: Row) -> str:
    """A cell's kind, which has a sign; empty where there is nothing to see."""
    if cell["mark"] == "fits":
        return "fits" if cell["expected"] else "counts"
    if cell["mark"]:
        return str(cell["mark"])
    if cell["expected"]:
        return "expected"
    if cell["reference"] == "vacant":
        return "vacant"
    return AGREED if is_agreed(cell) else ""


def is_agreed(cell: Row) -> bool:
    """Whether the cell's role has the last word by an agreement."""
    return bool(cell.get(AGREED))


def key_rows(
    cells: Sequence[Row], signs: Mapping[str, CellSign], *, words: Words, style: Style
) -> list[Row]:
    """What each sign that occurs means, two to a line; then what the numbers are."""
    _ = words.gettext
    kinds = {kind_of(cell) for cell in cells}
    kinds |= {AGREED for cell in cells if is_agreed(cell)}
    entries = [sign for kind, sign in signs.items() if kind in kinds]
    contested = any(cell.get("contested") for cell in cells)
    fit = _("fit; ≠ contested") if contested else _("fit, from 0 to 100")
    numbers = [CellSign(fit, glyph=words.number(75), ink=style.text)]
    most = max((cell["voices"] for cell in cells), default=0)
    if most > 1:
        told = OF_NOBODYS.values()  # heads of levels have these signs
        entries = [one if one.glyph in told else replace(one, glyph="") for one in entries]
        reading = _("voices, of {count} at most", count=most)
        numbers.append(CellSign(reading, glyph="n", ink=style.text))
    return [
        {
            "text": entry.reading,
            "line": index // 2,
            "side": index % 2,
            "y": KEY_STEP * (index // 2 + 0.5),
            "share": 1,
            **entry.look(),
        }
        for index, entry in enumerate([*entries, *numbers])
    ]


def key_layers(key: Sequence[Row], y: alt.Y, *, style: Style) -> list[alt.Chart]:
    """The key above the levels, in two columns."""
    data = draw.table("key", key)
    left = "datum.side * min(width / 2, 320)"
    at: draw.Properties = {"y": y}
    reach: draw.Properties = {"x": draw.expr(left), "x2": draw.expr(f"{left} + 28")}
    reading: draw.Properties = {
        "x": draw.expr(f"{left} + 36"),
        "align": "left",
        "limit": draw.expr("min(width / 2, 320) - 40"),
        "text": draw.expr("datum.text"),
        **draw.quiet(style),
        "fontSize": draw.expr("width < 340 ? 9.5 : 12"),
    }
    framed = any(row["tile"] == AGREED for row in key)
    return [
        *tiles(at, data, style=style, height=15, **reach),
        *(agreed_frames(at, data, style=style, height=15, **reach) if framed else ()),
        *shapes(at, data, room="14", x=draw.expr(f"{left} + 14")),
        draw.layer("text", at, rows=data, **reading),
    ]


def tiles(
    at: Mapping[str, Any], data: alt.InlineData, *, style: Style, height: int, **reach: Any
) -> list[alt.Chart]:
    """The seats that should decide: filled where somebody sits, dashed where the seat is empty."""
    look: draw.Properties = {"height": height, "cornerRadius": 4, "stroke": style.muted, **reach}
    dashed: draw.Properties = {"fill": style.background, "strokeDash": [4, 3]}
    solid_only, dashed_only = (f"datum.tile == '{tile}'" for tile in ("solid", "dashed"))
    return [
        draw.layer("rect", at, rows=data, only=solid_only, fill=style.track, **look),
        draw.layer("rect", at, rows=data, only=dashed_only, **dashed, **look),
    ]


def agreed_frames(
    at: Mapping[str, Any], data: alt.InlineData, *, style: Style, height: int, **reach: Any
) -> list[alt.Chart]:
    """A frame around the role that has the last word by an agreement."""
    frame: draw.Properties = {"fill": None, "stroke": style.text, "strokeWidth": 2.5}
    look: draw.Properties = {"height": height, "cornerRadius": 4, **frame, **reach}
    only = f"datum.{AGREED} || datum.tile == '{AGREED}'"
    return [draw.layer("rect", at, rows=data, only=only, **look)]


def shapes(
    at: Mapping[str, Any], data: alt.InlineData, *, room: str, **position: Any
) -> list[alt.Chart]:
    """What stands for those named, with the number of voices or the sign that it holds.

    A shape is as large as the share of voices and its `room`, an expression, allow.
    """
    width = f"max(min(16, {room}), min({room} - 3, 20) * sqrt(datum.share))"
    unscaled: draw.Properties = {"type": "nominal", "scale": None, "legend": None}
    plain = {
        "shape": alt.Shape(field="shape", **unscaled),
        "fill": alt.Fill(field="fill", **unscaled),
        "stroke": alt.Stroke(field="stroke", **unscaled),
    }
    size = draw.expr(f"pow({width}, 2)")
    shape: draw.Properties = {"rows": data, "only": "datum.shape != ''", "size": size, **position}
    glyph: draw.Properties = {
        "rows": data,
        "only": "datum.glyph != ''",
        "dy": 1,
        "align": "center",
        "fontSize": draw.on_phone(11, 12),
        "fontWeight": 700,
        **position,
    }
    silent = {key: value for key, value in at.items() if key != "tooltip"}
    return [
        draw.layer("point", {**at, **plain}, strokeWidth=2, opacity=1, **shape),
        draw.label("glyph", silent | {"color": draw.coloured("ink")}, **glyph),
    ]

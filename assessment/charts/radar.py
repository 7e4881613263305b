"""The levels of up to three squads as a radar, and of one squad as a small one.

Vega-Lite has no polar lines, so that everything is laid out on two linear scales whose pixel
range is an expression of the chart's width and height: the radar keeps its shape in any column.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin

import altair as alt
import pandas as pd

from assessment.charts import wording
from assessment.charts.drawing import (
    MARKS,
    NARROW,
    Properties,
    Row,
    coloured,
    dashed,
    described,
    expression,
    finished,
    in_order,
    label,
    layer,
    linear,
    named,
    quiet,
    records,
    shaped,
    tooltips,
)
from assessment.charts.style import Style
from assessment.languages import BLANK, Words

MOST_OVERLAID = 3
"""Squads that stay legible in one radar; beyond, one small radar each."""

RINGS = MARKS[1:]
HEIGHT, SMALL_HEIGHT = 340, 236
LINE = 15
BELOW_LIMIT = 96
KEY_LINE, KEY_GAP = 24, 12
KEY_SYMBOL = 36


def radar(levels: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """One to three squads laid over each other, a key below when there are several.

    A level that is not scored has no point, and the outline is broken there.
    Raises ValueError for no squad or more than three.
    """
    squads = in_order(levels, "squad")
    if not 1 <= len(squads) <= MOST_OVERLAID:
        raise ValueError(
            f"a radar shows one to {MOST_OVERLAID} squads, not {len(squads)}; "
            "beyond that, draw small_radar for each"
        )
    rows = _points(levels, words=words)
    labels = _level_labels(levels, words=words)
    several = len(squads) > 1
    height = HEIGHT + (KEY_GAP + KEY_LINE if several else 0)
    layers = [
        *_web(len(labels), style=style, numbers=[words.number(ring) for ring in RINGS]),
        *_shapes(levels, style=style, width=2.5),
        _point_layer(squads, rows, size=85, words=words, style=style),
        *_label_layers(labels, style=style, size=14, below=12),
    ]
    params = _geometry(labels, size=14, key="key" if several else "0")
    if several:
        names, key_params = _key(squads, style=style)
        layers += names
        params = key_params | params
    return finished(layers, rows=rows, height=height, style=style, params=params)


def small_radar(levels: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """One squad under its name, each score printed beside its axis; for grids of many squads."""
    squads = in_order(levels, "squad")
    if len(squads) != 1:
        raise ValueError(f"a small radar shows one squad, not {len(squads)}")
    rows = _points(levels, words=words)
    labels = [
        {
            "name": level["level_short"],
            "below": words.score(level["score"]),
            "scored": level["score"] is not None,
        }
        for level in records(levels)
    ]
    title = label(
        "name",
        {"tooltip": tooltips({"name": words.gettext("Squad")})},
        rows=named("title", [{"name": squads[0]}]),
        x=expression("width / 2"),
        y=10,
        limit=expression("width - 8"),
        fontSize=15,
        fontWeight=600,
    )
    return finished(
        [
            *_web(len(labels), style=style, numbers=None),
            *_shapes(levels, style=style, width=2),
            _point_layer(squads, rows, size=50, words=words, style=style),
            *_label_layers(labels, style=style, size=12, below=13),
            title,
        ],
        rows=rows,
        height=SMALL_HEIGHT,
        style=style,
        params=_geometry(labels, size=12, key="0", top=22),
    )


# Places ------------------------------------------------------------------------------------------


def _place(axis: int, axes: int, score: float) -> tuple[float, float]:
    """Where a score stands on its axis; the first axis points up, the others follow clockwise."""
    turn = 2 * pi * axis / axes
    # Adding 0.0 turns -0.0 into 0.0, which would make specs differ for nothing.
    return round(score * sin(turn), 3) + 0.0, round(score * cos(turn), 3) + 0.0


def _at() -> Properties:
    """Encodings on the radar's own scales, 100 being the outer ring."""

    def scale(start: str, end: str) -> alt.Scale:
        return linear((-100, 100), (expression(start), expression(end)))

    return {
        "x": alt.X(
            field="x",
            type="quantitative",
            scale=scale("middle - radius", "middle + radius"),
            axis=None,
        ),
        "y": alt.Y(
            field="y",
            type="quantitative",
            scale=scale("centre + radius", "centre - radius"),
            axis=None,
        ),
    }


def _geometry(labels: Sequence[Row], *, size: int, key: str, top: int = 0) -> dict[str, str]:
    """The radar's centre and radius: as large as the labels around it leave room for."""
    axes = len(labels)
    character = size * 0.5
    widths = []
    lowest = min(_place(axis, axes, 1)[1] for axis in range(axes))
    for axis, corner in enumerate(labels):
        side = abs(_place(axis, axes, 1)[0])
        below = max(len(line) * 6 for line in corner["below"].split("\n"))
        longest = max(len(corner["name"]) * character, min(below, BELOW_LIMIT))
        if side > 0.2:
            widths.append(f"(width / 2 - {round(longest + 14)}) / {side}")
    above = top + size + 14 + (_below_lines(labels[0]) * LINE)
    under = 22 + LINE * max((_below_lines(corner) for corner in labels[1:]), default=0)
    span = round(1 - lowest, 3)
    return {
        "middle": "width / 2",
        "free": f"height - {key} - {above + under}",
        "radius": f"max(30, min({', '.join(widths)}, free / {span}))",
        "centre": f"{above} + (free - radius * {span}) / 2 + radius",
    }


def _below_lines(corner: Row) -> int:
    return len(corner["below"].split("\n")) if corner["below"] else 0


# Layers ------------------------------------------------------------------------------------------


def _web(axes: int, *, style: Style, numbers: Sequence[str] | None) -> list[alt.Chart]:
    """Rings, spokes and the rings' numbers."""
    rings: list[Row] = []
    for ring in RINGS:
        for axis in range(axes + 1):
            x, y = _place(axis % axes, axes, ring)
            rings.append({"ring": ring, "order": axis, "x": x, "y": y})
    spokes: list[Row] = []
    for axis in range(axes):
        x, y = _place(axis, axes, 100)
        spokes.append({"x": 0, "y": 0, "x2": x, "y2": y})
    layers = [
        layer(
            "line",
            rows=named("rings", rings),
            encode=_at()
            | {
                "detail": [alt.Detail(field="ring", type="nominal")],
                "order": alt.Order(field="order", type="quantitative"),
            },
            color=style.grid,
            strokeWidth=1,
        ),
        layer(
            "rule",
            rows=named("spokes", spokes),
            encode=_at() | {"x2": alt.X2(field="x2"), "y2": alt.Y2(field="y2")},
            color=style.grid,
        ),
    ]
    if numbers is not None:
        marks = [
            {"x": 0, "y": ring, "label": number}
            for ring, number in zip(RINGS, numbers, strict=True)
        ]
        layers.append(
            label(
                "label",
                _at(),
                rows=named("numbers", marks),
                dx=6,
                dy=8,
                align="left",
                **quiet(style, size=11),
            )
        )
    return layers


def _points(levels: pd.DataFrame, *, words: Words) -> list[Row]:
    """One row per scored level of each squad; what is not scored has no row at all."""
    axis_of = {level: axis for axis, level in enumerate(in_order(levels, "level"))}
    rows = []
    for level in records(levels):
        score = level["score"]
        if score is None:
            continue
        x, y = _place(axis_of[level["level"]], len(axis_of), score)
        rows.append(
            {
                "squad": level["squad"],
                "level": level["level_name"],
                "x": x,
                "y": y,
                "score": words.score(score),
                "stage": level["stage_name"] or BLANK,
                "description": wording.out_of_hundred(
                    level["squad"], level["level_name"], score, words=words
                ),
            }
        )
    return rows


def _shapes(levels: pd.DataFrame, *, style: Style, width: float) -> list[alt.Chart]:
    """Fills of fully scored squads and everyone's outline, broken where a score is missing."""
    squads, axes = in_order(levels, "squad"), in_order(levels, "level")
    fills: list[Row] = []
    outlines: list[Row] = []
    for squad in squads:
        places = {
            axes.index(level["level"]): _place(
                axes.index(level["level"]), len(axes), level["score"]
            )
            for level in records(levels[levels["squad"] == squad])
            if level["score"] is not None
        }
        outline = [
            {"squad": squad, "run": run, "order": order, "x": places[axis][0], "y": places[axis][1]}
            for run, stretch in enumerate(_runs([axis in places for axis in range(len(axes))]))
            for order, axis in enumerate(stretch)
        ]
        outlines += outline
        if len(places) == len(axes):
            fills += outline
    in_turn: Properties = {"order": alt.Order(field="order", type="quantitative")}
    colour: Properties = {"color": coloured("squad", style.colours_for(squads))}
    return [
        layer(
            "line",
            rows=named("fills", fills),
            encode=_at() | in_turn | colour,
            filled=True,
            interpolate="linear-closed",
            strokeWidth=0,
            opacity=0.14,
        ),
        layer(
            "line",
            rows=named("outlines", outlines),
            encode=_at()
            | in_turn
            | colour
            | {
                "detail": [alt.Detail(field="run", type="nominal")],
                "strokeDash": dashed("squad", style.dashes_for(squads)),
            },
            strokeWidth=width,
            strokeJoin="round",
        ),
    ]


def _runs(scored: Sequence[bool]) -> list[list[int]]:
    """Axes joined by one line: all of them and back to the first, or the stretches between gaps."""
    axes = len(scored)
    if all(scored):
        return [[*range(axes), 0]]
    gap = scored.index(False)
    runs: list[list[int]] = [[]]
    for axis in (*range(gap, axes), *range(gap)):
        if scored[axis]:
            runs[-1].append(axis)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if len(run) > 1]


def _point_layer(
    squads: Sequence[str], rows: Sequence[Row], *, size: int, words: Words, style: Style
) -> alt.Chart:
    """The points, where there are any: the only part of a radar that a screen reader hears."""
    _ = words.gettext
    return layer(
        "point",
        encode=_at()
        | {
            "color": coloured("squad", style.colours_for(squads)),
            "shape": shaped("squad", style.shapes_for(squads)),
            "description": described(),
            "tooltip": tooltips(
                {
                    "squad": _("Squad"),
                    "level": _("Level"),
                    "score": _("Score"),
                    "stage": _("Stage"),
                }
            ),
        },
        filled=True,
        size=size,
        aria=bool(rows),
        opacity=1,
        stroke=style.background,
        strokeWidth=1.5,
    )


def _level_labels(levels: pd.DataFrame, *, words: Words) -> list[Row]:
    """Each level's short name, and under it who lacks the answers for a score."""
    _ = words.gettext
    several = levels["squad"].nunique() > 1
    labels = []
    for level in in_order(levels, "level"):
        rows = records(levels[levels["level"] == level])
        unscored = [row["squad"] for row in rows if row["score"] is None]
        below = ""
        if unscored and len(unscored) == len(rows):
            below = _("not enough\nanswers")
        elif unscored and several:
            below = _("not scored:") + "\n" + "\n".join(unscored)
        labels.append(
            {
                "name": rows[0]["level_short"],
                "below": below,
                "scored": len(unscored) < len(rows),
            }
        )
    return labels


def _label_layers(labels: Sequence[Row], *, style: Style, size: int, below: int) -> list[alt.Chart]:
    """The levels' names around the radar and the line or two under some of them."""
    axes = len(labels)
    rows = []
    for axis, corner in enumerate(labels):
        x, y = _place(axis, axes, 100)
        lines = _below_lines(corner)
        side = 0 if abs(x) < 20 else 1 if x > 0 else -1
        # Above the top point the lines end at the point; beside a point they begin there.
        down = (-12 - lines * LINE if y > 0 else 14) if side == 0 else (0 if y > 0 else 6)
        rows.append(
            corner
            | {
                "x": x,
                "y": y,
                "right": 10 * side,
                "down": down,
                "align": {0: "center", 1: "left", -1: "right"}[side],
                "colour": style.text if corner["scored"] else style.muted,
            }
        )
    data = named("labels", rows)
    place: Properties = {"dx": expression("datum.right"), "align": expression("datum.align")}
    return [
        label(
            "name",
            _at() | {"color": coloured("colour", None)},
            rows=data,
            dy=expression("datum.down"),
            fontSize=size,
            fontWeight=600,
            **place,
        ),
        label(
            "below",
            _at(),
            rows=data,
            dy=expression(f"datum.down + {LINE}"),
            lineBreak="\n",
            lineHeight=LINE - 1,
            limit=BELOW_LIMIT,
            fontSize=below,
            color=style.text if size < 14 else style.muted,
            **place,
        ),
    ]


def _key(squads: Sequence[str], *, style: Style) -> tuple[list[alt.Chart], dict[str, str]]:
    """Each squad's line, point and name under the radar: one row, or one row each on a phone."""
    rows: list[Row] = []
    offset = 0
    for place, squad in enumerate(squads):
        rows.append({"squad": squad, "place": place, "offset": offset})
        offset += KEY_SYMBOL + round(len(squad) * 7.2) + 22
    total = offset - 22
    params = {
        "packed": f"{total} <= width",
        "stacked": f"!packed && {NARROW}",
        "key": f"stacked ? {KEY_GAP + KEY_LINE * len(squads)} : {KEY_GAP + KEY_LINE}",
    }
    left = (
        f"packed ? (width - {total}) / 2 + datum.offset"
        f" : stacked ? 0 : datum.place * width / {len(squads)}"
    )
    down = f"height - key + {KEY_GAP + KEY_LINE // 2} + (stacked ? datum.place * {KEY_LINE} : 0)"
    data = named("key", rows)
    colour = coloured("squad", style.colours_for(squads))
    layers = [
        layer(
            "rule",
            rows=data,
            encode={
                "x": {"value": expression(left)},
                "x2": {"value": expression(f"({left}) + {KEY_SYMBOL - 8}")},
                "y": {"value": expression(down)},
                "color": colour,
                "strokeDash": dashed("squad", style.dashes_for(squads)),
            },
            strokeWidth=2.5,
        ),
        layer(
            "point",
            rows=data,
            encode={
                "color": colour,
                "shape": shaped("squad", style.shapes_for(squads)),
            },
            x=expression(f"({left}) + {KEY_SYMBOL / 2 - 4}"),
            y=expression(down),
            filled=True,
            size=85,
            opacity=1,
            stroke=style.background,
            strokeWidth=1.5,
        ),
        label(
            "squad",
            {"tooltip": [alt.Tooltip(field="squad", type="nominal")]},
            rows=data,
            x=expression(f"({left}) + {KEY_SYMBOL}"),
            y=expression(down),
            align="left",
            limit=expression(
                f"packed ? 600 : stacked ? width - {KEY_SYMBOL}"
                f" : width / {len(squads)} - {KEY_SYMBOL + 16}"
            ),
            fontSize=14,
        ),
    ]
    return layers, params

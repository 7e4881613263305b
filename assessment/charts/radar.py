"""What shape up to three squads are in: their levels as a radar, of one also as a small one."""

from collections.abc import Sequence
from math import pi

import altair as alt
import pandas as pd

from assessment.charts import draw, ring, wording
from assessment.charts.rows import Row, grouped, in_order, records
from assessment.charts.style import Style
from assessment.languages import BLANK, Words

MOST_OVERLAID = 3
"""Squads that stay legible in one radar; beyond, one small radar each."""

RINGS = draw.MARKS[1:]
HEIGHT, HEIGHT_OF_ONE, SMALL_HEIGHT = 340, 256, 190
LINE = 15
BELOW_LIMIT = 96
KEY_LINE, KEY_GAP = 24, 12
KEY_SYMBOL = 36
KEY_HEIGHT = KEY_GAP + KEY_LINE
AT = ring.encodings(100)


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
    rows, labels = _points(levels, words=words), _level_labels(levels, words=words)
    series = draw.Series("squad", squads, style)
    layers = [
        *_rings_and_spokes(len(labels), style=style),
        *_shapes(levels, series, width=2.5),
        *_ring_numbers(words, style=style),
        _point_layer(rows, series, size=85, words=words),
        *_label_layers(labels, size=14, below=draw.quiet(style), style=style),
    ]
    height, params = HEIGHT_OF_ONE, _geometry(labels, size=14)
    if len(squads) > 1:
        layers += _key(series)
        height, params = HEIGHT + KEY_HEIGHT, _key_params(squads)
        params |= _geometry(labels, size=14, key="key")
    return draw.chart(layers, rows=rows, height=height, style=style, params=params)


def small_radar(levels: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """One squad without its name, for grids of many squads below a map that tells their scores."""
    squads = in_order(levels, "squad")
    if len(squads) != 1:
        raise ValueError(f"a small radar shows one squad, not {len(squads)}")
    rows, series = _points(levels, words=words), draw.Series("squad", squads, style)
    labels: list[Row] = []
    for level in records(levels):
        name, scored = level["level_short"], level["score"] is not None
        shown = name if scored else f"{name} {BLANK}"
        labels.append({"name": shown, "below": "", "scored": scored, "room": len(name) + 2})
    layers = [
        *_rings_and_spokes(len(labels), style=style),
        *_shapes(levels, series, width=2),
        _point_layer(rows, series, size=50, words=words),
        *_label_layers(labels, size=12, below=draw.quiet(style), style=style),
    ]
    params = _geometry(labels, size=12)
    return draw.chart(layers, rows=rows, height=SMALL_HEIGHT, style=style, params=params)


# Places ------------------------------------------------------------------------------------------


def _place(axis: int, axes: int, score: float) -> Row:
    """Where a score stands on its axis; the first axis points up, the others follow clockwise."""
    return ring.point(2 * pi * axis / axes, score)


def _geometry(labels: Sequence[Row], *, size: int, key: str = "0") -> dict[str, str]:
    """The radar's centre and radius: as large as the labels around it leave room for."""
    axes = len(labels)
    widths = []
    lowest = min(_place(axis, axes, 1)["y"] for axis in range(axes))
    for axis, corner in enumerate(labels):
        side = abs(_place(axis, axes, 1)["x"])
        below = max(len(line) * 6 for line in corner["below"].split("\n"))
        longest = max(corner["room"] * size * 0.5, min(below, BELOW_LIMIT))
        if side > 0.2:
            widths.append(f"(width / 2 - {round(longest + 14)}) / {side}")
    above = size + 18 + (_below_lines(labels[0]) * LINE)
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


# Rows --------------------------------------------------------------------------------------------


def _points(levels: pd.DataFrame, *, words: Words) -> list[Row]:
    """One row per scored level of each squad; what is not scored has no row at all."""
    axes = in_order(levels, "level")
    rows = []
    for level in records(levels):
        squad, name, score = level["squad"], level["level_name"], level["score"]
        if score is None:
            continue
        rows.append(
            {
                "squad": squad,
                "level": name,
                "score": words.score(score),
                "stage_name": level["stage_name"] or BLANK,
                "description": wording.out_of_hundred(squad, name, score, words=words),
                **_place(axes.index(level["level"]), len(axes), score),
            }
        )
    return rows


def _level_labels(levels: pd.DataFrame, *, words: Words) -> list[Row]:
    """Each level's short name, and under it who lacks the answers for a score."""
    several = levels["squad"].nunique() > 1
    labels = []
    for rows in grouped(levels, "level"):
        unscored = [row["squad"] for row in rows if row["score"] is None]
        scored = len(unscored) < len(rows)
        below = ""
        if not scored:
            below = words.gettext("not enough\nanswers")
        elif unscored and several:
            below = words.gettext("not scored:") + "\n" + "\n".join(unscored)
        name = rows[0]["level_short"]
        labels.append({"name": name, "below": below, "scored": scored, "room": len(name)})
    return labels


# Layers ------------------------------------------------------------------------------------------


def _rings_and_spokes(axes: int, *, style: Style) -> list[alt.Chart]:
    rings = [
        {"ring": score, "order": axis, **_place(axis % axes, axes, score)}
        for score in RINGS
        for axis in range(axes + 1)
    ]
    ends = [_place(axis, axes, 100) for axis in range(axes)]
    spokes = [{"x": 0, "y": 0, "x2": end["x"], "y2": end["y"]} for end in ends]
    round_it = AT | draw.broken_by("ring") | draw.joined_by("order")
    outwards = AT | {"x2": alt.X2(field="x2"), "y2": alt.Y2(field="y2")}
    data = draw.table("rings", rings)
    return [
        draw.layer("line", round_it, rows=data, color=style.grid, strokeWidth=1),
        draw.layer("rule", outwards, rows=draw.table("spokes", spokes), color=style.grid),
    ]


def _ring_numbers(words: Words, *, style: Style) -> list[alt.Chart]:
    """What score each ring stands for, beside the first spoke."""
    rows = [{"x": 0, "y": score, "label": words.number(score)} for score in RINGS]
    look: draw.Properties = {"dx": 6, "dy": 8, "align": "left", **draw.quiet(style, size=11)}
    return draw.haloed("label", AT, style=style, rows=draw.table("numbers", rows), **look)


def _shapes(levels: pd.DataFrame, series: draw.Series, *, width: float) -> list[alt.Chart]:
    """Fills of fully scored squads and everyone's outline, broken where a score is missing."""
    axes = in_order(levels, "level")
    fills: list[Row] = []
    outlines: list[Row] = []
    for rows in grouped(levels, "squad"):
        scores = {axes.index(row["level"]): row["score"] for row in rows}
        scored = [scores.get(axis) is not None for axis in range(len(axes))]
        outline: list[Row] = [
            {"squad": rows[0]["squad"], "run": run, "order": order}
            | _place(axis, len(axes), scores[axis])
            for run, stretch in enumerate(_runs(scored))
            for order, axis in enumerate(stretch)
        ]
        outlines += outline
        if all(scored):
            fills += outline
    closed = AT | draw.joined_by("order") | {"color": series.colour}
    broken = closed | draw.broken_by("run") | {"strokeDash": series.dash}
    fill: draw.Properties = {
        "filled": True,
        "interpolate": "linear-closed",
        "strokeWidth": 0,
        "opacity": 0.14,
    }
    line: draw.Properties = {"strokeWidth": width, "strokeJoin": "round"}
    return [
        draw.layer("line", closed, rows=draw.table("fills", fills), **fill),
        draw.layer("line", broken, rows=draw.table("outlines", outlines), **line),
    ]


def _point_layer(rows: Sequence[Row], series: draw.Series, *, size: int, words: Words) -> alt.Chart:
    """The points, where there are any: the only part of a radar that a screen reader hears."""
    _ = words.gettext
    hover = draw.tooltips(
        squad=_("Squad"), level=_("Level"), score=_("Score"), stage_name=_("Stage")
    )
    look = {"color": series.colour, "shape": series.shape}
    return draw.dot(
        AT | look | draw.announced(hover), size=size, aria=bool(rows), **draw.halo(series.style)
    )


def _label_layers(
    labels: Sequence[Row], *, size: int, below: draw.Properties, style: Style
) -> list[alt.Chart]:
    """The levels' names around the radar and the line or two under some of them."""
    rows = []
    for axis, corner in enumerate(labels):
        end = _place(axis, len(labels), 100)
        side = 0 if abs(end["x"]) < 20 else 1 if end["x"] > 0 else -1
        # Above the top point the lines end at the point; beside a point they begin there.
        above = 0 if side else -16 - _below_lines(corner) * LINE
        under = 6 if side else 14
        rows.append(
            corner
            | end
            | {
                "right": 10 * side,
                "down": above if end["y"] > 0 else under,
                "align": {0: "center", 1: "left", -1: "right"}[side],
                "colour": style.text if corner["scored"] else style.muted,
            }
        )
    beside: draw.Properties = {
        "rows": draw.table("labels", rows),
        "dx": draw.expr("datum.right"),
        "align": draw.expr("datum.align"),
    }
    corner_name = AT | {"color": draw.coloured("colour")}
    down = draw.expr("datum.down")
    lines: draw.Properties = {
        "dy": draw.expr(f"datum.down + {LINE}"),
        "lineBreak": "\n",
        "lineHeight": LINE - 1,
        "limit": BELOW_LIMIT,
    }
    return [
        draw.label("name", corner_name, dy=down, fontSize=size, **draw.BOLD, **beside),
        draw.label("below", AT, **lines, **below, **beside),
    ]


def _key_width(squad: str) -> int:
    return KEY_SYMBOL + round(len(squad) * 7.2) + 22


def _key_params(squads: Sequence[str]) -> dict[str, str]:
    """Whether the key takes one row, or one row each on a phone, and how high it is."""
    total = sum(map(_key_width, squads)) - 22
    return {
        "packed": f"{total} <= width",
        "stacked": f"!packed && {draw.NARROW}",
        "key": f"stacked ? {KEY_GAP + KEY_LINE * len(squads)} : {KEY_HEIGHT}",
    }


def _key(series: draw.Series) -> list[alt.Chart]:
    squads = series.names
    widths = [_key_width(squad) for squad in squads]
    rows = [
        {"squad": squad, "place": index, "offset": sum(widths[:index])}
        for index, squad in enumerate(squads)
    ]
    data = draw.table("key", rows)
    left = (
        f"packed ? (width - {sum(widths) - 22}) / 2 + datum.offset"
        f" : stacked ? 0 : datum.place * width / {len(squads)}"
    )
    down = draw.expr(
        f"height - key + {KEY_GAP + KEY_LINE // 2} + (stacked ? datum.place * {KEY_LINE} : 0)"
    )
    line: draw.Properties = {
        "x": {"value": draw.expr(left)},
        "x2": {"value": draw.expr(f"({left}) + {KEY_SYMBOL - 8}")},
        "y": {"value": down},
        "color": series.colour,
        "strokeDash": series.dash,
    }
    point = {"color": series.colour, "shape": series.shape}
    middle = draw.expr(f"({left}) + {KEY_SYMBOL / 2 - 4}")
    limit = draw.expr(
        f"packed ? 600 : stacked ? width - {KEY_SYMBOL} : width / {len(squads)} - {KEY_SYMBOL + 16}"
    )
    name: draw.Properties = {
        "x": draw.expr(f"({left}) + {KEY_SYMBOL}"),
        "y": down,
        "align": "left",
        "limit": limit,
        "fontSize": 14,
    }
    hover = {"tooltip": [alt.Tooltip(field="squad", type="nominal")]}
    return [
        draw.layer("rule", line, rows=data, strokeWidth=2.5),
        draw.dot(point, rows=data, x=middle, y=down, size=85, **draw.halo(series.style)),
        draw.label("squad", hover, rows=data, **name),
    ]

"""What moved since the last round: two joined dots per level."""

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
from assessment.languages import Words, points_moved

STEP = 50
HEADER = 30
TO_NAME = 20

BEFORE, AFTER = "isValid(datum.before)", "isValid(datum.after)"


def change_dumbbell(change: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """Each level before (hollow) and now (filled), both scores and the signed change printed."""
    _ = words.gettext
    rows = _rows(change, words=words)
    height = HEADER + STEP * len(rows) + AXIS
    score = partial(across, left="34", right="width - 38")
    y = pixels_down("y", height=height)
    at = {"y": y}
    before, after = at | {"x": score("before")}, at | {"x": score("after")}
    joined = before | {"x2": alt.X2(field="after")}
    titles = {
        "name": _("Level"),
        "before_value": _("Before"),
        "after_value": _("Now"),
        "change": _("Change"),
    }
    hover = {"tooltip": tooltips(titles)}
    colour = style.series[0]
    hollow = _dot(fill=style.background, stroke=colour, width=2.5)
    full = _dot(fill=colour, stroke=style.background, width=1.5)
    # Each score stands on its dot's outer side.
    to_left: Properties = {
        "dx": expression("datum.rising ? -12 : 12"),
        "align": expression("datum.rising ? 'right' : 'left'"),
    }
    to_right: Properties = {
        "dx": expression("datum.rising ? 12 : -12"),
        "align": expression("datum.rising ? 'left' : 'right'"),
    }
    return finished(
        [
            layer(
                "rule",
                encode=at | {"x": score("start"), "x2": alt.X2(field="end")},
                color=style.grid,
            ),
            ticks("ticks", MARKS, rows, score, y, size=8, thickness=1, color=style.grid),
            layer(
                "rule",
                only=f"{BEFORE} && {AFTER}",
                encode=joined,
                color=colour,
                strokeWidth=4,
                opacity=0.55,
            ),
            layer("point", only=BEFORE, encode=before | hover, size=150, **hollow),
            layer("point", only=AFTER, encode=after | hover, size=130, **full),
            label("before_value", before, only=BEFORE, color=style.muted, **to_left),
            label("after_value", after, only=AFTER, fontWeight=600, **to_right),
            label("name", at | {"description": described()}, dy=-TO_NAME, **LEFT, **HEADING),
            label("change", at, dy=-TO_NAME, **RIGHT, **HEADING),
            label("missing", at, dy=-TO_NAME, fontStyle="italic", **RIGHT, **quiet(style)),
            *_key(hollow, full, words=words),
            score_axis(score, height=height, words=words, style=style, flush=False),
        ],
        rows=rows,
        height=height,
        style=style,
    )


def _rows(change: pd.DataFrame, *, words: Words) -> list[Row]:
    _ = words.gettext
    rows = []
    for place, level in enumerate(records(change)):
        before, after = level["before"], level["after"]
        both = before is not None and after is not None
        missing = ""
        if before is None and after is None:
            missing = _("not enough answers")
        elif before is None:
            missing = _("not scored before")
        elif after is None:
            missing = _("not scored now")
        moved = wording.change(points_moved(before, after), words=words) if both else ""
        before_value = words.score(before)
        after_value = words.score(after)
        rows.append(
            {
                "level": level["level"],
                "name": level["level_name"],
                "y": HEADER + STEP * place + TO_NAME + 14,
                "start": 0,
                "end": 100,
                "before": before,
                "after": after,
                "before_value": before_value,
                "after_value": after_value,
                "rising": not both or after >= before,
                "change": moved,
                "missing": missing,
                "description": _("{level}: from {before} to {after}").format(
                    level=level["level_name"], before=before_value, after=after_value
                )
                if both
                else f"{level['level_name']}: {missing}",
            }
        )
    return rows


def _key(hollow: Properties, full: Properties, *, words: Words) -> list[alt.Chart]:
    """What the two dots stand for."""
    before, now = words.gettext("before"), words.gettext("now")
    next_dot = 7 + 14 + round(len(before) * 7) + 18
    names = named("key", [{"x": 20, "label": before}, {"x": next_dot + 14, "label": now}])
    one = named("key_dots", [{}])
    return [
        layer("point", rows=one, encode={}, x=7, y=9, size=110, **hollow),
        layer("point", rows=one, encode={}, x=next_dot, y=9, size=110, **full),
        label("label", {}, rows=names, x=expression("datum.x"), y=9, align="left"),
    ]


def _dot(*, fill: str, stroke: str, width: float) -> Properties:
    return {"filled": True, "opacity": 1, "fill": fill, "stroke": stroke, "strokeWidth": width}

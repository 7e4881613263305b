"""What moved since the last round: two joined dots per level."""

from __future__ import annotations

import altair as alt
import pandas as pd

from assessment.charts import wording
from assessment.charts.drawing import (
    Properties,
    Row,
    across,
    described,
    expression,
    finished,
    layer,
    named,
    pixels_down,
    records,
    text,
    tooltips,
)
from assessment.charts.style import Style
from assessment.languages import Words, points_moved

STEP = 50
HEADER = 30
AXIS = 18
TO_NAME = 20
MARKS = (0, 25, 50, 75, 100)


def change_dumbbell(change: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """Each level before (hollow) and now (filled), both scores and the signed change printed."""
    _ = words.gettext
    rows = _rows(change, words=words)
    height = HEADER + STEP * len(rows) + AXIS

    def score(field: str) -> alt.X:
        return across(field, left="34", right="width - 38")

    y = pixels_down("y", height=height)
    hover = tooltips(
        {
            "name": _("Level"),
            "before_value": _("Before"),
            "after_value": _("Now"),
            "change": _("Change"),
        }
    )
    ticks = [{"x": mark, "y": row["y"]} for row in rows for mark in MARKS]
    axis = [{"x": mark, "y": height - 8, "label": words.number(mark)} for mark in MARKS]
    colour = style.series[0]
    hollow: Properties = {
        "filled": True,
        "fill": style.background,
        "stroke": colour,
        "strokeWidth": 2.5,
    }
    full: Properties = {
        "filled": True,
        "fill": colour,
        "stroke": style.background,
        "strokeWidth": 1.5,
    }
    return finished(
        [
            layer(
                "rule",
                encode={"x": score("start"), "x2": alt.X2(field="end"), "y": y},
                color=style.grid,
            ),
            layer(
                "tick",
                rows=named("ticks", ticks),
                encode={"x": score("x"), "y": y},
                orient="vertical",
                size=8,
                thickness=1,
                color=style.grid,
            ),
            layer(
                "rule",
                only="isValid(datum.before) && isValid(datum.after)",
                encode={"x": score("before"), "x2": alt.X2(field="after"), "y": y},
                color=colour,
                strokeWidth=4,
                opacity=0.55,
            ),
            layer(
                "point",
                only="isValid(datum.before)",
                encode={"x": score("before"), "y": y, "tooltip": hover},
                size=150,
                opacity=1,
                **hollow,
            ),
            layer(
                "point",
                only="isValid(datum.after)",
                encode={"x": score("after"), "y": y, "tooltip": hover},
                size=130,
                opacity=1,
                **full,
            ),
            layer(
                "text",
                only="isValid(datum.before)",
                encode={"x": score("before"), "y": y, "text": text("before_value")},
                dx=expression("datum.rising ? -12 : 12"),
                align=expression("datum.rising ? 'right' : 'left'"),
                baseline="middle",
                color=style.muted,
            ),
            layer(
                "text",
                only="isValid(datum.after)",
                encode={"x": score("after"), "y": y, "text": text("after_value")},
                dx=expression("datum.rising ? 12 : -12"),
                align=expression("datum.rising ? 'left' : 'right'"),
                baseline="middle",
                fontWeight=600,
            ),
            layer(
                "text",
                encode={"y": y, "text": text("name"), "description": described()},
                x=0,
                dy=-TO_NAME,
                align="left",
                baseline="middle",
                fontSize=14,
                fontWeight=600,
            ),
            layer(
                "text",
                encode={"y": y, "text": text("change")},
                x=expression("width"),
                dy=-TO_NAME,
                align="right",
                baseline="middle",
                fontSize=14,
                fontWeight=600,
            ),
            layer(
                "text",
                encode={"y": y, "text": text("missing")},
                x=expression("width"),
                dy=-TO_NAME,
                align="right",
                baseline="middle",
                fontSize=12,
                fontStyle="italic",
                color=style.muted,
            ),
            *_key(hollow, full, words=words, height=height),
            layer(
                "text",
                rows=named("axis", axis),
                encode={"x": score("x"), "y": y, "text": text("label")},
                baseline="middle",
                color=style.muted,
                fontSize=11,
            ),
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


def _key(hollow: Properties, full: Properties, *, words: Words, height: int) -> list[alt.Chart]:
    """What the two dots stand for."""
    before, now = words.gettext("before"), words.gettext("now")
    next_dot = 7 + 14 + round(len(before) * 7) + 18
    names = [{"x": 20, "label": before}, {"x": next_dot + 14, "label": now}]
    return [
        layer(
            "point",
            rows=named("key_before", [{"y": 9}]),
            encode={"y": pixels_down("y", height=height)},
            x=7,
            size=110,
            opacity=1,
            **hollow,
        ),
        layer(
            "point",
            rows=named("key_now", [{"y": 9}]),
            encode={"y": pixels_down("y", height=height)},
            x=next_dot,
            size=110,
            opacity=1,
            **full,
        ),
        layer(
            "text",
            rows=named("key", names),
            encode={"text": text("label")},
            x=expression("datum.x"),
            y=9,
            align="left",
            baseline="middle",
        ),
    ]

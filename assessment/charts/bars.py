"""How one squad stands and what changed: its levels, or its lenses, as horizontal bars."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from assessment.charts import draw, wording
from assessment.charts.rows import Row, records
from assessment.charts.style import Style
from assessment.languages import BLANK, CAPPED, Words

LEVEL_STEP, LEVEL_BAR = 48, 18
LENS_STEP, LENS_BAR = 46, 16
BAND = 24
"""Height of the band behind a level's bar, which it passes above and below."""

LEAST_BAND = 1
"""Points from which a band shows."""

TO_NAME = 18

ROOM_FOR_LABEL = 136
"""Pixels right of the levels' bars for "100* · Propped up", so that swapped rows always fit."""

REGULAR = 6.4
"""Width in pixels of an average character at 13 px; fallback fonts included."""

ROOM_FOR_SCORE = 36
"""Pixels right of the lenses' bars for a score."""

ROOM_FOR_CHANGE = 50

SINCE_LINE = 12
"""Pixels from a line that says since when to the next."""

KEY = 18
"""Pixels below the axis in which a line says what the bands are."""


def level_bars_rows(levels: pd.DataFrame, *, words: Words) -> list[Row]:
    """One display-ready row per level, as `level_bars` draws it.

    Between charts of one `level_bars_layout` nothing differs but these rows, which lie in
    `spec["data"]["values"]`.
    """
    rows = []
    for index, level in enumerate(records(levels)):
        score, name, stage = level["score"], level["level_name"], level["stage_name"]
        covered = words.percent(level["coverage"])
        missing = label = ""
        if score is None:
            missing = words.gettext("not enough answers ({share} covered)", share=covered)
            description = words.labelled(name, missing)
        else:
            shown = words.score(score) + (CAPPED if level["is_capped"] else "")
            label = f"{shown} · {stage}" if stage else shown
            description = wording.out_of_hundred(level["squad"], name, score, words=words)
        rows.append(
            _row(level, name, top=LEVEL_STEP * index, bar=LEVEL_BAR, words=words)
            | {
                "level": level["level"],
                "label": label,
                "missing": missing,
                "stage": level["stage"],
                "stage_name": stage or BLANK,
                "low": level["low"],
                "high": level["high"],
                "range": wording.range_text(level["low"], level["high"], words=words),
                "changed": level["changed"],
                "since": "" if index else level["since"],
                "description": description,
            }
        )
    return rows


def level_bars_layout(rows: Sequence[Row]) -> tuple[int, int, bool]:
    """What these rows are laid out by: how many bars, pixels right of them, whether with bands."""
    longest = max((len(row["label"]) for row in rows), default=0)
    room = max(ROOM_FOR_LABEL, round(longest * REGULAR) + 14) + _room_for_change(rows)
    ranges = [row["high"] - row["low"] for row in rows if row["low"] is not None]
    return len(rows), room, any(reach >= LEAST_BAND for reach in ranges)


def _band_look(style: Style) -> draw.Properties:
    """What bands, which tell where scores lie without one voice, and the key to them look like."""
    return {"color": style.muted, "opacity": 0.45, "cornerRadius": 2}


def level_bars(levels: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """The bars of one squad, each named above, with "72 · Framed" and "▲ +14" at its end.

    An unscored level has no bar; it says how much of it is covered. Gaps at 25, 50 and 75 show
    where stages begin. A band behind the bar reaches from `low` to `high`: where the score lies
    whichever voice is left out. Since when levels changed stands at the foot of the changes, in a
    line or two.
    """
    _ = words.gettext
    rows = level_bars_rows(levels, words=words)
    count, room, has_bands = level_bars_layout(rows)
    foot = LEVEL_STEP * count + draw.AXIS
    height = foot + KEY * has_bands
    hover = draw.tooltips(
        name=_("Level"),
        value=_("Score"),
        stage_name=_("Stage"),
        coverage=_("Covered"),
        range=_("Without one voice"),
        changed=_("Change"),
    )
    score, y = draw.across("0", f"width - {room}"), draw.down(height)
    at, about = {"y": y}, {"y": y, "tooltip": hover}
    # Of all stages, since rows put in later may bring others along.
    stages = alt.Scale(domain=[1, 2, 3, 4], range=[*map(style.stage, (1, 2, 3, 4))])
    colour = draw.coloured("stage", stages)
    layers = [
        draw.bar(
            score("low"), "high", at, only="isValid(datum.low)", size=BAND, **_band_look(style)
        ),
        *draw.bars_on_tracks(
            score, about, style=style, colour=colour, size=LEVEL_BAR, cornerRadius=3
        ),
        draw.stage_gaps(rows, score, y, bar=LEVEL_BAR, style=style),
        draw.label("name", at, dy=-TO_NAME - 3, **draw.LEFT, **draw.HEADING),
        draw.label("label", at, x=draw.expr(f"width - {room - 10}"), align="left"),
        *_change_or_missing(at, style=style),
        _since(foot, style=style),
        draw.score_axis(score, height=foot, words=words, style=style),
        *(_band_key(foot, words=words, style=style) if has_bands else ()),
    ]
    return draw.chart(layers, rows=rows, height=height, style=style)


def _since(foot: int, *, style: Style) -> alt.Chart:
    """Since when levels changed; of two lines the first keeps clear of the change above."""
    lines: draw.Properties = {
        "y": foot - 8,
        "dy": draw.expr(f"indexof(datum.since, '\\n') < 0 ? 0 : {3 - SINCE_LINE}"),
        "lineBreak": "\n",
        "lineHeight": SINCE_LINE,
    }
    return draw.label("since", {}, **lines, **draw.RIGHT, **draw.quiet(style, size=11))


def _band_key(top: int, *, words: Words, style: Style) -> list[alt.Chart]:
    """What the band behind a bar tells, below the axis."""
    sentence = words.gettext("Grey: range of the score, any one voice left out")
    key, y = draw.table("key", [{"told": sentence}]), top + KEY / 2 + 2
    text: draw.Properties = {"limit": draw.expr("width - 20"), **draw.quiet(style, size=11)}
    return [
        draw.layer("rect", {}, rows=key, x=0, x2=14, y=y - 5, y2=y + 5, **_band_look(style)),
        draw.label("told", {}, rows=key, x=20, y=y, align="left", **text),
    ]


def lens_bars(lenses: pd.DataFrame, *, words: Words, style: Style) -> alt.LayerChart:
    """A bar per lens from 0 to 100, named above; what is in trouble is its tooltip's.

    A lens without an answer, or about a role that nobody holds, has no bar and says so.
    """
    _ = words.gettext
    rows = _lens_rows(lenses, words=words)
    room = ROOM_FOR_SCORE + _room_for_change(rows)
    height = LENS_STEP * len(rows) + draw.AXIS
    hover = draw.tooltips(
        name=_("Lens"),
        value=_("Score"),
        coverage=_("Covered"),
        change=_("Change"),
        trouble=_("In trouble"),
    )
    score, at = draw.across("0", f"width - {room}"), {"y": draw.down(height)}
    about = at | {"tooltip": hover}
    end = draw.expr(f"width - {room - 10}")
    layers = [
        *draw.bars_on_tracks(score, about, style=style, size=LENS_BAR, cornerRadius=3),
        draw.label("name", at, dy=-TO_NAME, limit=draw.expr("width"), **draw.LEFT, **draw.HEADING),
        draw.label("told", at, x=end, align="left", **draw.BOLD),
        *_change_or_missing(at, style=style),
        draw.score_axis(score, height=height, words=words, style=style),
    ]
    return draw.chart(layers, rows=rows, height=height, style=style)


def _lens_rows(lenses: pd.DataFrame, *, words: Words) -> list[Row]:
    rows = []
    for index, lens in enumerate(records(lenses)):
        name, trouble, missing = lens["lens_name"], lens["trouble"], lens["missing"]
        score = words.score(lens["score"])
        scored = words.gettext("{lens}: {score} out of 100", lens=name, score=score)
        rows.append(
            _row(lens, name, top=LENS_STEP * index, bar=LENS_BAR, words=words)
            | {
                "told": "" if lens["score"] is None else score,
                "missing": missing,
                "trouble": trouble or BLANK,
                "description": words.labelled(name, missing) if missing else scored,
            }
        )
    return rows


# What the two share -------------------------------------------------------------------------------


def _row(scored: Row, name: str, *, top: int, bar: int, words: Words) -> Row:
    moved = wording.change(scored["change"], words=words)
    return {
        "name": name,
        "y": top + TO_NAME + bar / 2 + 6,
        "start": 0,
        "end": 100,
        "score": scored["score"],
        "value": words.score(scored["score"]),
        "coverage": words.percent(scored["coverage"]),
        "moved": moved,
        "change": moved or BLANK,
    }


def _room_for_change(rows: Sequence[Row]) -> int:
    return ROOM_FOR_CHANGE if any(row["moved"] for row in rows) else 0


def _change_or_missing(at: draw.Properties, *, style: Style) -> list[alt.Chart]:
    """The change at the right, or in place of the bar why there is none."""
    return [
        draw.label("moved", at, **draw.BOLD, **draw.RIGHT),
        draw.label("missing", at, x=8, align="left", fontStyle="italic", **draw.quiet(style)),
    ]

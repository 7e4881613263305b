"""What pictures of many squads share: their names at the left, columns and their rows."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from assessment.charts import draw, wording
from assessment.charts.rows import Row, in_order, name_fields, records, shortened
from assessment.languages import BLANK, CAPPED, LEAKS, Words

NAMES = f"({draw.NARROW} ? 94 : min(310, width * 0.28))"
"""Width of the squads' names at the left: two lines on a phone; longer names are shortened."""

ON_DESK, ON_PAPER = 44, 26
"""Characters of a name that this has room for on one line elsewhere: in a page, in a picture."""

NAME_CHARACTERS, NAME_LINE = 16, 11
"""What a line of a name holds on a phone, and its height in pixels."""

HEADER = 26


def level_cells(levels: pd.DataFrame, *, words: Words) -> list[Row]:
    """One cell, ready to be drawn, for each squad and level."""
    return [
        {
            "squad": level["squad"],
            "level": level["level"],
            "level_name": level["level_name"],
            "score": level["score"],
            "value": words.score(level["score"]),
            "stage_name": level["stage_name"] or BLANK,
            "stage": None if level["stage"] is None else int(level["stage"]),
            "marks": LEAKS.get(level["stage"], "") + (CAPPED if level["is_capped"] else ""),
            "description": _said(level, words),
        }
        for level in records(levels)
    ]


def _said(level: Row, words: Words) -> str:
    said = wording.out_of_hundred(level["squad"], level["level_name"], level["score"], words=words)
    capped = words.gettext("capped") if level["is_capped"] else ""
    return ", ".join(filter(None, (said, level["stage_name"], capped)))


def level_tooltip(words: Words) -> list[alt.Tooltip]:
    """What a cell or a bar of `level_cells` tells when pointed at."""
    _ = words.gettext
    return draw.tooltips(
        squad=_("Squad"), level_name=_("Level"), value=_("Score"), stage_name=_("Stage")
    )


def bands(names: Sequence[str], reach: Sequence[float | alt.ExprRef]) -> alt.Scale:
    """A band of equal size for each name."""
    return alt.Scale(type="band", domain=list(names), range=list(reach), padding=0)


def columns(frame: pd.DataFrame, field: str) -> alt.X:
    """One column per value of a field, right of the squads' names."""
    scale = bands(in_order(frame, field), (draw.expr(NAMES), draw.expr("width")))
    return alt.X(field=field, type="ordinal", scale=scale, axis=None)


def squads_down(squads: Sequence[str], *, step: int, header: int = HEADER) -> alt.Y:
    """One row per squad, `step` pixels high, under the columns' headings."""
    scale = bands(squads, (header, header + step * len(squads)))
    return alt.Y(field="squad", type="ordinal", scale=scale, axis=None)


def squad_names(
    squads: Sequence[str], y: alt.Y, *, words: Words, places: Sequence[float] = ()
) -> alt.Chart:
    """The squads' names at the left; `places` are where they stand if `y` is not of names."""
    rows = [
        {
            "squad": squad,
            "on_desk": shortened(squad, characters=ON_DESK),
            "on_paper": shortened(squad, characters=ON_PAPER),
            **name_fields(squad, characters=NAME_CHARACTERS),
        }
        for squad in squads
    ]
    for row, place in zip(rows, places, strict=False):
        row["y"] = place
    return draw.wrapped_label(
        {"y": y, "tooltip": draw.tooltips(squad=words.gettext("Squad"))},
        line=NAME_LINE,
        rows=draw.table("squads", rows),
        text=draw.on_phone("datum.wrapped", "(width < 1000 ? datum.on_paper : datum.on_desk)"),
        limit=draw.expr(f"{NAMES} - 4"),
        fontSize=draw.on_phone(10.5, 13),
    )


def level_headings(levels: pd.DataFrame, x: alt.X) -> alt.Chart:
    """The levels' short names above their columns."""
    columns = records(levels.drop_duplicates("level")[["level", "level_short"]])
    headings = [column | {"turn": index % 2} for index, column in enumerate(columns)]
    return draw.label(
        "level_short",
        {"x": x},
        rows=draw.table("headings", headings),
        y=HEADER / 2,
        dy=draw.expr("width < 320 ? 12 * datum.turn - 6 : 0"),
        fontSize=draw.expr(f"width < 320 ? 10 : {draw.NARROW} ? 11 : 13"),
        **draw.BOLD,
    )

"""From a tidy frame to the rows a chart draws: their values, their order, their places."""

from collections.abc import Iterable, Sequence
from textwrap import wrap
from typing import Any

import pandas as pd

Row = dict[str, Any]


def records(frame: pd.DataFrame) -> list[Row]:
    """The frame's rows with None for what is missing."""
    names = [str(name) for name in frame.columns]
    columns = [
        [None if pd.isna(value) else value for value in column.tolist()]
        for _, column in frame.items()
    ]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def in_order(frame: pd.DataFrame, column: str) -> list[Any]:
    """The column's values in order of first appearance."""
    return list(dict.fromkeys(frame[column].tolist()))


def grouped(frame: pd.DataFrame, column: str) -> list[list[Row]]:
    """The frame's rows by the column's values, groups in order of first appearance."""
    rows = records(frame)
    return [[row for row in rows if row[column] == value] for value in in_order(frame, column)]


def wrapped(name: str, *, characters: int, lines: int) -> Row:
    """A name, and how it is broken into lines where there is little room."""
    broken = wrap(name, characters, max_lines=lines, placeholder="…")
    return {"name": name, "wrapped": "\n".join(broken), "lines": len(broken)}


def name_fields(name: str, *, characters: int) -> Row:
    """A name on two lines of so many `characters`; of a longer one the beginning and the end."""
    broken = wrap(name, characters)
    if len(broken) > 2:
        broken = [broken[0][:characters], "…" + name[-(characters - 1) :].strip()]
    return {"name": name, "wrapped": "\n".join(broken), "lines": len(broken)}


def shortened(name: str, *, characters: int) -> str:
    """A name on one line of so many characters: of a longer one the beginning and the end."""
    if len(name) <= characters:
        return name
    end = characters // 2
    return f"{name[: characters - end - 1].rstrip()}…{name[-end:].lstrip()}"


def neighbours(rows: Iterable[Row], field: str, *, gap: float) -> list[list[Row]]:
    """The rows, given in the field's order, where each stands less than `gap` after the last."""
    groups: list[list[Row]] = []
    for row in rows:
        if groups and row[field] - groups[-1][-1][field] < gap:
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def without_overlap(wanted: Sequence[float], *, gap: float, low: float, high: float) -> list[float]:
    """The positions moved as little as needed to stand `gap` apart within [low, high]."""
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    placed: list[float] = []
    for index in order:
        floor = placed[-1] + gap if placed else low
        placed.append(max(wanted[index], floor))
    ceiling = high
    for rank in reversed(range(len(placed))):
        placed[rank] = min(placed[rank], ceiling)
        ceiling = placed[rank] - gap
    by_index = dict(zip(order, placed, strict=True))
    return [round(by_index[index], 2) for index in range(len(wanted))]

"""Lines of an assessments file changed cell by cell, every other byte kept; no I/O."""

from __future__ import annotations

import re
from collections.abc import Collection

from assessment.model import Framework
from assessment.storage.csv_rows import FIXED_COLUMNS, joined

_SQUAD = FIXED_COLUMNS.index("squad")
_CELL = re.compile(rb'"(?:[^"]|"")*"(?=,|$)|(?!")[^,]*')


def without_lines(data: bytes, lines: Collection[int]) -> bytes:
    """A file without some of its physical lines (header = 1)."""
    numbered = enumerate(data.split(b"\n"), start=1)
    return b"\n".join(line for number, line in numbered if number not in lines)


def with_squad(data: bytes, lines: Collection[int], squad: str) -> bytes:
    """A file with another squad's name on some of its lines, which must be readable rows."""
    cell = joined((squad,)).removesuffix(b"\n")
    rows = data.split(b"\n")
    for number in lines:
        start, end = _spans(rows[number - 1])[_SQUAD]
        rows[number - 1] = rows[number - 1][:start] + cell + rows[number - 1][end:]
    return b"\n".join(rows)


def widened(data: bytes, framework: Framework, *, items: int) -> bytes:
    """A file with columns for the first `items` items, given empty ones for the later items.

    They come before columns the framework does not know. Rows of another width grow alike, so
    that what was set aside stays set aside; a row whose quotes do not pair up stays as it is.
    """
    new = framework.item_ids[items:]
    at = len(FIXED_COLUMNS) + items
    header, *rows = data.split(b"\n")
    names = b"".join(b"," + name.encode() for name in new)
    return b"\n".join(
        [_with_cells(header, at, names), *(_with_cells(row, at, b"," * len(new)) for row in rows)]
    )


def _with_cells(line: bytes, at: int, cells: bytes) -> bytes:
    spans = _spans(line) if line.strip() else []
    if not spans:
        return line
    end = spans[min(at, len(spans)) - 1][1]
    return line[:end] + cells + line[end:]


def _spans(line: bytes) -> list[tuple[int, int]]:
    """Where each cell of a line starts and ends, quotes included; none when quotes are open."""
    text = line.removesuffix(b"\r")
    spans = []
    at = 0
    while found := _CELL.match(text, at):
        spans.append(found.span())
        at = found.end() + 1
        if found.end() == len(text):
            return spans
        if text[found.end() : at] != b",":
            break
    return []

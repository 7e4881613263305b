"""A file's bytes read at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic

from assessment.storage.csv.layouts import Layout
from assessment.storage.csv.reading import Reading, whole_lines_and_tail
from assessment.storage.kinds import R
from assessment.storage.protocol import SetAside


@dataclass(frozen=True, slots=True)
class Rows(Generic[R]):
    """What a file holds, in file order: records, and the rows that could not be read."""

    records: tuple[R, ...]
    set_aside: tuple[SetAside, ...]


def rows_in(data: bytes, layout: Layout[R], *, file: str, last_line_may_be_open: bool) -> Rows[R]:
    """Everything a file's bytes hold; `file` is its name in reports.

    Where `last_line_may_be_open`, a last line without line end is read like any other, as
    RFC 4180 allows; elsewhere it counts as cut off. Raises StorageError when the first line
    is not the header of a file of that kind.
    """
    whole, tail = whole_lines_and_tail(data)
    reading = Reading(layout, file=file)
    reading.take(whole)
    if tail and last_line_may_be_open:
        reading.take(tail)
    cut_off = [reading.cut_off(tail)] if tail and not last_line_may_be_open else []
    return Rows(tuple(reading.records), (*reading.set_aside, *cut_off))

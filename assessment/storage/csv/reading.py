"""A file's bytes as records and rows set aside; no I/O."""

from collections.abc import Iterable, Mapping
from typing import Generic
from uuid import UUID

from assessment.errors import Refused, template
from assessment.storage.collection import collection_put_off
from assessment.storage.csv.cells import BOM, shown
from assessment.storage.csv.layouts import Header, Layout
from assessment.storage.kinds import R
from assessment.storage.protocol import SetAside

CUT_OFF = template(
    "the row has no line end, so it may have been cut off while being written; enter it again, "
    "or complete the row and end its line"
)


class Reading(Generic[R]):
    """A file read so far: each whole line became a record or was set aside with its reason.

    `lines_by_id` gives the physical lines (header = 1) that carry an id, the one that counts first;
    `header` is empty until the first line has been read. Lines that are `known` are not read again:
    they say what they said under the same header. It begins with `data`, as `take` goes on.
    """

    def __init__(
        self,
        layout: Layout[R],
        data: bytes = b"",
        *,
        file: str,
        known: Mapping[bytes, R] | None = None,
    ) -> None:
        self.layout = layout
        self._known = known
        self.records: list[R] = []
        self.set_aside: list[SetAside] = []
        self.lines_by_id: dict[UUID, list[int]] = {}
        self.lines = 0
        self.header: Header = ()
        self.file = file
        self.take(data)

    @property
    def missing_columns(self) -> tuple[str, ...]:
        """The columns of ours that the file has not got yet: it is an older one."""
        there = {*self.header}
        return tuple([name for name in self.layout.columns if name not in there])

    def line_of(self, record: R) -> int:
        """The line on which a record stands that was read."""
        return self.lines_by_id[record.id][0]

    def lines_of(self, ids: Iterable[UUID]) -> set[int]:
        """The lines that carry one of these ids, all of which were read."""
        return {line for record_id in ids for line in self.lines_by_id[record_id]}

    def take(self, data: bytes) -> None:
        """Read on, in whole lines; StorageError when the first line of all is not our header."""
        with collection_put_off():
            for line in data.removesuffix(b"\n").split(b"\n") if data else ():
                self.lines += 1
                if self.lines == 1:
                    self.header = self.layout.header_of(line, file=self.file)
                elif line.strip():
                    self._take_row(line)

    def records_by_line(self, data: bytes) -> Mapping[bytes, R]:
        """The records that were read, by their lines in the file that was read."""
        lines = data.split(b"\n")
        return {lines[self.line_of(record) - 1]: record for record in self.records}

    def cut_off(self, tail: bytes) -> SetAside:
        """The row after the last whole line, which nobody can tell to be whole."""
        return SetAside(self.file, self.lines + 1, shown(tail), Refused(CUT_OFF))

    def _record_on(self, line: bytes) -> R:
        return self.layout.record_of(line, self.header)

    def _take_row(self, line: bytes) -> None:
        try:
            known = self._known.get(line) if self._known else None
            record = known or self._record_on(line)
        except Refused as refused:
            self.set_aside.append(SetAside(self.file, self.lines, shown(line), refused))
            return
        lines = self.lines_by_id.setdefault(record.id, [])
        lines.append(self.lines)
        if len(lines) == 1:
            self.records.append(record)
            return
        reason = Refused(
            "{id} already stands on line {first}; expected it once", id=record.id, first=lines[0]
        )
        second = SetAside(self.file, self.lines, shown(line), reason, second_of=record.id)
        self.set_aside.append(second)


def is_empty(data: bytes) -> bool:
    """Whether a file holds nothing at all, not even a header."""
    return data in (b"", BOM)


def whole_lines_and_tail(data: bytes) -> tuple[bytes, bytes]:
    """The lines that were ended, and what follows the last line end.

    A header counts as whole without its line end: nothing can be lost behind it.
    """
    if is_empty(data):
        return b"", b""
    end = data.rfind(b"\n") + 1
    return (data[:end], data[end:]) if end else (data, b"")

"""Lines of CSV as cells, cells as lines, and lines changed cell by cell; no I/O."""

import csv
import io
import re
from collections.abc import Collection, Mapping, Sequence

from assessment.errors import Refused, template
from assessment.storage.columns import LONGEST_SHOWN, short

BOM = b"\xef\xbb\xbf"

UNPAIRED = template(
    "the quotes in the row do not pair up; expected every quoted text to end on its line, and a "
    "quote inside it to be doubled"
)

csv.field_size_limit(2**31 - 1)  # a link may name thousands of squads in a cell

_CELL = re.compile(rb'"(?:[^"]|"")*"(?=,|$)|(?!")[^,]*')
_CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f]")


def joined(cells: Sequence[str], *, separator: str = ",") -> bytes:
    """Cells as one line, quoted where they must be, line end included."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n", delimiter=separator).writerow(cells)
    return text.getvalue().encode("utf-8")


def text_of(line: bytes) -> str:
    """A line as text; Refused when it is not UTF-8 or carries control characters."""
    try:
        text = line.removesuffix(b"\r").decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(
            "the row is not valid UTF-8 at byte {at}; save the file again as UTF-8",
            at=error.start + 1,
        ) from error
    if not text.isprintable() and (unfit := _CONTROLS.search(text)):
        raise Refused(
            "the row contains a control character ({code}); remove it",
            code=f"U+{ord(unfit[0]):04X}",
        )
    return text


def cells_in(text: str, *, separator: str = ",") -> Sequence[str]:
    """The cells of one line; Refused when its quotes do not pair up."""
    if '"' not in text:
        return text.split(separator) if text else []
    if text.count('"') % 2:
        raise Refused(UNPAIRED)
    try:
        return next(csv.reader((text,), delimiter=separator, strict=True), [])
    except csv.Error as error:
        raise Refused(UNPAIRED) from error


def shown(line: bytes) -> str:
    """A line as reports show it: short, without control characters."""
    return short(_CONTROLS.sub("\ufffd", decoded(line)), LONGEST_SHOWN)


def decoded(line: bytes) -> str:
    """A line as UTF-8, or as Windows-1252 where it cannot be: to show, not to read."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


# Every other byte is kept -------------------------------------------------------------------------


def without_lines(data: bytes, lines: Collection[int]) -> bytes:
    """A file without some of its physical lines (header = 1)."""
    numbered = enumerate(data.split(b"\n"), start=1)
    return b"\n".join(line for number, line in numbered if number not in lines)


def with_cells(data: bytes, changes: Mapping[int, Mapping[int, str]]) -> bytes:
    """A file with other cells on some readable lines: by line, then by the cell's place, from 0."""
    rows = data.split(b"\n")
    for number, cells in changes.items():
        row = rows[number - 1]
        spans = _spans(row)
        for at in sorted(cells, reverse=True):
            start, end = spans[at]
            cell = joined(("", cells[at]))[1:-1]  # alone in its row, an empty cell would be quoted
            row = row[:start] + cell + row[end:]
        rows[number - 1] = row
    return b"\n".join(rows)


def widened(data: bytes, new: Sequence[str], *, after: int) -> bytes:
    """A file with `new` columns behind its first ones, `after` many, and empty cells in them.

    They come before columns of others. Rows of another width grow alike, so that what was set
    aside stays set aside; a row whose quotes do not pair up stays as it is.
    """
    header, *rows = data.split(b"\n")
    names = b"".join(b"," + name.encode() for name in new)
    wider = (_with_more(row, after, b"," * len(new)) for row in rows)
    return b"\n".join([_with_more(header, after, names), *wider])


def _with_more(line: bytes, after: int, cells: bytes) -> bytes:
    spans = _spans(line) if line.strip() else []
    if not spans:
        return line
    end = spans[min(after, len(spans)) - 1][1]
    return line[:end] + cells + line[end:]


def _spans(line: bytes) -> list[tuple[int, int]]:
    """Where each cell of a line starts and ends, quotes included; none when quotes are open."""
    text = line.removesuffix(b"\r")
    spans = []
    at = 0
    while cell := _CELL.match(text, at):
        spans.append(cell.span())
        at = cell.end() + 1
        if cell.end() == len(text):
            return spans
        if text[cell.end() : at] != b",":
            break
    return []

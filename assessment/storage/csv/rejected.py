"""The file of rejected rows: ends of torn writes, every byte of them kept; no I/O."""

import re
from datetime import UTC, datetime

from assessment.errors import Refused
from assessment.storage.columns import LONGEST_SHOWN, moment_in, short
from assessment.storage.csv.cells import cells_in, joined, shown, text_of
from assessment.storage.csv.reading import CUT_OFF, is_empty
from assessment.storage.protocol import SetAside

_HEADER = joined(("moved_at", "line", "reason", "text"))


def rejected_entry(data: bytes, tail: bytes, *, line: int, moved_at: datetime) -> bytes:
    r"""What to append to a file of rejected rows so that it ends with a torn row, if it does not.

    Every byte is kept: a backslash is doubled; control characters and what is no UTF-8 read `\xNN`.
    """
    cells = _cells(tail, line=line)
    if data.endswith(b"," + joined(cells)):  # moved at whatever time
        return b""
    line_end = b"" if data.endswith(b"\n") else b"\n"
    start = _HEADER if is_empty(data) else line_end
    return start + joined((moved_at.astimezone(UTC).isoformat(), *cells))


def rejected_rows(data: bytes, *, file: str, source: str) -> tuple[SetAside, ...]:
    """The rows in a file of rejected rows, which once were the end of the file `source`."""
    lines = enumerate(data.removesuffix(b"\n").split(b"\n"), start=1)
    return tuple(
        _rejected(line, file=file, number=number, source=source)
        for number, line in lines
        if number > 1 and line.strip()
    )


def _cells(tail: bytes, *, line: int) -> tuple[str, str, str]:
    text = tail.replace(b"\\", b"\\\\").decode("utf-8", "backslashreplace")
    kept = re.sub(r"[\x00-\x1f\x7f]", lambda control: f"\\x{ord(control[0]):02x}", text)
    return str(line), str(Refused(CUT_OFF)), kept


def _rejected(row: bytes, *, file: str, number: int, source: str) -> SetAside:
    try:
        moved_at, line, _, text = cells_in(text_of(row))
        reason = Refused(
            "line {line} of {source} was cut off while being written, and was moved here on "
            "{moved_on}; enter it again",
            line=int(line),
            source=source,
            moved_on=moment_in(moved_at, "moved_at").date(),
        )
    except ValueError:
        text = shown(row)
        reason = Refused("an unreadable row moved out of {source}; enter it again", source=source)
    return SetAside(file, number, short(text, LONGEST_SHOWN), reason)

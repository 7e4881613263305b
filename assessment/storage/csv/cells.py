"""Lines of CSV as cells, and cells as lines; no I/O."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from assessment.errors import Refused, template
from assessment.storage.columns import LONGEST_SHOWN, short

BOM = b"\xef\xbb\xbf"

UNPAIRED = template(
    "the quotes in the row do not pair up; expected every quoted text to end on its line, and a "
    "quote inside it to be doubled"
)

_CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f]")


def joined(cells: Sequence[str]) -> bytes:
    """Cells as one line, quoted where they must be, line end included."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue().encode("utf-8")


def text_of(line: bytes) -> str:
    """A line as text; Refused when it is not UTF-8 or carries control characters."""
    try:
        text = line.removesuffix(b"\r").decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(
            template("the row is not valid UTF-8 at byte {at}; save the file again as UTF-8"),
            at=error.start + 1,
        ) from error
    if not text.isprintable() and (unfit := _CONTROLS.search(text)):
        raise Refused(
            template("the row contains a control character ({code}); remove it"),
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
    return short(_CONTROLS.sub("\ufffd", line.decode("utf-8", "replace")), LONGEST_SHOWN)

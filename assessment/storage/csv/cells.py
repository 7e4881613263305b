"""Lines and cells of CSV: how texts, ids, days and numbers are written and read; no I/O."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from assessment.errors import Refused, template

BOM = b"\xef\xbb\xbf"
LONGEST_SHOWN = 200
LONGEST_CELL_SHOWN = 60

_CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f]")
_ESCAPED = {"\\": r"\\", "\n": r"\n", "\r": r"\r", "\u2028": r"\u2028", "\u2029": r"\u2029"}
_PLAIN = {escape: character for character, escape in _ESCAPED.items()}
_TO_ESCAPE = re.compile("[" + re.escape("".join(_ESCAPED)) + "]")
_ESCAPES = re.compile("|".join(map(re.escape, _PLAIN)))
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


# Lines --------------------------------------------------------------------------------------------


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
    if unfit := _CONTROLS.search(text):
        raise Refused(
            template("the row contains a control character ({code}); remove it"),
            code=f"U+{ord(unfit[0]):04X}",
        )
    return text


def cells_in(text: str, *, separator: str = ",") -> Sequence[str]:
    """The cells of one line; Refused when its quotes do not pair up."""
    unpaired = Refused(
        template(
            "the quotes in the row do not pair up; expected every quoted text to end on its line, "
            "and a quote inside it to be doubled"
        )
    )
    if text.count('"') % 2:
        raise unpaired
    try:
        return next(csv.reader((text,), delimiter=separator, strict=True), [])
    except csv.Error as error:
        raise unpaired from error


def shown(line: bytes) -> str:
    """A line as reports show it: short, without control characters."""
    return short(_CONTROLS.sub("\ufffd", line.decode("utf-8", "replace")), LONGEST_SHOWN)


def short(text: str, most: int = LONGEST_CELL_SHOWN) -> str:
    """A text cut to what is shown of it: no id and no option is that long."""
    return text if len(text) <= most else text[: most - 1] + "…"


# Cells --------------------------------------------------------------------------------------------


def escaped(text: str) -> str:
    r"""A text on one line: line breaks read `\n`, backslashes are doubled."""
    return _TO_ESCAPE.sub(lambda character: _ESCAPED[character[0]], text)


def unescaped(text: str) -> str:
    """The text that was escaped; unknown escapes as they are."""
    return _ESCAPES.sub(lambda escape: _PLAIN[escape[0]], text)


def uuid_in(text: str, column: str) -> UUID:
    """The id in a cell, else Refused."""
    try:
        found = UUID(text)
    except ValueError:
        found = None
    if found is None or str(found) != text.lower():
        raise Refused(
            template(
                "broken {column} '{text}'; expected a UUID such as "
                "0f8fad5b-d9cd-469f-a165-70867728950e"
            ),
            column=column,
            text=short(text),
        )
    return found


def written_moment(moment: datetime | None) -> str:
    """A moment in UTC, to the microsecond; none as nothing."""
    if moment is None:
        return ""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def moment_in(text: str, column: str) -> datetime:
    """The moment in a cell, in UTC, else Refused."""
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise Refused(
        template(
            "broken time '{text}' in {column}; expected date, time and offset such as "
            "2026-11-03T09:30:00Z"
        ),
        text=short(text),
        column=column,
    )


def moment_or_none_in(text: str, column: str) -> datetime | None:
    """The moment in a cell, none in an empty one, else Refused."""
    return moment_in(text, column) if text else None


def written_day(day: date | None) -> str:
    """A day as year-month-day, none as nothing."""
    return day.isoformat() if day else ""


def day_in(text: str, column: str) -> date:
    """The day in a cell, else Refused."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise Refused(
            template(
                "broken date '{text}' in {column}; expected year-month-day such as 2026-11-03"
            ),
            text=short(text),
            column=column,
        )
    return day


def written_number(number: float) -> str:
    """A number in plain digits, with a point where it is not whole."""
    return f"{number:.0f}" if number.is_integer() else f"{Decimal(repr(number)):f}"


def number_in(text: str, column: str) -> float:
    """The number in a cell, else Refused."""
    if not _NUMBER.fullmatch(text):
        raise Refused(
            template(
                "broken number '{text}' in {column}; expected digits, with a point before "
                "decimals, such as 2.5"
            ),
            text=short(text),
            column=column,
        )
    return float(text)


def written_yes(yes: bool) -> str:
    """A cell that says yes or no."""
    return "yes" if yes else "no"


def yes_in(text: str, column: str) -> bool:
    """Whether a cell says yes; Refused unless it says yes or no."""
    return choice_in(text, column, ("yes", "no")) == "yes"


def written_names(names: Sequence[str]) -> str:
    r"""Names in one cell, with `\n` between them, as line breaks are written."""
    return escaped("\n".join(names))


def names_in(text: str) -> tuple[str, ...]:
    """The names in a cell."""
    return tuple(unescaped(text).split("\n")) if text else ()


def choice_in(text: str, column: str, choices: Collection[str]) -> str:
    """One of the words a column knows, else Refused."""
    if text not in choices:
        raise Refused(
            template("unknown {column} '{text}'; expected {expected}"),
            column=column,
            text=short(text),
            expected=", ".join(choices),
        )
    return text

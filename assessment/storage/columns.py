"""What a column of records may hold: how a cell reads and is written, what a database keeps.

A record's fields are told once, as a tuple of columns (see `kinds`). The CSV layout, what
spreadsheet programs may rewrite in it, and the table in a database follow from these; no I/O.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from typing import Any, Literal
from uuid import UUID, SafeUUID

from assessment.errors import Private, Refused
from assessment.model import Framework
from assessment.model.link import EVERY_SQUAD

LONGEST_SHOWN = 200
LONGEST_CELL_SHOWN = 60

Holds = Literal[
    "text", "long text", "uuid", "moment", "day", "number", "whole number", "yes or no", "json"
]
"""What a column holds, which says how a database keeps it and what spreadsheets do to it."""

_ESCAPED = {"\\": r"\\", "\n": r"\n", "\r": r"\r", "\u2028": r"\u2028", "\u2029": r"\u2029"}
_PLAIN = {escape: character for character, escape in _ESCAPED.items()}
_TO_ESCAPE = re.compile("[" + re.escape("".join(_ESCAPED)) + "]")
_ESCAPES = re.compile("|".join(map(re.escape, _PLAIN)))
DECIMAL_COMMA = re.compile(r"-?[0-9]+,([0-9]{1,2}|[0-9]{4,})", re.ASCII)
_COUNT = re.compile(r"[1-9][0-9]{0,6}", re.ASCII)
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_HEX = "[0-9a-fA-F]"
_UUID = re.compile(f"{_HEX}{{8}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{12}}")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a CSV file; under the same name one of the database, unless it lies `within`.

    `read` takes a cell and this column's name, gives the value, or None where the cell tells
    nothing, and raises Refused where it does not fit; `write` gives the cell.

    A row may leave an `optional` one empty: then the field is absent, and has its default. Older
    files lack one that came `later`. Its day or moment lies `not_before` that of another column,
    and has `passed` where it tells what was done.
    Its value is the record's field `key`, usually of its name, or what the field `within` (a path
    with points) holds under that key. Where several columns give one field a value, the first does.
    Words that are `looked_up` must be among those of a framework.
    """

    name: str
    holds: Holds
    read: Callable[[str, str], object]
    write: Callable[[Any], str] = str
    optional: bool = False
    later: bool = False
    not_before: str | None = None
    within: str = ""
    key: str = ""
    looked_up: bool = False
    passed: bool = False

    @property
    def field(self) -> str:
        """What its value is called where it lies."""
        return self.key or self.name


@dataclass(frozen=True, slots=True)
class Spread:
    """A field that a framework spreads over columns, one per thing it asks; all are optional.

    `first` names, with spaces between, what the first framework asked; files may lack all others.
    """

    field: str
    columns: Callable[[Framework], Iterable[Column]]
    first: str


def short(text: str, most: int = LONGEST_CELL_SHOWN) -> str:
    """A text cut to what is shown of it: no id and no option is that long."""
    return text if len(text) <= most else text[: most - 1] + "…"


def quoted(text: str) -> Private:
    """A text as messages quote it: cut, and kept out of logs."""
    return Private(short(text))


def escaped(text: str) -> str:
    r"""A text on one line: line breaks read `\n`, backslashes are doubled."""
    return _TO_ESCAPE.sub(lambda character: _ESCAPED[character[0]], text)


def unescaped(text: str) -> str:
    """The text that was escaped; unknown escapes as they are."""
    return _ESCAPES.sub(lambda escape: _PLAIN[escape[0]], text)


# Values -------------------------------------------------------------------------------------------


def _uuid(text: str, column: str) -> UUID:
    if _UUID.fullmatch(text):
        uuid = object.__new__(UUID)  # as its own `__init__` would, which looks at it once more
        object.__setattr__(uuid, "int", int(text.replace("-", ""), 16))
        object.__setattr__(uuid, "is_safe", SafeUUID.unknown)
        return uuid
    raise Refused(
        "broken {column} '{text}'; expected a UUID such as 0f8fad5b-d9cd-469f-a165-70867728950e",
        column=column,
        text=quoted(text),
    )


def moment_in(text: str, column: str) -> datetime:
    """The moment in a cell, in UTC, else Refused."""
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise Refused(
        "broken time '{text}' in {column}; expected date, time and offset such as "
        "2026-11-03T09:30:00Z",
        text=quoted(text),
        column=column,
    )


def written_moment(moment: datetime) -> str:
    """A moment in UTC, to the microsecond."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def day_in(text: str, column: str) -> date:
    """The day in a cell, else Refused."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise Refused(
            "broken date '{text}' in {column}; expected year-month-day such as 2026-11-03",
            text=quoted(text),
            column=column,
        )
    return day


def number_in(text: str, column: str) -> float:
    """The number in a cell, else Refused; a decimal comma where it cannot set thousands apart."""
    if DECIMAL_COMMA.fullmatch(text):
        text = text.replace(",", ".")
    if not _NUMBER.fullmatch(text):
        raise Refused(
            "broken number '{text}' in {column}; expected digits, with a point before "
            "decimals, such as 2.5",
            text=quoted(text),
            column=column,
        )
    return float(text)


def written_number(number: float) -> str:
    """A number in plain digits, with a point where it is not whole."""
    return f"{number:.0f}" if number.is_integer() else f"{Decimal(repr(number)):f}"


def _counts(text: str, column: str) -> dict[str, int]:
    parts = [part.partition("=") for part in text.split()]
    counts = {option: int(count) for option, _, count in parts if _COUNT.fullmatch(count)}
    if len(counts) < len(parts):
        raise Refused(
            "broken counts '{text}' in {column}; expected such as yes=4 no=2",
            text=quoted(text),
            column=column,
        )
    return counts


def _written_counts(counts: Mapping[str, int]) -> str:
    return " ".join(f"{option}={count}" for option, count in sorted(counts.items()))


def _choice(text: str, column: str, choices: Collection[str]) -> str:
    if text not in choices:
        raise Refused(
            "unknown {column} '{text}'; expected {expected}",
            column=column,
            text=quoted(text),
            expected=", ".join(choices),
        )
    return text


def _yes(text: str, column: str) -> bool:
    return _choice(text, column, ("yes", "no")) == "yes"


def _written_yes(yes: bool) -> str:
    return "yes" if yes else "no"


def _written_squads(squads: str | Sequence[str]) -> str:
    return "" if squads == EVERY_SQUAD else escaped("\n".join(squads))


def _labels(text: str, column: str) -> dict[str, str]:
    labels = {}
    for line in unescaped(text).split("\n"):
        key, colon, label = line.partition(":")
        if not (colon and key.strip()):
            raise Refused(
                "broken {column} '{text}'; expected a role, a colon and what its seat is "
                "called, such as cpo: CPO of Payments",
                column=column,
                text=quoted(text),
            )
        labels[short(key.strip())] = label.strip()
    return labels


def _written_labels(labels: Mapping[str, str]) -> str:
    return escaped("\n".join(f"{key}: {label}" for key, label in labels.items()))


# Columns ------------------------------------------------------------------------------------------

text = partial(Column, holds="text", read=lambda cell, _: cell)
"""A text on one line, as it is."""

word = partial(Column, holds="text", read=lambda cell, _: short(cell), looked_up=True)
"""An id, or another word that is looked up: nobody looks for an endless one."""

words = partial(
    Column,
    holds="json",
    read=lambda cell, _: tuple(short(cell).split()),
    write=" ".join,
    looked_up=True,
)
"""Such words, with spaces between them."""

counts = partial(Column, holds="json", read=_counts, write=_written_counts)
"""How many gave each option, by its id."""

long_text = partial(
    Column, holds="long text", read=lambda cell, _: unescaped(cell), write=escaped, optional=True
)
"""A text that may have several lines, or none."""

uuid = partial(Column, holds="uuid", read=_uuid)
moment = partial(Column, holds="moment", read=moment_in, write=written_moment, passed=True)
day = partial(Column, holds="day", read=day_in, write=date.isoformat)
number = partial(Column, holds="number", read=number_in, write=written_number)
whole_number = partial(Column, holds="whole number", read=number_in)
yes_or_no = partial(Column, holds="yes or no", read=_yes, write=_written_yes)

every_squad = partial(
    Column,
    holds="json",
    read=lambda cell, column: EVERY_SQUAD if _yes(cell, column) else None,
    write=lambda scope: _written_yes(scope == EVERY_SQUAD),
)
"""Whether a scope is every squad; where not, a column of squads tells which."""

squads = partial(
    Column,
    holds="json",
    read=lambda cell, _: tuple(unescaped(cell).split("\n")) if cell else (),
    write=_written_squads,
)
r"""Squads in one cell, with `\n` between them, as line breaks are written."""

labels = partial(Column, holds="json", read=_labels, write=_written_labels)
r"""Texts by an id in one cell, `id: text`, with `\n` between them."""


def choice(
    name: str, choices: Collection[str], *, optional: bool = False, later: bool = False
) -> Column:
    """A column that holds one of a few words."""
    read = partial(_choice, choices=choices)
    return Column(name, "text", read, optional=optional, later=later)

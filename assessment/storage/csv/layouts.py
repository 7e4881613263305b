"""How each kind of record is laid out in a CSV file: columns, and records as lines; no I/O."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from itertools import takewhile
from typing import Any, Generic

from pydantic import ValidationError

from assessment.errors import Refused, StorageError, template
from assessment.model import Framework
from assessment.storage.columns import Column, Holds, Spread, quoted
from assessment.storage.csv.cell_by_cell import CellByCell, Places, values_within
from assessment.storage.csv.cells import BOM, cells_in, decoded, joined, text_of
from assessment.storage.kinds import KINDS, Kind, R

OTHER_WIDTH = template("the row has {found} columns; expected {expected}")
SURE_COLUMNS = 3
"""Columns that must be ours, so that the rest can be told to be."""

NO_HEADER = template(
    "{file}: the first line '{found}' is not the header; expected it to start with {expected}; "
    "correct that line, as it stands in an earlier export, {then}"
)
OTHER_COLUMN = template(
    "{file}: column {number} of the first line is '{found}'; expected '{expected}'; put the "
    "columns back in their order, {then}"
)
FOREIGN_COLUMN = template(
    "{file}: column {number} of the first line, '{found}', is none of ours, and '{expected}' was "
    "expected there; move it behind the last column, {then}"
)
THEN_READ = template(
    "or move the file away and take the latest one of the folder backups, which lacks what was "
    "added since; until then nothing of it is read or changed"
)

Header = tuple[str, ...]
"""What a file's first line says: where our columns stand, empty where others' do."""


class Layout(Generic[R]):
    """How the records of one kind are laid out in a file of a framework.

    Every file has the `fixed` columns, of which a row fills the `required` ones, all among the
    first `needed`. The `growing` ones follow, of what the first framework asked, and an older file
    lacks the last of them. The `closing` ones are found by name behind them, or not there yet: what
    a later framework asks, and fields that came later. `texts` may have several lines; `moments`,
    `days` and `numbers` a spreadsheet program may rewrite.
    """

    def __init__(self, kind: Kind[R], framework: Framework) -> None:
        own = kind.own_columns
        spreads = [spread for spread in kind.columns if isinstance(spread, Spread)]
        fixed = [column for column in own if not column.later]
        asked = {c.name: c for spread in spreads for c in spread.columns(framework)}
        first = [name for spread in spreads for name in spread.first.split()]
        growing = [asked.pop(name) for name in first if name in asked]
        closing = [*asked.values(), *(column for column in own if column.later)]
        self._columns = (*fixed, *growing, *closing)
        self._column_by_name = {column.name: column for column in self._columns}
        self._places_by_header: dict[Header, Places] = {}
        self._by_cell: tuple[Header, Callable[[], CellByCell[R]] | None] = ((), None)
        self.kind = kind
        self.framework = framework
        self.fixed = _names(fixed)
        self.required = _names(column for column in fixed if not column.optional)
        self.needed = self.fixed.index(self.required[-1]) + 1
        self.growing = _names(growing)
        self.closing = _names(closing)
        self._found_anywhere = {*self.closing, *first} - {*self.growing}
        self.columns = _names(self._columns)
        self.texts = self._holding("long text")
        self.moments = self._holding("moment")
        self.days = self._holding("day")
        self.numbers = self._holding("number", "whole number")

    def _holding(self, *held: Holds) -> tuple[str, ...]:
        return _names(column for column in self._columns if column.holds in held)

    @property
    def header_line(self) -> bytes:
        """The first line of a new file, line end included."""
        return joined(self.columns)

    def row_of(self, record: R, *, under: Header | None = None) -> list[str]:
        """A record's cells, one per column of ours or of a file; empty in columns of others."""
        header = under or self.columns
        cells = [""] * len(header)
        for path, columns in self._places(header):
            values = values_within(record, path)
            for at, column in columns:
                value = values.get(column.field)
                if value is not None:
                    cells[at] = column.write(value)
        return cells

    def line_of(self, record: R, *, under: Header | None = None) -> bytes:
        """A record as one line of a file, line end included."""
        return joined(self.row_of(record, under=under))

    def record_of(self, line: bytes, header: Header) -> R:
        """The record on a line of a file with that header; Refused when it does not fit."""
        cells = cells_in(text_of(line))
        if len(cells) != len(header):
            raise Refused(OTHER_WIDTH, found=len(cells), expected=len(header))
        known_header, by_cell = self._by_cell
        if by_cell and header is known_header:
            try:
                return by_cell().record_of(cells)
            except (Refused, ValidationError, KeyError):
                pass  # reading it as a whole tells why
        fields = self._fields_in(cells, header)
        record = self.kind.record_of(fields, self.framework)
        if self.kind.settle and header is not known_header:
            places = self._places(header)
            self._by_cell = (
                header,
                cache(partial(CellByCell, self.kind, self.framework, places, fields)),
            )
        return record

    def _fields_in(self, cells: Sequence[str], header: Header) -> dict[str, object]:
        """The fields that cells tell, by the name of their columns."""
        fields: dict[str, Any] = {}
        for path, columns in self._places(header):
            if values := _values_in(cells, columns):
                holder = fields
                for step in path:
                    holder = holder.setdefault(step, {})
                holder |= values
        return fields

    def _places(self, header: Header) -> Places:
        """Where cells lie under a header and what reads them: by the field that they lie within."""
        if header not in self._places_by_header:
            places: dict[str, list[tuple[int, Column]]] = {}
            for at, name in enumerate(header):
                if column := self._column_by_name.get(name):
                    places.setdefault(column.within, []).append((at, column))
            self._places_by_header[header] = tuple(
                (tuple(within.split(".")) if within else (), tuple(columns))
                for within, columns in places.items()
            )
        return self._places_by_header[header]

    def header_of(self, line: bytes, *, file: str) -> Header:
        """What a file's first line says; StorageError when it is no header of this kind."""
        text = decoded(line.removeprefix(BOM)).removesuffix("\r")
        try:
            cells = cells_in(text)
        except Refused:
            cells = []
        fixed = tuple(cells[: len(self.fixed)])
        later = [cell for cell in cells[len(self.fixed) :] if cell not in self._found_anywhere]
        pairs = zip(later, self.growing, strict=False)
        grown = len(list(takewhile(lambda pair: pair[0] == pair[1], pairs)))
        is_ours = fixed == self.fixed and (grown or not self.growing)
        if is_ours and not self._is_disturbed(later[grown:], grown):
            ours = {*self.fixed, *self.growing[:grown], *self.closing}
            # A name counts where it stands first.
            return tuple(
                name if name in ours and cells.index(name) == at else ""
                for at, name in enumerate(cells)
            )
        raise self._no_header(cells, text, file=file)

    def _no_header(self, cells: Sequence[str], text: str, *, file: str) -> StorageError:
        """What is wrong with a first line: the column that stands where another was expected."""
        in_order = [pair for pair in enumerate(cells) if pair[1] not in self._found_anywhere]
        pairs = zip(in_order, (*self.fixed, *self.growing), strict=False)
        differing = ((at, name, own) for (at, name), own in pairs if name != own)
        at, name, expected = next(differing, (0, "", ""))
        if at >= SURE_COLUMNS and name in self.columns:
            reason = OTHER_COLUMN
        elif at >= SURE_COLUMNS and expected in cells:
            reason = FOREIGN_COLUMN
        else:
            first = ",".join(self.fixed[:4]) + ",…"
            return unread(NO_HEADER, file=file, found=quoted(text), expected=first)
        return unread(reason, file=file, number=at + 1, found=quoted(name), expected=expected)

    def _is_disturbed(self, later: Sequence[str], grown: int) -> bool:
        """Whether columns were moved, taken out or cut behind the first ones: no cell is sure."""
        missing = self.growing[grown:]
        return bool(missing) and any(
            cell in self.growing or missing[0].startswith(cell) for cell in later
        )


def unread(text: str, /, **fields: object) -> StorageError:
    """Why nothing of a stored file is read, and what can be done."""
    return StorageError(text, **fields, then=Refused(THEN_READ))


@contextmanager
def ending_with(then: str) -> Iterator[None]:
    """Have errors of files that are none of a store's tell to do this once they are mended."""
    try:
        yield
    except StorageError as error:
        if "then" not in error.fields:
            raise
        raise type(error)(error.template, **error.fields | {"then": Refused(then)}) from error


def layouts(framework: Framework) -> tuple[Layout[Any], ...]:
    """The layout of every kind, in the order of the kinds."""
    return tuple(Layout(kind, framework) for kind in KINDS)


def _values_in(cells: Sequence[str], columns: Iterable[tuple[int, Column]]) -> dict[str, object]:
    """What cells tell, by field; of several columns that tell one field the first does."""
    values: dict[str, object] = {}
    for at, column in columns:
        cell = cells[at]
        value = column.read(cell, column.name) if cell or not column.optional else None
        if value is not None:
            values.setdefault(column.field, value)
    return values


def _names(columns: Iterable[Column]) -> tuple[str, ...]:
    return tuple(column.name for column in columns)

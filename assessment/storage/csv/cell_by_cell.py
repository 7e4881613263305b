"""Rows put together of cells that were read before: most rows of a file say nothing new; no I/O.

Only for kinds whose records are valid when each of their cells is (see `Kind.settle`). A new cell
is read and judged as in a whole row; why one is refused is for whoever reads whole rows to tell.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress
from operator import attrgetter, getitem, itemgetter
from typing import Annotated, Any, Generic

from pydantic import BaseModel, TypeAdapter

from assessment.model import Framework
from assessment.storage.columns import Column
from assessment.storage.kinds import Kind, R

MOST_REMEMBERED = 4_096
"""Cells of one column that are remembered: those of few answers recur, notes hardly do."""

_set = object.__setattr__

Places = Sequence[tuple[Sequence[str], Sequence[tuple[int, Column]]]]
"""Where cells lie and what reads them, by the path of what they lie within."""


class _Remembered(dict[str, Any]):
    """What the cells of one column say; a new one is read."""

    def __init__(self, read: Callable[[str], object]) -> None:
        self._read = read

    def __missing__(self, cell: str) -> object:
        value = self._read(cell)
        if len(self) < MOST_REMEMBERED:
            self[cell] = value
        return value


@dataclass(frozen=True, slots=True)
class _Block:
    """Columns that fill one field of answers, within a record or a part of it."""

    field: str
    start: int
    texts_in: Callable[[Sequence[str]], Sequence[str]]
    names: tuple[str, ...]
    cells: tuple[_Remembered, ...]

    def field_of(self, cells: Sequence[str]) -> dict[str, object]:
        """The field of a row: what was answered, by name."""
        texts = self.texts_in(cells)
        if not any(texts):
            return {}
        pairs = zip(self.names, map(getitem, self.cells, texts), strict=True)
        return dict(compress(pairs, texts) if "" in texts else pairs)


class CellByCell(Generic[R]):
    """Reads the rows under a header by their cells, after a first one was read as a whole."""

    def __init__(
        self, kind: Kind[R], framework: Framework, places: Places, first: Mapping[str, object]
    ) -> None:
        self._kind = kind
        self._framework = framework
        required = {column.name for column in kind.own_columns if not column.optional}
        self._first = {name: value for name, value in first.items() if name in required}
        blank = kind.record_of(self._first, framework)
        self._defaults = {name: vars(blank)[name] for name in kind.model.model_fields}
        own = [pair for path, columns in places if not path for pair in columns]
        self._names = tuple(column.name for _, column in own)
        self._own = tuple(self._remembered(column) for _, column in own)
        self._cells_of_own = itemgetter(*(at for at, _ in own))
        self._whole_blocks: list[_Block] = []
        self._parts: dict[str, list[_Block]] = {}
        for path, columns in places:
            if len(path) == 1:
                self._whole_blocks.append(self._block(path, columns))
            elif path:
                self._parts.setdefault(path[0], []).append(self._block(path, columns))

    def _remembered(self, column: Column) -> _Remembered:
        known = _Remembered(self._reader_of(column))
        if column.optional:
            known[""] = self._defaults[column.name]
        return known

    def _block(self, path: Sequence[str], columns: Sequence[tuple[int, Column]]) -> _Block:
        places = [at for at, _ in columns]
        start, end = places[0], places[-1] + 1
        is_whole = end - start == len(places)  # nothing stands between: a slice is taken faster
        cells = tuple(_Remembered(self._reader_within(path, column)) for _, column in columns)
        for known in cells:
            known[""] = None
        return _Block(
            field=path[-1],
            start=start,
            texts_in=itemgetter(slice(start, end)) if is_whole else itemgetter(*places),
            names=tuple(column.field for _, column in columns),
            cells=cells,
        )

    def record_of(self, cells: Sequence[str]) -> R:
        """The record of a row; Refused, ValidationError or KeyError where a cell does not fit."""
        own = map(getitem, self._own, self._cells_of_own(cells))
        fields = self._defaults.copy()
        fields.update(zip(self._names, own, strict=True))
        for block in self._whole_blocks:
            fields[block.field] = block.field_of(cells)
        for name, blocks in self._parts.items():
            if any(cells[blocks[0].start :]):
                fields[name] = self._part(name, blocks, cells)
        if self._kind.settle:
            self._kind.settle(fields, self._framework)
        record: R = _made(self._kind.model, fields)
        return record

    def _part(self, name: str, blocks: Sequence[_Block], cells: Sequence[str]) -> object:
        """What several blocks tell together; the usual where that is nothing."""
        values = {block.field: block.field_of(cells) for block in blocks}
        default = self._defaults[name]
        is_told = any(values.values())
        return _made(type(default), {**vars(default), **values}) if is_told else default

    def _reader_of(self, column: Column) -> Callable[[str], object]:
        if column.looked_up:
            return self._reader_of_looked_up(column)
        if column.holds == "uuid":  # there is no id that the model refuses
            return lambda cell: column.read(cell, column.name)
        model: type[BaseModel] = self._kind.model
        judged = _judge_of(model, column.name)
        return lambda cell: judged(column.read(cell, column.name))

    def _reader_of_looked_up(self, column: Column) -> Callable[[str], object]:
        """What reads a word that the framework has to know, and leaves it to be settled."""
        check = self._reader_within((), column)

        def read(cell: str) -> object:
            check(cell)
            return column.read(cell, column.name)

        return read

    def _reader_within(self, path: Sequence[str], column: Column) -> Callable[[str], object]:
        """What reads a cell that says what the framework has to know.

        It holds nothing that holds it, so that a store that is closed leaves no garbage.
        """
        kind, framework, first = self._kind, self._framework, self._first

        def read(cell: str) -> object:
            fields = {column.field: column.read(cell, column.name)}
            for step in reversed(path):
                fields = {step: fields}
            record = kind.record_of({**first, **fields}, framework)
            return values_within(record, path)[column.field]

        return read


def values_within(record: object, path: Sequence[str]) -> Mapping[str, Any]:
    """The fields of a record, or of what lies within it."""
    values: Mapping[str, Any] = attrgetter(".".join(path))(record) if path else vars(record)
    return values


@cache
def _judge_of(model: type[BaseModel], name: str) -> Callable[[object], object]:
    """What judges the values of one field of a model, made once for all files that hold them."""
    field = model.model_fields[name]
    kept_as: Any = field.annotation
    for validator in field.metadata:
        kept_as = Annotated[kept_as, validator]
    return TypeAdapter(kept_as).validator.validate_python


@cache
def _fields_set(model: type[BaseModel]) -> set[str]:
    """All fields of a model: copies of its values copy the set, so that they can share one."""
    return set(model.model_fields)


def _made(model: type[BaseModel], fields: dict[str, Any]) -> Any:
    """A frozen value of fields that are known to be valid."""
    made = object.__new__(model)
    _set(made, "__dict__", fields)
    _set(made, "__pydantic_fields_set__", _fields_set(model))
    _set(made, "__pydantic_extra__", None)
    _set(made, "__pydantic_private__", None)
    return made

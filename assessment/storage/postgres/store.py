"""The PostgreSQL store: several app processes on one database, each reading only what is new."""

import hashlib
import json
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from assessment.errors import Refused, StorageError, template
from assessment.model import Framework, name_key, squad_name
from assessment.storage import kinds
from assessment.storage.arrival_order import ArrivalOrder, Place
from assessment.storage.columns import LONGEST_SHOWN, short
from assessment.storage.postgres.database import PATIENCE, UNCERTAIN, UNCERTAIN_ONCE, Database
from assessment.storage.postgres.schema import (
    bring_up_to_date,
    check_known,
    id_column,
    migration,
    revision,
    table_by_kind,
)
from assessment.storage.protocol import (
    Check,
    Choice,
    Record,
    SetAside,
    Store,
    Stored,
    chosen_ids,
    failure_logged,
    is_to_change,
)

IN_ITS_PLACE = template(
    "row {row} of {table} has the id {id} and cannot be read, so nothing was added; correct or "
    "delete that row, then try again"
)

_MARKS = sa.select(revision, migration)
_MARKS_LOCKED = _MARKS.with_for_update(of=revision)


class PostgresStore(Store):
    """Keeps each kind of record in a table of its own in a database.

    Threads share one instance, processes share the database. The tables are made or brought up to
    date at first use, so that an app may start before its database does. `patience` is how many
    seconds another writer is waited for. StorageError when `url` is no PostgreSQL database's.
    """

    def __init__(self, url: str, framework: Framework, *, patience: float = PATIENCE) -> None:
        self._database = Database(url, bring_up_to_date, patience=patience)
        self._framework = framework
        self._mutex = threading.Lock()  # so that one thread reads what is new, and all have it
        self._held: _Held | None = None

    def close(self) -> None:
        """Give the connections back; the store opens others when it is used again."""
        self._database.close()

    def read(self) -> Stored:
        """Everything stored; one small query when nothing changed, new rows alone when added."""
        held = self._held
        with self._database.reading("AUTOCOMMIT") as connection:
            mark, _ = _marks(connection)
        if held and mark and held.mark == mark:
            return held.stored
        with self._mutex, self._database.reading("REPEATABLE READ") as connection:
            self._held = self._read_on(connection, self._held)
            return self._held.stored

    def add(self, records: Collection[Record], *, check: Check | None = None) -> int:
        """Store the records that are new, all or none, and return how many there were."""
        sent = kinds.to_be_added(records, self._framework)
        if not records:
            return 0
        with self._writing(check) as connection:
            return sum(self._added(connection, name, kept) for name, kept in sent.items())

    def _added(self, connection: sa.Connection, kind: str, records: Sequence[Any]) -> int:
        place_of = self._arrival_order(connection, records).place_of
        answers = {place: record for record in records if (place := place_of(record))}
        others = [record for record in records if not place_of(record)]
        count = _inserted(connection, table_by_kind[kind], others)
        count += _mixed_in(connection, table_by_kind[kind], answers)
        if count < len(records):
            self._check_readable(connection, records)
        return count

    def _check_readable(self, connection: sa.Connection, records: Sequence[Record]) -> None:
        """Raise StorageError where a row cannot be read that has the id of one of these."""
        kind = kinds.kind_of(records[0])
        of_ids = _among(id_column(table_by_kind[kind.name]), [record.id for record in records])
        for row in connection.execute(_rows(table_by_kind[kind.name]).where(of_ids)):
            unread = _record_or_aside(row, kind, self._framework)
            if isinstance(unread, SetAside):
                raise StorageError(IN_ITS_PLACE, row=row.number, table=unread.file, id=row[1])

    def _arrival_order(self, connection: sa.Connection, records: Sequence[Record]) -> ArrivalOrder:
        ids = set(filter(None, map(kinds.survey_answered, records)))
        if not ids:
            return ArrivalOrder({})
        of_ids = _among(id_column(table_by_kind[kinds.SURVEYS.name]), ids)
        return ArrivalOrder({s.id: s for _, s in self._records(connection, kinds.SURVEYS, of_ids)})

    def revise(self, before: Record, after: Record, *, check: Check | None = None) -> None:
        """Put `after` in the place of `before`, while everybody else has to wait."""
        before, after = kinds.revision_of(before, after, self._framework)
        kind = kinds.kind_of(before)
        table = table_by_kind[kind.name]
        with self._writing(check) as connection:
            of_id = id_column(table) == before.id
            rows = self._records(connection, kind, of_id, locked=True)
            number, stored = next(rows, (0, None))
            if is_to_change(stored, before, after):
                _change(connection, table, [number], after.model_dump())

    def delete(self, ids: Choice, *, check: Check | None = None) -> int:
        """Remove records and return how many there were; rows set aside stay."""
        count = 0
        with self._writing(check, uncertain=UNCERTAIN_ONCE) as connection:
            ids = chosen_ids(ids, lambda: self._stored_on(connection))
            for kind in kinds.KINDS:
                table = table_by_kind[kind.name]
                of_ids = _among(id_column(table), ids)
                numbers = [number for number, _ in self._records(connection, kind, of_ids)]
                if numbers:
                    connection.execute(table.delete().where(_among(table.c.number, numbers)))
                count += len(numbers)
        return count

    def rename(self, squad: str, to: str, *, only: Collection[UUID] | None = None) -> int:
        """Give a squad another name in what speaks of it, and return how many records that is."""
        name, key = squad_name(to), name_key(squad)
        count = 0
        with self._writing(uncertain=UNCERTAIN_ONCE) as connection:
            for kind in kinds.KINDS:
                table = table_by_kind[kind.name]
                rows = self._records(connection, kind, _may_speak_of(connection, table, key))
                records = [(n, record) for n, record in rows if kinds.speaks_of(record, key, only)]
                after = {n: kinds.renamed(record, key, name) for n, record in records}
                changed = [n for n, record in records if after[n] != record]
                if "squad" in table.c:
                    _change(connection, table, changed, {"squad": name})
                else:
                    for number in changed:
                        _change(connection, table, [number], after[number].model_dump())
                count += len(records)
        return count

    def check_writable(self) -> None:
        """Raise StorageError where nothing could be saved; waits for nobody, changes nothing."""
        tables = [table.name for table in table_by_kind.values()]
        self._database.check_writable(tables, kept=revision.name)

    def let_go(self) -> None:
        """Nothing vanishes from a database."""

    @contextmanager
    def _writing(
        self, check: Check | None = None, *, uncertain: str = UNCERTAIN
    ) -> Iterator[sa.Connection]:
        """A transaction while everybody else has to wait; a check sees what is stored first."""
        with failure_logged(), self._database.writing(uncertain=uncertain) as connection:
            _marks(connection, _MARKS_LOCKED)
            if check:
                check(self._stored_on(connection))
            yield connection

    def _records(
        self,
        connection: sa.Connection,
        kind: kinds.Kind[Any],
        where: sa.ColumnElement[bool],
        *,
        locked: bool = False,
    ) -> Iterator[tuple[int, Any]]:
        """The rows of a kind that are records, with their numbers."""
        asked = _rows(table_by_kind[kind.name]).where(where)
        for row in connection.execute(asked.with_for_update() if locked else asked):
            record = _record_or_aside(row, kind, self._framework)
            if not isinstance(record, SetAside):
                yield row.number, record

    def _stored_on(self, connection: sa.Connection) -> Stored:
        """What the tables hold now, for whoever has been let in."""
        return self._read_on(connection, self._held).stored

    def _read_on(self, connection: sa.Connection, held: "_Held | None") -> "_Held":
        """What the tables hold now; rows that were held and still stand are not parsed again."""
        mark, rewritten = _marks(connection)
        if held and mark and (mark, rewritten) == (held.mark, held.rewritten):
            return held
        stands = held is not None and rewritten is not None and rewritten == held.rewritten
        before = held.tables if held and stands else {kind.name: _NOTHING for kind in kinds.KINDS}
        tables = {
            kind.name: before[kind.name].read_on(connection, kind, self._framework)
            for kind in kinds.KINDS
        }
        return _Held(mark, rewritten, tables, _as_stored(tables))


@dataclass(frozen=True, slots=True)
class _HeldTable:
    """What the last look found: number and id of the last row, and the digest of all rows."""

    last: tuple[int, UUID] | None
    digest: hashlib.blake2b
    records: tuple[Any, ...]
    set_aside: tuple[SetAside, ...]

    def read_on(
        self, connection: sa.Connection, kind: kinds.Kind[Any], framework: Framework
    ) -> "_HeldTable":
        """What the table holds now, where nothing was taken out or changed since."""
        table = table_by_kind[kind.name]
        if self.last:
            rows = connection.execute(_rows(table).where(table.c.number >= self.last[0])).all()
            # A backup that was put back has a history of its own: then the last row differs.
            if rows and tuple(rows[0])[:2] == self.last:
                return self._followed_by(rows[1:], kind, framework)
        return _NOTHING._followed_by(connection.execute(_rows(table)).all(), kind, framework)

    def _followed_by(
        self, rows: Sequence[sa.Row[Any]], kind: kinds.Kind[Any], framework: Framework
    ) -> "_HeldTable":
        if not rows:
            return self
        digest = self.digest.copy()
        records: list[Any] = []
        set_aside: list[SetAside] = []
        for row in rows:
            record = _record_or_aside(row, kind, framework)
            if isinstance(record, SetAside):
                set_aside.append(record)
                digest.update(repr(tuple(row)).encode())
            else:
                records.append(record)
                digest.update(repr(tuple(row)[1:]).encode())  # the number is no content
        return _HeldTable(
            last=tuple(rows[-1])[:2],
            digest=digest,
            records=(*self.records, *records),
            set_aside=(*self.set_aside, *set_aside),
        )


_NOTHING = _HeldTable(None, hashlib.blake2b(digest_size=16), (), ())


@dataclass(frozen=True, slots=True)
class _Held:
    """What the last look found; `mark` and `rewritten` as the database gave them."""

    mark: UUID | None
    rewritten: UUID | None
    tables: Mapping[str, _HeldTable]
    stored: Stored


def _as_stored(tables: Mapping[str, _HeldTable]) -> Stored:
    return Stored(
        **{name: held.records for name, held in tables.items()},
        set_aside=tuple(row for held in tables.values() for row in held.set_aside),
        version=tuple(held.digest.hexdigest() for held in tables.values()),
    )


def _marks(
    connection: sa.Connection, asked: sa.Select[Any] = _MARKS
) -> tuple[UUID | None, UUID | None]:
    """The marks of the last change and of the last but additions; None where there are none.

    StorageError where a newer version has changed the tables, even while this one runs.
    """
    row = connection.execute(asked).one_or_none()
    check_known(row.migration if row else None)
    return (row.mark, row.rewritten) if row else (None, None)


def _rows(table: sa.Table) -> sa.Select[Any]:
    return sa.select(table).order_by(table.c.number)


def _mixed_in(connection: sa.Connection, table: sa.Table, answers: Mapping[Place, Record]) -> int:
    """Add answers to confidential surveys and return how many were new.

    All answers to these surveys are inserted again, in an order that tells nothing: so their
    numbers do not tell it either, nor what the database notes about every row.
    """
    ids = id_column(table)
    sent = [answer.id for answer in answers.values()]
    stored = set(connection.scalars(sa.select(ids).where(_among(ids, sent)))) if sent else set()
    new = {place: answer for place, answer in answers.items() if answer.id not in stored}
    if not new:
        return 0
    rows = {place: answer.model_dump() for place, answer in new.items()}
    of_surveys = _among(table.c.gathering, {survey_id for survey_id, _ in new})
    for row in connection.execute(_rows(table).where(of_surveys)):
        fields = _fields_in(row)
        rows[row.gathering, fields[ids.name]] = fields
    connection.execute(table.delete().where(of_surveys))
    connection.execute(table.insert(), [rows[place] for place in sorted(rows)])
    return len(new)


def _inserted(connection: sa.Connection, table: sa.Table, records: Sequence[Record]) -> int:
    if not records:
        return 0
    statement = insert(table).on_conflict_do_nothing().returning(table.c.number)
    return len(connection.execute(statement, [record.model_dump() for record in records]).all())


def _change(
    connection: sa.Connection, table: sa.Table, numbers: Collection[int], values: dict[str, Any]
) -> None:
    if numbers:
        connection.execute(table.update().where(_among(table.c.number, numbers)).values(values))


def _may_speak_of(
    connection: sa.Connection, table: sa.Table, squad_key: str
) -> sa.ColumnElement[bool]:
    """Which rows to look at for a squad: those with one of its spellings, where they have any."""
    if "squad" not in table.c:
        return sa.true()
    spellings = connection.scalars(sa.select(table.c.squad).distinct())
    return _among(table.c.squad, [name for name in spellings if name_key(name) == squad_key])


def _among(column: sa.ColumnElement[Any], values: Collection[object]) -> sa.ColumnElement[bool]:
    """Whether a column's value is one of these, however many: they travel as one parameter."""
    return column == sa.any_(sa.literal(list(values), sa.ARRAY(column.type)))


def _record_or_aside(row: sa.Row[Any], kind: kinds.Kind[Any], framework: Framework) -> Any:
    fields = _fields_in(row)
    try:
        return kind.record_of(fields, framework)
    except Refused as reason:
        text = short(json.dumps(fields, default=str, ensure_ascii=False), LONGEST_SHOWN)
        return SetAside(table_by_kind[kind.name].name, row.number, text, reason)


def _fields_in(row: sa.Row[Any]) -> dict[str, Any]:
    """A record's fields: all of a row but its number."""
    fields = row._asdict()
    del fields["number"]
    return fields

"""The PostgreSQL store: several app processes on one database, each reading only what is new."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import ARRAY, ColumnElement, Connection, Row, any_, literal, select
from sqlalchemy.dialects.postgresql import insert

from assessment.errors import Refused
from assessment.model import Assessment, Framework, name_key, squad_name
from assessment.storage.database import PATIENCE, Database
from assessment.storage.kinds import fitted
from assessment.storage.protocol import SetAside, Stored, first_refusal
from assessment.storage.schema import assessments as table
from assessment.storage.schema import bring_up_to_date, revision

LONGEST_SHOWN = 200

_ROWS = select(table).order_by(table.c.number)
_MARKS = select(revision)
_LET_IN = _MARKS.with_for_update()
_ADD = insert(table).on_conflict_do_nothing().returning(table.c.number)


class PostgresStore:
    """Keeps assessments in the table `who_decides_assessments` of a database; a `Store`.

    Threads share one instance, processes share the database. The tables are made or brought
    up to date at first use, so that an app may start before its database does. `patience`,
    in seconds, is how long another writer is waited for. Raises StorageError when `address`
    is not that of a PostgreSQL database.
    """

    def __init__(self, address: str, framework: Framework, *, patience: float = PATIENCE) -> None:
        self._database = Database(address, bring_up_to_date, patience=patience)
        self._framework = framework
        self._mutex = threading.Lock()  # so that one thread reads what is new, and all have it
        self._held: _Held | None = None

    def close(self) -> None:
        """Give the connections back; the store opens others when it is used again."""
        self._database.close()

    def read(self) -> Stored:
        """Everything stored; one small query when nothing changed, new rows alone when added.

        Raises StorageError when the database is out of reach.
        """
        held = self._held
        with self._database.single_statements() as connection:
            mark, _ = _marks(connection)
        if held and mark and held.mark == mark:
            return held.stored
        with self._mutex, self._database.snapshot() as connection:
            self._held = self._read_on(connection, self._held)
            return self._held.stored

    def add(self, assessments: Collection[Assessment]) -> int:
        """Store the assessments that are new, all or none, and return how many there were.

        Raises Refused when one does not fit the framework; StoreBusy and StorageError when
        they could not be written, or when nobody can tell: then adding them again is right.
        """
        for assessment in assessments:
            fitted(assessment, self._framework)
        if not assessments:
            return 0
        with self._database.writing() as connection:
            return len(connection.execute(_ADD, [_row_of(each) for each in assessments]).all())

    def delete(self, assessment_ids: Collection[UUID]) -> int:
        """Remove assessments and return how many there were; rows set aside stay.

        Raises StoreBusy and StorageError as `add` does.
        """
        if not assessment_ids:
            return 0
        with self._database.writing() as connection:
            connection.execute(_LET_IN)
            found = self._assessments(connection, _among(table.c.assessment_id, assessment_ids))
            if gone := [number for number, _ in found]:
                connection.execute(table.delete().where(_among(table.c.number, gone)))
        return len(gone)

    def rename(self, squad: str, to: str) -> int:
        """Give every assessment of a squad another name and return how many there were.

        Spellings of one squad count as one; rows set aside stay as they are. Raises Refused
        when `to` is not a squad's name, StoreBusy and StorageError as `add` does.
        """
        name, key = squad_name(to), name_key(squad)
        with self._database.writing() as connection:
            connection.execute(_LET_IN)
            all_spellings = connection.scalars(select(table.c.squad).distinct())
            spellings = [each for each in all_spellings if name_key(each) == key]
            found = list(self._assessments(connection, _among(table.c.squad, spellings)))
            if changed := [number for number, each in found if each.squad != name]:
                connection.execute(
                    table.update().where(_among(table.c.number, changed)).values(squad=name)
                )
        return len(found)

    def _assessments(
        self, connection: Connection, where: ColumnElement[bool]
    ) -> Iterator[tuple[int, Assessment]]:
        """The rows that are assessments, with their numbers."""
        for row in connection.execute(_ROWS.where(where)):
            found = _found_in(row, self._framework)
            if isinstance(found, Assessment):
                yield row.number, found

    def _read_on(self, connection: Connection, held: _Held | None) -> _Held:
        """What the table holds now; rows that were held and still stand are not parsed again."""
        mark, rewritten = _marks(connection)
        if held and mark and (mark, rewritten) == (held.mark, held.rewritten):
            return held
        if held and held.last and rewritten and rewritten == held.rewritten:
            rows = connection.execute(_ROWS.where(table.c.number >= held.last[0])).all()
            # A backup that was put back has a history of its own: then the last row differs.
            if rows and (rows[0].number, rows[0].assessment_id) == held.last:
                return held.followed_by(rows[1:], self._framework, mark=mark)
        empty = _Held(None, rewritten, None, hashlib.blake2b(digest_size=16), Stored(version=""))
        return empty.followed_by(connection.execute(_ROWS).all(), self._framework, mark=mark)


@dataclass(frozen=True, slots=True)
class _Held:
    """What the last look found.

    `mark` and `rewritten` as the database gave them, number and id of the last row, and the
    digest of all rows, which is added to and never changed.
    """

    mark: UUID | None
    rewritten: UUID | None
    last: tuple[int, UUID] | None
    digest: hashlib.blake2b
    stored: Stored

    def followed_by(
        self, rows: Sequence[Row[Any]], framework: Framework, *, mark: UUID | None
    ) -> _Held:
        """What is held once these rows were added, at another mark."""
        digest = self.digest.copy()
        fitting: list[Assessment] = []
        set_aside: list[SetAside] = []
        for row in rows:
            found = _found_in(row, framework)
            if isinstance(found, Assessment):
                fitting.append(found)
                digest.update(repr(tuple(row)[1:]).encode())  # the number is no content
            else:
                set_aside.append(found)
                digest.update(repr(tuple(row)).encode())
        return _Held(
            mark=mark,
            rewritten=self.rewritten,
            last=(rows[-1].number, rows[-1].assessment_id) if rows else self.last,
            digest=digest,
            stored=Stored(
                assessments=(*self.stored.assessments, *fitting),
                set_aside=(*self.stored.set_aside, *set_aside),
                version=digest.hexdigest(),
            ),
        )


def _marks(connection: Connection) -> tuple[UUID | None, UUID | None]:
    """The marks of the last change and of the last but additions; None where there are none."""
    found = connection.execute(_MARKS).one_or_none()
    return (found.mark, found.rewritten) if found else (None, None)


def _among(column: ColumnElement[Any], values: Collection[object]) -> ColumnElement[bool]:
    """Whether a column's value is one of these, however many: they travel as one parameter."""
    return column == any_(literal(list(values), ARRAY(column.type)))


def _found_in(row: Row[Any], framework: Framework) -> Assessment | SetAside:
    fields = row._asdict()
    number = fields.pop("number")
    try:
        try:
            assessment = Assessment.model_validate(fields)
        except ValidationError as error:
            raise first_refusal(error) from error
        return fitted(assessment, framework)
    except Refused as reason:
        return SetAside(table.name, number, _shown(fields), reason)


def _row_of(assessment: Assessment) -> dict[str, object]:
    return assessment.model_dump(exclude={"deep"})


def _shown(fields: dict[str, object]) -> str:
    text = json.dumps(fields, default=str, ensure_ascii=False)
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"

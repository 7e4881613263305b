"""A store as simple as the protocol allows, in memory: what the real ones are compared with."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from assessment.errors import Refused
from assessment.model import Framework, name_key, squad_name
from assessment.storage.kinds import by_kind, fitted, id_of, kind_of, renamed, speaks_of
from assessment.storage.protocol import CHANGED, GONE, Record, Stored


class PlainStore:
    """Keeps records in a dictionary; a `Store`."""

    def __init__(self, framework: Framework) -> None:
        self._framework = framework
        self._rows: dict[tuple[str, UUID], Record] = {}

    def read(self) -> Stored:
        """Everything stored."""
        rows = tuple(self._rows.values())
        return Stored(**{name: tuple(some) for name, some in by_kind(rows).items()}, version=rows)

    def add(self, records: Collection[Record]) -> int:
        """Add those whose id is new."""
        sent = [fitted(each, self._framework) for each in records]
        before = len(self._rows)
        for each in sent:
            self._rows.setdefault(_key(each), each)
        return len(self._rows) - before

    def revise(self, before: Record, after: Record) -> None:
        """Replace one that is as it was, or as it is to be."""
        was, wish = fitted(before, self._framework), fitted(after, self._framework)
        now = self._rows.get(_key(was))
        if now is None:
            raise Refused(GONE)
        if now not in (was, wish):
            raise Refused(CHANGED)
        self._rows[_key(was)] = wish

    def delete(self, ids: Collection[UUID]) -> int:
        """Remove those that are there."""
        gone = [key for key in self._rows if key[1] in set(ids)]
        for key in gone:
            del self._rows[key]
        return len(gone)

    def rename(self, squad: str, to: str) -> int:
        """Rename those of the squad."""
        name, squad_key = squad_name(to), name_key(squad)
        mine = [key for key, each in self._rows.items() if speaks_of(each, squad_key)]
        for key in mine:
            self._rows[key] = renamed(self._rows[key], squad_key, name)
        return len(mine)


def _key(record: Record) -> tuple[str, UUID]:
    return kind_of(record).name, id_of(record)

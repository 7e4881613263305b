"""A store as simple as the protocol allows, in memory: what the real ones are compared with."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from assessment.errors import Conflict
from assessment.model import Framework, Survey, name_key, squad_name
from assessment.storage.kinds import (
    by_kind,
    fitted,
    kind_of,
    renamed,
    revision_of,
    speaks_of,
    survey_answered,
)
from assessment.storage.protocol import CHANGED, GONE, Check, Choice, Record, Stored, chosen_ids


class PlainStore:
    """Keeps records in a dictionary; a `Store`."""

    def __init__(self, framework: Framework) -> None:
        self._framework = framework
        self._rows: dict[tuple[str, UUID], Record] = {}

    def read(self) -> Stored:
        """Everything stored."""
        rows = tuple(self._rows.values())
        return Stored(**{name: tuple(some) for name, some in by_kind(rows).items()}, version=rows)

    def add(self, records: Collection[Record], *, check: Check | None = None) -> int:
        """Add those whose id is new; what answers confidential rounds last, by their ids."""
        if check:
            check(self.read())
        sent = [fitted(record, self._framework) for record in records]
        new: dict[tuple[str, UUID], Record] = {}
        for record in sent:
            if _key(record) not in self._rows:
                new.setdefault(_key(record), record)
        self._rows |= new
        rounds = [record for record in self._rows.values() if isinstance(record, Survey)]
        is_open = {survey.id: not survey.confidential for survey in rounds}
        joined = {
            (kind, survey_id)
            for (kind, _id), record in new.items()
            if (survey_id := survey_answered(record)) and not is_open.get(survey_id)
        }
        answers = [key for key, record in self._rows.items() if _answered(key, record) in joined]
        for key in sorted(answers, key=lambda key: (survey_answered(self._rows[key]), key[1])):
            self._rows[key] = self._rows.pop(key)
        return len(new)

    def revise(self, before: Record, after: Record, *, check: Check | None = None) -> None:
        """Replace one that is as it was, or as it is to be."""
        if check:
            check(self.read())
        was, wish = revision_of(before, after, self._framework)
        now = self._rows.get(_key(was))
        if now is None:
            raise Conflict(GONE)
        if now not in (was, wish):
            raise Conflict(CHANGED)
        self._rows[_key(was)] = wish

    def delete(self, ids: Choice, *, check: Check | None = None) -> int:
        """Remove those that are there."""
        if check:
            check(self.read())
        wanted = set(chosen_ids(ids, self.read))
        gone = [key for key in self._rows if key[1] in wanted]
        for key in gone:
            del self._rows[key]
        return len(gone)

    def rename(self, squad: str, to: str, *, only: Collection[UUID] | None = None) -> int:
        """Rename those of the squad."""
        name, squad_key = squad_name(to), name_key(squad)
        keys = [key for key, record in self._rows.items() if speaks_of(record, squad_key, only)]
        for key in keys:
            self._rows[key] = renamed(self._rows[key], squad_key, name)
        return len(keys)

    def check_writable(self) -> None:
        """Memory always can be."""

    def close(self) -> None:
        """Nothing is held open."""


def _answered(key: tuple[str, UUID], record: Record) -> tuple[str, UUID | None]:
    return key[0], survey_answered(record)


def _key(record: Record) -> tuple[str, UUID]:
    return kind_of(record).name, record.id

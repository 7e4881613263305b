"""A store as simple as the protocol allows, in memory: what the real ones are compared with."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from assessment.model import Assessment, Framework, name_key, squad_name
from assessment.storage.kinds import fitted
from assessment.storage.protocol import Stored


class PlainStore:
    """Keeps assessments in a dictionary; a `Store`."""

    def __init__(self, framework: Framework) -> None:
        self._framework = framework
        self._rows: dict[UUID, Assessment] = {}

    def read(self) -> Stored:
        """Everything stored."""
        rows = tuple(self._rows.values())
        return Stored(assessments=rows, version=rows)

    def add(self, assessments: Collection[Assessment]) -> int:
        """Add those whose id is new."""
        for each in assessments:
            fitted(each, self._framework)
        before = len(self._rows)
        for each in assessments:
            self._rows.setdefault(each.assessment_id, each)
        return len(self._rows) - before

    def delete(self, assessment_ids: Collection[UUID]) -> int:
        """Remove those that are there."""
        return sum(self._rows.pop(each, None) is not None for each in set(assessment_ids))

    def rename(self, squad: str, to: str) -> int:
        """Rename those of the squad."""
        name = squad_name(to)
        # Not squad_key: a copy made with another squad keeps the key it was asked for before.
        mine = [each for each in self._rows.values() if name_key(each.squad) == name_key(squad)]
        for each in mine:
            self._rows[each.assessment_id] = each.model_copy(update={"squad": name})
        return len(mine)

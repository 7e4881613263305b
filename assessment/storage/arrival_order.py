"""Answers to confidential rounds: which must not tell in what order they came; no I/O."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from assessment.model import Assessment, Survey
from assessment.storage.kinds import Record

Place: TypeAlias = tuple[UUID, UUID]
"""Where an answer lies among those of confidential rounds: by round, then by its random id."""


@dataclass(frozen=True, slots=True)
class ArrivalOrder:
    """What must not be told of answers, by the rounds that a store holds."""

    surveys: Mapping[UUID, Survey]

    @classmethod
    def of(cls, surveys: Iterable[Survey]) -> ArrivalOrder:
        """What follows from these rounds."""
        return cls({survey.gathering_id: survey for survey in surveys})

    @staticmethod
    def is_asked_for(records: Iterable[Record]) -> bool:
        """Whether any of these answers a round, so that rounds have to be looked up at all."""
        return any(isinstance(record, Assessment) and record.gathering for record in records)

    def place_of(self, record: Record) -> Place | None:
        """Where an answer must lie, for its place to tell nothing; None where it may tell.

        A round that is not stored counts as confidential: nobody can tell what was promised.
        """
        if not isinstance(record, Assessment) or record.gathering is None:
            return None
        survey = self.surveys.get(record.gathering)
        is_open = survey is not None and not survey.confidential
        return None if is_open else (record.gathering, record.assessment_id)

    def is_under_way(self, record: Record) -> bool:
        """Whether an answer's round may take more: copies kept meanwhile would tell their order."""
        if not isinstance(record, Assessment) or record.gathering is None:
            return False
        survey = self.surveys.get(record.gathering)
        return survey is not None and survey.confidential and survey.revealed_at is None

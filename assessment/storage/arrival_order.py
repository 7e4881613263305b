"""Answers to confidential surveys, and votes: no order may tell in which they came; no I/O."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from assessment.model import Survey, Vote
from assessment.storage.kinds import Record, survey_answered

Place = tuple[UUID, UUID]
"""Where an answer lies among those of confidential surveys: by survey, then by its random id."""


@dataclass(frozen=True, slots=True)
class ArrivalOrder:
    """What must not be told of answers, by the surveys that a store holds, by their ids."""

    surveys: Mapping[UUID, Survey]

    def place_of(self, record: Record) -> Place | None:
        """Where an answer must lie, for its place to tell nothing; None where it may tell.

        A survey that is not stored counts as confidential: nobody can tell what was promised.
        """
        survey_id = survey_answered(record)
        if survey_id is None:
            return None
        survey = self.surveys.get(survey_id)
        is_open = survey is not None and not survey.confidential
        return None if is_open else (survey_id, record.id)

    def is_under_way(self, record: Record) -> bool:
        """Whether its survey may take more: copies kept until then would tell their order."""
        survey_id = survey_answered(record)
        survey = self.surveys.get(survey_id) if survey_id else None
        if survey is None or not survey.confidential:
            return False
        if isinstance(record, Vote):
            return survey.ballot == record.ballot
        return survey.revealed_at is None

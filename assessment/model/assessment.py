"""One voice's answers about one squad on one day."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from pydantic import Field

from assessment.model.deep import DeepAnswers
from assessment.model.names import Alias, Note, OfSquad, name_key

_NOTHING_DEEP = DeepAnswers()  # shared: as a plain default it would be copied for every record


class Assessment(OfSquad):
    """One voice's answers about one squad on one day.

    `voice` is an optional alias, `role` an optional role id; `answers` holds option ids by item id,
    unanswered items absent; `gathering` is the survey it was invited to, where it was.
    """

    assessment_id: UUID
    assessed_on: date
    voice: Alias = None
    role: str | None = None
    framework: str
    note: Note = ""
    answers: Mapping[str, str] = Field(default_factory=dict)
    deep: DeepAnswers = Field(default_factory=lambda: _NOTHING_DEEP)
    gathering: UUID | None = None

    @property
    def moment(self) -> tuple[date, datetime]:
        """When it speaks of, then when it was saved."""
        return self.assessed_on, self.saved_at

    @cached_property
    def voice_key(self) -> str:
        """The voice whatever its spelling; a voice without alias is always its own."""
        return f"alias {name_key(self.voice)}" if self.voice else f"id {self.assessment_id}"

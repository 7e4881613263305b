"""What the voices of a squad answered in a period, counted: all that retention keeps of it."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from assessment.errors import Refused
from assessment.model.names import OfSquad

FEWEST_COUNTED = 5
"""Voices from which a question is counted in a total, unless a session promised a number."""

Counts = Mapping[str, Annotated[int, Field(ge=1)]]
"""How many voices gave each option, by its id; an option that nobody gave is absent."""


class Total(OfSquad):
    """What a squad's voices answered in a month, or in one session, counted item by item.

    `voices` answered, the last of them on `assessed_on`; `invited` says that they did so in a
    session. `answers` holds what enough of them answered: by item id how many gave which option.
    Which answers were one voice's, nothing tells any more.
    """

    total_id: UUID
    assessed_on: date
    voices: int = Field(ge=1, le=1_000_000)
    invited: bool
    framework: str
    answers: Mapping[str, Counts] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _no_more_answers_than_voices(self) -> Self:
        for item, counts in self.answers.items():
            if sum(counts.values()) > self.voices:
                raise Refused(
                    "{item}: {count} answers of {voices} voices",
                    item=item,
                    count=sum(counts.values()),
                    voices=self.voices,
                )
        return self

    @cached_property
    def sheets(self) -> tuple[Mapping[str, str], ...]:
        """As many sheets of answers as voices, each item answered as often as it was.

        No sheet is anybody's: what stands on one together never was one voice's.
        """
        given = {
            item: [option for option, count in sorted(counts.items()) for _ in range(count)]
            for item, counts in self.answers.items()
        }
        return tuple(
            {item: options[number] for item, options in given.items() if number < len(options)}
            for number in range(self.voices)
        )

"""A round gathered by invitation: for which squad, how deep, how confidential, until when."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Literal, TypeAlias, get_args
from uuid import UUID

from pydantic import Field, model_validator

from assessment.errors import Refused, template
from assessment.model.base import Frozen, Moment
from assessment.model.names import SquadName, name_key

Depth: TypeAlias = Literal["quick", "deep"]
Privacy: TypeAlias = Literal["open", "confidential"]
DEPTHS: tuple[Depth, ...] = get_args(Depth)
PRIVACIES: tuple[Privacy, ...] = get_args(Privacy)

FEWEST_VOICES = 3
USUAL_VOICES = 5
MOST_VOICES = 1_000


class Survey(Frozen):
    """A round that people answer by invitation, and see nothing of until it is revealed.

    `open` keeps aliases and roles. `confidential` keeps neither, nor the time of day, and shows
    results from `least_voices` voices up. It takes answers up to and including the day
    `closes_on`, unless it was closed before; revealing closes it for good, since results that
    grow voice by voice would tell each voice apart.
    """

    gathering_id: UUID
    saved_at: Moment
    squad: SquadName
    depth: Depth = "quick"
    privacy: Privacy = "open"
    least_voices: int = Field(default=USUAL_VOICES, ge=FEWEST_VOICES, le=MOST_VOICES)
    opened_on: date
    closes_on: date
    closed_at: Moment | None = None
    revealed_at: Moment | None = None

    @property
    def id(self) -> UUID:
        """What tells it from others of its kind."""
        return self.gathering_id

    @model_validator(mode="after")
    def _dates_fit(self) -> Survey:
        if self.closes_on < self.opened_on:
            raise Refused(
                template("the session closes on {closes}, before it opens on {opens}"),
                closes=self.closes_on,
                opens=self.opened_on,
            )
        if self.revealed_at is not None and self.closed_at is None:
            raise Refused(template("the session is revealed but not closed; close it first"))
        return self

    @property
    def confidential(self) -> bool:
        """Whether voices must not be told apart."""
        return self.privacy == "confidential"

    @cached_property
    def squad_key(self) -> str:
        """The squad whatever its spelling."""
        return name_key(self.squad)

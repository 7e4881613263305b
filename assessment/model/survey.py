"""A survey gathered by invitation: for which squad, how deep, how confidential, until when."""

from datetime import date
from typing import Literal, get_args
from uuid import UUID

from pydantic import Field, model_validator

from assessment.errors import Refused
from assessment.model.base import Moment
from assessment.model.names import OfSquad
from assessment.model.vote import MOST_PASSES, Ballot

Depth = Literal["quick", "who-decides", "deep"]
Privacy = Literal["open", "confidential"]
DEPTHS: tuple[Depth, ...] = get_args(Depth)
PRIVACIES: tuple[Privacy, ...] = get_args(Privacy)

FEWEST_VOICES = 3
USUAL_VOICES = 5
MOST_VOICES = 1_000


class Survey(OfSquad):
    """A survey that people answer by invitation, and see nothing of until it is revealed.

    `open` keeps aliases and roles. `confidential` keeps neither, nor the time of day, and shows
    results from `least_voices` voices up. It takes answers up to and including the day
    `closes_on`, unless it was closed before; revealing closes it for good, since results that
    grow voice by voice would tell each voice apart.

    `depth` is what it asks: the quick check, with it who decides each decision, or with it every
    lens of the deep check. `expected` is how many were asked, where that was told. Once revealed,
    its squad sees the results, and everybody else once they are `released` as well; None is a
    survey from before that was asked, which was released by being revealed. `asked_again` is the
    decision that the room talks about, or behind `item.` the item; while it votes again on a
    decision, `asked_pass` counts the votes from 1. `next_on` is the day chosen to ask again.
    """

    gathering_id: UUID
    depth: Depth = "quick"
    privacy: Privacy = "open"
    least_voices: int = Field(default=USUAL_VOICES, ge=FEWEST_VOICES, le=MOST_VOICES)
    opened_on: date
    closes_on: date
    closed_at: Moment | None = None
    revealed_at: Moment | None = None
    expected: int | None = Field(default=None, ge=1, le=MOST_VOICES)
    released: bool | None = None
    asked_again: str | None = None
    asked_pass: int | None = Field(default=None, ge=1, le=MOST_PASSES)
    next_on: date | None = None

    @property
    def asks_lenses(self) -> bool:
        """Whether it asks who decides, alone of the lenses or with all others."""
        return self.depth != "quick"

    @model_validator(mode="after")
    def _fits_together(self) -> "Survey":
        if self.closes_on < self.opened_on:
            raise Refused(
                "the session closes on {closes}, before it opens on {opens}",
                closes=self.closes_on,
                opens=self.opened_on,
            )
        if self.revealed_at is not None and self.closed_at is None:
            raise Refused("the session is revealed but not closed; close it first")
        if self.next_on is not None and self.next_on <= self.opened_on:
            raise Refused(
                "the next session is on {next}, but this one opened on {opens}; choose a later day",
                next=self.next_on,
                opens=self.opened_on,
            )
        if self.revealed_at is None and (self.released or self.asked_again):
            raise Refused("the session is not revealed, so it is neither released nor voted on")
        if self.asked_pass is not None and (self.topic is None or self.topic[0] == "item"):
            raise Refused("a vote is on one decision; say on which")
        return self

    def changed(self, **changes: object) -> "Survey":
        """The same survey but for these fields; refused where they do not fit together."""
        return Survey.model_validate(self.model_dump() | changes)

    @property
    def confidential(self) -> bool:
        """Whether voices must not be told apart."""
        return self.privacy == "confidential"

    @property
    def least_shown(self) -> int:
        """How many voices must stand behind whatever is told of its answers."""
        return self.least_voices if self.confidential else 1

    @property
    def least_votes(self) -> int:
        """From how many votes up a pass in its room shows: never under five if confidential."""
        return max(USUAL_VOICES, self.least_voices) if self.confidential else 1

    @property
    def is_released(self) -> bool:
        """Whether its results may be seen outside the squad."""
        return self.revealed_at is not None and self.released is not False

    @property
    def topic(self) -> tuple[Literal["decision", "item"], str] | None:
        """What the room talks about, by kind and id; None where its phones are told of nothing."""
        if self.asked_again is None:
            return None
        of = self.asked_again.removeprefix("item.")
        return ("decision" if of == self.asked_again else "item"), of

    @property
    def ballot(self) -> Ballot | None:
        """What the room votes on now: this survey, the decision and which pass it is."""
        if self.asked_again is None or self.asked_pass is None:
            return None
        return self.id, self.asked_again, self.asked_pass

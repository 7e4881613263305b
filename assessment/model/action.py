"""What a squad decided to do about a lever, and what became of it."""

from datetime import date, timedelta
from typing import Literal, Self, get_args
from uuid import UUID

from pydantic import model_validator

from assessment.errors import Refused
from assessment.model.names import Alias, Note, OfSquad

Status = Literal["planned", "under-way", "done", "dropped"]
STATUSES: tuple[Status, ...] = get_args(Status)
OVER: tuple[Status, ...] = ("done", "dropped")

SOMEBODY = "…"
"""Stands for the name of an owner, to whoever may know that there is one and not which."""

DUE_WITHIN = timedelta(days=30)
"""The time that a first step is given."""


def day_since(decided_on: date, day: date) -> date:
    """A day of an action's life; Refused when it lies before the decision."""
    if day < decided_on:
        raise Refused(
            "the day {day} lies before {decided}, the day of the decision",
            day=day,
            decided=decided_on,
        )
    return day


class Action(OfSquad):
    """A lever a squad pulls: whose move it is, until when, and where it stands.

    `owner` is the role whose move it is; `owner_name` says, beside the role or alone, who exactly.
    `ended_on` is the day it was done or dropped: given then and only then, never before the
    decision.
    """

    action_id: UUID
    lever: str
    owner: str | None = None
    decided_on: date
    due_on: date | None = None
    status: Status = "planned"
    ended_on: date | None = None
    note: Note = ""
    owner_name: Alias = None

    @model_validator(mode="after")
    def _dates_fit(self) -> Self:
        if (self.ended_on is not None) != (self.status in OVER):
            raise Refused(
                "the action is '{status}'; expected the day it ended when it is done or "
                "dropped, and none otherwise",
                status=self.status,
            )
        for day in (self.due_on, self.ended_on):
            if day is not None:
                day_since(self.decided_on, day)
        return self

    def as_on(self, day: date) -> Self:
        """The action as a day left it: what ended later was still to be done."""
        if self.ended_on is None or self.ended_on <= day:
            return self
        return self.model_copy(update={"status": STATUSES[0], "ended_on": None})

    @property
    def without_texts(self) -> Self:
        """The action without what people wrote; of an owner by name alone, that there is one."""
        owner_name = SOMEBODY if self.owner_name and not self.owner else None
        return self.model_copy(update={"note": "", "owner_name": owner_name})

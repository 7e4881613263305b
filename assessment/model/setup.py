"""A squad's setup from a day on: which roles exist and how each seat is held."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, Field, model_validator

from assessment.errors import Refused
from assessment.model.framework import Framework
from assessment.model.names import OfSquad, single_line

Company = Literal["start-up", "scale-up", "large-group"]

OWN = "own"
SHARED = "shared"
EMPTY = "empty"
ABSENT = "absent"
SAME_AS = "same-as-"
"""Followed by a role id: this seat is held by the person who holds that one."""


def seats_held(seats: Mapping[str, str]) -> Mapping[str, str]:
    """How each seat is held: own, shared, empty, absent or same-as-<role>; else Refused.

    The person of a `same-as` seat must hold the other seat themselves: no chains, no rings.
    """
    for role, held in seats.items():
        other = held.removeprefix(SAME_AS) if held.startswith(SAME_AS) else None
        if other is None and held not in (OWN, SHARED, EMPTY, ABSENT):
            raise Refused(
                "unknown seat '{held}' for {role}; expected own, shared, empty, absent or "
                "same-as- and another role",
                held=held,
                role=role,
            )
        if other is not None and (other == role or seats.get(other) not in (OWN, SHARED)):
            raise Refused(
                "the seat of {role} is held by the person of {other}, but that seat is not "
                "held by a dedicated person; say who holds {other} first",
                role=role,
                other=other,
            )
    return dict(seats)


def shared_seat(text: str) -> str:
    """What several squads call a seat that they share, as written on one line; else Refused."""
    label = single_line(text) if text.strip() else ""
    if not label:
        raise Refused("the shared seat has no name; write what its squads call it, or leave it out")
    return label


class Setup(OfSquad):
    """How a squad is set up from the day `since` on, until a later setup of the same squad.

    `seats` says by role id how the seat is held; a role that is missing does not exist.
    `shared_seats` tells by role id what squads that share a seat call it: same words, same seat.
    One that tells that the squad has `ended`, with `since` its last day, tells of no seat: they
    stay as they were. Where it does all the same, a version that knows no end told them since.
    """

    setup_id: UUID
    since: date
    company: Company | None = None
    seats: Annotated[Mapping[str, str], AfterValidator(seats_held)] = Field(default_factory=dict)
    shared_seats: Mapping[str, Annotated[str, AfterValidator(shared_seat)]] = Field(
        default_factory=dict
    )
    ended: bool = False

    @property
    def is_end(self) -> bool:
        """Whether it says that the squad has ended, and nothing said since who sits there."""
        return self.ended and set(self.seats.values()) <= {ABSENT}

    @model_validator(mode="after")
    def _names_what_is_shared(self) -> Self:
        for role, label in self.shared_seats.items():
            if self.seats.get(role) != SHARED:
                raise Refused(
                    "the seat of {role} is called “{label}”, but it is not shared; say that "
                    "it is, or leave the name out",
                    role=role,
                    label=label,
                )
        return self


WITHOUT: Mapping[str, frozenset[str]] = {
    "pm-and-po": frozenset({"cpto"}),
    "pm-only": frozenset({"cpto", "po"}),
    "po-only": frozenset({"cpto", "pm"}),
    "neither": frozenset({"cpto", "pm", "po"}),
    "cpto": frozenset({"cpo", "cto"}),
}
"""The common setups, by the roles that do not exist there; all others have their own person."""


def preset_seats(framework: Framework, preset: str) -> dict[str, str]:
    """How every seat is held in one of the common setups."""
    return {role: ABSENT if role in WITHOUT[preset] else OWN for role in framework.role_ids}


def preset_of(framework: Framework, seats: Mapping[str, str]) -> str | None:
    """The common setup in which every seat is held just so, if there is one."""
    return next((name for name in WITHOUT if preset_seats(framework, name) == seats), None)


def seats_of(framework: Framework, setup: Setup) -> dict[str, str]:
    """How every seat is held in a setup, those it leaves out included."""
    return {role: setup.seats.get(role, ABSENT) for role in framework.role_ids}

"""A link that shares results or invites to a survey."""

from datetime import UTC, datetime
from functools import cached_property
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, model_validator

from assessment.errors import Refused
from assessment.model.base import Identified, Moment
from assessment.model.names import SquadName, name_key, single_line
from assessment.model.period import Period

LinkKind = Literal["view", "invite", "code", "used code"]
LinkState = Literal["valid", "expired", "revoked"]

EVERY_SQUAD: Literal["every-squad"] = "every-squad"
"""The scope of a link that shares whatever squads there are, later ones included."""

FOLLOWED_DAYS = 30
"""For so many days after the last one to answer, what invites to a survey leads into its room."""


def _period(value: object) -> object:
    return Period.parse(value) if isinstance(value, str) else value


class Link(Identified):
    """What a link gives, to whoever holds it, until when; the token itself is nowhere in it.

    `view` reads results; `invite` answers the survey `round_id`, and `code` once; `used code` says
    that it has (see `access/codes.py`). Notes, the roles of voices and what squads agreed are shown
    `with_notes`, `with_roles` and `with_agreements`; aliases never are.
    """

    link_id: UUID
    kind: LinkKind
    digest: str = Field(pattern=r"^[0-9a-f]{64}$", repr=False)
    label: Annotated[str, AfterValidator(single_line)]
    squads: Literal["every-squad"] | Annotated[tuple[SquadName, ...], Field(min_length=1)]
    period: Annotated[
        Period | None, BeforeValidator(_period), PlainSerializer(lambda p: str(p) if p else None)
    ] = None
    with_notes: bool = False
    with_roles: bool = False
    with_agreements: bool = True
    created_at: Moment
    expires_at: Moment
    revoked_at: Moment | None = None
    round_id: UUID | None = None

    @model_validator(mode="after")
    def _ends_after_it_began(self) -> Self:
        if self.expires_at <= self.created_at:
            raise Refused(
                "the link ends at {end}, not after it was made at {start}",
                end=self.expires_at,
                start=self.created_at,
            )
        return self

    @cached_property
    def squad_keys(self) -> frozenset[str] | None:
        """The squads it speaks of, whatever their spelling; None for every squad."""
        return None if self.squads == EVERY_SQUAD else frozenset(map(name_key, self.squads))

    def state(self, now: datetime) -> LinkState:
        """Whether it opens anything at `now`; at the very moment of its end it no longer does."""
        if self.revoked_at is not None:
            return "revoked"
        return "valid" if now < self.expires_at else "expired"

    def shares_by_name(self, squad_key: str) -> bool:
        """Whether it names a squad, which it does not where it shares every squad."""
        return self.squad_keys is not None and squad_key in self.squad_keys

    def with_squad_renamed(self, squad_key: str, name: str) -> Self:
        """The same link, naming a squad otherwise; once, where it names the new name already."""
        if self.squads == EVERY_SQUAD:
            return self
        names: dict[str, str] = {}
        for squad in self.squads:
            after = name if name_key(squad) in (squad_key, name_key(name)) else squad
            names.setdefault(name_key(after), after)
        return self.model_copy(update={"squads": tuple(names.values())})

    def revoked(self, now: datetime) -> Self:
        """The same link, switched off; the first time counts."""
        if self.revoked_at:
            return self
        return self.model_copy(update={"revoked_at": now.astimezone(UTC)})

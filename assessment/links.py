"""Links that share or invite: made, recognised, ended; only their digest is kept; pure."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Annotated, Literal, TypeAlias
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BeforeValidator,
    Field,
    PlainSerializer,
    StringConstraints,
    model_validator,
)

from assessment.errors import Refused, template
from assessment.model import Frozen, name_key, single_line, squad_name
from assessment.rounds import Period

Kind: TypeAlias = Literal["view", "invite"]
State: TypeAlias = Literal["valid", "expired", "revoked"]

EVERY_SQUAD: Literal["every-squad"] = "every-squad"
"""The scope of a link that shares whatever squads there are, later ones included."""

PARAMETER = "link"
"""The URL parameter that carries a token."""

TOKEN_BYTES = 32
DAYS = 30
MOST_DAYS = 366

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


def _period(value: object) -> object:
    return Period.parse(value) if isinstance(value, str) else value


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


Moment: TypeAlias = Annotated[AwareDatetime, AfterValidator(_in_utc)]
SquadName: TypeAlias = Annotated[str, AfterValidator(squad_name)]


class Link(Frozen):
    """What a link gives, to whoever holds it, until when; the token itself is nowhere in it.

    `view` reads results; `invite` answers the round `round_id`. Notes and the roles of voices
    stay behind unless `with_notes` and `with_roles` say otherwise; aliases always do.
    """

    link_id: UUID
    kind: Kind
    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] = Field(repr=False)
    label: Annotated[str, AfterValidator(single_line)]
    squads: Literal["every-squad"] | Annotated[tuple[SquadName, ...], Field(min_length=1)]
    period: Annotated[
        Period | None, BeforeValidator(_period), PlainSerializer(lambda p: str(p) if p else None)
    ] = None
    with_notes: bool = False
    with_roles: bool = False
    created_at: Moment
    expires_at: Moment
    revoked_at: Moment | None = None
    round_id: UUID | None = None

    @model_validator(mode="after")
    def _ends_after_it_began(self) -> Link:
        if self.expires_at <= self.created_at:
            raise Refused(
                template("the link ends at {end}, not after it was made at {start}"),
                end=self.expires_at,
                start=self.created_at,
            )
        return self

    @cached_property
    def squad_keys(self) -> frozenset[str] | None:
        """The squads it speaks of, whatever their spelling; None for every squad."""
        return None if self.squads == EVERY_SQUAD else frozenset(map(name_key, self.squads))

    def state(self, now: datetime) -> State:
        """Whether it opens anything at `now`; at the very moment of its end it no longer does."""
        if self.revoked_at is not None:
            return "revoked"
        return "valid" if now < self.expires_at else "expired"

    def shares_by_name(self, squad_key: str) -> bool:
        """Whether it names a squad, which it does not where it shares every squad."""
        return self.squad_keys is not None and squad_key in self.squad_keys

    def with_squad_renamed(self, squad_key: str, name: str) -> Link:
        """The same link, naming a squad otherwise; once, where it names the new name already."""
        if self.squads == EVERY_SQUAD:
            return self
        named: dict[str, str] = {}
        for squad in self.squads:
            after = name if name_key(squad) in (squad_key, name_key(name)) else squad
            named.setdefault(name_key(after), after)
        return self.model_copy(update={"squads": tuple(named.values())})

    def revoked(self, now: datetime) -> Link:
        """The same link, switched off; the first time counts."""
        return self if self.revoked_at else self.model_copy(update={"revoked_at": _in_utc(now)})


@dataclass(frozen=True, slots=True)
class Wish:
    """What an editor asks a new link to be, as it was filled in.

    It lasts `days`, or `until` a moment where one is given.
    """

    kind: Kind
    label: str
    squads: tuple[str, ...] | Literal["every-squad"]
    period: Period | None = None
    days: int = DAYS
    with_notes: bool = False
    with_roles: bool = False
    round_id: UUID | None = None
    until: datetime | None = None


def new_link(
    wish: Wish, *, link_id: UUID, now: datetime, mint: Callable[[int], bytes]
) -> tuple[Link, str]:
    """A link as wished, and its token, which exists nowhere else.

    `mint` gives so many random bytes, as `secrets.token_bytes` does. Raises Refused where the
    wish does not fit.
    """
    label = single_line(wish.label)
    if not label:
        raise Refused(template("the label is empty; write whom the link is for"))
    if not wish.squads:
        raise Refused(template("the link shares no squad; choose at least one"))
    if not 1 <= wish.days <= MOST_DAYS:
        raise Refused(
            template("a link lasts from 1 to {most} days, not {days}"),
            most=MOST_DAYS,
            days=wish.days,
        )
    squads = wish.squads
    token = base64.urlsafe_b64encode(mint(TOKEN_BYTES)).rstrip(b"=").decode("ascii")
    link = Link(
        link_id=link_id,
        kind=wish.kind,
        digest=digest_of(token),
        label=label,
        squads=squads if squads == EVERY_SQUAD else tuple(map(squad_name, squads)),
        period=wish.period,
        with_notes=wish.with_notes,
        with_roles=wish.with_roles,
        created_at=now,
        expires_at=wish.until or now + timedelta(days=wish.days),
        round_id=wish.round_id,
    )
    return link, token


def digest_of(token: str) -> str:
    """What is kept of a token: its SHA-256, in hexadecimal."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def link_for(token: str, links: Iterable[Link], *, now: datetime) -> Link | None:
    """The valid link a token opens, or None, without a hint why.

    Every link is compared, each in constant time, so that how long it takes tells nothing.
    """
    digest = digest_of(token)
    found = None
    for link in links:
        if hmac.compare_digest(link.digest, digest) and link.state(now) == "valid":
            found = link
    return found if _TOKEN.fullmatch(token) else None


def site_root(url: str, *, page: str) -> str:
    """Where the app begins, without the closing slash, seen from the URL of one of its pages."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/").removesuffix(f"/{page}")
    return f"{parts.scheme}://{parts.netloc}{path.rstrip('/')}"


def address_of(root: str, *, page: str = "", **parameters: str) -> str:
    """The URL of a page of the app at `root`, with parameters: the whole address of a link."""
    return f"{root}/{page}?{urlencode(parameters)}"

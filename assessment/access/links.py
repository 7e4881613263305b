"""Links that share or invite: made, recognised, ended; only their digest is kept; pure."""

import base64
import hashlib
import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from assessment.errors import Refused
from assessment.model import single_line, squad_name
from assessment.model.link import EVERY_SQUAD, Link, LinkKind
from assessment.model.period import Period

PARAMETER = "link"
"""The URL parameter that carries a token."""

TOKEN_BYTES = 32
DAYS = 30
MOST_DAYS = 366

LETTERS = "abcdefghjkmnpqrstuvwxyz"
"""What an invitation is made of, which people type from a wall: none taken for another."""

GROUPS, GROUP = 4, 4
"""Its letters, so many groups of so many: over 2 to the 72 invitations."""


@dataclass(frozen=True, slots=True)
class LinkRequest:
    """What an editor asks a new link to be, as it was filled in.

    It lasts to the end of the day that comes `days` later, or `until` a moment where one is given.
    """

    kind: LinkKind
    label: str
    squads: tuple[str, ...] | Literal["every-squad"]
    period: Period | None = None
    days: int = DAYS
    with_notes: bool = False
    with_roles: bool = False
    with_agreements: bool = True
    round_id: UUID | None = None
    until: datetime | None = None


def new_link(
    request: LinkRequest, *, link_id: UUID, now: datetime, mint: Callable[[int], bytes]
) -> tuple[Link, str]:
    """A link as requested, and its token, which exists nowhere else.

    `now` tells by its offset whose days count. `mint` gives so many random bytes, as
    `secrets.token_bytes` does. Raises Refused where the request does not fit.
    """
    label = single_line(request.label)
    if not label:
        raise Refused("the label is empty; write whom the link is for")
    if not request.squads:
        raise Refused("the link shares no squad; choose at least one")
    if not 1 <= request.days <= MOST_DAYS:
        raise Refused(
            "a link lasts from 1 to {most} days, not {days}", most=MOST_DAYS, days=request.days
        )
    squads, last_day = request.squads, now.date() + timedelta(days=request.days)
    minted = mint(TOKEN_BYTES)
    copied = base64.urlsafe_b64encode(minted).rstrip(b"=").decode("ascii")
    token = _typed(minted) if request.kind == "invite" else copied
    link = Link(
        link_id=link_id,
        kind=request.kind,
        digest=digest_of(token),
        label=label,
        squads=squads if squads == EVERY_SQUAD else tuple(map(squad_name, squads)),
        period=request.period,
        with_notes=request.with_notes,
        with_roles=request.with_roles,
        with_agreements=request.with_agreements,
        created_at=now,
        expires_at=request.until or datetime.combine(last_day, time.max, now.tzinfo),
        round_id=request.round_id,
    )
    return link, token


def _typed(token: bytes) -> str:
    """Groups of letters that people can type, should their phone not read the code."""
    number, letters = int.from_bytes(token, "big"), []
    for _place in range(GROUPS * GROUP):
        number, letter = divmod(number, len(LETTERS))
        letters.append(LETTERS[letter])
    return "-".join("".join(letters[at : at + GROUP]) for at in range(0, len(letters), GROUP))


def digest_of(token: str) -> str:
    """What is kept of a token: its SHA-256, in hexadecimal."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def link_for(token: str, links: Iterable[Link], *, now: datetime) -> Link | None:
    """The valid link a token opens, or None, without a hint why.

    Every link is compared, each in constant time, so that how long it takes tells nothing.
    """
    digest = digest_of(token)
    valid = None
    for link in links:
        is_way_in = link.kind != "used code" and link.state(now) == "valid"
        if hmac.compare_digest(link.digest, digest) and is_way_in:
            valid = link
    return valid


def site_root(url: str, *, page: str) -> str:
    """Where the app begins, without the closing slash, seen from the URL of one of its pages."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/").removesuffix(f"/{page}")
    return f"{parts.scheme}://{parts.netloc}{path}"


def url_of(root: str, *, page: str = "", **parameters: str) -> str:
    """The URL of a page of the app at `root`, with parameters: the whole address of a link."""
    return f"{root}/{page}?{urlencode(parameters)}"

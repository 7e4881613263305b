"""One-time codes to a survey: as many as people, each answers once; only their digests are kept.

A code is a link of its own kind. That it was used is a second record beside it, under the same
digest, so that it is stored together with the answer; it holds the survey's days and no time, and
nothing in it leads to the answer.
"""

from collections.abc import Callable, Iterable
from uuid import UUID

from assessment.access.invitations import invitation_ends
from assessment.access.links import digest_of
from assessment.errors import Refused
from assessment.model import Survey
from assessment.model.link import Link, LinkKind

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""What codes are made of: no letter that is taken for another or for a digit."""

LENGTH = 16
"""Of a code, in signs: 80 random bits, which nobody tries out, not even from its digest."""

GROUP = 4
MOST_AT_ONCE = 500


def new_codes(
    survey: Survey, count: int, *, mint: Callable[[int], bytes], new_id: Callable[[], UUID]
) -> tuple[list[Link], list[str]]:
    """So many codes to a survey, and what opens them, which exists nowhere else.

    `mint` gives so many random bytes. Raises Refused for none, and for more than are made at once.
    """
    if not 1 <= count <= MOST_AT_ONCE:
        raise Refused(
            "from 1 to {most} codes are made at once, not {count}", most=MOST_AT_ONCE, count=count
        )
    texts = ["".join(SIGNS[byte % len(SIGNS)] for byte in mint(LENGTH)) for _ in range(count)]
    links = [_link(survey, "code", digest_of(text), link_id=new_id()) for text in texts]
    return sorted(links, key=lambda link: link.digest), texts


def written(code: str) -> str:
    """A code as it is printed, in groups."""
    return "-".join(code[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def as_code(text: str) -> str | None:
    """A code as it was made from what somebody typed; None where it is none."""
    read = text.upper().replace("-", "").replace(" ", "").translate(str.maketrans("OIL", "011"))
    return read if len(read) == LENGTH and set(read) <= set(SIGNS) else None


def use_of(code: Link, survey: Survey) -> Link:
    """The record that a code was used; the same whenever that was."""
    mark = UUID(digest_of(f"used {code.digest}")[:32])
    return _link(survey, "used code", code.digest, link_id=mark)


def is_used(code: Link, links: Iterable[Link]) -> bool:
    """Whether a code has answered."""
    return any(link.kind == "used code" and link.digest == code.digest for link in links)


def asks_for_codes(survey_id: UUID | None, links: Iterable[Link]) -> bool:
    """Whether a survey is answered with codes, so that no other link brings an answer."""
    return any(link.kind == "code" and link.round_id == survey_id for link in links)


def check_way_in(link: Link, links: Iterable[Link], *, sent_before: bool) -> None:
    """Raise Refused where a code has answered, or a link comes to a survey that asks for codes.

    `sent_before`: the very answer is stored, and is sent again after an unclear failure.
    """
    links = tuple(links)
    if link.kind == "code":
        if is_used(link, links) and not sent_before:
            raise Refused(
                "this code was used already, and each works once; nothing was stored: ask the "
                "person who gave it to you"
            )
    elif asks_for_codes(link.round_id, links):
        raise Refused(
            "this session is answered with one-time codes, so this link can no longer be used; "
            "nothing was stored: ask the person who invited you for a code"
        )


def _link(survey: Survey, kind: LinkKind, digest: str, *, link_id: UUID) -> Link:
    return Link(
        link_id=link_id,
        kind=kind,
        digest=digest,
        label=survey.squad,
        squads=(survey.squad,),
        created_at=survey.saved_at,
        expires_at=invitation_ends(survey),
        round_id=survey.id,
    )

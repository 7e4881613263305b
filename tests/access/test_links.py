"""Links: made from random bytes, recognised by digest alone, ended on the second."""

from __future__ import annotations

import base64
import hashlib
import random
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

import pytest
from pydantic import ValidationError

from assessment.access.links import LinkRequest, digest_of, link_for, new_link, site_root, url_of
from assessment.errors import Refused
from assessment.model.link import EVERY_SQUAD, Link
from assessment.model.period import Period

NOW = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
REQUEST = LinkRequest("view", "Board", ("Atlas",))


def made(number: int = 1, asked: LinkRequest = REQUEST) -> tuple[Link, str]:
    """A link and its token; the same number gives the same token."""
    return new_link(
        asked,
        link_id=UUID(int=number),
        now=NOW,
        mint=random.Random(number).randbytes,  # noqa: S311
    )


def test_a_token_is_the_random_bytes_and_only_their_digest_is_kept() -> None:
    asked: list[int] = []

    def mint(count: int) -> bytes:
        asked.append(count)
        return bytes(range(32))

    link, token = new_link(REQUEST, link_id=UUID(int=1), now=NOW, mint=mint)
    assert asked == [32]
    assert base64.urlsafe_b64decode(token + "=") == bytes(range(32))
    assert link.digest == hashlib.sha256(token.encode()).hexdigest()
    assert token not in link.model_dump_json()
    assert link.digest not in repr(link)


def test_a_link_lasts_to_the_end_of_a_day_where_it_was_made() -> None:
    auckland = timezone(timedelta(hours=13))
    morning = datetime(2026, 11, 4, 8, 0, tzinfo=auckland)  # still 3 November in UTC
    link, _ = new_link(replace(REQUEST, days=1), link_id=UUID(int=1), now=morning, mint=bytes)
    assert link.created_at.astimezone(auckland).date() == date(2026, 11, 4)
    assert link.expires_at.astimezone(auckland).date() == date(2026, 11, 5)
    assert link.state(datetime(2026, 11, 5, 23, 59, tzinfo=auckland)) == "valid"
    assert link.state(datetime(2026, 11, 6, 0, 0, tzinfo=auckland)) == "expired"
    assert made(asked=replace(REQUEST, days=366))[0].expires_at.date() == date(2027, 11, 4)


def test_a_link_lasts_thirty_days_and_keeps_notes_and_roles_back() -> None:
    link, _ = made()
    assert link.expires_at == datetime(2026, 12, 3, 23, 59, 59, 999999, tzinfo=UTC)
    assert (link.with_notes, link.with_roles, link.period, link.revoked_at) == (
        False,
        False,
        None,
        None,
    )


def test_an_invitation_lasts_until_its_round_closes() -> None:
    until = datetime(2026, 11, 10, 11, 59, 59, tzinfo=UTC)
    round_id = UUID(int=77)
    link, _ = made(asked=LinkRequest("invite", "Atlas", ("Atlas",), round_id=round_id, until=until))
    assert (link.kind, link.expires_at, link.round_id) == ("invite", until, round_id)


def test_a_token_opens_its_own_link_among_others() -> None:
    pairs = [made(number) for number in range(1, 21)]
    links = [link for link, _ in pairs]
    for link, token in pairs:
        assert link_for(token, links, now=NOW) == link
    assert link_for(pairs[0][1], links[1:], now=NOW) is None
    assert link_for(pairs[0][1], [], now=NOW) is None


def test_a_link_ends_at_its_very_moment() -> None:
    link, token = made()
    assert link_for(token, [link], now=link.expires_at - SECOND) == link
    assert link_for(token, [link], now=link.expires_at) is None
    assert link_for(token, [link], now=link.expires_at + SECOND) is None
    assert link.state(link.expires_at - SECOND) == "valid"
    assert link.state(link.expires_at) == "expired"


def test_a_revoked_link_opens_nothing_whatever_its_end() -> None:
    link, token = made()
    off = link.revoked(NOW + SECOND)
    assert link_for(token, [off], now=NOW + SECOND) is None
    assert off.state(off.expires_at) == "revoked"
    assert off.revoked(NOW + 5 * SECOND) == off


def mutated(token: str, chance: random.Random) -> str:
    """One of the ways in which a token arrives broken, or is guessed at."""
    index = chance.randrange(len(token))
    other = chance.choice(ALPHABET.replace(token[index], ""))
    return chance.choice(
        [
            token[:index] + other + token[index + 1 :],
            token[:index],
            token[index + 1 :],
            token[:index] + token[index].swapcase() * 2 + token[index + 1 :],
            token[:index] + other + token[index:],
            token.swapcase(),
            token + token,
            token + chance.choice(["=", " ", "\n", "\x00", "%00", "A", "\ud800"]),
            " " + token,
            "".join(chance.sample(token, len(token))),
            digest_of(token),
        ]
    )


def test_ten_thousand_mutated_tokens_open_nothing() -> None:
    chance = random.Random(5)  # noqa: S311
    pairs = [made(number) for number in range(1, 6)]
    links, tokens = [link for link, _ in pairs], {token for _, token in pairs}
    tried = 0
    while tried < 10_000:
        token = mutated(chance.choice(sorted(tokens)), chance)
        if token in tokens:
            continue
        tried += 1
        assert link_for(token, links, now=NOW) is None, token


@pytest.mark.parametrize("token", ["", " ", "A" * 43, "A" * 10_000, "é" * 43, "../../x", "None"])
def test_what_is_no_token_opens_nothing(token: str) -> None:
    assert link_for(token, [made()[0]], now=NOW) is None


def test_another_spelling_of_the_same_bytes_is_another_token() -> None:
    link, token = made()
    last = ALPHABET.index(token[-1])
    twin = token[:-1] + ALPHABET[last ^ 1]
    assert base64.urlsafe_b64decode(twin + "=") == base64.urlsafe_b64decode(token + "=")
    assert link_for(twin, [link], now=NOW) is None


def test_squads_match_in_any_spelling_and_every_squad_stands_for_all() -> None:
    link, _ = made(asked=LinkRequest("view", "Board", (" Atlas ", "Équipe  Paiements")))
    assert link.squads == ("Atlas", "Équipe  Paiements")
    assert link.squad_keys == frozenset({"atlas", "équipe paiements"})
    assert made(asked=LinkRequest("view", "Board", EVERY_SQUAD))[0].squad_keys is None


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (LinkRequest("view", "  ", ("Atlas",)), "the label is empty"),
        (LinkRequest("view", "x" * 81, ("Atlas",)), "81 characters"),
        (LinkRequest("view", "a\nb", ("Atlas",)), "control character"),
        (LinkRequest("view", "Board", ()), "shares no squad"),
        (LinkRequest("view", "Board", ("Atlas", " ")), "squad's name is empty"),
        (LinkRequest("view", "Board", ("Atlas",), days=0), "from 1 to 366 days, not 0"),
        (LinkRequest("view", "Board", ("Atlas",), days=367), "from 1 to 366 days, not 367"),
    ],
)
def test_a_link_request_that_does_not_fit_is_refused_with_its_reason(
    asked: LinkRequest, reason: str
) -> None:
    with pytest.raises(Refused, match=reason):
        made(asked=asked)


def test_a_link_survives_being_written_and_read() -> None:
    asked = LinkRequest(
        "invite", "Room 4", ("Atlas",), Period.parse("2026-Q4"), round_id=UUID(int=9)
    )
    link, _ = made(asked=asked)
    written = link.model_dump(mode="json")
    assert written["period"] == "2026-Q4"
    assert Link.model_validate(written) == link


@pytest.mark.parametrize(
    "changes",
    [
        {"digest": "A" * 64},
        {"digest": "ab"},
        {"squads": []},
        {"squads": "some"},
        {"expires_at": NOW},
        {"created_at": datetime(2026, 11, 3)},  # noqa: DTZ001
        {"kind": "edit"},
        {"period": "2026-13"},
        {"token": "x"},
    ],
)
def test_a_record_that_is_no_link_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Link.model_validate(made()[0].model_dump(mode="json") | changes)


@pytest.mark.parametrize(
    ("url", "root"),
    [
        ("http://localhost:8501/sharing", "http://localhost:8501"),
        ("http://localhost:8501/", "http://localhost:8501"),
        ("https://example.org/governance/sharing", "https://example.org/governance"),
        ("https://example.org/governance/sharing/?a=b#c", "https://example.org/governance"),
        ("https://example.org/sharing/sharing", "https://example.org/sharing"),
    ],
)
def test_the_root_of_the_app_is_found_from_the_page_one_is_on(url: str, root: str) -> None:
    assert site_root(url, page="sharing") == root
    assert url_of(root, link="a-b_c") == f"{root}/?link=a-b_c"


def test_a_pages_address_escapes_its_parameters() -> None:
    assert url_of("http://h", page="squad", squad="A & B") == "http://h/squad?squad=A+%26+B"


def test_an_invitation_is_sixteen_letters_that_people_can_type() -> None:
    request = replace(REQUEST, kind="invite", round_id=UUID(int=9))
    tokens = {made(number, request)[1] for number in range(50)}
    assert len(tokens) == 50
    for token in tokens:
        assert re.fullmatch(
            r"([abcdefghjkmnpqrstuvwxyz]{4}-){3}[abcdefghjkmnpqrstuvwxyz]{4}", token
        )
    link, token = made(1, request)
    assert link_for(token, [link], now=NOW) == link
    assert link_for(token.replace("-", ""), [link], now=NOW) is None

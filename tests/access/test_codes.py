"""One-time codes to a round: as many as people, kept as digests, each answers once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count
from uuid import UUID

import pytest

from assessment.access.codes import (
    LENGTH,
    SIGNS,
    as_code,
    check_way_in,
    is_used,
    new_codes,
    use_of,
    written,
)
from assessment.access.invitations import end_of
from assessment.access.links import digest_of, link_for
from assessment.errors import Refused
from assessment.model.link import Link
from tests.builders import gathering, link

SURVEY = gathering()
DURING = datetime(2026, 11, 5, tzinfo=UTC)
AFTER = end_of(SURVEY) + timedelta(days=30)


def made(many: int = 3) -> tuple[list[Link], list[str]]:
    numbers = count(1)
    return new_codes(
        SURVEY,
        many,
        mint=lambda length: sha256(b"%d" % next(numbers)).digest()[:length],
        new_id=lambda: UUID(int=next(numbers)),
    )


@pytest.mark.parametrize("people", [1, 3, 500])
def test_there_are_as_many_codes_as_people_and_only_their_digests_are_kept(people: int) -> None:
    links, codes = made(people)

    assert len(set(codes)) == people
    assert all(len(code) == LENGTH and set(code) <= set(SIGNS) for code in codes)
    assert {link.digest for link in links} == {digest_of(code) for code in codes}
    assert not any(code in repr(links) for code in codes)


def test_the_order_in_which_codes_are_kept_tells_nothing_of_the_slips() -> None:
    links, _codes = made(20)

    assert [link.digest for link in links] == sorted(link.digest for link in links)


@pytest.mark.parametrize("people", [0, 501, -1])
def test_no_codes_and_too_many_at_once_are_refused(people: int) -> None:
    with pytest.raises(Refused, match="from 1 to 500 codes"):
        made(people)


def test_a_code_opens_its_round_until_a_month_after_the_last_day() -> None:
    links, (code, *_) = made()

    usable = link_for(code, links, now=DURING)

    assert usable is not None
    assert (usable.kind, usable.round_id) == ("code", SURVEY.id)
    assert link_for(code, links, now=AFTER - timedelta(seconds=1)) == usable
    assert link_for(code, links, now=AFTER) is None
    assert link_for("0" * LENGTH, links, now=DURING) is None


def test_that_a_code_was_used_opens_nothing_and_tells_no_time() -> None:
    links, (code, *_) = made()
    usable = link_for(code, links, now=DURING)
    assert usable is not None

    used = use_of(usable, SURVEY)

    assert used == use_of(usable, SURVEY)
    assert (used.created_at, used.expires_at) == (usable.created_at, usable.expires_at)
    assert link_for(code, [used], now=DURING) is None
    assert link_for(code, [*links, used], now=DURING) == usable
    assert is_used(usable, [*links, used])
    assert not is_used(usable, links)


def test_a_code_is_read_as_people_type_it() -> None:
    assert written("0123456789ABCDEF") == "0123-4567-89AB-CDEF"
    assert as_code(" oi23-4567 89ab-cdef") == "0123456789ABCDEF"
    assert as_code("0123-4567-89AB-CDE") is None
    assert as_code("0123-4567-89AB-CDEU") is None
    assert as_code("x" * 43) is None


def test_a_used_code_is_refused_unless_its_own_answer_is_sent_again() -> None:
    links, (code, *_) = made()
    usable = link_for(code, links, now=DURING)
    assert usable is not None
    after = [*links, use_of(usable, SURVEY)]

    check_way_in(usable, links, sent_before=False)
    check_way_in(usable, after, sent_before=True)
    with pytest.raises(Refused, match="this code was used already"):
        check_way_in(usable, after, sent_before=False)


def test_a_link_answers_no_round_that_asks_for_codes() -> None:
    links, _codes = made()
    invited = link(kind="invite", round_id=SURVEY.id)
    elsewhere = link(kind="invite", round_id=gathering().id)

    check_way_in(elsewhere, links, sent_before=False)
    with pytest.raises(Refused, match="answered with one-time codes"):
        check_way_in(invited, [*links, invited], sent_before=False)

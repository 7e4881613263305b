"""An agreement and an answer to one, and what of them is refused."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from pydantic import ValidationError

from assessment.errors import Refused
from assessment.model.agreement import check_beside, end_before, followers
from tests.builders import agreement, confirmation


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"decides": ""}, "say who has the last word"),
        ({"decides": ("po", "pm")}, "decides"),
        ({"valid_until": date(2026, 11, 3)}, "the end 2026-11-03 lies before 2026-11-04"),
        ({"consulted": ("po",)}, "po has two parts in this agreement"),
        ({"informed": ("tl",)}, "tl has two parts in this agreement"),
        ({"limits": "l" * 301}, "the text has 301 characters; keep it to 300"),
        ({"escalation": "e" * 201}, "the text has 201 characters; keep it to 200"),
        ({"limits": "a\x07"}, r"control character \(U\+0007\)"),
        ({"agreement_id": UUID(int=7), "supersedes": UUID(int=7)}, "names itself"),
        ({"squad": " "}, "name is empty"),
    ],
)
def test_what_an_agreement_cannot_be_is_refused(changes: dict[str, object], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        agreement(**changes)


def test_an_agreement_may_last_one_day() -> None:
    assert agreement(valid_until=date(2026, 11, 4)).valid_until == date(2026, 11, 4)


@pytest.mark.parametrize(
    "changes", [{"answer": "perhaps"}, {"reservation": "r" * 301}, {"voice": "two\nlines"}]
)
def test_what_an_answer_cannot_be_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        confirmation(**changes)


OLD = agreement(agreement_id=UUID(int=1_001))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, "another agreement about this decision counts from 2026-11-04 to 2027-05-04"),
        ({"agreed_on": date(2027, 5, 4), "valid_until": date(2027, 6, 4)}, "another agreement"),
        ({"supersedes": UUID(int=1)}, "is not among the squad's agreements"),
        ({"supersedes": OLD.id, "squad": "Borealis"}, "is not among the squad's agreements"),
        ({"supersedes": OLD.id, "decision": "cut"}, "is not among the squad's agreements"),
        ({"supersedes": OLD.id, "agreed_on": date(2026, 11, 3)}, "2026-11-03 lies before"),
    ],
)
def test_what_cannot_stand_beside_another_is_refused(changes: dict[str, object], why: str) -> None:
    with pytest.raises(Refused, match=why):
        check_beside(agreement(**changes), [OLD])


@pytest.mark.parametrize(
    "changes",
    [
        {"supersedes": OLD.id},
        {"supersedes": OLD.id, "agreed_on": date(2026, 12, 1)},
        {"agreed_on": date(2027, 5, 5), "valid_until": date(2027, 6, 4)},
        {"agreed_on": date(2026, 10, 1), "valid_until": date(2026, 11, 3)},
        {"squad": "Borealis"},
        {"decision": "cut"},
    ],
)
def test_what_shares_no_day_or_takes_its_place_stands_beside_another(
    changes: dict[str, object],
) -> None:
    check_beside(agreement(**changes), [OLD])


def test_an_agreement_is_replaced_once() -> None:
    second = agreement(supersedes=OLD.id, agreed_on=date(2026, 12, 1))

    assert end_before(OLD, followers(OLD, [second])) == date(2026, 11, 30)
    with pytest.raises(Refused, match="another agreement has replaced this one meanwhile"):
        check_beside(agreement(supersedes=OLD.id, agreed_on=date(2027, 1, 1)), [OLD, second])
    check_beside(agreement(supersedes=second.id, agreed_on=date(2027, 1, 1)), [OLD, second])


def test_only_what_is_settled_ends_another_and_what_follows_it_replaces_it_too() -> None:
    proposed = agreement(
        supersedes=OLD.id, agreed_on=date(2026, 12, 1), valid_until=date(2026, 12, 31)
    )
    later = agreement(agreed_on=date(2027, 1, 1))
    there = [OLD, proposed]

    with pytest.raises(Refused, match="another agreement about this decision counts from 2026-11"):
        check_beside(later, there, is_settled=lambda other: other == OLD)
    check_beside(later, there, is_settled=there.__contains__)
    replacing = later.model_copy(update={"supersedes": proposed.id})
    check_beside(replacing, there, is_settled=lambda other: other == OLD)


def test_whatever_takes_the_place_of_another_through_others_between_follows_it() -> None:
    second = agreement(supersedes=OLD.id)
    third = agreement(supersedes=second.id)
    in_a_ring = OLD.model_copy(update={"supersedes": third.id})

    assert followers(OLD, [third, agreement(), second]) == [second, third]
    assert followers(in_a_ring, [in_a_ring, second, third]) == [second, third]

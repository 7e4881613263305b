"""Who is there to decide in each setup, who should, and who must not."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from assessment.scoring.seats import Seating, setup_in_force
from tests.deep_examples import (
    ARTICLE_A,
    ARTICLE_B,
    ASSUMED,
    CPTO,
    DECISIONS,
    EMPTY_PO,
    FRAMEWORK,
    NEITHER,
    ONE_PERSON,
    PM_AND_PO,
    PM_ONLY,
    PO_ONLY,
    ROLES,
    seated,
    setup,
)

DECISION = FRAMEWORK.lenses.decision_by_id


def expected(seating: Seating) -> dict[str, tuple[str, ...]]:
    return {level: seating.expected(seating.listed_at(level)) for level in DECISIONS}


# Who is there -------------------------------------------------------------------------------------


def test_without_a_setup_every_role_is_taken_for_there_and_that_is_told() -> None:
    assert ASSUMED.assumed
    assert ASSUMED.held == ROLES
    assert not PM_AND_PO.assumed


@pytest.mark.parametrize(
    ("seat", "held"),
    [("own", True), ("shared", True), ("same-as-pm", True), ("empty", False), ("absent", False)],
)
def test_a_seat_is_held_when_a_person_sits_there(seat: str, held: bool) -> None:
    assert seated("pm", po=seat).is_held("po") is held


def test_a_role_the_setup_does_not_mention_does_not_exist() -> None:
    assert PM_ONLY.held == ("lead", "cpo", "cto", "pm", "em", "tl", "team")


# What a person counts as --------------------------------------------------------------------------


def test_a_cpto_counts_as_cpo_and_as_cto() -> None:
    assert CPTO.counts_as["cpto"] == {"cpto", "cpo", "cto"}
    assert CPTO.counts_as["pm"] == {"pm"}


def test_two_seats_of_one_person_count_as_each_other() -> None:
    assert ONE_PERSON.counts_as["pm"] == {"pm", "po"}
    assert ONE_PERSON.counts_as["po"] == {"pm", "po"}
    assert ONE_PERSON.seats_of_person["po"] == ("pm", "po")
    assert ONE_PERSON.seats_of_person["tl"] == ("tl",)


def test_three_seats_of_one_person_all_count_as_each_other() -> None:
    # A founder who is also the CPTO and the PM: the CPTO's two mandates come along.
    founder = seated(cpto="same-as-lead", pm="same-as-lead")

    assert founder.seats_of_person["pm"] == ("lead", "cpto", "pm")
    assert founder.counts_as["lead"] == {"lead", "cpto", "cpo", "cto", "pm"}


# Who should decide --------------------------------------------------------------------------------


def test_with_a_po_article_a_says_who_decides() -> None:
    assert expected(PM_AND_PO) == ARTICLE_A
    assert expected(ASSUMED) == ARTICLE_A


def test_without_a_po_article_b_says_who_decides() -> None:
    assert expected(PM_ONLY) == ARTICLE_B
    assert expected(EMPTY_PO) == ARTICLE_B


def test_without_a_pm_the_pm_drops_out_of_every_list() -> None:
    assert expected(PO_ONLY) == {
        "vision": ("lead", "cpo"),
        "strategy": ("cpo", "cto"),
        "arbitration": ("cpo", "cto"),
        "daily": ("po", "tl"),
        "delivery": ("po", "em", "tl", "team"),
    }
    assert expected(NEITHER) == {
        "vision": ("lead", "cpo"),
        "strategy": ("cpo", "cto"),
        "arbitration": ("cpo", "cto"),
        "daily": ("em", "tl"),
        "delivery": ("em", "tl", "team"),
    }


def test_a_cpto_is_expected_in_the_place_of_cpo_and_cto() -> None:
    assert expected(CPTO)["vision"] == ("lead", "cpto", "pm")
    assert expected(CPTO)["strategy"] == ("cpto", "pm")
    assert CPTO.expected(CPTO.listed_for(DECISION["structuring-constraints"])) == ("cpto",)


def test_a_decision_may_have_deciders_of_its_own() -> None:
    assert PM_AND_PO.listed_for(DECISION["structuring-constraints"]) == ("cpo", "cto")
    assert PM_AND_PO.listed_for(DECISION["bets"]) == ("cpo", "cto", "pm")


def test_a_list_is_vacant_when_nobody_in_it_is_there() -> None:
    # Without PO the daily level is the PM's, EM's and Tech Lead's.
    bare = seated(em="absent", tl="empty")

    assert bare.is_vacant(bare.listed_at("daily"))
    assert not bare.is_vacant(bare.listed_at("delivery"))  # the team is left
    assert not seated("pm", em="absent", tl="empty").is_vacant(bare.listed_at("daily"))


# Who must not -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "barred"),
    [
        ("vision", {"po", "em", "tl", "team"}),
        ("strategy", {"po", "team"}),
        ("arbitration", {"po", "team"}),
        ("daily", {"lead", "cpo", "cto"}),
        ("delivery", {"lead", "cpo"}),
    ],
)
def test_who_must_not_decide_level_by_level(level: str, barred: set[str]) -> None:
    for decision in DECISIONS[level]:
        barred_roles = {
            role for role in PM_AND_PO.held if PM_AND_PO.must_not_decide(role, DECISION[decision])
        }
        assert barred_roles == barred


def test_a_cpto_must_not_decide_daily_matters() -> None:
    assert CPTO.must_not_decide("cpto", DECISION["sprint-content"])
    assert not CPTO.must_not_decide("cpto", DECISION["bets"])


def test_a_pm_who_is_also_the_po_may_decide_what_either_may() -> None:
    for seat in ("pm", "po"):
        for decision in DECISION.values():
            assert not ONE_PERSON.must_not_decide(seat, decision)


def test_a_cpo_who_is_also_the_pm_may_decide_daily_matters_without_a_po() -> None:
    # Article B's PM decides the daily level, and here this is the CPO in person.
    both = seated(pm="same-as-cpo")

    assert not both.must_not_decide("cpo", DECISION["sprint-content"])
    assert both.must_not_decide("cto", DECISION["sprint-content"])


def test_a_role_may_be_consulted_and_still_must_not_decide() -> None:
    assert PM_AND_PO.is_consulted("po", "vision")
    assert PM_AND_PO.must_not_decide("po", DECISION["north-star"])
    assert not PM_AND_PO.is_consulted("em", "vision")


def test_who_decides_at_an_earlier_level_sits_higher_and_a_person_as_in_the_higher_seat() -> None:
    assert PM_AND_PO.are_below(("po", "team"), "pm")
    assert not PM_AND_PO.are_below(("po", "cto"), "pm")
    assert not PM_AND_PO.are_below(("pm",), "pm")
    assert not PM_AND_PO.are_below((), "pm")
    assert PM_AND_PO.are_below(("tl",), "pm")
    assert not seated(tl="same-as-cto").are_below(("tl",), "pm")


# The setup in force -------------------------------------------------------------------------------


def test_the_setup_in_force_is_the_latest_that_had_begun() -> None:
    may, june = setup(since=date(2026, 5, 1)), setup(since=date(2026, 6, 1))
    setups = [june, may]

    assert setup_in_force(setups, "Atlas", date(2026, 6, 1)) is june
    assert setup_in_force(setups, "Atlas", date(2026, 5, 31)) is may
    assert setup_in_force(setups, "Atlas", date(2027, 1, 1)) is june


def test_before_every_setup_there_is_none() -> None:
    assert setup_in_force([setup(since=date(2026, 5, 1))], "Atlas", date(2026, 4, 30)) is None
    assert setup_in_force([], "Atlas", date(2026, 4, 30)) is None


def test_of_two_setups_of_one_day_the_one_saved_last_is_in_force() -> None:
    first = setup(saved_at=datetime(2026, 9, 1, 9, tzinfo=UTC))
    second = setup(saved_at=datetime(2026, 9, 1, 10, tzinfo=UTC))

    for setups in ([first, second], [second, first]):
        assert setup_in_force(setups, "Atlas", date(2026, 9, 1)) is second


def test_a_setup_counts_for_its_squad_however_it_is_spelt() -> None:
    nord = setup(squad="Équipe Nord")

    assert setup_in_force([nord], " équipe  NORD ", date(2026, 9, 1)) is nord
    assert setup_in_force([nord], "Atlas", date(2026, 9, 1)) is None

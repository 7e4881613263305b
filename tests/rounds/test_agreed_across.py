"""What several squads agreed and keep to, with counts worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

import pytest

from assessment.model.setup import preset_seats
from assessment.rounds.agreed_across import (
    AgreedCounts,
    Seat,
    SeatAcross,
    SeatCell,
)
from tests.agreed_examples import FRAMEWORK, across, answered, says
from tests.builders import agreement, setup

SEATS = preset_seats(FRAMEWORK, "pm-and-po")


def test_agreements_are_counted_by_level_and_squad_with_what_is_kept() -> None:
    kept = agreement(squad="A")
    other = agreement(squad="B", decision="cut", decides="cpo", consulted=("pm",))
    ends = agreement(squad="B", decision="enough-scope", valid_until=date(2026, 12, 10))
    counted = across(
        says("A", sprint_content=("po",), cut=("cpo",)),
        says("A", sprint_content=("po",), cut=("pm",)),
        says("B", enough_scope=("tl",), cut=("cpo",)),
        says("B", enough_scope=("po",), cut=("cto",)),
        agreements=(kept, other, ends),
        answers=(*answered(kept), *answered(other, "not-agreed"), *answered(ends)),
    )

    assert counted.by_squad == {
        "A": AgreedCounts(in_force=1, kept=1, judged=1),
        # One of two voices names the PO: half is not kept.
        "B": AgreedCounts(in_force=1, contested=1, expiring=1, kept=0, judged=1),
    }
    assert counted.by_level["daily"] == AgreedCounts(in_force=2, expiring=1, kept=1, judged=2)
    assert counted.by_level["arbitration"] == AgreedCounts(contested=1)
    # In both squads voices contest what is cut; in B the sprint's scope, which is settled.
    assert counted.unsettled == ("cut",)


@pytest.mark.parametrize(("answer", "contested"), [(None, 0), ("not-agreed", 1)])
def test_what_holds_goes_on_counting_while_another_is_proposed(
    answer: str | None, contested: int
) -> None:
    held = agreement(squad="A")
    other = agreement(squad="A", decides="em", agreed_on=date(2026, 11, 20), supersedes=held.id)
    counted = across(
        *(says("A", sprint_content=(who,)) for who in ("po", "po", "po", "em", "tl")),
        agreements=(held, other),
        answers=(
            *answered(held, "with-reservation"),
            *(answered(other, answer) if answer else ()),
        ),
    )

    # Three of five name the PO: kept, and contested by the voices all the same.
    counts = AgreedCounts(in_force=1, proposed=not contested, contested=contested, kept=1, judged=1)
    assert (counted.by_squad, counted.by_level["daily"]) == ({"A": counts}, counts)
    assert counted.unsettled == ()


def test_what_a_role_refused_is_not_counted_once_it_is_over() -> None:
    refused = agreement(squad="A", valid_until=date(2026, 11, 20))
    counted = across(
        says("A", sprint_content=("po",)),
        agreements=(refused,),
        answers=answered(refused, "not-agreed"),
    )
    assert counted.by_squad == {}


def test_where_nothing_later_is_told_agreements_count_as_on_the_last_day_told() -> None:
    held = agreement(squad="A", valid_until=date(2026, 11, 29))
    shown = partial(
        across, says("A", sprint_content=("po",)), agreements=(held,), answers=answered(held)
    )
    past, today = shown(until=date(2026, 11, 20)), shown()

    assert (past.as_of, past.by_squad["A"].in_force) == (date(2026, 11, 20), 1)
    assert (today.as_of, today.total.in_force, today.by_squad) == (None, 0, {})
    # What was kept while it held is not counted among what holds.
    assert (past.total.judged, today.total.judged) == (1, 0)


@pytest.mark.parametrize("is_link", [False, True])
@pytest.mark.parametrize(
    ("day", "unsettled"),
    [
        # Heard on 18 November. What is cut is agreed on from the 20th; what goes first is from the
        # 19th, but the last role agrees to it on the 22nd only, and it ends on the 24th.
        (date(2026, 11, 19), ("first", "cut")),
        (date(2026, 11, 20), ("first",)),
        (date(2026, 11, 21), ("first",)),
        (date(2026, 11, 22), ()),
        (date(2026, 11, 24), ()),
        (date(2026, 11, 25), ("first",)),
    ],
)
def test_what_is_agreed_on_after_a_day_is_contested_as_of_it(
    is_link: bool, day: date, unsettled: tuple[str, ...]
) -> None:
    cut = agreement(squad="A", decision="cut", decides="pm", agreed_on=date(2026, 11, 20))
    first = agreement(
        squad="A",
        decision="first",
        decides="pm",
        agreed_on=date(2026, 11, 19),
        valid_until=date(2026, 11, 24),
    )
    in_time, last = answered(first)
    late = last.model_copy(update={"saved_at": datetime(2026, 11, 22, 9, tzinfo=UTC)})
    counted = across(
        *(says("A", cut=(who,), first=(who,)) for who in ("cpo", "pm")),
        agreements=(cut, first),
        answers=(*answered(cut), in_time, late),
        until=day if is_link else None,
        as_of=None if is_link else day,
    )

    assert (counted.as_of, counted.unsettled) == (day, unsettled)


def test_the_seat_on_which_decisions_of_most_squads_end_is_told_with_what_belongs_lower() -> None:
    counted = across(
        says("A", sprint_content=("cto",), enough_scope=("cto",)),
        says("B", sprint_content=("cto",), enough_scope=("po",)),
        says("C", sprint_content=("po",), enough_scope=("po",)),
    )

    assert counted.seat is not None
    assert replace(counted.seat, cells={}) == SeatAcross(
        seat=Seat("cto"),
        squads=2,
        decisions=3,
        elsewhere=3,
        lower=3,
        alone=3,
    )
    daily = {squad: counted.seat.cells[squad, "daily"] for squad in "ABC"}
    assert daily == {
        "A": SeatCell((Seat("cto"),), decisions=2, answered=2, elsewhere=2),
        # One decision ends with the CTO, one with the PO: most of the two end with neither.
        "B": SeatCell((), decisions=0, answered=2, elsewhere=0),
        "C": SeatCell((Seat("po"),), decisions=2, answered=2, elsewhere=0),
    }
    assert counted.seat.cells["A", "vision"] == SeatCell((), 0, answered=0, elsewhere=0)


def test_a_seat_that_squads_share_is_one_seat_and_others_of_its_role_are_not() -> None:
    label = "CPO of Payments and Onboarding"
    shared = [
        setup(squad=squad, seats=SEATS | {"cpo": "shared"}, shared_seats={"cpo": spelled})
        for squad, spelled in (("A", label), ("B", label.upper()))
    ]
    counted = across(
        says("A", sprint_content=("cpo",), cut=("cpo",)),
        says("B", sprint_content=("cpo",)),
        # Three more squads have a CPO of their own; of them one alone ends with it.
        says("C", sprint_content=("cpo",)),
        says("D", sprint_content=("po",)),
        says("E", sprint_content=("po",)),
        setups=(*shared, *(setup(squad=squad, seats=SEATS) for squad in "CDE")),
    )

    assert counted.seat is not None
    # The sprint's content belongs to the PO, in both squads; what is cut to the CPO.
    assert replace(counted.seat, cells={}) == SeatAcross(
        seat=Seat("cpo", label), squads=2, decisions=3, elsewhere=2, lower=2, alone=3
    )
    assert counted.seat.cells["B", "daily"] == SeatCell((Seat("cpo", label),), 1, 1, 1)
    assert counted.seat.cells["C", "daily"] == SeatCell((Seat("cpo"),), 1, 1, 1)


def test_a_level_where_voices_name_no_common_role_ends_on_no_seat() -> None:
    counted = across(
        *(says("A", sprint_content=(who,), enough_scope=("po",)) for who in ("cpo", "pm", "tl")),
        says("B", sprint_content=("nobody",), cut=("po",)),
        says("C", enough_scope=("po",)),
    )

    assert counted.seat is not None
    assert (counted.seat.seat, counted.seat.squads) == (Seat("po"), 3)
    # In A three voices name three roles for the sprint; what is enough ends with the PO, which is
    # one of the two decisions.
    assert counted.seat.cells["A", "daily"] == SeatCell((), 0, answered=2, elsewhere=0)
    assert counted.seat.cells["B", "daily"] == SeatCell((), 0, answered=1, elsewhere=0)


def test_a_decision_ends_on_whom_half_of_the_voices_name_and_a_level_where_most_of_its_do() -> None:
    counted = across(
        *(says("A", sprint_content=(who,)) for who in ("po", "po", "pm", "tl")),
        *(says("B", sprint_content=(who,)) for who in ("po", "pm", "tl")),
        says("C", sprint_content=("po",), enough_scope=("po",), option_choice=("tl",)),
    )

    assert counted.seat is not None
    assert {squad: counted.seat.cells[squad, "daily"] for squad in "ABC"} == {
        "A": SeatCell((Seat("po"),), 1, answered=1, elsewhere=0),
        "B": SeatCell((), 0, answered=1, elsewhere=0),
        "C": SeatCell((Seat("po"),), 2, answered=3, elsewhere=0),
    }


def test_seats_that_are_named_together_tie_and_are_said_to() -> None:
    trio = ("cpo", "cto", "pm")
    counted = across(
        says("A", first=trio, cut=trio, sprint_content=("cto",)),
        says("B", first=trio, cut=trio, sprint_content=("pm",)),
    )

    seats = tuple(map(Seat, trio))
    assert counted.seat is not None
    assert counted.seat.cells["A", "arbitration"] == SeatCell(seats, 2, answered=2, elsewhere=0)
    # Five end with the CTO, one of them alone, and five with the PM; four with the CPO.
    assert (counted.seat.seat, counted.seat.alone) == (Seat("cto"), 1)


def test_the_seat_where_more_belongs_lower_is_told_before_one_where_more_squads_end() -> None:
    both = {"sprint_content": ("po", "cto"), "enough_scope": ("po", "cto")}
    counted = across(says("A", **both), says("B", **both), says("C", sprint_content=("po",)))

    assert counted.seat is not None
    assert (counted.seat.seat, counted.seat.squads, counted.seat.lower) == (Seat("cto"), 2, 4)


def test_what_was_agreed_counts_before_the_reference() -> None:
    field_of = agreement(squad="A", decides="cto", consulted=("po",))
    counted = across(
        says("A", sprint_content=("cto",)),
        says("B", sprint_content=("cto",)),
        agreements=(field_of,),
        answers=answered(field_of),
    )

    assert counted.seat is not None
    assert (counted.seat.decisions, counted.seat.elsewhere, counted.seat.lower) == (2, 1, 1)


def test_what_was_agreed_belongs_to_a_person_in_whatever_seat_voices_name_them() -> None:
    seats = SEATS | {"em": "own", "cto": "same-as-em"}
    made = [agreement(squad=squad, decides="em") for squad in "AB"]
    counted = across(
        *(says(squad, sprint_content=("cto",)) for squad in "AB"),
        agreements=tuple(made),
        answers=tuple(answer for made_agreement in made for answer in answered(made_agreement)),
        setups=tuple(setup(squad=squad, seats=seats) for squad in "AB"),
    )

    assert counted.seat is not None
    assert (counted.seat.seat, counted.seat.decisions, counted.seat.elsewhere) == (
        Seat("cto"),
        2,
        0,
    )


def test_a_decision_that_belongs_to_a_higher_seat_or_to_a_peer_does_not_belong_lower() -> None:
    # The articles give what is cut to the CPO, CTO and PM, a sprint's content to the PO and TL.
    upward = across(*(says(squad, cut=("po",), sprint_content=("pm",)) for squad in "AB")).seat
    assert upward is not None
    assert (upward.seat, upward.elsewhere, upward.lower) == (Seat("pm"), 2, 2)

    only_upward = across(*(says(squad, cut=("po",)) for squad in "AB")).seat
    assert only_upward is not None
    assert (only_upward.seat, only_upward.elsewhere, only_upward.lower) == (Seat("po"), 2, 0)

    by_peers = agreement(squad="A", decision="structuring-constraints", decides="cto", consulted=())
    peers = across(
        *(says(squad, structuring_constraints=("cpo",)) for squad in "AB"),
        agreements=(by_peers,),
        answers=answered(by_peers),
    ).seat
    assert peers is not None
    assert (peers.seat, peers.elsewhere, peers.lower) == (Seat("cpo"), 1, 0)


def test_one_squad_and_squads_without_a_common_seat_tell_none() -> None:
    assert across(says("A", sprint_content=("po",))).seat is None
    assert across(says("A", cut=("cpo",)), says("B", cut=("pm",))).seat is None


def test_a_contested_decision_that_is_clear_elsewhere_is_called_without_an_agreement_at_most() -> (
    None
):
    contested = [says("Atlas", cut=(role,)) for role in ("cpo", "pm")]
    clear = [says("Borea", cut=("cpo",)) for _ in range(2)]
    counted = across(*contested, *clear)

    assert counted.unsettled == ("cut",)


def test_an_agreement_in_one_squad_settles_nothing_in_another() -> None:
    settled = agreement(squad="A", decision="cut", decides="cpo", consulted=("pm",))
    voices = [says(squad, cut=(role,)) for squad in "AB" for role in ("cpo", "pm")]

    assert across(*voices, agreements=(settled,), answers=answered(settled)).unsettled == ("cut",)
    assert across(*voices[:2], agreements=(settled,), answers=answered(settled)).unsettled == ()


def test_to_whom_agreements_are_hidden_nothing_is_called_without_one() -> None:
    contested = [says("Atlas", cut=(role,)) for role in ("cpo", "pm")]

    assert across(*contested, hidden=True).unsettled == ()

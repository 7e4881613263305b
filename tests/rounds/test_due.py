"""Where each squad stands today, and what is due next."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from assessment.content.loading import shipped_framework
from assessment.model import Agreement
from assessment.model.agreement import Answer
from assessment.rounds.due import (
    Due,
    NextSurvey,
    due_in,
    most_in_need,
    next_due,
    next_surveys,
    squads_today,
    with_next_in_view,
)
from assessment.rounds.history import History
from tests.builders import action, agreement, assessment, confirmation, gathering, setup
from tests.deep_examples import deep_only
from tests.examples import EXAMPLE_1, WORST

TODAY = date(2026, 11, 10)


def test_a_squad_stands_at_its_latest_round_with_what_is_overdue() -> None:
    history = History(
        shipped_framework(),
        [
            assessment(squad="Boréal", assessed_on=date(2026, 9, 1)),
            assessment(squad="Atlas", assessed_on=date(2026, 9, 1)),
            assessment(squad="Atlas", assessed_on=date(2026, 10, 5)),
        ],
        "month",
    )
    late = action(squad="atlas", decided_on=date(2026, 9, 2), due_on=date(2026, 11, 9))
    in_time = action(squad="Atlas", decided_on=date(2026, 9, 2), due_on=TODAY)

    atlas, boreal = squads_today(history, [late, in_time], today=TODAY)

    assert (atlas[0].squad, atlas[0].last_day) == ("Atlas", date(2026, 10, 5))
    assert atlas[1] == (late,)
    assert (boreal[0].squad, boreal[1]) == ("Boréal", ())


def test_a_squad_stands_where_it_was_scored_last_whatever_deep_check_came_since() -> None:
    scored = [assessment(squad=name, assessed_on=date(2026, 10, 5)) for name in ("A", "B")]
    deep_checks = [deep_only(squad=name, assessed_on=date(2026, 11, 5)) for name in ("B", "C")]
    history = History(shipped_framework(), [*scored, *deep_checks], "month")

    squads = squads_today(history, [], today=TODAY)

    assert [(one.squad, one.last_day.month) for one, _late in squads] == [
        ("A", 10),
        ("B", 10),
        ("C", 11),
    ]


def test_a_squad_stands_at_no_round_ahead_beside_others() -> None:
    days = {"Atlas": (date(2026, 10, 1), date(2027, 2, 8)), "Zebra": (date(2027, 2, 8),)}
    checks = [
        assessment(squad=squad, assessed_on=day) for squad, own in days.items() for day in own
    ]
    ahead = deep_only(squad="Deep", assessed_on=date(2027, 2, 8))
    history = History(shipped_framework(), [*checks, ahead], "month")

    squads = squads_today(history, [], today=TODAY)

    stands = [(one.squad, str(one.period)) for one, _late in squads]
    assert stands == [("Atlas", "2026-10"), ("Deep", "2027-02"), ("Zebra", "2027-02")]


def test_of_many_squads_those_that_need_most_are_shown_in_the_order_of_names() -> None:
    answers = dict.fromkeys("ABCD", EXAMPLE_1) | {"E": WORST, "F": EXAMPLE_1, "G": {}}
    checks = [assessment(squad=name, answers=sheet) for name, sheet in answers.items()]
    history = History(shipped_framework(), checks, "month")
    late = action(squad="F", decided_on=date(2026, 9, 2), due_on=date(2026, 11, 9))
    squads = squads_today(history, [late], today=TODAY)

    shown = {
        most: "".join(latest.squad for latest, _late in most_in_need(squads, most=most))
        for most in (1, 2, 4, 5, 6)
    }

    assert shown == {1: "F", 2: "EF", 4: "ABEF", 5: "ABCEF", 6: "ABCDEFG"}


def test_what_is_late_comes_before_the_next_dates_and_what_is_over_nowhere() -> None:
    days = (date(2026, 11, 9), TODAY, date(2026, 12, 1), date(2026, 11, 20))
    late, today, december, soon = (action(decided_on=date(2026, 9, 2), due_on=day) for day in days)
    done = action(
        decided_on=date(2026, 9, 2),
        due_on=date(2026, 11, 15),
        status="done",
        ended_on=date(2026, 10, 1),
    )

    due = next_due([late, december, done, soon, today], [], today=TODAY)

    assert due == (
        (date(2026, 11, 9), late),
        (TODAY, today),
        (date(2026, 11, 20), soon),
        (date(2026, 12, 1), december),
    )


def test_an_agreement_is_a_date_where_it_ends_soon_or_did_not_long_ago() -> None:
    ends = {
        "cut": date(2026, 10, 11),  # thirty days ago
        "bets": date(2026, 12, 1),
        "first": date(2026, 10, 10),
        "slicing": date(2027, 3, 1),
    }
    made = {
        decision: agreement(decision=decision, agreed_on=date(2026, 6, 1), valid_until=day)
        for decision, day in ends.items()
    }
    answers = [
        confirmation(agreement_id=item.id, role=role)
        for item in made.values()
        for role in (item.decides, *item.consulted)
    ]
    history = History(shipped_framework(), [assessment()], "month").reading(made.values(), answers)
    renewed = history.agreements.on(TODAY).to_renew("Atlas")
    assert set(renewed) == {made["cut"], made["bets"]}
    due = next_due([], [], agreements=renewed, today=TODAY)
    assert due == ((date(2026, 10, 11), made["cut"]), (date(2026, 12, 1), made["bets"]))


@pytest.mark.parametrize("answers", [{}, {"po": "agreed"}, {"po": "agreed", "tl": "not-agreed"}])
def test_what_was_never_agreed_is_no_date_once_its_days_are_over(
    answers: dict[str, Answer],
) -> None:
    proposed = agreement(agreed_on=date(2026, 6, 1), valid_until=date(2026, 11, 1))
    given = [
        confirmation(agreement_id=proposed.id, role=role, answer=answer)
        for role, answer in answers.items()
    ]
    history = History(shipped_framework(), [assessment()], "month").reading([proposed], given)
    state = "contested" if "not-agreed" in answers.values() else "expired"
    assert history.agreements.on(TODAY).state(proposed) == state
    assert history.agreements.on(TODAY).to_renew("Atlas") == ()


def test_an_agreement_lacks_a_decider_from_the_day_the_seat_is_empty() -> None:
    made = agreement(decides="pm", consulted=(), agreed_on=date(2026, 6, 1))
    yes = confirmation(agreement_id=made.id, role="pm")
    setups = [
        setup(seats={"pm": "own"}, since=date(2026, 1, 1)),
        setup(seats={"po": "own"}, since=date(2026, 7, 1)),
        setup(seats={"po": "own", "tl": "own"}, since=date(2026, 9, 1)),
    ]
    history = History(shipped_framework(), [], "month", setups).reading([made], [yes])

    def since(day: date) -> tuple[tuple[date, Agreement], ...]:
        return history.agreements.on(day).without_decider("Atlas")

    assert since(date(2026, 6, 30)) == ()
    assert since(TODAY) == ((date(2026, 7, 1), made),)
    assert since(date(2027, 12, 31)) == ()


def test_an_agreement_lacks_a_decider_no_longer_than_it_stands() -> None:
    made = agreement(decides="po", consulted=("tl",), agreed_on=date(2026, 11, 4))
    yes = [confirmation(agreement_id=made.id, role=role) for role in ("po", "tl")]
    setups = [
        setup(seats={"po": "own", "tl": "own"}, since=date(2026, 1, 1)),
        setup(seats={"tl": "own"}, since=date(2026, 9, 1)),
    ]
    history = History(shipped_framework(), [], "month", setups).reading([made], yes)

    assert history.agreements.on(TODAY).without_decider("Atlas") == ((made.agreed_on, made),)


def test_a_squad_is_asked_again_on_the_day_its_latest_session_says() -> None:
    september = gathering(opened_on=date(2026, 9, 1), next_on=date(2026, 11, 1))
    november = gathering(
        gathering_id=UUID(int=8),
        squad="ATLAS",
        opened_on=date(2026, 11, 3),
        next_on=date(2026, 12, 9),
    )
    silent = gathering(gathering_id=UUID(int=9), opened_on=date(2026, 11, 3))
    cobalt = gathering(
        gathering_id=UUID(int=10),
        squad="Cobalt",
        opened_on=date(2026, 9, 1),
        next_on=date(2026, 11, 8),
    )

    assert next_surveys([november, september]) == ((date(2026, 12, 9), NextSurvey("ATLAS")),)
    # Another session was opened since: what the earlier one said is done.
    later = silent.model_copy(update={"saved_at": datetime(2026, 11, 4, tzinfo=UTC)})
    assert next_surveys([november, later]) == ()
    planned = next_surveys([november, cobalt])
    assert next_due([], [], dated=planned, today=TODAY) == (
        (date(2026, 11, 8), NextSurvey("Cobalt")),
        (date(2026, 12, 9), NextSurvey("ATLAS")),
    )


def test_what_is_due_is_done_where_its_squad_has_it() -> None:
    history = History(shipped_framework(), [assessment(squad="Atlas")], "month")
    due: list[Due] = [
        item
        for squad in ("atlas", "Nemo")
        for item in (
            action(squad=squad),
            agreement(squad=squad),
            gathering(squad=squad),
            NextSurvey(squad),
        )
    ]
    asked = ["sessions", "sessions"]
    places = ["actions", "agreements", *asked, "records", "records", *asked]
    assert [due_in(history, item) for item in due] == places


@pytest.mark.parametrize(
    ("late", "coming", "in_view"),
    [
        (2, 4, ["late 0", "late 1", "next 0"]),
        (3, 2, ["late 0", "late 1", "next 0"]),
        (5, 2, ["late 0", "late 1", "next 0"]),
        (5, 0, ["late 0", "late 1", "late 2"]),
        (0, 5, ["next 0", "next 1", "next 2"]),
    ],
)
def test_the_next_to_come_is_in_view_however_many_are_late(
    late: int, coming: int, in_view: list[str]
) -> None:
    dates = [
        *((date(2026, 11, 1 + number), NextSurvey(f"late {number}")) for number in range(late)),
        *((date(2026, 11, 10 + number), NextSurvey(f"next {number}")) for number in range(coming)),
    ]
    shown = with_next_in_view(dates, most=3, today=TODAY)

    assert [due.squad for _, due in shown[:3]] == in_view
    assert sorted(shown, key=lambda one: one[0]) == dates

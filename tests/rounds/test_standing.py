"""Where each squad stands today, and what is due next."""

from __future__ import annotations

from datetime import date

from assessment.content.loading import shipped_framework
from assessment.rounds.history import History
from assessment.rounds.standing import next_due, standings
from tests.builders import action, assessment

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

    atlas, boreal = standings(history, [late, in_time], today=TODAY)

    assert (atlas.latest.squad, atlas.latest.last_day) == ("Atlas", date(2026, 10, 5))
    assert atlas.overdue == (late,)
    assert (boreal.latest.squad, boreal.overdue) == ("Boréal", ())


def test_what_is_late_comes_before_the_next_dates_and_what_is_over_nowhere() -> None:
    days = (date(2026, 11, 9), TODAY, date(2026, 12, 1), date(2026, 11, 20))
    late, today, december, soon = (action(decided_on=date(2026, 9, 2), due_on=day) for day in days)
    done = action(
        decided_on=date(2026, 9, 2),
        due_on=date(2026, 11, 15),
        status="done",
        ended_on=date(2026, 10, 1),
    )

    due = next_due([late, december, done, soon, today], [], today=TODAY, most=2)

    assert due == ((date(2026, 11, 9), late), (TODAY, today), (date(2026, 11, 20), soon))

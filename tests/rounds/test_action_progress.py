"""A squad's actions beside its rounds: which is open on a lever, and where the done ones stand."""

from __future__ import annotations

from datetime import date

from assessment.content.loading import shipped_framework
from assessment.model import Action
from assessment.rounds.actions import (
    ActionProgress,
    action_marks,
    action_progress,
    done_last,
    proposals,
    shown_first,
    under_way,
)
from assessment.rounds.history import History
from assessment.rounds.round import Round
from tests.builders import action, assessment
from tests.examples import HALF

FRAMEWORK = shipped_framework()


def rounds(*days: date) -> tuple[Round, ...]:
    history = History(FRAMEWORK, [assessment(assessed_on=day) for day in days], "month")
    return history.rounds("Atlas")


def done(day: date, **changes: object) -> Action:
    fields = {"decided_on": date(2026, 8, 1), "due_on": None, "status": "done", "ended_on": day}
    return action(**(fields | changes))


TWICE = rounds(date(2026, 9, 1), date(2026, 9, 11), date(2026, 11, 10))
"""September speaks of days up to the 11th; 60 days later comes November."""


def marked(*actions: Action, among: tuple[Round, ...] = TWICE) -> list[tuple[Action, float]]:
    marks = action_marks(action_progress(FRAMEWORK, actions, "Atlas", among), among)
    return [(mark.action, mark.share) for mark in marks]


def test_an_action_stands_by_its_days_between_the_last_days_of_two_rounds() -> None:
    halfway = done(date(2026, 10, 11))  # 30 of 60 days
    assert marked(halfway) == [(halfway, 0.5)]


def test_an_action_done_on_a_rounds_last_day_stands_at_that_round() -> None:
    at_once = done(date(2026, 9, 11))
    assert marked(at_once) == [(at_once, 0.0)]


def test_an_action_done_while_a_round_was_still_answered_stands_at_that_round() -> None:
    meanwhile = done(date(2026, 9, 10))
    assert marked(meanwhile) == [(meanwhile, 0.0)]


def test_actions_done_before_the_first_round_or_since_the_last_have_no_place() -> None:
    assert marked(done(date(2026, 8, 31)), done(date(2026, 11, 10))) == []
    assert marked(done(date(2026, 10, 11)), among=rounds(date(2026, 9, 11))) == []
    assert marked(done(date(2026, 10, 11)), among=()) == []


def test_what_is_open_stands_at_the_day_it_was_decided_and_what_was_dropped_nowhere() -> None:
    later, earlier = done(date(2026, 10, 26)), done(date(2026, 9, 26))
    dropped = done(date(2026, 10, 1), status="dropped")
    planned = action(decided_on=date(2026, 10, 11))
    assert marked(later, dropped, planned, earlier) == [
        (earlier, 0.25),
        (planned, 0.5),
        (later, 0.75),
    ]


def test_the_rounds_on_either_side_are_those_it_is_compared_between() -> None:
    three = rounds(date(2026, 8, 5), date(2026, 9, 11), date(2026, 11, 10))
    (progress,) = action_progress(FRAMEWORK, [done(date(2026, 10, 11))], "atlas", three)
    (mark,) = action_marks([progress], three)
    assert progress.since is not None
    assert mark.earlier is progress.since.then
    assert (mark.earlier, mark.later) == (three[1], three[2])


def test_other_squads_actions_are_left_out() -> None:
    ours = action(squad=" atlas")
    of_others = action(squad="Boréal")
    assert [
        progress.action for progress in action_progress(FRAMEWORK, [of_others, ours], "Atlas", ())
    ] == [ours]


def test_a_lever_is_under_way_by_its_open_action_alone() -> None:
    over = done(date(2026, 10, 11), lever="restate-vision")
    planned = action(lever="single-channel")
    assert under_way([over, planned], "single-channel") == planned
    assert under_way([over, planned], "restate-vision") is None
    assert under_way([], "single-channel") is None


def test_of_what_was_done_on_a_lever_the_last_counts_unless_it_is_open_again() -> None:
    first, last = done(date(2026, 10, 1)), done(date(2026, 10, 3))
    dropped = done(date(2026, 10, 9), status="dropped")
    other = done(date(2026, 10, 9), lever="restate-vision")

    def last_done(*actions: Action) -> Action | None:
        progress = done_last([ActionProgress(one, None) for one in actions], "single-channel")
        return progress.action if progress else None

    assert last_done(first, last, dropped, other) == last
    assert last_done(last, first) == last
    assert last_done(last, action()) is None
    assert last_done(dropped, other) is None


def test_a_lever_that_was_done_is_proposed_again_once_a_later_round_still_shows_it() -> None:
    # Half a health everywhere: every lever gains.
    units = History(
        FRAMEWORK, [assessment(answers=HALF, assessed_on=date(2026, 9, 11))], "month"
    ).rounds("Atlas")
    gains = [gain.lever for gain in units[0].diagnosis.levers]

    def proposed(most: int, ended: date) -> tuple[list[str], list[Action], list[Action]]:
        decided = action_progress(FRAMEWORK, [done(ended, lever=gains[1])], "Atlas", units)
        first = proposals(units[0], decided, most=most)
        return (
            [gain.lever for gain in first.levers],
            [progress.action for progress in first.done],
            [progress.action for progress in first.again],
        )

    levers, just_done, again = proposed(2, date(2026, 9, 11))
    assert (levers, [one.lever for one in just_done], again) == (gains[:3:2], [gains[1]], [])
    levers, just_done, again = proposed(2, date(2026, 9, 10))
    assert (levers, just_done, [one.lever for one in again]) == (gains[:2], [], [gains[1]])
    assert proposed(1, date(2026, 9, 11)) == (gains[:1], [], [])


def test_every_open_action_and_the_last_two_that_ended_are_shown_first() -> None:
    ended = [done(date(2026, 10, day)) for day in (1, 2, 3, 4)]
    still_open = [action(), action()]
    decided = action_progress(FRAMEWORK, [*ended, *still_open], "Atlas", TWICE)

    first, earlier = shown_first(decided)

    assert [mark.action for mark in first] == [*still_open, *reversed(ended[2:])]
    assert [mark.action for mark in earlier] == [ended[1], ended[0]]

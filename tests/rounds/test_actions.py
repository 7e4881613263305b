"""What levels did since an action, worked out by hand; which actions are open or overdue."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from assessment.content.loading import shipped_framework
from assessment.languages import points_moved
from assessment.model import Action
from assessment.rounds.action_changes import ChangeSince, change_since, level_weights
from assessment.rounds.actions import actions_of, is_open, is_overdue, open_actions
from assessment.rounds.history import History
from assessment.rounds.moves import Moves, moves_between
from assessment.rounds.round import Round
from assessment.wording.moves import points_of_move
from tests.builders import assessment
from tests.deep_examples import deep_only
from tests.examples import EXAMPLE_1, EXAMPLE_2, EXAMPLE_3, HALF, WORST

FRAMEWORK = shipped_framework()


def action(**changes: object) -> Action:
    """One channel for squad Atlas, decided on 10 September 2026."""
    fields: dict[str, object] = {
        "action_id": UUID(int=1),
        "saved_at": "2026-09-10T09:30:00Z",
        "squad": "Atlas",
        "lever": "single-channel",
        "decided_on": date(2026, 9, 10),
    }
    return Action.model_validate(fields | changes)


def done(day: date, **changes: object) -> Action:
    return action(status="done", ended_on=day, **changes)


def rounds(*sheets: dict[str, str]) -> tuple[Round, ...]:
    """A round on the tenth of each month from August 2026 on."""
    saved = [
        assessment(answers=sheet, assessed_on=date(2026, 8 + number, 10))
        for number, sheet in enumerate(sheets)
    ]
    return History(FRAMEWORK, saved, "month").rounds("Atlas")


# What a lever touches -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lever", "weights"),
    [
        ("single-channel", [("arbitration", 3), ("daily", 2), ("delivery", 1)]),
        # two items: 2 + 2 on vision, 3 on strategy, 1 on daily
        ("seat-a-pm", [("vision", 4), ("strategy", 3), ("daily", 1)]),
        # 2 + 2 on strategy, 2 + 1 on daily
        ("evidence-first", [("strategy", 4), ("daily", 3)]),
        (
            "write-mandates",
            [("vision", 2), ("strategy", 2), ("arbitration", 2), ("daily", 1), ("delivery", 1)],
        ),
    ],
)
def test_a_lever_touches_levels_by_the_weights_of_its_items(
    lever: str, weights: list[tuple[str, int]]
) -> None:
    assert list(level_weights(FRAMEWORK, lever).items()) == weights


# Since then ---------------------------------------------------------------------------------------


def moves_of_change(change: ChangeSince) -> Moves:
    return moves_between(change.then, change.now, points=points_moved)


def points_since(change: ChangeSince) -> list[int | None]:
    return [points_of_move(moves_of_change(change).level(level)) for level in change.levels]


def test_levels_are_compared_from_the_day_it_was_done_to_the_latest_round() -> None:
    # done on 12 September: from September (½ everywhere) to November (example 3); arbitration
    # 500/11 = 45.45 is shown as 45, daily 1350/17 = 79.4 as 79, delivery 83.3 as 83
    change = change_since(
        FRAMEWORK, done(date(2026, 9, 12)), rounds(WORST, HALF, EXAMPLE_1, EXAMPLE_3)
    )

    assert change is not None
    assert [str(unit.period) for unit in (change.then, change.now)] == ["2026-09", "2026-11"]
    assert change.levels == ("arbitration", "daily", "delivery")
    moves = [moves_of_change(change).level(level) for level in change.levels]
    assert [move.before for move in moves] == [50, 50, 50]
    assert [move.after for move in moves] == pytest.approx([500 / 11, 1350 / 17, 1250 / 15])
    # Five points are no move where one voice answered.
    assert points_since(change) == [None, 29, 33]


def test_levels_are_compared_between_rounds_that_have_a_score() -> None:
    days = [date(2026, month, 10) for month in (8, 9, 10, 11, 12)]
    checks = [assessment(assessed_on=day, answers=WORST) for day in days[:1]]
    checks += [assessment(assessed_on=day, answers=HALF) for day in days[2:4]]
    deep_checks = [deep_only(assessed_on=day) for day in (days[1], days[4])]
    units = History(FRAMEWORK, [*checks, *deep_checks], "month").units("Atlas")

    change = change_since(FRAMEWORK, done(date(2026, 9, 12)), units)

    assert change is not None
    assert [str(unit.period) for unit in (change.then, change.now)] == ["2026-08", "2026-11"]
    assert points_since(change) == [50, 50, 50]


@pytest.mark.parametrize("status", ["planned", "under-way"])
def test_an_action_not_over_is_measured_from_its_decision(status: str) -> None:
    change = change_since(FRAMEWORK, action(status=status), rounds(WORST, HALF, EXAMPLE_1))

    assert change is not None
    assert str(change.then.period) == "2026-09"
    assert points_since(change) == [50, 50, 50]


def test_a_dropped_action_is_measured_from_its_decision_too() -> None:
    dropped = action(status="dropped", ended_on=date(2026, 10, 20))

    change = change_since(FRAMEWORK, dropped, rounds(WORST, HALF, EXAMPLE_1))

    assert change is not None
    assert str(change.then.period) == "2026-09"


def test_a_round_of_the_very_day_counts_as_before() -> None:
    assert change_since(FRAMEWORK, done(date(2026, 10, 10)), rounds(WORST, HALF, EXAMPLE_1)) is None
    change = change_since(FRAMEWORK, done(date(2026, 10, 9)), rounds(WORST, HALF, EXAMPLE_1))
    assert change is not None
    assert str(change.then.period) == "2026-09"


@pytest.mark.parametrize("over", [action(), done(date(2026, 9, 10))])
def test_whoever_answers_late_does_not_change_the_round_from_which_it_is_measured(
    over: Action,
) -> None:
    # Decided, or done, on 10 September: from September's round, which had begun on the 5th.
    days = (date(2026, 8, 10), date(2026, 9, 5), date(2026, 9, 20), date(2026, 10, 10))
    sheets = (WORST, HALF, HALF, EXAMPLE_1)
    saved = [
        assessment(answers=one, assessed_on=day) for day, one in zip(days, sheets, strict=True)
    ]

    for answered in (saved, [saved[0], saved[1], saved[3]]):
        change = change_since(
            FRAMEWORK, over, History(FRAMEWORK, answered, "month").rounds("Atlas")
        )
        assert change is not None
        assert str(change.then.period) == "2026-09"
        assert points_since(change) == [50, 50, 50]


def test_without_a_round_on_either_side_there_is_nothing_to_compare() -> None:
    early = action(decided_on=date(2026, 8, 9))

    assert change_since(FRAMEWORK, early, rounds(WORST, HALF)) is None
    assert change_since(FRAMEWORK, action(), rounds(WORST, HALF)) is None
    assert change_since(FRAMEWORK, action(), ()) is None


def test_a_level_without_a_score_on_one_side_is_left_out() -> None:
    # example 2 scores arbitration alone
    change = change_since(FRAMEWORK, action(), rounds(HALF, EXAMPLE_2, EXAMPLE_1))
    nothing = change_since(FRAMEWORK, action(), rounds({}, {}, EXAMPLE_1))

    assert change is not None
    verdicts = [moves_of_change(change).level(level).verdict for level in change.levels]
    assert verdicts == ["no clear change", "not scored", "not scored"]
    assert nothing is not None
    assert {moves_of_change(nothing).level(level).verdict for level in nothing.levels} == {
        "not scored"
    }


# Open and overdue ---------------------------------------------------------------------------------


def test_an_action_is_overdue_from_the_day_after_it_was_due_until_it_is_over() -> None:
    due = date(2026, 12, 4)

    assert not is_overdue(action(due_on=due), today=due)
    assert is_overdue(action(due_on=due), today=date(2026, 12, 5))
    assert not is_overdue(done(date(2026, 12, 6), due_on=due), today=date(2026, 12, 7))
    assert not is_overdue(action(), today=date(2030, 1, 1))
    assert is_open(action(status="under-way"))
    assert not is_open(action(status="dropped", ended_on=date(2026, 9, 11)))


def test_a_squads_actions_are_listed_open_ones_first() -> None:
    late = action(due_on=date(2026, 12, 1))
    soon = action(due_on=date(2026, 10, 1))
    undated = action()
    ended_first, ended_last = done(date(2026, 9, 20)), done(date(2026, 10, 20))
    of_others = action(squad="Borea")

    listed = actions_of([ended_first, undated, late, of_others, ended_last, soon], " ATLAS ")

    assert listed == (soon, late, undated, ended_last, ended_first)


def test_open_actions_stand_by_whose_move_they_are_the_first_decided_first() -> None:
    late = action(owner="pm", decided_on=date(2026, 9, 2), due_on=date(2026, 9, 20))
    later = action(owner="pm", decided_on=date(2026, 9, 1), due_on=date(2026, 9, 25))
    nobodys = action(owner=None)
    over = done(date(2026, 9, 30), owner="cpo")
    elsewhere = action(squad="Boréal", owner="cpo")

    by_owner = open_actions(FRAMEWORK, [late, later, nobodys, over, elsewhere], ["Atlas"])

    assert [(owned.owner, owned.actions) for owned in by_owner] == [
        ("pm", (later, late)),
        (None, (nobodys,)),
    ]
    sofias = action(owner=None, owner_name="Sofia")
    too = action(owner=None, owner_name="sofia ", decided_on=date(2026, 9, 11))
    by_name = open_actions(FRAMEWORK, [nobodys, too, sofias, later], ["Atlas"])
    assert [(owned.owner, owned.actions) for owned in by_name] == [
        ("pm", (later,)),
        (None, (sofias, too)),
        (None, (nobodys,)),
    ]
    assert by_owner[0].overdue(today=date(2026, 9, 26)) == (late, later)
    assert by_owner[0].overdue(today=date(2026, 9, 25)) == (late,)
    assert by_owner[0].overdue(today=date(2026, 9, 20)) == ()


def test_open_actions_of_a_squad_spelled_otherwise_are_of_one_squad() -> None:
    spelled = [action(squad=squad, owner="pm") for squad in ("Atlas", "ATLAS")]
    (owned,) = open_actions(FRAMEWORK, spelled, ["Atlas"])

    assert [decided.squad for decided in owned.actions] == ["Atlas", "Atlas"]

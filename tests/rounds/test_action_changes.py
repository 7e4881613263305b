"""What each action may tell: the answers that moved, and no points told twice; by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from assessment.content.loading import shipped_framework
from assessment.model import Action, Survey
from assessment.rounds.action_changes import AnswersMoved, ChangeSince, answers_moved
from assessment.rounds.actions import ActionProgress, action_progress, is_checked_since
from assessment.rounds.history import History
from assessment.rounds.results import result_of
from assessment.rounds.round import Round
from assessment.rounds.totals import retention_of
from tests.builders import action, assessment, gathering
from tests.examples import HALF, WORST, healthy

FRAMEWORK = shipped_framework()
MAPPED = {"bets": ("cpo",)}
AUGUST, SEPTEMBER, OCTOBER = date(2026, 8, 10), date(2026, 9, 10), date(2026, 10, 10)


def channel(
    *answers: str, survey: Survey | None = None, day: date = AUGUST
) -> list[dict[str, object]]:
    """Voices that differ on the one channel; an empty answer is none."""
    return [
        {
            "assessed_on": day,
            "voice": None if survey else f"Voice {number}",
            "answers": {k: v for k, v in (HALF | {"single-channel": answer}).items() if v},
            "gathering": survey.id if survey else None,
        }
        for number, answer in enumerate(answers)
    ]


def rounds(voices: Sequence[dict[str, object]], *surveys: Survey) -> tuple[Round, ...]:
    saved = [assessment(**voice) for voice in voices]
    return History(FRAMEWORK, saved, "month", surveys=surveys).units("Atlas")


def held(day: date) -> Survey:
    """A confidential session of that day."""
    return gathering(
        opened_on=day,
        closes_on=day,
        saved_at=f"{day}T09:00:00Z",
        closed_at=f"{day}T10:00:00Z",
        revealed_at=f"{day}T10:00:00Z",
    )


def since(among: Sequence[Round], *actions: Action) -> list[ChangeSince]:
    """What each action tells, in the given order."""
    by_id = {p.action.id: p.since for p in action_progress(FRAMEWORK, actions, "Atlas", among)}
    changes = [by_id[taken.id] for taken in actions]
    return [taken for taken in changes if taken is not None]


def decided(lever: str, day: date, **changes: object) -> Action:
    return action(lever=lever, decided_on=day, due_on=None, **changes)


def test_an_action_tells_of_how_many_voices_the_good_answer_came_before_and_after() -> None:
    among = rounds(
        [
            *channel("yes", "yes", "partly", "no", "no", "no", "no"),
            *channel(*["yes"] * 6, "no", day=OCTOBER),
        ]
    )
    (change,) = since(among, decided("single-channel", date(2026, 8, 20)))

    assert answers_moved(change) == (AnswersMoved("single-channel", "yes", 2, 7, 6, 7),)


def test_an_answer_that_the_same_share_of_other_voices_gives_has_not_moved() -> None:
    among = rounds([*channel("yes", "no"), *channel("yes", "yes", "no", "no", day=OCTOBER)])
    (change,) = since(among, decided("single-channel", date(2026, 8, 20)))

    assert answers_moved(change) == ()


def test_who_did_not_answer_or_does_not_know_is_no_voice_of_it() -> None:
    among = rounds([*channel("yes", "no", "unknown", ""), *channel("yes", day=OCTOBER)])
    (change,) = since(among, decided("single-channel", date(2026, 8, 20)))

    assert answers_moved(change) == (AnswersMoved("single-channel", "yes", 1, 2, 1, 1),)


def test_answers_of_fewer_voices_than_a_confidential_session_promised_are_not_told() -> None:
    first, then = held(AUGUST), held(OCTOBER)
    taken = decided("single-channel", date(2026, 8, 20))
    all_said = [
        *channel(*["no"] * 5, survey=first),
        *channel(*["yes"] * 5, survey=then, day=OCTOBER),
    ]
    one_silent = [
        *channel(*["no"] * 5, survey=first),
        *channel(*["yes"] * 4, "", survey=then, day=OCTOBER),
    ]

    (change,) = since(rounds(all_said, first, then), taken)
    (uncompared,) = since(rounds(one_silent, first, then), taken)
    assert answers_moved(change) == (AnswersMoved("single-channel", "yes", 0, 5, 5, 5),)
    assert answers_moved(uncompared) == ()


# From where it is measured --------------------------------------------------------------------


def test_an_action_decided_in_a_session_is_measured_from_it_whatever_followed_that_month() -> None:
    # No 0 of 5 in August; yes 5 of 5 in the room of 3 October and again on the 25th.
    decided_in, again = held(date(2026, 10, 3)), held(date(2026, 10, 25))
    voices = [
        *channel(*["no"] * 5),
        *channel(*["yes"] * 5, survey=decided_in, day=decided_in.opened_on),
        *channel(*["yes"] * 5, survey=again, day=again.opened_on),
    ]
    among = [assessment(**voice) for voice in voices]
    history = History(FRAMEWORK, among, "month", surveys=[decided_in, again])
    taken = decided("single-channel", decided_in.opened_on)
    latest = history.rounds("Atlas")[-1]

    change = result_of(history, "Atlas", latest.period, [taken]).decided[0].since
    assert change is not None
    assert (change.then.survey, change.now.survey) == (decided_in, again)
    assert answers_moved(change) == ()
    alone = rounds(voices[:10], decided_in)
    assert since(alone, taken) == []
    before = decided("single-channel", date(2026, 9, 20))
    (earlier, later) = since(history.units("Atlas"), before, taken)
    assert (earlier.then.period.part, earlier.now.survey) == (8, decided_in)
    assert (later.then.survey, later.now.survey) == (decided_in, again)
    assert "arbitration" in earlier.levels
    assert "arbitration" in later.levels


def test_an_action_is_measured_from_the_same_month_once_answers_are_counted() -> None:
    # July was answered from the 10th to the 18th; the action is decided on the 12th.
    said = [
        assessment(**voice | {"assessed_on": date(2024, month, 10 + 2 * number), "voice": None})
        for month, answer in ((6, "yes"), (7, "no"), (9, "yes"))
        for number, voice in enumerate(channel(*[answer] * 5))
    ]
    later = datetime(2026, 11, 28, tzinfo=UTC)
    kept = retention_of(FRAMEWORK, said, [], [], totals=[], before=date(2025, 1, 1), now=later)
    taken = decided("single-channel", date(2024, 7, 12))

    for history in (
        History(FRAMEWORK, said, "month"),
        History(FRAMEWORK, [], "month", surveys=kept.totals),
    ):
        (change,) = since(history.units("Atlas"), taken)
        assert (str(change.then.period), str(change.now.period)) == ("2024-07", "2024-09")
        assert answers_moved(change) == (AnswersMoved("single-channel", "yes", 0, 5, 5, 5),)
        ended = taken.model_copy(update={"status": "done", "ended_on": date(2024, 7, 12)})
        july = history.rounds("Atlas")[1]
        assert not is_checked_since(ActionProgress(ended, None), july)


# No points told twice -------------------------------------------------------------------------


THREE = rounds(
    [
        {"assessed_on": AUGUST, "answers": HALF},
        {"assessed_on": SEPTEMBER, "answers": healthy({"single-channel": "no"})},
        {"assessed_on": OCTOBER, "answers": healthy()},
    ]
)


def test_a_level_that_two_actions_touch_is_told_by_the_one_that_weighs_most_on_it() -> None:
    # Arbitration: 3 by the channel, 2 by the mandates. Daily: 2 and 1. Delivery: 1 and 1, and the
    # mandates were decided first. Vision and strategy are the mandates' alone.
    mandates = decided("write-mandates", date(2026, 8, 15))
    one_channel = decided("single-channel", date(2026, 8, 20))
    first, second = since(THREE, mandates, one_channel)

    assert set(first.levels) == {"vision", "strategy", "delivery"}
    assert first.elsewhere == (("arbitration", one_channel), ("daily", one_channel))
    assert second.levels == ("arbitration", "daily")
    assert second.elsewhere == (("delivery", mandates),)
    assert (first.items, second.items) == (("mandates-clear",), ("single-channel",))


def test_an_action_that_begins_later_leaves_the_level_to_the_heavier_one_all_the_same() -> None:
    # From September to October both tell of arbitration: the mandates' time lies within.
    one_channel = decided("single-channel", date(2026, 8, 20))
    mandates = decided("write-mandates", date(2026, 9, 20))
    first, second = since(THREE, one_channel, mandates)

    assert first.levels == ("arbitration", "daily", "delivery")
    assert set(second.levels) == {"vision", "strategy"}


def test_an_action_on_the_same_lever_is_measured_from_where_the_earlier_one_ends() -> None:
    first, again = since(
        THREE,
        decided("single-channel", date(2026, 8, 20)),
        decided("single-channel", date(2026, 9, 20)),
    )

    assert [str(unit.period) for unit in (first.then, first.now)] == ["2026-08", "2026-09"]
    assert [str(unit.period) for unit in (again.then, again.now)] == ["2026-09", "2026-10"]
    assert first.levels == again.levels == ("arbitration", "daily", "delivery")
    # One voice: from partly to no, then from no to yes.
    assert answers_moved(first) == ()
    assert answers_moved(again) == (AnswersMoved("single-channel", "yes", 0, 1, 1, 1),)


def quick(day: date, answers: Mapping[str, str]) -> dict[str, object]:
    return {"assessed_on": day, "voice": "Ana", "answers": answers}


def deep(day: date) -> dict[str, object]:
    return {"assessed_on": day, "voice": "Ana", "answers": {}, "deep": {"deciders": MAPPED}}


def test_a_later_action_measured_between_deep_checks_takes_no_scores_from_an_earlier_one() -> None:
    units = rounds(
        [
            *(quick(date(2026, 1, 10), WORST), quick(date(2026, 3, 10), healthy())),
            *(deep(date(2026, 4, 10)), deep(date(2026, 5, 10))),
        ]
    )
    first = decided("single-channel", date(2026, 1, 15))
    again = decided("single-channel", date(2026, 4, 20))

    scored, unscored = since(units, first, again)

    assert [str(unit.period) for unit in (scored.then, scored.now)] == ["2026-01", "2026-03"]
    assert scored.levels == ("arbitration", "daily", "delivery")
    assert [str(unit.period) for unit in (unscored.then, unscored.now)] == ["2026-04", "2026-05"]


def test_an_action_that_cannot_tell_a_level_takes_it_from_no_other() -> None:
    # The channel was decided after a deep check alone, so that no score stands before it.
    units = rounds(
        [
            deep(date(2026, 1, 4)),
            *(quick(date(2026, 2, 4), WORST), quick(date(2026, 3, 10), healthy())),
        ]
    )
    one_channel = decided("single-channel", date(2026, 1, 15))
    upstream = decided("arbitrate-upstream", date(2026, 2, 10))

    _, told = since(units, one_channel, upstream)

    assert {"arbitration", "daily"} <= set(told.levels)
    assert told.elsewhere == ()


def test_of_two_on_one_lever_between_the_same_rounds_the_first_alone_tells() -> None:
    early, late = (decided("single-channel", date(2026, 8, day)) for day in (20, 25))
    first, second = since(THREE, early, late)

    assert (first.levels, first.items) == (
        ("arbitration", "daily", "delivery"),
        ("single-channel",),
    )
    assert (second.levels, second.items) == ((), ())
    assert {other.id for _, other in second.elsewhere} == {early.id}


def test_what_was_dropped_claims_nothing() -> None:
    dropped = decided(
        "single-channel", date(2026, 8, 20), status="dropped", ended_on=date(2026, 8, 25)
    )
    kept = decided("write-mandates", date(2026, 8, 21))
    _, change = since(THREE, dropped, kept)

    assert "arbitration" in change.levels
    assert change.elsewhere == ()


def test_no_two_actions_tell_one_level_over_the_same_time() -> None:
    levers = dict.fromkeys(item.lever for item in FRAMEWORK.items)
    actions = [
        decided(lever, day)
        for lever in levers
        for day in (date(2026, 8, 20), date(2026, 8, 25), date(2026, 9, 20))
    ]
    changes = since(THREE, *actions)

    assert len(changes) == len(actions)
    for at, one in enumerate(changes):
        for other in changes[at + 1 :]:
            if one.overlaps(other):
                assert not set(one.levels) & set(other.levels)
                assert not set(one.items) & set(other.items)

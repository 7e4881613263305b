"""What a room has before it: votes pass by pass, what it agreed and what waits, what it does."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from assessment.access.invitations import revealed
from assessment.content.loading import shipped_framework
from assessment.model import Agreement, Confirmation, Survey
from assessment.rounds.room import Topic
from assessment.rounds.room_records import RoomRecords
from tests.builders import action, agreement, assessment, confirmation, gathering, setup, vote

NOW = datetime(2026, 11, 9, 9, 30, tzinfo=UTC)
TODAY = NOW.date()
OPEN = revealed(gathering(privacy="open"), voices=5, now=NOW)
ON_CUT, ON_BETS = (
    Topic(of, disagreement=0.5, counts={}, voices=7, unclear=0, kind="decision")
    for of in ("cut", "bets")
)
HIDING = revealed(gathering(least_voices=6), voices=7, now=NOW)


def records(survey: Survey = OPEN, **fields: Any) -> RoomRecords:
    given: dict[str, Any] = {"cast": {}, "now": NOW, "setups": (setup(),)} | fields
    return RoomRecords(shipped_framework(), survey, voices=7, **given)


NAMED = {  # contested three to two, two to two to one, and by four of five nobody's
    "bets": ("pm", "po", "po", "pm", "pm"),
    "sprint-content": ("pm", "po", "cpo", "pm", "po"),
    "first": ("nobody", "nobody", "nobody", "nobody", "pm"),
}
SPRINT, BETS, FIRST = (f"decision.{of}" for of in ("sprint-content", "bets", "first"))


def contested(**fields: Any) -> RoomRecords:
    """A room with three topics, in a squad whose setup nobody told."""
    answers = tuple(
        assessment(
            gathering=OPEN.id,
            answers={},
            framework="core@1+lenses@1",
            deep={"deciders": {decision: (roles[voice],) for decision, roles in NAMED.items()}},
        )
        for voice in range(5)
    )
    return records(OPEN.changed(depth="deep"), answers=answers, **({"setups": ()} | fields))


def voting(survey: Survey, count: int) -> RoomRecords:
    """A room that votes on its second pass on "cut", with so many votes by now."""
    asking = survey.changed(asked_again="cut", asked_pass=2)
    return records(asking, cast={(survey.id, "cut", 1): 3, (survey.id, "cut", 2): count})


# Votes --------------------------------------------------------------------------------------------


def test_votes_on_a_decision_are_told_pass_by_pass() -> None:
    first, second = (
        vote(gathering=OPEN.id, decision="cut", pass_number=number) for number in (1, 2)
    )
    other = vote(gathering=OPEN.id, decision="bets")
    room = records(votes=(second, other, first))
    assert room.passes("cut") == ((first,), (second,))
    assert room.passes("single-channel") == ()


def test_of_votes_that_stay_hidden_only_the_count_of_the_last_pass_that_is_over_is_told() -> None:
    assert voting(HIDING, 2).hidden_votes("cut") == 3
    assert records(HIDING, cast={(HIDING.id, "cut", 1): 3}).hidden_votes("bets") == 0
    shown = vote(gathering=HIDING.id, decision="cut")
    assert records(HIDING, votes=(shown,), cast={shown.ballot: 1}).hidden_votes("cut") == 0


def test_a_room_knows_what_it_votes_on_and_how_many_have_voted() -> None:
    room = voting(OPEN, 2)
    assert room.votes_cast == 2
    assert [room.is_voting_on(topic) for topic in (ON_CUT, ON_BETS)] == [True, False]
    assert (records().votes_cast, records().is_voting_on(ON_CUT)) == (0, False)


def test_a_confidential_room_shows_votes_from_the_least_number_of_voices_on() -> None:
    assert [voting(HIDING, count).would_show_votes for count in (5, 6)] == [False, True]
    few = revealed(gathering(least_voices=3), voices=7, now=NOW)
    assert [voting(few, count).would_show_votes for count in (4, 5)] == [False, True]
    assert voting(OPEN, 0).would_show_votes


# Agreements ---------------------------------------------------------------------------------------


def made(decision: str, minute: int) -> Agreement:
    """What the room agreed so many minutes after the reveal: the PO decides, the TL is heard."""
    at = NOW + timedelta(minutes=minute)
    return agreement(survey=OPEN.id, decision=decision, saved_at=at, agreed_on=TODAY)


def answered(of: Agreement, **answers: str) -> list[Confirmation]:
    return [
        confirmation(agreement_id=of.id, role=role, answer=answer)
        for role, answer in answers.items()
    ]


def test_of_several_agreements_on_a_decision_the_last_that_was_made_here_counts() -> None:
    first, other, last = made("cut", 1), made("bets", 2), made("cut", 3)
    elsewhere = agreement(decision="postpone")
    room = records(squad_agreements=(last, elsewhere, other, first))
    assert room.made == (first, other, last)
    assert [*room.agreed.items()] == [("cut", last), ("bets", other)]


def test_an_agreement_is_awaited_while_it_is_neither_settled_nor_refused() -> None:
    settled, waiting, refused = made("cut", 1), made("bets", 2), made("postpone", 3)
    room = records(
        squad_agreements=(settled, waiting, refused),
        confirmations=(
            *answered(settled, po="agreed", tl="with-reservation"),
            *answered(waiting, po="agreed"),
            *answered(refused, po="agreed", tl="not-agreed"),
        ),
    )
    assert [*room.awaited] == ["bets"]


# Answers and actions ------------------------------------------------------------------------------


def test_the_answers_are_a_round_of_their_own_and_none_without_any() -> None:
    room = records(answers=(assessment(gathering=OPEN.id),))
    assert room.round is not None
    assert room.round.survey == OPEN
    assert records().round is None


def test_roles_to_name_are_those_held_when_the_session_was_opened() -> None:
    later = setup(since=OPEN.opened_on + timedelta(days=1), seats={"pm": "own"})
    assert "po" in records(setups=(setup(), later)).held
    assert "em" not in records().held


def test_actions_decided_since_the_reveal_are_apart_from_those_overdue_from_before() -> None:
    before, due = date(2026, 11, 4), date(2026, 11, 8)
    late, later = (action(decided_on=before, due_on=due - timedelta(days=n)) for n in (0, 1))
    taken = action(saved_at=NOW, decided_on=TODAY, due_on=due + timedelta(days=30))
    in_time = action(decided_on=before, due_on=TODAY)
    an_hour_before = action(saved_at=NOW - timedelta(hours=1), decided_on=TODAY)
    every = (late, taken, later, in_time, an_hour_before)
    room = records(actions=every)
    assert room.taken == (taken,)
    assert room.overdue == (later, late)
    assert records(actions=every, squad_has_ended=True).overdue == ()
    unrevealed = records(gathering(), actions=(taken,))
    assert unrevealed.taken == ()


def test_days_are_those_of_whoever_reads() -> None:
    # At 9:30 in London it is 22:30 in Auckland; at 11:30 the day after.
    at = NOW + timedelta(hours=2)
    today, late = action(decided_on=TODAY), action(decided_on=TODAY, due_on=TODAY)
    room = records(
        OPEN.changed(revealed_at=at),
        now=at.astimezone(ZoneInfo("Pacific/Auckland")),
        actions=(today, late),
    )
    assert room.taken == ()
    assert room.overdue == (late,)


def test_levers_not_taken_yet_are_left_to_add() -> None:
    levers = [lever.id for lever in shipped_framework().levers]
    ended = {"saved_at": NOW, "decided_on": TODAY, "ended_on": TODAY}
    planned = action(saved_at=NOW, decided_on=TODAY)
    done = action(lever="restate-vision", status="done", **ended)
    dropped = action(lever="decide-in-rituals", status="dropped", **ended)
    room = contested(actions=(planned, done, dropped))
    assert sorted(room.levers_left) == sorted(set(levers) - {"single-channel", "restate-vision"})
    assert room.taken == (planned,)


@pytest.mark.parametrize(
    ("fields", "is_open"),
    [
        ({}, False),
        ({"status": "done", "ended_on": TODAY}, False),
        ({"status": "dropped", "ended_on": TODAY}, True),
        ({"saved_at": NOW - timedelta(hours=1)}, True),
    ],
    ids=["to do", "done", "dropped", "decided before"],
)
def test_a_question_is_open_unless_an_action_decided_since_the_reveal_meets_it(
    fields: dict[str, Any], is_open: bool
) -> None:
    answers = tuple(
        assessment(gathering=OPEN.id, answers={"single-channel": said}) for said in ("yes", "no")
    )
    decided = action(**{"saved_at": NOW, "decided_on": TODAY} | fields)
    room = records(answers=answers * 2, actions=(decided,))
    assert ids(room.left_open) == ["item.single-channel"] * is_open


# Topics -------------------------------------------------------------------------------------------


def ids(topics: Iterable[Topic]) -> list[str]:
    return [topic.id for topic in topics]


def test_topics_are_suggested_as_many_as_the_plan_leaves_time_for() -> None:
    assert ids(contested().suggested(45, began=None)) == [SPRINT, BETS, FIRST]
    assert ids(contested().suggested(15, began=None)) == [SPRINT]


def test_what_was_agreed_on_before_is_not_suggested_again() -> None:
    before = agreement(decision="bets", saved_at=NOW - timedelta(days=3), agreed_on=TODAY)
    room = contested(squad_agreements=(before,))
    assert ids(room.suggested(45, began=None)) == [SPRINT, FIRST]
    assert ids(filter(room.is_awaited, room.topics)) == [BETS]


def test_what_ran_out_or_was_refused_before_comes_first_and_what_holds_last() -> None:
    days = {"saved_at": NOW - timedelta(days=3), "agreed_on": TODAY - timedelta(days=3)}
    ended, refused, holding = (
        agreement(decision=of, valid_until=TODAY + timedelta(days=until), **days)
        for of, until in (("first", -1), ("bets", 30), ("sprint-content", 30))
    )
    before = {
        "squad_agreements": (ended, refused, holding),
        "confirmations": (
            *answered(refused, po="not-agreed"),
            *(
                answer
                for of in (ended, holding)
                for answer in answered(of, po="agreed", tl="agreed")
            ),
        ),
    }
    room = contested(**before)
    assert ids(room.topics) == [BETS, FIRST, SPRINT]
    assert ids(room.suggested(45, began=None)) == [BETS, FIRST]

    # What the room agrees on moves no topic.
    renewed = agreement(decision="first", survey=OPEN.id, saved_at=NOW, agreed_on=TODAY)
    before["squad_agreements"] += (renewed,)
    before["confirmations"] += (*answered(renewed, po="agreed", tl="agreed"),)
    room = contested(**before)
    assert ids(room.topics) == [BETS, FIRST, SPRINT]
    assert ids(room.left_open) == [BETS]


def test_an_agreement_without_a_decider_comes_first_and_leaves_its_topic_open() -> None:
    left = agreement(
        decision="first",
        decides="pm",
        consulted=(),
        saved_at=NOW - timedelta(days=3),
        agreed_on=TODAY - timedelta(days=3),
        valid_until=TODAY + timedelta(days=30),
    )
    seats = {"po": "own", "tl": "own"}
    days = (TODAY - timedelta(days=9), TODAY - timedelta(days=1))
    room = contested(
        squad_agreements=(left,),
        confirmations=answered(left, pm="agreed"),
        setups=tuple(
            setup(since=day, seats=seated)
            for day, seated in zip(days, ({**seats, "pm": "own"}, seats), strict=True)
        ),
    )
    assert ids(room.topics)[0] == FIRST
    assert FIRST in ids(room.suggested(45, began=None))
    assert FIRST in ids(room.left_open)


def test_a_topic_is_open_until_it_is_agreed_on_and_no_role_refuses() -> None:
    agreed, refused = made("sprint-content", 1), made("bets", 2)
    room = contested(
        squad_agreements=(agreed, refused), confirmations=(*answered(refused, po="not-agreed"),)
    )
    assert ids(room.left_open) == [BETS, FIRST]
    assert [room.is_awaited(topic) for topic in room.topics] == [True, False, False]
    assert ids(room.left_untouched) == [FIRST]


def test_what_a_role_refused_is_left_open_again_once_its_last_day_is_gone() -> None:
    refused = made("bets", 2)
    answers = answered(refused, po="not-agreed")
    for days, left in ((0, [SPRINT, FIRST]), (1, [SPRINT, BETS, FIRST])):
        now = datetime.combine(refused.valid_until, NOW.timetz()) + timedelta(days=days)
        room = contested(squad_agreements=(refused,), confirmations=(*answers,), now=now)
        assert ids(room.left_untouched) == left


def test_time_is_shared_by_the_topics_that_are_open_and_the_one_that_is_shown() -> None:
    # Of 45 minutes 3 lead, 2 choose and 5 close: 35 for three topics, at most ten for each.
    room = contested()
    plan = room.plan(45, began=None, at=NOW)
    assert plan.minutes_each(room.sharing(room.topics, "")) == 10
    plan = room.plan(45, began=NOW, at=NOW + timedelta(minutes=20))
    # 20 are gone and 5 close: 20 for three
    assert plan.minutes_each(room.sharing(room.topics, SPRINT)) == 6
    agreed = contested(squad_agreements=(made("bets", 1),))
    assert plan.minutes_each(agreed.sharing(agreed.topics, SPRINT)) == 10
    assert [agreed.sharing(agreed.topics, of) for of in (BETS, "")] == [3, 2]
    assert agreed.sharing((), "") == 1

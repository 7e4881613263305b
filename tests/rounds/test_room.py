"""What a room talks about: three counts, topics strongest first, minutes for each."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from assessment.access.invitations import revealed
from assessment.content.loading import shipped_framework
from assessment.model import Survey
from assessment.rounds.room import (
    PLANS,
    HeadlineCounts,
    Plan,
    Topic,
    action_id,
    headline_counts,
    left_open,
    plan_of,
    survey_round,
    topics_of,
    votes_by_role,
)
from assessment.rounds.round import Round
from tests.builders import action, assessment, gathering, vote
from tests.examples import EXAMPLE_1

FRAMEWORK = shipped_framework()
NOW = datetime(2026, 11, 9, 9, 30, tzinfo=UTC)
DEEP = revealed(gathering(privacy="open", depth="deep"), voices=5, now=NOW)
PM, PO, CPO, NOBODY = ("pm",), ("po",), ("cpo",), ("nobody",)


def round_naming(survey: Survey, *named: dict[str, tuple[str, ...]]) -> Round:
    """The round of voices who name these deciders and answer no item."""
    answers = [
        assessment(
            gathering=survey.id, answers={}, framework="core@1+lenses@1", deep={"deciders": roles}
        )
        for roles in named
    ]
    squad = survey_round(FRAMEWORK, survey, [*answers, assessment()])
    assert squad is not None
    return squad


FIVE = round_naming(
    DEEP,
    {"cut": PM, "bets": PM, "first": NOBODY, "sprint-content": PM, "postpone": PO},
    {"cut": PM, "bets": PO, "first": NOBODY, "sprint-content": PO, "postpone": PO},
    {"cut": PM, "bets": PO, "first": NOBODY, "sprint-content": CPO, "postpone": PO},
    {"cut": PM, "bets": PM, "first": PM, "sprint-content": ("tl",), "postpone": PO},
    {"cut": PM, "bets": PM, "first": ("unclear",), "sprint-content": ("em",), "postpone": PM},
)


def test_three_counts_lead() -> None:
    # cut and postpone (4 of 5) are clear; bets (3 to 2) and sprint-content are contested.
    assert headline_counts(FIVE) == HeadlineCounts("decision", agreed=2, contested=2, nobody=1)
    # Of bets and of what is nobody's the room settled one each; what was clear stays as it was.
    settled = headline_counts(FIVE, {"bets", "first", "cut"})
    assert settled == HeadlineCounts("decision", agreed=2, contested=1, nobody=0, settled=2)


def test_topics_are_contested_decisions_strongest_first_then_nobody_s_then_items() -> None:
    topics = topics_of(FIVE)
    assert [topic.id for topic in topics] == [
        "decision.sprint-content",
        "decision.bets",
        "decision.first",
    ]
    sprint, bets, first = topics
    assert sprint.disagreement == 1.0
    assert (sprint.names, sprint.voices, sprint.unclear) == (5, 5, 0)
    assert bets.counts == {"pm": 3, "po": 2}
    assert bets.disagreement == pytest.approx(6 / 10)  # six of ten pairs differ
    assert (first.counts, first.unclear) == ({"pm": 1, "nobody": 3}, 1)


def test_a_quick_survey_counts_items_and_talks_about_those_on_which_voices_differ() -> None:
    survey = revealed(gathering(privacy="open"), voices=3, now=NOW)
    sheets = [
        EXAMPLE_1,
        EXAMPLE_1,
        EXAMPLE_1 | {"single-channel": "no", "mandates-clear": "partly"},
    ]
    squad = survey_round(
        FRAMEWORK, survey, [assessment(gathering=survey.id, answers=sheet) for sheet in sheets]
    )
    assert squad is not None
    assert headline_counts(squad) == HeadlineCounts("item", agreed=12, contested=2, nobody=0)
    assert [topic.id for topic in topics_of(squad)] == [
        "item.single-channel",
        "item.mandates-clear",
    ]
    assert topics_of(squad)[0].counts == {"yes": 2, "partly": 0, "no": 1}


def test_a_topic_stays_open_until_it_is_agreed_on_or_an_action_meets_it_that_is_not_dropped() -> (
    None
):
    bets = Topic("bets", 0.5, {}, voices=5, unclear=0, kind="decision")
    channel = replace(bets, kind="item", of="single-channel")
    topics, dropped = (bets, channel), action(status="dropped", ended_on=date(2026, 11, 9))

    assert left_open(FRAMEWORK, topics, {"bets"}, [dropped]) == (channel,)
    assert left_open(FRAMEWORK, topics, set(), [dropped, action()]) == (bets,)


def test_an_action_that_a_room_added_beside_its_topics_settles_none_of_them() -> None:
    channel = Topic("single-channel", 0.5, {}, voices=5, unclear=0, kind="item")
    added = action(action_id=action_id(DEEP, "single-channel", added=True))
    taken = action(action_id=action_id(DEEP, "single-channel"))

    assert left_open(FRAMEWORK, [channel], set(), [added], survey=DEEP) == (channel,)
    assert left_open(FRAMEWORK, [channel], set(), [added, taken], survey=DEEP) == ()


def test_a_survey_without_answers_that_may_be_shown_says_nothing() -> None:
    assert survey_round(FRAMEWORK, DEEP, [assessment()]) is None


def test_answering_leaves_a_plan_enough_to_settle_one_topic_or_not() -> None:
    # What is left of 15 minutes after 1 + 1 + 2 and 3 of answering are 8; after 9 they are 2, and
    # one topic takes 4; of 30, after 2 + 1 + 4 and 19 of answering, they are 4.
    room_left = {m: [plan.leaves_time(n) for n in (3, 9, 19)] for m, plan in PLANS.items()}
    every = [True] * 3
    assert room_left == {15: [True, False, False], 30: every, 45: every, 60: every}


def test_of_many_topics_five_are_suggested_each_with_its_share_of_45_minutes() -> None:
    topics = topics_of(FIVE)
    usual = PLANS[45]
    assert usual.suggested(topics) == topics
    assert len(usual.suggested(topics * 3)) == 5
    # Ten of the 45 are for the headline, the choice of topics and the close.
    assert [usual.minutes_each(count) for count in (0, 1, 3, 4, 5, 19, 40)] == [
        0,
        10,
        10,
        8,
        7,
        1,
        0,
    ]
    # Six of a topic's minutes at most are talked through; three at least settle it.
    assert [usual.talk(count) for count in (1, 3, 5, 7, 19)] == [6, 6, 4, 2, 1]


def test_a_short_plan_suggests_fewer_topics_and_less_talk_and_tells_when_it_is_too_full() -> None:
    topics = topics_of(FIVE) * 3
    assert {minutes: len(plan.suggested(topics)) for minutes, plan in PLANS.items()} == {
        15: 1,
        30: 3,
        45: 5,
        60: 5,
    }
    # Of 15 minutes 4 are around the topics, of 30 minutes 7.
    short, middle = PLANS[15], PLANS[30]
    assert [short.minutes_each(count) for count in (1, 2, 3, 4)] == [10, 5, 3, 2]
    assert [short.talk(count) for count in (1, 2, 3, 4)] == [4, 2, 1, 1]
    assert [short.fits(count) for count in (0, 1, 2, 3)] == [False, True, True, False]
    assert [middle.minutes_each(count) for count in (1, 3, 8)] == [10, 7, 2]
    assert middle.talk(3) == 4
    # An hour gives five topics more time: 12 minutes are around them.
    hour = PLANS[60]
    assert [hour.minutes_each(count) for count in (4, 5, 6)] == [10, 9, 8]
    assert [hour.talk(count) for count in (4, 5, 6)] == [7, 6, 5]


def test_what_a_room_gathered_in_is_off_its_plan_and_what_was_revealed_before_is_not() -> None:
    def minutes(began: datetime | None) -> int:
        return plan_of(15, began=began, revealed_at=NOW).minutes_each(1)

    # Seven and a half minutes count as eight: 15 - 8 - 4.
    assert minutes(NOW - timedelta(minutes=7, seconds=30)) == 3
    assert minutes(NOW + timedelta(days=1)) == 10
    assert minutes(None) == 10
    assert plan_of(15, began=NOW, revealed_at=None) == PLANS[15]


def test_a_plan_counts_the_minutes_gone_and_tells_what_no_longer_fits() -> None:
    def plan(gone: float) -> Plan:
        began = NOW - timedelta(minutes=gone)
        return plan_of(15, began=began, revealed_at=NOW - timedelta(days=1), now=NOW)

    # The first two are for headline and choice, the last two for the close.
    assert [plan(gone).left for gone in (0, 2, 6.5, 14)] == [11, 11, 7, 0]
    assert [plan(6.5).fits(count) for count in (1, 2)] == [True, False]
    assert plan(6.5).talk(1) == 4
    assert not plan(10).fits(1)
    topics = topics_of(FIVE)
    half = plan_of(45, began=NOW - timedelta(minutes=31), revealed_at=NOW, now=None)
    # 45 - 31 - 5 - 5 = 4: one topic; and one is suggested where none fits.
    assert (half.left, half.suggested(topics)) == (4, topics[:1])
    assert plan(14).suggested(topics) == topics[:1]


def test_votes_are_counted_by_role() -> None:
    votes = [vote(named=named) for named in (("po", "tl"), PO, PO, PM, ("unclear",))]
    assert votes_by_role(FRAMEWORK, votes) == {"pm": 1, "po": 3, "tl": 1, "unclear": 1}

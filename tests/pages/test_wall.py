"""What a room's wall shows of its topics: which are chosen or open, and how long each may take."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from assessment.access.invitations import revealed
from assessment.charts.style import Style
from assessment.content.edition import edition_for
from assessment.content.loading import shipped_framework
from assessment.rounds.results import Result
from assessment.rounds.room_records import RoomRecords
from assessment.ui.room.place import Place
from assessment.ui.room.wall import Wall
from assessment.ui.session.reader import Reader
from assessment.wording.briefing import SquadPart
from assessment.wording.decision_records import left_open_of
from assessment.wording.room import RoomPart, open_line, taken_away
from tests.builders import action, agreement, assessment, confirmation, gathering

REVEALED = datetime(2026, 11, 9, 9, 30, tzinfo=UTC)
READER = Reader(edition_for("en", UTC), Style(dark=False))
SURVEY = revealed(gathering(privacy="open", depth="deep"), voices=5, now=REVEALED)
NAMED = {  # contested three to two, two to two to one, and by four of five nobody's
    "bets": ("pm", "po", "po", "pm", "pm"),
    "sprint-content": ("pm", "po", "cpo", "pm", "po"),
    "first": ("nobody", "nobody", "nobody", "nobody", "pm"),
}
ANSWERS = tuple(
    assessment(
        gathering=SURVEY.id,
        answers={},
        framework="core@1+lenses@1",
        deep={"deciders": {decision: (roles[voice],) for decision, roles in NAMED.items()}},
    )
    for voice in range(5)
)
SPRINT, BETS, FIRST = (f"decision.{of}" for of in ("sprint-content", "bets", "first"))
PLACE = Place(SURVEY.id, "walk", "", "", topics=None, ring=None, minutes=45, began=None)


def wall(*, records: dict[str, Any] | None = None, **at: Any) -> Wall:
    held = RoomRecords(
        shipped_framework(),
        SURVEY,
        voices=5,
        cast={},
        now=REVEALED,
        answers=ANSWERS,
        **(records or {}),
    )
    assert held.round is not None
    part = RoomPart(READER.edition, held.round, held.settled)
    return Wall(READER, held, part, replace(PLACE, **at))


def ids(topics: Any) -> list[str]:
    return [topic.id for topic in topics]


def test_topics_are_suggested_until_the_room_has_chosen_its_own() -> None:
    assert ids(wall().chosen) == [SPRINT, BETS, FIRST]
    assert ids(wall(minutes=15).chosen) == [SPRINT]
    assert ids(wall(topics=(FIRST, SPRINT)).chosen) == [SPRINT, FIRST]
    assert wall(topics=("-",)).chosen == []


def test_a_topic_is_open_until_it_is_agreed_on_and_no_role_refuses() -> None:
    agreed, refused = (
        agreement(survey=SURVEY.id, decision=of) for of in ("sprint-content", "bets")
    )
    answer = confirmation(agreement_id=refused.id, answer="not-agreed")
    room = wall(
        records={"squad_agreements": (agreed, refused), "confirmations": (answer,)},
    )
    assert ids(room.left_open) == [BETS, FIRST]
    assert [room.is_awaited(topic) for topic in room.part.topics] == [True, False, False]


def test_wall_phones_and_charter_leave_the_same_decisions_open() -> None:
    # What was agreed first holds on, since a role refuses what was to replace it in the room.
    first = agreement(survey=SURVEY.id, decision="bets", consulted=())
    refused = agreement(survey=SURVEY.id, decision="bets", consulted=(), supersedes=first.id)
    refused = refused.model_copy(update={"saved_at": first.saved_at + timedelta(hours=1)})
    answers = tuple(
        confirmation(agreement_id=made.id, answer=answer)
        for made, answer in ((first, "agreed"), (refused, "not-agreed"))
    )
    room = wall(records={"squad_agreements": (first, refused), "confirmations": answers})
    shown, agreements = room.part.shown, room.records.agreements
    result = Result(shown, None, identity="it", agreements=agreements.undated)
    squad = SquadPart(READER.edition, result, agreements.day)

    assert ids(room.left_open) == [SPRINT, FIRST]
    assert ids(left_open_of(squad)) == [SPRINT, FIRST]
    told = taken_away(squad.agreed, SURVEY, agreements=room.records.made, actions=())
    assert open_line(READER.edition, room.left_open) in told


def test_time_is_shared_by_the_topics_that_are_open_and_the_one_that_is_shown() -> None:
    # Of 45 minutes 3 lead, 2 choose and 5 close: 35 for three topics, at most ten for each.
    assert wall().minutes_each == 10
    began: dict[str, Any] = {
        "began": REVEALED,
        "ring": REVEALED.replace(minute=50),
        "topic": SPRINT,
    }
    assert wall(**began).minutes_each == 6  # 20 are gone and 5 close: 20 for three
    agreed = {"squad_agreements": (agreement(survey=SURVEY.id, decision="bets"),)}
    assert wall(records=agreed, **began).minutes_each == 10


def test_after_the_last_topic_comes_the_close() -> None:
    assert wall(topic=BETS).later == ("walk", FIRST)
    assert wall(topic=FIRST).later == ("close", "")
    assert wall(topic="decision.lunch").later == ("close", "")


def test_levers_not_taken_yet_are_left_to_add() -> None:
    since = action(decided_on=REVEALED.date())
    levers = [lever.id for lever in shipped_framework().levers]
    room = wall(records={"actions": (since,)})
    assert room.taken == (since,)
    assert sorted(room.levers_left) == sorted(set(levers) - {"single-channel"})

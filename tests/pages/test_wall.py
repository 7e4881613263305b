"""Where a room's wall is among its topics, and that it leaves open what others leave open."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any

import pytest

from assessment.charts.style import Style
from assessment.content.edition import edition_for
from assessment.languages import LANGUAGES
from assessment.rounds.results import Result
from assessment.ui.room.place import Place
from assessment.ui.room.wall import Wall
from assessment.ui.session.reader import Reader
from assessment.wording.briefing import SquadPart
from assessment.wording.decision_records import charter_text, chat_lines, left_open_of
from assessment.wording.room import RoomPart, open_line, taken_away, what_happened
from tests.builders import agreement, confirmation
from tests.rounds.test_room_records import BETS, FIRST, OPEN, SPRINT, contested, ids

READER = Reader(edition_for("en", UTC), Style(dark=False))
PLACE = Place(OPEN.id, "walk", "", "", topics=None, ring=None, minutes=45, began=None)


def wall(**at: Any) -> Wall:
    held = contested()
    assert held.round is not None
    return Wall(READER, held, RoomPart(READER.edition, held, held.round), replace(PLACE, **at))


def test_topics_are_suggested_until_the_room_has_chosen_its_own() -> None:
    assert ids(wall().chosen) == [SPRINT, BETS, FIRST]
    assert ids(wall(topics=(FIRST, SPRINT)).chosen) == [SPRINT, FIRST]
    assert wall(topics=("-",)).chosen == []


def test_wall_phones_and_charter_leave_the_same_decisions_open() -> None:
    # What was agreed first holds on, since a role refuses what was to replace it in the room.
    first = agreement(survey=OPEN.id, decision="bets", consulted=())
    refused = agreement(survey=OPEN.id, decision="bets", consulted=(), supersedes=first.id)
    refused = refused.model_copy(update={"saved_at": first.saved_at + timedelta(hours=1)})
    answers = tuple(
        confirmation(agreement_id=made.id, answer=answer)
        for made, answer in ((first, "agreed"), (refused, "not-agreed"))
    )
    room = contested(squad_agreements=(first, refused), confirmations=answers)
    assert room.round is not None
    result = Result(room.round, None, identity="it", agreements=room.agreements.undated)
    squad = SquadPart(READER.edition, result, room.agreements.day)

    assert ids(room.left_open) == [SPRINT, FIRST]
    assert ids(left_open_of(squad)) == [SPRINT, FIRST]
    lines = taken_away(READER.edition, room)
    assert open_line(READER.edition, room.left_open) in lines


@pytest.mark.parametrize("language", LANGUAGES)
def test_end_charter_chat_and_phones_leave_open_what_is_not_told_as_refused(language: str) -> None:
    edition = edition_for(language, UTC)
    # Of three topics a role refuses what was agreed here on one; an earlier refusal binds nobody.
    earlier = agreement(decision="bets", consulted=())
    refused = agreement(survey=OPEN.id, consulted=())
    answers = tuple(
        confirmation(agreement_id=made.id, answer="not-agreed") for made in (earlier, refused)
    )
    room = contested(squad_agreements=(earlier, refused), confirmations=answers)
    assert room.round is not None
    agreements = room.agreements.undated
    result = Result(room.round, None, identity="it", agreements=agreements)
    squad = SquadPart(edition, result, room.agreements.day)

    count = edition.words.counted("{count} topic left open", "{count} topics left open", 2)
    assert what_happened(edition, room)[-1] == count
    left = edition.words.gettext("Left open")
    for text in (
        charter_text(squad),
        "\n".join(chat_lines(squad)),
        "\n".join(taken_away(edition, room)),
    ):
        told, _, still_open = text.partition(left)
        assert edition.decision("sprint-content") in told
        assert edition.decision("sprint-content") not in still_open
        assert edition.decision("bets") in still_open
        assert edition.decision("first") in still_open


def test_time_is_that_of_the_plan_when_the_minutes_of_the_topic_began() -> None:
    began, ring = OPEN.revealed_at, OPEN.revealed_at and OPEN.revealed_at.replace(minute=50)
    room = wall(began=began, ring=ring, topic=SPRINT)
    assert (room.plan.left, room.sharing) == (20, 3)


def test_after_the_last_topic_comes_the_close() -> None:
    assert wall(topic=BETS).later == ("walk", FIRST)
    assert wall(topic=FIRST).later == ("close", "")
    assert wall(topic="decision.lunch").later == ("close", "")

"""What a session's room shows of what is stored, on its wall and on its phones."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from assessment.access.invitations import revealed
from assessment.access.room import shown_in_room
from assessment.storage.protocol import Stored
from tests.builders import action, agreement, assessment, confirmation, gathering, setup, vote

NOW = datetime(2026, 11, 9, 9, 30, tzinfo=UTC)
SURVEY = revealed(gathering(privacy="open"), voices=2, now=NOW)
ELSEWHERE = gathering(privacy="open")
HERE = agreement(survey=SURVEY.id, limits="in this quarter")
BEFORE = agreement(survey=ELSEWHERE.id, decision="cut", limits="below ten days", note="Ana asked")
RESERVED = {"answer": "with-reservation", "reservation": "not in December"}
STORED = Stored(
    assessments=(
        assessment(gathering=SURVEY.id, voice="Ana"),
        assessment(gathering=ELSEWHERE.id),
        assessment(),
    ),
    setups=(setup(), setup(squad="Borea")),
    actions=(action(), action(squad="Borea")),
    surveys=(SURVEY, ELSEWHERE),
    agreements=(HERE, BEFORE, agreement(squad="Borea")),
    confirmations=(
        confirmation(agreement_id=HERE.id, **RESERVED),
        confirmation(agreement_id=BEFORE.id, **RESERVED),
    ),
    votes=(vote(gathering=SURVEY.id), vote(gathering=ELSEWHERE.id)),
)


def test_a_room_shows_its_own_answers_and_votes_and_what_its_squad_has() -> None:
    shown = shown_in_room(STORED, SURVEY, on_phones=False)
    assert shown.assessments == STORED.assessments[:1]
    assert (shown.votes, shown.setups) == (STORED.votes[:1], STORED.setups[:1])
    assert (shown.actions, shown.agreements) == (STORED.actions[:1], (HERE, BEFORE))


def test_why_a_role_reserves_something_is_told_where_it_was_said() -> None:
    shown = shown_in_room(STORED, SURVEY, on_phones=False)
    assert [answer.reservation for answer in shown.confirmations] == ["not in December", ""]
    assert [answer.answer for answer in shown.confirmations] == ["with-reservation"] * 2


def test_phones_read_no_words_of_what_was_agreed_elsewhere() -> None:
    here, before = shown_in_room(STORED, SURVEY, on_phones=True).agreements
    assert here.limits == "in this quarter"
    assert (before.decides, before.limits, before.note) == ("po", "", "")


def test_an_answer_to_no_agreement_of_the_squad_is_not_shown() -> None:
    stray = confirmation(agreement_id=UUID(int=10**9))
    shown = shown_in_room(replace(STORED, confirmations=(stray,)), SURVEY, on_phones=False)
    assert shown.confirmations == ()


def test_before_the_reveal_a_room_shows_no_answer() -> None:
    shown = shown_in_room(STORED, ELSEWHERE, on_phones=False)
    assert (shown.assessments, shown.votes) == ((), ())

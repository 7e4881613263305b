"""What a room reads of its votes, its agreements and its actions."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from assessment.access.invitations import revealed
from assessment.content.edition import edition_in
from assessment.content.loading import shipped_framework
from assessment.model import Agreement, Confirmation
from assessment.rounds.room_records import RoomRecords
from assessment.wording.room import may_tell, question_of, voted_lines, what_happened
from tests.builders import action, agreement, confirmation, gathering, setup, vote
from tests.expected import french

NOW = datetime(2026, 11, 9, 9, 30, tzinfo=UTC)
SURVEY = revealed(gathering(privacy="open"), voices=5, now=NOW)
ON_CUT, ON_BETS = (
    agreement(survey=SURVEY.id, decision=of, saved_at=NOW, agreed_on=NOW.date())
    for of in ("cut", "bets")
)


def records(**fields: Any) -> RoomRecords:
    return RoomRecords(
        shipped_framework(), SURVEY, voices=5, cast={}, now=NOW, setups=(setup(),), **fields
    )


def answered(of: Agreement, **answers: str) -> list[Confirmation]:
    return [
        confirmation(agreement_id=of.id, role=role, answer=answer)
        for role, answer in answers.items()
    ]


def test_what_happened_names_an_agreement_by_itself_only_where_something_stands_against_it() -> (
    None
):
    holds = answered(ON_CUT, po="agreed", tl="agreed")
    reserved = answered(ON_CUT, po="agreed", tl="with-reservation")
    waits = answered(ON_BETS, po="agreed")

    def happened(*agreed: Agreement, by: list[Confirmation]) -> tuple[str, ...]:
        room = records(squad_agreements=agreed, confirmations=tuple(by))
        return what_happened(edition_in("en"), room)

    agreed = "1 decision agreed on: What is cut"
    assert happened(by=[]) == ("No decision agreed on",)
    assert happened(ON_CUT, by=holds) == (agreed,)
    assert happened(ON_CUT, by=reserved) == (
        agreed,
        "What is cut · Tech Lead: agrees, with a reservation",
    )
    assert happened(ON_CUT, ON_BETS, by=holds + waits) == (
        agreed,
        "Bets · waiting for the Tech Lead",
    )


def test_a_room_that_decided_nothing_is_not_told_what_is_overdue_from_before() -> None:
    late = action(due_on=date(2026, 11, 8), note="words of the squad")

    assert may_tell(records(actions=(late,))) == []
    assert may_tell(records(actions=(late,), squad_agreements=(ON_CUT,))) == [late.without_texts]


def test_what_is_overdue_from_before_is_told_though_all_that_the_room_decided_is_done() -> None:
    late = action(due_on=date(2026, 11, 8), lever="restate-vision")
    decided = action(saved_at=NOW, decided_on=NOW.date(), status="done", ended_on=NOW.date())

    assert may_tell(records(actions=(late, decided))) == [late.without_texts]


def test_votes_stand_by_decision_and_number_with_most_named_first() -> None:
    # Bets come before what is cut in the framework.
    votes = [
        *(vote(decision="cut", pass_number=2, named=(who,)) for who in ("po", "unclear", "po")),
        vote(decision="cut", pass_number=1, named=("pm",)),
        vote(decision="bets", pass_number=2, named=("nobody",)),
    ]

    assert voted_lines(edition_in("en"), votes) == (
        "Bets, vote 2: Nobody (1)",
        "What is cut, vote 1: PM (1)",
        "What is cut, vote 2: PO (2) and I don't know (1)",
    )
    assert voted_lines(edition_in("fr"), votes[:3]) == (
        french("Ce que l'on coupe, vote 2 : PO (2) et Je ne sais pas (1)"),
    )


def test_a_decision_is_asked_as_it_is_and_a_vote_asks_as_it_should_be() -> None:
    first, again = (
        question_of(edition_in("en"), "decision", "cut", is_again=is_again)
        for is_again in (False, True)
    )

    assert first[0] == "Who really decides this today?"
    assert again == ("After talking it over: who should have the last word?", first[1])

"""What a room reads of its votes, in both languages."""

from __future__ import annotations

from assessment.content.edition import edition_in
from assessment.wording.room import question_of, voted_lines
from tests.builders import vote
from tests.expected import french


def test_votes_stand_by_decision_and_number_with_most_named_first() -> None:
    # The first answers were the first vote; bets come before what is cut in the framework.
    votes = [
        *(vote(decision="cut", pass_number=2, named=(who,)) for who in ("po", "unclear", "po")),
        vote(decision="cut", pass_number=1, named=("pm",)),
        vote(decision="bets", pass_number=2, named=("nobody",)),
    ]

    assert voted_lines(edition_in("en"), votes) == (
        "Bets, vote 3: Nobody (1)",
        "What is cut, vote 2: PM (1)",
        "What is cut, vote 3: PO (2) and I don't know (1)",
    )
    assert voted_lines(edition_in("fr"), votes[:3]) == (
        french("Ce que l'on coupe, vote 3 : PO (2) et Je ne sais pas (1)"),
    )


def test_a_decision_is_asked_as_it_is_and_a_vote_asks_as_it_should_be() -> None:
    first, again = (
        question_of(edition_in("en"), "decision", "cut", is_again=is_again)
        for is_again in (False, True)
    )

    assert first[0] == "Who really decides this today?"
    assert again == ("After talking it over: who should have the last word?", first[1])

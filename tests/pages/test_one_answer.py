"""What stands for a browser in a session: the same for one purpose, another for each other."""

from __future__ import annotations

from hashlib import sha256
from uuid import UUID

import pytest

from assessment.ui.rounds import one_answer
from assessment.ui.rounds.one_answer import answering, browser_in, voter_of_browser

SURVEY = UUID(int=7)


@pytest.fixture(autouse=True)
def marked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A browser that carries a token."""
    monkeypatch.setattr(one_answer, "_mark_of_browser", lambda survey_id: survey_id.bytes + b"mark")


def test_a_browser_votes_by_the_id_under_which_its_earlier_vote_is_stored() -> None:
    ballot = "(UUID('00000000-0000-0000-0000-000000000007'), 'sprint-content', 2)"
    stored = sha256(SURVEY.bytes + b"mark" + ballot.encode()).digest()[:16]
    assert voter_of_browser((SURVEY, "sprint-content", 2)) == UUID(bytes=stored)


def test_a_browser_is_another_one_for_each_purpose_and_survey() -> None:
    own = browser_in(SURVEY, "presence")
    assert own == browser_in(SURVEY, "presence")
    assert own != browser_in(SURVEY, "another")
    assert own != browser_in(UUID(int=8), "presence")
    assert own != voter_of_browser((SURVEY, "presence", 0))


def test_the_oldest_answers_are_forgotten_once_there_are_more_than_the_most(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(one_answer, "MOST", 10)
    monkeypatch.setattr(one_answer, "_answered", {})
    for number in range(12):
        with answering(UUID(int=number)) as is_first:
            assert is_first
        first = max(0, number - 9)  # of the ten that are remembered
        remembered = [UUID(int=kept).bytes + b"mark" for kept in range(first, number + 1)]
        assert list(one_answer._answered) == remembered

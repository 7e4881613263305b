"""What a page shows: a round, those before it, and a draft as a round of its own."""

from __future__ import annotations

from datetime import date

from assessment.framework import shipped_framework
from assessment.model import DeepAnswers
from assessment.results import draft_result, result_of
from assessment.rounds import History
from tests.builders import assessment
from tests.deep_examples import deep, setup, told
from tests.examples import EXAMPLE_1

FRAMEWORK = shipped_framework()
TODAY = date(2026, 11, 3)


def test_a_result_knows_the_round_before_and_the_deep_check_before() -> None:
    saved = [
        told(assessed_on=date(2026, 9, 3), deep=deep(deciders={"bets": ("pm",)})),
        assessment(assessed_on=date(2026, 10, 3)),
        assessment(assessed_on=TODAY),
    ]
    history = History(FRAMEWORK, saved, "month")
    september, october, november = history.rounds("Atlas")

    found = result_of(history, "Atlas", november.period)

    assert (found.round, found.before, found.told_before) == (november, october, september)


def test_a_draft_of_the_deep_check_is_read_for_the_setup_it_is_given() -> None:
    answers = deep(deciders={"sprint-content": ("pm",)})

    assumed = draft_result(FRAMEWORK, EXAMPLE_1, today=TODAY, deep=answers)
    with_setup = draft_result(FRAMEWORK, {}, today=TODAY, deep=answers, setup=setup("pm"))

    assert assumed.round.scores.overall == 100
    assert assumed.round.deep.who_decides.fit("daily") == 0
    assert with_setup.round.deep.who_decides.fit("daily") == 100
    assert with_setup.round.last_day == TODAY
    assert with_setup.told_before is None


def test_a_draft_without_deep_answers_has_no_deep_result() -> None:
    assert not draft_result(FRAMEWORK, EXAMPLE_1, today=TODAY).round.deep
    assert not draft_result(FRAMEWORK, EXAMPLE_1, today=TODAY, deep=DeepAnswers()).round.deep


def test_drafts_that_differ_in_any_part_are_told_apart() -> None:
    answers = deep(deciders={"bets": ("pm",)})
    identities = [
        draft_result(FRAMEWORK, {}, today=TODAY).identity,
        draft_result(FRAMEWORK, EXAMPLE_1, today=TODAY).identity,
        draft_result(FRAMEWORK, {}, today=TODAY, deep=answers).identity,
        draft_result(FRAMEWORK, {}, today=TODAY, deep=answers, setup=setup("pm")).identity,
    ]

    assert len(set(identities)) == 4
    assert draft_result(FRAMEWORK, {}, today=TODAY, deep=answers).identity == identities[2]

"""What a page shows: a round, those before it, and a draft as a round of its own."""

from __future__ import annotations

from datetime import date

from assessment.content.edition import edition_in
from assessment.content.loading import shipped_framework
from assessment.model import DeepAnswers
from assessment.model.period import Period
from assessment.rounds.history import History
from assessment.rounds.leadership import summary_of
from assessment.rounds.results import comparison_of, draft_result, result_of
from assessment.wording.verdicts import result_verdict
from tests.builders import action, assessment
from tests.deep_examples import deep, deep_only, setup
from tests.examples import EXAMPLE_1

FRAMEWORK = shipped_framework()
TODAY = date(2026, 11, 3)


def test_a_result_knows_the_round_before_and_the_deep_check_before() -> None:
    saved = [
        deep_only(assessed_on=date(2026, 9, 3), deep=deep(deciders={"bets": ("pm",)})),
        assessment(assessed_on=date(2026, 10, 3)),
        assessment(assessed_on=TODAY),
    ]
    history = History(FRAMEWORK, saved, "month")
    september, october, november = history.rounds("Atlas")

    result = result_of(history, "Atlas", november.period)

    assert (result.round, result.before, result.deep_before) == (november, october, september)


def test_a_draft_is_a_round_of_its_own_and_told_apart_by_its_answers() -> None:
    draft = draft_result(FRAMEWORK, EXAMPLE_1, today=TODAY)

    assert draft.round.scores.overall == 100
    assert draft.round.last_day == TODAY
    assert not draft.round.deep
    assert draft.identity == draft_result(FRAMEWORK, dict(EXAMPLE_1), today=TODAY).identity
    assert draft.identity != draft_result(FRAMEWORK, {}, today=TODAY).identity


def test_a_result_tells_who_decides_once_an_answer_counts() -> None:
    no_em = setup("pm", "po", seats={"pm": "own", "po": "own"})
    answered = deep(deciders={"bets": ("pm",)})
    left_out = deep(deciders={"slicing": ("em",)})
    other_lens = deep(options={"shared-cycle": "yes"})
    histories = [
        History(FRAMEWORK, [deep_only(deep=given)], "month", [no_em])
        for given in (answered, left_out, other_lens)
    ]

    assert [
        result_of(history, "Atlas", history.rounds("Atlas")[0].period).tells_who_decides
        for history in histories
    ] == [True, False, False]
    assert not draft_result(FRAMEWORK, EXAMPLE_1, today=TODAY).tells_who_decides


def test_a_setup_changes_what_a_result_is_drawn_from() -> None:
    # Stores give another version once a setup is saved; the result carries it on.
    saved = [deep_only(deep=deep(deciders={"sprint-content": ("pm",)}))]
    before = History(FRAMEWORK, saved, "month", version=1)
    after = History(FRAMEWORK, saved, "month", [setup("pm")], version=2)
    period = before.rounds("Atlas")[0].period

    results = [result_of(history, "Atlas", period) for history in (before, after)]

    assert [result.round.deep.who_decides.fit("daily") for result in results] == [0, 100]
    assert results[0].identity != results[1].identity


AHEAD = date(2027, 2, 8)
OCTOBER, NOVEMBER = (Period(2026, month, "month") for month in (10, 11))


def history_with_a_check_ahead() -> History:
    """Atlas scored in October, deep in November; Borea scored in November; both in February."""
    checks = [
        assessment(squad="Atlas", assessed_on=date(2026, 10, 5)),
        deep_only(squad="Atlas", assessed_on=TODAY, deep=deep(deciders={"bets": ("pm",)})),
        assessment(squad="Borea", assessed_on=TODAY),
        *(assessment(squad=squad, assessed_on=AHEAD) for squad in ("Atlas", "Borea")),
    ]
    return History(FRAMEWORK, checks, "month")


def test_a_result_is_not_past_for_a_check_ahead_nor_leads_to_its_scores() -> None:
    history = history_with_a_check_ahead()
    actions = [action(squad="Atlas", decided_on=date(2026, 10, 10))]

    shown, later, of_then = (
        result_of(history, "Atlas", period, actions, today=today)
        for period, today in (
            (NOVEMBER, TODAY),
            (NOVEMBER, AHEAD),
            (Period(2027, 2, "month"), TODAY),
        )
    )

    assert (shown.is_past, later.is_past, of_then.is_past) == (False, True, False)
    assert shown.last_scored is history.at("Atlas", OCTOBER)
    assert shown.quarter == Period(2026, 4, "quarter")
    assert later.last_scored is history.at("Atlas", Period(2027, 2, "month"))
    assert later.quarter is None
    changes = [result.decided[0].since for result in (shown, later)]
    assert [since and since.now.last_day for since in changes] == [TODAY, AHEAD]


def test_squads_have_no_later_check_in_one_ahead_nor_their_last_scores() -> None:
    history, squads = history_with_a_check_ahead(), ("Atlas", "Borea")

    for told in (comparison_of, summary_of):
        shown = told(history, squads, NOVEMBER, today=TODAY).elsewhere
        later = told(history, squads, NOVEMBER, today=AHEAD).elsewhere
        assert shown.later == ()
        assert [last.period for last in shown.last_scored] == [OCTOBER]
        assert shown.by_quarter == 1
        assert [last.last_day for last in (*later.later, *later.last_scored)] == [AHEAD] * 3
        assert later.by_quarter == 0
        (absent,) = told(history, squads, OCTOBER, today=TODAY).absent
        assert absent.last_day == TODAY


def test_a_comparison_knows_which_squads_took_the_deep_check() -> None:
    saved = [
        assessment(squad="Atlas"),
        deep_only(squad="Dune", deep=deep(deciders={"bets": ("pm",)})),
    ]
    history = History(FRAMEWORK, saved, "month")
    period = history.rounds("Atlas")[0].period

    comparison = comparison_of(history, ("Atlas", "Dune"), period)

    assert [unit.squad for unit in comparison.deep_rounds] == ["Dune"]


def test_without_the_quick_check_the_verdict_says_who_decides_or_the_lenses() -> None:
    who = deep(deciders={"sprint-content": ("pm",), "priority-segment": ("pm",)})
    rhythm = deep(options={"shared-cycle": "yes", "shared-capacity": "partly"})
    sign = deep(signs={"days-to-arbitrate": 3.0})
    unknown = dict.fromkeys(EXAMPLE_1, "unknown")

    def verdict(answers: dict[str, str], answered: DeepAnswers) -> str:
        history = History(FRAMEWORK, [deep_only(answers=answers, deep=answered)], "month")
        period = history.rounds("Atlas")[0].period
        return result_verdict(edition_in("en"), result_of(history, "Atlas", period))

    fits = (
        "Decisions sit with the expected roles most at “Vision”, "
        "least at “Daily product decisions”."
    )
    assert verdict({}, who) == verdict(unknown, who) == fits
    assert verdict({}, rhythm) == "In “Rhythm”, start with “Real capacity shared”."
    assert verdict({}, sign).startswith("Too few questions answered to say")
    assert verdict(EXAMPLE_1, who) == "The rules are clear and decisions are fluid at every level."

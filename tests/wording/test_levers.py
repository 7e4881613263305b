"""How levers stand to the headline, and what is said of those that are done already."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest

from assessment.access.invitations import answer_as_stored, revealed
from assessment.content.edition import edition_in
from assessment.content.loading import shipped_framework
from assessment.languages import LANGUAGES
from assessment.model import Action, Assessment
from assessment.rounds.history import History
from assessment.rounds.leadership import summary_of
from assessment.rounds.results import result_of
from assessment.wording.briefing import SquadPart
from assessment.wording.overview import Overview
from assessment.wording.trends import SquadsTrend, SquadTrend
from tests.builders import action, assessment, deep_assessment, gathering, setup
from tests.examples import EXAMPLE_1, EXAMPLE_3, NEITHER, sheet
from tests.expected import french

FRAMEWORK = shipped_framework()
ON_THE_CAUSE = "Acts on the verdict's cause."
EN, FR = edition_in("en"), edition_in("fr")
TODAY = date(2026, 12, 1)
SEEN = datetime(2026, 11, 10, 9, 30, tzinfo=UTC)
NOT_FIRST = EXAMPLE_1 | {"mandates-clear": "no", "vision-not-restated": "often"}
"""Mandates lose 70 points over the five levels, the vision 42; yet the vision alone is weak."""
PM_MISSING = dict.fromkeys(("pm-writes-tickets", "pm-runs-sprint"), "not-applicable") | (
    dict.fromkeys(
        ("discovery-squeezed", "questions-queue", "late-scope", "unclear-rework"), "not-seen"
    )
)
"""No answer tells what a PM does, and the signals of a missing PO are not seen."""


def part_of(
    *saved: Assessment, actions: tuple[Action, ...] = (), language: str = "en"
) -> SquadPart:
    history = History(FRAMEWORK, saved, "month")
    period = history.rounds("Atlas")[-1].period
    return SquadPart(edition_in(language), result_of(history, "Atlas", period, actions), TODAY)


def test_the_first_lever_says_that_it_acts_on_the_headlines_cause() -> None:
    part = part_of(assessment(answers=EXAMPLE_3))
    assert part.verdict.startswith("Urgent requests")
    assert part.levers[0].lever == "single-channel"
    assert [lever.relation for lever in part.levers] == [
        "Acts on the verdict's cause.",
        "",
        "",
    ]


@pytest.mark.parametrize(
    ("decided", "english", "in_french"),
    [
        ({"owner": "cpo"}, "CPO", "CPO"),
        ({"owner": "cpo", "owner_name": "Émile"}, "CPO (Émile)", "CPO (Émile)"),
        ({"owner": None}, "PM", "PM"),
        ({"owner": "cpo", "status": "dropped", "ended_on": TODAY}, "PM", "PM"),
        ({"owner": "cpo", "lever": "write-mandates"}, "PM", "PM"),
    ],
    ids=["a role", "a person", "nobody named", "dropped", "another lever"],
)
def test_whose_move_a_lever_is_follows_from_the_action_that_took_it_on(
    decided: Mapping[str, object], english: str, in_french: str
) -> None:
    taken = action(**{"lever": "single-channel", "due_on": None} | dict(decided))
    check = assessment(answers=EXAMPLE_3)
    history = History(FRAMEWORK, [check], "month")
    (shown,) = history.rounds("Atlas")
    summary = summary_of(history, ["Atlas"], shown.period, [taken])

    for language, owners in (("en", english), ("fr", in_french)):
        assert part_of(check, actions=(taken,), language=language).levers[0].owners == owners
        assert Overview(edition_in(language), summary, TODAY).levers[0].owners == owners


@pytest.mark.parametrize(
    ("seats", "language", "relation"),
    [
        (
            {"pm": "own", "po": "own"},
            "en",
            "The PO seat is held: give back to it what the PM does in its place.",
        ),
        (
            {"pm": "own", "po": "own"},
            "fr",
            "Le siège de PO est tenu : rendez-lui ce que le PM fait à sa place.",
        ),
        ({"pm": "own", "po": "same-as-pm"}, "en", ""),
        ({"pm": "own"}, "en", ""),
    ],
)
def test_a_lever_that_fills_a_seat_says_where_that_is_held(
    seats: dict[str, str], language: str, relation: str
) -> None:
    answers = EXAMPLE_1 | {"pm-writes-tickets": "sometimes", "late-scope": "often"}
    seated = setup(since=date(2026, 1, 1), seats=seats)
    history = History(FRAMEWORK, [assessment(answers=answers)], "month", [seated])
    period = history.rounds("Atlas")[-1].period
    part = SquadPart(edition_in(language), result_of(history, "Atlas", period), TODAY)

    (lever,) = [lever for lever in part.levers if lever.lever == "seat-a-po"]
    assert lever.relation == (french(relation) if language == "fr" else relation)


@pytest.mark.parametrize(
    ("language", "acts"),
    [("en", "Acts on the verdict's cause."), ("fr", "Agit sur la cause du verdict.")],
)
def test_where_the_first_lever_is_about_something_else_a_later_one_says_that_it_acts_on_the_cause(
    language: str, acts: str
) -> None:
    part = part_of(assessment(answers=NOT_FIRST), language=language)
    assert [lever.lever for lever in part.levers] == ["write-mandates", "restate-vision"]
    assert [lever.relation for lever in part.levers] == ["", acts]


def test_a_lever_done_before_a_check_that_still_shows_it_is_proposed_again_in_its_place() -> None:
    before = assessment(answers=EXAMPLE_3, assessed_on=date(2026, 10, 3))
    after = assessment(answers=EXAMPLE_3, assessed_on=date(2026, 11, 3))
    done = action(status="done", decided_on=date(2026, 10, 4), ended_on=date(2026, 10, 20))
    part = part_of(before, after, actions=(done,))
    assert [lever.lever for lever in part.levers] == [
        "single-channel",
        "decide-in-rituals",
        "write-mandates",
    ]
    assert part.levers[0].relation == (
        "Acts on the verdict's cause. "
        "Done once, on 20\u00a0Oct\u00a02026; this check still points to it."
    )
    assert part.levers_done == ()
    sentence = part_of(before, after, actions=(done,), language="fr").levers[0].relation
    assert sentence.endswith(
        "Déjà fait une fois, le 20\u00a0oct.\u00a02026\u202f; ce diagnostic le désigne encore."
    )


@pytest.mark.parametrize(("ended", "again"), [(2, True), (3, False), (4, False)])
def test_a_lever_is_done_until_a_check_begins_after_the_day_it_was_done(
    ended: int, again: bool
) -> None:
    done = action(status="done", decided_on=date(2026, 11, 1), ended_on=date(2026, 11, ended))
    part = part_of(assessment(answers=EXAMPLE_3, assessed_on=date(2026, 11, 3)), actions=(done,))
    assert (part.levers[0].lever == "single-channel") == again
    assert len(part.levers_done) == (not again)


def test_a_lever_done_within_the_round_is_told_with_its_day() -> None:
    before = assessment(answers=EXAMPLE_3, assessed_on=date(2026, 10, 3))
    after = assessment(answers=EXAMPLE_3 | {"rituals-decide": "yes"})
    done = action(status="done", decided_on=date(2026, 10, 4), ended_on=after.assessed_on)
    part = part_of(before, after, actions=(done,))
    assert [lever.lever for lever in part.levers] == ["write-mandates"]
    (sentence,) = part.levers_done
    assert sentence == (
        "“Open one channel for urgent requests”: done on 3\u00a0Nov\u00a02026; it takes a later "
        "check to show what moved."
    )


def test_a_lever_done_after_the_last_check_waits_for_the_next_one() -> None:
    done = action(status="done", ended_on=date(2026, 11, 20))
    part = part_of(assessment(answers=EXAMPLE_3), actions=(done,))
    assert [lever.lever for lever in part.levers] == ["decide-in-rituals", "write-mandates"]
    (sentence,) = part.levers_done
    assert sentence.endswith(
        "done on 20\u00a0Nov\u00a02026; it takes a later check to show what moved."
    )


def test_a_lever_that_is_open_again_is_no_longer_told_as_done() -> None:
    done = action(status="done", ended_on=date(2026, 11, 20))
    part = part_of(assessment(answers=EXAMPLE_3), actions=(done, action()))
    assert part.levers[0].lever == "single-channel"
    assert part.levers_done == ()


def test_where_every_lever_is_done_it_is_said_and_nothing_is_called_healthy() -> None:
    answers = EXAMPLE_1 | {"single-channel": "no"}
    done = action(status="done", ended_on=date(2026, 11, 20))
    part = part_of(assessment(answers=answers), actions=(done,))
    assert part.levers == ()
    assert part.no_lever.startswith("Every lever that would help is done already")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("healthy_but_for", [{}, {"single-channel": "no"}])
def test_a_period_told_alone_promises_no_later_check(
    healthy_but_for: dict[str, str], language: str
) -> None:
    # A link to one period hides what came later, so nobody can say what the next check shows.
    saved = [assessment(squad=name, answers=EXAMPLE_1 | healthy_but_for) for name in ("A", "B")]
    done = [action(squad=name, status="done", ended_on=date(2026, 11, 20)) for name in ("A", "B")]
    history = History(FRAMEWORK, saved, "month")
    (period,) = history.periods(history.squads)
    edition = edition_in(language)
    part = SquadPart(edition, result_of(history, "A", period, done), TODAY)
    both = Overview(edition, summary_of(history, history.squads, period, done), TODAY)
    trend = SquadTrend(edition, history, "A", done, TODAY)
    trends = SquadsTrend(edition, history, history.squads)

    sentences = [*part.levers_done, part.no_lever, both.no_lever, both.movement]
    sentences += [trend.finding, trend.compared_note, trends.finding()]
    assert not re.search(r"\bnext (check|one)|again to see|prochains? ", " ".join(sentences))


@pytest.mark.parametrize(
    ("answers", "now", "then"),
    [
        (
            EXAMPLE_1,
            "No lever to pull: every answer is healthy. Check again next month.",
            "No lever to pull: every answer is healthy.",
        ),
        (
            {"late-scope": "often"},
            "Answer a few more questions: levers are ranked once three levels are scored.",
            "No lever: these answers score fewer than three levels.",
        ),
    ],
)
def test_of_an_earlier_period_nothing_is_asked_that_came_since(
    answers: Mapping[str, str], now: str, then: str
) -> None:
    checks = [assessment(assessed_on=date(2026, month, 3), answers=answers) for month in (10, 11)]
    history = History(FRAMEWORK, checks, "month")
    october, november = (
        SquadPart(EN, result_of(history, "Atlas", shown.period), TODAY)
        for shown in history.rounds("Atlas")
    )
    assert (october.no_lever, november.no_lever) == (then, now)


def test_a_deep_session_of_the_same_month_leaves_a_check_its_levers() -> None:
    held = revealed(gathering(opened_on=date(2026, 11, 10)), voices=5, now=SEEN)
    checks = [assessment(assessed_on=date(2026, month, 3)) for month in (10, 11)]
    voices = [answer_as_stored(deep_assessment(answers={}), held) for _ in range(5)]
    whole = History(FRAMEWORK, [*checks, *voices], "month", surveys=[held])
    alone = History(FRAMEWORK, checks, "month")
    part, without = (
        SquadPart(EN, result_of(history, "Atlas", history.rounds("Atlas")[-1].period), TODAY)
        for history in (whole, alone)
    )

    assert (part.is_deep_only, part.last_scored, part.ways_to_scores) == (False, "", ())
    assert part.levers
    assert [one.lever for one in part.levers] == [one.lever for one in without.levers]
    assert part.no_lever == ""


def test_a_lever_that_a_squad_did_since_its_check_helps_the_others_alone() -> None:
    saved = [assessment(squad=name, answers=EXAMPLE_3) for name in ("Atlas", "Boréal", "Cobalt")]
    history = History(FRAMEWORK, saved, "month")
    (period,) = history.periods(history.squads)

    def gains(**changes: object) -> dict[str, str]:
        summary = summary_of(history, history.squads, period, (action(status="done", **changes),))
        part = Overview(edition_in("en"), summary, TODAY)
        return {lever.lever: lever.gain for lever in part.levers}

    since = gains(ended_on=date(2026, 11, 20))
    # 46 points lost over five levels through the channel, in two squads; 39 through rituals, in 3.
    assert next(iter(since)) == "decide-in-rituals"
    assert since["single-channel"] == (
        "2 squads · typically +9 points on the mean of the levels · acts on the verdict's cause."
    )
    assert since["decide-in-rituals"] == "3 squads · typically +8 points on the mean of the levels."
    # A check made after it still shows it.
    before = gains(decided_on=date(2026, 10, 4), ended_on=date(2026, 10, 20))
    assert before["single-channel"].startswith(
        "3 squads · typically +9 points on the mean of the levels"
    )


@pytest.mark.parametrize(
    ("answer", "changes", "said", "lever", "relation"),
    [
        ("yes", NEITHER, "the pm and po seats", "protect-the-sprint", ON_THE_CAUSE),
        ("no", NEITHER, "the pm and po seats", "write-mandates", ON_THE_CAUSE),
        ("yes", PM_MISSING, "a pm is missing", "seat-a-pm", ON_THE_CAUSE),
        ("no", PM_MISSING, "a pm is missing", "seat-a-pm", ""),
    ],
    ids=["both lead", "both follow the mandates", "the PM leads", "the PM follows the mandates"],
)
def test_behind_seats_that_lead_the_verdict_stand_the_signals_that_show_them(
    answer: str, changes: Mapping[str, str], said: str, lever: str, relation: str
) -> None:
    part = part_of(assessment(answers=sheet(answer, "often", changes)))
    verdict = part.verdict.casefold()
    assert said in verdict
    assert verdict.startswith(said) == (answer == "yes")
    assert (part.levers[0].lever, part.levers[0].relation) == (lever, relation)


def test_seen_from_an_earlier_check_a_lever_done_since_is_told_with_what_moved() -> None:
    before = assessment(answers=EXAMPLE_3, assessed_on=date(2026, 10, 3))
    after = assessment(answers=EXAMPLE_3 | {"rituals-decide": "yes"})
    done = action(status="done", decided_on=date(2026, 10, 4), ended_on=date(2026, 10, 20))
    history = History(FRAMEWORK, [before, after], "month")
    earlier = history.rounds("Atlas")[0].period
    part = SquadPart(edition_in("en"), result_of(history, "Atlas", earlier, (done,)), TODAY)
    assert [lever.lever for lever in part.levers] == ["decide-in-rituals", "write-mandates"]
    # Arbitration is shown at 45, then at 64: 500/11 and 700/11. Daily gains 1/17, delivery 1/15.
    assert part.levers_done == (
        "“Open one channel for urgent requests”: done on 20\u00a0Oct\u00a02026. "
        "Since then: Arbitration +19, no clear change at Daily and Delivery (1 voice, then 1).",
    )

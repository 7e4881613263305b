"""Where no level has a score both times nothing is called unchanged: there is nothing to say."""

from __future__ import annotations

from datetime import date

import pytest

from assessment.content.edition import Edition, edition_in
from assessment.content.loading import shipped_framework
from assessment.languages import BLANK
from assessment.model.period import Period
from assessment.rounds.history import History
from assessment.rounds.leadership import summary_of
from assessment.wording.briefing import SquadPart
from assessment.wording.overview import Overview
from assessment.wording.trends import SquadsTrend, SquadTrend, trend_of
from tests.builders import assessment, deep_assessment
from tests.deep_examples import deep_only
from tests.examples import EXAMPLE_1
from tests.expected import french

FRAMEWORK = shipped_framework()
EN, FR = edition_in("en"), edition_in("fr")
OCTOBER, NOVEMBER = date(2026, 10, 3), date(2026, 11, 3)
TODAY = date(2026, 11, 28)
TOO_FEW = {"mandates-clear": "yes", "rituals-decide": "yes"}
"""Two answers of fourteen score no level."""

NOTHING = "Nothing to compare: no level has a score both times."


def hardly_answered(*squads: str) -> History:
    checks = [
        assessment(squad=squad, assessed_on=day, answers=TOO_FEW)
        for squad in squads
        for day in (OCTOBER, NOVEMBER)
    ]
    return History(FRAMEWORK, checks, "month")


def test_the_overview_and_trends_of_several_squads_say_that_nothing_can_be_compared() -> None:
    history = hardly_answered("Atlas", "Borea")
    summary = summary_of(history, history.squads, Period.of(TODAY, "month"))
    trend = trend_of(EN, history, history.squads, [], today=TODAY)
    assert isinstance(trend, SquadsTrend)

    assert Overview(EN, summary, TODAY).movement == NOTHING
    assert trend.finding("vision") == (
        "Vision: nothing to compare, since no squad has a score both times."
    )


def test_a_period_that_nobody_answered_is_not_told_as_changes_on_no_voices() -> None:
    checks = [
        deep_assessment(assessed_on=OCTOBER),
        assessment(assessed_on=NOVEMBER, answers={"mandates-clear": "unknown"}),
    ]
    history = History(FRAMEWORK, checks, "month")
    summary = summary_of(history, history.squads, Period.of(TODAY, "month"))
    overview = Overview(EN, summary, TODAY)
    never_scored = History(FRAMEWORK, [deep_only(assessed_on=OCTOBER), checks[1]], "month")
    once, trend = (
        trend_of(EN, shown, ["Atlas"], [], today=TODAY) for shown in (history, never_scored)
    )
    assert isinstance(once, SquadTrend)
    assert isinstance(trend, SquadTrend)
    assert trend.since is not None

    up_to_now = (
        "Up to November 2026 one check has scores: it takes a second one to show what moved."
    )
    part = SquadPart(EN, summary.results[0], TODAY)
    assert [part.changes_note, overview.movement, once.finding] == [up_to_now] * 3
    assert [row.about[1] for row in overview.rows] == ["nothing to compare"]
    assert once.since is None
    assert (trend.since.text, trend.since.behind) == (
        "From October 2026 to November 2026",
        (NOTHING,),
    )


ONE_LEVEL = dict.fromkeys(("mandates-clear", "rituals-decide", "single-channel"), "yes")
"""By hand: arbitration alone has half of its weights answered (7 of 11)."""


@pytest.mark.parametrize(
    ("edition", "sentence"),
    [
        (
            EN,
            "No clear change since October 2026 (1 voice, then 1). 4 of 5 levels cannot be "
            "compared.",
        ),
        (
            FR,
            french(
                "Pas de changement net depuis octobre 2026 (1 voix, puis 1). 4 niveaux sur 5 ne "
                "peuvent pas être comparés."
            ),
        ),
    ],
)
def test_levels_without_a_score_are_not_called_unchanged(edition: Edition, sentence: str) -> None:
    checks = [
        assessment(assessed_on=OCTOBER, answers=EXAMPLE_1),
        assessment(assessed_on=NOVEMBER, answers=ONE_LEVEL),
    ]
    history = History(FRAMEWORK, checks, "month")
    summary = summary_of(history, history.squads, Period.of(TODAY, "month"))
    trend = trend_of(edition, history, ["Atlas"], [], today=TODAY)
    assert isinstance(trend, SquadTrend)
    assert trend.change_picture is not None

    assert trend.finding == sentence
    assert trend.change_picture.cells()[edition.words.gettext("Change")].tolist().count(BLANK) == 4
    assert "that can be compared" in Overview(EN, summary, TODAY).movement


def test_in_french_no_month_stands_behind_a_bare_de() -> None:
    trend = trend_of(FR, hardly_answered("Atlas"), ["Atlas"], [], today=TODAY)
    assert isinstance(trend, SquadTrend)
    assert trend.since is not None

    assert trend.caption == "Atlas · 2 périodes · octobre 2026 à novembre 2026"
    assert trend.since.text.startswith("Entre octobre 2026 et novembre 2026")


def test_a_squads_trend_says_so_too() -> None:
    trend = trend_of(EN, hardly_answered("Atlas"), ["Atlas"], [], today=TODAY)
    assert isinstance(trend, SquadTrend)
    assert trend.since is not None

    assert trend.finding == NOTHING
    assert trend.since.behind == (NOTHING,)
    assert trend.change_picture is None


def test_deep_checks_of_different_levels_have_no_fit_to_compare() -> None:
    checks = [
        deep_assessment(assessed_on=day, answers={}, deep={"deciders": {decision: ("cpo",)}})
        for day, decision in ((OCTOBER, "priority-segment"), (NOVEMBER, "sprint-content"))
    ]
    trend = trend_of(EN, History(FRAMEWORK, checks, "month"), ["Atlas"], [], today=TODAY)
    assert isinstance(trend, SquadTrend)
    assert trend.fit_since is not None

    assert trend.fit_since.behind == (
        "Nothing to compare: the deep checks asked who decides at other levels.",
    )


@pytest.mark.parametrize("squads", [("Atlas",), ("Atlas", "Borea")])
@pytest.mark.parametrize(
    ("edition", "sentence"),
    [
        (EN, "No check here has scores: it takes two that do to show what moved."),
        (
            FR,
            french(
                "Ici, aucun diagnostic n'a de scores : il en faut deux qui en aient pour savoir "
                "ce qui a bougé."
            ),
        ),
    ],
)
def test_where_the_only_checks_have_no_scores_a_second_one_is_not_said_to_be_enough(
    edition: Edition, sentence: str, squads: tuple[str, ...]
) -> None:
    checks = [deep_only(squad=squad, assessed_on=NOVEMBER) for squad in squads]
    history = History(FRAMEWORK, checks, "month")
    summary = summary_of(history, squads, Period.of(TODAY, "month"))
    assert Overview(edition, summary, TODAY).movement == sentence
    trend = trend_of(edition, history, squads, [], today=TODAY)
    finding = trend.finding if isinstance(trend, SquadTrend) else trend.finding("vision")
    assert finding == sentence

    scored = assessment(squad="Cobalt", assessed_on=NOVEMBER, answers=EXAMPLE_1)
    history = History(FRAMEWORK, [*checks, scored], "month")
    summary = summary_of(history, [*squads, "Cobalt"], Period.of(TODAY, "month"))
    assert Overview(EN, summary, TODAY).movement == (
        "One check per squad here: it takes a second one to show what moved."
    )


@pytest.mark.parametrize("once", [(), ("Cobalt",)])
@pytest.mark.parametrize(
    ("edition", "sentence"),
    [
        (EN, "No squad counted here has two checks with scores: it takes two to show what moved."),
        (
            FR,
            french(
                "Aucune squad comptée ici n'a deux diagnostics avec des scores : il en faut deux "
                "pour savoir ce qui a bougé."
            ),
        ),
    ],
)
def test_a_squad_whose_last_check_alone_lacks_scores_is_not_said_to_have_none(
    edition: Edition, sentence: str, once: tuple[str, ...]
) -> None:
    checks = [
        check
        for squad in ("Atlas", "Borea")
        for check in (
            assessment(squad=squad, assessed_on=OCTOBER, answers=EXAMPLE_1),
            deep_only(squad=squad, assessed_on=NOVEMBER),
        )
    ]
    checks += [deep_only(squad=squad, assessed_on=NOVEMBER) for squad in once]
    history = History(FRAMEWORK, checks, "month")
    trend = trend_of(edition, history, history.squads, [], today=TODAY)
    assert isinstance(trend, SquadsTrend)
    assert trend.finding("vision") == sentence

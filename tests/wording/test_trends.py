"""Where the same voices answered both times, trends say that these alone are compared."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from assessment.content.edition import Edition, edition_in
from assessment.content.loading import shipped_framework
from assessment.model import Answers, Assessment
from assessment.model.period import Period
from assessment.rounds.history import History
from assessment.wording.trends import SquadsTrend, SquadTrend, earlier_periods, trend_of
from tests.builders import assessment, sample_assessments
from tests.deep_examples import deep_only
from tests.examples import EXAMPLE_1, WORST
from tests.expected import french

FRAMEWORK = shipped_framework()
EN, FR = edition_in("en"), edition_in("fr")
TODAY = date(2026, 11, 28)


def of_three(now: Mapping[str, str], squad: str = "Atlas") -> list[Assessment]:
    """Ana and Bo at their worst in October, then as given in November, beside Cid at the worst."""
    october = [
        assessment(squad=squad, voice=voice, assessed_on=date(2026, 10, 3), answers=WORST)
        for voice in ("Ana", "Bo")
    ]
    november = [
        assessment(squad=squad, voice=voice, answers=answers)
        for voice, answers in (("Ana", now), ("Bo", now), ("Cid", WORST))
    ]
    return october + november


def test_a_finding_on_the_same_voices_says_so_since_the_line_is_of_all() -> None:
    # Of all three voices November's score is 200 / 3 = 67: no line rises to 100.
    history = History(FRAMEWORK, of_three(EXAMPLE_1), "month")
    trends = [trend_of(edition, history, ["Atlas"], [], today=TODAY) for edition in (EN, FR)]

    assert all(isinstance(trend, SquadTrend) for trend in trends)
    assert [trend.finding for trend in trends] == [
        "Vision rose most since October 2026 (compared on the 2 voices that answered both "
        "times): from 0 to 100.",
        french(
            "Le niveau « Vision » progresse le plus depuis octobre 2026 (d'après les 2 voix "
            "qui ont répondu les deux fois) : de 0 à 100."
        ),
    ]


def test_the_same_voices_without_a_change_are_named_too() -> None:
    history = History(FRAMEWORK, of_three(WORST), "month")

    assert trend_of(EN, history, ["Atlas"], [], today=TODAY).finding == (
        "No clear change since October 2026 (compared on the 2 voices that answered both times)."
    )


def test_a_finding_between_different_voices_says_so_on_its_line() -> None:
    def of(squad: str, later: str) -> list[Assessment]:
        october = assessment(squad=squad, voice="Ana", assessed_on=date(2026, 10, 3), answers=WORST)
        return [october, assessment(squad=squad, voice=later, answers=EXAMPLE_1)]

    history = History(FRAMEWORK, of("Atlas", "Bo") + of("Borea", "Ana"), "month")
    atlas, borea, both = (
        trend_of(EN, history, squads, [], today=TODAY)
        for squads in (["Atlas"], ["Borea"], ["Atlas", "Borea"])
    )
    assert isinstance(both, SquadsTrend)

    assert atlas.finding == (
        "Vision rose most since October 2026 (1 voice, then 1): from 0 to 100."
    )
    assert borea.finding == "Vision rose most since October 2026: from 0 to 100."
    assert both.finding("vision") == (
        "Vision: 2 squads rose and none fell since the previous check; 1 of 2 measured on "
        "different voices."
    )


def test_the_last_round_is_compared_with_that_of_an_earlier_period_where_one_asks() -> None:
    days = (date(2025, 11, 3), date(2026, 8, 3), date(2026, 11, 3))
    checks = [
        assessment(voice=voice, assessed_on=day, answers=answers)
        for day, answers in zip(days, (WORST, EXAMPLE_1, EXAMPLE_1), strict=True)
        for voice in ("Ana", "Bo")
    ]
    history = History(FRAMEWORK, checks, "month")
    year_ago = Period(2025, 11, "month")
    last, since = (
        trend_of(EN, history, ["Atlas"], [], period, today=TODAY) for period in (None, year_ago)
    )
    assert isinstance(last, SquadTrend)
    assert isinstance(since, SquadTrend)

    assert earlier_periods(history, ["Atlas"], today=TODAY) == (Period(2026, 8, "month"), year_ago)
    assert last.finding == "No clear change since August 2026."
    assert since.finding == "Vision rose most since November 2025: from 0 to 100."
    assert since.change_picture is not None
    assert since.change_picture.alt.startswith("From November 2025 to November 2026")
    cells = since.change_picture.table.cells.to_dict("records")
    assert [row["Change"] for row in cells] == ["+100"] * 5
    assert since.identity != last.identity


def test_several_squads_are_compared_with_no_earlier_period() -> None:
    checks = [assessment(squad=squad, assessed_on=date(2026, 8, 3)) for squad in ("Atlas", "Borea")]

    history = History(FRAMEWORK, checks, "month")
    assert earlier_periods(history, ["Atlas", "Borea"], today=TODAY) == ()


def test_several_squads_name_those_of_which_only_the_same_voices_are_compared() -> None:
    others = [
        assessment(squad="Borea", assessed_on=day) for day in (date(2026, 10, 3), date(2026, 11, 3))
    ]
    history = History(FRAMEWORK, of_three(EXAMPLE_1) + others, "month")
    trend, alone = (
        trend_of(EN, history, squads, [], today=TODAY)
        for squads in (["Atlas", "Borea"], ["Borea", "Cobalt"])
    )
    assert isinstance(trend, SquadsTrend)
    assert isinstance(alone, SquadsTrend)

    (row, _) = trend.picture("vision").table.cells.to_dict("records")
    assert (row["Before"], row["Vision"], row["Change"]) == ("0", "67", "+100")
    assert trend.compared == ("For Atlas, changes count only the voices that answered both times.")
    assert alone.compared == ""


@pytest.mark.parametrize(
    ("edition", "key"),
    [
        (
            EN,
            "Grey line: 50 points out of 100; "
            "grey band: range of the score, any one voice left out",
        ),
        (
            FR,
            french(
                "Ligne grise : 50 points sur 100 ; bande grise : le score selon la voix écartée"
            ),
        ),
    ],
)
def test_what_is_grey_is_told_in_one_sentence(edition: Edition, key: str) -> None:
    alone = [assessment(squad="Borea", assessed_on=date(2026, 11, 3), answers=EXAMPLE_1)]
    history = History(FRAMEWORK, [*of_three(EXAMPLE_1), *alone], "month")
    banded = trend_of(edition, history, ["Atlas", "Borea"], [], today=TODAY)
    plain = trend_of(
        edition, History(FRAMEWORK, alone, "month"), ["Borea", "Atlas"], [], today=TODAY
    )

    assert isinstance(banded, SquadsTrend)
    assert banded.key() == key
    assert isinstance(plain, SquadsTrend)
    assert banded.key().startswith(plain.key())
    assert len(plain.key()) < 40
    # Of voices who all say the same no band is to be seen.
    alike = History(FRAMEWORK, [*of_three(WORST), *alone], "month")
    flat = trend_of(edition, alike, ["Atlas", "Borea"], [], today=TODAY)
    assert isinstance(flat, SquadsTrend)
    assert flat.key() == plain.key()


def test_a_squad_that_stopped_does_not_rise_now() -> None:
    def of(squad: str, *months: int) -> list[Assessment]:
        return [
            assessment(squad=squad, assessed_on=date(2026, month, 3), answers=answers)
            for month, answers in zip(months, (WORST, EXAMPLE_1), strict=True)
        ]

    going_on = [saved for squad in ("Atlas", "Borea") for saved in of(squad, 9, 11)]
    history = History(FRAMEWORK, going_on + of("Notify", 2, 5), "month")
    trends = [trend_of(edition, history, history.squads, [], today=TODAY) for edition in (EN, FR)]
    in_english, in_french = (trend for trend in trends if isinstance(trend, SquadsTrend))

    assert in_english.finding("vision").startswith("Vision: 2 squads rose and none fell")
    assert in_english.not_counted == "Not counted, last scored before November 2026: Notify."
    assert in_french.not_counted == french(
        "Non comptée, dernier score avant novembre 2026 : Notify."
    )
    two = History(FRAMEWORK, going_on + of("Echo", 2, 5) + of("Notify", 2, 5), "month")
    of_two = trend_of(FR, two, two.squads, [], today=TODAY)
    assert isinstance(of_two, SquadsTrend)
    assert of_two.not_counted == french(
        "Non comptées, derniers scores avant novembre 2026 : Echo et Notify."
    )
    sample = sample_assessments()
    beside = History(FRAMEWORK, [*sample, *going_on, *of("Notify", 2, 5)], "month")
    with_sample = trend_of(EN, beside, beside.squads, [], today=TODAY)
    assert isinstance(with_sample, SquadsTrend)
    assert with_sample.not_counted == in_english.not_counted
    assert in_english.sample_counted == ""
    for edition, told in (
        (EN, "Sample squads are counted by a period of their own: October 2026."),
        (FR, "Les squads d'exemple sont comptées sur une période à elles : octobre 2026."),
    ):
        both = trend_of(edition, beside, beside.squads, [], today=TODAY)
        assert isinstance(both, SquadsTrend)
        assert both.sample_counted == (french(told) if edition is FR else told)
    assert in_english.key() == "Grey line: 50 points out of 100; grey number: of an earlier period"
    without = trend_of(EN, history, ["Atlas", "Borea"], [], today=TODAY)
    assert isinstance(without, SquadsTrend)
    assert without.not_counted == ""
    assert without.key() == "Grey line: 50 points out of 100"


def test_squads_of_the_sample_company_count_beside_a_later_one_of_ones_own() -> None:
    own = [
        assessment(squad="Mine", assessed_on=date(2026, month, 3), answers=EXAMPLE_1)
        for month in (10, 11)
    ]
    history = History(FRAMEWORK, [*sample_assessments(), *own], "month")
    cobalt = next(squad for squad in history.squads if squad.startswith("Cobalt"))
    trend = trend_of(EN, history, ["Mine", cobalt], [], today=TODAY)

    assert isinstance(trend, SquadsTrend)
    assert trend.picture().table.cells[["Squad", "Change"]].to_numpy().tolist() == [
        [cobalt, "+23"],
        ["Mine", "no clear change"],
    ]
    assert trend.finding() == (
        "Mean of the levels: 1 squad rose and none fell since the previous check, measured on "
        "different voices."
    )
    assert trend.not_counted == ""


def test_a_later_check_without_scores_does_not_make_ones_own_squad_one_that_stopped() -> None:
    own = [
        assessment(squad="Mine", assessed_on=date(2026, 9, 3), answers=WORST),
        assessment(squad="Mine", assessed_on=date(2026, 10, 3), answers=EXAMPLE_1),
        deep_only(squad="Mine", assessed_on=date(2026, 11, 3)),
    ]
    long_ago = assessment(squad="Echo", assessed_on=date(2025, 9, 3))
    history = History(FRAMEWORK, [*sample_assessments(), *own, long_ago], "month")
    cobalt = next(squad for squad in history.squads if squad.startswith("Cobalt"))
    beside_sample, beside_echo, with_both = (
        trend_of(EN, history, ["Mine", *others], [], today=TODAY)
        for others in ([cobalt], ["Echo"], [cobalt, "Echo"])
    )

    assert isinstance(beside_sample, SquadsTrend)
    assert isinstance(beside_echo, SquadsTrend)
    assert isinstance(with_both, SquadsTrend)
    assert beside_sample.finding().startswith(
        "Mean of the levels: 2 squads rose and none fell since the previous check"
    )
    assert beside_sample.not_counted == ""
    assert beside_echo.finding().startswith(
        "Mean of the levels: 1 squad rose and none fell since the previous check"
    )
    assert beside_echo.not_counted == "Not counted, last scored before October 2026: Echo."
    assert with_both.not_counted == beside_echo.not_counted


def test_beside_a_squad_that_stopped_with_two_checks_not_every_squad_is_said_to_have_one() -> None:
    checks = [
        *(assessment(squad="Notify", assessed_on=date(2026, month, 3)) for month in (2, 5)),
        *(assessment(squad=squad, assessed_on=date(2026, 11, 3)) for squad in "AB"),
    ]
    history = History(FRAMEWORK, checks, "month")
    trend = trend_of(EN, history, history.squads, [], today=TODAY)

    assert isinstance(trend, SquadsTrend)
    assert trend.not_counted == "Not counted, last scored before November 2026: Notify."
    assert trend.finding() == (
        "No squad counted here has two checks with scores: it takes two to show what moved."
    )


def test_squads_are_counted_of_all_where_they_are_not_all_of_them() -> None:
    history = History(FRAMEWORK, [assessment(squad=squad) for squad in "ABC"], "month")
    two, every = (trend_of(EN, history, list(squads), [], today=TODAY) for squads in ("AB", "ABC"))

    assert (two.caption, every.caption) == ("2 of 3 squads", "3 squads")


def test_beside_squads_that_moved_those_that_cannot_yet_are_named() -> None:
    checks = [
        *(assessment(assessed_on=date(2026, month, 3), answers=WORST) for month in (9, 11)),
        *(assessment(squad="Echo", assessed_on=date(2026, month, 3)) for month in (2, 5)),
        assessment(squad="Lima", assessed_on=date(2026, 5, 3), answers=WORST),
        assessment(squad="New", answers=WORST),
        deep_only(squad="Only who decides"),
    ]
    history = History(FRAMEWORK, checks, "month")

    def said(edition: Edition, *squads: str) -> str:
        trend = trend_of(edition, history, squads or history.squads, [], today=TODAY)
        assert isinstance(trend, SquadsTrend)
        return trend.not_moving

    assert said(EN) == (
        "First check with scores: New; the next shows what moved. "
        "No check with scores: Only who decides."
    )
    assert said(FR, "Atlas", "New") == french(
        "Premier diagnostic avec scores : New ; le prochain dira ce qui a bougé."
    )
    assert said(EN, "Atlas", "Lima") == ""  # said to have stopped
    assert said(EN, "New", "Only who decides") == ""  # the finding says that nothing can have moved


def test_of_a_squad_that_stopped_it_is_not_told_on_which_voices_it_moved() -> None:
    sheets = of_three(EXAMPLE_1)
    today = date(2027, 11, 28)
    later = [assessment(squad="Borea", assessed_on=date(year, 11, 3)) for year in (2026, 2027)]
    trend, alone = (
        trend_of(EN, History(FRAMEWORK, [*sheets, *more], "month"), squads, [], today=today)
        for more, squads in ((later, ["Atlas", "Borea"]), (later[:1], ["Atlas", "Borea"]))
    )
    assert isinstance(trend, SquadsTrend)
    assert isinstance(alone, SquadsTrend)
    assert (trend.compared, trend.not_counted) == (
        "",
        "Not counted, last scored before November 2027: Atlas.",
    )
    assert alone.compared


def test_the_levels_of_every_period_can_be_taken_away() -> None:
    history = History(FRAMEWORK, of_three(EXAMPLE_1) + of_three(WORST, "Borea"), "month")

    one, both = (
        trend_of(EN, history, squads, [], today=TODAY).exported_levels()
        for squads in (["Atlas"], ["Atlas", "Borea"])
    )

    periods = one.loc[one["level"] == "vision", ["period", "score"]]
    assert periods.round(1).to_numpy().tolist() == [["2026-10", 0.0], ["2026-11", 66.7]]
    assert both.groupby("squad").size().to_dict() == {"Atlas": 10, "Borea": 10}


def test_a_deep_check_alone_hides_no_change_between_the_checks_before_it() -> None:
    squads = ("Atlas", "Boréal")
    checks = [check for squad in squads for check in of_three(EXAMPLE_1, squad)]
    deep_checks = [deep_only(squad=squad, assessed_on=date(2026, 12, 3)) for squad in squads]
    history = History(FRAMEWORK, [*checks, *deep_checks], "month")

    by_then = date(2026, 12, 3)
    one = trend_of(EN, history, squads[:1], [], today=by_then)
    several = trend_of(EN, history, squads, [], today=by_then)

    assert isinstance(one, SquadTrend)
    assert isinstance(several, SquadsTrend)
    assert one.finding.startswith("Vision rose most since October 2026")
    assert one.since is not None
    assert one.since.text.startswith("From October 2026 to November 2026")
    assert several.finding() == (
        "Mean of the levels: 2 squads rose and none fell since the previous check."
    )
    assert several.not_counted == ""
    assert [list(row) for row in several.picture().table.cells.itertuples(index=False)] == [
        ["Atlas", "November 2026", "67", "0", "+100"],
        ["Boréal", "November 2026", "67", "0", "+100"],
    ]


def test_a_deep_check_after_the_only_check_with_scores_leaves_nothing_to_compare() -> None:
    checks = [
        *(assessment(squad=squad, assessed_on=date(2026, 10, 3)) for squad in ("Atlas", "Borea")),
        assessment(squad="Echo", assessed_on=date(2026, 6, 3)),
        *(deep_only(squad=squad, assessed_on=date(2026, 11, 3)) for squad in ("Atlas", "Echo")),
    ]
    history = History(FRAMEWORK, checks, "month")
    one = trend_of(EN, history, ["Atlas"], [], today=TODAY)
    several = trend_of(EN, history, history.squads, [], today=TODAY)

    assert isinstance(one, SquadTrend)
    assert isinstance(several, SquadsTrend)
    assert one.finding == (
        "Up to November 2026 one check has scores: it takes a second one to show what moved."
    )
    assert one.since is None
    assert one.change_picture is None
    assert several.finding() == (
        "No squad counted here has two checks with scores: it takes two to show what moved."
    )
    assert several.not_counted == "Not counted, last scored before October 2026: Echo."
    cells = several.picture().table.cells
    assert cells[["Squad", "Last check", "Before", "Change"]].to_numpy().tolist() == [
        ["Atlas", "October 2026", "–", "–"],
        ["Borea", "October 2026", "–", "–"],
        ["Echo", "June 2026", "–", "–"],
    ]


ARBITRATION_ALONE = dict.fromkeys(("mandates-clear", "rituals-decide", "single-channel"), "yes")
"""Half of the weights of one level alone are answered."""


def test_a_number_is_told_as_grey_where_another_squad_was_scored_later() -> None:
    def key(*checks: Assessment, level: str | None = None) -> str:
        history = History(FRAMEWORK, checks, "month")
        trend = trend_of(EN, history, history.squads, [], today=TODAY)
        assert isinstance(trend, SquadsTrend)
        return trend.key(level)

    atlas, borea = (
        assessment(squad=squad, assessed_on=date(2026, 10, 3)) for squad in ("Atlas", "Borea")
    )
    earlier = assessment(squad="Borea", assessed_on=date(2026, 9, 3))
    after = deep_only(squad="Borea", assessed_on=date(2026, 10, 4))
    assert "grey number" not in key(atlas, borea, deep_only(assessed_on=date(2026, 11, 3)))
    assert key(atlas, earlier, after).endswith("grey number: of an earlier period")
    never = deep_only(squad="Echo", assessed_on=date(2026, 11, 3))
    assert "grey number" not in key(atlas, never)
    # Borea's later check scores one level alone, so that its mean is of September.
    alone = assessment(squad="Borea", assessed_on=date(2026, 10, 5), answers=ARBITRATION_ALONE)
    assert "grey number" not in key(atlas, earlier, alone, level="arbitration")
    assert key(atlas, earlier, alone, level="vision").endswith("of an earlier period")


def test_a_level_without_a_score_in_any_period_is_named() -> None:
    def trend(answers: Answers) -> SquadTrend:
        history = History(FRAMEWORK, [assessment(answers=answers)], "month")
        shown = trend_of(EN, history, ["Atlas"], [], today=TODAY)
        assert isinstance(shown, SquadTrend)
        return shown

    rules_alone = trend({"mandates-clear": "yes", "rituals-decide": "yes", "single-channel": "yes"})
    assert rules_alone.never_scored("vision") == (
        "Not enough answers for a score in any period: Vision."
    )
    assert rules_alone.never_scored("arbitration") == ""
    assert rules_alone.never_scored() == (
        "Not enough answers for a score in any period: Vision, Strategy and bets, Daily product "
        "decisions and Delivery and quality."
    )
    assert trend(WORST).never_scored() == ""


def test_trends_follow_no_round_ahead_beside_others_until_its_day_has_come() -> None:
    days = [date(2026, 8, 3), date(2026, 10, 3), date(2027, 2, 8)]
    checks = [
        assessment(squad=squad, assessed_on=day) for squad in ("Atlas", "Borea") for day in days
    ]
    history = History(FRAMEWORK, [*checks, assessment(squad="Cid", assessed_on=days[-1])], "month")
    by_then = date(2027, 2, 7)

    one, later = (trend_of(EN, history, ["Atlas"], [], today=day) for day in (TODAY, by_then))
    assert one.caption == "Atlas · 2 periods · August 2026 to October 2026"
    assert later.caption == "Atlas · 3 periods · August 2026 to February 2027"
    august, october = Period(2026, 8, "month"), Period(2026, 10, "month")
    assert earlier_periods(history, ["Atlas"], today=TODAY) == (august,)
    assert earlier_periods(history, ["Atlas"], today=by_then) == (october, august)
    assert (
        trend_of(EN, history, ["Cid"], [], today=TODAY).caption == "Cid · 1 period · February 2027"
    )

    several, grown = (
        trend_of(EN, history, ["Atlas", "Borea"], [], today=day) for day in (TODAY, by_then)
    )
    assert list(several.exported_levels()["period"].unique()) == ["2026-08", "2026-10"]
    assert list(grown.exported_levels()["period"].unique()) == ["2026-08", "2026-10", "2027-02"]
    assert several.identity != grown.identity

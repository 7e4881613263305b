"""A survey is a unit of its own: pooled with nothing else, and the result of its period."""

from __future__ import annotations

from datetime import UTC, date, datetime

from assessment.access.invitations import answer_as_stored, revealed
from assessment.content.loading import shipped_framework
from assessment.model import Assessment, Survey
from assessment.model.period import Period
from assessment.rounds.comparison import contested_across
from assessment.rounds.grouping import replaced_by_adding, replaced_count
from assessment.rounds.history import History
from assessment.rounds.leadership import summary_of
from assessment.rounds.results import NOTHING_ELSEWHERE, comparison_of, result_of
from assessment.rounds.room import topics_of
from tests.builders import assessment, gathering
from tests.deep_examples import ARTICLE_A, deep, deep_only, following, setup
from tests.examples import EXAMPLE_1, HALF, LEVELS, WORST

FRAMEWORK = shipped_framework()
NOW = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
NOVEMBER = Period(2026, 11, "month")


def survey(day: int, *, squad: str = "Atlas", least: int = 5, privacy: str = "open") -> Survey:
    asked = gathering(
        squad=squad,
        privacy=privacy,
        least_voices=least,
        opened_on=date(2026, 11, day),
        closes_on=date(2026, 11, day),
    )
    return revealed(asked, voices=1_000, now=NOW)


def answers(to: Survey, *sheets: dict[str, str], **changes: object) -> list[Assessment]:
    return [answer_as_stored(assessment(answers=sheet, **changes), to) for sheet in sheets]


def single(day: int, sheet: dict[str, str], **changes: object) -> Assessment:
    return assessment(answers=sheet, assessed_on=date(2026, 11, day), **changes)


EARLY, LATE = survey(3), survey(17)
SAVED = [
    *answers(LATE, EXAMPLE_1, EXAMPLE_1),
    *answers(EARLY, WORST, WORST, WORST),
    single(1, HALF),
    single(20, HALF, voice="Ada"),
]


def history(saved: list[Assessment], *surveys: Survey) -> History:
    return History(FRAMEWORK, saved, "month", surveys=surveys)


def test_a_voice_s_later_check_of_a_month_replaces_its_single_one_and_no_answer_to_a_survey() -> (
    None
):
    twice = [single(day, HALF, voice="Zoë") for day in (1, 9)]
    asked = answers(LATE, HALF, HALF, voice="Zoë")

    assert replaced_count([*twice, *asked]) == 1
    assert replaced_by_adding([single(12, HALF, voice="zoë")], [*twice, *asked]) == 1


def test_the_latest_survey_is_the_periods_result_and_the_rest_stands_beside_it_by_date() -> None:
    result = result_of(history(SAVED, EARLY, LATE), "Atlas", NOVEMBER)

    assert result.round.survey is LATE
    assert result.round.scores.overall == 100.0
    assert len(result.round.voices) == 2
    assert [(unit.first_day.day, unit.survey, len(unit.voices)) for unit in result.beside] == [
        (1, None, 2),
        (3, EARLY, 3),
    ]
    assert [unit.scores.overall for unit in result.beside] == [50.0, 0.0]


def test_the_order_in_which_answers_and_surveys_come_does_not_matter() -> None:
    result = result_of(history(SAVED[::-1], LATE, EARLY), "Atlas", NOVEMBER)

    assert result.round.survey is LATE
    assert [unit.first_day.day for unit in result.beside] == [1, 3]


def test_an_alias_in_a_survey_and_in_a_single_check_speaks_in_both() -> None:
    open_survey = survey(3)
    saved = [*answers(open_survey, WORST, voice="Ada"), single(20, HALF, voice="Ada")]
    result = result_of(history(saved, open_survey), "Atlas", NOVEMBER)

    assert (result.round.scores.overall, result.beside[0].scores.overall) == (0.0, 50.0)


def test_a_quarter_is_that_of_its_latest_survey_too() -> None:
    (quarter,) = History(FRAMEWORK, SAVED, "quarter", surveys=[EARLY, LATE]).rounds("Atlas")

    assert quarter.survey is LATE


def test_a_period_without_a_survey_has_its_single_checks() -> None:
    october = assessment(answers=HALF, assessed_on=date(2026, 10, 3))
    rounds = history([*SAVED, october], EARLY, LATE).rounds("Atlas")

    assert [(str(one.period), one.survey) for one in rounds] == [
        ("2026-10", None),
        ("2026-11", LATE),
    ]
    assert result_of(history([*SAVED, october], EARLY, LATE), "Atlas", NOVEMBER).before is not None


def test_without_the_surveys_a_file_is_pooled_as_it_is() -> None:
    result = result_of(history(SAVED), "Atlas", NOVEMBER)

    assert len(result.round.voices) == len(SAVED)
    assert (result.round.survey, result.beside) == (None, ())


# The scores of one unit, who decides of another ---------------------------------------------------


def mapping_of(day: int) -> Survey:
    return survey(day, privacy="confidential").model_copy(update={"depth": "who-decides"})


def test_a_period_has_the_last_scores_and_the_last_map_whichever_unit_has_them() -> None:
    mapping = mapping_of(10)
    saved = [single(3, EXAMPLE_1), *naming(mapping, *[("po",)] * 5)]
    october = assessment(answers=WORST, assessed_on=date(2026, 10, 3))
    of_squad = history([october, *saved], mapping)

    shown = of_squad.at("Atlas", NOVEMBER)
    assert shown is of_squad.latest("Atlas") is of_squad.last_scored("Atlas")
    assert shown is not None
    assert (shown.survey, shown.scores.overall, shown.deep_voices) == (None, 100.0, 0)
    unit = shown.deep_unit
    assert (unit.survey, unit.least, unit.deep_voices) == (mapping, 5, 5)
    assert [unit.survey for unit in of_squad.beside(shown)] == [mapping]
    assert of_squad.opening_period(["Atlas"]) == NOVEMBER
    result = result_of(of_squad, "Atlas", NOVEMBER)
    assert (result.is_deep_only, result.tells_who_decides, result.unused) == (False, True, ())
    assert (result.survey, result.last_scored) == (mapping, None)
    (across,) = (one for one in summary_of(of_squad, ["Atlas"], NOVEMBER).decisions if one.clear)
    assert across.decision == "sprint-content"
    both = comparison_of(of_squad, ("Atlas",), NOVEMBER)
    assert [unit.survey for unit in both.deep_rounds] == [mapping]
    assert both.elsewhere == NOTHING_ELSEWHERE


def test_in_a_later_period_the_last_map_is_what_came_before() -> None:
    mapping = mapping_of(10)
    december = assessment(answers=EXAMPLE_1, assessed_on=date(2026, 12, 3))
    saved = [single(3, EXAMPLE_1), *naming(mapping, *[("po",)] * 5), december]
    result = result_of(history(saved, mapping), "Atlas", Period(2026, 12, "month"))

    assert result.before is not None
    assert (result.before.survey, result.before.scores.overall) == (None, 100.0)
    assert result.deep_before is not None
    assert result.deep_before.survey is mapping


def test_what_has_both_tells_both_and_without_any_score_the_last_is_shown() -> None:
    whole, later = survey(10), survey(17)
    both = [answer_as_stored(deep_only(deep=deep(deciders={"cut": ("cpo",)})), whole)]
    scored = answers(whole, EXAMPLE_1)
    (shown,) = history([single(3, WORST), *both, *scored], whole).rounds("Atlas")
    assert (shown.survey, shown.deep_unit) == (whole, shown)
    (shown,) = history([*both, *naming(later, ("po",))], whole, later).rounds("Atlas")
    assert (shown.survey, shown.deep_unit) == (later, shown)


def test_a_later_session_on_another_lens_alone_leaves_the_map_of_the_period() -> None:
    lens = survey(20).model_copy(update={"depth": "deep"})
    told = deep(options={"vision-against-feasibility": "sometimes"})
    told_only = answer_as_stored(deep_only(deep=told), lens)
    mapped = single(3, EXAMPLE_1, deep=deep(deciders=following(ARTICLE_A)))
    of_squad = history([mapped, told_only], lens)

    result = result_of(of_squad, "Atlas", NOVEMBER)
    assert result.tells_who_decides
    assert (result.round.survey, result.round.deep_unit) == (None, result.round)
    assert [unit.survey for unit in result.unused] == [lens]
    assert any(one.clear for one in summary_of(of_squad, ["Atlas"], NOVEMBER).decisions)
    # Where none says who decides, the last that tells any lens counts.
    (shown,) = history([single(3, EXAMPLE_1, deep=told), told_only], lens).rounds("Atlas")
    assert (shown.survey, shown.deep_unit.survey) == (None, lens)


def test_a_result_is_released_once_its_scores_and_who_decides_are() -> None:
    mapping = survey(10).model_copy(update={"released": False})
    saved = [single(3, EXAMPLE_1), *naming(mapping, ("po",))]

    assert not result_of(history(saved, mapping), "Atlas", NOVEMBER).is_released
    seen = mapping.model_copy(update={"released": True})
    assert result_of(history(saved, seen), "Atlas", NOVEMBER).is_released


def test_few_in_confidence_stay_hidden_beside_an_open_check() -> None:
    mapping = survey(10, privacy="confidential")
    saved = [
        *(single(3, EXAMPLE_1) for _ in range(6)),
        *naming(mapping, *[("po",)] * 5),
        *naming(mapping, *[("cpo",)] * 4, decision="cut"),
    ]
    (shown,) = history(saved, mapping).rounds("Atlas")
    told = [one.decision for one in shown.deep_unit.deep.who_decides.decisions if one.voices]
    assert told == ["sprint-content"]
    assert "cut" in shown.deep_unit.hidden_decisions
    in_the_open = mapping.model_copy(update={"privacy": "open"})
    assert history(saved, in_the_open).rounds("Atlas")[0].deep_unit.hidden_decisions == ()
    # Of too few voices not even that any took it is told.
    few = history([single(3, EXAMPLE_1), *naming(mapping, *[("po",)] * 4)], mapping)
    (shown,) = few.rounds("Atlas")
    assert (shown.deep_unit.deep_voices, shown.deep_unit.deep.who_decides.is_answered) == (0, False)


# What is shown of a confidential survey -----------------------------------------------------------


def naming(
    to: Survey, *roles: tuple[str, ...], decision: str = "sprint-content"
) -> list[Assessment]:
    return [
        answer_as_stored(deep_only(deep=deep(deciders={decision: named})), to) for named in roles
    ]


def test_a_setup_rewritten_afterwards_never_leaves_fewer_voices_than_promised() -> None:
    secret = survey(3, privacy="confidential")
    saved = naming(secret, *[("po",)] * 8, ("tl",))
    # Rewritten so that nobody was the PO: one voice of nine would be left.
    without_po = setup("pm", since=date(2026, 1, 1))
    (unit,) = History(FRAMEWORK, saved, "month", [without_po], surveys=[secret]).rounds("Atlas")

    (daily,) = (
        decision
        for decision in unit.deep.who_decides.decisions
        if decision.decision == "sprint-content"
    )
    assert (daily.voices, daily.health, dict(daily.named), daily.state) == (0, None, {}, None)
    assert unit.deep.who_decides.findings == ()
    # That eight voices named the PO may be told: they are enough.
    assert len(unit.deep.who_decides.left_out) == 8


def test_nor_does_it_tell_a_few_voices_by_the_difference() -> None:
    secret = survey(3, privacy="confidential")
    saved = naming(secret, *[("tl",)] * 8, ("po", "tl"))
    seated = [setup("pm", *po, since=date(2026, 1, 1)) for po in (("po",), ())]
    whole, without = (
        History(FRAMEWORK, saved, "month", [one], surveys=[secret]).rounds("Atlas")[0].deep
        for one in seated
    )

    assert [mapped.voices for mapped in whole.who_decides.decisions if mapped.voices] == [9]
    assert [mapped.voices for mapped in without.who_decides.decisions if mapped.voices] == []
    assert without.who_decides.left_out == ()


def test_a_bottleneck_of_too_few_voices_is_not_told() -> None:
    secret = survey(3, privacy="confidential")
    three = {"priority-segment": ("cto",), "impacts": ("cto",), "slicing": ("cto",)}
    # One voice of nine answered on three levels; five each answered one of them.
    saved = [
        answer_as_stored(deep_only(deep=deep(deciders=three)), secret),
        *naming(secret, *[("pm",)] * 4, decision="priority-segment"),
        *naming(secret, *[("pm",)] * 4, decision="impacts"),
        *naming(secret, *[("em",)] * 4, decision="slicing"),
    ]
    (unit,) = History(FRAMEWORK, saved, "month", surveys=[secret]).rounds("Atlas")

    assert "bottleneck" not in {finding.kind for finding in unit.deep.who_decides.findings}
    open_one = secret.model_copy(update={"privacy": "open"})
    (unit,) = History(FRAMEWORK, saved, "month", surveys=[open_one]).rounds("Atlas")
    assert "bottleneck" in {finding.kind for finding in unit.deep.who_decides.findings}


def test_a_disagreement_of_too_few_voices_is_not_told() -> None:
    secret = survey(3, privacy="confidential")
    saved = naming(secret, ("tl",), ("pm",), *[("unclear",)] * 4)
    (unit,) = History(FRAMEWORK, saved, "month", surveys=[secret]).rounds("Atlas")

    assert unit.deep.who_decides.disagreements == ()


def test_a_decision_that_is_contested_is_so_everywhere_however_few_name_somebody() -> None:
    secret = survey(3, privacy="confidential")
    saved = naming(secret, *[("po",)] * 2, *[("pm",)] * 2, ("unclear",))
    (unit,) = History(FRAMEWORK, saved, "month", surveys=[secret]).rounds("Atlas")

    (across,) = contested_across(FRAMEWORK, [unit.deep.who_decides])
    assert (across.contested, across.compared) == (1, 1)
    assert [topic.of for topic in topics_of(unit)] == [across.decision]


def test_the_range_of_a_confidential_survey_is_coarse_and_from_twice_the_least_voices_up() -> None:
    secret = survey(3, privacy="confidential", least=3)
    five = answers(secret, *[EXAMPLE_1] * 3, *[HALF] * 2)
    (few,) = history(five, secret).rounds("Atlas")
    (enough,) = history([*five, *answers(secret, HALF)], secret).rounds("Atlas")

    assert few.ranges.levels == {}
    # 450 of 600; 350/5 and 400/5.
    reaches = [(reach.low, reach.high) for reach in enough.ranges.levels.values()]
    assert reaches == [(70.0, 80.0)] * 5
    assert list(enough.ranges.levels) == list(LEVELS)

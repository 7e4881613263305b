"""Rounds: which voices count, how they are pooled, how far they agree, what changed since."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction
from itertools import permutations
from uuid import UUID

import pytest

from assessment.content.loading import shipped_framework
from assessment.errors import Refused
from assessment.model import Assessment
from assessment.model.period import By, Period
from assessment.rounds.history import History
from assessment.rounds.round import Round
from assessment.scoring.change import Change, changes_between
from assessment.scoring.disagreement import item_disagreements
from assessment.scoring.voices import counting_voices
from tests.builders import assessment, scores_from
from tests.deep_examples import deep, deep_only, setup
from tests.examples import (
    EXAMPLE_1,
    EXAMPLE_2,
    EXAMPLE_3,
    EXAMPLE_4,
    HALF,
    ITEMS,
    LEVELS,
    THREE_LEVELS,
    WORST,
    healthy,
)
from tests.expected import exactly

FRAMEWORK = shipped_framework()
NOVEMBER = Period(2026, 11, "month")


def voice(answers: dict[str, str], **changes: object) -> Assessment:
    return assessment(answers=answers, **changes)


def rounds_of(*voices: Assessment, by: By = "month", squad: str = "Atlas") -> tuple[Round, ...]:
    return History(FRAMEWORK, voices, by).rounds(squad)


def only_round(*voices: Assessment, by: By = "month") -> Round:
    (unit,) = rounds_of(*voices, by=by)
    return unit


# Periods ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "month", "quarter"),
    [
        (date(2026, 1, 1), "2026-01", "2026-Q1"),
        (date(2026, 3, 31), "2026-03", "2026-Q1"),
        (date(2026, 4, 1), "2026-04", "2026-Q2"),
        (date(2026, 6, 30), "2026-06", "2026-Q2"),
        (date(2026, 7, 1), "2026-07", "2026-Q3"),
        (date(2026, 9, 30), "2026-09", "2026-Q3"),
        (date(2026, 10, 1), "2026-10", "2026-Q4"),
        (date(2026, 12, 31), "2026-12", "2026-Q4"),
        (date(2024, 2, 29), "2024-02", "2024-Q1"),
    ],
)
def test_the_period_of_a_day(day: date, month: str, quarter: str) -> None:
    assert str(Period.of(day, "month")) == month
    assert str(Period.of(day, "quarter")) == quarter


@pytest.mark.parametrize(
    ("text", "period", "first_day"),
    [
        ("2026-11", Period(2026, 11, "month"), date(2026, 11, 1)),
        ("2026-01", Period(2026, 1, "month"), date(2026, 1, 1)),
        ("2026-Q1", Period(2026, 1, "quarter"), date(2026, 1, 1)),
        ("2026-Q4", Period(2026, 4, "quarter"), date(2026, 10, 1)),
        ("0001-02", Period(1, 2, "month"), date(1, 2, 1)),
    ],
)
def test_a_period_is_written_and_read_alike(text: str, period: Period, first_day: date) -> None:
    assert Period.parse(text) == period
    assert str(period) == text
    assert period.first_day == first_day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026",
        "2026-13",
        "2026-00",
        "2026-1",
        "2026-Q0",
        "2026-Q5",
        "2026-q4",
        "2026-11-03",
        " 2026-11",
        "2026-11\n",
        "26-11",
        "٢٠٢٦-11",
        "0000-01",
        "0000-Q1",
        "<b>",
    ],
)
def test_anything_else_is_not_a_period(text: str) -> None:
    with pytest.raises(Refused) as refused:
        Period.parse(text)

    assert str(refused.value) == f"'{text}' is not a period; expected 2026-11 or 2026-Q4"


def test_periods_follow_each_other_in_time() -> None:
    months = [Period.parse(text) for text in ("2026-01", "2025-12", "2026-10", "2026-02")]

    assert [str(month) for month in sorted(months)] == ["2025-12", "2026-01", "2026-02", "2026-10"]


# Pooling ------------------------------------------------------------------------------------------


def test_two_voices_at_the_extremes_pool_to_the_middle() -> None:
    unit = only_round(voice(EXAMPLE_1), voice(WORST))

    assert [level.score for level in unit.scores.levels] == [50] * 5
    assert [level.stage for level in unit.scores.levels] == [3] * 5
    assert unit.scores.overall == 50
    assert unit.scores.yes_count == 0
    assert unit.diagnosis.pressure("pm").pressure == 50
    assert {disagreement.of for disagreement in unit.disagreements} == set(ITEMS)
    assert {disagreement.disagreement for disagreement in unit.disagreements} == {1.0}


def test_three_voices_are_pooled_item_by_item() -> None:
    # vision-not-restated: (1 + 0.5 + nothing) / 2 = 0.75, which caps nothing
    # mandates-clear: (1 + 0 + 0.5) / 3 = 0.5; po-sets 1 (one voice), po-explains unanswered
    # vision = (2·½ + 2·1 + 3·¾) / 7 = 5.25/7 = 75, coverage 7/9
    unit = only_round(
        voice({"mandates-clear": "yes", "vision-not-restated": "not-seen"}),
        voice({"mandates-clear": "no", "vision-not-restated": "sometimes"}),
        voice(
            {
                "mandates-clear": "partly",
                "vision-not-restated": "unknown",
                "po-sets-strategy": "not-seen",
            }
        ),
    )

    vision = unit.scores.level("vision")
    assert vision.score == exactly(75)
    assert vision.coverage == exactly(Fraction(7, 9))
    assert vision.stage == 4
    assert vision.limits == ()


def test_a_pooled_primary_item_just_under_a_threshold_caps() -> None:
    # vision-not-restated: (1 + 1 + 0) / 3 = ⅔ < ¾; vision (6 + 2) / 9 = 88.9
    often = healthy({"vision-not-restated": "often"})
    unit = only_round(voice(EXAMPLE_1), voice(EXAMPLE_1), voice(often))

    vision = unit.scores.level("vision")
    assert vision.score == exactly(Fraction(800, 9))
    assert vision.stage == 3
    assert vision.limits == ("vision-not-restated",)


def test_an_item_nobody_answered_and_somebody_waived_does_not_apply() -> None:
    # po-sets: not applicable + unknown; po-explains: unanswered + not applicable: 5 of 5 apply
    unit = only_round(
        voice(
            {
                "mandates-clear": "yes",
                "vision-not-restated": "not-seen",
                "po-sets-strategy": "not-applicable",
            }
        ),
        voice({"po-sets-strategy": "unknown", "po-explains-direction": "not-applicable"}),
    )

    assert unit.scores.level("vision").coverage == 1
    assert unit.scores.level("vision").score == 100


def test_one_answer_makes_an_item_apply_whoever_waived_it() -> None:
    # po-sets: not applicable twice, often once: (2 + 3 + 0) / 7 = 500/7, po-explains unanswered
    waived = {"po-sets-strategy": "not-applicable"}
    unit = only_round(
        voice(waived | {"mandates-clear": "yes", "vision-not-restated": "not-seen"}),
        voice(waived),
        voice({"po-sets-strategy": "often"}),
    )

    assert unit.scores.level("vision").coverage == exactly(Fraction(7, 9))
    assert unit.scores.level("vision").score == exactly(Fraction(500, 7))


def test_an_item_unknown_to_everybody_still_applies() -> None:
    answers = {"mandates-clear": "yes", "po-sets-strategy": "unknown"}

    unit = only_round(voice(answers), voice(answers))

    assert unit.scores.level("vision").coverage == exactly(Fraction(2, 9))


def test_a_voice_that_answered_nothing_counts_as_a_voice_and_changes_no_score() -> None:
    unit = only_round(voice(EXAMPLE_3), voice({}))

    assert len(unit.voices) == 2
    assert unit.scores == scores_from(FRAMEWORK, EXAMPLE_3)


def test_the_yes_count_is_the_questions_to_which_every_answer_is_yes() -> None:
    unit = only_round(
        voice({"mandates-clear": "yes", "rituals-decide": "yes", "single-channel": "yes"}),
        voice({"mandates-clear": "yes", "rituals-decide": "partly"}),
        voice({"mandates-clear": "unknown", "single-channel": "yes"}),
    )

    assert unit.scores.yes_count == 2


def test_the_three_questions_may_be_answered_by_different_voices() -> None:
    unit = only_round(
        voice({"mandates-clear": "yes"}),
        voice({"rituals-decide": "yes"}),
        voice({"single-channel": "yes"}),
    )

    assert unit.scores.yes_count == 3


def test_there_is_no_yes_count_while_one_question_has_no_answer() -> None:
    unit = only_round(
        voice({"mandates-clear": "yes", "rituals-decide": "yes", "single-channel": "unknown"}),
        voice({"mandates-clear": "yes", "rituals-decide": "yes"}),
    )

    assert unit.scores.yes_count is None


@pytest.mark.parametrize(
    ("answers", "raised"),
    [
        (["often", "often", "often", "often", "not-seen"], True),  # 1/5 = 0.2
        (["often", "often", "often", "not-seen"], False),  # 1/4, not under it
        (["often", "sometimes"], False),  # 0.5/2 = 1/4
        (["often", "often", "sometimes"], True),  # 0.5/3
        (["often", "unknown", "not-applicable"], True),  # 0/1
        (["unknown", "not-applicable"], False),
    ],
)
def test_the_early_warning_is_raised_when_the_voices_pool_under_a_quarter(
    answers: list[str],
    raised: bool,
) -> None:
    unit = only_round(*(voice({"po-explains-direction": answer}) for answer in answers))

    assert unit.diagnosis.early_warning is raised


def test_the_order_of_voices_does_not_matter() -> None:
    voices = [
        voice(answers, voice=name)
        for name, answers in zip("abcd", (EXAMPLE_3, HALF, EXAMPLE_4, THREE_LEVELS), strict=True)
    ]

    for order in permutations(voices):
        unit, expected = only_round(*order), only_round(*voices)
        assert unit.scores == expected.scores
        assert unit.diagnosis == expected.diagnosis
        assert unit.disagreements == expected.disagreements


# Which voices count -------------------------------------------------------------------------------


def test_a_voice_counts_once_per_round_by_its_later_day() -> None:
    early = voice(WORST, voice="Zoë", assessed_on=date(2026, 11, 3))
    late = voice(EXAMPLE_1, voice="Zoë", assessed_on=date(2026, 11, 20))

    # Even when the earlier day was entered later.
    early = early.model_copy(update={"saved_at": datetime(2026, 12, 1, tzinfo=UTC)})

    for order in ((early, late), (late, early)):
        unit = only_round(*order)
        assert unit.voices == (late,)
        assert unit.scores.overall == 100


def test_on_the_same_day_a_voice_counts_by_the_later_moment_of_saving() -> None:
    morning = voice(WORST, voice="Zoë", saved_at=datetime(2026, 11, 3, 9, tzinfo=UTC))
    noon = voice(EXAMPLE_1, voice="Zoë", saved_at=datetime(2026, 11, 3, 12, tzinfo=UTC))

    for order in ((morning, noon), (noon, morning)):
        assert only_round(*order).voices == (noon,)


def test_two_answers_of_one_moment_count_the_same_way_in_any_order() -> None:
    one = voice(WORST, voice="Zoë", assessment_id=UUID(int=7))
    other = voice(EXAMPLE_1, voice="Zoë", assessment_id=UUID(int=8))

    assert counting_voices([one, other]) == counting_voices([other, one])
    assert len(counting_voices([one, other])) == 1


@pytest.mark.parametrize("spelling", ["zoë", "ZOË", " Zoë ", "Zoe\u0308"])
def test_an_alias_is_one_voice_whatever_its_spelling(spelling: str) -> None:
    early = voice(WORST, voice="Zoë", assessed_on=date(2026, 11, 3))
    late = voice(EXAMPLE_1, voice=spelling, assessed_on=date(2026, 11, 4))

    assert only_round(early, late).voices == (late,)


def test_spaces_inside_an_alias_do_not_make_another_voice() -> None:
    early = voice(WORST, voice="Zoë M", assessed_on=date(2026, 11, 3))
    late = voice(EXAMPLE_1, voice="zoë   m", assessed_on=date(2026, 11, 4))

    assert only_round(early, late).voices == (late,)


@pytest.mark.parametrize("blank", [None, "", "  "])
def test_voices_without_alias_each_count(blank: str | None) -> None:
    unit = only_round(voice(EXAMPLE_1, voice=blank), voice(WORST, voice=blank))

    assert len(unit.voices) == 2
    assert unit.scores.overall == 50


def test_different_aliases_are_different_voices() -> None:
    # Accents tell people apart: Zoe is not Zoë.
    assert len(only_round(voice(EXAMPLE_1, voice="Zoe"), voice(WORST, voice="Zoë")).voices) == 2


def test_a_voice_counts_in_each_of_its_months_and_once_in_their_quarter() -> None:
    october = voice(WORST, voice="Zoë", assessed_on=date(2026, 10, 31))
    november = voice(EXAMPLE_1, voice="zoë", assessed_on=date(2026, 11, 1))

    months = rounds_of(november, october, by="month")
    (quarter,) = rounds_of(november, october, by="quarter")

    assert [(str(month.period), month.scores.overall) for month in months] == [
        ("2026-10", 0),
        ("2026-11", 100),
    ]
    assert str(quarter.period) == "2026-Q4"
    assert quarter.voices == (november,)
    assert quarter.scores.overall == 100


def test_the_same_alias_in_two_squads_is_two_voices() -> None:
    history = History(
        FRAMEWORK,
        [voice(EXAMPLE_1, voice="Zoë"), voice(WORST, voice="Zoë", squad="Borea")],
        "month",
    )

    assert [unit.scores.overall for unit in history.all_rounds()] == [100, 0]


def test_voices_keep_the_order_in_which_they_first_came() -> None:
    ada, bob = voice(WORST, voice="Ada"), voice(WORST, voice="Bob")
    again = voice(EXAMPLE_1, voice="ada", assessed_on=date(2026, 11, 9))

    assert counting_voices([ada, bob, again]) == (again, bob)


# Disagreement -------------------------------------------------------------------------------------


def disagreement_on_mandates(*options: str) -> float:
    (only,) = item_disagreements(FRAMEWORK, [{"mandates-clear": option} for option in options])
    return only.disagreement


@pytest.mark.parametrize(
    ("options", "disagreement"),
    [
        (("yes", "yes"), Fraction(0)),
        (("no", "no", "no"), Fraction(0)),
        (("yes", "no"), Fraction(1)),
        (("yes", "yes", "no", "no"), Fraction(1)),
        # mean ¾, each ¼ away: 2·¼
        (("yes", "partly"), Fraction(1, 2)),
        # mean ⅔, away by ⅓, ⅓, ⅔: mean 4/9
        (("yes", "yes", "no"), Fraction(8, 9)),
        # mean ½, away by ½, 0, ½: mean ⅓
        (("yes", "partly", "no"), Fraction(2, 3)),
        # Unknown is no voice on the item.
        (("yes", "unknown", "partly"), Fraction(1, 2)),
    ],
)
def test_disagreement_is_twice_the_mean_distance(
    options: tuple[str, ...], disagreement: Fraction
) -> None:
    assert disagreement_on_mandates(*options) == exactly(disagreement)


def test_disagreement_needs_two_voices_on_the_item() -> None:
    sheets = [
        {"mandates-clear": "yes", "rituals-decide": "yes"},
        {"mandates-clear": "unknown", "rituals-decide": "no"},
    ]

    assert [item.of for item in item_disagreements(FRAMEWORK, sheets)] == ["rituals-decide"]
    assert only_round(voice(EXAMPLE_1)).disagreements == ()


def test_seven_voices_two_of_them_opposed_show_the_disagreement_first() -> None:
    # late-scope: five at 1, two at 0: mean 5/7, distance (5·2/7 + 2·5/7) / 7 = 20/49
    # single-channel: six at 1, one at ½: mean 13/14, distance (6·1/14 + 6/14) / 7 = 6/49
    opposed = healthy({"late-scope": "often"})
    unit = only_round(
        voice(EXAMPLE_1),
        voice(opposed),
        voice(healthy({"single-channel": "partly"})),
        voice(EXAMPLE_1),
        voice(opposed),
        voice(EXAMPLE_1),
        voice(EXAMPLE_1),
    )

    first, second, *rest = unit.disagreements
    assert (first.of, first.disagreement) == ("late-scope", exactly(Fraction(40, 49)))
    assert first.counts == {"not-seen": 5, "sometimes": 0, "often": 2}
    assert list(first.counts) == ["not-seen", "sometimes", "often"]
    assert (second.of, second.disagreement) == ("single-channel", exactly(Fraction(12, 49)))
    assert second.counts == {"yes": 6, "partly": 1, "no": 0}
    assert [item.of for item in rest] == [
        item for item in ITEMS if item not in {"late-scope", "single-channel"}
    ]
    assert {item.disagreement for item in rest} == {0.0}
    # delivery: (15 − 3·2/7 − 1·1/14) / 15; late-scope at 5/7 < ¾ caps it at 3
    delivery = unit.scores.level("delivery")
    assert delivery.score == exactly(100 * (15 - Fraction(6, 7) - Fraction(1, 14)) / 15)
    assert delivery.stage == 3
    assert delivery.limits == ("late-scope",)


def test_items_on_which_voices_differ_alike_keep_framework_order() -> None:
    sheets = [
        {"late-scope": "often", "mandates-clear": "yes", "rituals-decide": "yes"},
        {"late-scope": "not-seen", "mandates-clear": "no", "rituals-decide": "yes"},
    ]

    assert [item.of for item in item_disagreements(FRAMEWORK, sheets)] == [
        "mandates-clear",
        "late-scope",
        "rituals-decide",
    ]


# Squads and their history -------------------------------------------------------------------------


def test_a_squad_is_one_whatever_its_spelling_and_keeps_the_first() -> None:
    history = History(
        FRAMEWORK,
        [
            voice(EXAMPLE_1, squad="Équipe  Nord"),
            voice(WORST, squad=" équipe nord "),
            voice(WORST, squad="E\u0301QUIPE NORD", assessed_on=date(2026, 12, 1)),
        ],
        "month",
    )

    assert history.squads == ("Équipe  Nord",)
    assert history.spelling("équipe NORD") == "Équipe  Nord"
    assert history.spelling("equipe nord") is None
    assert [(unit.squad, len(unit.voices)) for unit in history.rounds("ÉQUIPE NORD")] == [
        ("Équipe  Nord", 2),
        ("Équipe  Nord", 1),
    ]


def test_squads_are_sorted_by_name_accents_and_case_aside() -> None:
    names = ["Zénith", "écho", "Delta", "Fox", "Éclair", "eclair", "Ångström", "berlin"]
    history = History(FRAMEWORK, [voice({}, squad=name) for name in names], "month")

    assert history.squads == (
        "Ångström",
        "berlin",
        "Delta",
        "écho",
        "eclair",
        "Éclair",
        "Fox",
        "Zénith",
    )


def test_rounds_come_in_time_whatever_the_order_of_the_file() -> None:
    days = [date(2026, 11, 3), date(2025, 12, 31), date(2026, 2, 1), date(2026, 10, 1)]
    history = History(FRAMEWORK, [voice({}, assessed_on=day) for day in days], "month")

    assert [str(unit.period) for unit in history.rounds("Atlas")] == [
        "2025-12",
        "2026-02",
        "2026-10",
        "2026-11",
    ]


def two_squads() -> History:
    return History(
        FRAMEWORK,
        [
            voice(EXAMPLE_1, squad="Zebra", assessed_on=date(2026, 11, 3)),
            voice(HALF, squad="Atlas", assessed_on=date(2026, 11, 5)),
            voice(WORST, squad="Zebra", assessed_on=date(2026, 8, 5)),
            voice(EXAMPLE_3, squad="atlas", assessed_on=date(2026, 12, 5)),
        ],
        "month",
    )


def test_the_latest_round_is_the_last_in_time() -> None:
    latest = two_squads().latest("zebra")

    assert latest is not None
    assert (str(latest.period), latest.scores.overall) == ("2026-11", 100)


def test_the_round_before_is_the_previous_one_that_exists() -> None:
    history = two_squads()
    latest = history.latest("Zebra")
    assert latest is not None

    before, after = history.before_and_after(latest)

    assert before is not None
    assert after is latest
    assert (str(before.period), before.scores.overall) == ("2026-08", 0)
    assert history.before_and_after(before) == (None, before)


def test_the_round_before_is_the_nearest_one() -> None:
    days = [date(2026, 7, 1), date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)]
    history = History(FRAMEWORK, [voice({}, assessed_on=day) for day in days], "month")
    october = history.at("Atlas", Period(2026, 10, "month"))
    assert october is not None

    before, after = history.before_and_after(october)

    assert before is not None
    assert after is october
    assert str(before.period) == "2026-09"


def test_the_round_before_is_the_last_that_has_a_score() -> None:
    # A deep check alone between two quick checks, which would leave nothing to compare.
    history = History(
        FRAMEWORK,
        [
            voice(HALF, assessed_on=date(2026, 8, 3)),
            voice(EXAMPLE_1, assessed_on=date(2026, 9, 3)),
            deep_only(assessed_on=date(2026, 10, 3)),
            voice(EXAMPLE_1, assessed_on=date(2026, 11, 3)),
            deep_only(assessed_on=date(2026, 12, 3)),
        ],
        "month",
    )
    august, september, october, november, december = history.rounds("Atlas")

    assert history.before_and_after(november) == (september, november)
    assert history.before_and_after(december) == (september, november)
    assert history.before_and_after(october) == (august, september)
    assert history.last_scored("atlas") is november


def test_a_quarter_is_offered_only_where_it_holds_the_last_scores() -> None:
    history = History(
        FRAMEWORK,
        [
            voice(HALF, assessed_on=date(2026, 7, 3)),
            deep_only(assessed_on=date(2026, 9, 3)),
            voice(EXAMPLE_1, assessed_on=date(2026, 10, 3)),
            deep_only(assessed_on=date(2026, 11, 3)),
        ],
        "month",
    )
    _july, september, _october, november = history.rounds("Atlas")

    assert history.quarter_with_scores(september) is None
    assert history.quarter_with_scores(november) == Period(2026, 4, "quarter")


def test_a_squad_without_any_score_has_none_last() -> None:
    history = History(FRAMEWORK, [deep_only(), voice({}, assessed_on=date(2026, 12, 3))], "month")

    assert history.last_scored("Atlas") is None
    assert history.last_scored("Nobody") is None


def test_a_round_is_found_by_its_period() -> None:
    history = two_squads()

    unit = history.at("ATLAS", NOVEMBER)
    assert unit is not None
    assert unit.scores.overall == 50
    assert history.at("Atlas", Period(2026, 8, "month")) is None


def test_an_unknown_squad_has_no_rounds() -> None:
    history = two_squads()

    assert history.rounds("Nobody") == ()
    assert history.latest("Nobody") is None
    assert history.at("Nobody", NOVEMBER) is None


def test_periods_of_some_squads_come_latest_first_and_once() -> None:
    history = two_squads()

    assert [str(period) for period in history.periods(["Zebra", "Atlas"])] == [
        "2026-12",
        "2026-11",
        "2026-08",
    ]
    assert [str(period) for period in history.periods(["zebra"])] == ["2026-11", "2026-08"]
    assert history.periods([]) == ()


def test_all_rounds_go_by_first_appearance_then_time() -> None:
    history = two_squads()

    assert [(unit.squad, str(unit.period)) for unit in history.all_rounds()] == [
        ("Zebra", "2026-08"),
        ("Zebra", "2026-11"),
        ("Atlas", "2026-11"),
        ("Atlas", "2026-12"),
    ]
    assert history.newest_squad(date.max) == "Atlas"


def test_a_check_of_after_tomorrow_takes_over_only_where_there_is_nothing_else() -> None:
    checks = [
        voice(EXAMPLE_1, squad="Atlas", assessed_on=date(2026, 11, 5)),
        voice(EXAMPLE_1, squad="Zebra", assessed_on=date(2028, 1, 4)),
    ]
    history, ahead_alone = (
        History(FRAMEWORK, checks, "month"),
        History(FRAMEWORK, checks[1:], "month"),
    )
    today, before = date(2026, 11, 5), date(2028, 1, 3)  # then the fourth is tomorrow
    two_before = date(2028, 1, 2)

    newest = [history.newest_squad(day) for day in (today, two_before, before)]
    assert newest == ["Atlas", "Atlas", "Zebra"]
    assert ahead_alone.newest_squad(today) == "Zebra"
    november, january = Period(2026, 11, "month"), Period(2028, 1, "month")
    assert history.opening_period(history.squads, today=today) == november
    assert history.opening_period(history.squads, today=two_before) == november
    assert history.opening_period(history.squads, today=before) == january
    assert history.opening_period(["Zebra"], today=today) == january


@pytest.mark.parametrize("squads", [("Atlas", "Zebra"), ("Zebra", "Atlas")])
def test_of_squads_heard_on_one_day_the_same_is_the_newest_in_whatever_order(
    squads: tuple[str, str],
) -> None:
    both = [voice(EXAMPLE_1, squad=squad) for squad in squads]
    assert History(FRAMEWORK, both, "month").newest_squad(date.max) == "Atlas"
    begun = History(FRAMEWORK, both[:1], "month")
    assert History(FRAMEWORK, both, "month", earlier=begun).newest_squad(date.max) == "Atlas"


def test_no_assessments_make_an_empty_history() -> None:
    history = History(FRAMEWORK, [], "quarter")

    assert history.squads == ()
    assert history.all_rounds() == ()
    assert history.newest_squad(date.max) == ""


# Changes ------------------------------------------------------------------------------------------


def test_changes_are_told_for_levels_scored_both_times() -> None:
    # From half to worked example 3: vision 50 → 800/9, arbitration 50 → 500/11 …
    before, after = scores_from(FRAMEWORK, HALF), scores_from(FRAMEWORK, EXAMPLE_3)

    vision, strategy, arbitration, daily, delivery = changes_between(before.levels, after.levels)

    assert vision == Change("vision", 50, exactly(Fraction(800, 9)))  # type: ignore[arg-type]
    assert (strategy.before, strategy.after) == (50, exactly(Fraction(1000, 12)))
    assert (arbitration.before, arbitration.after) == (50, exactly(Fraction(500, 11)))
    assert (daily.before, daily.after) == (50, exactly(Fraction(1350, 17)))
    assert (delivery.before, delivery.after) == (50, exactly(Fraction(1250, 15)))


def test_a_level_without_score_on_either_side_has_no_change() -> None:
    full, three = scores_from(FRAMEWORK, HALF), scores_from(FRAMEWORK, THREE_LEVELS)
    one = scores_from(FRAMEWORK, EXAMPLE_2)

    assert [change.of for change in changes_between(full.levels, three.levels)] == list(LEVELS[:3])
    assert [change.of for change in changes_between(three.levels, full.levels)] == list(LEVELS[:3])
    assert [change.of for change in changes_between(one.levels, full.levels)] == ["arbitration"]
    assert changes_between(scores_from(FRAMEWORK, {}).levels, full.levels) == ()


# The deep check -----------------------------------------------------------------------------------


def test_a_round_is_read_for_the_setup_of_its_last_day() -> None:
    pm_only = setup("pm", since=date(2026, 11, 1))
    with_po = setup("pm", "po", since=date(2026, 11, 20))
    days = (date(2026, 10, 31), date(2026, 11, 3), date(2026, 11, 19), date(2026, 12, 1))
    answers = deep(deciders={"sprint-content": ("pm",)})
    history = History(
        FRAMEWORK,
        [deep_only(assessed_on=day, deep=answers) for day in days],
        "month",
        [with_po, pm_only],
    )

    units = history.rounds("Atlas")

    assert [unit.last_day for unit in units] == [days[0], days[2], days[3]]
    assert [unit.setup for unit in units] == [None, pm_only, with_po]
    assert [unit.seating.assumed for unit in units] == [True, False, False]
    # The PM decides the sprint by article B's list only.
    assert [unit.deep.who_decides.fit("daily") for unit in units] == [0, 100, 0]
    assert history.seats("ATLAS").setup_on(date(2026, 11, 19)) is pm_only
    assert history.seats("Borea").setup_on(date(2026, 11, 19)) is None


def test_without_setups_a_pm_and_a_po_are_assumed() -> None:
    unit = only_round(voice(EXAMPLE_1, deep=deep(deciders={"sprint-content": ("po", "tl")})))

    assert unit.setup is None
    assert unit.deep.who_decides.fit("daily") == 100


def test_a_later_addition_keeps_the_core_and_a_later_check_keeps_the_lenses() -> None:
    check = voice(EXAMPLE_1, voice="Ada", assessed_on=date(2026, 11, 3))
    addition = deep_only(
        voice="ADA", assessed_on=date(2026, 11, 5), deep=deep(deciders={"bets": ("pm",)})
    )
    again = voice(WORST, voice="Ada", assessed_on=date(2026, 11, 9))

    added = only_round(check, addition)
    checked_again = only_round(check, addition, again)

    assert added.voices == (check,)
    assert added.scores.overall == 100
    assert added.deep.who_decides.fit("strategy") == 100
    assert checked_again.voices == (again,)
    assert checked_again.scores.overall == 0
    assert checked_again.deep.who_decides.fit("strategy") == 100
    assert [unit.last_day.day for unit in (added, checked_again)] == [5, 9]


def test_a_round_of_additions_alone_has_voices_and_no_score() -> None:
    unit = only_round(deep_only(deep=deep(options={"shared-cycle": "partly"})))

    assert len(unit.voices) == 1
    assert unit.scores.overall is None
    assert unit.deep.lens("rhythm").score == 50


def test_a_round_nobody_took_the_deep_check_in_has_an_empty_result() -> None:
    unit = only_round(voice(EXAMPLE_1))

    assert unit.deep_answers == ()
    assert not unit.deep
    assert unit.deep.who_decides.findings == ()


def test_the_deep_check_before_is_the_last_one_taken_not_the_last_round() -> None:
    months = [
        deep_only(assessed_on=date(2026, 8, 3), deep=deep(signs={"open-questions": 20})),
        deep_only(assessed_on=date(2026, 9, 3), deep=deep(signs={"open-questions": 12})),
        voice(EXAMPLE_1, assessed_on=date(2026, 10, 3)),
        deep_only(assessed_on=date(2026, 11, 3), deep=deep(signs={"open-questions": 4})),
    ]
    history = History(FRAMEWORK, months, "month")
    august, september, october, november = history.rounds("Atlas")

    assert history.deep_before(november) is september
    assert history.deep_before(october) is september
    assert history.deep_before(august) is None
    assert history.before_and_after(november) == (october, november)


def test_the_lenses_are_read_only_when_somebody_asks() -> None:
    unit = only_round(deep_only(deep=deep(deciders={"bets": ("pm",)})))

    assert "deep" not in vars(unit)
    assert unit.deep is unit.deep

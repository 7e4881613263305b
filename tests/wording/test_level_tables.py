"""Results as frames: what is missing stays missing, and people read their own language."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from assessment.content.edition import edition_in
from assessment.content.loading import shipped_framework
from assessment.languages import points_moved
from assessment.rounds.history import History
from assessment.rounds.moves import Move, Moves, moves_between
from assessment.rounds.results import draft_result
from assessment.rounds.round import Round
from assessment.scoring.disagreement import item_disagreements
from assessment.wording import frames, method_tables, scores, tables
from assessment.wording.moves import moves_of
from tests.builders import assessment
from tests.examples import (
    EXAMPLE_1,
    EXAMPLE_2,
    EXAMPLE_3,
    EXAMPLE_4,
    HALF,
    LEVELS,
    THREE_LEVELS,
    WORST,
)

FRAMEWORK = shipped_framework()
EN, FR = edition_in("en"), edition_in("fr")


def values(column: pd.Series) -> list[object]:
    return [None if pd.isna(value) else value for value in column]


def rounds(*sheets: dict[str, str]) -> tuple[Round, ...]:
    """One round a month from August 2026, one voice each."""
    saved = [
        assessment(answers=sheet, assessed_on=date(2026, 8 + number, 1))
        for number, sheet in enumerate(sheets)
    ]
    return History(FRAMEWORK, saved, "month").rounds("Atlas")


def test_a_level_without_score_has_coverage_and_nothing_else() -> None:
    frame = frames.level_rows(EN, rounds(EXAMPLE_4)[0])

    assert list(frame.columns) == [
        "squad",
        "level",
        "level_name",
        "level_short",
        "score",
        "stage",
        "stage_name",
        "coverage",
        "low",
        "high",
        "change",
        "changed",
        "since",
        "limits",
        "is_capped",
    ]
    assert list(frame["level"]) == list(LEVELS)
    assert values(frame["score"]) == [40, None, 100, None, None]
    assert values(frame["stage"]) == [2, None, 4, None, None]
    assert list(frame["stage_name"]) == ["Propped up", "", "Fluid", "", ""]
    assert list(frame["coverage"]) == pytest.approx([1, 4 / 9, 7 / 11, 4 / 16, 3 / 15])
    assert values(frame["change"]) == [None] * 5


def test_a_change_needs_a_score_on_both_sides() -> None:
    before, after = rounds(EXAMPLE_4, THREE_LEVELS)

    frame = frames.level_rows(FR, after, moves_of(before, after))

    # vision 600/7, shown as 86, − 40; arbitration 400/7, shown as 57, − 100;
    # strategy had no score before
    assert values(frame["change"]) == [46, None, -43, None, None]
    assert list(frame["level_name"])[1] == "Stratégie et paris"
    assert list(frame["level_short"])[3] == "Quotidien"


def test_levels_as_people_read_them_show_a_dash_and_never_a_zero() -> None:
    before, after = rounds(HALF, EXAMPLE_4)

    english = tables.readable_levels(EN, scores.level_parts(EN, after, moves_of(before, after)))
    french = tables.readable_levels(FR, scores.level_parts(FR, after))

    assert list(english.columns) == [
        "Level",
        "Score",
        "Stage",
        "Coverage",
        "Change",
        "Held back by",
    ]
    # Worked example 4: vision's limit is vision-not-restated; arbitration is fluid.
    assert list(english["Held back by"]) == ["Vision not restated", "–", "–", "–", "–"]
    assert list(english["Score"]) == ["40", "–", "100", "–", "–"]
    assert list(english["Stage"]) == [
        "Propped up",
        "not enough answers",
        "Fluid",
        "not enough answers",
        "not enough answers",
    ]
    assert list(english["Coverage"]) == ["100%", "44%", "64%", "25%", "20%"]
    assert list(english["Change"]) == ["−10", "–", "+50", "–", "–"]
    assert list(french.columns) == [
        "Niveau",
        "Score",
        "Stade",
        "Couverture",
        "Écart",
        "Retenu par",
    ]
    assert list(french["Stade"])[:2] == ["Compensée", "pas assez de réponses"]


def test_squads_stand_one_under_the_other_in_the_given_order() -> None:
    history = History(
        FRAMEWORK,
        [assessment(squad="Zebra", answers=HALF), assessment(squad="Atlas", answers=EXAMPLE_1)],
        "month",
    )

    frame = frames.stacked(EN, frames.level_rows, history.all_rounds())

    assert list(frame["squad"]) == ["Zebra"] * 5 + ["Atlas"] * 5
    assert list(frame["score"]) == [50] * 5 + [100] * 5
    assert list(frame.index) == list(range(10))


def test_levels_over_time_carry_period_and_voices() -> None:
    frame = frames.dated(FR, frames.level_rows, rounds(WORST, EXAMPLE_2))

    assert list(frame["period"]) == ["2026-08"] * 5 + ["2026-09"] * 5
    assert frame["period_name"].unique().tolist() == ["août 2026", "septembre 2026"]
    assert set(frame["voices"]) == {1}
    assert values(frame["score"]) == [0] * 5 + [None, None, 100, None, None]


def moved(before: Round, after: Round) -> Moves:
    return moves_between(before, after, points=points_moved)


def with_move(*sheets: dict[str, str]) -> tuple[tuple[Round, ...], Move | None]:
    """Rounds, and how the overall score did in the last of them."""
    every = rounds(*sheets)
    return every, moved(every[-2], every[-1]).overall if len(every) > 1 else None


def test_scores_over_time_keep_rounds_without_one() -> None:
    frame = frames.scores_over_time(EN, rounds(WORST, EXAMPLE_2, THREE_LEVELS), None, {})

    assert list(frame["period_name"]) == ["August 2026", "September 2026", "October 2026"]
    assert values(frame["score"]) == [0, None, pytest.approx(500 / 7)]


def test_scores_over_time_carry_how_far_one_voice_more_or_less_moves_them() -> None:
    # Two voices at 100 and one at 0: 200 / 3, and 50 or 100 without one of them.
    voices = [assessment(answers=sheet) for sheet in (EXAMPLE_1, EXAMPLE_1, WORST)]
    alone = assessment(answers=HALF, assessed_on=date(2026, 12, 1))
    every = History(FRAMEWORK, [*voices, alone], "month").rounds("Atlas")

    frame = frames.scores_over_time(EN, every, "vision", {})

    assert values(frame["score"]) == [pytest.approx(200 / 3), 50]
    assert values(frame["low"]) == [50, None]
    assert values(frame["high"]) == [100, None]


def test_changes_come_per_level_scored_both_times() -> None:
    # Vision 50 to 40 is ten points: a move under three voices.
    frame = frames.change_rows(EN, moved(*rounds(HALF, EXAMPLE_4)))

    assert list(frame["level"]) == ["vision", "arbitration"]
    assert list(frame["before"]) == [50, 50]
    assert list(frame["after"]) == [40, 100]
    assert list(frame["is_move"]) == [True, True]
    assert frames.change_rows(EN, moved(*rounds({}, HALF))).empty


def test_voices_are_counted_per_option() -> None:
    sheets = [{"late-scope": "often"}, {"late-scope": "often"}, {"late-scope": "not-seen"}]

    frame = frames.voice_rows(EN, item_disagreements(FRAMEWORK, sheets))

    assert list(frame["option_name"]) == ["Not seen", "Sometimes", "Often"]
    assert list(frame["voices"]) == [1, 0, 2]
    assert list(frame["health"]) == [1, 0.5, 0]
    # mean ⅓, distances ⅓, ⅓ and ⅔
    assert list(frame["agreement"]) == pytest.approx([1 / 9] * 3)


def test_a_pressure_under_three_answers_is_missing() -> None:
    sheet = dict.fromkeys(("late-scope", "unclear-rework", "questions-queue"), "often")

    frame = frames.pressure_rows(EN, draft_result(FRAMEWORK, sheet, today=date(2026, 11, 28)).round)

    assert list(frame["seat"]) == ["PM", "PO"]
    assert values(frame["pressure"]) == [None, 100]
    assert list(frame["reading"]) == [
        "Not enough answers about the PM seat",
        "The PO seat looks empty",
    ]


def test_squads_as_people_read_them() -> None:
    history = History(
        FRAMEWORK,
        [
            assessment(squad="<b>Zebra</b>", answers=EXAMPLE_3),
            assessment(squad="Atlas", answers=EXAMPLE_2),
            assessment(squad="Atlas", answers={}),
        ],
        "month",
    )

    frame = tables.by_squad(EN, history.all_rounds(), tables.level_cells)

    # 800/9, 1000/12, 500/11, 1350/17 and 1250/15; who answered nothing is no voice of the levels.
    assert frame.to_numpy().tolist() == [
        [
            "<b>Zebra</b>",
            f"89 · {EN.stage(4)}",
            f"83 · {EN.stage(4)}",
            f"45 · {EN.stage(2)}",
            f"79 · {EN.stage(4)}",
            f"83 · {EN.stage(4)}",
            "1",
        ],
        ["Atlas", "–", "–", f"100 · {EN.stage(4)}", "–", "–", "1"],
    ]


def test_a_capped_level_says_so_in_the_table() -> None:
    # Arbitration (11 - 3) / 11 = 72.7 would be framed; one answer keeps it a stage below.
    history = History(
        FRAMEWORK, [assessment(answers=EXAMPLE_1 | {"single-channel": "no"})], "month"
    )

    frame = tables.by_squad(EN, history.all_rounds(), tables.level_cells)

    assert frame["Arbitration"].tolist() == [f"73 · {EN.stage(2)}, capped"]


def test_a_score_is_set_against_the_round_before() -> None:
    squads = [with_move(WORST, HALF, EXAMPLE_1), with_move(EXAMPLE_1)]
    frame = tables.readable_moves(EN, squads, measure="Overall", level=None)

    assert list(frame.columns) == ["Squad", "Last check", "Overall", "Before", "Change"]
    assert frame.to_numpy().tolist() == [
        ["Atlas", "October 2026", "100", "50", "+50"],
        ["Atlas", "August 2026", "100", "–", "–"],
    ]
    of_daily = tables.readable_moves(EN, squads, measure="Daily", level="daily")
    assert of_daily["Daily"].tolist() == ["100", "100"]


def test_a_round_without_a_score_has_no_change() -> None:
    squads = [with_move(HALF, EXAMPLE_2), with_move(EXAMPLE_2, HALF)]
    frame = tables.readable_moves(EN, squads, measure="Overall", level=None)

    assert frame.to_numpy().tolist() == [
        ["Atlas", "September 2026", "–", "50", "–"],
        ["Atlas", "September 2026", "50", "–", "–"],
    ]


def test_the_example_of_what_holds_is_named_by_the_stage_of_its_scores() -> None:
    frame = method_tables.holds_example(EN)

    assert frame[["score", "low", "high"]].to_numpy().tolist() == [[64, 58, 69], [53, 45, 60]]
    assert list(frame["stage"]) == [3, 3]  # framed from 50 to 74
    assert list(frame["stage_name"]) == ["Framed", "Framed"]


def test_the_weights_table_is_the_frameworks() -> None:
    frame = method_tables.weights_table(EN)

    assert len(frame) == 14
    assert list(frame.columns) == [
        "Question",
        "Vision",
        "Strategy and bets",
        "Arbitration",
        "Daily product decisions",
        "Delivery and quality",
        "Lever",
        "Article",
    ]
    assert frame.iloc[2, 1:6].tolist() == ["·", "·", "3", "2", "1"]
    assert frame.iloc[12, 1:6].tolist() == ["·", "·", "1", "1", "3"]
    assert list(frame["Article"]) == ["B"] * 3 + ["A"] * 11


def test_where_points_went_is_told_level_by_level_the_most_first() -> None:
    shown = draft_result(FRAMEWORK, THREE_LEVELS, today=date(2026, 11, 3)).round
    # Of 7 each: rituals cost strategy 1 and arbitration 2, mandates half of 2 everywhere.
    assert scores.where_points_went(EN, shown) == (
        "Vision, 86: Clear mandates −14.",
        "Strategy and bets, 71: Clear mandates −14 and Meetings that decide −14.",
        "Arbitration, 57: Meetings that decide −29 and Clear mandates −14.",
    )
    healthy = draft_result(FRAMEWORK, EXAMPLE_1, today=date(2026, 11, 3)).round
    assert scores.where_points_went(EN, healthy)[0] == "Vision, 100: every answer is healthy."
    assert [scores.where_points_went(FR, told)[0] for told in (shown, healthy)] == [
        "Vision, 86\xa0: Mandats clairs −14.",
        "Vision, 100\xa0: chaque réponse est saine.",
    ]

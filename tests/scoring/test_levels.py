"""Scores of single sheets, worked out by hand from framework.md, section 4.

Weights on the levels, in framework order, for checking the workings below:
vision       mandates 2, po-sets 2, vision 3, po-explains 2                            = 9
strategy     mandates 2, rituals 1, po-sets 3, backlog 2, trade-offs 1, vision 1,
             discovery 2                                                               = 12
arbitration  mandates 2, rituals 2, channel 3, trade-offs 3, late-scope 1              = 11
daily        mandates 1, rituals 1, channel 2, backlog 2, trade-offs 1, po-explains 1,
             tickets 2, sprint 1, discovery 1, queue 3, late-scope 1, rework 1         = 17
delivery     mandates 1, rituals 1, channel 1, tickets 2, sprint 3, queue 1,
             late-scope 3, rework 3                                                    = 15
"""

from __future__ import annotations

import tracemalloc
from fractions import Fraction

import numpy as np
import pytest

from assessment.content.loading import shipped_framework
from assessment.model import Framework
from assessment.scoring import levels
from assessment.scoring.levels import (
    Floats,
    Healths,
    LevelScore,
    Scores,
    capped_levels,
    healths_of,
    level_scores,
    score_table,
)
from tests.builders import scores_from
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


def scored(answers: dict[str, str]) -> Scores:
    return scores_from(FRAMEWORK, answers)


def pooled_like(changes: dict[str, float], *, others: float = 1.0) -> Scores:
    """The scores of a sheet of healths, as pooling makes them: `others` but for `changes`."""
    values = np.array([[changes.get(item, others) for item in ITEMS]])
    return score_table(FRAMEWORK, Healths(values, np.ones_like(values, dtype=bool))).sheet(0)


def level(
    level_id: str,
    score: Fraction | int | None,
    coverage: Fraction | int,
    stage: int | None,
    *limits: str,
) -> LevelScore:
    return LevelScore(
        level_id,
        score if score is None else exactly(score),  # type: ignore[arg-type]
        exactly(coverage),  # type: ignore[arg-type]
        stage,
        limits,
    )


# Worked examples of framework.md ------------------------------------------------------------------


def test_example_1_all_healthy() -> None:
    scores = scored(EXAMPLE_1)

    assert scores.levels == tuple(level(level_id, 100, 1, 4) for level_id in LEVELS)
    assert scores.overall == 100
    assert scores.yes_count == 3


def test_example_2_only_the_three_questions_all_yes() -> None:
    scores = scored(EXAMPLE_2)

    assert scores.levels == (
        level("vision", None, Fraction(2, 9), None),
        level("strategy", None, Fraction(3, 12), None),
        level("arbitration", 100, Fraction(7, 11), 4),
        level("daily", None, Fraction(4, 17), None),
        level("delivery", None, Fraction(3, 15), None),
    )
    assert scores.overall is None
    assert scores.yes_count == 3


def test_example_3_questions_in_trouble_and_no_signal() -> None:
    scores = scored(EXAMPLE_3)

    assert scores.levels == (
        level("vision", Fraction(800, 9), 1, 4),
        level("strategy", Fraction(1000, 12), 1, 4),
        level("arbitration", Fraction(500, 11), 1, 2, "single-channel"),
        level("daily", Fraction(1350, 17), 1, 4),
        level("delivery", Fraction(1250, 15), 1, 4),
    )
    # framework.md rounds the overall to 76.085; its own five fractions give 380.4219/5 = 76.0844,
    # and the fractions and the formula are what binds.
    total = (
        Fraction(800, 9)
        + Fraction(1000, 12)
        + Fraction(500, 11)
        + Fraction(1350, 17)
        + Fraction(1250, 15)
    )
    assert scores.overall == exactly(total / 5)
    assert scores.overall == pytest.approx(76.0844, abs=5e-5)
    assert scores.yes_count == 0


def test_example_4_not_applicable_and_unanswered() -> None:
    scores = scored(EXAMPLE_4)

    assert scores.levels == (
        level("vision", 40, 1, 2, "vision-not-restated"),
        level("strategy", None, Fraction(4, 9), None),
        level("arbitration", 100, Fraction(7, 11), 4),
        level("daily", None, Fraction(4, 16), None),
        level("delivery", None, Fraction(3, 15), None),
    )
    assert scores.overall is None
    assert scores.yes_count == 3


# More sheets, worked out in full ------------------------------------------------------------------


def test_every_answer_half_healthy() -> None:
    # Every level is 100 · (Σw/2) / Σw = 50: stage 3 begins there, and the caps (h 0.5: at most 3)
    # do not bite. The costliest item is the first of the primary ones: it loses 1.5.
    scores = scored(HALF)

    assert scores.levels == (
        level("vision", 50, 1, 3, "vision-not-restated"),
        level("strategy", 50, 1, 3, "po-sets-strategy"),
        level("arbitration", 50, 1, 3, "single-channel"),
        level("daily", 50, 1, 3, "questions-queue"),
        level("delivery", 50, 1, 3, "pm-runs-sprint"),
    )
    assert scores.overall == 50
    assert scores.yes_count == 0


def test_every_answer_unhealthy() -> None:
    scores = scored(WORST)

    assert scores.levels == (
        level("vision", 0, 1, 1, "vision-not-restated"),
        level("strategy", 0, 1, 1, "po-sets-strategy"),
        level("arbitration", 0, 1, 1, "single-channel"),
        level("daily", 0, 1, 1, "questions-queue"),
        level("delivery", 0, 1, 1, "pm-runs-sprint"),
    )
    assert scores.overall == 0
    assert scores.yes_count == 0


def test_nothing_answered_scores_nothing() -> None:
    scores = scored({})

    assert scores.levels == tuple(level(level_id, None, 0, None) for level_id in LEVELS)
    assert scores.overall is None
    assert scores.yes_count is None
    assert scores.scored == ()


def test_three_scored_levels_have_an_overall() -> None:
    # vision       (2·½ + 2 + 3) / 7 = 6/7,      coverage 7/9
    # strategy     (2·½ + 0 + 3 + 1) / 7 = 5/7,  coverage 7/12; mandates and rituals each lose 1
    # arbitration  (2·½ + 0 + 3) / 7 = 4/7,      coverage 7/11; rituals loses 2, mandates 1
    # overall      (600/7 + 500/7 + 400/7) / 3 = 500/7
    scores = scored(THREE_LEVELS)

    assert scores.levels == (
        level("vision", Fraction(600, 7), Fraction(7, 9), 4),
        level("strategy", Fraction(500, 7), Fraction(7, 12), 3, "mandates-clear"),
        level("arbitration", Fraction(400, 7), Fraction(7, 11), 3, "rituals-decide"),
        level("daily", None, Fraction(4, 17), None),
        level("delivery", None, Fraction(3, 15), None),
    )
    assert scores.overall == exactly(Fraction(500, 7))
    assert scores.yes_count == 1


def test_two_scored_levels_have_no_overall() -> None:
    # Without po-sets-strategy: vision (1 + 3) / 5, strategy covers 4/12, arbitration as before.
    scores = scored(THREE_LEVELS | {"po-sets-strategy": "unknown"})

    assert scores.levels[:3] == (
        level("vision", 80, Fraction(5, 9), 4),
        level("strategy", None, Fraction(4, 12), None),
        level("arbitration", Fraction(400, 7), Fraction(7, 11), 3, "rituals-decide"),
    )
    assert scores.overall is None
    assert [level_score.id for level_score in scores.scored] == ["vision", "arbitration"]


def test_one_late_addition_touches_three_levels() -> None:
    # late-scope often: arbitration 10/11, daily 16/17, delivery 12/15 = 80: by score stage 4,
    # capped at 2 by its primary item.
    scores = scored(healthy({"late-scope": "often"}))

    assert scores.levels == (
        level("vision", 100, 1, 4),
        level("strategy", 100, 1, 4),
        level("arbitration", Fraction(1000, 11), 1, 4),
        level("daily", Fraction(1600, 17), 1, 4),
        level("delivery", 80, 1, 2, "late-scope"),
    )
    # (100 + 100 + 1000/11 + 1600/17 + 80) / 5
    total = 280 + Fraction(1000, 11) + Fraction(1600, 17)
    assert scores.overall == exactly(total / 5)
    assert scores.yes_count == 3


# Stage boundaries ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "points", "stage", "limit"),
    [
        pytest.param(
            # po-sets 1.5 + backlog 1 + trade-offs 0.5 = 3 of 12; mandates and discovery lose 2
            {
                "mandates-clear": "no",
                "rituals-decide": "no",
                "po-sets-strategy": "sometimes",
                "backlog-by-requests": "sometimes",
                "trade-offs-mid-sprint": "sometimes",
                "vision-not-restated": "often",
                "discovery-squeezed": "often",
            },
            Fraction(3),
            2,
            "mandates-clear",
            id="exactly 25",
        ),
        pytest.param(
            {
                "mandates-clear": "no",
                "rituals-decide": "no",
                "po-sets-strategy": "sometimes",
                "backlog-by-requests": "sometimes",
                "trade-offs-mid-sprint": "often",
                "vision-not-restated": "often",
                "discovery-squeezed": "often",
            },
            Fraction(5, 2),
            1,
            "mandates-clear",
            id="half a weight under 25",
        ),
        pytest.param(
            # 12 − 2 − 2 − 2 = 6
            {
                "mandates-clear": "no",
                "backlog-by-requests": "often",
                "discovery-squeezed": "often",
            },
            Fraction(6),
            3,
            "mandates-clear",
            id="exactly 50",
        ),
        pytest.param(
            {
                "mandates-clear": "no",
                "rituals-decide": "partly",
                "backlog-by-requests": "often",
                "discovery-squeezed": "often",
            },
            Fraction(11, 2),
            2,
            "mandates-clear",
            id="half a weight under 50",
        ),
        pytest.param(
            # 12 − 2 − 1 = 9
            {"mandates-clear": "no", "rituals-decide": "no"},
            Fraction(9),
            4,
            None,
            id="exactly 75",
        ),
        pytest.param(
            {
                "mandates-clear": "no",
                "rituals-decide": "no",
                "trade-offs-mid-sprint": "sometimes",
            },
            Fraction(17, 2),
            3,
            "mandates-clear",
            id="half a weight under 75",
        ),
    ],
)
def test_a_stage_opens_exactly_at_its_floor(
    changes: dict[str, str], points: Fraction, stage: int, limit: str | None
) -> None:
    strategy = scored(healthy(changes)).level("strategy")

    limits = (limit,) if limit else ()
    assert strategy == level("strategy", 100 * points / 12, 1, stage, *limits)


@pytest.mark.parametrize(
    ("health", "stage"),
    [(0.2499, 1), (0.25, 2), (0.4999, 2), (0.5, 3), (0.7499, 3), (0.75, 4)],
)
def test_pooled_healths_open_a_stage_exactly_at_its_floor(health: float, stage: int) -> None:
    # When every item has the same health, every level scores 100 times that health. The cap of
    # a primary item under 0.25 is 2 and under 0.75 is 3: neither bites at these scores.
    scores = pooled_like({}, others=health)

    assert [level_score.stage for level_score in scores.levels] == [stage] * 5
    assert scores.overall == exactly(100 * health)


def test_thirds_that_add_up_to_a_floor_open_its_stage() -> None:
    # (2·⅓ + 2·⅔ + 3·½ + 2·½) / 9 = 4.5/9, whatever binary fractions make of the thirds
    scores = pooled_like(
        {
            "mandates-clear": 1 / 3,
            "po-sets-strategy": 2 / 3,
            "vision-not-restated": 0.5,
            "po-explains-direction": 0.5,
        }
    )

    assert scores.level("vision") == level("vision", 50, 1, 3, "vision-not-restated")


# Caps ---------------------------------------------------------------------------------------------


def test_a_primary_signal_seen_often_caps_its_level_at_two() -> None:
    # 6/9 = 66.7 would be stage 3
    vision = scored(healthy({"vision-not-restated": "often"})).level("vision")

    assert vision == level("vision", Fraction(600, 9), 1, 2, "vision-not-restated")


def test_a_primary_signal_seen_sometimes_caps_its_level_at_three() -> None:
    # 7.5/9 = 83.3 would be stage 4
    vision = scored(healthy({"vision-not-restated": "sometimes"})).level("vision")

    assert vision == level("vision", Fraction(750, 9), 1, 3, "vision-not-restated")


def test_a_cap_at_two_does_not_bite_at_a_score_of_stage_two() -> None:
    # 9 − 3 − 2·½ − 2·½ = 4 of 9 = 44.4: stage 2 by score, the costliest item limits
    changes = {
        "vision-not-restated": "often",
        "mandates-clear": "partly",
        "po-sets-strategy": "sometimes",
    }
    vision = scored(healthy(changes)).level("vision")

    assert vision == level("vision", Fraction(400, 9), 1, 2, "vision-not-restated")


def test_a_cap_that_does_not_bite_leaves_the_limit_to_the_costliest_item() -> None:
    # 9 − 1.5 − 2 = 5.5 of 9 = 61.1: stage 3 by score; mandates loses 2, the primary item 1.5
    changes = {"vision-not-restated": "sometimes", "mandates-clear": "no"}
    vision = scored(healthy(changes)).level("vision")

    assert vision == level("vision", Fraction(550, 9), 1, 3, "mandates-clear")


def test_a_cap_names_its_item_even_where_another_item_costs_as_much() -> None:
    # 12 − 3 = 9 = exactly 75: stage 4 by score, 2 by po-sets-strategy
    strategy = scored(healthy({"po-sets-strategy": "often"})).level("strategy")

    assert strategy == level("strategy", 75, 1, 2, "po-sets-strategy")


def test_the_stricter_of_two_caps_holds_and_only_it_bites() -> None:
    # 11 − 3 − 1.5 = 6.5 of 11 = 59.1: stage 3 by score; channel allows 2, trade-offs allow 3
    changes = {"single-channel": "no", "trade-offs-mid-sprint": "sometimes"}
    arbitration = scored(healthy(changes)).level("arbitration")

    assert arbitration == level("arbitration", Fraction(650, 11), 1, 2, "single-channel")


def test_two_biting_caps_are_both_named_in_framework_order() -> None:
    # 15 − 1.5 − 1.5 = 12 of 15 = 80: stage 4 by score, each item allows 3
    changes = {"late-scope": "sometimes", "pm-runs-sprint": "sometimes"}
    delivery = scored(healthy(changes)).level("delivery")

    assert delivery == level("delivery", 80, 1, 3, "pm-runs-sprint", "late-scope")


def test_a_milder_cap_is_named_beside_a_stricter_one_when_both_lower_the_stage() -> None:
    # 15 − 3·0.8 − 3·0.3 = 11.7 of 15 = 78: stage 4 by score; 0.2 allows 2, 0.7 allows 3
    delivery = pooled_like({"pm-runs-sprint": 0.2, "late-scope": 0.7}).level("delivery")

    assert delivery == level("delivery", 78, 1, 2, "pm-runs-sprint", "late-scope")


@pytest.mark.parametrize(
    ("health", "points", "stage"),
    [
        (1 / 6, Fraction(13, 2), 2),  # 72.2 is stage 3, h < 0.25 allows 2
        (0.25, Fraction(27, 4), 3),  # 75 is stage 4, h = 0.25 allows 3
        (2 / 3, Fraction(8), 3),  # 88.9 is stage 4, h < 0.75 allows 3
        (0.75, Fraction(33, 4), 4),  # 91.7 is stage 4, h = 0.75 allows it
    ],
)
def test_a_cap_loosens_exactly_at_its_threshold(
    health: float, points: Fraction, stage: int
) -> None:
    vision = pooled_like({"vision-not-restated": health}).level("vision")

    limits = ("vision-not-restated",) if stage < 4 else ()
    assert vision == level("vision", 100 * points / 9, 1, stage, *limits)


def test_an_item_that_is_not_primary_caps_nothing() -> None:
    # mandates loses 2 of 9: 77.8, and no level has it as its primary item
    scores = scored(healthy({"mandates-clear": "no"}))

    assert scores.level("vision") == level("vision", Fraction(700, 9), 1, 4)


def test_an_unknown_primary_item_caps_nothing() -> None:
    vision = scored(healthy({"vision-not-restated": "unknown"})).level("vision")

    assert vision == level("vision", 100, Fraction(6, 9), 4)


# Limits -------------------------------------------------------------------------------------------


def test_the_limit_weighs_what_an_item_loses_not_how_bad_it_is() -> None:
    # daily: queue sometimes loses 1.5; mandates, rituals, trade-offs, discovery at 0 lose 1 each:
    # 17 − 1.5 − 4 = 11.5 of 17 = 67.6
    changes = {
        "mandates-clear": "no",
        "rituals-decide": "no",
        "trade-offs-mid-sprint": "often",
        "discovery-squeezed": "often",
        "questions-queue": "sometimes",
    }
    daily = scored(healthy(changes)).level("daily")

    assert daily == level("daily", Fraction(1150, 17), 1, 3, "questions-queue")


def test_items_that_lose_alike_are_told_apart_by_framework_order() -> None:
    # daily: channel, backlog and tickets lose 2 each, discovery 1: 10 of 17 = 58.8
    changes = {
        "pm-writes-tickets": "often",
        "backlog-by-requests": "often",
        "single-channel": "no",
        "discovery-squeezed": "often",
    }
    daily = scored(healthy(changes)).level("daily")

    assert daily == level("daily", Fraction(1000, 17), 1, 3, "single-channel")


def test_fifths_that_lose_alike_are_told_apart_by_framework_order() -> None:
    # arbitration: 2·(1 − 2/5), the same again, and 3·(1 − 3/5) all lose 6/5, whatever binary
    # fractions make of them: 11 − 18/5 = 37/5 of 11 = 67.3
    changes = {"mandates-clear": 2 / 5, "rituals-decide": 2 / 5, "single-channel": 3 / 5}
    arbitration = pooled_like(changes).level("arbitration")

    assert arbitration == level("arbitration", Fraction(740, 11), 1, 3, "mandates-clear")


def test_where_a_cap_bites_a_costlier_item_is_not_a_limit() -> None:
    # daily: queue sometimes loses 1.5, channel 2: 13.5 of 17 = 79.4 is stage 4, the queue allows 3
    daily = scored(healthy({"questions-queue": "sometimes", "single-channel": "no"})).level("daily")

    assert daily == level("daily", Fraction(1350, 17), 1, 3, "questions-queue")


def test_a_level_that_is_not_scored_has_no_limits() -> None:
    vision = scored({"vision-not-restated": "often"}).level("vision")

    assert vision == level("vision", None, Fraction(3, 9), None)


# Coverage -----------------------------------------------------------------------------------------


def test_coverage_of_exactly_half_is_scored() -> None:
    # 2 + 1 + 3 = 6 of 12
    answers = {"mandates-clear": "no", "rituals-decide": "yes", "po-sets-strategy": "not-seen"}

    assert scored(answers).level("strategy") == level(
        "strategy", Fraction(400, 6), Fraction(1, 2), 3, "mandates-clear"
    )


def test_coverage_just_under_half_is_not_scored() -> None:
    # 2 + 3 = 5 of 12
    answers = {"mandates-clear": "no", "po-sets-strategy": "not-seen"}

    assert scored(answers).level("strategy") == level("strategy", None, Fraction(5, 12), None)


def test_an_item_that_does_not_apply_can_lift_coverage_over_half() -> None:
    # The same 2 + 1 + 2 = 5 answered: of 12, or of 9 where there is no PO
    answers = {
        "mandates-clear": "yes",
        "rituals-decide": "yes",
        "backlog-by-requests": "not-seen",
    }
    without_po = answers | {"po-sets-strategy": "not-applicable"}

    assert scored(answers).level("strategy") == level("strategy", None, Fraction(5, 12), None)
    assert scored(without_po).level("strategy") == level("strategy", 100, Fraction(5, 9), 4)


def test_unanswered_items_lower_coverage_not_score() -> None:
    # delivery without sprint and late-scope: 9 of 15 answered
    answers = healthy({"mandates-clear": "no"})
    del answers["pm-runs-sprint"], answers["late-scope"]

    assert scored(answers).level("delivery") == level(
        "delivery", Fraction(800, 9), Fraction(9, 15), 4
    )


def test_unknown_counts_like_no_answer() -> None:
    answers = healthy({"mandates-clear": "no"})
    del answers["pm-runs-sprint"], answers["late-scope"]
    unknown = answers | {"pm-runs-sprint": "unknown", "late-scope": "unknown"}

    assert scored(unknown) == scored(answers)


def test_not_applicable_leaves_both_sums() -> None:
    # Without a PO, vision weighs mandates 2 and vision 3 only: 3/5
    answers = healthy(
        {
            "mandates-clear": "no",
            "po-sets-strategy": "not-applicable",
            "po-explains-direction": "not-applicable",
        }
    )
    scores = scored(answers)

    assert scores.level("vision") == level("vision", 60, 1, 3, "mandates-clear")
    # strategy (9 − 2) / 9, daily (16 − 1) / 16
    assert scores.level("strategy") == level("strategy", Fraction(700, 9), 1, 4)
    assert scores.level("daily") == level("daily", Fraction(1500, 16), 1, 4)


def test_a_level_to_which_nothing_applies_has_coverage_zero_and_no_score() -> None:
    nothing = np.full((1, len(ITEMS)), np.nan)
    scores = score_table(FRAMEWORK, Healths(nothing, np.zeros_like(nothing, dtype=bool))).sheet(0)

    assert scores.levels == tuple(level(level_id, None, 0, None) for level_id in LEVELS)


# Yes count ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "count"),
    [
        (("yes", "yes", "yes"), 3),
        (("yes", "yes", "no"), 2),
        (("partly", "yes", "partly"), 1),
        (("no", "partly", "no"), 0),
        (("yes", "yes", "unknown"), None),
        (("yes", "yes", None), None),
        ((None, None, None), None),
    ],
)
def test_the_yes_count_needs_all_three_questions(
    answers: tuple[str | None, ...], count: int | None
) -> None:
    given = {
        question: answer for question, answer in zip(ITEMS[:3], answers, strict=True) if answer
    }

    assert scored(given).yes_count == count


# Many sheets at once ------------------------------------------------------------------------------


def test_a_table_of_sheets_scores_each_as_if_alone() -> None:
    sheets = [EXAMPLE_3, {}, EXAMPLE_1, EXAMPLE_4, THREE_LEVELS, EXAMPLE_2, HALF, WORST]

    table = score_table(FRAMEWORK, healths_of(FRAMEWORK, sheets))

    assert len(table) == 8
    assert [table.sheet(index) for index in range(8)] == [scored(sheet) for sheet in sheets]
    assert [table.sheet(index).overall for index in (1, 2, 6, 7)] == [None, 100, 50, 0]


def test_no_sheets_make_an_empty_table() -> None:
    table = score_table(FRAMEWORK, healths_of(FRAMEWORK, []))

    assert len(table) == 0
    assert table.scores.shape == (0, 5)
    assert table.limits.shape == (0, 14, 5)


def test_scoring_many_sheets_never_lays_out_every_item_of_each_for_every_level() -> None:
    healths = healths_of(FRAMEWORK, [EXAMPLE_1] * 10_000)

    tracemalloc.start()
    score_table(FRAMEWORK, healths)
    _held, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < len(FRAMEWORK.levels) * healths.values.nbytes


def test_many_sheets_are_scored_some_thousands_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    healths = healths_of(FRAMEWORK, [EXAMPLE_1, EXAMPLE_3] * (levels.AT_ONCE // 2) + [EXAMPLE_4])
    asked: list[int] = []

    def noted(framework: Framework, some: Healths) -> tuple[Floats, Floats, Floats]:
        asked.append(len(some))
        return level_scores(framework, some)

    monkeypatch.setattr(levels, "level_scores", noted)
    table = score_table(FRAMEWORK, healths)

    assert asked == [levels.AT_ONCE, 1]
    assert len(table) == levels.AT_ONCE + 1
    last = [table.sheet(levels.AT_ONCE - 1), table.sheet(levels.AT_ONCE)]
    assert last == [scored(EXAMPLE_3), scored(EXAMPLE_4)]


def test_healths_of_options() -> None:
    answers = {
        "mandates-clear": "yes",
        "rituals-decide": "partly",
        "single-channel": "no",
        "po-sets-strategy": "not-applicable",
        "backlog-by-requests": "not-seen",
        "trade-offs-mid-sprint": "sometimes",
        "vision-not-restated": "often",
        "po-explains-direction": "unknown",
    }

    healths = healths_of(FRAMEWORK, [answers])

    nan = float("nan")
    expected = [1, 0.5, 0, nan, 1, 0.5, 0, nan, nan, nan, nan, nan, nan, nan]
    assert np.array_equal(healths.values, [expected], equal_nan=True)
    assert healths.applies.tolist() == [[item != "po-sets-strategy" for item in ITEMS]]


def test_a_level_kept_below_the_stage_of_its_score_is_told_with_that_stage() -> None:
    # vision-not-restated often: vision (9 - 3) / 9 = 66.7 would be framed; capped at compensated.
    answers = EXAMPLE_1 | {"vision-not-restated": "often"}
    scores = scores_from(FRAMEWORK, answers)
    assert [
        (level.id, level.stage, stage) for level, stage in capped_levels(FRAMEWORK, scores)
    ] == [("vision", 2, 3)]
    assert capped_levels(FRAMEWORK, scores_from(FRAMEWORK, EXAMPLE_1)) == ()

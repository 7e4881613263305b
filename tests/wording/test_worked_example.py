"""The method's worked example, worked out by hand from framework.toml's weights."""

from __future__ import annotations

from datetime import date

from assessment.content.edition import edition_in
from assessment.wording.worked_example import ANSWERS, WorkedExample

EN = WorkedExample(edition_in("en"), date(2026, 11, 28))


def test_every_item_is_answered_in_the_example() -> None:
    assert set(ANSWERS) == set(EN.edition.framework.item_ids)
    assert len(EN.table) == 14


def test_a_level_is_followed_from_weights_and_healths_to_its_stage() -> None:
    # Delivery: 1×1 + 1×0.5 + 1×0 + 2×0.5 + 3×1 + 1×0.5 + 3×0 + 3×0.5 = 7.5 of 15.
    assert EN.level_name == "Delivery and quality"
    assert EN.table["Weight × health"].tolist() == [
        *("1", "0.5", "0"),
        *("·", "·", "·", "·", "·"),
        *("1", "3", "·", "0.5", "0", "1.5"),
    ]
    assert EN.steps() == (
        "Score: 100 × 7.5 ÷ 15 = 50.",
        "Coverage: 15 ÷ 15 = 100%.",
        "Stage: “Framed” by its points, kept at “Propped up” by: Late scope.",
    )


def test_the_overall_score_is_the_mean_of_the_levels_and_the_first_lever_gains_most() -> None:
    overall, lever = EN.outcome()

    # (250/3 + 70 + 300/11 + 46.875 + 50) / 5 = 55.496
    assert overall == "Mean of the levels: (83.3 + 70 + 27.3 + 46.9 + 50) ÷ 5 = 55.5."
    assert lever == (
        "First lever: Protect the sprint from late scope. Points to gain at most: Arbitration +9, "
        "Daily +9 and Delivery +30."
    )


def test_what_the_squad_reads_is_what_the_product_says_of_such_answers() -> None:
    result = EN.result.round.scores

    assert EN.verdict == (
        "Urgent requests bypass the channel (Arbitration, Daily and Delivery: propped up); the "
        "PO seat looks empty."
    )
    assert [level.stage for level in result.levels] == [3, 3, 2, 2, 2]

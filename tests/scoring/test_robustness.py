"""How far a result holds: one voice out, other weights, who is missing, worked out by hand."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.content.loading import shipped_framework
from assessment.model import Answers
from assessment.scoring.levels import Scores, healths_of, score_table
from assessment.scoring.pooling import pooled
from assessment.scoring.robustness import (
    Holds,
    LevelHold,
    Ranges,
    holds_of,
    missing_ranges,
    ranges_of,
)
from tests.examples import EXAMPLE_1, EXAMPLE_2, HALF, ITEMS, LEVELS, WORST, healthy, sheet
from tests.expected import exactly

FRAMEWORK = shipped_framework()
OPTIONS = {item: FRAMEWORK.options_by_item[item] for item in ITEMS}

sheets = st.fixed_dictionaries(
    {}, optional={item: st.sampled_from(options) for item, options in OPTIONS.items()}
)
NO_PO = dict.fromkeys(("po-sets-strategy", "po-explains-direction"), "not-applicable")


def holds(*voices: Answers) -> Holds:
    return holds_of(FRAMEWORK, healths_of(FRAMEWORK, voices))


def one_out(*voices: Answers) -> Ranges:
    return ranges_of(FRAMEWORK, healths_of(FRAMEWORK, voices))


def levels_of(ranges: Ranges) -> dict[str, tuple[object, object]]:
    return {level: (reach.low, reach.high) for level, reach in ranges.levels.items()}


def missing(*voices: Answers, expected: int) -> Mapping[str, tuple[object, object]]:
    reaches = missing_ranges(FRAMEWORK, healths_of(FRAMEWORK, voices), expected=expected)
    return {
        level: (reach.low, reach.high) if reach else (None, None)
        for level, reach in reaches.items()
    }


# One voice out ------------------------------------------------------------------------------------


def test_one_voice_or_two_give_no_range_but_the_weights_speak() -> None:
    for voices in ((EXAMPLE_1,), (EXAMPLE_1, WORST)):
        held = holds(*voices)

        assert held.rests_on_few
        assert (held.weakest_kept, held.lever_kept) == (None, None)
        assert {level.stage_kept for level in held.levels} == {None}
        assert levels_of(one_out(*voices)) == {}
        assert [level.stage_share for level in held.levels] == [1.0] * 5
        assert all(level.holds for level in held.levels)


def test_where_no_voice_can_be_left_out_a_stage_is_as_high_as_weights_alone_make_it() -> None:
    # One channel at 1/6 of health caps arbitration at the second stage; without a "no" it is at
    # 1/4, which caps it at the third.
    voices = [healthy({"single-channel": option}) for option in ("partly", "no", "no")]
    left_out, counted = (
        holds_of(FRAMEWORK, healths_of(FRAMEWORK, voices), leaves_out=leaves_out)
        for leaves_out in (True, False)
    )

    assert left_out.level("arbitration") == LevelHold("arbitration", False, 1.0, 3)
    assert counted.level("arbitration") == LevelHold("arbitration", None, 1.0, 2)
    assert (counted.weakest_kept, counted.lever_kept) == (None, None)


def test_three_voices_alike_hold_everywhere() -> None:
    held = holds(HALF, HALF, HALF)

    assert levels_of(one_out(HALF, HALF, HALF)) == dict.fromkeys(LEVELS, (50.0, 50.0))
    assert {(level.stage_kept, level.stage_share) for level in held.levels} == {(True, 1.0)}
    # All levels tie at 50, under all weights: the first in framework order stays the weakest.
    assert (held.weakest_kept, held.weakest_share) == (True, 1.0)


def test_of_three_voices_each_leaves_the_mean_of_the_other_two() -> None:
    # Healthy twice and half once: 100, 100 and 50 at every level. In full 250/3, stage 4 by score
    # and by caps (h = 5/6). Without a healthy one 75, h = 3/4, which no cap bites; without the
    # other 100.
    voices = EXAMPLE_1, EXAMPLE_1, HALF
    held = holds(*voices)

    assert levels_of(one_out(*voices)) == dict.fromkeys(LEVELS, (75.0, 100.0))
    assert {level.stage_kept for level in held.levels} == {True}
    # Without the half one no lever gains, though in full the first one does.
    assert held.lever_kept is False
    # All levels tie each time: vision is named first each time.
    assert held.weakest_kept is True


def test_a_level_hangs_on_one_voice_whose_absence_moves_its_stage() -> None:
    # Delivery, weights of 15: late-scope (3) of one voice in trouble. In full
    # h = 2/3, capped at 3 though 100·14/15 = 93.33; without that voice 100 and stage 4.
    late = healthy({"late-scope": "often"})
    held, ranges = holds(EXAMPLE_1, EXAMPLE_1, late), levels_of(one_out(EXAMPLE_1, EXAMPLE_1, late))

    delivery = held.level("delivery")
    # Without a healthy voice h = 1/2: 100·(15 − 3/2)/15 = 90.
    assert ranges["delivery"] == (exactly(90), 100.0)
    assert delivery == LevelHold("delivery", stage_kept=False, stage_share=1.0, highest=4)
    assert not delivery.holds
    # Arbitration, weights of 11, late-scope 1: stage 4 whoever is left out.
    assert ranges["arbitration"] == (exactly(100 - Fraction(50, 11)), 100.0)
    assert held.level("arbitration").holds


def test_of_seven_voices_the_greatest_and_the_least_set_the_range() -> None:
    # Scores 100 (three), 50 (three) and 0 at every level: 450 together, 450/7 in full.
    voices = [EXAMPLE_1] * 3 + [HALF] * 3 + [WORST]
    held = holds(*voices)

    expected = exactly(Fraction(350, 6)), exactly(75)
    assert levels_of(one_out(*voices)) == dict.fromkeys(LEVELS, expected)
    # Without the worst one 75, h = 3/4: stage 4, where in full it is 3.
    assert {level.stage_kept for level in held.levels} == {False}


def test_a_stage_may_change_and_stay_as_low() -> None:
    # h = 1/4 of each item: 25 under any weights, stage 2; without the healthy voice 0, stage 1.
    held = holds(WORST, WORST, WORST, EXAMPLE_1)

    assert {(level.stage_kept, level.highest) for level in held.levels} == {(False, 2)}


def test_a_level_that_is_not_scored_without_one_voice_is_not_kept() -> None:
    # Vision is answered by one voice alone: without it 2/9 of its weight is.
    voices = EXAMPLE_2, EXAMPLE_2, EXAMPLE_1
    held = holds(*voices)

    assert levels_of(one_out(*voices))["vision"] == (100.0, 100.0)
    assert held.level("vision").stage_kept is False
    assert held.level("vision").highest == 4  # it could be any
    assert held.level("arbitration").stage_kept is True


def test_what_is_not_scored_and_what_nothing_gains_is_none() -> None:
    held = holds(EXAMPLE_2, EXAMPLE_2, EXAMPLE_2)

    assert held.level("vision") == LevelHold("vision")
    assert (held.lever_kept, held.lever_share) == (None, None)
    assert (held.weakest_kept, held.weakest_share) == (True, 1.0)
    nothing = holds({}, {}, {})
    assert nothing == Holds(0, tuple(map(LevelHold, LEVELS)))


def test_whoever_only_says_they_do_not_know_is_no_voice_but_their_waivers_count() -> None:
    unsure = dict.fromkeys(ITEMS, "unknown")
    waiving = NO_PO

    assert holds(HALF, HALF, unsure).voices == 2
    assert holds(HALF, HALF, HALF, unsure) == holds(HALF, HALF, HALF)
    only_vision = {"vision-not-restated": "sometimes", "mandates-clear": "partly"}
    # 5 of 9 answered, and 5 of 5 where two of the items do not apply, each voice left out or not.
    assert holds(*[only_vision] * 3, waiving).level("vision").stage_kept is True


def test_a_voices_waivers_leave_with_it() -> None:
    # Vision's items: mandates-clear 2, po-sets-strategy 2, vision-not-restated 3, po-explains 2.
    one = {"vision-not-restated": "sometimes"}
    waiving = one | {
        "po-sets-strategy": "not-applicable",
        "po-explains-direction": "not-applicable",
    }
    # In full 3 of 5 apply and are answered; without the waiving voice 3 of 9, which is too few.
    voices = one, one, waiving

    assert levels_of(one_out(*voices))["vision"] == (50.0, 50.0)
    assert holds(*voices).level("vision").stage_kept is False


# Other weights ------------------------------------------------------------------------------------


def test_a_score_on_a_border_keeps_its_stage_under_some_weights_only() -> None:
    held = holds(
        sheet("partly", "sometimes", {"questions-queue": "not-seen", "late-scope": "often"})
    )

    daily = held.level("daily")
    # 100 · (17/2 + 3/2 − 1/2)/17 = 55.9: of the 17 only draws far off would fall under 50.
    assert daily.stage_share is not None
    assert 0.9 < daily.stage_share <= 1.0
    delivery = held.level("delivery")
    # 100 · (15/2 + 1/2 − 3/2)/15 = 43.3, and late-scope caps at 2.
    assert delivery.stage_share == 1.0


def test_the_share_is_that_of_a_lone_reading_of_the_rule() -> None:
    # Two items at one level, weights 3 and 2, healths 1 and 0: the score 60 is under 50 where
    # 3a < 2b, for a and b uniform from 1/2 to 3/2. b > 3a/2 holds on a from 1/2 to 1 with
    # b from 3a/2 to 3/2: an area of 3/4 − 9/16 = 3/16. The score is 75 and
    # more where a > 2b: a from 1 to 3/2, b from 1/2 to a/2, an area of 1/16. So 12/16 keep stage 3.
    answers = {"vision-not-restated": "not-seen", "mandates-clear": "no"}
    held = holds(answers | NO_PO)

    assert held.level("vision").stage_share == pytest.approx(12 / 16, abs=0.03)
    assert not held.level("vision").holds


def test_a_share_never_changes_from_run_to_run() -> None:
    program = "from tests.scoring.test_robustness import shares; print(shares())"
    again = [
        subprocess.run(  # noqa: S603 - our own interpreter
            [sys.executable, "-c", program], check=True, capture_output=True, text=True
        ).stdout
        for _ in range(2)
    ]

    assert again == [f"{shares()}\n"] * 2


def shares() -> str:
    held = holds(sheet("partly", "sometimes", {"questions-queue": "often"}), EXAMPLE_2)
    levels = [level.stage_share for level in held.levels]
    return json.dumps([*levels, held.weakest_share, held.lever_share])


# Who is missing -----------------------------------------------------------------------------------


def test_missing_voices_could_answer_worst_or_best() -> None:
    # Two voices at 50 and two missing: 100 of 400, or 300 of 400.
    assert missing(HALF, HALF, expected=4) == dict.fromkeys(LEVELS, (25.0, 75.0))


def test_a_missing_voice_answers_also_what_nobody_answered_yet() -> None:
    # Arbitration 7/11 answered yes by one voice. Worst: items answered have h = 1/2, the others 0:
    # 100 · 3.5/11. Best: 100. Vision: 2/9 answered: 100/9.
    reaches = missing(EXAMPLE_2, expected=2)

    assert reaches["arbitration"] == (exactly(Fraction(350, 11)), 100.0)
    assert reaches["vision"] == (exactly(Fraction(100, 9)), 100.0)


def test_nobody_is_missing_where_all_or_more_have_answered() -> None:
    assert missing(HALF, HALF, expected=2) == {}
    assert missing(HALF, HALF, HALF, expected=2) == {}


# Where voices must not be told apart --------------------------------------------------------------


def test_confidential_ranges_are_coarse_and_stand_from_twice_the_least_voices_up() -> None:
    six = [EXAMPLE_1] * 3 + [HALF] * 3
    ranges = one_out(*six)
    # 450 in all, 75 in full; 350/5 = 70 and 400/5 = 80.
    assert levels_of(ranges.guarded(least=3)) == dict.fromkeys(LEVELS, (70.0, 80.0))
    assert levels_of(ranges.guarded(least=4)) == {}
    seven = [*six, WORST]
    # 350/6 = 58.33 and 75, made coarse outwards.
    assert levels_of(one_out(*seven).guarded(least=3)) == dict.fromkeys(LEVELS, (55.0, 75.0))


# Properties ---------------------------------------------------------------------------------------


def pooled_scores(voices: Sequence[Answers]) -> Scores:
    whole = pooled(healths_of(FRAMEWORK, voices), [0] * len(voices), count=1)
    return score_table(FRAMEWORK, whole).sheet(0)


@given(st.lists(sheets, max_size=8))
def test_the_range_contains_the_value(voices: Sequence[Answers]) -> None:
    held, ranges = holds(*voices), one_out(*voices).levels
    for level, hold in zip(pooled_scores(voices).levels, held.levels, strict=True):
        assert (hold.stage_share is None) == (level.score is None)
        assert (level.id in ranges) == (held.voices >= 3 and level.score is not None)
        if level.score is not None and level.id in ranges:
            assert 0 <= ranges[level.id].low <= level.score <= ranges[level.id].high <= 100


@given(st.lists(sheets, max_size=6), st.data())
def test_the_order_of_voices_never_matters(voices: Sequence[Answers], data: st.DataObject) -> None:
    assert holds(*data.draw(st.permutations(voices))) == holds(*voices)


@given(st.lists(sheets.map(lambda answers: {**answers, "late-scope": "often"}), min_size=3))
def test_one_voice_out_is_each_voice_left_out_in_turn(voices: Sequence[Answers]) -> None:
    again = [pooled_scores([*voices[:out], *voices[out + 1 :]]) for out in range(len(voices))]
    ranges = levels_of(one_out(*voices))
    for level, hold in zip(pooled_scores(voices).levels, holds(*voices).levels, strict=True):
        if level.score is not None:
            without = [scores.level(level.id) for scores in again]
            scored = [level.score, *(one.score for one in without if one.score is not None)]
            assert ranges[level.id] == (exactly(min(scored)), exactly(max(scored)))
            assert hold.stage_kept == all(one.stage == level.stage for one in without)

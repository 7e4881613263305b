"""Pressure, early warning and levers, worked out by hand from framework.md, section 4."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from assessment.content.loading import shipped_framework
from assessment.scoring.diagnosis import Diagnosis, Evidence, diagnosis_of
from assessment.scoring.levels import Healths, healths_of
from tests.examples import (
    EXAMPLE_1,
    EXAMPLE_2,
    EXAMPLE_3,
    EXAMPLE_4,
    HALF,
    ITEMS,
    SIGNALS,
    THREE_LEVELS,
    WORST,
    healthy,
)
from tests.expected import exactly

FRAMEWORK = shipped_framework()
PM_SIGNALS = SIGNALS[:5]
PO_SIGNALS = SIGNALS[5:]


def diagnosed(answers: dict[str, str]) -> Diagnosis:
    return diagnosis_of(FRAMEWORK, healths_of(FRAMEWORK, [answers]))


def pooled_like(changes: dict[str, float]) -> Diagnosis:
    values = np.array([[changes.get(item, 1.0) for item in ITEMS]])
    return diagnosis_of(FRAMEWORK, Healths(values, np.ones_like(values, dtype=bool)))


def gains(diagnosis: Diagnosis) -> list[tuple[str, object]]:
    return [(lever.lever, lever.gain) for lever in diagnosis.levers]


# Pressure on a seat -------------------------------------------------------------------------------


def test_no_signal_seen_is_no_pressure_on_either_seat() -> None:
    diagnosis = diagnosed(EXAMPLE_1)

    assert [
        (pressure.seat, pressure.pressure, pressure.reading) for pressure in diagnosis.pressures
    ] == [
        ("pm", 0, "no-sign"),
        ("po", 0, "no-sign"),
    ]
    assert diagnosis.pressure("pm").evidence == ()


def test_every_signal_often_is_full_pressure_on_both_seats() -> None:
    diagnosis = diagnosed(WORST)

    assert [
        (pressure.seat, pressure.pressure, pressure.reading) for pressure in diagnosis.pressures
    ] == [
        ("pm", 100, "empty"),
        ("po", 100, "empty"),
    ]


@pytest.mark.parametrize(
    ("often", "sometimes", "pressure", "reading"),
    [
        (0, 2, Fraction(100, 6), "no-sign"),  # 1 − 5/6
        (0, 3, 25, "watch"),  # 1 − 4.5/6: exactly where watching begins
        (2, 1, Fraction(250, 6), "watch"),  # 1 − 3.5/6
        (3, 0, 50, "empty"),  # 1 − 3/6: exactly where a seat looks empty
    ],
)
def test_po_pressure_is_the_health_missing_from_six_signals(
    often: int, sometimes: int, pressure: Fraction | int, reading: str
) -> None:
    answers = ["often"] * often + ["sometimes"] * sometimes
    seat = diagnosed(healthy(dict(zip(PO_SIGNALS, answers, strict=False)))).pressure("po")

    assert seat.pressure == exactly(pressure)
    assert seat.reading == reading


@pytest.mark.parametrize(
    ("missing", "reading"),
    [(0.2499, "no-sign"), (0.25, "watch"), (0.4999, "watch"), (0.5, "empty")],
)
def test_a_reading_changes_exactly_at_its_floor(missing: float, reading: str) -> None:
    seat = pooled_like(dict.fromkeys(PM_SIGNALS, 1 - missing)).pressure("pm")

    assert seat.pressure == exactly(100 * missing)
    assert seat.reading == reading


def test_thirds_that_add_up_to_a_floor_reach_it() -> None:
    # (⅓ + ⅔ + ⅚ + ⅓ + ⅓) / 5 = 0.5, whatever binary fractions make of the thirds
    healths = [1 / 3, 2 / 3, 5 / 6, 1 / 3, 1 / 3]

    assert pooled_like(dict(zip(PM_SIGNALS, healths, strict=True))).pressure("pm").reading == (
        "empty"
    )


def test_two_answers_say_nothing_about_a_seat() -> None:
    diagnosis = diagnosed({"po-sets-strategy": "often", "backlog-by-requests": "often"})

    assert diagnosis.pressure("pm").pressure is None
    assert diagnosis.pressure("pm").reading is None
    assert diagnosis.pressure("pm").evidence == (
        Evidence("po-sets-strategy", 0.0),
        Evidence("backlog-by-requests", 0.0),
    )
    assert diagnosis.pressure("po").pressure is None
    assert diagnosis.pressure("po").evidence == ()


def test_three_answers_are_enough() -> None:
    # 1 − (0 + 1 + 0.5) / 3
    diagnosis = diagnosed(
        {
            "po-sets-strategy": "often",
            "backlog-by-requests": "not-seen",
            "vision-not-restated": "sometimes",
        }
    )

    assert diagnosis.pressure("pm").pressure == 50
    assert diagnosis.pressure("po").pressure is None


def test_unknown_and_not_applicable_are_no_answers() -> None:
    # Three count: 1 − (0 + 1 + 1) / 3; with zeros it would be 60, with ones 20
    answers = {
        "po-sets-strategy": "not-applicable",
        "backlog-by-requests": "often",
        "trade-offs-mid-sprint": "not-seen",
        "vision-not-restated": "not-seen",
        "po-explains-direction": "unknown",
    }

    assert diagnosed(answers).pressure("pm").pressure == exactly(Fraction(100, 3))
    # One fewer, and there are not three any more.
    answers["trade-offs-mid-sprint"] = "unknown"
    assert diagnosed(answers).pressure("pm").pressure is None


def test_evidence_shows_the_worst_answers_first_then_framework_order() -> None:
    answers = healthy(
        {
            "pm-writes-tickets": "sometimes",
            "discovery-squeezed": "often",
            "questions-queue": "unknown",
            "late-scope": "sometimes",
            "unclear-rework": "often",
        }
    )

    assert diagnosed(answers).pressure("po").evidence == (
        Evidence("discovery-squeezed", 0.0),
        Evidence("unclear-rework", 0.0),
        Evidence("pm-writes-tickets", 0.5),
        Evidence("late-scope", 0.5),
    )


# Early warning ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "raised"),
    [
        ("often", True),
        ("sometimes", False),
        ("not-seen", False),
        ("unknown", False),
        ("not-applicable", False),
    ],
)
def test_the_early_warning_is_raised_by_often_alone(answer: str, raised: bool) -> None:
    assert diagnosed({"po-explains-direction": answer}).early_warning is raised


def test_no_other_signal_raises_the_early_warning() -> None:
    answers = WORST | {"po-explains-direction": "not-seen"}

    assert diagnosed(answers).early_warning is False
    assert diagnosed({}).early_warning is False


@pytest.mark.parametrize(("health", "raised"), [(0.0, True), (0.2499, True), (0.25, False)])
def test_pooled_voices_raise_the_early_warning_under_a_quarter(
    health: float,
    raised: bool,
) -> None:
    assert pooled_like({"po-explains-direction": health}).early_warning is raised


# Levers -------------------------------------------------------------------------------------------


def test_nothing_in_trouble_needs_no_lever() -> None:
    assert diagnosed(EXAMPLE_1).levers == ()


@pytest.mark.parametrize("answers", [EXAMPLE_2, EXAMPLE_4, {}, {"late-scope": "often"}])
def test_without_overall_there_are_no_levers(answers: dict[str, str]) -> None:
    assert diagnosed(answers).levers == ()


def test_levers_of_example_3() -> None:
    # write-mandates   ½·(2/9, 2/12, 2/11, 1/17, 1/15)
    # decide           1/12, 2/11, 1/17, 1/15
    # single-channel   3/11, 2/17, 1/15; each times 100, its sum over five levels as overall gain
    mandates = {
        "vision": Fraction(100, 9),
        "strategy": Fraction(100, 12),
        "arbitration": Fraction(100, 11),
        "daily": Fraction(50, 17),
        "delivery": Fraction(50, 15),
    }
    rituals = {
        "strategy": Fraction(100, 12),
        "arbitration": Fraction(200, 11),
        "daily": Fraction(100, 17),
        "delivery": Fraction(100, 15),
    }
    channel = {
        "arbitration": Fraction(300, 11),
        "daily": Fraction(200, 17),
        "delivery": Fraction(100, 15),
    }

    diagnosis = diagnosed(EXAMPLE_3)

    assert gains(diagnosis) == [
        ("single-channel", exactly(sum(channel.values()) / 5)),
        ("decide-in-rituals", exactly(sum(rituals.values()) / 5)),
        ("write-mandates", exactly(sum(mandates.values()) / 5)),
    ]
    assert [lever.by_level for lever in diagnosis.levers] == [
        {level: exactly(gain) for level, gain in by_level.items()}
        for by_level in (channel, rituals, mandates)
    ]
    assert [lever.evidence for lever in diagnosis.levers] == [
        (Evidence("single-channel", 0.0),),
        (Evidence("rituals-decide", 0.0),),
        (Evidence("mandates-clear", 0.5),),
    ]


def test_all_ten_levers_of_a_half_healthy_sheet_with_a_tie() -> None:
    # Each lever gives back half the weight of its items: per level 50 · Σw / Σ weights,
    # divided by five levels for the overall: 10 · (v/9 + s/12 + a/11 + d/17 + dl/15).
    # evidence-first (s 4, d 3) and seat-a-po (d 3, dl 5) both give 10 · (1/3 + 3/17).
    def gain(v: int, s: int, a: int, d: int, dl: int) -> object:
        return exactly(
            10
            * (
                Fraction(v, 9)
                + Fraction(s, 12)
                + Fraction(a, 11)
                + Fraction(d, 17)
                + Fraction(dl, 15)
            )
        )

    assert gains(diagnosed(HALF)) == [
        ("seat-a-pm", gain(4, 3, 0, 1, 0)),  # 7.53
        ("write-mandates", gain(2, 2, 2, 1, 1)),  # 6.96
        ("protect-the-sprint", gain(0, 0, 1, 2, 6)),  # 6.09
        ("evidence-first", gain(0, 4, 0, 3, 0)),  # 5.10
        ("seat-a-po", gain(0, 0, 0, 3, 5)),  # 5.10
        ("single-channel", gain(0, 0, 3, 2, 1)),  # 4.57
        ("restate-vision", gain(3, 1, 0, 0, 0)),  # 4.17
        ("arbitrate-upstream", gain(0, 1, 3, 1, 0)),  # 4.15
        ("decide-in-rituals", gain(0, 1, 2, 1, 1)),  # 3.91
        ("delegate-calls", gain(0, 0, 0, 3, 1)),  # 2.43
    ]


def test_levers_that_gain_alike_keep_framework_order() -> None:
    # pm-runs-sprint and unclear-rework weigh daily 1 and delivery 3 both
    diagnosis = diagnosed(healthy({"unclear-rework": "often", "pm-runs-sprint": "often"}))

    gain = (Fraction(100, 17) + Fraction(300, 15)) / 5
    assert gains(diagnosis) == [("seat-a-po", exactly(gain)), ("protect-the-sprint", exactly(gain))]


def test_levers_that_gain_alike_by_different_levels_keep_framework_order() -> None:
    # evidence-first    strategy ½·(2 + 2)/12, daily ½·(2 + 1)/17   = 1/6 + 3/34
    # seat-a-po         daily ½·(2 + 1)/17, delivery ½·(2 + 3)/15   = 3/34 + 1/6
    # seat-a-pm         vision 2/9, daily 1/17; delegate-calls daily ½·3/17, delivery ½·1/15
    diagnosis = diagnosed(
        healthy(
            {
                "backlog-by-requests": "sometimes",
                "discovery-squeezed": "sometimes",
                "pm-writes-tickets": "sometimes",
                "pm-runs-sprint": "sometimes",
                "po-explains-direction": "often",
                "questions-queue": "sometimes",
            }
        )
    )

    assert gains(diagnosis) == [
        ("seat-a-pm", exactly(20 * (Fraction(2, 9) + Fraction(1, 17)))),
        ("evidence-first", exactly(20 * (Fraction(1, 6) + Fraction(3, 34)))),
        ("seat-a-po", exactly(20 * (Fraction(1, 6) + Fraction(3, 34)))),
        ("delegate-calls", exactly(20 * (Fraction(3, 34) + Fraction(1, 30)))),
    ]


def test_levers_tie_over_the_scored_levels_only() -> None:
    # Three levels are scored, each out of 7. mandates: ½·2/7 on each of them, so 100/7 overall;
    # rituals: 1/7 of strategy and 2/7 of arbitration, so (100/7 + 200/7) / 3 = 100/7 overall.
    diagnosis = diagnosed(THREE_LEVELS)

    assert gains(diagnosis) == [
        ("write-mandates", exactly(Fraction(100, 7))),
        ("decide-in-rituals", exactly(Fraction(100, 7))),
    ]
    assert diagnosis.levers[1].by_level == {
        "strategy": exactly(Fraction(100, 7)),
        "arbitration": exactly(Fraction(200, 7)),
    }


def test_a_lever_that_helps_no_scored_level_is_not_shown() -> None:
    # questions-queue weighs on daily and delivery, which have too few answers here
    diagnosis = diagnosed(THREE_LEVELS | {"questions-queue": "often"})

    assert [lever.lever for lever in diagnosis.levers] == ["write-mandates", "decide-in-rituals"]


def test_a_lever_mends_its_answered_items_and_leaves_the_others_unanswered() -> None:
    # Without an answer on the sprint: daily 14/16 → 16/16 and delivery 10/12 → 12/12
    diagnosis = diagnosed(healthy({"pm-writes-tickets": "often", "pm-runs-sprint": "unknown"}))

    gain = (Fraction(200, 16) + Fraction(200, 12)) / 5
    assert gains(diagnosis) == [("seat-a-po", exactly(gain))]
    assert diagnosis.levers[0].evidence == (Evidence("pm-writes-tickets", 0.0),)


def test_a_lever_names_the_answers_that_triggered_it_worst_first() -> None:
    diagnosis = diagnosed(
        healthy({"backlog-by-requests": "sometimes", "discovery-squeezed": "often"})
    )

    (lever,) = diagnosis.levers
    assert lever.lever == "evidence-first"
    # strategy ½·2 + 2 of 12, daily ½·2 + 1 of 17
    assert lever.gain == exactly((Fraction(300, 12) + Fraction(200, 17)) / 5)
    assert lever.evidence == (
        Evidence("discovery-squeezed", 0.0),
        Evidence("backlog-by-requests", 0.5),
    )


def test_levers_of_a_pooled_sheet_mend_what_is_missing() -> None:
    # vision-not-restated at ⅔: vision 1/9 and strategy ⅓/12 are missing
    values = np.array([[2 / 3 if item == "vision-not-restated" else 1.0 for item in ITEMS]])

    (lever,) = diagnosis_of(FRAMEWORK, Healths(values, np.ones_like(values, dtype=bool))).levers

    assert lever.lever == "restate-vision"
    assert lever.gain == pytest.approx((100 / 9 + 100 / 36) / 5, rel=1e-9)

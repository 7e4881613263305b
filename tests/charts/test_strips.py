"""Lenses and vital signs over time, a strip each."""

from __future__ import annotations

from tests.charts.reading import example, rows_of, scales_of


def test_each_lens_that_was_answered_has_a_strip_of_its_own() -> None:
    spec = example("lens-lines")
    assert [(row["name"], row["value"]) for row in rows_of(spec, "strips")] == [
        ("Who decides", "63"),
        ("Rituals", "100"),
    ]
    assert rows_of(spec)[0]["description"] == (
        "Who decides, February 2026: 63 out of 100, 3 voices"
    )


def test_vital_signs_stand_under_maturity_on_scales_of_their_own() -> None:
    spec = example("vital-lines")
    assert [(row["name"], row["value"]) for row in rows_of(spec, "strips")] == [
        ("Mean of the levels", "60"),
        ("Days to settle an arbitration", "6.5 days"),
        ("Work reworked (%)", "–"),
    ]
    # 21 days at most: the scale ends at 30; 35% at 40.
    assert [row["label"] for row in rows_of(spec, "marks")] == [
        *("0", "50", "100"),
        *("0", "30"),
        *("0", "40"),
    ]


def test_several_voices_show_how_far_apart_their_numbers_lie() -> None:
    spec = example("vital-lines")
    days = [row for row in rows_of(spec) if row["name"] == "Days to settle an arbitration"]
    assert [(row["shown"], row["span"], row["run"]) for row in days] == [
        ("12 days", "–", 0),
        ("6.5 days", "3 to 21", 1),  # nobody told in March
    ]
    # The strip's floor lies at 182 and its 30 days reach 56 pixels up.
    assert rows_of(spec, "spans") == [
        {"time": 2026 * 12 + 6, "y": 182 - 5.6, "end": round(182 - 21 * 56 / 30, 1)}
    ]
    assert days[1]["description"] == (
        "Days to settle an arbitration, June 2026: 6.5 days, 3 voices"
    )


def test_maturity_carries_the_voices_of_its_check_and_each_sign_its_own() -> None:
    rows = rows_of(example("vital-lines"))
    counts = {
        name: [row["voices"] for row in rows if row["name"] == name]
        for name in dict.fromkeys(row["name"] for row in rows)
    }
    assert counts == {
        "Mean of the levels": ["3", "1", "7"],
        "Days to settle an arbitration": ["1", "3"],
        "Work reworked (%)": ["1"],
    }


def test_all_strips_share_one_time_axis() -> None:
    assert len({str(scale) for scale in scales_of(example("vital-lines"), "x")}) == 1

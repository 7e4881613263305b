"""Fit, lenses, contested decisions and vital signs as charts."""

from __future__ import annotations

from tests.charts.reading import example, layers_of, rows_of, scales_of


def test_fit_stands_beside_maturity_with_both_numbers_and_its_change() -> None:
    rows = rows_of(example("fit-beside-maturity"))
    assert [(row["score_value"], row["fit_value"], row["moved"]) for row in rows] == [
        ("–", "40", "▲ +14"),
        ("66", "100", "▼ −3"),
        ("72", "72", "= 0"),
        ("–", "50", ""),
        ("33", "–", ""),
    ]
    assert rows[1]["description"] == "Strategy and bets: maturity 66 out of 100, fit 100"


def test_the_two_marks_differ_in_shape_and_give_way_to_each_other() -> None:
    spec = example("fit-beside-maturity")
    shapes = [layer["mark"]["shape"] for layer in layers_of(spec, "point")]
    assert shapes == ["circle", "diamond", "circle", "diamond"]
    assert [row["nudge"] for row in rows_of(spec)] == [0, 0, 6, 0, 0]


def test_each_number_stands_on_its_marks_outer_side() -> None:
    strategy, equal = rows_of(example("fit-beside-maturity"))[1:3]
    assert (strategy["score_side"], strategy["fit_side"]) == (-1, 1)
    assert (equal["score_side"], equal["fit_side"]) == (-1, 1)


def test_a_level_whose_fit_is_unanswered_says_so() -> None:
    assert [row["missing"] for row in rows_of(example("fit-beside-maturity"))] == [
        *[""] * 4,
        "fit not answered",
    ]


def test_a_lens_shows_its_score_change_and_trouble() -> None:
    decides, rituals, practice, frontier = rows_of(example("lens-bars"))
    assert (decides["told"], decides["moved"], decides["below"]) == (
        "63",
        "▼ −12",
        "In trouble: Bets and What is cut",
    )
    assert (rituals["told"], rituals["below"], rituals["coverage"]) == ("100", "", "50%")
    assert practice["missing"] == "does not apply in this setup"
    assert frontier["missing"] == "not answered"
    assert frontier["description"] == "CPO and CTO frontier: not answered"


def test_contested_decisions_keep_their_order_and_bars_their_share() -> None:
    spec = example("contested-bars")
    assert [(row["name"], row["apart"]) for row in rows_of(spec, "decisions")] == [
        ("What is cut", "100% apart"),
        ("Bets", "40% apart"),
    ]
    assert [(row["role"], row["share"], row["said"]) for row in rows_of(spec)] == [
        ("CPO", 0.25, "1 of 4"),
        ("Nobody", 0.75, "3 of 4"),
        ("CPO", 0.8, "4 of 5"),
        ("PO", 0.2, "1 of 5"),
    ]
    assert rows_of(spec)[1]["description"] == "What is cut, Nobody: named by 3 of 4 voices"


def test_heat_maps_of_fit_and_lenses_print_every_value() -> None:
    fit, lenses = rows_of(example("fit-map")), rows_of(example("lens-map"))
    assert [row["value"] for row in fit] == ["100", "75", "50", "0", "–", *["0"] * 5]
    assert fit[4]["description"] == "Atlas, Delivery and quality: fit not answered"
    assert [row["value"] for row in lenses] == ["63", "100", "–", "–"] * 2
    assert lenses[0]["description"] == "Atlas, Who decides: 63"


def test_long_lens_names_are_wrapped_above_their_columns() -> None:
    spec = example("lens-map")
    wrapped = [row["wrapped"] for row in rows_of(spec, "headings")]
    assert wrapped == ["Who\ndecides", "Rituals", "The PM's\npractice", "CPO and\nCTO\nfrontier"]
    # Three lines above two squads of 28 pixels.
    assert scales_of(spec, "y")[0]["range"] == [26 + 2 * 14, 26 + 2 * 14 + 2 * 28]


def test_an_unanswered_round_leaves_a_gap_in_the_fit() -> None:
    rows = [row for row in rows_of(example("fit-lines")) if row["name"] == "Arbitration"]
    assert [(row["run"], row["value"]) for row in rows] == [(0, "50"), (1, "50")]
    assert rows[0]["description"] == "Arbitration, February 2026: fit 50 out of 100, 3 voices"


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
        ("Overall maturity", "60"),
        ("Days to settle an arbitration", "6.5 days"),
        ("Work done again", "–"),
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
        ("6.5 days", "3 to 21", 0),
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
        "Overall maturity": ["3", "1", "7"],
        "Days to settle an arbitration": ["1", "3"],
        "Work done again": ["1"],
    }


def test_all_strips_share_one_time_axis() -> None:
    assert len({str(scale) for scale in scales_of(example("vital-lines"), "x")}) == 1

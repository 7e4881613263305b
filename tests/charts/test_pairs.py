"""Before and now, maturity and fit: two joined marks per level."""

from __future__ import annotations

import pytest

from assessment.charts.pairs import change_dumbbell
from tests.charts import frames
from tests.charts.reading import EN, LIGHT, Spec, example, layers_of, rows_of, scales_of, spec_of


@pytest.fixture
def dumbbell() -> Spec:
    return spec_of(change_dumbbell(frames.change(), words=EN, style=LIGHT))


def test_a_change_adds_up_for_its_reader(dumbbell: Spec) -> None:
    # 40.6 and 73.2 are printed as 41 and 73, so that the change is 32 and not 33.
    vision = rows_of(dumbbell)[0]
    assert (vision["before_value"], vision["after_value"], vision["change"]) == (
        "41",
        "73",
        "▲ +32",
    )
    assert vision["description"] == "Vision: from 41 to 73"


def test_a_fall_is_told_and_a_change_that_is_none_says_so(dumbbell: Spec) -> None:
    rows = rows_of(dumbbell)[1:3]
    assert [(row["change"], row["missing"]) for row in rows] == [
        ("▼ −3", ""),
        ("", "no clear change"),
    ]


def test_a_missing_side_is_named_and_has_no_dot_and_no_change(dumbbell: Spec) -> None:
    daily, delivery = rows_of(dumbbell)[3:]
    assert (daily["before"], daily["change"], daily["missing"]) == (None, "", "not scored before")
    assert (delivery["after"], delivery["change"], delivery["missing"]) == (
        None,
        "",
        "not scored now",
    )


def test_before_is_hollow_and_now_is_filled(dumbbell: Spec) -> None:
    before, after = layers_of(dumbbell, "point")[:2]
    assert before["encoding"]["x"]["field"] == "before"
    assert before["mark"]["fill"] == LIGHT.background
    assert after["encoding"]["x"]["field"] == "after"
    assert after["mark"]["fill"] == LIGHT.series[0]


def test_the_dumbbells_scale_is_fixed(dumbbell: Spec) -> None:
    assert {tuple(scale["domain"]) for scale in scales_of(dumbbell, "x")} == {(0, 100)}


def test_fit_stands_beside_maturity_and_its_change_only_where_it_is_named() -> None:
    spec = example("fit-beside-maturity")
    rows = rows_of(spec)
    assert [(row["score_value"], row["fit_value"], row["changed"]) for row in rows] == [
        ("–", "40", "▲ +14"),
        ("66", "100", "▼ −3"),
        ("72", "72", "= 0"),
        ("–", "50", "–"),
        ("33", "–", "–"),
    ]
    assert {row["change"] for row in rows} == {""}
    told = layers_of(spec, "point")[0]["encoding"]["tooltip"]
    assert [tip["title"] for tip in told if tip["field"] == "changed"] == ["Change of the fit"]
    assert rows[1]["description"] == "Strategy and bets: maturity 66 out of 100, fit 100"


def test_the_two_marks_differ_in_shape_and_give_way_to_each_other() -> None:
    spec = example("fit-beside-maturity")
    shapes = [layer["mark"]["shape"] for layer in layers_of(spec, "point")]
    assert shapes == ["circle", "diamond", "circle", "diamond"]
    assert [row["nudge"] for row in rows_of(spec)] == [0, 0, 6, 0, 0]


def test_the_fit_has_its_number_on_its_outer_side_and_maturity_tells_it_when_pointed_at() -> None:
    spec = example("fit-beside-maturity")
    strategy, equal = rows_of(spec)[1:3]
    assert (strategy["fit_side"], equal["fit_side"]) == (1, 1)
    encoded = [layer["encoding"].get("text", {}) for layer in layers_of(spec, "text")]
    texts = [text.get("field") for text in encoded]
    assert "fit_value" in texts
    assert "score_value" not in texts
    pointed_at = layers_of(spec, "point")[0]["encoding"]["tooltip"]
    assert "score_value" in [tooltip["field"] for tooltip in pointed_at]


def test_a_level_whose_fit_is_unanswered_says_so() -> None:
    assert [row["missing"] for row in rows_of(example("fit-beside-maturity"))] == [
        *[""] * 4,
        "fit not answered",
    ]

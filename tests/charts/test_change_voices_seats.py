"""Dumbbell, spread of voices, pressure on the seats."""

from __future__ import annotations

import pytest

from assessment.charts.pairs import change_dumbbell
from assessment.charts.seats import seat_pressures
from assessment.charts.voices import voice_spread
from tests.charts import frames
from tests.charts.reading import EN, LIGHT, layers_of, rows_of, scales_of, spec_of


@pytest.fixture
def dumbbell():
    return spec_of(change_dumbbell(frames.change(), words=EN, style=LIGHT))


@pytest.fixture
def spread():
    return spec_of(voice_spread(frames.spread(), words=EN, style=LIGHT))


@pytest.fixture
def seats():
    return spec_of(seat_pressures(frames.pressures(), words=EN, style=LIGHT))


def test_a_change_adds_up_for_its_reader(dumbbell):
    # 40.6 and 73.2 are printed as 41 and 73, so that the change is 32 and not 33.
    vision = rows_of(dumbbell)[0]
    assert (vision["before_value"], vision["after_value"], vision["change"]) == (
        "41",
        "73",
        "▲ +32",
    )
    assert vision["description"] == "Vision: from 41 to 73"


def test_a_fall_and_a_standstill_are_told_apart(dumbbell):
    assert [row["change"] for row in rows_of(dumbbell)[1:3]] == ["▼ −3", "= 0"]


def test_a_missing_side_is_named_and_has_no_dot_and_no_change(dumbbell):
    daily, delivery = rows_of(dumbbell)[3:]
    assert (daily["before"], daily["change"], daily["missing"]) == (None, "", "not scored before")
    assert (delivery["after"], delivery["change"], delivery["missing"]) == (
        None,
        "",
        "not scored now",
    )


def test_before_is_hollow_and_now_is_filled(dumbbell):
    before, after = layers_of(dumbbell, "point")[:2]
    assert before["encoding"]["x"]["field"] == "before"
    assert before["mark"]["fill"] == LIGHT.background
    assert after["encoding"]["x"]["field"] == "after"
    assert after["mark"]["fill"] == LIGHT.series[0]


def test_the_dumbbells_scale_is_fixed(dumbbell):
    assert {tuple(scale["domain"]) for scale in scales_of(dumbbell, "x")} == {(0, 100)}


def test_each_answer_that_was_given_has_a_bubble_with_its_number(spread):
    assert [(row["health"], row["voices"]) for row in rows_of(spread)] == [
        (0, "3"),
        (1, "4"),
        (0.5, "7"),
    ]


def test_a_bubble_grows_with_its_voices_by_area(spread):
    three, four, seven = (row["area"] for row in rows_of(spread))
    assert three / seven == pytest.approx(3 / 7, rel=0.01)
    assert four / seven == pytest.approx(4 / 7, rel=0.01)


def test_a_split_room_spans_the_row_and_one_mind_does_not(spread):
    spans = [(row["low"], row["high"]) for row in rows_of(spread, "spans")]
    assert spans == [(0, 1), (0.5, 0.5)]


def test_items_keep_their_order_and_end_with_their_agreement(spread):
    items = sorted(rows_of(spread, "items"), key=lambda row: row["y"])
    assert [(row["name"], row["agreement"]) for row in items] == [
        ("One channel for urgent requests", "14%"),
        ("Clear mandates", "100%"),
    ]


def test_a_bubble_is_announced_with_item_answer_and_voices(spread):
    assert rows_of(spread)[0]["description"] == "One channel for urgent requests, No: 3 voices"


def test_a_seat_without_enough_answers_has_its_reading_and_no_bar(seats):
    owner = rows_of(seats)[1]
    assert owner["pressure"] is None
    assert owner["reading"] == owner["description"].removeprefix("Product Owner: ")
    bar = next(b for b in layers_of(seats, "bar") if b["encoding"]["x2"]["field"] == "pressure")
    assert bar["transform"] == [{"filter": "isValid(datum.pressure)"}]


def test_bands_change_at_25_and_50(seats):
    bands = [(row["x"], row["end"]) for row in rows_of(seats, "bands")]
    assert bands == [(0, 25), (25, 50), (50, 100)] * 2


def test_a_heavy_pressure_is_marked_from_50_on():
    frame = frames.pressures().assign(pressure=[50.0, 49.9])
    heavy, lighter = rows_of(spec_of(seat_pressures(frame, words=EN, style=LIGHT)))
    assert (heavy["colour"], lighter["colour"]) == (LIGHT.trouble, LIGHT.healthy)

"""Where voices agree and where the room is split."""

from __future__ import annotations

import pytest

from assessment.charts.voices import voice_spread
from tests.charts import frames
from tests.charts.reading import EN, LIGHT, Spec, rows_of, spec_of


@pytest.fixture
def spread() -> Spec:
    return spec_of(voice_spread(frames.spread(), words=EN, style=LIGHT))


def test_each_answer_that_was_given_has_a_bubble_with_its_number(spread: Spec) -> None:
    assert [(row["health"], row["voices"]) for row in rows_of(spread)] == [
        (0, "3"),
        (1, "4"),
        (0.5, "7"),
    ]


def test_a_bubble_grows_with_its_voices_by_area(spread: Spec) -> None:
    three, four, seven = (row["area"] for row in rows_of(spread))
    assert three / seven == pytest.approx(3 / 7, rel=0.01)
    assert four / seven == pytest.approx(4 / 7, rel=0.01)


def test_a_split_room_spans_the_row_and_one_mind_does_not(spread: Spec) -> None:
    spans = [(row["low"], row["high"]) for row in rows_of(spread, "spans")]
    assert spans == [(0, 1), (0.5, 0.5)]


def test_items_keep_their_order_and_end_with_their_agreement(spread: Spec) -> None:
    items = sorted(rows_of(spread, "items"), key=lambda row: row["y"])
    assert [(row["name"], row["agreement"]) for row in items] == [
        ("One channel for urgent requests", "14%"),
        ("Clear mandates", "100%"),
    ]


def test_a_bubble_is_announced_with_item_answer_and_voices(spread: Spec) -> None:
    assert rows_of(spread)[0]["description"] == "One channel for urgent requests, No: 3 voices"

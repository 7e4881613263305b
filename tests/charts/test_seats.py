"""How empty the seats look."""

from __future__ import annotations

import pytest

from assessment.charts.seats import seat_pressures
from tests.charts import frames
from tests.charts.reading import EN, LIGHT, Spec, layers_of, rows_of, spec_of


@pytest.fixture
def seats() -> Spec:
    return spec_of(seat_pressures(frames.pressures(), words=EN, style=LIGHT))


def test_a_seat_without_enough_answers_has_its_reading_and_no_bar(seats: Spec) -> None:
    owner = rows_of(seats)[1]
    assert owner["pressure"] is None
    assert owner["reading"] == owner["description"].removeprefix("Product Owner: ")
    bar = next(b for b in layers_of(seats, "bar") if b["encoding"]["x2"]["field"] == "pressure")
    assert bar["transform"] == [{"filter": "isValid(datum.pressure)"}]


def test_bands_change_at_25_and_50(seats: Spec) -> None:
    bands = [(row["x"], row["end"]) for row in rows_of(seats, "bands")]
    assert bands == [(0, 25), (25, 50), (50, 100)] * 2


def test_a_heavy_pressure_is_marked_from_50_on() -> None:
    frame = frames.pressures().assign(pressure=[50.0, 49.9])
    heavy, lighter = rows_of(spec_of(seat_pressures(frame, words=EN, style=LIGHT)))
    assert (heavy["colour"], lighter["colour"]) == (LIGHT.trouble, LIGHT.healthy)

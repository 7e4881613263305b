"""What holds for every chart."""

from __future__ import annotations

import json
from collections.abc import Callable

import altair as alt
import pandas as pd
import pytest

from assessment.charts.bars import level_bars
from assessment.charts.grouped_bars import grouped_bars
from assessment.charts.lines import level_lines, squad_lines
from assessment.charts.maps import fit_map, heat_map, lens_map
from assessment.charts.radar import radar
from tests.charts import frames
from tests.charts.reading import (
    DARK,
    EN,
    EVERY_CHART,
    FR,
    LIGHT,
    example,
    layers_of,
    rows_of,
    spec_of,
    strings_in,
)

every_chart = pytest.mark.parametrize("name", EVERY_CHART)


@every_chart
def test_a_chart_is_as_wide_as_its_container_and_says_how_high_it_is(name: str) -> None:
    spec = example(name)
    assert spec["width"] == "container"
    assert isinstance(spec["height"], int)


@every_chart
def test_a_chart_leaves_no_margin_to_be_guessed(name: str) -> None:
    spec = example(name)
    assert spec["autosize"] == {"type": "none"}
    assert spec["padding"] == {"left": 0, "right": 0, "top": 0, "bottom": 0}


@every_chart
def test_one_layer_alone_is_announced_and_each_of_its_marks_says_what_it_is(name: str) -> None:
    spec = example(name)
    announced = [layer for layer in spec["layer"] if layer["mark"]["aria"]]
    assert len(announced) == 1
    assert announced[0]["encoding"]["description"]["field"] == "description"
    assert all(row["description"] for row in spec["data"]["values"])


@every_chart
def test_text_and_background_fit_the_page(name: str) -> None:
    for style in (LIGHT, DARK):
        config = example(name, style)["config"]
        assert config["background"] == "transparent"
        assert config["text"]["color"] == style.text
        assert config["font"].startswith("Source Sans")


@every_chart
def test_no_colour_of_one_theme_is_left_in_the_other(name: str) -> None:
    dark = strings_in(example(name, DARK))
    light_only = {LIGHT.text, LIGHT.muted, LIGHT.grid, LIGHT.track, *LIGHT.series}
    assert not light_only.intersection(dark)


@every_chart
def test_missing_values_are_null_and_the_spec_is_plain_json(name: str) -> None:
    spec = example(name)
    assert json.loads(json.dumps(spec, allow_nan=False)) == spec


@every_chart
def test_every_layer_finds_its_rows_inside_the_spec(name: str) -> None:
    spec = example(name)
    assert "datasets" not in spec
    assert all("values" in layer.get("data", spec["data"]) for layer in spec["layer"])


AWKWARD: dict[str, Callable[[], alt.LayerChart]] = {
    "radar": lambda: radar(
        frames.levels({frames.AWKWARD: frames.ATLAS, "Atlas": frames.BOREAL}),
        words=EN,
        style=LIGHT,
    ),
    "grouped bars": lambda: grouped_bars(
        frames.levels({frames.AWKWARD: frames.ATLAS}), words=EN, style=LIGHT
    ),
    "heat map": lambda: heat_map(
        frames.levels({frames.AWKWARD: frames.ATLAS}), words=EN, style=LIGHT
    ),
    "fit map": lambda: fit_map(frames.fit({frames.AWKWARD: frames.ATLAS}), words=EN, style=LIGHT),
    "lens map": lambda: lens_map(frames.lenses([frames.AWKWARD]), words=EN, style=LIGHT),
    "squad lines": lambda: squad_lines(frames.scores([frames.AWKWARD]), words=EN, style=LIGHT),
}


@pytest.mark.parametrize("name", AWKWARD)
def test_a_squads_name_is_drawn_unchanged_and_cut_only_by_its_limit(name: str) -> None:
    spec = spec_of(AWKWARD[name]())
    limited = [layer for layer in layers_of(spec, "text") if "limit" in layer["mark"]]
    drawn = [
        row[layer["encoding"].get("text", {"field": "name"})["field"]]
        for layer in limited
        for row in (layer.get("data") or spec["data"])["values"]
    ]
    assert frames.AWKWARD in drawn


@pytest.mark.parametrize("name", ["heat map", "fit map", "lens map"])
def test_on_a_phone_a_long_name_keeps_its_beginning_and_its_end(name: str) -> None:
    (row,) = rows_of(spec_of(AWKWARD[name]()), "squads")
    assert row["wrapped"] == "<b>Équipe</b> &\n…gne-Rhône-Alpes"


@pytest.mark.parametrize("name", AWKWARD)
def test_a_squads_name_never_enters_an_expression(name: str) -> None:
    spec = spec_of(AWKWARD[name]())

    def expressions(value: object) -> list[str]:
        if isinstance(value, dict):
            own = [value["expr"]] if "expr" in value else []
            return own + [text for part in value.values() for text in expressions(part)]
        if isinstance(value, list):
            return [text for part in value for text in expressions(part)]
        return []

    filters = [step["filter"] for layer in spec["layer"] for step in layer.get("transform", [])]
    assert not any("Équipe" in text for text in [*expressions(spec), *filters])


def test_the_language_reaches_numbers_and_dates() -> None:
    frame = frames.levels({"Dune": frames.DUNE}, language="fr")
    bars = strings_in(spec_of(level_bars(frame, words=FR, style=LIGHT)))
    assert any("40\u202f%" in text or "40\u00a0%" in text for text in bars)
    lines = spec_of(level_lines(frames.history(), words=FR, style=LIGHT))
    assert any("févr." in text for text in strings_in(lines))
    quarters = frames.scores(["Atlas"]).assign(period=["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"])
    assert "T4 2026" in strings_in(spec_of(squad_lines(quarters, words=FR, style=LIGHT)))


def test_charts_do_not_touch_the_frame_they_draw() -> None:
    frame = frames.levels({"Atlas": frames.ATLAS, "Dune": frames.DUNE})
    before = frame.copy(deep=True)
    radar(frame, words=EN, style=LIGHT)
    grouped_bars(frame, words=EN, style=LIGHT)
    heat_map(frame, words=EN, style=LIGHT)
    pd.testing.assert_frame_equal(frame, before)

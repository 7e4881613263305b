"""Radars: shape, gaps, and what tells squads apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import cos, nan, pi, sin

import pytest
import vl_convert

from assessment.charts.radar import radar, small_radar
from tests.charts import frames
from tests.charts.reading import EN, LIGHT, Spec, example, layers_of, rows_of, scales_of, spec_of


def overlay(**squads: Sequence[float]) -> Spec:
    return spec_of(radar(frames.levels(squads), words=EN, style=LIGHT))


def test_an_unscored_level_has_no_point_and_nothing_stands_at_zero() -> None:
    spec = overlay(Dune=frames.DUNE)
    assert [row["level"] for row in rows_of(spec)] == [
        "Strategy and bets",
        "Arbitration",
        "Delivery and quality",
    ]
    for row in rows_of(spec) + rows_of(spec, "outlines"):
        assert (row["x"], row["y"]) != (0, 0)


def test_the_outline_is_broken_where_a_level_is_not_scored() -> None:
    # Vision and daily are missing: strategy and arbitration are joined, delivery stands alone.
    outline = rows_of(overlay(Dune=frames.DUNE), "outlines")
    assert [(row["run"], row["order"]) for row in outline] == [(0, 0), (0, 1)]


def test_the_outline_goes_on_over_the_top_when_only_a_lower_level_is_missing() -> None:
    outline = rows_of(overlay(Cobalt=(62, 30, float("nan"), 20, 48)), "outlines")
    assert {row["run"] for row in outline} == {0}
    # Daily, delivery, vision, strategy: clockwise from the gap.
    assert [round(row["x"] ** 2 + row["y"] ** 2) for row in outline] == [400, 2304, 3844, 900]


def test_a_full_outline_comes_back_to_its_first_point() -> None:
    outline = rows_of(overlay(Atlas=frames.ATLAS), "outlines")
    assert len(outline) == 6
    assert (outline[0]["x"], outline[0]["y"]) == (outline[-1]["x"], outline[-1]["y"]) == (0, 88.9)


def test_only_fully_scored_squads_are_filled() -> None:
    fills = rows_of(overlay(Atlas=frames.ATLAS, Dune=frames.DUNE), "fills")
    assert {row["squad"] for row in fills} == {"Atlas"}


def test_a_level_nobody_has_a_score_for_says_so_in_muted_text() -> None:
    labels = {row["name"]: row for row in rows_of(overlay(Dune=frames.DUNE), "labels")}
    assert labels["Vision"]["below"] == "not enough\nanswers"
    assert labels["Vision"]["colour"] == LIGHT.muted
    assert labels["Strategy"]["below"] == ""
    assert labels["Strategy"]["colour"] == LIGHT.text


def test_a_level_that_some_squads_miss_names_them() -> None:
    labels = rows_of(overlay(Atlas=frames.ATLAS, Dune=frames.DUNE), "labels")
    assert labels[0]["below"] == "not scored:\nDune"


def test_both_scales_are_fixed_and_share_one_radius() -> None:
    spec = overlay(Atlas=(10, 10, 10, 10, 10))
    for channel, axis in (("x", "middle"), ("y", "centre")):
        for scale in scales_of(spec, channel):
            assert scale["domain"] == [-100, 100]
            assert {part["expr"] for part in scale["range"]} == {
                f"{axis} - radius",
                f"{axis} + radius",
            }


@pytest.mark.parametrize("width", [300, 358, 552, 1100])
def test_the_outer_ring_is_a_regular_pentagon_at_every_width(width: int) -> None:
    spec = overlay(Atlas=frames.ATLAS, Boréal=frames.BOREAL) | {"width": width}
    rings = re.search(r"layer_0_pathgroup.*?layer_1_marks", vl_convert.vegalite_to_svg(spec), re.S)
    assert rings
    paths = re.findall(r' d="(M[^"]+)"', rings[0])
    corners = [
        [tuple(map(float, corner.split(","))) for corner in re.split("[ML]", path)[1:]]
        for path in paths
        if path.count("L") == 5
    ]
    outer = max(corners, key=lambda ring: max(x for x, _ in ring) - min(x for x, _ in ring))
    wide = max(x for x, _ in outer) - min(x for x, _ in outer)
    high = max(y for _, y in outer) - min(y for _, y in outer)
    assert wide / high == pytest.approx(2 * sin(2 * pi / 5) / (1 + cos(pi / 5)), rel=1e-3)
    assert min(x for x, _ in outer) >= 0
    assert max(x for x, _ in outer) <= width


def test_each_squad_has_its_own_colour_dash_and_shape() -> None:
    spec = overlay(Atlas=frames.ATLAS, Boréal=frames.BOREAL, Cobalt=frames.COBALT)
    for channel in ("color", "strokeDash", "shape"):
        scale = scales_of(spec, channel)[0]
        assert scale["domain"] == ["Atlas", "Boréal", "Cobalt"]
        assert len({str(value) for value in scale["range"]}) == 3


def test_points_alone_are_announced_with_squad_level_and_score() -> None:
    spec = overlay(Atlas=frames.ATLAS)
    announced = [layer["mark"]["type"] for layer in spec["layer"] if layer["mark"]["aria"]]
    assert announced == ["point"]
    assert rows_of(spec)[0]["description"] == "Atlas, Vision: 89 out of 100"


def test_scores_are_shown_as_whole_points() -> None:
    assert [row["score"] for row in rows_of(overlay(Atlas=frames.ATLAS))] == [
        "89",
        "83",
        "46",
        "79",
        "22",
    ]


def test_one_squad_needs_no_key_and_several_have_one_without_a_second_legend() -> None:
    assert "key" not in [
        layer.get("data", {}).get("name") for layer in overlay(A=frames.ATLAS)["layer"]
    ]
    spec = overlay(Atlas=frames.ATLAS, Boréal=frames.BOREAL)
    assert [row["squad"] for row in rows_of(spec, "key")] == ["Atlas", "Boréal"]
    for layer in spec["layer"]:
        for channel in ("color", "shape", "strokeDash"):
            if "field" in layer["encoding"].get(channel, {}):
                assert layer["encoding"][channel]["legend"] is None


def test_rings_are_numbered_at_the_stages() -> None:
    assert [row["label"] for row in rows_of(overlay(A=frames.ATLAS), "numbers")] == [
        "25",
        "50",
        "75",
        "100",
    ]


def test_a_fourth_squad_is_refused_with_the_way_out() -> None:
    four = dict.fromkeys("ABCD", frames.ATLAS)
    with pytest.raises(ValueError, match=r"one to 3 squads, not 4.*small_radar"):
        radar(frames.levels(four), words=EN, style=LIGHT)


def test_a_radar_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="not 0"):
        radar(frames.levels({"A": frames.ATLAS}).head(0), words=EN, style=LIGHT)


def test_a_small_radar_leaves_scores_to_the_map_and_has_a_dash_where_there_is_none() -> None:
    spec = spec_of(small_radar(frames.levels({"Dune": frames.DUNE}), words=EN, style=LIGHT))
    names = [row["name"] for row in rows_of(spec, "labels")]
    assert names == ["Vision –", "Strategy", "Arbitration", "Daily –", "Delivery"]
    # The page says whose it is, and what it shows.
    assert not [layer for layer in spec["layer"] if layer.get("data", {}).get("name") == "title"]


def test_a_small_radar_shows_one_squad() -> None:
    two = frames.levels({"A": frames.ATLAS, "B": frames.BOREAL})
    with pytest.raises(ValueError, match="one squad, not 2"):
        small_radar(two, words=EN, style=LIGHT)


def test_the_outline_is_drawn_as_the_recipe_says() -> None:
    spec = overlay(Atlas=frames.ATLAS)
    fill, outline = layers_of(spec, "line")[-2:]
    assert fill["mark"]["opacity"] == 0.14
    assert outline["mark"]["strokeWidth"] == 2.5
    assert next(layer for layer in layers_of(spec, "point"))["mark"]["size"] == 85


def test_small_radars_are_equally_large_whatever_lacks_a_score() -> None:
    drawn = [
        spec_of(small_radar(frames.levels({"A": scores}), words=EN, style=LIGHT))["params"]
        for scores in (frames.ATLAS, frames.DUNE, (nan,) * 5)
    ]
    assert drawn[0] == drawn[1] == drawn[2]


def test_ring_numbers_lie_over_fills_and_outlines_with_a_rim_of_their_own() -> None:
    layers = example("radar-one-squad")["layer"]
    tables = [layer.get("data", {}).get("name") for layer in layers]
    assert tables.index("numbers") > tables.index("outlines")
    assert layers[tables.index("numbers")]["mark"]["stroke"] == LIGHT.background

"""Many squads: grouped bars, and maps of levels, fit and lenses."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from math import nan

import pandas as pd
import pytest

from assessment.charts.grouped_bars import grouped_bars
from assessment.charts.maps import heat_map, keyed_heat_map
from tests.charts import frames
from tests.charts.reading import EN, LIGHT, Spec, example, layers_of, rows_of, scales_of, spec_of

THREE = {"Atlas": frames.ATLAS, "Boréal": frames.BOREAL, "Dune": frames.DUNE}


def grouped(frame: pd.DataFrame) -> Spec:
    return spec_of(grouped_bars(frame, words=EN, style=LIGHT))


def heat(frame: pd.DataFrame) -> Spec:
    return spec_of(heat_map(frame, words=EN, style=LIGHT))


def test_a_bar_has_the_colour_of_its_stage_and_the_marks_of_a_leak_and_of_a_cap() -> None:
    scores = {"A": (0.0, 25.0, 50.0, 75.0, 100.0)}
    rows = rows_of(grouped(frames.levels(scores)))
    assert [row["fill"] for row in rows] == [LIGHT.stage(stage) for stage in (1, 2, 3, 4, 4)]
    assert [row["marks"] for row in rows] == ["!!", "!", "", "", ""]
    capped = rows_of(grouped(frames.levels({"A": (80.0,) * 5}, stage=2, is_capped=True)))[0]
    assert (capped["fill"], capped["marks"]) == (LIGHT.stage(2), "!*")


def test_each_bar_is_named_and_carries_its_score() -> None:
    rows = rows_of(grouped(frames.levels(THREE)))
    assert [(row["squad"], row["value"]) for row in rows if row["level"] == "vision"] == [
        ("Atlas", "89"),
        ("Boréal", "40"),
        ("Dune", "–"),
    ]


def test_an_unscored_level_has_words_instead_of_a_bar() -> None:
    spec = grouped(frames.levels(THREE))
    missing = [row["missing"] for row in rows_of(spec) if row["squad"] == "Dune"]
    assert missing == ["not enough answers", "", "", "not enough answers", ""]
    bar = next(b for b in layers_of(spec, "bar") if b["encoding"]["x2"]["field"] == "score")
    assert bar["transform"] == [{"filter": "isValid(datum.score)"}]


def test_squads_follow_in_their_order() -> None:
    levels = frames.levels(THREE)
    rows = rows_of(grouped(levels[levels["level"] == "vision"]))
    in_order = sorted(rows, key=lambda row: row["y"])
    assert [row["squad"] for row in in_order] == ["Atlas", "Boréal", "Dune"]


def test_bars_of_fifty_squads_at_a_level_are_tall_enough_to_be_named_on_two_lines() -> None:
    levels = frames.many_levels(50)
    spec = grouped(levels[levels["level"] == "vision"])
    places = [row["y"] for row in rows_of(spec)]
    assert len(places) == 50
    assert 0 < min(places) < max(places) < spec["height"]
    assert min(below - above for above, below in pairwise(places)) >= 26


def test_fifty_squads_fit_with_rows_tall_enough_to_touch() -> None:
    spec = heat(frames.many_levels(50))
    rows = scales_of(spec, "y")[0]
    top, bottom = rows["range"]
    assert len(rows["domain"]) == 50
    assert (bottom - top) / 50 >= 26
    assert 0 < top < bottom <= spec["height"]


def test_the_heat_map_prints_every_score() -> None:
    rows = rows_of(heat(frames.levels({"Atlas": frames.ATLAS})))
    assert [row["value"] for row in rows] == ["89", "83", "! 46", "79", "!! 22"]
    text = layers_of(heat(frames.levels({"Atlas": frames.ATLAS})), "text")[0]
    assert text["encoding"]["text"]["field"] == "value"


def test_an_unscored_cell_is_an_outline_and_shows_a_dash() -> None:
    chart = heat(frames.levels({"Dune": frames.DUNE}))
    unscored = rows_of(chart)[0]
    zero = rows_of(heat(frames.levels({"A": (0.0,) * 5})))[0]
    assert (unscored["value"], unscored["fill"]) == ("–", "transparent")
    assert (zero["value"], zero["fill"]) == ("!! 0", LIGHT.stage(1))
    cells, outlines = layers_of(chart, "rect")
    assert cells["mark"]["stroke"] == LIGHT.background
    assert outlines["mark"]["stroke"] == LIGHT.muted
    assert outlines["transform"] == [{"filter": "!isValid(datum.score)"}]
    # Within its cell: no neighbour lies over a part of it.
    assert outlines["mark"]["width"]["band"] < 1
    assert outlines["mark"]["height"]["band"] < 1


def test_a_cell_has_the_colour_of_its_stage_and_a_mark_where_an_answer_caps_it() -> None:
    rows = rows_of(heat(frames.levels({"A": (0.0, 25.0, 50.0, 75.0, 100.0)})))
    assert [row["fill"] for row in rows] == [LIGHT.stage(stage) for stage in (1, 2, 3, 4, 4)]
    capped = rows_of(heat(frames.levels({"A": (80.0,) * 5}, stage=2, is_capped=True)))[0]
    assert (capped["value"], capped["fill"]) == ("! 80*", LIGHT.stage(2))


def test_squads_keep_the_given_order_and_are_not_ranked() -> None:
    spec = heat(frames.levels({"Zulu": (1.0,) * 5, "Alpha": (99.0,) * 5}))
    assert {tuple(scale["domain"]) for scale in scales_of(spec, "y")} == {("Zulu", "Alpha")}


@pytest.mark.parametrize("chart", [grouped, heat])
def test_a_cell_is_announced_with_its_score_or_as_lacking_answers(
    chart: Callable[[pd.DataFrame], Spec],
) -> None:
    said = [row["description"] for row in rows_of(chart(frames.levels({"Dune": frames.DUNE})))]
    assert said[:2] == [
        "Dune, Vision: not enough answers",
        "Dune, Strategy and bets: 66 out of 100, Framed",
    ]


def test_maps_print_how_many_decisions_are_clear_and_the_score_of_every_lens() -> None:
    fit, lenses = rows_of(example("fit-map")), rows_of(example("lens-map"))
    values = [row["value"] for row in fit]
    assert values[:5] == ["1/4·100", "2/4·75", "3/4·50", "4/4·0", "–"]
    assert values[5:] == ["1/4·0", "2/4·0", "3/4·0", "4/4·0", "0/4·0"]
    # The lower of the two gives the grey: neither a wrong role nor a dispute is pale.
    assert [row["score"] for row in fit[:5]] == [25, 50, 50, 0, None]
    greys = [LIGHT.shaded(score)[0] for score in (25, 50, 50, 0)]
    assert [row["fill"] for row in fit[:5]] == [*greys, "transparent"]
    assert fit[0]["description"] == "Atlas, Vision: clear decisions 1/4, fit 100"
    assert fit[4]["description"] == "Atlas, Delivery and quality: not answered"
    assert [row["value"] for row in lenses] == ["63", "100", "–", "–"] * 2
    assert lenses[0]["description"] == "Atlas, Who decides: 63"


def test_long_lens_names_are_wrapped_above_their_columns() -> None:
    spec = example("lens-map")
    wrapped = [row["wrapped"] for row in rows_of(spec, "headings")]
    assert wrapped == ["Who\ndecides", "Rituals", "The PM's\npractice", "CPO and\nCTO\nfrontier"]
    # Three lines above two squads of 28 pixels.
    assert scales_of(spec, "y")[0]["range"] == [26 + 2 * 14, 26 + 2 * 14 + 2 * 28]


def test_a_score_of_nothing_is_a_sliver_not_the_blank_of_no_answer() -> None:
    spec = grouped(frames.levels({"A": (0.0, 0.9, 1.0, 50.0, nan)}))
    _track, bar = layers_of(spec, "bar")
    assert bar["transform"] == [{"filter": "isValid(datum.score)"}]
    assert bar["mark"]["x2Offset"] == {
        "expr": "(datum.score - datum.start) / (datum.end - datum.start) < 0.01 ? 4 : 0"
    }


def test_on_a_phone_the_name_beside_a_bar_keeps_its_beginning_and_its_end() -> None:
    first, second = "Équipe Paiements du Sud 01", "Équipe Paiements du Sud 02"
    spec = grouped(frames.levels({first: frames.ATLAS, second: frames.BOREAL}))
    wrapped = {row["wrapped"] for row in rows_of(spec, "squads")}
    assert wrapped == {"Équipe Paiements\ndu Sud 01", "Équipe Paiements\ndu Sud 02"}


def test_on_a_desk_too_a_long_name_keeps_its_beginning_and_its_end() -> None:
    name = "Équipe Paiements & abonnements grands comptes Europe du Sud"
    for spec in (grouped(frames.levels({name: frames.ATLAS})), heat(frames.many_levels(2))):
        assert "datum.on_desk" in str(layers_of(spec, "text"))
    spec = grouped(frames.levels({name: frames.ATLAS}))
    ((shown, on_paper),) = {(row["on_desk"], row["on_paper"]) for row in rows_of(spec, "squads")}
    assert on_paper == "Équipe Paiem…Europe du Sud"
    assert shown == "Équipe Paiements & ab…comptes Europe du Sud"


def test_bars_by_squad_stand_on_a_scale_whose_ends_are_whole() -> None:
    spec = grouped(frames.levels(THREE))
    assert [row["label"] for row in rows_of(spec, "axis")] == ["0", "25", "50", "75", "100"]
    # Half of "100" has room beyond the bars' end, and so has a mark.
    reach = next(scale["range"] for scale in scales_of(spec, "x"))
    assert reach[1] == {"expr": "width - 24"}


def test_a_map_by_itself_tells_its_colours_and_marks_below() -> None:
    frame = frames.levels({"A": (0.0, 25.0, 50.0, 60.0, nan)})
    frame.loc[frame["level"] == "strategy", "is_capped"] = True
    keyed, plain = spec_of(keyed_heat_map(frame, words=EN, style=LIGHT)), heat(frame)
    assert [(row["text"], row["fill"]) for row in rows_of(keyed, "key")] == [
        ("!! Blurred", LIGHT.stage(1)),
        ("! Compensated", LIGHT.stage(2)),
        ("Framed", LIGHT.stage(3)),
        ("– not enough answers", "transparent"),
        ("* capped by an answer", "transparent"),
    ]
    assert keyed["height"] > plain["height"]
    assert rows_of(keyed) == rows_of(plain)

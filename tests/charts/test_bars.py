"""One squad's bars."""

from __future__ import annotations

from collections.abc import Sequence
from math import nan

import pandas as pd
import pytest

from assessment.charts.bars import level_bars, level_bars_rows
from assessment.languages import Words
from tests.charts import frames
from tests.charts.reading import EN, FR, LIGHT, example, layers_of, rows_of, scales_of, spec_of

CHANGES = (nan, 14, -3, nan, 0)


def dune(*, changes: Sequence[float] = (nan,) * 5) -> pd.DataFrame:
    return frames.levels({"Dune": frames.DUNE}, changes=changes)


def test_a_bar_says_its_score_and_stage() -> None:
    rows = level_bars_rows(dune(), words=EN)
    assert [row["label"] for row in rows] == [
        "",
        "66 · Framed",
        "72 · Framed",
        "",
        "33 · Compensated",
    ]


def test_a_score_whose_stage_an_answer_caps_is_marked() -> None:
    levels = frames.levels({"A": (75.0,) * 5}, stage=3, stage_name="Framed", is_capped=True)
    assert level_bars_rows(levels, words=EN)[0]["label"] == "75* · Framed"


def test_a_change_shows_its_direction_by_more_than_a_sign() -> None:
    rows = level_bars_rows(dune(changes=CHANGES), words=EN)
    assert [row["moved"] for row in rows] == ["", "▲ +14", "▼ −3", "", "= 0"]


def test_since_when_levels_changed_is_said_once() -> None:
    rows = level_bars_rows(dune(changes=CHANGES), words=EN)
    assert [row["since"] for row in rows] == ["since June 2026", "", "", "", ""]


def test_an_unscored_level_has_no_bar_and_says_how_much_is_covered() -> None:
    spec = spec_of(level_bars(dune(), words=EN, style=LIGHT))
    vision = rows_of(spec)[0]
    assert vision["score"] is None
    assert vision["missing"] == "not enough answers (40% covered)"
    assert vision["description"] == "Vision: not enough answers (40% covered)"
    bars = layers_of(spec, "bar")
    score_bar = next(b for b in bars if b["encoding"]["x2"]["field"] == "score")
    assert score_bar["transform"] == [{"filter": "isValid(datum.score)"}]


def test_a_score_just_under_a_stage_does_not_look_like_the_next() -> None:
    rows = level_bars_rows(frames.levels({"A": (24.9, 49.6, 74.99, 75.0, 100.0)}), words=EN)
    assert [row["label"] for row in rows] == [
        "24 · Blurred",
        "49 · Compensated",
        "74 · Framed",
        "75 · Fluid",
        "100 · Fluid",
    ]


def test_a_score_of_zero_is_a_score() -> None:
    row = level_bars_rows(frames.levels({"A": (0.0,) * 5}), words=EN)[0]
    assert (row["score"], row["label"], row["missing"]) == (0, "0 · Blurred", "")


def test_the_scale_runs_from_0_to_100_whatever_the_scores() -> None:
    spec = spec_of(level_bars(frames.levels({"A": (10.0,) * 5}), words=EN, style=LIGHT))
    scales = scales_of(spec, "x")
    assert scales
    assert all(scale["domain"] == [0, 100] and not scale["nice"] for scale in scales)


def test_other_answers_change_the_rows_and_nothing_else_of_the_spec() -> None:
    one = spec_of(level_bars(dune(), words=EN, style=LIGHT))
    other = frames.levels({"Dune": frames.ATLAS})
    redrawn = spec_of(level_bars(other, words=EN, style=LIGHT))
    swapped = one | {"data": one["data"] | {"values": level_bars_rows(other, words=EN)}}
    assert swapped == redrawn
    assert one != redrawn


def test_the_longest_label_keeps_its_room_before_there_is_any() -> None:
    unscored = spec_of(level_bars(frames.levels({"A": (nan,) * 5}), words=EN, style=LIGHT))
    scored = spec_of(level_bars(frames.levels({"A": (100.0,) * 5}), words=EN, style=LIGHT))
    assert scales_of(unscored, "x") == scales_of(scored, "x")


def test_the_band_has_a_key_where_it_is_to_be_seen() -> None:
    for reach, keyed in ((nan, False), (0, False), (5, True)):
        levels = frames.levels({"A": (50.0,) * 5}, reach=reach)
        spec = spec_of(level_bars(levels, words=EN, style=LIGHT))
        assert ("Grey: range of the score, any one voice left out" in str(spec)) == keyed


@pytest.mark.parametrize("words", [EN, FR])
def test_stages_begin_where_the_gaps_are(words: Words) -> None:
    spec = spec_of(level_bars(dune(), words=words, style=LIGHT))
    assert {row["x"] for row in rows_of(spec, "gaps")} == {25, 50, 75}


def test_a_lens_shows_its_score_change_and_trouble() -> None:
    decides, rituals, practice, frontier = rows_of(example("lens-bars"))
    assert (decides["told"], decides["moved"], decides["trouble"]) == (
        "63",
        "▼ −12",
        "Bets and What is cut",
    )
    assert (rituals["told"], rituals["trouble"], rituals["coverage"]) == ("100", "–", "50%")
    assert practice["missing"] == "does not apply in this setup"
    assert frontier["missing"] == "not answered"
    assert frontier["description"] == "CPO and CTO frontier: not answered"

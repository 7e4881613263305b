"""The map of who decides: what each cell says, without colour and without sight."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from assessment.charts.deciders import deciders_map
from assessment.languages import Words
from tests.charts import frames
from tests.charts.reading import DARK, EN, FR, LIGHT, Spec, example, layers_of, rows_of, spec_of


def one() -> Spec:
    """The map of what one voice says."""
    return example("deciders-map")


def three() -> Spec:
    """The map of what three voices say."""
    return example("deciders-map-voices")


def cell(spec: dict[str, Any], decision: str, role: str) -> dict[str, Any] | None:
    """What is drawn for a role at a decision; None where nothing is."""
    cells = [
        row for row in rows_of(spec, "cells") if (row["decision"], row["role"]) == (decision, role)
    ]
    return cells[0] if cells else None


SIGNS = {
    "expected and named": ("Priority segment", "CPO", ("solid", "circle", "")),
    "expected, not named": ("Priority segment", "PM", ("solid", "", "")),
    "should not decide": ("North Star", "PO", ("", "diamond", "!")),
    "named, not expected": ("Sprint content", "PM", ("", "circle", "")),
    "expected, seat empty": ("Sprint content", "EM", ("dashed", "", "")),
    "nobody decides": ("How much is enough", "Nobody", ("", "square", "×")),
    "unclear who decides": ("Choice between two options", "Unclear", ("", "square", "?")),
}


@pytest.mark.parametrize("reading", SIGNS)
def test_each_kind_of_cell_has_a_sign_and_words_of_its_own(reading: str) -> None:
    decision, role, (tile, shape, glyph) = SIGNS[reading]
    drawn = cell(one(), decision, role)
    assert drawn is not None
    assert drawn["reading"] == reading
    assert (drawn["tile"], drawn["glyph"]) == (tile, glyph)
    # A diamond is drawn as a path.
    assert drawn["shape"] == shape or (shape == "diamond" and drawn["shape"].startswith("M0,"))


def test_signs_are_told_apart_without_colour() -> None:
    def look(row: dict[str, Any]) -> tuple[object, ...]:
        is_hollow = row["fill"] != row["stroke"]
        return row["tile"], row["shape"], row["shape"] and is_hollow, row["glyph"]

    looks = [look(row) for row in rows_of(one(), "key")]
    assert len(set(looks)) == len(looks)


@pytest.mark.parametrize("name", ["deciders-map", "deciders-map-voices"])
def test_the_key_explains_every_sign_that_is_drawn_and_no_other(name: str) -> None:
    spec = example(name)
    readings = {row["text"] for row in rows_of(spec, "key")}
    drawn = {row["reading"] for row in rows_of(spec, "cells")} - {"expected; not answered"}
    assert drawn == readings - {"fit, from 0 to 100", "voices, of 3 at most"}


def test_a_cell_with_nothing_to_say_is_left_blank() -> None:
    assert cell(one(), "Priority segment", "EM") is None
    assert cell(one(), "Priority segment", "Nobody") is None


def test_a_role_that_is_neither_expected_nor_named_has_no_column() -> None:
    def heads(spec: dict[str, Any]) -> list[str]:
        return [row["name"] for row in rows_of(spec, "heads")]

    assert heads(one()) == ["CPO", "PM", "PO", "EM", "Nobody", "Unclear"]
    assert heads(three()) == ["CPO", "PM", "PO", "EM"]


def test_roles_are_named_once_above_all_levels_and_upright() -> None:
    names = next(
        layer for layer in layers_of(one(), "text") if layer.get("data", {}).get("name") == "heads"
    )
    assert "angle" not in names["mark"]
    first_level = min(row["y"] for row in rows_of(one(), "levels"))
    assert all(row["foot"] < first_level for row in rows_of(one(), "heads"))


def test_names_of_neighbours_that_crowd_stand_on_three_lines() -> None:
    lifts = [row["lift"] for row in rows_of(one(), "heads")]
    assert lifts == [26, 13, 0, 26, 13, 0]


def test_with_several_voices_each_shape_holds_their_number_and_grows_with_their_share() -> None:
    pm, po = cell(three(), "Priority segment", "PM"), cell(three(), "Priority segment", "PO")
    assert pm is not None
    assert po is not None
    assert (pm["glyph"], pm["said"], round(pm["share"], 3)) == ("2", "2 of 3", 0.667)
    assert (po["glyph"], po["said"], round(po["share"], 3)) == ("1", "1 of 3", 0.333)
    size = layers_of(three(), "point")[-1]["mark"]["size"]["expr"]
    assert "sqrt(datum.share)" in size


def test_a_screen_reader_hears_each_decision_whole() -> None:
    assert [row["description"] for row in rows_of(one())] == [
        "Priority segment: expected CPO and PM; named CPO; fit 100 out of 100",
        "North Star: expected CPO and PM; named PO; fit 0 out of 100",
        "Sprint content: expected PO; named PM and PO; fit 50 out of 100",
        "How much is enough: expected PO; named Nobody; fit 0 out of 100",
        "Choice between two options: expected PO; named Unclear; fit 0 out of 100",
        "Structuring technical constraints: expected PO; not answered",
    ]
    assert rows_of(three())[0]["description"] == (
        "Priority segment: expected CPO and PM; named PM (2 of 3) and PO (1 of 3); "
        "fit 67 out of 100"
    )


def test_an_unanswered_decision_shows_who_is_expected_and_blames_nobody() -> None:
    drawn = cell(one(), "Structuring technical constraints", "PO")
    assert drawn is not None
    assert (drawn["reading"], drawn["said"]) == ("expected; not answered", "–")
    assert rows_of(one())[-1]["fit"] == "–"


def test_levels_stand_above_their_decisions_with_their_fit() -> None:
    # Vision (100 + 0) / 2; daily (50 + 0 + 0) / 3, the unanswered one left out.
    vision, daily = rows_of(one(), "levels")
    assert (vision["name"], vision["standing"], vision["marks"]) == ("Vision", "50", "50")
    assert (daily["name"], daily["short"], daily["standing"]) == (
        "Daily product decisions",
        "Daily",
        "17",
    )
    down = [row["y"] for row in rows_of(one())]
    assert vision["y"] < down[0] < down[1] < daily["y"] < down[2]
    assert down[-1] < one()["height"]


def test_a_decision_that_nobody_could_take_is_vacant() -> None:
    frame = frames.deciders()
    vacant = frame.assign(expected=frame["expected"] & (frame["level"] == "vision"))
    rows = rows_of(spec_of(deciders_map(vacant, words=EN, style=LIGHT)))
    assert [row["fit"] for row in rows] == ["100", "0", *["vacant"] * 4]
    assert rows[2]["description"] == (
        "Sprint content: expected vacant; named PM and PO; fit 50 out of 100"
    )


def test_a_long_name_has_two_lines_to_stand_on() -> None:
    row = rows_of(one())[-1]
    assert row["name"] == "Structuring technical constraints"
    assert (row["wrapped"], row["lines"]) == ("Structuring technical\nconstraints", 2)


def test_names_take_turns_on_their_lines_only_where_columns_are_narrow() -> None:
    heads = next(
        layer for layer in layers_of(one(), "text") if layer.get("data", {}).get("name") == "heads"
    )
    assert heads["mark"]["dy"]["expr"] == "column < 66 ? -datum.lift : 0"
    (column,) = one()["params"]
    assert column["name"] == "column"
    assert column["expr"].endswith("/ 6")


def test_someone_who_counts_as_expected_sits_on_no_tile() -> None:
    frame = frames.deciders()
    stand_in = (frame["decision"] == "sprint") & (frame["role"] == "pm")
    frame.loc[stand_in, "mark"] = "fits"
    drawn = cell(spec_of(deciders_map(frame, words=EN, style=LIGHT)), "Sprint content", "PM")
    assert drawn is not None
    assert (drawn["tile"], drawn["reading"]) == ("", "counts as expected")


def test_the_map_speaks_french_and_fits_a_dark_page() -> None:
    french = spec_of(deciders_map(frames.deciders(), words=FR, style=DARK))
    assert "ne devrait pas décider" in {row["text"] for row in rows_of(french, "key")}
    assert rows_of(french)[0]["description"] == (
        "Priority segment\u00a0: attendu\u00a0: CPO et PM\u202f; cité\u00a0: CPO\u202f; "
        "adéquation 100 sur 100"
    )


@pytest.mark.parametrize(
    ("words", "vision", "daily"),
    [
        (
            EN,
            "1 contested decision · fit 67",
            "2 contested decisions · 1 without a decider · fit 17",
        ),
        (FR, "1 décision disputée · adéquation 67", "2 décisions disputées · 1 sans décideur"),
    ],
)
def test_a_level_counts_its_contested_decisions_and_nobodys_before_its_fit(
    words: Words, vision: str, daily: str
) -> None:
    def heads(rows: pd.DataFrame, **marks: tuple[str, ...]) -> list[dict[str, Any]]:
        columns = {mark: rows["decision"].isin(decisions) for mark, decisions in marks.items()}
        return rows_of(
            spec_of(deciders_map(rows.assign(**columns), words=words, style=LIGHT)), "levels"
        )

    first, second = heads(frames.deciders(voices=3), contested=("segment",))
    assert (first["standing"], first["marks"]) == (vision, "≠\u20091 · 67")
    assert (second["standing"], second["marks"]) == ("100", "100")
    both = heads(frames.deciders(), contested=("sprint", "option"), nobodys=("scope",))[1]
    assert both["standing"].startswith(daily)
    assert both["marks"] == "≠\u20092 · ×\u20091 · 17"
    assert heads(frames.deciders(), nobodys=("option",))[1]["marks"] == "?\u20091 · 17"
    assert heads(frames.deciders(), nobodys=("scope", "option"))[1]["marks"] == "×?\u20092 · 17"


def test_a_contested_decision_is_marked_before_its_fit_and_told_as_contested() -> None:
    rows = frames.deciders(voices=3).assign(contested=lambda frame: frame["decision"] == "segment")
    spec = spec_of(deciders_map(rows, words=EN, style=LIGHT))
    segment, sprint = rows_of(spec)
    assert (segment["fit"], sprint["fit"]) == ("≠\u200967", "100")
    assert segment["description"].startswith("Priority segment: contested; expected CPO and PM")
    assert "fit; ≠ contested" in {row["text"] for row in rows_of(spec, "key")}
    assert "fit; ≠ contested" not in {row["text"] for row in rows_of(three(), "key")}


def test_the_key_tells_the_signs_of_levels_heads_where_shapes_hold_numbers() -> None:
    rows = frames.deciders()
    rows = rows.assign(voices=rows["voices"].where(rows["voices"] == 0, 3))
    spec = spec_of(deciders_map(rows, words=EN, style=LIGHT))
    glyphs = {row["text"]: row["glyph"] for row in rows_of(spec, "key")}
    assert (glyphs["nobody decides"], glyphs["unclear who decides"]) == ("×", "?")
    assert glyphs["should not decide"] == ""

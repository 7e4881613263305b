"""Lines over time: gaps, voices, labels that do not cover each other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import nan

import pandas as pd
import pytest

from assessment.charts.lines import level_lines, level_strips, squad_lines
from assessment.charts.rows import without_overlap
from assessment.charts.timeline import period_rows
from assessment.languages import BLANK
from tests.charts import frames
from tests.charts.reading import (
    EN,
    FR,
    LIGHT,
    Spec,
    example,
    layers_of,
    rows_of,
    scales_of,
    spec_of,
)


def lines(frame: pd.DataFrame) -> Spec:
    return spec_of(level_lines(frame, words=EN, style=LIGHT))


def small(squads: Sequence[str]) -> Spec:
    return spec_of(squad_lines(frames.scores(squads), words=EN, style=LIGHT))


def test_a_line_does_not_cross_a_round_without_a_score() -> None:
    arbitration = [row for row in rows_of(lines(frames.history())) if row["name"] == "Arbitration"]
    assert [(row["run"], row["score"]) for row in arbitration] == [(0, 20), (1, 38), (1, 47)]


def test_a_single_round_draws_points_and_no_leader_across_the_plot() -> None:
    spec = lines(frames.history(1))
    assert len(rows_of(spec)) == 5
    assert rows_of(spec, "leaders") == []


def test_rounds_stand_at_their_months_so_that_a_skipped_month_leaves_room() -> None:
    times = [row["time"] for row in rows_of(lines(frames.history()), "periods")]
    assert [after - before for before, after in pairwise(times)] == [1, 3, 5]


def test_each_period_says_its_voices_below_in_words_or_as_a_bare_number() -> None:
    periods = rows_of(lines(frames.history()), "periods")
    assert [row["count"] for row in periods] == ["3", "1", "7", "12"]
    assert [(row["wide"], row["voices"]) for row in periods] == [
        ("Feb 2026", "3 voices"),
        ("Mar 2026", "1 voice"),
        ("Jun 2026", "7 voices"),
        ("Nov 2026", "12 voices"),
    ]


def test_quarters_are_named_and_spaced_as_quarters() -> None:
    rows = period_rows(["2025-Q4", "2026-Q1", "2026-Q3"], words=FR)
    assert [row["wide"] for row in rows] == ["T4 2025", "T1 2026", "T3 2026"]
    assert [after["time"] - before["time"] for before, after in pairwise(rows)] == [1, 2]


def test_a_period_of_another_form_is_refused() -> None:
    with pytest.raises(ValueError, match="'soon' is not a period"):
        period_rows(["soon"], words=EN)


def test_labels_give_way_on_a_narrow_plot_and_the_last_one_stays() -> None:
    months = [f"2025-{month:02}" for month in range(1, 13)] + ["2026-01"]
    rows = period_rows(months, words=EN)
    assert rows[-1]["room"] == 0
    # At 440 pixels a month takes 36.7, so that every second label is 73 from the next; at 320
    # it takes 26.7, and of those labels every second one stays.
    shown = {width: [row["period"] for row in rows if row["room"] <= width] for width in (320, 440)}
    assert shown[440] == [*months[::2]]
    assert shown[320] == [*months[::4]]
    assert all(row["room"] <= 900 for row in rows)


def test_a_level_not_scored_last_ends_with_a_dash() -> None:
    ends = {row["name"]: row["value"] for row in rows_of(lines(frames.history()), "ends")}
    assert ends["Daily"] == "–"
    assert ends["Vision"] == "75"


def test_names_at_the_lines_ends_stand_apart() -> None:
    close = frames.levels(
        {"A": (50.0, 50.5, 51.0, 99.0, 100.0)}, period="2026-11", period_name="x", voices=1
    )
    places = sorted(row["score"] for row in rows_of(lines(close), "ends"))
    assert all(after - before >= 6 for before, after in pairwise(places))
    assert 0 <= places[0] <= places[-1] <= 100


def test_moving_labels_apart_keeps_their_order_and_bounds() -> None:
    assert without_overlap([50, 10, 90], gap=5, low=0, high=100) == [50, 10, 90]
    assert without_overlap([99, 100], gap=5, low=0, high=100) == [95, 100]
    assert without_overlap([0, 0, 0], gap=5, low=0, high=100) == [0, 5, 10]


def test_the_score_scale_is_fixed() -> None:
    spec = lines(frames.history())
    assert {tuple(scale["domain"]) for scale in scales_of(spec, "y")} == {(0, 100)}


def test_a_point_is_announced_with_its_voices() -> None:
    assert rows_of(lines(frames.history()))[0]["description"] == (
        "Vision, February 2026: 30 out of 100, 3 voices"
    )


def test_each_levels_line_has_its_own_dash_and_shape() -> None:
    spec = lines(frames.history())
    for channel in ("color", "strokeDash", "shape"):
        assert len({str(value) for value in scales_of(spec, channel)[0]["range"]}) == 5


def test_a_small_line_per_squad_stands_below_the_one_before_in_the_given_order() -> None:
    squads = ["Écume", "Atlas", "Boréal"]
    spec = small(squads)
    assert [row["squad"] for row in rows_of(spec, "squads")] == squads
    by_squad = {squad: [r["y"] for r in rows_of(spec) if r["name"] == squad] for squad in squads}
    for above, below in pairwise(squads):
        assert max(by_squad[above]) < min(by_squad[below])


def test_equal_scores_stand_equally_high_in_every_small_line() -> None:
    frame = frames.scores(["Atlas", "Boréal"]).assign(score=[50.0] * 8)
    rows = rows_of(spec_of(squad_lines(frame, words=EN, style=LIGHT)))
    heights = {
        name: {row["y"] for row in rows if row["name"] == name} for name in ("Atlas", "Boréal")
    }
    assert heights == {"Atlas": {24.0}, "Boréal": {72.0}}


def test_a_score_that_is_missing_breaks_the_small_line() -> None:
    atlas = [row for row in rows_of(small(["Atlas", "Boréal"])) if row["name"] == "Atlas"]
    assert [(row["run"], row["score"]) for row in atlas] == [(0, 30), (1, 42), (1, 48)]


def test_a_small_line_ends_on_the_last_score_and_what_changed() -> None:
    frame = frames.scores(["A", "B", "C"])
    frame.loc[frame["squad"] == "C", "score"] = nan
    ends = rows_of(spec_of(squad_lines(frame, words=EN, style=LIGHT)), "ends")
    assert [(row["value"], row["change"]) for row in ends] == [
        ("48", "▲ +6"),
        ("57", "▲ +6"),
        ("–", ""),
    ]


def test_a_score_of_an_earlier_period_is_grey_at_the_end_of_a_small_line() -> None:
    frame = frames.scores(["A", "B"])
    stopped = frame[(frame["squad"] != "B") | (frame["period"] < "2026-11")]
    ends = rows_of(spec_of(squad_lines(stopped, words=EN, style=LIGHT)), "ends")
    assert [(row["value"], row["ink"]) for row in ends] == [
        ("48", LIGHT.text),
        ("51", LIGHT.muted),
    ]


def test_a_period_without_any_score_does_not_hide_the_last_ones_at_the_ends() -> None:
    squads, levels = frames.scores(["A", "B"]), frames.history()
    newest = squads["period"].max()
    unscored = squads.assign(score=squads["score"].where(squads["period"] < newest))
    ends = rows_of(spec_of(squad_lines(unscored, words=EN, style=LIGHT)), "ends")
    assert [(row["value"], row["ink"]) for row in ends] == [("42", LIGHT.text), ("51", LIGHT.text)]

    newest = levels["period"].max()
    unscored = levels.assign(score=levels["score"].where(levels["period"] < newest))
    strips = rows_of(spec_of(level_strips(unscored, words=EN, style=LIGHT)), "strips")
    assert BLANK not in [row["value"] for row in strips]


def test_a_squads_line_is_dotted_over_periods_in_which_only_others_have_a_check() -> None:
    frame = frames.scores(["A", "B"]).assign(score=50.0)
    frame = frame[(frame["squad"] != "B") | ~frame["period"].isin(("2026-03", "2026-06"))]
    spec = spec_of(squad_lines(frame, words=EN, style=LIGHT))
    february, november = (rows_of(spec, "periods")[place]["time"] for place in (0, 3))
    assert [row["run"] for row in rows_of(spec) if row["name"] == "B"] == [0, 2]
    (gap,) = rows_of(spec, "gaps")
    assert gap == {"name": "B", "time": february, "y": 72.0, "until": november, "to": 72.0}
    assert rows_of(spec, "key") == [{"text": "Dotted: no score in between"}]
    without = spec_of(squad_lines(frame[frame["squad"] == "A"], words=EN, style=LIGHT))
    assert '"gaps"' not in str(without)


def test_a_point_of_a_small_line_is_announced_with_its_voices() -> None:
    assert rows_of(small(["Atlas"]))[0]["description"] == (
        "Atlas, February 2026: 30 out of 100, 3 voices"
    )


def test_five_small_lines_are_named_and_carry_what_was_done_in_between() -> None:
    spec = spec_of(level_strips(frames.history(), actions=frames.actions(), words=EN, style=LIGHT))
    assert [row["name"] for row in rows_of(spec, "strips")] == [
        "Vision",
        "Strategy and bets",
        "Arbitration",
        "Daily product decisions",
        "Delivery and quality",
    ]
    assert [row["number"] for row in rows_of(spec, "action-days")] == [1, 2, 3]
    without = spec_of(level_strips(frames.history(), words=EN, style=LIGHT))
    assert "action-days" not in str(without)
    dashes = [rule["mark"] for rule in layers_of(spec, "rule") if "y2" in rule["mark"]]
    assert len(dashes) == 5
    names = [row["y"] for row in rows_of(spec, "strips")]  # no dash strikes one through
    assert all(
        abs(y - name) > 8 for dash in dashes for y in (dash["y"], dash["y2"]) for name in names
    )
    assert not any(dash["y"] < name < dash["y2"] for dash in dashes for name in names)


def test_a_level_that_was_never_scored_has_no_small_line() -> None:
    history = frames.history()
    history.loc[history["level"] == "vision", "score"] = None
    names = [
        row["name"]
        for row in rows_of(spec_of(level_strips(history, words=EN, style=LIGHT)), "strips")
    ]
    assert names == [
        "Strategy and bets",
        "Arbitration",
        "Daily product decisions",
        "Delivery and quality",
    ]


def test_an_unanswered_round_leaves_a_gap_in_the_fit() -> None:
    rows = [row for row in rows_of(example("fit-lines")) if row["name"] == "Arbitration"]
    assert [(row["run"], row["value"]) for row in rows] == [(0, "50"), (1, "50")]
    assert rows[0]["description"] == "Arbitration, February 2026: fit 50 out of 100, 3 voices"

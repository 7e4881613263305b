"""Actions as numbered rules on the level lines."""

from __future__ import annotations

import pandas as pd
import pytest

from assessment.charts.lines import level_lines
from assessment.content.edition import edition_in
from assessment.content.loading import shipped_framework
from assessment.rounds.actions import ActionMark
from assessment.rounds.history import History
from assessment.wording.frames import mark_rows
from tests.builders import action, assessment
from tests.charts import frames
from tests.charts.reading import EN, LIGHT, Spec, layers_of, rows_of, spec_of


def lines(actions: pd.DataFrame | None) -> Spec:
    return spec_of(level_lines(frames.history(), words=EN, style=LIGHT, actions=actions))


def test_a_rule_stands_by_its_share_of_the_way_between_two_rounds() -> None:
    months = {row["period"]: row["time"] for row in rows_of(lines(None), "periods")}
    days = rows_of(lines(frames.actions()), "action-days")
    # Halfway from March to June, three fifths of that way, and four of five months after June.
    assert [row["time"] - months["2026-03"] for row in days] == pytest.approx([1.5, 1.8, 7.0])


def test_rules_that_stand_close_share_one_label() -> None:
    # The axis spans nine months: a number takes 0.9 of one on a phone.
    labels = rows_of(lines(frames.actions()), "actions")
    assert [row["numbers"] for row in labels] == ["1–2", "3"]
    assert labels[0]["told"] == (
        "Open one channel for urgent requests · Write one sentence per role"
    )
    apart = frames.actions()
    apart.loc[1, "share"] = 0.9
    labels = rows_of(lines(apart), "actions")
    assert [row["numbers"] for row in labels] == ["1", "2", "3"]


def test_without_actions_the_lines_are_what_they_were() -> None:
    assert lines(frames.actions().iloc[:0]) == lines(None)


def test_marks_are_silent_since_the_page_lists_them() -> None:
    rules = layers_of(lines(frames.actions()), "rule")  # the grid's, theirs, and over gaps
    assert [layer["mark"]["aria"] for layer in rules] == [False, False, False]


def test_marks_are_numbered_and_named_by_their_lever() -> None:
    history = History(
        shipped_framework(),
        [assessment(assessed_on=day) for day in pd.to_datetime(["2026-09-01", "2026-11-01"]).date],
        "month",
    )
    earlier, later = history.rounds("Atlas")
    frame = mark_rows(
        edition_in("fr"),
        [
            ActionMark(action(lever="single-channel"), earlier, later, 0.25),
            ActionMark(action(lever="restate-vision"), earlier, later, 0.5),
        ],
    )
    assert frame.to_dict("records") == [
        {
            "number": 1,
            "told": "1. Donnez aux urgences un canal unique",
            "earlier": "2026-09",
            "later": "2026-11",
            "share": 0.25,
        },
        {
            "number": 2,
            "told": "2. Rappelez la vision à chaque cycle",
            "earlier": "2026-09",
            "later": "2026-11",
            "share": 0.5,
        },
    ]

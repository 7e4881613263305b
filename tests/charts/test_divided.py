"""On what voices are divided: a square per voice, answer by answer."""

from __future__ import annotations

import pandas as pd
import pytest

from assessment.charts.divided import MOST_SQUARES, divided_voices
from tests.charts import frames
from tests.charts.reading import EN, FR, LIGHT, Spec, example, layers_of, rows_of, spec_of


@pytest.fixture
def divided() -> Spec:
    return spec_of(divided_voices(frames.divided(), words=EN, style=LIGHT))


def test_each_answer_says_how_many_voices_gave_it(divided: Spec) -> None:
    assert [row["description"] for row in rows_of(divided)[:3]] == [
        "One channel for urgent requests, No: 3 voices",
        "One channel for urgent requests, Partly: 0 voices",
        "One channel for urgent requests, Yes: 4 voices",
    ]
    assert [row["said"] for row in rows_of(divided)] == ["3", "0", "4", "1", "2", "1"]


def test_each_voice_is_a_square_of_its_own(divided: Spec) -> None:
    # Cuts between squares: 2 + 3 for the channel, 1 for the PM.
    assert len(rows_of(divided, "cuts")) == 6


def test_more_voices_than_there_is_room_for_stand_as_a_bar() -> None:
    many = frames.divided().assign(voices=lambda frame: frame["voices"] * MOST_SQUARES)
    spec = spec_of(divided_voices(many, words=EN, style=LIGHT))
    assert rows_of(spec, "cuts") == []
    assert rows_of(spec)[2]["said"] == "160"


def test_questions_stand_in_the_given_order_and_do_not_overlap(divided: Spec) -> None:
    heads = rows_of(divided, "heads")
    assert [head["name"][:11] for head in heads] == ["One channel", "Who decides"]
    rows = [row["y"] for row in rows_of(divided)]
    assert rows == sorted(rows)
    assert rows[2] < heads[1]["y"] < rows[3]
    assert heads[1]["lines"] == 2


def test_colour_repeats_what_the_answer_says_and_deciders_have_none(divided: Spec) -> None:
    assert [row["colour"] for row in rows_of(divided)] == [
        LIGHT.trouble,
        LIGHT.muted,
        LIGHT.healthy,
        *[LIGHT.muted] * 3,
    ]


def test_all_rows_share_one_scale_from_nought_to_the_most_voices(divided: Spec) -> None:
    (bar,) = layers_of(divided, "bar")
    assert bar["encoding"]["x"]["scale"]["domain"] == [0, 4]


def test_the_language_reaches_the_descriptions() -> None:
    spec = spec_of(divided_voices(frames.divided(), words=FR, style=LIGHT))
    assert rows_of(spec)[0]["description"].endswith("3 voix")


def test_nothing_divided_is_an_empty_picture() -> None:
    none = frames.divided().iloc[:0]
    assert isinstance(none, pd.DataFrame)
    assert rows_of(spec_of(divided_voices(none, words=EN, style=LIGHT))) == []


def test_contested_decisions_keep_their_order_and_bars_their_share() -> None:
    spec = example("contested-bars")
    assert [(row["name"], row["apart"]) for row in rows_of(spec, "decisions")] == [
        ("What is cut", "100% apart"),
        ("Bets", "40% apart"),
    ]
    assert [(row["role"], row["share"], row["said"]) for row in rows_of(spec)] == [
        ("CPO", 0.25, "1 of 4"),
        ("Nobody", 0.75, "3 of 4"),
        ("CPO", 0.8, "4 of 5"),
        ("PO", 0.2, "1 of 5"),
    ]
    assert rows_of(spec)[1]["description"] == "What is cut, Nobody: named by 3 of 4 voices"

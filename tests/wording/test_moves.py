"""Where some voices alone are compared, whatever tells a change says so; worked out by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import uuid4

import pytest

from assessment.content.edition import Edition, edition_in
from assessment.content.loading import shipped_framework
from assessment.model import Action, Assessment
from assessment.model.period import Period
from assessment.rounds.history import History
from assessment.rounds.leadership import summary_of
from assessment.rounds.results import result_of
from assessment.wording.board import Board
from assessment.wording.briefing import SquadPart
from assessment.wording.levers import done_lines
from assessment.wording.overview import Overview
from assessment.wording.trends import SquadTrend
from tests.builders import action, assessment
from tests.examples import EXAMPLE_1, HALF, WORST, healthy
from tests.expected import french

FRAMEWORK = shipped_framework()
EN, FR = edition_in("en"), edition_in("fr")
MARCH, MAY = date(2026, 3, 3), date(2026, 5, 4)
TODAY = date(2026, 6, 1)

Sheets = Mapping[str, Mapping[str, str]]


def voices(day: date, sheets: Sheets, squad: str = "Atlas") -> list[Assessment]:
    return [
        assessment(squad=squad, voice=voice, assessed_on=day, answers=answers)
        for voice, answers in sheets.items()
    ]


SUBSET = [
    *voices(MARCH, {"A": EXAMPLE_1, "B": EXAMPLE_1, "C": WORST, "D": WORST}),
    *voices(MAY, {"A": WORST, "B": WORST, "E": EXAMPLE_1, "F": EXAMPLE_1}),
]
"""Every level stands at 50 both times, while A and B, who answered both, fell from 100 to 0."""


def overview(saved: Sequence[Assessment], edition: Edition = EN) -> Overview:
    history = History(FRAMEWORK, saved, "month")
    return Overview(edition, summary_of(history, history.squads, Period(2026, 5, "month")), TODAY)


def part_of(
    saved: Sequence[Assessment], day: date = MAY, actions: Iterable[Action] = ()
) -> SquadPart:
    history = History(FRAMEWORK, saved, "month")
    result = result_of(history, "Atlas", Period(2026, day.month, "month"), tuple(actions))
    return SquadPart(EN, result, TODAY)


def trend_of_atlas(saved: Sequence[Assessment], edition: Edition = EN) -> SquadTrend:
    return SquadTrend(edition, History(FRAMEWORK, saved, "month"), "Atlas", (), TODAY)


def test_leadership_says_that_some_voices_alone_are_compared() -> None:
    part = overview(SUBSET)
    (row,) = part.squad_rows

    assert [level.score for level in row.levels] == [50.0] * 5
    assert part.movement == (
        "Since the previous check: 5 levels fell. "
        "For Atlas, changes count only the voices that answered both times."
    )
    assert (row.change, row.voices) == ("▼\u00a05", "4 voices")
    in_french = overview(SUBSET, FR)
    assert in_french.movement == french(
        "Depuis le diagnostic précédent : 5 niveaux ont reculé. "
        "Pour Atlas, l’évolution ne compte que les voix qui ont répondu les deux fois."
    )
    assert in_french.squad_rows[0].voices == "4 voix"


def test_of_many_squads_compared_on_some_voices_it_is_told_how_many_they_are() -> None:
    copies = [
        check.model_copy(update={"assessment_id": uuid4(), "squad": f"Squad {number}"})
        for number in range(6)
        for check in SUBSET
    ]

    assert overview(copies).movement == (
        "Since the previous checks: 30 levels fell. "
        "For 6 squads, changes count only the voices that answered both times."
    )


def test_of_several_squads_those_compared_on_some_voices_are_named() -> None:
    borea = voices(MARCH, {"A": HALF, "B": HALF}, "Borea")
    borea += voices(MAY, {"A": WORST, "B": WORST}, "Borea")
    part = overview([*SUBSET, *borea])

    assert part.movement == (
        "Since the previous checks: 10 levels fell. "
        "For Atlas, changes count only the voices that answered both times."
    )
    assert [row.voices for row in part.squad_rows] == [
        "4 voices",
        "2 voices",
    ]


def test_slides_and_charts_say_so_beside_each_level() -> None:
    board = Board(overview(SUBSET), ())
    assert {bell.voices for bell in board.moves} == {"compared on 2 voices"}

    part = part_of(SUBSET)
    frame = part.levels_picture.frame()
    assert set(frame["change"]) == {-100}
    assert list(frame["score"]) == [50.0] * 5
    said = "compared on the 2 voices that answered both times"
    assert set(frame["since"]) == {"since March 2026\ncompared on 2 voices"}
    assert {level.between for level in part.level_parts} == {said}


def test_a_lever_done_says_on_which_voices_its_levels_moved() -> None:
    done = action(status="done", decided_on=date(2026, 3, 10), ended_on=date(2026, 3, 20))
    part = part_of(SUBSET, actions=[done])

    (line,) = done_lines(EN, part.result.decided)
    assert line == (
        "“Open one channel for urgent requests”: done on 20\u00a0Mar\u00a02026. Since then: "
        "Arbitration −100, Daily −100 and Delivery −100 "
        "(compared on the 2 voices that answered both times)."
    )


@pytest.mark.parametrize("names", ["CDE", ("", "", "")])
def test_a_stage_that_changes_is_told_where_all_voices_answered_both_times(names: str) -> None:
    # Vision loses 3 of 9 both times: in March by the answer that caps it at the second stage.
    before = healthy({"vision-not-restated": "often"})
    after = healthy(
        {
            "mandates-clear": "partly",
            "po-sets-strategy": "sometimes",
            "po-explains-direction": "sometimes",
        }
    )
    saved = [
        assessment(voice=name or None, assessed_on=day, answers=answers)
        for day, answers in ((MARCH, before), (MAY, after))
        for name in names
    ]
    trend = trend_of_atlas(saved)

    assert trend.stages_since[0] == (
        "Vision: from “propped up” to “framed”. No longer held back by: Vision not restated."
    )
    assert trend_of_atlas(SUBSET).stages_since == ()

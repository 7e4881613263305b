"""On which seat decisions end, squads by levels."""

from __future__ import annotations

from assessment.charts.decision_seats import decision_seats
from tests.charts import frames
from tests.charts.reading import DARK, FR, LIGHT, example, rows_of, spec_of


def test_a_cell_names_the_seat_and_how_many_of_the_answered_decisions_end_there() -> None:
    rows = rows_of(example("decision-seats"))

    assert [(row["seat"], row["counted"]) for row in rows[:3]] == [
        ("CPO", "3 of 4"),
        ("PO", "2 of 2"),
        ("–", ""),
    ]
    assert rows[0]["description"] == "Atlas, Vision: CPO of Payments, 3 of 4"
    assert rows[2]["description"] == "Atlas, Arbitration: not answered"


def test_the_seat_that_is_told_is_filled_and_what_was_not_answered_is_an_outline() -> None:
    for style in (LIGHT, DARK):
        seat, other, none, *_ = rows_of(example("decision-seats", style))
        assert (seat["fill"], other["fill"]) == (style.healthy, style.track)
        assert (none["fill"], none["edge"]) == ("transparent", style.muted)
    empty = rows_of(example("decision-seats"))[6]
    assert (empty["seat"], empty["counted"], empty["fill"]) == ("–", "", "transparent")
    assert empty["description"] == (
        "Dune, Strategy and bets: no seat is named for more than half of the decisions"
    )


def test_its_tooltip_is_in_the_reader_s_language() -> None:
    spec = spec_of(decision_seats(frames.decision_seats(), words=FR, style=LIGHT))

    titles = [field["title"] for field in spec["layer"][0]["encoding"]["tooltip"]]
    assert titles == [
        "Squad",
        "Niveau",
        "Siège",
        "Décisions qui s’y prennent",
        "Dont revenant à un autre rôle",
    ]

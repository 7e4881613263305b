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


def test_on_a_phone_each_seat_of_a_cell_has_a_line_and_three_make_rows_higher() -> None:
    rows = rows_of(example("decision-seats"))
    assert [(row["stacked"], row["lines"], row["longest"]) for row in (rows[0], rows[5])] == [
        ("CPO", 1, 3),
        ("CPO,\nCTO", 2, 3),
    ]

    def height(seat: str) -> float:
        frame = frames.decision_seats().replace({"seat": {"CPO, CTO": seat}})
        height: float = spec_of(decision_seats(frame, words=FR, style=LIGHT))["height"]
        return height

    assert height("CPO, CTO") == height("CPO")
    assert height("CPO, CTO, Tech Lead") == height("CPO") + 2 * 11


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

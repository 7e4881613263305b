"""What may be said of a seat by its signals: the same in verdicts, slides, chips and tables."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from assessment.content.edition import Edition, edition_in
from assessment.rounds.board import blocking_roles
from assessment.rounds.history import History
from assessment.rounds.results import result_of
from assessment.rounds.seats import missing_seats, seat_readings
from assessment.wording.briefing import squad_briefing
from tests.builders import assessment
from tests.deep_examples import seats as seats_of_squad
from tests.deep_examples import setup
from tests.examples import SIGNALS, healthy
from tests.expected import french
from tests.reports.briefings import FRAMEWORK, NOVEMBER, TODAY

WARNED = healthy({"po-explains-direction": "often"})
NO_PO = healthy(dict.fromkeys(SIGNALS[5:], "often"))
EN, FR = edition_in("en"), edition_in("fr")


@pytest.mark.parametrize(
    ("voices", "held", "pm", "po", "blocking"),
    [
        ([WARNED], (), "warned", "no-sign", {"pm": {"vision", "strategy", "arbitration"}}),
        ([NO_PO], (), "no-sign", "empty", {"po": {"daily", "delivery"}}),
        ([NO_PO], ("pm", "po", "tl"), "no-sign", "held", {}),
        ([NO_PO, *[{"single-channel": "yes"}] * 2], (), "no-sign", "few", {}),
        ([NO_PO | {"po-sets-strategy": "sometimes"}], (), "no-sign", "held", {}),
    ],
    ids=["early warning", "empty", "held", "told by one voice of three", "seen at work"],
)
def test_a_seat_blocks_exactly_where_a_verdict_may_call_it_missing(
    voices: list[dict[str, str]],
    held: tuple[str, ...],
    pm: str,
    po: str,
    blocking: dict[str, set[str]],
) -> None:
    checks = [assessment(voice=f"voice {n}", answers=answers) for n, answers in enumerate(voices)]
    setups = [setup(seats=seats_of_squad(*held))] if held else []
    history = History(FRAMEWORK, checks, "month", setups, version=1)
    result = result_of(history, "Atlas", NOVEMBER)

    assert seat_readings(result.round) == {"pm": pm, "po": po}
    assert missing_seats(result.round) == tuple(blocking)
    roles = blocking_roles(FRAMEWORK, [result])
    assert {role.role: set(role.levels["missing"]) for role in roles} == blocking


@pytest.mark.parametrize(
    ("edition", "title", "tile", "reading", "chip"),
    [
        (
            EN,
            "The PM seat looks empty.",
            "empty, or looks so: PM",
            "Early warning about the PM seat",
            "PM seat: early warning",
        ),
        (
            FR,
            "Le siège de PM semble vide.",
            "vide, ou le semble : PM",
            "Alerte précoce pour le siège de PM",
            "Siège de PM : alerte précoce",
        ),
    ],
    ids=["en", "fr"],
)
def test_the_early_warning_is_told_alike_on_slides_in_leadership_and_of_the_squad(
    edition: Edition, title: str, tile: str, reading: str, chip: str
) -> None:
    history = History(FRAMEWORK, [assessment(answers=WARNED)], "month", version=1)
    briefing = squad_briefing(edition, result_of(history, "Atlas", NOVEMBER), today=TODAY)
    (squad,) = briefing.squads

    assert briefing.board.seats_title == french(title)
    assert briefing.board.overview.tiles[1].text == french(tile)
    assert squad.seats[0].text == french(reading)
    assert french(chip) in [one.text for one in squad.chips]


def test_a_held_seat_with_the_signals_of_an_empty_one_is_told_as_held_everywhere() -> None:
    held = setup(seats=seats_of_squad("pm", "po", "tl"))
    history = History(FRAMEWORK, [assessment(answers=NO_PO)], "month", [held], version=1)
    briefing = squad_briefing(EN, result_of(history, "Atlas", NOVEMBER), today=TODAY)

    assert briefing.board.seats_title == (
        "No seat is known to block, though the PO seat shows the signals of an empty one."
    )
    assert briefing.board.seats_key[1] == "Signals of an empty PO seat, though it is held."
    assert briefing.squads[0].chips[-1].text == ("PO seat: held, despite signals of a gap")


@pytest.mark.parametrize(
    ("edition", "verdict", "title", "reading", "chip"),
    [
        (
            EN,
            "the PO seat is empty",
            "The PO seat is empty.",
            "The PO seat is empty",
            "PO seat: empty",
        ),
        (
            FR,
            "le siège de PO est vide",
            "Le siège de PO est vide.",
            "Le siège de PO est vide",
            french("Siège de PO : vide"),
        ),
    ],
)
def test_a_seat_that_the_setup_tells_empty_is_said_to_be_so_everywhere(
    edition: Edition, verdict: str, title: str, reading: str, chip: str
) -> None:
    setups = [setup(seats=seats_of_squad("pm", "tl", po="empty"))]
    history = History(FRAMEWORK, [assessment(answers=NO_PO)], "month", setups, version=1)
    result = result_of(history, "Atlas", NOVEMBER)
    briefing = squad_briefing(edition, result, today=TODAY)

    assert seat_readings(result.round)["po"] == "vacant"
    assert missing_seats(result.round) == ("po",)
    assert verdict in briefing.verdict.lower().replace("po", "PO")
    assert briefing.board.seats_title == title
    assert reading in [line.text for line in briefing.squads[0].seats]
    assert chip in [one.text for one in briefing.squads[0].chips]


# Article B: at the levels where a PO decides, the PM decides in their place, with the EM.
@pytest.mark.parametrize(
    ("seats", "reading", "missing"),
    [
        (seats_of_squad("pm", "em", "tl"), "without", ()),
        (seats_of_squad("pm", "tl", po="absent"), "without", ()),
        (seats_of_squad("pm", "em", "tl", po="empty"), "vacant", ("po",)),
        (seats_of_squad("em", "tl"), "vacant", ("po",)),
    ],
    ids=["no PO", "no PO, so told", "a seat without its PO", "neither"],
)
def test_a_setup_that_does_without_a_po_has_no_empty_seat(
    seats: Mapping[str, str], reading: str, missing: tuple[str, ...]
) -> None:
    history = History(
        FRAMEWORK, [assessment(answers=NO_PO)], "month", [setup(seats=seats)], version=1
    )
    shown = result_of(history, "Atlas", NOVEMBER).round

    assert seat_readings(shown)["po"] == reading
    assert missing_seats(shown) == missing


def test_a_squad_without_a_po_is_told_its_signals_and_no_seat_that_blocks() -> None:
    without = setup(seats=seats_of_squad("pm", "em", "tl"))
    history = History(FRAMEWORK, [assessment(answers=NO_PO)], "month", [without], version=1)
    result = result_of(history, "Atlas", NOVEMBER)
    part, in_french = (squad_briefing(edition, result, today=TODAY) for edition in (EN, FR))

    assert part.board.overview.tiles[1].text == "no seat blocks"
    assert part.squads[0].chips[-1].text == "PO seat: none in this setup, signals of a gap"
    assert in_french.squads[0].chips[-1].text == french(
        "Siège de PO : aucun dans cette organisation, signaux d'absence"
    )
    assert "seat" not in part.verdict

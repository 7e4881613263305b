"""A squad's setup from a form: presets, refusals at each field, and the line that says it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from assessment.content.edition import edition_in
from assessment.content.loading import shipped_framework
from assessment.forms.fields import Submission
from assessment.forms.setup import (
    SetupForm,
    label_field,
    labels_known,
    setup_submission_of,
    setups_of,
    ways_to_hold,
)
from assessment.languages import LANGUAGES
from assessment.model import Setup
from assessment.model.setup import WITHOUT, preset_of, preset_seats
from assessment.scoring.seats import Seating
from assessment.wording.setups import preset_name, setup_line, way_to_hold
from tests.builders import setup

FRAMEWORK = shipped_framework()
ID = UUID("0f8fad5b-d9cd-469f-a165-70867728950e")
NOW = datetime(2026, 11, 3, 23, 30, tzinfo=UTC)
TODAY = date(2026, 11, 4)
BOTH = preset_seats(FRAMEWORK, "pm-and-po")
GOOD = SetupForm("Atlas", TODAY, None, BOTH)


def submitted(form: SetupForm, **more: Any) -> Submission[Setup]:
    return setup_submission_of(form, FRAMEWORK, setup_id=ID, now=NOW, today=TODAY, **more)


def refused(form: SetupForm, **more: Any) -> dict[str, str]:
    submission = submitted(form, **more)
    assert submission.record is None
    return {field: str(reason) for field, reason in submission.refusals.items()}


def test_a_squad_a_day_and_seats_make_a_setup() -> None:
    made = submitted(replace(GOOD, squad="  Équipe Nord ", company="scale-up")).record

    assert made is not None
    assert (made.setup_id, made.saved_at, made.since) == (ID, NOW, TODAY)
    assert (made.squad, made.company) == ("Équipe Nord", "scale-up")
    assert made.seats == BOTH


@pytest.mark.parametrize(
    ("preset", "missing"),
    [
        ("pm-and-po", ["cpto"]),
        ("pm-only", ["cpto", "po"]),
        ("po-only", ["cpto", "pm"]),
        ("neither", ["cpto", "pm", "po"]),
        ("cpto", ["cpo", "cto"]),
    ],
)
def test_a_common_setup_says_who_is_missing(preset: str, missing: list[str]) -> None:
    seats = preset_seats(FRAMEWORK, preset)
    made = submitted(replace(GOOD, seats=seats)).record

    held = Seating(FRAMEWORK, made).held
    assert sorted(role for role in FRAMEWORK.role_ids if role not in held) == missing
    assert preset_of(FRAMEWORK, seats) == preset


def test_seats_held_otherwise_are_no_common_setup() -> None:
    assert preset_of(FRAMEWORK, {**BOTH, "em": "shared"}) is None


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        ({"squad": " "}, "squad", "the squad's name is empty; write the name your team uses"),
        (
            {"since": None},
            "since",
            "the date is empty; choose the day from which the setup holds",
        ),
        (
            {"since": date(2026, 11, 5)},
            "since",
            "the date 2026-11-05 is in the future; choose today or earlier",
        ),
        (
            {"company": "family"},
            "company",
            "'family' is no choice here; expected one of start-up, scale-up, large-group",
        ),
        (
            {"seats": {**BOTH, "pm": "often"}},
            "pm",
            "unknown seat 'often' for pm; "
            "expected own, shared, empty, absent or same-as- and another role",
        ),
        (
            {"seats": {**BOTH, "pm": "same-as-cpto"}},
            "pm",
            "the seat of pm is held by the person of cpto, but that seat is not held by a "
            "dedicated person; say who holds cpto first",
        ),
        (
            {"seats": {**BOTH, "pm": "same-as-pm"}},
            "pm",
            "the seat of pm is held by the person of pm, but that seat is not held by a "
            "dedicated person; say who holds pm first",
        ),
    ],
)
def test_a_field_that_does_not_fit_is_refused_beside_it(
    change: dict[str, Any], field: str, reason: str
) -> None:
    assert refused(replace(GOOD, **change)) == {field: reason}


def test_two_seats_that_lean_on_each_other_are_both_refused() -> None:
    seats = {**BOTH, "pm": "same-as-po", "po": "same-as-pm", "em": "same-as-tl"}

    assert list(refused(replace(GOOD, seats=seats))) == ["pm", "po"]


def test_a_day_on_which_another_setup_begins_is_refused() -> None:
    reason = "another setup begins on 2026-11-04; edit that one, or choose another day"

    assert refused(GOOD, taken=[TODAY]) == {"since": reason}
    assert submitted(GOOD, taken=[date(2026, 11, 3)]).refusals == {}


def test_every_way_to_hold_a_seat_has_a_name_in_both_languages() -> None:
    assert ways_to_hold(FRAMEWORK, "pm") == (
        "own",
        "shared",
        *(f"same-as-{role}" for role in ("lead", "cpo", "cto", "cpto", "po", "em", "tl", "team")),
        "empty",
        "absent",
    )
    english, french = edition_in("en"), edition_in("fr")
    assert way_to_hold(english, "same-as-cpo") == "Same person as CPO"
    assert way_to_hold(french, "same-as-lead") == "La même personne que\u00a0: Direction"
    for way in ways_to_hold(FRAMEWORK, "pm"):
        assert way_to_hold(english, way) != way_to_hold(french, way)


def test_the_setups_of_a_squad_come_latest_first_whatever_its_spelling() -> None:
    first, second = setup(since=date(2026, 1, 1)), setup(since=date(2026, 9, 1), squad=" ATLAS ")
    other = setup(squad="Boréal")

    assert setups_of([first, other, second], "atlas") == (second, first)


@pytest.mark.parametrize(
    ("seats", "line"),
    [
        (preset_seats(FRAMEWORK, "pm-and-po"), "PM and PO"),
        (preset_seats(FRAMEWORK, "pm-only"), "PM, no PO"),
        (preset_seats(FRAMEWORK, "po-only"), "PO, no PM"),
        (preset_seats(FRAMEWORK, "neither"), "Neither PM nor PO"),
        (preset_seats(FRAMEWORK, "cpto"), "CPTO · PM and PO"),
        (
            {**BOTH, "po": "shared", "em": "empty", "tl": "same-as-cto", "lead": "absent"},
            "PM and PO · no Leadership · PO: shared · EM: empty seat · "
            "Tech Lead and CTO: one person",
        ),
        ({**BOTH, "pm": "empty"}, "PO · PM: empty seat"),
        ({**BOTH, "pm": "empty", "po": "absent"}, "PM: empty seat · no PO"),
        ({**BOTH, "pm": "empty", "po": "same-as-cpo"}, "PM: empty seat · PO and CPO: one person"),
    ],
)
def test_a_setup_is_said_in_one_line(seats: dict[str, str], line: str) -> None:
    assert setup_line(edition_in("en"), setup(seats=seats, company=None)) == line


def test_the_line_ends_on_the_type_of_company_in_the_readers_language() -> None:
    large = setup(seats={**BOTH, "em": "empty"}, company="large-group")

    assert setup_line(edition_in("fr"), large) == "PM et PO · EM\u00a0: siège vide · Grand groupe"


def test_every_common_setup_has_a_name_in_both_languages() -> None:
    for language in LANGUAGES:
        assert len({preset_name(edition_in(language), preset) for preset in WITHOUT}) == 5


def test_what_a_shared_seat_is_called_is_told_and_no_other_seat_s() -> None:
    seats = BOTH | {"cpo": "shared", "cto": "shared"}
    labels = {"cpo": " CPO of Payments ", "cto": " ", "pm": "left over"}
    made = submitted(replace(GOOD, seats=seats, labels=labels)).record

    assert made is not None
    assert made.shared_seats == {"cpo": "CPO of Payments"}
    line = setup_line(edition_in("en"), made)
    assert line == "PM and PO · CPO: shared, “CPO of Payments” · CTO: shared"


def test_what_a_shared_seat_is_called_is_refused_at_its_own_field() -> None:
    seats = BOTH | {"cpo": "shared"}
    form = replace(GOOD, seats=seats, labels={"cpo": "x" * 81})

    assert refused(form) == {label_field("cpo"): "the name has 81 characters; keep it to 80"}


def test_names_of_shared_seats_are_offered_once_whatever_their_spelling() -> None:
    named = [
        setup(seats={"po": "shared"}, shared_seats={"po": label})
        for label in ("Payments", "Growth", "payments ")
    ]

    assert labels_known([*named, setup()], "po") == ("Growth", "payments")
    assert labels_known(named, "pm") == ()

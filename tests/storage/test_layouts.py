"""How deep answers, setups and actions are written, and which of their rows are set aside."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.errors import StorageError
from assessment.framework import shipped_framework
from assessment.model import Action, Assessment, Setup
from assessment.storage.cells import number_in, written_number
from assessment.storage.kinds import ACTIONS, ASSESSMENTS, SETUPS, Kind, id_of
from assessment.storage.layouts import layout_of
from assessment.storage.reading import Rows, rows_in
from tests.builders import action, deep_assessment, setup

FRAMEWORK = shipped_framework()
ID = UUID("0f8fad5b-d9cd-469f-a165-70867728950e")
STARTS = {
    ASSESSMENTS.name: {
        "assessment_id": str(ID),
        "saved_at": "2026-11-03T09:30:00.000000Z",
        "assessed_on": "2026-11-03",
        "squad": "Atlas",
        "framework": "core@1+lenses@1",
    },
    SETUPS.name: {
        "setup_id": str(ID),
        "saved_at": "2026-11-03T09:30:00.000000Z",
        "since": "2026-09-01",
        "squad": "Atlas",
    },
    ACTIONS.name: {
        "action_id": str(ID),
        "saved_at": "2026-11-04T09:30:00.000000Z",
        "squad": "Atlas",
        "lever": "single-channel",
        "decided_on": "2026-11-04",
        "status": "planned",
    },
}


def read(kind: Kind[Any], **cells: str) -> Rows[Any]:
    """A row written by hand, cells by column with `_` for `-` where a column has it, as read."""
    layout = layout_of(kind, FRAMEWORK)
    told = dict(STARTS[kind.name])
    for name, cell in cells.items():
        told[name if name in layout.columns else name.replace("_", "-")] = cell
    assert told.keys() <= set(layout.columns)
    line = ",".join(told.get(name, "") for name in layout.columns).encode() + b"\n"
    return rows_in(layout.header_line + line, layout, place="it.csv", last_line_may_be_open=False)


def only(kind: Kind[Any], **cells: str) -> Any:
    rows = read(kind, **cells)
    assert [str(row.reason) for row in rows.set_aside] == []
    (record,) = rows.records
    return record


def reason(kind: Kind[Any], **cells: str) -> str:
    rows = read(kind, **cells)
    assert rows.records == ()
    (row,) = rows.set_aside
    assert (row.place, row.line) == ("it.csv", 2)
    return str(row.reason)


# Written ------------------------------------------------------------------------------------------


def test_deep_answers_are_written_cell_by_cell() -> None:
    layout = layout_of(ASSESSMENTS, FRAMEWORK)

    cells = dict(zip(layout.columns, layout.row_of(deep_assessment()), strict=True))

    lenses = {name: cells[name] for name in FRAMEWORK.lenses.columns if cells[name]}
    assert cells["framework"] == "core@1+lenses@1"
    assert lenses == {
        "priority-segment": "cpo pm",
        "bets": "nobody",
        "cut": "unclear",
        "sprint-content": "lead cpo cto pm",
        "vision-against-feasibility": "sometimes",
        "debt-run-as-product": "partly",
        "product-review": "held",
        "seat-vision": "cpo-or-cpto",
        "shared-cycle": "unknown",
        "days-to-arbitrate": "2.5",
        "open-questions": "20",
        "mandate-cpo": "Decides what and why.",
        "mandate-tl": 'Says "how", and when; =1',
    }


def test_a_setup_is_written_with_a_column_per_role() -> None:
    layout = layout_of(SETUPS, FRAMEWORK)

    assert layout.header_line == (
        b"setup_id,saved_at,since,squad,company,lead,cpo,cto,cpto,pm,po,em,tl,team\n"
    )
    assert layout.line_of(setup(setup_id=ID)).decode() == (
        f"{ID},2026-11-03T09:30:00.000000Z,2026-09-01,Atlas,scale-up,"
        ",,own,,own,shared,empty,same-as-cto,\n"
    )


def test_an_action_is_written_in_ten_columns() -> None:
    layout = layout_of(ACTIONS, FRAMEWORK)
    done = action(action_id=ID, status="done", ended_on=date(2026, 12, 1), note="a\nb")

    assert layout.header_line == (
        b"action_id,saved_at,squad,lever,owner,decided_on,due_on,status,ended_on,note\n"
    )
    assert layout.line_of(done).decode() == (
        f"{ID},2026-11-04T09:30:00.000000Z,Atlas,single-channel,pm,2026-11-04,2026-12-04,done,"
        "2026-12-01,a\\nb\n"
    )


@pytest.mark.parametrize(
    ("number", "written"),
    [(3.0, "3"), (2.5, "2.5"), (0.0, "0"), (1e-7, "0.0000001"), (0.1 + 0.2, "0.30000000000000004")],
)
def test_numbers_are_written_in_plain_digits(number: float, written: str) -> None:
    assert written_number(number) == written
    assert number_in(written, "it") == number


@settings(max_examples=200)
@given(st.floats(0, 1_000))
def test_every_number_comes_back_exactly(number: float) -> None:
    assert number_in(written_number(number), "it") == number


# Read ---------------------------------------------------------------------------------------------


def test_deep_answers_are_read_cell_by_cell() -> None:
    found: Assessment = only(
        ASSESSMENTS,
        north_star="pm  cpo",
        rework_share="12.50",
        open_questions="20",
        mandate_pm=r"what\\why",
        product_review="decides",
    )

    assert found.deep.deciders == {"north-star": ("cpo", "pm")}
    assert found.deep.signs == {"rework-share": 12.5, "open-questions": 20.0}
    assert found.deep.mandates == {"pm": r"what\why"}
    assert found.deep.options == {"product-review": "decides"}


@pytest.mark.parametrize("version", ["core@1", "core@1+lenses@1"])
def test_either_version_is_read_for_any_row(version: str) -> None:
    assert only(ASSESSMENTS, framework=version, north_star="pm").framework == "core@1+lenses@1"
    assert only(ASSESSMENTS, framework=version).framework == "core@1"


def test_an_empty_cell_is_a_seat_that_does_not_exist() -> None:
    found: Setup = only(SETUPS, pm="own", po="absent", tl="same-as-pm", company="start-up")

    assert found.seats == {"pm": "own", "po": "absent", "tl": "same-as-pm"}
    assert (found.company, found.since) == ("start-up", date(2026, 9, 1))
    assert only(SETUPS).seats == {}


def test_an_action_is_read_cell_by_cell() -> None:
    found: Action = only(
        ACTIONS, owner="pm", status="dropped", ended_on="2026-11-05", due_on="2026-12-04", note="-"
    )

    assert (found.status, found.ended_on, found.due_on) == (
        "dropped",
        date(2026, 11, 5),
        date(2026, 12, 4),
    )
    assert (found.owner, found.note) == ("pm", "-")


BAD_DEEP = {
    "nobody together with a role": (
        {"north_star": "nobody pm"},
        "'nobody' stands beside pm; choose either roles or 'nobody'",
    ),
    "an unknown role": ({"north_star": "boss"}, "unknown role 'boss' for 'north-star'; expected "),
    "an endless role": ({"north_star": "b" * 500}, "unknown role '" + "b" * 59 + "…' for "),
    "an unknown option": (
        {"product_review": "yes"},
        "unknown option 'yes' for 'product-review'; expected decides, held, not-held, unknown or",
    ),
    "a mandate over 300 characters": (
        {"mandate_pm": "x" * 301},
        "the mandate sentence has 301 characters; keep it to 300",
    ),
    "a negative sign": (
        {"open_questions": "-1"},
        "-1 cannot be 'open-questions'; expected a whole number from 0 to 1000",
    ),
    "over a year to arbitrate": (
        {"days_to_arbitrate": "365.5"},
        "365.5 cannot be 'days-to-arbitrate'; expected a number from 0 to 365",
    ),
    "no number": (
        {"rework_share": "a lot"},
        "broken number 'a lot' in rework-share; expected digits, with a point before decimals, "
        "such as 2.5",
    ),
    "a number in another notation": ({"rework_share": "1e1"}, "broken number '1e1' in"),
    "infinity": ({"rework_share": "inf"}, "broken number 'inf' in"),
    "more digits than numbers go": ({"rework_share": "9" * 400}, "deep.signs.rework-share: "),
}
BAD_SETUPS = {
    "an unknown seat": ({"pm": "maybe"}, "unknown seat 'maybe' for pm; expected own, shared, "),
    "the same person as nobody": (
        {"pm": "same-as-po"},
        "the seat of pm is held by the person of po",
    ),
    "an unknown company": (
        {"company": "circus"},
        "unknown company 'circus'; expected start-up, scale-up, large-group",
    ),
    "no day": ({"since": ""}, "broken date '' in since; expected year-month-day such as"),
    "broken id": ({"setup_id": "17"}, "broken setup_id '17'; expected a UUID such as"),
    "no squad": ({"squad": " "}, "the squad's name is empty"),
}
BAD_ACTIONS = {
    "an unknown lever": (
        {"lever": "shout"},
        "unknown lever 'shout'; expected one of write-mandates",
    ),
    "an unknown owner": ({"owner": "boss"}, "unknown role 'boss'; expected one of lead, cpo,"),
    "an unknown status": (
        {"status": "later"},
        "unknown status 'later'; expected planned, under-way, done, dropped",
    ),
    "done without a day": ({"status": "done"}, "the action is 'done'; expected the day it ended"),
    "due before it was decided": (
        {"due_on": "2026-11-03"},
        "the day 2026-11-03 lies before 2026-11-04, the day of the decision",
    ),
    "a broken day": ({"due_on": "4/12/2026"}, "broken date '4/12/2026' in due_on; expected year-"),
    "a long note": ({"note": "n" * 2_001}, "the note has 2001 characters; keep it to 2000"),
}
BAD = [
    pytest.param(kind, cells, why, id=f"{kind.name}: {name}")
    for kind, cases in ((ASSESSMENTS, BAD_DEEP), (SETUPS, BAD_SETUPS), (ACTIONS, BAD_ACTIONS))
    for name, (cells, why) in cases.items()
]


@pytest.mark.parametrize(("kind", "cells", "why"), BAD)
def test_a_bad_cell_sets_the_row_aside_with_its_reason(
    kind: Kind[Any], cells: dict[str, str], why: str
) -> None:
    assert reason(kind, **cells).startswith(why)


@pytest.mark.parametrize("kind", [SETUPS, ACTIONS])
def test_columns_of_others_are_passed_over_and_a_second_row_of_an_id_is_set_aside(
    kind: Kind[Any],
) -> None:
    layout = layout_of(kind, FRAMEWORK)
    record = setup() if kind is SETUPS else action()
    row = layout.line_of(record)[:-1] + b",mine\n"

    rows = rows_in(
        layout.header_line[:-1] + b",votes\n" + row + row,
        layout,
        place="it.csv",
        last_line_may_be_open=False,
    )

    assert rows.records == (record,)
    (second,) = rows.set_aside
    assert (second.line, second.second_of) == (3, id_of(record))


@pytest.mark.parametrize(
    ("kind", "header"),
    [
        (SETUPS, b"setup_id,saved_at,since,squad,company\n"),
        (SETUPS, b"setup_id,saved_at,since,squad,company,cpo,lead\n"),
        (SETUPS, b"setup_id,saved_at,since,squad,company,lead,cp\n"),
        (ACTIONS, b"action_id,saved_at,squad,lever,owner,decided_on,due_on,status,ended_on\n"),
        (ACTIONS, b"assessment_id,saved_at,assessed_on,squad\n"),
    ],
)
def test_a_header_of_another_kind_or_disturbed_is_refused(kind: Kind[Any], header: bytes) -> None:
    with pytest.raises(StorageError, match=r"it\.csv: the first line .* is not the header; expec"):
        rows_in(header, layout_of(kind, FRAMEWORK), place="it.csv", last_line_may_be_open=False)


def test_an_older_file_of_setups_is_read_and_its_roles_are_those_it_has() -> None:
    layout = layout_of(SETUPS, FRAMEWORK)
    older = b"setup_id,saved_at,since,squad,company,lead,cpo,cto\n"
    row = f"{ID},2026-11-03T09:30:00Z,2026-09-01,Atlas,,own,,shared\n".encode()

    rows = rows_in(older + row, layout, place="it.csv", last_line_may_be_open=False)

    assert [each.seats for each in rows.records] == [{"lead": "own", "cto": "shared"}]

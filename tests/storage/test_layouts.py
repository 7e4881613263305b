"""How each kind but the core's answers is written, and which of its rows are set aside."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from typing import Any, get_args, get_type_hints
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import AwareDatetime

from assessment.content.loading import shipped_framework
from assessment.errors import StorageError
from assessment.model import Action, Assessment, Setup, Survey, Vote
from assessment.model.link import EVERY_SQUAD, Link
from assessment.model.period import Period
from assessment.storage import columns
from assessment.storage.columns import Column, number_in, written_number
from assessment.storage.csv.cells import joined
from assessment.storage.csv.layouts import Layout
from assessment.storage.kinds import (
    ACTIONS,
    AGREEMENTS,
    ASSESSMENTS,
    CONFIRMATIONS,
    KINDS,
    LINKS,
    SETUPS,
    SURVEYS,
    TOTALS,
    VOTES,
    Kind,
)
from tests.builders import action, assessment, deep_assessment, gathering, link, setup, total, vote
from tests.storage.rows import Rows, rows_in

FRAMEWORK = shipped_framework()
ID = UUID("0f8fad5b-d9cd-469f-a165-70867728950e")
ROUND = UUID("1f8fad5b-d9cd-469f-a165-70867728950e")
DIGEST = "0f" * 32
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
    SURVEYS.name: {
        "gathering_id": str(ID),
        "saved_at": "2026-11-03T09:30:00.000000Z",
        "squad": "Atlas",
        "depth": "quick",
        "privacy": "confidential",
        "least_voices": "5",
        "opened_on": "2026-11-03",
        "closes_on": "2026-11-20",
    },
    AGREEMENTS.name: {
        "agreement_id": str(ID),
        "saved_at": "2026-11-04T09:30:00.000000Z",
        "squad": "Atlas",
        "decision": "sprint-content",
        "agreed_on": "2026-11-04",
        "decides": "po",
        "valid_until": "2027-05-04",
    },
    CONFIRMATIONS.name: {
        "confirmation_id": str(ID),
        "saved_at": "2026-11-04T09:30:00.000000Z",
        "squad": "Atlas",
        "agreement_id": str(ID),
        "role": "po",
        "answer": "agreed",
    },
    VOTES.name: {
        "vote_id": str(ID),
        "saved_at": "2026-11-03T09:30:00.000000Z",
        "squad": "Atlas",
        "gathering": str(ID),
        "decision": "sprint-content",
        "pass_number": "1",
        "voter": str(ID),
        "named": "pm",
    },
    TOTALS.name: {
        "total_id": str(ID),
        "saved_at": "2026-11-04T09:30:00.000000Z",
        "assessed_on": "2026-11-03",
        "squad": "Atlas",
        "voices": "6",
        "invited": "no",
        "framework": "core@1",
    },
    LINKS.name: {
        "link_id": str(ID),
        "created_at": "2026-11-03T09:30:00.000000Z",
        "expires_at": "2026-12-03T09:30:00.000000Z",
        "kind": "view",
        "label": "Board",
        "every_squad": "no",
        "squads": "Atlas",
        "with_notes": "no",
        "with_roles": "no",
        "digest": DIGEST,
    },
}


def read(kind: Kind[Any], /, **cells: str) -> Rows[Any]:
    """A row written by hand, cells by column with `_` for `-` where a column has it, as read."""
    layout = Layout(kind, FRAMEWORK)
    given = dict(STARTS[kind.name])
    for name, cell in cells.items():
        given[name if name in layout.columns else name.replace("_", "-")] = cell
    assert given.keys() <= set(layout.columns)
    line = ",".join(given.get(name, "") for name in layout.columns).encode() + b"\n"
    return rows_in(layout.header_line + line, layout, file="it.csv", last_line_may_be_open=False)


def only(kind: Kind[Any], /, **cells: str) -> Any:
    rows = read(kind, **cells)
    assert [str(row.reason) for row in rows.set_aside] == []
    (record,) = rows.records
    return record


def reason(kind: Kind[Any], /, **cells: str) -> str:
    rows = read(kind, **cells)
    assert rows.records == ()
    (row,) = rows.set_aside
    assert (row.file, row.line) == ("it.csv", 2)
    return str(row.reason)


# Columns ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_columns_of_a_kind_tell_every_field_of_its_model_dates_as_dates(
    kind: Kind[Any],
) -> None:
    fields = get_type_hints(kind.model)
    held = {column.field: column.holds for column in kind.columns if isinstance(column, Column)}

    assert {column.field for column in kind.columns} == set(kind.model.model_fields)
    assert kind.columns[0].field == f"{kind.stored_as.removesuffix('s')}_id"
    for name in kind.model.model_fields:
        types = {fields[name], *get_args(fields[name])}
        assert (held.get(name) == "moment") == (AwareDatetime in types), name
        assert (held.get(name) == "day") == (date in types), name


def test_a_column_of_any_sort_may_have_come_later() -> None:
    sorts = [sort for sort in vars(columns).values() if isinstance(sort, partial)]
    later = [sort("it", later=True, optional=True) for sort in sorts]
    later.append(columns.choice("it", ("yes",), later=True, optional=True))

    assert len(later) > 10
    assert [column for column in later if not (column.later and column.optional)] == []


# Written ------------------------------------------------------------------------------------------


def test_deep_answers_are_written_cell_by_cell() -> None:
    layout = Layout(ASSESSMENTS, FRAMEWORK)

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
    layout = Layout(SETUPS, FRAMEWORK)

    assert layout.header_line == (
        b"setup_id,saved_at,since,squad,company,lead,cpo,cto,cpto,pm,po,em,tl,team,shared_seats,"
        b"ended\n"
    )
    assert layout.line_of(setup(setup_id=ID)).decode() == (
        f"{ID},2026-11-03T09:30:00.000000Z,2026-09-01,Atlas,scale-up,"
        ",,own,,own,shared,empty,same-as-cto,,,no\n"
    )


def test_what_shared_seats_are_called_is_written_in_one_cell_a_line_each() -> None:
    named = setup(
        setup_id=ID,
        seats={"cpo": "shared", "po": "shared"},
        shared_seats={"cpo": "CPO: Payments", "po": "PO \\ both"},
    )
    line = Layout(SETUPS, FRAMEWORK).line_of(named).decode()

    assert line.endswith(",,shared,,,,shared,,,,cpo: CPO: Payments\\npo: PO \\\\ both,no\n")
    cell = r"cpo: CPO: Payments\npo: PO \\ both"
    assert only(SETUPS, cpo="shared", po="shared", shared_seats=cell) == named.model_copy(
        update={"company": None}
    )


@pytest.mark.parametrize(
    ("columns", "cells"), [(b",ended\n", b",no\n"), (b",shared_seats,ended\n", b",,no\n")]
)
def test_a_file_of_setups_without_what_came_later_is_read_as_before(
    columns: bytes, cells: bytes
) -> None:
    layout = Layout(SETUPS, FRAMEWORK)
    header = layout.header_of(layout.header_line.removesuffix(columns), file="f")
    line = layout.line_of(setup(setup_id=ID)).removesuffix(cells)

    assert "ended" not in header
    assert layout.record_of(line, header) == setup(setup_id=ID)


def test_an_action_is_one_line_under_its_columns_names() -> None:
    layout = Layout(ACTIONS, FRAMEWORK)
    done = action(action_id=ID, status="done", ended_on=date(2026, 12, 1), note="a\nb")

    assert layout.header_line == (
        b"action_id,saved_at,squad,lever,owner,decided_on,due_on,status,ended_on,note,owner_name\n"
    )
    assert layout.line_of(done).decode() == (
        f"{ID},2026-11-04T09:30:00.000000Z,Atlas,single-channel,pm,2026-11-04,2026-12-04,done,"
        "2026-12-01,a\\nb,\n"
    )
    assert layout.line_of(action(owner_name=" Sofia ")).endswith(b",planned,,,Sofia\n")


def test_a_file_of_actions_that_names_nobody_is_read_as_before() -> None:
    layout = Layout(ACTIONS, FRAMEWORK)
    kept = layout.columns.index("owner_name")
    header = layout.header_of(joined(layout.columns[:kept]).removesuffix(b"\n"), file="f")
    line = joined(layout.row_of(action(action_id=ID))[:kept]).removesuffix(b"\n")

    assert "owner_name" not in header
    assert layout.record_of(line, header) == action(action_id=ID)


def test_an_answer_to_a_round_names_it_in_the_last_column() -> None:
    layout = Layout(ASSESSMENTS, FRAMEWORK)

    assert layout.columns[-1] == "gathering"
    assert layout.row_of(assessment(gathering=ROUND))[-1] == str(ROUND)
    assert layout.row_of(assessment())[-1] == ""


def test_a_survey_is_one_line_under_its_columns_names() -> None:
    layout = Layout(SURVEYS, FRAMEWORK)
    moment = datetime(2026, 11, 10, 15, 42, tzinfo=UTC)

    assert layout.header_line == (
        b"gathering_id,saved_at,squad,depth,privacy,least_voices,opened_on,closes_on,closed_at,"
        b"revealed_at,expected,released,asked_again,asked_pass,next_on\n"
    )
    assert layout.line_of(gathering(gathering_id=ID)).decode() == (
        f"{ID},2026-11-03T09:30:00.000000Z,Atlas,quick,confidential,5,2026-11-03,2026-11-20,,,,,,,\n"
    )
    shown = gathering(gathering_id=ID, closed_at=moment, revealed_at=moment, privacy="open")
    start = b",open,5,2026-11-03,2026-11-20,2026-11-10T15:42:00.000000Z,2026-11-10T15:42:00.000000Z"
    assert layout.line_of(shown).endswith(start + b",,,,,\n")
    fields: dict[str, object] = {"expected": 9, "released": False}
    asking = shown.model_copy(update=fields | {"asked_again": "sprint-content", "asked_pass": 2})
    assert layout.line_of(asking).endswith(start + b",9,no,sprint-content,2,\n")
    planned = asking.model_copy(update={"next_on": date(2026, 12, 9)})
    assert layout.line_of(planned).endswith(b",sprint-content,2,2026-12-09\n")


def test_a_vote_is_one_line_under_its_columns_names() -> None:
    layout = Layout(VOTES, FRAMEWORK)
    record = vote(vote_id=ID, voter=UUID(int=8), gathering=ROUND, named=("cpo", "pm"))

    assert layout.header_line == (
        b"vote_id,saved_at,squad,gathering,decision,pass_number,voter,named\n"
    )
    assert layout.line_of(record).decode() == (
        f"{ID},2026-11-03T09:30:00.000000Z,Atlas,{ROUND},sprint-content,1,{UUID(int=8)},cpo pm\n"
    )


def test_a_link_is_one_line_its_squads_in_one_cell() -> None:
    layout = Layout(LINKS, FRAMEWORK)
    shared = link(
        link_id=ID, digest=DIGEST, squads=("a, b", "c"), period="2026-Q4", with_notes=True
    )
    invites = link(
        link_id=ID,
        digest=DIGEST,
        kind="invite",
        squads=EVERY_SQUAD,
        round_id=ROUND,
        with_agreements=False,
    )

    assert layout.header_line == (
        b"link_id,created_at,expires_at,revoked_at,kind,label,every_squad,squads,period,"
        b"with_notes,with_roles,round_id,digest,with_agreements\n"
    )
    start = f"{ID},2026-11-03T09:30:00.000000Z,2026-12-03T09:30:00.000000Z,"
    assert layout.line_of(shared).decode() == (
        f'{start},view,Board,no,"a, b\\nc",2026-Q4,yes,no,,{DIGEST},yes\n'
    )
    assert layout.line_of(invites).decode() == (
        f"{start},invite,Board,yes,,,no,no,{ROUND},{DIGEST},no\n"
    )


def test_a_link_of_an_older_file_shows_what_the_squad_agreed() -> None:
    old = Layout(LINKS, FRAMEWORK).header_line.replace(b",with_agreements", b"")
    line = (
        Layout(LINKS, FRAMEWORK).line_of(link(link_id=ID, digest=DIGEST)).replace(b",yes\n", b"\n")
    )

    rows = rows_in(old + line, Layout(LINKS, FRAMEWORK), file="it.csv", last_line_may_be_open=False)

    assert rows.records == (link(link_id=ID, digest=DIGEST, with_agreements=True),)


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
    record: Assessment = only(
        ASSESSMENTS,
        north_star="pm  cpo",
        rework_share="12.50",
        open_questions="20",
        mandate_pm=r"what\\why",
        product_review="decides",
    )

    assert record.deep.deciders == {"north-star": ("cpo", "pm")}
    assert record.deep.signs == {"rework-share": 12.5, "open-questions": 20.0}
    assert record.deep.mandates == {"pm": r"what\why"}
    assert record.deep.options == {"product-review": "decides"}


@pytest.mark.parametrize("version", ["core@1", "core@1+lenses@1"])
def test_either_version_is_read_for_any_row(version: str) -> None:
    assert only(ASSESSMENTS, framework=version, north_star="pm").framework == "core@1+lenses@1"
    assert only(ASSESSMENTS, framework=version).framework == "core@1"


def test_an_empty_cell_is_a_seat_that_does_not_exist() -> None:
    record: Setup = only(SETUPS, pm="own", po="absent", tl="same-as-pm", company="start-up")

    assert record.seats == {"pm": "own", "po": "absent", "tl": "same-as-pm"}
    assert (record.company, record.since) == ("start-up", date(2026, 9, 1))
    assert only(SETUPS).seats == {}


def test_an_action_is_read_cell_by_cell() -> None:
    record: Action = only(
        ACTIONS, owner="pm", status="dropped", ended_on="2026-11-05", due_on="2026-12-04", note="-"
    )

    assert (record.status, record.ended_on, record.due_on) == (
        "dropped",
        date(2026, 11, 5),
        date(2026, 12, 4),
    )
    assert (record.owner, record.note) == ("pm", "-")


def test_a_total_is_written_and_read_with_its_counts_in_one_cell_an_item() -> None:
    layout = Layout(TOTALS, FRAMEWORK)

    assert layout.header_line.startswith(
        b"total_id,saved_at,assessed_on,squad,voices,invited,framework,mandates-clear,"
    )
    assert (
        layout.line_of(total(total_id=ID))
        .decode()
        .startswith(f"{ID},2026-11-04T09:30:00.000000Z,2026-11-03,Atlas,6,no,core@1,no=2 yes=4,,")
    )
    read = only(TOTALS, **{"mandates-clear": "yes=4 no=2"})
    assert read == total(total_id=ID)


def test_an_answer_to_a_round_is_read_with_it() -> None:
    assert only(ASSESSMENTS, gathering=str(ROUND)).gathering == ROUND
    assert only(ASSESSMENTS).gathering is None


def test_a_round_is_read_cell_by_cell() -> None:
    record: Survey = only(
        SURVEYS, depth="deep", privacy="open", least_voices="7", closed_at="2026-11-09T08:00Z"
    )

    assert (record.depth, record.privacy, record.least_voices) == ("deep", "open", 7)
    assert record.closed_at == datetime(2026, 11, 9, 8, 0, tzinfo=UTC)
    assert record.revealed_at is None
    assert (record.expected, record.released, record.ballot) == (None, None, None)


def test_a_round_revealed_before_release_was_asked_for_counts_as_released() -> None:
    older: Survey = only(SURVEYS, **REVEALED)
    fields = {"released": "no", "expected": "9", "next_on": "2026-12-09"}
    held: Survey = only(SURVEYS, **REVEALED, **fields)

    assert (older.released, older.is_released, older.next_on) == (None, True, None)
    assert (held.released, held.is_released, held.expected) == (False, False, 9)
    assert held.next_on == date(2026, 12, 9)
    assert not only(SURVEYS).is_released


def test_a_vote_is_read_cell_by_cell() -> None:
    record: Vote = only(VOTES, pass_number=str(2), named="pm cpo pm")

    assert record.named == ("cpo", "pm")
    assert record.ballot == (ID, "sprint-content", 2)


def test_a_link_is_read_cell_by_cell() -> None:
    record: Link = only(
        LINKS, squads=r"a\\b\nc", period="2026-11", with_roles="yes", revoked_at="2026-11-09T08:00Z"
    )

    assert record.squads == ("a\\b", "c")
    assert (record.period, record.with_notes, record.with_roles) == (
        Period.parse("2026-11"),
        False,
        True,
    )
    assert record.revoked_at == datetime(2026, 11, 9, 8, 0, tzinfo=UTC)
    assert only(LINKS, every_squad="yes", squads="").squads == EVERY_SQUAD


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
    "a broken round": ({"gathering": "17"}, "broken gathering '17'; expected a UUID such as"),
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
    "a name for a seat that is not shared": (
        {"pm": "own", "shared_seats": "pm: Payments"},
        "the seat of pm is called “Payments”, but it is not shared",
    ),
    "a name for the seat of nobody": (
        {"shared_seats": "boss: Payments"},
        "the seat of boss is called “Payments”, but it is not shared",
    ),
    "a shared seat without a name": (
        {"pm": "shared", "shared_seats": "pm: "},
        "the shared seat has no name; write what its squads call it",
    ),
    "a name without its role": (
        {"pm": "shared", "shared_seats": "Payments"},
        "broken shared_seats 'Payments'; expected a role, a colon and what its seat is called",
    ),
    "a name that is too long": (
        {"pm": "shared", "shared_seats": "pm: " + "x" * 81},
        "the name has 81 characters; keep it to 80",
    ),
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
REVEALED = {"closed_at": "2026-11-09T08:00Z", "revealed_at": "2026-11-09T08:00Z"}
BAD_ROUNDS = {
    "an unknown depth": (
        {"depth": "shallow"},
        "unknown depth 'shallow'; expected quick, who-decides, deep",
    ),
    "an unknown privacy": ({"privacy": "secret"}, "unknown privacy 'secret'; expected open, conf"),
    "no privacy": ({"privacy": ""}, "unknown privacy ''; expected open, confidential"),
    "two voices": ({"least_voices": "2"}, "least_voices: "),
    "half a voice": ({"least_voices": "5.5"}, "least_voices: "),
    "no number": ({"least_voices": "few"}, "broken number 'few' in least_voices; expected digits"),
    "closed before it opens": ({"closes_on": "2026-11-02"}, "the session closes on 2026-11-02, be"),
    "revealed while open": (
        {"revealed_at": "2026-11-09T08:00Z"},
        "the session is revealed but not closed",
    ),
    "a broken id": ({"gathering_id": "17"}, "broken gathering_id '17'; expected a UUID such as"),
    "nobody expected": ({"expected": "0"}, "expected: this is less than 1, the minimum"),
    "released before it was revealed": (
        {"released": "yes"},
        "the session is not revealed, so it is neither released nor voted on",
    ),
    "voted on before it was revealed": (
        {"asked_again": "cut", "asked_pass": "1"},
        "the session is not revealed, so it is neither released nor voted on",
    ),
    "a vote without its number": (
        {**REVEALED, "asked_pass": "1"},
        "a vote is on one decision; say on which",
    ),
    "a vote on what is no decision": (
        {**REVEALED, "asked_again": "lunch", "asked_pass": "1"},
        "unknown decision 'lunch'; expected one of",
    ),
}
BAD_VOTES = {
    "nobody named": ({"named": " "}, "named: "),
    "a role beside nobody": ({"named": "nobody pm"}, "'nobody' stands beside pm; choose either"),
    "an unknown role": ({"named": "boss"}, "unknown role 'boss' for 'sprint-content'; expected"),
    "an unknown decision": ({"decision": "lunch"}, "unknown decision 'lunch'; expected one of"),
    "no first vote": ({"pass_number": "0"}, "pass_number: this is less than 1"),
    "half a vote": ({"pass_number": "1.5"}, "pass_number: this is not a whole number"),
    "a broken voter": ({"voter": "17"}, "broken voter '17'; expected a UUID such as"),
}
BAD_TOTALS = {
    "nobody": ({"voices": "0"}, "voices: this is less than 1, the minimum"),
    "more answers than voices": (
        {"mandates-clear": "no=2 yes=5"},
        "mandates-clear: 7 answers of 6 voices",
    ),
    "no counts": (
        {"mandates-clear": "yes"},
        "broken counts 'yes' in mandates-clear; expected such",
    ),
    "a count of none": (
        {"mandates-clear": "yes=0"},
        "broken counts 'yes=0' in mandates-clear; exp",
    ),
    "an unknown option": ({"mandates-clear": "perhaps=2"}, "unknown option 'perhaps' for"),
    "another framework": ({"framework": "core@9"}, "unknown framework version 'core@9'; expected"),
}
BAD_LINKS = {
    "no squad": ({"squads": ""}, "squads."),
    "neither yes nor no": ({"every_squad": "oui"}, "unknown every_squad 'oui'; expected yes, no"),
    "nothing for all squads": ({"every_squad": ""}, "unknown every_squad ''; expected yes, no"),
    "an unknown kind": ({"kind": "edit"}, "unknown kind 'edit'; expected view, invite"),
    "a period that is none": ({"period": "2026-13"}, "'2026-13' is not a period; expected 2026-11"),
    "no end": ({"expires_at": ""}, "broken time '' in expires_at; expected date, time and offset"),
    "an end before its start": (
        {"expires_at": "2026-11-02T09:30:00Z"},
        "the link ends at 2026-11-02 09:30:00+00:00, not after it was made at 2026-11-03",
    ),
    "a digest that is cut": (
        {"digest": DIGEST[:-1]},
        "digest: this value does not fit there",
    ),
}
BAD = [
    pytest.param(kind, cells, why, id=f"{kind.name}: {name}")
    for kind, cases in (
        (
            ASSESSMENTS,
            BAD_DEEP | {"a broken round": ({"gathering": "17"}, "broken gathering '17'")},
        ),
        (SETUPS, BAD_SETUPS),
        (ACTIONS, BAD_ACTIONS),
        (SURVEYS, BAD_ROUNDS),
        (VOTES, BAD_VOTES),
        (TOTALS, BAD_TOTALS),
        (LINKS, BAD_LINKS),
    )
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
    layout = Layout(kind, FRAMEWORK)
    record = setup() if kind is SETUPS else action()
    row = layout.line_of(record)[:-1] + b",mine\n"

    rows = rows_in(
        layout.header_line[:-1] + b",votes\n" + row + row,
        layout,
        file="it.csv",
        last_line_may_be_open=False,
    )

    assert rows.records == (record,)
    (second,) = rows.set_aside
    assert (second.line, second.second_of) == (3, record.id)


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
    with pytest.raises(StorageError, match=r"is not the header; expected it|is 'cpo'; expected"):
        rows_in(header, Layout(kind, FRAMEWORK), file="it.csv", last_line_may_be_open=False)


def test_an_older_file_of_setups_is_read_and_its_roles_are_those_it_has() -> None:
    layout = Layout(SETUPS, FRAMEWORK)
    older = b"setup_id,saved_at,since,squad,company,lead,cpo,cto\n"
    row = f"{ID},2026-11-03T09:30:00Z,2026-09-01,Atlas,,own,,shared\n".encode()

    rows = rows_in(older + row, layout, file="it.csv", last_line_may_be_open=False)

    assert [record.seats for record in rows.records] == [{"lead": "own", "cto": "shared"}]

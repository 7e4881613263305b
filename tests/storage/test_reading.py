"""The CSV format: what a line says, and which lines are set aside; older files are narrower."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from uuid import UUID

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.content.loading import shipped_framework
from assessment.errors import StorageError
from assessment.model import Assessment, name_key
from assessment.storage.csv.layouts import Layout
from assessment.storage.kinds import ASSESSMENTS
from tests.builders import assessment
from tests.storage.rows import Rows, rows_in

FRAMEWORK = shipped_framework()
LAYOUT = Layout(ASSESSMENTS, FRAMEWORK)
WIDTH = 91  # eight fixed columns, fourteen items, sixty-eight answers to the lenses, the round
HEADER = (
    b"assessment_id,saved_at,assessed_on,squad,voice,role,framework,note,"
    b"mandates-clear,rituals-decide,single-channel,po-sets-strategy,backlog-by-requests,"
    b"trade-offs-mid-sprint,vision-not-restated,po-explains-direction,pm-writes-tickets,"
    b"pm-runs-sprint,discovery-squeezed,questions-queue,late-scope,unclear-rework\n"
)
CELLS = {
    "assessment_id": "0f8fad5b-d9cd-469f-a165-70867728950e",
    "saved_at": "2026-11-03T09:30:00.000000Z",
    "assessed_on": "2026-11-03",
    "squad": "Atlas",
    "voice": "",
    "role": "",
    "framework": "core@1",
    "note": "",
    "mandates-clear": "yes",
    "po-sets-strategy": "sometimes",
}


def line(**changes: str) -> bytes:
    """A row written by hand: cells by column, `_` for `-`, unquoted unless the test quotes."""
    cells = CELLS | {name.replace("_", "-"): cell for name, cell in changes.items()} | changes
    names = HEADER.decode().strip().split(",")
    return ",".join(cells.get(name, "") for name in names).encode() + b"\n"


def numbered(number: int, **changes: str) -> bytes:
    return line(assessment_id=str(UUID(int=number)), **changes)


def read(data: bytes, *, open_end: bool = False) -> Rows[Assessment]:
    return rows_in(data, LAYOUT, file="answers.csv", last_line_may_be_open=open_end)


def squads(rows: Rows[Assessment]) -> list[str]:
    return [record.squad for record in rows.records]


def reasons(rows: Rows[Assessment]) -> list[tuple[int, str]]:
    return [(row.line, str(row.reason)) for row in rows.set_aside]


# What is written ----------------------------------------------------------------------------------


def test_the_header_names_the_fixed_columns_the_items_the_lenses_then_the_round() -> None:
    written = LAYOUT.header_line

    assert written.startswith(HEADER[:-1] + b",priority-segment,repositioning,")
    assert b",risk-reduction,vision-against-feasibility," in written
    assert written.endswith(
        b",mandate-cpo,mandate-cto,mandate-pm,mandate-po,mandate-em,mandate-tl,gathering\n"
    )
    assert len(LAYOUT.columns) == WIDTH


def test_a_row_is_written_cell_by_cell() -> None:
    row = assessment(
        assessment_id=UUID("0f8fad5b-d9cd-469f-a165-70867728950e"),
        squad='Atlas "B", north',
        voice="Zoë",
        role="pm",
        note="two\nlines, C:\\new\r",
    )

    assert LAYOUT.line_of(row).decode() == (
        "0f8fad5b-d9cd-469f-a165-70867728950e,2026-11-03T09:30:00.000000Z,2026-11-03,"
        '"Atlas ""B"", north",Zoë,pm,core@1,"two\\nlines, C:\\\\new\\r",'
        "yes,partly,no,not-seen,sometimes,often,unknown,not-applicable" + "," * (6 + 68 + 1) + "\n"
    )


def test_a_row_in_a_wider_file_leaves_the_later_columns_empty() -> None:
    wider = LAYOUT.header_of(LAYOUT.header_line[:-1] + b",setup,votes", file="it.csv")

    written = LAYOUT.line_of(assessment(), under=wider)

    assert written.endswith(b"not-applicable," + b"," * (6 + 68 + 1 + 1) + b"\n")


# What is read -------------------------------------------------------------------------------------


def test_a_row_is_read_cell_by_cell() -> None:
    (record,) = read(HEADER + line(voice="Zoë", role="pm", note=r"a\nb\\n\r\u2028")).records

    assert record.assessment_id == UUID("0f8fad5b-d9cd-469f-a165-70867728950e")
    assert record.saved_at == datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
    assert record.assessed_on == date(2026, 11, 3)
    assert (record.squad, record.voice, record.role) == ("Atlas", "Zoë", "pm")
    assert record.note == "a\nb\\n\r\u2028"
    assert record.answers == {"mandates-clear": "yes", "po-sets-strategy": "sometimes"}


def test_an_offset_other_than_utc_is_converted() -> None:
    (record,) = read(HEADER + line(saved_at="2026-11-03T10:30:00.250001+01:00")).records

    assert record.saved_at == datetime(2026, 11, 3, 9, 30, 0, 250001, tzinfo=UTC)
    assert record.saved_at.tzinfo is UTC


def test_unknown_escapes_read_as_they_are() -> None:
    (record,) = read(HEADER + line(note=r"C:\Users \u0041 \u20 \x \ ")).records

    assert record.note == r"C:\Users \u0041 \u20 \x \ "


def test_dates_in_the_future_are_read() -> None:
    assert len(read(HEADER + line(assessed_on="2999-01-01")).records) == 1


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", HEADER, HEADER.rstrip(b"\n")])
def test_a_file_without_rows_is_empty(data: bytes) -> None:
    assert read(data) == Rows((), ())


def test_a_byte_order_mark_and_windows_line_ends_are_read() -> None:
    data = b"\xef\xbb\xbf" + (HEADER + numbered(1) + numbered(2, note='"a ""b"""')).replace(
        b"\n", b"\r\n"
    )

    rows = read(data)

    assert [record.note for record in rows.records] == ["", 'a "b"']
    assert rows.set_aside == ()


def test_blank_lines_are_passed_over_but_counted() -> None:
    rows = read(HEADER + b"\n" + numbered(1) + b"\r\n  \n" + numbered(2, squad=" "))

    assert squads(rows) == ["Atlas"]
    assert reasons(rows) == [(6, "the squad's name is empty; write the name your team uses")]


def test_columns_of_a_later_version_are_passed_over() -> None:
    wide = HEADER.replace(b"\n", b",setup,votes\n")

    rows = read(wide + numbered(1).replace(b"\n", b",pm-only,yes\n") + numbered(2))

    assert [record.assessment_id for record in rows.records] == [UUID(int=1)]
    assert reasons(rows) == [(3, "the row has 22 columns; expected 24")]


def test_a_last_line_without_end_is_read_where_a_file_may_end_so() -> None:
    data = HEADER + numbered(1) + numbered(2).rstrip(b"\n")

    assert len(read(data, open_end=True).records) == 2
    assert read(data, open_end=True).set_aside == ()


def test_a_last_line_without_end_is_cut_off_in_a_store() -> None:
    rows = read(HEADER + numbered(1) + numbered(2).rstrip(b"\n"))

    assert [record.assessment_id for record in rows.records] == [UUID(int=1)]
    assert reasons(rows) == [
        (
            3,
            "the row has no line end, so it may have been cut off while being written; "
            "enter it again, or complete the row and end its line",
        )
    ]


# What is set aside --------------------------------------------------------------------------------

BAD_ROWS = {
    "unknown option": (
        line(rituals_decide="oui"),
        "unknown option 'oui' for 'rituals-decide'; expected yes, partly, no, unknown or empty",
    ),
    "option of another scale": (
        line(late_scope="yes"),
        "unknown option 'yes' for 'late-scope'; "
        "expected not-seen, sometimes, often, unknown or empty",
    ),
    "spaced option": (
        line(rituals_decide=" yes"),
        "unknown option ' yes' for 'rituals-decide'; expected yes, partly, no, unknown or empty",
    ),
    "endless option": (
        line(rituals_decide="y" * 5_000),
        f"unknown option '{'y' * 59}…' for 'rituals-decide'; "
        "expected yes, partly, no, unknown or empty",
    ),
    "a column missing": (
        line()[:-2] + b"\n",
        "the row has 21 columns; expected 22",
    ),
    "a column too many": (
        line()[:-1] + b",\n",
        "the row has 23 columns; expected 22",
    ),
    "semicolons": (
        line().replace(b",", b";"),
        "the row has 1 columns; expected 22",
    ),
    "broken id": (
        line(assessment_id="17"),
        "broken assessment_id '17'; expected a UUID such as 0f8fad5b-d9cd-469f-a165-70867728950e",
    ),
    "id without hyphens": (
        line(assessment_id="0f8fad5bd9cd469fa16570867728950e"),
        "broken assessment_id '0f8fad5bd9cd469fa16570867728950e'; "
        "expected a UUID such as 0f8fad5b-d9cd-469f-a165-70867728950e",
    ),
    "date of a spreadsheet": (
        line(assessed_on="03/11/2026"),
        "broken date '03/11/2026' in assessed_on; expected year-month-day such as 2026-11-03",
    ),
    "date that never was": (
        line(assessed_on="2026-02-30"),
        "broken date '2026-02-30' in assessed_on; expected year-month-day such as 2026-11-03",
    ),
    "date by week": (
        line(assessed_on="2026-W45-2"),
        "broken date '2026-W45-2' in assessed_on; expected year-month-day such as 2026-11-03",
    ),
    "time without offset": (
        line(saved_at="2026-11-03T09:30:00"),
        "broken time '2026-11-03T09:30:00' in saved_at; "
        "expected date, time and offset such as 2026-11-03T09:30:00Z",
    ),
    "no time": (
        line(saved_at=""),
        "broken time '' in saved_at; expected date, time and offset such as 2026-11-03T09:30:00Z",
    ),
    "time before time": (
        line(saved_at="0001-01-01T00:00:00+05:00"),
        "broken time '0001-01-01T00:00:00+05:00' in saved_at; "
        "expected date, time and offset such as 2026-11-03T09:30:00Z",
    ),
    "unknown role": (
        line(role="PM"),
        "unknown role 'PM'; expected one of lead, cpo, cto, cpto, pm, po, em, tl, team or empty",
    ),
    "unknown framework version": (
        line(framework="core@9"),
        "unknown framework version 'core@9'; expected core@1, core@1+lenses@1",
    ),
    "empty squad": (
        line(squad=""),
        "the squad's name is empty; write the name your team uses",
    ),
    "long squad": (
        line(squad="A" * 81),
        "the name has 81 characters; keep it to 80",
    ),
    "overriding direction": (
        line(voice="\u202eoëZ"),
        "the name contains a control character (U+202E); remove it",
    ),
    "long note": (
        line(note="n" * 2_001),
        "the note has 2001 characters; keep it to 2000",
    ),
    "open quote": (
        line(note='"never closed'),
        "the quotes in the row do not pair up; expected every quoted text to end on its line, "
        "and a quote inside it to be doubled",
    ),
    "quote inside": (
        line(note='"a "b" c"'),
        "the quotes in the row do not pair up; expected every quoted text to end on its line, "
        "and a quote inside it to be doubled",
    ),
    "odd quote in plain text": (
        line(note='5" screen'),
        "the quotes in the row do not pair up; expected every quoted text to end on its line, "
        "and a quote inside it to be doubled",
    ),
    "Latin bytes": (
        line(squad="Equipe").replace(b"Equipe", b"\xc9quipe"),
        "the row is not valid UTF-8 at byte 77; save the file again as UTF-8",
    ),
    "NUL byte": (
        line(note="a\0b"),
        "the row contains a control character (U+0000); remove it",
    ),
    "NUL line": (
        b"\0" * 40 + b"\n",
        "the row contains a control character (U+0000); remove it",
    ),
    "escape sequence": (
        line(squad="\x1b[31mred"),
        "the row contains a control character (U+001B); remove it",
    ),
    "bare carriage return": (
        line(note='"a\rb"'),
        "the row contains a control character (U+000D); remove it",
    ),
}


@pytest.mark.parametrize(("bad", "reason"), BAD_ROWS.values(), ids=BAD_ROWS.keys())
def test_a_bad_row_is_set_aside_with_line_and_reason_and_its_neighbours_load(
    bad: bytes, reason: str
) -> None:
    rows = read(HEADER + numbered(1, squad="Before") + bad + numbered(2, squad="After"))

    assert squads(rows) == ["Before", "After"]
    assert reasons(rows) == [(3, reason)]
    assert rows.set_aside[0].file == "answers.csv"


def test_the_second_row_of_an_id_is_set_aside() -> None:
    rows = read(HEADER + numbered(7, squad="First") + numbered(8) + numbered(7, squad="Second"))

    assert squads(rows) == ["First", "Atlas"]
    assert reasons(rows) == [
        (
            4,
            "00000000-0000-0000-0000-000000000007 already stands on line 2; expected it once",
        )
    ]


def test_an_unreadable_row_does_not_take_its_id() -> None:
    rows = read(HEADER + numbered(7, squad="") + numbered(7, squad="Good"))

    assert squads(rows) == ["Good"]
    assert [number for number, _ in reasons(rows)] == [2]


def test_two_open_quotes_are_two_bad_rows_and_not_one_good_one() -> None:
    open_quote = line(note='"opened')

    rows = read(HEADER + open_quote + numbered(1) + open_quote + numbered(2))

    assert len(rows.records) == 2
    assert [number for number, _ in reasons(rows)] == [2, 4]


def test_a_row_set_aside_is_shown_short_and_without_control_characters() -> None:
    (shown,) = read(HEADER + b"\x1b[2J" + b"x" * 5_000 + b"\n").set_aside

    assert shown.text == "\ufffd[2J" + "x" * 195 + "…"


# Which files are refused --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "first_line",
    [
        b"squad,score\n",
        b"\n",
        b"\0" * 100 + b"\n",
        HEADER[: HEADER.index(b",mandates-clear")] + b"\n",
        HEADER.upper(),
        HEADER.decode().encode("utf-16"),
        HEADER[:40],
        b'"open\n',
    ],
)
def test_a_file_with_another_header_is_refused_with_the_way_out(first_line: bytes) -> None:
    with pytest.raises(StorageError) as refused:
        read(first_line + numbered(1))

    message = str(refused.value)
    assert message.startswith("answers.csv: the first line '")
    assert "expected it to start with assessment_id,saved_at,assessed_on,squad" in message
    mend, older = "as it stands in an earlier export, or ", "which lacks what was added since"
    assert f"correct that line, {mend}" in message
    assert message.index(mend) < message.index(older)


@pytest.mark.parametrize(
    ("first_line", "reason"),
    [
        (
            HEADER.replace(b"late-scope,unclear-rework", b"unclear-rework,late-scope"),
            "of the first line is 'unclear-rework'; expected 'late-scope'",
        ),
        (
            HEADER.replace(b",mandates-clear", b""),
            "column 9 of the first line is 'rituals-decide'; expected 'mandates-clear'",
        ),
    ],
)
def test_columns_that_were_moved_or_taken_out_are_named(first_line: bytes, reason: str) -> None:
    with pytest.raises(StorageError) as refused:
        read(first_line + numbered(1))

    assert reason in str(refused.value)


# Both ways ----------------------------------------------------------------------------------------

AWKWARD = "\n\r\t\\\"',;nrux2089\u2028\u2029\u00a0\u202e\ufeff=+-@🚀é"
UNFIT_IN_NAMES = "\n\r\t\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def texts(unfit: str) -> st.SearchStrategy[str]:
    """Texts of up to 80 characters, every other one awkward, without the `unfit` ones."""
    awkward = st.sampled_from([character for character in AWKWARD if character not in unfit])
    any_letter = st.characters(exclude_categories=["Cc", "Cs"], exclude_characters=unfit)
    return st.lists(st.one_of(awkward, any_letter), min_size=1, max_size=80).map("".join)


notes = texts(unfit="") | st.just("")
names = texts(unfit=UNFIT_IN_NAMES).filter(name_key)


@settings(max_examples=300, deadline=None)
@given(note=notes, squad=names, voice=names)
def test_every_note_and_name_comes_back_as_it_was(note: str, squad: str, voice: str) -> None:
    before = assessment(note=note, squad=squad, voice=voice)

    written = LAYOUT.line_of(before)

    assert len(written.decode().splitlines()) == 1
    assert read(LAYOUT.header_line + written) == Rows((before,), ())


@settings(max_examples=100, deadline=None)
@given(note=notes, squad=names)
def test_pandas_reads_the_same_cells(note: str, squad: str) -> None:
    before = assessment(note=note, squad=squad)
    written = LAYOUT.header_line + LAYOUT.line_of(before)

    frame = pd.read_csv(io.BytesIO(written), dtype=str, keep_default_na=False)

    (ours,) = csv.DictReader(io.StringIO(written.decode(), newline=""))
    assert frame.to_dict("records") == [ours]
    assert ours["squad"] == before.squad


def test_the_longest_note_of_the_longest_escapes_comes_back() -> None:
    before = assessment(note="\u2028" * 2_000)

    written = LAYOUT.line_of(before)

    assert read(LAYOUT.header_line + written).records == (before,)


def test_pandas_reads_saved_at_as_times_with_and_without_microseconds() -> None:
    moments = [datetime(2026, 11, 3, 9, 30, tzinfo=UTC), datetime(2026, 11, 3, 9, 30, 0, 7, UTC)]
    rows = [LAYOUT.line_of(assessment(saved_at=moment)) for moment in moments]

    frame = pd.read_csv(io.BytesIO(LAYOUT.header_line + b"".join(rows)), parse_dates=["saved_at"])

    assert list(frame["saved_at"]) == moments

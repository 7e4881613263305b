"""Files that a spreadsheet program saved: read where all of it means one thing, else refused."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from assessment.content.loading import shipped_framework
from assessment.errors import StorageError
from assessment.model import Action
from assessment.storage.columns import day
from assessment.storage.csv.layouts import Layout
from assessment.storage.csv.reading import Reading
from assessment.storage.csv.spreadsheets import in_contract_format
from assessment.storage.csv.store import CsvStore
from assessment.storage.kinds import ACTIONS, ASSESSMENTS, Kind
from tests.builders import action, assessment

FRAMEWORK = shipped_framework()
LAYOUT = Layout(ASSESSMENTS, FRAMEWORK)
HEADER = LAYOUT.header_line
BOM = b"\xef\xbb\xbf"
ROWS = [
    assessment(squad="Équipe « Nord »", note='say "hi", then\nstop; à bientôt', voice="Zoë"),
    assessment(squad="Atlas", assessed_on=date(2026, 10, 25)),
    assessment(squad="Borea; bis", answers={}),
]
OURS = HEADER + b"".join(LAYOUT.line_of(record) for record in ROWS)


def semicolons(data: bytes) -> bytes:
    """The same cells as Excel separates them in France."""
    rows = csv.reader(io.StringIO(data.decode(), newline=""))
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()


def crlf(data: bytes) -> bytes:
    return data.replace(b"\n", b"\r\n")


def days(data: bytes, form: str) -> bytes:
    for record in ROWS:
        day = record.assessed_on
        data = data.replace(f"{day:%Y-%m-%d}".encode(), day.strftime(form).encode())
    return data


def times(data: bytes, form: str) -> bytes:
    moment = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
    return data.replace(b"2026-11-03T09:30:00.000000Z", moment.strftime(form).encode())


SAVED = {
    "semicolons": semicolons(OURS),
    "semicolons without last line end": semicolons(OURS).removesuffix(b"\r\n"),
    "tabs": OURS.replace(b",", b"\t").replace(b'"say ""hi""\t', b'"say ""hi"",'),
    "mark and CRLF": BOM + crlf(OURS),
    "mark": BOM + OURS,
    "CRLF": crlf(OURS),
    "Windows-1252": OURS.decode().encode("cp1252"),
    "French Excel": semicolons(days(OURS, "%d/%m/%Y")).decode().encode("cp1252"),
    "rows that end with their last cell": re.sub(b";+\r\n", b"\r\n", semicolons(OURS)),
    "French Excel in UTF-8": BOM + semicolons(days(OURS, "%d/%m/%Y")),
    "German Excel": semicolons(days(OURS, "%d.%m.%Y")),
    "American Excel": BOM + crlf(days(OURS, "%m/%d/%Y")),
    "American dates, nothing else": days(OURS, "%m/%d/%Y"),
    "Japanese dates": days(OURS, "%Y/%m/%d"),
    "rewritten times": times(days(OURS, "%d/%m/%Y"), "%d/%m/%Y %H:%M:%S"),
    "rewritten times without seconds": times(days(OURS, "%d/%m/%Y"), "%d/%m/%Y %H:%M"),
    "American times": times(days(OURS, "%m/%d/%Y"), "%m/%d/%Y %I:%M:%S %p"),
    "times without offset only": times(OURS, "%Y-%m-%d %H:%M:%S"),
    "last empty cells left out": semicolons(OURS).replace(b";" * 14 + b"\r\n", b"\r\n"),
}


def store_of(folder: Path, data: bytes) -> CsvStore:
    folder.mkdir(exist_ok=True)
    (folder / "assessments.csv").write_bytes(data)
    return CsvStore(folder, FRAMEWORK)


@pytest.mark.parametrize("saved", SAVED)
def test_a_file_saved_by_a_spreadsheet_program_reads_as_it_did_before(
    tmp_path: Path, saved: str
) -> None:
    store = store_of(tmp_path, SAVED[saved])

    assert SAVED[saved] != OURS
    assert list(store.read().assessments) == ROWS
    assert store.read().set_aside == ()
    assert store.path("assessments").read_bytes() == SAVED[saved], "reading changes nothing"
    assert not (tmp_path / "backups").exists()
    assert in_contract_format(SAVED[saved], LAYOUT, file="it") == OURS


@pytest.mark.parametrize("saved", SAVED)
@pytest.mark.parametrize("use", ["add", "delete", "rename"])
def test_the_next_write_brings_it_back_to_our_format_and_keeps_a_backup(
    tmp_path: Path, saved: str, use: str
) -> None:
    store = store_of(tmp_path, SAVED[saved])
    new = assessment(squad="New")
    ours = CsvStore(tmp_path / "ours", FRAMEWORK)
    ours.add(ROWS)
    act: Callable[[CsvStore], int] = {
        "add": lambda store: store.add([new]),
        "delete": lambda store: store.delete([ROWS[1].assessment_id]),
        "rename": lambda store: store.rename("atlas", "Ailleurs"),
    }[use]

    assert act(store) == act(ours) == 1

    assert store.path("assessments").read_bytes() == ours.path("assessments").read_bytes()
    assert store.read().assessments == ours.read().assessments
    (backup,) = (tmp_path / "backups").iterdir()
    assert backup.read_bytes() == SAVED[saved]


def test_a_blank_line_takes_no_mark_of_a_spreadsheet_program_away(tmp_path: Path) -> None:
    stored = store_of(tmp_path, SAVED["Windows-1252"] + b"\n").read()

    assert list(stored.assessments) == ROWS
    assert stored.set_aside == ()


def test_what_changes_nothing_leaves_the_file_as_the_program_saved_it(tmp_path: Path) -> None:
    store = store_of(tmp_path, SAVED["French Excel"])

    assert store.delete([UUID(int=10**9)]) == 0
    assert store.rename("Nobody", "Somebody") == 0

    assert store.path("assessments").read_bytes() == SAVED["French Excel"]


AMBIGUOUS = OURS.replace(b"2026-10-25", b"2026-11-03")
OF_TWO_MINDS = AMBIGUOUS.replace(b",2026-11-03,", b",03/11/2026,")
REFUSED = {
    "day or month first": semicolons(OF_TWO_MINDS),
    "day or month first, commas": OF_TWO_MINDS,
    "both orders": semicolons(OF_TWO_MINDS.replace(b",03/11/2026,", b",25/10/2026,", 1)).replace(
        b";03/11/2026;", b";10/25/2026;", 1
    ),
    "years of two digits": semicolons(OURS.replace(b"2026-10-25", b"25/10/26")),
    "a thirteenth month": semicolons(OURS.replace(b"2026-10-25", b"25/13/2026")),
    "two encodings": semicolons(OURS) + b"caf\xe9\r\n",
    "Mac Roman": semicolons(OURS).decode().encode("mac_roman"),
    "Central European": semicolons(OURS.replace("à".encode(), "ł".encode()))
    .decode()
    .encode("cp1250"),
    "a line break in a cell": semicolons(OURS.replace(b"Atlas", b'"At\nlas"')),
    "a row with more cells": semicolons(OURS) + b";" * len(LAYOUT.columns) + b"x\r\n",
}


@pytest.mark.parametrize("saved", REFUSED)
def test_what_can_be_read_in_two_ways_is_refused_as_a_whole_with_the_way_out(
    tmp_path: Path, saved: str
) -> None:
    store = store_of(tmp_path, REFUSED[saved])

    uses: list[Callable[[], object]] = [
        store.read,
        lambda: store.add([assessment()]),
        lambda: store.delete([ROWS[0].assessment_id]),
        lambda: store.rename("Atlas", "Borea"),
    ]
    for use in uses:
        with pytest.raises(StorageError) as raised:
            use()
        message = str(raised.value)
        assert message.startswith("assessments.csv: a spreadsheet program")
        assert "save" in message
        assert "folder backups" in message
        assert message.endswith("until then nothing of it is read or changed")

    assert store.path("assessments").read_bytes() == REFUSED[saved]
    assert not (tmp_path / "backups").exists()


def test_the_order_of_day_and_month_is_known_when_no_day_may_follow_the_saving(
    tmp_path: Path,
) -> None:
    # Saved on 3 November: 11/03 cannot be 11 March of next year, 3/11 is not after it.
    rows = OURS.replace(b",2026-11-03,", b",12/10/2026,").replace(b",2026-10-25,", b",11/04/2026,")

    records = store_of(tmp_path, semicolons(rows)).read().assessments

    assert [record.assessed_on for record in records] == [
        date(2026, 10, 12),
        date(2026, 4, 11),
        date(2026, 10, 12),
    ]


def test_the_message_about_dates_shows_the_place(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="rewrote the dates, and '03/11/2026' on line 2 can be"):
        store_of(tmp_path, REFUSED["day or month first"]).read()


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        (
            "20/11/2026",
            "'20/11/2026' on line 3 comes after the saved_at of its row, '14/11/2026 09:30'",
        ),
        ("13/09/26", "'13/09/26' on line 3 is no date (years take four digits)"),
        ("31/02/2026", "'31/02/2026' on line 3 is no date"),
    ],
)
def test_the_message_about_one_date_tells_what_is_wrong_with_it(
    tmp_path: Path, typed: str, reason: str
) -> None:
    rows = days(times(OURS, "14/11/2026 09:30"), "%d/%m/%Y")
    saved = semicolons(rows.replace(b"25/10/2026", typed.encode()))

    with pytest.raises(StorageError, match=re.escape(reason)):
        store_of(tmp_path, saved).read()


def test_a_row_that_is_odd_by_itself_is_set_aside_under_its_line(tmp_path: Path) -> None:
    typed = b";;14/11/2026;Atlas;;;core@1;;oui" + b";" * 13 + b"\r\n"
    blank = b";" * 21 + b"\r\n"

    stored = store_of(tmp_path, semicolons(OURS) + blank + typed).read()

    assert list(stored.assessments) == ROWS
    assert [(row.line, "assessment_id" in str(row.reason)) for row in stored.set_aside] == [
        (6, True)
    ]


@pytest.mark.parametrize(
    "ours",
    [
        OURS,
        OURS[:-20],
        OURS + b"broken\n",
        OURS + b"caf\xe9\n",
        OURS.replace(b",2026-10-25,", b",25/10/2026,"),
        BOM + OURS + b"broken\n",
        crlf(OURS) + b"torn",
        b"",
        BOM,
        HEADER,
        b"squad;score\n",
    ],
)
def test_a_file_without_the_marks_of_a_spreadsheet_program_is_left_to_be_judged_line_by_line(
    ours: bytes,
) -> None:
    assert in_contract_format(ours, LAYOUT, file="it") is ours


@pytest.mark.parametrize("appended", [b"caf\xe9\n", b"x,25/10/2026\n", b"\xff\n", b"\r\n"])
def test_what_another_program_appends_reads_the_same_at_once_and_piece_by_piece(
    tmp_path: Path, appended: bytes
) -> None:
    for start in (HEADER, OURS, HEADER + OURS.splitlines(keepends=True)[2]):
        store = store_of(tmp_path, start)
        store.read()
        with store.path("assessments").open("ab") as other:
            other.write(appended)

        piece_by_piece, at_once = store.read(), CsvStore(tmp_path, FRAMEWORK).read()

        assert piece_by_piece.assessments == at_once.assessments
        assert [(row.line, str(row.reason)) for row in piece_by_piece.set_aside] == [
            (row.line, str(row.reason)) for row in at_once.set_aside
        ]


def test_more_columns_keep_their_cells(tmp_path: Path) -> None:
    header, *rows = OURS.splitlines()
    wide = b"\n".join([header + b",setup", *(row + b',"pm, only"' for row in rows), b""])
    store = store_of(tmp_path, semicolons(wide))

    store.add([assessment()])

    assert store.path("assessments").read_bytes().startswith(wide)


class Reviewed(Action):
    """An action as a later version may keep it."""

    reviewed_on: date | None = None


@pytest.mark.parametrize("has_it", [True, False])
def test_a_day_that_came_later_is_read_where_it_stands_behind_columns_of_others(
    has_it: bool,
) -> None:
    columns = (*ACTIONS.columns, day("reviewed_on", optional=True, later=True))
    layout = Layout(Kind("actions", Reviewed, columns, lambda record, _: record), FRAMEWORK)
    name, cell, ours = (b";reviewed_on", b";25/12/2026", b",2026-12-25") if has_it else (b"",) * 3
    line = Layout(ACTIONS, FRAMEWORK).line_of(action()).removesuffix(b"\n")
    header = Layout(ACTIONS, FRAMEWORK).header_line.removesuffix(b"\n")
    saved = header.replace(b",", b";") + b";votes" + name + b"\r\n"
    saved += line.replace(b",", b";").replace(b"2026-12-04", b"4/12/2026") + b";7" + cell + b"\r\n"

    read = in_contract_format(saved, layout, file="actions.csv")

    assert read.splitlines()[1] == line + b",7" + ours
    reading = Reading(layout, file="actions.csv")
    reading.take(read)
    assert [row.reviewed_on for row in reading.records] == [date(2026, 12, 25) if has_it else None]

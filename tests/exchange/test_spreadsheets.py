"""Files for spreadsheet programs: nothing in them runs, nothing in them is lost."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from assessment.content.loading import shipped_framework
from assessment.exchange.spreadsheets import neutral, raw, safe_csv, workbook
from assessment.storage.kinds import ASSESSMENTS
from tests.builders import assessment, gathering, link

FRAMEWORK = shipped_framework()

DANGEROUS = {
    "=1+1": "'=1+1",
    '=HYPERLINK("http://x")': '\'=HYPERLINK("http://x")',
    "+33 6 12 34": "'+33 6 12 34",
    "-2+3+cmd|' /C calc'!A0": "'-2+3+cmd|' /C calc'!A0",
    "@SUM(A1)": "'@SUM(A1)",
    "＝1+1": "'＝1+1",
    "＋1": "'＋1",
    "－1": "'－1",
    "＠SUM": "'＠SUM",
    "\t=1": "'\t'=1",
    "\tAtlas": "'\tAtlas",
    "\r=1": "'\r'=1",
    "\n=1": "'\n'=1",
    "  =1": "'  =1",
    "\u00a0=1": "'\u00a0=1",
    "\u200b=1": "'\u200b=1",
    "\ufeff=1": "'\ufeff=1",
    "Atlas,=1": "Atlas,'=1",
    "Atlas;=1": "Atlas;'=1",
    "Atlas; @x": "Atlas;' @x",
    "Atlas\t=1": "Atlas\t'=1",
    "Atlas\n-x": "Atlas\n'-x",
    "Atlas|+x": "Atlas|'+x",
    'Atlas"=1': "Atlas\"'=1",
    'Atlas",=1': "Atlas\",'=1",
    'Atlas"; "＝1': 'Atlas"; "\'＝1',
    "=1;=2": "'=1;'=2",
    "'=1": "''=1",
    "-5 squads": "'-5 squads",
    "-5-6": "'-5-6",
    "-1,5,=1": "-1,5,'=1",
    "--5": "'--5",
    "-": "'-",
}

HARMLESS = [
    "",
    "Atlas",
    "5",
    "-5",
    "+5",
    "-1.5",
    "-1,5",
    "a,-5",
    "-5;-6",
    "a - b",
    "pm@example.org",
    "1+1=2",
    "it's",
    "'t Hooft",
    "O'Neil; Zoë",
    'Équipe "Nord", Lyon',
    "2026-11-03",
    "not-seen",
]


@pytest.mark.parametrize(("text", "safe"), DANGEROUS.items())
def test_an_apostrophe_stands_before_whatever_would_begin_a_formula(text: str, safe: str) -> None:
    assert neutral(text) == safe
    assert raw(safe) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_plain_numbers_and_other_texts_stay_as_they_are(text: str) -> None:
    assert neutral(text) == text
    assert raw(text) == text


@given(st.text(alphabet="=+-@'\",;|\t\r\n ＝－a5.\u200b", max_size=12))
def test_what_was_made_safe_comes_back_exactly(text: str) -> None:
    assert raw(neutral(text)) == text


@given(st.text(alphabet="=+-@'\",;|\t\r\n ＝－a5.\u200b", max_size=12))
def test_no_cell_that_a_program_may_find_in_a_safe_text_begins_a_formula(text: str) -> None:
    cells = re.split(r'[,;|"\t\r\n]', neutral(text))

    assert [
        cell
        for cell in cells
        if cell.strip(" \u200b")[:1] in set("=+-@＝－")
        and not re.fullmatch(r"[+-][0-9]+(\.[0-9]+)?", cell)
        and cell.strip(" \u200b")
    ] == []


def test_safe_csv_has_our_columns_and_says_that_it_is_safe() -> None:
    data = safe_csv(ASSESSMENTS, [assessment(squad="=1+1", voice="-5", note='a;"=2\nb')], FRAMEWORK)

    assert data.startswith(b"\xef\xbb\xbfassessment_id,saved_at,assessed_on,squad,")
    (row,) = csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
    assert (row["squad"], row["voice"], row["note"]) == ("'=1+1", "-5", "a;\"'=2\\nb")
    assert (row["mandates-clear"], row["spreadsheet_safe"]) == ("yes", "yes")
    assert list(row)[-2:] == ["gathering", "spreadsheet_safe"]


def test_a_workbook_holds_texts_dates_and_numbers_and_nothing_that_runs() -> None:
    texts = [text for text in DANGEROUS if text.strip() and not re.search(r"[\t\r\n]", text)]
    links = ["http://example.org", "mailto:a@b.c", "internal:Sheet1!A1", "-5", "12"]
    notes = [*texts, *links]
    data = workbook([assessment(note=note, squad=note) for note in notes], FRAMEWORK)

    sheet = load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert [cell.coordinate for cell in cells if cell.hyperlink] == []
    rows = list(sheet.iter_rows(values_only=True))
    head = list(rows[0])
    assert [row[head.index("note")] for row in rows[1:]] == notes
    assert {type(row[head.index("note")]) for row in rows[1:]} == {str}
    assert {row[head.index("assessed_on")] for row in rows[1:]} == {datetime(2026, 11, 3)}  # noqa: DTZ001
    assert {row[head.index("answered")] for row in rows[1:]} == {8}
    assert rows[1][head.index("saved_at")] == "2026-11-03T09:30:00.000000Z"
    assert rows[1][head.index("unclear-rework")] is None


def test_days_before_those_of_workbooks_are_texts() -> None:
    days = [date(1, 1, 1), date(1899, 12, 31), date(1900, 1, 1)]
    data = workbook([assessment(assessed_on=day) for day in days], FRAMEWORK)

    sheet = load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    head, *rows = sheet.iter_rows(values_only=True)
    at = head.index("assessed_on")
    assert [row[at] for row in rows] == ["0001-01-01", "1899-12-31", datetime(1900, 1, 1)]  # noqa: DTZ001


def test_a_workbook_of_nothing_has_its_header() -> None:
    sheet = load_workbook(io.BytesIO(workbook([], FRAMEWORK))).active

    assert sheet is not None
    assert sheet.max_row == 1
    assert sheet["A1"].value == "assessment_id"


def test_a_workbook_has_a_sheet_of_rounds_and_none_of_links() -> None:
    book = load_workbook(io.BytesIO(workbook([gathering(squad="=Nord"), link()], FRAMEWORK)))

    assert book.sheetnames == [
        "assessments",
        "setups",
        "actions",
        "gatherings",
        "agreements",
        "confirmations",
        "votes",
        "totals",
    ]
    header, row = book["gatherings"].iter_rows(values_only=True)
    cells = dict(zip(header, row, strict=True))
    assert (cells["squad"], cells["privacy"], cells["least_voices"]) == ("=Nord", "confidential", 5)
    assert cells["closes_on"] == datetime(2026, 11, 20)  # noqa: DTZ001 - a day, as sheets hold it

"""What the server's log tells of a failure: all but what a message quotes of a file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from assessment.content.loading import shipped_framework
from assessment.errors import Refused, StorageError
from assessment.exchange import archives, imports, limits
from assessment.storage import opening
from assessment.storage.csv import layouts, places, spreadsheets, store, table
from assessment.storage.postgres import database, schema
from tests.builders import TODAY, assessment
from tests.storage.test_spreadsheets import HEADER, LAYOUT, OURS, days, semicolons

NAMES = b"Ana Ruiz;ana@example.org"
ODD = semicolons(days(OURS, "%d/%m/%Y").replace(b"25/10/2026", b"31/02/2026")) + semicolons(
    LAYOUT.line_of(assessment(assessed_on=date(2026, 10, 30)))
).replace(b"2026-10-30", b"30/10/2026")
UNSURE = HEADER + LAYOUT.line_of(assessment(assessed_on=date(2026, 11, 3))).replace(
    b",2026-11-03,", b",03/11/2026,"
)
UNSURE_DAYS = UNSURE.replace(b",2026-11-03T09:30:00.000000Z,", b",,")

QUOTING = {
    layouts.NO_HEADER: (HEADER.replace(b"saved_at,", NAMES + b","), "Ana Ruiz"),
    layouts.OTHER_COLUMN: (HEADER.replace(b",voice,", b",note,"), "note"),
    layouts.FOREIGN_COLUMN: (HEADER.replace(b",voice,", b",Ana Ruiz,voice,"), "Ana Ruiz"),
    spreadsheets.ODD_DATE: (ODD, "31/02/2026"),
    spreadsheets.LATE_DATE: (ODD.replace(b"31/02/2026", b"30/11/2026"), "30/11/2026"),
    spreadsheets.UNSURE_DATES: (UNSURE, "03/11/2026"),
    spreadsheets.UNSURE_DAYS: (UNSURE_DAYS, "03/11/2026"),
    imports.UNKNOWN_FILE: (NAMES + b"\n", "Ana Ruiz"),
}
"""Every message about a file that quotes it: a file of which it is told, and the quotation."""

MODULES = (archives, imports, limits, layouts, places, spreadsheets, store, table, database, schema)


def templates_of(module: ModuleType) -> set[str]:
    return {text for text in vars(module).values() if isinstance(text, str) and "{" in text}


@pytest.mark.parametrize("template", QUOTING, ids=lambda template: str(template)[:40])
def test_no_log_tells_what_a_message_quotes_of_a_file(template: str) -> None:
    data, quoted = QUOTING[template]

    with pytest.raises(StorageError) as failure:
        imports.readings_of(data, shipped_framework(), file="it.csv", latest=TODAY)

    error = failure.value
    assert error.template == template
    assert quoted in str(error)
    assert quoted not in error.log_text
    assert "it.csv" in error.log_text
    within = StorageError("broken ({reason})", reason=error)
    assert (quoted in str(within), quoted in within.log_text) == (True, False)


def test_every_message_about_a_file_that_quotes_it_is_among_these() -> None:
    quoting = {
        text
        for module in MODULES
        for text in templates_of(module)
        if "'{" in text and module is not database
    }
    assert quoting == {*QUOTING}


def test_the_log_tells_an_operator_what_to_mend() -> None:
    with pytest.raises(StorageError) as failure:
        opening.folder_in({opening.DATA_FOLDER: "$HOME/who"}, project=Path())
    assert "'$HOME/who'" in failure.value.log_text

    newer = StorageError(schema.NEWER, found="0999", known="0010")
    width = Refused(layouts.OTHER_WIDTH, found=3, expected=9)
    for error in (newer, StorageError(archives.BROKEN, file="it.zip", reason=width)):
        assert error.log_text == str(error)

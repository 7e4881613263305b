"""What is said of a file that arrives and cannot be read for sure: how to bring it in again.

The store reads its own files in the same way, and speaks of what it does until they are mended.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from assessment.errors import StorageError, template
from assessment.storage.csv import layouts, spreadsheets

OF_ARRIVALS: Mapping[str, str] = {
    layouts.NO_HEADER: template(
        "{file}: the first line '{found}' is not the header; expected it to start with {expected}; "
        "correct that line and bring it in again; nothing was added"
    ),
    layouts.OTHER_COLUMN: template(
        "{file}: column {number} of the first line is '{found}'; expected '{expected}'; put the "
        "columns back as they were downloaded and bring it in again; nothing was added"
    ),
    layouts.FOREIGN_COLUMN: template(
        "{file}: column {number} of the first line, '{found}', is none of ours, and '{expected}' "
        "was expected there; move it behind the last column and bring it in again; nothing was "
        "added"
    ),
    spreadsheets.WORKBOOK: template(
        "{file}: this is a workbook of a spreadsheet program (.xlsx, .xls, .ods), not a CSV file; "
        "save the sheet as CSV UTF-8 and bring it in again; nothing was added"
    ),
    spreadsheets.MIXED_ENCODING: template(
        "{file}: a spreadsheet program saved this file in an encoding that cannot be told for "
        "sure; save it as CSV UTF-8 and bring it in again; nothing was added"
    ),
    spreadsheets.BROKEN_TABLE: template(
        "{file}: a spreadsheet program saved this file, and line {line} does not fit its header "
        "({reason}); correct that line, save as CSV UTF-8 and bring it in again; nothing was added"
    ),
    spreadsheets.ODD_DATE: template(
        "{file}: a spreadsheet program rewrote the dates, and '{found}' on line {line} is no date "
        "as the others are; correct that cell, save as CSV UTF-8 and bring it in again; nothing "
        "was added"
    ),
    spreadsheets.SEPARATOR_LINE: template(
        "{file}: the first line tells a spreadsheet program the separator; delete that line, so "
        "that the header comes first, save as CSV UTF-8 and bring it in again; nothing was added"
    ),
    spreadsheets.EMPTY_FIRST_LINE: template(
        "{file}: the first line is empty; delete it, so that the header comes first, save as CSV "
        "UTF-8 and bring it in again; nothing was added"
    ),
    spreadsheets.OLD_LINE_ENDS: template(
        "{file}: the lines of this file end as on an old Mac (CR alone); save it as CSV UTF-8 and "
        "bring it in again; nothing was added"
    ),
    spreadsheets.UNSURE_DATES: template(
        "{file}: a spreadsheet program rewrote the dates, and '{found}' on line {line} can be read "
        "in two ways or in none; give days the format 2026-11-03 and the column saved_at the "
        "format 2026-11-03 09:30:00, save as CSV UTF-8 and bring it in again; nothing was added"
    ),
}


@contextmanager
def errors_as_of_arrivals() -> Iterator[None]:
    """Have what cannot be read for sure told as a file that arrived, not as one that is stored."""
    try:
        yield
    except StorageError as error:
        if error.template not in OF_ARRIVALS:
            raise
        raise StorageError(OF_ARRIVALS[error.template], **error.fields) from error

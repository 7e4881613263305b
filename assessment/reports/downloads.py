"""Results as files for a spreadsheet; pure."""

import re

import pandas as pd

from assessment.exchange.spreadsheets import FOR_SPREADSHEETS, neutral


def table_csv(table: pd.DataFrame) -> bytes:
    """A table with a column `squad` as CSV: ids, unrounded numbers, names that run no formula."""
    safe = table.assign(squad=[neutral(squad) for squad in table["squad"]])
    return safe.to_csv(index=False).encode(FOR_SPREADSHEETS)


def file_name(*parts: str) -> str:
    """A file's name made of parts that people wrote: letters, digits and hyphens only."""
    joined = "-".join(part.casefold() for part in parts if part)
    return re.sub(r"[^\w]+", "-", joined).strip("-")

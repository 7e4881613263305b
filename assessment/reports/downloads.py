"""Results as files for a spreadsheet; pure."""

import re

import pandas as pd

from assessment.exchange.spreadsheets import FOR_SPREADSHEETS, neutral
from assessment.languages import LANGUAGES


def table_csv(table: pd.DataFrame, language: str) -> bytes:
    """A table with a column `squad` as CSV: ids, unrounded numbers, names that run no formula.

    It is split as spreadsheets of the language do; beside semicolons decimals have commas.
    """
    safe = table.assign(squad=[neutral(squad) for squad in table["squad"]])
    separator = LANGUAGES[language].separator
    decimal = "," if separator == ";" else "."
    return safe.to_csv(index=False, sep=separator, decimal=decimal).encode(FOR_SPREADSHEETS)


def file_name(*parts: str) -> str:
    """A file's name made of parts that people wrote: letters, digits and hyphens only."""
    joined = "-".join(part.casefold() for part in parts if part)
    return re.sub(r"[^\w]+", "-", joined).strip("-")

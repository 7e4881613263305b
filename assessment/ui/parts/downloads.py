"""Files to take away: made when clicked, and only while whoever clicks may still have them."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from assessment.reports.downloads import file_name, table_csv
from assessment.ui.guard.visitor import only_while_allowed
from assessment.ui.session import keys
from assessment.ui.session.reader import Reader

OFFICE = "application/vnd.openxmlformats-officedocument"
MIME_TYPES = {
    "csv": "text/csv",
    "html": "text/html",
    "ics": "text/calendar",
    "pdf": "application/pdf",
    "png": "image/png",
    "pptx": f"{OFFICE}.presentationml.presentation",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "zip": "application/zip",
}
"""What browsers call the kinds of files this product makes, by how their names end."""


def download(
    label: str, make: Callable[[], bytes], *, name: str, what: str, hint: str | None = None
) -> None:
    """A button that makes a file and hands it over; `what` tells the buttons of a page apart."""
    st.download_button(
        label,
        only_while_allowed(make),
        file_name=name,
        mime=MIME_TYPES[name.rpartition(".")[2]],
        icon=":material/download:",
        help=hint,
        key=keys.download(what),
        on_click="ignore",  # a run beside it could let go of the file before it is fetched
    )


def download_table(
    reader: Reader,
    table: Callable[[], pd.DataFrame],
    *names: str,
    what: str,
    label: str | None = None,
) -> None:
    """A button that hands over a table with a column `squad` as a CSV file, named by `names`."""
    download(
        label or reader.gettext("Table (CSV)"),
        lambda: table_csv(table(), reader.language),
        name=f"{file_name(reader.gettext('who-decides'), *names)}.csv",
        what=what,
    )

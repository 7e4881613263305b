"""Tables on a page."""

import pandas as pd
import streamlit as st


def show_cells(cells: pd.DataFrame, *, alt: str) -> None:
    """Cells as a table that `alt` describes; their texts are shown as they are."""
    st.table(cells, hide_index=True, border="horizontal", alt=alt)


def spaced(row: str) -> str:
    """A row of a file as it was found, with spaces at which a narrow cell breaks it."""
    return row.replace(",", ", ")

"""The ways out of a check: callbacks that open another page, in the reader's language."""

from __future__ import annotations

from datetime import date

import streamlit as st

from assessment.model.period import Period
from assessment.ui.parts.url_choices import query_params_of
from assessment.ui.session import page_files
from assessment.ui.session.reader import current_reader


def open_page(page: str) -> None:
    """Open a page as it is at first."""
    st.switch_page(page, query_params={"lang": current_reader().language})


def open_squad(squad: str, day: date) -> None:
    """Open what a squad's checks say in the month of a day."""
    period = Period.of(day, "month")
    query_params = query_params_of([squad], period=period, language=current_reader().language)
    st.switch_page(page_files.SQUAD, query_params=query_params)

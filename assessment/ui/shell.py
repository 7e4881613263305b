"""What surrounds every page: set-up, navigation, language switch, and errors told to people."""

from __future__ import annotations

import gc

import altair  # noqa: F401 - imported at start, so that the first chart does not wait for it
import streamlit as st
from streamlit.navigation.page import StreamlitPage

from assessment.errors import WhoDecidesError
from assessment.framework import check_shipped_content
from assessment.ui import page_files
from assessment.ui import reader as readers
from assessment.ui.plain import plain


def set_up() -> None:
    """Prepare the run: page layout, content, reader's language."""
    st.set_page_config(layout="wide", page_icon=":material/account_tree:")
    _start()
    readers.settle_language()


def navigation() -> StreamlitPage:
    """The page the reader is on, with the menu in the reader's language."""
    _ = readers.reader().gettext
    return st.navigation(
        [
            st.Page(
                page_files.CHECK,
                title=_("Quick check"),
                icon=":material/checklist:",
                default=True,
            ),
            st.Page(page_files.SQUAD, title=_("Squad"), icon=":material/radar:", url_path="squad"),
            st.Page(
                page_files.COMPARE,
                title=_("Compare"),
                icon=":material/compare_arrows:",
                url_path="compare",
            ),
            st.Page(
                page_files.TRENDS, title=_("Trends"), icon=":material/timeline:", url_path="trends"
            ),
            st.Page(
                page_files.METHOD, title=_("Method"), icon=":material/calculate:", url_path="method"
            ),
            st.Page(page_files.DATA, title=_("Data"), icon=":material/database:", url_path="data"),
        ],
        position="top",
    )


def run(page: StreamlitPage) -> None:
    """Run a page; what goes wrong on purpose is told in the reader's language."""
    readers.language_switch()
    try:
        page.run()
    except WhoDecidesError as error:
        st.error(plain(readers.reader().edition.words.error(error)), icon=":material/error:")


@st.cache_resource(show_spinner=False)
def _start() -> None:
    """Once per server: check the content, then keep what is loaded out of garbage collection.

    Streamlit collects garbage after every run, and would look through every import each time.
    """
    check_shipped_content()
    gc.collect()
    gc.freeze()

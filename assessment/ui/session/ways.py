"""Ways to other pages: each carries the reader's language, which every address holds."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from assessment.model.period import Period
from assessment.ui.session import keys, page_files
from assessment.ui.session.kept import kept
from assessment.ui.session.reader import Reader, current_reader


def open_page(page: str, **parameters: str | Sequence[str]) -> None:
    """Open a page, in a run or in a callback; as it is at first where nothing else is said."""
    st.session_state[keys.LAST_WAY] = page, parameters
    st.switch_page(page, query_params={"lang": current_reader().language, **parameters})


def show_link(
    reader: Reader,
    page: str,
    label: str,
    where: Mapping[str, str | Sequence[str]] | None = None,
    *,
    icon: str = "",
    width: Literal["content"] | int = "content",
) -> None:
    """A link to a page, labelled in Markdown; `where` on it is told by the address."""
    query_params = {"lang": reader.language, **(where or {})}
    st.page_link(_linked(page), label=label, icon=icon, query_params=query_params, width=width)


@kept(at_most=32)
def _linked(page: str) -> StreamlitPage:
    """A page for links to it: named by its file, each has every folder above that looked up."""
    return st.Page(page, url_path=page_files.name_in_url(page), default=page == page_files.HOME)


def parameters_of(squads: Sequence[str], period: Period) -> dict[str, str | Sequence[str]]:
    """What the address of a page on these squads at a period says."""
    return {"squad": squads, "period": str(period), "by": period.by}


def open_squad(squad: str, day: date, **at: str) -> None:
    """Open what a squad's checks say in the month of a day; `at` tells the section by `view`."""
    open_page(page_files.SQUAD, **parameters_of([squad], Period.of(day, "month")), **at)

"""Files to take away: made when clicked, and only while whoever clicks may still have them."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from assessment.ui.guard.visitor import only_while_allowed
from assessment.ui.session import keys


def download(label: str, make: Callable[[], bytes], *, name: str, mime: str, what: str) -> None:
    """A button that makes a file and hands it over; `what` tells the buttons of a page apart."""
    st.download_button(
        label,
        only_while_allowed(make),
        file_name=name,
        mime=mime,
        icon=":material/download:",
        key=keys.download(what),
        on_click="ignore",
    )

"""Where this app is reached from, for links that are sent to others."""

from __future__ import annotations

import streamlit as st

from assessment.access.links import site_root
from assessment.ui.guard.visitor import current_policy

UNKNOWN = "http://localhost:8501"
"""Where the app is while no browser has said how it got here."""


def site(page: str = "") -> str:
    """The address the app begins at, without closing slash.

    The operator's `[access] address` where it is set; else as the browser sees it on the page
    with this `url_path`, which holds behind a proxy and under a base path too.
    """
    return current_policy().access.address or site_root(st.context.url or UNKNOWN, page=page)

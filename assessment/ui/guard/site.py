"""Where this app is reached from, for links that are sent to others."""

from urllib.parse import urlsplit

import streamlit as st

from assessment.access.links import site_root
from assessment.ui.guard.visitor import current_policy
from assessment.ui.session.page_files import NAMES_IN_URLS

UNKNOWN = "http://localhost:8501"  # where the app is while no browser has said how it got here


def site(page: str) -> str:
    """The address the app begins at, without closing slash.

    The operator's `[access] address` where it is set; else as the browser sees it on the page it
    is on, or on the one with this `url_path`, which holds behind a proxy and under a base path too.
    """
    url = st.context.url or UNKNOWN
    last = urlsplit(url).path.rstrip("/").rpartition("/")[2]
    shown = last if last in NAMES_IN_URLS else page
    return current_policy().access.address or site_root(url, page=shown)

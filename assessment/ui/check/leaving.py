"""Leaving the app by reload, back or closing: asked first while answers are not saved."""

from __future__ import annotations

import streamlit as st

from assessment.ui.check import draft

ASK = "<script>window.onbeforeunload = (event) => event.preventDefault()</script>"
LET_GO = "<script>window.onbeforeunload = null</script>"


def ask_before_leaving() -> None:
    """Have the browser ask, in its own words, before answers that nobody saved are lost."""
    script = ASK if draft.is_begun() else LET_GO
    st.html(script, width="content", unsafe_allow_javascript=True)

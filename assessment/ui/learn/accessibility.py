"""The accessibility statement: what holds, what does not yet, and whom to tell."""

from __future__ import annotations

import streamlit as st

from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import show_points


def show_statement(reader: Reader) -> None:
    """What was checked and how, what is known to fall short, and what to do about it."""
    _ = reader.gettext
    st.markdown(
        _(
            "This product aims at WCAG 2.2, level AA. It meets it in part: what falls short is "
            "told here. It was checked by its makers, by machine and by hand, not by an "
            "independent body."
        )
    )
    st.subheader(_("What was checked"), anchor=False)
    show_points(
        (
            _("Every page in Chromium with axe, in the light and the dark theme, on a phone too."),
            _("The whole quick check, saving, and a squad's sections with the keyboard alone."),
            _("Every chart has its finding as text, and its figures as a table."),
            _("Colours are never alone: stages have words, marks and tables beside them."),
        )
    )
    st.subheader(_("What falls short"), anchor=False)
    show_points(
        (
            _("Some names that the framework Streamlit gives its own parts are in English."),
            _("The list of stored checks is drawn; screen readers reach its cells one by one."),
            _("No test with a screen reader's users has been made yet."),
        )
    )
    st.subheader(_("If something stops you"), anchor=False)
    st.markdown(
        _(
            "Tell anyone who gave you this address what you were doing and what stopped you. "
            "Everything on a squad's page can also be had as a web page, a workbook "
            "or a table in CSV, from “Share and export”."
        )
    )

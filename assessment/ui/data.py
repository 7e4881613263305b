"""What is stored: the list, the downloads, sample data, and rows set aside."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from assessment.model import Assessment
from assessment.reports.archives import zip_of
from assessment.reports.downloads import csv_of
from assessment.samples import holds_sample, is_sample
from assessment.storage.kinds import ASSESSMENTS
from assessment.storage.protocol import Stored
from assessment.ui import exchange, keys, sample, squads
from assessment.ui.counted import counted
from assessment.ui.plain import plain
from assessment.ui.reader import Reader

MOST_SHOWN = 50
"""Rows set aside that are listed; the count says how many there are."""


def show_set_aside(reader: Reader, stored: Stored) -> None:
    """The rows that could not be read: where they are and why; nothing is lost."""
    if not stored.set_aside:
        return
    _, rows = reader.gettext, stored.set_aside
    headline = reader.ngettext(
        "{count} row could not be read. It is still where it was; mend it there.",
        "{count} rows could not be read. They are still where they were; mend them there.",
        len(rows),
    )
    st.warning(headline.format(count=len(rows)), icon=":material/warning:")
    with st.expander(_("Rows set aside"), expanded=True):
        st.table(
            pd.DataFrame(
                {
                    _("File"): [plain(row.place) for row in rows[:MOST_SHOWN]],
                    _("Line"): [row.line for row in rows[:MOST_SHOWN]],
                    _("Reason"): [
                        plain(reader.edition.words.error(row.reason)) for row in rows[:MOST_SHOWN]
                    ],
                    _("Row"): [plain(row.text) for row in rows[:MOST_SHOWN]],
                }
            ),
            hide_index=True,
            border="horizontal",
            alt=_("Rows set aside"),
        )


def show_list(reader: Reader, stored: Stored) -> None:
    """How much there is, every assessment, latest first, and files of it as it is stored."""
    _ = reader.gettext
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(counted(reader, stored.records), anchor=False, width="content")
        if holds_sample(stored.assessments):
            sample.badge(reader)
    st.dataframe(
        _listed(reader, _latest_first(stored.assessments)),
        hide_index=True,
        column_config={_("Date"): st.column_config.DateColumn(format="DD/MM/YYYY")},
        alt=_("Stored assessments, latest first"),
    )
    with st.container(horizontal=True):
        st.download_button(
            _("Download everything (ZIP)"),
            partial(zip_of, stored.records, reader.edition.framework),
            file_name="who-decides.zip",
            mime="application/zip",
            icon=":material/download:",
            key=keys.download("everything"),
            on_click="ignore",
        )
        st.download_button(
            _("Download the assessments (CSV)"),
            partial(csv_of, ASSESSMENTS, stored.assessments, reader.edition.framework),
            file_name="assessments.csv",
            mime="text/csv",
            icon=":material/download:",
            key=keys.download("assessments"),
            on_click="ignore",
        )


def show_without_checks(reader: Reader, stored: Stored) -> None:
    """Where no assessment is stored: bring some in, and what is left of squads to take away."""
    exchange.show_upload(reader, stored)
    squads.show_squads(reader, stored)


def show_sample(reader: Reader, stored: Stored) -> None:
    """Load the sample company, or take it out again."""
    _ = reader.gettext
    st.subheader(_("Sample data"), anchor=False)
    if holds_sample(stored.records):
        st.markdown(_("The sample squads end in “demo”. Removing them leaves your own checks."))
        sample.remove_button(reader)
    else:
        st.markdown(_("A made-up company of squads that end in “demo”, to try every page."))
        sample.load_button(reader)


def _latest_first(assessments: Sequence[Assessment]) -> list[Assessment]:
    """By the day they speak of; of one moment, the one stored last comes first."""
    found = list(reversed(assessments))
    found.sort(key=lambda each: each.moment, reverse=True)
    return found


def _listed(reader: Reader, assessments: Sequence[Assessment]) -> pd.DataFrame:
    _, edition = reader.gettext, reader.edition
    items = len(edition.framework.items)
    return pd.DataFrame(
        {
            _("Squad"): [each.squad for each in assessments],
            _("Date"): [each.assessed_on for each in assessments],
            _("Voice"): [each.voice or "" for each in assessments],
            _("Role"): [edition.role(each.role) if each.role else "" for each in assessments],
            _("Quick check"): [f"{len(each.answers)}/{items}" for each in assessments],
            _("Deep check"): [str(len(each.deep) or "") for each in assessments],
            _("Note"): [each.note for each in assessments],
            _("Sample data"): [is_sample(each.assessment_id) for each in assessments],
        }
    )

"""What is stored: the list, sample data, rows set aside, and answers that stay hidden."""

from __future__ import annotations

from collections import Counter
from operator import attrgetter

import pandas as pd
import streamlit as st

from assessment.access.guarded_store import (
    answers_to_unknown_rounds,
    without_confidential_answers,
)
from assessment.model import Assessment
from assessment.model.sample import holds_sample, is_sample
from assessment.storage.protocol import Stored
from assessment.ui.guard.stored import all_records
from assessment.ui.manage import exchange, squads
from assessment.ui.parts import sample
from assessment.ui.parts.record_counts import record_counts
from assessment.ui.session.plain_text import as_plain_text
from assessment.ui.session.reader import Reader

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
        lines = [
            {
                _("File"): as_plain_text(row.place),
                _("Line"): row.line,
                _("Reason"): as_plain_text(reader.edition.words.error(row.reason)),
                _("Row"): as_plain_text(row.text or _("Not shown: it may answer a round.")),
            }
            for row in rows[:MOST_SHOWN]
        ]
        st.table(
            pd.DataFrame(lines),
            hide_index=True,
            border="horizontal",
            alt=_("Rows set aside"),
        )


def show_hidden(reader: Reader, stored: Stored) -> None:
    """How many answers are stored that no page and no file shows, and what to do about it."""
    everything = all_records()
    lost = len(answers_to_unknown_rounds(everything))
    waiting = len(everything.assessments) - len(stored.assessments) - lost
    number = reader.edition.words.number
    if waiting:
        text = reader.ngettext(
            "{count} answer to a round by invitation is stored as well; it appears here once "
            "the results of its round are shown.",
            "{count} answers to rounds by invitation are stored as well; they appear here once "
            "the results of their round are shown.",
            waiting,
        )
        st.info(text.format(count=number(waiting)), icon=":material/visibility_off:")
    if lost:
        text = reader.ngettext(
            "{count} answer belongs to a round that is not stored here, so nobody can tell what "
            "was promised, and it stays hidden. Whoever runs the server can bring the round back, "
            "with the command line.",
            "{count} answers belong to a round that is not stored here, so nobody can tell what "
            "was promised, and they stay hidden. Whoever runs the server can bring the round back, "
            "with the command line.",
            lost,
        )
        st.warning(text.format(count=number(lost)), icon=":material/warning:")


def show_list(reader: Reader, stored: Stored) -> None:
    """How much there is, and every assessment, latest first.

    Voices of a confidential round stand in one line, never one by one.
    """
    _ = reader.gettext
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(record_counts(reader, stored.squad_records), anchor=False, width="content")
        if holds_sample(stored.assessments):
            sample.badge(reader)
    st.dataframe(
        _listed(reader, stored),
        hide_index=True,
        column_config={_("Date"): st.column_config.DateColumn(format="DD/MM/YYYY")},
        alt=_("Stored assessments, latest first"),
    )


def show_without_checks(reader: Reader, stored: Stored) -> None:
    """Where no assessment is stored: bring some in, and what is left of squads to take away."""
    exchange.show_upload(reader, stored)
    squads.show_squads(reader, stored)


def show_sample(reader: Reader, stored: Stored) -> None:
    """Load the sample company, or take it out again."""
    _ = reader.gettext
    st.subheader(_("Sample data"), anchor=False)
    if holds_sample(stored.squad_records):
        st.markdown(_("The sample squads end in “demo”. Removing them leaves your own checks."))
        sample.remove_button(reader)
    else:
        st.markdown(_("A made-up company of squads that end in “demo”, to try every page."))
        sample.load_button(reader)


def _listed(reader: Reader, stored: Stored) -> pd.DataFrame:
    """One line per assessment, and one for all voices of a confidential round, latest first."""
    individual = {
        assessment.assessment_id
        for assessment in without_confidential_answers(stored.assessments, stored.gatherings)
    }
    voices = Counter(
        assessment.gathering
        for assessment in stored.assessments
        if assessment.assessment_id not in individual
    )
    latest_first = sorted(stored.assessments, key=attrgetter("moment"))
    latest_first.reverse()  # so that of one moment, the one stored last comes first
    lines = []
    for assessment in latest_first:
        if assessment.assessment_id in individual:
            lines.append(_line(reader, assessment))
        elif count := voices.pop(assessment.gathering, 0):
            lines.append(_line_of_round(reader, assessment, count))
    return pd.DataFrame(lines)


def _line(reader: Reader, assessment: Assessment) -> dict[str, object]:
    _, edition = reader.gettext, reader.edition
    return {
        _("Squad"): assessment.squad,
        _("Date"): assessment.assessed_on,
        _("Voice"): assessment.voice or "",
        _("Role"): edition.role(assessment.role) if assessment.role else "",
        _("Quick check"): f"{len(assessment.answers)}/{len(edition.framework.items)}",
        _("Deep check"): str(len(assessment.deep) or ""),
        _("Note"): assessment.note,
        _("Sample data"): is_sample(assessment.assessment_id),
    }


def _line_of_round(reader: Reader, one: Assessment, voices: int) -> dict[str, object]:
    """All voices of a confidential round, of which this is any one."""
    _ = reader.gettext
    voice_count = reader.ngettext("{count} voice", "{count} voices", voices)
    return {
        _("Squad"): one.squad,
        _("Date"): one.assessed_on,
        _("Voice"): voice_count.format(count=reader.edition.words.number(voices)),
        _("Role"): "",
        _("Quick check"): "",
        _("Deep check"): "",
        _("Note"): _("Confidential round"),
        _("Sample data"): is_sample(one.assessment_id),
    }

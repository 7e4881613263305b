"""What is stored: the list, sample data, rows set aside, and answers that stay hidden."""

from collections.abc import Sequence
from itertools import takewhile

import pandas as pd
import streamlit as st

from assessment.access.guarded_store import answers_to_unknown_surveys
from assessment.model.link import Link
from assessment.model.sample import holds_sample
from assessment.rounds.grouping import is_ahead
from assessment.storage.protocol import Stored
from assessment.ui.guard.stored import (
    all_records,
    bring_back_vanished,
    let_vanished_go,
    vanished_records,
)
from assessment.ui.manage import exchange, squads
from assessment.ui.manage.stored_list import ROWS, Entry, frame_of, rows_of, stored_list
from assessment.ui.parts import sample
from assessment.ui.parts.records import record_counts
from assessment.ui.parts.tables import show_cells, spaced
from assessment.ui.session import keys
from assessment.ui.session.kept import kept
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_text, button

LONGEST_SEARCH = 80
MOST_SHOWN = 50  # rows set aside that are listed; the count says how many there are


def show_set_aside(reader: Reader, stored: Stored) -> None:
    """The rows that could not be read: where they are and why; nothing is lost."""
    if not stored.set_aside:
        return
    _, rows = reader.gettext, stored.set_aside
    heading = reader.counted(
        "{count} row could not be read. It is still where it was; correct it there.",
        "{count} rows could not be read. They are still where they were; correct them there.",
        len(rows),
    )
    st.warning(heading, icon=":material/warning:")
    with st.expander(_("Rows set aside"), expanded=True):
        hidden = _("Not shown: it may answer a session.")
        lines = [
            {
                _("File"): as_plain_text(row.file),
                _("Line"): row.line,
                _("Reason"): as_plain_text(reader.edition.words.error(row.reason)),
                _("Row"): as_plain_text(spaced(row.text) or hidden),
            }
            for row in rows[:MOST_SHOWN]
        ]
        show_cells(pd.DataFrame(lines), alt=_("Rows set aside"))


def show_ahead(reader: Reader, stored: Stored) -> None:
    """How many rows are of days that no clock has reached, and what to do about them."""
    days = (entry.assessment.assessed_on for entry in stored_list(reader, stored).entries)
    count = sum(1 for _day in takewhile(lambda day: is_ahead(day, reader.today), days))
    if count:
        text = reader.counted(
            "{count} row, first in the list below, is of a day to come, as where the clock of a "
            "server is wrong. Set that clock, then delete the row: a check can be added again with "
            "its real day, answers to a session are to be asked for again.",
            "{count} rows, first in the list below, are of days to come, as where the clock of a "
            "server is wrong. Set that clock, then delete the rows: a check can be added again "
            "with its real day, answers to a session are to be asked for again.",
            count,
        )
        st.warning(text, icon=":material/warning:")


def show_hidden(reader: Reader, stored: Stored) -> None:
    """How many answers are stored that no page and no file shows, and what to do about it."""
    everything = all_records()
    lost = _answers_without_survey(everything)
    waiting = len(everything.assessments) - len(stored.assessments) - lost
    if waiting:
        text = reader.counted(
            "{count} answer to a session is stored as well; it appears here once "
            "the results of its session are shown.",
            "{count} answers to sessions are stored as well; they appear here once "
            "the results of their session are shown.",
            waiting,
        )
        st.info(text, icon=":material/visibility_off:")
    if lost:
        text = reader.counted(
            "{count} answer belongs to a session that is not stored here, so nobody can tell what "
            "was promised, and it stays hidden. The person who runs the server can bring the "
            "session back, with the command line.",
            "{count} answers belong to a session that is not stored here, so nobody can tell what "
            "was promised, and they stay hidden. The person who runs the server can bring the "
            "session back, with the command line.",
            lost,
        )
        st.warning(text, icon=":material/warning:")


def show_list(reader: Reader, stored: Stored) -> None:
    """A search, one page of what it finds, and what can be done to the rows that are selected."""
    _, state = reader.gettext, st.session_state
    search, way = st.columns([3, 1], vertical_alignment="bottom")
    with search:
        query = st.text_input(
            _("Search what is stored"),
            type="search",
            key=keys.DATA_SEARCH,
            max_chars=LONGEST_SEARCH,
            placeholder=_("Squad, voice, role, day or note"),
            live=True,
            on_change=_open_page,
            args=(0,),
        ).strip()
    with way:
        squads.show_way(reader)
    page, listed = state.get(keys.DATA_PAGE, 0), stored_list(reader, stored)
    entries, total = rows_of(listed, query, page)
    if not entries and page:  # somebody has deleted what stood there
        page = state[keys.DATA_PAGE] = 0
        entries, total = rows_of(listed, query, page)
    if not entries:
        text = _("Nothing stored contains “{text}”.")
        st.info(as_plain_text(text.format(text=query)), icon=":material/search_off:")
        return
    chosen = st.dataframe(
        frame_of(listed, query, page),
        hide_index=True,
        column_config={
            _("Date"): st.column_config.DateColumn(format="DD/MM/YYYY"),
            _("Squad"): st.column_config.TextColumn(width="medium"),  # a phone shows both
        },
        # A selection is kept by position: none outlives the rows that it was made among.
        key=keys.data_rows(
            str(hash(tuple((one.assessment.id, one.assessment.squad) for one in entries)))
        ),
        on_select="rerun",
        alt=_("Stored checks, latest first"),
    ).selection.rows
    with st.container(horizontal=True, vertical_alignment="center"):
        if total > ROWS:
            _show_pages(reader, page, total)
        selected = [entries[row] for row in chosen if row < len(entries)]
        if selected:
            _show_selected(reader, selected)
        else:
            st.caption(
                _(
                    "Select rows to delete them; on a keyboard, Shift and Space. To correct a "
                    "check (outside a session), give all its answers again with the same alias "
                    "and date: they count in its place. Without an alias, delete the first one."
                ),
                width="content",
            )


def _show_pages(reader: Reader, page: int, total: int) -> None:
    _ = reader.gettext
    text = _(
        "Rows {first} to {last} of {count}",
        first=page * ROWS + 1,
        last=min((page + 1) * ROWS, total),
        count=total,
    )
    st.markdown(text, width="content")
    for label, to, icon in (
        (_("Rows before"), page - 1, "chevron_left"),
        (_("Rows after"), page + 1, "chevron_right"),
    ):
        button(
            label,
            _open_page,
            to,
            key=keys.data_page(icon),
            icon=icon,
            disabled=not 0 <= to * ROWS < total,
        )


def _show_selected(reader: Reader, entries: Sequence[Entry]) -> None:
    checks = [entry.assessment for entry in entries if entry.voices is None]
    if len(checks) < len(entries):
        text = reader.gettext(
            "The answers of a confidential session are deleted all together, with their squad."
        )
        st.caption(text)
    if checks:
        text = reader.counted("Delete {count} check…", "Delete {count} checks…", len(checks))
        button(
            text,
            squads.open_dialog,
            tuple(check.id for check in checks),
            key=keys.DATA_DELETE,
            icon="delete",
        )


def _open_page(page: int) -> None:
    st.session_state[keys.DATA_PAGE] = page


def show_without_checks(reader: Reader, stored: Stored) -> None:
    """Where no assessment is stored: bring some in, and what is left of squads to take away."""
    squads.show_way(reader)
    exchange.show_upload(reader, stored)
    squads.show_dialog(reader, stored)


def show_sample(reader: Reader, stored: Stored) -> None:
    """Load the sample company, or take it out again."""
    _ = reader.gettext
    st.header(_("Sample data"), anchor=False)
    if _holds_sample(stored):
        sample.remove_button(reader)
    else:
        st.markdown(_("A made-up company of squads that end in “demo”, to try every page."))
        sample.load_button(reader)


def show_vanished(reader: Reader) -> None:
    """How much is gone, and the two ways on; nothing where nothing is."""
    records = vanished_records()
    if not records:
        return
    _ = reader.gettext
    links = sum(isinstance(record, Link) for record in records)
    link_count = reader.counted("{count} link", "{count} links", links)
    counts = [record_counts(reader, records), *[link_count] * bool(links)]
    text = reader.counted(
        "{count} entry that was saved here is gone: another program saved its older copy of the "
        "file over it. It was kept, and can be brought back: {what}.",
        "{count} entries that were saved here are gone: another program saved its older copy of "
        "the file over them. They were kept, and can be brought back: {what}.",
        len(records),
        what=reader.edition.words.all_of([text for text in counts if text]),
    )
    st.warning(text, icon=":material/history:")
    with st.container(horizontal=True):
        button(
            _("Bring them back"),
            _bring_back,
            reader,
            key=keys.VANISHED_BACK,
            icon="settings_backup_restore",
            look="primary",
        )
        button(
            _("Leave them out"),
            let_vanished_go,
            key=keys.VANISHED_LET_GO,
            help=_("They stay in the folder of backups until newer ones replace them."),
        )


def _bring_back(reader: Reader) -> None:
    count = bring_back_vanished()
    st.session_state[keys.MESSAGE] = reader.gettext("Entries brought back: {count}.", count=count)


@kept(at_most=4)
def _answers_without_survey(everything: Stored) -> int:
    return len(answers_to_unknown_surveys(everything))


@kept(at_most=4)
def _holds_sample(stored: Stored) -> bool:
    return holds_sample(stored.squad_records)

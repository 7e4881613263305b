"""What another program took away by saving its older copy of a file, and bringing it back."""

from __future__ import annotations

import streamlit as st

from assessment.model.link import Link
from assessment.ui.guard.stored import bring_back_vanished, let_vanished_go, vanished_records
from assessment.ui.parts.record_counts import record_counts
from assessment.ui.session import keys
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import button


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
    done = reader.gettext("Entries brought back: {count}.", count=count)
    st.session_state[keys.MESSAGE] = done

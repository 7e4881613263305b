"""What a page shows that has nothing to show, yet or under this address: why, and one action."""

from collections.abc import Callable

import streamlit as st

from assessment.rounds.history import History
from assessment.storage.protocol import Stored
from assessment.ui.guard.stored import history
from assessment.ui.guard.visitor import current_rights
from assessment.ui.parts import sample, url_choices
from assessment.ui.parts.head import Head, page_head
from assessment.ui.parts.unreleased import show_unreleased
from assessment.ui.session import address, keys, page_files
from assessment.ui.session.reader import Reader
from assessment.ui.session.ways import open_page


def stop_if_empty(
    reader: Reader,
    stored: Stored,
    *,
    title: str | None = None,
    offer: Callable[[Reader, Stored], None] | None = None,
) -> None:
    """End the page with an invitation when no assessment is stored; `offer` comes last.

    `title` is for pages whose h1 is what they show, and which have nothing to show yet.
    """
    if stored.assessments or stored.totals:
        return
    _ = reader.gettext
    if title:
        st.title(title, anchor=False)
    if not current_rights().may_edit:
        st.info(_("Nothing is shared here yet: come back once a check has been saved."))
        show_unreleased(reader)
        address.write_settled()  # the link above all: nothing is written once a page has stopped
        st.stop()
    is_new = not stored.knows_squads
    with st.container(border=True):
        st.header(_("Nothing is stored yet") if is_new else _("No check is stored"), anchor=False)
        st.markdown(
            _("This page fills with your first saved check: 14 questions, about three minutes.")
        )
        if st.button(_("Start the quick check"), type="primary", key=keys.EMPTY_START):
            open_page(page_files.CHECK)
    if stored.set_aside:
        rows = len(stored.set_aside)
        text = reader.counted(
            "{count} row of the data file could not be read; the data page says why.",
            "{count} rows of the data file could not be read; the data page says why.",
            rows,
        )
        st.warning(text, icon=":material/warning:")
    if is_new:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(_("Just looking around?"), width="content")
            sample.load_button(reader)
    if offer:
        offer(reader, stored)
    st.stop()


def rounds_and_head(
    reader: Reader, stored: Stored, *, title: str, room: str | None = None
) -> tuple[History, Head]:
    """The rounds that a page of results tells of, and its head; it ends where it has none to show.

    `title` is its own, and `room` that of a page about several squads.
    """
    stop_if_empty(reader, stored, title=title)
    rounds, head = history(stored, url_choices.settled_by(reader)), page_head()
    _stop_if_unknown(reader, rounds, head, title=title, room=room)
    return rounds, head


def _stop_if_unknown(
    reader: Reader, history: History, head: Head, *, title: str, room: str | None
) -> None:
    """End the page with a choice where its address names no squad that is found here.

    Anything else would be read as that squad's; but what a link shares of one squad alone cannot
    be another's.
    """
    shares_one = current_rights().visitor.link is not None and len(history.squads) == 1
    if shares_one or not url_choices.names_no_known_squad(history):
        return
    head.show_name(title)
    url_choices.known_squads(reader, history)
    if room:
        url_choices.show_squads(reader, history, (), room=room)
    else:
        url_choices.show_squad(reader, history, None)
    address.write_settled()
    st.stop()

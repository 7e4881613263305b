"""What surrounds every page: set-up, navigation, language switch, and errors shown to people."""

from collections.abc import Mapping, Sequence
from copy import copy
from threading import Event
from typing import get_args

import altair  # noqa: F401 - imported at start, so that the first chart does not wait for it
import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import StreamlitPage
from streamlit.runtime.scriptrunner_utils.exceptions import StopException

from assessment.access.rights import Rights, Room
from assessment.content.edition import check_shipped_content
from assessment.errors import ContentError, Refused, template
from assessment.languages import LANGUAGES, words_in
from assessment.storage.collection import leave_out_of_collection
from assessment.ui.check import unfinished
from assessment.ui.guard import gate, uploads
from assessment.ui.guard.network_exposure import warn_of_exposure, warn_of_proxy
from assessment.ui.guard.stored import read_ahead, storage_disk
from assessment.ui.guard.visitor import current_rights, rights_decided, settle_link
from assessment.ui.parts.deeds import show_deed_once
from assessment.ui.rounds.take_part import may_find
from assessment.ui.session import address, keys, page_files
from assessment.ui.session.kept import kept
from assessment.ui.session.language import language_pages, remember_view, settle_language
from assessment.ui.session.look import LOOK, run_script, run_scripts
from assessment.ui.session.reader import Reader, current_reader
from assessment.ui.session.returning import (
    CHOOSERS,
    SHOWN_ONCE,
    UNKEPT,
    has_lost,
    loaded_again,
    mark_of,
    note_return,
)
from assessment.ui.session.saying import (
    as_plain_text,
    make_room_for_notices,
    note_outcome,
    notice,
    show_lost_failure,
    show_message_once,
    showing_errors,
)
from assessment.ui.session.streamlit_words import streamlit_words

WIDEST = 1200  # of a page, in pixels

WORDMARK = "/app/static/wordmark.{language}.svg"
"""By its address: a browser keeps it, where a file's content would come again with every run."""


LOST = template(
    "the server has lost track of this page, as after a restart or a long time out of reach: "
    "what you were doing here was not done; look at it, then do it again"
)

SHOWN_LOST = template(
    "the server has lost track of this page, as after a restart: the link or the codes that it "
    "showed cannot be shown again; where you have not taken them, make new ones"
)


def set_up() -> None:
    """Prepare the run: page layout, content, reader's language."""
    note_return()
    st.set_page_config(layout="wide", page_icon=str(LOOK / "icon.svg"))
    try:
        prepare()
    except ContentError as error:
        st.error(as_plain_text(str(error)), icon=":material/error:")
        st.stop()
    address.begin()
    st.session_state.pop(keys.NOTICES, None)  # of the run before, whose places are given anew
    settle_link()
    settle_language()


def navigation() -> StreamlitPage:
    """The page the reader is on, with the menu in the reader's language."""
    reader, rights = current_reader(), current_rights()
    rooms = frozenset(room for room in get_args(Room) if may_find(room, rights))
    menu = _menu(reader.language, rooms)
    # Copies, since st.navigation marks the one that this run may show.
    page = st.navigation(
        {name: [*map(copy, pages)] for name, pages in menu.items()}, position="top"
    )
    if file := page_files.BY_NAME_IN_URL.get(page.url_path):
        remember_view(file)
    _mend_cold_start(page)
    st.set_page_config(page_title=f"{page.title} · {reader.gettext('Who Decides?')}")
    st.logo(WORDMARK.format(language=reader.language), size="large")
    return page


@kept(at_most=16)
def _menu(language: str, rooms: frozenset[Room]) -> Mapping[str, Sequence[StreamlitPage]]:
    """Every page by the section of the menu that lists it, where its room is one of `rooms`."""
    _ = words_in(language).gettext

    def listed(
        file: str, title: str, *, room: Room, default: bool = False, hidden: bool = False
    ) -> StreamlitPage:
        """A page, in the menu of those who may open it; no lock: each page asks the gate."""
        return st.Page(
            file,
            title=title,
            url_path=page_files.name_in_url(file),
            default=default,
            visibility="visible" if room in rooms and not hidden else "hidden",
        )

    return {
        "": [
            listed(page_files.HOME, _("Home"), room="check", default=True),
            listed(page_files.SQUAD, _("Squad"), room="results"),
            listed(page_files.ROUND, _("A session"), room="round", hidden=True),
            listed(page_files.ROOM, _("The room"), room="manage", hidden=True),
            listed(page_files.SHARED_RESULT, _("A result"), room="shared", hidden=True),
        ],
        _("Check"): [
            listed(page_files.CHECK, _("Quick check"), room="check"),
            listed(page_files.DEEP_CHECK, _("Deep check"), room="check"),
            listed(page_files.ROUNDS, _("Ask the squad"), room="manage"),
        ],
        _("Across squads"): [
            listed(page_files.LEADERSHIP, _("Leadership"), room="results"),
            listed(page_files.COMPARE, _("Compare"), room="results"),
            listed(page_files.TRENDS, _("Trends"), room="results"),
        ],
        _("Learn"): [
            listed(page_files.PLAYBOOK, _("Playbook"), room="learn"),
            listed(page_files.METHOD, _("Method"), room="learn"),
        ],
        _("Manage"): [
            listed(page_files.DATA, _("Data"), room="manage"),
            listed(page_files.SHARING, _("Sharing"), room="manage"),
            listed(page_files.STATUS, _("Server"), room="manage"),
            listed(page_files.PRIVACY, _("What is kept"), room="shared"),
        ],
        " · ".join(language.upper() for language in LANGUAGES): language_pages(),
    }


def run() -> None:
    """Run the page the reader is on; what goes wrong on purpose is shown in their language."""
    warn_of_proxy()
    with rights_decided() as rights:
        page, reader = navigation(), current_reader()
        offline = reader.gettext(
            "No connection: keep this page open. It goes on by itself once the network is back."
        )
        lost = reader.gettext(
            "The network went away as you pressed a button: if nothing was done, press it again."
        )
        with st.container(key=keys.SCRIPTS):  # in a line of their own they would push the page down
            run_scripts(
                frame={"language": reader.language, "offline": offline, "lost": lost},
                keyboard={},
                leaving={"keys": UNKEPT, "choosers": CHOOSERS, "once": SHOWN_ONCE},
                taking_up={},
                words={"words": streamlit_words(reader)},
            )
            unfinished.carry_out_update()
        is_room = page.url_path == page_files.name_in_url(page_files.ROOM)
        with st.container(width="stretch" if is_room else WIDEST):
            _show_page(reader, rights, page)


def _show_page(reader: Reader, rights: Rights, page: StreamlitPage) -> None:
    message = st.container()  # of its own, or all that follows moves by one place when it goes
    with message:
        show_message_once(reader)
        if name := st.query_params.get(page_files.UNKNOWN_PAGE):
            text = reader.gettext("There is no page “{name}” here; this is where the app begins.")
            notice(text.format(name=name))
            address.settle(**{page_files.UNKNOWN_PAGE: None})
        show_deed_once(reader)
    make_room_for_notices()
    try:
        with showing_errors(reader):
            if rights.may_edit:
                _warn_of_disk(reader)
            page.run()
    except StopException:
        _end(reader, rights, message)
        raise
    _end(reader, rights, message)


def _end(reader: Reader, rights: Rights, message: DeltaGenerator) -> None:
    with message:
        show_lost_failure(reader)
        lost = LOST if has_lost(at_end=True) else ""
        lost = loaded_again(st.query_params.get(page_files.LOST)) or lost
        address.settle(**{page_files.LOST: None})
        if lost:
            st.session_state[keys.MESSAGE] = Refused(lost)
            note_outcome()
            show_message_once(reader)
    gate.show_visitor(reader, rights.visitor)
    address.write_settled()


def _warn_of_disk(reader: Reader) -> None:
    _, disk = reader.gettext, storage_disk()
    if disk.is_temporary:
        st.warning(
            _(
                "This server's disk is temporary: stored answers disappear when it restarts. "
                "Download them from the data page, or have PostgreSQL keep them "
                "(WHO_DECIDES_DATABASE_URL)."
            ),
            icon=":material/warning:",
        )
    if not disk.honours_locks:
        st.warning(
            _(
                "This disk does not honour file locks: two people saving at once could lose "
                "an answer. Use a local disk, or PostgreSQL (WHO_DECIDES_DATABASE_URL)."
            ),
            icon=":material/warning:",
        )


def _mend_cold_start(page: StreamlitPage) -> None:
    """Load the page again when it is the first one a fresh server was asked for.

    Until some session has called st.navigation, Streamlit looks for pages flat in `pages/`
    and tells a visitor who came by a link that the page does not exist.
    """
    has_navigated = prepare()
    if not has_navigated.is_set() and page.url_path:
        run_script(
            "open_again",
            parameter=page_files.LOST,
            isLost=has_lost(),
            lost=mark_of(LOST),
            shown=mark_of(SHOWN_LOST),
        )
    has_navigated.set()


@kept(at_most=1)
def prepare() -> Event:
    """Once per server: check the content, read the store, and keep both out of collection.

    The event is set once a session of the server has built the navigation.
    """
    check_shipped_content()
    uploads.bound()
    read_ahead()
    warn_of_exposure()
    leave_out_of_collection()
    return Event()

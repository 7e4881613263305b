"""The guard each page asks first: it lets the visitor in, or ends the page."""

from urllib.parse import quote

import streamlit as st

from assessment.access.rights import Room, Visitor, VisitorKind
from assessment.ui.guard.visitor import current_policy, current_rights, leave_link, sign_out
from assessment.ui.session import address, keys, page_files
from assessment.ui.session.look import run_script
from assessment.ui.session.reader import Reader, current_reader
from assessment.ui.session.saying import as_plain_text, button, only_reads, show_error
from assessment.ui.session.ways import open_page
from assessment.wording.links import shared_as

HOMES: dict[VisitorKind, str] = {"viewer": page_files.LEADERSHIP, "invitee": page_files.ROUND}
"""Where holders of a link begin, who may not open the first page."""

SIGNING_IN = 900  # seconds for which a browser keeps the page that somebody signs in for


def admit(*, to: Room) -> Reader:
    """The reader of this run; the page ends here unless they may open pages of this kind."""
    reader, rights = current_reader(), current_rights()
    if not rights.may_open(to):
        _turn_away(reader, rights.visitor, to)
        st.stop()
    return reader


def _turn_away(reader: Reader, visitor: Visitor, room: Room) -> None:
    """Show what stands in the place of a page, or lead whoever holds a link to theirs."""
    home = HOMES.get(visitor.kind)
    if home and room == "check":
        open_page(home)
    if visitor.kind == "locked out":
        _show_closed(reader, visitor)
    elif visitor.kind in ("nobody", "stranger"):
        _show_sign_in(reader, visitor)
    elif home:
        _show_elsewhere(reader, home)
    else:
        _show_invalid(reader)


def show_visitor(reader: Reader, visitor: Visitor) -> None:
    """At the end of every page: who is signed in, or which results a link shows; the way out.

    An invitation's own page has the way out of it, where no answer is under way.
    """
    if visitor.link and visitor.kind == "viewer":
        last_day = reader.day_of(visitor.link.expires_at)
        sentences = shared_as(reader.edition, visitor.link, last_day=last_day)
        st.caption(as_plain_text(" ".join(sentences)))
        if visitor.email or not current_policy().protected:
            label = reader.gettext("Leave this shared view")
            button(label, leave_link, key=keys.GATE_LEAVE, icon="close", look="tertiary")
    elif visitor.kind == "editor":
        button(
            reader.gettext("Sign out"),
            sign_out,
            key=keys.GATE_SIGN_OUT,
            icon="logout",
            look="tertiary",
            help=as_plain_text(visitor.email or ""),
        )


def show_way_out(reader: Reader, *, is_over: bool) -> None:
    """To whoever holds an invitation, the way back to what they may open without it.

    That is for who signed in; on an open server for anybody, once nothing is left to answer.
    """
    if current_rights().visitor.email or (is_over and not current_policy().protected):
        label = reader.gettext("Leave this invitation")
        button(label, _leave_invitation, key=keys.GATE_LEAVE, icon="close", look="tertiary")


def _leave_invitation() -> None:
    leave_link()
    open_page(page_files.HOME)


def _show_elsewhere(reader: Reader, home: str) -> None:
    """That a valid link opens other pages; the same whatever is stored."""
    _ = reader.gettext
    st.title(_("This link does not open this page"), anchor=False)
    st.markdown(_("It is valid, and opens another one."))
    button(_("Open the page of this link"), open_page, home, key=keys.GATE_START, look="primary")


def _show_invalid(reader: Reader) -> None:
    """The same words for every reason: they must not help to guess."""
    _ = reader.gettext
    st.title(_("This link is not valid"), anchor=False)
    st.markdown(_("Ask the person who sent it to you for a new one."))
    button(_("Go to the start page"), _leave_invitation, key=keys.GATE_START)


def _show_sign_in(reader: Reader, visitor: Visitor) -> None:
    _ = reader.gettext
    st.title(_("Who Decides?"), anchor=False)
    if visitor.kind == "stranger":
        text = _("You are signed in as {address}, which is not an editor's address here.")
        st.warning(
            as_plain_text(text.format(address=visitor.email or _("somebody without an address"))),
            icon=":material/lock:",
        )
    elif page_files.SIGN_IN_FAILED in st.query_params:
        st.warning(
            _(
                "Signing in did not work. Try again; if it fails once more, ask the person who "
                "runs the server: its log says why."
            ),
            icon=":material/warning:",
        )
        address.write(**{page_files.SIGN_IN_FAILED: None})  # none is once it has stopped
    st.markdown(
        _("This page is for its editors. If you were sent a link, open that link, in full.")
    )
    if visitor.kind == "stranger":
        button(_("Sign out"), sign_out, key=keys.GATE_SIGN_OUT)
        return
    _remember_what_for(reader)
    for provider in current_policy().providers:
        button(
            f"{_('Sign in')} · {as_plain_text(provider)}" if provider else _("Sign in"),
            st.login,
            provider or None,
            key=keys.sign_in(provider),
            icon="login",
            look="primary",
        )


def _remember_what_for(reader: Reader) -> None:
    """Have the browser keep the page and what its address says: signing in leads back there.

    The provider sends people back from elsewhere, which a stricter cookie would not survive.
    """
    page, asked, _ = st.session_state[keys.VIEW]
    parameters = {**asked, "lang": reader.language}
    parameters.pop(page_files.SIGN_IN_FAILED, None)
    name = "" if page == page_files.HOME else page_files.name_in_url(page)
    way = quote(page_files.way_to(name, parameters))
    lasting = f"max-age={SIGNING_IN}"
    run_script("cookies", cookies={page_files.CAME_FOR: way}, lasting=lasting, same_site="Lax")


def _show_closed(reader: Reader, visitor: Visitor) -> None:
    _ = reader.gettext
    st.title(_("Closed for now"), anchor=False)
    if visitor.error:
        show_error(reader, visitor.error)
    if not only_reads():
        st.markdown(_("What you have filled in is kept as long as this window stays open."))
    st.button(_("Try again"), icon=":material/refresh:", key=keys.GATE_AGAIN)

"""The invitation to a survey: made, copied, scanned or shown to the room, and how many answered."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import streamlit as st

from assessment.access.invitations import invitation_ends, voices_missing
from assessment.access.links import PARAMETER, LinkRequest, new_link, url_of
from assessment.model import Survey
from assessment.model.link import FOLLOWED_DAYS, Link
from assessment.ui.guard import surveys
from assessment.ui.guard.site import site
from assessment.ui.guard.stored import store, visible_records
from assessment.ui.guard.visitor import current_rights
from assessment.ui.parts.qr_picture import show_qr
from assessment.ui.session import keys, page_files
from assessment.ui.session.look import take_focus
from assessment.ui.session.reader import Reader, current_reader
from assessment.ui.session.saying import as_plain_text, button, show_captions, showing_errors
from assessment.ui.session.ways import open_page
from assessment.wording.room import answered_of
from assessment.wording.surveys import invitation_message, more_than_expected

LIVE = 2.0  # seconds between two looks at how many have answered


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """An invitation just made, with its token: this session shows it until it is copied."""

    survey: Survey
    token: str

    @property
    def url(self) -> str:
        """What to open."""
        return url_of(site("rounds"), page="round", **{PARAMETER: self.token})


# Made and shown -----------------------------------------------------------------------------------


def invite(survey: Survey) -> None:
    """Make an invitation to a survey, which this session shows until it is copied."""
    links, new = new_invitation(survey)
    store().add(links)
    st.session_state[keys.ROUNDS_MADE] = new


def new_invitation(survey: Survey) -> tuple[Sequence[Link], NewInvitation]:
    """An invitation to a survey: what is to be stored of it, and what is shown once."""
    request = LinkRequest(
        kind="invite",
        label=survey.squad,
        squads=(survey.squad,),
        round_id=survey.id,
        until=max(invitation_ends(survey), datetime.now(UTC) + timedelta(days=FOLLOWED_DAYS)),
    )
    link, token = new_link(
        request, link_id=uuid4(), now=datetime.now(UTC), mint=secrets.token_bytes
    )
    return [link], NewInvitation(survey, token)


def show_made(reader: Reader) -> None:
    """The invitation just made, to copy, to scan, or to show to the room, while it is of use."""
    new = _made()
    if new is None:
        return
    stored = {survey.id: survey for survey in visible_records().surveys}
    if new.survey.id not in stored or surveys.stage_now(stored[new.survey.id]) != "gathering":
        _forget()
        return
    _ = reader.gettext
    with st.container(border=True, key=(key := keys.made(hash(new.token)))):
        text = _("The invitation for {squad} is ready")
        st.header(as_plain_text(text.format(squad=new.survey.squad)), anchor=False)
        take_focus(f".st-key-{key} h2", occasion=f"made-{new.survey.id}")
        st.markdown(
            _(
                "Copy it now: only its fingerprint is kept, so once this page is reloaded neither "
                "it nor its QR code can be shown again. Anyone who has it may answer once, until "
                "the session is closed. In its room one can vote and confirm with it for {days} "
                "days after the last day."
            ).format(days=FOLLOWED_DAYS)
        )
        st.code(new.url, language=None, wrap_lines=True)
        st.caption(_("Or as a message:"))
        message = invitation_message(reader.edition, new.survey, url=new.url)
        st.code(message, language=None, wrap_lines=True)
        show_qr(new.url, alt=_("QR code of the invitation"), size="220px")
        with st.container(horizontal=True):
            label = _("Show it in the room")
            button(
                label, open_room, new.survey, key=keys.ROUNDS_TO_ROOM, icon="cast", look="primary"
            )
            button(_("I have copied it"), _forget, key=keys.ROUNDS_DONE)


def link_made_for(survey: Survey) -> NewInvitation | None:
    """The invitation to a survey that this session has just made and still shows."""
    new = _made()
    return new if new and new.survey.id == survey.id else None


def _made() -> NewInvitation | None:
    new = st.session_state.get(keys.ROUNDS_MADE)
    return new if isinstance(new, NewInvitation) else None


def open_room(survey: Survey) -> None:
    """Go on to the big screen of a survey; its minutes count from now unless a browser knows."""
    now = int(datetime.now(UTC).timestamp())
    open_page(page_files.ROOM, survey=str(survey.id), began=str(now))


def _forget() -> None:
    st.session_state.pop(keys.ROUNDS_MADE, None)


# How many answered --------------------------------------------------------------------------------


@st.fragment(run_every=LIVE)
def show_count(status: surveys.SurveyStatus) -> None:
    """How many have answered by now; it says nothing once its reader may no longer know."""
    reader, survey = current_reader(), status.survey
    if current_rights().may_edit:
        with showing_errors(reader):
            voices = surveys.voices_so_far(survey.id)
            if voices_missing(survey, voices=voices) != voices_missing(
                survey, voices=status.voices
            ):
                st.rerun()  # what is said beside it, outside this part of the page, was true before
            show_voices(reader, survey, voices)


def show_voices(reader: Reader, survey: Survey, voices: int) -> None:
    """How many have answered, of those expected where that is known."""
    text = reader.counted("{count} answered", "{count} answered", voices)
    if survey.expected:
        text = " ".join(answered_of(reader.edition, voices, survey.expected))
    st.markdown(f"**{as_plain_text(text)}**")
    show_captions(more_than_expected(reader.edition, survey, voices))

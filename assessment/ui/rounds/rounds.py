"""The rounds there are: how many have answered, their invitations, and what ends them."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import uuid4

import streamlit as st

from assessment.access.invitations import Stage, end_of, stage_of
from assessment.access.links import PARAMETER, LinkRequest, new_link, url_of
from assessment.errors import WhoDecidesError
from assessment.forms.survey import closing_day
from assessment.model import Survey
from assessment.model.period import Period
from assessment.ui.guard import shared_links, surveys
from assessment.ui.guard.site import site
from assessment.ui.guard.surveys import SurveyStatus
from assessment.ui.guard.visitor import current_rights, refuse_unless_editor
from assessment.ui.parts.qr_picture import show_qr
from assessment.ui.parts.url_choices import query_params_of
from assessment.ui.rounds.round_words import asked
from assessment.ui.session import keys, page_files
from assessment.ui.session.messages import showing_errors
from assessment.ui.session.plain_text import as_plain_text
from assessment.ui.session.reader import Reader, current_reader

LIVE = 2.0
"""Seconds between two looks at how many have answered."""


@dataclass(frozen=True, slots=True)
class _Made:
    """An invitation just made, with its token: this session shows it until it is copied."""

    gathering: Survey
    token: str

    @property
    def address(self) -> str:
        """What to open."""
        return url_of(site("rounds"), page="round", **{PARAMETER: self.token})


# The invitation -----------------------------------------------------------------------------------


def stop_in_the_room(reader: Reader) -> None:
    """Instead of the page, where it was asked for: the code to scan, large, and how many did."""
    made = _made()
    if made is None or not st.session_state.get(keys.ROUNDS_ROOM):
        return
    _ = reader.gettext
    title = _("How {squad} decides: your view, please")
    st.title(as_plain_text(title.format(squad=made.gathering.squad)), anchor=False)
    code, words = st.columns([3, 2], gap="large", vertical_alignment="center")
    with code:
        show_qr(made.address, alt=_("QR code of the invitation"), size="min(90vw, 70vh)")
    with words:
        st.markdown(_("Scan the code with your phone. One answer each, nobody is graded."))
        st.markdown(
            as_plain_text(
                asked(reader, made.gathering.depth, confidential=made.gathering.confidential),
            )
        )
        _show_count(made.gathering, large=True)
        st.button(
            _("Back to the rounds"),
            icon=":material/arrow_back:",
            key=keys.ROUNDS_FROM_ROOM,
            on_click=_leave_room,
        )
    st.stop()


def show_made(reader: Reader) -> None:
    """The invitation just made, to copy, to scan, or to show to the room."""
    made = _made()
    if made is None:
        return
    _ = reader.gettext
    with st.container(border=True):
        text = _("The invitation for {squad} is ready")
        st.subheader(as_plain_text(text.format(squad=made.gathering.squad)), anchor=False)
        st.markdown(
            _(
                "Copy it now: only its fingerprint is kept, so it cannot be shown again. Whoever "
                "has it may answer once, until the round is closed."
            )
        )
        st.code(made.address, language=None, wrap_lines=True)
        show_qr(made.address, alt=_("QR code of the invitation"), size="220px")
        with st.container(horizontal=True):
            st.button(
                _("Show it in the room"),
                type="primary",
                icon=":material/cast:",
                key=keys.ROUNDS_TO_ROOM,
                on_click=_enter_room,
            )
            st.button(_("I have copied it"), key=keys.ROUNDS_DONE, on_click=_forget)


# The rounds there are -----------------------------------------------------------------------------


def show_rounds(reader: Reader) -> None:
    """Every round: those that take answers first, then those to reveal, then those revealed."""
    _, now = reader.gettext, datetime.now(UTC)
    found = surveys.survey_statuses()
    headings: dict[Stage, str] = {
        "gathering": _("Taking answers"),
        "closed": _("Closed, to be revealed"),
        "revealed": _("Revealed"),
    }
    for stage, heading in headings.items():
        mine = [each for each in reversed(found) if stage_of(each.survey, now=now) == stage]
        if mine:
            st.subheader(heading, anchor=False)
        for each in mine:
            with st.container(border=True):
                _show_round(reader, each, stage)


def _show_round(reader: Reader, found: SurveyStatus, stage: Stage) -> None:
    _, gathering = reader.gettext, found.survey
    what, count = st.columns([3, 1], vertical_alignment="center")
    with what:
        described = as_plain_text(_described(reader, gathering))
        st.markdown(f"**{as_plain_text(gathering.squad)}**  \n{described}")
    with count:
        if stage == "gathering":
            _show_count(gathering)
        else:
            _tell_count(reader, found.voices)
    with st.container(horizontal=True):
        if stage == "gathering":
            _show_inviting(reader, gathering)
        if stage != "revealed":
            _show_revealing(reader, gathering)
        if stage == "gathering":
            _show_closing(reader, gathering)
        if stage == "closed":
            _show_opening_again(reader, gathering)
        if stage == "revealed":
            _show_way_to_result(reader, gathering)
        _show_deletion(reader, found, stage)


def _described(reader: Reader, gathering: Survey) -> str:
    """Depth, privacy, and from when to when."""
    _, words = reader.gettext, reader.edition.words
    depth = _("Deep check") if gathering.depth == "deep" else _("Quick check")
    privacy = _("open")
    if gathering.confidential:
        text = _("confidential, from {least} voices")
        privacy = text.format(least=words.number(gathering.least_voices))
    days = _("{opens} to {closes}").format(
        opens=words.date(gathering.opened_on), closes=words.date(gathering.closes_on)
    )
    return f"{depth}, {privacy} · {days}"


@st.fragment(run_every=LIVE)
def _show_count(gathering: Survey, *, large: bool = False) -> None:
    """How many have answered by now; it says nothing once its reader may no longer know."""
    reader = current_reader()
    if current_rights().may_edit:
        with showing_errors(reader):
            _tell_count(reader, surveys.voices_so_far(gathering.gathering_id), large=large)


def _tell_count(reader: Reader, voices: int, *, large: bool = False) -> None:
    text = reader.ngettext("{count} answered", "{count} answered", voices)
    shown = as_plain_text(text.format(count=reader.edition.words.number(voices)))
    st.markdown(f"## {shown}" if large else f"**{shown}**", anchors=False)


def _show_inviting(reader: Reader, gathering: Survey) -> None:
    _ = reader.gettext
    _button(
        _("New invitation"),
        "invite",
        gathering,
        partial(invite, gathering),
        icon="qr_code",
        hint=_("Earlier ones stay valid; switch them off on the sharing page."),
    )


def _show_closing(reader: Reader, gathering: Survey) -> None:
    _ = reader.gettext
    _button(
        _("Close"),
        "close",
        gathering,
        partial(_end, gathering, surveys.close),
        icon="lock",
        done=_("The round is closed."),
    )


def _show_opening_again(reader: Reader, gathering: Survey) -> None:
    _ = reader.gettext
    with st.popover(_("Open again…"), icon=":material/lock_open:"):
        day = st.date_input(
            _("Last day to answer"),
            value=max(gathering.closes_on, reader.today + timedelta(days=1)),
            format="DD/MM/YYYY",
            key=keys.of_round("until", gathering.gathering_id),
        )
        st.caption(_("An invitation ends with the day it was made for: make a new one after it."))

        def open_again() -> None:
            surveys.open_again(gathering, until=closing_day(day, today=reader.today))

        _button(
            _("Yes, open it again"),
            "again",
            gathering,
            open_again,
            done=_("The round takes answers again."),
        )


def _show_revealing(reader: Reader, gathering: Survey) -> None:
    _ = reader.gettext
    with st.popover(_("Reveal the results…"), icon=":material/visibility:"):
        text = _(
            "The round is closed for good, and its results show to whoever may see {squad}. "
            "Results that still grew would tell each new voice apart."
        )
        st.markdown(as_plain_text(text.format(squad=gathering.squad)))
        _button(
            _("Yes, reveal them"),
            "reveal",
            gathering,
            partial(_end, gathering, surveys.reveal),
            done=_("The results of the round are revealed."),
        )


def _show_way_to_result(reader: Reader, gathering: Survey) -> None:
    period = Period.of(gathering.opened_on, "month")
    found = query_params_of([gathering.squad], period=period, language=reader.language)
    _button(
        reader.gettext("See the result"),
        "result",
        gathering,
        partial(st.switch_page, page_files.SQUAD, query_params=found),
        icon="radar",
    )


def _show_deletion(reader: Reader, found: SurveyStatus, stage: Stage) -> None:
    """Delete a round, after saying exactly what goes with it."""
    _, gathering, words = reader.gettext, found.survey, reader.edition.words
    with st.popover(_("Delete…"), icon=":material/delete:"):
        text = _("This deletes the round of {squad} opened on {day}, with {answers} and {links}.")
        answers = reader.ngettext("{count} answer", "{count} answers", found.voices)
        links = reader.ngettext("{count} invitation", "{count} invitations", found.links)
        st.markdown(
            as_plain_text(
                text.format(
                    squad=gathering.squad,
                    day=words.date(gathering.opened_on),
                    answers=answers.format(count=words.number(found.voices)),
                    links=links.format(count=words.number(found.links)),
                )
            )
        )
        if stage == "gathering":
            st.caption(_("Answers that come until you confirm go as well."))
        st.caption(
            _("In a CSV store it stays in the five latest backups until newer ones replace them.")
        )
        _button(
            _("Yes, delete"),
            "delete",
            gathering,
            partial(_end, gathering, surveys.delete),
            done=_("The round and its answers are deleted."),
        )


# What buttons do ----------------------------------------------------------------------------------


def invite(gathering: Survey) -> None:
    """Make an invitation to a round, which this session shows until it is copied."""
    refuse_unless_editor()
    request = LinkRequest(
        kind="invite",
        label=gathering.squad,
        squads=(gathering.squad,),
        round_id=gathering.gathering_id,
        until=end_of(gathering),
    )
    link, token = new_link(
        request, link_id=uuid4(), now=datetime.now(UTC), mint=secrets.token_bytes
    )
    shared_links.save(link)
    st.session_state[keys.ROUNDS_MADE] = _Made(gathering, token)


def _button(
    label: str,
    deed: str,
    gathering: Survey,
    act: Callable[[], None],
    *,
    icon: str | None = None,
    hint: str | None = None,
    done: str | None = None,
) -> None:
    """A button for one round; what it does, or why it did not, is told on the page that follows."""
    st.button(
        label,
        icon=f":material/{icon}:" if icon else None,
        key=keys.of_round(deed, gathering.gathering_id),
        help=hint,
        on_click=_do,
        args=(act, done),
    )


def _do(act: Callable[[], None], done: str | None) -> None:
    try:
        act()
    except WhoDecidesError as error:
        st.session_state[keys.MESSAGE] = error
    else:
        st.session_state[keys.MESSAGE] = done


def _end(gathering: Survey, act: Callable[[Survey], None]) -> None:
    """End a round one way or another; its invitation is of no use any more."""
    act(gathering)
    made = _made()
    if made is not None and made.gathering.gathering_id == gathering.gathering_id:
        _forget()


def _made() -> _Made | None:
    made = st.session_state.get(keys.ROUNDS_MADE)
    return made if isinstance(made, _Made) else None


def _enter_room() -> None:
    st.session_state[keys.ROUNDS_ROOM] = True


def _leave_room() -> None:
    st.session_state.pop(keys.ROUNDS_ROOM, None)


def _forget() -> None:
    _leave_room()
    st.session_state.pop(keys.ROUNDS_MADE, None)

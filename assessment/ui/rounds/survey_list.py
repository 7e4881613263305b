"""The surveys there are: how many have answered, their invitations, and what ends them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assessment.access.invitations import Stage, last_day_answered, stage_of, voices_missing
from assessment.access.release import nudge_for
from assessment.forms.survey import closing_day
from assessment.model import Survey
from assessment.model.link import FOLLOWED_DAYS
from assessment.ui.guard import surveys
from assessment.ui.guard.surveys import SurveyStatus
from assessment.ui.rounds import invitation
from assessment.ui.rounds.slips import ask_how_many, hand_out
from assessment.ui.session import keys
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_text, button
from assessment.ui.session.ways import open_squad
from assessment.wording.surveys import (
    answers_missing,
    depth_title,
    next_session,
    nudge_sentence,
    too_few,
)

Act = Callable[[Survey], None]


def show_surveys(reader: Reader) -> None:
    """Every survey: those that take answers first, then those to reveal, then those revealed."""
    _, now = reader.gettext, datetime.now(UTC)
    statuses = surveys.survey_statuses()
    headings: dict[Stage, str] = {
        "gathering": _("Taking answers"),
        "closed": _("Closed, not revealed"),
        "revealed": _("Revealed"),
    }
    for stage, heading in headings.items():
        at_stage = [s for s in reversed(statuses) if stage_of(s.survey, now=now) == stage]
        if at_stage:
            st.header(heading, anchor=False)
        for status in at_stage:
            with st.container(border=True):
                _show_survey(reader, status, stage)


def _show_survey(reader: Reader, status: SurveyStatus, stage: Stage) -> None:
    _, survey = reader.gettext, status.survey
    what, count = st.columns([3, 1], vertical_alignment="center")
    with what:
        described = as_plain_text(_described(reader, survey))
        st.markdown(f"**{as_plain_text(survey.squad)}**  \n{described}")
        if text := next_session(reader.edition, survey, today=reader.today):
            st.caption(f":material/event: {as_plain_text(text)}")
        _show_nudge(reader, status)
    with count:
        if stage == "gathering":
            invitation.show_count(status)
        else:
            invitation.show_voices(reader, survey, status.voices)
    with st.container(horizontal=True):
        help_text = _("For a big screen: gather, see, talk, vote, agree.")
        label, to_room = _("Open the room"), invitation.open_room
        _button(label, "room", survey, to_room, icon="cast", help=help_text)
        if stage == "gathering":
            _show_inviting(reader, status)
        if stage != "revealed" and not _voices_missing(status):
            _show_revealing(reader, survey)
        if stage == "gathering":
            closed = _("The session is closed.")
            _button(_("Close"), "close", survey, surveys.close, icon="lock", done=closed)
        if stage == "closed":
            _show_opening_again(reader, survey)
        if stage == "revealed" and not _voices_missing(status):
            _button(_("See the result"), "result", survey, _open_result, icon="radar")
            if not survey.is_released:
                _show_releasing(reader, survey)
        _show_deletion(reader, status, stage)


def _described(reader: Reader, survey: Survey) -> str:
    _ = reader.gettext
    depth = depth_title(reader.edition, survey.depth)
    privacy = _("not confidential")
    if survey.confidential:
        privacy = _("confidential, from {least} voices", least=survey.least_voices)
    closes = last_day_answered(survey, day_of=reader.day_of)
    days = _("{opens} to {closes}", opens=survey.opened_on, closes=closes)
    return f"{depth}, {privacy} · {days}"


def _voices_missing(status: SurveyStatus) -> int:
    return voices_missing(status.survey, voices=status.voices)


def _show_nudge(reader: Reader, status: SurveyStatus) -> None:
    if missing := _voices_missing(status):
        text = answers_missing(reader.edition, missing)
        if status.survey.revealed_at:
            text = too_few(reader.edition, status.survey)
        st.caption(f":material/hourglass: {as_plain_text(text)}")
        return
    nudge = nudge_for(status.survey, voices=status.voices, now=datetime.now(UTC))
    if nudge:
        text = as_plain_text(nudge_sentence(reader.edition, nudge))
        st.markdown(f":material/notifications: :orange[{text}]")
    elif status.survey.revealed_at and not status.survey.is_released:
        text = reader.gettext("Not released yet: links and the leadership page do not show it.")
        st.caption(f":material/lock_clock: {text}")


def _show_releasing(reader: Reader, survey: Survey) -> None:
    """Let others see the results, which is for the squad to say."""
    _ = reader.gettext
    with _popover(_("Release…"), "release", survey, icon="lock_open_right"):
        text = _(
            "The leadership page and links that share {squad} then show this session. Release it "
            "once the squad has talked about it and agrees; what was released stays so."
        )
        st.markdown(as_plain_text(text.format(squad=survey.squad)))
        done = _("The session is released.")
        _button(_("Yes, release it"), "release", survey, surveys.release, done=done)


def _show_inviting(reader: Reader, status: SurveyStatus) -> None:
    """Another invitation; where codes were handed out, more of them: links answer no more."""
    _, survey = reader.gettext, status.survey
    if status.codes:
        with _popover(_("Add codes…"), "codes", survey, icon="qr_code"):
            key = keys.of_survey("people", survey.id)
            ask_how_many(reader, key=key)
            _button(_("Make the codes"), "codes", survey, partial(hand_out, key=key))
        return
    help_text = _("Earlier ones stay valid; switch them off on the sharing page.")
    label, invite = _("New invitation"), invitation.invite
    _button(label, "invite", survey, invite, icon="qr_code", help=help_text)


def _show_opening_again(reader: Reader, survey: Survey) -> None:
    _ = reader.gettext
    with _popover(_("Open again…"), "again", survey, icon="lock_open"):
        day = st.date_input(
            _("Last day to answer"),
            value=max(survey.closes_on, reader.today + timedelta(days=1)),
            format="DD/MM/YYYY",
            key=keys.of_survey("until", survey.id),
        )
        text = _(
            "Earlier invitations open the session until {days} days after the last day "
            "they were made for."
        )
        st.caption(text.format(days=FOLLOWED_DAYS))

        def open_again(survey: Survey) -> None:
            surveys.open_again(survey, until=closing_day(day, today=reader.today))

        done = _("The session takes answers again.")
        _button(_("Yes, open it again"), "again", survey, open_again, done=done)


def _show_revealing(reader: Reader, survey: Survey) -> None:
    _ = reader.gettext
    with _popover(_("Reveal the results…"), "reveal", survey, icon="visibility"):
        text = _(
            "The session is closed for good, and the squad {squad} sees its results. Links and "
            "the leadership page show them once you release them. Results that still grew "
            "would tell each new voice apart."
        )
        st.markdown(as_plain_text(text.format(squad=survey.squad)))
        done = _("The results of the session are revealed.")
        _button(_("Yes, reveal them"), "reveal", survey, surveys.reveal, done=done)


def _show_deletion(reader: Reader, status: SurveyStatus, stage: Stage) -> None:
    _, survey = reader.gettext, status.survey
    with _popover(_("Delete…"), "delete", survey, icon="delete"):
        invitations = status.links + status.codes
        text = _(
            "This deletes the session of {squad} opened on {day}, with {answers} and {links}.",
            squad=survey.squad,
            day=survey.opened_on,
            answers=reader.counted("{count} answer", "{count} answers", status.voices),
            links=reader.counted("{count} invitation", "{count} invitations", invitations),
        )
        st.markdown(as_plain_text(text))
        if stage == "gathering":
            st.caption(_("Answers that come until you confirm go as well."))
        st.caption(
            _(
                "In CSV files, what is deleted stays in the five latest backups until newer ones "
                "replace them."
            )
        )
        done = _("The session and its answers are deleted.")
        _button(_("Yes, delete"), "delete", survey, surveys.delete, done=done)


def _open_result(survey: Survey) -> None:
    open_squad(survey.squad, survey.opened_on)


def _button(label: str, deed: str, survey: Survey, act: Act, **look: Any) -> None:
    button(label, act, survey, key=keys.of_survey(deed, survey.id), **look)


def _popover(label: str, deed: str, survey: Survey, *, icon: str) -> DeltaGenerator:
    """What asks before a deed: by its key none that comes in its place afterwards is open too."""
    key = keys.of_survey(f"ask-{deed}", survey.id)
    return st.popover(label, icon=f":material/{icon}:", key=key)

"""Gather: the code to scan, the address to type, how many have answered; then the reveal."""

from datetime import date

import streamlit as st

from assessment.access.hosts import reaches_this_machine_alone
from assessment.access.invitations import last_day_answered, voices_missing
from assessment.model import Survey
from assessment.rounds.room import PLANS, minutes_to_answer
from assessment.rounds.room_records import RoomRecords
from assessment.ui.guard import surveys
from assessment.ui.guard.room import room_records
from assessment.ui.guard.site import site
from assessment.ui.guard.visitor import current_rights
from assessment.ui.parts.qr_picture import show_qr
from assessment.ui.room import place, walk
from assessment.ui.room.drawing import show_counts, show_words
from assessment.ui.room.place import Place
from assessment.ui.rounds.invitation import invite, link_made_for
from assessment.ui.rounds.presence import answering_now, quiet_since
from assessment.ui.session import keys
from assessment.ui.session.reader import Reader, current_reader
from assessment.ui.session.saying import as_plain_text, button, show_message, showing_errors
from assessment.wording.room import BigCount, answered_of
from assessment.wording.surveys import (
    answers_missing,
    asked_in,
    more_than_expected,
    not_answered,
    over_since,
)

LIVE = 2.0  # seconds between two looks at how many have answered


def show(reader: Reader, records: RoomRecords, at: Place) -> None:
    """The code on the left, the address and the count on the right."""
    _, survey = reader.gettext, records.survey
    st.title(as_plain_text(_("How {squad} decides", squad=survey.squad)), anchor=False)
    code, words = st.columns([5, 6], gap="large", vertical_alignment="center")
    with code:
        if surveys.stage_now(survey) == "closed" and voices_missing(survey, voices=records.voices):
            _show_opening_again(reader, survey)
        else:
            _show_code(reader, survey)
    with words:
        if survey.revealed_at is None:
            _show_time(reader, survey, at)
            walk.show_minutes(reader, at)
        _show_progress(survey)


def _show_time(reader: Reader, survey: Survey, at: Place) -> None:
    """How long answering takes, in red where no time to talk is left; or since when it ended."""
    if surveys.stage_now(survey) == "closed":
        last_day = last_day_answered(survey, day_of=reader.day_of)
        st.markdown(as_plain_text(over_since(reader.edition, survey, last_day)))
        return
    minutes = minutes_to_answer(survey.depth, confidential=survey.confidential)
    if PLANS[at.minutes].leaves_time(minutes):
        st.markdown(as_plain_text(asked_in(reader.edition, survey)))
        return
    text = reader.counted(
        "Answering alone takes about {count} minute: too little is left to settle a topic.",
        "Answering alone takes about {count} minutes: too little is left to settle a topic.",
        minutes,
    )
    show_words(text, "red")


def _show_opening_again(reader: Reader, survey: Survey) -> None:
    """The way on where too few have answered for anything to be revealed."""
    _, until = reader.gettext, max(survey.closes_on, reader.today)
    label = _("Take answers again")
    button(label, _open_again, survey, until, key=keys.ROOM_AGAIN, icon="lock_open", look="primary")
    st.caption(as_plain_text(_("Until {day}, included.", day=until)))


def _open_again(survey: Survey, until: date) -> None:
    surveys.open_again(survey, until=until)
    place.begin()


def _show_code(reader: Reader, survey: Survey) -> None:
    """The code and the address, or why phones could not use them, or the way to a further one."""
    _ = reader.gettext
    if reaches_this_machine_alone(site("room")):
        text = _(
            "Phones cannot open {address}: it works on this computer only. Ask the person who "
            "runs the server for the address that phones can open, and open this room there."
        )
        show_words(text.format(address=site("room").partition("//")[2]), "red")
        with st.expander(_("For the person who runs the server")):
            st.markdown(
                _(
                    "Open the app by this computer's address in the network, such as "
                    "`http://192.168.1.20:8501`, or set `address` under `[access]` in its secrets "
                    "to the one that phones use."
                )
            )
        return
    if surveys.is_by_codes(survey.id):
        show_words(
            _("Everyone answers, and follows the session, with the code on their slip."), "line"
        )
        return
    link = link_made_for(survey)
    if link is None:
        label = _("Show a QR code")
        button(label, _invite, survey, key=keys.ROOM_INVITE, icon="qr_code", look="primary")
        text = _(
            "A further invitation, shown until this page is reloaded; earlier ones stay valid."
        )
        st.caption(text)
        return
    show_qr(link.url, alt=_("QR code of the invitation"), size="min(38vw, 48vh)")
    start, _equals, token = link.url.partition("//")[2].partition("=")
    st.html(f'<p class="room-address">{start}=<span class="room-code">{token}</span></p>')


@st.fragment(run_every=LIVE)
def _show_progress(survey: Survey) -> None:
    """How many have answered and are answering; it says nothing to who may no longer know."""
    reader = current_reader()
    if not current_rights().may_edit:
        return
    with showing_errors(reader):
        records = room_records(survey.id)
        stage = surveys.stage_now(records.survey)
        if stage != surveys.stage_now(survey):
            st.rerun()  # on to what is said then: the whole page, not this part of it
        number, words = answered_of(reader.edition, records.voices, records.survey.expected)
        with st.container(key=keys.announced("answers")):
            show_counts([BigCount(number, words)])
        if stage == "gathering" and (count := answering_now(survey.id)):
            text = reader.counted("{count} answering now", "{count} answering now", count)
            show_words(text, "line")
        if records.survey.revealed_at is None:
            remark = more_than_expected(reader.edition, records.survey, records.voices)
            show_words(remark, "line")
            _show_reveal(reader, records)


def _show_reveal(reader: Reader, records: RoomRecords) -> None:
    """Reveal in one click once all are in, and no more than that; else it asks.

    Somebody would be left out, or may be while another answered twice. Under too few answers
    for what was promised there is nothing to reveal.
    """
    _, survey, answering = reader.gettext, records.survey, answering_now(records.survey.id)
    quiet = quiet_since(survey.id)
    is_closed = surveys.stage_now(survey) == "closed"
    if missing := voices_missing(survey, voices=records.voices):
        show_words(answers_missing(reader.edition, missing), "line")
        return
    if records.voices == survey.expected and not answering and not quiet:
        label = _("Reveal the results") if is_closed else _("Close and reveal")
        _show_reveal_button(reader, label, survey)
        return
    label = _("Reveal the results…") if is_closed else _("Close and reveal…")
    with st.popover(label, icon=":material/visibility:", key=keys.ROOM_CLOSE):
        expected = survey.expected or 0
        warnings = [not_answered(reader.edition, expected - records.voices, expected=expected)]
        if answering:
            text = reader.counted(
                "{count} person is still answering: unless they send, their answers are left out "
                "and they cannot vote.",
                "{count} people are still answering: unless they send, their answers are left out "
                "and they cannot vote.",
                answering,
            )
            warnings.append(text)
        if quiet:
            text = reader.counted(
                "{count} person began, has clicked nothing for two minutes or more and has not "
                "sent: ask whether they still want to.",
                "{count} people began, have clicked nothing for two minutes or more and have not "
                "sent: ask whether they still want to.",
                quiet,
            )
            warnings.append(text)
        if any(warnings):
            st.warning(" ".join(filter(None, warnings)), icon=":material/warning:")
        st.markdown(
            _(
                "Nobody can answer any more, and the room sees the results. This cannot be taken "
                "back."
            )
        )
        _show_reveal_button(reader, _("Yes, reveal them"), survey)


def _show_reveal_button(reader: Reader, label: str, survey: Survey) -> None:
    """The button, and below it why it failed: a click on it runs this part of the page alone."""
    button(label, _reveal, survey, key=keys.ROOM_REVEAL, icon="visibility", look="primary")
    show_message(reader)


def _invite(survey: Survey) -> None:
    invite(survey)
    place.begin()


def _reveal(survey: Survey) -> None:
    surveys.reveal(survey)
    place.go("headline")

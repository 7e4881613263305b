"""The room's page: whose session, which screen, and the way through them by keys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assessment.access.invitations import stage_of
from assessment.errors import WhoDecidesError
from assessment.languages import LANGUAGES
from assessment.rounds.room import Topic, minutes_to_answer
from assessment.rounds.room_records import RoomRecords
from assessment.ui.guard.room import room_records
from assessment.ui.guard.surveys import survey_statuses
from assessment.ui.room import act, agree, close, end, gather, headline, place, walk
from assessment.ui.room.drawing import show_clock
from assessment.ui.room.place import STEPS, Place
from assessment.ui.rounds.follow import part_of
from assessment.ui.rounds.invitation import open_room
from assessment.ui.session import address, keys, page_files
from assessment.ui.session.language import set_language
from assessment.ui.session.look import load_again_on_waking, show_styles, take_focus
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import Look, as_plain_text, button, show_error
from assessment.ui.session.ways import open_page
from assessment.wording.room import RoomPart, clock_of

TEXT_WIDTH = 640
"""Of the words on the page without a session, in pixels."""

INKS = """<style>:root {{
  --room-ink: {ink}; --room-muted: {muted}; --room-red: {red}; --room-ground: {ground};
  --room-space: "{space}";
}}</style>"""


def room(reader: Reader) -> None:
    """One screen of a session's room, as the address says."""
    at = place.place()
    if at.survey is None:
        _offer_rooms(reader)
        return
    try:
        records = room_records(at.survey)
    except WhoDecidesError as error:
        show_error(reader, error)
        _show_leave(reader)
        return
    style = reader.style
    red = "#FF7A4D" if style.dark else "#B5320E"
    ink = "#56B4E9" if style.dark else "#0072B2"
    show_styles("room")
    space = reader.gettext("Space")  # Streamlit names a key in English alone
    st.html(INKS.format(ink=ink, muted=style.muted, red=red, ground=style.background, space=space))
    load_again_on_waking()
    part = part_of(reader, records)
    step = _step(at, part)
    place.remember(at)
    _show_bar(reader, records, step)
    with st.container(key=keys.ROOM_STAGE):
        _show_screen(reader, records, part, at, step)
        occasion = "-".join(filter(None, (step, at.topic, at.deed)))
        take_focus(f".st-key-{keys.ROOM_STAGE} h1", occasion=occasion, block="end")
    with st.container(
        key=keys.ROOM_FOOT,
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
    ):
        _show_foot(reader, records, part, at, step)


def _step(at: Place, part: RoomPart | None) -> str:
    """The step the address asks for, as far as there is something to show on it."""
    if part is None:
        return STEPS[0]
    return at.step or STEPS[1]


def _topic(part: RoomPart, at: Place) -> Topic | None:
    return next((topic for topic in part.topics if topic.id == at.topic), None)


def _show_screen(
    reader: Reader, records: RoomRecords, part: RoomPart | None, at: Place, step: str
) -> None:
    if part is None or step == "gather":
        gather.show(reader, records, at)
    elif step == "headline":
        headline.show(reader, part)
    elif step == "close" and at.deed == "act":
        act.show_at_close(reader, records, part, change=at.topic == act.TAKEN)
    elif step == "close":
        close.show(reader, records, part)
    elif step == "end":
        end.show(reader, records, part)
    else:
        _show_walk(reader, records, part, at)


def _show_walk(reader: Reader, records: RoomRecords, part: RoomPart, at: Place) -> None:
    topic = _topic(part, at)
    if topic is None:
        walk.show_plan(reader, records, part, at)
    elif at.deed in ("agree", "change") and topic.kind == "decision":
        agree.show(reader, records, part, topic, change=at.deed == "change")
    elif at.deed == "act" and topic.kind == "item":
        act.show(reader, records, part, topic)
    else:
        walk.show_topic(reader, records, part, topic, at)


# Around the screen --------------------------------------------------------------------------------


def _show_bar(reader: Reader, records: RoomRecords, step: str) -> None:
    _ = reader.gettext
    titles = {
        "gather": _("Gather"),
        "headline": _("Headline"),
        "walk": _("Topics"),
        "end" if step == "end" else "close": _("Wrap up"),
    }
    steps = "".join(
        f"<li {'aria-current=step' if name == step else ''}>{title}</li>"
        for name, title in titles.items()
    )
    with st.container(
        key=keys.ROOM_BAR,
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
    ):
        whose = f'<li class="room-whose">{escape(records.survey.squad)}</li>'
        st.html(f'<ol class="room-steps">{whose}{steps}</ol>', width="content")
        with st.container(horizontal=True, width="content", vertical_alignment="center"):
            for language in LANGUAGES:
                if language != reader.language:
                    key = keys.room_language(language)
                    button(language.upper(), _speak, language, key=key, look="tertiary")
            _show_leave(reader)


def _speak(language: str) -> None:
    set_language(language)
    address.write(lang=language)


def _show_leave(reader: Reader) -> None:
    label = reader.gettext("Leave the room")
    button(label, open_page, page_files.ROUNDS, key=keys.ROOM_LEAVE, icon="close", look="tertiary")


Screen = tuple[str, str]
"""A step, and a topic's id or nothing."""


def _screens(part: RoomPart | None, at: Place) -> Sequence[Screen]:
    if part is None:
        return (("gather", ""),)
    topics = walk.chosen(part, at)
    return (
        ("gather", ""),
        ("headline", ""),
        ("walk", ""),
        *(("walk", topic.id) for topic in topics),
        ("close", ""),
        ("end", ""),
    )


def _show_foot(
    reader: Reader, records: RoomRecords, part: RoomPart | None, at: Place, step: str
) -> None:
    """The way back and the way on, by click or by arrow; between them what time it is."""
    _ = reader.gettext
    back, clock, on = (st.container(width="content") for _slot in range(3))
    with clock:
        _show_clock(reader, records, part, at, step)
    if at.deed and step == "close":
        with back:
            button(_("Back"), place.go, "close", key=keys.ROOM_BACK, shortcut="Left")
    elif at.deed and part:
        step_on, topic_on = walk.after(part, at)
        if at.deed == "change":
            _show_back(back, _("Keep it as it is"), "walk", at.topic, "agree")
        else:
            _show_back(back, _("Back to the topic"), "walk", at.topic)
        _show_on(on, _("Next topic") if topic_on else _("Wrap up"), step_on, topic_on)
    else:
        _show_moves(reader, records, part, at, step, back, on)


def _show_clock(
    reader: Reader, records: RoomRecords, part: RoomPart | None, at: Place, step: str
) -> None:
    plan, survey = walk.plan_at(records, at), records.survey
    takes_answers = stage_of(survey, now=datetime.now(UTC)) == "gathering"
    minutes = {
        "gather": minutes_to_answer(survey.depth, confidential=survey.confidential)
        if takes_answers
        else None,
        "headline": plan.headline,
        "walk": plan.minutes_each(walk.to_share(reader, records, part, at))
        if part and at.topic
        else plan.choice,
        "close": plan.close,
    }.get(step)
    ids = [topic.id for topic in walk.chosen(part, at)] if part and step == "walk" else []
    number = f"{ids.index(at.topic) + 1} / {len(ids)}" if at.topic in ids else ""
    show_clock(number, clock_of(reader.edition, minutes, of=plan.minutes), at.began)


def _show_moves(
    reader: Reader,
    records: RoomRecords,
    part: RoomPart | None,
    at: Place,
    step: str,
    back: DeltaGenerator,
    on: DeltaGenerator,
) -> None:
    _, screens = reader.gettext, _screens(part, at)
    screen = (step, at.topic if step == "walk" else "")
    index = screens.index(screen) if screen in screens else screens.index((step, ""))
    if index:
        _show_back(back, _("Back"), *screens[index - 1])
    if step == "close" and part:
        with on:
            close.show_finish(reader, records)
    elif index + 1 < len(screens) and not (step == "walk" and at.topic):
        step_on, topic_on, label = *screens[index + 1], _("Next")
        if step == "walk" and part:
            step_on, topic_on, label = walk.first(reader, records, part, at)
        _show_on(on, as_plain_text(label), step_on, topic_on, look="primary")


def _show_back(
    slot: DeltaGenerator, label: str, step: str, topic: str = "", deed: str = ""
) -> None:
    with slot:
        button(label, place.go, step, topic, deed, key=keys.ROOM_BACK, shortcut="Left")


def _show_on(
    slot: DeltaGenerator,
    label: str,
    step: str,
    topic: str,
    *,
    look: Look = "secondary",
) -> None:
    with slot:
        button(label, place.go, step, topic, key=keys.ROOM_NEXT, look=look, shortcut="Right")


def _offer_rooms(reader: Reader) -> None:
    """Without a session in the address: those there are, the latest first."""
    st.title(reader.gettext("The room"), anchor=False)
    _, statuses = reader.gettext, survey_statuses()
    st.markdown(
        _(
            "For a big screen: your squad answers on its phones, sees together what it said, talks "
            "about where it differs, votes again and agrees on who decides."
        ),
        width=TEXT_WIDTH,
    )
    button(
        _("Open a session"),
        open_page,
        page_files.ROUNDS,
        key=keys.ROOM_OPEN,
        icon="how_to_vote",
        look="secondary" if statuses else "primary",
    )
    for status in reversed(statuses[-8:]):
        survey = status.survey
        day = reader.edition.words.date(survey.opened_on)
        key = keys.of_round("room", survey.id)
        button(as_plain_text(f"{survey.squad} · {day}"), open_room, survey, key=key)

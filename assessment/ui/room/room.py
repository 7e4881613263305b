"""The room's page: whose session, which screen, and the way through them by keys."""

from functools import partial
from html import escape
from uuid import UUID

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assessment.errors import WhoDecidesError
from assessment.languages import LANGUAGES
from assessment.rounds.results import Result
from assessment.rounds.room import minutes_to_answer
from assessment.rounds.room_records import RoomRecords
from assessment.ui.guard.room import room_records
from assessment.ui.guard.surveys import stage_now, survey_statuses
from assessment.ui.room import act, agree, close, end, gather, place, walk
from assessment.ui.room.drawing import show_clock, show_counts, show_words
from assessment.ui.room.place import STEPS, Place
from assessment.ui.room.wall import Wall, plan_at
from assessment.ui.rounds.invitation import open_room
from assessment.ui.session import address, keys, page_files
from assessment.ui.session.look import load_again_on_waking, show_styles, take_focus
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import Look, as_plain_text, button, show_error
from assessment.ui.session.ways import open_page
from assessment.wording.briefing import SquadPart
from assessment.wording.room import clock_of, room_part

TEXT_WIDTH = 640  # of the words on the page without a session, in pixels

INKS = """<style>:root {{
  --room-ink: {ink}; --room-muted: {muted}; --room-red: {red}; --room-ground: {ground};
}}</style>"""


def room(reader: Reader) -> None:
    """One screen of a session's room, as the address says."""
    at = place.current()
    if at.survey is None:
        _offer_rooms(reader)
        return
    try:
        records = room_records(at.survey)
    except WhoDecidesError as error:
        show_error(reader, error)
        _show_leave(reader)
        return
    _forget_other_rooms(records.survey.id)
    style = reader.style
    red = "#FF7A4D" if style.dark else "#B5320E"
    ink = "#56B4E9" if style.dark else "#0072B2"
    show_styles("room")
    st.html(INKS.format(ink=ink, muted=style.muted, red=red, ground=style.background))
    load_again_on_waking()
    part = room_part(reader.edition, records)
    wall = Wall(reader, records, part, at) if part else None
    step = (at.step or STEPS[1]) if wall else STEPS[0]
    place.remember(at)
    _show_bar(reader, records, wall, step)
    with st.container(key=keys.ROOM_STAGE):
        if wall is None or step == "gather":
            gather.show(reader, records, at)
        else:
            _show_screen(wall, step)
        new, stage = _what_is_new(wall) if wall and step == "walk" else ("h1", "")
        occasion = "-".join(filter(None, (step, at.topic, at.deed, stage)))
        take_focus(f".st-key-{keys.ROOM_STAGE} {new}", occasion=occasion, block="end")
    with _row(keys.ROOM_FOOT):
        back, clock, on = (st.container(width="content") for _slot in range(3))
        with clock:
            _show_clock(reader, records, at, wall, step)
        if wall:
            _show_ways(wall, step, back, on)


def _forget_other_rooms(survey_id: UUID) -> None:
    """Begin anew what another session's room has begun: its words are not for this one."""
    state = st.session_state
    if state.setdefault(keys.ROOM_SESSION, survey_id) != survey_id:
        begun = tuple(keys.topic(field, "") for field in (*agree.FIELDS, *act.FIELDS))
        for key in filter(lambda key: key.startswith(begun), state.to_dict()):
            del state[key]
        state[keys.ROOM_SESSION] = survey_id


def _show_screen(wall: Wall, step: str) -> None:
    at, topic = wall.at, wall.topic
    if step == "headline":
        _show_headline(wall)
    elif step == "close" and at.deed == "act":
        act.show_at_close(wall, change=at.topic == act.TAKEN)
    elif step == "close":
        close.show(wall)
    elif step == "end":
        end.show(wall)
    elif topic is None:
        walk.show_plan(wall)
    elif at.deed in ("agree", "change") and topic.kind == "decision":
        agree.show(wall, topic, change=at.deed == "change")
    elif at.deed == "act" and topic.kind == "item":
        act.show(wall, topic)
    else:
        walk.show_topic(wall, topic)


def _show_headline(wall: Wall) -> None:
    """Three plain counts lead, then the verdict and how far it holds."""
    reader, part = wall.reader, wall.part
    result = Result(part.shown, None, part.shown, wall.records.agreements.undated)
    holding = SquadPart(reader.edition, result, reader.today).holding
    st.title(reader.gettext("What we see"), anchor=False)
    show_counts(part.counts)
    show_words(part.hidden, "line")
    show_words(part.verdict, "verdict")
    if holding.clause:
        show_words(" ".join(filter(None, (holding.clause, holding.missing))), "holds")


def _what_is_new(wall: Wall) -> tuple[str, str]:
    """What takes the focus, votes just shown or the heading; and the state that makes it new."""
    records, topic = wall.records, wall.topic
    if topic is None or records.is_voting_on(topic):
        return "h1", "voting" if topic else ""
    passes, agreement = len(records.passes(topic.of)), records.agreed.get(topic.of)
    part = ".room-both" if passes and not wall.at.deed else "h1"
    return part, "-".join(map(str, (passes, agreement.id if agreement else "")))


# Around the screen --------------------------------------------------------------------------------


def _row(key: str) -> DeltaGenerator:
    return st.container(
        key=key, horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
    )


def _show_bar(reader: Reader, records: RoomRecords, wall: Wall | None, step: str) -> None:
    """Whose session, and its steps, each to press once answers are shown and no vote is open."""
    _ = reader.gettext
    titles = {
        "gather": _("Gather"),
        "headline": _("Verdict"),
        "walk": _("Topics"),
        "end" if step == "end" else "close": _("Wrap up"),
    }
    may_move = wall and not (wall.topic and records.is_voting_on(wall.topic))
    with _row(keys.ROOM_BAR):
        with st.container(key=keys.ROOM_STEPS, horizontal=True, vertical_alignment="center"):
            st.html(f'<p class="room-whose">{escape(records.survey.squad)}</p>', width="content")
            for name, title in titles.items():
                if may_move and name != step:
                    key = keys.way("step", name)
                    button(title, place.go, name, key=key, look="tertiary")
                else:
                    mark = "aria-current=step" if name == step else ""
                    st.html(f'<p class="room-step" {mark}>{title}</p>', width="content")
        with st.container(horizontal=True, width="content", vertical_alignment="center"):
            for language in LANGUAGES:
                if language != reader.language:
                    key = keys.room_language(language)
                    speak = partial(address.write, lang=language)
                    button(language.upper(), speak, key=key, look="tertiary")
            _show_leave(reader)


def _show_leave(reader: Reader) -> None:
    label = reader.gettext("Leave the room")
    button(label, open_page, page_files.ROUNDS, key=keys.ROOM_LEAVE, icon="close", look="tertiary")


def _show_clock(
    reader: Reader, records: RoomRecords, at: Place, wall: Wall | None, step: str
) -> None:
    plan, survey, minutes = plan_at(records, at), records.survey, None
    if step == "headline":
        minutes = plan.headline
    elif step == "walk" and wall:
        minutes = plan.minutes_each(wall.sharing) if at.topic else plan.choice
    elif step == "close":
        minutes = plan.close
    elif step == "gather" and stage_now(survey) == "gathering":
        minutes = minutes_to_answer(survey.depth, confidential=survey.confidential)
    ids = [topic.id for topic in wall.chosen] if wall and step == "walk" else []
    number = f"{ids.index(at.topic) + 1} / {len(ids)}" if at.topic in ids else ""
    show_clock(number, clock_of(reader.edition, minutes, of=plan.minutes), at.began)


def _show_ways(wall: Wall, step: str, back: DeltaGenerator, on: DeltaGenerator) -> None:
    _, at = wall.reader.gettext, wall.at
    if not at.deed:
        _show_screens(wall, step, back, on)
        return
    if step == "close":
        _show_back(back, _("Back"), "close")
        return
    if at.deed == "change":
        _show_back(back, _("Keep it as it is"), "walk", at.topic, "agree")
    else:
        _show_back(back, _("Back to the topic"), "walk", at.topic)
    _show_on(on, *wall.later, _later(wall))


def _later(wall: Wall) -> str:
    return wall.reader.gettext("Next topic") if wall.later[1] else wall.reader.gettext("Wrap up")


def _show_screens(wall: Wall, step: str, back: DeltaGenerator, on: DeltaGenerator) -> None:
    """Between the screens of a room: those of its steps, and one for each topic."""
    _, at = wall.reader.gettext, wall.at
    topics = (("walk", topic.id) for topic in wall.chosen)
    screens = (("gather", ""), ("headline", ""), ("walk", ""), *topics, ("close", ""), ("end", ""))
    screen = (step, at.topic if step == "walk" else "")
    index = screens.index(screen) if screen in screens else screens.index((step, ""))
    if index:
        _show_back(back, _("Back"), *screens[index - 1])
    if step == "close":
        with on:
            button(_("Finish"), close.finish, wall.records, key=keys.ROOM_FINISH, look="primary")
    elif step == "walk" and wall.topic:
        if not wall.records.is_voting_on(wall.topic):
            look: Look = "secondary" if wall.topic in wall.records.left_open else "primary"
            _show_on(on, *wall.later, _later(wall), look=look)
    elif index + 1 < len(screens):
        ways_on = walk.first(wall) if step == "walk" else (*screens[index + 1], _("Next"))
        _show_on(on, *ways_on, look="primary")


def _show_back(
    slot: DeltaGenerator, label: str, step: str, topic: str = "", deed: str = ""
) -> None:
    with slot:
        key = keys.way("back", "-".join((step, topic, deed)))
        button(label, place.go, step, topic, deed, key=key, shortcut="Left")


def _show_on(
    slot: DeltaGenerator, step: str, topic: str, label: str, *, look: Look = "secondary"
) -> None:
    text = as_plain_text(label)
    with slot:
        key = keys.way("next", f"{step}-{topic}")
        button(text, place.go, step, topic, key=key, look=look, shortcut="Right")


def _offer_rooms(reader: Reader) -> None:
    """Without a session in the address: those there are, the latest first."""
    st.title(reader.gettext("The room"), anchor=False)
    _, statuses = reader.gettext, survey_statuses()
    st.markdown(
        _(
            "For a big screen: your squad answers on its phones, sees together what it said, talks "
            "about where it differs, votes and agrees on who decides."
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
        key = keys.of_survey("room", survey.id)
        button(as_plain_text(f"{survey.squad} · {day}"), open_room, survey, key=key)

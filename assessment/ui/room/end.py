"""End: what just happened, whether others may see it, what to take away, and when to meet again."""

from functools import partial

import streamlit as st

from assessment.rounds.actions import ActionProgress, actions_of
from assessment.rounds.results import Result
from assessment.rounds.room_records import RoomRecords
from assessment.ui.guard import surveys
from assessment.ui.guard.visitor import current_policy
from assessment.ui.results.take_away import show_decision_file
from assessment.ui.room.agree import run_anew_once_answered
from assessment.ui.room.drawing import show_list, show_words
from assessment.ui.room.wall import Wall
from assessment.ui.session import keys, page_files
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_text, button
from assessment.ui.session.ways import parameters_of, show_link
from assessment.wording.briefing import SquadPart
from assessment.wording.room import what_happened
from assessment.wording.surveys import next_session


def show(wall: Wall) -> None:
    """What the room did, the release, and the ways out."""
    reader, records, part = wall.reader, wall.records, wall.part
    _, survey = reader.gettext, records.survey
    st.title(as_plain_text(_("{squad}: that is done").format(squad=survey.squad)), anchor=False)
    next_time = next_session(reader.edition, survey, today=reader.today)
    show_list(
        [
            *what_happened(reader.edition, records),
            next_time or _("No day is chosen for the next session."),
        ]
    )
    _show_release(reader, records)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        if records.decided or records.agreements.undated.of(survey.squad):
            decided = actions_of(records.actions, survey.squad)
            result = Result(
                part.shown,
                None,
                identity=part.shown,
                agreements=records.agreements.undated,
                decided=tuple(ActionProgress(action, None) for action in decided),
            )
            squad = SquadPart(reader.edition, result, reader.today)
            show_decision_file(reader, squad, "charter")
        label = as_plain_text(_("The page of {squad}").format(squad=survey.squad))
        where = parameters_of([survey.squad], part.shown.period)
        show_link(reader, page_files.SQUAD, label, where, icon=":material/arrow_forward:")
    run_anew_once_answered(records)


def _show_release(reader: Reader, records: RoomRecords) -> None:
    """The squad says, in the room, whether others may see the session, and what that shows them."""
    _, survey = reader.gettext, records.survey
    if survey.is_released:
        show_words(_("This session is released: leadership and links see it."), "line")
        return
    kept = keys.of_survey("kept", survey.id)
    if st.session_state.get(kept):
        text = _("Not released. You can still release it later, under “{page}”.")
        show_words(text.format(page=_("Ask the squad")), "line")
        return
    if current_policy().protected:
        text = _(
            "Not released: nobody but the squad and this app's editors sees this session. Does the "
            "squad agree to show it to the leadership page and to links that share {squad}? This "
            "cannot be taken back."
        )
    else:
        text = _(
            "Not released: anyone who opens this app can see this session, but the leadership page "
            "and links that share {squad} do not show it. Does the squad agree that they do? This "
            "cannot be taken back."
        )
    show_words(text.format(squad=survey.squad), "line")
    with st.container(horizontal=True, gap="medium"):
        button(
            _("Yes, release it"),
            surveys.release,
            survey,
            key=keys.ROOM_RELEASE,
            icon="lock_open_right",
        )
        keep = partial(st.session_state.__setitem__, kept, True)
        button(_("No, not now"), keep, key=keys.ROOM_KEEP)

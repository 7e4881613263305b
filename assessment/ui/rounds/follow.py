"""A phone that took part follows its session: waits, sees what was revealed, votes, confirms."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from assessment.access.invitations import voices_missing
from assessment.errors import Refused, WhoDecidesError
from assessment.model import NOBODY, UNCLEAR, Agreement
from assessment.model.vote import Ballot
from assessment.reports.downloads import file_name
from assessment.rounds.room_records import RoomRecords
from assessment.ui.guard.gate import admit
from assessment.ui.guard.room import has_voted, records_for_invitee, send_vote
from assessment.ui.guard.surveys import stage_now
from assessment.ui.parts.downloads import download
from assessment.ui.rounds.confirm import is_being_answered, naming, show_agreement
from assessment.ui.rounds.one_answer import voter_of_browser
from assessment.ui.session import keys
from assessment.ui.session.look import take_focus
from assessment.ui.session.reader import Reader, current_reader
from assessment.ui.session.saying import (
    as_plain_text,
    button,
    show_error,
    show_failure_without_button,
    show_points,
    show_texts,
)
from assessment.wording import room as wording
from assessment.wording.actions import action_text
from assessment.wording.surveys import next_session

LIVE = 3.0  # seconds between two looks at where the room is

NEWS = ":is(h2, [data-testid=stAlertContentError])"
"""What comes first where nothing is voted on: a heading, or why a vote came too late."""


@st.fragment(run_every=LIVE)
def follow() -> None:
    """Where the room is by now: nothing before the reveal, then what the session may show."""
    reader = admit(to="round")  # the page runs no more: the link may have ended since
    try:
        records = records_for_invitee()
        ballot = records.survey.ballot
        has_sent = ballot is not None and has_voted(voter_of_browser(ballot))
    except WhoDecidesError as error:
        show_error(reader, error)
        return
    stage = stage_now(records.survey)
    if st.session_state.get(keys.ROUND_STAGE, stage) != stage:
        st.session_state[keys.ROUND_STAGE] = stage
        st.rerun()  # what the page says around this was true before
    if records.survey.revealed_at is None:
        text = reader.gettext(
            "Nobody sees a result before the session is closed and revealed. Keep this page open "
            "if you meet now: it goes on by itself. Otherwise you may close it."
        )
        if stage == "closed" and voices_missing(records.survey, voices=records.voices):
            text = reader.gettext(
                "The session is closed, and too few have answered for a result to be shown. The "
                "person who invited you can open it again."
            )
        st.markdown(text)
        return
    at = ballot or (*(records.survey.topic or ()), *(one.id for one in records.made))
    occasion = "-".join(map(str, ("follow", *at)))
    new = f".st-key-{keys.ROOM_PHONE} {'p' if ballot else NEWS}"
    take_focus(new, occasion=occasion, block="center", is_news=True)
    failure = st.container()
    if ballot:
        _show_vote(reader, records, ballot, has_sent=has_sent)
    else:
        part = wording.room_part(reader.edition, records)
        first, rest = _in_turn(records)
        _show_agreements(reader, records, first, is_first=True)
        _show_topic(reader, records, part)
        _show_agreements(reader, records, rest, is_first=not first)
        _show_taken(reader, records)
        _show_revealed(reader, records, part)
    with failure:
        show_failure_without_button(reader)


# Voting -------------------------------------------------------------------------------------------


def _show_vote(reader: Reader, records: RoomRecords, ballot: Ballot, *, has_sent: bool) -> None:
    """The one question that the room votes on again, alone and in secret."""
    _, edition, (_survey_id, decision, number) = reader.gettext, reader.edition, ballot
    st.header(as_plain_text(edition.decision(decision)), anchor=False)
    example = as_plain_text(edition.example_of(decision))
    st.markdown(f"**{as_plain_text(wording.asked_again(edition))}**  \n{example}")
    name = f"{decision}-{number}"
    key = keys.topic("vote", name)
    st.pills(
        wording.asked_again(edition),
        (*records.held, NOBODY, UNCLEAR),
        required=True,
        format_func=partial(wording.choice_of_vote, edition),
        label_visibility="collapsed",
        key=key,
        persist_state="session",
        wrap=True,
    )
    label = _("Change my vote") if has_sent else _("Send my vote")
    button(
        label,
        _vote,
        ballot,
        key,
        key=keys.topic("send", name),
        look="primary",
        shows_failure=True,
        width="stretch",
    )
    if has_sent and not st.session_state.get(keys.MESSAGE):
        st.success(
            _("Your vote is in. You may change it until the room sees all votes."),
            icon=":material/check:",
        )
    st.caption(_("Nobody sees who voted what."))


def _vote(ballot: Ballot, key: str) -> None:
    """Store the vote."""
    role = st.session_state.get(key)
    if not role:
        raise Refused("choose one, then send")
    with naming(current_reader().edition.decision(ballot[1])):
        send_vote(ballot, (str(role),), voter=voter_of_browser(ballot))


# What is talked about -----------------------------------------------------------------------------


def _show_topic(reader: Reader, records: RoomRecords, part: wording.RoomPart | None) -> None:
    if records.survey.topic is None:
        return
    _, edition, (kind, of) = reader.gettext, reader.edition, records.survey.topic
    passes = records.passes(of)
    question, example = wording.question_of(edition, kind, of, is_again=bool(passes))
    with st.container(border=True):
        st.caption(_("The room is talking about this now"))
        st.header(as_plain_text(wording.title_of(edition, kind, of)), anchor=False)
        asking = (f"**{as_plain_text(question)}**", as_plain_text(example))
        st.markdown("  \n".join(filter(None, asking)))
        if passes:
            votes = passes[-1]
            st.caption(_("Vote {number}", number=votes[0].pass_number))
            show_points(
                wording.rows_text(edition, [row]) for row in wording.vote_rows(edition, votes)
            )
            topics = records.topics
            first = next((topic for topic in topics if topic.id == f"decision.{of}"), None)
            if part and first:
                text = reader.gettext("First answers: {text}")
                st.caption(as_plain_text(text.format(text=part.rows_sentence(first))))
        if count := records.hidden_votes(of):
            show_texts(wording.too_few_votes(edition, records.survey, count))


# What was agreed, and revealed --------------------------------------------------------------------


def _in_turn(records: RoomRecords) -> tuple[Sequence[Agreement], Sequence[Agreement]]:
    """What was agreed on the topic, or is being answered and so stays in place; and the rest."""
    topic, agreements = records.survey.topic, records.agreed.values()
    begun = [of for of in agreements if is_being_answered(records.agreements, of)]
    first = begun + [a for a in agreements if a not in begun and topic == ("decision", a.decision)]
    return first, [agreement for agreement in agreements if agreement not in first]


def _show_agreements(
    reader: Reader, records: RoomRecords, agreements: Sequence[Agreement], *, is_first: bool
) -> None:
    if agreements and is_first:
        st.header(reader.gettext("Agreements"), anchor=False)
    for agreement in agreements:
        show_agreement(reader, records, agreement)


def _show_taken(reader: Reader, records: RoomRecords) -> None:
    _, edition, survey = reader.gettext, reader.edition, records.survey
    if actions := wording.may_tell(records):
        st.header(_("We will do"), anchor=False)
        show_points(action_text(edition, action, today=records.late_on) for action in actions)
    show_texts(next_session(edition, survey, today=reader.today))
    if records.agreed or actions:
        lines = wording.taken_away(edition, records)
        download(
            _("What we take away (text)"),
            lambda: "\n".join((*lines, "")).encode(),
            name=file_name(_("charter"), survey.squad, reader.today.isoformat()) + ".txt",
            what="charter",
        )


def _show_revealed(reader: Reader, records: RoomRecords, part: wording.RoomPart | None) -> None:
    """The counts that the wall shows, each topic, each vote; never single answers."""
    _ = reader.gettext
    if part:
        st.header(_("What the session says"), anchor=False)
        st.markdown(f"**{as_plain_text(part.headline)}**  \n{as_plain_text(part.verdict)}")
        if records.topics:
            with st.expander(_("Where you differ")):
                words = reader.edition.words
                show_points(
                    words.labelled(part.title(at), part.rows_sentence(at)) for at in records.topics
                )
    if voted := wording.voted_lines(reader.edition, records.votes):
        with st.expander(_("What was voted")):
            show_points(voted)

"""Walk: the topics a room chooses, one a screen; talked about, voted on again, agreed or left."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from assessment.rounds.agreements import SETTLED
from assessment.rounds.room import PLANS, Topic, on_topics
from assessment.rounds.room_records import RoomRecords
from assessment.ui.guard import room as guarded
from assessment.ui.guard.room import room_records
from assessment.ui.guard.visitor import current_rights
from assessment.ui.parts.columns import first_then_folded
from assessment.ui.room import agree, drawing, place
from assessment.ui.room.place import Place
from assessment.ui.room.wall import Wall
from assessment.ui.session import keys
from assessment.ui.session.reader import Reader, current_reader
from assessment.ui.session.saying import Look, as_plain_text, button, show_message, showing_errors
from assessment.wording.actions import action_text
from assessment.wording.agreement import agreed_clauses, agreed_state, answers_against
from assessment.wording.room import BigCount, not_voted, too_few_votes, vote_rows, votes_of

LIVE = 2.0  # seconds between two looks at how many have voted
AT_ONCE = 5  # topics to choose from without unfolding


# Which topics -------------------------------------------------------------------------------------


def first(wall: Wall) -> tuple[str, str, str]:
    """Where the choice of topics leads: a step, the first topic that is open, and its name."""
    _ = wall.reader.gettext
    for topic in wall.chosen:
        if topic in wall.records.left_open:
            return "walk", topic.id, _("Next: “{title}”").format(title=wall.part.title(topic))
    return "close", "", _("Wrap up")


def show_minutes(reader: Reader, at: Place) -> None:
    """How long the room has, to choose where it gathers and where it chooses its topics."""
    st.session_state[keys.ROOM_MINUTES] = at.minutes
    text, number = reader.gettext("{count} min"), reader.edition.words.number
    st.segmented_control(
        reader.gettext("Time for the whole session"),
        PLANS,
        format_func=lambda minutes: text.format(count=number(minutes)),
        key=keys.ROOM_MINUTES,
        on_change=place.choose_minutes,
    )


def show_plan(wall: Wall) -> None:
    """Every topic to take up or leave, and how long each may take."""
    reader, topics = wall.reader, wall.records.topics
    st.title(reader.gettext("What do we settle today?"), anchor=False)
    if not topics:
        st.markdown(reader.gettext("You see everything the same way: there is nothing to settle."))
        return
    planned, summed = st.columns([6, 5], vertical_alignment="bottom")
    with planned:
        show_minutes(reader, wall.at)
    summed.markdown(_plan_summary(wall))
    with st.container(key=keys.ROOM_TOPICS):
        more = reader.counted("{count} more topic", "{count} more topics", len(topics) - AT_ONCE)
        first_then_folded(topics, AT_ONCE, more, partial(_show_picks, wall))


def _plan_summary(wall: Wall) -> str:
    """How many topics, how many minutes each, how many to talk; or that they do not fit."""
    _, words, plan = wall.reader.gettext, wall.reader.edition.words, wall.plan
    topics = sum(topic in wall.records.left_open for topic in wall.chosen)
    if not wall.chosen:
        return _("Choose at least one.")
    if not topics and any(map(wall.records.is_awaited, wall.chosen)):
        return _("Nothing is left to settle; some roles have yet to answer.")
    if not topics:
        return _("All that you chose is settled.")
    minutes = plan.minutes_each(topics) if plan.fits(topics) else plan.left
    time = words.counted("{count} minute", "{count} minutes", minutes)
    if plan.fits(topics):
        text = words.counted(
            "{count} topic, {minutes}: {talk} to talk, the rest to settle it",
            "{count} topics, {minutes} each: {talk} to talk, the rest to settle",
            topics,
            minutes=time,
            talk=words.number(plan.talk(topics)),
        )
    else:
        text = words.counted(
            "{count} topic does not fit in what is left: {minutes}. Choose more time.",
            "{count} topics do not fit in what is left: {minutes}. Choose fewer, or more time.",
            topics,
            minutes=time,
        )
    return as_plain_text(text)


def _show_picks(wall: Wall, topics: Sequence[Topic]) -> None:
    for topic in topics:
        is_settled = topic not in wall.records.left_open and not wall.records.is_awaited(topic)
        mark = ":material/check_circle: " if is_settled else ""
        kind = wall.part.kind(topic)
        title, state = as_plain_text(wall.part.title(topic)), as_plain_text(_state(wall, topic))
        key = keys.topic("pick", topic.id)
        st.session_state[key] = topic in wall.chosen
        st.checkbox(
            f"{mark}**{title}** · {state} · {kind}",
            key=key,
            on_change=_choose,
            args=([one.id for one in wall.records.topics],),
        )


def _state(wall: Wall, topic: Topic) -> str:
    """How a topic stands: what was agreed on it, that it is acted on, or what was answered."""
    edition, records, part = wall.reader.edition, wall.records, wall.part
    agreement = records.agreed.get(topic.of) if topic.kind == "decision" else None
    if agreement:
        return agreed_state(edition, records.agreements, agreement)
    earlier = part.agreed_earlier(topic)
    if topic in records.left_open:
        return " · ".join([*(agreed.status for agreed in earlier), part.rows_sentence(topic)])
    states = (agreed.status for agreed in earlier if agreed.state in SETTLED)
    return next(states, wall.reader.gettext("settled"))


def _choose(topics: Sequence[str]) -> None:
    place.choose([one for one in topics if st.session_state.get(keys.topic("pick", one))])


# One topic ----------------------------------------------------------------------------------------


def show_topic(wall: Wall, topic: Topic) -> None:
    """The question as it was asked, the answers, and beside them time, prompt and what to do."""
    answers, deeds = st.columns([8, 3], gap="medium", vertical_alignment="center")
    settled, is_voting = _settled(wall, topic), wall.records.is_voting_on(topic)
    with answers:
        _show_question(wall, topic)
        if topic.kind == "item":
            drawing.show_words(settled, "line")
        if is_voting:
            _show_voting(wall.records, topic)
        else:
            _show_answers(wall, topic)
    with deeds:
        if not settled and not is_voting:
            _show_time(wall, topic)
        if topic.kind == "decision":
            drawing.show_words(settled, "line")  # where the minutes ran: both votes need the rest
        with st.container(key=keys.ROOM_DEEDS):
            if is_voting:
                _show_end_of_vote(wall, topic)
            else:
                _show_deeds(wall, topic, is_settled=bool(settled))


def _settled(wall: Wall, topic: Topic) -> str:
    """What the room decided on a topic, and who is against; empty where it has not yet."""
    reader, records = wall.reader, wall.records
    edition = reader.edition
    if topic.kind == "decision":
        if agreement := records.agreed.get(topic.of):
            against = answers_against(edition, records.agreements, agreement, words=False)
            state = edition.words.sentence(agreed_state(edition, records.agreements, agreement))
            decided = " · ".join([agreed_clauses(edition, agreement), *against])
            return edition.words.labelled(state.removesuffix("."), decided)
        return ""
    lever = edition.framework.item_by_id[topic.of].lever
    acting = on_topics(records.survey, records.decided)
    actions = [action for action in acting if action.lever == lever]
    if not actions:
        return ""
    text = action_text(edition, actions[-1], today=records.late_on)
    return reader.gettext("Decided: {title}").format(title=text)


def _show_question(wall: Wall, topic: Topic) -> None:
    """The question, and its example or what was agreed earlier; two votes each have their own."""
    records, part, is_voting = wall.records, wall.part, wall.records.is_voting_on(topic)
    question, example = part.question(topic, is_again=is_voting)
    has_room = is_voting or not records.passes(topic.of)
    if has_room:
        drawing.show_words(part.kind(topic), "eyebrow")
    st.title(as_plain_text(part.title(topic)), anchor=False)
    if has_room:
        drawing.show_words(question, "question")
        earlier = part.agreed_earlier(topic)
        if example and not earlier:
            drawing.show_words(example, "example")
        for agreed in earlier:
            clauses = agreed_clauses(part.edition, agreed.agreement)
            drawing.show_words(part.edition.words.labelled(agreed.status, clauses), "line")


def _show_answers(wall: Wall, topic: Topic) -> None:
    reader, records, part = wall.reader, wall.records, wall.part
    _ = reader.gettext
    if passes := records.passes(topic.of):
        again = reader.edition.words.labelled(
            _("Vote {number}", number=passes[-1][0].pass_number),
            " ".join(votes_of(reader.edition, len(passes[-1]), records.voices)),
        )
        before, _example = part.question(topic, is_again=False)
        after, _example = part.question(topic, is_again=True)
        drawing.show_both(
            reader,
            part.title(topic),
            drawing.VoteColumn(_("First answers"), before, part.rows(topic)),
            drawing.VoteColumn(again, after, vote_rows(reader.edition, passes[-1])),
        )
    else:
        drawing.show_rows(reader, part.rows(topic))
    if count := records.hidden_votes(topic.of):
        drawing.show_words(too_few_votes(reader.edition, records.survey, count), "line")
    if part.reference(topic) and st.toggle(
        _("What does the playbook suggest?"), key=keys.topic("reference", topic.id)
    ):
        drawing.show_words(part.reference(topic), "line room-reference")


def _prompt(wall: Wall, topic: Topic) -> str:
    """What the room does next: talk, agree, or end a form that it began."""
    _ = wall.reader.gettext
    forms = keys.topic("decides", topic.id), keys.topic("words", topic.id)
    if any(key in st.session_state for key in forms):
        return _("Begun, not agreed yet.")
    if wall.records.passes(topic.of):
        return _("Next: agree on who has the last word.")
    return _("A recent example: what happened?")


def _show_time(wall: Wall, topic: Topic) -> None:
    _, ring = wall.reader.gettext, wall.at.ring
    drawing.show_ring(wall.reader, ring, minutes=wall.plan.talk(wall.sharing))
    drawing.show_words(_prompt(wall, topic), "prompt")
    button(
        _("Stop") if ring else _("Start"),
        place.turn_ring,
        key=keys.ROOM_RING,
        look="tertiary",
        shortcut="Alt+T",
        width="stretch",
    )


def _show_agree(topic: Topic, label: str, *, look: Look) -> None:
    deed = "agree" if topic.kind == "decision" else "act"
    button(label, place.go, "walk", topic.id, deed, key=keys.ROOM_AGREE, look=look, width="stretch")


def _show_deeds(wall: Wall, topic: Topic, *, is_settled: bool) -> None:
    """What to do about a topic, or to end with it; an agreement is confirmed on its own screen."""
    _, is_decision = wall.reader.gettext, topic.kind == "decision"
    if is_settled and is_decision:
        _show_agree(topic, _("Who confirms…"), look="secondary")
    elif not is_settled:
        _show_agree(topic, _("Agreed…") if is_decision else _("We will do this…"), look="primary")
    if is_decision and not is_settled:
        label = _("Vote again") if wall.records.passes(topic.of) else _("Vote")
        survey_id, key = wall.records.survey.id, keys.ROOM_VOTE
        button(label, guarded.ask_again, survey_id, topic.of, key=key, width="stretch")
    if wall.later[1]:
        key = keys.ROOM_WRAP_UP
        button(_("Wrap up"), place.go, "close", key=key, look="tertiary", width="stretch")


# Voting -------------------------------------------------------------------------------------------


@st.fragment(run_every=LIVE)
def _show_voting(records: RoomRecords, topic: Topic) -> None:
    """How many have voted by now, and nothing of what they say."""
    reader = current_reader()
    if not current_rights().may_edit:
        return
    with showing_errors(reader):
        show_message(reader)  # a click in here runs this part of the page alone
        now = room_records(records.survey.id)
        known = records.survey.ballot, records.votes_cast
        if (now.survey.ballot, now.votes_cast) != known:
            st.rerun()  # ended from elsewhere, or fewer have yet to vote: the whole page says so
        number, words = votes_of(reader.edition, now.votes_cast, now.voices)
        counted, rest = st.columns(2, vertical_alignment="center")
        with counted, st.container(key=keys.announced("votes")):
            drawing.show_counts([BigCount(number, words)])
        with rest:
            drawing.show_words(reader.gettext("Vote on your phones, each alone."), "line")
            if now.votes_cast and now.would_show_votes:  # votes that are in are never dropped
                st.markdown(
                    reader.gettext(
                        "Votes that are in stay: show them, then vote again if you like."
                    )
                )
            elif not now.votes_cast:
                label = reader.gettext("Call the vote off")
                button(label, _end_vote, now, topic, key=keys.ROOM_CALL_OFF)


def _show_end_of_vote(wall: Wall, topic: Topic) -> None:
    """Show the votes in one click once all have voted; else it says who has not, and asks.

    So few votes that they would stay hidden are told to be.
    """
    _, records, key = wall.reader.gettext, wall.records, keys.ROOM_END_VOTE
    if records.would_show_votes and records.votes_cast >= records.voices:
        label = _("Show the votes")
        button(label, _end_vote, records, topic, key=key, look="primary", width="stretch")
        return
    with st.popover(_("Show the votes…"), width="stretch"):
        texts = [not_voted(wall.reader.edition, records)]
        label = _("Show them all the same")
        if not records.would_show_votes:
            text = _(
                "A confidential session shows a vote from {least} voices on: ended now, this one "
                "stays hidden.",
                least=records.survey.least_votes,
            )
            texts.append(text)
            label = _("End it all the same")
        st.markdown(as_plain_text(" ".join(filter(None, texts))))
        button(label, _end_vote, records, topic, key=key)


def _end_vote(records: RoomRecords, topic: Topic) -> None:
    guarded.end_vote(records.survey.id)
    agree.forget(topic.id)
    place.stop_ring()

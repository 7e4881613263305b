"""Walk: the topics a room chooses, one a screen; talked about, voted on again, agreed or left."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import UTC, datetime

import streamlit as st

from assessment.rounds.room import PLANS, Plan, Topic, on_topics, plan_of
from assessment.rounds.room import left_open as open_topics
from assessment.rounds.room_records import RoomRecords
from assessment.ui.guard import room as guarded
from assessment.ui.guard.room import room_records
from assessment.ui.guard.visitor import current_rights
from assessment.ui.room import agree, drawing, place
from assessment.ui.room.place import Place
from assessment.ui.session import keys
from assessment.ui.session.reader import Reader, current_reader
from assessment.ui.session.saying import Look, as_plain_text, button, show_message, showing_errors
from assessment.wording import room as wording
from assessment.wording.actions import action_text
from assessment.wording.agreements import agreed_clauses, agreed_state

LIVE = 2.0
AT_ONCE = 5
"""Topics to choose from without unfolding."""


# Which topics -------------------------------------------------------------------------------------


def chosen(part: wording.RoomPart, at: Place) -> tuple[Topic, ...]:
    """The topics the room walks through: those it chose, else those suggested."""
    if at.topics is None:
        survey = part.shown.survey
        plan = plan_of(
            at.minutes, began=at.began, revealed_at=survey.revealed_at if survey else None
        )
        new = [topic for topic in part.topics if not part.agreed_earlier(topic)]
        return plan.suggested(new or part.topics)
    return tuple(topic for topic in part.topics if topic.id in at.topics)


def left_open(reader: Reader, records: RoomRecords, part: wording.RoomPart) -> tuple[Topic, ...]:
    """The topics, chosen or not, on which nothing is agreed and the room does not act."""
    taken = records.taken(reader.day_of)
    framework, survey = reader.edition.framework, records.survey
    done = records.settled | records.awaited | part.decided_earlier
    return open_topics(framework, part.topics, done, taken, survey=survey)


def first(
    reader: Reader, records: RoomRecords, part: wording.RoomPart, at: Place
) -> tuple[str, str, str]:
    """Where the choice of topics leads: a step, the first topic that is open, and its name."""
    _, still_open = reader.gettext, left_open(reader, records, part)
    for topic in chosen(part, at):
        if topic in still_open:
            return "walk", topic.id, _("Next: “{title}”").format(title=part.title(topic))
    return "close", "", _("Wrap up")


def show_minutes(reader: Reader, at: Place) -> None:
    """How long the room has, to choose where it gathers and where it chooses its topics."""
    st.session_state[keys.ROOM_MINUTES] = at.minutes
    text, number = reader.gettext("{count} minutes"), reader.edition.words.number
    st.segmented_control(
        reader.gettext("For all of it, from the answers to the wrap-up"),
        PLANS,
        format_func=lambda minutes: text.format(count=number(minutes)),
        key=keys.ROOM_MINUTES,
        on_change=_choose_minutes,
    )


def _choose_minutes() -> None:
    place.choose_minutes(st.session_state.get(keys.ROOM_MINUTES) or place.place().minutes)


def show_plan(reader: Reader, records: RoomRecords, part: wording.RoomPart, at: Place) -> None:
    """Every topic to take up or leave, and how long each may take."""
    _, words = reader.gettext, reader.edition.words
    st.title(_("What do we settle today?"), anchor=False)
    if not part.topics:
        st.markdown(_("You see everything alike: there is nothing to settle."))
        return
    topics, still_open = chosen(part, at), left_open(reader, records, part)
    to_settle = sum(topic in still_open for topic in topics)
    summary = _plan_summary(reader, plan_at(records, at), to_settle)
    planned, summed = st.columns([6, 5], vertical_alignment="bottom")
    with planned:
        show_minutes(reader, at)
    if topics and not to_settle:
        summary = _("All that you chose is settled.")
        if any(_is_awaited(records, part, topic) for topic in topics):
            summary = _("Nothing is left to settle; some roles have yet to answer.")
    summed.markdown(summary)
    ids = {topic.id for topic in topics}
    with st.container(key=keys.ROOM_TOPICS):
        _show_picks(reader, records, part, part.topics[:AT_ONCE], chosen_ids=ids)
        if more := part.topics[AT_ONCE:]:
            text = words.counted("{count} more topic", "{count} more topics", len(more))
            with st.expander(text):
                _show_picks(reader, records, part, more, chosen_ids=ids)


def plan_at(records: RoomRecords, at: Place) -> Plan:
    """The plan with what is left of it by now; on a topic, when its minutes began."""
    now = at.ring if at.topic and at.ring else datetime.now(UTC)
    revealed_at = records.survey.revealed_at
    return plan_of(at.minutes, began=at.began, revealed_at=revealed_at, now=now)


def to_share(reader: Reader, records: RoomRecords, part: wording.RoomPart, at: Place) -> int:
    """Among how many topics what is left is shared: those chosen that are open, and this one."""
    still_open = left_open(reader, records, part)
    return sum(topic in still_open or topic.id == at.topic for topic in chosen(part, at)) or 1


def _plan_summary(reader: Reader, plan: Plan, topics: int) -> str:
    """How many topics, how many minutes each, how many to talk; or that they do not fit."""
    words = reader.edition.words
    if not topics:
        return reader.gettext("Choose at least one.")
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


def _show_picks(
    reader: Reader,
    records: RoomRecords,
    part: wording.RoomPart,
    topics: Sequence[Topic],
    *,
    chosen_ids: Container[str],
) -> None:
    still_open = left_open(reader, records, part)
    for topic in topics:
        state = _state(reader, records, part, topic, is_open=topic in still_open)
        is_settled = topic not in still_open and not _is_awaited(records, part, topic)
        mark = ":material/check_circle: " if is_settled else ""
        kind = part.kind(topic, voices=records.voices)
        title = as_plain_text(part.title(topic))
        label = f"{mark}**{title}** · {as_plain_text(state)} · {kind}"
        key = keys.topic("pick", topic.id)
        st.session_state[key] = topic.id in chosen_ids
        st.checkbox(label, key=key, on_change=_choose, args=([t.id for t in part.topics],))


def _state(
    reader: Reader, records: RoomRecords, part: wording.RoomPart, topic: Topic, *, is_open: bool
) -> str:
    """How a topic stands: what was agreed on it, that it is acted on, or what was answered."""
    made = records.agreed.get(topic.of) if topic.kind == "decision" else None
    if made:
        return agreed_state(reader.edition, records.agreements, made)
    if earlier := part.agreed_earlier(topic):
        return earlier[0].status
    return part.rows_sentence(topic) if is_open else reader.gettext("settled")


def _is_awaited(records: RoomRecords, part: wording.RoomPart, topic: Topic) -> bool:
    """Whether what was agreed on a topic, here or earlier, still waits for roles."""
    earlier = part.agreed_earlier(topic)
    return topic.of in records.awaited or {agreed.state for agreed in earlier} == {"proposed"}


def _choose(topics: Sequence[str]) -> None:
    place.choose([one for one in topics if st.session_state.get(keys.topic("pick", one))])


# One topic ----------------------------------------------------------------------------------------


def show_topic(
    reader: Reader, records: RoomRecords, part: wording.RoomPart, topic: Topic, at: Place
) -> None:
    """The question as it was asked, the answers, and beside them time, prompt and what to do."""
    said, deeds = st.columns([8, 3], gap="medium", vertical_alignment="center")
    with said:
        _show_question(reader, records, part, topic)
        settled = _settled(reader, records, topic)
        if settled and topic.kind == "item":
            drawing.show_words(settled, "line")
        if _is_voting(records, topic):
            _show_voting(records, topic)
        else:
            _show_answers(reader, records, part, topic)
    with deeds:
        if not settled and not _is_voting(records, topic):
            prompt = _prompt(reader, topic, has_voted=bool(records.passes(topic.of)))
            _show_time(reader, records, part, at, prompt)
        later = after(part, at)
        if settled and topic.kind == "decision":
            drawing.show_words(settled, "line")  # where the minutes ran: both votes need the rest
        if settled and not _is_voting(records, topic):
            _show_next(reader, topic, later=later)
        else:
            _show_deeds(reader, records, topic, later=later)


def _settled(reader: Reader, records: RoomRecords, topic: Topic) -> str:
    """What the room decided on a topic, and who is against; empty where it has not yet."""
    edition = reader.edition
    if topic.kind == "decision":
        if made := records.agreed.get(topic.of):
            against = wording.answers_against(edition, records.agreements, made, words=False)
            state = edition.words.sentence(agreed_state(edition, records.agreements, made))
            decided = " · ".join([agreed_clauses(edition, made), *against])
            return edition.words.labelled(state.removesuffix("."), decided)
        return ""
    lever = edition.framework.item_by_id[topic.of].lever
    acting = on_topics(records.survey, records.taken(reader.day_of))
    actions = [action for action in acting if action.lever == lever]
    if not actions:
        return ""
    text = action_text(edition, actions[-1], today=reader.today)
    return reader.gettext("Decided: {title}").format(title=text)


def _is_voting(records: RoomRecords, topic: Topic) -> bool:
    return topic.kind == "decision" and records.is_voting_on(topic.of)


def _show_question(
    reader: Reader, records: RoomRecords, part: wording.RoomPart, topic: Topic
) -> None:
    """The question, and its example or what was agreed earlier; two votes each have their own."""
    is_voting = _is_voting(records, topic)
    question, example = part.question(topic, is_again=is_voting)
    has_room = is_voting or not records.passes(topic.of)
    if has_room:
        drawing.show_words(part.kind(topic, voices=records.voices), "eyebrow")
    st.title(as_plain_text(part.title(topic)), anchor=False)
    if has_room:
        drawing.show_words(question, "question")
        earlier = part.agreed_earlier(topic)
        if example and not earlier:
            drawing.show_words(example, "example")
        for agreed in earlier:
            clauses = agreed_clauses(reader.edition, agreed.agreement)
            drawing.show_words(reader.edition.words.labelled(agreed.status, clauses), "line")


def _show_answers(
    reader: Reader, records: RoomRecords, part: wording.RoomPart, topic: Topic
) -> None:
    _ = reader.gettext
    if passes := records.passes(topic.of):
        again = reader.edition.words.labelled(
            _("Vote {number}", number=passes[-1][0].pass_number + 1),
            " ".join(wording.votes_of(reader.edition, len(passes[-1]), records.voices)),
        )
        (before, _example), (after, _example) = (
            part.question(topic, is_again=is_again) for is_again in (False, True)
        )
        drawing.show_both(
            reader,
            drawing.Column(_("First answers"), before, part.rows(topic)),
            drawing.Column(again, after, wording.vote_rows(reader.edition, passes[-1])),
        )
    else:
        drawing.show_rows(reader, part.rows(topic))
    if count := records.hidden_votes(topic.of):
        drawing.show_words(wording.too_few_votes(reader.edition, records.survey, count), "line")
    if part.reference(topic) and st.toggle(
        _("What does the playbook suggest?"), key=keys.topic("reference", topic.id)
    ):
        drawing.show_words(part.reference(topic), "line room-reference")


def _prompt(reader: Reader, topic: Topic, *, has_voted: bool) -> str:
    """What the room does next: talk, agree, or end a form that it began."""
    _ = reader.gettext
    forms = keys.topic("decides", topic.id), keys.topic("words", topic.id)
    if any(key in st.session_state for key in forms):
        return _("Begun, not agreed yet.")
    if has_voted:
        return _("Next: agree on who has the last word.")
    return _("A recent example: what happened?")


def _show_time(
    reader: Reader, records: RoomRecords, part: wording.RoomPart, at: Place, prompt: str
) -> None:
    _ = reader.gettext
    drawing.show_ring(
        reader, at.ring, minutes=plan_at(records, at).talk(to_share(reader, records, part, at))
    )
    drawing.show_words(prompt, "prompt")
    button(
        _("Stop") if at.ring else _("Start"),
        place.turn_ring,
        key=keys.ROOM_RING,
        look="tertiary",
        shortcut="Space",
        width="stretch",
    )


def after(part: wording.RoomPart, at: Place) -> tuple[str, str]:
    """The step and the topic that follow this one."""
    ids = [topic.id for topic in chosen(part, at)]
    index = ids.index(at.topic) + 1 if at.topic in ids else len(ids)
    return ("walk", ids[index]) if index < len(ids) else ("close", "")


def _show_next(reader: Reader, topic: Topic, *, later: tuple[str, str]) -> None:
    """The way on from a topic that is settled; an agreement is confirmed on its own screen."""
    _ = reader.gettext
    with st.container(key=keys.ROOM_DEEDS):
        _show_later(_("Next topic") if later[1] else _("Wrap up"), later, look="primary")
        if topic.kind == "decision":
            _show_agree(topic, _("Who confirms…"), look="secondary")


def _show_agree(topic: Topic, label: str, *, look: Look) -> None:
    """The button that settles a topic: an agreement on a decision, an action on an item."""
    deed = "agree" if topic.kind == "decision" else "act"
    button(label, place.go, "walk", topic.id, deed, key=keys.ROOM_AGREE, look=look, width="stretch")


def _show_later(label: str, later: tuple[str, str], *, look: Look) -> None:
    key = keys.ROOM_LATER
    button(label, place.go, *later, key=key, look=look, shortcut="Right", width="stretch")


def _show_deeds(
    reader: Reader, records: RoomRecords, topic: Topic, *, later: tuple[str, str]
) -> None:
    _ = reader.gettext
    with st.container(key=keys.ROOM_DEEDS):
        if _is_voting(records, topic):
            _show_end_of_vote(reader, records, topic)
            return
        label = _("Agreed…") if topic.kind == "decision" else _("We will do this…")
        _show_agree(topic, label, look="primary")
        if topic.kind == "decision":
            survey_id, key = records.survey.id, keys.ROOM_VOTE
            label = _("Vote again")
            button(label, guarded.ask_again, survey_id, topic.of, key=key, width="stretch")
        _show_later(_("Later"), later, look="secondary")


# Voting again -------------------------------------------------------------------------------------


@st.fragment(run_every=LIVE)
def _show_voting(records: RoomRecords, topic: Topic) -> None:
    """How many have voted by now, and nothing of what they say."""
    reader = current_reader()
    if not current_rights().may_edit:
        return
    with showing_errors(reader):
        show_message(reader)  # a click in here runs this part of the page alone
        now = room_records(records.survey.id)
        stage, stage_before = (
            (seen.survey.ballot, seen.would_show_votes) for seen in (now, records)
        )
        if stage != stage_before:
            st.rerun()  # ended from elsewhere, or enough have voted by now to show it
        number, words = wording.votes_of(reader.edition, now.votes_cast, now.voices)
        counted, rest = st.columns(2, vertical_alignment="center")
        with counted:
            drawing.show_counts([wording.BigCount(number, words)])
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


def _show_end_of_vote(reader: Reader, records: RoomRecords, topic: Topic) -> None:
    """The button that shows the votes; while so few would stay hidden, it says so and asks."""
    _, key = reader.gettext, keys.ROOM_END_VOTE
    if records.would_show_votes:
        label = _("Show the votes")
        button(label, _end_vote, records, topic, key=key, look="primary", width="stretch")
        return
    with st.popover(_("Show the votes…"), width="stretch"):
        text = _(
            "A confidential session shows a vote from {least} voices on: ended now, this one stays "
            "hidden.",
            least=records.survey.least_votes,
        )
        st.markdown(as_plain_text(text))
        button(_("End it all the same"), _end_vote, records, topic, key=key)


def _end_vote(records: RoomRecords, topic: Topic) -> None:
    guarded.end_vote(records.survey.id)
    agree.forget(topic.id)
    place.stop_ring()

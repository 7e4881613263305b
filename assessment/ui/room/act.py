"""We will do this: an action from the lever of an item, settled in two clicks, changed later."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import streamlit as st

from assessment.errors import Refused, template
from assessment.forms import action as forms
from assessment.model import NOBODY, STATUSES, Action
from assessment.model.names import LONGEST_NAME, LONGEST_NOTE
from assessment.rounds.room import Topic, action_id
from assessment.ui.guard.stored import save
from assessment.ui.room import place
from assessment.ui.room.drawing import ask_day, row_to_settle, show_words
from assessment.ui.room.wall import Wall
from assessment.ui.session import keys
from assessment.ui.session.reader import current_reader
from assessment.ui.session.saying import as_plain_text, button
from assessment.wording.actions import owner_choice

TEXT_HEIGHT = 124  # of the words of an action, in pixels: three lines as a wall shows them

FIELDS: tuple[keys.OfAction, ...] = ("words", "owner", "name", "due")
"""Of the form of an action: what they hold is kept until it is stored."""

TAKEN = "taken"  # the actions of a room, where an address names a topic


def show(wall: Wall, topic: Topic) -> None:
    """The lever that answers the item, in the room's own words, whose move it is and by when."""
    edition = wall.reader.edition
    lever = edition.framework.item_by_id[topic.of].lever
    st.title(as_plain_text(edition.texts.levers[lever].title), anchor=False)
    _ask(wall, _draft(wall, lever), name=topic.id, label=wall.reader.gettext("We will do this"))


def show_at_close(wall: Wall, *, change: bool) -> None:
    """One of the actions taken, to `change`, or one to add, in any words, under a lever."""
    _, levers = wall.reader.gettext, wall.reader.edition.texts.levers
    actions = {str(action.id): action for action in wall.records.taken} if change else {}
    drafts = actions or {
        lever: _draft(wall, lever, added=True) for lever in wall.records.levers_left
    }
    title, under, choice = st.columns([4, 3, 8], vertical_alignment="center")
    title.title(_("We will do"), anchor=False)
    label = _("Which action") if actions else _("Under the lever")
    with under:
        show_words(label, "line")
    key = keys.ROOM_TAKEN if actions else keys.ROOM_LEVER
    before = st.session_state.get(key)
    if before not in drafts:  # taken meanwhile
        st.session_state.pop(key, None)
        before = next(iter(drafts))
    chosen = choice.selectbox(
        label,
        drafts,
        format_func=lambda draft: levers[drafts[draft].lever].title,
        label_visibility="collapsed",
        key=key,
        persist_state="session",
        on_change=_keep_words,
        args=(before, {lever: levers[lever].step for lever in drafts if not actions}),
    )
    label = _("Save") if actions else _("We will do this")
    _ask(wall, drafts[chosen], name=f"more-{chosen}", label=label)


def _keep_words(before: str, steps: Mapping[str, str]) -> None:
    """Words of the room's own stay when it puts them under another lever."""
    state = st.session_state
    words = state.get(keys.topic("words", f"more-{before}"))
    if words and before in steps and words != steps[before]:
        state[keys.topic("words", f"more-{state[keys.ROOM_LEVER]}")] = words


def _draft(wall: Wall, lever: str, *, added: bool = False) -> Action:
    """The action that the room takes from a lever: one a session, however often."""
    survey, own_id = wall.records.survey, action_id(wall.records.survey, lever, added=added)
    known = next((action for action in wall.records.actions if action.id == own_id), None)
    return known or Action(
        action_id=own_id,
        saved_at=datetime.now(UTC),
        squad=survey.squad,
        lever=lever,
        decided_on=wall.reader.today,
    )


def _ask(wall: Wall, action: Action, *, name: str, label: str) -> None:
    """What exactly, whose move, until when: filled in with what there is to begin with.

    What was dropped is to be done again; what was done stays done.
    """
    reader, edition, seating = wall.reader, wall.reader.edition, wall.part.shown.seating
    _, step, framework = reader.gettext, edition.texts.levers[action.lever].step, edition.framework
    form, is_taken = forms.action_form_of(action), action in wall.records.actions
    if action.status == "dropped":
        form = replace(form, status=STATUSES[0], ended_on=None)
    elif not is_taken:
        form = forms.proposed_action_form(framework, seating, action.lever, today=reader.today)
    st.text_area(
        _("What exactly, in your own words"),
        value=form.note or step,
        max_chars=LONGEST_NOTE,
        height=TEXT_HEIGHT,
        persist_state="session",
        key=keys.topic("words", name),
    )
    owners = forms.owners_in_order(framework, seating, action.lever)
    several = owner_choice(edition, forms.lever_owners(framework, seating, action.lever))
    st.pills(
        several or _("Whose move"),
        [*(role for role in owners if seating.is_held(role) or role == form.owner), NOBODY],
        default=form.owner or (NOBODY if is_taken and not form.owner_name else None),
        format_func=lambda owner: _("Nobody yet") if owner == NOBODY else edition.role(owner),
        persist_state="session",
        key=keys.topic("owner", name),
    )
    row = row_to_settle(keys.topic("settle", name))
    row.text_input(
        _("Who exactly, if you name them"),
        value=form.owner_name,
        max_chars=LONGEST_NAME,
        persist_state="session",
        key=keys.topic("name", name),
    )
    ask_day(row, _("Due"), form.due_on, keys.topic("due", name))
    with row:
        button(
            label, _act, form, action, is_taken, name, key=keys.topic("act", name), look="primary"
        )


def _filled(form: forms.ActionForm, step: str, name: str) -> forms.ActionForm:
    """The form with what its fields hold by now: the button may be clicked right after typing."""
    words, owner, who, due = (st.session_state.get(keys.topic(field, name)) for field in FIELDS)
    written = str(words or "").strip()
    note = "" if written == step else written
    return replace(form, note=note, owner=owner, owner_name=str(who or ""), due_on=due)


def _act(shown: forms.ActionForm, draft: Action, is_taken: bool, name: str) -> None:
    """Store it once, however often it is clicked."""
    reader = current_reader()
    form = _filled(shown, reader.edition.texts.levers[draft.lever].step, name)
    framework = reader.edition.framework
    if form.owner is None and not form.owner_name.strip():
        raise Refused(template("say whose move it is: choose a role, or “Nobody yet”"))
    form = replace(form, owner=None if form.owner == NOBODY else form.owner)
    submission = forms.action_submission_of(form, framework, action=draft, today=reader.today)
    save(submission.accepted(), before=draft if is_taken else None)
    for field in FIELDS:
        st.session_state.pop(keys.topic(field, name), None)
    at = place.current()
    if at.step == "walk":
        place.go("walk", at.topic)
    else:
        place.go("close")

"""What a squad decided, on its pages: beside each lever, as a list, and under its level lines."""

import streamlit as st

from assessment.rounds.actions import is_overdue, under_way
from assessment.ui.results import action_forms, open_form
from assessment.ui.session import keys
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_text, show_captions
from assessment.wording.actions import status_name
from assessment.wording.briefing import SquadPart
from assessment.wording.parts import ActionPart


def offer(reader: Reader, part: SquadPart, lever: str) -> None:
    """In the line of a lever: where its action stands, or the button that says it will be done."""
    if action := under_way(part.actions.values(), lever):
        status = status_name(reader.edition, action.status)
        st.caption(as_plain_text(status), width="content")
    elif open_form.may_write(part.squad):
        action_forms.offer_button(reader, part.squad, lever)


def show_offered(reader: Reader, part: SquadPart, lever: str) -> None:
    """Below the line: the form that its button opens, and what became of it."""
    if not open_form.may_write(part.squad):
        return
    action_forms.show_failure(reader, lambda form: form.would_record(part.squad, lever))
    if action := under_way(part.actions.values(), lever):
        action_forms.show_recorded(reader, action)
    else:
        action_forms.show_offered(reader, part.squad, lever)


def show_action_status(reader: Reader, part: SquadPart, lever: str) -> None:
    """On a lever's card: where the action that is open on it stands; nothing where none is."""
    if action := under_way(part.actions.values(), lever):
        decided = next(
            decision for decision in part.decided if decision.action_id == action.action_id
        )
        heading = as_plain_text(reader.gettext("What we decided"))
        st.markdown(f"**{heading}**  \n{as_plain_text(decided.status_line)}")


def show_late(reader: Reader, part: SquadPart) -> None:
    """What is overdue, before anything new is proposed, with the form that changes it.

    A lever that is proposed stands nowhere below. It has its number here where no lower one
    follows, so that whoever reads down counts up.
    """
    action_forms.show_failure(
        reader, lambda form: not form.is_new and is_overdue(form.action, today=reader.today)
    )
    proposed = {lever.lever: (at, lever) for at, lever in enumerate(part.levers, start=1)}
    following = 1
    for decided in part.late:
        action = part.actions[decided.action_id]
        number, lever = proposed.pop(action.lever, (0, None))
        name = f"{number}. {decided.title}" if number == following else decided.title
        following += number == following
        parts = (reader.gettext("Overdue"), decided.owner, lever.relation if lever else "")
        about = " · ".join(filter(None, parts))
        title = f":material/schedule: **{as_plain_text(name)}**  \n{as_plain_text(about)}"
        if not open_form.may_write(action.squad):
            st.markdown(title)
            continue
        with st.container(key=keys.action("decided", action.action_id), horizontal=True):
            st.markdown(title)
            action_forms.change_button(reader, action)
        action_forms.change_form(reader, action)


def show_decided(reader: Reader, part: SquadPart) -> None:
    """Every action of the squad, the open ones first, each with what its levels did since."""
    action_forms.show_failure(reader)
    if not part.decided:
        return
    st.subheader(reader.gettext("What we decided"), anchor=False)
    for action in part.decided:
        _show(reader, part, action)
    show_captions(part.compared_note)
    if earlier := part.decided_earlier:
        label = reader.counted("{count} earlier action", "{count} earlier actions", len(earlier))
        with st.expander(label):
            for action in earlier:
                _show(reader, part, action)


def show_action(decided: ActionPart, note: str | None, *, number: int | None = None) -> None:
    """An action in words: its lever, where it stands, its note, what its levels did since."""
    title = f"{number}. {decided.title}" if number else decided.title
    status_line = as_plain_text(decided.status_line)
    lines = [
        f"**{as_plain_text(title)}**",
        f":material/schedule: **{status_line}**" if decided.late else status_line,
    ]
    if decided.since:
        lines.append(as_plain_text(decided.since))
    if note:
        lines.append(f"*{as_plain_text(note)}*")
    st.markdown("  \n".join(lines))


def _show(reader: Reader, part: SquadPart, decided: ActionPart) -> None:
    action = part.actions[decided.action_id]
    if decided in part.late or not open_form.may_write(action.squad):  # its form is above
        show_action(decided, action.note)
        return
    with st.container(key=keys.action("decided", action.action_id), horizontal=True):
        show_action(decided, action.note)
        action_forms.change_button(reader, action)
    action_forms.change_form(reader, action)

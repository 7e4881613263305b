"""What a squad decided, on its pages: beside each lever, as a list, and under its level lines."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from assessment.charts.lines import level_lines
from assessment.charts.style import Style
from assessment.languages import Words
from assessment.rounds.actions import ActionMark, ActionProgress, is_overdue, shown_first, under_way
from assessment.rounds.results import Result
from assessment.ui.parts.charts import ChartFunction
from assessment.ui.results import action_forms
from assessment.ui.session.plain_text import as_plain_text
from assessment.ui.session.reader import Reader
from assessment.wording.action_tables import mark_rows
from assessment.wording.actions import action_status_line, seen_since


def offer(reader: Reader, result: Result, lever: str) -> None:
    """On a lever's card: the action that is open on it, or else a way to record one."""
    found = under_way([each.action for each in result.decided], lever)
    if found:
        line = action_status_line(reader.edition, found, today=reader.today)
        st.markdown(
            f"**{as_plain_text(reader.gettext('What we decided'))}**  \n{as_plain_text(line)}"
        )
    if not action_forms.may_decide(result.round.squad):
        return
    action_forms.show_failure(reader, lever)
    if found:
        action_forms.show_recorded(reader, found)
    else:
        action_forms.offer_form(reader, result.round.squad, lever)


def show_decided(reader: Reader, result: Result) -> None:
    """Every action of the squad, the open ones first, each with what its levels did since."""
    action_forms.show_failure(reader)
    action_forms.show_deleted(reader)
    if not result.decided:
        return
    st.subheader(reader.gettext("What we decided"), anchor=False)
    first, earlier = shown_first(result.decided)
    for each in first:
        _show(reader, each)
    _say_when_compared(reader, result.decided)
    if earlier:
        label = reader.ngettext("{count} earlier", "{count} earlier", len(earlier))
        with st.expander(label.format(count=reader.edition.words.number(len(earlier)))):
            for each in earlier:
                _show(reader, each)


def lines_with(reader: Reader, marks: Sequence[ActionMark]) -> ChartFunction:
    """The level lines with a rule where each marked action was done."""
    actions = mark_rows(reader.edition, marks)

    def level_lines_with_actions(frame: pd.DataFrame, /, *, words: Words, style: Style) -> object:
        return level_lines(frame, words=words, style=style, actions=actions)

    return level_lines_with_actions


def show_marks(
    reader: Reader, decided: Sequence[ActionProgress], marks: Sequence[ActionMark]
) -> None:
    """The actions behind a squad's lines, those with a rule by its number; none dropped."""
    numbers = {mark.action.action_id: number for number, mark in enumerate(marks, start=1)}
    shown = [each for each in decided if each.action.status != "dropped"]
    shown.sort(key=lambda each: numbers.get(each.action.action_id, len(numbers) + 1))
    if not shown:
        return
    st.subheader(reader.gettext("What we decided"), anchor=False)
    for each in shown:
        _tell(reader, each, number=numbers.get(each.action.action_id))
    _say_when_compared(reader, shown)


def _show(reader: Reader, followed: ActionProgress) -> None:
    """One action, with the form that changes it for those who may."""
    action = followed.action
    if not action_forms.may_decide(action.squad):
        _tell(reader, followed)
        return
    words, change = st.columns([5, 1])
    with words:
        _tell(reader, followed)
    with change:
        action_forms.change_button(reader, action)
    action_forms.change_form(reader, action)


def _tell(reader: Reader, followed: ActionProgress, *, number: int | None = None) -> None:
    """An action in words: its lever, where it stands, its note, what its levels did since."""
    edition, action = reader.edition, followed.action
    title = edition.texts.levers[action.lever].title
    lines = [f"**{as_plain_text(f'{number}. {title}' if number else title)}**"]
    line = as_plain_text(action_status_line(edition, action, today=reader.today))
    late = is_overdue(action, today=reader.today)
    lines.append(f":material/schedule: **{line}**" if late else line)
    if followed.since and action.status != "dropped":
        lines.append(as_plain_text(seen_since(edition, action, followed.since)))
    if action.note:
        lines.append(f"*{as_plain_text(' '.join(action.note.split()))}*")
    st.markdown("  \n".join(lines))


def _say_when_compared(reader: Reader, decided: Sequence[ActionProgress]) -> None:
    """Once for all actions that lack a round before or after them."""
    if any(not each.since and each.action.status != "dropped" for each in decided):
        text = reader.gettext(
            "What its levels did stands beside an action once a round came before it and one after."
        )
        st.caption(as_plain_text(text))

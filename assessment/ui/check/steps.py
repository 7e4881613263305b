"""Going through a check: the heading that comes into view, and how much is answered."""

from __future__ import annotations

import streamlit as st

from assessment.ui.session import keys
from assessment.ui.session.reader import Reader

SHOW_HEADING = f"""<script>(() => {{
  const before = document.activeElement;
  const show = () => {{
    const heading = document.querySelector(".st-key-{keys.CHECK_HEADING} h3");
    const hasGoneOn = ![before, heading, document.body].includes(document.activeElement);
    if (!heading || hasGoneOn) return;
    heading.tabIndex = -1; heading.focus(); heading.scrollIntoView();
  }};
  for (const wait of [50, 400]) setTimeout(show, wait);
}})()</script>"""


def show_step_heading(text: str) -> None:
    """The heading of a step, in Markdown; right after a move it comes into view, with the focus.

    Twice, since the page settles only once the step before has left it; and never once the person
    has gone on to something else.
    """
    step = st.session_state.pop(keys.CHECK_MOVED, None)
    with st.container(key=keys.CHECK_HEADING):
        st.subheader(text, anchor=False)
        if step:
            # A container of its own for each step: a script is run where it is new on the page.
            # Both lie within the heading's: the next run drops this one, and what follows would
            # be drawn anew in its place, losing the focus of whoever answers by keyboard.
            with st.container(key=keys.moved_to(step)):
                st.html(SHOW_HEADING, unsafe_allow_javascript=True)


def show_progress(reader: Reader, *, answered: int, unknown: int, asked: int) -> None:
    """How much is answered, as a bar and in words."""
    text = progress_text(reader, answered=answered, unknown=unknown, asked=asked)
    st.progress((answered + unknown) / asked, text=text)


def progress_text(reader: Reader, *, answered: int, unknown: int, asked: int) -> str:
    """How much is answered, in words; “I don't know” is told apart."""
    text = reader.ngettext(
        "{answered} of {items} answered", "{answered} of {items} answered", answered
    ).format(answered=answered, items=asked)
    if not unknown:
        return text
    more = reader.ngettext("{count} unknown", "{count} unknown", unknown)
    return f"{text}, {more.format(count=unknown)}"

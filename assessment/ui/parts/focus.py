"""Moving the keyboard's focus to what has just come onto the page."""

from __future__ import annotations

import streamlit as st

from assessment.ui.session import keys

SHOW = """<script>(() => {
  const before = document.activeElement;
  const show = () => {
    const shown = document.querySelector("{selector}");
    const hasGoneOn = ![before, shown, document.body].includes(document.activeElement);
    if (!shown || hasGoneOn) return;
    shown.tabIndex = -1; shown.focus(); shown.scrollIntoView({ block: "{block}" });
  };
  for (const wait of [50, 400]) setTimeout(show, wait);
})()</script>"""


def take_focus(selector: str, *, occasion: str, block: str = "start") -> None:
    """Bring what a selector finds into view, with the focus; once for each occasion.

    Twice, since the page settles only once the step before has left it; and never once the person
    has gone on to something else.
    """
    # A container of its own for each occasion: a script is run where it is new on the page.
    with st.container(key=keys.moved_to(occasion)):
        script = SHOW.replace("{selector}", selector).replace("{block}", block)
        st.html(script, unsafe_allow_javascript=True)

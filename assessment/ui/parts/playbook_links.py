"""Links to passages of the playbook from any page, and what opens the one a link asks for."""

from __future__ import annotations

import streamlit as st

from assessment.ui.session import page_files
from assessment.ui.session.plain_text import as_plain_text, notice
from assessment.ui.session.reader import Reader

PARAMETER = "passage"

# Pictures that come late move what stands below them, so the passage is brought into view again,
# until the reader moves the page. Streamlit drops the anchor of the address when it adds the
# language: what the browser was first asked for still knows it.
OPEN_PASSAGE = """<script>(() => {
  const isFirst = !window.playbookIsOpen;
  window.playbookIsOpen = true;
  const opened = performance.getEntriesByType("navigation")[0];
  const dropped = isFirst && opened && !location.hash ? new URL(opened.name).hash : "";
  const id = (location.hash || dropped).slice(1) || "%s";
  const passage = () => document.getElementById(id);
  if (!id) return;
  let hasMoved = false;
  for (const sign of ["wheel", "touchstart", "keydown", "pointerdown"]) {
    addEventListener(sign, () => { hasMoved = true; }, { once: true, passive: true });
  }
  const show = () => {
    if (hasMoved || !passage()) return;
    if (dropped && !location.hash) history.replaceState(history.state, "", dropped);
    passage().tabIndex = -1;
    passage().style.outline = "none";
    passage().focus({ preventScroll: true });
    passage().scrollIntoView();
  };
  const waiting = setInterval(() => {
    if (!passage()) return;
    clearInterval(waiting);
    for (const wait of [0, 300, 1000, 2000]) setTimeout(show, wait);
  }, 50);
  setTimeout(() => clearInterval(waiting), 15000);
})()</script>"""


def passage_link(reader: Reader, passage_id: str, label: str | None = None) -> None:
    """A link that opens the playbook at a passage, in this session and in the reader's language.

    Where no label is given, it names the playbook and the passage.
    """
    title = reader.edition.playbook_texts.passages[passage_id].title
    st.page_link(
        page_files.PLAYBOOK,
        label=as_plain_text(
            label or reader.gettext("In the playbook: {title}").format(title=title)
        ),
        icon=":material/menu_book:",
        query_params={"lang": reader.language, PARAMETER: passage_id},
    )


def open_asked_passage(reader: Reader) -> None:
    """Bring into view the passage that the address asks for, as soon as it stands on the page.

    An anchor asks in the browser, where the server does not see it; a link of `passage_link`
    asks by a parameter.
    """
    asked = st.query_params.get(PARAMETER, "")
    is_known = asked in reader.edition.playbook.passage_by_id
    if asked and not is_known:
        text = reader.gettext("The link names a passage that the playbook lacks: {text}.")
        notice(text.format(text=asked))
    st.html(OPEN_PASSAGE % (asked if is_known else ""), unsafe_allow_javascript=True)

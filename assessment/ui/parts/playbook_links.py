"""Links to passages of the playbook from any page, and what opens the one a link asks for."""

from __future__ import annotations

import json

import streamlit as st

from assessment.ui.parts.url_choices import asked_view
from assessment.ui.session import address, keys, page_files
from assessment.ui.session.plain_text import as_plain_text, notice
from assessment.ui.session.reader import Reader

PARAMETER = "passage"
SOURCES = "sources"
"""The chapter that credits the articles."""

# Pictures that come late move what stands below them, so the passage is brought into view again,
# until the reader moves the page. Streamlit drops the anchor of the address when it adds the
# language: what the browser was first asked for still knows it. An anchor of another chapter asks
# the server for that one.
OPEN_PASSAGE = """<script>(() => {
  const chapters = %(chapters)s;
  const isFirst = !window.playbookIsOpen;
  window.playbookIsOpen = true;
  const opened = performance.getEntriesByType("navigation")[0];
  const dropped = isFirst && opened && !location.hash ? new URL(opened.name).hash : "";
  const anchor = isFirst ? (location.hash || dropped).slice(1) : "";
  const openChapter = (anchor) => {
    const url = new URL(location);
    url.searchParams.delete("view");
    url.searchParams.set("%(parameter)s", anchor);
    url.hash = "";
    location.replace(url);
  };
  const isElsewhere = (anchor) => anchor in chapters && !document.getElementById(anchor);
  if (isFirst) addEventListener("hashchange", () => {
    const anchor = location.hash.slice(1);
    if (isElsewhere(anchor)) openChapter(anchor);
  });
  if (anchor in chapters && chapters[anchor] !== "%(view)s") return openChapter(anchor);
  const id = anchor || "%(asked)s";
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


def passage_link(
    reader: Reader, passage_id: str, label: str | None = None, *, in_markdown: str | None = None
) -> None:
    """A link that opens the playbook at a passage, in this session and in the reader's language.

    Where no label is given, it names the playbook and the passage; one `in_markdown` is shown as
    it is, without a picture of a book.
    """
    title = reader.edition.playbook_texts.passages[passage_id].title
    text = label or reader.gettext("In the playbook: {title}").format(title=title)
    st.page_link(
        page_files.PLAYBOOK,
        label=in_markdown or as_plain_text(text),
        icon="" if in_markdown else ":material/menu_book:",
        query_params={"lang": reader.language, PARAMETER: passage_id},
    )


def settled_chapter(reader: Reader) -> str:
    """The chapter that the address asks for, by a passage or by its own id; at first the first."""
    playbook, texts = reader.edition.playbook, reader.edition.playbook_texts.sections
    asked = st.query_params.get(PARAMETER, "")
    if asked in playbook.section_by_anchor:
        return playbook.section_by_anchor[asked]
    if asked:
        text = reader.gettext("The link names a passage that the playbook lacks: {text}.")
        notice(text.format(text=asked))
    names = {section: texts[section].title for section in playbook.sections}
    names[SOURCES] = reader.gettext("Sources, and what is ours")
    return asked_view(names, first=playbook.sections[0])


def open_asked_passage(reader: Reader, *, chapter: str, is_search: bool) -> None:
    """Bring into view the passage that the address asks for, as soon as it stands on the page.

    An anchor asks in the browser, where the server does not see it; a link of `passage_link`
    asks by a parameter. A chapter that took another one's place is brought into view as well.
    """
    anchors = reader.edition.playbook.section_by_anchor
    asked = st.query_params.get(PARAMETER, "")
    before = st.session_state.get(keys.PLAYBOOK_CHAPTER)
    st.session_state[keys.PLAYBOOK_CHAPTER] = chapter
    is_another = before not in (None, chapter)
    if is_another or asked:
        address.tell_anyway()
    if is_search:
        asked = ""
    elif asked not in anchors:
        asked = chapter if is_another else ""
    filled = {
        "chapters": json.dumps(dict(anchors)),
        "parameter": PARAMETER,
        "view": chapter,
        "asked": asked,
    }
    st.html(OPEN_PASSAGE % filled, unsafe_allow_javascript=True)

"""Links to passages of the playbook from any page, and what opens the one a link asks for."""

import streamlit as st

from assessment.ui.parts.url_choices import asked_view
from assessment.ui.session import address, keys, page_files
from assessment.ui.session.look import run_script
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_text, notice
from assessment.ui.session.ways import show_link

PARAMETER = "passage"
SOURCES = "sources"
"""The chapter that credits the articles."""


def passage_link(
    reader: Reader, passage_id: str, label: str | None = None, *, in_markdown: str | None = None
) -> None:
    """A link that opens the playbook at a passage, in this session and in the reader's language.

    Where no label is given, it names the playbook and the passage; one `in_markdown` is shown as
    it is, without a picture of a book.
    """
    title = reader.edition.playbook_texts.passages[passage_id].title
    text = label or reader.gettext("In the playbook: {title}").format(title=title)
    icon = "" if in_markdown else ":material/menu_book:"
    shown = in_markdown or as_plain_text(text)
    show_link(reader, page_files.PLAYBOOK, shown, {PARAMETER: passage_id}, icon=icon)


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
    run_script("passage", chapters=dict(anchors), parameter=PARAMETER, view=chapter, asked=asked)

"""What does good look like? A chapter at a time, to read, to search and to link to."""

import streamlit as st

from assessment.ui.guard.gate import admit
from assessment.ui.learn import playbook
from assessment.ui.learn.chapters import COLUMNS
from assessment.ui.session import keys

reader = admit(to="learn")
st.title(reader.gettext("Playbook"), anchor=False)

query, chapter = playbook.asked(reader), playbook.settled_chapter(reader)
index, beside = st.columns(COLUMNS, gap="medium")
with index:
    playbook.show_chapters(reader, "" if query else chapter)
with beside, st.container(key=keys.CHAPTER):
    if query:
        playbook.show_hits(reader, query)
    else:
        playbook.show_chapter(reader, chapter)
playbook.open_asked_passage(reader, chapter=chapter, is_search=bool(query))

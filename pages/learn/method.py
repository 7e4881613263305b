"""How is this computed? A chapter at a time, told from the framework itself."""

import streamlit as st

from assessment.ui.guard.gate import admit
from assessment.ui.learn import method
from assessment.ui.learn.chapters import COLUMNS

reader = admit(to="learn")
st.title(reader.gettext("Method"), anchor=False)

chapter = method.settled_chapter(reader)
index, beside = st.columns(COLUMNS, gap="medium")
with index:
    method.show_chapters(reader, chapter)
with beside:
    method.show_chapter(reader, chapter)

"""What does good look like? Passages to read, to search and to link to."""

import streamlit as st

from assessment.ui.guard.gate import admit
from assessment.ui.learn import playbook
from assessment.ui.parts.playbook_links import open_asked_passage
from assessment.ui.session.reader import current_reader
from assessment.wording.playbook_search import passages_about

reader = current_reader()
admit(reader, to="learn")
st.title(reader.gettext("Playbook"), anchor=False)
open_asked_passage(reader)

query = playbook.asked(reader)
passages = passages_about(reader.edition, query)
playbook.show_contents(reader, passages, query=query)
playbook.show_passages(reader, passages)

"""What does good look like? Passages to read, to search and to link to."""

import streamlit as st

from assessment.ui.guard.gate import admit
from assessment.ui.learn import playbook
from assessment.ui.parts.passages import open_asked_passage
from assessment.ui.session.reader import current_reader
from assessment.wording.playbook_search import passages_about

here = current_reader()
admit(here, to="learn")
st.title(here.gettext("Playbook"), anchor=False)
open_asked_passage(here)

query = playbook.asked(here)
found = passages_about(here.edition, query)
playbook.show_contents(here, found, query=query)
playbook.show_passages(here, found)

"""What does good look like? Passages to read, to search and to link to."""

import streamlit as st

from assessment.search import passages_about
from assessment.ui import playbook
from assessment.ui.gate import admit
from assessment.ui.passages import open_asked_passage
from assessment.ui.reader import reader

here = reader()
admit(here, to="learn")
st.title(here.gettext("Playbook"), anchor=False)
open_asked_passage(here)

query = playbook.asked(here)
found = passages_about(here.edition, query)
playbook.show_contents(here, found, query=query)
playbook.show_passages(here, found)

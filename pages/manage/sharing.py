"""Who may see it? How access is decided here, and the links that share results."""

import streamlit as st

from assessment.ui import sharing
from assessment.ui.gate import admit
from assessment.ui.reader import reader
from assessment.ui.stored import stored

here = reader()
admit(here, to="manage")
st.title(here.gettext("Sharing"), anchor=False)

sharing.show_mode(here)
sharing.show_made(here)
sharing.show_links(here)
sharing.show_form(here, stored())

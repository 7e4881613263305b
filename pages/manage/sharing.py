"""Who may see it? How access is decided here, and the links that share results."""

import streamlit as st

from assessment.ui.guard.gate import admit
from assessment.ui.guard.stored import visible_records
from assessment.ui.manage import sharing
from assessment.ui.session.reader import current_reader

here = current_reader()
admit(here, to="manage")
st.title(here.gettext("Sharing"), anchor=False)

sharing.show_mode(here)
sharing.show_made(here)
sharing.show_links(here)
sharing.show_form(here, visible_records())

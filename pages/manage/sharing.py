"""Who may see it? How access is decided here, and the links that share results."""

import streamlit as st

from assessment.ui.guard.gate import admit
from assessment.ui.guard.stored import visible_records
from assessment.ui.manage import sharing

reader = admit(to="manage")
st.title(reader.gettext("Sharing"), anchor=False)

sharing.show_mode(reader)
sharing.tell_of_restored_links(reader)
sharing.show_new_link(reader)
sharing.show_form(reader, visible_records())
sharing.show_links(reader)

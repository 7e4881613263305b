"""How are the server and its store? Version, store, disk, lock, last backup, sessions."""

import streamlit as st

from assessment.ui.guard.gate import admit
from assessment.ui.manage.status import show_status

reader = admit(to="manage")
st.title(reader.gettext("Server"), anchor=False)
show_status(reader)

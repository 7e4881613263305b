"""What is kept? About whom, who sees it, for how long."""

import streamlit as st

from assessment.ui.guard.gate import admit
from assessment.ui.manage.privacy import show_privacy
from assessment.ui.session.reader import current_reader

reader = current_reader()
admit(reader, to="shared")
st.title(reader.gettext("What is kept"), anchor=False)
show_privacy(reader)

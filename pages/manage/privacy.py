"""What is kept? About whom, who sees it, for how long."""

import streamlit as st

from assessment.ui.guard.gate import admit
from assessment.ui.manage.privacy import show_privacy

reader = admit(to="shared")
st.title(reader.gettext("What is kept"), anchor=False)
show_privacy(reader)

"""What does each of you see? The round somebody was invited to, answered once, without results."""

import streamlit as st

from assessment.ui.gate import admit
from assessment.ui.reader import reader
from assessment.ui.take_part import take_part

here = reader()
admit(here, to="round")
st.title(here.gettext("Your view"), anchor=False)

take_part()

"""Where do we stand? Fourteen items in three short steps, and the result at once."""

import streamlit as st

from assessment.ui.check.quick_check import quick_check
from assessment.ui.guard.gate import admit

reader = admit(to="check")

st.title(reader.gettext("Quick check"), anchor=False)
quick_check()

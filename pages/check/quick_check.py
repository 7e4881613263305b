"""Where do we stand? Fourteen items in three short steps, and the result at once."""

import streamlit as st

from assessment.ui.check.quick_check import quick_check
from assessment.ui.guard.gate import admit
from assessment.ui.session.reader import current_reader

reader = current_reader()
admit(reader, to="check")

st.title(reader.gettext("Quick check"), anchor=False)
quick_check()

"""What did they answer? A result that came in a link, read-only and stored nowhere."""

import streamlit as st

from assessment.ui.check.shared_result import shared_answers, show
from assessment.ui.guard.gate import admit

reader = admit(to="shared")
st.title(reader.gettext("A shared result"), anchor=False)

show(reader, shared_answers(reader))

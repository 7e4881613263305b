"""What does the whole squad see? Rounds that people answer by invitation, from opening to end."""

import streamlit as st

from assessment.ui.guard.gate import admit
from assessment.ui.guard.stored import visible_records
from assessment.ui.rounds import invitation, slips
from assessment.ui.rounds.survey_form import show_form
from assessment.ui.rounds.survey_list import show_surveys

reader = admit(to="manage")
st.title(reader.gettext("Ask the squad"), anchor=False)

invitation.show_made(reader)
slips.show_slips(reader)
show_surveys(reader)
show_form(reader, visible_records())

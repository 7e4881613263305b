"""What does the whole squad see? Rounds that people answer by invitation, from opening to end."""

import streamlit as st

from assessment.ui.guard.gate import admit
from assessment.ui.guard.stored import visible_records
from assessment.ui.rounds import rounds
from assessment.ui.rounds.round_form import show_form
from assessment.ui.session.reader import current_reader

here = current_reader()
admit(here, to="manage")
rounds.stop_in_the_room(here)
st.title(here.gettext("Rounds"), anchor=False)

rounds.show_made(here)
rounds.show_rounds(here)
show_form(here, visible_records())

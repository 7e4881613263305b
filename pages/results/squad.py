"""What does it say? One squad's result at a period, from the verdict to the levers."""

import streamlit as st

from assessment.results import result_of
from assessment.ui.addition import added_notice
from assessment.ui.choices import address, chosen_by, chosen_period, chosen_squad
from assessment.ui.empty import stop_if_empty
from assessment.ui.gate import admit
from assessment.ui.reader import reader
from assessment.ui.result import show_heading, show_result
from assessment.ui.save_form import saved_notice
from assessment.ui.setup import show_line
from assessment.ui.stored import history, stored
from assessment.ui.take_away import show_squad_files

here = reader()
admit(here, to="results")
st.title(here.gettext("Squad"), anchor=False)
found = stored()
stop_if_empty(here, found)

squad_place, by_place, period_place = st.columns([3, 2, 2])
with by_place:
    by = chosen_by(here)
rounds = history(found, by)
with squad_place:
    squad = chosen_squad(here, rounds)
with period_place:
    period = chosen_period(here, rounds, [squad])

saved_notice(here, found, squad)
added_notice(here, found, squad)
result = result_of(rounds, squad, period, found.actions)
show_heading(here, result)
back = address([squad], period=period, language=here.language)
show_line(here, squad, result.round.setup, back=back)
show_result(here, result)
show_squad_files(here, result)

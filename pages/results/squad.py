"""What does it say? One squad's result at a period, from the verdict to the levers."""

import streamlit as st

from assessment.rounds.results import result_of
from assessment.ui.check.addition import added_notice
from assessment.ui.check.save_form import saved_notice
from assessment.ui.check.setup import show_line
from assessment.ui.guard.gate import admit
from assessment.ui.guard.stored import history, visible_records
from assessment.ui.parts.choices import address, chosen_by, chosen_period, chosen_squad
from assessment.ui.parts.empty import stop_if_empty
from assessment.ui.results.result import show_heading, show_result
from assessment.ui.results.take_away import show_squad_files
from assessment.ui.session.reader import current_reader

here = current_reader()
admit(here, to="results")
st.title(here.gettext("Squad"), anchor=False)
found = visible_records()
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

"""Where must leadership help? The chosen squads in one sentence, one picture and a few levers."""

import streamlit as st

from assessment.rounds.leadership import most_in_a_period, summary_of
from assessment.ui.guard.gate import admit
from assessment.ui.guard.stored import history, visible_records
from assessment.ui.parts.empty import stop_if_empty
from assessment.ui.parts.url_choices import chosen_by, chosen_period, chosen_squads
from assessment.ui.results.leadership import show_overview, show_pictures, stop_without_squads
from assessment.ui.results.take_away import show_summary_files
from assessment.ui.session.reader import current_reader
from assessment.wording.overview import Overview

reader = current_reader()
admit(reader, to="results")
st.title(reader.gettext("Leadership"), anchor=False)
records = visible_records()
stop_if_empty(reader, records)

squads_place, by_place, period_place = st.columns([3, 2, 2])
with by_place:
    by = chosen_by(reader)
rounds = history(records, by)
with squads_place:
    squads = chosen_squads(reader, rounds, room="summed-up", first=rounds.squads)
stop_without_squads(reader, squads)
with period_place:
    period = chosen_period(reader, rounds, squads, least=most_in_a_period(rounds, squads))

summary = summary_of(rounds, squads, period, records.actions)
part = Overview(reader.edition, summary, reader.today)
show_overview(reader, part)
show_summary_files(reader, summary)
show_pictures(reader, part)

"""Since when? How levels move from round to round."""

import streamlit as st

from assessment.ui.guard.gate import admit
from assessment.ui.guard.stored import history, visible_records
from assessment.ui.parts.empty import stop_if_empty
from assessment.ui.parts.url_choices import chosen_by, chosen_squads, last_squad
from assessment.ui.results.trends import show_trends, stop_without_squad
from assessment.ui.session.reader import current_reader
from assessment.wording.trends import trend_of

reader = current_reader()
admit(reader, to="results")
st.title(reader.gettext("Trends"), anchor=False)
records = visible_records()
stop_if_empty(reader, records)

squads_place, by_place = st.columns([3, 2])
with by_place:
    by = chosen_by(reader)
rounds = history(records, by)
with squads_place:
    squads = chosen_squads(reader, rounds, room="followed", first=[last_squad(rounds)])
stop_without_squad(reader, squads)

show_trends(reader, trend_of(reader.edition, rounds, squads, records.actions, today=reader.today))

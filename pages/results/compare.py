"""Against whom? Two or more squads side by side at a period."""

import streamlit as st

from assessment.rounds.results import comparison_of
from assessment.ui.guard.gate import admit
from assessment.ui.guard.stored import history, visible_records
from assessment.ui.parts.empty import stop_if_empty
from assessment.ui.parts.url_choices import chosen_by, chosen_period, chosen_squads
from assessment.ui.results.compare import LEAST_SQUADS, show_absent, show_comparison, stop_under_two
from assessment.ui.session.reader import current_reader
from assessment.wording.comparison import ComparisonPart

reader = current_reader()
admit(reader, to="results")
st.title(reader.gettext("Compare"), anchor=False)
records = visible_records()
stop_if_empty(reader, records)

squads_place, by_place, period_place = st.columns([3, 2, 2])
with by_place:
    by = chosen_by(reader)
rounds = history(records, by)
with squads_place:
    squads = chosen_squads(reader, rounds, room="compared", first=rounds.squads)
stop_under_two(reader, squads)
with period_place:
    period = chosen_period(reader, rounds, squads, least=LEAST_SQUADS)

part = ComparisonPart(reader.edition, comparison_of(rounds, squads, period))
show_absent(reader, part)
show_comparison(reader, part)

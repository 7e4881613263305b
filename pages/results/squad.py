"""What does it say? One squad's result at a period, from the verdict to the levers."""

import streamlit as st

from assessment.rounds.results import result_of
from assessment.ui.check.addition import added_notice
from assessment.ui.check.save_form import saved_notice
from assessment.ui.check.setup import show_line
from assessment.ui.guard.gate import admit
from assessment.ui.guard.stored import history, visible_records
from assessment.ui.parts.empty import stop_if_empty
from assessment.ui.parts.url_choices import chosen_by, chosen_period, chosen_squad, query_params_of
from assessment.ui.results.result import show_heading, show_result
from assessment.ui.results.take_away import show_squad_files
from assessment.ui.session.reader import current_reader
from assessment.wording.briefing import SquadPart

reader = current_reader()
admit(reader, to="results")
st.title(reader.gettext("Squad"), anchor=False)
records = visible_records()
stop_if_empty(reader, records)

squad_place, by_place, period_place = st.columns([3, 2, 2])
with by_place:
    by = chosen_by(reader)
rounds = history(records, by)
with squad_place:
    squad = chosen_squad(reader, rounds)
with period_place:
    period = chosen_period(reader, rounds, [squad])

saved_notice(reader, records, squad)
added_notice(reader, records, squad)
result = result_of(rounds, squad, period, records.actions)
part = SquadPart(reader.edition, result, reader.today)
show_heading(reader, part)
back = query_params_of([squad], period=period, language=reader.language)
show_line(reader, squad, result.round.setup, back=back)
show_result(reader, part)
show_squad_files(reader, result)

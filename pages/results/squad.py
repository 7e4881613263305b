"""What does it say? One squad's result at a period, from the verdict to the levers."""

import streamlit as st

from assessment.ui.check.saved import show_saved
from assessment.ui.check.setup import caption_with_setup, show_edit_button
from assessment.ui.guard.gate import admit
from assessment.ui.guard.stored import visible_records
from assessment.ui.parts.empty import rounds_and_head
from assessment.ui.parts.url_choices import chosen_squad_and_period
from assessment.ui.results.result import show_first_block
from assessment.ui.results.sections import show_sections
from assessment.ui.results.take_away import show_agreement_files, show_squad_files
from assessment.ui.results.worded import squad_part
from assessment.ui.session.ways import parameters_of

reader = admit(to="results")
records = visible_records()
rounds, head = rounds_and_head(reader, records, title=reader.gettext("Squad"))

with head.selectors:
    squad, period = chosen_squad_and_period(reader, rounds)

with st.container():  # its own place: it goes while the page stays
    show_saved(reader, records, squad)
part = squad_part(reader, rounds, squad, period, records.actions)
result = part.result
caption = caption_with_setup(reader, part.caption, result.round)
head.show_name(squad, caption=caption, badge=part.badge)
with head.caption:
    back = parameters_of([squad], period)
    show_edit_button(reader, squad, result.round.setup, back=back)
show_first_block(reader, part)
show_sections(reader, part)
with head.menu(reader, [squad], period):
    show_squad_files(reader, part)
    show_agreement_files(reader, part)

"""Where must leadership help? The chosen squads in one sentence, and whose move it is."""

from assessment.ui.guard.gate import admit
from assessment.ui.guard.stored import history, visible_released_records
from assessment.ui.parts.across_choice import settled_across, show_across_choice
from assessment.ui.parts.empty import stop_if_empty, stop_if_unknown
from assessment.ui.parts.head import page_head
from assessment.ui.parts.url_choices import settled_by
from assessment.ui.results import leadership
from assessment.ui.results.take_away import show_summary_files
from assessment.ui.results.worded import overview
from assessment.ui.session.reader import current_reader

reader = current_reader()
admit(reader, to="results")
title = reader.gettext("Leadership")
records = visible_released_records()
stop_if_empty(reader, records, title=title)
rounds = history(records, settled_by(reader))
leadership.open_only_squad(rounds)

head = page_head()
stop_if_unknown(reader, rounds, head, title=title, room="summed-up")
choice = settled_across(reader, rounds, head, room="summed-up", least_squads=1, title=title)
part = overview(reader, rounds, choice.squads, choice.period, records.actions)
head.show_name(title, badge=part.badge)
show_across_choice(reader, rounds, head, choice, label=part.heading)
with head.menu(reader, choice.squads, choice.period):
    make_file = show_summary_files(reader, part.summary)
    leadership.show_pictures(reader, part)

leader = leadership.show_first_screen(reader, part)
leadership.show_rest(reader, part, leader)
make_file()

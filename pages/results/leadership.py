"""Where must leadership help? The chosen squads in one sentence, and whose move it is."""

from assessment.ui.guard.gate import admit
from assessment.ui.guard.stored import visible_released_records
from assessment.ui.parts.across_choice import settled_across, show_across_choice
from assessment.ui.parts.empty import rounds_and_head
from assessment.ui.results import leadership
from assessment.ui.results.take_away import show_summary_files
from assessment.ui.results.worded import overview

reader = admit(to="results")
title = reader.gettext("Leadership")
records = visible_released_records()
rounds, head = rounds_and_head(reader, records, title=title, room="summed-up")
leadership.open_only_squad(rounds)

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

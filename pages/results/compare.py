"""Against whom? Two or more squads side by side at a period."""

from assessment.ui.guard.gate import admit
from assessment.ui.guard.stored import visible_records
from assessment.ui.parts.across_choice import settled_across, show_across_choice
from assessment.ui.parts.downloads import download_table
from assessment.ui.parts.empty import rounds_and_head
from assessment.ui.parts.url_choices import squads_chosen
from assessment.ui.results import compare
from assessment.ui.results.worded import comparison_part

reader = admit(to="results")
title = reader.gettext("Compare")
records = visible_records()
rounds, head = rounds_and_head(reader, records, title=title, room="compared")

hint = reader.gettext("Comparing takes two squads, and only one has a check so far.")
choice = settled_across(
    reader, rounds, head, room="compared", least_squads=compare.LEAST_SQUADS, hint=hint, title=title
)
part = comparison_part(reader, rounds, choice.squads, choice.period)
head.show_name(title, badge=part.badge)
chosen = squads_chosen(reader, rounds, part.squads)
show_across_choice(reader, rounds, head, choice, label=part.caption_of(choice.period, chosen))
compare.stop_if_incomparable(reader, part, choice.period)
with head.menu(reader, choice.squads, choice.period):
    download_table(reader, part.exported_levels, reader.gettext("compare"), what="comparison")

compare.show_comparison(reader, part)

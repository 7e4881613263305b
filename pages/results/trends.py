"""Since when? How levels move from round to round."""

from assessment.ui.guard.gate import admit
from assessment.ui.guard.stored import visible_records
from assessment.ui.parts.across_choice import MOVING, settled_trend_squads, show_trend_choice
from assessment.ui.parts.downloads import download_table
from assessment.ui.parts.empty import rounds_and_head
from assessment.ui.parts.url_choices import settled_earlier
from assessment.ui.results.trends import show_trends
from assessment.ui.results.worded import trend_part
from assessment.wording.trends import earlier_periods

reader = admit(to="results")
title = reader.gettext("Trends")
records = visible_records()
rounds, head = rounds_and_head(reader, records, title=title, room=MOVING)

squads = settled_trend_squads(reader, rounds)
since = settled_earlier(reader, earlier_periods(rounds, squads, today=reader.today))
part = trend_part(reader, rounds, squads, records.actions, since)
head.show_name(title, badge=part.badge)
show_trend_choice(reader, rounds, head, squads, label=part.caption, compared_with=since)
show_trends(reader, part)
with head.menu(reader, squads):
    download_table(reader, part.exported_levels, reader.gettext("trends"), what="trends")

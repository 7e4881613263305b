"""Where to begin? The question and three ways in; with data, where the squads stand."""

from assessment.ui.check import unfinished
from assessment.ui.guard.gate import admit
from assessment.ui.guard.stored import history, visible_records
from assessment.ui.home.home import show_squads, show_welcome

reader = admit(to="check")
records = visible_records()
unfinished.hold(unfinished.CHECK)

if records.assessments or records.totals:
    show_squads(reader, records, history(records, "month"))
else:
    show_welcome(reader)
unfinished.keep()

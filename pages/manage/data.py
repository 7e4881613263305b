"""What is stored? The list, the download, deletion, sample data, and rows set aside."""

import streamlit as st

from assessment.ui.guard.gate import admit
from assessment.ui.guard.stored import visible_records
from assessment.ui.manage import data, exchange
from assessment.ui.manage.squads import show_squads
from assessment.ui.manage.vanished import show_vanished
from assessment.ui.parts.empty import stop_if_empty
from assessment.ui.session.reader import current_reader

reader = current_reader()
admit(reader, to="manage")
st.title(reader.gettext("Data"), anchor=False)

found = visible_records()
show_vanished(reader)
data.show_set_aside(reader, found)
data.show_hidden(reader, found)
stop_if_empty(reader, found, offer=data.show_without_checks)

data.show_list(reader, found)
exchange.show(reader, found)
show_squads(reader, found)
data.show_sample(reader, found)

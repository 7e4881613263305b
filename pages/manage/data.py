"""What is stored? The list, the download, deletion, sample data, and rows set aside."""

import streamlit as st

from assessment.ui.guard.gate import admit
from assessment.ui.guard.stored import visible_records
from assessment.ui.manage import data, exchange
from assessment.ui.manage.squads import show_squads
from assessment.ui.parts.empty import stop_if_empty
from assessment.ui.session.reader import current_reader

here = current_reader()
admit(here, to="manage")
st.title(here.gettext("Data"), anchor=False)

found = visible_records()
data.show_set_aside(here, found)
data.show_hidden(here, found)
stop_if_empty(here, found, offer=data.show_without_checks)

data.show_list(here, found)
exchange.show(here, found)
show_squads(here, found)
data.show_sample(here, found)

"""What is stored? A list to search, downloads, one squad's data, rows set aside, sample data."""

import streamlit as st

from assessment.ui.guard.gate import admit
from assessment.ui.guard.stored import visible_records
from assessment.ui.manage import data, exchange, squads
from assessment.ui.parts.empty import stop_if_empty
from assessment.ui.parts.head import page_head
from assessment.ui.parts.records import stored_counts

reader = admit(to="manage")
records = visible_records()
head = page_head()
head.show_name(reader.gettext("Data"), caption=stored_counts(reader, records))
data.show_vanished(reader)
data.show_set_aside(reader, records)
data.show_ahead(reader, records)
data.show_hidden(reader, records)
stop_if_empty(reader, records, offer=data.show_without_checks)

with head.menu_place, st.popover(reader.gettext("Download"), icon=":material/download:"):
    exchange.show_downloads(reader, records)
data.show_list(reader, records)
squads.show_dialog(reader, records)
exchange.show_upload(reader, records)
data.show_sample(reader, records)

"""Loading and removing the sample company, one click each."""

import streamlit as st

from assessment.exchange.sample import sample_loaded_on, sample_records
from assessment.model import Assessment
from assessment.model.sample import is_sample
from assessment.ui.guard.stored import all_records, store
from assessment.ui.parts import deeds
from assessment.ui.session import keys, page_files
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import Look, button
from assessment.ui.session.ways import open_page


def load_button(reader: Reader) -> None:
    """The button that stores the sample company."""
    label = reader.gettext("Load the sample data")
    button(label, _load, reader, key=keys.SAMPLE_LOAD, icon="science", look="tertiary")


def look_button(reader: Reader, *, look: Look = "secondary") -> None:
    """The button that stores the sample company and shows one of its squads."""
    label = reader.gettext("Look at a sample company")
    button(label, _look, reader, key=keys.SAMPLE_LOOK, icon="science", look=look)


def remove_button(reader: Reader) -> None:
    """The button that takes the sample company out again; real checks stay."""
    label = reader.gettext("Remove the sample data")
    button(label, _remove, reader, key=keys.SAMPLE_REMOVE, icon="science_off")


def show_badge(mark: str) -> None:
    """The mark of sample data."""
    st.badge(mark, icon=":material/science:", color="orange")


def badge_text(mark: str) -> str:
    """The mark of sample data for a line of Markdown."""
    return f":orange-badge[:material/science: {mark}]"


def _load(reader: Reader) -> None:
    records = sample_loaded_on(reader.today, language=reader.language)
    undo = deeds.undo_adding(records, added=store().add(records))
    deeds.tell(reader.gettext("The sample company is loaded."), undo=undo)


def _look(reader: Reader) -> None:
    _load(reader)
    squads = [record.squad for record in sample_records() if isinstance(record, Assessment)]
    open_page(page_files.SQUAD, squad=min(squads))


def _remove(reader: Reader) -> None:
    ids = [record.id for record in all_records().records if is_sample(record.id)]
    _count, undo = deeds.delete(ids)
    deeds.tell(reader.gettext("The sample company is removed."), undo=undo)

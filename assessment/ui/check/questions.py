"""The questions of the quick check, asked alike wherever it is taken: one click each."""

from __future__ import annotations

from functools import partial

import streamlit as st

from assessment.model import Item
from assessment.ui.session import keys
from assessment.ui.session.plain_text import as_plain_text
from assessment.ui.session.reader import Reader


def ask_items(reader: Reader, module_id: str) -> None:
    """The items of one step, after a word about what they look at."""
    st.markdown(as_plain_text(reader.edition.texts.modules[module_id].intro))
    for item in reader.edition.framework.items_of(module_id):
        _ask_item(reader, item)


def _ask_item(reader: Reader, item: Item) -> None:
    """One item; its label is bare text, since screen readers read marks aloud."""
    wording = reader.edition.texts.items[item.id]
    with st.container(gap="xsmall"):
        st.markdown(f"**{as_plain_text(wording.question)}**", help=as_plain_text(wording.why))
        st.segmented_control(
            wording.question,
            reader.edition.framework.options_by_item[item.id],
            format_func=partial(reader.edition.option, item.id),
            label_visibility="collapsed",
            key=keys.answer(item.id),
            persist_state="session",
            wrap=True,
        )

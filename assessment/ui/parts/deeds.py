"""What was just done to stored records: told in view, with a way to undo it where there is one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import streamlit as st

from assessment.model import Assessment, Survey
from assessment.model.link import Link
from assessment.storage.protocol import Record
from assessment.ui.guard.stored import store
from assessment.ui.session import keys
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_text, button

Undo = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done, in words, and what takes it back."""

    text: str
    undo: Undo | None


def tell(text: str, *, undo: Undo | None = None) -> None:
    """Have the page that follows say, in view, what was done; once."""
    st.session_state[keys.DEED] = Deed(text, undo)


def show_deed_once(reader: Reader) -> None:
    """What was just done, over the page whatever part of it is seen, and Undo."""
    deed: Deed | None = st.session_state.pop(keys.DEED, None)
    if deed is None:
        return
    with st.container(key=keys.DEED_BAR, horizontal=True, vertical_alignment="center"):
        st.success(as_plain_text(deed.text), icon=":material/check:")
        if deed.undo:
            done = reader.gettext("Undone: it is as it was before.")
            button(reader.gettext("Undo"), _undo, deed.undo, done, key=keys.DEED_UNDO, icon="undo")


def restoring(records: Sequence[Record]) -> Undo | None:
    """What stores deleted records again; None where a promise or a link went with them."""
    return (lambda: store().add(records)) if _are_simple(records) else None


def deleting(records: Sequence[Record]) -> Undo | None:
    """What deletes records that were just added; likewise."""
    ids = [record.id for record in records]
    return (lambda: store().delete(ids)) if _are_simple(records) else None


def _are_simple(records: Collection[Record]) -> bool:
    """Whether nothing was promised to anybody about these records, and no link went with them."""
    return not any(
        isinstance(record, Link | Survey)
        or (isinstance(record, Assessment) and record.gathering is not None)
        for record in records
    )


def _undo(undo: Undo, done: str) -> None:
    undo()
    tell(done)

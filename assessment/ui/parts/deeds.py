"""What was just done to stored records: told in view, with a way to undo it where there is one."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from uuid import UUID, uuid4

import streamlit as st

from assessment.access.agreements import confirmations_of
from assessment.access.taking_back import NOT_DELETED, check_untouched
from assessment.content.loading import shipped_framework
from assessment.errors import Conflict, StorageError, template
from assessment.model import Assessment, Survey
from assessment.model.link import Link
from assessment.storage.protocol import CHANGED, Record, Stored
from assessment.ui.guard.stored import store
from assessment.ui.session import keys
from assessment.ui.session.look import take_focus
from assessment.ui.session.reader import Reader, current_reader
from assessment.ui.session.saying import as_plain_text, button

Undo = Callable[[], object]

NOT_TAKEN_BACK = template(
    "this could not be taken back, since somebody changed it meanwhile; it stays as it is now"
)


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done, in words, and what takes it back."""

    text: str
    undo: Undo | None


def tell(text: str, *, undo: Undo | None = None) -> None:
    """Have the page that follows say, in view, what was done; once."""
    st.session_state[keys.DEED] = Deed(text, undo)


def tell_undone() -> None:
    """Have it say that all is as it was before the deed."""
    tell(current_reader().gettext("Undone: it is as it was before."))


def show_deed_once(reader: Reader) -> None:
    """What was just done, over the page whatever part of it is seen, and Undo."""
    deed: Deed | None = st.session_state.pop(keys.DEED, None)
    if deed is None:
        return
    with st.container(key=keys.DEED_BAR, horizontal=True, vertical_alignment="center"):
        st.success(as_plain_text(deed.text), icon=":material/check:")
        if deed.undo:
            show_undo(reader, partial(_undo, deed, deed.undo), key=keys.DEED_UNDO)
    text = f".st-key-{keys.DEED_BAR} [data-testid=stAlertContainer]"
    take_focus(text, occasion=f"deed-{uuid4()}", block="nearest")


def show_undo(reader: Reader, undo: Undo, *, key: str) -> None:
    """The button that takes back what was just done, or says why it cannot."""
    button(reader.gettext("Undo"), _take_back_or_say, undo, key=key, icon="undo")


def _take_back_or_say(undo: Undo) -> None:
    try:
        undo()
    except Conflict as error:
        if error.template in (CHANGED, NOT_DELETED):
            raise Conflict(NOT_TAKEN_BACK) from error
        raise


def delete(ids: Collection[UUID]) -> tuple[int, Undo | None]:
    """Delete records; how many there were, and what stores them again.

    With agreements go the answers to them. None stores again what a promise or a link went with.
    """
    gone: list[Record] = []

    def note(stored: Stored) -> None:
        going = {*ids, *confirmations_of(ids, stored)}
        gone[:] = (record for record in stored.records if record.id in going)

    count = store().delete(ids, check=note)
    return count, (lambda: store().add(gone)) if _are_simple(gone) else None


def undo_adding(records: Collection[Record], *, added: int) -> Undo | None:
    """What takes back records of which so many were just added.

    None where a promise or a link came with them, or some are somebody else's, who was faster.
    """
    is_own = added == len(records) > 0
    return partial(take_back, records) if is_own and _are_simple(records) else None


def take_back(records: Collection[Record]) -> None:
    """Delete records as they were seen; Conflict where somebody changed one, or named one."""
    check = partial(check_untouched, records, framework=shipped_framework())
    store().delete([record.id for record in records], check=check)


def _are_simple(records: Collection[Record]) -> bool:
    """Whether nothing was promised to anybody about these records, and no link went with them."""
    return not any(
        isinstance(record, Link | Survey)
        or (isinstance(record, Assessment) and record.gathering is not None)
        for record in records
    )


def _undo(deed: Deed, undo: Undo) -> None:
    try:
        undo()
    except StorageError:
        st.session_state[keys.DEED] = deed  # to be undone once the store is back
        raise
    tell_undone()

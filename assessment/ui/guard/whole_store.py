"""The server's one store, unguarded: pages go through stored.py, which asks who is there."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from assessment.content.loading import shipped_framework
from assessment.project import home_of_data
from assessment.storage.kinds import fitted, kind_of
from assessment.storage.opening import DATA_FOLDER, DATABASE_URL, open_store
from assessment.storage.protocol import Check, Record, SquadRecord, Store, Stored, Writer
from assessment.ui.session.kept import kept

_looked: ContextVar[list[Stored] | None] = ContextVar("_looked", default=None)
"""What this run found stored, once it has looked."""


@contextmanager
def looking_once() -> Iterator[None]:
    """Look once at what is stored for all that a run shows within: over a network each look waits.

    Whoever takes the store or decides who a visitor is, as all do that change something, has it
    looked at anew.
    """
    if _looked.get() is not None:
        yield
        return
    token = _looked.set([])
    try:
        yield
    finally:
        _looked.reset(token)


def stored_now() -> Stored:
    """What is stored, answers that nobody may see included; StorageError where it is not told."""
    looked = _looked.get()
    if looked:
        return looked[0]
    stored = unguarded_store().read()
    if looked is not None:
        looked.append(stored)
    return stored


def look_anew() -> None:
    """Have the next look read the store again."""
    if looked := _looked.get():
        looked.clear()


def unguarded_store() -> Store:
    """The store the environment names; StorageError when it names none that can be."""
    look_anew()
    return _store_at(os.environ.get(DATABASE_URL), os.environ.get(DATA_FOLDER))


def other_stored(
    store: Writer, record: SquadRecord, *beside: Record, check: Check | None = None
) -> SquadRecord | None:
    """Store a record, others beside it, or find what stands under its id and says otherwise.

    When it was saved makes no difference: a try that nobody could vouch for may be sent again.
    """
    if store.add([record, *beside], check=check) > len(beside):
        return None
    known = stored_as(record)
    return None if known is None or is_of_one_wording(known, record) else known


def stored_as(record: SquadRecord) -> SquadRecord | None:
    """What stands under a record's id right now."""
    stored: Iterable[SquadRecord] = unguarded_store().read().of(kind_of(record))
    return next((known for known in stored if known.id == record.id), None)


def is_of_one_wording(stored: SquadRecord, sent: SquadRecord) -> bool:
    """Whether a record is stored as it was sent, whenever it was saved."""
    sent = fitted(sent, shipped_framework())
    return stored.model_copy(update={"saved_at": sent.saved_at}) == sent


@kept(at_most=4, closing=lambda store: store.close())
def _store_at(database: str | None, folder: str | None) -> Store:
    return open_store(os.environ, shipped_framework(), project=home_of_data())

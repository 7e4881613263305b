"""What is stored, as far as the visitor may see it, and what is computed from that."""

import os
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import tzinfo
from functools import partial
from typing import TypeVar

import streamlit as st

from assessment.access.guarded_store import GuardedStore
from assessment.access.release import released_records
from assessment.access.rights import Rights, Visitor, visible
from assessment.content.loading import shipped_framework
from assessment.errors import Conflict, SquadGone, StorageError, WhoDecidesError, template
from assessment.model import name_key
from assessment.model.period import BYS, By
from assessment.project import home_of_data
from assessment.rounds.history import History
from assessment.storage.collection import collection_put_off
from assessment.storage.csv.places import is_temporary, locks_are_honoured
from assessment.storage.kinds import kind_of
from assessment.storage.opening import DATA_FOLDER, DATABASE_URL, folder_in
from assessment.storage.protocol import CHANGED, GONE, Record, SquadRecord, Stored, Writer
from assessment.ui.guard.visitor import current_rights, refuse_unless_editor
from assessment.ui.guard.whole_store import (
    is_of_one_wording,
    other_stored,
    stored_as,
    stored_now,
    unguarded_store,
)
from assessment.ui.session import keys
from assessment.ui.session.kept import kept
from assessment.ui.session.reader import current_reader

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class StorageDisk:
    """What the disk under a CSV store is like: whether files last on it, and whether locks hold."""

    is_temporary: bool
    honours_locks: bool


def store() -> Writer:
    """The store, to change within what surveys promised; Refused for whoever may not edit."""
    refuse_unless_editor()
    return GuardedStore(unguarded_store())


def read_ahead() -> None:
    """Read what is stored and pool it for editors ahead; where that fails, the pages tell."""
    with suppress(WhoDecidesError):
        rights, stored = Rights(Visitor("editor")), unguarded_store().read()
        seen = _visible(stored, rights.scope, rights)
        _history(seen, BYS[0], rights)


def check_store() -> None:
    """Raise StorageError where the store does not answer, or nothing can be saved in it."""
    store = unguarded_store()
    store.read()
    store.check_writable()


def all_records() -> Stored:
    """All that is stored, to count and to delete, never to show; Refused unless editor."""
    refuse_unless_editor(current_rights())
    return stored_now()


def visible_records() -> Stored:
    """What is stored right now, as far as the visitor may see it."""
    rights = current_rights()
    stored = stored_now()
    return _visible(stored, rights.scope, rights)


def visible_released_records() -> Stored:
    """What the visitor may see, without what no squad released: as leadership sees it."""
    return released_records(visible_records())


def check_squad_known(squad: str, stored: Stored) -> None:
    """Raise SquadGone where nothing is stored of a squad."""
    if all(record.squad_key != name_key(squad) for record in stored.squad_records):
        raise SquadGone(
            template(
                "the squad {squad} was renamed meanwhile, merged into another or deleted, so "
                "nothing was stored; look on the data page what it is called now"
            ),
            squad=squad,
        )


def check_in_squad(record: SquadRecord, stored: Stored, *, is_there: bool = True) -> None:
    """Raise SquadGone where a record's squad is gone, or is another one's by now.

    Conflict where it is gone itself, though it should be there.
    """
    known = next((known for known in stored.of(kind_of(record)) if known.id == record.id), None)
    if known is None:
        check_squad_known(record.squad, stored)
        if is_there:
            raise Conflict(GONE)
    elif known.squad_key != record.squad_key:
        raise SquadGone(
            template(
                "this belongs to the squad {now} by now, so your change was not stored; open {now} "
                "and make it there"
            ),
            now=known.squad,
        )


def save(
    record: SquadRecord, *, before: SquadRecord | None = None, may_be_new: bool = False
) -> None:
    """Store a record as it now reads, in the place of what the page showed: `before`, or nothing.

    Conflict where something else stands there by now, unless that is an earlier try from here: it
    may have been stored though it seemed to fail. Its squad is known, unless it `may_be_new`.
    """
    check = partial(check_in_squad, record, is_there=before is not None)
    tries = st.session_state.setdefault(keys.TRIES, {})
    earlier = tries.get(record.id, ())
    tries[record.id] = (*earlier, record)
    try:
        if before:
            store().revise(before, record, check=check)
        elif other_stored(store(), record, check=None if may_be_new else check):
            raise Conflict(CHANGED)
    except Conflict as error:
        known = stored_as(record)
        is_own = known and any(is_of_one_wording(known, sent) for sent in earlier)
        if isinstance(error, SquadGone) or known is None or not is_own:
            raise
        store().revise(known, record)
    tries[record.id] = (record,)
    note_last(record)


@contextmanager
def until_done(
    thing: Hashable,
    deed: Hashable,
    make: Callable[[], T],
    *,
    records: Callable[[T], Collection[SquadRecord]],
) -> Iterator[T]:
    """What `make` makes to be stored; what it made before, if a try that failed stored any of it.

    So what was stored in part, or without anybody knowing, is not stored twice: `records` tells
    which of it to look for. It is made anew once another `deed` is done to the same `thing`.
    """
    tried = st.session_state.setdefault(keys.DEEDS_TRIED, {})
    earlier, made = tried.get(thing, (None, None))
    if earlier != deed or not any(map(stored_as, records(made))):
        made = make()
    tried[thing] = deed, made
    yield made
    del tried[thing]


def note_last(record: Record) -> None:
    """Note which record this session stored last: only that one can be taken back safely."""
    st.session_state[keys.LAST_STORED] = record.id


def is_last(record: Record) -> bool:
    """Whether a record was stored last here, so that taking it back leaves nothing hanging."""
    return bool(st.session_state.get(keys.LAST_STORED) == record.id)


def vanished_records() -> Sequence[Record]:
    """What is gone since another program saved an older file, never to show; Refused likewise."""
    refuse_unless_editor(current_rights())
    return unguarded_store().vanished()


def bring_back_vanished() -> int:
    """Store again what vanished, and return how many records that were; likewise."""
    refuse_unless_editor()
    store = unguarded_store()
    added = store.add(store.vanished())
    store.let_go()
    return added


def let_vanished_go() -> None:
    """No longer tell what vanished; likewise."""
    refuse_unless_editor()
    unguarded_store().let_go()


def storage_disk() -> StorageDisk:
    """The disk that answers are stored on; tried once per server and folder."""
    return _disk_under(os.environ.get(DATABASE_URL), os.environ.get(DATA_FOLDER))


def history(stored: Stored, by: By) -> History:
    """Every squad's rounds by month or quarter; after a change only what it touches is anew."""
    return _history_read_in(current_reader().edition.zone, stored, by, current_rights())


@kept(at_most=4)
def _disk_under(database: str | None, folder: str | None) -> StorageDisk:
    if database:
        return StorageDisk(is_temporary=False, honours_locks=True)
    honours_locks = True
    with suppress(StorageError):  # where nothing can be tried, the store itself says why
        honours_locks = locks_are_honoured(
            folder_in({DATA_FOLDER: folder or ""}, project=home_of_data())
        )
    return StorageDisk(is_temporary=is_temporary(os.environ), honours_locks=honours_locks)


@kept(at_most=16)
def _visible(stored: Stored, scope: Hashable, _rights: Rights) -> Stored:
    return visible(stored, _rights)


@dataclass(slots=True)
class _Latest:
    """The history made last, of which the next one keeps what has not changed."""

    history: History | None = None


@kept(at_most=16)
def _latest(by: By, scope: Hashable) -> _Latest:
    return _Latest()


@kept(at_most=16)
def _history_read_in(zone: tzinfo, stored: Stored, by: By, _rights: Rights) -> History:
    """The history beside what was agreed, for readers of one time zone."""
    return _history(stored, by, _rights).reading(
        stored.agreements,
        stored.confirmations,
        stored.votes,
        until=_rights.last_day,
        hidden=not _rights.may_see_agreements,
        zone=zone,
    )


@kept(at_most=16)
def _history(stored: Stored, by: By, _rights: Rights) -> History:
    latest = _latest(by, _rights.scope)
    with collection_put_off():
        latest.history = History(
            shipped_framework(),
            stored.assessments,
            by,
            setups=stored.setups,
            surveys=(*stored.surveys, *stored.totals),
            version=stored.version,
            earlier=latest.history,
        )
    return latest.history

"""What every store promises, whatever it keeps its records in."""

import logging
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Protocol, cast
from uuid import UUID

from assessment.errors import Conflict, StorageError, WhoDecidesError, template
from assessment.model import Action, Agreement, Assessment, Confirmation, Setup, Survey, Total, Vote
from assessment.model.link import Link
from assessment.storage.kinds import KINDS, LINKS, Kind, R
from assessment.storage.kinds import Record as Record
from assessment.storage.kinds import SquadRecord as SquadRecord

LOG = logging.getLogger("who_decides")

CHANGED = template(
    "somebody changed this meanwhile, so your change was not stored; look at it, then make your "
    "change again"
)
GONE = template("this was deleted meanwhile, or can no longer be read, so nothing was changed")


@dataclass(frozen=True, slots=True)
class SetAside:
    """A stored row that could not be read: kept where it is, reported, never dropped.

    `file` is its name, `line` counts physical lines from 1 (the header), `text` is the row as
    found, shortened for display, `reason` renders in any language. `second_of` is the id it shares
    with a record that was read before it: such a row goes when that record is deleted, since it
    would otherwise take its place.
    """

    file: str
    line: int
    text: str
    reason: WhoDecidesError
    second_of: UUID | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """Everything a store holds at one moment, each kind in the order it was saved.

    Answers whose order must tell nothing lie as `ArrivalOrder` has them. `version` is equal for
    equal content and changes with it, so that whatever was computed from it can be kept.
    """

    assessments: tuple[Assessment, ...] = ()
    setups: tuple[Setup, ...] = ()
    actions: tuple[Action, ...] = ()
    surveys: tuple[Survey, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    votes: tuple[Vote, ...] = ()
    totals: tuple[Total, ...] = ()
    links: tuple[Link, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    version: Hashable = None

    @property
    def records(self) -> tuple[Record, ...]:
        """The records of every kind, kind by kind."""
        return tuple(chain.from_iterable(map(self.of, KINDS)))

    @property
    def squad_records(self) -> tuple[SquadRecord, ...]:
        """The records that belong to a squad, kind by kind."""
        return tuple(chain.from_iterable(self.of(kind) for kind in KINDS if kind is not LINKS))

    @property
    def knows_squads(self) -> bool:
        """Whether a record of any squad is stored, told without a list of them."""
        return any(self.of(kind) for kind in KINDS if kind is not LINKS)

    @property
    def survey_answers(self) -> tuple[Assessment | Vote, ...]:
        """What may answer a survey: assessments, and votes in the room."""
        return (*self.assessments, *self.votes)

    def of(self, kind: Kind[R]) -> tuple[R, ...]:
        """The records of one kind."""
        return cast("tuple[R, ...]", getattr(self, kind.name))

    def going_with(self, ids: Collection[UUID]) -> tuple[SetAside, ...]:
        """The rows set aside that deleting these records would remove as well."""
        gone = set(ids)
        return tuple(row for row in self.set_aside if row.second_of in gone)


Check = Callable[[Stored], None]
"""Looks at what is stored, and raises Refused where it must not be changed as was asked."""

Choice = Collection[UUID] | Callable[[Stored], Collection[UUID]]
"""Ids of records, or what chooses them among what is stored."""


class Writer(Protocol):
    """Changes what a store keeps.

    Methods raise StorageError when the store is out of reach or cannot be written, StoreBusy when
    others are at it for too long. Where nobody can tell whether a change was stored, make it again.
    """

    def add(self, records: Collection[Record], *, check: Check | None = None) -> int:
        """Store records for good, kinds mixed as they come, and return how many were new.

        Returns only once they would survive the process being killed. A record whose id is
        already stored is left as it is and not counted. Raises Refused, and stores none of
        them, when one does not fit the framework; of each kind all are stored or none.
        Answers to a confidential survey come last of their kind, in the order of their random ids,
        so that where they lie tells nothing of who answered when (see `ArrivalOrder`).
        `check` is asked first, while nobody else can write; what it raises stops the adding.
        """

    def revise(self, before: Record, after: Record, *, check: Check | None = None) -> None:
        """Put `after` in the place of `before`, which has the same id.

        Raises Conflict, and stores nothing, when what is stored under that id is no longer
        `before` or is gone; Refused when `after` does not fit the framework. Where `after` is
        stored already there is nothing left to do: a revision that nobody could vouch for may be
        sent again. `check` is asked first, while nobody else can write.
        """

    def delete(self, ids: Choice, *, check: Check | None = None) -> int:
        """Remove the records of these ids, whatever their kind, and return how many there were.

        Unreadable rows stay, but for those that share a removed id (`Stored.going_with`).
        `check` is asked first, then what chooses the ids, while nobody else can write; what they
        raise stops the removal.
        """

    def rename(self, squad: str, to: str, *, only: Collection[UUID] | None = None) -> int:
        """Give a squad another name in every record that speaks of it, and return how many did.

        Or in `only` those of these ids, which parts squads that were merged. Links keep sharing it
        under its new name. Spellings of one squad count as one (see `name_key`). When `to` is
        already a squad, the two are merged. Raises Refused when `to` is not a squad's name.
        """


class Store(Writer, Protocol):
    """Keeps records of every kind, or StorageError; the defaults are those of a database."""

    folder: Path | None = None
    """Where its files lie."""

    def read(self) -> Stored:
        """Everything stored; cheap when nothing changed since the last call."""

    def check_writable(self) -> None:
        """Raise StorageError where nothing could be saved; waits for nobody, changes nothing."""

    def close(self) -> None:
        """Give back what the store holds open; it opens anew when it is used again."""

    def is_locked(self) -> bool | None:
        """Whether somebody writes at the moment; None where that is not known."""
        return None

    def links_restored_at(self) -> datetime | None:
        """When an older copy was found here, so that all of its links are off."""
        return None

    def vanished(self) -> Sequence[Record]:
        """What was confirmed once and is gone, since another program saved a file over it."""
        return ()

    def let_go(self) -> None:
        """No longer tell what vanished; what was kept of it goes the way of other backups."""

    def only_in_backups(self, kind: str) -> Sequence[Record]:
        """The records of a kind that earlier versions of its file hold, and the file does not."""
        return ()

    def forget_backups(self, names: Iterable[str], ids: Collection[UUID]) -> int:
        """Delete the earlier versions of these kinds' files, and return how many there were.

        For records that were deleted and are not to be kept any longer, these versions included.
        Of rows that vanished those of these ids go, and those that were deleted here before.
        """
        return 0


@contextmanager
def failure_logged() -> Iterator[None]:
    """Tell the operator of a change that fails within, with no datum."""
    try:
        yield
    except StorageError as error:
        LOG.error("a change failed: %s", error.log_text)
        error.is_logged = True
        raise


def chosen_ids(ids: Choice, stored: Callable[[], Stored]) -> Collection[UUID]:
    """The ids themselves; what is stored is looked at only where something chooses among it."""
    return ids(stored()) if callable(ids) else ids


def is_to_change(stored: R | None, before: R, after: R) -> bool:
    """Whether a revision is still to be made; Conflict where what is stored is not `before`."""
    if stored is None:
        raise Conflict(GONE)
    if stored not in (before, after):
        raise Conflict(CHANGED)
    return stored != after

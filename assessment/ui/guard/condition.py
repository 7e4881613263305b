"""How the server and its store are, for editors: nothing of what is stored, no secret."""

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assessment.errors import StorageError, WhoDecidesError
from assessment.exchange.archives import holds_records
from assessment.project import home_of_data
from assessment.storage.csv.durable import existing
from assessment.storage.csv.table import UNREADABLE, explained
from assessment.storage.environment import BACKUPS
from assessment.storage.opening import left_behind_in, place_in
from assessment.storage.protocol import Stored
from assessment.ui.guard.stored import StorageDisk, check_store, storage_disk
from assessment.ui.guard.visitor import refuse_unless_editor
from assessment.ui.guard.whole_store import unguarded_store
from assessment.ui.session.connections import connections
from assessment.ui.session.kept import kept


@dataclass(frozen=True, slots=True)
class Condition:
    """What an operator wants to know at a glance.

    `stored` is everything, to be counted; None where the store does not answer. Of that the `error`
    tells, or of why nothing can be saved.
    `free` and `total` are bytes of the disk under a folder of files; 0 for a database.
    `left_behind` says where files of answers lie that are not used.
    `empty_backup` names the newest file among the backups where nothing can be restored from it,
    `closed_backup` tells why it, or their folder, cannot be opened.
    """

    place: str
    left_behind: StorageError | None
    stored: Stored | None
    error: WhoDecidesError | None
    is_locked: bool | None
    disk: StorageDisk
    free: int
    total: int
    backups_known: bool
    last_backup: datetime | None
    empty_backup: str
    closed_backup: StorageError | None
    sessions: int


def current_condition() -> Condition:
    """How things are right now; Refused for whoever may not edit."""
    refuse_unless_editor()
    stored, failure, locked, free, total = None, None, None, 0, 0
    try:
        store = unguarded_store()
        if store.folder:
            with explained(UNREADABLE, store.folder):
                total, _used, free = shutil.disk_usage(existing(store.folder))
        stored = store.read()
        check_store()
        locked = store.is_locked()
    except WhoDecidesError as error:
        failure = error
    folder = os.environ.get(BACKUPS, "").strip()
    last_backup, empty_backup, closed_backup = _latest(Path(folder)) if folder else (None, "", None)
    return Condition(
        place=place_in(os.environ, project=home_of_data()),
        left_behind=left_behind_in(os.environ, project=home_of_data()),
        stored=stored,
        error=failure,
        is_locked=locked,
        disk=storage_disk(),
        free=free,
        total=total,
        backups_known=bool(folder),
        last_backup=last_backup,
        empty_backup=empty_backup,
        closed_backup=closed_backup,
        sessions=connections.count,
    )


def _latest(folder: Path) -> tuple[datetime | None, str, StorageError | None]:
    """When the newest export in a folder was made, and what is amiss with the newest file.

    That is its name where it holds none, or why it, or the folder, cannot be opened.
    """
    files = {}
    try:
        with explained(UNREADABLE, folder):
            for path in (path for path in folder.iterdir() if path.suffix == ".zip"):
                with suppress(FileNotFoundError):  # gone by now, or a link to nothing
                    files[path] = path.stat()
    except StorageError as error:
        return None, "", error
    # A file cannot come from later than it was put here, whatever its own date says.
    made = {path: min(status.st_mtime, status.st_ctime) for path, status in files.items()}
    empty, closed = "", None
    for path in sorted(files, key=made.__getitem__, reverse=True):
        try:
            with explained(UNREADABLE, path):
                if _holds_records(path, files[path].st_size, files[path].st_mtime_ns):
                    return datetime.fromtimestamp(made[path], UTC), empty, closed
        except StorageError as error:
            closed = closed or (None if empty else error)
        else:
            empty = empty or ("" if closed else path.name)
    return None, empty, closed


@kept(at_most=64)
def _holds_records(export: Path, size: int, changed: int) -> bool:
    """Whether something can be restored from a file as it is; all of it is unpacked for that."""
    with export.open("rb") as file:
        return holds_records(file)

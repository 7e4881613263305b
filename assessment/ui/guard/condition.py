"""How the server and its store are, for editors: nothing of what is stored, no secret."""

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assessment.errors import WhoDecidesError
from assessment.exchange.archives import holds_records
from assessment.project import home_of_data
from assessment.storage.csv.durable import existing
from assessment.storage.opening import place_in
from assessment.storage.protocol import Stored
from assessment.ui.guard.stored import StorageDisk, check_store, storage_disk
from assessment.ui.guard.visitor import refuse_unless_editor
from assessment.ui.guard.whole_store import unguarded_store
from assessment.ui.session.connections import connections
from assessment.ui.session.kept import kept

BACKUPS = "WHO_DECIDES_BACKUPS"
"""The folder into which a schedule exports, so that the last backup can be told."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What an operator wants to know at a glance.

    `stored` is everything, to be counted; None where the store does not answer. Of that the `error`
    tells, or of why nothing can be saved.
    `free` and `total` are bytes of the disk under a folder of files; 0 for a database.
    `empty_backup` names the newest file among the backups where nothing can be restored from it.
    """

    place: str
    stored: Stored | None
    error: WhoDecidesError | None
    is_locked: bool | None
    disk: StorageDisk
    free: int
    total: int
    backups_known: bool
    last_backup: datetime | None
    empty_backup: str
    sessions: int


def current_condition() -> Condition:
    """How things are right now; Refused for whoever may not edit."""
    refuse_unless_editor()
    stored, failure, locked, free, total = None, None, None, 0, 0
    try:
        store = unguarded_store()
        if store.folder:
            total, _used, free = shutil.disk_usage(existing(store.folder))
        stored = store.read()
        check_store()
        locked = store.is_locked()
    except WhoDecidesError as error:
        failure = error
    folder = os.environ.get(BACKUPS, "").strip()
    last_backup, empty_backup = _latest(Path(folder)) if folder else (None, "")
    return Condition(
        place=place_in(os.environ, project=home_of_data()),
        stored=stored,
        error=failure,
        is_locked=locked,
        disk=storage_disk(),
        free=free,
        total=total,
        backups_known=bool(folder),
        last_backup=last_backup,
        empty_backup=empty_backup,
        sessions=connections.count,
    )


def _latest(folder: Path) -> tuple[datetime | None, str]:
    """When the newest export in a folder was made, and the name of a newer file that holds none."""
    try:
        files = {path: path.stat().st_mtime for path in folder.glob("*.zip")}
    except OSError:
        return None, ""
    newest_first = sorted(files, key=lambda path: files[path], reverse=True)
    export = next((path for path in newest_first if _holds_records(path)), None)
    empty = newest_first[0].name if newest_first and newest_first[0] != export else ""
    return (datetime.fromtimestamp(files[export], UTC) if export else None), empty


def _holds_records(export: Path) -> bool:
    """Whether a file is an export from which something can be restored."""
    try:
        seen = export.stat()
        return _held_records(export, seen.st_size, seen.st_mtime_ns)
    except OSError:
        return False


@kept(at_most=64)
def _held_records(export: Path, size: int, changed: int) -> bool:
    """The same of a file as it was; a whole one is unpacked for it, which takes long."""
    with export.open("rb") as file:
        return holds_records(file)

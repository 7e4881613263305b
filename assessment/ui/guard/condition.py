"""How the server and its store are, for editors: nothing of what is stored, no secret."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assessment.errors import WhoDecidesError
from assessment.project import home_of_data
from assessment.storage.csv.store import CsvStore
from assessment.storage.opening import place_in
from assessment.storage.protocol import Stored
from assessment.ui.guard.stored import StorageDisk, storage_disk
from assessment.ui.guard.visitor import refuse_unless_editor
from assessment.ui.guard.whole_store import unguarded_store
from assessment.ui.session.connections import connections

BACKUPS = "WHO_DECIDES_BACKUPS"
"""The folder into which a schedule exports, so that the last backup can be told."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What an operator wants to know at a glance.

    `stored` is everything, to be counted; None where the store does not answer, for the `error`.
    `free` and `total` are bytes of the disk under a folder of files; None for a database.
    """

    place: str
    stored: Stored | None
    error: WhoDecidesError | None
    is_locked: bool | None
    disk: StorageDisk
    free: int | None
    total: int | None
    backups_known: bool
    last_backup: datetime | None
    sessions: int


def current_condition() -> Condition:
    """How things are right now; Refused for whoever may not edit."""
    refuse_unless_editor()
    stored, failure, locked, usage = None, None, None, None
    try:
        store = unguarded_store()
        if isinstance(store, CsvStore):
            locked = store.is_locked()
            usage = shutil.disk_usage(_existing(store.path("assessments").parent))
        stored = store.read()
    except WhoDecidesError as error:
        failure = error
    folder = os.environ.get(BACKUPS, "").strip()
    return Condition(
        place=place_in(os.environ, project=home_of_data()),
        stored=stored,
        error=failure,
        is_locked=locked,
        disk=storage_disk(),
        free=usage.free if usage else None,
        total=usage.total if usage else None,
        backups_known=bool(folder),
        last_backup=_latest(Path(folder)) if folder else None,
        sessions=connections.count,
    )


def _existing(folder: Path) -> Path:
    """A folder, or the nearest above it that is there."""
    return next(path for path in (folder, *folder.resolve().parents) if path.is_dir())


def _latest(folder: Path) -> datetime | None:
    """When the newest export in a folder was made; None where there is none."""
    try:
        moments = [path.stat().st_mtime for path in folder.glob("*.zip")]
    except OSError:
        return None
    return datetime.fromtimestamp(max(moments), UTC) if moments else None

"""One writer at a time in a folder, whatever becomes of the lock's file meanwhile."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from assessment.storage.csv.durable import OURS_ALONE

try:
    import fcntl
except ImportError:  # Windows, where nobody can delete an open file
    _KNOWS_FOLDERS = False
else:
    _KNOWS_FOLDERS = True

_PAUSE = 0.01


@contextmanager
def only_writer(lock_file: Path, *, patience: float) -> Iterator[None]:
    """Hold the lock of a folder; filelock's Timeout after `patience` seconds.

    The file is the lock that all versions know. Somebody who tidies up may delete it while it is
    held, and the next writer would make and lock another one of its name: so the folder itself is
    locked too, which is what both of them mean.
    """
    until = time.monotonic() + patience
    lock = FileLock(
        lock_file,
        timeout=patience,
        mode=OURS_ALONE,
        poll_interval=_PAUSE,
        fallback_to_soft=False,  # a soft lock outlives a killed process
    )
    lock.acquire()
    try:
        with _folder_locked(lock_file, until):
            yield
    finally:
        lock.release()


@contextmanager
def _folder_locked(lock_file: Path, until: float) -> Iterator[None]:
    if not _KNOWS_FOLDERS:
        yield
        return
    folder = _locked_folder(lock_file, until)
    try:
        yield
    finally:
        with suppress(OSError):  # nothing was written to it, and closed it is
            os.close(folder)


def _locked_folder(lock_file: Path, until: float) -> int:
    """The open, locked folder that the lock's file lies in now."""
    while True:
        folder = os.open(lock_file.parent, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(folder), lock_file.parent.stat()):
                return folder
        except BlockingIOError:
            pass
        except BaseException:
            os.close(folder)
            raise
        os.close(folder)
        if time.monotonic() > until:
            raise Timeout(str(lock_file))
        time.sleep(_PAUSE)

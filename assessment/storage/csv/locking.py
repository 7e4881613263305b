"""One writer at a time in a folder, whatever becomes of the lock's file meanwhile."""

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
    if not _KNOWS_FOLDERS:
        with FileLock(lock_file, timeout=patience, mode=OURS_ALONE, poll_interval=_PAUSE):
            yield
        return
    until = time.monotonic() + patience
    as_file = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_NONBLOCK
    with _locked(lock_file, as_file, until), _locked(lock_file.parent, os.O_RDONLY, until):
        yield


@contextmanager
def _locked(path: Path, flags: int, until: float) -> Iterator[None]:
    """Hold what lies under a path now, as filelock holds a file."""
    descriptor = _open_and_locked(path, flags, until)
    try:
        yield
    finally:
        with suppress(OSError):  # nothing was written to it, and closed it is
            try:
                fcntl.flock(descriptor, fcntl.LOCK_UN)  # a forked process may hold it open
            finally:
                os.close(descriptor)


def _open_and_locked(path: Path, flags: int, until: float) -> int:
    while True:
        descriptor = os.open(path, flags, OURS_ALONE)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(descriptor), path.stat()):
                return descriptor
        except (BlockingIOError, FileNotFoundError):
            pass
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
        if time.monotonic() > until:
            raise Timeout(str(path))
        time.sleep(_PAUSE)

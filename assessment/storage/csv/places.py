"""What is known of the place where the data live: a temporary disk, locks that do not hold."""

import logging
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path, PurePath
from uuid import uuid4

from filelock import FileLock

from assessment.errors import Refused, StorageError, template
from assessment.storage.csv.disk_reasons import reason_of
from assessment.storage.csv.durable import existing

LOG = logging.getLogger("who_decides")

SOURCE = PurePath(__file__)
EPHEMERAL = "WHO_DECIDES_EPHEMERAL"
COMMUNITY_CLOUD = PurePath("/mount/src")
"""Where Streamlit Community Cloud puts an app's repository.

Observed in its tracebacks, documented nowhere; HOSTNAME=streamlit is set in other containers too.
"""

# The lock that `locking.py` takes of a file; a program of its own need import no more than this.
_TRY_LOCK = """
import sys
from filelock import FileLock, Timeout
try:
    FileLock(sys.argv[1], timeout=0, fallback_to_soft=False).acquire()
except Timeout:
    sys.exit(3)
"""
_REFUSED = 3
_PATIENCE = 20.0

UNTRIED = template(
    "locks cannot be tried in the folder {folder} ({reason}); check that the disk is there and "
    "that this program may write to the folder"
)
NOT_IN_TIME = template("a second program did not answer in time")
BROKE_OFF = template("a second program broke off; the server's log says why")


def is_temporary(environment: Mapping[str, str], *, source: PurePath = SOURCE) -> bool:
    """Whether files do not outlive a restart of the app, as far as that can be known.

    WHO_DECIDES_EPHEMERAL says so (`1`) or denies it (`0`); otherwise the app counts as hosted on
    Streamlit Community Cloud when its `source` lies where that service puts it.
    """
    setting = environment.get(EPHEMERAL, "").strip()
    return setting == "1" if setting else source.is_relative_to(COMMUNITY_CLOUD)


def locks_are_honoured(folder: Path) -> bool:
    """Whether a second process is kept out while this one holds a lock in the folder.

    Tried for real, in a fraction of a second, there or in the nearest folder above that exists. It
    cannot tell whether another machine would be kept out. StorageError when nothing can be tried.
    """
    tried = folder
    try:
        tried = existing(folder)
        probe = tried / f".lock-probe-{os.getpid()}-{uuid4().hex[:8]}"
        probe.touch()
    except OSError as error:
        raise _untried(tried, reason_of(error)) from error
    try:
        return _second_process_is_kept_out(probe)
    finally:
        probe.unlink(missing_ok=True)


def _second_process_is_kept_out(probe: Path) -> bool:
    lock = FileLock(probe, timeout=0, fallback_to_soft=False)
    try:
        lock.acquire()
    except (OSError, NotImplementedError):  # the file system knows no locks
        return False
    try:
        second = subprocess.run(  # noqa: S603 - this very Python, our own text
            [sys.executable, "-c", _TRY_LOCK, str(probe)],
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
        )
    except OSError as error:
        raise _untried(probe.parent, reason_of(error)) from error
    except subprocess.TimeoutExpired as error:
        raise _untried(probe.parent, Refused(NOT_IN_TIME)) from error
    finally:
        lock.release()
    if second.returncode not in (0, _REFUSED):
        LOG.error("%s", second.stderr.decode(errors="replace").strip())
        raise _untried(probe.parent, Refused(BROKE_OFF))
    return second.returncode == _REFUSED


def _untried(folder: Path, reason: Refused) -> StorageError:
    return StorageError(UNTRIED, folder=str(folder), reason=reason)

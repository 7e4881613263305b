"""What tells a file from every copy of it: the disk's number for it, and when it was made there."""

import ctypes
import os
import sys
from pathlib import Path

_HERE = -100  # AT_FDCWD: paths are as they are
_BORN = 0x800  # STATX_BTIME
_ANSWER_BYTES = 256
_MASK = slice(0, 4)
_SECONDS = slice(0x50, 0x58)  # of the moment it was made, in the answer of statx(2)
_NANOSECONDS = slice(0x58, 0x5C)


def birth_of(path: Path) -> str:
    """The number and the birth of a file; the number alone where the disk tells no birth.

    Numbers are used again, so a copy may have that of the file whose place it takes; whatever
    changes a file, its name or its permissions leaves both as they are.
    """
    status = path.stat()
    born = _born_on_linux(path) if sys.platform == "linux" else _born(status)
    return f"{status.st_ino}.{born}"


def _born(status: os.stat_result) -> int:
    return round(getattr(status, "st_birthtime", 0) * 1e6)


def _born_on_linux(path: Path) -> int:
    """In nanoseconds; 0 where it is not told. Python's own `stat` leaves it out."""
    answer = ctypes.create_string_buffer(_ANSWER_BYTES)
    try:
        statx = ctypes.CDLL(None, use_errno=True).statx
    except (OSError, AttributeError):  # an old or another C library
        return 0
    failed = statx(_HERE, os.fsencode(path), 0, _BORN, answer)
    if failed or not int.from_bytes(answer.raw[_MASK], sys.byteorder) & _BORN:
        return 0
    seconds = int.from_bytes(answer.raw[_SECONDS], sys.byteorder)
    return seconds * 10**9 + int.from_bytes(answer.raw[_NANOSECONDS], sys.byteorder)

"""Writes to files that the disk has confirmed when they return, or that leave no trace.

What is made here nobody else on the machine may read; what is there keeps its permissions.
"""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile

OURS_ALONE = 0o600
"""What may be done with a file made here: read and written by its owner, nothing by others."""

FOLDER_OURS_ALONE = 0o700

ROOM = 10_000
"""Bytes that must find place for a disk not to be full: more than any one record takes."""

BINARY = getattr(os, "O_BINARY", 0)  # Windows would translate line ends otherwise


class Unconfirmed(OSError):
    """A file has its new content, but the disk did not confirm that it lies in its folder."""


def append(
    path: Path,
    data: bytes,
    *,
    create: bool = False,
    written: Callable[[int, os.stat_result], None] = lambda _file, _before: None,
) -> None:
    """Add bytes to a file's end and have the disk confirm them; on failure they are taken back.

    In between `written` is told the open file, and what it was before.
    """
    flags = os.O_WRONLY | os.O_APPEND | (os.O_CREAT if create else 0)
    with _opened(path, flags) as file:
        before = os.fstat(file)
        size = before.st_size
        try:
            _write(file, data)
            written(file, before)
            os.fsync(file)
        except BaseException:
            with suppress(OSError):  # the first failure is the one to tell
                os.ftruncate(file, size)
                os.fsync(file)
            raise
    if create:
        confirm_folder(path.parent)


def cut(path: Path, size: int) -> None:
    """Shorten a file to `size` bytes."""
    with _opened(path, os.O_WRONLY) as file:
        os.ftruncate(file, size)
        os.fsync(file)


def replace_file(path: Path, data: bytes) -> None:
    """Give a file new content in one step, keeping its permissions; readers see old or new."""
    try:
        stage(path, data)
        put_in_place(path)
    except BaseException:
        discard(path)
        raise


def stage(path: Path, data: bytes) -> None:
    """Write what is to replace a file beside it, and have the disk confirm it."""
    fresh = _fresh(path)
    with _opened(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC) as file:
        with suppress(FileNotFoundError):
            fresh.chmod(stat.S_IMODE(path.stat().st_mode))
        _write(file, data)
        os.fsync(file)


def put_in_place(path: Path) -> None:
    """Replace a file by what was staged for it, in one step; Unconfirmed if no more is done."""
    _fresh(path).replace(path)
    try:
        confirm_folder(path.parent)
    except OSError as error:
        raise Unconfirmed(error.errno, error.strerror) from error


def discard(path: Path) -> None:
    """Take away what was staged for a file, if anything; never fails."""
    with suppress(OSError):
        _fresh(path).unlink()


def _fresh(path: Path) -> Path:
    return path.with_name(f"{path.name}.new")


@contextmanager
def _opened(path: Path, flags: int) -> Iterator[int]:
    file = os.open(path, flags | BINARY, OURS_ALONE)
    try:
        yield file
    finally:
        os.close(file)


def _write(file: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(file, rest) :]


def check_file_writable(path: Path) -> None:
    """Raise OSError where a file is there and must not be written."""
    with suppress(FileNotFoundError), path.open("r+b"):
        pass


def check_room(folder: Path) -> None:
    """Raise OSError where no new file finds place in a folder."""
    with TemporaryFile(dir=folder) as file:
        file.write(bytes(ROOM))


def existing(folder: Path) -> Path:
    """A folder, or the nearest above it that is there."""
    resolved = folder.resolve()
    return next(path for path in (resolved, *resolved.parents) if path.is_dir())


def make_folder(folder: Path) -> None:
    """Create a folder and those above it, where they are missing."""
    if folder.is_dir():
        return
    if not folder.parent.exists():
        make_folder(folder.parent)
    folder.mkdir(FOLDER_OURS_ALONE, exist_ok=True)
    try:
        confirm_folder(folder.parent)
    except OSError:
        with suppress(OSError):  # found in place next time, it would never be confirmed
            folder.rmdir()
        raise


def confirm_folder(folder: Path) -> None:
    """Have the disk confirm the names in a folder."""
    if os.name == "nt":  # Windows cannot open folders, and confirms names by itself
        return
    with _opened(folder, os.O_RDONLY) as file:
        os.fsync(file)

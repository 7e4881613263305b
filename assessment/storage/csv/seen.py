"""Files as they were seen, and what tells that they changed since: all of it, or only their end.

A file's time tells a later change only if that change cannot leave the same time. The system stamps
times in ticks, so two changes may share one. Whoever appends under the lock therefore gives the
file a time that no clock would: the fraction of its second is a mark, which follows from the state
to which rows were first appended and stays while nothing else happens. A change by anybody else
takes it away. So whoever knows an earlier state knows without reading all of it that rows were
appended, and nothing else happened. Where a disk keeps no such times, all of it is read. Only what
another program, which heeds no lock, writes over rows in the very microseconds before an append is
found later: by whoever reads all of the file.
"""

import hashlib
import os
import secrets
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

CLOCK_TICK = 100_000_000
"""Nanoseconds within which a file system may stamp two changes with the same time."""

_SECOND = 1_000_000_000
_MARKS = 1_000_000  # six digits, behind which three tell them from a time of the clock
_MODIFIED = 3  # where the time of the last change stands among a file's signs
_READ_AGAIN = 4_096  # bytes before the appended ones that must be what they were
_MOST_APART = 1_000_000  # bytes that are held apart from those to which they were appended


class FileBytes:
    """A file's bytes, which others may follow at no cost for those that are there."""

    __slots__ = ("_end", "_hash", "_line", "_start")

    def __init__(self, start: bytes) -> None:
        self._start = start
        self._end = b""
        self._hash = None if start else hashlib.blake2b(digest_size=16)
        self._line = object()  # shared by all that follow

    def __len__(self) -> int:
        return len(self._start) + len(self._end)

    def says_what(self, other: "FileBytes") -> bool:
        """Whether others are the same bytes."""
        return self is other or (len(self) == len(other) and self.all == other.all)

    @property
    def all(self) -> bytes:
        """The bytes in one piece."""
        if self._end:
            self._start, self._end = self._start + self._end, b""
        return self._start

    @property
    def digest(self) -> str:
        """A mark that equal bytes share."""
        if self._hash is None:
            self._hash = hashlib.blake2b(self.all, digest_size=16)
        return self._hash.hexdigest()

    def last(self, count: int) -> bytes:
        """The last bytes, at most so many."""
        end = self._end[-count:]
        missing = count - len(end)
        return self._start[-missing:] + end if missing else end

    def followed_by(self, more: bytes) -> "FileBytes":
        """These bytes and more."""
        longer = FileBytes.__new__(FileBytes)
        longer._start, longer._end = self._start, self._end + more
        longer._line, longer._hash = self._line, None
        if self._hash is not None:
            longer._hash = self._hash.copy()
            longer._hash.update(more)
        if len(longer._end) > _MOST_APART:
            longer._start, longer._end = longer._start + longer._end, b""
        return longer

    def since(self, earlier: "FileBytes") -> bytes | None:
        """What follows earlier bytes, none where these do not come of them."""
        if self._line is not earlier._line or len(self) < len(earlier):
            return None
        at = len(earlier)
        return self._start[at:] + self._end[max(at - len(self._start), 0) :]


@dataclass(frozen=True, slots=True)
class Seen:
    """A file's bytes and the signs that show a later change.

    `sure` when any later change changes the signs, `moving` when it changed while it was read.
    """

    text: FileBytes = field(default_factory=lambda: FileBytes(b""))
    signs: tuple[int, ...] = ()
    sure: bool = False
    moving: bool = False

    @property
    def next_mark(self) -> int:
        """The mark that the file bears once rows are appended to it as it is now."""
        mark = _mark_in(self.signs)
        return _number_from(repr(self.signs), _MARKS) if mark is None else mark

    def only_grew_to(self, status: os.stat_result) -> bool:
        """Whether a file's signs say that rows were appended, and nothing else happened."""
        signs = signs_of(status)
        return (
            self.sure
            and self.signs[:2] == signs[:2]
            and status.st_size > len(self.text) > 0
            and _mark_in(signs) == self.next_mark
        )

    @property
    def unfinished(self) -> bool:
        """Whether a write may be under way: it moves, or its last line is open."""
        return self.moving or (self.text.last(1) not in (b"", b"\n") and b"\n" in self.text.all)


MISSING = Seen()
"""What is seen where no file is."""


def seen(path: Path, before: Seen) -> Seen:
    """A file as it is, of which no more is read than changed since it was seen before."""
    try:
        now = signs_of(path.stat())
        if before.sure and now == before.signs:
            return before
        file = path.open("rb")
    except FileNotFoundError:
        return MISSING
    with file:
        status = os.fstat(file.fileno())
        if before.only_grew_to(status):
            text = _with_end(file.fileno(), before.text, status)
            if text and signs_of(os.fstat(file.fileno())) == signs_of(status):
                return Seen(text, signs_of(status), sure=True)
        file.seek(0)
        data = file.read(status.st_size)
        moving = signs_of(os.fstat(file.fileno())) != signs_of(status)
    signs = signs_of(status)
    age = time.time_ns() - max(status.st_mtime_ns, status.st_ctime_ns)
    shows_changes = age > CLOCK_TICK or _mark_in(signs) is not None
    return Seen(FileBytes(data), signs, sure=shows_changes and not moving, moving=moving)


def _with_end(file: int, before: FileBytes, status: os.stat_result) -> FileBytes | None:
    """A file's bytes with those appended; None where what stood before is not there."""
    known = before.last(_READ_AGAIN)
    os.lseek(file, len(before) - len(known), os.SEEK_SET)
    left, end = status.st_size - len(before) + len(known), b""
    while part := os.read(file, left - len(end)):
        end += part
    return before.followed_by(end[len(known) :]) if end.startswith(known) else None


def signs_of(status: os.stat_result) -> tuple[int, ...]:
    """What a change of a file changes."""
    where = status.st_dev, status.st_ino
    return (*where, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def mark_as_appended(seen_before: Seen, file: int, before: os.stat_result) -> None:
    """Give an open file, to which rows were appended, the time that tells so.

    Only where it was seen as it was `before` that. Without a mark it is read as a whole next time.
    """
    if seen_before.sure and signs_of(before) == seen_before.signs:
        with suppress(OSError):
            _give_mark(file, seen_before.next_mark)


def mark_as_seen_now(path: Path) -> None:
    """Give a file a time that tells every later change at once; under the lock."""
    with suppress(OSError), path.open("rb") as file:
        _give_mark(file.fileno(), secrets.randbelow(_MARKS))


def _give_mark(file: int, mark: int) -> None:
    if os.utime not in os.supports_fd:
        return
    status = os.fstat(file)
    before_now = status.st_mtime_ns // _SECOND - 1
    moment = before_now * _SECOND + mark * 1_000 + _check_digits(mark)
    os.utime(file, ns=(status.st_atime_ns, moment))


def _mark_in(signs: Sequence[int]) -> int | None:
    """The mark that a file bears; None where its time is one of the clock."""
    mark, check_digits = divmod(signs[_MODIFIED] % _SECOND, 1_000) if signs else (0, 0)
    return mark if check_digits == _check_digits(mark) else None


def _check_digits(mark: int) -> int:
    return 1 + _number_from(f"rows were appended: {mark}", 999)


def _number_from(text: str, below: int) -> int:
    """A number that follows from a text alone."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest()) % below

"""How much a file that arrives may hold, counted before it is read; no I/O."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessment.errors import StorageError, template
from assessment.exchange.archives import MEGABYTE, MOST_UNPACKED

TOO_BIG = template(
    "{file}: this file holds more than {most} MB, so it was not read; the person who runs the "
    "server can bring it in with the command line"
)
TOO_MANY_ROWS = template(
    "{file}: this file holds more than {most} rows, so it was not read; the person who runs the "
    "server can bring it in with the command line"
)
TOO_LONG = template(
    "{file}: a row of this file is longer than {most} characters, and none of ours is; check that "
    "it is the file you meant"
)
TOO_MANY_REFUSED = template(
    "{file}: more than {most} rows cannot be read, so reading stopped there and nothing was added; "
    "check that it is the file you meant"
)

LONGEST_ROW = 200_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Megabytes, rows and rows that cannot be read, over all levels of what arrives at once."""

    megabytes: int
    rows: int | None = None
    refusals: int | None = None

    def check_size(self, size: int, *, file: str) -> None:
        """Raise StorageError where a file has more bytes than that, as it arrived."""
        if size > self.megabytes * MEGABYTE:
            raise StorageError(TOO_BIG, file=file, most=self.megabytes)

    def check(self, contents: Mapping[str, bytes]) -> None:
        """Raise StorageError where files by name hold more rows together, or endless ones."""
        rows = 0
        for name, data in contents.items():
            rows += data.count(b"\n")
            if self.rows is not None and rows > self.rows:
                raise StorageError(TOO_MANY_ROWS, file=name, most=self.rows)
            if self.refusals is not None and _longest(data) > LONGEST_ROW:
                raise StorageError(TOO_LONG, file=name, most=LONGEST_ROW)

    def check_refusals(self, count: int, *, file: str) -> None:
        """Raise StorageError where so many rows could not be read that reading on is no use."""
        if self.refusals is not None and count > self.refusals:
            raise StorageError(TOO_MANY_REFUSED, file=file, most=self.refusals)


UPLOADED = Limits(megabytes=50, rows=200_000, refusals=1_000)
"""What anybody may bring who can open the data page."""

OPERATORS = Limits(megabytes=MOST_UNPACKED)
"""What whoever runs the server may bring in."""


def _longest(data: bytes) -> int:
    """How long the longest row is, without making one object per row."""
    longest = start = 0
    while (end := data.find(b"\n", start)) >= 0:
        longest, start = max(longest, end - start), end + 1
    return max(longest, len(data) - start)

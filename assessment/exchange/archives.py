"""Records of every kind as one ZIP of CSV files, and such a ZIP taken apart again; no I/O."""

import io
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from assessment.errors import Refused, StorageError, template
from assessment.model import Framework
from assessment.storage.csv.layouts import Layout
from assessment.storage.csv.spreadsheets import PACKED_BEGINNING
from assessment.storage.kinds import KINDS_THAT_LEAVE, LINKS, Kind, R, by_kind
from assessment.storage.protocol import Record

MOST_UNPACKED = 500
"""Megabytes that an operator's archive may unpack to: more than any store holds, no trap."""

MOST_MEMBERS = 10_000
"""Files that an archive may list; each takes memory before one is read."""

FILES = tuple(kind.file for kind in KINDS_THAT_LEAVE)
"""The files that together hold everything that may leave a store."""

MEGABYTE = 1_000_000
_FOREIGN_FOLDERS = frozenset({"__MACOSX", "backups", "sample"})
"""Folders in a folder of data that are none of its store: marks of a Mac, copies, the sample."""

_LISTED_FILE = b"PK\x01\x02"
_ENCRYPTED = 1
_METHODS = (ZIP_STORED, ZIP_DEFLATED)
"""What can be unpacked piece by piece: the others hold a whole block in memory, of any size."""

BROKEN = template("{file}: this ZIP file cannot be read ({reason}); download or export it again")
TOO_LARGE = template(
    "{file}: unpacked, this ZIP would take more than {most} MB, so it was left alone; bring its "
    "files in one by one"
)
NOTHING_OURS = template("{file}: this ZIP holds none of our files; expected one of {expected}")
TOO_MANY_FILES = template(
    "{file}: this ZIP lists more than {most} files, so it was left alone; bring our files in one "
    "by one"
)
DAMAGED = template("bytes are missing or damaged")
UNDER_A_PASSWORD = template("it is under a password")
OTHER_METHOD = template("it is packed in another way than ZIP files usually are")
TWICE = template("{file}: this ZIP holds {name} more than once, so nobody can tell which to take")

DAMAGE = (
    BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,  # names that are no text, and places before the beginning
    RuntimeError,
    IndexError,
    OverflowError,
)
"""What Python's ZIP files raise, of which some is only told by their source."""


def csv_of(kind: Kind[R], records: Iterable[R], framework: Framework) -> bytes:
    """Records of one kind in the format of the store's own file."""
    layout = Layout(kind, framework)
    return b"".join([layout.header_line, *(layout.line_of(record) for record in records)])


def files_of(records: Iterable[Record], framework: Framework) -> Mapping[str, bytes]:
    """One file per kind by its name, empty ones too; no links, which move between stores only."""
    by_name = by_kind(records)
    return {kind.file: csv_of(kind, by_name[kind.name], framework) for kind in KINDS_THAT_LEAVE}


def zip_of(records: Iterable[Record], framework: Framework) -> bytes:
    """A ZIP with one file per kind, links apart; the same bytes for the same records."""
    data = io.BytesIO()
    with ZipFile(data, "w", ZIP_DEFLATED) as archive:
        for name, content in files_of(records, framework).items():
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)  # ZipInfo tells no time
    return data.getvalue()


def is_zip(data: bytes) -> bool:
    """Whether bytes begin as a ZIP with files in it does."""
    return data.startswith(PACKED_BEGINNING)


def holds_records(export: IO[bytes]) -> bool:
    """Whether an open ZIP is whole, and holds a file of ours with a row below its header."""
    try:
        with ZipFile(export) as archive:
            members = _our_members(archive, file="")
            ours = [members[name] for name in FILES if name in members]
            return archive.testzip() is None and any(_has_a_row(archive, own) for own in ours)
    except (StorageError, *DAMAGE):
        return False


def _has_a_row(archive: ZipFile, member: ZipInfo) -> bool:
    with archive.open(member) as file:
        file.readline()
        return bool(file.readline())


def files_in(data: bytes, *, file: str, most: int = MOST_UNPACKED) -> Mapping[str, bytes]:
    """The CSV files in a ZIP: ours by their own names, others by the path under which they lie.

    Of several of one name the one nearest to the root counts; what a store keeps beside its
    files is left alone. `file` is the ZIP's name in reports. Raises StorageError where it is
    broken, holds none of them or one twice in one place, lists too many, or would unpack to more
    than `most` megabytes, which is looked up before anything is unpacked.
    """
    if data.count(_LISTED_FILE) > MOST_MEMBERS:
        raise StorageError(TOO_MANY_FILES, file=file, most=MOST_MEMBERS)
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            members = _our_members(archive, file=file)
            if sum(member.file_size for member in members.values()) > most * MEGABYTE:
                raise StorageError(TOO_LARGE, file=file, most=most)
            return {name: _unpacked(archive, member) for name, member in members.items()}
    except Refused as reason:
        raise StorageError(BROKEN, file=file, reason=reason) from reason
    except DAMAGE as error:
        raise StorageError(BROKEN, file=file, reason=Refused(DAMAGED)) from error


def _our_members(archive: ZipFile, *, file: str) -> dict[str, ZipInfo]:
    """The CSV files of an archive in the order of the kinds, those under other names last."""
    ours: dict[str, tuple[int, ZipInfo]] = {}
    others: dict[str, ZipInfo] = {}
    for path, member in _csv_members(archive):
        name, depth = path.name.casefold(), len(path.parts)
        if name in FILES:
            nearest = ours.get(name)
            if nearest and nearest[0] == depth:
                raise StorageError(TWICE, file=file, name=name)
            if nearest is None or depth < nearest[0]:
                ours[name] = (depth, member)
        elif name != LINKS.file:
            others[str(path)] = member
    if not ours and not others:
        raise StorageError(NOTHING_OURS, file=file, expected=", ".join(FILES))
    return {name: ours[name][1] for name in FILES if name in ours} | others


def _csv_members(archive: ZipFile) -> Iterator[tuple[PurePosixPath, ZipInfo]]:
    for member in archive.infolist():
        path = PurePosixPath(member.filename.replace("\\", "/"))  # as Windows PowerShell writes
        is_foreign = _FOREIGN_FOLDERS.intersection(path.parts[:-1])
        if path.name.casefold().endswith(".csv") and not is_foreign:
            yield path, member


def _unpacked(archive: ZipFile, member: ZipInfo) -> bytes:
    """A file of an archive, never more of it than its list said."""
    if member.compress_type not in _METHODS:
        raise Refused(OTHER_METHOD)
    if member.flag_bits & _ENCRYPTED:
        raise Refused(UNDER_A_PASSWORD)
    return archive.read(member)

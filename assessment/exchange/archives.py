"""Records of every kind as one ZIP of CSV files, and such a ZIP taken apart again; no I/O."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from assessment.errors import StorageError, template
from assessment.exchange.csv_files import csv_of
from assessment.model import Framework
from assessment.storage.kinds import KINDS_THAT_LEAVE, by_kind
from assessment.storage.protocol import Record

MOST_UNPACKED = 500
"""Megabytes that an archive may unpack to: more than any store holds, less than a trap."""

FILES = tuple(kind.file for kind in KINDS_THAT_LEAVE)
"""The files that together hold everything that may leave a store."""

_MEGABYTE = 1_000_000
_BEGINNING = b"PK\x03\x04"

BROKEN = template("{file}: this is no whole ZIP file ({reason}); download or export it again")
TOO_LARGE = template(
    "{file}: unpacked, this ZIP would take more than {most} MB, so it was left alone; bring its "
    "files in one by one"
)
NOTHING_OURS = template("{file}: this ZIP holds none of our files; expected one of {expected}")
TWICE = template("{file}: this ZIP holds {name} more than once, so nobody can tell which to take")


def files_of(records: Iterable[Record], framework: Framework) -> Mapping[str, bytes]:
    """One file per kind by its name, in the format of the store's own, also where it is empty.

    Links are left out: they move from store to store only.
    """
    by_name = by_kind(records)
    return {kind.file: csv_of(kind, by_name[kind.name], framework) for kind in KINDS_THAT_LEAVE}


def zip_of(records: Iterable[Record], framework: Framework) -> bytes:
    """The same files in one ZIP, the same bytes for the same records."""
    data = io.BytesIO()
    with ZipFile(data, "w", ZIP_DEFLATED) as archive:
        for name, content in files_of(records, framework).items():
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)  # ZipInfo tells no time
    return data.getvalue()


def is_zip(data: bytes) -> bool:
    """Whether bytes begin as a ZIP with files in it does."""
    return data.startswith(_BEGINNING)


def files_in(data: bytes, *, place: str) -> Mapping[str, bytes]:
    """Our files in a ZIP, by name; whatever else it holds is left alone, backups included.

    `place` is the ZIP's name in reports. Raises StorageError where it is broken, holds none of
    our files or one of them twice, or would unpack to more than `MOST_UNPACKED` megabytes.
    """
    members: dict[str, ZipInfo] = {}
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                name = PurePosixPath(member.filename).name
                if name not in FILES or member.filename.startswith("__MACOSX/"):
                    continue
                if name in members:
                    raise StorageError(TWICE, file=place, name=name)
                members[name] = member
            if sum(member.file_size for member in members.values()) > MOST_UNPACKED * _MEGABYTE:
                raise StorageError(TOO_LARGE, file=place, most=MOST_UNPACKED)
            if not members:
                raise StorageError(NOTHING_OURS, file=place, expected=", ".join(FILES))
            return {name: archive.read(members[name]) for name in FILES if name in members}
    except (BadZipFile, zlib.error, EOFError, RuntimeError) as error:  # RuntimeError: encrypted
        raise StorageError(BROKEN, file=place, reason=str(error)) from error

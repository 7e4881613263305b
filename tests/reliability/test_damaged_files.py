"""Files that arrive damaged in whatever way: read, or refused with a reason, and never an error."""

from __future__ import annotations

import io
import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from assessment.content.loading import shipped_framework
from assessment.errors import StorageError
from assessment.exchange.archives import csv_of, zip_of
from assessment.exchange.imports import import_plan_of_file
from assessment.exchange.sample import sample_records
from assessment.exchange.spreadsheets import safe_csv
from assessment.storage.csv.store import CsvStore
from assessment.storage.kinds import KINDS_THAT_LEAVE, by_kind
from assessment.storage.protocol import Stored
from tests.browser.payloads import PAYLOADS
from tests.builders import TODAY, deep_assessment, gathering, total, vote
from tests.reliability.figures import tell, times

FRAMEWORK = shipped_framework()
RECORDS = (*sample_records(), deep_assessment(note="é"), gathering(), vote(), total())
CELLS = (
    *PAYLOADS,
    *("", "\x00", "é" * 50, "12/06/2025", "9999-12-31T23:59:59Z", "0001-01-01", "2,5", "1e999"),
    *("-1", "nan", '"', '""', "\\n", "\ufeff", "\ud7ff", "\u202e", "sep=;", "=1+1"),
)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman", "cp1251", "utf-32")


def _whole_files() -> Iterator[bytes]:
    records = by_kind(RECORDS)
    yield zip_of(RECORDS, FRAMEWORK)
    for kind in KINDS_THAT_LEAVE:
        yield csv_of(kind, records[kind.name], FRAMEWORK)
        yield safe_csv(kind, records[kind.name], FRAMEWORK)


def _bytes_damaged(data: bytes, chance: random.Random) -> bytes:
    """Bytes cut out, changed or put in, up to three times."""
    damaged = bytearray(data)
    for _ in range(chance.randrange(1, 4)):
        at, end = sorted(chance.randrange(len(damaged) + 1) for _ in range(2))
        match chance.randrange(4):
            case 0:
                del damaged[at : min(end, at + 12)]
            case 1:
                damaged[at : at + 1] = bytes([chance.randrange(256)])
            case 2:
                damaged[at:] = b""
            case _:
                damaged[at:at] = chance.randbytes(3)
    return bytes(damaged)


def _cells_damaged(data: bytes, chance: random.Random) -> bytes:
    """Cells exchanged for odd ones, then saved as some program might save them."""
    rows = [line.split(",") for line in data.decode("utf-8", "replace").split("\n")]
    for _ in range(chance.randrange(1, 6)):
        row = chance.choice(rows)
        row[chance.randrange(len(row))] = chance.choice(CELLS)
    if chance.random() < 0.2:
        rows[0], rows[-1] = rows[-1], rows[0]
    separator, end = chance.choice(",,,;\t"), chance.choice(("\n", "\n", "\r\n", "\r"))
    text = end.join(separator.join(row) for row in rows)
    return text.encode(chance.choice(ENCODINGS), "replace")


def _packed_anew(data: bytes, chance: random.Random) -> bytes:
    """Files damaged inside of a ZIP that is whole, under names that people and programs give."""
    names = (
        "assessments.csv",
        "x/../../assessments.csv",
        "/etc/passwd",
        "a.csv",
        "é.CSV",
        "a\\b.csv",
    )
    packed = io.BytesIO()
    with ZipFile(packed, "w", chance.choice((ZIP_DEFLATED, ZIP_STORED))) as archive:
        for name in chance.sample(names, k=chance.randrange(1, 4)):
            damage = chance.choice((_bytes_damaged, _cells_damaged))
            archive.writestr(name, damage(data, chance))
    return packed.getvalue()


WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _bytes_damaged,
    _cells_damaged,
    _packed_anew,
)


def test_no_damaged_file_is_an_error_of_its_own(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    count, chance = times(full=20_000, short=400), random.Random(20261128)  # noqa: S311 - no secret
    whole, counts = list(_whole_files()), Counter[str]()
    for number in range(count):
        data = chance.choice(WAYS)(chance.choice(whole), chance)
        try:
            plan = import_plan_of_file(data, Stored(), FRAMEWORK, file="in", latest=TODAY)
            counts["read"] += 1
            counts["rows refused"] += len(plan.refused)
        except StorageError:
            counts["refused"] += 1
        if number % 10 == 0:  # the same as a store that somebody else has written to
            folder = tmp_path / str(number)
            folder.mkdir()
            (folder / "assessments.csv").write_bytes(data)
            try:
                counts["rows set aside"] += len(CsvStore(folder, FRAMEWORK).read().set_aside)
                counts["stores read"] += 1
            except StorageError:
                counts["stores refused"] += 1
            assert (folder / "assessments.csv").read_bytes() == data
    assert counts["read"] > count / 20
    assert counts["refused"] > count / 20
    tell(
        request,
        f"{count} damaged ZIP and CSV files: {counts['read']} read, {counts['refused']} refused, "
        f"{counts['stores read'] + counts['stores refused']} as stores, left as they were; "
        "0 uncaught errors",
    )

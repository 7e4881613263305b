"""A framework that asks more than the file has columns for."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from assessment.errors import StorageError
from assessment.framework import shipped_framework
from assessment.model import Framework
from assessment.storage.csv_rows import header_line, line_of
from assessment.storage.csv_store import CsvStore
from tests.builders import assessment

TODAY = shipped_framework()
LATER = Framework.model_validate(
    TODAY.model_dump() | {"items": (*TODAY.items, TODAY.items[-1].model_copy(update={"id": "new"}))}
)
HEADER = header_line(TODAY)
OLD = [assessment(squad="Old"), assessment(squad='Older, "b"', note="one\ntwo")]
NEW = assessment(squad="New", answers={"new": "often", "mandates-clear": "yes"})


def row(number: int) -> bytes:
    return line_of(OLD[number], TODAY, width=22)


@pytest.fixture
def store(tmp_path: Path) -> CsvStore:
    (tmp_path / "assessments.csv").write_bytes(HEADER + row(0) + row(1))
    return CsvStore(tmp_path, LATER)


def test_an_older_file_is_read_as_it_is(store: CsvStore) -> None:
    before = store.path.read_bytes()

    assert list(store.read().assessments) == OLD
    assert store.read().set_aside == ()
    assert store.path.read_bytes() == before


def test_the_next_addition_widens_it_and_loses_nothing(store: CsvStore, tmp_path: Path) -> None:
    before = store.path.read_bytes()

    assert store.add([NEW]) == 1

    assert store.path.read_bytes() == (
        HEADER[:-1]
        + b",new\n"
        + row(0)[:-1]
        + b",\n"
        + row(1)[:-1]
        + b",\n"
        + line_of(NEW, LATER, width=23)
    )
    assert list(store.read().assessments) == [*OLD, NEW]
    assert list(CsvStore(tmp_path, LATER).read().assessments) == [*OLD, NEW]
    (backup,) = (tmp_path / "backups").iterdir()
    assert backup.read_bytes() == before


def test_deleting_and_renaming_widen_it_too(store: CsvStore) -> None:
    assert store.rename("old", "Renamed") == 1
    assert store.path.read_bytes().startswith(HEADER[:-1] + b",new\n")
    assert store.delete([OLD[1].assessment_id]) == 1

    assert [each.squad for each in store.read().assessments] == ["Renamed"]


def test_what_changes_nothing_does_not_widen_it(store: CsvStore) -> None:
    before = store.path.read_bytes()

    assert store.delete([UUID(int=10**9)]) == 0
    assert store.rename("Nobody", "Somebody") == 0

    assert store.path.read_bytes() == before


def test_columns_of_others_stay_behind_and_rows_set_aside_stay_set_aside(tmp_path: Path) -> None:
    lines = [
        HEADER[:-1] + b",setup\r\n",
        row(0)[:-1] + b',"pm, only"\r\n',
        b"too,short\n",
        b'open,"\n',
        b"\n",
        row(1)[:-1] + b",one,too many\n",
        row(1)[:-1] + b",\n",
    ]
    (tmp_path / "assessments.csv").write_bytes(b"".join(lines))
    store = CsvStore(tmp_path, LATER)
    assert list(store.read().assessments) == OLD
    aside = [each.line for each in store.read().set_aside]

    store.add([NEW])

    found = store.path.read_bytes().splitlines(keepends=True)
    assert found[0] == HEADER[:-1] + b",new,setup\r\n"
    assert found[1] == row(0)[:-1] + b',,"pm, only"\r\n'
    assert found[2:5] == [b"too,short,\n", b'open,"\n', b"\n"]
    assert found[5] == row(1)[:-1] + b",,one,too many\n"
    assert list(store.read().assessments) == [*OLD, NEW]
    assert [each.line for each in store.read().set_aside] == aside == [3, 4, 6]


def test_an_older_program_reads_the_wider_file_and_leaves_the_new_column_empty(
    store: CsvStore, tmp_path: Path
) -> None:
    store.add([NEW])
    older = CsvStore(tmp_path, TODAY)
    late = assessment(squad="Late")

    older.add([late])

    assert [each.squad for each in older.read().assessments] == [
        "Old",
        'Older, "b"',
        "New",
        "Late",
    ]
    assert list(store.read().assessments) == [*OLD, NEW, late]


def test_an_older_file_that_a_spreadsheet_program_saved_is_widened_as_well(tmp_path: Path) -> None:
    old = (HEADER + row(0)).replace(b",", b";").replace(b"\n", b"\r\n")
    (tmp_path / "assessments.csv").write_bytes(old)
    store = CsvStore(tmp_path, LATER)
    assert list(store.read().assessments) == OLD[:1]

    store.add([NEW])

    assert list(CsvStore(tmp_path, LATER).read().assessments) == [OLD[0], NEW]


@pytest.mark.parametrize(
    "header",
    [HEADER.replace(b",rituals-decide", b""), HEADER[:-5] + b"\n"],
    ids=["an item taken out", "cut within a name"],
)
def test_a_header_that_was_disturbed_is_refused_rather_than_widened(
    tmp_path: Path, header: bytes
) -> None:
    (tmp_path / "assessments.csv").write_bytes(header)

    with pytest.raises(StorageError, match="is not the header"):
        CsvStore(tmp_path, LATER).read()

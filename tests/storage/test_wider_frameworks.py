"""A framework that asks more than the file has columns for."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import pytest

from assessment.content.loading import shipped_framework
from assessment.errors import StorageError
from assessment.model import Framework, Lenses
from assessment.storage.csv.layouts import Layout
from assessment.storage.csv.store import CsvStore
from assessment.storage.kinds import ASSESSMENTS
from tests.builders import assessment, deep_assessment

SHIPPED = shipped_framework()
TODAY = Framework.model_validate(SHIPPED.model_dump() | {"lenses": Lenses()})
LATER = Framework.model_validate(
    TODAY.model_dump() | {"items": (*TODAY.items, TODAY.items[-1].model_copy(update={"id": "new"}))}
)
OLDER_LAYOUT, LAYOUT = Layout(ASSESSMENTS, TODAY), Layout(ASSESSMENTS, LATER)
HEADER = OLDER_LAYOUT.header_line
WIDER = HEADER.replace(b",gathering", b",new,gathering")
OLD = [assessment(squad="Old"), assessment(squad='Older, "b"', note="one\ntwo")]
ROUND = UUID(int=77)
NEW = assessment(squad="New", answers={"new": "often", "mandates-clear": "yes"})


def row(number: int) -> bytes:
    return OLDER_LAYOUT.line_of(OLD[number])


@pytest.fixture
def store(tmp_path: Path) -> CsvStore:
    (tmp_path / "assessments.csv").write_bytes(HEADER + row(0) + row(1))
    return CsvStore(tmp_path, LATER)


def test_an_older_file_is_read_as_it_is(store: CsvStore) -> None:
    before = store.path("assessments").read_bytes()

    assert list(store.read().assessments) == OLD
    assert store.read().set_aside == ()
    assert store.path("assessments").read_bytes() == before


def test_the_next_addition_widens_it_and_loses_nothing(store: CsvStore, tmp_path: Path) -> None:
    before = store.path("assessments").read_bytes()

    assert store.add([NEW]) == 1

    assert store.path("assessments").read_bytes() == (
        WIDER + row(0)[:-1] + b",\n" + row(1)[:-1] + b",\n" + LAYOUT.line_of(NEW)
    )
    assert list(store.read().assessments) == [*OLD, NEW]
    assert list(CsvStore(tmp_path, LATER).read().assessments) == [*OLD, NEW]
    (backup,) = (tmp_path / "backups").iterdir()
    assert backup.read_bytes() == before


def test_deleting_and_renaming_widen_it_too(store: CsvStore) -> None:
    assert store.rename("old", "Renamed") == 1
    assert store.path("assessments").read_bytes().startswith(WIDER)
    assert store.delete([OLD[1].assessment_id]) == 1

    assert [record.squad for record in store.read().assessments] == ["Renamed"]


def test_what_changes_nothing_does_not_widen_it(store: CsvStore) -> None:
    before = store.path("assessments").read_bytes()

    assert store.delete([UUID(int=10**9)]) == 0
    assert store.rename("Nobody", "Somebody") == 0

    assert store.path("assessments").read_bytes() == before


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
    aside = [row.line for row in store.read().set_aside]

    store.add([NEW])

    lines = store.path("assessments").read_bytes().splitlines(keepends=True)
    assert lines[0] == WIDER[:-1] + b",setup\r\n"
    assert lines[1] == row(0)[:-1] + b',,"pm, only"\r\n'
    assert lines[2:5] == [b"too,short,\n", b'open,"\n', b"\n"]
    assert lines[5] == row(1)[:-1] + b",,one,too many\n"
    assert list(store.read().assessments) == [*OLD, NEW]
    assert [row.line for row in store.read().set_aside] == aside == [3, 4, 6]


def test_an_older_program_reads_the_wider_file_and_leaves_the_new_column_empty(
    store: CsvStore, tmp_path: Path
) -> None:
    store.add([NEW])
    older = CsvStore(tmp_path, TODAY)
    # The round's column is the last of ours, behind columns that this program does not know.
    late = assessment(squad="Late", gathering=ROUND)

    older.add([late])
    older.revise(OLD[0], old := OLD[0].model_copy(update={"gathering": ROUND}))

    assert [record.squad for record in older.read().assessments] == [
        "Old",
        'Older, "b"',
        "New",
        "Late",
    ]
    assert list(store.read().assessments) == [old, OLD[1], NEW, late]


def test_a_file_without_the_column_of_rounds_is_widened_by_it(tmp_path: Path) -> None:
    file = tmp_path / "assessments.csv"
    before = [line.replace(b",gathering\n", b",votes\n") for line in (HEADER, row(0), row(1))]
    before[1:] = [line[:-1] + b"7\n" for line in before[1:]]
    file.write_bytes(b"".join(before))
    store = CsvStore(tmp_path, TODAY)
    assert list(store.read().assessments) == OLD

    store.add([new := assessment(squad="New", gathering=ROUND)])

    assert file.read_bytes() == b"".join(
        [
            HEADER[:-1] + b",votes\n",
            *(row(number)[:-1] + b",7\n" for number in (0, 1)),
            OLDER_LAYOUT.line_of(new)[:-1] + b",\n",
        ]
    )
    assert list(store.read().assessments) == [*OLD, new]


def test_an_older_file_that_a_spreadsheet_program_saved_is_widened_as_well(tmp_path: Path) -> None:
    old = (HEADER + row(0)).replace(b",", b";").replace(b"\n", b"\r\n")
    (tmp_path / "assessments.csv").write_bytes(old)
    store = CsvStore(tmp_path, LATER)
    assert list(store.read().assessments) == OLD[:1]

    store.add([NEW])

    assert list(CsvStore(tmp_path, LATER).read().assessments) == [OLD[0], NEW]


@pytest.mark.parametrize(
    "header",
    [HEADER.replace(b",rituals-decide", b""), HEADER[: -len(b"work,gathering\n")] + b"\n"],
    ids=["an item taken out", "cut within a name"],
)
def test_a_header_that_was_disturbed_is_refused_rather_than_widened(
    tmp_path: Path, header: bytes
) -> None:
    (tmp_path / "assessments.csv").write_bytes(header)

    with pytest.raises(StorageError, match=r"is not the header|column 10 of the first line is"):
        CsvStore(tmp_path, LATER).read()


# The core alone, then the lenses ------------------------------------------------------------------


def test_a_file_of_the_core_alone_is_widened_when_a_deep_answer_comes(tmp_path: Path) -> None:
    (tmp_path / "assessments.csv").write_bytes(HEADER + row(0) + row(1))
    store, deep = CsvStore(tmp_path, SHIPPED), deep_assessment(squad="Deep")

    assert list(store.read().assessments) == OLD
    store.add([deep])

    written = store.path("assessments").read_bytes()
    layout = Layout(ASSESSMENTS, SHIPPED)
    assert written == layout.header_line + b"".join(map(layout.line_of, [*OLD, deep]))
    assert list(CsvStore(tmp_path, SHIPPED).read().assessments) == [*OLD, deep]


def test_a_stored_assessment_of_the_core_alone_is_revised_to_carry_deep_answers(
    tmp_path: Path,
) -> None:
    lines = [HEADER[:-1] + b",votes\n", row(0)[:-1] + b",7\n", row(1)[:-1] + b",8\n"]
    (tmp_path / "assessments.csv").write_bytes(b"".join(lines))
    store = CsvStore(tmp_path, SHIPPED)
    after = OLD[0].model_copy(
        update={"deep": deep_assessment().deep, "framework": "core@1+lenses@1"}
    )

    store.revise(OLD[0], after)

    assert list(store.read().assessments) == [after, OLD[1]]
    header, first, second = store.path("assessments").read_bytes().splitlines()
    layout = Layout(ASSESSMENTS, SHIPPED)
    assert header == layout.header_line[:-1] + b",votes"
    assert first == layout.line_of(after)[:-1] + b",7"
    assert second == layout.line_of(OLD[1])[:-1] + b",8"
    (backup,) = (tmp_path / "backups").iterdir()
    assert backup.read_bytes() == b"".join(lines)


def test_a_program_that_knows_no_lenses_keeps_the_deep_answers_of_others(tmp_path: Path) -> None:
    CsvStore(tmp_path, SHIPPED).add([deep := deep_assessment(framework="core@1")])
    before = CsvStore(tmp_path, SHIPPED).path("assessments").read_bytes()
    older = CsvStore(tmp_path, TODAY)

    assert [str(row.reason) for row in older.read().set_aside] == [
        "unknown framework version 'core@1+lenses@1'; expected core@1"
    ]
    older.add([late := assessment(squad="Late")])

    after = CsvStore(tmp_path, SHIPPED).path("assessments").read_bytes()
    assert after.startswith(before)
    records = CsvStore(tmp_path, SHIPPED).read().assessments
    assert [record.id for record in records] == [deep.assessment_id, late.assessment_id]

"""A framework that asks more than the file has columns for, or less, or in another order."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from assessment.content.loading import shipped_framework
from assessment.errors import StorageError
from assessment.model import Framework, Lenses
from assessment.storage.csv.layouts import Layout
from assessment.storage.csv.store import CsvStore
from assessment.storage.kinds import ASSESSMENTS, SETUPS, fitted
from tests.builders import assessment, deep_assessment, setup, total

SHIPPED = shipped_framework()
CORE = Framework.model_validate(SHIPPED.model_dump() | {"lenses": Lenses()})


def with_more(entries: Sequence[Any], new: str, *, at: int) -> tuple[Any, ...]:
    """Entries of a framework with another one like the one that it comes before."""
    return (*entries[:at], entries[at].model_copy(update={"id": new}), *entries[at:])


LENSES = SHIPPED.lenses.model_copy(
    update={
        "decisions": with_more(SHIPPED.lenses.decisions, "new-decision", at=0),
        "items": with_more(SHIPPED.lenses.items, "new-statement", at=5),
        "signs": with_more(SHIPPED.lenses.signs, "new-sign", at=-1),
    }
)
LATER = Framework.model_validate(
    SHIPPED.model_dump()
    | {"items": with_more(SHIPPED.items, "new", at=2), "lenses": LENSES.model_dump()}
)
OLDER_LAYOUT, LAYOUT = Layout(ASSESSMENTS, SHIPPED), Layout(ASSESSMENTS, LATER)
HEADER = OLDER_LAYOUT.header_line
WIDER = HEADER.replace(b",gathering", b",new,new-decision,new-statement,new-sign,gathering")
MORE = b"," * 4
OLD = [assessment(squad="Old"), assessment(squad='Older, "b"', note="one\ntwo")]
OLD_SQUADS = [record.squad for record in OLD]
ROUND = UUID(int=77)
NEW = deep_assessment(squad="New", answers={"new": "yes", "mandates-clear": "yes"})
NEW = NEW.model_copy(
    update={"deep": NEW.deep.model_copy(update={"signs": {"new-sign": 3.0, "rework-share": 2.0}})}
)


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
        WIDER + row(0)[:-1] + MORE + b"\n" + row(1)[:-1] + MORE + b"\n" + LAYOUT.line_of(NEW)
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
    assert lines[1] == row(0)[:-1] + MORE + b',"pm, only"\r\n'
    assert lines[2:5] == [b"too,short" + MORE + b"\n", b'open,"\n', b"\n"]
    assert lines[5] == row(1)[:-1] + MORE + b",one,too many\n"
    assert list(store.read().assessments) == [*OLD, NEW]
    assert [row.line for row in store.read().set_aside] == aside == [3, 4, 6]


def test_an_older_program_reads_the_wider_file_and_leaves_the_new_column_empty(
    store: CsvStore, tmp_path: Path
) -> None:
    store.add([NEW])
    older = CsvStore(tmp_path, SHIPPED)
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
    store = CsvStore(tmp_path, SHIPPED)
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
    [HEADER.replace(b",rituals-decide", b""), HEADER.partition(b"o,mandate-em")[0] + b"\n"],
    ids=["an item taken out", "cut within a name"],
)
def test_a_header_that_was_disturbed_is_refused_rather_than_widened(
    tmp_path: Path, header: bytes
) -> None:
    (tmp_path / "assessments.csv").write_bytes(header)

    with pytest.raises(StorageError, match=r"is not the header|column 10 of the first line is"):
        CsvStore(tmp_path, LATER).read()


def test_what_was_asked_later_stands_behind_what_was_asked_first_wherever_it_is_asked(
    tmp_path: Path,
) -> None:
    store = CsvStore(tmp_path, LATER)

    store.add([NEW, *OLD])

    assert store.path("assessments").read_bytes().startswith(WIDER)
    assert list(CsvStore(tmp_path, LATER).read().assessments) == [NEW, *OLD]
    assert [r.squad for r in CsvStore(tmp_path, SHIPPED).read().assessments] == ["New", *OLD_SQUADS]


def test_a_file_that_lacks_one_of_the_later_columns_gets_it(tmp_path: Path) -> None:
    header = WIDER.replace(b",new-decision", b"")
    narrow = [line[:-1] + b",,,\n" for line in (row(0), row(1))]
    (tmp_path / "assessments.csv").write_bytes(header + b"".join(narrow))
    store = CsvStore(tmp_path, LATER)
    assert list(store.read().assessments) == OLD

    store.add([NEW])

    assert store.path("assessments").read_bytes().startswith(WIDER)
    assert list(CsvStore(tmp_path, LATER).read().assessments) == [*OLD, NEW]


def test_questions_in_another_order_change_no_file() -> None:
    turned = SHIPPED.model_dump() | {"items": SHIPPED.items[::-1]}

    layout = Layout(ASSESSMENTS, Framework.model_validate(turned))

    assert layout.header_line == HEADER


def test_a_question_that_is_asked_no_longer_keeps_its_cells(
    store: CsvStore, tmp_path: Path
) -> None:
    answered = assessment(squad="Told", answers={"late-scope": "often", "mandates-clear": "yes"})
    store.add([answered, NEW])
    before = store.path("assessments").read_bytes()
    items = [item for item in LATER.items if item.id != "late-scope"]
    fewer = CsvStore(tmp_path, Framework.model_validate(LATER.model_dump() | {"items": items}))

    told = answered.model_copy(update={"answers": {"mandates-clear": "yes"}})
    assert list(fewer.read().assessments) == [*OLD, told, NEW]
    fewer.rename("Told", "Renamed")

    assert store.path("assessments").read_bytes() == before.replace(b",Told,", b",Renamed,")


def test_a_seat_that_came_later_stands_behind_the_first_ones() -> None:
    roles = with_more(SHIPPED.roles, "designer", at=2)
    later = Framework.model_validate(SHIPPED.model_dump() | {"roles": roles})
    layout, older, known = Layout(SETUPS, later), Layout(SETUPS, SHIPPED), setup()

    assert layout.header_line == older.header_line.replace(
        b",shared_seats", b",designer,shared_seats"
    )
    header = layout.header_of(older.header_line.removesuffix(b"\n"), file="setups.csv")
    assert layout.record_of(older.line_of(known).removesuffix(b"\n"), header) == known


# A version that rises -----------------------------------------------------------------------------

RAISED = Framework.model_validate(
    LATER.model_dump()
    | {
        "version": "core@2",
        "reads": ["core@1"],
        "lenses": LENSES.model_dump() | {"version": "lenses@2", "reads": ["lenses@1"]},
    }
)


def test_what_was_answered_under_a_version_that_is_read_keeps_it(tmp_path: Path) -> None:
    deep = [deep_assessment(squad=name, framework="core@1+lenses@1") for name in ("Deep", "Sea")]
    counted = total()
    CsvStore(tmp_path, SHIPPED).add([*OLD, *deep, counted])
    store = CsvStore(tmp_path, RAISED)

    store.add([new := NEW.model_copy(update={"framework": "core@2+lenses@2"})])

    for read in (store.read(), CsvStore(tmp_path, RAISED).read()):
        assert [*read.assessments, *read.totals] == [*OLD, *deep, new, counted]
        assert read.set_aside == ()


@pytest.mark.parametrize("version", ["core@1+lenses@1", "core@1", "core@2+lenses@1"])
def test_the_version_of_the_lenses_stands_with_answers_to_them_alone(version: str) -> None:
    core, _, lenses = version.partition("+")

    kept = fitted(deep_assessment(framework=version), RAISED)

    assert kept.framework == f"{core}+{lenses or 'lenses@2'}"
    assert fitted(assessment(framework=version), RAISED).framework == core


def test_what_was_answered_under_a_version_that_is_not_read_is_told_and_kept(
    store: CsvStore, tmp_path: Path
) -> None:
    before = store.path("assessments").read_bytes()
    later = CsvStore(tmp_path, RAISED.model_copy(update={"reads": ()}))
    new = NEW.model_copy(update={"framework": "core@2+lenses@2"})

    later.add([new])
    later.rename("New", "Renamed")

    read = later.read()
    assert [record.squad for record in read.assessments] == ["Renamed"]
    assert [str(row.reason) for row in read.set_aside] == [
        "unknown framework version 'core@1'; expected core@2, core@2+lenses@2, core@2+lenses@1"
    ] * 2
    rows = store.path("assessments").read_bytes().splitlines()[1:3]
    assert [row.removesuffix(MORE) for row in rows] == before.splitlines()[1:]


# The core alone, then the lenses ------------------------------------------------------------------


CORE_LAYOUT = Layout(ASSESSMENTS, CORE)
CORE_HEADER = CORE_LAYOUT.header_line


def core_row(number: int) -> bytes:
    return CORE_LAYOUT.line_of(OLD[number])


def test_a_file_of_the_core_alone_is_widened_when_a_deep_answer_comes(tmp_path: Path) -> None:
    (tmp_path / "assessments.csv").write_bytes(CORE_HEADER + core_row(0) + core_row(1))
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
    lines = [
        CORE_HEADER[:-1] + b",votes\n",
        core_row(0)[:-1] + b",7\n",
        core_row(1)[:-1] + b",8\n",
    ]
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
    older = CsvStore(tmp_path, CORE)

    assert [str(row.reason) for row in older.read().set_aside] == [
        "unknown framework version 'core@1+lenses@1'; expected core@1"
    ]
    older.add([late := assessment(squad="Late")])

    after = CsvStore(tmp_path, SHIPPED).path("assessments").read_bytes()
    assert after.startswith(before)
    records = CsvStore(tmp_path, SHIPPED).read().assessments
    assert [record.id for record in records] == [deep.assessment_id, late.assessment_id]

"""What holds for the file of assessments holds for the file of every other kind."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from assessment.content.loading import shipped_framework
from assessment.errors import StorageError, StoreBusy
from assessment.storage.csv.layouts import Layout
from assessment.storage.csv.store import CsvStore
from assessment.storage.kinds import (
    ACTIONS,
    AGREEMENTS,
    ASSESSMENTS,
    CONFIRMATIONS,
    KINDS,
    LINKS,
    SETUPS,
    SURVEYS,
    TOTALS,
    VOTES,
    Kind,
    Record,
)
from tests.builders import (
    action,
    agreement,
    assessment,
    confirmation,
    deep_assessment,
    gathering,
    in_squad,
    link,
    setup,
    total,
    vote,
)
from tests.storage.test_csv_store import NOON, bytes_rejected

FRAMEWORK = shipped_framework()
BUILDERS: dict[str, Callable[..., Any]] = {
    ASSESSMENTS.name: deep_assessment,
    SETUPS.name: setup,
    ACTIONS.name: action,
    SURVEYS.name: gathering,
    AGREEMENTS.name: agreement,
    CONFIRMATIONS.name: confirmation,
    VOTES.name: vote,
    TOTALS.name: total,
    LINKS.name: link,
}


@pytest.fixture(params=KINDS, ids=[kind.name for kind in KINDS])
def kind(request: pytest.FixtureRequest) -> Kind[Any]:
    kind: Kind[Any] = request.param
    return kind


@pytest.fixture
def layout(kind: Kind[Any]) -> Layout[Any]:
    return Layout(kind, FRAMEWORK)


@pytest.fixture
def build(kind: Kind[Any]) -> Callable[..., Any]:
    return BUILDERS[kind.name]


@pytest.fixture
def file(tmp_path: Path, kind: Kind[Any]) -> Path:
    return tmp_path / kind.file


def store_in(folder: Path, **options: Any) -> CsvStore:
    return CsvStore(folder, FRAMEWORK, clock=lambda: NOON, **options)


def held(folder: Path) -> list[Any]:
    return list(store_in(folder).read().records)


def test_the_first_record_makes_the_file_and_no_other(
    tmp_path: Path, file: Path, layout: Layout[Any], build: Callable[..., Any]
) -> None:
    store_in(tmp_path).add([record := build()])

    assert file.read_bytes() == layout.header_line + layout.line_of(record)
    beside = {"links.csv.off"} if file.name == "links.csv" else set()
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {file.name, "assessments.csv.lock"} | beside


def test_a_row_cut_at_any_byte_is_reported_and_the_next_append_is_clean(
    tmp_path: Path, file: Path, layout: Layout[Any], build: Callable[..., Any]
) -> None:
    rejected = file.with_name(f"{file.name}.rejected")
    first, last = build(), layout.line_of(build(squad='Last, "é"'))
    whole = layout.header_line + layout.line_of(first)
    for cut in range(1, len(last), 3):
        rejected.unlink(missing_ok=True)
        file.write_bytes(whole + last[:cut])
        store = store_in(tmp_path)
        assert store.read().records == (first,), cut
        assert [(row.file, row.line) for row in store.read().set_aside] == [(file.name, 3)]

        store.add([new := build(squad="Next")])

        assert file.read_bytes() == whole + layout.line_of(new), cut
        assert store.read().records == (first, new)
        assert [row.file for row in store.read().set_aside] == [rejected.name]
        assert bytes_rejected(rejected) == [last[:cut]]


def test_a_revision_changes_the_cells_that_differ_and_no_other_byte(
    tmp_path: Path, file: Path, layout: Layout[Any], build: Callable[..., Any]
) -> None:
    before = build(squad="Atlas")
    after = in_squad(before, 'North, "1"')
    row = layout.line_of(before)
    parts = [
        b"\xef\xbb\xbf" + layout.header_line[:-1] + b",votes\n",
        layout.line_of(build())[:-1] + b',"pm, only"\n',
        b'broken,"Atlas\n',
        b"\n",
        row[:-1].replace(b"Atlas", b'"Atlas"') + b',"7"\r\n',
        b"\xff\0,,,Atlas\n",
    ]
    file.write_bytes(b"".join(parts))

    store_in(tmp_path).revise(before, after)

    parts[4] = row[:-1].replace(b"Atlas", b'"North, ""1"""') + b',"7"\r\n'
    assert file.read_bytes() == b"".join(parts)
    (backup,) = (tmp_path / "backups").iterdir()
    assert backup.name == f"{file.stem}-20261103T120000Z-001.csv"
    assert b"North" not in backup.read_bytes()


def test_a_revision_that_empties_a_cell_leaves_it_empty(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    store.add([before := action(owner="pm", note="x")])

    store.revise(before, before.model_copy(update={"owner": None, "note": ""}))

    cells = store.path("actions").read_text("utf-8").splitlines()[-1].split(",")
    emptied = dict(zip(Layout(ACTIONS, FRAMEWORK).columns, cells, strict=True))
    assert emptied | {"owner": "", "note": ""} == emptied
    assert (emptied["lever"], emptied["due_on"], emptied["status"]) == (
        "single-channel",
        "2026-12-04",
        "planned",
    )


def test_actions_of_an_older_file_are_read_without_a_name_and_the_file_left_as_it_is(
    tmp_path: Path,
) -> None:
    store = store_in(tmp_path)
    store.add([before := action()])
    path = store.path("actions")
    header, row, end = path.read_bytes().split(b"\n")
    kept = header.split(b",").index(b"owner_name")
    older = b"\n".join([*(b",".join(line.split(b",")[:kept]) for line in (header, row)), end])
    path.write_bytes(older)

    assert store_in(tmp_path).read().actions == (before,)
    assert path.read_bytes() == older
    store_in(tmp_path).add([named := action(owner_name="Sofia")])
    assert held(tmp_path) == [before, named]


def test_revising_with_a_torn_end_keeps_the_end(
    tmp_path: Path, file: Path, layout: Layout[Any], build: Callable[..., Any]
) -> None:
    before = build()
    file.write_bytes(layout.header_line + layout.line_of(before) + b"torn")
    after = in_squad(before, "Borea")

    store_in(tmp_path).revise(before, after)

    assert held(tmp_path) == [after]
    assert bytes_rejected(file.with_name(f"{file.name}.rejected")) == [b"torn"]


def test_a_revision_leaves_a_second_row_of_its_id_set_aside(
    tmp_path: Path, file: Path, layout: Layout[Any], build: Callable[..., Any]
) -> None:
    before = build()
    file.write_bytes(layout.header_line + layout.line_of(before) * 2)
    after = in_squad(before, "Borea")

    store_in(tmp_path).revise(before, after)

    assert held(tmp_path) == [after]
    assert file.read_bytes().endswith(layout.line_of(after) + layout.line_of(before))


def test_what_deleting_takes_along_is_told_before(
    tmp_path: Path, file: Path, layout: Layout[Any], build: Callable[..., Any]
) -> None:
    first, other = build(), build()
    elsewhere = layout.line_of(in_squad(first, "Elsewhere"))
    file.write_bytes(
        layout.header_line + layout.line_of(first) + layout.line_of(other) + elsewhere + b"x\n"
    )
    store = store_in(tmp_path)

    (going,) = store.read().going_with([first.id])
    assert (going.file, going.line) == (file.name, 4)
    assert "Elsewhere" in going.text
    assert store.read().going_with([other.id]) == ()

    assert store.delete([first.id]) == 1
    assert held(tmp_path) == [other]
    assert [row.line for row in store.read().set_aside] == [3], "what never had an id stays"


def test_the_last_five_backups_of_each_file_are_kept(tmp_path: Path) -> None:
    times = iter(NOON + timedelta(minutes=n) for n in range(100))
    store = CsvStore(tmp_path, FRAMEWORK, clock=lambda: next(times))
    records = [build() for build in BUILDERS.values() for _ in range(7)]
    store.add(records)

    for record in records:
        store.delete([record.id])

    names = [path.name.partition("-")[0] for path in (tmp_path / "backups").iterdir()]
    assert {stem: names.count(stem) for stem in names} == {kind.stored_as: 5 for kind in KINDS}


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The kinds of the rows that are parsed from now on."""
    rows: list[str] = []
    parse = Layout.record_of

    def noted(layout: Layout[Any], line: bytes, header: Any) -> Any:
        rows.append(layout.kind.name)
        return parse(layout, line, header)

    monkeypatch.setattr(Layout, "record_of", noted)
    return rows


def test_after_a_change_of_one_file_no_other_is_parsed_again(
    tmp_path: Path, kind: Kind[Any], build: Callable[..., Any], parsed: list[str]
) -> None:
    store, other = store_in(tmp_path), store_in(tmp_path)
    store.add([build() for build in BUILDERS.values()])
    before = store.read()
    assert store.read() is before
    other.add([build()])
    parsed.clear()

    assert len(store.read().of(kind)) == 2

    assert parsed == [kind.name]


def test_a_file_replaced_or_removed_is_noticed(
    tmp_path: Path, file: Path, layout: Layout[Any], build: Callable[..., Any]
) -> None:
    store = store_in(tmp_path)
    store.add([build()])
    store.read()

    fresh = tmp_path / "restored"
    fresh.write_bytes(layout.header_line + layout.line_of(other := build()))
    fresh.replace(file)
    assert store.read().records == (other,)
    file.unlink()
    assert store.read().records == ()


def test_a_file_that_is_not_ours_stops_the_store_and_stays(
    tmp_path: Path, file: Path, kind: Kind[Any], build: Callable[..., Any]
) -> None:
    file.write_bytes(b"name,score\n")
    store, record = store_in(tmp_path), build()
    changed = in_squad(record, "Other")
    for use in (
        store.read,
        lambda: store.add([record]),
        lambda: store.delete([record.id]),
        lambda: store.rename("Atlas", "Borea"),
        lambda: store.revise(record, changed),
    ):
        with pytest.raises(StorageError, match=f"^{file.name}: the first line 'name,score' is"):
            use()

    assert file.read_bytes() == b"name,score\n"


def test_a_broken_file_of_one_kind_leaves_the_others_unchanged_by_a_rename(tmp_path: Path) -> None:
    store = store_in(tmp_path)
    store.add([assessment(), setup(), action()])
    before = {path.name: path.read_bytes() for path in tmp_path.glob("*.csv")}
    (tmp_path / "actions.csv").write_bytes(b"broken\n")

    with pytest.raises(StorageError):
        store.rename("Atlas", "Borea")

    assert (tmp_path / "assessments.csv").read_bytes() == before["assessments.csv"]
    assert (tmp_path / "setups.csv").read_bytes() == before["setups.csv"]
    assert not (tmp_path / "backups").exists()


def test_when_the_disk_fills_up_while_a_rename_is_prepared_no_file_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_in(tmp_path)
    records: list[Record] = [assessment(), setup(), action()]
    store.add(records)
    write = os.write
    with monkeypatch.context() as disk:

        def full_for_actions(file: int, data: bytes) -> int:
            if bytes(data[:9]) == b"action_id":
                raise OSError(28, "No space left on device")
            return write(file, data)

        disk.setattr(os, "write", full_for_actions)
        with pytest.raises(StorageError, match=r"^backups cannot be written \(the disk is full"):
            store.rename("Atlas", "Borea")

    assert held(tmp_path) == records
    assert not list(tmp_path.glob("*.new"))


def test_one_lock_keeps_writers_of_every_kind_out(
    tmp_path: Path, build: Callable[..., Any]
) -> None:
    store_in(tmp_path).add([record := build()])
    store = store_in(tmp_path, patience=0.05)

    with FileLock(tmp_path / "assessments.csv.lock"):
        for use in (
            lambda: store.add([build()]),
            lambda: store.revise(record, in_squad(record, "Other")),
        ):
            with pytest.raises(StoreBusy):
                use()
        assert store.read().records == (record,)


# Saved by a spreadsheet program -------------------------------------------------------------------


def in_excel(data: bytes) -> bytes:
    """Semicolons, CRLF, French dates and decimals, as Excel saves it in France."""
    text = data.decode().replace(",", ";").replace("\n", "\r\n")
    for day in (
        "2026-11-03",
        "2026-11-04",
        "2026-12-04",
        "2026-09-01",
        "2026-11-20",
        "2026-11-30",
        "2027-05-04",
        "2027-11-30",
    ):
        year, month, number = day.split("-")
        text = text.replace(f";{day};", f";{number}/{month}/{year};")
    for day in ("11-03", "11-04", "11-30", "12-03"):
        month, number = day.split("-")
        text = text.replace(f"2026-{day}T09:30:00.000000Z", f"{number}/{month}/2026 09:30")
    return text.encode("cp1252")


@pytest.mark.parametrize("act", ["add", "revise"])
def test_a_file_saved_by_excel_is_read_and_brought_back_by_the_next_write(
    tmp_path: Path,
    file: Path,
    layout: Layout[Any],
    build: Callable[..., Any],
    act: str,
) -> None:
    plain = {"deep": {"signs": {"days-to-arbitrate": 2.5}}} if layout.kind is ASSESSMENTS else {}
    # The 30th is no month, and so tells the order of day and month.
    last: dict[str, dict[str, Any]] = {
        "assessments": {"assessed_on": "2026-11-30", "saved_at": NOON.replace(day=30)},
        "setups": {"since": "2026-11-30"},
        "actions": {"due_on": "2026-11-30"},
        "surveys": {"closes_on": "2026-11-30"},
        "agreements": {"valid_until": "2027-11-30"},
        "confirmations": {"saved_at": datetime(2026, 11, 30, 9, 30, tzinfo=UTC)},
        "votes": {"saved_at": datetime(2026, 11, 30, 9, 30, tzinfo=UTC)},
        "totals": {
            "assessed_on": "2026-11-30",
            "saved_at": datetime(2026, 12, 30, 9, 30, tzinfo=UTC),
        },
        "links": {"expires_at": datetime(2026, 11, 30, 9, 30, tzinfo=UTC)},
    }
    further = last[layout.kind.name]
    records = [build(squad="Équipe", **plain), build(**plain, **further)]
    rows = [layout.line_of(record) for record in records]
    saved = in_excel(layout.header_line + b"".join(rows)).replace(b";2.5;", b";2,5;")
    if layout.kind is ASSESSMENTS:
        saved = saved.replace(b"2026-11-30T12:00:00.000000Z", b"30/11/2026 12:00")
        assert b";2,5;" in saved
    file.write_bytes(saved)
    store = store_in(tmp_path)

    assert list(store.read().records) == records
    assert store.read().set_aside == ()
    assert file.read_bytes() == saved, "reading changes nothing"

    new = build(squad="New")
    if act == "add":
        store.add([new])
        expected = [*records, new]
    else:
        expected = [in_squad(records[0], "New"), records[1]]
        store.revise(records[0], expected[0])

    assert file.read_bytes() == layout.header_line + b"".join(map(layout.line_of, expected))
    (backup,) = (tmp_path / "backups").iterdir()
    assert backup.read_bytes() == saved


def test_days_that_can_be_read_in_two_ways_are_refused_with_the_way_out(
    tmp_path: Path, file: Path, layout: Layout[Any], build: Callable[..., Any]
) -> None:
    early_by_kind: dict[str, dict[str, Any]] = {
        ASSESSMENTS.name: {"assessed_on": "2026-11-03"},
        SETUPS.name: {"since": "2026-09-01"},
        ACTIONS.name: {"due_on": "2026-12-04"},
        SURVEYS.name: {"closes_on": "2026-11-04"},
        AGREEMENTS.name: {"valid_until": "2026-12-04"},
        CONFIRMATIONS.name: {"saved_at": datetime(2026, 11, 3, 9, 30, tzinfo=UTC)},
        VOTES.name: {"pass_number": 2},
        TOTALS.name: {"assessed_on": "2026-11-03"},
        LINKS.name: {"label": "Board"},
    }
    early = early_by_kind[layout.kind.name]
    saved = in_excel(layout.header_line + layout.line_of(build(**early)))
    file.write_bytes(saved)
    store = store_in(tmp_path)

    with pytest.raises(StorageError, match=r"rewrote the dates, and .* can be read in two ways"):
        store.read()
    with pytest.raises(StorageError, match="folder backups"):
        store.add([build()])
    assert file.read_bytes() == saved


def test_an_action_is_never_due_before_it_was_decided_so_the_order_is_known(tmp_path: Path) -> None:
    layout = Layout(ACTIONS, FRAMEWORK)
    record = action(
        decided_on="2026-02-10",
        due_on="2026-03-05",
        saved_at=datetime(2026, 2, 20, 9, 30, tzinfo=UTC),
    )
    text = layout.header_line + layout.line_of(record)
    saved = text.replace(b",2026-02-10,2026-03-05,", b",10/02/2026,05/03/2026,")
    (tmp_path / "actions.csv").write_bytes(saved.replace(b",", b";"))

    assert held(tmp_path) == [record]


def test_a_thousand_and_a_decimal_comma_are_not_mistaken_for_each_other(tmp_path: Path) -> None:
    layout = Layout(ASSESSMENTS, FRAMEWORK)
    record = deep_assessment(deep={"signs": {"open-questions": 1_000}})
    row = (layout.header_line + layout.line_of(record)).replace(b",", b";")
    (tmp_path / "assessments.csv").write_bytes(row.replace(b";1000;", b";1,000;"))

    stored = store_in(tmp_path).read()

    assert stored.assessments == ()
    assert "broken number '1,000' in open-questions" in str(stored.set_aside[0].reason)

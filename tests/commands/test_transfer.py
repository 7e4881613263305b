"""`python -m assessment export|import|verify|copy`: lossless both ways, nothing overwritten."""

from __future__ import annotations

import errno
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn
from uuid import UUID
from zipfile import ZipFile

import pytest

from assessment.__main__ import main
from assessment.access.guarded_store import GuardedStore
from assessment.commands import transfer
from assessment.content.loading import shipped_framework
from assessment.exchange.archives import csv_of, files_in, files_of
from assessment.exchange.spreadsheets import workbook
from assessment.model import Agreement, Assessment
from assessment.storage.csv.store import CsvStore
from assessment.storage.kinds import ASSESSMENTS, CONFIRMATIONS, KINDS, KINDS_THAT_LEAVE, Kind
from assessment.storage.postgres.store import PostgresStore
from assessment.storage.protocol import Record, Store
from tests.builders import (
    action,
    agreement,
    assessment,
    confirmation,
    deep_assessment,
    gathering,
    link,
    replaced_agreement,
    setup,
    total,
    vote,
)
from tests.command_line import Printed, Run
from tests.interleaved import interleaved
from tests.storage.postgres import GROUP, LOCKED, Server

FRAMEWORK = shipped_framework()


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the environment names."""
    monkeypatch.delenv("WHO_DECIDES_DATABASE_URL", raising=False)
    monkeypatch.setenv("WHO_DECIDES_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def in_folder(folder: Path) -> tuple[Assessment, ...]:
    return CsvStore(folder, FRAMEWORK).read().assessments


def made(folder: Path) -> str:
    return f"{folder}: this folder was not there, and is made for what is brought in"


def file_of(path: Path, *assessments: Assessment, more: bytes = b"") -> Path:
    path.write_bytes(csv_of(ASSESSMENTS, assessments, FRAMEWORK) + more)
    return path


AWKWARD = (
    assessment(squad='Équipe "Nord", Łódź 🚀', voice="O'Neil", role="pm", note='a\r\n"b"\\n\t=1 '),
    assessment(squad="=1+1", note="'=1", answers={}),
    assessment(squad="-5", note="\u2028\u202eleft", answers={"late-scope": "often"}),
)


def test_import_adds_what_is_new_and_tells_the_rest(run: Run, data: Path, tmp_path: Path) -> None:
    there, new, changed = assessment(), assessment(), assessment()
    CsvStore(data, FRAMEWORK).add([there, changed])
    other = changed.model_copy(update={"note": "other"})
    file = file_of(tmp_path / "in.csv", there, new, other, more=b"nonsense\n")

    printed = run("import", file)

    assert printed.status == 1
    assert printed.out == ["added 1, already there 1, refused 2"]
    assert [line.partition(": ")[0] for line in printed.err] == [f"{file}:4", f"{file}:5"]
    assert in_folder(data) == (there, changed, new)


def test_importing_again_adds_nothing(run: Run, data: Path, tmp_path: Path) -> None:
    file = file_of(tmp_path / "in.csv", assessment(), assessment())

    assert run("import", file) == Printed(0, ["added 2, already there 0, refused 0"], [made(data)])
    assert run("import", file) == Printed(0, ["added 0, already there 2, refused 0"], [])
    assert len(in_folder(data)) == 2


def test_a_day_ahead_is_refused_where_somebody_wrote_it_and_kept_where_it_was_stored(
    run: Run, data: Path, tmp_path: Path
) -> None:
    ahead = assessment(assessed_on=datetime.now(UTC).date() + timedelta(days=3))
    file = file_of(tmp_path / "in.csv", ahead)
    exported = file.read_bytes()
    file.write_bytes(exported.replace(b":00.000000Z", b":00Z"))
    told = f"{file}:2: the date {ahead.assessed_on} is in the future; choose today or earlier"

    assert run("import", file) == Printed(1, ["added 0, already there 0, refused 1"], [told])
    verified = run("verify", file)
    assert (verified.status, verified.err) == (1, [told])
    assert verified.out[0].endswith("unreadable 0, refused by an import 1")

    file.write_bytes(exported)
    assert run("import", file).status == 0
    assert in_folder(data) == (ahead,)


def test_columns_of_others_are_told(run: Run, data: Path, tmp_path: Path) -> None:
    file = file_of(tmp_path / "in.csv", assessment())
    header, row, _ = file.read_text().split("\n")
    file.write_text(f"{header},Moyenne\n{row},12\n")
    told = f"{file}: columns that are none of ours, and left out: Moyenne"

    assert run("verify", file).err == [told]
    done = ["added 1, already there 0, refused 0"]
    assert run("import", file) == Printed(0, done, [told, made(data)])


@pytest.mark.parametrize("packed", [True, False], ids=["zip", "folder"])
def test_columns_that_a_whole_export_has_more_than_ours_make_it_no_success(
    packed: bool, run: Run, data: Path, tmp_path: Path
) -> None:
    files = {**files_of([assessment(), setup()], FRAMEWORK)}
    header, row, _ = files["setups.csv"].split(b"\n")
    files["setups.csv"] = header + b",later\n" + row + b",yes\n"
    source = tmp_path / ("export.zip" if packed else "export")
    if packed:
        with ZipFile(source, "w") as archive:
            for name, content in files.items():
                archive.writestr(name, content)
    else:
        source.mkdir()
        for name, content in files.items():
            (source / name).write_bytes(content)
    told = [
        f"{source / 'setups.csv'}: columns that are none of ours, and left out: later",
        f"{source}: no export by this version holds these columns; where a newer one made it, "
        "update, then import it into an empty store",
    ]

    verified = run("verify", source)
    assert (verified.status, verified.err) == (1, told)
    done = ["added 2, already there 0, refused 0"]
    assert run("import", source) == Printed(1, done, [*told, made(data)])


def test_checks_that_will_not_count_are_told(run: Run, data: Path, tmp_path: Path) -> None:
    file = file_of(tmp_path / "in.csv", assessment(voice="Zoé"), assessment(voice="zoé"))

    assert run("import", file) == Printed(
        0,
        ["added 2, already there 0, refused 0"],
        [
            made(data),
            f"{file}: checks that will not count once this is added, since their voice has a later "
            "one in the same month: 1",
        ],
    )


def test_a_large_import_tells_its_progress(run: Run, data: Path, tmp_path: Path) -> None:
    file = file_of(tmp_path / "in.csv", *[assessment() for _ in range(1_500)])

    assert run("import", file).out == [
        "1000 of 1500",
        "1500 of 1500",
        "added 1500, already there 0, refused 0",
    ]


def test_what_is_exported_is_imported_as_it_was(run: Run, data: Path, tmp_path: Path) -> None:
    CsvStore(data, FRAMEWORK).add(AWKWARD)
    file, elsewhere = tmp_path / "out.csv", tmp_path / "elsewhere"

    assert run("export", file) == Printed(0, ["exported 3, unreadable 0"], [])
    assert run("import", file, "--store", elsewhere).status == 0

    assert in_folder(elsewhere) == AWKWARD


def test_export_overwrites_no_file(run: Run, data: Path) -> None:
    CsvStore(data, FRAMEWORK).add(AWKWARD)
    own = data / "assessments.csv"
    with own.open("a") as file:
        file.write("nonsense\n")
    before = own.read_bytes()

    printed = run("export", own)

    assert printed == Printed(
        2, [], [f"{own}: already exists; give the name of a new file or folder"]
    )
    assert own.read_bytes() == before


def test_export_tells_the_rows_that_it_leaves_out(run: Run, data: Path, tmp_path: Path) -> None:
    CsvStore(data, FRAMEWORK).add(AWKWARD)
    with (data / "assessments.csv").open("a") as file:
        file.write("nonsense\n")

    printed = run("export", tmp_path / "out.csv")

    assert (printed.status, printed.out) == (1, ["exported 3, unreadable 1"])
    assert printed.err == ["assessments.csv:5: the row has 1 columns; expected 91"]


def test_an_export_of_another_kind_makes_no_folder(run: Run, data: Path, tmp_path: Path) -> None:
    CsvStore(data, FRAMEWORK).add(AWKWARD)

    assert run("export", tmp_path / "out.txt").err == [
        f"{tmp_path / 'out.txt'}: no '.txt' is written; end it in .zip or .csv, or name a folder"
    ]
    assert not (tmp_path / "out.txt").exists()


@pytest.mark.parametrize("name", ["out.csv", "out.zip"])
def test_a_full_disk_is_told_with_the_file_that_found_no_place(
    name: str, run: Run, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    CsvStore(data, FRAMEWORK).add(AWKWARD)

    def full(_file: Path, _content: bytes) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(transfer, "replace_file", full)

    assert run("export", tmp_path / name).err == [f"{tmp_path / name}: No space left on device"]


def test_verify_counts_and_names_every_unreadable_row(run: Run, data: Path, tmp_path: Path) -> None:
    two = (assessment(squad="Atlas"), assessment(squad=" ATLAS "))
    file = file_of(tmp_path / "in.csv", *two, more=b"nonsense\nmore\n")
    data.mkdir()

    assert run("verify") == Printed(
        0,
        [
            "assessments 0, setups 0, actions 0, gatherings 0, agreements 0, "
            "confirmations 0, votes 0, totals 0, squads 0, unreadable 0"
        ],
        [],
    )
    assert run("verify", file) == Printed(
        1,
        [
            "assessments 2, setups 0, actions 0, gatherings 0, agreements 0, "
            "confirmations 0, votes 0, totals 0, squads 1, unreadable 2"
        ],
        [
            f"{file}:4: the row has 1 columns; expected 91",
            f"{file}:5: the row has 1 columns; expected 91",
        ],
    )


def test_verify_tells_an_end_into_which_an_older_version_wrote_seats(run: Run, data: Path) -> None:
    ended = setup(seats={}, company=None, ended=True)
    CsvStore(data, FRAMEWORK).add([ended])
    assert (run("verify").status, run("verify").err) == (0, [])
    edited = setup(setup_id=ended.setup_id, ended=True)
    CsvStore(data, FRAMEWORK).revise(ended, edited)

    printed = run("verify")

    assert printed.status == 1
    assert printed.err == [
        f"setups.csv: {ended.setup_id}: says that its squad has ended, and who sits where as well, "
        "as a version before 0.14 leaves it; it counts as a setup, so the squad goes on; save that "
        "setup once more, then say on the data page that the squad has ended, if it has"
    ]
    assert run("verify", data / "setups.csv").err == printed.err


def test_verify_looks_at_a_store_by_name(run: Run, data: Path, tmp_path: Path) -> None:
    CsvStore(tmp_path / "other", FRAMEWORK).add(AWKWARD)

    assert run("verify", "--store", tmp_path / "other").out == [
        "assessments 3, setups 0, actions 0, gatherings 0, agreements 0, "
        "confirmations 0, votes 0, totals 0, squads 3, unreadable 0"
    ]
    missing = run("verify", "--store", tmp_path / "nowhere")
    assert missing == Printed(2, [], [f"{tmp_path / 'nowhere'}: no such folder"])
    assert not (tmp_path / "nowhere").exists()


def test_import_tells_of_a_folder_that_it_makes_and_makes_no_path(
    run: Run, data: Path, tmp_path: Path
) -> None:
    file, new = file_of(tmp_path / "in.csv", assessment()), tmp_path / "tpyo"
    done = ["added 1, already there 0, refused 0"]

    refused = run("import", file, "--store", new / "data")
    assert refused == Printed(2, [], [f"{new}: no such folder"])
    assert not new.exists()
    assert run("import", file, "--store", new) == Printed(0, done, [made(new)])
    assert run("import", file) == Printed(0, done, [made(data)])
    empty = file_of(tmp_path / "empty.csv")
    assert run("import", empty, "--store", tmp_path / "none").err == []


@pytest.mark.parametrize("command", ["export", "import", "verify", "retain --months 24"])
def test_a_command_says_which_store_it_works_on(
    command: str, run: Run, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    CsvStore(data, FRAMEWORK).add(AWKWARD)
    CsvStore(tmp_path / "other", FRAMEWORK).add(AWKWARD)
    file = file_of(tmp_path / "in.csv", assessment())
    files = {"import": [file], "export": [tmp_path / "out.csv"]}.get(command, [])

    named = run(*command.split(), *files, "--store", "other")
    (tmp_path / "out.csv").unlink(missing_ok=True)
    assert named.stores == [f"Answers are kept in {tmp_path / 'other'}."]
    assert run(*command.split(), *files).stores == [f"Answers are kept in {data}."]


def test_verifying_a_file_names_no_store(run: Run, data: Path, tmp_path: Path) -> None:
    assert run("verify", file_of(tmp_path / "in.csv", assessment())).stores == []


@pytest.mark.parametrize("command", ["export", "verify", "retain"])
def test_no_store_is_not_an_empty_one(command: str, run: Run, data: Path, tmp_path: Path) -> None:
    further: dict[str, list[object]] = {
        "export": [tmp_path / "out.zip"],
        "retain": ["--months", "6"],
    }
    options = further.get(command, [])

    assert run(command, *options) == Printed(2, [], [f"{data}: no such folder"])
    assert not (tmp_path / "out.zip").exists()


@pytest.mark.parametrize("command", ["export", "import", "verify", "copy", "retain"])
def test_what_another_program_took_away_is_told(
    command: str, run: Run, data: Path, tmp_path: Path
) -> None:
    running = CsvStore(data, FRAMEWORK)
    running.add(AWKWARD)
    running.read()
    (data / "assessments.csv").write_bytes(b"")
    running.read()
    options: dict[str, list[object]] = {
        "export": [tmp_path / "out.zip"],
        "import": [file_of(tmp_path / "in.csv", assessment())],
        "copy": [data, tmp_path / "other"],
        "retain": ["--months", 24],
    }

    printed = run(command, *options.get(command, []))

    assert printed.status == 1
    assert printed.err[0].startswith("3 records that were stored are gone from their files")


@pytest.mark.parametrize("command", ["import", "verify"])
def test_a_file_that_is_not_there_or_of_another_kind_exits_with_2(
    command: str, run: Run, data: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.csv"
    other.write_text("name,score\n")

    assert run(command, tmp_path / "nowhere.csv").err == [
        f"{tmp_path / 'nowhere.csv'}: No such file or directory"
    ]
    printed = run(command, other)
    assert (printed.status, printed.out) == (2, [])
    assert "is the header of none of our files" in printed.err[0]
    assert in_folder(data) == ()


@pytest.mark.parametrize("command", ["import", "verify", "score"])
@pytest.mark.parametrize("name", ["all.xlsx", "old.xls", "all.ods", "assessments.csv"])
def test_a_workbook_is_told_with_what_to_save_it_as(
    command: str, name: str, run: Run, data: Path, tmp_path: Path
) -> None:
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    beginnings = {
        "old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504),
        "all.ods": b"PK\x03\x04" + bytes(26) + b"mimetype" + kind + b"PK",
    }
    file = tmp_path / name
    file.write_bytes(beginnings.get(name) or workbook(AWKWARD, FRAMEWORK))

    printed = run(command, file)

    assert (printed.status, printed.out) == (2, [])
    (reason,) = printed.err
    assert reason.startswith(f"{file}: this is a workbook of a spreadsheet program")
    assert "as CSV UTF-8" in reason
    assert in_folder(data) == ()


def test_copy_between_folders_leaves_what_differs(run: Run, tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    CsvStore(source, FRAMEWORK).add(AWKWARD)
    kept = AWKWARD[1].model_copy(update={"note": "kept"})
    CsvStore(target, FRAMEWORK).add([kept])

    printed = run("copy", source, target)

    assert (printed.status, printed.out) == (1, ["added 2, already there 0, refused 1"])
    assert f"{kept.assessment_id} is already stored (" in printed.err[0]
    assert in_folder(target) == (kept, AWKWARD[0], AWKWARD[2])


def test_copy_names_every_row_that_it_cannot_read(run: Run, tmp_path: Path) -> None:
    source = tmp_path / "source"
    CsvStore(source, FRAMEWORK).add(AWKWARD)
    with (source / "assessments.csv").open("a") as file:
        file.write("nonsense\n")

    printed = run("copy", source, tmp_path / "target")

    assert (printed.status, printed.out) == (1, ["added 3, already there 0, refused 0"])
    assert printed.err == ["assessments.csv:5: the row has 1 columns; expected 91"]


def test_what_others_stored_meanwhile_is_told_as_already_there(
    run: Run, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = file_of(tmp_path / "in.csv", there := assessment(), assessment())
    others = CsvStore(data, FRAMEWORK)
    monkeypatch.setattr(
        transfer,
        "open_store",
        lambda *_, **__: interleaved(CsvStore(data, FRAMEWORK), lambda: others.add([there])),
    )

    assert run("import", file).out == ["added 1, already there 1, refused 0"]


# Every kind ---------------------------------------------------------------------------------------

ROUND, AGREED = UUID(int=10**6), UUID(int=10**6 + 1)
EVERYTHING: tuple[Record, ...] = (
    *AWKWARD,
    deep_assessment(squad="=Nord", deep={"mandates": {"pm": 'what, "why" \\n; =1'}}),
    assessment(squad="=Nord", gathering=ROUND),
    setup(squad="Équipe; =1"),
    setup(company=None, seats={}),
    action(note="one\n=two"),
    action(status="done", ended_on="2026-11-30", owner=None, due_on=None),
    gathering(gathering_id=ROUND, squad="=Nord"),
    agreement(agreement_id=AGREED, squad="=Nord", limits='one, "two"', note="one\n=two"),
    confirmation(agreement_id=AGREED, squad="=Nord", reservation="=1"),
    vote(gathering=ROUND, squad="=Nord"),
    total(squad="=Nord"),
)
LINK = link(squad="=Nord")
COUNTED = (
    "assessments 5, setups 2, actions 2, gatherings 1, agreements 1, confirmations 1, votes 1, "
    "totals 1"
)


def all_in(folder: Path) -> tuple[Record, ...]:
    return CsvStore(folder, FRAMEWORK).read().records


@pytest.mark.parametrize("target", ["all.zip", "ALL.ZIP", "folder", "folder.2026/", "new/folder"])
def test_everything_is_exported_and_imported_as_it_was(
    run: Run, data: Path, tmp_path: Path, target: str
) -> None:
    CsvStore(data, FRAMEWORK).add(EVERYTHING)
    exported, elsewhere = tmp_path / target, tmp_path / "elsewhere"

    assert run("export", exported) == Printed(0, [f"exported {COUNTED}, unreadable 0"], [])
    assert run("verify", exported) == Printed(0, [f"{COUNTED}, squads 6, unreadable 0"], [])
    assert run("import", exported, "--store", elsewhere).out == [
        "added 14, already there 0, refused 0"
    ]
    assert run("import", exported, "--store", elsewhere).out == [
        "added 0, already there 14, refused 0"
    ]

    assert all_in(elsewhere) == EVERYTHING
    for kind in KINDS_THAT_LEAVE:
        assert (elsewhere / kind.file).read_bytes() == (data / kind.file).read_bytes()


def test_import_tells_the_answers_to_rounds_that_it_takes_on_the_word_of_a_file(
    run: Run, data: Path, tmp_path: Path
) -> None:
    CsvStore(data, FRAMEWORK).add(EVERYTHING)
    exported = tmp_path / "all.zip"
    run("export", exported)
    (tmp_path / "elsewhere").mkdir()

    first = run("import", exported, "--store", tmp_path / "elsewhere")
    again = run("import", exported, "--store", tmp_path / "elsewhere")

    assert first.err == [
        f"{exported}: adds 2 answers to sessions by invitation, 2 of them to confidential ones "
        "or to sessions that are not stored; what the file says of them was trusted, as the data "
        "page would not do: import only what was exported from a store of yours"
    ]
    assert again.err == []


def test_a_csv_file_takes_the_assessments_alone_and_says_so(
    run: Run, data: Path, tmp_path: Path
) -> None:
    CsvStore(data, FRAMEWORK).add(EVERYTHING)
    file, elsewhere = tmp_path / "out.csv", tmp_path / "elsewhere"

    printed = run("export", file)

    assert (printed.status, printed.out) == (0, ["exported 5, unreadable 0"])
    assert printed.err == [
        f"{file}: holds the assessments alone, of {COUNTED}; name a folder or a .zip to export all"
    ]
    run("import", file, "--store", elsewhere)

    assert all_in(elsewhere) == EVERYTHING[:5]


@pytest.mark.parametrize("kind", KINDS_THAT_LEAVE)
def test_a_file_of_one_kind_is_imported_by_itself(
    run: Run, data: Path, tmp_path: Path, kind: Kind[Any]
) -> None:
    CsvStore(tmp_path / "there", FRAMEWORK).add(EVERYTHING)
    answered = [r for r in EVERYTHING if isinstance(r, Agreement) and kind is CONFIRMATIONS]
    CsvStore(data, FRAMEWORK).add(answered)

    printed = run("import", tmp_path / "there" / kind.file)

    assert printed.status == 0
    of_kind = [record for record in EVERYTHING if isinstance(record, kind.model)]
    assert all_in(data) == (*answered, *of_kind)


def test_an_answer_to_an_agreement_that_is_not_there_is_refused(
    run: Run, data: Path, tmp_path: Path
) -> None:
    CsvStore(tmp_path / "there", FRAMEWORK).add(EVERYTHING)

    printed = run("import", tmp_path / "there" / "confirmations.csv")

    assert (printed.status, printed.out) == (1, ["added 0, already there 0, refused 1"])
    (answered,) = [record.id for record in EVERYTHING if isinstance(record, Agreement)]
    assert (
        f"stored here, or one of another squad ({answered}), so it was not added" in printed.err[0]
    )
    assert all_in(data) == ()


def test_an_answer_alone_is_verified_though_its_agreement_lies_elsewhere(
    run: Run, data: Path
) -> None:
    CsvStore(data, FRAMEWORK).add(EVERYTHING)

    printed = run("verify", data / "confirmations.csv")

    assert (printed.status, printed.err) == (0, [])


def test_an_export_of_what_an_import_would_refuse_exits_with_1(
    run: Run, data: Path, tmp_path: Path
) -> None:
    CsvStore(data, FRAMEWORK).add([confirmation(agreement_id=AGREED)])

    assert run("export", tmp_path / "all.zip").status == 1


@pytest.mark.parametrize("name", ["all.zip", "folder"])
def test_verify_tells_what_an_import_of_a_backup_would_leave_out(
    name: str, run: Run, data: Path, tmp_path: Path
) -> None:
    CsvStore(data, FRAMEWORK).add(EVERYTHING)
    agreements = data / "agreements.csv"
    (answered,) = [record.id for record in EVERYTHING if isinstance(record, Agreement)]
    damaged = agreements.read_text("utf-8").replace(str(answered), "none")
    agreements.write_text(damaged, "utf-8")
    exported = tmp_path / name
    told = run("export", exported)
    assert (told.status, told.err[-1]) == (1, run("verify").err[-1])

    (tmp_path / "elsewhere").mkdir()
    of_file, of_store = run("verify", exported), run("verify")
    taken = run("import", exported, "--store", tmp_path / "elsewhere")

    assert (of_file.status, of_store.status, taken.status) == (1, 1, 1)
    assert of_file.out[0].endswith("unreadable 0, refused by an import 1")
    assert of_store.out[0].endswith("unreadable 1, refused by an import 1")
    assert of_file.err == taken.err[:1]
    assert of_store.err[-1].startswith("confirmations.csv: ")
    assert taken.out == ["added 12, already there 0, refused 1"]


def merged(store: Store) -> None:
    """Two squads that agreed on one decision become one."""
    for squad in ("Atlas", "Borea"):
        made = agreement(squad=squad)
        store.add([made, confirmation(squad=squad, agreement_id=made.id)])
    GuardedStore(store).rename("Borea", "Atlas")


def without_what_was_replaced(store: Store) -> None:
    """Of an agreement and the one that replaced it the second is left."""
    (old, new), confirmations = replaced_agreement()
    store.add([old, new, *confirmations])
    GuardedStore(store).delete([old.id])


@pytest.mark.parametrize("past", [merged, without_what_was_replaced])
def test_agreements_are_brought_back_as_they_stood(
    past: Callable[[Store], None], run: Run, data: Path, tmp_path: Path
) -> None:
    past(CsvStore(data, FRAMEWORK))
    there = all_in(data)

    assert run("export", tmp_path / "all.zip").status == 0
    assert run("verify").status == run("verify", tmp_path / "all.zip").status == 0
    restored = tmp_path / "restored"
    CsvStore(restored, FRAMEWORK).add(there[:1])  # by a run that was cut short
    assert run("import", tmp_path / "all.zip", "--store", restored) == Printed(
        0, [f"added {len(there) - 1}, already there 1, refused 0"], []
    )
    assert set(all_in(restored)) == set(there)


def test_an_agreement_joins_no_other_of_the_same_days(run: Run, data: Path, tmp_path: Path) -> None:
    CsvStore(data, FRAMEWORK).add([agreement()])
    CsvStore(tmp_path / "other", FRAMEWORK).add([agreement()])

    printed = run("import", tmp_path / "other")

    assert (printed.status, printed.out) == (1, ["added 0, already there 0, refused 1"])
    assert "another agreement about this decision counts from" in printed.err[0]


@pytest.mark.parametrize("target", ["all.zip", "folder", "out.csv"])
def test_links_are_neither_exported_nor_brought_in(
    run: Run, data: Path, tmp_path: Path, target: str
) -> None:
    CsvStore(data, FRAMEWORK).add([*EVERYTHING, LINK])
    exported, elsewhere = tmp_path / target, tmp_path / "elsewhere"

    assert "links" not in run("export", exported).out[0]

    files = [exported] if exported.is_file() else list(exported.iterdir())
    assert not [file for file in files if LINK.digest.encode() in file.read_bytes()]
    refused = run("import", data / "links.csv", "--store", elsewhere)
    assert refused.status == 2
    assert "is the header of none of our files" in refused.err[0]
    run("import", data, "--store", elsewhere)
    assert all_in(elsewhere) == EVERYTHING


def test_copying_takes_links_along(run: Run, data: Path, tmp_path: Path) -> None:
    CsvStore(data, FRAMEWORK).add([one := assessment(), LINK])

    assert run("copy", data, tmp_path / "there").out == ["added 2, already there 0, refused 0"]

    assert all_in(tmp_path / "there") == (one, LINK)


def test_a_store_that_cannot_be_written_is_told_in_one_line(data: Path, tmp_path: Path) -> None:
    CsvStore(data, FRAMEWORK).add(EVERYTHING)
    (tmp_path / "there" / "assessments.csv.lock").mkdir(parents=True)
    command = ["-m", "assessment", "copy", str(data), str(tmp_path / "there")]

    ended = subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False)  # noqa: S603 - our own program

    assert ended.returncode == 2
    (line,) = ended.stderr.splitlines()
    assert line.startswith("assessments.csv.lock cannot be")


@pytest.mark.parametrize("name", ["backup.zip", "backup.csv"])
def test_export_names_the_folder_that_is_not_there(
    name: str, run: Run, data: Path, tmp_path: Path
) -> None:
    CsvStore(data, FRAMEWORK).add(EVERYTHING)
    missing = tmp_path / "nowhere"

    assert run("export", missing / name) == Printed(
        2, [], [f"{missing}: no such folder; make it, or export into another"]
    )
    assert not missing.exists()


def test_export_fills_an_empty_folder_and_no_other(run: Run, data: Path, tmp_path: Path) -> None:
    CsvStore(data, FRAMEWORK).add(EVERYTHING)
    (tmp_path / "empty").mkdir()

    assert run("export", tmp_path / "empty").status == 0
    assert run("export", tmp_path / "empty").err == [
        f"{tmp_path / 'empty'}: already exists; give the name of a new file or folder"
    ]
    assert run("export", data).status == 2


def test_a_folder_without_our_files_exits_with_2(run: Run, data: Path, tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()

    for command in ("import", "verify"):
        printed = run(command, tmp_path / "photos")
        assert printed == Printed(
            2,
            [],
            [
                f"{tmp_path / 'photos'}: none of our files is there; expected one of "
                "assessments.csv, setups.csv, actions.csv, gatherings.csv, agreements.csv, "
                "confirmations.csv, votes.csv, totals.csv"
            ],
        )


def test_rows_of_every_kind_that_differ_or_cannot_be_read_are_named_by_file_and_line(
    run: Run, data: Path, tmp_path: Path
) -> None:
    changed_setup, changed_action = setup(), action()
    CsvStore(data, FRAMEWORK).add([changed_setup, changed_action])
    there = tmp_path / "there"
    CsvStore(there, FRAMEWORK).add(
        [
            assessment(),
            changed_setup.model_copy(update={"company": "start-up"}),
            changed_action.model_copy(update={"owner": "po"}),
            action(),
        ]
    )
    with (there / "setups.csv").open("a") as file:
        file.write("nonsense\n")

    printed = run("import", there)

    assert (printed.status, printed.out) == (1, ["added 2, already there 0, refused 3"])
    assert [line.partition(": ")[0] for line in printed.err] == [
        f"{there / 'setups.csv'}:2",
        f"{there / 'setups.csv'}:3",
        f"{there / 'actions.csv'}:2",
    ]
    assert "(Atlas, 2026-09-01) with another company, and" in printed.err[0]
    assert "with another owner, and" in printed.err[2]
    assert run("copy", there, data).out == ["added 0, already there 2, refused 2"]


# On PostgreSQL ------------------------------------------------------------------------------------


@pytest.mark.xdist_group(GROUP)
def test_from_csv_to_postgresql_and_back_nothing_changes(
    run: Run, database: str, tmp_path: Path
) -> None:
    there, back = tmp_path / "there", tmp_path / "back"
    CsvStore(there, FRAMEWORK).add([*EVERYTHING, LINK])

    assert run("copy", there, database) == Printed(0, ["added 15, already there 0, refused 0"], [])
    assert run("copy", there, database).out == ["added 0, already there 15, refused 0"]
    with closing(PostgresStore(database, FRAMEWORK)) as store:
        assert store.read().records == (*EVERYTHING, LINK)
    counts = f"{COUNTED}, links 1, squads 6, unreadable 0"
    verified = run("verify", "--store", database)
    assert verified.stores == ["Answers are kept in PostgreSQL, at the address given."]
    assert verified.out == [counts]
    assert run("copy", database, back).status == 0
    assert all_in(back) == (*EVERYTHING, LINK)
    for kind in KINDS:
        assert (back / kind.file).read_bytes() == (there / kind.file).read_bytes()


@pytest.mark.xdist_group(GROUP)
def test_files_go_into_the_database_that_the_environment_names_and_out_again(
    run: Run, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WHO_DECIDES_DATABASE_URL", database)
    there = tmp_path / "there"
    CsvStore(there, FRAMEWORK).add(EVERYTHING)

    assert run("import", there).out == ["added 14, already there 0, refused 0"]
    verified = run("verify")
    assert verified.stores == ["Answers are kept in PostgreSQL (WHO_DECIDES_DATABASE_URL)."]
    assert verified.err == []
    monkeypatch.setenv("WHO_DECIDES_DATA", str(there))
    (left,) = run("verify").err
    assert left.startswith(f"{there}: answers lie here too, and are not used")
    assert verified.out == [f"{COUNTED}, squads 6, unreadable 0"]
    assert run("export", tmp_path / "out.zip").status == 0
    assert run("export", tmp_path / "out").status == 0
    for kind in KINDS_THAT_LEAVE:
        written = (there / kind.file).read_bytes()
        assert (tmp_path / "out" / kind.file).read_bytes() == written
        assert files_in((tmp_path / "out.zip").read_bytes(), file="it")[kind.file] == written


@pytest.mark.xdist_group(GROUP)
def test_a_refused_password_is_not_printed(run: Run, postgres: Server, tmp_path: Path) -> None:
    login, password = LOCKED
    address = postgres.address("postgres", login=f"{login}:{password}wrong")

    for command in (("verify", "--store", address), ("copy", tmp_path, address)):
        printed = run(*command)
        assert printed.status == 2
        assert "refuses the user or the password" in printed.err[0]
        assert password not in "".join([*printed.out, *printed.err, *printed.stores])


def test_an_address_that_is_none_is_refused_without_its_secret(run: Run) -> None:
    printed = run("verify", "--store", "postgresql://bob:a@s3cret@db/governance")

    assert printed.status == 2
    assert "s3cret" not in "".join(printed.err)


@pytest.mark.parametrize(
    "command",
    [
        ["copy", "{data}", "postgresql:/bob:s3cret@db/x"],
        ["copy", "postgres:bob:s3cret@db/x", "{data}"],
        ["export", "postgresql://bob:s3cret@db/x"],
        ["import", "postgresql://bob:s3cret@db/x"],
        ["verify", "postgresql://bob:s3cret@db/x"],
        ["score", "postgresql://bob:s3cret@db/x"],
    ],
)
def test_an_address_in_the_wrong_place_becomes_no_folder_and_is_not_repeated(
    command: list[str],
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    CsvStore(data, FRAMEWORK).add(AWKWARD)
    monkeypatch.chdir(tmp_path)
    try:
        status = main([word.format(data=data) for word in command])
    except SystemExit as end:
        status = int(end.code or 0)

    assert status == 2
    assert "s3cret" not in "".join(capsys.readouterr())
    assert list(tmp_path.iterdir()) == [data]


@pytest.mark.parametrize("command", ["export", "import", "verify", "retain --months 1 --yes"])
def test_an_empty_name_is_no_store(
    command: str, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    CsvStore(data, FRAMEWORK).add(AWKWARD)
    before = in_folder(data)
    file = str(file_of(tmp_path / "in.csv", assessment()))
    with pytest.raises(SystemExit) as end:
        main([*command.split(), *([] if "retain" in command else [file]), "--store", ""])

    assert end.value.code == 2
    expected = "expected a folder or a postgresql:// address, not an empty name"
    assert expected in capsys.readouterr().err
    assert in_folder(data) == before


@pytest.mark.parametrize("command", ["import", "verify"])
@pytest.mark.parametrize("name", ["backup.zip", "backup.csv"])
def test_an_empty_file_is_no_backup(
    name: str, command: str, run: Run, data: Path, tmp_path: Path
) -> None:
    (tmp_path / name).touch()

    assert run(command, tmp_path / name) == Printed(
        2,
        [],
        [
            f"{tmp_path / name}: this file is empty, as no export is, so nothing can be taken "
            "from it"
        ],
    )

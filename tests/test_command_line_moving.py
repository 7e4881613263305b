"""`python -m assessment export|import|verify|copy`: lossless both ways, nothing overwritten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from assessment.__main__ import main
from assessment.framework import shipped_framework
from assessment.model import Assessment
from assessment.reports.downloads import csv_of
from assessment.storage.csv_store import CsvStore
from assessment.storage.kinds import ASSESSMENTS
from assessment.storage.postgres_store import PostgresStore
from tests.builders import assessment
from tests.storage.postgres import GROUP, LOCKED, Server

FRAMEWORK = shipped_framework()


@dataclass
class Printed:
    """What a run of a command gave back."""

    status: int
    out: list[str]
    err: list[str]


Run = Callable[..., Printed]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def command(*arguments: object) -> Printed:
        status = main([*map(str, arguments)])
        printed = capsys.readouterr()
        return Printed(status, printed.out.splitlines(), printed.err.splitlines())

    return command


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the environment names."""
    monkeypatch.delenv("WHO_DECIDES_DATABASE_URL", raising=False)
    monkeypatch.setenv("WHO_DECIDES_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def in_folder(folder: Path) -> tuple[Assessment, ...]:
    return CsvStore(folder, FRAMEWORK).read().assessments


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

    found = run("import", file)

    assert found.status == 1
    assert found.out == ["added 1, already there 1, refused 2"]
    assert [line.partition(": ")[0] for line in found.err] == [f"{file}:4", f"{file}:5"]
    assert in_folder(data) == (there, changed, new)


def test_importing_again_adds_nothing(run: Run, data: Path, tmp_path: Path) -> None:
    file = file_of(tmp_path / "in.csv", assessment(), assessment())

    assert run("import", file) == Printed(0, ["added 2, already there 0, refused 0"], [])
    assert run("import", file) == Printed(0, ["added 0, already there 2, refused 0"], [])
    assert len(in_folder(data)) == 2


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

    found = run("export", own)

    assert found == Printed(
        2, [], [f"{own}: already exists; give the name of a new file or folder"]
    )
    assert own.read_bytes() == before


def test_export_tells_the_rows_that_it_leaves_out(run: Run, data: Path, tmp_path: Path) -> None:
    CsvStore(data, FRAMEWORK).add(AWKWARD)
    with (data / "assessments.csv").open("a") as file:
        file.write("nonsense\n")

    found = run("export", tmp_path / "out.csv")

    assert (found.status, found.out) == (1, ["exported 3, unreadable 1"])
    assert found.err == ["assessments.csv:5: the row has 1 columns; expected 90"]


def test_verify_counts_and_names_every_unreadable_row(run: Run, data: Path, tmp_path: Path) -> None:
    two = (assessment(squad="Atlas"), assessment(squad=" ATLAS "))
    file = file_of(tmp_path / "in.csv", *two, more=b"nonsense\nmore\n")

    assert run("verify") == Printed(
        0, ["assessments 0, setups 0, actions 0, squads 0, unreadable 0"], []
    )
    assert run("verify", file) == Printed(
        1,
        ["assessments 2, setups 0, actions 0, squads 1, unreadable 2"],
        [
            f"{file}:4: the row has 1 columns; expected 90",
            f"{file}:5: the row has 1 columns; expected 90",
        ],
    )


def test_verify_looks_at_a_store_by_name(run: Run, data: Path, tmp_path: Path) -> None:
    CsvStore(tmp_path / "other", FRAMEWORK).add(AWKWARD)

    assert run("verify", "--store", tmp_path / "other").out == [
        "assessments 3, setups 0, actions 0, squads 3, unreadable 0"
    ]
    missing = run("verify", "--store", tmp_path / "nowhere")
    assert missing == Printed(2, [], [f"{tmp_path / 'nowhere'}: no such folder"])
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("command", ["import", "verify"])
def test_a_file_that_is_not_there_or_of_another_kind_exits_with_2(
    command: str, run: Run, data: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.csv"
    other.write_text("name,score\n")

    assert run(command, tmp_path / "nowhere.csv").err == [
        f"{tmp_path / 'nowhere.csv'}: No such file or directory"
    ]
    found = run(command, other)
    assert (found.status, found.out) == (2, [])
    assert "is the header of none of our files" in found.err[0]
    assert in_folder(data) == ()


def test_copy_between_folders_leaves_what_differs(run: Run, tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    CsvStore(source, FRAMEWORK).add(AWKWARD)
    kept = AWKWARD[1].model_copy(update={"note": "kept"})
    CsvStore(target, FRAMEWORK).add([kept])

    found = run("copy", source, target)

    assert (found.status, found.out) == (1, ["added 2, already there 0, refused 1"])
    assert f"{kept.assessment_id} is already stored with another note" in found.err[0]
    assert in_folder(target) == (kept, AWKWARD[0], AWKWARD[2])


@pytest.mark.xdist_group(GROUP)
def test_from_csv_to_postgresql_and_back_nothing_changes(
    run: Run, database: str, tmp_path: Path
) -> None:
    there, back = tmp_path / "there", tmp_path / "back"
    CsvStore(there, FRAMEWORK).add(AWKWARD)

    assert run("copy", there, database) == Printed(0, ["added 3, already there 0, refused 0"], [])
    assert run("copy", there, database).out == ["added 0, already there 3, refused 0"]
    store = PostgresStore(database, FRAMEWORK)
    assert store.read().assessments == AWKWARD
    store.close()
    assert run("copy", database, back).status == 0
    assert in_folder(back) == AWKWARD
    assert (back / "assessments.csv").read_bytes() == (there / "assessments.csv").read_bytes()


@pytest.mark.xdist_group(GROUP)
def test_files_go_into_the_database_that_the_environment_names_and_out_again(
    run: Run, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WHO_DECIDES_DATABASE_URL", database)
    file = file_of(tmp_path / "in.csv", *AWKWARD)

    assert run("import", file).out == ["added 3, already there 0, refused 0"]
    assert run("verify").out == ["assessments 3, setups 0, actions 0, squads 3, unreadable 0"]
    assert run("export", tmp_path / "out.csv").status == 0
    assert (tmp_path / "out.csv").read_bytes() == file.read_bytes()


@pytest.mark.xdist_group(GROUP)
def test_a_refused_password_is_not_printed(run: Run, postgres: Server, tmp_path: Path) -> None:
    login, password = LOCKED
    address = postgres.address("postgres", login=f"{login}:{password}wrong")

    for command in (("verify", "--store", address), ("copy", tmp_path, address)):
        found = run(*command)
        assert found.status == 2
        assert "refuses the user or the password" in found.err[0]
        assert password not in "".join([*found.out, *found.err])


def test_an_address_that_is_none_is_refused_without_its_secret(run: Run) -> None:
    found = run("verify", "--store", "postgresql://bob:a@s3cret@db/governance")

    assert found.status == 2
    assert "s3cret" not in "".join(found.err)

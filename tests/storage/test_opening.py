"""Which store the environment asks for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from assessment.content.loading import shipped_framework
from assessment.errors import StorageError
from assessment.storage.csv.store import CsvStore
from assessment.storage.opening import is_address, left_behind_in, open_store
from assessment.storage.postgres.store import PostgresStore
from assessment.storage.protocol import Store
from tests.builders import assessment


def opened_store(environment: dict[str, str], project: Path) -> Store:
    return open_store(environment, shipped_framework(), project=project)


def test_without_a_word_answers_live_in_the_project_s_data_folder(tmp_path: Path) -> None:
    store = opened_store({"WHO_DECIDES_DATABASE_URL": " ", "WHO_DECIDES_DATA": ""}, tmp_path)

    assert isinstance(store, CsvStore)
    assert store.path("assessments") == tmp_path / "data" / "assessments.csv"


def test_a_folder_can_be_named(tmp_path: Path) -> None:
    store = opened_store({"WHO_DECIDES_DATA": str(tmp_path / "else")}, tmp_path)

    assert isinstance(store, CsvStore)
    assert store.path("assessments") == tmp_path / "else" / "assessments.csv"


@pytest.mark.parametrize("setting", ["~/who-data", " ~/who-data\n"])
def test_a_folder_in_the_home_folder_is_found_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))

    store = opened_store({"WHO_DECIDES_DATA": setting}, tmp_path / "project")

    assert isinstance(store, CsvStore)
    assert store.path("assessments") == tmp_path / "who-data" / "assessments.csv"


@pytest.mark.parametrize(
    "setting", ['"/srv/who"', "'/srv/who'", "$HOME/who", "file:///srv/who", "~nobody-here/who"]
)
def test_a_folder_that_was_written_for_a_shell_is_refused(tmp_path: Path, setting: str) -> None:
    with pytest.raises(StorageError, match="write its path as it is"):
        opened_store({"WHO_DECIDES_DATA": setting}, tmp_path)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("begins", ["postgresql://", "postgresql:/", "postgresql:"])
def test_an_address_in_the_place_of_the_folder_is_refused_without_its_password(
    begins: str,
    tmp_path: Path,
) -> None:
    address = f"{begins}bob:s3cret@db:5432/governance"

    with pytest.raises(StorageError, match="set to 'postgresql://…'") as refused:
        opened_store({"WHO_DECIDES_DATA": address}, tmp_path)

    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql//bob:s3cret@db/governance",
        "postgres;//bob:s3cret@db",
        "postgres//s3cret@db",
        "bob:s3cret@db:5432/governance",
        "bob:a/s3cret@db:5432/governance",
        "b:s3cret/a@db/governance",
        "bob:/s3cret@db/governance",
    ],
)
def test_a_mistyped_address_becomes_no_folder_and_its_password_is_not_told(
    address: str, tmp_path: Path
) -> None:
    with pytest.raises(StorageError, match="which nothing expands here") as refused:
        opened_store({"WHO_DECIDES_DATA": address}, tmp_path)

    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize(
    "path", ["C:/data", "C:\\data", "C:\\a@b", "./a:b@c/d", "data:2026", "./a:/b", "/srv/who"]
)
def test_a_path_is_no_address(path: str) -> None:
    assert not is_address(path)


@pytest.mark.parametrize(
    "option", ["pgbouncer=true", "schema=public", "ssl=true", "sslmod=require"]
)
def test_an_option_of_an_address_that_postgresql_does_not_know_is_named(
    tmp_path: Path, option: str
) -> None:
    address = f"postgresql://bob:s3cret@db:5432/governance?{option}"

    with pytest.raises(StorageError) as refused:
        opened_store({"WHO_DECIDES_DATABASE_URL": address}, tmp_path)

    assert f"the option '{option.partition('=')[0]}'" in str(refused.value)
    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_a_database_s_address_goes_before_a_folder(tmp_path: Path, scheme: str) -> None:
    address = f"{scheme}://bob:s3cret@db.example.org/governance"

    store = opened_store({"WHO_DECIDES_DATABASE_URL": address, "WHO_DECIDES_DATA": "x"}, tmp_path)

    assert isinstance(store, PostgresStore)


def test_files_of_answers_beside_a_database_are_told_and_nothing_else_is(tmp_path: Path) -> None:
    moved = {"WHO_DECIDES_DATABASE_URL": "postgresql://bob:s3cret@db/governance"}
    CsvStore(tmp_path / "data", shipped_framework()).add([assessment()])

    told = str(left_behind_in(moved, project=tmp_path))
    assert told.startswith(f"{tmp_path / 'data'}: answers lie here too, and are not used while")
    assert "s3cret" not in told
    assert left_behind_in({}, project=tmp_path) is None
    for elsewhere in ("none", "$HOME", "postgresql://db/governance"):
        environment = {**moved, "WHO_DECIDES_DATA": elsewhere}
        assert left_behind_in(environment, project=tmp_path) is None
    file = tmp_path / "data" / "assessments.csv"
    file.write_bytes(file.read_bytes().partition(b"\n")[0] + b"\n")  # as an emptied store leaves it
    assert left_behind_in(moved, project=tmp_path) is None
    CsvStore(tmp_path / "data", shipped_framework()).add([assessment()])
    (tmp_path / "data").rename(tmp_path / "data-moved")
    assert left_behind_in(moved, project=tmp_path) is None


def test_a_file_beside_a_database_that_cannot_be_opened_may_hold_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    CsvStore(tmp_path / "data", shipped_framework()).add([assessment()])

    def closed(_file: Path, _mode: str) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", closed)
    assert left_behind_in({"WHO_DECIDES_DATABASE_URL": "postgresql://db/x"}, project=tmp_path)


def test_who_needs_no_database_imports_none() -> None:
    asked = (
        "import sys, assessment.ui.guard.stored;print({'sqlalchemy', 'psycopg'} & set(sys.modules))"
    )
    process = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    )
    assert process.stdout.strip() == "set()"

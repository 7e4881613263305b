"""The server's page: what an operator wants to know, and nothing secret."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest

from assessment import __version__
from assessment.content.loading import shipped_framework
from assessment.errors import StorageError
from assessment.exchange.archives import FILES, files_of, zip_of
from assessment.exchange.sample import sample_records
from assessment.ui.guard.whole_store import unguarded_store
from assessment.ui.session import page_files
from assessment.ui.session.reader import current_reader
from assessment.ui.session.saying import show_error
from tests.builders import assessment
from tests.pages.app import app_on, text_of
from tests.pages.visitors import everything

NOW = time.time()
DAY = 86_400


def shown(language: str = "en") -> dict[str, str]:
    """The lines of the page, by what they are about."""
    (table,) = app_on(page_files.STATUS, language=language).table
    frame = table.value
    return dict(zip(frame.iloc[:, 0], frame.iloc[:, 1], strict=True))


def test_version_store_disk_lock_and_sessions_are_told(full_store: Path) -> None:
    lines = shown()

    assert lines["Version"] == __version__
    assert lines["Answers are kept in"] == str(full_store)
    assert lines["The store answers"] == "yes"
    assert lines["Stored"].startswith("34 checks, 6 setups")
    assert lines["Rows that cannot be read"] == "0"
    assert lines["The lock"] == "free"
    assert lines["The disk honours locks"] == "yes"
    assert lines["Disk"].endswith("GB free")
    assert lines["People connected"] == "0"
    assert lines["Last backup"].startswith("not known")


def test_the_same_is_told_in_french(full_store: Path) -> None:
    lines = shown("fr")

    assert lines["Le stockage répond"] == "oui"
    assert lines["Le verrou"] == "libre"


@pytest.fixture
def backups(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of backups, empty, which is not in the store's own."""
    folder = tmp_path_factory.mktemp("backups")
    monkeypatch.setenv("WHO_DECIDES_BACKUPS", str(folder))
    return folder


def test_the_last_backup_is_told_and_one_that_is_too_old_warned_of(
    full_store: Path, backups: Path
) -> None:
    assert "There is no backup yet" in text_of(app_on(page_files.STATUS))

    backup = backups / "backup.zip"
    backup.write_bytes(zip_of(sample_records(), shipped_framework()))
    os.utime(backup, (NOW, NOW - 3 * DAY))
    assert "more than two days old" in text_of(app_on(page_files.STATUS))

    os.utime(backup, (NOW, NOW))
    assert "more than two days old" not in text_of(app_on(page_files.STATUS))
    assert shown()["Last backup"] != ""


def test_an_export_packed_with_its_folder_is_a_backup(full_store: Path, backups: Path) -> None:
    with ZipFile(backups / "backup.zip", "w") as archive:
        for name, content in files_of(sample_records(), shipped_framework()).items():
            archive.writestr(f"export/{name}", content)

    assert "holds nothing" not in text_of(app_on(page_files.STATUS))
    assert not shown()["Last backup"].startswith("none")


def damaged() -> bytes:
    """An export with one byte of its first file's content changed."""
    data = bytearray(zip_of(sample_records(), shipped_framework()))
    data[30 + len(FILES[0])] |= 6  # a block of no kind, behind the header and the name
    return bytes(data)


def damaged_deep_inside() -> bytes:
    """An export of which the end of the first file's content is lost, and nothing else."""
    data = bytearray(zip_of(sample_records(), shipped_framework()))
    second = data.index(b"PK\x03\x04", 4)
    data[second - 40 : second] = bytes(40)
    return bytes(data)


@pytest.mark.parametrize(
    "content",
    [b"", b"no ZIP", zip_of((), shipped_framework()), damaged(), damaged_deep_inside()],
    ids=["0 bytes", "other", "empty", "damaged", "damaged deep inside"],
)
def test_a_file_from_which_nothing_can_be_restored_is_no_backup(
    content: bytes, full_store: Path, backups: Path
) -> None:
    (backups / "junk.zip").write_bytes(content)

    text = text_of(app_on(page_files.STATUS))

    assert "junk.zip, the newest file among the backups, holds nothing" in text.replace("\\", "")
    assert "There is no backup yet" in text
    assert shown()["Last backup"].startswith("none")


def test_a_backup_dated_ahead_is_as_old_as_it_lies_there(full_store: Path, backups: Path) -> None:
    backup = backups / "backup.zip"
    backup.write_bytes(zip_of(sample_records(), shipped_framework()))
    os.utime(backup, (NOW, NOW + 400 * DAY))

    assert str(datetime.now(UTC).year) in shown()["Last backup"]


def test_backups_that_cannot_be_opened_are_told_as_such(
    full_store: Path, backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (backups / "backup.zip").write_bytes(zip_of(sample_records(), shipped_framework()))
    opened: Callable[..., object] = Path.open

    def closed(path: Path, *how: str, **named: str) -> object:
        if path.suffix == ".zip":
            raise PermissionError(errno.EACCES, "Permission denied")
        return opened(path, *how, **named)

    with monkeypatch.context() as disk:
        disk.setattr(Path, "open", closed)
        text = text_of(app_on(page_files.STATUS)).replace("\\", "")
        assert "backup.zip cannot be read (this program is not permitted to)" in text
        assert "holds nothing" not in text
        assert "There is no backup yet" not in text
        assert shown()["Last backup"] == "not known"
    for name, reason in (("nowhere", "it is not there"), ("a file", "part of its path is no")):
        (backups.parent / "a file").touch()
        monkeypatch.setenv("WHO_DECIDES_BACKUPS", str(backups.parent / name))
        assert f"{name} cannot be read ({reason}" in text_of(app_on(page_files.STATUS))


def test_a_backup_that_is_gone_or_a_link_to_nothing_hides_no_other(
    full_store: Path, backups: Path
) -> None:
    (backups / "backup.zip").write_bytes(zip_of(sample_records(), shipped_framework()))
    (backups / "latest.zip").symlink_to(backups / "away.zip")

    assert "cannot be read" not in text_of(app_on(page_files.STATUS))
    assert str(datetime.now(UTC).year) in shown()["Last backup"]


def test_the_last_backup_that_can_be_read_is_too_old_beside_one_that_cannot(
    full_store: Path, backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, age in (("old.zip", 3), ("new.zip", 0)):
        (backups / name).write_bytes(zip_of(sample_records(), shipped_framework()))
        os.utime(backups / name, (NOW, NOW - age * DAY))
    opened: Callable[..., object] = Path.open

    def closed(path: Path, *how: str, **named: str) -> object:
        if path.name == "new.zip":
            raise PermissionError(errno.EACCES, "Permission denied")
        return opened(path, *how, **named)

    monkeypatch.setattr(Path, "open", closed)
    text = text_of(app_on(page_files.STATUS)).replace("\\", "")

    assert "new.zip cannot be read" in text
    assert "The last backup is more than two days old" in text


def test_a_backup_is_unpacked_once_until_it_changes(
    full_store: Path, backups: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unpacked: list[str] = []
    testing = ZipFile.testzip

    def counted(archive: ZipFile) -> str | None:
        unpacked.append(Path(archive.fp.name).name if archive.fp else "")
        return testing(archive)

    monkeypatch.setattr(ZipFile, "testzip", counted)
    whole = zip_of(sample_records(), shipped_framework())
    for name, content, at in (("whole.zip", whole, NOW - DAY), ("cut.zip", damaged(), NOW)):
        (backups / name).write_bytes(content)
        os.utime(backups / name, (at, at))
    for _ in range(2):
        assert "cut.zip, the newest file" in text_of(app_on(page_files.STATUS)).replace("\\", "")
    assert sorted(unpacked) == ["cut.zip", "whole.zip"]

    (backups / "cut.zip").write_bytes(whole)
    assert "the newest file among the backups" not in text_of(app_on(page_files.STATUS))
    assert unpacked[2:] == ["cut.zip"]


def test_a_store_that_does_not_answer_is_told_with_its_reason(empty_store: Path) -> None:
    (empty_store / "assessments.csv").write_text("nonsense\n")

    app = app_on(page_files.STATUS)

    assert "assessments.csv" in app.error[0].value.replace("\\", "")
    assert dict(app.table[0].value.values.tolist())["The store answers"] == "no"


def test_a_store_that_nobody_can_write_is_told_with_its_reason_and_all_else_that_is_known(
    full_store: Path,
) -> None:
    lock = full_store / "assessments.csv.lock"
    lock.unlink()
    lock.mkdir()

    app = app_on(page_files.STATUS)

    error = app.error[0].value.replace("\\", "")
    assert "assessments.csv.lock cannot be written (it is a folder), so nothing can be" in error
    lines = dict(app.table[0].value.values.tolist())
    assert (lines["The store answers"], lines["Answers can be saved"]) == ("yes", "no")
    assert lines["Disk"].endswith("GB free")
    assert lines["The lock"] == "not known"


def test_what_could_not_be_saved_is_told_in_the_log_as_well(
    full_store: Path, caplog: pytest.LogCaptureFixture
) -> None:
    lock = full_store / "assessments.csv.lock"
    lock.unlink()
    lock.mkdir()

    with pytest.raises(StorageError) as failure:
        unguarded_store().add([assessment(squad="Secret")])

    assert caplog.messages == [f"a change failed: {failure.value}"]


def test_what_pages_tell_of_the_store_is_in_the_log_but_not_once_a_second(
    full_store: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 600_000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    (full_store / "assessments.csv").write_text("Ana Ruiz;ana@example.org\n", "utf-8")
    for _ in range(3):
        assert "Ana" in text_of(app_on(page_files.LEADERSHIP))
        app_on(page_files.SQUAD)

    (told,) = [record for record in caplog.records if record.levelname == "ERROR"]
    assert told.name == "who_decides"
    assert told.getMessage().startswith("a page told: assessments.csv")
    assert "Ana" not in caplog.text

    now += 60
    app_on(page_files.LEADERSHIP)
    assert caplog.text.count("a page told") == 2


def test_a_change_that_fails_is_logged_once(
    full_store: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (full_store / "assessments.csv.lock").unlink()
    (full_store / "assessments.csv.lock").mkdir()
    with pytest.raises(StorageError) as failure:
        unguarded_store().add([assessment()])

    show_error(current_reader(), failure.value)

    told = [record.getMessage() for record in caplog.records if record.name == "who_decides"]
    assert told == [f"a change failed: {failure.value}"]


@pytest.mark.parametrize(
    "line",
    [
        "Ana Ruiz;ana@example.org",
        "assessment_id,saved_at,assessed_on,Ana Ruiz,voice,role,framework,note,squad",
    ],
)
def test_what_stands_in_a_file_that_cannot_be_read_is_not_in_the_log(
    full_store: Path, caplog: pytest.LogCaptureFixture, line: str
) -> None:
    (full_store / "assessments.csv").write_text(f"{line}\n", "utf-8")

    with pytest.raises(StorageError, match="Ana Ruiz"):
        unguarded_store().add([assessment()])

    assert "assessments.csv" in caplog.text
    assert "Ana" not in caplog.text


@pytest.mark.parametrize(
    ("language", "told"), [("en", "are not used while"), ("fr", "ne servent pas tant que")]
)
def test_files_that_a_database_took_the_place_of_are_told(
    language: str, told: str, full_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert told not in text_of(app_on(page_files.STATUS, language=language))

    monkeypatch.setenv("WHO_DECIDES_DATABASE_URL", "postgresql://u:hunter2@127.0.0.1:1/db")

    assert told in text_of(app_on(page_files.STATUS, language=language))


def test_the_address_of_a_database_and_its_password_are_not_told(
    empty_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WHO_DECIDES_DATABASE_URL", "postgresql://u:hunter2@127.0.0.1:1/db")

    app = app_on(page_files.STATUS)

    assert "hunter2" not in everything(app)
    lines = dict(app.table[0].value.values.tolist())
    assert lines["Answers are kept in"] == "PostgreSQL (WHO_DECIDES_DATABASE_URL)"

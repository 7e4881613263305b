"""What is known of the place where the data live."""

from __future__ import annotations

import errno
from pathlib import Path, PurePosixPath

import pytest
from filelock import FileLock

from assessment.errors import StorageError
from assessment.storage.csv import places
from assessment.storage.csv.places import is_temporary, locks_are_honoured

HERE = PurePosixPath("/srv/who-decides/assessment/storage/places.py")
CLOUD = PurePosixPath("/mount/src/who-decides/assessment/storage/places.py")


@pytest.mark.parametrize(
    ("environment", "source", "temporary"),
    [
        ({}, HERE, False),
        ({"WHO_DECIDES_EPHEMERAL": "1"}, HERE, True),
        ({"WHO_DECIDES_EPHEMERAL": "0"}, HERE, False),
        ({"WHO_DECIDES_EPHEMERAL": ""}, HERE, False),
        ({"WHO_DECIDES_EPHEMERAL": "false"}, HERE, False),
        ({}, CLOUD, True),
        ({"WHO_DECIDES_EPHEMERAL": "0"}, CLOUD, False),
        ({}, PurePosixPath("/mount/srcs/app.py"), False),
        ({"HOSTNAME": "streamlit"}, HERE, False),
    ],
)
def test_a_disk_is_temporary_where_someone_says_so_or_where_community_cloud_puts_apps(
    environment: dict[str, str], source: PurePosixPath, *, temporary: bool
) -> None:
    assert is_temporary(environment, source=source) is temporary


def test_locks_on_this_disk_keep_a_second_process_out(tmp_path: Path) -> None:
    assert locks_are_honoured(tmp_path) is True
    assert list(tmp_path.iterdir()) == [], "the probe is taken away again"


def test_a_folder_that_does_not_exist_yet_is_judged_by_the_one_above(tmp_path: Path) -> None:
    assert locks_are_honoured(tmp_path / "not" / "yet") is True
    assert list(tmp_path.iterdir()) == []


def test_a_lock_that_lets_the_second_process_in_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class NoLock:
        def __init__(self, *_: object, **__: object) -> None: ...
        def acquire(self) -> None: ...
        def release(self) -> None: ...

    monkeypatch.setattr(places, "FileLock", NoLock)

    assert locks_are_honoured(tmp_path) is False


def test_a_file_system_without_locks_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: FileLock) -> None:
        raise NotImplementedError

    monkeypatch.setattr(FileLock, "acquire", refuse)

    assert locks_are_honoured(tmp_path) is False


def test_a_folder_that_cannot_be_written_to_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "touch", refuse)

    with pytest.raises(StorageError, match=r"cannot be tried .* \(the disk can only be read\)"):
        locks_are_honoured(tmp_path)


def test_nothing_can_be_tried_in_a_folder_that_cannot_be_reached(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(_path: Path) -> bool:
        raise PermissionError(errno.EACCES, "denied")

    monkeypatch.setattr(Path, "is_dir", unreachable)
    with pytest.raises(StorageError, match=r"locks cannot be tried .*not permitted"):
        locks_are_honoured(tmp_path)

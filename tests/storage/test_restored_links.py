"""Links of a copy that was put back: what was off stays off, or all are off and it is told."""

from __future__ import annotations

import errno
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import pytest

from assessment.content.loading import shipped_framework
from assessment.errors import StorageError
from assessment.model.link import Link
from assessment.storage.csv import durable, switched_off
from assessment.storage.csv import store as store_module
from assessment.storage.csv.store import CsvStore
from tests.builders import assessment, link

NOW = datetime(2026, 11, 10, 12, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def kept() -> Link:
    return link()


@pytest.fixture
def ended() -> Link:
    return link()


@pytest.fixture
def copy(folder: Path, tmp_path: Path, kept: Link, ended: Link) -> Path:
    """A copy of the folder, made before one of its two links was switched off."""
    store = store_in(folder)
    store.add([kept, ended])
    copied = shutil.copytree(folder, tmp_path / "copy")
    store.revise(ended, ended.revoked(NOW))
    return copied


def store_in(folder: Path) -> CsvStore:
    return CsvStore(folder, shipped_framework())


def on(store: CsvStore) -> set[Link]:
    return {link for link in store.read().links if link.revoked_at is None}


def failing(_path: Path, _target: Path) -> Path:
    raise OSError(errno.EIO, "the disk fails")


def full(*_asked: object, **_options: object) -> NoReturn:
    raise OSError(errno.ENOSPC, "No space left on device")


def not_permitted(_lock: Path, *, patience: float) -> NoReturn:
    raise PermissionError(errno.EACCES, f"Permission denied within {patience} s")


def put_back(copy: Path, folder: Path) -> None:
    shutil.rmtree(folder)
    shutil.copytree(copy, folder)


def test_where_the_links_alone_are_put_back_what_was_switched_off_stays_off(
    folder: Path, copy: Path, kept: Link
) -> None:
    shutil.copy(copy / "links.csv", folder / "links.csv")

    store = store_in(folder)

    assert on(store) == {kept}
    assert store.links_restored_at() is None


def test_where_the_whole_folder_is_put_back_all_links_are_off_and_it_is_told(
    folder: Path, copy: Path
) -> None:
    put_back(copy, folder)

    store = store_in(folder)

    assert on(store) == set()
    assert store.links_restored_at() is not None
    assert on(store_in(folder)) == set()  # for good


def test_the_running_app_notices_that_the_folder_was_put_back(folder: Path, copy: Path) -> None:
    running = store_in(folder)
    running.read()
    (copy / "links.csv.off").unlink()  # a copy from before there were notes
    put_back(copy, folder)

    assert on(running) == set()


def test_a_link_that_could_not_be_deleted_goes_on_and_is_off_once_it_is(
    folder: Path, kept: Link, ended: Link, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_in(folder)
    store.add([kept, ended])
    copied = (folder / "links.csv").read_bytes()
    with monkeypatch.context() as disk:
        disk.setattr(Path, "replace", failing)
        with pytest.raises(StorageError):
            store.delete([ended.id])
    assert on(store) == {kept, ended}

    store.delete([ended.id])
    (folder / "links.csv").write_bytes(copied)

    assert on(store) == {kept}


def test_links_made_after_a_copy_was_put_back_are_on(folder: Path, copy: Path) -> None:
    put_back(copy, folder)
    store, new = store_in(folder), link()

    store.add([new])

    assert on(store) == {new}
    store.revise(new, new.revoked(NOW))
    assert on(store_in(folder)) == set()


def test_a_link_stays_on_where_switching_it_off_was_not_saved(
    folder: Path, kept: Link, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_in(folder)
    store.add([kept])

    with monkeypatch.context() as disk:
        disk.setattr(durable, "stage", failing)
        with pytest.raises(StorageError):
            store.revise(kept, kept.revoked(NOW))
    assert on(store) == on(store_in(folder)) == {kept}

    store.revise(kept, kept.revoked(NOW))
    assert on(store) == on(store_in(folder)) == set()


def test_a_deleted_link_that_a_copy_brings_back_is_off(
    folder: Path, copy: Path, kept: Link
) -> None:
    store_in(folder).delete([kept.link_id])
    shutil.copy(copy / "links.csv", folder / "links.csv")

    assert on(store_in(folder)) == set()


def test_links_of_earlier_versions_without_notes_stay_as_they_are(
    folder: Path, copy: Path, kept: Link
) -> None:
    (folder / "links.csv.off").unlink()

    assert on(store_in(folder)) == {kept}


def test_notes_that_a_crash_cut_off_are_read_as_far_as_they_go(
    folder: Path, copy: Path, kept: Link
) -> None:
    notes = folder / "links.csv.off"
    notes.write_bytes(notes.read_bytes() + b"off 0000")

    store = store_in(folder)
    store.add([assessment()])

    assert on(store) == {kept}


@pytest.mark.parametrize("failing_call", ["append", "put_in_place"])
def test_links_of_a_copy_that_cannot_be_written_are_off_and_all_of_it_is_read(
    failing_call: str, folder: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_in(copy)
    with monkeypatch.context() as disk:
        disk.setattr(switched_off, failing_call, full)
        for _look in range(2):
            assert len(store.read().links) == 2
            assert on(store) == set()
        with pytest.raises(StorageError):
            store.add([link()])

    assert on(store) == on(store_in(copy)) == set()


def test_a_copy_in_which_no_lock_can_be_taken_is_read(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "only_writer", not_permitted)

    assert len(store_in(copy).read().links) == 2
    assert on(store_in(copy)) == set()


def test_a_folder_that_was_there_and_is_gone_is_told_and_not_made_anew(
    folder: Path, copy: Path
) -> None:
    running = store_in(folder)
    running.read()
    shutil.rmtree(folder)

    for use in (running.read, running.check_writable, lambda: running.add([link()])):
        with pytest.raises(StorageError, match="was there and is gone"):
            use()
    assert not folder.exists()

    shutil.copytree(copy, folder)
    assert len(running.read().links) == 2

"""What a server takes of the files that browsers send, and from whom."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from starlette.exceptions import HTTPException
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from assessment.exchange.limits import UPLOADED
from assessment.ui.guard.uploads import bounded

ROOT = Path(__file__).parents[2]
MEGABYTE = b"x" * 1_000_000


def file_of(megabytes: int, name: str) -> UploadedFileRec:
    return UploadedFileRec(name, name, "text/csv", MEGABYTE * megabytes)


@pytest.fixture
def manager() -> MemoryUploadedFileManager:
    manager = MemoryUploadedFileManager("/upload")
    bounded(manager)
    return manager


def refusal(manager: MemoryUploadedFileManager, session: str, file: UploadedFileRec) -> int:
    with pytest.raises(HTTPException) as refusal:
        manager.add_file(session, file)
    return refusal.value.status_code


def test_a_session_that_was_shown_no_upload_can_send_nothing(
    manager: MemoryUploadedFileManager,
) -> None:
    assert refusal(manager, "anybody", file_of(1, "a")) == 403
    assert not manager.file_storage.get("anybody")


def test_a_session_holds_one_large_file_the_latest(manager: MemoryUploadedFileManager) -> None:
    bounded(manager).allow("editor")
    for name in "abcdefghij":
        manager.add_file("editor", file_of(50, name))

    assert list(manager.file_storage["editor"]) == ["j"]


def test_a_server_holds_two_hundred_megabytes_in_all(manager: MemoryUploadedFileManager) -> None:
    for name in "abcde":
        bounded(manager).allow(name)
    for name in "abcd":
        manager.add_file(name, file_of(50, name))

    assert refusal(manager, "e", file_of(1, "e")) == 413
    manager.remove_session_files("a")
    manager.add_file("e", file_of(1, "e"))


def test_the_framework_refuses_what_is_larger_than_a_file_may_be() -> None:
    config = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))

    assert config["server"]["maxUploadSize"] == UPLOADED.megabytes

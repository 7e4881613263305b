"""What every page says of the disk under the data."""

from __future__ import annotations

from pathlib import Path

import pytest

from assessment.ui.guard import stored
from assessment.ui.session import page_files
from tests.pages.app import app_on, text_of

PAGES = (page_files.CHECK, page_files.DATA)


@pytest.mark.parametrize("page", PAGES)
def test_a_temporary_disk_is_told_with_the_way_out(
    page: str, empty_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WHO_DECIDES_EPHEMERAL", "1")
    text = text_of(app_on(page))
    assert "This server's disk is temporary" in text
    assert "WHO_DECIDES_DATABASE_URL" in text


@pytest.mark.parametrize("page", PAGES)
def test_a_lasting_disk_is_not_mentioned(page: str, empty_store: Path) -> None:
    assert "This server's disk" not in text_of(app_on(page))


def test_a_disk_without_locks_is_told(empty_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "locks_are_honoured", lambda _folder: False)
    assert "This disk does not honour file locks" in text_of(app_on(page_files.CHECK))


def test_a_folder_that_cannot_be_tried_does_not_keep_people_from_answering(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    monkeypatch.setenv("WHO_DECIDES_DATA", str(tmp_path / "file"))
    app = app_on(page_files.CHECK)
    assert not app.exception
    assert app.progress[0].text == "0 of 14 answered"

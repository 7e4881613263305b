"""Stores for the pages: each test works on a folder of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from streamlit import config
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import app_test

from assessment.content.loading import shipped_framework
from assessment.exchange.sample import sample_records
from assessment.storage.csv.places import locks_are_honoured
from assessment.storage.csv.store import CsvStore
from assessment.ui.guard import stored, visitor, whole_store
from tests.interleaved import interleaved
from tests.pages.visitors import SECRETS

installed_components = cache(manifest_scanner.scan_component_manifests)
tried_disks: dict[int, bool] = {}


def tried(folder: Path) -> bool:
    """Whether locks are honoured in a folder, as was found on its disk before."""
    if not folder.is_dir():
        return locks_are_honoured(folder)
    disk = folder.stat().st_dev
    if disk not in tried_disks:
        tried_disks[disk] = locks_are_honoured(folder)
    return tried_disks[disk]


@pytest.fixture(autouse=True)
def known_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A callback knows the pages of the run before it, as on a server.

    A session keeps them there from run to run; AppTest begins each run without any.
    """

    class Session(PagesManager):
        declared: Any = None

        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            self._pages = type(self).declared

        def set_pages_and_resolve(self, pages: Any, *arguments: Any, **options: Any) -> Any:
            type(self).declared = pages
            return super().set_pages_and_resolve(pages, *arguments, **options)

    monkeypatch.setattr(app_test, "PagesManager", Session)


@pytest.fixture(autouse=True)
def components_are_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each AppTest reads the metadata of every installed package, half of what a page costs."""
    monkeypatch.setattr(manifest_scanner, "scan_component_manifests", installed_components)


@pytest.fixture(autouse=True)
def locks_are_tried_once_a_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has a folder of its own, and trying its locks starts a second Python."""
    monkeypatch.setattr(stored, "locks_are_honoured", tried)


@pytest.fixture
def empty_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An app whose store is empty."""
    monkeypatch.setenv("WHO_DECIDES_DATA", str(tmp_path))
    return tmp_path


@pytest.fixture
def full_store(empty_store: Path) -> Path:
    """An app whose store holds the sample company."""
    CsvStore(empty_store, shipped_framework()).add(sample_records())
    return empty_store


@pytest.fixture
def secrets(tmp_path: Path) -> Iterator[Path]:
    """The file of Streamlit's secrets, not yet there; what the app saw of it is forgotten after."""
    file = tmp_path / "secrets" / "secrets.toml"
    file.parent.mkdir()
    before = config.get_option("secrets.files")
    config.set_option("secrets.files", [str(file)])
    yield file
    config.set_option("secrets.files", before)
    visitor.was_protected.clear()


@pytest.fixture
def protected(secrets: Path) -> Path:
    """An app whose editors sign in."""
    secrets.write_text(SECRETS, encoding="utf-8")
    return secrets


@pytest.fixture
def meanwhile(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Has something happen between what a page looks at and what it changes next."""

    def happens(deed: Callable[[], object]) -> None:
        store = interleaved(whole_store.unguarded_store(), deed)
        monkeypatch.setattr(whole_store, "_store_at", lambda *_address: store)

    return happens


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], bytes]]:
    """What the pages offer to download, in the order they came."""
    offered: list[Callable[[], bytes]] = []
    original = MediaFileManager.add_deferred

    def recorded(self: MediaFileManager, make: Callable[[], bytes], *rest: object, **more: object):  # type: ignore[no-untyped-def]
        offered.append(make)
        return original(self, make, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(MediaFileManager, "add_deferred", recorded)
    return offered

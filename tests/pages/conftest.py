"""Stores for the pages: each test works on a folder of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from shutil import copytree
from typing import Any
from unittest.mock import MagicMock

import pytest
import streamlit as st
from streamlit import config
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import app_test, local_script_runner
from streamlit.testing.v1.local_script_runner import LocalScriptRunner

from assessment.content.loading import shipped_framework
from assessment.exchange.sample import sample_records
from assessment.reports import pictures
from assessment.storage.csv.places import locks_are_honoured
from assessment.storage.csv.store import CsvStore
from assessment.ui.guard import stored, visitor, whole_store
from tests.interleaved import interleaved
from tests.pages.visitors import SECRETS
from tests.reports.briefings import drawn_once

installed_components = cache(manifest_scanner.scan_component_manifests)
compiled_pages = cache(ScriptCache)
stand_in = cache(MagicMock)
tried_disks: dict[int, bool] = {}


def tried(folder: Path) -> bool:
    """Whether locks are honoured in a folder, as was found on its disk before."""
    if not folder.is_dir():
        return locks_are_honoured(folder)
    disk = folder.stat().st_dev
    if disk not in tried_disks:
        tried_disks[disk] = locks_are_honoured(folder)
    return tried_disks[disk]


def run_to_its_end(runner: LocalScriptRunner, timeout: float) -> None:
    """Wait for a run without asking every millisecond whether it is over."""
    assert runner._script_thread
    runner._script_thread.join(timeout)
    assert runner.script_stopped(), f"a page ran for more than {timeout} seconds"


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
def apps_share_what_a_server_would(monkeypatch: pytest.MonkeyPatch) -> None:
    """AppTest makes anew for each run what sessions share on a server, half of what a page costs.

    That is the list of installed components, the compiled pages, and a stand-in for the server.
    """
    monkeypatch.setattr(manifest_scanner, "scan_component_manifests", installed_components)
    for module in (app_test, local_script_runner):
        monkeypatch.setattr(module, "ScriptCache", compiled_pages)
    monkeypatch.setattr(app_test, "MagicMock", stand_in)
    monkeypatch.setattr(local_script_runner, "require_widgets_deltas", run_to_its_end)


@pytest.fixture(autouse=True)
def no_part_that_reruns_alone_lies_within_another(
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[None]:
    """Where both run at once, the browser keeps what the outer one had shown before.

    A phone then read that no more answers are taken, above a button that sends them.
    """
    within: list[str] = []
    original = MemoryFragmentStorage.register

    def register(
        self: MemoryFragmentStorage, key: str, part: Callable[[], Any], **options: Any
    ) -> None:
        if options["parent_fragment_id"]:
            within.append(key)
        original(self, key, part, **options)

    monkeypatch.setattr(MemoryFragmentStorage, "register", register)
    yield
    assert within == []


@pytest.fixture(autouse=True)
def locks_are_tried_once_a_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has a folder of its own, and trying its locks starts a second Python."""
    monkeypatch.setattr(stored, "locks_are_honoured", tried)


@pytest.fixture(autouse=True)
def each_picture_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several visitors take away the same files; the same spec gives the same picture."""
    monkeypatch.setattr(pictures, "svg", drawn_once)


@pytest.fixture
def empty_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An app whose store is empty."""
    monkeypatch.setenv("WHO_DECIDES_DATA", str(tmp_path))
    return tmp_path


@pytest.fixture(scope="session")
def stored_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store that holds the sample company."""
    folder = tmp_path_factory.mktemp("sample")
    CsvStore(folder, shipped_framework()).add(sample_records())
    return folder


@pytest.fixture
def full_store(stored_sample: Path, empty_store: Path) -> Path:
    """An app whose store holds the sample company."""
    copytree(stored_sample, empty_store, dirs_exist_ok=True)
    return empty_store


@pytest.fixture
def seen_store(stored_sample: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same for tests that only look at it: it is read and counted once for all of them."""
    monkeypatch.setenv("WHO_DECIDES_DATA", str(stored_sample))
    return stored_sample


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
def menu(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the menu shows, as the last run had it."""
    titles: list[str] = []
    original = st.navigation

    def recorded(pages: dict[str, list[st.Page]], **more: Any) -> st.Page:
        listed = [page for section in pages.values() for page in section]
        titles[:] = [page.title for page in listed if page.visibility == "visible"]
        return original(pages, **more)

    monkeypatch.setattr(st, "navigation", recorded)
    return titles


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

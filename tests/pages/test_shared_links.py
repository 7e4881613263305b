"""Links in the store: every process knows them, and one that ends ends everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_bytes
from uuid import uuid4

import pytest

from assessment.access.links import LinkRequest, new_link
from assessment.content.loading import shipped_framework
from assessment.errors import Conflict
from assessment.storage.csv.store import CsvStore
from assessment.storage.postgres.store import PostgresStore
from assessment.storage.protocol import CHANGED, Store
from assessment.ui.guard import shared_links
from assessment.ui.guard.whole_store import unguarded_store
from assessment.ui.session import page_files
from tests.builders import assessment
from tests.pages.visitors import Caller, everything, known_link
from tests.storage.postgres import GROUP

FRAMEWORK = shipped_framework()
NOW = datetime(2026, 11, 10, 15, 42, tzinfo=UTC)


@pytest.fixture(params=["csv", pytest.param("postgresql", marks=pytest.mark.xdist_group(GROUP))])
def other_process(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Store]:
    """The app's data as another process of it has opened them."""
    if request.param == "csv":
        monkeypatch.setenv("WHO_DECIDES_DATA", str(tmp_path))
        yield CsvStore(tmp_path, FRAMEWORK)
        return
    url = request.getfixturevalue("database")
    monkeypatch.setenv("WHO_DECIDES_DATABASE_URL", url)
    with closing(PostgresStore(url, FRAMEWORK)) as store:
        yield store
    unguarded_store().close()


@pytest.mark.usefixtures("protected")
def test_a_link_that_another_process_ends_stops_a_session_at_its_next_run(
    other_process: Store,
) -> None:
    other_process.add([assessment(squad="Atlas")])
    link, token = known_link()
    app = Caller(parameters={"link": token}).cold(page_files.SQUAD)
    assert "Atlas" in everything(app)

    other_process.revise(link, link.revoked(NOW))
    app.run()

    assert app.title[0].value == "This link is not valid"
    assert "Atlas" not in everything(app)


@pytest.mark.usefixtures("protected")
def test_a_link_that_another_process_made_opens_what_it_shares(other_process: Store) -> None:
    asked = LinkRequest("view", "Board", ("Atlas",))
    made_at = datetime.now(UTC)
    link, token = new_link(asked, link_id=uuid4(), now=made_at, mint=token_bytes)
    assert "Atlas" not in everything(Caller(parameters={"link": token}).cold(page_files.SQUAD))
    other_process.add([assessment(squad="Atlas"), link])

    assert "Atlas" in everything(Caller(parameters={"link": token}).cold(page_files.SQUAD))


def test_what_is_stored_of_a_link_is_not_its_token(empty_store: Path) -> None:
    link, token = known_link()

    written = (empty_store / "links.csv").read_text()

    assert link.digest in written
    assert token not in written


def test_a_link_is_switched_off_once_and_the_first_time_counts(empty_store: Path) -> None:
    link, _ = known_link()

    shared_links.revoke(link.link_id, now=NOW)
    shared_links.revoke(link.link_id, now=datetime.now(UTC))

    assert [link.revoked_at for link in shared_links.links()] == [NOW]


def test_a_link_that_is_gone_is_off_already(empty_store: Path) -> None:
    link, _ = known_link()
    CsvStore(empty_store, FRAMEWORK).delete([link.link_id])

    shared_links.revoke(link.link_id, now=NOW)

    assert shared_links.links() == ()


class Rival:
    """A store whose links somebody else changes, so many times, just before a revision."""

    def __init__(self, store: Store, times: int) -> None:
        self._store, self._left = store, times

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    def revise(self, before: object, after: object) -> None:
        self._left -= 1
        if self._left >= 0:
            raise Conflict(CHANGED)
        self._store.revise(before, after)  # type: ignore[arg-type]


def test_a_link_that_others_change_meanwhile_is_switched_off_at_another_try(
    empty_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link, _ = known_link()
    rival = Rival(unguarded_store(), times=shared_links.TRIES - 1)
    monkeypatch.setattr(shared_links, "unguarded_store", lambda: rival)

    shared_links.revoke(link.link_id, now=NOW)

    assert [link.revoked_at for link in shared_links.links()] == [NOW]


def test_whoever_cannot_switch_a_link_off_is_told(
    empty_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link, _ = known_link()
    rival = Rival(unguarded_store(), times=shared_links.TRIES)
    monkeypatch.setattr(shared_links, "unguarded_store", lambda: rival)

    with pytest.raises(Conflict, match="somebody changed this meanwhile"):
        shared_links.revoke(link.link_id, now=NOW)

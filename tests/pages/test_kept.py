"""What a server keeps for all its sessions: bounded, made once, closed when it is let go."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from assessment.storage.csv.store import CsvStore
from assessment.ui.guard.whole_store import unguarded_store
from assessment.ui.session.kept import Kept, kept


class Thing:
    """Something that knows whether it was closed."""

    is_closed = False

    def close(self) -> None:
        self.is_closed = True


def things(*, at_most: int) -> Kept[[str], Thing]:
    @kept(at_most=at_most, closing=lambda thing: thing.close())
    def thing_of(name: str) -> Thing:
        return Thing()

    return thing_of


def test_what_was_not_asked_for_longest_is_let_go_and_closed() -> None:
    thing_of = things(at_most=2)
    atlas, borealis = thing_of("Atlas"), thing_of("Borealis")
    assert thing_of("Atlas") is atlas
    thing_of("Cobalt")
    assert (atlas.is_closed, borealis.is_closed, len(thing_of)) == (False, True, 2)
    assert thing_of("Borealis") is not borealis


def test_arguments_that_begin_with_an_underscore_do_not_count() -> None:
    @kept(at_most=4)
    def thing_of(name: str, _how: str) -> Thing:
        return Thing()

    assert thing_of("Atlas", "one way") is thing_of("Atlas", "another")
    assert thing_of("Atlas", "one way") is not thing_of("Borealis", "one way")


def test_what_has_a_version_counts_by_it() -> None:
    class Read:
        def __init__(self, version: int) -> None:
            self.version = version

    @kept(at_most=4)
    def thing_of(read: Read) -> Thing:
        return Thing()

    assert thing_of(Read(1)) is thing_of(Read(1))
    assert thing_of(Read(1)) is not thing_of(Read(2))


def test_forgetting_closes_everything() -> None:
    thing_of = things(at_most=2)
    held = [thing_of("Atlas"), thing_of("Borealis")]
    thing_of.forget()
    assert [thing.is_closed for thing in held] == [True, True]
    assert len(thing_of) == 0


def test_of_many_threads_one_makes_it_and_all_have_it() -> None:
    count, gate, seen = [], threading.Barrier(8), []

    @kept(at_most=4)
    def slow(name: str) -> Thing:
        count.append(name)
        return Thing()

    def ask() -> None:
        gate.wait()
        seen.append(slow("Atlas"))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count == ["Atlas"]
    assert len(set(map(id, seen))) == 1


def test_what_fails_is_not_kept() -> None:
    outcomes: list[Callable[[], str]] = [lambda: "once", lambda: "" + str(1 // 0)]

    @kept(at_most=1)
    def tried(name: str) -> str:
        return outcomes.pop()()

    with pytest.raises(ZeroDivisionError):
        tried("Atlas")
    assert [tried("Atlas"), tried("Atlas")] == ["once", "once"]


def test_a_store_that_is_let_go_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[CsvStore] = []
    monkeypatch.setattr(CsvStore, "close", lambda store: closed.append(store))
    stores = []
    for number in range(6):
        monkeypatch.setenv("WHO_DECIDES_DATA", str(tmp_path / str(number)))
        stores.append(unguarded_store())
    assert set(stores[:2]) <= set(closed)
    assert not set(stores[2:]) & set(closed)

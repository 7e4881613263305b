"""Answers to confidential rounds: where and how they are stored tells nothing of who came when."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from uuid import UUID

import pytest

from assessment.access.invitations import answer_as_stored, revealed
from assessment.content.loading import shipped_framework
from assessment.errors import StorageError
from assessment.model import Assessment, Survey
from assessment.storage.arrival_order import ArrivalOrder
from assessment.storage.csv.layouts import Layout
from assessment.storage.csv.store import CsvStore
from assessment.storage.kinds import ASSESSMENTS
from assessment.storage.postgres.store import PostgresStore
from assessment.storage.protocol import Store
from tests.builders import assessment, gathering, vote
from tests.storage.postgres import GROUP, Server

FRAMEWORK = shipped_framework()
LAYOUT = Layout(ASSESSMENTS, FRAMEWORK)
NOW = datetime(2026, 11, 10, 15, 42, 7, tzinfo=UTC)
ROUND = gathering(opened_on="2026-11-03")
OPEN = gathering(privacy="open")

OpenStore = Callable[[], Store]


@pytest.fixture(params=["csv", pytest.param("postgresql", marks=pytest.mark.xdist_group(GROUP))])
def open_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[OpenStore]:
    """Opens the same data anew at each call, as another process would."""
    if request.param == "csv":
        yield lambda: CsvStore(tmp_path, FRAMEWORK)
        return
    address = request.getfixturevalue("database")
    with ExitStack() as stack:
        yield lambda: stack.enter_context(closing(PostgresStore(address, FRAMEWORK)))


def arrivals(count: int, of: Survey = ROUND, *, seed: int = 1) -> list[Assessment]:
    """Answers in the order in which they came, their ids random as those of a form are."""
    random = Random(seed)  # noqa: S311 - a fixed series
    sent = [
        assessment(assessment_id=UUID(int=random.getrandbits(128), version=4), saved_at=NOW)
        for _ in range(count)
    ]
    return [answer_as_stored(record, of) for record in sent]


def by_id(answers: list[Assessment]) -> list[Assessment]:
    return sorted(answers, key=lambda answer: answer.assessment_id)


def test_fifty_answers_that_came_one_by_one_lie_in_the_order_of_their_ids(
    open_store: OpenStore,
) -> None:
    came = arrivals(50)
    store = open_store()
    store.add([ROUND])
    for answer in came:
        assert store.add([answer]) == 1

    stored = open_store().read().assessments

    assert list(stored) == by_id(came) != came
    assert {record.saved_at for record in stored} == {datetime(2026, 11, 3, tzinfo=UTC)}


def test_other_assessments_keep_the_order_in_which_they_were_saved(open_store: OpenStore) -> None:
    came, others = arrivals(6), [assessment() for _ in range(6)]
    store = open_store()
    store.add([ROUND])
    for answer, other in zip(came, others, strict=True):
        store.add([other])
        store.add([answer])

    assert open_store().read().assessments == (*others, *by_id(came))


def test_rounds_are_kept_apart_and_open_ones_keep_the_order_of_arrival(
    open_store: OpenStore,
) -> None:
    other = gathering()
    first, second, in_the_open = arrivals(4), arrivals(4, other, seed=2), arrivals(4, OPEN, seed=3)
    store = open_store()
    store.add([ROUND, other, OPEN])
    for several in zip(first, second, in_the_open, strict=True):
        store.add(several)

    stored = open_store().read().assessments

    assert list(stored[:4]) == in_the_open != by_id(in_the_open)
    assert list(stored[4:]) == by_id(first) + by_id(second)


def test_an_open_round_that_comes_with_its_answers_keeps_their_order(open_store: OpenStore) -> None:
    in_the_open = arrivals(5, OPEN)

    assert open_store().add([*in_the_open, OPEN]) == 6

    assert list(open_store().read().assessments) == in_the_open


def test_answers_to_a_round_that_is_not_stored_here_are_kept_with_the_same_care(
    open_store: OpenStore,
) -> None:
    came = arrivals(5)
    store = open_store()
    for answer in came:
        store.add([answer])

    assert list(open_store().read().assessments) == by_id(came)


def test_an_answer_sent_again_is_stored_once_and_stays_as_it_is(open_store: OpenStore) -> None:
    came = arrivals(3)
    store = open_store()
    store.add([ROUND, *came])
    changed = came[1].model_copy(update={"answers": {}})

    assert store.add([came[0], changed, came[0]]) == 0
    assert store.add([came[2], new := arrivals(4)[3], new]) == 1

    assert list(open_store().read().assessments) == by_id([*came, new])


def test_another_process_sees_each_answer_at_its_next_read(open_store: OpenStore) -> None:
    store, other = open_store(), open_store()
    store.add([ROUND])
    for number, answer in enumerate(arrivals(5), start=1):
        store.add([answer])
        assert len(other.read().assessments) == number


@pytest.mark.xdist_group(GROUP)
def test_numbers_in_the_database_tell_nothing_either(postgres: Server, database: str) -> None:
    came = arrivals(8)
    with closing(PostgresStore(database, FRAMEWORK)) as store:
        store.add([ROUND])
        for answer in came:
            store.add([answer])

    rows = postgres.run(
        "select assessment_id, xmin from who_decides_assessments order by number", address=database
    )

    assert [row[0] for row in rows] == [answer.assessment_id for answer in by_id(came)]
    assert len({row[1] for row in rows}) == 1, "all written by one transaction, the last"


# In files -----------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    CsvStore(tmp_path, FRAMEWORK).add([ROUND])
    return tmp_path


def in_backups(folder: Path) -> set[UUID]:
    """The ids of all assessments that any backup holds."""
    files = (folder / "backups").glob("assessments-*.csv")
    return {UUID(line[:36]) for file in files for line in file.read_text().splitlines()[1:]}


def test_no_backup_is_made_of_an_answer_that_comes(folder: Path) -> None:
    store = CsvStore(folder, FRAMEWORK)
    for answer in arrivals(50):
        store.add([answer])

    assert not (folder / "backups").exists()
    assert not list(folder.glob("*.new"))


def test_backups_made_meanwhile_leave_the_answers_out_and_those_made_after_do_not(
    folder: Path,
) -> None:
    store, came = CsvStore(folder, FRAMEWORK), arrivals(5)
    for answer in came:
        store.add([answer, other := assessment(squad="Other")])
        store.delete([other.assessment_id])
    assert len(list((folder / "backups").iterdir())) == 5
    assert in_backups(folder).isdisjoint(answer.assessment_id for answer in came)

    store.revise(ROUND, revealed(ROUND, voices=5, now=NOW))
    store.rename("Other", "Another")
    store.add([last := assessment()])
    store.delete([last.assessment_id])

    assert in_backups(folder) >= {answer.assessment_id for answer in came}
    assert list(store.read().assessments) == by_id(came)


def test_what_was_deleted_from_an_open_round_is_in_the_backup(tmp_path: Path) -> None:
    store, in_the_open = CsvStore(tmp_path, FRAMEWORK), arrivals(2, OPEN)
    store.add([OPEN, *in_the_open])

    store.delete([in_the_open[0].assessment_id])

    assert in_backups(tmp_path) == {answer.assessment_id for answer in in_the_open}


def test_every_other_byte_of_the_file_stays(folder: Path) -> None:
    first, second, third = by_id(arrivals(3))
    row = LAYOUT.line_of
    header = LAYOUT.header_line[:-1] + b",votes\r\n"
    other = row(assessment())[:-1] + b',"pm, only"\r\n'
    again = row(third.model_copy(update={"squad": "Elsewhere"}))[:-1] + b",x\n"
    parts = [header, row(third)[:-1] + b",7\r\n", other, b"broken\n", b"\n", again]
    file = folder / "assessments.csv"
    file.write_bytes(b"".join(parts))
    store = CsvStore(folder, FRAMEWORK)

    store.add([second])
    store.add([first])

    rows = [row(record)[:-1] + b",\n" for record in (first, second)]
    assert file.read_bytes() == b"".join([header, other, *parts[3:5], *rows, parts[1], again])
    assert store.read().assessments[-1] == third, "the row that counted still does"


def test_a_torn_end_is_moved_before_an_answer_is_added(folder: Path) -> None:
    (folder / "assessments.csv").write_bytes(LAYOUT.header_line + b"torn")
    store, (answer,) = CsvStore(folder, FRAMEWORK), arrivals(1)

    store.add([answer])

    assert store.read().assessments == (answer,)
    assert [row.file for row in store.read().set_aside] == ["assessments.csv.rejected"]


def test_rounds_that_cannot_be_read_stop_answers_and_nothing_else(folder: Path) -> None:
    (folder / "gatherings.csv").write_bytes(b"name,score\n")
    store = CsvStore(folder, FRAMEWORK)

    with pytest.raises(StorageError, match=r"^gatherings\.csv: the first line"):
        store.add(arrivals(1))
    assert store.add([assessment()]) == 1


# The rule -----------------------------------------------------------------------------------------


def test_a_vote_is_under_way_while_its_pass_is_asked_for() -> None:
    asked = ROUND.model_copy(
        update={"revealed_at": NOW, "asked_again": "sprint-content", "asked_pass": 2}
    )
    arrival_order = ArrivalOrder({asked.id: asked})
    votes = [vote(gathering=asked.id, pass_number=number) for number in (1, 2)]

    assert [arrival_order.is_under_way(given) for given in votes] == [False, True]


def test_only_answers_to_confidential_or_unknown_rounds_have_a_place_of_their_own() -> None:
    arrival_order = ArrivalOrder({ROUND.id: ROUND, OPEN.id: OPEN})
    (hidden,), (in_the_open,), (stray,) = arrivals(1), arrivals(1, OPEN), arrivals(1, gathering())

    assert arrival_order.place_of(hidden) == (ROUND.id, hidden.assessment_id)
    assert arrival_order.place_of(stray) == (stray.gathering, stray.assessment_id)
    assert arrival_order.place_of(in_the_open) is None
    assert arrival_order.place_of(assessment()) is None
    assert arrival_order.place_of(ROUND) is None


def test_a_confidential_round_is_under_way_until_it_is_revealed() -> None:
    (hidden,), (in_the_open,) = arrivals(1), arrivals(1, OPEN)
    shown = revealed(ROUND, voices=5, now=NOW)

    assert ArrivalOrder({ROUND.id: ROUND}).is_under_way(hidden)
    assert not ArrivalOrder({shown.id: shown}).is_under_way(hidden)
    assert not ArrivalOrder({OPEN.id: OPEN}).is_under_way(in_the_open)
    assert not ArrivalOrder({}).is_under_way(hidden)

"""What PostgreSQL adds to the contract: several processes, lost servers, rows written by hand."""

from __future__ import annotations

import logging
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from functools import partial
from threading import Barrier
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, event, inspect, text

from assessment.content.loading import shipped_framework
from assessment.errors import StorageError, StoreBusy, WhoDecidesError
from assessment.model import Framework
from assessment.storage.kinds import KINDS
from assessment.storage.postgres.database import Database
from assessment.storage.postgres.schema import bring_up_to_date, revision, table_by_kind
from assessment.storage.postgres.store import PostgresStore
from tests.builders import (
    action,
    agreement,
    assessment,
    confirmation,
    deep_assessment,
    gathering,
    link,
    setup,
    total,
    vote,
)
from tests.storage.postgres import GROUP, LOCKED, Server, losing_the_answer_to_commit
from tests.storage.writers import appending, read_beside

pytestmark = pytest.mark.xdist_group(GROUP)


ROW = (
    "insert into who_decides_assessments (assessment_id, saved_at, assessed_on, squad, framework) "
    "values (gen_random_uuid(), '2026-11-03T09:30Z', '2026-11-03', 'Atlas', 'core@1')"
)

Open = Callable[..., PostgresStore]


@pytest.fixture
def open_at() -> Iterator[Open]:
    """Opens stores by address, as other processes would."""
    with ExitStack() as stack:

        def opening(address: str, **options: Any) -> PostgresStore:
            store = PostgresStore(address, shipped_framework(), **options)
            return stack.enter_context(closing(store))

        yield opening


@pytest.fixture
def store(open_at: Open, database: str) -> PostgresStore:
    return open_at(database)


@pytest.fixture
def statements() -> Iterator[list[str]]:
    """What is asked of the database from now on."""
    asked: list[str] = []

    def note(*arguments: Any) -> None:
        asked.append(arguments[2])

    event.listen(Engine, "before_cursor_execute", note)
    yield asked
    event.remove(Engine, "before_cursor_execute", note)


def all_at_once(count: int, task: Callable[[int], Any]) -> list[Any]:
    start = Barrier(count)

    def run(number: int) -> Any:
        start.wait()
        return task(number)

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(run, range(count)))


def field_of(refused: BaseException) -> str:
    """Everything a log would show of an error, its causes included."""
    return "".join(traceback.format_exception(refused))


def test_who_reads_waits_no_longer_for_a_locked_table_than_who_writes(
    database: str, open_at: Open
) -> None:
    open_at(database).add([assessment()])
    hasty = open_at(database, patience=0.1)
    hasty.check_writable()
    with psycopg.connect(database) as other:
        other.execute("lock table who_decides_assessments")
        with pytest.raises(StoreBusy, match="has been in use by others for too long"):
            hasty.read()

    assert len(hasty.read().assessments) == 1


def test_a_database_that_knows_no_letters_keeps_them(postgres: Server, open_at: Open) -> None:
    """As a cluster is that was made where no language is set, in a container for one."""
    encoding = "encoding 'SQL_ASCII' lc_collate 'C' lc_ctype 'C' template template0"
    store = open_at(postgres.new_database(encoding))
    written = assessment(squad="Équipe Nord", note="œ 🚀")
    store.add([written])
    assert store.read().assessments == (written,)


@pytest.mark.parametrize("style", ["German", "SQL, DMY", "Postgres, MDY"])
def test_a_database_that_writes_days_otherwise_is_read(
    style: str, postgres: Server, open_at: Open
) -> None:
    address = postgres.new_database()
    name = address.partition("?")[0].rpartition("/")[2]
    postgres.run(f"alter database {name} set datestyle to {style}")
    written = assessment(), total()
    open_at(address).add(written)
    assert open_at(address).read().records == written


# Several at once ----------------------------------------------------------------------------------


def test_processes_that_start_at_once_on_an_empty_database_lose_nothing(
    postgres: Server, database: str, open_at: Open
) -> None:
    reader = open_at(database)
    with appending("append_to_database", database, processes=4, rows=75) as writers:
        acknowledged = read_beside(writers, reader, rows=300, at_once=50)

    stored = reader.read()
    assert stored == open_at(database).read()
    assert sorted(str(record.id) for record in stored.assessments) == sorted(acknowledged)
    assert sorted(Counter(record.squad for record in stored.assessments).values()) == [75] * 4
    assert postgres.run("table who_decides_migrations", address=database) == [("0010",)]


def test_openings_at_once_make_the_tables_once(
    postgres: Server, database: str, open_at: Open
) -> None:
    stores = [open_at(database) for _ in range(8)]

    read = all_at_once(8, lambda number: stores[number].read().assessments)

    assert read == [()] * 8
    assert postgres.run("table who_decides_migrations", address=database) == [("0010",)]


def test_threads_of_one_process_share_a_store(store: PostgresStore) -> None:
    def add_and_read(_: int) -> bool:
        new = assessment()
        return store.add([new]) == 1 and new in store.read().assessments

    assert all_at_once(8, add_and_read) == [True] * 8
    assert len(store.read().assessments) == 8


def test_one_submission_sent_by_all_at_once_is_stored_once(database: str, open_at: Open) -> None:
    stores = [open_at(database) for _ in range(8)]
    submission = assessment()

    assert sum(all_at_once(8, lambda number: stores[number].add([submission]))) == 1

    assert stores[0].read().assessments == (submission,)


def test_a_writer_who_waits_too_long_for_another_is_told(
    store: PostgresStore, open_at: Open, database: str
) -> None:
    store.add([kept := assessment()])
    with psycopg.connect(database) as other:
        other.execute("delete from who_decides_assessments")
        hasty = open_at(database, patience=0.1)
        for task in (
            lambda: hasty.add([assessment()]),
            lambda: hasty.delete([kept.assessment_id]),
            lambda: hasty.rename("Atlas", "Borealis"),
            lambda: hasty.revise(kept, kept.model_copy(update={"note": "x"})),
            lambda: hasty.add([setup()]),
        ):
            with pytest.raises(StoreBusy, match="has been in use by others for too long"):
                task()
        other.rollback()

    assert store.read().assessments == (kept,)


# Reading what is new ------------------------------------------------------------------------------


def test_nothing_new_takes_one_small_query(store: PostgresStore, statements: list[str]) -> None:
    store.add([assessment()])
    first = store.read()
    statements.clear()

    assert store.read() is first

    (asked,) = statements
    assert "who_decides_revision" in asked


def test_a_session_deleted_with_its_answers_while_another_reads_is_read_whole(
    store: PostgresStore, open_at: Open, database: str
) -> None:
    survey = gathering()
    answers = [assessment(gathering=survey.id) for _ in range(2)]
    store.add([survey, *answers])
    waiting = [[survey.id, *(answer.id for answer in answers)]]
    reader = open_at(database)

    def deleted_between(*arguments: Any) -> None:
        if waiting and "FROM who_decides_gatherings" in arguments[2]:
            store.delete(waiting.pop())

    event.listen(Engine, "before_cursor_execute", deleted_between)
    read = reader.read()
    event.remove(Engine, "before_cursor_execute", deleted_between)

    assert waiting == []
    assert (len(read.assessments), len(read.surveys)) == (2, 1)
    assert reader.read().records == ()


def test_a_row_that_cannot_be_read_is_new_once_it_was_changed_by_hand(
    store: PostgresStore, postgres: Server, database: str
) -> None:
    store.add([assessment()])
    versions = []
    for change in (
        "update who_decides_assessments set role = 'boss'",
        "update who_decides_assessments set role = 'chief'",
    ):
        postgres.run(change, address=database)
        versions.append(store.read().version)

    assert versions[0] != versions[1]


def test_after_an_addition_the_new_rows_alone_are_parsed(
    store: PostgresStore, open_at: Open, database: str
) -> None:
    store.add([assessment() for _ in range(3)])
    before = store.read().assessments
    open_at(database).add([new := assessment()])

    after = store.read().assessments

    assert after == (*before, new)
    assert all(now is then for now, then in zip(after, before, strict=False))


@pytest.mark.parametrize(
    ("by_hand", "squads"),
    [
        (ROW, ["Borealis", "Cirrus", "Atlas"]),
        ("update who_decides_assessments set squad = 'Dune' where number = 1", ["Dune", "Cirrus"]),
        ("delete from who_decides_assessments where number = 2", ["Borealis"]),
        ("truncate who_decides_assessments", []),
        ("delete from who_decides_revision", ["Borealis", "Cirrus"]),
        ("update who_decides_assessments set deep = '{}'", ["Borealis", "Cirrus"]),
    ],
)
def test_what_is_written_by_hand_is_noticed(
    store: PostgresStore, postgres: Server, database: str, by_hand: str, squads: list[str]
) -> None:
    store.add([assessment(squad="Borealis"), assessment(squad="Cirrus")])
    store.read()

    postgres.run(f"set search_path = pg_catalog; {qualified(by_hand)}", address=database)

    assert [record.squad for record in store.read().assessments] == squads
    store.add([assessment(squad="Etna")])
    assert [record.squad for record in store.read().assessments] == [*squads, "Etna"]


@pytest.mark.parametrize(
    ("by_hand", "setups", "actions"),
    [
        ("update who_decides_setups set squad = 'Dune'", ["Dune"], ["Atlas"]),
        ("update who_decides_actions set squad = 'Dune'", ["Atlas"], ["Dune"]),
        ("delete from who_decides_setups", [], ["Atlas"]),
        ("truncate who_decides_actions", ["Atlas"], []),
    ],
)
def test_what_is_written_by_hand_is_noticed_whatever_the_kind(
    store: PostgresStore,
    postgres: Server,
    database: str,
    by_hand: str,
    setups: list[str],
    actions: list[str],
) -> None:
    store.add([assessment(), setup(), action()])
    before = store.read()

    postgres.run(by_hand, address=database)

    after = store.read()
    assert [record.squad for record in after.setups] == setups
    assert [record.squad for record in after.actions] == actions
    assert after.version != before.version


def test_after_an_addition_no_other_kind_is_parsed_again(
    store: PostgresStore, open_at: Open, database: str
) -> None:
    store.add(
        [
            *(assessment(), setup(), action(), gathering(), agreement(), confirmation()),
            *(vote(), total(), link()),
        ]
    )
    before = store.read()
    open_at(database).add([new := setup()])

    after = store.read()

    assert after.setups == (*before.setups, new)
    for kind in KINDS:
        assert after.of(kind)[0] is before.of(kind)[0]


def qualified(statement: str) -> str:
    """With the schema told, for somebody whose search path lacks it."""
    return statement.replace("who_decides", "public.who_decides", 1)


def test_a_backup_that_was_put_back_and_went_another_way_is_noticed(
    store: PostgresStore, postgres: Server, database: str
) -> None:
    store.add([first := assessment()])
    ((then,),) = postgres.run("select rewritten from who_decides_revision", address=database)
    store.add([assessment()])
    store.read()

    postgres.run("delete from who_decides_assessments where number = 2", address=database)
    postgres.run(
        "alter table who_decides_assessments alter column number restart with 2", address=database
    )
    store_two = [assessment(), assessment()]
    with closing(PostgresStore(database, shipped_framework())) as other:
        other.add(store_two)
    back_to = f"set rewritten = '{then}'"
    postgres.run(f"update who_decides_revision {back_to}", address=database)

    assert store.read().assessments == (first, *store_two)


def test_large_batches_keep_their_order(store: PostgresStore) -> None:
    batch = [assessment(note=str(number)) for number in range(2_500)]

    assert store.add(batch) == 2_500

    assert [record.note for record in store.read().assessments] == [str(n) for n in range(2_500)]


def test_a_later_framework_reads_what_was_answered_under_the_one_before(
    store: PostgresStore, database: str
) -> None:
    shipped = shipped_framework()
    asked = [shipped.items[0].model_copy(update={"id": "new"}), *shipped.items]
    changes = {"version": "core@2", "reads": [shipped.version], "items": asked}
    later = Framework.model_validate(shipped.model_dump() | changes)
    store.add([before := deep_assessment(framework="core@1+lenses@1"), counted := total()])

    with closing(PostgresStore(database, later)) as newer:
        newer.add([after := assessment(framework="core@2", answers={"new": "yes"})])

        assert newer.read().assessments == (before, after)
        assert (newer.read().totals, newer.read().set_aside) == ((counted,), ())


# Rows that do not fit -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (
            "set framework = 'core@9'",
            "unknown framework version 'core@9'; expected core@1, core@1+lenses@1",
        ),
        ("set role = 'boss'", "unknown role 'boss'"),
        ("set squad = ' '", "the squad's name is empty"),
        ("set note = E'\\x07'", "the note contains a control character (U+0007)"),
        ("""set answers = '{"late-scope": "oui"}'""", "unknown option 'oui' for 'late-scope'"),
        ("""set answers = '{"late-scope": 1}'""", "answers.late-scope: "),
        ("set answers = '[]'", "answers: "),
        ("""set deep = '{"deciders": {"first": ["nobody", "pm"]}}'""", "'nobody' stands beside pm"),
        ("""set deep = '{"deciders": {"first": ["boss"]}}'""", "unknown role 'boss' for 'first'"),
        ("""set deep = '{"signs": {"rework-share": -1}}'""", "-1 cannot be 'rework-share'"),
        ("""set deep = '{"lunch": {}}'""", "deep.lunch: "),
    ],
)
def test_a_row_that_does_not_fit_is_set_aside_and_stays(
    store: PostgresStore, postgres: Server, database: str, change: str, reason: str
) -> None:
    unfit, fit = assessment(note="n" * 300), assessment()
    store.add([unfit, fit])
    table = "who_decides_assessments"
    postgres.run(f"update {table} {change} where number = 1", address=database)

    stored = store.read()

    assert stored.assessments == (fit,)
    (row,) = stored.set_aside
    assert (row.file, row.line) == (table, 1)
    assert reason in str(row.reason)
    assert str(unfit.assessment_id) in row.text
    assert len(row.text) <= 200

    assert store.delete([unfit.assessment_id]) == 0
    assert store.rename("Atlas", "Borealis") == 1
    told = rf"row 1 of {table} has the id {unfit.id} and cannot be read, so nothing was added"
    for records in ([unfit], [assessment(), unfit]):
        with pytest.raises(StorageError, match=told):
            store.add(records)
    assert [record.squad for record in store.read().assessments] == ["Borealis"]
    assert [aside.text for aside in store.read().set_aside] == [row.text]


def test_an_answer_in_confidence_says_so_too_where_its_row_cannot_be_read(
    store: PostgresStore, postgres: Server, database: str
) -> None:
    survey = gathering()
    unfit = assessment(gathering=survey.id, voice=None, role=None, note="")
    store.add([survey, unfit])
    postgres.run("update who_decides_assessments set framework = 'core@0'", address=database)

    with pytest.raises(StorageError, match=r"row 1 of who_decides_assessments has the id"):
        store.add([unfit])
    assert len(store.read().set_aside) == 1


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("setups set company = 'circus'", "company: "),
        ("""setups set seats = '{"boss": "own"}'""", "unknown role 'boss'"),
        ("""setups set seats = '{"pm": "maybe"}'""", "unknown seat 'maybe' for pm"),
        ("actions set lever = 'shout'", "unknown lever 'shout'"),
        ("actions set status = 'done'", "the action is 'done'; expected the day it ended"),
        ("actions set due_on = '2000-01-01'", "lies before 2026-11-04"),
    ],
)
def test_a_setup_or_an_action_that_does_not_fit_is_set_aside_and_stays(
    store: PostgresStore, postgres: Server, database: str, change: str, reason: str
) -> None:
    planned_setup, planned_action = setup(), action()
    store.add([planned_setup, planned_action])
    name = f"who_decides_{change.partition(' ')[0]}"
    postgres.run(f"update who_decides_{change}", address=database)

    stored = store.read()

    (row,) = stored.set_aside
    assert (row.file, row.line) == (name, 1)
    assert reason in str(row.reason)
    assert len(stored.records) == 1
    assert store.delete([planned_setup.setup_id, planned_action.action_id]) == 1
    assert [row.file for row in store.read().set_aside] == [name]


@pytest.mark.parametrize(
    "change",
    [
        "set saved_at = 'infinity'",
        "set assessed_on = '-infinity'",
        "set assessed_on = '10000-01-01'",
    ],
)
def test_dates_that_could_not_be_read_back_are_kept_out(
    store: PostgresStore, postgres: Server, database: str, change: str
) -> None:
    store.add([assessment()])
    with pytest.raises(psycopg.errors.CheckViolation):
        postgres.run(f"update who_decides_assessments {change}", address=database)


# Servers that are away ----------------------------------------------------------------------------


def test_a_restarted_server_is_not_noticed(store: PostgresStore, postgres: Server) -> None:
    store.add([first := assessment()])
    store.read()

    postgres.stop()
    postgres.start()

    assert store.read().assessments == (first,)
    postgres.stop()
    postgres.start()
    assert store.add([second := assessment()]) == 1
    assert store.read().assessments == (first, second)


def test_a_server_that_is_away_is_told_and_used_again_once_it_is_back(
    store: PostgresStore, open_at: Open, postgres: Server, database: str
) -> None:
    store.add([kept := assessment()])
    store.read()
    postgres.stop()
    early = open_at(database)  # an app may start before its database

    for task in (store.read, lambda: store.add([assessment()]), early.read):
        with pytest.raises(StorageError, match="cannot be reached") as raised:
            task()
        assert database.partition("?")[0].rpartition("/")[2] in str(raised.value)
    postgres.start()

    assert store.read().assessments == early.read().assessments == (kept,)
    assert early.add([assessment()]) == 1


def test_those_who_waited_for_a_server_that_is_away_do_not_wait_again(
    open_at: Open, postgres: Server, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    postgres.stop()
    store, connect = open_at(database), psycopg.Connection.connect
    arrivals, attempts = Barrier(4), []

    def slowly(*arguments: Any, **options: Any) -> Any:
        attempts.append(1)
        time.sleep(0.3)  # by then the others have arrived
        return connect(*arguments, **options)

    monkeypatch.setattr(psycopg.Connection, "connect", slowly)

    def read(_: int) -> str:
        arrivals.wait()
        with pytest.raises(StorageError) as raised:
            store.read()
        return str(raised.value)

    with ThreadPoolExecutor(4) as threads:
        messages = set(threads.map(read, range(4)))

    assert len(messages) == 1
    assert len(attempts) == 1


def test_a_connection_lost_in_mid_transaction_stores_nothing(
    store: PostgresStore, postgres: Server, database: str
) -> None:
    store.add([kept := assessment()])
    postgres.run(
        "create function lose() returns trigger language plpgsql as "
        "$$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$; "
        "create trigger lose after insert on who_decides_assessments "
        "for each statement execute function lose()",
        address=database,
    )
    with pytest.raises(StorageError, match="cannot be reached"):
        store.add([new := assessment()])
    postgres.run("drop function lose cascade", address=database)

    assert store.read().assessments == (kept,)
    assert store.add([new]) == 1


def test_where_the_answer_to_commit_is_lost_nobody_says_saved(
    store: PostgresStore, open_at: Open, postgres: Server, database: str
) -> None:
    store.add([first := assessment()])
    with losing_the_answer_to_commit(postgres, database) as shaky:
        hapless = open_at(shaky, patience=1)
        with pytest.raises(StorageError, match="nobody can tell whether this was done"):
            hapless.add([second := assessment()])
        hapless.close()

    assert store.add([second]) == 0, "it had been stored, and is not stored twice"
    assert store.read().assessments == (first, second)


def test_a_revision_whose_confirmation_was_lost_can_be_sent_again(
    store: PostgresStore, open_at: Open, postgres: Server, database: str
) -> None:
    store.add([before := assessment()])
    after = before.model_copy(update={"note": "after"})
    with losing_the_answer_to_commit(postgres, database) as shaky:
        hapless = open_at(shaky, patience=1)
        with pytest.raises(StorageError, match="nobody can tell whether this was done"):
            hapless.revise(before, after)
        hapless.close()

    store.revise(before, after)

    assert store.read().assessments == (after,)


def test_a_renaming_or_deletion_whose_confirmation_was_lost_is_to_be_looked_at_first(
    store: PostgresStore, open_at: Open, postgres: Server, database: str
) -> None:
    store.add([kept := assessment(squad="Atlas"), gone := assessment(squad="Atlas")])
    deeds: tuple[Callable[[PostgresStore], object], ...] = (
        lambda hapless: hapless.delete([gone.id]),
        lambda hapless: hapless.rename("Atlas", "Boréal"),
    )
    for deed in deeds:
        with losing_the_answer_to_commit(postgres, database) as shaky:
            hapless = open_at(shaky, patience=1)
            with pytest.raises(StorageError, match="look whether it was, before you do it again"):
                deed(hapless)
            hapless.close()

    assert store.read().assessments == (kept.model_copy(update={"squad": "Boréal"}),)


def test_tables_that_were_taken_away_are_made_again(
    store: PostgresStore, postgres: Server, database: str
) -> None:
    store.add([again := assessment()])
    store.read()
    postgres.run(
        "drop table who_decides_assessments, who_decides_setups, who_decides_actions, "
        "who_decides_gatherings, who_decides_votes, who_decides_links, "
        "who_decides_totals, who_decides_revision, who_decides_migrations, who_decides_agreements, "
        "who_decides_confirmations; "
        "drop function who_decides_note_change",
        address=database,
    )

    with pytest.raises(StorageError, match="answered with error 42P01"):
        store.read()

    assert store.read().assessments == ()
    assert store.add([again]) == 1


# What people are told -----------------------------------------------------------------------------


def refusal_of(address: str, open_at: Open, caplog: pytest.LogCaptureFixture) -> str:
    """What people are told of an address; no log shows more than that."""
    with caplog.at_level(logging.DEBUG), pytest.raises(StorageError) as raised:
        open_at(address).read()
    for secret in ("s3cret", LOCKED[1]):
        assert secret not in field_of(raised.value)
        assert secret not in caplog.text
    return str(raised.value)


def test_a_wrong_password_is_told(
    postgres: Server, database: str, open_at: Open, caplog: pytest.LogCaptureFixture
) -> None:
    name = database.partition("?")[0].rpartition("/")[2]
    for login in ("locked:s3cret", "nobody:s3cret"):
        refusal = refusal_of(postgres.address(name, login=login), open_at, caplog)
        assert f"the database {name} on {postgres.socket_folder} refuses the user" in refusal


def test_an_unknown_database_is_told(
    postgres: Server, open_at: Open, caplog: pytest.LogCaptureFixture
) -> None:
    refusal = refusal_of(postgres.address("nowhere", login=":".join(LOCKED)), open_at, caplog)
    assert f"there is no database nowhere on {postgres.socket_folder}" in refusal


def test_a_server_that_is_nowhere_is_told(open_at: Open, caplog: pytest.LogCaptureFixture) -> None:
    refusal = refusal_of("postgres://bob:s3cret@127.0.0.1:1/governance", open_at, caplog)
    assert "the database governance on 127.0.0.1:1 cannot be reached" in refusal


def test_a_user_without_rights_is_told(
    postgres: Server, database: str, open_at: Open, caplog: pytest.LogCaptureFixture
) -> None:
    name = database.partition("?")[0].rpartition("/")[2]
    refusal = refusal_of(postgres.address(name, login=":".join(LOCKED)), open_at, caplog)
    assert "does not let this user do that" in refusal


@pytest.mark.parametrize(
    "statement",
    [
        "alter database {name} set default_transaction_read_only = on",
        "revoke insert on who_decides_votes from {login}",
        "revoke delete on who_decides_votes from {login}",
        "revoke insert on who_decides_revision from {login}",
        "revoke update on who_decides_revision from {login}",
    ],
)
def test_a_database_that_can_only_be_read_is_told_before_anybody_saves(
    statement: str, postgres: Server, open_at: Open
) -> None:
    address = postgres.new_database()
    name = address.partition("?")[0].rpartition("/")[2]
    open_at(address).read()
    login, _ = LOCKED
    postgres.run(f"grant all on all tables in schema public to {login}", address=address)
    postgres.run(f"revoke delete on who_decides_revision from {login}", address=address)
    open_at(address_of_user := postgres.address(name, login=":".join(LOCKED))).check_writable()

    postgres.run(statement.format(name=name, login=login), address=address)
    store = open_at(address_of_user)
    store.read()

    with pytest.raises(StorageError, match=f"{name} on .* can only be read, so nothing can be"):
        store.check_writable()


@pytest.mark.parametrize(
    "address",
    [
        "s3cret",
        "mysql://bob:s3cret@db/governance",
        "postgresql://bob:s3cret@db",
        "postgresql://bob:s3cret",
        "postgresql://bob:s3cret/governance",
        "postgresql://bob:a@s3cret@db/governance",
        "postgresql://bob:a@s3cret/b@db/governance",
        "postgresql://bo/b:s3cret@db/governance",
        "postgresql://bo/s3cret@db/governance",
        "postgresql://bob:s3cret@d b/governance",
        "postgresql://bob:s3cret@db/governance name",
        "postgresql://bob/a?s3cret=b@db/governance",
        "postgresql://bob/a?s3cret@db/governance",
        "postgresql://bob?s3cret@db/governance",
        "postgresql://db/governance?s3cret@db",
        "postgresql://bob:s3cret@db/governance?sslmode",
        "postgresql://bob:s3cret@db:port/governance",
    ],
)
def test_what_is_no_address_is_refused_without_repeating_it(
    address: str, open_at: Open, caplog: pytest.LogCaptureFixture
) -> None:
    refusal = refusal_of(address, open_at, caplog)
    assert "WHO_DECIDES_DATABASE_URL, or a command) is not the address of a PostgreSQL" in refusal


def test_a_server_that_falls_silent_counts_as_lost_and_is_asked_again(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assessment.storage.postgres.database.SILENCE", 0.3)
    with closing(Database(database, bring_up_to_date)) as asked:

        def asking(statement: str) -> object:
            with asked.reading("AUTOCOMMIT") as connection:
                return connection.scalar(text(statement))

        assert asking("select 1") == 1
        began = time.monotonic()
        with pytest.raises(StorageError, match="cannot be reached"):
            asking("select pg_sleep(60)")
        assert time.monotonic() - began < 10
        assert asking("select 1") == 1


def test_options_of_the_address_go_before_ours(database: str) -> None:
    address = f"{database}&connect_timeout=7&application_name=squads"
    with (
        closing(Database(address, bring_up_to_date)) as opened,
        opened.reading("AUTOCOMMIT") as connection,
    ):
        driver: Any = connection.connection.driver_connection
        options = driver.info.get_parameters()
    assert (options["connect_timeout"], options["application_name"]) == ("7", "squads")


def test_a_save_that_fails_is_logged_without_answers_and_names(
    store: PostgresStore, postgres: Server, database: str, caplog: pytest.LogCaptureFixture
) -> None:
    store.read()
    postgres.run(
        "alter table who_decides_assessments add check (squad <> 'Private')", address=database
    )
    with pytest.raises(StorageError, match="answered with error 23514") as raised:
        store.add([assessment(squad="Private", note="a secret note")])
    assert isinstance(raised.value, WhoDecidesError)
    assert "[SQL parameters hidden" in field_of(raised.value)
    assert "a change failed: " in caplog.text
    assert "secret note" not in caplog.text


# Tables -------------------------------------------------------------------------------------------


def test_tables_of_a_newer_version_are_refused(
    store: PostgresStore, open_at: Open, postgres: Server, database: str
) -> None:
    store.add([assessment()])
    postgres.run("update who_decides_migrations set version_num = '0999'", address=database)

    with pytest.raises(StorageError, match=r"newer version .* \(migration 0999; .* knows 0010\)"):
        open_at(database).read()

    assert postgres.run("select count(*) from who_decides_assessments", address=database) == [(1,)]


def test_a_process_that_runs_on_after_a_newer_version_neither_reads_nor_saves(
    store: PostgresStore, postgres: Server, database: str
) -> None:
    store.add([there := assessment()])
    store.read()
    postgres.run("update who_decides_migrations set version_num = '0999'", address=database)

    newer = r"newer version .* \(migration 0999; .* knows 0010\)"
    for deed in (
        store.read,
        partial(store.add, [assessment()]),
        partial(store.revise, there, there.model_copy(update={"note": "by an older one"})),
        partial(store.delete, [there.id]),
        partial(store.rename, "Atlas", "Borea"),
    ):
        with pytest.raises(StorageError, match=newer):
            deed()
    rows = postgres.run("select squad, note from who_decides_assessments", address=database)
    assert rows == [(there.squad, there.note)]

    postgres.run("update who_decides_migrations set version_num = '0010'", address=database)
    assert store.read().assessments == (there,)


def test_tables_of_the_first_version_are_brought_up_to_date_and_keep_their_rows(
    store: PostgresStore, open_at: Open, postgres: Server, database: str
) -> None:
    store.add(old := [assessment(), assessment(voice="Zoë")])
    postgres.run(
        "drop table who_decides_setups, who_decides_actions, who_decides_gatherings, "
        "who_decides_links, who_decides_agreements, who_decides_confirmations, who_decides_votes, "
        "who_decides_totals; "
        "alter table who_decides_assessments drop column deep, drop column gathering; "
        "update who_decides_migrations set version_num = '0001'",
        address=database,
    )
    newer = open_at(database)

    assert list(newer.read().assessments) == old
    deep = deep_assessment(assessment_id=old[0].assessment_id)
    newer.revise(old[0], deep)
    newer.add([setup(), action(), gathering(), agreement(), confirmation(), vote(), link()])

    assert postgres.run("table who_decides_migrations", address=database) == [("0010",)]
    assert newer.read().assessments == (deep, old[1])
    # A process that was started before goes on adding rows of the first version.
    postgres.run(ROW, address=database)
    assert len(newer.read().assessments) == 3


def test_setups_of_before_squads_could_end_are_read_as_they_were(
    store: PostgresStore, open_at: Open, postgres: Server, database: str
) -> None:
    store.add([told := setup()])
    postgres.run(
        "alter table who_decides_setups drop column ended; "
        "update who_decides_migrations set version_num = '0009'",
        address=database,
    )
    newer = open_at(database).read()

    assert (newer.setups, newer.set_aside) == ((told,), ())


def test_the_migrations_make_the_tables_the_store_reads(database: str) -> None:
    with (
        closing(Database(database, bring_up_to_date)) as reading,
        reading.reading("REPEATABLE READ") as connection,
    ):
        for table in (*table_by_kind.values(), revision):
            made = {column["name"] for column in inspect(connection).get_columns(table.name)}
            assert {column.name for column in table.columns} == made - {"only_row"}


def test_saved_means_on_disk_also_where_the_server_was_told_to_be_quick(
    postgres: Server, database: str
) -> None:
    name = database.partition("?")[0].rpartition("/")[2]
    postgres.run(f"alter database {name} set synchronous_commit = off")
    with closing(Database(database, bring_up_to_date)) as reading, reading.writing() as connection:
        assert connection.scalar(text("show synchronous_commit")) == "on"

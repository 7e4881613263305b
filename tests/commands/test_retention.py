"""Old answers counted into totals by a command that tells first, and then leaves no trace."""

from __future__ import annotations

import errno
import json
import re
from collections.abc import Callable, Collection
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from uuid import UUID

import pytest

from assessment.__main__ import main
from assessment.content.loading import shipped_framework
from assessment.errors import StorageError
from assessment.exchange.sample import sample_records
from assessment.model import Assessment
from assessment.storage.csv import durable, table
from assessment.storage.csv.store import CsvStore
from assessment.storage.opening import open_store
from assessment.storage.protocol import Check, Choice, Store
from tests.builders import assessment, gathering, link, vote
from tests.command_line import Run
from tests.storage.postgres import GROUP

FRAMEWORK = shipped_framework()
OLD = date(2023, 3, 5)
OPEN, UNRELEASED = UUID(int=10**9), UUID(int=10**9 + 1)
REVEALED = {
    "opened_on": OLD,
    "closes_on": OLD,
    "closed_at": datetime(2023, 3, 6, tzinfo=UTC),
    "revealed_at": datetime(2023, 3, 6, tzinfo=UTC),
}


def fill(store: Store) -> None:
    session = {"squad": "Borea", "assessed_on": OLD, "note": "secret words", "voice": None}
    store.add(
        [
            gathering(gathering_id=OPEN, squad="Borea", privacy="open", released=True, **REVEALED),
            gathering(gathering_id=UNRELEASED, squad="Cobalt", released=False, **REVEALED),
            *(assessment(gathering=OPEN, **session) for _ in range(6)),
            *(assessment(gathering=UNRELEASED, **session | {"squad": "Cobalt"}) for _ in range(5)),
            *(assessment(voice=f"Ana {n}", assessed_on=OLD, note="secret words") for n in range(3)),
            assessment(voice="Zoë"),
            vote(squad="Borea", gathering=OPEN),
            link(kind="invite", squad="Borea", round_id=OPEN),
        ]
    )


@pytest.fixture(params=["csv", pytest.param("sql", marks=pytest.mark.xdist_group(GROUP))])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    folder = tmp_path / "data"
    return str(folder) if request.param == "csv" else request.getfixturevalue("database")


def store_at(place: str) -> Store:
    name = "WHO_DECIDES_DATABASE_URL" if "://" in place else "WHO_DECIDES_DATA"
    return open_store({name: place}, FRAMEWORK, project=Path())


PLAN = "totals 2 of voices 9; answers 9 and sessions 1 to delete"


def test_nothing_is_done_until_it_was_said_and_confirmed(run: Run, place: str) -> None:
    with_answers = store_at(place)
    fill(with_answers)
    before = with_answers.read()

    printed = run("retain", "--months", 24, "--store", place)

    assert printed.status == 0
    assert re.fullmatch(rf"before 20\d\d-\d\d-01: {PLAN}", printed.out[0])
    assert printed.out[1] == "Nothing was done: add --yes to do it. It cannot be undone."
    assert printed.err == [
        "1 of these totals keep nothing but how many answered, since they were fewer than five, or "
        "than a session promised: their periods will have no score, in results and in trends",
        "1 sessions of that time are left as they are, since their results are not shown to all "
        "yet: release or delete them",
    ]
    assert with_answers.read() == before
    with_answers.close()


def test_of_sample_data_only_answers_as_old_as_asked_are_told_to_stay(
    run: Run, tmp_path: Path
) -> None:
    answers = [record for record in sample_records() if isinstance(record, Assessment)]
    old = [answer.model_copy(update={"assessed_on": OLD}) for answer in answers[:2]]
    with closing(store_at(str(tmp_path))) as store:
        store.add([*old, answers[2].model_copy(update={"assessed_on": datetime.now(UTC).date()})])

    assert run("retain", "--months", 1200, "--store", tmp_path).err == []
    assert run("retain", "--months", 24, "--store", tmp_path).err == [
        "2 answers of the sample data stay as they are: remove them on the data page"
    ]


def test_once_confirmed_totals_stand_where_answers_stood(run: Run, place: str) -> None:
    store = store_at(place)
    fill(store)

    printed = run("retain", "--months", 24, "--yes", "--store", place)

    after = store.read()
    assert printed.status == 0
    assert "deleted 12" in printed.out  # nine answers, a session, its vote and its invitation
    assert sorted((total.squad, total.voices, bool(total.answers)) for total in after.totals) == [
        ("Atlas", 3, False),
        ("Borea", 6, True),
    ]
    assert sorted(answer.squad for answer in after.assessments) == ["Atlas", *["Cobalt"] * 5]
    assert [survey.squad for survey in after.surveys] == ["Cobalt"]
    assert (after.votes, after.links) == ((), ())

    again = run("retain", "--months", 24, "--yes", "--store", place)
    assert "deleted 0" in again.out
    assert store.read().totals == after.totals
    store.close()


def faster(
    monkeypatch: pytest.MonkeyPatch, store: Store, deed: Callable[[Collection[UUID]], object]
) -> None:
    """Have somebody do something before the next deletion, told which records are to go."""
    kind = type(store)
    delete = kind.delete

    def delete_after(self: Store, ids: Collection[UUID], *, check: Check | None) -> int:
        monkeypatch.setattr(kind, "delete", delete)
        deed(ids)
        return self.delete(ids, check=check)

    monkeypatch.setattr(kind, "delete", delete_after)


def test_an_answer_changed_after_it_was_counted_is_not_deleted_but_counted_by_the_next_run(
    run: Run, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_at(place)
    fill(store)
    old = next(answer for answer in store.read().assessments if answer.voice == "Ana 1")
    later = old.model_copy(update={"note": "later"})
    faster(monkeypatch, store, lambda _ids: store.revise(old, later))
    printed = run("retain", "--months", 24, "--yes", "--store", place)

    assert printed.status == 2
    assert printed.err[-1].endswith("so nothing was deleted; start again")
    assert len(store.read().assessments) == 15
    assert store.read().totals == ()
    assert "deleted 12" in run("retain", "--months", 24, "--yes", "--store", place).out
    assert sorted(total.voices for total in store.read().totals) == [3, 6]
    store.close()


def test_an_answer_that_comes_to_a_session_already_counted_stops_its_deletion(
    run: Run, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_at(place)
    fill(store)
    late = assessment(gathering=OPEN, squad="Borea", assessed_on=OLD)
    faster(monkeypatch, store, lambda _ids: store.add([late]))

    assert run("retain", "--months", 24, "--yes", "--store", place).status == 2

    assert len(store.read().assessments) == 16
    assert OPEN in {survey.id for survey in store.read().surveys}
    store.close()


@pytest.mark.parametrize("when", ["new", "of a period counted before"])
def test_answers_stay_where_somebody_deletes_their_total_before_they_go(
    run: Run, place: str, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    store = store_at(place)
    store.add([assessment(assessed_on=OLD) for _ in range(6)])
    if when != "new":
        run("retain", "--months", 24, "--yes", "--store", place)
        store.add([assessment(assessed_on=OLD)])
    answers = store.read().assessments
    faster(monkeypatch, store, lambda _: store.delete([t.id for t in store.read().totals]))

    assert run("retain", "--months", 24, "--yes", "--store", place).status == 2

    assert store.read().assessments == answers != ()
    store.close()


def test_totals_stay_where_another_run_was_faster_to_delete_what_they_count(
    run: Run, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_at(place)
    fill(store)
    faster(monkeypatch, store, lambda ids: store.delete(ids))
    printed = run("retain", "--months", 24, "--yes", "--store", place)

    assert printed.status == 2
    assert sorted(total.voices for total in store.read().totals) == [3, 6]
    store.close()


def test_a_run_that_was_cut_short_is_finished_by_the_next(run: Run, place: str) -> None:
    store = store_at(place)
    fill(store)
    answers = [answer.id for answer in store.read().assessments if answer.gathering == OPEN]
    store.delete(answers)

    printed = run("retain", "--months", 24, "--yes", "--store", place)

    assert "deleted 6" in printed.out  # three answers, a session, its vote and its invitation
    after = store.read()
    assert [survey.squad for survey in after.surveys] == ["Cobalt"]
    assert (after.votes, after.links) == ((), ())
    store.close()


def test_a_squad_renamed_between_two_runs_is_counted_once_and_its_old_name_is_free(
    run: Run, place: str
) -> None:
    store = store_at(place)
    answers = [assessment(assessed_on=OLD) for _ in range(6)]
    store.add(answers)
    run("retain", "--months", 24, "--yes", "--store", place)
    store.rename("Atlas", "Borea")

    store.add([*answers, assessment(assessed_on=OLD)])  # an export that was brought in again
    store.rename("Atlas", "Borea")
    printed = run("retain", "--months", 24, "--yes", "--store", place)
    assert "deleted 7" in printed.out
    assert printed.err == [
        "7 of these answers are of periods that have a total already: what it does not count "
        "will be in none"
    ]
    store.add([assessment(assessed_on=OLD) for _ in range(5)])
    assert run("retain", "--months", 24, "--yes", "--store", place).err == []
    counted = [(total.squad, total.voices) for total in store.read().totals]
    assert counted == [("Borea", 6), ("Atlas", 5)]
    store.close()


@pytest.mark.parametrize("heals", [True, False])
def test_totals_do_not_stay_beside_answers_that_could_not_be_deleted(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, heals: bool
) -> None:
    fill(CsvStore(tmp_path, FRAMEWORK))
    calls = iter(range(10))
    deleted = CsvStore.delete

    def delete(store: CsvStore, ids: Choice, *, check: Check | None = None) -> int:
        if next(calls) == 0 or not heals:
            raise StorageError("the disk is full")
        return deleted(store, ids, check=check)

    with monkeypatch.context() as disk:
        disk.setattr(CsvStore, "delete", delete)
        printed = run("retain", "--months", 24, "--yes", "--store", tmp_path)

    assert printed.status == 2
    assert printed.err[-1] == "the disk is full"
    assert bool(CsvStore(tmp_path, FRAMEWORK).read().totals) is not heals
    assert ("the totals are stored, and the answers" in "".join(printed.err)) is not heals


@pytest.mark.parametrize("failing", range(4))
def test_where_the_disk_fails_in_between_the_next_run_deletes_the_rest(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    data = tmp_path / "data"
    fill(CsvStore(data, FRAMEWORK))
    calls = iter(range(10))

    def put(path: Path) -> None:
        if next(calls) == failing:
            raise OSError("full")
        durable.put_in_place(path)

    with monkeypatch.context() as full:
        asked = SimpleNamespace(**vars(durable) | {"put_in_place": put})
        full.setattr(table, "durable", asked)
        assert run("retain", "--months", 24, "--yes", "--store", data).status == 2
    assert run("retain", "--months", 24, "--yes", "--store", data).status == 0

    after = CsvStore(data, FRAMEWORK).read()
    assert sorted(total.voices for total in after.totals) == [3, 6]
    assert [survey.squad for survey in after.surveys] == ["Cobalt"]
    assert sorted(answer.squad for answer in after.assessments) == ["Atlas", *["Cobalt"] * 5]
    assert (after.votes, after.links) == ((), ())
    assert files_with(b"Ana 1", data) == []


@pytest.mark.parametrize("file", ["links.csv", "votes.csv", "gatherings.csv"])
def test_what_was_deleted_before_the_disk_was_full_is_not_told_as_not_saved(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    data = tmp_path / "data"
    fill(CsvStore(data, FRAMEWORK))
    replaced = Path.replace

    def full(path: Path, target: Path) -> Path:
        if target.name == file:
            raise OSError(errno.ENOSPC, "No space left on device")
        return replaced(path, target)

    with monkeypatch.context() as disk:
        disk.setattr(Path, "replace", full)
        printed = run("retain", "--months", 24, "--yes", "--store", data)

    assert printed.status == 2
    assert printed.err[-1].startswith(
        f"{file} cannot be written (the disk is full), so part of this is done and part is not"
    )
    assert "deleted " in "".join(run("retain", "--months", 24, "--yes", "--store", data).out)
    after = CsvStore(data, FRAMEWORK).read()
    assert sorted(total.voices for total in after.totals) == [3, 6]
    assert [survey.squad for survey in after.surveys] == ["Cobalt"]
    assert (after.votes, after.links) == ((), ())


def files_with(text: bytes, folder: Path) -> list[str]:
    files = [file for file in folder.rglob("*") if file.is_file()]
    return [file.name for file in files if text in file.read_bytes()]


def test_no_earlier_version_of_a_file_keeps_what_was_counted(run: Run, tmp_path: Path) -> None:
    data = tmp_path / "data"
    store = CsvStore(data, FRAMEWORK)
    fill(store)
    store.rename("Borea", "Boréal")  # a version of each file is kept

    printed = run("retain", "--months", 24, "--yes", "--store", data)

    assert printed.out[-2:-1] == ["earlier versions of files deleted 8"]
    assert printed.out[-1].startswith("Backups that you made (exports, copies")
    assert files_with(b"Ana 1", data) == []


def test_a_run_that_deletes_a_session_nobody_answered_lets_its_earlier_versions_go(
    run: Run, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    store = CsvStore(data, FRAMEWORK)
    store.add([gathering(gathering_id=OPEN, squad="Borea", released=True, **REVEALED)])
    store.rename("Borea", "Boréal")  # a version of each file is kept

    printed = run("retain", "--months", 24, "--yes", "--store", data)

    assert "deleted 1" in printed.out
    assert files_with(b"Borea", data) == []


def test_rows_that_vanished_go_where_they_were_counted_and_stay_where_they_were_not(
    run: Run, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    store = CsvStore(data, FRAMEWORK)
    fill(store)
    file = store.path("assessments")
    whole = file.read_bytes()
    store.read()
    file.write_bytes(whole.partition(b"\n")[0] + b"\n")
    assert len(store.read().assessments) == 0
    lines = whole.splitlines(keepends=True)
    file.write_bytes(
        b"".join(line for line in lines if b"Zo\xc3\xab" not in line and b"Ana 2" not in line)
    )

    printed = run("retain", "--months", 24, "--yes", "--store", data)

    assert (printed.status, printed.err[-1][:57]) == (
        1,
        "2 records that were stored are gone from their files, sin",
    )
    assert files_with(b"Ana 1", data) == []
    left = [
        row.voice for row in CsvStore(data, FRAMEWORK).vanished() if isinstance(row, Assessment)
    ]
    assert left == ["Ana 2", "Zoë"]


def test_earlier_versions_stay_where_nothing_went(run: Run, tmp_path: Path) -> None:
    data = tmp_path / "data"
    store = CsvStore(data, FRAMEWORK)
    fill(store)
    run("retain", "--months", 24, "--yes", "--store", data)
    store.rename("Atlas", "Alpha")
    versions = sorted(file.name for file in (data / "backups").iterdir())

    printed = run("retain", "--months", 24, "--yes", "--store", data)

    assert printed.out[1:] == ["deleted 0"]  # and no backup of it is to be deleted
    assert sorted(file.name for file in (data / "backups").iterdir()) == versions != []


def test_earlier_versions_that_a_run_left_behind_go_with_the_next(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    fill(CsvStore(data, FRAMEWORK))

    def killed(*_: object) -> int:
        raise StorageError("killed")

    with monkeypatch.context() as broken:
        broken.setattr(CsvStore, "forget_backups", killed)
        assert run("retain", "--months", 24, "--yes", "--store", data).status == 2
    assert files_with(b"Ana 1", data)

    printed = run("retain", "--months", 24, "--yes", "--store", data)
    assert "deleted 0" in printed.out
    assert printed.out[-1].startswith("Backups that you made (exports, copies")
    assert files_with(b"Ana 1", data) == []


@pytest.mark.parametrize("months", ["0", "1201", "two", "1.5", "-3", "9" * 5000])
def test_what_is_no_number_of_months_is_told_with_what_is(
    months: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["retain", f"--months={months}"])

    assert f"expected whole months from 1 to 1200, not '{months}'" in capsys.readouterr().err


def test_totals_are_exported_brought_in_and_scored(run: Run, tmp_path: Path) -> None:
    data, other = tmp_path / "data", tmp_path / "other"
    fill(CsvStore(data, FRAMEWORK))
    run("retain", "--months", 24, "--yes", "--store", data)
    totals = CsvStore(data, FRAMEWORK).read().totals

    assert run("export", tmp_path / "all.zip", "--store", data).status == 0
    assert run("import", tmp_path / "all.zip", "--store", other).status == 0
    assert CsvStore(other, FRAMEWORK).read().totals == totals
    assert ", totals 2, " in run("verify", tmp_path / "all.zip").out[-1]
    cards = [
        json.loads(line) for line in run("score", data / "assessments.csv", "--by", "month").out
    ]
    counted = {card["squad"]: card for card in cards if card["total"]}
    assert counted["Borea"]["period"] == "2023-03"
    assert counted["Borea"]["levels"]["vision"]["voices"] == 6
    assert counted["Borea"]["holds"]["levels"]["vision"]["low"] is None
    assert counted["Atlas"]["overall"] is None

"""Old answers counted into totals by a command that tells first, and then leaves no trace."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from assessment.content.loading import shipped_framework
from assessment.storage.csv.store import CsvStore
from assessment.storage.opening import open_store
from assessment.storage.protocol import Store
from tests.builders import assessment, gathering, link, vote
from tests.command_line import Run, commands
from tests.storage.postgres import GROUP

FRAMEWORK = shipped_framework()
OLD = date(2023, 3, 5)
OPEN, UNRELEASED = UUID(int=91), UUID(int=92)
REVEALED = {
    "opened_on": OLD,
    "closes_on": OLD,
    "closed_at": datetime(2023, 3, 6, tzinfo=UTC),
    "revealed_at": datetime(2023, 3, 6, tzinfo=UTC),
}


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return commands(capsys)


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
    kept = tmp_path / "data"
    return str(kept) if request.param == "csv" else request.getfixturevalue("database")


def opened(place: str) -> Store:
    name = "WHO_DECIDES_DATABASE_URL" if "://" in place else "WHO_DECIDES_DATA"
    return open_store({name: place}, FRAMEWORK, project=Path())


PLAN = (
    "2 totals of 9 voices, 1 of them too few voices for more than their number; "
    "9 answers and 1 sessions deleted, 0 of the answers in no total, since their period had one"
)


def test_nothing_is_done_until_it_was_said_and_confirmed(run: Run, place: str) -> None:
    with_answers = opened(place)
    fill(with_answers)
    before = with_answers.read()

    printed = run("retain", "--months", 24, "--store", place)

    assert printed.status == 0
    assert re.fullmatch(rf"before 20\d\d-\d\d-01: {PLAN}", printed.out[0])
    assert printed.out[1] == "Nothing was done: add --yes to do it. It cannot be undone."
    assert printed.err == [
        "1 sessions of that time are left as they are, since their results are not shown to all "
        "yet: release or delete them"
    ]
    assert with_answers.read() == before
    with_answers.close()


def test_once_confirmed_totals_stand_where_answers_stood(run: Run, place: str) -> None:
    store = opened(place)
    fill(store)

    printed = run("retain", "--months", 24, "--yes", "--store", place)

    after = store.read()
    assert printed.status == 0
    assert "deleted 12" in printed.out  # nine answers, a session, its vote and its invitation
    assert sorted((kept.squad, kept.voices, bool(kept.answers)) for kept in after.totals) == [
        ("Atlas", 3, False),
        ("Borea", 6, True),
    ]
    assert sorted(answer.squad for answer in after.assessments) == ["Atlas", *["Cobalt"] * 5]
    assert [survey.squad for survey in after.gatherings] == ["Cobalt"]
    assert (after.votes, after.links) == ((), ())

    again = run("retain", "--months", 24, "--yes", "--store", place)
    assert "deleted 0" in again.out
    assert store.read().totals == after.totals
    store.close()


def test_no_earlier_version_of_a_file_keeps_what_was_counted(run: Run, tmp_path: Path) -> None:
    store = CsvStore(tmp_path / "data", FRAMEWORK)
    fill(store)
    store.rename("Borea", "Boréal")  # a version of each file is kept
    assert any(b"secret" in file.read_bytes() for file in (tmp_path / "data/backups").iterdir())

    printed = run("retain", "--months", 24, "--yes", "--store", tmp_path / "data")

    assert printed.out[-1].startswith("Backups that you made (exports, copies")
    kept = [file for file in (tmp_path / "data").rglob("*") if file.is_file()]
    counted = [file.name for file in kept if b"Ana 1" in file.read_bytes()]
    assert counted == []


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

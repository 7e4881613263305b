"""What operators do with what is stored: back up and restore, upgrade and roll back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assessment.content.loading import shipped_framework
from assessment.exchange.sample import sample_records
from assessment.storage.csv.store import CsvStore
from tests.browser.server import PROJECT
from tests.builders import deep_assessment, link, setup
from tests.command_line import Run, commands

FRAMEWORK = shipped_framework()
OPERATING = (PROJECT / "docs" / "operating.md").read_text("utf-8")
OF_0_1 = PROJECT / "tests" / "data" / "assessments-0.1.csv"


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Run:
    return commands(capsys)


def test_a_restore_drill_brings_everything_back_but_links(
    command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, backups = tmp_path / "data", tmp_path / "backups"
    monkeypatch.setenv("WHO_DECIDES_DATA", str(data))
    store = CsvStore(data, FRAMEWORK)
    store.add([*sample_records(), deep_assessment(), setup(), link()])
    before = store.read()
    backups.mkdir()

    assert command("export", backups / "first.zip").status == 0
    assert command("export", backups / "second.zip").status == 0
    shutil.rmtree(data)
    restored = command("import", backups / "second.zip")
    after = CsvStore(data, FRAMEWORK).read()

    assert restored.status == 0
    assert restored.out[-1].endswith("already there 0, refused 0")
    assert after.squad_records == before.squad_records
    assert after.links == ()
    assert (backups / "first.zip").read_bytes() == (backups / "second.zip").read_bytes()


def test_answers_of_0_1_are_read_whole_and_stay_readable_for_it_after_an_upgrade(
    tmp_path: Path,
) -> None:
    shutil.copy(OF_0_1, tmp_path / "assessments.csv")
    before = OF_0_1.read_text("utf-8").splitlines()
    store = CsvStore(tmp_path, FRAMEWORK)
    of_0_1 = store.read().assessments
    assert len(of_0_1) == len(before) - 1

    store.add([deep_assessment(squad="New")])

    after = (tmp_path / "assessments.csv").read_text("utf-8").splitlines()
    # What 0.1 knows are the first columns; it reads them in any file that begins with them.
    assert after[0].startswith(before[0])
    assert [new.startswith(old) for new, old in zip(after, before, strict=False)] == [True] * 4
    assert store.read().assessments[: len(of_0_1)] == of_0_1


def test_rows_that_0_1_adds_after_a_rollback_are_read_by_this_version(tmp_path: Path) -> None:
    shutil.copy(OF_0_1, tmp_path / "assessments.csv")
    store = CsvStore(tmp_path, FRAMEWORK)
    store.add([deep_assessment(squad="New")])
    header, row, *_ = OF_0_1.read_text("utf-8").splitlines()
    widened = (tmp_path / "assessments.csv").read_text("utf-8").splitlines()[0]
    added = row.replace("000000000001", "0000000000ff").replace("Atlas · demo", "By 0.1")
    missing = widened.count(",") - header.count(",")

    with (tmp_path / "assessments.csv").open("a", encoding="utf-8") as file:
        file.write(f"{added}{',' * missing}\n")  # as 0.1 writes into a wider file

    squads = [check.squad for check in CsvStore(tmp_path, FRAMEWORK).read().assessments]
    assert squads[-2:] == ["New", "By 0.1"]

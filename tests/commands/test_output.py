"""What becomes of the output where nobody takes it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assessment.__main__ import main
from assessment.commands import transfer
from assessment.content.loading import shipped_framework
from assessment.exchange.archives import csv_of
from assessment.project import SAMPLE
from assessment.storage.csv.store import CsvStore
from assessment.storage.kinds import ASSESSMENTS as CHECKS
from tests.builders import assessment
from tests.commands.test_retention import OLD

PROJECT = Path(__file__).parents[2]
ASSESSMENTS = str(SAMPLE / "assessments.csv")
FULL_DISK = Path("/dev/full")


def python(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "assessment", *arguments]


def run_unread(*arguments: str, complaints: int = subprocess.PIPE) -> tuple[int, bytes | None]:
    """The status of a command whose output nobody takes, and its complaints."""
    nobody, output = os.pipe()
    os.close(nobody)
    done = subprocess.run(  # noqa: S603 - our own command
        python(*arguments), cwd=PROJECT, stdout=output, stderr=complaints, check=False
    )
    os.close(output)
    return done.returncode, done.stderr


def test_a_reader_that_has_enough_is_no_failure() -> None:
    assert run_unread("score", ASSESSMENTS) == (0, b"")


@pytest.mark.parametrize("complaints", [subprocess.PIPE, subprocess.STDOUT])
def test_what_is_brought_in_does_not_depend_on_who_reads_of_it(
    complaints: int, tmp_path: Path
) -> None:
    framework, file = shipped_framework(), tmp_path / "many.csv"
    many = [assessment() for _ in range(2_500)]
    file.write_bytes(csv_of(CHECKS, many, framework) + b"cut,off\n")

    status, _ = run_unread(
        "import", "--store", str(tmp_path / "d"), str(file), complaints=complaints
    )

    assert status == 1
    assert len(CsvStore(tmp_path / "d", framework).read().assessments) == len(many)


def test_what_retain_deletes_does_not_depend_on_who_reads_of_it(tmp_path: Path) -> None:
    store = CsvStore(tmp_path, shipped_framework())
    store.add([assessment(assessed_on=OLD, note="secret words") for _ in range(6)])

    status, _ = run_unread("retain", "--months", "24", "--yes", "--store", str(tmp_path))

    assert status == 0
    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not [path for path in kept if b"secret words" in path.read_bytes()]
    assert store.read().totals


def test_a_closed_output_is_no_failure() -> None:
    done = subprocess.run(  # noqa: S602 - our own command
        f"{sys.executable} -m assessment verify {ASSESSMENTS} >&-",
        shell=True,
        cwd=PROJECT,
        stderr=subprocess.PIPE,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, b"")


def test_ctrl_c_ends_a_command_with_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_source: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(transfer, "_readings", interrupted)

    assert main(["verify", ASSESSMENTS]) == 130
    assert capsys.readouterr().err == (
        "stopped before the end; start it again: nothing is stored twice\n"
    )


@pytest.mark.skipif(not FULL_DISK.exists(), reason="this system has no disk that is always full")
@pytest.mark.parametrize("command", ["score", "verify"])
def test_output_that_cannot_be_written_is_told_in_one_sentence(command: str) -> None:
    with FULL_DISK.open("w") as full:
        done = subprocess.run(  # noqa: S603 - our own command
            python(command, ASSESSMENTS),
            cwd=PROJECT,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )

    assert done.returncode == 2
    assert done.stderr == b"standard output: No space left on device\n"

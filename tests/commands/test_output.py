"""What becomes of the output where nobody takes it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from assessment.project import SAMPLE

PROJECT = Path(__file__).parents[2]
ASSESSMENTS = str(SAMPLE / "assessments.csv")
FULL_DISK = Path("/dev/full")


def python(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "assessment", *arguments]


def test_a_reader_that_has_enough_is_no_failure() -> None:
    score = subprocess.Popen(  # noqa: S603 - our own command
        python("score", ASSESSMENTS), cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert score.stdout is not None
    score.stdout.close()

    _, complaints = score.communicate()

    assert (score.returncode, complaints) == (0, b"")


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

"""`python -m assessment score` on files with deep answers, with and without setups beside them."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from assessment.storage.csv.store import CsvStore
from tests.builders import assessment
from tests.command_line import Run
from tests.deep_examples import FRAMEWORK, deep, deep_only, on, setup
from tests.examples import EXAMPLE_1

ADA = deep_only(
    voice="Ada",
    deep=deep(
        deciders=on("daily", ("po",), ("pm",)) | on("vision", ("pm",)),
        options={"product-review": "held"},
    ),
)
BOB = deep_only(voice="Bob", deep=deep(deciders=on("daily", ("tl",), ("em",))))
CORE = assessment(voice="Ada", answers=EXAMPLE_1, assessed_on=date(2026, 11, 2))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder that holds three assessments and the setup of their squad: a PM, no PO."""
    CsvStore(tmp_path, FRAMEWORK).add([CORE, ADA, BOB, setup("pm")])
    return tmp_path


def test_deep_answers_are_read_for_the_setups_beside_the_file(score: Run, folder: Path) -> None:
    file = folder / "assessments.csv"

    printed = score(file)

    core, ada, bob = printed.objects
    assert "fit" not in core
    # Ada: of two daily decisions one names a PO, whom nobody is, and the other the PM
    assert ada["fit"]["daily"] == 100
    assert ada["lenses"] == {
        "who-decides": {"score": 100.0, "coverage": 2 / 19},
        "rituals": {"score": 50.0, "coverage": 1 / 6},
    }
    assert bob["fit"]["daily"] == 100
    assert printed.status == 1
    assert printed.err == [
        f"{file}:3: 'sprint-content' is left out: it names 'po', and nobody holds that role in the "
        "squad's setup; correct the answer or the setup"
    ]


def test_a_round_pools_deep_answers_and_complains_once(score: Run, folder: Path) -> None:
    printed = score(folder / "assessments.csv", "--by", "month")

    (pooled,) = printed.objects
    assert (pooled["voices"], pooled["overall"]) == (2, 100)
    assert pooled["fit"]["daily"] == 100
    assert printed.status == 1
    assert [line.split(": ")[1] for line in printed.err] == ["'sprint-content' is left out"]


def test_without_a_setup_beside_it_a_pm_and_a_po_are_assumed(score: Run, folder: Path) -> None:
    (folder / "setups.csv").unlink()

    printed = score(folder / "assessments.csv")

    _, ada, bob = printed.objects
    assert (ada["fit"]["daily"], bob["fit"]["daily"]) == (50, 50)
    assert (printed.status, printed.err) == (0, [])


def test_setups_may_lie_elsewhere(score: Run, folder: Path) -> None:
    elsewhere = folder / "elsewhere" / "of-atlas.csv"
    elsewhere.parent.mkdir()
    shutil.move(folder / "setups.csv", elsewhere)

    printed = score(folder / "assessments.csv", "--setups", elsewhere)

    assert printed.objects[1]["fit"]["daily"] == 100
    assert printed.status == 1


def test_setups_that_are_named_and_missing_exit_with_2(score: Run, folder: Path) -> None:
    printed = score(folder / "assessments.csv", "--setups", folder / "missing.csv")

    assert (printed.status, printed.objects) == (2, [])
    assert printed.err == [f"{folder / 'missing.csv'}: No such file or directory"]


def test_a_setup_that_cannot_be_read_is_told_and_the_rest_counts(score: Run, folder: Path) -> None:
    setups = folder / "setups.csv"
    setups.write_bytes(setups.read_bytes() + b"not,a,setup\n")

    printed = score(folder / "assessments.csv")

    assert printed.objects[1]["fit"]["daily"] == 100
    assert printed.err[0].startswith(f"{setups}:3: ")
    assert printed.status == 1


def test_core_answers_are_read_for_the_setups_beside_the_file_too(
    score: Run, tmp_path: Path
) -> None:
    # Nobody is the PO: what names one does not apply, and the rest of vision is healthy.
    ailing = CORE.model_copy(
        update={
            "answers": EXAMPLE_1 | {"po-sets-strategy": "often", "po-explains-direction": "often"}
        }
    )
    CsvStore(tmp_path, FRAMEWORK).add([ailing, setup("pm")])

    for by in ([], ["--by", "month"]):
        (card,) = score(tmp_path / "assessments.csv", *by).objects
        assert card["levels"]["vision"]["score"] == 100
        assert card["early_warning"] is False
    (tmp_path / "setups.csv").unlink()
    (assumed,) = score(tmp_path / "assessments.csv").objects
    assert assumed["early_warning"] is True


def test_voices_are_counted_per_level_and_for_the_deep_check(score: Run, folder: Path) -> None:
    # Ada checked the core and the deep check, Bob the deep check alone.
    (pooled,) = score(folder / "assessments.csv", "--by", "month").objects

    assert {level["voices"] for level in pooled["levels"].values()} == {1}
    assert pooled["deep_voices"] == 2
    # Ada names the PM twice in what counts; Bob the Tech Lead, and then the EM beside her PM.
    assert pooled["decisions"] == {"clear": 2, "contested": 1, "nobody": 0}


def test_lines_are_counted_over_blank_and_broken_ones(score: Run, folder: Path) -> None:
    file = folder / "assessments.csv"
    header, core, ada, bob = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(b"".join([header, b"\n", b"broken\n", core, b"\n", ada, bob.rstrip(b"\n")]))

    printed = score(file)

    assert len(printed.objects) == 3
    assert [line.split(": ")[0] for line in printed.err] == [f"{file}:3", f"{file}:6"]

"""`python -m assessment score` on answers to rounds, with and without the rounds beside them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from assessment.access.invitations import answer_as_stored, revealed
from assessment.content.loading import shipped_framework
from assessment.storage.csv.store import CsvStore
from tests.builders import assessment, deep_assessment, gathering, setup
from tests.command_line import Run

NOW = datetime(2026, 11, 10, 15, 42, tzinfo=UTC)
WAITING = gathering(squad="Cobalt")
SHOWN = revealed(gathering(squad="Boréal"), voices=5, now=NOW)
ALONE = assessment(squad="Atlas")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder: a check, seven answers that wait for their round, five that are shown."""
    CsvStore(tmp_path, shipped_framework()).add(
        [
            *(WAITING, SHOWN, ALONE),
            *(answer_as_stored(assessment(), WAITING) for _ in range(7)),
            *(answer_as_stored(assessment(), SHOWN) for _ in range(5)),
        ]
    )
    return tmp_path


def test_answers_that_wait_for_their_round_are_left_out_with_a_note(
    score: Run, folder: Path
) -> None:
    file = folder / "assessments.csv"

    printed = score(file)

    assert printed.status == 0
    assert [card["squad"] for card in printed.objects] == ["Atlas", *["Boréal"] * 5]
    assert printed.err == [
        f"{file}: 7 answers to sessions whose results may not be shown, by gatherings.csv beside "
        "it, were left out"
    ]


def test_they_are_left_out_of_rounds_too(score: Run, folder: Path) -> None:
    printed = score(folder / "assessments.csv", "--by", "month")

    assert [(card["squad"], card["voices"]) for card in printed.objects] == [
        ("Atlas", 1),
        ("Boréal", 5),
    ]


def test_without_the_rounds_beside_it_a_file_is_scored_as_it_is(score: Run, folder: Path) -> None:
    (folder / "gatherings.csv").unlink()

    printed = score(folder / "assessments.csv")

    assert (printed.status, len(printed.objects), printed.err) == (0, 13, [])


def test_a_round_that_cannot_be_read_hides_its_answers_and_is_told(
    score: Run, folder: Path
) -> None:
    file = folder / "gatherings.csv"
    file.write_text(file.read_text().replace(",5,", ",2,"))

    printed = score(folder / "assessments.csv")

    assert printed.status == 1
    assert [card["squad"] for card in printed.objects] == ["Atlas"]
    assert [line.partition(": ")[0] for line in printed.err[:2]] == [f"{file}:2", f"{file}:3"]


def test_a_file_of_checks_alone_asks_for_no_rounds(score: Run, folder: Path) -> None:
    (folder / "assessments.csv").unlink()
    CsvStore(folder, shipped_framework()).add([ALONE])
    (folder / "gatherings.csv").write_text("name,score\n")

    assert score(folder / "assessments.csv").status == 0


def test_a_survey_is_the_result_of_its_period_with_its_id_and_single_checks_are_not_added(
    score: Run, folder: Path
) -> None:
    single = assessment(squad="Boréal", assessed_on=SHOWN.opened_on)
    CsvStore(folder, shipped_framework()).add([single])
    file = folder / "assessments.csv"

    def units() -> list[tuple[object, ...]]:
        cards = score(file, "--by", "month").objects
        return [(card["squad"], card["survey"], card["voices"]) for card in cards]

    rows = units()
    (folder / "gatherings.csv").unlink()
    alone = units()

    assert rows == [("Atlas", None, 1), ("Boréal", str(SHOWN.id), 5)]
    # A file alone is pooled as it is: Cobalt's seven waiting answers too.
    assert alone == [("Atlas", None, 1), ("Cobalt", None, 7), ("Boréal", None, 6)]


def test_who_knows_no_answer_is_a_voice_of_no_level(score: Run, tmp_path: Path) -> None:
    knows_none = dict.fromkeys(shipped_framework().item_ids, "unknown")
    CsvStore(tmp_path, shipped_framework()).add(
        [
            assessment(answers=knows_none),
            assessment(answers=knows_none, squad="Boréal"),
            assessment(squad="Boréal"),
            deep_assessment(answers=knows_none, deep={"deciders": {"cut": ["pm"]}}, squad="Boréal"),
        ]
    )
    printed = score(tmp_path / "assessments.csv", "--by", "month")

    told = [
        (card["squad"], card["voices"], card["levels"]["vision"]["voices"], card["deep_voices"])
        for card in printed.objects
    ]
    assert told == [("Atlas", 1, 0, 0), ("Boréal", 3, 1, 1)]


def test_in_confidence_no_deep_check_is_told_of_fewer_voices_than_promised(
    score: Run, tmp_path: Path
) -> None:
    # Five name who decides what is cut; for three of them it is a seat that nobody holds.
    survey = SHOWN.model_copy(update={"gathering_id": UUID(int=77)})
    named = (["pm"], ["pm"], ["po"], ["po"], ["po"])
    answers = [
        answer_as_stored(
            deep_assessment(squad=survey.squad, deep={"deciders": {"cut": who}}), survey
        )
        for who in named
    ]
    seats = setup(squad=survey.squad, since=survey.opened_on, seats={"pm": "own", "tl": "own"})
    CsvStore(tmp_path, shipped_framework()).add([survey, seats, *answers])

    (card,) = score(tmp_path / "assessments.csv", "--by", "month").objects
    assert (card["voices"], card["deep_voices"]) == (5, 0)

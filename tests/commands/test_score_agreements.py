"""`score` beside a file of agreements: how far voices keep to them, worked out by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from assessment.content.loading import shipped_framework
from assessment.model import Assessment
from assessment.storage.csv.store import CsvStore
from tests.builders import agreement, confirmation, deep_assessment, replaced_agreement, setup
from tests.command_line import Run

FRAMEWORK = shipped_framework()
PO, SCOPE = agreement(), agreement(decision="enough-scope", consulted=())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    def voice(content: tuple[str, ...], scope: tuple[str, ...]) -> Assessment:
        deciders = {"sprint-content": content, "enough-scope": scope}
        return deep_assessment(assessed_on=date(2026, 11, 18), deep={"deciders": deciders})

    CsvStore(tmp_path, FRAMEWORK).add(
        [
            voice(("po",), ("po", "tl")),
            voice(("po",), ("em",)),
            voice(("po", "tl"), ("po",)),
            voice(("em",), ("nobody",)),
            deep_assessment(squad="Borealis"),
            PO,
            SCOPE,
            agreement(decision="cut", agreed_on=date(2026, 12, 1)),
            confirmation(agreement_id=PO.id),
            confirmation(agreement_id=PO.id, role="tl", answer="with-reservation"),
            confirmation(agreement_id=SCOPE.id),
        ]
    )
    return tmp_path


def test_a_round_tells_the_agreements_begun_by_then_and_how_far_they_are_kept(
    score: Run, folder: Path
) -> None:
    atlas, borealis = score(folder / "assessments.csv", "--by", "month").objects

    # Sprint content: (1 + 1 + 0.5 + 0) / 4; enough scope: (0.5 + 0 + 1 + 0) / 4.
    assert atlas["agreements"] == [
        {
            "decision": "sprint-content",
            "decides": "po",
            "state": "with-reservations",
            "kept": 0.625,
        },
        {"decision": "enough-scope", "decides": "po", "state": "in-force", "kept": 0.375},
    ]
    assert atlas["agreed_fit"] == {
        level: 0.5 if level == "daily" else None for level in FRAMEWORK.level_ids
    }
    assert "agreements" not in borealis
    assert "agreed_fit" not in borealis


def test_a_single_assessment_is_set_against_the_agreement_of_its_day(
    score: Run, folder: Path
) -> None:
    first, *_, borealis = score(folder / "assessments.csv").objects

    assert [agreed["kept"] for agreed in first["agreements"]] == [1, 0.5]
    assert first["agreed_fit"]["daily"] == 0.75
    assert "agreements" not in borealis


def test_an_agreement_stands_on_a_day_by_the_answers_given_by_then(
    score: Run, tmp_path: Path
) -> None:
    both, answers = replaced_agreement()
    scope = agreement(decision="enough-scope", agreed_on=date(2026, 6, 1), consulted=())
    summer, november = datetime(2026, 6, 1, 9, tzinfo=UTC), datetime(2026, 11, 10, 9, tzinfo=UTC)
    deciders = {"sprint-content": ("po",), "enough-scope": ("po",)}
    days = (date(2026, 10, 20), date(2026, 11, 9), date(2026, 11, 10))
    CsvStore(tmp_path, FRAMEWORK).add(
        [
            *(deep_assessment(assessed_on=day, deep={"deciders": deciders}) for day in days),
            *(*both, scope),
            *answers,
            confirmation(agreement_id=scope.id, saved_at=summer),
            confirmation(agreement_id=scope.id, answer="not-agreed", saved_at=november),
        ]
    )

    def told(*options: str) -> list[list[tuple[str, str, object]]]:
        cards = score(tmp_path / "assessments.csv", *options).objects
        return [
            [(agreed["decides"], agreed["state"], agreed["kept"]) for agreed in card["agreements"]]
            for card in cards
        ]

    # The Tech Lead answers on 10 November, when the PO takes back what it had answered.
    before = [("po", "in-force", 1), ("tl", "proposed", None), ("po", "in-force", 1)]
    after = [("tl", "in-force", 0), ("po", "contested", None)]
    assert told() == [before, before, after]
    # In November the voice of the 9th kept to the PO's agreements, that of the 10th to none.
    november_cards = [
        ("tl", "in-force", 0),
        ("po", "contested", 1),
        ("po", "superseded", 1),
    ]
    assert told("--by", "month") == [before, november_cards]


def test_a_role_that_the_setup_lost_is_not_judged(score: Run, folder: Path) -> None:
    gone = setup(since=date(2026, 11, 10), seats={"pm": "own", "tl": "own", "em": "own"})
    CsvStore(folder, FRAMEWORK).add([gone])

    atlas, _ = score(folder / "assessments.csv", "--by", "month").objects

    assert [agreed["kept"] for agreed in atlas["agreements"]] == [None, None]


def test_without_the_files_nothing_is_added(score: Run, folder: Path) -> None:
    (folder / "agreements.csv").unlink()
    (folder / "confirmations.csv").unlink()

    for card in score(folder / "assessments.csv", "--by", "month").objects:
        assert "agreements" not in card


def test_an_agreement_that_cannot_be_read_is_told_and_the_rest_counts(
    score: Run, folder: Path
) -> None:
    file = folder / "agreements.csv"
    file.write_bytes(file.read_bytes() + b"not,an,agreement\n")

    printed = score(folder / "assessments.csv", "--by", "month")

    assert printed.status == 1
    assert printed.err[0].startswith(f"{file}:5: ")
    assert len(printed.objects[0]["agreements"]) == 2

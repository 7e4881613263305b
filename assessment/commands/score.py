"""The command that scores a file: one JSON object per assessment, or per squad and period."""

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from assessment.access.invitations import showable_assessments
from assessment.commands.output import complain, complain_of, failing_with_2
from assessment.commands.scorecards import Scorecard, per_round
from assessment.commands.sheets import per_assessment
from assessment.commands.transfer import file_named
from assessment.content.loading import shipped_framework
from assessment.exchange.imports import stored_in
from assessment.model.period import BYS
from assessment.rounds.history import History
from assessment.storage import kinds
from assessment.storage.collection import collection_put_off
from assessment.storage.csv.layouts import Layout, ending_with
from assessment.storage.csv.reading import Reading
from assessment.storage.csv.spreadsheets import in_contract_format
from assessment.storage.protocol import Stored

THEN_SCORED = "then score it again"
HIDDEN = (
    "{file}: {count} answers to sessions whose results may not be shown, by {rounds} beside it, "
    "were left out"
)


def add_to(names: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to those of a parser."""
    score = names.add_parser("score", help="score the assessments of a CSV file, as JSON lines")
    score.add_argument("file", type=file_named, metavar="FILE.csv")
    score.add_argument("--by", choices=BYS, help="pool the voices of each squad and period")
    score.add_argument(
        "--setups", type=file_named, help="without it, setups.csv beside FILE.csv, if any"
    )
    score.set_defaults(run=_score)


@failing_with_2
@collection_put_off()
def _score(options: argparse.Namespace) -> int:
    reading = _read(options.file, kinds.ASSESSMENTS)
    beside = tuple(_read_beside(options, reading))
    stored = stored_in([reading, *beside])
    complain_of(stored.set_aside)
    status = 1 if stored.set_aside else 0
    if any(other.layout.kind is kinds.SURVEYS for other in beside):
        shown = showable_assessments(stored.assessments, stored.surveys)
        if hidden := len(stored.assessments) - len(shown):
            complain(HIDDEN.format(file=reading.file, count=hidden, rounds=kinds.SURVEYS.file))
        stored = replace(stored, assessments=shown)
    for card in _cards(options, stored):
        print(card.line)  # noqa: T201 - this is its output
        for assessment_id, left_out in card.left_out:
            line = reading.lines_by_id[assessment_id][0]
            complain(f"{reading.file}:{line}: {left_out.reason}")
            status = 1
    return status


def _cards(options: argparse.Namespace, stored: Stored) -> Iterable[Scorecard]:
    framework = shipped_framework()
    if options.by:
        history = History(
            framework,
            stored.assessments,
            options.by,
            stored.setups,
            surveys=(*stored.surveys, *stored.totals),
        )
        return per_round(history.reading(stored.agreements, stored.confirmations))
    return per_assessment(stored)


def _read_beside(options: argparse.Namespace, answers: Reading[Any]) -> Iterator[Reading[Any]]:
    """What answers refer to: rounds, setups and agreements beside their file, where it is there.

    The rounds where an assessment answers one; the setups of --setups, else those there are.
    """
    answers_rounds = any(assessment.gathering for assessment in answers.records)
    for kind in (kinds.SURVEYS, kinds.SETUPS, kinds.AGREEMENTS, kinds.CONFIRMATIONS, kinds.TOTALS):
        file = options.file.with_name(kind.file)
        if kind is kinds.SETUPS and options.setups:
            yield _read(options.setups, kind)
        elif file.exists() and (kind is not kinds.SURVEYS or answers_rounds):
            yield _read(file, kind)


def _read(file: Path, kind: kinds.Kind[kinds.R]) -> Reading[kinds.R]:
    """A whole file of records; a last row without line end is read as any other."""
    layout = Layout(kind, shipped_framework())
    with ending_with(THEN_SCORED):
        data = in_contract_format(file.read_bytes(), layout, file=str(file))
        return Reading(layout, data, file=str(file))

"""The command that scores a file: one JSON object per assessment, or per squad and period."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from assessment.access.invitations import showable_assessments
from assessment.commands.scorecards import Scorecard, per_assessment, per_round
from assessment.commands.transfer import complain, complain_of, failing_with_2
from assessment.content.loading import shipped_framework
from assessment.model import Assessment, Setup, Survey
from assessment.model.period import BYS
from assessment.storage.csv.layouts import layout_of
from assessment.storage.csv.reading import Reading
from assessment.storage.csv.spreadsheets import in_contract_format
from assessment.storage.kinds import ASSESSMENTS, SETUPS, SURVEYS, Kind, R

HIDDEN = (
    "{file}: {count} answers to rounds whose results may not be shown, by {rounds} beside it, were "
    "left out"
)


def add_to(names: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to those of a parser."""
    score = names.add_parser("score", help="score the assessments of a CSV file, as JSON lines")
    score.add_argument("file", type=Path, metavar="FILE.csv")
    score.add_argument("--by", choices=BYS, help="pool the voices of each squad and period")
    score.add_argument("--setups", type=Path, help="without it, setups.csv beside FILE.csv, if any")
    score.set_defaults(run=_score)


@failing_with_2
def _score(options: argparse.Namespace) -> int:
    found = _read(options.file, ASSESSMENTS)
    rounds, setups = _rounds(options, found.records), _setups(options, found.records)
    beside = [each for each in (rounds, setups) if each]
    set_aside = [*found.set_aside, *(row for each in beside for row in each.set_aside)]
    complain_of(set_aside)
    status = 1 if set_aside else 0
    shown = showable_assessments(found.records, rounds.records) if rounds else found.records
    if hidden := len(found.records) - len(shown):
        complain(HIDDEN.format(file=found.place, count=hidden, rounds=SURVEYS.file))
    for card in _cards(options, shown, setups.records if setups else ()):
        print(json.dumps(card.told, ensure_ascii=False))  # noqa: T201 - this is its output
        for assessment_id, left_out in card.left_out:
            complain(f"{found.place}:{found.lines_by_id[assessment_id][0]}: {left_out.reason}")
            status = 1
    return status


def _cards(
    options: argparse.Namespace, assessments: Sequence[Assessment], setups: Sequence[Setup]
) -> Iterable[Scorecard]:
    framework = shipped_framework()
    if options.by:
        return per_round(framework, assessments, setups, options.by)
    return per_assessment(framework, assessments, setups)


def _setups(
    options: argparse.Namespace, assessments: Sequence[Assessment]
) -> Reading[Setup] | None:
    """The setups of --setups, else of setups.csv beside the file where a deep check needs them."""
    if options.setups:
        return _read(options.setups, SETUPS)
    if any(assessment.deep for assessment in assessments):
        return _beside(options.file, SETUPS)
    return None


def _rounds(
    options: argparse.Namespace, assessments: Sequence[Assessment]
) -> Reading[Survey] | None:
    """The rounds of gatherings.csv beside the file, where an assessment answers one."""
    if any(assessment.gathering for assessment in assessments):
        return _beside(options.file, SURVEYS)
    return None


def _beside(file: Path, kind: Kind[R]) -> Reading[R] | None:
    """The file of another kind in the same folder, if there is one."""
    other = file.with_name(kind.file)
    return _read(other, kind) if other.exists() else None


def _read(file: Path, kind: Kind[R]) -> Reading[R]:
    """A whole file of records; a last row without line end is read as any other."""
    layout = layout_of(kind, shipped_framework())
    reading = Reading(layout, place=str(file))
    reading.take(in_contract_format(file.read_bytes(), layout, place=str(file)))
    return reading

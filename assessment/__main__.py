"""The command line: `python -m assessment score|export|import|verify|copy`."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from assessment import commands
from assessment.commands import complain, complain_of, failing_with_2
from assessment.framework import shipped_framework
from assessment.gatherings import that_may_be_shown
from assessment.model import Assessment, Gathering, Setup
from assessment.rounds import BYS
from assessment.scorecards import Scorecard, per_assessment, per_round
from assessment.storage.kinds import ASSESSMENTS, GATHERINGS, SETUPS, Kind, R
from assessment.storage.layouts import layout_of
from assessment.storage.reading import Reading
from assessment.storage.spreadsheets import in_contract_format

HIDDEN = (
    "{file}: {count} answers to rounds whose results may not be shown, by {rounds} beside it, were "
    "left out"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0, 1 when a row was set aside, 2 for no file."""
    options = _parser().parse_args(arguments)
    status: int = options.run(options)
    return status


@failing_with_2
def _score(options: argparse.Namespace) -> int:
    found = _read(options.file, ASSESSMENTS)
    rounds, setups = _rounds(options, found.records), _setups(options, found.records)
    beside = [each for each in (rounds, setups) if each]
    set_aside = [*found.set_aside, *(row for each in beside for row in each.set_aside)]
    complain_of(set_aside)
    status = 1 if set_aside else 0
    shown = that_may_be_shown(found.records, rounds.records) if rounds else found.records
    if hidden := len(found.records) - len(shown):
        complain(HIDDEN.format(file=found.place, count=hidden, rounds=GATHERINGS.file))
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
) -> Reading[Gathering] | None:
    """The rounds of gatherings.csv beside the file, where an assessment answers one."""
    if any(assessment.gathering for assessment in assessments):
        return _beside(options.file, GATHERINGS)
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m assessment", description=__doc__)
    names = parser.add_subparsers(required=True)
    score = names.add_parser("score", help="score the assessments of a CSV file, as JSON lines")
    score.add_argument("file", type=Path, metavar="FILE.csv")
    score.add_argument("--by", choices=BYS, help="pool the voices of each squad and period")
    score.add_argument("--setups", type=Path, help="without it, setups.csv beside FILE.csv, if any")
    score.set_defaults(run=_score)
    commands.add_to(names)
    return parser


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    try:
        sys.exit(main())
    except BrokenPipeError:
        # The reader of our output left; what Python would still flush has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)

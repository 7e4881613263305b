"""The command line: `python -m assessment score|export|import|verify|copy`."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import UUID

from assessment import commands
from assessment.errors import WhoDecidesError
from assessment.framework import shipped_framework
from assessment.model import Setup
from assessment.rounds import BYS
from assessment.scorecards import per_assessment, per_round
from assessment.storage.csv_rows import Rows, rows_in
from assessment.storage.spreadsheets import in_contract_format


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0, 1 when a row was set aside, 2 for no file."""
    options = _parser().parse_args(arguments)
    status: int = options.run(options)
    return status


def _score(options: argparse.Namespace) -> int:
    framework = shipped_framework()
    place = str(options.file)
    try:
        data = in_contract_format(options.file.read_bytes(), place=place)
        found = rows_in(data, framework, place=place, last_line_may_be_open=True)
        setups = _setups(options)
    except OSError as error:
        print(f"{options.file}: {error.strerror}", file=sys.stderr)  # noqa: T201 - this is its output
        return 2
    except WhoDecidesError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 2
    for row in found.set_aside:
        print(f"{row.place}:{row.line}: {row.reason}", file=sys.stderr)  # noqa: T201
    cards = (
        per_round(framework, found.assessments, setups, options.by)
        if options.by
        else per_assessment(framework, found.assessments, setups)
    )
    lines = _lines(data, found)
    status = 1 if found.set_aside else 0
    for card in cards:
        print(json.dumps(card.told, ensure_ascii=False))  # noqa: T201
        for assessment_id, left_out in card.left_out:
            print(f"{place}:{lines[assessment_id]}: {left_out.reason}", file=sys.stderr)  # noqa: T201
            status = 1
    return status


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


def _setups(options: argparse.Namespace) -> Sequence[Setup]:
    """The setups of the squads: those of --setups, else of setups.csv beside the file."""
    return ()


def _lines(data: bytes, found: Rows) -> Mapping[UUID, int]:
    """The physical line (header = 1) of each assessment: each whole line that was not set aside."""
    unread = {row.line for row in found.set_aside}
    lines = [
        number
        for number, line in enumerate(data.split(b"\n"), start=1)
        if number > 1 and line.strip() and number not in unread
    ]
    ids = [assessment.assessment_id for assessment in found.assessments]
    return dict(zip(ids, lines, strict=True))


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

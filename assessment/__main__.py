"""The command line: `python -m assessment score|export|import|verify|copy`."""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from assessment import commands
from assessment.diagnosis import Diagnosis, diagnosis_of
from assessment.errors import WhoDecidesError
from assessment.framework import shipped_framework
from assessment.model import Assessment, Framework
from assessment.rounds import BYS, By, History
from assessment.scoring import Scores, healths_of, score_table
from assessment.storage.kinds import ASSESSMENTS
from assessment.storage.layouts import layout_of
from assessment.storage.reading import rows_in
from assessment.storage.spreadsheets import in_contract_format


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status: 0, 1 when a row was set aside, 2 for no file."""
    options = _parser().parse_args(arguments)
    status: int = options.run(options)
    return status


def _score(options: argparse.Namespace) -> int:
    framework = shipped_framework()
    layout = layout_of(ASSESSMENTS, framework)
    try:
        found = rows_in(
            in_contract_format(options.file.read_bytes(), layout, place=str(options.file)),
            layout,
            place=str(options.file),
            last_line_may_be_open=True,
        )
    except OSError as error:
        print(f"{options.file}: {error.strerror}", file=sys.stderr)  # noqa: T201 - this is its output
        return 2
    except WhoDecidesError as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 2
    for row in found.set_aside:
        print(f"{row.place}:{row.line}: {row.reason}", file=sys.stderr)  # noqa: T201
    results = (
        _per_round(framework, found.records, options.by)
        if options.by
        else _per_assessment(framework, found.records)
    )
    for result in results:
        print(json.dumps(result, ensure_ascii=False))  # noqa: T201
    return 1 if found.set_aside else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m assessment", description=__doc__)
    names = parser.add_subparsers(required=True)
    score = names.add_parser("score", help="score the assessments of a CSV file, as JSON lines")
    score.add_argument("file", type=Path, metavar="FILE.csv")
    score.add_argument("--by", choices=BYS, help="pool the voices of each squad and period")
    score.set_defaults(run=_score)
    commands.add_to(names)
    return parser


def _per_assessment(
    framework: Framework, assessments: Sequence[Assessment]
) -> Iterator[dict[str, object]]:
    healths = healths_of(framework, [assessment.answers for assessment in assessments])
    table = score_table(framework, healths)
    for index, assessment in enumerate(assessments):
        yield {
            "assessment_id": str(assessment.assessment_id),
            "squad": assessment.squad,
            "assessed_on": assessment.assessed_on.isoformat(),
            **_result(table.sheet(index), diagnosis_of(framework, healths.sheet(index))),
        }


def _per_round(
    framework: Framework, assessments: Sequence[Assessment], by: By
) -> Iterator[dict[str, object]]:
    for each in History(framework, assessments, by).all_rounds():
        yield {
            "squad": each.squad,
            "period": str(each.period),
            "voices": len(each.voices),
            **_result(each.scores, each.diagnosis),
        }


def _result(scores: Scores, diagnosis: Diagnosis) -> dict[str, object]:
    return {
        "levels": {
            level.level: {
                "score": level.score,
                "coverage": level.coverage,
                "stage": level.stage,
                "limits": list(level.limits),
            }
            for level in scores.levels
        },
        "overall": scores.overall,
        "yes_count": scores.yes_count,
        **{f"{found.seat}_missing": found.pressure for found in diagnosis.pressures},
        "early_warning": diagnosis.early_warning,
        "levers": [{"id": lever.lever, "gain": lever.gain} for lever in diagnosis.levers],
    }


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

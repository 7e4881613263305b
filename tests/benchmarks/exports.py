"""What files to take away cost beside drawing their pictures; each is made in a fresh process."""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args
from unittest.mock import patch

import vl_convert

from assessment.content.edition import edition_in
from assessment.content.loading import shipped_framework
from assessment.reports.formats import Kind, document
from assessment.rounds.history import History
from assessment.rounds.leadership import summary_of
from assessment.storage.csv.store import CsvStore
from assessment.wording.briefing import Briefing, briefing_of
from tests.benchmarks.company import SQUADS, Company
from tests.benchmarks.figures import Figure
from tests.benchmarks.servers import PROJECT

FEW, MANY = 3, 50
KINDS: tuple[Kind, ...] = get_args(Kind)
NAMES: Mapping[Kind, str] = {
    "pdf": "PDF",
    "board": "board PPTX",
    "slides": "PPTX",
    "workbook": "XLSX",
    "web-page": "HTML",
}


@dataclass(frozen=True, slots=True)
class Made:
    """A file as it was made: seconds, seconds for its pictures alone, and the peak in MB."""

    seconds: float
    pictures: float
    peak: float


def export_figures(company: Company) -> list[Figure]:
    """Row 15: every kind of file of few and of many squads."""
    figures = []
    for kind in KINDS:
        few, many = (_made(company, kind, count) for count in (FEW, MANY))
        for count, made in ((FEW, few), (MANY, many)):
            if made.pictures:  # slides and workbooks have charts of their own
                subject = f"{NAMES[kind]} of {count} squads / its pictures"
                figures.append(Figure("15", subject, made.seconds, made.pictures, 1.3, "s"))
        subject, growth = f"{NAMES[kind]}, {MANY} squads / {FEW}", MANY / FEW
        figures.append(Figure("15", subject, many.seconds, few.seconds, round(growth, 1), "s"))
        figures.append(
            Figure("15", f"{NAMES[kind]} of {MANY} squads, peak", many.peak, None, 1_000, "MB")
        )
    return figures


def _made(company: Company, kind: Kind, count: int) -> Made:
    command = [sys.executable, "-m", __spec__.name, str(company.folder), kind]
    done = subprocess.run(  # noqa: S603 - our own command
        [*command, str(count)], cwd=PROJECT, check=True, stdout=subprocess.PIPE, text=True
    )
    return Made(**json.loads(done.stdout))


def _measured(make: Callable[[], object], times: int) -> Made:
    """A file, in turns with its pictures, which are noted the first time."""
    drawn: list[tuple[str, Any, dict[str, Any]]] = []
    with ExitStack() as noting:
        for name in ("vegalite_to_svg", "vegalite_to_png"):
            noting.enter_context(patch.object(vl_convert, name, _noting(name, drawn)))
        make()
    took: dict[str, list[float]] = {"file": [], "pictures": []}
    for _ in range(times):
        begun = time.perf_counter()
        make()
        took["file"].append(time.perf_counter() - begun)
        begun = time.perf_counter()
        for name, spec, options in drawn:
            getattr(vl_convert, name)(spec, **options)
        took["pictures"].append(time.perf_counter() - begun)
    peak = max(_own_peak(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    pictures = statistics.median(took["pictures"]) if drawn else 0.0
    return Made(statistics.median(took["file"]), pictures, peak / 1024)


def _own_peak() -> int:
    """Kilobytes; the system's other count begins with what whoever started this process held."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])


def _noting(name: str, drawn: list[tuple[str, Any, dict[str, Any]]]) -> Callable[..., object]:
    draw = getattr(vl_convert, name)

    def noted(spec: Any, **options: Any) -> object:
        drawn.append((name, spec, options))
        return draw(spec, **options)

    return noted


def _briefing(folder: Path, count: int) -> Briefing:
    framework = shipped_framework()
    stored = CsvStore(folder, framework).read()
    history = History(framework, stored.assessments, "month", stored.setups)
    latest = history.periods(SQUADS)[0]
    summary = summary_of(history, SQUADS[:count], latest, stored.actions)
    return briefing_of(edition_in("en"), summary, today=datetime.now(UTC).date())


def main(folder: str, kind: str, count: str) -> None:
    """Make one kind of file and print what it took, as JSON."""
    (known,) = (stored_kind for stored_kind in KINDS if stored_kind == kind)
    briefing = _briefing(Path(folder), int(count))
    made = _measured(lambda: document(known, briefing), 3 if int(count) == FEW else 1)
    print(json.dumps(asdict(made)))  # noqa: T201 - this is its output


if __name__ == "__main__":
    main(*sys.argv[1:])

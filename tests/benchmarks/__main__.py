"""How fast is it? Usage: python -m tests.benchmarks [--only 11,12] [--counts 1000,10000,100000].

Every figure is a ratio of two things measured in turns. Prints the table, or the rows asked for;
with --write the whole of it goes to docs/performance.md, in under twenty minutes.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from asyncio import run
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks.company import Company, copied_to, stored_company
from tests.benchmarks.exports import export_figures
from tests.benchmarks.figures import Figure, as_page
from tests.benchmarks.library import (
    appending_figures,
    command_figures,
    reading_figures,
    scoring_figures,
)
from tests.benchmarks.pages import (
    database_figures,
    folder_of,
    load_figures,
    memory_figures,
    page_figures,
    save_figures,
    start_figures,
)
from tests.benchmarks.servers import PROJECT, Servers
from tests.storage.postgres import Server

PAGE = PROJECT / "docs" / "performance.md"


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--counts", default="1000,10000,100000")
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--only", default="", help="rows of the table, such as 11,12")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.name}")
    options = parser.parse_args()
    only = frozenset(filter(None, options.only.split(",")))
    if only and options.write:
        parser.error("only a whole table is written")
    today = datetime.now(UTC).date()
    with tempfile.TemporaryDirectory() as scratch:
        counts = [int(count) for count in options.counts.split(",")]
        companies = [
            stored_company(folder_of(Path(scratch), count), count, today=today) for count in counts
        ]
        figures = _measured(Path(scratch), companies, options.rounds, only)
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, CSV store"
    page = as_page(figures, machine=machine, day=today)
    print(page)  # noqa: T201 - this is its output
    if options.write:
        PAGE.write_text(page, encoding="utf-8")


def _measured(
    scratch: Path, companies: Sequence[Company], rounds: int, only: frozenset[str]
) -> list[Figure]:
    """The figures of the rows asked for, of all where none is; those measured together come so."""
    servers = Servers(scratch)
    smallest, middle, largest = companies[0], companies[len(companies) // 2], companies[-1]
    by_rows: Mapping[str, Callable[[], list[Figure]]] = {
        "A/A 1 2 3 4 5 7 17": lambda: run(page_figures(servers, companies, rounds=rounds)),
        "6": lambda: run(save_figures(servers, largest, rounds=rounds)),
        "8 9": lambda: run(start_figures(servers, largest, times=3)),
        "9": lambda: run(memory_figures(servers, middle, people=50, reruns=1_000)),
        "10": lambda: [
            figure
            for company in dict.fromkeys((middle, largest))
            for figure in run(load_figures(servers, company))
        ],
        "11": lambda: reading_figures(largest, times=3),
        "12 12b": lambda: [
            figure
            for company in dict.fromkeys((smallest, largest))
            for figure in appending_figures(company, times=40)
        ],
        "13": lambda: scoring_figures(largest, times=5),
        "14": lambda: command_figures(largest),
        "15": lambda: export_figures(middle),
        "16": lambda: _on_database(servers, middle, rounds),
    }
    figures: list[Figure] = []
    for rows, measure in by_rows.items():
        if only and only.isdisjoint(rows.split()):
            continue
        begun = time.monotonic()
        try:
            figures += measure()
        finally:
            servers.stop()
        print(f"{rows}: {time.monotonic() - begun:.0f} s", file=sys.stderr)  # noqa: T201
    return figures


def _on_database(servers: Servers, company: Company, rounds: int) -> list[Figure]:
    database = Server()
    try:
        copy = copied_to(database.new_database(), company)
        return run(database_figures(servers, copy, company, rounds=rounds))
    finally:
        database.remove()


if __name__ == "__main__":
    main()

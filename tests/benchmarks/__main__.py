"""How fast is it? Usage: python -m tests.benchmarks [--counts 1000,10000,100000] [--rounds 8].

Every figure is a ratio of two things measured in turns. Prints the table, and writes it to
docs/performance.md when asked with --write.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks.company import Company, stored_company
from tests.benchmarks.figures import Figure, as_page
from tests.benchmarks.library import (
    appending_figures,
    command_figures,
    reading_figures,
    scoring_figures,
)
from tests.benchmarks.pages import (
    folder_of,
    load_figures,
    memory_figures,
    page_figures,
    save_figures,
    start_figures,
)
from tests.benchmarks.servers import PROJECT, Servers

PAGE = PROJECT / "docs" / "performance.md"


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--counts", default="1000,10000,100000")
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.name}")
    options = parser.parse_args()
    today = datetime.now(UTC).date()
    with tempfile.TemporaryDirectory() as scratch:
        counts = [int(count) for count in options.counts.split(",")]
        companies = [
            stored_company(folder_of(Path(scratch), count), count, today=today) for count in counts
        ]
        figures = _measured(Path(scratch), companies, options.rounds)
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, CSV store"
    page = as_page(figures, machine=machine, day=today)
    print(page)  # noqa: T201 - this is its output
    if options.write:
        PAGE.write_text(page, encoding="utf-8")


def _measured(scratch: Path, companies: Sequence[Company], rounds: int) -> list[Figure]:
    servers = Servers(scratch)
    smallest, middle, largest = companies[0], companies[len(companies) // 2], companies[-1]
    try:
        figures = asyncio.run(page_figures(servers, companies, rounds=rounds))
        servers.stop()
        figures += asyncio.run(save_figures(servers, largest, rounds=rounds))
        figures += asyncio.run(start_figures(servers, largest, times=3))
        figures += asyncio.run(memory_figures(servers, middle, people=50, reruns=1_000))
        for company in (middle, largest):
            figures += asyncio.run(load_figures(servers, company))
    finally:
        servers.stop()
    figures += reading_figures(largest, times=3)
    for company in (smallest, largest):
        figures += appending_figures(company, times=20)
    return figures + scoring_figures(largest, times=5) + command_figures(largest)


if __name__ == "__main__":
    main()

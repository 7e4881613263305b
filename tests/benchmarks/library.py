"""What reading, appending, scoring and the command line cost beside the least they could."""

from __future__ import annotations

import csv
import gc
import io
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from uuid import UUID

import numpy as np
import pyarrow.csv

from assessment.content.loading import shipped_framework
from assessment.scoring.levels import healths_of, score_table, weights_of
from assessment.storage.csv.durable import confirm_folder
from assessment.storage.csv.store import CsvStore
from tests.benchmarks.company import Company
from tests.benchmarks.figures import Figure
from tests.benchmarks.servers import PROJECT

MEGABYTE = 1024
"""What the system counts peaks in, in kilobytes."""

TELLING_THE_PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
"""Runs a command from a small process: what whoever starts one holds counts as held by it."""


def in_turns(times: int, works: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """Medians in milliseconds of works done in turns."""
    took: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(times):
        for name, work in works.items():
            gc.collect()
            begun = time.perf_counter()
            work()
            took[name].append((time.perf_counter() - begun) * 1000)
    return {name: statistics.median(seconds) for name, seconds in took.items()}


def reading_figures(company: Company, *, times: int) -> list[Figure]:
    """Row 11: a cold read beside the fastest CSV reader, a refresh beside a cold read."""
    framework = shipped_framework()
    data = (company.folder / "assessments.csv").read_bytes()
    one_thread = pyarrow.csv.ReadOptions(use_threads=False)
    took = in_turns(
        times,
        {
            "cold": lambda: CsvStore(company.folder, framework).read(),
            "fastest": lambda: pyarrow.csv.read_csv(io.BytesIO(data), read_options=one_thread),
        },
    )
    reader, writer = (CsvStore(company.folder, framework) for _ in range(2))
    one = reader.read().assessments[0]
    saved, refreshes = [], []
    for number in range(6):
        more = one.model_copy(update={"assessment_id": UUID(int=2 * 10**12 + number)})
        writer.add([more])
        saved.append(more.id)
        time.sleep(0.2)
        begun = time.perf_counter()
        reader.read()
        refreshes.append((time.perf_counter() - begun) * 1000)
    writer.delete(saved)
    stored = f"{company.count:,}"
    refresh = statistics.median(refreshes)
    return [
        Figure("11", f"cold read, {stored} / fastest reader", took["cold"], took["fastest"], 5),
        Figure("11", f"refresh, {stored} / cold read", refresh, took["cold"], 0.005),
    ]


def appending_figures(company: Company, *, times: int) -> list[Figure]:
    """Row 12: an append that the disk confirmed beside opening, writing and confirming a line.

    Row 12b beside as many confirmations as it promises: of the line, and of the folder's names.
    """
    store = CsvStore(company.folder, shipped_framework())
    one = store.read().assessments[1]
    line = (company.folder / "assessments.csv").read_bytes().split(b"\n")[2] + b"\n"
    plain = company.folder / "plain.bin"
    saved: list[UUID] = []

    def ours() -> None:
        saved.append(UUID(int=3 * 10**12 + len(saved)))
        store.add([one.model_copy(update={"assessment_id": saved[-1]})])

    def floor() -> None:
        with plain.open("ab", buffering=0) as file:
            file.write(line)
            os.fsync(file.fileno())

    def as_promised() -> None:
        confirm_folder(company.folder)
        floor()

    ours()
    took: dict[str, list[float]] = {"ours": [], "floor": [], "promised": []}
    for _ in range(times):  # without collecting in between, which would hide what an append leaves
        for name, work in zip(took, (ours, floor, as_promised), strict=True):
            begun = time.perf_counter()
            work()
            took[name].append((time.perf_counter() - begun) * 1000)
    store.delete(saved)
    plain.unlink()
    value, least, promised = (statistics.median(seconds) for seconds in took.values())
    subject = f"append, {company.count:,}"
    return [
        Figure("12", f"{subject} / one line and fsync", value, least, 2.5),
        Figure("12b", f"{subject} / both confirmations it promises", value, promised, 2.5),
    ]


def scoring_figures(company: Company, *, times: int) -> list[Figure]:
    """Row 13: scoring all sheets beside the matrix products it needs."""
    framework = shipped_framework()
    stored = CsvStore(company.folder, framework).read()
    sheets = [assessment.answers for assessment in stored.assessments]
    healths, weights = healths_of(framework, sheets), weights_of(framework)
    filled, answered = np.nan_to_num(healths.values), healths.answered.astype(float)
    took = in_turns(
        times,
        {
            "ours": lambda: score_table(framework, healths),
            "floor": lambda: (filled @ weights, answered @ weights, answered @ weights),
        },
    )
    subject = f"scoring {company.count:,} / its products"
    return [Figure("13", subject, took["ours"], took["floor"], 5)]


def command_figures(company: Company) -> list[Figure]:
    """Row 14: the command that scores a file beside reading its rows."""
    file = company.folder / "assessments.csv"
    begun = time.perf_counter()
    with file.open(encoding="utf-8", newline="") as lines:
        rows = sum(1 for _ in csv.reader(lines))
    reading = (time.perf_counter() - begun) * 1000
    begun = time.perf_counter()
    command = [sys.executable, "-m", "assessment", "score", str(file)]
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", TELLING_THE_PEAK, *command],
        stdout=subprocess.PIPE,
        cwd=PROJECT,
        check=True,
    )
    scoring = (time.perf_counter() - begun) * 1000
    subject = f"score, {rows - 1:,} rows"
    return [
        Figure("14", f"{subject} / reading them", scoring, reading, 10),
        Figure("14", f"{subject}, peak", int(done.stdout) / MEGABYTE, None, 500, "MB"),
    ]

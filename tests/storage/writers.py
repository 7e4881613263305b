"""Processes that write to a store: run as `python -m tests.storage.writers`; not a test."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from uuid import UUID, uuid4

from assessment.content.loading import shipped_framework
from assessment.storage.csv.store import CsvStore
from assessment.storage.postgres.store import PostgresStore
from assessment.storage.protocol import Store
from tests.builders import assessment

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

FORK = get_context("fork")
Writers: TypeAlias = "subprocess.Popen[bytes]"


def at_once(processes: int, act: Callable[..., None], *arguments: object) -> int:
    """Let so many processes do the same, forked off after all is imported; how many failed."""
    forked = [FORK.Process(target=act, args=arguments) for _ in range(processes)]
    for process in forked:
        process.start()
    for process in forked:
        process.join()
    return sum(process.exitcode != 0 for process in forked)


@contextmanager
def appending(command: str, where: object, *, processes: int, rows: int) -> Iterator[Writers]:
    """So many processes, each of which is about to append so many rows (see `read_beside`)."""
    script = [sys.executable, "-m", "tests.storage.writers", command, str(where)]
    with subprocess.Popen(  # noqa: S603 - our own module
        [*script, str(processes), str(rows)],
        cwd=Path(__file__).resolve().parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as writers:
        yield writers


def read_beside(writers: Writers, store: Store, *, rows: int, at_once: int) -> list[str]:
    """Read a store while processes append to it; the ids that they were told are stored.

    They may append some rows at once, and the next ones when those have been read: on a loaded
    machine, too, there is something new to be read so often.
    """
    assert writers.stdin
    seen = 0
    for allowed in range(at_once, rows + 1, at_once):
        writers.stdin.write(b"." * at_once)
        writers.stdin.flush()
        while seen < allowed:
            have_ended = writers.poll() is not None
            stored = store.read()
            assert stored.set_aside == ()
            assert len(stored.assessments) >= (allowed if have_ended else seen)
            seen = len(stored.assessments)
    acknowledged = writers.communicate()[0].decode().split()
    assert writers.returncode == 0
    return acknowledged


def append(folder: str, count: int) -> None:
    """Append assessments one by one, printing the id of each acknowledged one."""
    _append(CsvStore(Path(folder), shipped_framework(), patience=60), count)


def append_to_database(address: str, count: int) -> None:
    """The same on PostgreSQL."""
    with closing(PostgresStore(address, shipped_framework(), patience=60)) as store:
        _append(store, count)


def _append(store: Store, count: int) -> None:
    """Each row waits for a leave of its own (see `read_beside`): a byte of the standard input."""
    for _ in range(count):
        os.read(sys.stdin.fileno(), 1)
        one = assessment(assessment_id=uuid4(), squad=f"Writer {os.getpid()}")
        if store.add([one]) == 1:
            # In one piece, so that lines of processes that share an output never mix.
            os.write(sys.stdout.fileno(), f"{one.assessment_id}\n".encode())


def be_killed(folder: Path, rounds: int, seed: int) -> None:
    """Kill writers at random points after one to three rows, printing every acknowledged id."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    for round_ in range(rounds):
        acknowledged, telling = os.pipe()
        writer = os.fork()
        if writer == 0:
            _write_until_killed(folder, telling, split=round_ % 2 == 1)
        os.close(telling)
        with os.fdopen(acknowledged, "rb", buffering=0) as ids:
            # Wait for rows, not for time: a loaded machine must not make the kills come early.
            for _row in range(chance.randrange(1, 4)):
                print(UUID(bytes=ids.read(16)))  # noqa: T201 - read by the test
            time.sleep(chance.uniform(0, 0.015))
            os.kill(writer, signal.SIGKILL)
            os.waitpid(writer, 0)
            for one in iter(lambda: ids.read(16), b""):
                print(UUID(bytes=one))  # noqa: T201 - read by the test


def _write_until_killed(folder: Path, telling: int, *, split: bool) -> None:
    write = os.write
    if split:
        os.write = _slowly(write)
    store = CsvStore(folder, shipped_framework())
    while True:
        one = assessment(assessment_id=uuid4(), note="é" * 40)
        store.add([one])
        write(telling, one.assessment_id.bytes)


def _slowly(write: Callable[[int, ReadableBuffer], int]) -> Callable[[int, ReadableBuffer], int]:
    def piece(descriptor: int, data: ReadableBuffer) -> int:
        time.sleep(0.001)
        return write(descriptor, memoryview(data)[:25])

    return piece


if __name__ == "__main__":
    command, where, *numbers = sys.argv[1:]
    counts = [int(number) for number in numbers]
    match command:
        case "append":
            sys.exit(at_once(counts[0], append, where, counts[1]))
        case "append_to_database":
            sys.exit(at_once(counts[0], append_to_database, where, counts[1]))
        case "be_killed":
            be_killed(Path(where), *counts)

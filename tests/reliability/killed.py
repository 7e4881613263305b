"""Writers killed at random points: run as `python -m tests.reliability.killed`; not a test.

One process forks writers, two at a time on one folder, and each is killed by SIGKILL: every other
one at a random moment, the others by their own hand at a random system call of a write (before it,
or after part of its bytes). Writers add, delete and rename; what was acknowledged reaches the
parent through a pipe. Prints one JSON object.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn
from uuid import UUID

from assessment.framework import shipped_framework
from assessment.storage.csv_store import CsvStore
from tests.builders import assessment

FRAMEWORK = shipped_framework()
KILLS_PER_FOLDER = 50
NOTE = 'é"\n,' * 30
CALLS = ("write", "fsync", "ftruncate", "replace", "open", "close")
ADDED, TO_DELETE, DELETED = b"a", b"t", b"d"
RECORD = 17


def main(folder: Path, kills: int, seed: int) -> None:
    """Kill that many writers and print what was found afterwards."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    found: Counter[str] = Counter()
    for batch in range(0, kills, KILLS_PER_FOLDER):
        place = folder / str(batch)
        told: list[tuple[bytes, UUID]] = []
        count = min(KILLS_PER_FOLDER, kills - batch)
        for first in range(0, count, 2):
            told += _kill(place, chance, min(2, count - first), found)
        _judge(place, told, found)
    print(json.dumps(found))  # noqa: T201 - read by the test


def _kill(
    folder: Path, chance: random.Random, count: int, found: Counter[str]
) -> list[tuple[bytes, UUID]]:
    writers: dict[int, int] = {}
    for _ in range(count):
        reading, writing = os.pipe()
        seed = chance.getrandbits(32)
        writer = os.fork()
        if writer == 0:
            try:
                _write_until_killed(folder, writing, random.Random(seed))  # noqa: S311
            finally:
                os._exit(1)
        os.close(writing)
        writers[writer] = reading
    told = []
    for writer, reading in writers.items():
        rows, deadline = chance.choice((0, 1, 2)), time.monotonic() + 30
        early = b""
        while len(early) < rows * RECORD and time.monotonic() < deadline:
            more = os.read(reading, RECORD)
            if not more:
                break
            early += more
        time.sleep(chance.uniform(0, 0.004))
        os.kill(writer, signal.SIGKILL)
        _, status = os.waitpid(writer, 0)
        found["kills"] += os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        with os.fdopen(reading, "rb") as rest:
            records = early + rest.read()
        told += [
            (records[at : at + 1], UUID(bytes=records[at + 1 : at + RECORD]))
            for at in range(0, len(records) - RECORD + 1, RECORD)
        ]
    return told


def _judge(folder: Path, told: list[tuple[bytes, UUID]], found: Counter[str]) -> None:
    said = {
        kind: {one for each, one in told if each == kind} for kind in (ADDED, TO_DELETE, DELETED)
    }
    store = CsvStore(folder, FRAMEWORK)
    stored = store.read()
    ids = Counter(each.assessment_id for each in stored.assessments)
    found["acknowledged"] += len(said[ADDED])
    found["lost"] += len(said[ADDED] - said[TO_DELETE] - ids.keys())
    found["duplicated"] += sum(count > 1 for count in ids.values())
    found["deleted"] += len(said[DELETED])
    found["came back"] += len(said[DELETED] & ids.keys())
    found["garbled"] += sum(each.note != NOTE for each in stored.assessments)
    # What was cut off is kept and reported; nothing but cut ends may be set aside.
    found["torn"] += sum(each.place.endswith(".rejected") for each in stored.set_aside)
    last = sum(each.place == "assessments.csv" for each in stored.set_aside)
    found["unreadable"] += max(0, last - 1)
    before = stored.assessments
    after = assessment(note=NOTE)
    store.add([after])
    again = CsvStore(folder, FRAMEWORK).read()
    clean = again.assessments == (*before, after)
    clean = clean and all(each.place.endswith(".rejected") for each in again.set_aside)
    found["unclean"] += not clean


def _write_until_killed(folder: Path, told: int, chance: random.Random) -> NoReturn:
    write = os.write
    if chance.random() < 0.5:
        _die_at_a_call(chance)
    elif chance.random() < 0.5:
        os.write = _in_pieces(write, chance)
    mine: list[UUID] = []
    store = CsvStore(folder, FRAMEWORK, patience=60)
    while True:
        time.sleep(chance.uniform(0, 0.001))  # the other writer wants the lock as well
        act = chance.random()
        if act < 0.1 and mine:
            gone = mine.pop(chance.randrange(len(mine)))
            write(told, TO_DELETE + gone.bytes)
            store.delete([gone])
            write(told, DELETED + gone.bytes)
        elif act < 0.15:
            store.rename("Atlas", chance.choice(["Borea", "atlas", 'Équipe "Nord", bis']))
        else:
            one = assessment(assessment_id=UUID(int=chance.getrandbits(128)), note=NOTE)
            store.add([one])
            mine.append(one.assessment_id)
            write(told, ADDED + one.assessment_id.bytes)


def _die_at_a_call(chance: random.Random) -> None:
    """Have this process kill itself at one of its next system calls."""
    left = chance.randrange(1, 60)

    def die() -> NoReturn:
        os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(60)
        raise AssertionError

    def deadly(call: Callable[..., object]) -> Callable[..., object]:
        def counted(*given: object, **named: object) -> object:
            nonlocal left
            left -= 1
            if left == 0:
                if call.__name__ == "write":
                    file, data = given
                    call(file, data[: chance.randrange(len(data) + 1)])  # type: ignore[index]
                elif chance.random() < 0.5:
                    call(*given, **named)
                die()
            return call(*given, **named)

        return counted

    for name in CALLS:
        setattr(os, name, deadly(getattr(os, name)))


def _in_pieces(write: Callable[..., int], chance: random.Random) -> Callable[..., int]:
    def piece(file: int, data: memoryview) -> int:
        time.sleep(chance.uniform(0, 0.0005))
        return write(file, data[: max(chance.randrange(1, 60), len(data) // 4)])

    return piece


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))

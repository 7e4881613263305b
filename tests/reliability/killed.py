"""Writers killed at random points: run as `python -m tests.reliability.killed`; not a test.

One process forks writers, two at a time on one folder, and each is killed by SIGKILL: every other
one at a random moment, the others by their own hand at a random system call of a write (before it,
or after part of its bytes). Writers add records of every kind, revise, delete and rename; what was
acknowledged reaches the parent through a pipe. Prints one JSON object.
"""

from __future__ import annotations

import json
import os
import random
import signal
import struct
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple, NoReturn
from uuid import UUID

from assessment.content.loading import shipped_framework
from assessment.errors import Conflict
from assessment.model import Action, Agreement, Assessment, Confirmation, Setup, Survey, Total, Vote
from assessment.model.link import Link
from assessment.storage.csv.store import CsvStore
from assessment.storage.kinds import KINDS, by_kind
from assessment.storage.protocol import Record
from tests.builders import (
    action,
    agreement,
    confirmation,
    deep_assessment,
    gathering,
    link,
    setup,
    total,
    vote,
)

FRAMEWORK = shipped_framework()
KILLS_PER_FOLDER = 50
NOTE = 'é"\n,' * 30
DEEP = {"mandates": {"pm": 'what, "why" \\n é'}, "deciders": {"first": ("cpo", "pm")}}
ROUND = UUID(int=99)
"""A confidential round that half of the assessments answer, so that their file is rewritten."""

A_DAY = timedelta(days=1)
FIRST_DAY = action().decided_on
CALLS = ("write", "fsync", "ftruncate", "replace", "open", "close")
ADDED, REVISED, TO_DELETE, DELETED = b"a", b"r", b"t", b"d"
TELLING = struct.Struct("c16sB")
"""What was done, to which id, and how often that had been revised."""


class Told(NamedTuple):
    """What a writer said it had done, or was about to delete."""

    act: bytes
    id: UUID
    revision: int


def main(folder: Path, kills: int, seed: int) -> None:
    """Kill that many writers and print what was found afterwards."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    counts: Counter[str] = Counter()
    for batch in range(0, kills, KILLS_PER_FOLDER):
        batch_folder = folder / str(batch)
        store = CsvStore(batch_folder, FRAMEWORK, patience=60)  # has not looked when it is forked
        events: list[Told] = []
        count = min(KILLS_PER_FOLDER, kills - batch)
        for first in range(0, count, 2):
            events += _kill(store, chance, min(2, count - first), counts)
        _judge(batch_folder, events, counts)
    print(json.dumps(counts))  # noqa: T201 - read by the test


def _kill(store: CsvStore, chance: random.Random, count: int, counts: Counter[str]) -> list[Told]:
    writers: dict[int, int] = {}
    for _ in range(count):
        reading, writing = os.pipe()
        seed = chance.getrandbits(32)
        writer = os.fork()
        if writer == 0:
            try:
                _write_until_killed(store, writing, random.Random(seed))  # noqa: S311
            finally:
                os._exit(1)
        os.close(writing)
        writers[writer] = reading
    events = []
    for writer, reading in writers.items():
        rows, deadline = chance.choice((0, 1, 2)), time.monotonic() + 30
        early = b""
        while len(early) < rows * TELLING.size and time.monotonic() < deadline:
            more = os.read(reading, TELLING.size)
            if not more:
                break
            early += more
        time.sleep(chance.uniform(0, 0.004))
        os.kill(writer, signal.SIGKILL)
        _, status = os.waitpid(writer, 0)
        counts["kills"] += os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        with os.fdopen(reading, "rb") as rest:
            records = early + rest.read()
        whole = len(records) - len(records) % TELLING.size
        events += [
            Told(act, UUID(bytes=one), revision)
            for act, one, revision in TELLING.iter_unpack(records[:whole])
        ]
    return events


def _judge(folder: Path, events: list[Told], counts: Counter[str]) -> None:
    said = {
        act: {event.id for event in events if event.act == act}
        for act in (ADDED, TO_DELETE, DELETED)
    }
    revised: dict[UUID, int] = {}
    for event in events:
        if event.act == REVISED:
            revised[event.id] = max(event.revision, revised.get(event.id, 0))
    store = CsvStore(folder, FRAMEWORK)
    stored = store.read()
    ids = Counter(record.id for record in stored.records)
    counts["acknowledged"] += len(said[ADDED])
    counts["lost"] += len(said[ADDED] - said[TO_DELETE] - ids.keys())
    counts["duplicated"] += sum(count > 1 for count in ids.values())
    counts["deleted"] += len(said[DELETED])
    counts["came back"] += len(said[DELETED] & ids.keys())
    counts["revised"] += len(revised)
    counts["revised back"] += sum(
        _revision(record) < revised.get(record.id, 0) for record in stored.records
    )
    for records in (stored.assessments, stored.votes):
        answers = [record.id for record in records if record.gathering]
        counts["in order of arrival"] += answers != sorted(answers)
    counts["garbled"] += sum(not _is_whole(record) for record in stored.records)
    # What was cut off is kept and reported; nothing but cut ends may be set aside.
    counts["torn"] += sum(row.file.endswith(".rejected") for row in stored.set_aside)
    for kind in KINDS:
        last = sum(row.file == kind.file for row in stored.set_aside)
        counts["unreadable"] += max(0, last - 1)
    before = stored.records
    # Even, and past every other id: where such answers lie is told by their ids.
    ids_past = [UUID(int=2**128 - 2 * number) for number in range(1, len(KINDS) + 1)]
    after = [_made(kind.name, one) for kind, one in zip(KINDS, ids_past, strict=True)]
    store.add(after)
    again = CsvStore(folder, FRAMEWORK).read()
    clean = by_kind(again.records) == by_kind([*before, *after])
    clean = clean and all(row.file.endswith(".rejected") for row in again.set_aside)
    counts["unclean"] += not clean


def _made(kind: str, one: UUID) -> Record:
    match kind:
        case "setups":
            return setup(setup_id=one)
        case "actions":
            return action(action_id=one, note=NOTE)
        case "surveys":
            return gathering(gathering_id=one, closes_on=FIRST_DAY)
        case "agreements":
            return agreement(agreement_id=one, note=NOTE, agreed_on=FIRST_DAY)
        case "confirmations":
            return confirmation(confirmation_id=one, reservation="0")
        case "votes":
            return vote(vote_id=one, gathering=ROUND)
        case "totals":
            return total(total_id=one, voices=1_000)
        case "links":
            return link(link_id=one, expires_at=link().created_at + A_DAY)
        case _:
            answered = ROUND if one.int % 2 else None
            return deep_assessment(assessment_id=one, note=NOTE, deep=DEEP, gathering=answered)


def _again(record: Record, revision: int) -> Record:
    """A record revised once more: every kind tells the number of its revisions in its own way."""
    match record:
        case Setup():
            return record.model_copy(update={"since": FIRST_DAY + timedelta(days=revision)})
        case Action():
            return record.model_copy(update={"decided_on": FIRST_DAY + timedelta(days=revision)})
        case Survey():
            return record.model_copy(update={"closes_on": FIRST_DAY + timedelta(days=revision)})
        case Agreement():
            return record.model_copy(update={"agreed_on": FIRST_DAY + timedelta(days=revision)})
        case Confirmation():
            return record.model_copy(update={"reservation": str(revision)})
        case Vote():
            return record.model_copy(update={"pass_number": 1 + revision})
        case Total():
            return record.model_copy(update={"voices": 1_000 + revision})
        case Link():
            end = record.created_at + A_DAY * (1 + revision)
            return record.model_copy(update={"expires_at": end})
        case Assessment():
            signs = {"open-questions": float(revision)}
            deep = record.deep.model_copy(update={"signs": signs})
            return record.model_copy(update={"deep": deep})


def _revision(record: Record) -> int:
    match record:
        case Setup():
            return max(0, (record.since - FIRST_DAY).days)
        case Action():
            return (record.decided_on - FIRST_DAY).days
        case Survey():
            return (record.closes_on - FIRST_DAY).days
        case Agreement():
            return (record.agreed_on - FIRST_DAY).days
        case Confirmation():
            return int(record.reservation)
        case Vote():
            return record.pass_number - 1
        case Total():
            return record.voices - 1_000
        case Link():
            return (record.expires_at - record.created_at).days - 1
        case Assessment():
            return int(record.deep.signs.get("open-questions", 0))


def _is_whole(record: Record) -> bool:
    match record:
        case Setup():
            return record.seats == setup().seats
        case Action():
            return record.note == NOTE
        case Survey():
            return record.confidential
        case Agreement():
            return record.note == NOTE
        case Confirmation():
            return record.role == confirmation().role
        case Vote():
            return record.named == vote().named
        case Total():
            return record.answers == total().answers
        case Link():
            return record.label == link().label
        case Assessment():
            return (record.note, record.deep.mandates) == (NOTE, DEEP["mandates"])


def _write_until_killed(store: CsvStore, pipe: int, chance: random.Random) -> NoReturn:
    write = os.write
    if chance.random() < 0.5:
        _die_at_a_call(chance)
    elif chance.random() < 0.5:
        os.write = _in_pieces(write, chance)
    written: list[tuple[str, UUID, int]] = []

    def tell(act: bytes, one: UUID, revision: int = 0) -> None:
        write(pipe, TELLING.pack(act, one.bytes, revision))

    while True:
        time.sleep(chance.uniform(0, 0.001))  # the other writer wants the lock as well
        act = chance.random()
        if act < 0.1 and written:
            _, gone, _ = written.pop(chance.randrange(len(written)))
            tell(TO_DELETE, gone)
            store.delete([gone])
            tell(DELETED, gone)
        elif act < 0.25 and written:
            at = chance.randrange(len(written))
            kind, one, revision = written[at]
            (now,) = [record for record in getattr(store.read(), kind) if record.id == one]
            try:
                store.revise(now, _again(now, revision + 1))
            except Conflict:  # the other writer renamed its squad in between
                continue
            written[at] = (kind, one, revision + 1)
            tell(REVISED, one, revision + 1)
        elif act < 0.3:
            store.rename("Atlas", chance.choice(["Borea", "atlas", 'Équipe "Nord", bis']))
        else:
            kind, one = chance.choice(KINDS).name, UUID(int=chance.getrandbits(128))
            store.add([_made(kind, one)])
            written.append((kind, one, 0))
            tell(ADDED, one)


def _die_at_a_call(chance: random.Random) -> None:
    """Have this process kill itself at one of its next system calls."""
    left = chance.randrange(1, 60)

    def die() -> NoReturn:
        os.kill(os.getpid(), signal.SIGKILL)
        time.sleep(60)
        raise AssertionError

    def deadly(call: Callable[..., object]) -> Callable[..., object]:
        def counted(*given: Any, **named: Any) -> object:
            nonlocal left
            left -= 1
            if left == 0:
                if call.__name__ == "write":
                    file, data = given
                    call(file, data[: chance.randrange(len(data) + 1)])
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

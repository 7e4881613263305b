"""Many processes on one folder: run as `python -m tests.reliability.crowd`; not a test.

Forks writers that append one by one and readers that look all the while; prints one JSON object.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from uuid import UUID

from assessment.content.loading import shipped_framework
from assessment.storage.csv.store import CsvStore
from tests.builders import action, assessment, deep_assessment, gathering, link, setup

FRAMEWORK = shipped_framework()
READERS = 2
BUILDERS = (
    (assessment, "assessment_id"),
    (deep_assessment, "assessment_id"),
    (setup, "setup_id"),
    (action, "action_id"),
    (gathering, "gathering_id"),
    (link, "link_id"),
)


def main(folder: Path, writers: int, rows: int) -> None:
    """Let them all run, and print how many looks the readers took."""
    stop = folder / "stop"
    readers = [_forked(lambda: _look(folder / "data", stop)) for _ in range(READERS)]
    appending = [_forked(lambda n=n: _append(folder / "data", n, rows)) for n in range(writers)]
    faults = sum(_status(process) != 0 for process in appending)
    stop.touch()
    faults += sum(_status(process) != 0 for process in readers)
    print(json.dumps({"faults": faults}))  # noqa: T201 - read by the test


def _append(folder: Path, writer: int, rows: int) -> None:
    store = CsvStore(folder, FRAMEWORK, patience=300)
    for row in range(rows):
        build, id_field = BUILDERS[row % len(BUILDERS)]
        one = build(**{id_field: UUID(int=writer * 1_000_000 + row)}, squad=f"W {writer}")
        assert store.add([one]) == 1


def _look(folder: Path, stop: Path) -> None:
    store = CsvStore(folder, FRAMEWORK, patience=300)
    seen = 0
    while not stop.exists():
        stored = store.read()
        assert stored.set_aside == ()
        assert len(stored.records) >= seen
        seen = len(stored.records)
        time.sleep(0.01)
    assert seen > 0


def _forked(act: object) -> int:
    child = os.fork()
    if child == 0:
        try:
            act()  # type: ignore[operator]
        except BaseException as error:
            print(repr(error), file=sys.stderr)  # noqa: T201
            os._exit(1)
        os._exit(0)
    return child


def _status(child: int) -> int:
    return os.waitpid(child, 0)[1]


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))

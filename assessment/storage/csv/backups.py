"""Earlier versions of a file, the last five of them, in a folder beside it."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from assessment.storage.csv.durable import make_folder, replace_file

BACKUPS = "backups"
BACKUPS_KEPT = 5


class Backups:
    """The versions of the file at `path`, named by the moment of which `clock` tells, in UTC.

    Names go up, also where the clock was moved back: then a name repeats the latest moment, with
    the next number. So the last of the names is the newest, and the first ones go.
    """

    def __init__(self, path: Path, *, clock: Callable[[], datetime]) -> None:
        self.folder = path.with_name(BACKUPS)
        self._stem = path.stem
        self._clock = clock
        # A person may keep copies here too.
        self._ours = re.compile(rf"{re.escape(path.stem)}-(\d{{8}}T\d{{6}}Z)-(\d{{3,}})\.csv")

    def keep(self, data: bytes) -> None:
        """Keep a version, and let the oldest go."""
        make_folder(self.folder)
        earlier = self._kept()
        moment, number = f"{self._clock().astimezone(UTC):%Y%m%dT%H%M%SZ}", 1
        if earlier and earlier[-1][0] >= moment:
            moment, number = earlier[-1][0], earlier[-1][1] + 1
        replace_file(self.folder / f"{self._stem}-{moment}-{number:03}.csv", data)
        for *_, old in earlier[: 1 - BACKUPS_KEPT]:
            old.unlink()

    def forget(self) -> int:
        """Let every version go, and return how many there were."""
        kept = self.files()
        for old in kept:
            old.unlink()
        return len(kept)

    def files(self) -> list[Path]:
        """The versions that are kept, oldest first."""
        return [path for *_, path in self._kept()] if self.folder.is_dir() else []

    def _kept(self) -> list[tuple[str, int, Path]]:
        """What is kept, oldest first: moment, number and file."""
        names = [(self._ours.fullmatch(path.name), path) for path in self.folder.iterdir()]
        return sorted((name[1], int(name[2]), path) for name, path in names if name)

"""Which links are off whatever their file says, so that an older copy of it opens none of them."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

from assessment.model.link import Link
from assessment.storage.csv.birth import birth_of
from assessment.storage.csv.durable import append, discard, put_in_place


@dataclass(frozen=True, slots=True)
class Off:
    """The links that are off, each since when; and when a copy was found that tells too little."""

    since: Mapping[UUID, datetime] = field(default_factory=dict)
    restored_at: datetime | None = None

    def applied(self, links: Iterable[Link]) -> tuple[Link, ...]:
        """The links, those that are off ended."""
        return tuple(
            link.revoked(self.since[link.link_id]) if link.link_id in self.since else link
            for link in links
        )


class SwitchedOff:
    """Notes beside the file of links, one a line; the first says which file they were made as.

    A copy is another file. So where the links alone are put back, the notes still say which of
    them were switched off; where the notes were put back with them nobody can know what was
    switched off since, and all links that are there are off. Without notes, as earlier versions
    left it, links count as their file says. A copy of the whole disk is not told from the disk.
    """

    def __init__(self, links_file: Path, *, clock: Callable[[], datetime]) -> None:
        self.path = links_file.with_name(f"{links_file.name}.off")
        self._clock = clock
        self._signs: tuple[int, ...] | None = None
        self.off = Off()
        """What the notes said when they were last looked at."""

    def look(self) -> bool:
        """Read what changed in the notes; False where they are a copy, or went away meanwhile."""
        try:
            status = self.path.stat()
        except FileNotFoundError:
            return self._signs is None
        signs = status.st_ino, status.st_size, status.st_mtime_ns
        if signs != self._signs:
            made_as, off = _notes_in(self.path.read_text("utf-8", "replace"))
            if made_as != birth_of(self.path):
                return False
            self._signs, self.off = signs, off
        return True

    def note(self, ids: Collection[UUID] = ()) -> None:
        """Note links that end now, under the folder's lock; without ids, begin the notes."""
        if not self.path.exists():
            self._begin(self._lines(ids))
        elif ids:
            append(self.path, self._lines(ids))

    def switch_off(self, links: Iterable[Link]) -> None:
        """Hold these links, which an older copy brought, to be off, all of them."""
        since: Mapping[UUID, datetime] = {}
        if self.path.exists():
            since = _notes_in(self.path.read_text("utf-8", "replace"))[1].since
        now = self._clock()
        fresh = {link.link_id: now for link in links if link.link_id not in since}
        self.off = Off({**since, **fresh}, now if fresh else None)

    def keep(self) -> None:
        """Note what is off, in the place of an older copy's notes, under the lock."""
        noted = b"".join(_line("off", *switch) for switch in self.off.since.items())
        restored = _line("restored", self.off.restored_at) if self.off.restored_at else b""
        self._begin(noted + restored)
        self.look()

    def _lines(self, ids: Iterable[UUID]) -> bytes:
        return b"".join(_line("off", id_, self._clock()) for id_ in ids)

    def _begin(self, lines: bytes) -> None:
        """New notes, which take the place of what is there in one step."""
        discard(self.path)
        fresh = self.path.with_name(f"{self.path.name}.new")
        append(fresh, b"", create=True)
        append(fresh, _line("file", birth_of(fresh)) + lines)
        put_in_place(self.path)


def _line(word: str, *values: object) -> bytes:
    texts = [value.isoformat() if isinstance(value, datetime) else str(value) for value in values]
    return f"{word} {' '.join(texts)}\n".encode()


def _notes_in(text: str) -> tuple[str | None, Off]:
    """Which file the notes were made as, and what they say; other lines aside."""
    made_as, restored = None, None
    since: dict[UUID, datetime] = {}
    for line in text.splitlines():
        try:
            match line.split():
                case ["file", file_birth]:
                    made_as = file_birth
                case ["off", link, moment]:
                    since[UUID(link)] = datetime.fromisoformat(moment)
                case ["restored", moment]:
                    restored = datetime.fromisoformat(moment)
        except ValueError:
            continue  # cut off by a crash
    return made_as, Off(since, restored)

"""Every call to the disk made to fail, once and for good, in every kind of write."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from assessment.errors import StorageError
from assessment.framework import shipped_framework
from assessment.model import Assessment
from assessment.storage.csv_store import CsvStore
from assessment.storage.kinds import ASSESSMENTS
from assessment.storage.layouts import layout_of
from tests.builders import assessment
from tests.reliability.figures import FULL, tell

FRAMEWORK = shipped_framework()
LAYOUT = layout_of(ASSESSMENTS, FRAMEWORK)
FILE = "assessments.csv"
CALLS = [
    "open", "write", "fsync", "replace", "rename", "ftruncate", "read", "fstat", "close", "mkdir",
    "unlink",
]  # fmt: skip
ERRORS = [errno.EIO, errno.ENOSPC] if FULL else [errno.EIO]

Act = Callable[[CsvStore], int]
Case = tuple[list[Assessment], Act, list[Assessment]]


class FailingCall:
    """A function of `os` whose nth call fails, and, for good, every later one.

    A failing `write` may be short first: it writes a part of its bytes. A failing `close` does
    close, as Linux does.
    """

    def __init__(self, name: str, nth: int, *, error: int, for_good: bool, short: bool) -> None:
        self.calls = 0
        self._name, self._call = name, getattr(os, name)
        self._nth, self._error = nth, error
        self._for_good, self._short = for_good, short

    def __call__(self, *given: object, **named: object) -> object:
        self.calls += 1
        late = self.calls - self._nth - (1 if self._short else 0)
        if self._short and self.calls == self._nth:
            file, data = given
            return self._call(file, memoryview(data)[: max(1, len(data) // 2)])  # type: ignore[arg-type]
        if late == 0 or (self._for_good and late > 0):
            if self._name == "close":
                self._call(*given)
            raise OSError(self._error, os.strerror(self._error))
        return self._call(*given, **named)


def prepared(folder: Path, use: str) -> Case:
    """A folder as it is before a kind of write: what it holds, the write, what it holds then."""
    old, older, new = assessment(squad="Old"), assessment(squad="Older"), assessment(squad="New")
    rows = [LAYOUT.line_of(each) for each in (old, older)]
    whole = LAYOUT.header_line + b"".join(rows)
    contents = {
        "first": None,
        "add after torn end": whole + b"torn",
        "add to a narrower file": whole.replace(b",unclear-rework", b"").replace(b",\n", b"\n"),
        "add to a spreadsheet's file": whole.replace(b",", b";").replace(b"\n", b"\r\n"),
    }
    content = contents.get(use, whole)
    if content is not None:
        folder.mkdir()
        (folder / FILE).write_bytes(content)
    before = [] if content is None else [old, older]
    match use:
        case "delete":
            return before, lambda store: store.delete([old.assessment_id]), [older]
        case "rename":
            renamed = old.model_copy(update={"squad": "Newer"})
            return before, lambda store: store.rename("old", "Newer"), [renamed, older]
        case "add again":
            return before, lambda store: 1 + store.add([old]), before
        case _:
            return before, lambda store: store.add([new]), [*before, new]


TAKEN_BACK = ("first", "add", "add after torn end")
USES = [
    "first", "add", "add again", "add after torn end", "add to a narrower file",
    "add to a spreadsheet's file", "delete", "rename",
]  # fmt: skip


@pytest.mark.parametrize("use", USES)
def test_whichever_call_fails_nothing_acknowledged_is_lost_and_nothing_failed_is_acknowledged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest, use: str
) -> None:
    failures = 0
    ways = [
        (name, error, for_good, short)
        for name in CALLS
        for error in ERRORS
        for for_good in (False, True)
        for short in ((False, True) if name == "write" else (False,))
    ]
    for way, (name, error, for_good, short) in enumerate(ways):
        for nth in range(1, 60):
            folder = tmp_path / f"{way}-{nth}"
            before, act, after = prepared(folder, use)
            disk = FailingCall(name, nth, error=error, for_good=for_good, short=short)
            with monkeypatch.context() as patched:
                patched.setattr(os, name, disk)
                try:
                    acknowledged = act(CsvStore(folder, FRAMEWORK)) == 1
                except StorageError:
                    acknowledged = False
            ran_out = disk.calls < nth + short
            failures += not ran_out

            found = list(CsvStore(folder, FRAMEWORK).read().assessments)
            if acknowledged:
                assert found == after, (name, nth)
            elif use in TAKEN_BACK and not for_good and name != "close":
                assert found == before, (name, nth)
            else:  # not taken back for sure, as that may have failed too; but all of it or none
                assert found in (before, after), (name, nth)
            act(CsvStore(folder, FRAMEWORK))
            healed = CsvStore(folder, FRAMEWORK).read()
            assert list(healed.assessments) == after, (name, nth)
            assert len(healed.set_aside) == (use == "add after torn end"), (name, nth)
            if ran_out:
                assert acknowledged, (name, nth)
                break
        else:
            pytest.fail("the call never ran out")
    tell(
        request,
        f"{failures} failing calls ({use}): 0 acknowledged rows lost, 0 failed writes acknowledged",
    )

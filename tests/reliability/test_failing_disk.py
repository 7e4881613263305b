"""Every call to the disk made to fail, once and for good, in every kind of write."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assessment.content.loading import shipped_framework
from assessment.errors import StorageError
from assessment.model import Assessment, Framework, Lenses
from assessment.storage.csv.layouts import Layout, layouts
from assessment.storage.csv.store import CsvStore
from assessment.storage.kinds import KINDS, by_kind
from assessment.storage.protocol import Record
from tests.builders import (
    action,
    agreement,
    assessment,
    confirmation,
    deep_assessment,
    gathering,
    in_squad,
    link,
    setup,
    total,
    vote,
)
from tests.reliability.figures import FULL, tell

FRAMEWORK = shipped_framework()
CORE = Framework.model_validate(FRAMEWORK.model_dump() | {"lenses": Lenses()})
BUILDERS: dict[str, Callable[..., Record]] = {
    "assessments": assessment,
    "setups": setup,
    "actions": action,
    "surveys": gathering,
    "agreements": agreement,
    "confirmations": confirmation,
    "votes": vote,
    "totals": total,
    "links": link,
}
CALLS = [
    "open", "write", "fsync", "replace", "rename", "ftruncate", "read", "fstat", "close", "mkdir",
    "unlink",
]  # fmt: skip
ERRORS = [errno.EIO, errno.ENOSPC] if FULL else [errno.EIO]


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

    def __call__(self, *given: Any, **named: Any) -> object:
        self.calls += 1
        late = self.calls - self._nth - (1 if self._short else 0)
        if self._short and self.calls == self._nth:
            file, data = given
            return self._call(file, memoryview(data)[: max(1, len(data) // 2)])
        if late == 0 or (self._for_good and late > 0):
            if self._name == "close":
                self._call(*given)
            raise OSError(self._error, os.strerror(self._error))
        return self._call(*given, **named)


@dataclass(frozen=True)
class Case:
    """A kind of write: what a folder holds before and after it, and how many records it counts.

    `lay` puts a folder as it is before.
    """

    lay: Callable[[Path], object]
    before: Sequence[Record]
    act: Callable[[CsvStore], int]
    after: Sequence[Record]
    count: int = 1


def case_of(kind: str, use: str) -> Case:
    """A kind of write to the file of one kind of record, or of all."""
    if kind == "all":
        return case_of_all(use)
    if use == "answer a confidential round":
        return case_of_an_answer(BUILDERS[kind])
    build = BUILDERS[kind]
    old, older, new = build(squad="Old"), build(squad="Older"), build(squad="New")
    layout = next(layout for layout in layouts(FRAMEWORK) if layout.kind.name == kind)
    whole = layout.header_line + b"".join(map(layout.line_of, (old, older)))
    narrower = Layout(layout.kind, CORE)
    contents = {
        "first": None,
        "add after torn end": whole + b"torn",
        "add to a narrower file": narrower.header_line
        + b"".join(map(narrower.line_of, (old, older))),
        "add to a spreadsheet's file": whole.replace(b",", b";").replace(b"\n", b"\r\n"),
    }
    content = contents.get(use, whole)

    def lay(folder: Path) -> None:
        if content is not None:
            folder.mkdir()
            (folder / layout.kind.file).write_bytes(content)

    before = [] if content is None else [old, older]
    match use:
        case "delete":
            return Case(lay, before, lambda store: store.delete([old.id]), [older])
        case "rename":
            renamed = [in_squad(old, "Newer"), older]
            return Case(lay, before, lambda store: store.rename("old", "Newer"), renamed)
        case "revise":
            after = revised(old)
            return Case(lay, before, lambda store: counted(store, old, after), [after, older])
        case "add again":
            return Case(lay, before, lambda store: store.add([old]), before, count=0)
        case _:
            return Case(lay, before, lambda store: store.add([new]), [*before, new])


def case_of_an_answer(build: Callable[..., Any]) -> Case:
    """An answer to a round that has another one, whose random id is the lesser."""
    kept = gathering()
    shown = gathering(privacy="open")
    first, second = (build(gathering=kept.id) for _ in range(2))
    other = build(gathering=shown.id)

    def lay(folder: Path) -> None:
        CsvStore(folder, FRAMEWORK).add([kept, shown, second])
        CsvStore(folder, FRAMEWORK).add([other])

    before: list[Record] = [kept, shown, second, other]
    return Case(lay, before, lambda store: store.add([first]), [kept, shown, other, first, second])


def case_of_all(use: str) -> Case:
    """A write that concerns a record of every kind."""
    old = [build(squad="Old") for build in BUILDERS.values()]
    new = [build(squad="New") for build in BUILDERS.values()]

    def lay(folder: Path) -> None:
        CsvStore(folder, FRAMEWORK).add(old)

    count = len(KINDS)
    match use:
        case "delete":
            ids = [record.id for record in old]
            return Case(lay, old, lambda store: store.delete(ids), [], count=count)
        case "rename":
            renamed = [in_squad(record, "Newer") for record in old]
            return Case(lay, old, lambda store: store.rename("old", "Newer"), renamed, count=count)
        case _:
            return Case(lay, old, lambda store: store.add(new), [*old, *new], count=count)


def revised(record: Record) -> Record:
    """An assessment with deep answers, or another record of another squad."""
    if isinstance(record, Assessment):
        deep = deep_assessment()
        return record.model_copy(update={"deep": deep.deep, "framework": deep.framework})
    return in_squad(record, 'A "squad", revised')


def counted(store: CsvStore, before: Record, after: Record) -> int:
    store.revise(before, after)
    return 1


TAKEN_BACK = ("first", "add", "add after torn end")
CASES = [
    *(("assessments", use) for use in (
        "first", "add", "add again", "add after torn end", "add to a narrower file",
        "add to a spreadsheet's file", "delete", "rename", "revise",
        "answer a confidential round",
    )),
    ("setups", "revise"), ("actions", "revise"), ("surveys", "revise"), ("links", "revise"),
    ("agreements", "revise"), ("confirmations", "revise"),
    ("totals", "revise"), ("votes", "revise"), ("votes", "answer a confidential round"),
    ("all", "add"), ("all", "rename"),
]  # fmt: skip
IN_FULL = [
    ("setups", "first"), ("setups", "add"), ("setups", "add after torn end"),
    ("actions", "first"), ("actions", "add"), ("actions", "add to a spreadsheet's file"),
    ("agreements", "first"), ("confirmations", "add after torn end"),
    ("surveys", "first"), ("links", "add after torn end"), ("links", "rename"),
    ("all", "delete"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "use"), CASES + (IN_FULL if FULL else []))
def test_whichever_call_fails_nothing_acknowledged_is_lost_and_nothing_failed_is_acknowledged(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
    kind: str,
    use: str,
) -> None:
    case, failures = case_of(kind, use), 0
    before, after = by_kind(case.before), by_kind(case.after)
    ways = [
        (name, error, for_good, short)
        for name in CALLS
        for error in ERRORS
        for for_good in (False, True)
        for short in ((False, True) if name == "write" else (False,))
    ]
    for way, (name, error, for_good, short) in enumerate(ways):
        for nth in range(1, 150):
            folder = tmp_path / f"{way}-{nth}"
            case.lay(folder)
            disk = FailingCall(name, nth, error=error, for_good=for_good, short=short)
            with monkeypatch.context() as patched:
                patched.setattr(os, name, disk)
                try:
                    acknowledged = case.act(CsvStore(folder, FRAMEWORK)) == case.count
                except StorageError:
                    acknowledged = False
            ran_out = disk.calls < nth + short
            failures += not ran_out

            stored = CsvStore(folder, FRAMEWORK).read()
            for of_kind in KINDS:
                held = list(stored.of(of_kind))
                if acknowledged:
                    assert held == after[of_kind.name], (name, nth)
                elif use in TAKEN_BACK and kind != "all" and not for_good and name != "close":
                    assert held == before[of_kind.name], (name, nth)
                else:  # not taken back for sure, as that may fail too; but all of a file or none
                    assert held in (before[of_kind.name], after[of_kind.name]), (name, nth)
            case.act(CsvStore(folder, FRAMEWORK))
            healed = CsvStore(folder, FRAMEWORK).read()
            assert by_kind(healed.records) == after, (name, nth)
            assert len(healed.set_aside) == (use == "add after torn end"), (name, nth)
            if ran_out:
                assert acknowledged, (name, nth)
                break
        else:
            pytest.fail("the call never ran out")
    tell(
        request,
        f"{failures} failing calls ({use}, {kind}): 0 acknowledged rows lost, "
        "0 failed writes acknowledged",
    )

"""The commands that move data: export, import, verify, copy.

Each returns its exit status: 0, 1 when a row was refused or could not be read, 2 when nothing
could be done or the store failed on the way.
"""

from __future__ import annotations

import argparse
import errno
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path

from assessment.errors import WhoDecidesError
from assessment.framework import shipped_framework
from assessment.model import Assessment
from assessment.moving import AT_ONCE, Plan, apply, plan_between, plan_of, reading_of
from assessment.reports.downloads import assessments_csv
from assessment.storage.durable import replace_file
from assessment.storage.opening import DATA_FOLDER, DATABASE_URL, open_store
from assessment.storage.protocol import SetAside, Store

PROJECT = Path(__file__).resolve().parent.parent
A_STORE = "a folder or a postgresql:// address; without it, the one the environment names"

Command = Callable[[argparse.Namespace], int]


def add_to(names: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands to those of a parser."""
    export = names.add_parser("export", help="write every assessment of a store to a new CSV file")
    export.add_argument("file", type=Path, metavar="FILE.csv")
    export.add_argument("--store", help=A_STORE)
    export.set_defaults(run=_export)

    bring_in = names.add_parser("import", help="add the assessments of a CSV file to a store")
    bring_in.add_argument("file", type=Path, metavar="FILE.csv")
    bring_in.add_argument("--store", help=A_STORE)
    bring_in.set_defaults(run=_import)

    verify = names.add_parser("verify", help="count what can be read, and tell what cannot")
    verify.add_argument("file", type=Path, metavar="FILE.csv", nargs="?")
    verify.add_argument("--store", help=A_STORE)
    verify.set_defaults(run=_verify)

    copy = names.add_parser("copy", help="add every assessment of one store to another")
    copy.add_argument("source", metavar="SOURCE", help="a folder or a postgresql:// address")
    copy.add_argument("target", metavar="TARGET", help="likewise; a folder is made if missing")
    copy.set_defaults(run=_copy)


def _failing_with_2(command: Command) -> Command:
    @wraps(command)
    def told(options: argparse.Namespace) -> int:
        try:
            return command(options)
        except OSError as error:
            _complain(f"{error.filename}: {error.strerror}")
        except WhoDecidesError as error:
            _complain(str(error))
        return 2

    return told


@_failing_with_2
def _export(options: argparse.Namespace) -> int:
    if options.file.exists():
        # It may be the store's own file, whose unreadable rows would be lost.
        _complain(f"{options.file}: already exists; give the name of a new file")
        return 2
    with _source(options.store) as store:
        stored = store.read()
    replace_file(options.file, assessments_csv(stored.assessments, shipped_framework()))
    _complain_of(stored.set_aside)
    _say(f"exported {len(stored.assessments)}, unreadable {len(stored.set_aside)}")
    return 1 if stored.set_aside else 0


@_failing_with_2
def _import(options: argparse.Namespace) -> int:
    data = options.file.read_bytes()
    with _target(options.store) as store:
        plan = plan_of(data, store.read(), shipped_framework(), place=str(options.file))
        for row in plan.refused:
            _complain(f"{plan.place}:{row.line}: {row.reason}")
        _apply(plan, store)
    return 1 if plan.refused else 0


@_failing_with_2
def _verify(options: argparse.Namespace) -> int:
    assessments: Sequence[Assessment]
    set_aside: Sequence[SetAside]
    if options.file:
        data = options.file.read_bytes()
        reading = reading_of(data, shipped_framework(), place=str(options.file))
        assessments, set_aside = reading.assessments, reading.set_aside
    else:
        with _source(options.store) as store:
            stored = store.read()
        assessments, set_aside = stored.assessments, stored.set_aside
    _complain_of(set_aside)
    squads = len({each.squad_key for each in assessments})
    _say(f"assessments {len(assessments)}, squads {squads}, unreadable {len(set_aside)}")
    return 1 if set_aside else 0


@_failing_with_2
def _copy(options: argparse.Namespace) -> int:
    with _source(options.source) as store:
        source = store.read()
    with _target(options.target) as target:
        plan = plan_between(source, target.read())
        _complain_of(source.set_aside)
        for row in plan.refused:
            _complain(str(row.reason))
        _apply(plan, target)
    return 1 if plan.refused or source.set_aside else 0


def _apply(plan: Plan, store: Store) -> None:
    """Add what is new, tell how far it is, then what was done."""
    large = len(plan.new) > AT_ONCE

    def progress(done: int, total: int) -> None:
        if large:
            _say(f"{done} of {total}")

    added = apply(plan, store, progress=progress)
    there = plan.already_there + len(plan.new) - added  # others may have been faster
    _say(f"added {added}, already there {there}, refused {len(plan.refused)}")


@contextmanager
def _source(name: str | None) -> Iterator[Store]:
    """A store to read from; FileNotFoundError when it is a folder that is not there."""
    if name and "://" not in name and not Path(name).is_dir():
        raise FileNotFoundError(errno.ENOENT, "no such folder", name)
    with _target(name) as store:
        yield store


@contextmanager
def _target(name: str | None) -> Iterator[Store]:
    """The store of a name, or the one the environment names; its connections are given back."""
    kind = DATABASE_URL if name and "://" in name else DATA_FOLDER
    environment = {kind: name} if name else os.environ
    store = open_store(environment, shipped_framework(), project=PROJECT)
    try:
        yield store
    finally:
        if close := getattr(store, "close", None):
            close()


def _complain_of(set_aside: Iterable[SetAside]) -> None:
    for row in set_aside:
        _complain(f"{row.place}:{row.line}: {row.reason}")


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - this is its output


def _complain(text: str) -> None:
    print(text, file=sys.stderr)  # noqa: T201

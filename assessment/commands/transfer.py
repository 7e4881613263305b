"""The commands that move data: export, import, verify, copy.

Each returns its exit status: 0, 1 when a row was refused or could not be read, 2 when nothing
could be done or the store failed on the way.
"""

import argparse
import errno
import logging
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assessment.commands.output import complain, complain_of, failing_with_2, say
from assessment.content.loading import shipped_framework
from assessment.errors import StorageError, template
from assessment.exchange import imports
from assessment.exchange.archives import FILES, csv_of, files_of, zip_of
from assessment.project import home_of_data
from assessment.rounds.grouping import replaced_by_adding
from assessment.storage.csv.durable import make_folder, replace_file
from assessment.storage.kinds import ASSESSMENTS, KINDS, SETUPS, by_kind, kind_of
from assessment.storage.opening import (
    DATA_FOLDER,
    DATABASE_URL,
    is_address,
    left_behind_in,
    open_store,
    place_in,
)
from assessment.storage.protocol import LOG, Record, Store, Stored

STORE_NAME = "a folder or a postgresql:// address"
A_STORE = f"{STORE_NAME}; without it, the one the environment names"
WHERE_TO_COPY = "likewise; a folder is made if missing"
WHERE_TO = "FILE.csv for the assessments alone; FILE.zip, or a folder, for every kind of record"
WHERE_FROM = "a CSV file of any kind of record, a ZIP or a folder of such files"
LEFT_OUT = (
    "{file}: holds the assessments alone, of {everything}; name a folder or a .zip to export all"
)
REPLACED = (
    "{source}: checks that will not count once this is added, since their voice has a later one in "
    "the same month: {count}"
)
PLACE = "Answers are kept in {place}."
AT_ADDRESS = "PostgreSQL, at the address given"
MADE = "{folder}: this folder was not there, and is made for what is brought in"
OTHER_COLUMNS = "{file}: columns that are none of ours, and left out: {columns}"
OF_NEWER = (
    "{source}: no export by this version holds these columns; where a newer one made it, update, "
    "then import it into an empty store"
)
TRUSTED = (
    "{source}: adds {count} answers to sessions by invitation, {confidential} of them to "
    "confidential ones or to sessions that are not stored; what the file says of them was trusted, "
    "as the data page would not do: import only what was exported from a store of yours"
)
VANISHED = (
    "{count} records that were stored are gone from their files, since another program saved or "
    "removed them: the data page brings them back; what you have now is not whole"
)
SEATS_OF_ENDED = (
    "{file}: {id}: says that its squad has ended, and who sits where as well, as a version before "
    "0.14 leaves it; it counts as a setup, so the squad goes on; save that setup once more, then "
    "say on the data page that the squad has ended, if it has"
)
NOTHING_THERE = template("{folder}: none of our files is there; expected one of {expected}")


EMPTY = template("{file}: this file is empty, as no export is, so nothing can be taken from it")
NO_NAME = "expected {expected}, not an empty name"
NO_FILE = "expected a file or a folder, not an address"


def add_to(names: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands to those of a parser."""
    export = names.add_parser("export", help="write a store, links apart, to a new file or folder")
    export.add_argument("target", type=file_named, metavar="TARGET", help=WHERE_TO)
    export.add_argument("--store", type=store_named, help=A_STORE)
    export.set_defaults(run=_export)

    bring_in = names.add_parser("import", help="add what a file holds to a store")
    bring_in.add_argument("source", type=file_named, metavar="SOURCE", help=WHERE_FROM)
    bring_in.add_argument("--store", type=store_named, help=A_STORE)
    bring_in.set_defaults(run=_import)

    verify = names.add_parser("verify", help="count what can be read, and tell what cannot")
    verify.add_argument("source", type=file_named, metavar="SOURCE", nargs="?", help=WHERE_FROM)
    verify.add_argument("--store", type=store_named, help=A_STORE)
    verify.set_defaults(run=_verify)

    copy = names.add_parser("copy", help="add everything in one store to another")
    copy.add_argument("source", type=store_named, metavar="SOURCE", help=STORE_NAME)
    copy.add_argument("target", type=store_named, metavar="TARGET", help=WHERE_TO_COPY)
    copy.set_defaults(run=_copy)


def store_named(text: str) -> str:
    """The name of a store; a shell puts nothing in the place of a variable that is not set."""
    if not text.strip():
        raise argparse.ArgumentTypeError(NO_NAME.format(expected=STORE_NAME))
    return text


def file_named(text: str) -> Path:
    """The path of a file or a folder; an address, which may hold a password, is not repeated."""
    if not text.strip():
        raise argparse.ArgumentTypeError(NO_NAME.format(expected="a file or a folder"))
    if is_address(text):
        raise argparse.ArgumentTypeError(NO_FILE)
    return Path(text)


@failing_with_2
def _export(options: argparse.Namespace) -> int:
    target, framework = options.target, shipped_framework()
    ending = target.suffix.casefold()
    if reason := _why_not_into(target, ending):
        complain(reason)
        return 2
    with existing_store(options.store) as store:
        stored, lost = store.read(), tell_what_vanished(store)
    leaving = [record for record in stored.records if kind_of(record).may_leave]
    exported = _counts(leaving)
    match ending:
        case ".csv":
            _write(target, csv_of(ASSESSMENTS, stored.assessments, framework))
            exported = str(len(stored.assessments))
            if len(leaving) > len(stored.assessments):
                complain(LEFT_OUT.format(file=target, everything=_counts(leaving)))
        case ".zip":
            _write(target, zip_of(leaving, framework))
        case _:
            make_folder(target)
            for name, content in files_of(leaving, framework).items():
                _write(target / name, content)
    complain_of(stored.set_aside)
    left_out = _tell_what_an_import_leaves_out(stored) if ending != ".csv" else 0
    say(f"exported {exported}, unreadable {len(stored.set_aside)}")
    return 1 if stored.set_aside or lost or left_out else 0


def _why_not_into(target: Path, ending: str) -> str:
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        # It may be the store's own, whose unreadable rows would be lost.
        return f"{target}: already exists; give the name of a new file or folder"
    if ending[1:].isalpha() and ending not in (".csv", ".zip"):
        return f"{target}: no '{ending}' is written; end it in .zip or .csv, or name a folder"
    if ending in (".csv", ".zip") and not target.parent.is_dir():
        return f"{target.parent}: no such folder; make it, or export into another"
    return ""


def _write(target: Path, content: bytes) -> None:
    """Write a file; an OSError names it, which the system does not where the disk is full."""
    try:
        replace_file(target, content)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(target)) from error


@failing_with_2
def _import(options: argparse.Namespace) -> int:
    readings = _readings(options.source)
    with opened_store(options.store) as store:
        missing = store.folder if store.folder and not store.folder.is_dir() else None
        if missing and not missing.parent.is_dir():
            raise _missing(str(missing.parent))
        stored = store.read()
        plan = imports.import_plan_of_readings(readings, stored)
        cut = _complain_of_plan(plan, options.source, is_whole=len(readings) > 1)
        if missing and plan.new:
            complain(MADE.format(folder=missing))
        checks = by_kind(plan.new)[ASSESSMENTS.name]
        if replaced := replaced_by_adding(checks, stored.assessments):
            complain(REPLACED.format(source=options.source, count=replaced))
        count, confidential = imports.trusted_answer_counts(plan, stored)
        if count:
            complain(TRUSTED.format(source=options.source, count=count, confidential=confidential))
        _apply(plan, store)
        lost = tell_what_vanished(store)
    return 1 if plan.refused or lost or cut else 0


@failing_with_2
def _verify(options: argparse.Namespace) -> int:
    lost, cut = 0, False
    if options.source:
        readings = _readings(options.source)
        stored = imports.stored_in(readings)
        is_whole = len(readings) > 1
        plan = imports.import_plan_of_readings(readings, Stored(), is_whole=is_whole)
        cut = _complain_of_plan(plan, options.source, is_whole=is_whole)
        left_out = len(plan.refused) - len(stored.set_aside)
    else:
        with existing_store(options.store) as store:
            stored, lost = store.read(), tell_what_vanished(store)
        complain_of(stored.set_aside)
        left_out = _tell_what_an_import_leaves_out(stored)
    unclear = [setup for setup in stored.setups if setup.ended and not setup.is_end]
    for setup in unclear:
        complain(SEATS_OF_ENDED.format(file=SETUPS.file, id=setup.id))
    squads = len({record.squad_key for record in stored.squad_records})
    refused_text = f", refused by an import {left_out}" if left_out else ""
    unreadable = len(stored.set_aside)
    say(f"{_counts(stored.records)}, squads {squads}, unreadable {unreadable}{refused_text}")
    return 1 if unreadable or left_out or lost or unclear or cut else 0


@failing_with_2
def _copy(options: argparse.Namespace) -> int:
    with existing_store(options.source) as store:
        source, lost = store.read(), tell_what_vanished(store)
    with opened_store(options.target) as target:
        plan = imports.import_plan_between_stores(source, target.read(), shipped_framework())
        complain_of(source.set_aside)
        for row in plan.refused:
            complain(str(row.reason))
        _apply(plan, target)
    return 1 if plan.refused or source.set_aside or lost else 0


def _readings(source: Path) -> Sequence[imports.Incoming[Any]]:
    """What a file holds, or our files in a folder; StorageError where a folder has none."""
    files = [source]
    if source.is_dir():
        files = [source / name for name in FILES if (source / name).exists()]
        if not files:
            raise StorageError(NOTHING_THERE, folder=str(source), expected=", ".join(FILES))
    framework, latest = shipped_framework(), imports.latest_day(datetime.now(UTC))
    readings = [
        reading
        for file in files
        for reading in imports.readings_of(
            file.read_bytes(), framework, file=str(file), latest=latest
        )
    ]
    if not readings and not source.is_dir():
        raise StorageError(EMPTY, file=str(source))
    return readings


def _counts(records: Iterable[Record]) -> str:
    """How many records there are of each kind; of links, where there are any."""
    records_by_kind = by_kind(records)
    counts = {kind: len(records_by_kind[kind.name]) for kind in KINDS}
    return ", ".join(f"{kind.stored_as} {n}" for kind, n in counts.items() if kind.may_leave or n)


def _complain_of_plan(plan: imports.ImportPlan, source: Path, *, is_whole: bool) -> bool:
    """Tell what of files is not taken: rows, each with its reason, and columns of others.

    Whether that cuts a whole export: ours hold no such columns, unlike somebody's one table.
    """
    complain_of(plan.refused)
    for file, columns in plan.left_out.items():
        complain(OTHER_COLUMNS.format(file=file, columns=", ".join(columns)))
    is_cut = is_whole and bool(plan.left_out)
    if is_cut:
        complain(OF_NEWER.format(source=source))
    return is_cut


def _apply(plan: imports.ImportPlan, store: Store) -> None:
    """Add what is new, tell how far it is, then what was done."""
    large = len(plan.new) > imports.AT_ONCE

    def progress(done: int, total: int) -> None:
        if large:
            say(f"{done} of {total}")

    added = imports.apply_import_plan(plan, store, progress=progress)
    already_there = plan.already_there + len(plan.new) - added  # others may have been faster
    say(f"added {added}, already there {already_there}, refused {len(plan.refused)}")


def tell_what_vanished(store: Store) -> int:
    """Tell how many records are gone since another program saved over them."""
    count = len(store.vanished())
    if count:
        complain(VANISHED.format(count=count))
    return count


def _tell_what_an_import_leaves_out(stored: Stored) -> int:
    """Tell which rows an import of an export would refuse, since what they refer to is gone."""
    refused = imports.refused_once_exported(stored)
    for record, reason in refused:
        complain(f"{kind_of(record).file}: {record.id}: {reason}")
    return len(refused)


@contextmanager
def existing_store(name: str | None) -> Iterator[Store]:
    """A store to read from; FileNotFoundError when it is a folder that is not there."""
    with opened_store(name) as store:
        if store.folder and not store.folder.is_dir():
            raise _missing(name or str(store.folder))
        yield store


def _missing(folder: str) -> FileNotFoundError:
    return FileNotFoundError(errno.ENOENT, "no such folder", folder)


@contextmanager
def opened_store(name: str | None) -> Iterator[Store]:
    """The store of a name, or the one the environment names; its connections are given back.

    Which one it is stands before what is done with it: without its variable another is taken.
    """
    setting = DATABASE_URL if name and "://" in name else DATA_FOLDER
    environment, home = {setting: name} if name else os.environ, home_of_data()
    LOG.addHandler(logging.NullHandler())  # the command itself tells what failed
    store = open_store(environment, shipped_framework(), project=home)
    is_named_by_address = name is not None and store.folder is None
    place = AT_ADDRESS if is_named_by_address else place_in(environment, project=home)
    say(PLACE.format(place=place))
    if not name and (left := left_behind_in(environment, project=home)):
        complain(str(left))
    try:
        yield store
    finally:
        store.close()

"""The status page: how the server and its store are, told to editors."""

from datetime import UTC, datetime, timedelta

import pandas as pd
import streamlit as st

from assessment import __version__
from assessment.storage.environment import BACKUPS
from assessment.ui.guard.condition import Condition, current_condition
from assessment.ui.parts.records import stored_counts
from assessment.ui.parts.tables import show_cells
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_text, show_error

OLD = timedelta(days=2)  # of a backup: then a daily schedule has missed one
FULL = 0.05  # the share of a disk below which what is free is too little

GIGABYTE = 1_000_000_000


def show_status(reader: Reader) -> None:
    """What there is to know, and above it what needs somebody."""
    condition = current_condition()
    if condition.error:
        show_error(reader, condition.error)
    for warning in _warnings(reader, condition):
        st.warning(warning, icon=":material/warning:")
    _ = reader.gettext
    lines = [
        (_("Version"), __version__),
        (_("Answers are kept in"), condition.place),
        (_("The store answers"), _("no") if condition.stored is None else _("yes")),
        (_("Answers can be saved"), _("no") if condition.error else _("yes")),
        *_stored_lines(reader, condition),
        *_disk_lines(reader, condition),
        (_("Last backup"), _backup(reader, condition)),
        (_("People connected"), reader.edition.words.number(condition.sessions)),
    ]
    table = pd.DataFrame(lines, columns=[_("What"), _("How it is")])
    show_cells(table, alt=_("Server"))


def _stored_lines(reader: Reader, condition: Condition) -> list[tuple[str, str]]:
    _, stored = reader.gettext, condition.stored
    if stored is None:
        return []
    unreadable = reader.edition.words.number(len(stored.set_aside))
    return [
        (_("Stored"), stored_counts(reader, stored) or _("nothing yet")),
        (_("Rows that cannot be read"), unreadable),
    ]


def _disk_lines(reader: Reader, condition: Condition) -> list[tuple[str, str]]:
    _, words = reader.gettext, reader.edition.words
    if not condition.total:
        return []
    free, total = (round(size / GIGABYTE, 1) for size in (condition.free, condition.total))
    text = _(
        "{free} of {total} GB free",
        free=words.number(free, digits=1),
        total=words.number(total, digits=1),
    )
    locks = {True: _("held by a writer"), False: _("free"), None: _("not known")}
    return [
        (_("Disk"), text),
        (_("Files last across restarts"), _("no") if condition.disk.is_temporary else _("yes")),
        (_("The disk honours locks"), _("yes") if condition.disk.honours_locks else _("no")),
        (_("The lock"), locks[condition.is_locked]),
    ]


def _backup(reader: Reader, condition: Condition) -> str:
    _ = reader.gettext
    if not condition.backups_known:
        return _("not known: name the folder of your exports in {variable}").format(
            variable=BACKUPS
        )
    if condition.closed_backup and condition.last_backup is None:
        return _("not known")
    if condition.last_backup is None:
        return _("none in the folder that {variable} names").format(variable=BACKUPS)
    return reader.edition.words.date(reader.day_of(condition.last_backup))


def _warnings(reader: Reader, condition: Condition) -> list[str]:
    _, warnings = reader.gettext, []
    if condition.free < FULL * condition.total:
        warnings.append(_("The disk is nearly full: soon nothing can be saved."))
    if condition.left_behind:
        warnings.append(as_plain_text(reader.edition.words.error(condition.left_behind)))
    last = condition.last_backup
    if condition.empty_backup:
        text = _("{file}, the newest file among the backups, holds nothing to restore.")
        warnings.append(as_plain_text(text.format(file=condition.empty_backup)))
    if condition.closed_backup:
        warnings.append(as_plain_text(reader.edition.words.error(condition.closed_backup)))
    elif condition.backups_known and last is None:
        warnings.append(_("There is no backup yet: look at your schedule."))
    if last and datetime.now(UTC) - last > OLD:
        warnings.append(_("The last backup is more than two days old: look at your schedule."))
    return warnings

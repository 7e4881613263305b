"""The command that counts old answers into period totals: never by itself, at first a dry run."""

from __future__ import annotations

import argparse
from collections.abc import Collection
from datetime import UTC, date, datetime
from uuid import UUID

from assessment.access.invitations import showable_assessments
from assessment.commands.output import complain, failing_with_2, say
from assessment.commands.transfer import A_STORE, opened
from assessment.content.loading import shipped_framework
from assessment.errors import Refused, template
from assessment.rounds.totals import Retention, cutoff, retention_of, to_be_counted
from assessment.storage.csv.store import CsvStore
from assessment.storage.kinds import ASSESSMENTS, LINKS, SURVEYS, VOTES
from assessment.storage.protocol import Check, Stored

HOW_MANY = "answers of months that ended more than so many months ago"
LEFT_SURVEYS = (
    "{count} sessions of that time are left as they are, since their results are not shown to all "
    "yet: release or delete them"
)
LEFT_ANSWERS = (
    "{count} answers to sessions that are not stored here are left as they are: delete them on the "
    "data page"
)
LEFT_ROWS = "{count} rows cannot be read and are left as they are; `verify` names them"
BACKUPS_STAY = (
    "Backups that you made (exports, copies of the folder, dumps of the database) still hold these "
    "answers: delete those older than today"
)
CHANGED = template("somebody stored something meanwhile, so nothing was done; start again")


def add_to(names: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to those of a parser."""
    retain = names.add_parser("retain", help="count old answers into period totals, for good")
    retain.add_argument("--months", type=_months, required=True, help=HOW_MANY)
    retain.add_argument("--yes", action="store_true", help="do it; without it, only tell")
    retain.add_argument("--store", help=A_STORE)
    retain.set_defaults(run=_retain)


def _months(text: str) -> int:
    months = int(text)
    if not 1 <= months <= 1200:
        raise ValueError
    return months


@failing_with_2
def _retain(options: argparse.Namespace) -> int:
    now = datetime.now(UTC)
    before = cutoff(now.date(), months=options.months)
    with opened(options.store) as store:
        stored = store.read()
        planned = _planned(stored, before=before, now=now)
        _tell(planned, before)
        _tell_what_stays(stored, before)
        if not options.yes:
            say("Nothing was done: add --yes to do it. It cannot be undone.")
            return 0
        store.add(planned.totals, check=_unchanged(stored))
        say(f"deleted {store.delete(_going(planned, stored))}")
        if isinstance(store, CsvStore):
            versions = store.forget_backups(kind.name for kind in WITH_ANSWERS)
            say(f"earlier versions of files deleted {versions}")
    say(BACKUPS_STAY)
    return 0


def _planned(stored: Stored, *, before: date, now: datetime) -> Retention:
    """What becomes of what may be shown to all; sessions that may not be stay whole."""
    released = to_be_counted(stored.gatherings, before)
    ids = {survey.gathering_id for survey in released}
    shown = showable_assessments(stored.assessments, stored.gatherings)
    return retention_of(
        shipped_framework(),
        [answer for answer in shown if answer.gathering in {None, *ids}],
        released,
        stored.setups,
        totals=stored.totals,
        before=before,
        now=now,
    )


def _going(planned: Retention, stored: Stored) -> Collection[UUID]:
    """What goes: the answers, and with a session its second votes and its links."""
    votes = {vote.id for vote in stored.votes if vote.gathering in planned.going}
    links = {link.id for link in stored.links if link.round_id in planned.going}
    return planned.going | votes | links


def _tell(planned: Retention, before: date) -> None:
    say(
        f"before {before}: {len(planned.totals)} totals of {planned.voices} voices, "
        f"{planned.counts_alone} of them too few voices for more than their number; "
        f"{planned.answers} answers and {planned.surveys} sessions deleted, "
        f"{planned.late} of the answers in no total, since their period had one"
    )


def _tell_what_stays(stored: Stored, before: date) -> None:
    """Tell what is as old, and stays."""
    known = {survey.gathering_id for survey in stored.gatherings}
    waiting = [s for s in stored.gatherings if s.opened_on < before and not s.is_released]
    lost = [a for a in stored.assessments if a.gathering not in {None, *known}]
    for text, left in (
        (LEFT_SURVEYS, waiting),
        (LEFT_ANSWERS, lost),
        (LEFT_ROWS, stored.set_aside),
    ):
        if left:
            complain(text.format(count=len(left)))


WITH_ANSWERS = (ASSESSMENTS, SURVEYS, VOTES, LINKS)
"""The kinds of records of which some go."""


def _unchanged(before: Stored) -> Check:
    """A check that nothing came since: what is deleted is what was counted."""

    def check(stored: Stored) -> None:
        if stored.version != before.version:
            raise Refused(CHANGED)

    return check

"""The command that counts old answers into period totals: never by itself, at first a dry run."""

import argparse
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from uuid import UUID

from assessment.access.invitations import showable_assessments
from assessment.commands.output import complain, failing_with_2, say
from assessment.commands.transfer import A_STORE, existing_store, store_named, tell_what_vanished
from assessment.content.loading import shipped_framework
from assessment.errors import Refused, StorageError, template
from assessment.model.sample import is_sample
from assessment.rounds import totals
from assessment.storage.kinds import ASSESSMENTS, LINKS, SURVEYS, VOTES
from assessment.storage.protocol import Check, Record, Store, Stored

HOW_MANY = "answers of months that ended more than so many months ago"
NO_SCORE = (
    "{count} of these totals keep nothing but how many answered, since they were fewer than five, "
    "or than a session promised: their periods will have no score, in results and in trends"
)
NOT_COUNTED = (
    "{count} of these answers are of periods that have a total already: what it does not count "
    "will be in none"
)
SAMPLE = "{count} answers of the sample data stay as they are: remove them on the data page"
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
TOTALS_STAY = (
    "the totals are stored, and the answers that they count are not all deleted; start it again "
    "once that is mended, before anything else is stored: then it deletes them"
)
CHANGED = template("somebody stored something meanwhile, so nothing was deleted; start again")
NO_MONTHS = "expected whole months from 1 to 1200, not {text!r}"


def add_to(names: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to those of a parser."""
    retain = names.add_parser("retain", help="count old answers into period totals, for good")
    retain.add_argument("--months", type=_months, required=True, help=HOW_MANY)
    retain.add_argument("--yes", action="store_true", help="do it; without it, only tell")
    retain.add_argument("--store", type=store_named, help=A_STORE)
    retain.set_defaults(run=_retain)


def _months(text: str) -> int:
    if not (text.isdecimal() and len(text) <= 4 and 1 <= int(text) <= 1200):
        raise argparse.ArgumentTypeError(NO_MONTHS.format(text=text))
    return int(text)


@failing_with_2
def _retain(options: argparse.Namespace) -> int:
    now = datetime.now(UTC)
    before = totals.cutoff(now.date(), months=options.months)
    with existing_store(options.store) as store:
        stored = store.read()
        planned = _planned(stored, before=before, now=now)
        _tell(planned, before)
        _tell_what_stays(planned, stored, before)
        status = 1 if tell_what_vanished(store) else 0
        if not options.yes:
            say("Nothing was done: add --yes to do it. It cannot be undone.")
            return status
        deleted, versions = _carry_out(planned, stored, store), 0
        say(f"deleted {deleted}")
        if store.folder and _left_in_backups(planned, store, before):
            versions = store.forget_backups(WITH_ANSWERS, _going(planned, stored))
            say(f"earlier versions of files deleted {versions}")
    if deleted or versions:
        say(BACKUPS_STAY)
    return status


def _carry_out(planned: totals.Retention, stored: Stored, store: Store) -> int:
    """Store the totals and delete what they count; how many records were deleted.

    Where somebody changed some of that in between, the totals are taken back: the next run counts
    it as it is then. So they are where the store fails, if it lets them be.
    """
    new = {total.id for total in planned.totals}
    all_totals = new | {total.id for total in stored.totals}
    going = _going(planned, stored)

    def is_unchanged(now: Stored) -> bool:
        return now.version == stored.version

    def is_as_counted(now: Stored) -> bool:
        return _going(planned, now) == going and all_totals <= {total.id for total in now.totals}

    def is_stored_still(now: Stored) -> bool:  # else a total would be all that is left of it
        return going.keys() <= {record.id for record in now.records}

    store.add(planned.totals, check=_check_that(is_unchanged))
    try:
        return store.delete(going.keys(), check=_check_that(is_as_counted))
    except (Refused, StorageError):
        try:
            store.delete(new, check=_check_that(is_stored_still))
        except StorageError:
            complain(TOTALS_STAY)
        except Refused:  # what they count went
            pass
        raise


def _check_that(holds: Callable[[Stored], bool]) -> Check:
    """A check that something holds of what is stored, since else somebody changed it."""

    def check(stored: Stored) -> None:
        if not holds(stored):
            raise Refused(CHANGED)

    return check


def _planned(stored: Stored, *, before: date, now: datetime) -> totals.Retention:
    """What becomes of what may be shown to all; sessions that may not be stay whole."""
    shown = showable_assessments(stored.assessments, stored.surveys)
    released = totals.to_be_counted(stored.surveys, stored.assessments, shown, before=before)
    ids = {None, *(survey.id for survey in released)}
    return totals.retention_of(
        shipped_framework(),
        [answer for answer in shown if answer.gathering in ids],
        released,
        stored.setups,
        totals=stored.totals,
        before=before,
        now=now,
    )


def _going(planned: totals.Retention, stored: Stored) -> Mapping[UUID, Record]:
    """What goes, by its id: answers, and with a session its votes and its links."""
    going = planned.going
    records: list[Record] = [link for link in stored.links if link.round_id in going]
    records += [vote for vote in stored.votes if vote.gathering in going]
    records += [survey for survey in stored.surveys if survey.id in going]
    records += [a for a in stored.assessments if a.id in going or a.gathering in going]
    return {record.id: record for record in records}


def _left_in_backups(planned: totals.Retention, store: Store, before: date) -> bool:
    """Whether earlier versions of files hold what goes now, or what went and is as old."""
    return bool(
        planned.going or totals.old_answers(store.only_in_backups(ASSESSMENTS.name), before)
    )


def _tell(planned: totals.Retention, before: date) -> None:
    say(
        f"before {before}: totals {len(planned.totals)} of voices {planned.voices}; answers "
        f"{planned.answers} and sessions {planned.surveys} to delete"
    )
    _complain_of_counts({NO_SCORE: planned.counts_alone, NOT_COUNTED: planned.late})


def _tell_what_stays(planned: totals.Retention, stored: Stored, before: date) -> None:
    """Tell what stays: what is as old, and rows of which nobody can say how old they are."""
    known = {None, *(survey.id for survey in stored.surveys)}
    surveys = totals.old_surveys(stored.surveys, before)
    waiting = [survey for survey in surveys if survey.id not in planned.going]
    old = totals.old_answers(stored.assessments, before)
    lost = [answer for answer in old if answer.gathering not in known]
    answers = [answer for answer in stored.assessments if answer.assessed_on < before]
    sample = [answer for answer in answers if is_sample(answer.id)]
    _complain_of_counts(
        {
            LEFT_SURVEYS: len(waiting),
            LEFT_ANSWERS: len(lost),
            SAMPLE: len(sample),
            LEFT_ROWS: len(stored.set_aside),
        }
    )


def _complain_of_counts(counts: Mapping[str, int]) -> None:
    for text, count in counts.items():
        if count:
            complain(text.format(count=count))


WITH_ANSWERS = (LINKS.name, VOTES.name, SURVEYS.name, ASSESSMENTS.name)
"""The kinds of records of which some go; what is left of answers tells that a run was cut short."""

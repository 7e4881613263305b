"""Moving in and out on the data page: downloads, and upload after a preview."""

import hashlib
import threading
from collections.abc import Sequence
from datetime import date
from functools import partial

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from assessment.access.guarded_store import without_confidential_answers
from assessment.content.loading import shipped_framework
from assessment.exchange import imports
from assessment.exchange.archives import csv_of, zip_of
from assessment.exchange.filled_in import file_to_fill_in
from assessment.exchange.limits import UPLOADED
from assessment.exchange.spreadsheets import safe_csv, workbook
from assessment.languages import LANGUAGES
from assessment.model import Action, Agreement, Assessment, Confirmation, Setup, Survey, Total, Vote
from assessment.model.link import Link
from assessment.reports.downloads import file_name
from assessment.rounds.grouping import left_out_by_adding, replaced_by_adding
from assessment.scoring.who_decides import LeftOut
from assessment.storage.kinds import ASSESSMENTS
from assessment.storage.protocol import Record, SquadRecord, Stored
from assessment.ui.guard import surveys, uploads
from assessment.ui.guard.stored import store
from assessment.ui.parts import deeds
from assessment.ui.parts.downloads import download
from assessment.ui.parts.records import record_counts, replaced_checks
from assessment.ui.parts.tables import show_cells, spaced
from assessment.ui.session import keys
from assessment.ui.session.kept import kept
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_text, showing_errors, telling_failure
from assessment.wording.deciders import answers_to_be_left_out
from assessment.wording.surveys import without_answers

MOST_SHOWN = 50  # rows of a file that the preview lists; a count says how many more there are

MOST_KEPT = 500_000
"""Bytes of a file up to which what becomes of its rows is kept for the next click."""

_Counted = tuple[imports.ImportPlan, int, Sequence[LeftOut]]
"""A plan, how many single checks will not count once it is applied, and which of its answers."""

_one_large_file = threading.Lock()
"""Held while a large file is read: each takes much memory for a while, and one is enough."""

URGENCY = {"refused": 0, "differs": 0, "added": 1, "already there": 2}
"""What needs a person's eye stands first."""


def show_downloads(reader: Reader, stored: Stored) -> None:
    """In a menu: what is stored, as it is and for spreadsheets; each is made when asked for."""
    _, framework = reader.gettext, reader.edition.framework
    individual, records = _leaving(stored)
    download(
        _("Download everything (ZIP)"),
        partial(zip_of, records, framework),
        name="who-decides.zip",
        what="everything",
    )
    download(
        _("Download the checks (CSV)"),
        partial(csv_of, ASSESSMENTS, individual, framework),
        name="assessments.csv",
        what="assessments",
    )
    download(
        _("Download the checks for spreadsheets (CSV)"),
        partial(
            safe_csv,
            ASSESSMENTS,
            individual,
            framework,
            separator=LANGUAGES[reader.language].separator,
        ),
        name="assessments-for-spreadsheets.csv",
        what="safe-csv",
    )
    download(
        _("Download everything as a workbook (XLSX)"),
        partial(workbook, records, framework),
        name="who-decides.xlsx",
        what="workbook",
    )
    st.caption(
        _(
            "The two for spreadsheets keep any text from running as a formula. The ZIP and both "
            "CSV files can be brought in again below."
        )
    )
    if len(individual) < len(stored.assessments):
        st.caption(
            _(
                "Answers to confidential sessions are in no file, since they would stand there one "
                "by one; the person who runs the server moves them with the command line."
            )
        )


def show_upload(reader: Reader, stored: Stored) -> None:
    """Choose a file, be told what becomes of each row, then add what is new."""
    _ = reader.gettext
    st.header(_("Bring data in"), anchor=False)
    uploads.allow()
    file = st.file_uploader(
        _("A file downloaded here, or a spreadsheet saved as CSV"),
        max_upload_size=UPLOADED.megabytes,
        key=keys.upload(st.session_state.get(keys.EXCHANGE_UPLOADS, 0)),
        help=_("You see what would be added first. What is stored stays as it is."),
    )
    separator = LANGUAGES[reader.language].separator
    download(
        _("A file to fill in (CSV)"),
        partial(file_to_fill_in, reader.edition, reader.today, separator=separator),
        name=f"{file_name(_('who-decides'), _('to fill in'))}.csv",
        what="to-fill-in",
        hint=_("A row is one person's check; write the first one in the place of the example."),
    )
    if file is None:
        return
    with showing_errors(reader, is_readers_own=True):
        plan, replaced, left_out = _plan(file, stored, imports.latest_day(reader.now))
        if plan.rows:
            _show_counts(reader, plan, replaced, left_out)
            _show_adding(reader, plan)
            _show_preview(reader, plan)
        else:
            st.info(reader.gettext("This file holds nothing to add."), icon=":material/info:")


def _show_counts(
    reader: Reader, plan: imports.ImportPlan, replaced: int, left_out: Sequence[LeftOut]
) -> None:
    new, there, refused = len(plan.new), plan.already_there, len(plan.refused)
    counts = (
        reader.counted("{count} row is new", "{count} rows are new", new),
        reader.counted("{count} row is already there", "{count} rows are already there", there),
        reader.counted("{count} row is refused", "{count} rows are refused", refused),
    )
    st.markdown(" · ".join(counts))
    for text in replaced_checks(reader, replaced):
        st.markdown(text)
    if text := without_answers(reader.edition, _brought_alone(plan)):
        st.markdown(text)
    if left_out:
        st.markdown(as_plain_text(answers_to_be_left_out(reader.edition, left_out)))
    if columns := dict.fromkeys(name for names in plan.left_out.values() for name in names):
        text = reader.gettext("Columns not known here, left out: {columns}.")
        st.caption(as_plain_text(text.format(columns=", ".join(columns))))


def _brought_alone(plan: imports.ImportPlan) -> list[Survey]:
    """The sessions that a file adds without any answer to them."""
    answered = {record.gathering for record in plan.new if isinstance(record, Assessment)}
    surveys = (record for record in plan.new if isinstance(record, Survey))
    return [survey for survey in surveys if survey.id not in answered]


def _show_preview(reader: Reader, plan: imports.ImportPlan) -> None:
    rows = sorted(plan.rows, key=lambda row: URGENCY[row.outcome])[:MOST_SHOWN]
    table = pd.DataFrame([_preview_of(reader, row) for row in rows])
    if len({row.file for row in plan.rows}) == 1:
        table = table.drop(columns=reader.gettext("File"))
    show_cells(table, alt=reader.gettext("What becomes of each row of the file"))
    if rest := len(plan.rows) - len(rows):
        more = reader.counted(
            "… and {count} more row, counted above.",
            "… and {count} more rows, counted above.",
            rest,
        )
        st.caption(more)


def _preview_of(reader: Reader, row: imports.PlannedRow) -> dict[str, str | int]:
    _ = reader.gettext
    outcomes = {
        "added": _("Will be added"),
        "already there": _("Already there"),
        "differs": _("Refused"),
        "refused": _("Refused"),
    }
    reason = reader.edition.refusal(row.reason) if row.reason else ""
    parts = _distinctions(reader, row.record) if row.record else ()
    entry = " · ".join(part for part in parts if part) or spaced(row.text)  # could not be read
    return {
        _("File"): as_plain_text(row.file.rpartition("/")[2]),
        _("Line"): row.line,
        _("What happens"): outcomes[row.outcome],
        _("Entry"): as_plain_text(entry),
        _("Reason"): as_plain_text(reason),
    }


def _show_adding(reader: Reader, plan: imports.ImportPlan) -> None:
    count = len(plan.new)
    if not count:
        return
    words = reader.edition.words
    if not st.button(
        reader.gettext("Add {what}", what=record_counts(reader, plan.new)),
        type="primary",
        icon=":material/upload:",
        key=keys.EXCHANGE_ADD,
    ):
        return
    text = reader.gettext("{done} of {total} added")
    bar = st.progress(0.0, text.format(done=0, total=words.number(count)))

    def progress(done: int, total: int) -> None:
        bar.progress(done / total, text.format(done=words.number(done), total=words.number(total)))

    # Where it fails, the file stays chosen: what is left can be added once the reason is gone.
    with telling_failure():
        added = imports.apply_import_plan(plan, store(), progress=progress)
        done = reader.gettext("Entries added: {count}.", count=added)
        deeds.tell(done, undo=deeds.undo_adding(plan.new, added=added))
        st.session_state[keys.EXCHANGE_UPLOADS] = st.session_state.get(keys.EXCHANGE_UPLOADS, 0) + 1
    st.rerun()


def _distinctions(reader: Reader, record: Record) -> tuple[str | None, ...]:
    _, edition = reader.gettext, reader.edition
    match record:
        case Setup():
            since = _("ended on {day}") if record.is_end else _("setup since {day}")
            return record.squad, since.format(day=edition.words.date(record.since))
        case Action():
            lever = edition.texts.levers[record.lever].title
            return record.squad, lever, edition.words.date(record.decided_on)
        case Survey():
            return record.squad, _("session from {day} on", day=record.opened_on)
        case Agreement():
            decision = edition.texts.lenses.decisions[record.decision].short
            return record.squad, decision, edition.words.date(record.agreed_on)
        case Confirmation():
            return record.squad, edition.role(record.role), record.voice
        case Vote():
            decision = edition.texts.lenses.decisions[record.decision].short
            return record.squad, _("vote in the room"), decision
        case Total():
            return record.squad, _("period total"), edition.words.date(record.assessed_on)
        case Assessment():
            return record.squad, edition.words.date(record.assessed_on), record.voice
        case Link():
            return (record.label,)


def _plan(file: UploadedFile, stored: Stored, latest: date) -> _Counted:
    """What becomes of each row; kept between two clicks where that takes little memory."""
    UPLOADED.check_size(file.size, file=file.name)
    data = file.getvalue()
    if len(data) > MOST_KEPT:
        with _one_large_file:
            return _plan_of(data, stored, latest, file=file.name)
    digest = hashlib.blake2b(data, digest_size=16).hexdigest()
    return _small_plan(digest, file.name, latest, stored, data)


@kept(at_most=4)
def _leaving(stored: Stored) -> tuple[tuple[Assessment, ...], tuple[SquadRecord, ...]]:
    """The assessments that files may hold each by itself, and all such records."""
    individual = without_confidential_answers(stored.assessments, stored.surveys)
    return individual, without_confidential_answers(stored.squad_records, stored.surveys)


@kept(at_most=4)
def _small_plan(digest: str, file: str, latest: date, stored: Stored, _data: bytes) -> _Counted:
    return _plan_of(_data, stored, latest, file=file)


def _plan_of(data: bytes, stored: Stored, latest: date, *, file: str) -> _Counted:
    barred = surveys.barred_to_files()
    plan = imports.import_plan_of_file(
        data, stored, shipped_framework(), file=file, barred=barred, latest=latest
    )
    checks = [record for record in plan.new if isinstance(record, Assessment)]
    setups = [record for record in plan.new if isinstance(record, Setup)]
    left_out = left_out_by_adding(
        shipped_framework(), checks, setups, beside=stored.assessments, known=stored.setups
    )
    return plan, replaced_by_adding(checks, stored.assessments), left_out

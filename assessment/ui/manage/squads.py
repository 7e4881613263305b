"""People's rights over a squad's data: export it, rename or merge it, delete it or one voice."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

import streamlit as st

from assessment.access.guarded_store import individual_assessments, records_for_files
from assessment.errors import Refused
from assessment.exchange.archives import zip_of
from assessment.model import Assessment, fit_for_files, name_key, sort_key, squad_name
from assessment.reports.downloads import file_name
from assessment.storage.protocol import Record, SquadRecord, Stored
from assessment.ui.guard.stored import all_records, store
from assessment.ui.parts.downloads import download
from assessment.ui.parts.record_counts import described, record_counts
from assessment.ui.session import keys
from assessment.ui.session.messages import show_error, telling_failure
from assessment.ui.session.plain_text import as_plain_text
from assessment.ui.session.reader import Reader


def show_squads(reader: Reader, stored: Stored) -> None:
    """Choose a squad, then export, rename, merge or delete it; each asks once.

    Renaming and deleting take along the answers that nobody may see yet.
    """
    _, whole = reader.gettext, all_records()
    names = {each.squad_key: each.squad for each in reversed(whole.squad_records)}
    if not names:
        return
    st.subheader(_("One squad's data"), anchor=False)
    key = st.selectbox(
        _("Squad"),
        sorted(names, key=sort_key),
        format_func=names.__getitem__,
        index=None,
        key=keys.DATA_SQUAD,
        placeholder="–",
    )
    mine = tuple(each for each in whole.squad_records if each.squad_key == key)
    if not mine:
        return
    shown = tuple(each for each in stored.squad_records if each.squad_key == key)
    mine_shown = tuple(each for each in shown if isinstance(each, Assessment))
    checks = individual_assessments(mine_shown, whole.gatherings)
    download(
        _("Export this squad (ZIP)"),
        partial(zip_of, records_for_files(shown, whole.gatherings), reader.edition.framework),
        name=file_name("squad", names[mine[0].squad_key]) + ".zip",
        what="squad",
    )
    _show_renaming(reader, names, mine)
    if checks:
        _show_assessment_deletion(reader, stored, checks)
    with st.container(horizontal=True):
        _show_voice_deletion(reader, stored, checks)
        _show_deletion(reader, stored, mine)


def _show_renaming(reader: Reader, names: dict[str, str], mine: Sequence[SquadRecord]) -> None:
    """A new name; a name that is taken merges the two squads, and says so first."""
    _, squad = reader.gettext, names[mine[0].squad_key]
    wish = st.text_input(_("New name"), key=keys.new_name(mine[0].squad_key))
    if not wish:
        return
    try:
        name = squad_name(fit_for_files(wish))
    except Refused as refused:
        show_error(reader, refused)
        return
    other = names.get(name_key(name))
    merges = other is not None and name_key(name) != name_key(squad)
    done = _("Renamed to “{name}”. Entries moved: {count}.")
    if merges:
        text = _(
            "“{squad}” and “{other}” become one squad, also where links share one of them; this "
            "cannot be told apart again."
        )
        with st.popover(_("Merge the squads…"), icon=":material/merge:"):
            st.markdown(as_plain_text(text.format(squad=squad, other=other)))
            _rename_button(_("Yes, merge them"), squad, name, done)
    else:
        text = _("“{squad}” becomes “{other}”.")
        st.markdown(as_plain_text(text.format(squad=squad, other=name)))
        _rename_button(_("Rename the squad"), squad, name, done)


def _rename_button(label: str, squad: str, name: str, done: str) -> None:
    st.button(label, key=keys.SQUADS_RENAME, on_click=_rename, args=(squad, name, done))


def _show_assessment_deletion(reader: Reader, stored: Stored, mine: Sequence[Assessment]) -> None:
    _ = reader.gettext
    by_id = {str(each.assessment_id): each for each in reversed(mine)}
    chosen = st.selectbox(
        _("Delete an assessment"),
        tuple(by_id),
        index=None,
        format_func=lambda found: described(reader, by_id[found]),
        key=keys.DATA_ASSESSMENT,
        placeholder="–",
    )
    if chosen in by_id:
        with st.popover(_("Delete…"), icon=":material/delete:"):
            text = _("This removes the assessment {described} of {squad}, with its note.")
            told = text.format(described=described(reader, by_id[chosen]), squad=mine[0].squad)
            st.markdown(as_plain_text(told))
            _confirm(reader, stored, keys.DATA_DELETE_CONFIRM, [by_id[chosen]])


def _show_deletion(reader: Reader, stored: Stored, mine: Sequence[SquadRecord]) -> None:
    _ = reader.gettext
    with st.popover(_("Delete the squad…"), icon=":material/delete:"):
        text = _("This removes {what} of {squad}, notes included.")
        st.markdown(
            as_plain_text(text.format(what=record_counts(reader, mine), squad=mine[0].squad))
        )
        _confirm(reader, stored, keys.SQUADS_DELETE, mine)


def _show_voice_deletion(reader: Reader, stored: Stored, mine: Sequence[Assessment]) -> None:
    _ = reader.gettext
    voices = {each.voice_key: each.voice for each in mine if each.voice}
    if not voices:
        return
    with st.popover(_("Delete a voice…"), icon=":material/person_remove:"):
        voice = st.selectbox(
            _("Voice"),
            sorted(voices, key=sort_key),
            format_func=lambda key: str(voices[key]),
            index=None,
            key=keys.SQUADS_VOICE,
            placeholder="–",
        )
        theirs = tuple(each for each in mine if each.voice and each.voice_key == voice)
        if theirs:
            text = reader.ngettext(
                "This removes {count} assessment of {voice} in {squad}.",
                "This removes {count} assessments of {voice} in {squad}.",
                len(theirs),
            )
            told = text.format(count=len(theirs), voice=theirs[-1].voice, squad=theirs[0].squad)
            st.markdown(as_plain_text(told))
            _confirm(reader, stored, keys.SQUADS_DELETE_VOICE, theirs)


def _confirm(reader: Reader, stored: Stored, key: str, records: Sequence[Record]) -> None:
    _, ids = reader.gettext, [record.id for record in records]
    if further := stored.going_with(ids):
        text = reader.ngettext(
            "With it goes {count} row set aside that carries the same id: {places}.",
            "With it go {count} rows set aside that carry the same ids: {places}.",
            len(further),
        )
        places = ", ".join(f"{row.place}:{row.line}" for row in further)
        st.markdown(as_plain_text(text.format(count=len(further), places=places)))
    st.caption(
        _(
            "In a CSV store it stays in the five latest backups until newer ones replace them; "
            "answers to a confidential round that was not revealed are in none."
        )
    )
    st.button(
        _("Yes, delete"),
        type="primary",
        key=key,
        on_click=_delete,
        args=(ids, _("Entries deleted: {count}.")),
    )


def _rename(squad: str, name: str, done: str) -> None:
    with telling_failure():
        count = store().rename(squad, name)
        st.session_state[keys.DATA_SQUAD] = name_key(name)
        st.session_state[keys.MESSAGE] = done.format(count=count, name=name)


def _delete(ids: Sequence[UUID], done: str) -> None:
    with telling_failure():
        count = store().delete(ids)
        st.session_state[keys.DATA_ASSESSMENT] = None
        st.session_state[keys.MESSAGE] = done.format(count=count)

"""People's rights over a squad's data: export it, rename or merge it, delete it or one voice."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

import streamlit as st

from assessment.access.guarded_store import without_confidential_answers
from assessment.errors import Refused
from assessment.exchange.archives import zip_of
from assessment.model import Assessment, fit_for_files, name_key, sort_key, squad_name
from assessment.model.link import Link
from assessment.reports.downloads import file_name
from assessment.storage.protocol import Record, SquadRecord, Stored
from assessment.ui.guard.stored import all_records, store
from assessment.ui.parts.downloads import download
from assessment.ui.parts.record_counts import described, record_counts
from assessment.ui.parts.squad_names import squad_names
from assessment.ui.session import keys
from assessment.ui.session.messages import show_error, telling_failure
from assessment.ui.session.plain_text import as_plain_text
from assessment.ui.session.reader import Reader


def show_squads(reader: Reader, stored: Stored) -> None:
    """Choose a squad, then export, rename, merge or delete it; each asks once.

    Renaming and deleting take along the answers that nobody may see yet.
    """
    _, everything = reader.gettext, all_records()
    names = squad_names(everything.squad_records)
    if not names:
        return
    st.subheader(_("One squad's data"), anchor=False)
    key = st.selectbox(
        _("Squad"),
        tuple(names),
        format_func=names.__getitem__,
        index=None,
        key=keys.DATA_SQUAD,
        placeholder="–",
    )
    if key not in names:
        return
    records = _of_squad(everything, key)
    shown = _of_squad(stored, key)
    checks = without_confidential_answers(
        [record for record in shown if isinstance(record, Assessment)], everything.gatherings
    )
    download(
        _("Export this squad (ZIP)"),
        partial(
            zip_of,
            without_confidential_answers(shown, everything.gatherings),
            reader.edition.framework,
        ),
        name=file_name("squad", names[key]) + ".zip",
        what="squad",
    )
    _show_renaming(reader, names, key)
    if checks:
        _show_assessment_deletion(reader, stored, checks)
    with st.container(horizontal=True):
        _show_voice_deletion(reader, stored, checks)
        _show_deletion(reader, stored, records, _links_of(everything, key))


def _links_of(stored: Stored, key: str) -> tuple[Link, ...]:
    """The links that share or invite to nothing but this squad."""
    return tuple(link for link in stored.links if link.squad_keys == frozenset({key}))


def _of_squad(stored: Stored, key: str) -> tuple[SquadRecord, ...]:
    return tuple(record for record in stored.squad_records if record.squad_key == key)


def _show_renaming(reader: Reader, names: dict[str, str], key: str) -> None:
    """A new name; a name that is taken merges the two squads, and says so first."""
    _, squad = reader.gettext, names[key]
    entered = st.text_input(_("New name"), key=keys.new_name(key))
    if not entered:
        return
    try:
        name = squad_name(fit_for_files(entered))
    except Refused as error:
        show_error(reader, error)
        return
    done = _("Renamed to “{name}”. Entries moved: {count}.")
    button = partial(st.button, key=keys.SQUADS_RENAME, on_click=_rename, args=(squad, name, done))
    other = names.get(name_key(name))
    if other is not None and name_key(name) != key:
        text = _(
            "“{squad}” and “{other}” become one squad, also where links share one of them; this "
            "cannot be told apart again."
        )
        with st.popover(_("Merge the squads…"), icon=":material/merge:"):
            st.markdown(as_plain_text(text.format(squad=squad, other=other)))
            button(_("Yes, merge them"))
    else:
        text = _("“{squad}” becomes “{other}”.")
        st.markdown(as_plain_text(text.format(squad=squad, other=name)))
        button(_("Rename the squad"))


def _show_assessment_deletion(reader: Reader, stored: Stored, checks: Sequence[Assessment]) -> None:
    _ = reader.gettext
    by_id = {str(check.assessment_id): check for check in reversed(checks)}
    chosen = st.selectbox(
        _("Delete an assessment"),
        tuple(by_id),
        index=None,
        format_func=lambda check_id: described(reader, by_id[check_id]),
        key=keys.DATA_ASSESSMENT,
        placeholder="–",
    )
    if chosen in by_id:
        check = by_id[chosen]
        with st.popover(_("Delete…"), icon=":material/delete:"):
            text = _("This removes the assessment {described} of {squad}, with its note.")
            text = text.format(described=described(reader, check), squad=checks[0].squad)
            st.markdown(as_plain_text(text))
            _confirm(reader, stored, keys.DATA_DELETE_CONFIRM, [check])


def _show_deletion(
    reader: Reader, stored: Stored, records: Sequence[SquadRecord], links: Sequence[Link]
) -> None:
    _ = reader.gettext
    with st.popover(_("Delete the squad…"), icon=":material/delete:"):
        text = _("This removes {what} of {squad}, notes included.")
        text = text.format(what=record_counts(reader, records), squad=records[0].squad)
        st.markdown(as_plain_text(text))
        if links:
            text = reader.ngettext(
                "With it ends {count} link that shares or invites to this squad alone.",
                "With it end {count} links that share or invite to this squad alone.",
                len(links),
            )
            st.markdown(text.format(count=reader.edition.words.number(len(links))))
        _confirm(reader, stored, keys.SQUADS_DELETE, [*records, *links])


def _show_voice_deletion(reader: Reader, stored: Stored, checks: Sequence[Assessment]) -> None:
    _ = reader.gettext
    voices = {check.voice_key: check.voice for check in checks if check.voice}
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
        given = [check for check in checks if check.voice and check.voice_key == voice]
        if given:
            text = reader.ngettext(
                "This removes {count} assessment of {voice} in {squad}.",
                "This removes {count} assessments of {voice} in {squad}.",
                len(given),
            )
            text = text.format(count=len(given), voice=given[-1].voice, squad=given[0].squad)
            st.markdown(as_plain_text(text))
            _confirm(reader, stored, keys.SQUADS_DELETE_VOICE, given)


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

"""What is done about one squad's data: export, rename, merge, end, delete it or one voice's."""

from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime
from functools import partial
from uuid import UUID, uuid4

import streamlit as st

from assessment.access.guarded_store import without_confidential_answers
from assessment.access.taking_back import check_untouched
from assessment.content.loading import shipped_framework
from assessment.errors import Conflict, Refused, template
from assessment.exchange.archives import zip_of
from assessment.model import (
    Action,
    Assessment,
    Confirmation,
    Setup,
    fit_for_files,
    name_key,
    past_date,
    sort_key,
    squad_name,
)
from assessment.model.link import Link
from assessment.reports.downloads import file_name
from assessment.rounds.grouping import replaced_count
from assessment.storage.kinds import speaks_of
from assessment.storage.protocol import CHANGED, GONE, Record, SquadRecord, Stored
from assessment.ui.guard.stored import (
    all_records,
    check_squad_known,
    history,
    save,
    store,
    visible_records,
)
from assessment.ui.parts import deeds
from assessment.ui.parts.downloads import download
from assessment.ui.parts.fields import choose_from
from assessment.ui.parts.records import described, record_counts, replaced_checks, squad_names
from assessment.ui.session import keys
from assessment.ui.session.reader import Reader, current_reader
from assessment.ui.session.saying import (
    as_plain_text,
    button,
    show_error,
    show_points,
    telling_failure,
)

ONE_HAS_ENDED = template(
    "one of the two has ended; say first that it still exists, then merge them"
)

MOST_NAMED = 10
"""Checks that are named before they are deleted; a count says how many more there are."""


def show_way(reader: Reader) -> None:
    """The way into the dialog about one squad's data; none where no squad is known."""
    if all_records().knows_squads:
        label = reader.gettext("One squad's data…")
        button(label, open_dialog, key=keys.DATA_SQUAD_OPEN, icon="folder_open")


def open_dialog(checks: Collection[UUID] = ()) -> None:
    """Open the dialog about one squad's data, or about deleting these checks."""
    st.session_state[keys.DATA_DIALOG] = tuple(checks)


def show_dialog(reader: Reader, stored: Stored) -> None:
    """The dialog that is open, if one is."""
    checks = st.session_state.get(keys.DATA_DIALOG)
    if checks is None:
        return
    _ = reader.gettext
    title = _("Delete what is selected") if checks else _("One squad's data")
    show = _show_deletion_of if checks else _show_squad
    st.dialog(title, width="medium", on_dismiss=_close)(_while_open)(reader, stored, show)


def _while_open(reader: Reader, stored: Stored, show: Callable[[Reader, Stored], None]) -> None:
    """What a dialog shows; what was done there closes it, and the page is drawn anew."""
    if st.session_state.get(keys.DATA_DIALOG) is None:
        st.rerun()
    show(reader, stored)


def _close() -> None:
    st.session_state.pop(keys.DATA_DIALOG, None)


def _show_squad(reader: Reader, stored: Stored) -> None:
    """Choose a squad, then export, rename, merge or delete it: these take hidden answers along."""
    _, everything = reader.gettext, all_records()
    names = squad_names(everything.squad_records)
    key = choose_from(_("Squad"), names, key=keys.DATA_SQUAD)
    if key is None:
        return
    records = _of_squad(everything, key)
    shown = without_confidential_answers(_of_squad(stored, key), everything.surveys)
    download(
        _("Export this squad (ZIP)"),
        partial(zip_of, shown, reader.edition.framework),
        name=file_name("squad", names[key]) + ".zip",
        what="squad",
    )
    _show_renaming(reader, stored, names, key)
    with st.container(horizontal=True):
        _show_end(reader, stored, names[key])
        _show_voice(reader, stored, shown, names[key])
        links = [link for link in everything.links if link.squad_keys == frozenset({key})]
        _show_deletion(reader, stored, records, links)


def _show_deletion_of(reader: Reader, stored: Stored) -> None:
    ids = set(st.session_state[keys.DATA_DIALOG])
    checks = [check for check in stored.assessments if check.id in ids]
    text = reader.counted(
        "This removes {count} check, with its note:",
        "This removes {count} checks, with their notes:",
        len(checks),
    )
    st.markdown(text)
    show_points(f"{check.squad} · {described(reader, check)}" for check in checks[:MOST_NAMED])
    if more := len(checks[MOST_NAMED:]):
        text = reader.counted("… and {count} more.", "… and {count} more.", more)
        st.caption(text)
    _confirm(reader, stored, keys.DATA_DELETE_CONFIRM, checks)


def _of_squad(stored: Stored, key: str) -> tuple[SquadRecord, ...]:
    return tuple(record for record in stored.squad_records if record.squad_key == key)


def _show_renaming(reader: Reader, stored: Stored, names: dict[str, str], key: str) -> None:
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
    other = names.get(name_key(name))
    if other is not None and name_key(name) != key:
        text = _(
            "“{squad}” and “{other}” become one squad, “{other}”, also where links share one of "
            "them."
        )
        if _has_ended_alone(reader, squad, other):
            st.markdown(reader.edition.words.error(Refused(ONE_HAS_ENDED)))
            return
        parted = _may_be_parted(all_records(), key, name_key(name))
        until = _("“Undo” separates them right afterwards; later, nothing can.")
        with st.popover(_("Merge the squads…"), icon=":material/merge:"):
            st.markdown(as_plain_text(text.format(squad=squad, other=other)))
            st.markdown(until if parted else _("It cannot be undone."))
            _show_shared_voices(reader, stored, key, name_key(name))
            button(_("Yes, merge them"), _rename, squad, other, key=keys.SQUADS_RENAME)
    else:
        text = _("“{squad}” becomes “{other}”.")
        st.markdown(as_plain_text(text.format(squad=squad, other=name)))
        button(_("Rename the squad"), _rename, squad, name, key=keys.SQUADS_RENAME)


def _has_ended_alone(reader: Reader, *squads: str) -> bool:
    """Whether of some squads one has ended and another has not: together they would have ended."""
    rounds = history(visible_records(), "month")
    return 0 < len(rounds.going_on(squads, today=reader.today)) < len(squads)


def _show_shared_voices(reader: Reader, stored: Stored, *merging: str) -> None:
    """How many aliases become one voice where two squads do, and what then no longer counts."""
    squads = [[check for check in stored.assessments if check.squad_key == key] for key in merging]
    one, other = ({check.voice_key for check in checks if check.voice} for checks in squads)
    if not one & other:
        return
    merged = [check.model_copy(update={"squad": "="}) for checks in squads for check in checks]
    replaced = replaced_count(merged) - sum(map(replaced_count, squads))
    aliases = reader.counted(
        "{count} alias stands in both and becomes one voice.",
        "{count} aliases stand in both, and each becomes one voice.",
        len(one & other),
    )
    st.markdown(" ".join([aliases, *replaced_checks(reader, replaced)]))


def _show_deletion(
    reader: Reader, stored: Stored, records: Sequence[SquadRecord], links: Sequence[Link]
) -> None:
    _ = reader.gettext
    with st.popover(_("Delete the squad…"), icon=":material/delete:"):
        text = _("This removes {what} of {squad}, notes included.")
        text = text.format(what=record_counts(reader, records), squad=records[0].squad)
        st.markdown(as_plain_text(text))
        if links:
            text = reader.counted(
                "It also ends {count} link that shares or invites to this squad alone.",
                "It also ends {count} links that share or invite to this squad alone.",
                len(links),
            )
            st.markdown(text)
        _confirm(reader, stored, keys.SQUADS_DELETE, [*records, *links])


def _show_end(reader: Reader, stored: Stored, squad: str) -> None:
    """To tell a squad's last day, or that it still exists."""
    _, rounds = reader.gettext, history(stored, "month")
    if ended_on := rounds.ended_on(squad, today=reader.today):
        st.markdown(as_plain_text(_("{squad} ended on {day}.", squad=squad, day=ended_on)))
        button(_("It still exists"), _go_on, squad, key=keys.SQUADS_GO_ON, icon="undo")
        return
    with st.popover(_("The squad has ended…"), icon=":material/event_busy:"):
        st.markdown(
            _(
                "Nothing is deleted. *Home*, dates to come and the squads offered for something "
                "new leave it out; its page and earlier periods still show what it answered. If it "
                "answers or is asked after that day, it counts as existing again."
            )
        )
        key, first = keys.last_day(name_key(squad)), rounds.first_end(squad, today=reader.today)
        chosen = st.session_state.get(key) or reader.today
        st.session_state[key] = max(chosen, first or chosen)
        st.date_input(
            _("Last day"),
            min_value=first,
            max_value=reader.today,
            format="DD/MM/YYYY",
            key=key,
        )
        button(_("Yes, it has ended"), _end, squad, key=keys.SQUADS_END, look="primary")


def _show_voice(reader: Reader, stored: Stored, records: Sequence[SquadRecord], squad: str) -> None:
    """Everything of one alias or name: what it answered, agreed to and does, to take and delete."""
    _ = reader.gettext
    spoken = [record for record in records if _person_of(record)]
    voices = {name_key(_person_of(record)): _person_of(record) for record in spoken}
    if not voices:
        return
    with st.popover(_("A voice's data…"), icon=":material/person:"):
        in_order = {key: voices[key] for key in sorted(voices, key=sort_key)}
        voice = choose_from(_("Voice"), in_order, key=keys.SQUADS_VOICE)
        if voice is None:
            return
        given = [record for record in spoken if name_key(_person_of(record)) == voice]
        own = [record for record in given if not isinstance(record, Action)]
        actions = [record for record in given if isinstance(record, Action)]
        person = voices[voice]
        download(
            _("Export this voice (ZIP)"),
            partial(zip_of, given, reader.edition.framework),
            name=file_name("voice", person, squad) + ".zip",
            what="voice",
        )
        if own:
            text = _("Deleting removes {what} of {voice} in {squad}.")
            what = record_counts(reader, own)
            st.markdown(as_plain_text(text.format(what=what, voice=person, squad=squad)))
        if actions:
            text = reader.counted(
                "{count} action stays, without the name.",
                "{count} actions stay, without the name.",
                len(actions),
            )
            st.markdown(text)
        _confirm(reader, stored, keys.SQUADS_DELETE_VOICE, own, actions)


def _person_of(record: SquadRecord) -> str:
    """Who is named in a record: as its voice, or as who does what was decided."""
    match record:
        case Assessment() | Confirmation():
            return record.voice or ""
        case Action():
            return record.owner_name or ""
        case _:
            return ""


def _confirm(
    reader: Reader,
    stored: Stored,
    key: str,
    records: Sequence[Record],
    actions: Sequence[Action] = (),
) -> None:
    _, ids = reader.gettext, [record.id for record in records]
    if further := stored.going_with(ids):
        text = reader.counted(
            "{count} row set aside has the same id and is deleted too: {places}.",
            "{count} rows set aside have the same ids and are deleted too: {places}.",
            len(further),
            places=", ".join(f"{row.file}:{row.line}" for row in further),
        )
        st.markdown(as_plain_text(text))
    st.caption(
        _(
            "In CSV files, what is deleted stays in the five latest backups until newer ones "
            "replace them; answers to a confidential session that was not revealed are in none."
        )
    )
    button(_("Yes, delete"), _delete, ids, actions, key=key, look="primary")


def _rename(squad: str, name: str) -> None:
    reader = current_reader()
    _ = reader.gettext
    with telling_failure():
        everything, key, other = all_records(), name_key(squad), name_key(name)
        check_squad_known(squad, everything)
        moving = [record.id for record in everything.records if speaks_of(record, key)]
        merges = other in {record.squad_key for record in everything.squad_records} - {key}
        if merges and _has_ended_alone(reader, squad, name):
            raise Refused(ONE_HAS_ENDED)
        may_undo = _may_be_parted(everything, key, other)
        count = store().rename(squad, name)
        st.session_state[keys.DATA_SQUAD] = other
        undo = partial(_rename_back, name, squad, moving, merged=merges)
        done = _("Renamed to “{name}”. Entries moved: {count}.", name=name, count=count)
        if merges:
            done = _("Merged into “{name}”. Entries moved: {count}.", name=name, count=count)
        deeds.tell(done, undo=undo if may_undo else None)
    _close()


def _may_be_parted(stored: Stored, key: str, other: str) -> bool:
    """Whether a squad can have its name back: no link named both, nor had it two spellings."""
    spellings = {record.squad for record in stored.squad_records if record.squad_key == key}
    both = (speaks_of(link, key) and speaks_of(link, other) for link in stored.links)
    return len(spellings) == 1 and (other == key or not any(both))


def _rename_back(name: str, squad: str, moved: Collection[UUID], *, merged: bool) -> None:
    """Give a squad its old name again; Conflict where one of the two changed meanwhile, or went.

    What an earlier try moved back, though nobody could vouch for it, is where it belongs.
    """
    key, stored = name_key(squad), all_records()
    if key != name_key(name):
        of_squad = {record.id for record in stored.records if speaks_of(record, key)}
        if of_squad.issuperset(moved):
            return
        if of_squad.difference(moved):
            raise Conflict(CHANGED)
    if not store().rename(name, squad, only=moved if merged else None):
        is_gone = {record.id for record in stored.records}.isdisjoint(moved)
        raise Conflict(GONE if is_gone else CHANGED)


def _end(squad: str) -> None:
    reader = current_reader()
    chosen = st.session_state.pop(keys.last_day(name_key(squad)), None) or reader.today
    with telling_failure():
        day = past_date(chosen, today=reader.today)
        rounds = history(visible_records(), "month")
        if rounds.ended_on(squad, today=reader.today):
            raise Conflict(CHANGED)
        first = rounds.first_end(squad, today=reader.today)
        if first and day < first:
            raise Refused(
                "something stored for {squad} is dated {day}: choose that day or a later one",
                squad=squad,
                day=first,
            )
        end = Setup(
            setup_id=uuid4(), saved_at=datetime.now(UTC), since=day, squad=squad, ended=True
        )
        save(end)
        text = reader.gettext("{squad} ended on {day}.", squad=squad, day=day)
        deeds.tell(text, undo=partial(deeds.take_back, [end]))
    _close()


def _go_on(squad: str) -> None:
    """Delete what says that a squad has ended since it was last heard of."""
    reader, key = current_reader(), name_key(squad)
    with telling_failure():
        first = history(visible_records(), "month").first_end(squad, today=reader.today)
        ends = [
            one.id
            for one in all_records().setups
            if one.is_end and one.squad_key == key and (first is None or one.since >= first)
        ]
        if not ends:
            raise Conflict(GONE)
        _count, undo = deeds.delete(ends)
        deeds.tell(reader.gettext("{squad} still exists.", squad=squad), undo=undo)
    _close()


def _delete(ids: Sequence[UUID], actions: Sequence[Action] = ()) -> None:
    """Delete entries, and take a person's name off actions, which stay."""
    reader = current_reader()
    with telling_failure():
        _check_there(ids, actions)
        for action in actions:
            store().revise(action, action.model_copy(update={"owner_name": None}))
        count, undo = deeds.delete(ids) if ids else (0, None)
        text = reader.gettext("Entries deleted: {count}.")
        text = text.format(count=count) if ids else reader.gettext("Saved.")
        deeds.tell(text, undo=None if actions else undo)
    _close()


def _check_there(ids: Sequence[UUID], actions: Sequence[Action]) -> None:
    """Raise Conflict, before anything is done, where nothing is left to delete or to change."""
    stored = all_records()
    there = {record.id for record in stored.records}
    if (ids and there.isdisjoint(ids)) or not there.issuperset(action.id for action in actions):
        raise Conflict(GONE)
    check_untouched(actions, stored, shipped_framework())

"""Where deep answers go: into a new check, or as an addition to a stored one; and the way back."""

from collections.abc import Mapping

import streamlit as st

from assessment.errors import Conflict, template
from assessment.forms.deep_check import answered_anew, with_deep
from assessment.model import Assessment, DeepAnswers, name_key
from assessment.storage.kinds import fitted
from assessment.storage.protocol import GONE, Stored
from assessment.ui.check import draft, setup, unfinished
from assessment.ui.check.context import (
    ADDITION,
    NEW,
    DeepCheckContext,
    checks_of,
    deep_check_context,
    destination,
)
from assessment.ui.check.fields import chosen_of, refusing_under
from assessment.ui.check.save_form import show_form, show_refusals, show_squad
from assessment.ui.check.saved import Saved, note_saved, open_saved
from assessment.ui.guard.stored import store
from assessment.ui.parts.fields import choose_from
from assessment.ui.parts.records import described, squad_names
from assessment.ui.session import keys
from assessment.ui.session.kept import kept
from assessment.ui.session.reader import Reader, current_reader
from assessment.ui.session.saying import as_plain_text, button, note_outcome, show_error


def show_destination(reader: Reader, context: DeepCheckContext) -> None:
    """Whom the check is about: a new check of a squad or a stored one, and the squad's setup."""
    _ = reader.gettext
    with st.container(border=True):
        if context.out_of_reach:
            show_error(reader, context.out_of_reach)
        if context.records.assessments:
            names = {NEW: _("A new check"), ADDITION: _("Add to a stored check")}
            destination(context.records)  # settles where they go at first
            label = _("Where the answers go")
            chosen_of(label, (NEW, ADDITION), titled=names.__getitem__, key=keys.DEEP_TO)
        if destination(context.records) == ADDITION:
            _show_checks(reader, context)
        else:
            show_squad(
                reader,
                hint=_(
                    "Name the squad to describe its setup. Until then, a PM and a PO are assumed."
                ),
            )
        setup.show_line(reader, context.squad, context.setup)


def show_saving(reader: Reader, context: DeepCheckContext) -> None:
    """Once something is answered: save it as a new check, or add it to the chosen one."""
    if not draft.deep_form():
        return
    if destination(context.records) == NEW:
        show_form(reader, names_squad=False)
    elif context.check:
        _show_addition(reader, context.check, context.given.answers)
    else:
        st.info(
            reader.gettext("Choose above the check that your answers are added to."),
            icon=":material/info:",
        )


def _show_checks(reader: Reader, context: DeepCheckContext) -> None:
    _ = reader.gettext
    names = _checked_squads(context.records)
    squad_column, check_column = st.columns(2)
    about = name_key(draft.squad())
    if about in names and not st.session_state.get(keys.DEEP_SQUAD):
        st.session_state[keys.DEEP_SQUAD] = about
    with squad_column:
        squad = choose_from(
            _("Squad"),
            names,
            key=keys.DEEP_SQUAD,
            placeholder=_("Choose a squad"),
            persist_state="session",
        )
    checks = checks_of(context.records, squad)
    if st.session_state.get(keys.DEEP_CHECK) not in checks:
        st.session_state[keys.DEEP_CHECK] = next(iter(checks)) if len(checks) == 1 else None
    with check_column:
        choose_from(
            _("Check"),
            {check_id: described(reader, check) for check_id, check in checks.items()},
            key=keys.DEEP_CHECK,
            placeholder=_("Choose a check"),
            persist_state="session",
            disabled=not checks,
        )


def _show_addition(reader: Reader, check: Assessment, given: DeepAnswers) -> None:
    _ = reader.gettext
    with st.container(border=True, key=keys.CHECK_FORM):
        st.subheader(_("Add to this check"), anchor=False)
        text = _(
            "{squad}, {check}: your answers join those it holds; where it held one already, yours "
            "replaces it."
        )
        st.markdown(as_plain_text(text.format(squad=check.squad, check=described(reader, check))))
        if anew := answered_anew(check, given):
            text = reader.counted(
                "{count} answer takes the place of another one.",
                "{count} answers take the place of others.",
                anew,
            )
            st.markdown(as_plain_text(text))
        if draft.answers():
            st.caption(_("Your answers to the quick check stay where they are, unsaved."))
        show_refusals(reader)
        button(_("Add"), _add, check, key=keys.DEEP_ADD, icon="save", look="primary")


def _add(shown: Assessment) -> None:
    """Put the deep answers into the check that was shown; a second click finds none left to add.

    Conflict where it holds other deep answers by now: nobody saw which of them these replace.
    """
    reader, state = current_reader(), st.session_state
    if not draft.deep_form():
        return
    context = deep_check_context(reader)
    given = draft.checked_deep(reader.edition.framework, context.absent)
    note_outcome()  # until it is
    state[keys.CHECK_REFUSALS] = dict(given.refusals)
    if context.out_of_reach:
        state[keys.CHECK_REFUSALS] = {"store": context.out_of_reach}
    if state[keys.CHECK_REFUSALS]:
        return
    if context.check is None:
        raise Conflict(GONE)
    framework = reader.edition.framework
    after = fitted(with_deep(context.check, given.answers, framework), framework)
    with refusing_under(keys.CHECK_REFUSALS):
        if context.check.deep != shown.deep:
            raise Conflict(
                template(
                    "somebody added to this check meanwhile; look at what your answers now "
                    "replace, then add them"
                )
            )
        store().revise(context.check, after)
        state.pop(keys.OUTCOME, None)
        draft.clear_deep()
        unfinished.update()
        note_saved(Saved(after, given.answers, before=context.check))
        open_saved(after, given.answers)


@kept(at_most=4)
def _checked_squads(records: Stored) -> Mapping[str, str]:
    return squad_names(records.assessments)

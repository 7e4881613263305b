"""Answering a survey by invitation: what it is for, the questions, sending, and thanks.

Nobody is shown a result here, not even of their own answers: a score beside the questions would
pull the next answers towards it, and the first to finish would tell the room what to find.
"""

from collections.abc import Callable, Hashable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import streamlit as st

from assessment.access.invitations import Stage, last_day_answered, last_day_of, promise_of
from assessment.access.rights import Rights, Room
from assessment.errors import WhoDecidesError
from assessment.forms.check import CheckForm, check_submission_of, quick_progress
from assessment.forms.deep_check import DeepForm, LensProgress
from assessment.model import Survey
from assessment.model.link import EVERY_SQUAD
from assessment.rounds.room import lenses_asked
from assessment.scoring.seats import Seating
from assessment.storage.protocol import Stored
from assessment.ui.check import draft, fields, steps, unfinished
from assessment.ui.check.context import DeepCheckContext, absent_roles, with_answers
from assessment.ui.check.deep_check import show_way_in, show_ways
from assessment.ui.check.lens import show_lens
from assessment.ui.check.unfinished import LENSES, SEND, WELCOME
from assessment.ui.guard import surveys
from assessment.ui.guard.gate import admit, show_way_out
from assessment.ui.guard.room import agreed_before
from assessment.ui.guard.surveys import Invitation
from assessment.ui.guard.visitor import current_policy, current_rights, rights_decided
from assessment.ui.rounds.follow import follow
from assessment.ui.rounds.one_answer import answering, has_answered, remember_in_browser, role_told
from assessment.ui.rounds.presence import note_answering
from assessment.ui.session import keys
from assessment.ui.session.reader import Reader, current_reader
from assessment.ui.session.saying import (
    as_plain_text,
    button,
    lead_to_outcome,
    note_outcome,
    show_error,
    show_message_once,
)
from assessment.wording.surveys import asked_in, one_answer_each, over_since, promise

LIVE = 5.0  # seconds between two looks at whether answers are still taken


def show_title(reader: Reader) -> None:
    """Whose view is asked, of which squad: whoever got a wrong link sees it at every step."""
    title, link = reader.gettext("Your view"), current_rights().visitor.link
    if link and link.squads != EVERY_SQUAD:
        title = " · ".join((title, *link.squads))
    st.title(as_plain_text(title), anchor=False)


def take_part(reader: Reader) -> None:
    """The whole of it: the questions, and beside them what goes on by itself.

    What runs by itself is no part of what reruns at an answer: where both ran at once, the browser
    would keep what stood there before.
    """
    invited = surveys.invitation()
    if invited and has_answered(invited.mark):
        _thank(reader, invited)
        show_way_out(reader, is_over=True)
    else:
        _answer()
        _follow_stage()


@st.fragment
@rights_decided()
def _answer() -> None:
    """From the welcome to sending; each answer reruns this fragment only."""
    reader = admit(to="round")  # an answer reruns this fragment without its page
    with st.container():  # of its own, or all that follows is drawn anew when it goes
        show_message_once(reader)
    try:
        invited = surveys.invitation()
    except WhoDecidesError as error:
        show_error(reader, error)
        return
    stage = st.session_state[keys.ROUND_STAGE] = _stage_of(invited)
    if invited is None:
        text = reader.gettext("This page answers an invitation; open the link you were sent.")
        st.info(text, icon=":material/link:")
        return
    if has_answered(invited.mark):
        st.rerun()  # the whole page, which thanks; the menu now offers what to read
    unfinished.hold(unfinished.subject_of_survey(invited.survey.id))
    if invited.is_used:
        st.info(
            reader.gettext(
                "This code was used already, and each works once. If it was not you, tell "
                "the person who gave it to you."
            ),
            icon=":material/task_alt:",
        )
    elif stage != "gathering":
        _say_it_is_over(reader, invited.survey)
        unfinished.keep(tab_only=invited.survey.confidential)
    elif invited.lacks_code:
        st.info(
            reader.gettext(
                "This session is answered with one-time codes: open the address on your slip, to "
                "answer and then to follow the session. If you have no slip, ask the person who "
                "invited you for one."
            ),
            icon=":material/receipt_long:",
        )
    else:
        step = _show_step(reader, invited)
        note_answering(invited.survey.id, is_begun=draft.is_begun())
        unfinished.keep(tab_only=invited.survey.confidential)
        if step == WELCOME:
            show_way_out(reader, is_over=False)
        return
    show_way_out(reader, is_over=True)


@st.fragment(run_every=LIVE)
def _follow_stage() -> None:
    """Tells whoever has not sent as soon as no more answers are taken, or are taken again."""
    with suppress(WhoDecidesError):
        if _stage_of(surveys.invitation()) != st.session_state.get(keys.ROUND_STAGE):
            note_outcome()
            st.rerun()  # on to what is said then: the whole page, not this part of it


def _stage_of(invited: Invitation | None) -> Stage | None:
    return surveys.stage_now(invited.survey) if invited else None


def _show_step(reader: Reader, invited: Invitation) -> str:
    unfinished.show_news(reader)
    titles = _steps(reader, invited.survey)
    step = steps.chosen_step(reader, titles, key=keys.ROUND_STEP)
    if step == WELCOME:
        _welcome(reader, invited)
    elif step == SEND:
        _show_sending(reader, invited)
    elif step == LENSES:
        if _ask_lenses(reader, invited, list(titles)):
            return step
    else:
        steps.show_step_heading(reader.edition.texts.modules[step].title)
        unasked = draft.unasked_by(invited.setup)
        steps.show_quick_progress(reader, unasked)
        steps.ask_items(reader, step, unasked)
    _show_moves(reader, invited, list(titles), step)
    return step


# Steps --------------------------------------------------------------------------------------------


def _steps(reader: Reader, survey: Survey) -> dict[str, str]:
    _ = reader.gettext
    titles = {WELCOME: _("Welcome"), **steps.module_titles(reader)}
    if survey.asks_lenses:
        lenses = _("Lenses") if survey.depth == "deep" else _("Who decides")
        titles[LENSES] = f"{len(titles)}. {lenses}"
    return titles | {SEND: _("Send")}


def _welcome(reader: Reader, invited: Invitation) -> None:
    _, words, survey = reader.gettext, reader.edition.words, invited.survey
    steps.show_step_heading(as_plain_text(_("How {squad} decides").format(squad=survey.squad)))
    st.markdown(
        _(
            "Who decides what in your squad, and where do decisions leak? Everyone answers for "
            "themselves; then you talk about where your views differ. There is no right answer, "
            "and nobody is graded."
        )
    )
    until, is_kept = _("{day}, included."), keys.DRAFT_UNKEPT not in st.session_state
    if is_kept and not survey.confidential:
        until = _("{day}, included. What you have not sent yet stays in this browser.")
    unasked = len(draft.unasked_by(invited.setup))
    _show_points(
        (
            (_("How long it takes"), asked_in(reader.edition, survey, unasked=unasked)),
            (_("Until when"), until.format(day=words.date(survey.closes_on))),
        )
    )
    if is_kept and survey.confidential:
        st.checkbox(
            _("Keep what I have not sent yet in this browser, even when I close this tab"),
            help=_(
                "Otherwise it is lost with this tab. Leave this off on a computer that others use. "
                "Sending your answers clears it in any case."
            ),
            key=keys.DRAFT_STAYS,
            persist_state="session",
        )
    _show_points(
        (
            *_shown_promise(reader, survey),
            (_("One answer each"), one_answer_each(reader.edition, by_code=invited.is_by_code)),
        )
    )


def _show_points(points: Sequence[tuple[str, str]]) -> None:
    for label, text in points:
        st.markdown(f"**{as_plain_text(label)}**  \n{as_plain_text(text)}")


def _shown_promise(reader: Reader, survey: Survey) -> Sequence[tuple[str, str]]:
    """What is stored and who sees it; the first shown is kept, to tell when it changes."""
    shown = st.session_state.setdefault(keys.ROUND_PROMISES, {})
    shown.setdefault(survey.id, promise_of(survey))
    return promise(reader.edition, survey, protected=current_policy().protected)


def _ask_lenses(reader: Reader, invited: Invitation, step_ids: list[str]) -> bool:
    """The lenses, or the one that is open; tells whether one is. Of a single one it always is."""
    context = _context(reader, invited)
    view = st.session_state.get(keys.DEEP_VIEW)
    if len(context.lens_ids) == 1:
        (view,), position = context.lens_ids, step_ids.index(LENSES)
        before, after = (partial(_go_to, step_ids[position + by]) for by in (-1, 1))
        context = replace(context, around=(before, after))
    if view in context.lens_ids:
        context = replace(context, agreed=agreed_before())
        show_lens(reader, view, context)
        return True
    steps.show_step_heading(reader.gettext("Who really decides what?"))
    show_way_in(reader, context.lenses)
    show_ways(reader, context)
    return False


def _lenses(reader: Reader, invited: Invitation) -> Sequence[LensProgress]:
    """How far each lens is that is asked; none where the quick check alone is."""
    return _context(reader, invited).lenses if invited.survey.asks_lenses else ()


def _context(reader: Reader, invited: Invitation) -> DeepCheckContext:
    """Whom the lenses are about. Nobody is asked for sentences of their own in confidence."""
    lenses, survey = reader.edition.framework.lenses, invited.survey
    asked = lenses_asked(lenses, survey.depth, confidential=survey.confidential)
    context = DeepCheckContext(
        squad=survey.squad,
        check=None,
        records=Stored(),
        seating=Seating(reader.edition.framework, invited.setup),
        absent=absent_roles(reader, invited.setup),
        out_of_reach=None,
        unasked=frozenset(lenses.lens_ids) - {*asked},
        invited=True,
    )
    return with_answers(context)


def _show_moves(reader: Reader, invited: Invitation, step_ids: list[str], step: str) -> None:
    """Back and on, or sending; while lenses are left the way into them stands out, not on."""
    _, index = reader.gettext, step_ids.index(step)
    with st.container(key=keys.ROUND_MOVES, horizontal=True):
        if index:
            steps.show_back(reader, _go_to, step_ids[index - 1])
        if step == SEND:
            button(_("Send my answers"), _send, key=keys.ROUND_SEND, icon="send", look="primary")
        elif step == LENSES and any(lens.left for lens in _lenses(reader, invited)):
            button(
                _("Leave the rest and go on"), _go_to, step_ids[index + 1], key=keys.move("skip")
            )
        else:
            label = _("Begin") if step == WELCOME else _("Next step")
            steps.show_next(label, _go_to, step_ids[index + 1])


def _go_to(step: str) -> None:
    draft.go_to(step, key=keys.ROUND_STEP)
    st.session_state.pop(keys.ROUND_REFUSALS, None)


# Sending ------------------------------------------------------------------------------------------


def _show_sending(reader: Reader, invited: Invitation) -> None:
    """What is sent, what may be told beside it in an open survey, and why it was refused."""
    _, survey = reader.gettext, invited.survey
    steps.show_step_heading(_("Send your answers"))
    _say_what_is_missing(reader, invited)
    _show_points(_shown_promise(reader, survey))
    if not survey.confidential:
        role, alias = st.columns(2)
        with role:
            fields.show_role(reader, absent_roles(reader, invited.setup) if invited.setup else ())
        with alias:
            fields.show_alias(reader)
        fields.show_note(reader)
        st.caption(_("All three are optional."))
    with st.container(key=keys.CHECK_FORM):
        for refused in st.session_state.get(keys.ROUND_REFUSALS, {}).values():
            show_error(reader, refused)
            lead_to_outcome(keys.CHECK_FORM)


def _say_what_is_missing(reader: Reader, invited: Invitation) -> None:
    framework, unasked = reader.edition.framework, draft.unasked_by(invited.setup)
    answers, lenses = draft.answers(), _lenses(reader, invited)
    steps.show_progress(reader, quick_progress(framework, answers, unasked=unasked), *lenses)
    for module, title in steps.module_titles(reader).items():
        left = sum(item.id not in {*answers, *unasked} for item in framework.items_of(module))
        _show_way_back(reader, title, left, _go_to, module)
    for lens in lenses:
        title = reader.edition.texts.lenses.lenses[lens.lens].title
        _show_way_back(reader, title, lens.left, _open_lens, lens.lens)


def _show_way_back(
    reader: Reader, title: str, left: int, go: Callable[[str], None], to: str
) -> None:
    """The way back to a step of which questions are left; none where none is."""
    if left:
        text = reader.counted(
            "{title} · {count} question left", "{title} · {count} questions left", left, title=title
        )
        label = as_plain_text(text)
        button(label, go, to, key=keys.move(to), icon="arrow_back", look="tertiary")


def _open_lens(lens: str) -> None:
    _go_to(LENSES)
    draft.open_view(lens)


def _send() -> None:
    """Store the answers once, however often it is clicked; a refusal keeps them on the page."""
    reader, state = current_reader(), st.session_state
    note_outcome()  # until it is sent
    with fields.refusing_under(keys.ROUND_REFUSALS):
        invited = surveys.invitation()
        if invited is None:
            return
        if has_answered(invited.mark):
            draft.clear()  # sent by another tab, or by the first half of a double click
            return
        submission = check_submission_of(
            _form(reader, invited.survey),
            reader.edition.framework,
            assessment_id=draft.draft_id(key=keys.ROUND_ID),
            now=datetime.now(UTC),
            today=reader.today,
            absent=absent_roles(reader, invited.setup),
        )
        state[keys.ROUND_REFUSALS] = dict(submission.refusals)
        record = submission.record
        if record is None:
            return
        shown = _promise_that_was_shown(invited.survey)
        with answering(invited.mark) as is_first:
            if not is_first:
                return  # another tab is sending right now
            surveys.send(record, shown=shown)
        if record.role:
            state.setdefault(keys.ROUND_ROLES, {})[invited.mark] = record.role
        state.pop(keys.ROUND_ID, None)
        state.pop(keys.OUTCOME, None)
        draft.clear()
        _go_to(WELCOME)


def _promise_that_was_shown(survey: Survey) -> Hashable:
    """The promise shown first; one that changed since is shown anew by the page that follows."""
    promises = st.session_state.get(keys.ROUND_PROMISES, {})
    shown: Hashable = promises.get(survey.id)
    if shown != promise_of(survey):
        promises.pop(survey.id, None)
    return shown


def _form(reader: Reader, survey: Survey) -> CheckForm:
    """What the fields hold, those that this survey does not ask for left out."""
    form = replace(draft.form(), squad=survey.squad, assessed_on=reader.today)
    if survey.confidential:
        form = replace(form, role=None, voice="", note="")
    if survey.depth == "who-decides":
        return replace(form, deep=DeepForm(deciders=form.deep.deciders))
    return form if survey.asks_lenses else replace(form, deep=DeepForm())


# Afterwards ---------------------------------------------------------------------------------------


def may_find(room: Room, rights: Rights) -> bool:
    """Whether the menu offers pages of a kind.

    Playbook and method tell the expected answers: who was invited finds them once they have sent
    theirs. It is no lock.
    """
    if room == "learn" and rights.visitor.kind == "invitee":
        mark = surveys.mark_of(rights.visitor.link)
        return bool(mark and has_answered(mark))
    return rights.may_open(room)


def _thank(reader: Reader, invited: Invitation) -> None:
    _, survey = reader.gettext, invited.survey
    unfinished.hold(unfinished.subject_of_survey(survey.id))
    role = role_told(invited.mark, among=reader.edition.framework.role_ids)
    remember_in_browser(invited.mark, survey.id, role=role, until=invited.link.expires_at)
    draft.blank()  # another tab may have sent: what this one has not is kept nowhere
    unfinished.settle()
    unfinished.keep()
    note_answering(survey.id, is_begun=False)
    if survey.revealed_at is None:
        steps.show_step_heading(_("Thank you"))
        st.success(
            as_plain_text(_("Your answers for {squad} are in.").format(squad=survey.squad)),
            icon=":material/check:",
        )
    stage = st.session_state[keys.ROUND_STAGE] = surveys.stage_now(survey)
    with st.container(key=keys.ROOM_PHONE):
        follow()
    if stage == "gathering":
        _say_what_is_remembered(reader, invited)


def _say_what_is_remembered(reader: Reader, invited: Invitation) -> None:
    """Which browser to come back with; a one-time code lets others answer in it as well."""
    _, day = reader.gettext, reader.edition.words.date(last_day_of(invited.link))
    text = _(
        "Until {day} this browser remembers that you have answered: come back with it to follow "
        "the session."
    ).format(day=day)
    if not invited.is_by_code:
        others = _("Anyone else answers in another browser, or in a private window.")
        text = f"{text} {others}"
    st.caption(as_plain_text(text))


def _say_it_is_over(reader: Reader, survey: Survey) -> None:
    """To whoever comes too late, or with another browser: since when, and what to do."""
    _, is_revealed = reader.gettext, survey.revealed_at is not None
    steps.show_step_heading(as_plain_text(_("How {squad} decides").format(squad=survey.squad)))
    whom_to_ask = _("Ask the person who invited you to reopen the session.")
    if is_revealed:
        whom_to_ask = _("The person who invited you can show you the results.")
    last_day = last_day_answered(survey, day_of=reader.day_of)
    text = f"{over_since(reader.edition, survey, last_day)} {whom_to_ask}"
    with st.container(key=keys.ROUND_OVER):
        st.info(as_plain_text(text), icon=":material/event_busy:")
        lead_to_outcome(keys.ROUND_OVER)
    if draft.is_begun():
        text = _(
            "What you have answered was not sent. This browser keeps it, should you be let in "
            "again."
        )
        state = st.session_state
        ends_with_tab = survey.confidential and not state.get(keys.DRAFT_STAYS)
        if ends_with_tab or keys.DRAFT_UNKEPT in state:
            text = _(
                "What you have answered was not sent. Keep this tab open, in case you are let in "
                "again: closing it loses your answers."
            )
        if is_revealed:
            text = _(
                "What you have answered was not sent, so it does not count; only those who have "
                "sent their answers vote."
            )
    else:
        text = _(
            "If you have answered, open this link in the browser that you answered with: there you "
            "follow the session, vote and confirm."
        )
    st.markdown(text)

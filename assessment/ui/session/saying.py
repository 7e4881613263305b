"""What pages say: people's text as text, errors as part of the page, what a button came to."""

import logging
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, TypeVarTuple
from uuid import uuid4

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from assessment.errors import Conflict, Refused, SetupError, StorageError, WhoDecidesError, template
from assessment.ui.session import keys
from assessment.ui.session.kept import kept
from assessment.ui.session.look import take_focus
from assessment.ui.session.reader import Reader, current_reader
from assessment.ui.session.returning import note_lost_click
from assessment.ui.session.ways import open_page
from assessment.wording.plain_text import in_one_line

LOG = logging.getLogger("who_decides")

_MARKS = re.compile(r"([\\`*_{}\[\]<>#+\-.!|~$:@/&=^])")

# After parsing Markdown, the browser still turns bare addresses into links, and a few
# sequences into pictures or arrows, escaped or not. An invisible joiner keeps them apart.
_READ_AFTER_PARSING = re.compile(r"(:(?=//|\w)|[wW]{3}(?=\.)|@|[-<](?=[->]))")
_JOINER = "\u2060"

LONGEST_NOTICE = 300

Look = Literal["primary", "secondary", "tertiary"]

Given = TypeVarTuple("Given")


# Texts --------------------------------------------------------------------------------------------


def as_plain_text(text: str) -> str:
    """The text in one line of Markdown that reads like the text itself: no HTML, no link."""
    text = _READ_AFTER_PARSING.sub(rf"\1{_JOINER}", in_one_line(text))
    return _MARKS.sub(r"\\\1", text)


def as_plain_lines(text: str) -> str:
    """The text in Markdown that reads like itself, its lines kept: for one that stands alone."""
    return "  \n".join(map(as_plain_text, text.splitlines()))


def show_texts(*texts: str) -> None:
    """Each of these as the text it is; nothing of one that is empty."""
    for text in filter(None, texts):
        st.markdown(as_plain_text(text))


def show_captions(*texts: str) -> None:
    """Likewise, in small letters."""
    for text in filter(None, texts):
        st.caption(as_plain_text(text))


def show_points(lines: Iterable[str]) -> None:
    """Lines as a list, each as the text it is."""
    st.markdown("\n".join(f"- {as_plain_text(line)}" for line in lines))


def make_room_for_notices() -> None:
    """Have this page's notices stand here, whichever part of it gives them."""
    st.session_state[keys.NOTICES] = st.container()


def notice(text: str) -> None:
    """A short word about something that was left out, told once at the top of a page."""
    shown = text if len(text) <= LONGEST_NOTICE else text[:LONGEST_NOTICE] + "…"
    top = st.session_state.get(keys.NOTICES, st)
    top.info(as_plain_text(shown), icon=":material/info:")


# What went wrong, or was done ---------------------------------------------------------------------


def show_error(reader: Reader, error: WhoDecidesError, *, is_readers_own: bool = False) -> None:
    """Show what went wrong and what to do next; what the store says is for its editors alone.

    The log tells of the store and settings as well, but of no file that is the reader's own.
    """
    is_operators = isinstance(error, SetupError | StorageError) and not is_readers_own
    if is_operators and not error.is_logged:
        error.is_logged = True
        _log_once(error.log_text, int(time.monotonic() // 60))
    if isinstance(error, StorageError) and not st.session_state.get(keys.MAY_EDIT):
        error = StorageError(
            template(
                "the server could not read this for certain; try again later, and where that does "
                "not help tell the person who sent you the link"
            )
            if only_reads()
            else template(
                "the server could not store or read this for certain; what you filled in stays "
                "here: try again, and where that does not help tell the person who invited you"
            )
        )
    st.error(as_plain_text(reader.edition.words.error(error)), icon=":material/error:")


@kept(at_most=64)
def _log_once(text: str, minute: int) -> None:
    """Log it once a minute: parts of pages that rerun alone tell it each second anew."""
    LOG.error("a page told: %s", text)


def only_reads() -> bool:
    """Whether this page and its visitor's link are for reading: nothing can have been filled in."""
    page, *_ = st.session_state.get(keys.VIEW, ("",))
    return bool(st.session_state.get(keys.LINK)) and not page.startswith("pages/check/")


def show_refusal(reader: Reader, refusals: Mapping[str, WhoDecidesError], field: str) -> None:
    """Why what stands in a field is refused, right under it."""
    if field in refusals:
        show_error(reader, refusals[field])


def lead_to_outcome(within: str = "") -> None:
    """Right after a deed: what it came to comes into view, with the focus.

    That is the first thing told within what has a key, or else the first refusal on the page.
    """
    with st.container():  # always there, or the next run draws anew the button that is pressed
        if occasion := st.session_state.pop(keys.OUTCOME, None):
            refusal = "[data-testid=stAlertContainer]:has([data-testid=stAlertContentError])"
            selector = f".st-key-{within} [data-testid=stAlertContainer]" if within else refusal
            take_focus(selector, occasion=occasion, block="center")


def show_message_once(reader: Reader) -> None:
    """What the last action did, or why it failed, but where its button shows that; once.

    A page has one place for it: where this run has told something else there, the next one tells.
    """
    if _is_drawn(keys.MESSAGE):
        return
    show_message(reader)
    if not isinstance(st.session_state.get(keys.MESSAGE), _Failure):
        st.session_state.pop(keys.MESSAGE, None)


def _is_drawn(key: str) -> bool:
    """Whether this run has drawn what has a key."""
    context = get_script_run_ctx()
    return bool(context and key in context.shared.widget_user_keys_this_run)


def show_message(reader: Reader) -> None:
    """What the last action did, at every run until the next click: for parts that rerun alone."""
    message = st.session_state.get(keys.MESSAGE)
    if not isinstance(message, WhoDecidesError | str):
        return
    with st.container(key=keys.MESSAGE):
        if isinstance(message, WhoDecidesError):
            show_error(reader, message)
        else:
            st.success(as_plain_text(message), icon=":material/check:")
        lead_to_outcome(keys.MESSAGE)


def show_lost_failure(reader: Reader) -> None:
    """At a page's end: why a deed failed whose button, which would show that, is not there."""
    failure = st.session_state.get(keys.MESSAGE)
    if isinstance(failure, _Failure):
        st.session_state[keys.MESSAGE] = None if failure.is_shown else failure.error
        show_message_once(reader)
    st.session_state.pop(keys.OUTCOME, None)


def show_failure_without_button(reader: Reader) -> None:
    """Why the last deed failed whose button is gone: at the end of a part that reruns alone.

    It is shown at every run until the next click; what only a form lacked goes with that.
    """
    failure = st.session_state.get(keys.MESSAGE)
    if not isinstance(failure, _Failure) or _is_drawn(keys.failure(failure.key)):
        return
    if isinstance(failure.error, Refused) and not failure.error.names_subject:
        del st.session_state[keys.MESSAGE]
    else:
        failure.show(reader)


@contextmanager
def showing_errors(reader: Reader, *, is_readers_own: bool = False) -> Iterator[None]:
    """Show an error of this project where it happens; anything else is a bug and is seen.

    What `is_readers_own` is in no log.
    """
    try:
        yield
    except WhoDecidesError as error:
        show_error(reader, error, is_readers_own=is_readers_own)


@contextmanager
def telling_failure(key: str = keys.MESSAGE) -> Iterator[None]:
    """Keep an error for the page that follows, which tells it atop or by `key`: for callbacks."""
    with catching_failure(partial(st.session_state.__setitem__, key)):
        yield


@contextmanager
def catching_failure(tell: Callable[[WhoDecidesError], object]) -> Iterator[None]:
    """Give an error to what tells it, or raises it to the button: for callbacks."""
    try:
        yield
    except WhoDecidesError as error:
        _count_failed_press(error)
        tell(error)


def _count_failed_press(error: WhoDecidesError) -> None:
    """Say what the second half of a double click comes to whose first half failed.

    The button that met a conflict gives way to a new one, which may go ahead: that half replaces
    and deletes nothing unseen. Where the store was out of reach it may try again.
    """
    state = st.session_state
    key, presses = state.get(keys.PRESSED, ("", 0))
    if isinstance(error, Conflict):
        state.setdefault(keys.CONFLICTS, {})[key] = presses
    if isinstance(error, StorageError):
        state.setdefault(keys.PRESSES, Counter())[key] = presses - 1


def note_outcome() -> None:
    """Have the page that follows lead to where it tells what a deed came to."""
    st.session_state[keys.OUTCOME] = uuid4().hex


@dataclass(slots=True)
class _Failure:
    """Why the deed of a button failed which shows that itself, unless it has gone."""

    key: str
    error: WhoDecidesError
    is_shown: bool = False

    def show(self, reader: Reader) -> None:
        self.is_shown = True
        with st.container(key=keys.failure(self.key)):
            show_error(reader, self.error)
            lead_to_outcome(keys.failure(self.key))


def button(
    label: str,
    deed: Callable[[*Given], object],
    *given: *Given,
    key: str,
    icon: str = "",
    look: Look = "secondary",
    done: str = "",
    shows_failure: bool = False,
    **further: Any,
) -> None:
    """A button that does a deed; why it failed is told, or that it is `done`, where that says so.

    That is at the top of the page, or right under a button that `shows_failure` itself. `icon` is
    the name of one of Google's Material Symbols; `further` are options of `st.button`.
    """
    state = st.session_state
    presses, conflict = state.setdefault(keys.PRESSES, Counter()), state.get(keys.CONFLICTS, {})
    st.button(
        label,
        type=look,
        icon=f":material/{icon}:" if icon else None,
        key=f"{key}-{conflict[key]}" if key in conflict else key,
        on_click=_do,
        args=(deed, given, done, key, presses, presses[key], shows_failure),
        **further,
    )
    failure = state.get(keys.MESSAGE)
    if isinstance(failure, _Failure) and failure.key == key:
        failure.show(current_reader())


def _do(
    deed: Callable[..., object],
    given: tuple[object, ...],
    done: str,
    key: str,
    presses: Counter[str],
    before: int,
    shows_failure: bool,
) -> None:
    state = st.session_state
    # Of a double click. What leads to a step leads there again, since the fields of the step before
    # come with it, the one that says which step it is among them.
    is_second_half = before != presses[key] and not key.startswith(keys.move(""))
    # A session may be emptied since the button was drawn, and in part, while a run of it ends.
    if state.get(keys.PRESSES) is not presses or (is_second_half and keys.LAST_TOLD not in state):
        note_lost_click()
        return
    if is_second_half:
        state[keys.MESSAGE], state[keys.DEED] = state[keys.LAST_TOLD]
        if keys.LAST_WAY in state:  # it broke off the run that opened the page
            page, parameters = state[keys.LAST_WAY]
            open_page(page, **parameters)
        return
    state.pop(keys.MESSAGE, None)
    state.pop(keys.LAST_WAY, None)
    presses[key] += 1
    state[keys.PRESSED] = key, before + 1
    try:
        with telling_failure():
            deed(*given)
            if done:
                state[keys.MESSAGE] = done
    finally:  # also where it leads to another page
        error = state.get(keys.MESSAGE)
        if shows_failure and isinstance(error, WhoDecidesError):
            state[keys.MESSAGE] = _Failure(key, error)
        state[keys.LAST_TOLD] = state.get(keys.MESSAGE), state.get(keys.DEED)
        if keys.MESSAGE in state:
            note_outcome()

"""Going through a check step by step: the steps, what each asks, how far one is, the way on."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial

import streamlit as st

from assessment.forms.check import quick_progress
from assessment.forms.deep_check import Progress
from assessment.model import Item
from assessment.ui.check import draft
from assessment.ui.check.fields import chosen_of, show_options
from assessment.ui.session import keys
from assessment.ui.session.look import take_focus
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_text, button

# The steps ----------------------------------------------------------------------------------------


def module_titles(reader: Reader) -> dict[str, str]:
    """The steps that ask the items of the quick check, numbered."""
    texts = reader.edition.texts.modules
    return {
        module.id: f"{number}. {texts[module.id].title}"
        for number, module in enumerate(reader.edition.framework.modules, start=1)
    }


def chosen_step(reader: Reader, titles: Mapping[str, str], *, key: str) -> str:
    """The step the person is on, at first the first one; each looks as a check does."""
    return chosen_of(reader.gettext("Steps"), list(titles), titled=titles.__getitem__, key=key)


def show_back(reader: Reader, go: Callable[..., None], *to: str | None) -> None:
    """The button that leads back; `go` is called with what it leads to."""
    button(reader.gettext("Back"), go, *to, key=_key("back", to))


def show_next(label: str, go: Callable[..., None], *to: str | None) -> None:
    """The button that leads on; `go` is called with what it leads to."""
    button(label, go, *to, key=_key("next", to), look="primary")


def _key(way: str, to: Sequence[str | None]) -> str:
    """The key of a way: pressed again before the next step is there, it leads no further."""
    return keys.move("-".join((way, *filter(None, to))))


def show_step_heading(text: str) -> None:
    """The heading of a step, in Markdown."""
    with with_focus():
        st.header(text, anchor=False)


@contextmanager
def with_focus() -> Iterator[None]:
    """What holds the heading of a step: right after a move it comes into view, with the focus."""
    step = st.session_state.pop(keys.CHECK_MOVED, None)
    with st.container(key=keys.CHECK_HEADING):
        yield
        if step:
            # Within the heading's container: the next run drops the script, and what follows would
            # be drawn anew in its place, losing the focus of whoever answers by keyboard.
            take_focus(f".st-key-{keys.CHECK_HEADING} :is(h2, h3)", occasion=step)


# What is asked ------------------------------------------------------------------------------------


def ask_items(reader: Reader, module_id: str, unasked: Mapping[str, str]) -> None:
    """The items of one step, one click each; of `unasked` ones it says which role is vacant."""
    texts, items = reader.edition.texts, reader.edition.framework.items_of(module_id)
    st.markdown(as_plain_text(texts.modules[module_id].intro))
    for scale in dict.fromkeys(item.scale for item in items):
        st.caption(as_plain_text(texts.scales[scale]))
    for item in items:
        if item.id in unasked:
            text = reader.gettext("Not asked: “{item}”. The squad's setup has no {role}.")
            sentence = text.format(
                item=reader.edition.texts.items[item.id].short,
                role=reader.edition.role(unasked[item.id]),
            )
            st.caption(as_plain_text(sentence))
        else:
            _ask_item(reader, item)


def _ask_item(reader: Reader, item: Item) -> None:
    text = reader.edition.texts.items[item.id]
    with st.container(gap="xsmall"):
        st.markdown(f"**{as_plain_text(text.question)}**")
        options = reader.edition.framework.options_by_item[item.id]
        titled = partial(reader.edition.option, item.id)
        show_options(text.question, options, titled=titled, key=keys.answer(item.id))
        if st.session_state.get(keys.CHECK_MOVED_TO_ITEM) == item.id:
            st.session_state.pop(keys.CHECK_MOVED_TO_ITEM)
            selector = f".st-key-{keys.answer(item.id)}"
            take_focus(selector, occasion=f"item-{item.id}", block="center")


# How far one is -----------------------------------------------------------------------------------


def show_quick_progress(reader: Reader, unasked: Mapping[str, str]) -> None:
    """How much of the quick check is answered, of what is asked."""
    show_progress(
        reader, quick_progress(reader.edition.framework, draft.answers(), unasked=unasked)
    )


def show_progress(reader: Reader, *parts: Progress) -> None:
    """How much is answered of all these together in words; “I don't know” fills the bar too."""
    met = sum(part.answered + part.unknown for part in parts)
    text = progress_text(reader, *parts)
    st.progress(met / sum(part.asked for part in parts), text=text)


def progress_text(reader: Reader, *parts: Progress) -> str:
    """How much is answered, in words; “I don't know”, which is no answer, is told beside it."""
    unknown = sum(part.unknown for part in parts)
    answered = sum(part.answered for part in parts)
    words, asked = reader.edition.words, sum(part.asked for part in parts)
    text = words.counted_alike(
        "{answered} of {items} answered", answered, answered=answered, items=asked
    )
    unsure = words.counted_alike("{count} “I don't know”", unknown)
    return f"{text}, {unsure}" if unknown else text

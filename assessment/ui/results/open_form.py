"""What the forms on a squad's page share: who may fill one in, its fields, and what was done."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import streamlit as st

from assessment.errors import Conflict, Private, Refused, WhoDecidesError, template
from assessment.scoring.seats import Seating, setup_in_force
from assessment.ui.guard.stored import visible_records
from assessment.ui.guard.visitor import current_rights
from assessment.ui.session.look import take_focus
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_text

TEN_YEARS = timedelta(days=3653)


def may_write(squad: str) -> bool:
    """Whether this visitor may write down what a squad decides; a draft is no squad's yet."""
    return bool(squad) and current_rights().may_edit


def seating_today(reader: Reader, squad: str) -> Seating:
    """Who sits where in a squad today."""
    setup = setup_in_force(visible_records().setups, squad, reader.today)
    return Seating(reader.edition.framework, setup)


def not_stored(written: Iterable[str], error: Conflict) -> WhoDecidesError:
    """The error, with the texts that would be lost with the form, or under what stands by now."""
    text = " · ".join(filter(None, written))
    if not text:
        return error
    return Refused(template("{reason}. You wrote “{text}”"), text=Private(text), reason=error)


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of one form on the page, by name; `key` gives the key of the widget of each."""

    names: Sequence[str]
    key: Callable[[str], str]

    def begin(self, proposal: Callable[[str], object]) -> None:
        """Have each begin with what is proposed for it."""
        for name in self.names:
            st.session_state[self.key(name)] = proposal(name)

    def forget(self) -> None:
        """Keep nothing that was filled in."""
        for name in self.names:
            st.session_state.pop(self.key(name), None)

    def filled(self, *, texts: Sequence[str]) -> dict[str, Any]:
        """What they hold by now; nothing written in one of the `texts` is an empty text."""
        values = {name: st.session_state.get(self.key(name)) for name in self.names}
        return values | {name: values[name] or "" for name in texts}

    def written(self, texts: Sequence[str], proposal: object) -> list[str]:
        """What was written in these texts, where it is not what was proposed."""
        filled = self.filled(texts=texts)
        return [filled[name] for name in texts if filled[name] != getattr(proposal, name)]


def show_day(reader: Reader, label: str, key: str, *near: date) -> None:
    """A day that may stay empty.

    Its limits are wide, around today and days `near`: what lies outside would be taken for no day
    at all, without a word.
    """
    days = (reader.today, *near, st.session_state.get(key) or reader.today)
    st.date_input(
        label,
        value=None,
        min_value=min(days) - TEN_YEARS,
        max_value=max(days) + TEN_YEARS,
        format="DD/MM/YYYY",
        key=key,
        persist_state="session",
    )


def tell_done(text: str, *, key: str) -> None:
    """What was done, with the focus: the button that did it has gone."""
    with st.container(key=key):
        st.success(as_plain_text(text), icon=":material/check:")
        take_focus(f".st-key-{key} [data-testid=stAlertContainer]", occasion=key, block="nearest")

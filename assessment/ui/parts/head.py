"""The head of a page about one thing: its name, what it says, what to choose, one menu."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assessment.model.period import Period
from assessment.ui.guard.stored import history, visible_released_records
from assessment.ui.guard.visitor import current_rights
from assessment.ui.parts import sample
from assessment.ui.session import keys, page_files
from assessment.ui.session.reader import Reader, current_reader
from assessment.ui.session.saying import as_plain_text, button
from assessment.ui.session.ways import open_page

_ROW: dict[str, Any] = {
    "horizontal": True,
    "horizontal_alignment": "right",
    "vertical_alignment": "bottom",
    "gap": "xsmall",
}

LONG_NAME = 24  # characters of a name that stands in the head in its full size


@dataclass(frozen=True, slots=True)
class Head:
    """The places of a page's head, laid out before what stands in them is known.

    On a wide screen name and choices are one row, the caption a line below it; on a phone the name,
    the caption, then one row of choices. `selectors` is a row for widgets of `url_choices`, which
    know their widths; `menu` comes last in it.
    """

    name: DeltaGenerator
    caption: DeltaGenerator
    selectors: DeltaGenerator
    menu_place: DeltaGenerator

    def show_name(self, name: str, *, caption: str = "", badge: str | None = None) -> None:
        """The name as the page's h1, with the mark of sample data, where there is one.

        `caption` is the line below; what else stands there, a button for one, is put into
        `self.caption`, a row.
        """
        is_long, lines = len(name) > LONG_NAME, [as_plain_text(caption)] if caption else []
        key = keys.HEAD_LONG_NAME if is_long else keys.HEAD_NAME
        with self.name.container(
            key=key, horizontal=True, vertical_alignment="center", gap="xsmall"
        ):
            st.title(as_plain_text(name), anchor=False, width="content")
            if badge and not is_long:
                sample.show_badge(badge)
        if badge and is_long:
            lines.insert(0, sample.badge_text(badge))
        if lines:
            self.caption.caption(" ".join(lines), width="content")

    @contextmanager
    def menu(
        self, reader: Reader, squads: Sequence[str], period: Period | None = None
    ) -> Iterator[None]:
        """The one menu of what can be sent or taken away; editors begin a link to squads there."""
        with (
            self.menu_place,
            st.popover(
                reader.gettext("Share and export"), icon=":material/ios_share:", key=keys.HEAD_MENU
            ),
        ):
            if current_rights().may_edit:
                label = reader.gettext("Share by a link…")
                button(label, _begin_link, squads, period, key=keys.HEAD_SHARE, icon="add_link")
            yield


def _begin_link(squads: Sequence[str], period: Period | None) -> None:
    """Share some squads; at one period alone where a link shows it and would open on another."""
    released = visible_released_records()
    is_shown = period is not None and period in history(released, period.by).periods(squads)
    opens_on = history(released, "month").opening_period(squads, today=current_reader().today)
    st.session_state[keys.SHARING_SQUADS] = list(squads)
    st.session_state[keys.SHARING_PERIOD] = str(period) if is_shown and period != opens_on else ""
    open_page(page_files.SHARING)


def page_head() -> Head:
    """The head of this page, its places still empty: first thing a page draws."""
    with st.container(key=keys.HEAD, gap="xsmall"):
        name = st.container()
        caption = st.container(
            key=keys.HEAD_CAPTION, horizontal=True, vertical_alignment="center", gap="xsmall"
        )
        with st.container(key=keys.HEAD_CHOICES, **_ROW):
            selectors = st.container(**_ROW)
            menu_place = st.container(width="content")
    return Head(name=name, caption=caption, selectors=selectors, menu_place=menu_place)

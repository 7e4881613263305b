"""Who reads: language, theme and today, found anew at every run."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from assessment.charts.style import Style
from assessment.content.edition import Edition, edition_for
from assessment.languages import DEFAULT
from assessment.ui.session import keys


@dataclass(frozen=True, slots=True)
class Reader:
    """What a page needs to know of the person in front of it."""

    edition: Edition
    style: Style

    @property
    def now(self) -> datetime:
        """The moment, as the reader's clock tells it."""
        return datetime.now(self.edition.zone)

    @property
    def today(self) -> date:
        """The reader's day."""
        return self.now.date()

    def day_of(self, moment: datetime) -> date:
        """The reader's day at a moment."""
        return self.edition.day_of(moment)

    @property
    def version(self) -> Hashable:
        """Equal for readers who read the same words and days."""
        return self.language, self.edition.zone, self.today

    @property
    def language(self) -> str:
        """The reader's language."""
        return self.edition.words.language

    def gettext(self, message: str, /, **fields: object) -> str:
        """A message in the reader's language, its fields filled in as the language writes them."""
        return self.edition.words.gettext(message, **fields)

    def counted(self, one: str, many: str, count: int, /, **fields: object) -> str:
        """A message in the plural form that `count` asks for, with it and its other fields."""
        return self.edition.words.counted(one, many, count, **fields)


def current_reader() -> Reader:
    """The reader of this run."""
    return Reader(
        edition=edition_for(st.session_state.get(keys.LANGUAGE, DEFAULT), _zone()),
        style=Style(dark=st.context.theme.type == "dark"),
    )


def _zone() -> tzinfo:
    """Where the reader's browser says it is; a browser may say anything."""
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC

"""Where a room is: told by the address alone, so that a reload comes back to the same screen."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import streamlit as st

from assessment.errors import Refused, WhoDecidesError, template
from assessment.rounds.room import PLANS, talk_id
from assessment.ui.guard.room import talk_about
from assessment.ui.session import address, browser_memory, keys

STEPS = ("gather", "headline", "walk", "close", "end")
DEEDS = ("agree", "change", "act")
USUAL_MINUTES = 45
_HOURS_KNOWN = 24
_HOURS_MEETING = 4


@dataclass(frozen=True, slots=True)
class Place:
    """The screen a room shows; whatever the address says that is none of it counts as not said.

    `topic` is talked about in the step `walk`, `deed` is what is done about it; `topics` are those
    the room chose, None before it chose; `ring` is when the minutes of a topic began. The plan has
    so many `minutes`, and the room `began` when it was opened; None where that is long ago.
    """

    survey: UUID | None
    step: str | None
    topic: str
    deed: str
    topics: tuple[str, ...] | None
    ring: datetime | None
    minutes: int
    began: datetime | None


def current() -> Place:
    """The screen that the address names."""
    address.take_up_choice()
    params = st.query_params
    step, deed, minutes = (params.get(name, "") for name in ("step", "do", "minutes"))
    return Place(
        survey=_uuid(params.get("survey", "")),
        step=step if step in STEPS else None,
        topic=params.get("topic", ""),
        deed=deed if deed in DEEDS else "",
        topics=tuple(params.get_all("walk")) if "walk" in params else None,
        ring=_moment(params.get("ring", ""), hours=_HOURS_KNOWN),
        minutes=int(minutes) if minutes in map(str, PLANS) else USUAL_MINUTES,
        began=_moment(params.get("began", ""), hours=_HOURS_MEETING),
    )


def go(step: str, topic: str = "", deed: str = "") -> None:
    """Show another screen, and the phones its topic; the minutes of a topic begin with it.

    That phones could not be told is said as such: what led to the screen is done.
    """
    survey_id = current().survey
    same = topic == st.query_params.get("topic")
    ring = st.query_params.get("ring") if same else _now_stamp()
    address.write(
        step=step,
        topic=topic or None,
        do=deed or None,
        ring=ring if topic else None,
        began=_begun(),
    )
    if survey_id:
        try:
            talk_about(survey_id, talk_id(topic) if step == "walk" and topic else None)
        except WhoDecidesError as error:
            text = template("the phones stay where they were: {reason}")
            raise Refused(text, reason=error) from error


def begin() -> None:
    """Count the minutes of the room from now on, unless they are counted."""
    address.write(began=_begun())


def remember(at: Place) -> None:
    """Have this browser know the plan when the room is opened again: how long, and since when."""
    began = int(at.began.timestamp()) if at.began else ""
    browser_memory.remember(
        f"room {at.survey}",
        f"{at.minutes} {began}",
        version="1",
        asking=at.survey not in st.session_state.get(keys.ROOMS_RESUMED, ()),
        on_kept=_resume,
    )


def _resume() -> None:
    """Go on with the plan that the browser kept; one that the address tells counts before it."""
    at, kept = current(), browser_memory.from_browser().text
    st.session_state.setdefault(keys.ROOMS_RESUMED, set()).add(at.survey)
    minutes, _space, began = str(kept).partition(" ")
    if "minutes" not in st.query_params and minutes in map(str, PLANS):
        address.write(
            minutes=minutes, began=began if _moment(began, hours=_HOURS_MEETING) else _begun()
        )


def choose_minutes() -> None:
    """Plan with the minutes that are chosen, and with the topics that are suggested for them."""
    minutes = st.session_state.get(keys.ROOM_MINUTES) or current().minutes
    address.write(minutes=str(minutes), walk=None)


def _begun() -> str | None:
    return st.query_params.get("began") if current().began else _now_stamp()


def _now_stamp() -> str:
    """The moment that it is, as the address tells it."""
    return str(int(datetime.now(UTC).timestamp()))


def choose(topics: Collection[str]) -> None:
    """Keep which topics the room wants to talk about; `-` in the address stands for none."""
    address.write(walk=list(topics) or ["-"])


def stop_ring() -> None:
    """Stop the minutes of a topic."""
    address.write(ring=None)


def turn_ring() -> None:
    """Start the minutes of a topic, or stop them."""
    address.write(ring=None if current().ring else _now_stamp())


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _moment(text: str, *, hours: int) -> datetime | None:
    """When something began, if that was within so many hours: an address may say anything."""
    if not (text.isascii() and text.isdigit()):
        return None
    gone = datetime.now(UTC).timestamp() - int(text[:12])
    return datetime.fromtimestamp(int(text[:12]), UTC) if 0 <= gone < 3600 * hours else None

"""Where a room is: told by the address alone, so that a reload comes back to the same screen."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import streamlit as st

from assessment.ui.session import address

STEPS = ("gather", "headline", "walk", "close")
DEEDS = ("agree", "act")
_SECONDS_KNOWN = 86_400


@dataclass(frozen=True, slots=True)
class Place:
    """The screen a room shows; whatever the address says that is none of it counts as not said.

    `topic` is talked about in the step `walk`, `deed` is what is done about it; `topics` are those
    the room chose, None before it chose; `ring` is when the minutes of a topic began.
    """

    survey: UUID | None
    step: str | None
    topic: str
    deed: str
    topics: tuple[str, ...] | None
    ring: datetime | None


def place() -> Place:
    """The screen that the address names."""
    params = st.query_params
    step, deed = params.get("step"), params.get("do", "")
    return Place(
        survey=_uuid(params.get("survey", "")),
        step=step if step in STEPS else None,
        topic=params.get("topic", ""),
        deed=deed if deed in DEEDS else "",
        topics=tuple(params.get_all("walk")) if "walk" in params else None,
        ring=_moment(params.get("ring", "")),
    )


def go(step: str, *, topic: str = "", deed: str = "") -> None:
    """Show another screen; the ring ends with the topic it was for."""
    same = topic and topic == st.query_params.get("topic")
    ring = st.query_params.get("ring") if same else None
    address.write(step=step, topic=topic or None, do=deed or None, ring=ring)


def choose(topics: Collection[str]) -> None:
    """Keep what the room wants to talk about; a sign stands for nothing at all."""
    address.write(walk=list(topics) or ["-"])


def turn_ring() -> None:
    """Start the minutes of a topic, or stop them."""
    running = "ring" in st.query_params
    address.write(ring=None if running else str(int(datetime.now(UTC).timestamp())))


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    """When a ring began, if that was within a day: an address may say anything."""
    now = datetime.now(UTC).timestamp()
    if not (text.isascii() and text.isdigit()) or not 0 <= now - int(text[:12]) < _SECONDS_KNOWN:
        return None
    return datetime.fromtimestamp(int(text[:12]), UTC)

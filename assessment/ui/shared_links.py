"""Where links are kept; the one place that knows, so that it can change in a few lines."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import streamlit as st

from assessment.links import Link


def links() -> tuple[Link, ...]:
    """Every link there is, ended ones included, in the order they were made."""
    return tuple(_kept().values())


def keep(link: Link) -> None:
    """Keep a new link."""
    _kept()[link.link_id] = link


def revoke(link_id: UUID, *, now: datetime) -> None:
    """Switch a link off for good; one that is gone or already off stays as it is."""
    kept = _kept()
    if link_id in kept:
        kept[link_id] = kept[link_id].revoked(now)


@st.cache_resource(show_spinner=False)
def _kept() -> dict[UUID, Link]:
    return {}

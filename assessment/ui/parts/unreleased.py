"""That a session is not released: to its squad's editors who see it, and to those who do not."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from assessment.access.release import unreleased
from assessment.model import name_key
from assessment.ui.guard.stored import visible_records
from assessment.ui.guard.visitor import current_rights
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_text
from assessment.wording.surveys import seen_before_release, withheld

MOST = 3
"""Sessions that are told one by one."""


def show_unreleased(
    reader: Reader, squads: Collection[str] = (), *, for_leadership: bool = False
) -> None:
    """That sessions of these squads, or of any, are not released; on leadership's page to all."""
    names = {name_key(squad) for squad in squads}
    held = [
        survey
        for survey in unreleased(visible_records().surveys)
        if not names or survey.squad_key in names
    ]
    sees = current_rights().may_edit and not for_leadership
    latest = sorted(held, key=lambda survey: survey.opened_on, reverse=True)[:MOST]
    sentence = seen_before_release if sees else withheld
    for survey in latest:
        text = as_plain_text(sentence(reader.edition, survey))
        st.caption(f":material/lock_clock: {text}")

"""Sessions that are not shown: those not released, and those that too few answered."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

import streamlit as st

from assessment.access.invitations import without_result
from assessment.access.release import unreleased
from assessment.content.edition import Edition
from assessment.model import Survey, name_key
from assessment.model.period import Period
from assessment.ui.guard.stored import visible_records
from assessment.ui.guard.visitor import current_rights
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_text
from assessment.wording.surveys import seen_before_release, too_few, withheld

MOST = 3
"""Sessions that are told one by one."""


def show_unreleased(
    reader: Reader, squads: Collection[str] = (), *, for_leadership: bool = False
) -> None:
    """That sessions of these squads, or of any, are not released; on leadership's page to all."""
    stored = visible_records()
    names = {name_key(squad) for squad in squads}
    held = [
        survey for survey in unreleased(stored.surveys) if not names or survey.squad_key in names
    ]
    if current_rights().may_edit and not for_leadership:
        few = without_result(held, stored.assessments)
        seen = [survey for survey in held if survey not in few]
        _show_latest(reader, seen, seen_before_release)
    else:
        _show_latest(reader, held, withheld)


def show_too_few(
    reader: Reader,
    squads: Collection[str],
    *,
    period: Period | None = None,
    for_leadership: bool = False,
) -> None:
    """That too few answered sessions of these squads, in a period or ever, to show a result."""
    stored, names = visible_records(), {name_key(squad) for squad in squads}
    sees = current_rights().may_edit and not for_leadership
    few = [
        survey
        for survey in without_result(stored.surveys, stored.assessments)
        if survey.squad_key in names and (sees or survey.is_released)
        if period is None or Period.of(survey.opened_on, period.by) == period
    ]
    _show_latest(reader, few, too_few)


def _show_latest(
    reader: Reader,
    surveys: Iterable[Survey],
    sentence: Callable[[Edition, Survey], str],
) -> None:
    for survey in sorted(surveys, key=lambda survey: survey.opened_on, reverse=True)[:MOST]:
        text = as_plain_text(sentence(reader.edition, survey))
        st.caption(f":material/lock_clock: {text}")

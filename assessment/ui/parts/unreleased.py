"""Sessions that are not shown: those not released, and those that too few answered."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence

import streamlit as st

from assessment.access.invitations import without_result
from assessment.access.release import unreleased
from assessment.content.edition import Edition
from assessment.model import Survey, name_key
from assessment.model.period import Period
from assessment.storage.protocol import Stored
from assessment.ui.guard.stored import visible_records
from assessment.ui.guard.surveys import stage_now
from assessment.ui.guard.visitor import current_rights
from assessment.ui.session.kept import kept
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_text
from assessment.wording.surveys import seen_before_release, to_be_revealed, too_few, withheld

MOST = 3  # sessions that are told one by one


def show_unreleased(
    reader: Reader, squads: Collection[str] = (), *, for_leadership: bool = False
) -> None:
    """That sessions of these squads, or of any, are not released; on leadership's page to all."""
    stored = visible_records()
    names = {name_key(squad) for squad in squads}
    surveys = [
        survey for survey in unreleased(stored.surveys) if not names or survey.squad_key in names
    ]
    if current_rights().may_edit and not for_leadership:
        empty = _without_result(stored)
        shown = [survey for survey in surveys if survey not in empty]
        _show(_latest(reader, shown, seen_before_release))
    else:
        _show(_latest(reader, surveys, withheld))


def show_too_few(
    reader: Reader,
    squads: Collection[str],
    *,
    period: Period | None = None,
    for_leadership: bool = False,
) -> None:
    """That too few answered sessions of these squads, in a period or ever, to show a result."""
    _show(too_few_in(reader, squads, period, for_leadership=for_leadership))


def too_few_in(
    reader: Reader, squads: Collection[str], period: Period | None, *, for_leadership: bool = False
) -> Sequence[str]:
    """That too few answered these squads' sessions, a sentence each of the latest three."""
    stored, names = visible_records(), {name_key(squad) for squad in squads}
    sees_unreleased = current_rights().may_edit and not for_leadership
    surveys = [
        survey
        for survey in _without_result(stored)
        if survey.squad_key in names and (sees_unreleased or survey.is_released)
        if period is None or Period.of(survey.opened_on, period.by) == period
    ]
    return _latest(reader, surveys, too_few)


def sessions_without_result(reader: Reader, squad: str) -> Sequence[str]:
    """Why nothing is shown of a squad's sessions, of those this reader knows; a sentence each."""
    stored = visible_records()
    surveys = [survey for survey in stored.surveys if survey.squad_key == name_key(squad)]
    if not current_rights().may_edit:
        return _latest(reader, unreleased(surveys), withheld)
    few = [survey for survey in _without_result(stored) if survey in surveys]
    to_reveal = [survey for survey in surveys if not survey.revealed_at]
    return (*_latest(reader, to_reveal, _to_be_revealed), *_latest(reader, few, too_few))


def _to_be_revealed(edition: Edition, survey: Survey) -> str:
    return to_be_revealed(edition, survey, takes_answers=stage_now(survey) == "gathering")


@kept(at_most=8)
def _without_result(stored: Stored) -> tuple[Survey, ...]:
    return without_result(stored.surveys, stored.assessments)


def _latest(
    reader: Reader, surveys: Iterable[Survey], sentence: Callable[[Edition, Survey], str]
) -> Sequence[str]:
    """A sentence for each of the latest, once for all of a day, and how many more there are."""
    latest = sorted(surveys, key=lambda survey: survey.opened_on, reverse=True)
    counts = Counter(sentence(reader.edition, survey) for survey in latest).items()
    on_same_day = reader.gettext("{sentence} ({count} sessions on that day)")
    sentences = [
        on_same_day.format(sentence=text, count=count) if count > 1 else text
        for text, count in [*counts][:MOST]
    ]
    if more := sum(count for _text, count in [*counts][MOST:]):
        sentences.append(
            reader.counted("… and {count} more session.", "… and {count} more sessions.", more)
        )
    return sentences


def _show(sentences: Iterable[str]) -> None:
    for text in sentences:
        st.caption(f":material/lock_clock: {as_plain_text(text)}")

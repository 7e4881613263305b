"""A file of a session that its squad has not released says so, whoever it is passed on to."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any
from zipfile import ZipFile

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from assessment.access.invitations import revealed
from assessment.access.release import released
from assessment.content.edition import edition_in
from assessment.reports.decision_files import calendar_file, charter_pdf, records_zip
from assessment.reports.formats import FORMATS, Kind, document
from assessment.rounds.history import History
from assessment.rounds.results import result_of
from assessment.rounds.room_records import RoomRecords
from assessment.wording.briefing import SquadPart, squad_briefing
from assessment.wording.decision_records import chat_lines
from assessment.wording.room import taken_away
from tests.builders import agreement, confirmation, deep_assessment, gathering
from tests.deep_examples import ARTICLE_A, following
from tests.examples import HALF
from tests.reports.briefings import FRAMEWORK, IN_EVERY_LANGUAGE, NOVEMBER, TODAY
from tests.reports.reading import text_of

MARK = {"en": "Not released yet", "fr": "Pas encore diffusée"}
LANGUAGES = pytest.mark.parametrize("language", list(MARK))


@cache
def session(language: str, *, is_released: bool = False) -> SquadPart:
    """What three voices of Atlas said in a session that was revealed to them."""
    survey = gathering(privacy="open", depth="deep", opened_on=TODAY, closes_on=TODAY)
    survey = revealed(survey, voices=3, now=survey.saved_at + timedelta(days=1))
    survey = released(survey) if is_released else survey
    deep = {"deciders": following(ARTICLE_A)}
    voices = [
        deep_assessment(answers=HALF, deep=deep, gathering=survey.id, assessed_on=TODAY)
        for _ in range(3)
    ]
    history = History(FRAMEWORK, voices, "month", surveys=[survey])
    made = agreement(agreed_on=TODAY)
    yes = [
        confirmation(agreement_id=made.id, role=role, saved_at=survey.saved_at)
        for role in ("po", "tl")
    ]
    history = history.reading([made], yes)
    return SquadPart(edition_in(language), result_of(history, "Atlas", NOVEMBER), TODAY)


@IN_EVERY_LANGUAGE
@pytest.mark.parametrize("kind", list(FORMATS))
def test_each_document_says_that_a_session_is_not_released(kind: Kind, language: str) -> None:
    for is_released in (False, True):
        part = session(language, is_released=is_released)
        briefing = squad_briefing(part.edition, part.result, today=TODAY)
        text = text_of(document(kind, briefing), FORMATS[kind].ending)
        assert (MARK[language] in text) is not is_released


@IN_EVERY_LANGUAGE
def test_the_lines_for_a_chat_say_it(language: str) -> None:
    assert chat_lines(session(language))[0].endswith(MARK[language])


@IN_EVERY_LANGUAGE
def test_the_charter_and_each_record_say_it(language: str) -> None:
    part = session(language)
    assert MARK[language] in text_of(charter_pdf(part), "pdf")
    with ZipFile(io.BytesIO(records_zip(part))) as archive:
        texts = [archive.read(name).decode() for name in archive.namelist()]
    assert [MARK[language] in text for text in texts] == [True, True]


@IN_EVERY_LANGUAGE
def test_each_day_to_keep_says_it(language: str) -> None:
    for is_released in (False, True):
        part = session(language, is_released=is_released)
        entries = Calendar.from_ical(calendar_file(part)).walk("VEVENT")
        texts = [str(entry["description"]) for entry in entries]
        assert texts
        assert [MARK[language] in text for text in texts] == [not is_released] * len(texts)


@IN_EVERY_LANGUAGE
def test_each_row_of_a_workbook_says_it(language: str) -> None:
    part = session(language)
    briefing = squad_briefing(part.edition, part.result, today=TODAY)
    book = load_workbook(io.BytesIO(document("workbook", briefing)))
    levels = list(book[part.edition.words.gettext("Levels")].iter_rows(values_only=True))
    assert {row[-1] for row in levels[1:]} == {MARK[language]}


@IN_EVERY_LANGUAGE
@pytest.mark.parametrize("is_released", [False, True])
def test_what_a_phone_takes_away_says_it(language: str, is_released: bool) -> None:
    shown = session(language, is_released=is_released)
    survey = shown.result.round.survey
    assert survey
    records = RoomRecords(FRAMEWORK, survey, voices=3, cast={}, now=survey.saved_at)
    first, *_ = taken_away(shown.edition, records)
    assert first.endswith(MARK[language]) is not is_released


@pytest.mark.parametrize("earlier", ["before", "deep_before", "beside"])
def test_what_compares_with_a_session_that_is_not_released_says_it(earlier: str) -> None:
    shown, compared = session("en", is_released=True), session("en").result.round
    over: Any = {earlier: (compared,) if earlier == "beside" else compared}
    assert shown.mark is None
    assert replace(shown, result=replace(shown.result, **over)).mark == MARK["en"]


def test_tables_for_other_programs_say_it_in_a_column() -> None:
    part = session("en")
    assert part.deep is not None
    assert set(part.exported_levels()["released"]) == {"no"}
    assert set(part.deep.exported_deciders()["released"]) == {"no"}
    assert set(session("en", is_released=True).exported_levels()["released"]) == {"yes"}

"""The squad page and its document say the same: neither puts anything into words on its own."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from streamlit.testing.v1 import AppTest

from assessment.charts.style import Style
from assessment.content.edition import Edition, edition_in
from assessment.content.loading import shipped_framework
from assessment.exchange.sample import sample_records
from assessment.languages import LANGUAGES
from assessment.model import Assessment
from assessment.reports.pdf import pdf
from assessment.reports.slides.deck import slides
from assessment.reports.web_page import web_page
from assessment.reports.workbook.book import briefing_workbook
from assessment.rounds.history import History
from assessment.rounds.results import Result, result_of
from assessment.ui.results.sections import sections
from assessment.ui.session import page_files
from assessment.ui.session.reader import Reader
from assessment.wording.briefing import Briefing, SquadPart, squad_briefing
from tests.builders import action, assessment
from tests.examples import HALF
from tests.pages.app import app_on, elements_of, store_of
from tests.reports.briefings import IN_EVERY_LANGUAGE, NOVEMBER, sample

SQUADS = sorted({record.squad for record in sample_records() if isinstance(record, Assessment)})

NOT_TEXT = {"kind", "drawn", "in_words", "map", "alt_map", "fill", "ink", "edge"}
"""What a document holds besides what its readers read as text."""

BLANK = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" height="9"/>'

PAGE_ONLY = (
    "Nothing is agreed yet. One sentence a decision is enough: who has the last word, who is "
    "consulted, until when.",
    "100% apart: no two voices name the same person. 0%: every voice that names anyone names the "
    "same people.",
    "To see what moved since an action, it takes a check before it and one after it.",
    "For the other actions, it takes a check before and one after to see what moved since.",
    "The deep check maps it, decision by decision, in about fifteen minutes. "
    "Take all of it or a single lens.",
    "Nobody took the deep check in this period.",
    "With a second voice you see, question by question, where you answer differently, whether "
    "the verdict holds whoever is left out, and which decisions each of you gives to somebody "
    "else.",
    "Under way",
)
"""Sentences of the page about itself: how to read a picture, where to go on."""


TABLES = (
    *("levels", "voice_spread"),
    *("deciders_map", "seat_pressures", "lens_bars", "fit_beside_maturity"),
)
"""The pictures whose tables a reader opens."""


def plain(text: str) -> str:
    """A text without Markdown's marks, on single spaces."""
    return " ".join(re.sub(r"[\\\u2060]|\*\*", "", text).split())


def screen_texts(app: AppTest, edition: Edition) -> list[str]:
    """Everything the page shows, line by line, folded parts included."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "warning", "info", "success")
    texts = [element.value for element in elements_of(app, *kinds)]
    texts += [element.label for element in elements_of(app, "expander")]
    texts += [link.proto.label for link in app.get("page_link")]
    for metric in app.metric:
        texts += [edition.words.labelled(metric.label, metric.value), metric.delta]
        texts.append(metric.proto.help)
    for table in app.table:
        texts += [*table.value.columns, *table.value.to_numpy().ravel().tolist()]
    lines = (line for text in texts for line in str(text).split("\n"))
    return [plain(re.sub(r"^(- |#+ |\\\* )", "", line.strip())) for line in lines]


def file_texts(briefing_data: object, name: str = "") -> Iterator[str]:
    """Every text in what a document is set from."""
    if isinstance(briefing_data, dict):
        for key, value in briefing_data.items():
            yield from file_texts(value, key)
    elif isinstance(briefing_data, list):
        for value in briefing_data:
            yield from file_texts(value, name)
    elif isinstance(briefing_data, str) and name not in NOT_TEXT:
        yield plain(briefing_data)


def in_document(
    edition: Edition, result: Result, today: date, patch: pytest.MonkeyPatch
) -> tuple[list[str], list[str]]:
    """The texts of a squad's PDF and its labels, as they are handed to what sets them."""
    given: list[str] = []

    def set_from(_layout: object, inputs: dict[str, str], **_options: object) -> bytes:
        given.append(inputs["briefing"])
        return b""

    patch.setattr("assessment.reports.pdf.typeset", set_from)
    patch.setattr("assessment.reports.pictures.svg", lambda *_spec, **_look: BLANK)
    pdf(squad_briefing(edition, result, today=today))
    (data,) = map(json.loads, given)
    for page in data["squads"]:
        if page["kind"] == "deep":
            del page["heading"]  # on the screen both pages are one, under one heading
    return [*file_texts(data["squads"])], [*file_texts(data["labels"])]


def other_files(take_away: Briefing) -> Iterator[list[str]]:
    """The texts of a web page, of slides' notes and of a workbook."""
    yield [html.unescape(web_page(take_away).decode())]
    deck = Presentation(io.BytesIO(slides(take_away)))
    frames = (slide.notes_slide.notes_text_frame for slide in deck.slides)
    yield [frame.text for frame in frames if frame]
    book = load_workbook(io.BytesIO(briefing_workbook(take_away)))
    rows = (row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))
    yield [str(cell) for row in rows for cell in row]


def missing(texts: Iterable[str], among: Iterable[str]) -> list[str]:
    everything = "\n".join(among)
    return [text for text in texts if text not in everything]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("squad", SQUADS)
def test_the_page_and_the_document_say_the_same(
    squad: str, language: str, seen_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = next(squad_part for squad_part in sample(language).squads if squad_part.squad == squad)
    see_alike(part, monkeypatch)


@IN_EVERY_LANGUAGE
def test_what_an_unexpected_role_decides_is_said_wherever_findings_are(
    language: str, empty_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deciders = {"impacts": ("lead",), "bets": ("po",)}
    check = assessment(answers=HALF, deep={"deciders": deciders})
    store_of(empty_store, check)
    edition, history = edition_in(language), History(shipped_framework(), [check], "month")
    take_away = squad_briefing(edition, result_of(history, "Atlas", NOVEMBER), today=date.today())  # noqa: DTZ011
    (part,) = take_away.squads
    see_alike(part, monkeypatch)

    assert part.deep
    said = [part.deep.unexpected.text, *part.deep.unexpected.behind]
    assert len(said) == 2
    assert [missing(said, texts) for texts in other_files(take_away)] == [[], [], []]


@IN_EVERY_LANGUAGE
def test_the_lever_on_the_verdicts_cause_is_told_wherever_levers_are(
    language: str, empty_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = assessment(answers=HALF | {"questions-queue": "often"})
    late = action(lever="delegate-calls", decided_on=date(2026, 9, 1), due_on=date(2026, 10, 1))
    store_of(empty_store, check, late)
    edition, history = edition_in(language), History(shipped_framework(), [check], "month")
    result = result_of(history, "Atlas", NOVEMBER, [late])
    take_away = squad_briefing(edition, result, today=date.today())  # noqa: DTZ011
    (part,) = take_away.squads
    see_alike(part, monkeypatch)

    levers = edition.texts.levers
    assert [lever.lever for lever in part.levers[3:]] == ["delegate-calls"]
    relations = [lever.relation for lever in part.levers]
    assert [not relation for relation in relations] == [True, True, True, False]
    first_step = [levers["delegate-calls"].step]
    assert [missing(first_step, texts) for texts in other_files(take_away)] == [[], [], []]


def see_alike(part: SquadPart, monkeypatch: pytest.MonkeyPatch) -> None:
    """See that a squad's page tells what its document does, and the document what the page does."""
    edition, squad = part.edition, part.squad
    language = edition.words.language
    screen = []
    for view in sections(Reader(edition, Style(dark=False))):
        address = {"squad": squad, "period": part.period, "view": view}
        app = app_on(page_files.SQUAD, language=language, tables=TABLES, **address)
        assert not app.exception
        screen += screen_texts(app, edition)
    document, labels = in_document(edition, part.result, date.today(), monkeypatch)  # noqa: DTZ011

    # A mandate's voices are named on the page and counted in the document, which is of no alias.
    voices = re.compile(r" \(\d+ \w+\)$")
    said = [voices.sub("", piece) for text in document for piece in text.split(" · ")]
    assert missing([text for text in said if not text.endswith(":")], screen) == []

    about_itself = {plain(edition.words.gettext(text).format(squad=squad)) for text in PAGE_ONLY}
    overdue = edition.words.gettext("Overdue")
    content = [
        *(part.deep.contested.behind if part.deep else ()),  # the document tells the first alone
        *([part.deep.fit_picture.alt] if part.deep and part.deep.is_mapped else ()),
        part.seats_finding,
        part.seats_key,
        *(" · ".join(filter(None, (lever.owners, lever.relation))) for lever in part.levers),
        *(
            f"{overdue} · {late.owner} · {lever.relation}"
            for late in part.late
            for lever in part.levers
        ),
        *(action.since for action in part.decided_earlier),  # folded away on the screen alone
        *(lever.text for lever in edition.texts.levers.values()),
        *(finding.meaning for finding in edition.texts.lenses.findings.values()),
        *(company.reading for company in edition.texts.lenses.companies.values()),
    ]
    sentences = [text for text in screen if text.endswith(".") and text not in about_itself]
    assert missing(sentences, [*document, *labels, *map(plain, content)]) == []

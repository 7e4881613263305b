"""The slides, read back by python-pptx, and the workbooks in their charts by openpyxl."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache, partial
from typing import Any, TypeAlias
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from pptx.presentation import Presentation as Deck
from pptx.util import Pt

from assessment.content.edition import edition_in
from assessment.content.loading import shipped_framework
from assessment.languages import bound
from assessment.reports.formats import formats_of
from assessment.reports.slides.deck import board_slides, slides
from assessment.reports.slides.slide import INNER, LEAST, TOP, fitted, width_of
from assessment.rounds.agreements import Agreements
from assessment.rounds.history import History
from assessment.rounds.results import result_of
from assessment.wording.board import WORDS_BESIDE, Board, words_in_text
from assessment.wording.briefing import Briefing, briefing_of, squad_briefing
from assessment.wording.moves import no_clear_change
from tests.builders import action, agreement, assessment, confirmation
from tests.expected import french
from tests.reports.briefings import (
    ARABIC,
    FORBIDDEN,
    FORMULA,
    HTML,
    IN_EVERY_LANGUAGE,
    NOVEMBER,
    TODAY,
    UNBROKEN,
    briefing,
    mapped,
    mapped_company,
    sample,
    summary,
    twelve,
)

FRAMEWORK = shipped_framework()
BADGE, FOOTER = 0.2, 7.05
"""Inches from the top at which a slide's mark of sample data and its footer stand."""


def deck_of(data: bytes) -> Deck:
    return Presentation(io.BytesIO(data))


def alone(language: str) -> Briefing:
    """One of the sample company's squads, as its own page takes it away."""
    part = sample(language, "Cobalt · demo").squads[0]
    return squad_briefing(edition_in(language), part.result, today=TODAY)


@cache
def thirty(language: str) -> Briefing:
    """Thirty squads with names of up to eighty characters."""
    names = [f"Squad {number:02} des abonnements grands comptes" for number in range(29)]
    return briefing(UNBROKEN, *names, language=language)


TAKE_AWAYS: Mapping[int, Callable[[str], Briefing]] = {1: alone, 6: sample, 30: thirty}


@cache
def board(squads: int, language: str) -> Deck:
    """The slides for a board, of one squad, of six, or of thirty."""
    take_away = TAKE_AWAYS[squads](language)
    return deck_of(board_slides(take_away))


@cache
def complete(language: str) -> Deck:
    """All slides about the sample company."""
    return deck_of(slides(sample(language)))


SIZES = pytest.mark.parametrize("squads", [1, 6, 30])

DIVIDER = 5
"""The index of the slide between the board's and the squads', which has no picture."""

Made: TypeAlias = Callable[[str], Deck]
DECKS = pytest.mark.parametrize(
    "deck",
    [*(partial(board, squads) for squads in (1, 6, 30)), complete],
    ids=["1 squad", "6 squads", "30 squads", "complete"],
)


def shapes_of(slide: Any) -> Iterator[Any]:
    """Every shape of a slide, those in groups too."""
    for shape in slide.shapes:
        yield shape
        if hasattr(shape, "shapes"):
            yield from shape.shapes


def text_of(slide: Any) -> str:
    """Everything written on a slide outside of its charts."""
    parts = []
    for shape in shapes_of(slide):
        if shape.has_text_frame:
            parts.append(shape.text_frame.text)
        elif getattr(shape, "has_table", False):
            parts += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(parts)


def headline(slide: Any) -> str:
    """A slide's title, without what stands small below it."""
    text: str = slide.shapes.title.text_frame.paragraphs[0].text
    return text


def beside_pictures(slide: Any) -> str:
    """What is written beside a slide's pictures: no title, heading, badge, footer, table, group."""
    heading = slide.shapes.title.top
    return "\n".join(
        shape.text_frame.text
        for shape in slide.shapes
        if shape.has_text_frame
        and not shape.is_placeholder
        and shape.top > heading
        and shape.top.inches < FOOTER - 0.01
    )


def font_sizes(slide: Any) -> Iterator[float]:
    """The size in points of every run on a slide, and of every text in its charts."""
    for shape in shapes_of(slide):
        for size in shape._element.xpath(".//a:rPr/@sz | .//a:defRPr/@sz"):
            yield int(size) / 100
        if getattr(shape, "has_chart", False):
            for size in shape.chart._chartSpace.xpath(".//a:defRPr/@sz | .//a:rPr/@sz"):
                yield int(size) / 100


def unsized(slide: Any) -> Iterator[Any]:
    """Every run, all of which must say their size."""
    for shape in shapes_of(slide):
        yield from shape._element.xpath(".//a:r[not(a:rPr/@sz)] | .//a:fld[not(a:rPr/@sz)]")


# For a board --------------------------------------------------------------------------------------


@SIZES
@IN_EVERY_LANGUAGE
def test_a_board_reads_five_slides_whatever_the_number_of_squads(
    squads: int, language: str
) -> None:
    deck = board(squads, language)

    take_away = TAKE_AWAYS[squads](language)
    of_board = take_away.board
    titles = (
        take_away.verdict,
        of_board.decisions_title,
        of_board.seats_title,
        of_board.moved_title,
        of_board.plan_title,
    )
    assert [headline(slide) for slide in deck.slides] == [*map(bound, titles)]


@pytest.mark.parametrize("squads", [1, 6, 12, 30])
@IN_EVERY_LANGUAGE
def test_the_first_headline_says_how_far_it_holds_below_it(squads: int, language: str) -> None:
    take_away = {**TAKE_AWAYS, 12: twelve}[squads](language)
    title = deck_of(board_slides(take_away)).slides[0].shapes.title

    holds = take_away.board.overview.holds
    assert holds
    said, caveat = title.text_frame.paragraphs
    assert (said.text, caveat.text) == (bound(take_away.verdict), bound(holds))
    (size,), (small,) = ([run.font.size.pt for run in text.runs] for text in (said, caveat))
    assert small == LEAST
    # Two lines of the headline and those of the caveat end above the picture.
    lines = math.ceil(width_of(holds) / INNER)
    assert title.top.inches + 1.2 * (2 * size + lines * small) / 72 <= TOP - 0.1


@DECKS
@IN_EVERY_LANGUAGE
def test_every_title_ends_above_the_picture(deck: Made, language: str) -> None:
    for slide in deck(language).slides:
        room = TOP - 0.1 - slide.shapes.title.top.inches
        for paragraph in slide.shapes.title.text_frame.paragraphs:
            (run,) = paragraph.runs
            points, width = run.font.size.pt, width_of(run.text, bold=bool(run.font.bold))
            room -= math.ceil(width * points / LEAST / INNER) * 1.2 * points / 72
        assert room >= 0, headline(slide)


@DECKS
@IN_EVERY_LANGUAGE
def test_nothing_is_smaller_than_twelve_points(deck: Made, language: str) -> None:
    made = deck(language).slides

    assert min(size for slide in made for size in font_sizes(slide)) == LEAST == 12
    assert [run for slide in made for run in unsized(slide)] == []


@DECKS
@IN_EVERY_LANGUAGE
def test_at_most_forty_words_stand_beside_a_picture(deck: Made, language: str) -> None:
    for index, slide in enumerate(deck(language).slides):
        if index != DIVIDER:
            assert words_in_text(beside_pictures(slide)) <= WORDS_BESIDE


@DECKS
@IN_EVERY_LANGUAGE
def test_every_picture_says_what_it_shows(deck: Made, language: str) -> None:
    pictures = [
        shape
        for slide in deck(language).slides
        for shape in slide.shapes
        if getattr(shape, "has_chart", False)
        or getattr(shape, "has_table", False)
        or hasattr(shape, "shapes")
    ]

    said = [shape._element.xpath(".//p:cNvPr/@descr") for shape in pictures]
    assert all(words and len(words[0]) > 20 for words in said)
    assert all(shape.name for shape in pictures)


@SIZES
@IN_EVERY_LANGUAGE
def test_every_slide_has_the_footer_and_its_page(squads: int, language: str) -> None:
    deck = board(squads, language)

    footer = bound(TAKE_AWAYS[squads](language).board.footer)
    for number, slide in enumerate(deck.slides, start=1):
        assert footer in text_of(slide)
        (field,) = slide.shapes._spTree.xpath(".//a:fld[@type='slidenum']/a:t")
        assert field.text == str(number)


@IN_EVERY_LANGUAGE
def test_the_file_says_what_it_is_who_made_it_when_and_in_which_language(language: str) -> None:
    take_away = sample(language)

    properties = complete(language).core_properties

    assert properties.title == take_away.title[:255]
    assert properties.author == properties.last_modified_by == take_away.product
    assert properties.language == language
    assert properties.created == properties.modified == datetime(2026, 11, 3)  # noqa: DTZ001
    assert (properties.comments, properties.keywords, properties.subject) == ("", "", "")


@DECKS
def test_what_stands_on_a_slide_lies_within_it(deck: Made) -> None:
    for made in (deck("fr"), deck_of(board_slides(twelve("fr")))):
        assert made.slide_width is not None
        assert made.slide_height is not None
        for slide in made.slides:
            for shape in slide.shapes:
                assert shape.left >= 0
                assert shape.left + shape.width <= made.slide_width
                assert shape.top + shape.height <= made.slide_height


def test_the_map_is_a_native_table_in_the_colours_of_the_stages_without_an_overall_score() -> None:
    deck = deck_of(board_slides(briefing("A", "B", "C")))

    (table,) = [shape.table for shape in deck.slides[0].shapes if shape.has_table]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["", "Vision", "Strategy", "Arbitration", "Daily", "Delivery"]
    assert rows[3] == ["C", "100", "100", "! 73*", "88", "93"]
    assert str(table.cell(3, 1).fill.fore_color.rgb) == "0B4A7E"  # 100 is fluid
    # 73 points are framed; an answer keeps it propped up.
    assert str(table.cell(3, 3).fill.fore_color.rgb) == "B87A00"


def test_more_than_twelve_squads_stand_in_two_blocks_and_more_than_thirty_are_counted() -> None:
    blocks = [shape.table for shape in board(30, "en").slides[0].shapes if shape.has_table]
    assert [len(block.rows) for block in blocks] == [16, 16]

    many = deck_of(board_slides(briefing(*[f"Squad {number:02}" for number in range(31)])))

    (chart,) = [shape.chart for shape in many.slides[0].shapes if shape.has_chart]
    assert chart.chart_type == XL_CHART_TYPE.BAR_STACKED
    counts = {series.name: next(iter(series.values)) for series in chart.plots[0].series}
    # Of five kinds of answers in turn, vision: 7 at 0, 6 at 50 and 6 at 100, 6 with too few
    # answers, and 6 at 67, which an answer keeps propped up.
    assert counts == {
        "!! Blurred": 7,
        "! Propped up": 6,
        "Framed": 6,
        "Fluid": 6,
        "not enough answers": 6,
    }
    assert "Squad 30 (1 → 1 voice" in many.slides[0].notes_slide.notes_text_frame.text


def test_a_fourth_line_of_what_is_asked_takes_the_whole_width_below_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asks = [f"What is asked, number {number}" for number in range(4)]
    monkeypatch.setattr(Board, "asks", asks)
    squads = [f"Squad {number:02}" for number in range(14)]
    slide = deck_of(board_slides(briefing(*squads))).slides[0]
    *beside, below = (s for of in asks for s in slide.shapes if s.has_text_frame and s.text == of)
    assert {shape.top for shape in beside} == {beside[0].top}
    assert below.top >= beside[0].top + beside[0].height
    assert below.width > 3 * beside[0].width


def test_who_decides_is_a_native_chart_of_nineteen_bars() -> None:
    deck = deck_of(board_slides(mapped("A", "B", changes={"cut": ("po",), "first": ("nobody",)})))

    (chart,) = [shape.chart for shape in deck.slides[1].shapes if shape.has_chart]
    names = list(chart.plots[0].categories)
    counts = {series.name: list(series.values) for series in chart.plots[0].series}
    assert len(names) == 19
    assert list(counts) == ["Clear", "Contested", "No decider"]
    cut, first = names.index("What is cut"), names.index("What goes first")
    assert [values[cut] for values in counts.values()] == [0, 2, 0]
    assert [values[first] for values in counts.values()] == [0, 0, 2]
    assert sum(counts["Clear"]) == 2 * 17


@pytest.mark.parametrize(
    ("is_mapped", "squads", "english", "in_french"),
    [
        (False, ["Atlas"], "Agreements: 1 in force", "Accords : 1 en vigueur"),
        (
            True,
            ["Atlas"],
            "Agreements: 1 in force",
            "Accords : 1 en vigueur",
        ),
        (
            True,
            ["Atlas", "Borea"],
            "36 clear decisions, 2 contested. 1 agreement is in force.",
            "36 décisions claires, 2 disputées. 1 accord est en vigueur.",
        ),
    ],
)
def test_who_decides_says_what_was_agreed_whether_or_not_voices_told_of_it(
    is_mapped: bool, squads: Sequence[str], english: str, in_french: str
) -> None:
    # Agreed the day after the check: that the CPO decides on what is cut. Voices differ on it.
    day = {"saved_at": datetime(2026, 11, 4, 9, tzinfo=UTC)}
    agreed = agreement(decision="cut", decides="cpo", consulted=(), **day)
    settled = confirmation(agreement_id=agreed.agreement_id, role="cpo", **day)
    agreements = Agreements(FRAMEWORK, (agreed,), (settled,))
    company = mapped_company(*squads) if is_mapped else summary(*squads)
    results = tuple(replace(result, agreements=agreements) for result in company.results)

    for language, told in (("en", english), ("fr", french(in_french))):
        edition, today = edition_in(language), date(2026, 11, 5)
        take_away = briefing_of(edition, replace(company, results=results), today=today)
        if len(squads) == 1:
            take_away = squad_briefing(edition, results[0], today=today)
        slide = deck_of(board_slides(take_away)).slides[1]
        _title, below = slide.shapes.title.text_frame.paragraphs
        assert below.text == bound(told)
        assert told in slide.notes_slide.notes_text_frame.text


@IN_EVERY_LANGUAGE
def test_however_much_is_agreed_of_one_squad_the_slides_title_stays_large_and_notes_name_all(
    language: str,
) -> None:
    # Voices contest all nineteen decisions: twelve are agreed on, seven wait for an answer.
    decisions = [decision.id for decision in FRAMEWORK.lenses.decisions]
    (result,) = mapped_company("Atlas", changes=dict.fromkeys(decisions, ("team",))).results
    made = tuple(agreement(decision=of, decides="cpo", consulted=()) for of in decisions)
    settled = tuple(confirmation(agreement_id=one.id, role="cpo") for one in made[:12])
    edition, agreements = edition_in(language), Agreements(FRAMEWORK, made, settled)

    told = replace(result, agreements=agreements)
    take_away = squad_briefing(edition, told, today=date(2026, 11, 5))
    slide = deck_of(board_slides(take_away)).slides[1]

    title, below = slide.shapes.title.text_frame.paragraphs
    assert title.runs[0].font.size >= Pt(24)
    stand = {
        "en": "19 agreements: 7 waiting for answers and 12 in force",
        "fr": french("19 accords : 7 en attente de réponses et 12 en vigueur"),
    }
    assert below.text == bound(stand[language])
    notes = slide.notes_slide.notes_text_frame.text
    assert take_away.squads[0].agreed.settled_already in notes


def test_the_seat_that_blocks_is_a_native_table_of_roles_by_level() -> None:
    slide = board(6, "en").slides[2]

    (table,) = [shape.table for shape in slide.shapes if shape.has_table]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["Role", "Vision", "Strategy", "Arbitration", "Daily", "Delivery"]
    assert rows[1] == ["PM", *["empty in 2\u00a0squads"] * 3, "–", "–"]


def test_a_seat_that_blocks_in_more_squads_is_darker() -> None:
    squads = [*"ABCDEFG"]
    company = mapped_company(*squads[:6], changes={"cut": ("po",)})
    others = mapped_company(squads[6], changes={"bets": ("po",), "cut": ("po",)})
    both = replace(company, results=(*company.results, *others.results))
    slide = deck_of(board_slides(briefing_of(edition_in("en"), both, today=TODAY))).slides[2]

    (table,) = [shape.table for shape in slide.shapes if shape.has_table]
    cells = {cell.text: str(cell.fill.fore_color.rgb) for cell in table.rows[1].cells}
    many, one = (cells[f"too much in {squads}"] for squads in ("7\u00a0squads", "1\u00a0squad"))
    assert (many, one) == ("525D67", "E9EDF1")
    assert "The darker, the more squads." in text_of(slide)


@pytest.mark.parametrize(
    ("company", "offered"),
    [({"agreements": [agreement()]}, ["board", "slides"]), ({}, ["slides"])],
)
def test_a_squad_is_offered_two_decks_where_they_differ(
    company: Mapping[str, Any], offered: list[str]
) -> None:
    (result,) = mapped_company("Atlas", **company).results
    take_away = squad_briefing(edition_in("en"), result, today=TODAY)
    for_board, everything = (deck_of(make(take_away)).slides for make in (board_slides, slides))

    decks = [
        kind for kind, made in formats_of(take_away.squads[0]).items() if made.ending == "pptx"
    ]
    assert decks == offered
    assert len(everything) - len(for_board) == len(offered) - 1


def test_a_squad_without_a_result_is_offered_one_deck_though_it_agreed_something() -> None:
    history = History(FRAMEWORK, [assessment(answers={"single-channel": "no"})], "month")
    result = result_of(history.reading([agreement()], ()), "Atlas", NOVEMBER)
    take_away = squad_briefing(edition_in("en"), result, today=TODAY)

    assert take_away.squads[0].agreed.items
    assert "board" not in formats_of(take_away.squads[0])
    assert len(deck_of(slides(take_away)).slides) == len(deck_of(board_slides(take_away)).slides)


def test_the_complete_slides_of_one_squad_are_the_boards_and_what_it_agreed() -> None:
    take_away = alone("en")
    deck = deck_of(slides(take_away))

    part = take_away.squads[0]
    titles = [headline(slide) for slide in deck.slides]
    agreed = [bound(part.agreed.summary)] if part.agreed.items else []
    assert titles == [headline(slide) for slide in deck_of(board_slides(take_away)).slides] + agreed
    notes = deck.slides[0].notes_slide.notes_text_frame.text
    assert all(lever.step in notes for lever in part.levers)


def test_what_moved_is_one_group_of_native_shapes_with_the_voices_before_and_after() -> None:
    slide = board(6, "en").slides[3]

    (group,) = [shape for shape in slide.shapes if hasattr(shape, "shapes")]
    texts = [shape.text_frame.text for shape in group.shapes if shape.has_text_frame]
    assert [text for text in texts if text][:2] == ["before", "now"]
    assert {"16", "45", "+29", "2 → 7\u00a0voices"} <= set(texts)
    late = "CPO (Sofia): 1\u00a0overdue since 15\u00a0Sept\u00a02026"
    assert late in text_of(slide)


@IN_EVERY_LANGUAGE
def test_where_no_seat_blocks_the_third_slide_draws_the_signals_of_both_seats(
    language: str,
) -> None:
    third = board(1, language).slides[2]
    (chart,) = [shape.chart for shape in third.shapes if getattr(shape, "has_chart", False)]
    assert list(chart.plots[0].categories) == ["PM", "PO"]
    # Cobalt in October: five signals of a PM and six of a PO, by seven voices.
    assert list(chart.plots[0].series[0].values) == [47, 45]
    assert "25" in text_of(third)
    assert "50" in text_of(third)


@IN_EVERY_LANGUAGE
def test_bars_say_where_the_scores_without_one_voice_are_told(language: str) -> None:
    first, words = board(1, language).slides[0], edition_in(language).words
    assert words.gettext("One voice fewer: see the notes") in text_of(first)
    sentence = words.gettext("{level} without one voice: from {low} to {high}")
    part = TAKE_AWAYS[1](language).squads[0].level_parts[0]
    line = sentence.format(level=part.name, low=words.score(part.low), high=words.score(part.high))
    assert line in first.notes_slide.notes_text_frame.text


@DECKS
def test_the_mark_of_a_capped_level_is_explained_where_one_is_drawn(deck: Made) -> None:
    key = edition_in("en").words.gettext("* capped by an answer")
    for slide in deck("en").slides:
        cells = [
            cell.text
            for shape in slide.shapes
            if getattr(shape, "has_table", False)
            for row in shape.table.rows
            for cell in row.cells
        ]
        charts = [shape.chart for shape in slide.shapes if getattr(shape, "has_chart", False)]
        drawn = [*cells, *(str(name) for chart in charts for name in chart.plots[0].categories)]
        assert (key in text_of(slide)) == any("*" in name for name in drawn)


@pytest.mark.parametrize(("squads", "explains"), [(1, False), (6, True)])
def test_a_deck_explains_the_mark_of_a_capped_level_if_it_has_one(
    squads: int, explains: bool
) -> None:
    key = edition_in("en").words.gettext("* capped by an answer")
    assert any(key in text_of(slide) for slide in board(squads, "en").slides) == explains


def test_the_plan_is_a_native_table() -> None:
    slide = board(6, "en").slides[4]

    (table,) = [shape.table for shape in slide.shapes if shape.has_table]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["What we ask", "Whose move", "First step", "By", "How we will see it worked"]
    assert rows[1][0] == "1. Open one channel for urgent requests"
    assert rows[1][3] == "3\u00a0Dec\u00a02026"
    assert len(rows) == 1 + 3


# Complete -----------------------------------------------------------------------------------------


@IN_EVERY_LANGUAGE
def test_behind_a_divider_stands_one_slide_a_squad_that_has_a_result(language: str) -> None:
    take_away, deck = sample(language), complete(language)

    titles = [headline(slide) for slide in deck.slides]
    assert titles[5] == edition_in(language).words.gettext("Squad by squad")
    expected = []
    with_result = [part for part in take_away.squads if part.squad != "Dune · demo"]
    for part in with_result:
        expected += [part.verdict, *([part.agreed.summary] if part.agreed.items else [])]
    assert titles[6:] == [*map(bound, expected)]
    # Five of the six have a result, and three of them agreed on something.
    assert len(titles) == 5 + 1 + 5 + 3
    behind = dict(zip(titles, deck.slides, strict=True))
    for part in with_result:
        assert bound(part.heading) in text_of(behind[bound(part.verdict)])


@IN_EVERY_LANGUAGE
def test_what_a_squad_agreed_is_a_native_table_on_a_slide_of_its_own(language: str) -> None:
    part = sample(language, "Atlas · demo").squads[0].agreed
    (slide,) = [
        slide
        for slide in deck_of(slides(sample(language, "Atlas · demo"))).slides
        if slide.shapes.title.text_frame.text == bound(part.summary)
    ]
    (table,) = [shape.table for shape in slide.shapes if getattr(shape, "has_table", False)]
    rows = [[cell.text for cell in row.cells] for row in table.rows]

    words = edition_in(language).words
    assert rows[0] == [words.gettext(head) for head in ("Agreement", "State", "In practice")]
    assert all(row[1][0].isupper() for row in rows[1:])
    told = [(item.sentence, item.chip.text, item.practice) for item in part.in_files]
    assert rows[1:] == [[*map(bound, row)] for row in told]
    notes = slide.notes_slide.notes_text_frame.text
    assert all(line in notes for item in part.items for line in item.lines)
    assert f"Atlas · demo · {part.title}" in text_of(slide)


def test_where_nobody_said_how_it_goes_the_table_of_agreements_has_no_column_for_it() -> None:
    take_away = mapped("Atlas", agreements=[agreement(decision="local-constraint")])
    (item,) = take_away.squads[0].agreed.items
    assert item.practice == ""
    slide = deck_of(slides(take_away)).slides[-1]

    (table,) = [shape.table for shape in slide.shapes if getattr(shape, "has_table", False)]
    assert [cell.text for cell in table.rows[0].cells] == ["Agreement", "State"]
    assert sum(column.width.inches for column in table.columns) == pytest.approx(INNER, abs=0.01)


def test_more_agreements_than_a_slide_has_room_for_are_counted_and_noted() -> None:
    decisions = list(FRAMEWORK.lenses.decision_by_id)[:10]
    agreements = [agreement(decision=decision, limits="x" * 300) for decision in decisions]
    deck = deck_of(slides(mapped("Atlas", agreements=agreements)))

    slide = deck.slides[-1]
    (table,) = [shape.table for shape in slide.shapes if getattr(shape, "has_table", False)]
    assert len(table.rows) == 1 + 8
    assert "… and 2\u00a0more." in text_of(slide)
    assert slide.notes_slide.notes_text_frame.text.count("x" * 300) == 10
    for row in table.rows:
        for cell, column in zip(row.cells, table.columns, strict=True):
            assert width_of(cell.text) <= 2 * (column.width.inches - 2 * 0.06)


def test_squads_without_a_result_are_named_in_one_line() -> None:
    take_away = sample("en", "Boréal · demo", "Dune · demo")
    absent = take_away.overview
    assert absent is not None
    deck = deck_of(slides(take_away))

    assert len(deck.slides) == 5 + 1 + 1
    assert "Too few answers for a result: Dune · demo." in text_of(deck.slides[5])
    assert absent.absent.text in text_of(deck.slides[5])


def test_a_squads_chart_is_native_with_its_values_in_the_colours_of_its_stages() -> None:
    deck = deck_of(slides(briefing("A", "B", "C", "D")))

    (chart,) = [shape.chart for shape in deck.slides[8].shapes if shape.has_chart]
    series = chart.plots[0].series[0]
    assert chart.chart_type == XL_CHART_TYPE.BAR_CLUSTERED
    assert list(series.values) == [100, 100, 73, 88, 93]
    assert (chart.value_axis.minimum_scale, chart.value_axis.maximum_scale) == (0, 100)
    # Arbitration stands at 73, kept at propped up by an answer: its name is marked.
    assert list(chart.plots[0].categories)[1:3] == ["Strategy and bets", "Arbitration *"]
    assert str(series.points[2].format.fill.fore_color.rgb) == "B87A00"
    # D has a score for arbitration only: the others are gaps, not zeros.
    (lacking,) = [shape.chart for shape in deck.slides[9].shapes if shape.has_chart]
    assert list(lacking.plots[0].series[0].values) == [None, None, 100, None, None]


def test_a_squads_slide_says_what_is_overdue_and_its_notes_hold_the_rest() -> None:
    late = action(decided_on=date(2026, 9, 1), due_on=date(2026, 10, 1))

    slide = deck_of(
        slides(mapped("Atlas", mandates={"pm": f"Decides {HTML}"}, actions=[late]))
    ).slides[6]

    assert "1\u00a0action overdue since 1\u00a0Oct\u00a02026" in text_of(slide)
    notes = slide.notes_slide.notes_text_frame.text
    assert (
        "Open one channel for urgent requests · Planned, overdue: it was due 1\u00a0Oct\u00a02026"
        in notes
    )
    assert "What is cut: 1 of 2 voices says that the PO decides" in notes
    assert f"Decides {HTML}" in notes
    assert "Days to make a trade-off call: 4 days" in notes
    assert "Camille" not in text_of(slide) + notes


@IN_EVERY_LANGUAGE
def test_beside_a_squads_levels_stand_usual_owners_and_in_the_notes_who_took_a_lever_on(
    language: str,
) -> None:
    name = "Émile de La Rochefoucauld-Montbel"
    taken = action(lever="write-mandates", owner="cpo", owner_name=name, due_on=None)
    usual, named = (
        deck_of(slides(mapped("Atlas", actions=actions, language=language))).slides[6]
        for actions in ([], [taken])
    )

    assert beside_pictures(named) == beside_pictures(usual)
    assert name not in text_of(named)
    assert f"CPO ({name})" in named.notes_slide.notes_text_frame.text


def test_a_squad_without_levers_says_why() -> None:
    result = summary("A", "B", "C", "D").results[3]
    take_away = squad_briefing(edition_in("en"), result, today=TODAY)

    deck = deck_of(slides(take_away))

    assert len(deck.slides) == 5
    assert "levers are ranked once three levels are scored" in text_of(deck.slides[0])


@IN_EVERY_LANGUAGE
def test_sample_data_are_badged_on_every_slide(language: str) -> None:
    badge = sample(language).badge or "?"

    deck = complete(language)

    assert [slide for slide in deck.slides if badge not in text_of(slide)] == []
    real = deck_of(slides(briefing("A", language=language)))
    assert [slide for slide in real.slides if badge in text_of(slide)] == []


@IN_EVERY_LANGUAGE
def test_runs_are_in_the_readers_language(language: str) -> None:
    codes = {
        run.font.language_id
        for slide in complete(language).slides
        for shape in shapes_of(slide)
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
    }
    assert {str(code) for code in codes} == {
        {"en": "ENGLISH_UK (2057)", "fr": "FRENCH (1036)"}[language]
    }


# What people wrote --------------------------------------------------------------------------------


def test_no_name_is_a_link() -> None:
    deck = deck_of(slides(briefing(HTML, FORMULA, UNBROKEN, ARABIC, FORBIDDEN)))

    links = [
        relation.target_ref
        for slide in deck.slides
        for relation in slide.part.rels.values()
        if relation.is_external
    ]
    assert links == []


def test_the_workbooks_inside_the_charts_hold_nothing_that_people_wrote() -> None:
    texts = edition_in("en").texts
    levels, decisions = texts.levels.values(), texts.lenses.decisions.values()
    ours = {"Score", "Clear", "Contested", "No decider"}
    ours |= {level.name for level in levels} | {decision.short for decision in decisions}

    data = slides(mapped(FORMULA, "=1+1", "+2"))

    with ZipFile(io.BytesIO(data)) as package:
        books = [package.read(name) for name in package.namelist() if name.endswith(".xlsx")]
    assert len(books) == 1 + 3
    for book in books:
        sheet = load_workbook(io.BytesIO(book)).active
        assert sheet is not None
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} == {"s", "n"}
        assert {cell.value for cell in cells if cell.data_type == "s"} <= ours


def test_a_name_that_is_too_long_keeps_both_ends() -> None:
    name = fitted("Abonnements grands comptes Europe du Sud 15", 2)

    assert name.startswith("Abonnements")
    assert name.endswith("Sud 15")
    assert "…" in name
    assert width_of(name) <= 2
    assert fitted("Atlas", 2) == "Atlas"


@IN_EVERY_LANGUAGE
def test_what_is_said_of_a_move_keeps_to_its_line(language: str) -> None:
    moves = sample(language).board.moves
    unclear = no_clear_change(edition_in(language))

    assert moves
    assert all(width_of(text) < 2.0 for move in moves for text in (unclear, move.voices))

"""The slides, read back by python-pptx, and the workbooks in their charts by openpyxl."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from zipfile import ZipFile

from openpyxl import load_workbook
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from pptx.presentation import Presentation as Deck

from assessment.content.edition import edition_in
from assessment.content.loading import shipped_texts
from assessment.reports.slides.deck import slides
from assessment.rounds.actions import open_actions
from assessment.wording.briefing import briefing_of, squad_briefing
from tests.builders import action
from tests.reports.briefings import (
    ARABIC,
    FORBIDDEN,
    FORMULA,
    FRAMEWORK,
    HTML,
    LANGUAGES,
    TODAY,
    UNBROKEN,
    briefing,
    mapped,
    sample,
    summary,
    twelve,
)


def opened(data: bytes) -> Deck:
    return Presentation(io.BytesIO(data))


def text_of(slide: object) -> str:
    """Everything written on a slide outside of its charts."""
    parts = []
    for shape in slide.shapes:  # type: ignore[attr-defined]
        if shape.has_text_frame:
            parts.append(shape.text_frame.text)
        elif shape.has_table:
            parts += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(parts)


@LANGUAGES
def test_verdicts_are_the_slides_titles(language: str) -> None:
    take_away = sample(language)

    deck = opened(slides(take_away))

    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert take_away.overview is not None
    assert take_away.overview.deciders is not None
    own = [
        verdict
        for part in take_away.squads
        for verdict in (part.verdict, part.deep.verdict if part.deep else None)
        if verdict
    ]
    assert titles == [take_away.verdict, take_away.overview.deciders.verdict, *own]
    assert len(titles) == 2 + 6 + 5
    assert deck.core_properties.title == take_away.title[:255]
    assert deck.core_properties.language == language
    assert deck.core_properties.author == take_away.product


def test_the_overview_is_a_native_table_in_the_colours_of_the_heat_map() -> None:
    deck = opened(slides(briefing("A", "B", "C")))

    (table,) = [shape.table for shape in deck.slides[0].shapes if shape.has_table]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["Squad", "Vision", "Strategy", "Arbitration", "Daily", "Delivery", "Overall"]
    assert rows[3] == ["C", "100 0", "100 0", "73 −27", "88 −12", "93 −7", "91"]
    assert str(table.cell(3, 1).fill.fore_color.rgb) == "0B4A7E"  # 100 is fluid


def test_a_squads_charts_are_native_with_its_values() -> None:
    deck = opened(slides(briefing("A", "B", "C", "D")))

    charts = [shape.chart for shape in deck.slides[3].shapes if shape.has_chart]
    assert [chart.chart_type for chart in charts] == [
        XL_CHART_TYPE.BAR_CLUSTERED,
        XL_CHART_TYPE.RADAR_MARKERS,
    ]
    for chart in charts:
        assert list(chart.plots[0].series[0].values) == [100, 100, 73, 88, 93]
        assert (chart.value_axis.minimum_scale, chart.value_axis.maximum_scale) == (0, 100)
    assert list(charts[0].plots[0].categories)[1] == "Strategy and bets"
    # D has a score for arbitration only: the others are gaps, not zeros.
    lacking = next(shape.chart for shape in deck.slides[4].shapes if shape.has_chart)
    assert list(lacking.plots[0].series[0].values) == [None, None, 100, None, None]
    assert next(iter(lacking.plots[0].categories)) == "Vision (not enough answers)"


def test_the_workbooks_inside_the_charts_hold_nothing_that_people_wrote() -> None:
    levels = shipped_texts("en").levels.values()
    ours = {"Score", *(level.name for level in levels), *(level.short for level in levels)}

    data = slides(briefing(FORMULA, "=1+1", "+2"))

    with ZipFile(io.BytesIO(data)) as package:
        books = [package.read(name) for name in package.namelist() if name.endswith(".xlsx")]
    assert len(books) == 3 * 2
    for book in books:
        sheet = load_workbook(io.BytesIO(book)).active
        assert sheet is not None
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert {cell.data_type for cell in cells} == {"s", "n"}
        assert {cell.value for cell in cells if cell.data_type == "s"} <= ours


@LANGUAGES
def test_sample_data_are_badged_on_every_slide(language: str) -> None:
    take_away = sample(language)

    deck = opened(slides(take_away))

    assert [slide for slide in deck.slides if (take_away.badge or "?") not in text_of(slide)] == []
    real = opened(slides(briefing("A", language=language)))
    assert [slide for slide in real.slides if (take_away.badge or "?") in text_of(slide)] == []


def test_charts_and_tables_say_what_they_show_and_notes_hold_the_levels() -> None:
    deck = opened(slides(briefing("A", "B", "C")))

    descriptions = [
        shape._element.nvGraphicFramePr.cNvPr.get("descr")
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_chart or shape.has_table
    ]
    assert len(descriptions) == 1 + 3 * 2
    assert "C (1 voice, changes since September 2026): Vision 100 0" in descriptions[0]
    assert "C, Arbitration: 73 out of 100" in descriptions[-1]
    assert "Arbitration · 73 · Propped up" in deck.slides[3].notes_slide.notes_text_frame.text


@LANGUAGES
def test_runs_are_in_the_readers_language(language: str) -> None:
    deck = opened(slides(sample(language)))

    codes = {
        run.font.language_id
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_text_frame
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
    }
    assert {str(code) for code in codes} == {
        {"en": "ENGLISH_UK (2057)", "fr": "FRENCH (1036)"}[language]
    }


def test_names_are_plain_runs() -> None:
    deck = opened(slides(briefing(HTML, FORMULA, UNBROKEN, ARABIC, FORBIDDEN)))

    text = "\n".join(text_of(slide) for slide in deck.slides)
    for name in (HTML, FORMULA, UNBROKEN, ARABIC, "Noncharacter  here"):
        assert f"{name} · November 2026" in text
    links = [
        relation.target_ref
        for slide in deck.slides
        for relation in slide.part.rels.values()
        if relation.is_external
    ]
    assert links == []


def test_everything_stands_on_the_slide_with_twelve_squads() -> None:
    deck = opened(slides(twelve("fr")))
    with_deep_check = opened(slides(mapped(UNBROKEN, "A", mandates={"pm": UNBROKEN})))

    assert len(deck.slides) == 13
    for slide in (*deck.slides, *with_deep_check.slides):
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height


def test_more_than_twelve_squads_go_on_on_another_slide() -> None:
    deck = opened(slides(briefing(*[f"Squad {number:02}" for number in range(13)])))

    assert len(deck.slides) == 2 + 13
    assert "· 2/2" in text_of(deck.slides[1])
    assert "Squad 12" in text_of(deck.slides[1])


def test_a_squad_without_levers_says_why() -> None:
    result = summary("A", "B", "C", "D").results[3]
    take_away = squad_briefing(edition_in("en"), result, today=TODAY)

    (slide,) = opened(slides(take_away)).slides

    assert "levers are ranked once three levels are scored" in text_of(slide)


def test_the_summary_is_followed_by_who_decides_and_the_open_actions() -> None:
    take_away = mapped("A", "B", actions=[action(squad="B", due_on=None)])

    slide = opened(slides(take_away)).slides[1]

    (table,) = [shape.table for shape in slide.shapes if shape.has_table]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    # Of four decisions at arbitration, one fits in one voice of two: 350 / 4.
    assert rows[1] == ["A", "100", "100", "88", "100", "100"]
    text = text_of(slide)
    assert "The decision contested in most squads: What is cut, in 2 of 2 squads." in text
    assert "1 action is open; none is overdue." in text
    assert "– PM: 1 open since 4 Nov 2026" in text


def test_open_actions_have_a_slide_where_nobody_said_who_decides() -> None:
    moves = open_actions(FRAMEWORK, [action(squad="A")], ["A"])
    with_actions = replace(summary("A"), open_actions=moves)

    deck = opened(slides(briefing_of(edition_in("en"), with_actions, today=TODAY)))

    assert len(deck.slides) == 1 + 1 + 1
    text = text_of(deck.slides[1])
    assert text.startswith("1 action is open; none is overdue.\n")
    assert "– PM: 1 open since 4 Nov 2026" in text


def test_who_decides_is_a_native_table_and_the_lenses_a_native_chart() -> None:
    slide = opened(slides(mapped("Atlas", mandates={"pm": f"Decides {HTML}"}))).slides[3]

    (table,) = [shape.table for shape in slide.shapes if shape.has_table]
    assert table.cell(0, 2).text == "Arbitration\nmaturity 50 · fit 88"
    assert table.cell(2, 2).text == (
        "What is cut · 50\nCPO (1), CTO (1), PM (1) and PO (1)\nexpected: CPO, CTO and PM"
    )
    assert table.cell(1, 2).text == "What goes first · 100\nCPO (2), CTO (2) and PM (2)"
    (chart,) = [shape.chart for shape in slide.shapes if shape.has_chart]
    # 18.5 of 19 decisions fit; the second voice says that the cycle is shared.
    assert list(chart.plots[0].categories) == ["Who decides", "Rhythm"]
    assert list(chart.plots[0].series[0].values) == [97, 100]
    text = text_of(slide)
    assert "PM Decides </title><script>" in text
    assert "What is cut: 1 of 2 voices says that the PO decides" in text
    assert "Days to make a trade-off call: 4 days" in text
    assert "Camille" not in text + slide.notes_slide.notes_text_frame.text


def test_a_squads_slide_says_what_it_decided() -> None:
    late = action(decided_on=date(2026, 9, 1), due_on=date(2026, 10, 1))

    slide = opened(slides(mapped("Atlas", actions=[late]))).slides[2]

    line = "Open one channel for urgent requests · Planned, overdue: it was due 1 Oct 2026 · PM"
    assert line in text_of(slide)
    assert line in slide.notes_slide.notes_text_frame.text

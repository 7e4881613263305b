"""The take-away as a workbook, opened by openpyxl: numbers are numbers, nothing runs."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, datetime
from itertools import chain, pairwise
from typing import Any

import pytest
from openpyxl import load_workbook
from xlsxwriter import Workbook

from assessment.content.edition import edition_in
from assessment.languages import CAPPED, words_in
from assessment.reports.workbook.book import briefing_workbook
from assessment.reports.workbook.cells import Column, SheetCells
from assessment.rounds.history import History
from assessment.rounds.leadership import summary_of
from assessment.rounds.results import result_of
from assessment.wording.briefing import Briefing, briefing_of, squad_briefing
from tests.builders import action, assessment
from tests.examples import EXAMPLE_1, WORST
from tests.reports.briefings import (
    FORMULA,
    FRAMEWORK,
    HOSTILE,
    IN_EVERY_LANGUAGE,
    NOVEMBER,
    TODAY,
    briefing,
    mapped,
    mapped_company,
    sample,
    summary,
)

FRAMEWORK_TEXTS = edition_in("en").texts


def workbook_of(take_away: Briefing) -> Any:
    return load_workbook(io.BytesIO(briefing_workbook(take_away)))


@IN_EVERY_LANGUAGE
def test_there_is_a_sheet_for_the_summary_the_levels_and_the_levers(language: str) -> None:
    take_away = sample(language)

    book = workbook_of(take_away)

    assert (
        book.sheetnames
        == {
            "en": [
                *("Summary", "Levels", "Levers", "Actions", "Agreements", "Who decides"),
                *("Findings", "Lenses", "Charter", "Vital signs", "Charts"),
            ],
            "fr": [
                *("Synthèse", "Niveaux", "Leviers", "Actions", "Accords", "Qui décide", "Constats"),
                *("Angles", "Charte", "Signes vitaux", "Graphiques"),
            ],
        }[language]
    )
    assert book.worksheets[0]["A1"].value == take_away.verdict
    assert book.worksheets[0]["A2"].value == take_away.heading
    assert book.worksheets[0]["A3"].value == take_away.badge
    assert book.properties.title == take_away.title


def test_what_nobody_told_has_no_sheet() -> None:
    assert workbook_of(briefing("A")).sheetnames == ["Summary", "Levels", "Levers", "Charts"]


def test_scores_are_numbers_in_the_colours_of_the_heat_map() -> None:
    sheet = workbook_of(briefing("A", "B", "C", "D")).worksheets[0]

    rows = {row[0].value: row for row in sheet.iter_rows()}
    assert [cell.value for cell in rows["C"][1:6]] == [100, 100, 73, 88, 93]
    assert rows["C"][1].fill.fgColor.rgb == "FF0B4A7E"
    # 73 points are framed; an answer keeps it propped up.
    assert rows["C"][3].fill.fgColor.rgb == "FFB87A00"
    assert [cell.value for cell in rows["D"][1:6]] == ["–", "–", 100, "–", "–"]
    # The number itself says that it is kept below its points.
    assert [cell.number_format for cell in rows["C"][2:4]] == ["General", f'"! "0"{CAPPED}"']
    assert rows["Scale"][5].value == f"{CAPPED} capped: kept below its points by an answer"
    assert [cell.value for cell in rows["Squad"][6:8]] == ["Voices", "Since when"]


def test_levels_are_unrounded_with_their_change() -> None:
    sheet = workbook_of(briefing("A", "B", "C", "D")).worksheets[1]

    rows = {(row[0], row[1]): row for row in sheet.iter_rows(values_only=True)}
    assert rows["C", "Arbitration"][2] == pytest.approx(800 / 11)
    limit = FRAMEWORK_TEXTS.items["single-channel"].short
    assert rows["C", "Arbitration"][3:7] == ("Propped up", 1, -27, limit)
    assert rows["D", "Vision"][2:4] == (None, "not enough answers")
    assert rows["D", "Vision"][4] == pytest.approx(2 / 9)
    assert len(rows) == 1 + 4 * 5


def test_a_level_says_its_change_or_that_there_is_no_clear_one_in_one_column() -> None:
    sheet = workbook_of(sample("en")).worksheets[1]

    head, *rows = sheet.iter_rows(values_only=True)
    assert [name for name in head if name and name.startswith("Change")] == [
        "Change",
        "Change of the fit",
    ]
    changes = {row[:2]: row[5] for row in rows}
    assert changes["Atlas · demo", "Vision"] == 11
    assert changes["Atlas · demo", "Strategy and bets"] == "no clear change"
    assert changes["Dune · demo", "Vision"] is None


@IN_EVERY_LANGUAGE
def test_no_text_of_the_first_and_the_last_sheet_is_cut(language: str) -> None:
    book = workbook_of(sample(language))
    cut = []
    for sheet in (book.worksheets[0], book.worksheets[-1]):
        widths = {
            column: dimension.width
            for dimension in sheet.column_dimensions.values()
            for column in range(dimension.min, dimension.max + 1)
        }
        for cell, beside in chain.from_iterable(map(pairwise, sheet.iter_rows())):
            lines = (sheet.row_dimensions[cell.row].height or 15) // 15
            if isinstance(cell.value, str) and beside.value is not None:
                cut += [cell.value] if len(cell.value) > widths[cell.column] * lines else []
    assert cut == []


def test_of_one_squad_each_lever_stands_once() -> None:
    sheet = workbook_of(sample("en", "Cobalt · demo")).worksheets[2]

    levers = [row[:2] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert [squad for squad, _lever in levers] == 3 * ["Cobalt · demo"]


def test_levers_have_their_gain_as_a_number_and_over_squads_as_the_page_tells_it() -> None:
    several = briefing("A", "C")
    sheet = workbook_of(several).worksheets[2]

    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:3] == ("Squad", "Lever", "Gain")
    shared = [row for row in rows if row[0] == "All squads shown"]
    assert several.overview
    assert [row[2:4] for row in shared] == [
        (None, f"{lever.gain} {lever.where}") for lever in several.overview.levers
    ]
    assert rows[1] == shared[0]
    assert all(isinstance(row[2], float) for row in rows[1 + len(shared) :])


def test_without_a_lever_there_are_the_heads_alone() -> None:
    history = History(FRAMEWORK, [assessment(answers=EXAMPLE_1)], "month")
    result = result_of(history, "Atlas", NOVEMBER)

    sheet = workbook_of(squad_briefing(edition_in("en"), result, today=TODAY)).worksheets[2]
    assert [row[:3] for row in sheet.iter_rows(values_only=True)] == [("Squad", "Lever", "Gain")]
    assert not sheet.tables


def test_texts_stay_texts() -> None:
    book = workbook_of(briefing(*HOSTILE))

    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert [cell.coordinate for cell in cells if cell.hyperlink] == []
    names = {cell.value for row in book.worksheets[0].iter_rows(max_col=1) for cell in row}
    assert {name.replace("\uffff", "") for name in HOSTILE} <= names


def test_a_single_squad_has_its_notes_instead_of_the_heat_map() -> None:
    take_away = squad_briefing(edition_in("en"), summary("Atlas").results[0], today=TODAY)

    sheet = workbook_of(take_away).worksheets[0]

    texts = [row[0] for row in sheet.iter_rows(values_only=True, max_col=1) if row[0]]
    assert texts == [take_away.verdict, take_away.heading, *take_away.squads[0].notes, "Scale"]


def test_decisions_have_who_should_who_does_and_how_far_that_fits() -> None:
    book = workbook_of(mapped("Atlas", mandates={"pm": FORMULA}))

    rows = {row[2]: row for row in book["Who decides"].iter_rows(values_only=True)}
    assert rows["What is cut"][3:9] == (
        "CPO, CTO and PM",
        "CPO (1), CTO (1), PM (1) and PO (1)",
        "Contested",
        50,
        2,
        # One pair of voices with nobody in common.
        1,
    )
    assert len(rows) == 1 + 19
    finding = next(book["Findings"].iter_rows(min_row=2, values_only=True))
    assert finding[1:4] == (
        "Decided by the wrong role",
        "What is cut: 1 of 2 voices says that the PO decides; that role should not decide at this "
        "level (Arbitration).",
        "Settle trade-offs before the sprint",
    )
    charter = next(book["Charter"].iter_rows(min_row=2))
    assert (charter[1].value, charter[2].value, charter[2].data_type) == ("PM", FORMULA, "s")
    sign = next(book["Vital signs"].iter_rows(min_row=2, values_only=True))
    assert sign[1:4] == (
        "Days to make a trade-off call",
        4,
        "Days to make a trade-off call: 4 days",
    )


def test_fit_stands_beside_maturity() -> None:
    book = workbook_of(mapped("Atlas"))

    rows = {row[1]: row for row in book["Levels"].iter_rows(values_only=True)}
    assert (rows["Arbitration"][2], rows["Arbitration"][7]) == (50, 87.5)
    summary_rows = [row[:6] for row in book["Summary"].iter_rows(values_only=True)]
    whole = "4/4·100"
    assert summary_rows.count(("Atlas", "3/3·100", whole, "3/4·88", whole, whole)) == 1


def test_actions_have_real_dates_and_no_notes() -> None:
    late = action(decided_on=date(2026, 9, 1), due_on=date(2026, 10, 1), note="Between us")

    book = workbook_of(mapped("Atlas", actions=[late]))

    row = next(book["Actions"].iter_rows(min_row=2, values_only=True))
    assert row[:7] == (
        "Atlas",
        "Open one channel for urgent requests",
        "Planned",
        "overdue",
        "PM",
        datetime(2026, 9, 1),  # noqa: DTZ001 - a spreadsheet's dates know no zone
        datetime(2026, 10, 1),  # noqa: DTZ001
    )
    assert "Between us" not in {cell for row in book["Actions"].values for cell in row}


def test_what_is_open_in_a_squad_without_a_check_in_the_period_is_listed_as_it_is_counted() -> None:
    checks = [
        assessment(squad="Atlas", answers=EXAMPLE_1),
        assessment(squad="Gone", assessed_on=date(2026, 9, 4), answers=EXAMPLE_1),
    ]
    history = History(FRAMEWORK, checks, "month")
    actions = [action(squad=squad) for squad in ("Atlas", "Gone")]
    company = summary_of(history, history.squads, NOVEMBER, actions)

    book = workbook_of(briefing_of(edition_in("en"), company, today=TODAY))

    assert "2 actions are open; none is overdue." in {
        cell for row in book["Summary"].values for cell in row
    }
    assert [row[0] for row in book["Actions"].iter_rows(min_row=2, values_only=True)] == [
        "Atlas",
        "Gone",
    ]


@IN_EVERY_LANGUAGE
def test_every_sheet_of_rows_is_a_table_with_filters_and_heads_that_stay(language: str) -> None:
    book = workbook_of(sample(language))

    for sheet in book.worksheets[1:-1]:
        (table,) = sheet.tables.values()
        assert table.ref == sheet.dimensions
        assert table.autoFilter.ref == table.ref
        assert [column.name for column in table.tableColumns] == [cell.value for cell in sheet[1]]
        assert sheet.freeze_panes == "B2"


@IN_EVERY_LANGUAGE
def test_every_sheet_prints_across_one_page_wide_with_its_heads_and_the_footer(
    language: str,
) -> None:
    take_away = sample(language)

    book = workbook_of(take_away)

    for sheet in book.worksheets:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        # One page wide is what a file says by saying nothing.
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)
        assert sheet.oddFooter.left.text == take_away.board.footer
    assert {sheet.print_title_rows for sheet in book.worksheets[1:-1]} == {"$1:$1"}


def test_the_colours_of_the_stages_are_explained_and_stages_stand_on_them() -> None:
    book = workbook_of(briefing("A", "B", "C"))

    scale = next(row for row in book["Summary"].iter_rows() if row[0].value == "Scale")
    assert [(cell.value, cell.fill.fgColor.rgb) for cell in scale[1:5]] == [
        ("!! Blurred 0–24", "FFB5320E"),
        ("! Propped up 25–49", "FFB87A00"),
        ("Framed 50–74", "FF4A94CE"),
        ("Fluid 75–100", "FF0B4A7E"),
    ]
    stages = {cell.value: cell.fill.fgColor.rgb for (cell,) in book["Levels"]["D2:D16"]}
    assert stages == {"Blurred": "FFB5320E", "Framed": "FF4A94CE"} | {
        "Fluid": "FF0B4A7E",
        "Propped up": "FFB87A00",
    }


def test_two_native_charts_stand_beside_the_counts_they_are_drawn_from() -> None:
    book = workbook_of(mapped("A", "B"))

    sheet = book["Charts"]
    assert len(sheet._charts) == 2
    rows = {row[0]: row[1:6] for row in sheet.iter_rows(values_only=True, max_col=6)}
    # Two voices with half of everything: framed at every level, in both squads.
    assert rows["Vision"] == (0, 0, 2, 0, 0)
    assert rows["What is cut"] == (0, 0, 2, 0, 0)
    assert rows["North Star"][:3] == (2, 0, 0)
    for chart, head, count in zip(sheet._charts, ("Level", "Decision"), (5, 19), strict=True):
        top = next(row[0].row for row in sheet.iter_rows() if row[0].value == head)
        for at, series in zip("BCDEF", chart.series, strict=False):
            assert series.tx.strRef.f == f"Charts!${at}${top}"
            assert series.cat.strRef.f == f"Charts!$A${top + 1}:$A${top + count}"
            assert series.val.numRef.f == f"Charts!${at}${top + 1}:${at}${top + count}"
    assert len(workbook_of(briefing("A"))["Charts"]._charts) == 1


def test_the_chart_of_one_squad_has_its_scores_in_the_columns_of_their_stages() -> None:
    (result,) = mapped_company("Atlas").results
    book = workbook_of(squad_briefing(edition_in("en"), result, today=TODAY))

    rows = {row[0]: row[1:6] for row in book["Charts"].iter_rows(values_only=True, max_col=6)}
    assert rows["Vision"] == (None, None, 50, None, None)


def test_in_the_chart_of_one_squad_a_score_of_zero_is_not_a_missing_one() -> None:
    def counts(answers: Mapping[str, str]) -> dict[object, tuple[object, ...]]:
        history = History(FRAMEWORK, [assessment(squad="Atlas", answers=answers)], "month")
        result = result_of(history, "Atlas", history.rounds("Atlas")[-1].period)
        book = workbook_of(squad_briefing(edition_in("en"), result, today=TODAY))
        rows = book["Charts"].iter_rows(values_only=True, max_col=5)
        return {row[0]: row[1:] for row in rows}

    assert counts(WORST)["Vision"] == (0, None, None, None)
    assert counts({"late-scope": "often"})["Vision (not enough answers)"] == (None,) * 4


def test_days_before_those_of_workbooks_are_texts() -> None:
    days, file = [date(1, 1, 1), date(1900, 1, 1)], io.BytesIO()
    with Workbook(file) as book:
        SheetCells(book, "", words_in("en")).sheet(
            "Days", [Column("Day", 10, str)], [[day] for day in days]
        )

    values = [row[0] for row in load_workbook(file)["Days"].iter_rows(min_row=2, values_only=True)]
    assert values == ["0001-01-01", datetime(1900, 1, 1)]  # noqa: DTZ001

"""What a take-away says, whatever its format."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from datetime import date

import pytest

from assessment.access.invitations import answer_as_stored
from assessment.charts.wording import out_of_hundred
from assessment.content.edition import edition_in
from assessment.content.loading import shipped_framework
from assessment.languages import words_in
from assessment.model import Assessment
from assessment.rounds.history import History
from assessment.rounds.leadership import summary_of
from assessment.rounds.results import draft_result, result_of
from assessment.wording.briefing import SquadPart, squad_briefing
from assessment.wording.decision_records import calendar_entries, charter_text
from assessment.wording.overview import Overview
from assessment.wording.trends import SquadTrend, trend_of
from assessment.wording.verdicts import result_verdict
from tests.builders import action, assessment, deep_assessment, gathering
from tests.examples import HALF, healthy
from tests.reports.briefings import (
    FRAMEWORK,
    IN_EVERY_LANGUAGE,
    NOVEMBER,
    TODAY,
    briefing,
    sample,
    summary,
)


def test_the_overview_shows_points_and_what_changed() -> None:
    part = briefing("A", "B", "C").overview

    assert part is not None
    # C has single-channel = no: arbitration 72.7, daily 88.2, delivery 93.3; all were 100. Less
    # than ten points of a single voice are no move.
    assert [(cell.shown, cell.change) for cell in part.rows[2].cells] == [
        ("100", ""),
        ("100", ""),
        ("! 73*", "−27"),
        ("88", "−12"),
        ("93", ""),
    ]
    # 73 points would be framed, the third stage; side messages keep it at the second.
    assert part.rows[2].cells[2].stage == 2
    assert part.rows[2].about == ("1 → 1 voice", "changes since September 2026")
    assert part.columns == ("Vision", "Strategy", "Arbitration", "Daily", "Delivery")


def test_marks_of_change_are_read_with_since_when() -> None:
    *_, moved, steady = briefing(*"ABCD").squads

    assert moved.moved_since == "since September 2026\n1 voice, then 1"
    assert steady.moved_since == ""


def test_a_level_without_a_score_is_a_dash() -> None:
    part = briefing("A", "B", "C", "D").overview

    assert part is not None
    # D answered the three questions only, which score arbitration alone.
    assert [cell.shown for cell in part.rows[3].cells] == ["–", "–", "100", "–", "–"]


def test_a_lever_names_a_few_squads_and_counts_the_others() -> None:
    part = briefing(*"ABCDEFGHIJ").overview

    assert part is not None
    # Two in five answered badly, in one in five scope grew late: six squads.
    sprint = next(lever for lever in part.levers if "late scope" in lever.title)
    assert sprint.where == "A, B, E, F and 2 more squads"


def test_the_title_says_what_and_the_verdict() -> None:
    take_away = briefing("A", "B", "C")

    assert take_away.title.startswith("November 2026 · 3 squads · 3 voices · ")
    assert take_away.verdict in take_away.title


def test_a_single_squads_take_away_has_no_overview() -> None:
    result = summary("Atlas").results[0]
    edition = edition_in("en")

    take_away = squad_briefing(edition, result, today=TODAY)

    assert take_away.overview is None
    assert take_away.verdict == result_verdict(edition, result)
    assert take_away.title == f"Atlas · November 2026 · 1 voice · {take_away.verdict}"


def notes_of(answers: Sequence[Assessment]) -> tuple[str, ...]:
    result = result_of(History(FRAMEWORK, answers, "month"), "Atlas", NOVEMBER)
    part: SquadPart = squad_briefing(edition_in("en"), result, today=TODAY).squads[0]
    return part.notes


def test_a_round_by_invitation_says_first_where_its_voices_and_roles_differ() -> None:
    held = gathering(privacy="open")
    checks = [
        answer_as_stored(assessment(role=role, answers=healthy({"single-channel": option})), held)
        for role, option in (("pm", "yes"), ("tl", "no")) * 2
    ]
    differ = "Voices differ most on “One channel for urgent requests”: Yes (2) and No (2)."

    assert notes_of(checks)[1] == differ
    assert notes_of(checks)[2].endswith("“One channel for urgent requests”: 100 against 0.")
    assert notes_of(checks).count(differ) == 1

    apart = [check.model_copy(update={"gathering": None}) for check in checks]
    assert notes_of(apart)[-1] == differ
    assert notes_of(apart).count(differ) == 1


@pytest.mark.parametrize(
    ("language", "voices", "deep"),
    [
        ("en", "1 in the quick check, 2 in the deep check", "2 voices"),
        ("fr", "1 au diagnostic rapide, 2 au diagnostic approfondi", "2 voix"),
    ],
)
def test_voices_are_counted_for_each_half_and_never_together(
    language: str, voices: str, deep: str
) -> None:
    # One quick check, two deep ones alone: three voices in all, and no half rests on three.
    answers = [assessment(answers=HALF), *(deep_assessment(answers={}) for _ in range(2))]
    history = History(shipped_framework(), answers, "month")
    result = result_of(history, "Atlas", history.rounds("Atlas")[0].period)
    take_away = squad_briefing(edition_in(language), result, today=TODAY)
    (squad,) = take_away.squads

    assert squad.caption.endswith(f" · {voices}")
    assert take_away.board.footer.split(" · ")[1] == voices
    assert take_away.board.overview.heading.endswith(f" · {voices}")
    (row,) = take_away.board.overview.squad_rows  # its levels are those of the quick check
    assert row.voices == {"en": "1 voice", "fr": "1 voix"}[language]
    assert squad.deep is not None
    assert squad.deep.heading.endswith(f" · {deep}")
    assert squad.exported_levels()["voices"].tolist() == [1] * 5


def test_answers_that_are_not_saved_are_titled_and_counted_as_one_voice_of_no_squad() -> None:
    result = draft_result(shipped_framework(), HALF, today=date(2026, 11, 28))
    draft = SquadPart(edition_in("en"), result, TODAY)
    assert draft.title("It holds.") == "November 2026 · It holds."
    assert draft.exported_levels()["voices"].tolist() == [1] * 5
    assert out_of_hundred("", "Vision", 70, words=words_in("en")) == "Vision: 70 out of 100"
    assert out_of_hundred("A", "Vision", None, words=words_in("fr")).startswith("A, Vision")


@IN_EVERY_LANGUAGE
def test_sample_data_are_badged_squad_by_squad(language: str) -> None:
    take_away = sample(language)

    badge = {"en": "Sample data", "fr": "Données d’exemple"}[language]
    assert take_away.badge == badge
    assert {part.badge for part in take_away.squads} == {badge}
    assert briefing("A").badge is None


def test_what_makes_files_is_imported_only_when_a_file_is_asked_for() -> None:
    heavy = "{'pptx', 'typst', 'vl_convert', 'xlsxwriter'}"
    program = (
        f"import sys, assessment.ui.results.take_away; print(sorted({heavy} & set(sys.modules)))"
    )

    said = subprocess.run(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert said.stdout.strip() == "[]"


@IN_EVERY_LANGUAGE
def test_an_earlier_round_says_that_actions_and_agreements_are_those_of_today(
    language: str,
) -> None:
    checks = [assessment(assessed_on=date(2026, month, 3), answers=HALF) for month in (10, 11)]
    history, edition = History(FRAMEWORK, checks, "month"), edition_in(language)
    first, last = (
        SquadPart(edition, result_of(history, "Atlas", shown.period, [action()]), TODAY)
        for shown in history.rounds("Atlas")
    )

    assert edition.words.date(TODAY) in first.as_of_day
    assert first.as_of_day in first.notes
    assert last.as_of_day == ""
    without = SquadPart(edition, result_of(history, "Atlas", first.result.round.period), TODAY)
    assert without.as_of_day == ""


@IN_EVERY_LANGUAGE
def test_whoever_is_told_of_one_period_reads_its_actions_as_of_its_last_day(language: str) -> None:
    # Due on 15 December; told in November, whose last day has passed on 20 December.
    last, day, today = date(2026, 11, 30), date(2026, 12, 15), date(2026, 12, 20)
    due = action(due_on=day)
    history = History(FRAMEWORK, [assessment(answers=HALF)], "month").reading([], [], until=last)
    edition = edition_in(language)
    part = SquadPart(edition, result_of(history, "Atlas", NOVEMBER, [due]), today)
    of_day = edition.words.date(last)

    assert (part.late, part.overdue) == ((), ())
    assert part.to_do[0].endswith(f" · {edition.words.date(day)}")
    assert part.as_of_day.endswith(f" {of_day}.")
    assert part.as_of_day in part.notes
    assert f"\n{of_day}\n" in charter_text(part)
    assert [entry.day for entry in calendar_entries(part)] == [day]

    across = Overview(edition, summary_of(history, ["Atlas"], NOVEMBER, [due]), today)
    assert across.overdue == ()
    assert across.actions_as_of.endswith(f" {of_day}.")
    trend = trend_of(edition, history, ["Atlas"], [due], today=today)
    assert isinstance(trend, SquadTrend)
    ((_, decided),) = trend.decided
    assert not decided.late

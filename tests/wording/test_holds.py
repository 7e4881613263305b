"""How far a result holds, in words; and what a squad answered beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from assessment.access.invitations import answer_as_stored, revealed, showable_assessments
from assessment.content.edition import Edition, edition_in
from assessment.content.loading import shipped_framework
from assessment.languages import points_moved
from assessment.model import Assessment, Survey
from assessment.model.period import Period
from assessment.rounds.agreements import Agreements
from assessment.rounds.history import History
from assessment.rounds.leadership import summary_of
from assessment.rounds.moves import moves_between
from assessment.rounds.results import Result, result_of
from assessment.rounds.round import Round
from assessment.wording.briefing import SquadPart
from assessment.wording.holds import HoldsPart, close_leaks
from assessment.wording.levers import no_lever
from assessment.wording.moves import change_text, changes_note
from assessment.wording.overview import Overview
from assessment.wording.verdicts import verdict
from tests.builders import assessment, deep_assessment, gathering, total
from tests.deep_examples import deep, deep_only
from tests.examples import EXAMPLE_1, EXAMPLE_2, HALF, WORST, healthy
from tests.expected import french

FRAMEWORK = shipped_framework()
EN, FR = edition_in("en"), edition_in("fr")
OCTOBER, NOVEMBER = date(2026, 10, 5), date(2026, 11, 5)

Sheet = dict[str, str]
NOT_RESTATED = healthy({"vision-not-restated": "often"})


def unit(*sheets: Sheet, squad: str = "Atlas", day: date = NOVEMBER) -> Round:
    checks = [assessment(squad=squad, answers=sheet, assessed_on=day) for sheet in sheets]
    return History(FRAMEWORK, checks, "month").rounds(squad)[0]


@pytest.mark.parametrize(
    ("sheets", "english", "in_french"),
    [
        ((HALF,), "This result rests on a single voice.", "Ce résultat repose sur une seule voix."),
        (
            (HALF, HALF),
            "This result rests on two voices.",
            "Ce résultat repose sur deux voix seulement.",
        ),
        (
            (HALF, HALF, HALF),
            "This result holds whichever voice is left out.",
            "Ce résultat tient quelle que soit la voix écartée.",
        ),
        (
            # 0, 0 and 100 are 33 at every level; without one of them 50 or 0.
            (WORST, WORST, EXAMPLE_1),
            "With one voice fewer, the stage of 5 of 5 levels would change.",
            "Avec une voix de moins, 5 stades sur 5 changeraient.",
        ),
        (
            # Three of four say it often: vision 100 · (9 - 3·¾)/9 = 75, fluid, kept at propped up
            # under ¼ of health; with health ⅓, without one of them, it is framed.
            (NOT_RESTATED, NOT_RESTATED, NOT_RESTATED, NOT_RESTATED, EXAMPLE_1),
            "With one voice fewer, the stage would change at Vision.",
            "Avec une voix de moins, le stade changerait pour Vision.",
        ),
        (({}, {}, {}), "", ""),
    ],
)
def test_a_clause_says_how_far_a_result_holds(
    sheets: tuple[Sheet, ...], english: str, in_french: str
) -> None:
    assert HoldsPart(EN, unit(*sheets)).clause == english
    assert HoldsPart(FR, unit(*sheets)).clause == french(in_french)


def test_the_levels_are_told_with_what_one_voice_would_change() -> None:
    part = HoldsPart(EN, unit(WORST, WORST, EXAMPLE_1))

    assert part.table.cells.iloc[0].tolist() == ["Vision", "0 to 50", "no", "100%"]
    assert part.computed[0].startswith("Each of the 3 voices was left out in turn")
    assert HoldsPart(EN, unit(HALF)).table.cells.iloc[0].tolist() == [
        "Vision",
        "–",
        "–",
        "100%",
    ]


SHEETS = (HALF, HALF, *[{}] * 7)
"""Nine voices of which two take the quick check."""
UNKNOWING = dict.fromkeys(HALF, "unknown")


def survey(*sheets: Sheet, **changes: object) -> Round:
    """A survey with these answers, open unless told otherwise."""
    return survey_of(*(assessment(answers=sheet) for sheet in sheets), **changes)


def survey_of(*answered: Assessment, **changes: object) -> Round:
    """The same of whatever was answered on 5 November."""
    held = gathering(**({"privacy": "open"} | changes))
    on_day = [check.model_copy(update={"assessed_on": NOVEMBER}) for check in answered]
    given = [answer_as_stored(check, held) for check in on_day]
    return History(FRAMEWORK, given, "month", surveys=[held]).rounds(held.squad)[0]


def test_who_is_missing_is_told_once_it_is_known_how_many_were_expected() -> None:
    # One of two at ½ everywhere: with the other at 0 it is 25, with the other at 1 it is 75.
    part = HoldsPart(EN, survey(HALF, expected=2))

    assert part.table.cells["With all voices"].tolist() == ["25 to 75"] * 5
    assert part.missing == "1 of the 2 people expected has not answered."
    assert part.missing_with_reach == (
        "1 of the 2 people expected has not answered. Possible scores, if those missing gave the "
        "worst answers or the best: Vision 25 to 75, Strategy 25 to 75, Arbitration 25 to 75, "
        "Daily 25 to 75 and "
        "Delivery 25 to 75."
    )


@pytest.mark.parametrize(
    ("expected", "english", "in_french"),
    [
        (4, "1 of the 4 people expected has", "1 des 4 personnes attendues n'a"),
        (5, "2 of the 5 people expected have", "2 des 5 personnes attendues n'ont"),
    ],
)
def test_the_answers_of_those_missing_are_not_those_of_all_expected(
    expected: int, english: str, in_french: str
) -> None:
    asked = survey(HALF, HALF, HALF, expected=expected)
    part, french_part = HoldsPart(EN, asked), HoldsPart(FR, asked)

    assert part.computed[-1] == (
        f"{english} not answered. The last column tells where each level would lie with the worst "
        "answers from whoever is missing, and with the best."
    )
    assert french_part.computed[-1] == french(
        f"{in_french} pas répondu. La dernière colonne indique où se situerait chaque niveau avec "
        "les pires réponses des absents, puis avec les meilleures."
    )
    assert part.missing_with_reach.startswith(
        f"{english} not answered. Possible scores, if those missing gave the worst answers or the "
        "best: Vision "
    )
    assert french_part.missing_with_reach.startswith(
        french(
            f"{in_french} pas répondu. Scores possibles, si les absents donnaient les pires "
            "réponses ou les meilleures : Vision "
        )
    )


@pytest.mark.parametrize("whole", [survey(HALF, expected=1), survey(HALF), unit(HALF)])
def test_nobody_is_missing_where_all_have_answered_or_nobody_knows(whole: Round) -> None:
    part = HoldsPart(EN, whole)

    assert "With all voices" not in part.table.cells
    assert (part.missing, part.missing_with_reach) == ("", "")


def test_who_answered_any_part_has_answered_and_voices_are_told_by_part() -> None:
    # Nine of nine say who decides; two of them take the quick check as well.
    nine = [assessment(deep={"deciders": {"cut": ["pm"]}}, answers=sheet) for sheet in SHEETS]
    asked = survey_of(*nine, expected=9)

    english, in_french = HoldsPart(EN, asked), HoldsPart(FR, asked)
    assert english.clause == "9 answered; 2 of them the quick check, on which this result rests."
    assert in_french.clause == french(
        "9 personnes ont répondu, dont 2 au diagnostic rapide, sur lequel repose ce résultat."
    )
    assert english.missing == ""
    of_twelve = HoldsPart(EN, survey_of(*nine, expected=12))
    assert of_twelve.missing == "3 of the 12 people expected have not answered."


def test_a_verdict_on_the_lowest_stage_holds_where_another_level_has_the_lowest_score() -> None:
    # Delivery is capped below fluid, whoever is left out; Vision alone scores lower, in the eyes of
    # some. The verdict goes by the stage, which every voice keeps.
    runs = ("not-seen", "sometimes", "sometimes", "sometimes")
    clear = ("partly", "partly", "no", "yes")
    part = HoldsPart(
        EN,
        unit(
            *(
                healthy({"pm-runs-sprint": one, "mandates-clear": other})
                for one, other in zip(runs, clear, strict=True)
            )
        ),
    )
    assert part.shown.holds.weakest_kept is False
    assert part.clause == "This result holds whichever voice is left out."


def test_of_levels_that_lie_lowest_together_none_is_the_lowest() -> None:
    alike = HoldsPart(EN, unit(HALF, HALF, HALF))
    assert not [text for text in alike.computed if text.startswith("Level with the lowest")]
    # Arbitration alone lies lower.
    lower = HoldsPart(EN, unit(*[HALF | {"single-channel": "no"}] * 3))
    assert [
        text
        for text in lower.computed
        if text.startswith("Level with the lowest score, Arbitration: ")
    ]


def test_who_knows_no_answer_has_not_answered() -> None:
    # Of three voices two say what is half well; the third knows nothing.
    asked = survey(HALF, HALF, UNKNOWING, expected=4)
    part = HoldsPart(EN, asked)

    assert part.missing == "2 of the 4 people expected have not answered."
    # Two at ½ of four: 25 with both others at 0, 75 with both at 1.
    assert part.missing_with_reach.startswith(
        "2 of the 4 people expected have not answered. Possible scores, if those missing gave "
        "the worst answers or the best: Vision 25 to 75, "
    )
    assert HoldsPart(EN, survey(HALF, HALF, UNKNOWING, expected=3)).missing == (
        "1 of the 3 people expected has not answered."
    )
    single = HoldsPart(EN, survey(HALF, UNKNOWING))
    assert single.clause == "This result rests on a single voice."
    # Who knows nothing, and tells who decides, has answered.
    deep = assessment(answers=UNKNOWING, deep={"deciders": {"cut": ["pm"]}})
    mapped = HoldsPart(EN, survey_of(assessment(answers=HALF), deep, expected=3))
    assert mapped.clause == "2 answered; 1 of them the quick check, on which this result rests."
    assert mapped.missing == "1 of the 3 people expected has not answered."


def test_in_confidence_whoever_sent_has_answered_as_the_wall_counts() -> None:
    # Six of six were sent; that one knows nothing is nobody's to tell.
    everybody = confidential(*[HALF] * 5, UNKNOWING, expected=6)
    assert (everybody.answered, everybody.missing) == (6, 0)
    assert HoldsPart(EN, everybody).missing == ""
    part = HoldsPart(EN, confidential(*[HALF] * 6, UNKNOWING, expected=12))
    assert part.missing == "5 of the 12 people expected have not answered."


def test_nobody_is_told_missing_where_too_few_answered_to_be_counted() -> None:
    few = confidential(HALF, HALF, expected=6)
    assert (few.answered, few.missing) == (0, 0)


def test_where_levels_could_lie_counts_who_left_the_quick_check_out() -> None:
    # Two at ½ of nine: 1/9 with seven at 0, 8/9 with seven at 1; of twelve 1/12 and 11/12.
    nine = [assessment(deep={"deciders": {"cut": ["pm"]}}, answers=sheet) for sheet in SHEETS]
    english, in_french = (HoldsPart(e, survey_of(*nine, expected=9)) for e in (EN, FR))
    of_twelve = HoldsPart(EN, survey_of(*nine, expected=12))

    assert set(english.table.cells["With all voices"]) == {"11 to 89"}
    assert english.missing_with_reach.startswith(
        "7 of the 9 people expected have not answered the quick check. Possible scores, if those "
        "missing gave the worst answers or the best: Vision 11 to 89, "
    )
    assert in_french.missing_with_reach.startswith(
        french("7 des 9 personnes attendues n'ont pas répondu au diagnostic rapide. Scores")
    )
    assert of_twelve.missing_with_reach.startswith(
        "3 of the 12 people expected have not answered. 10 of the 12 people expected have not "
        "answered the quick check. Possible scores, if those missing gave the worst answers or "
        "the best: Vision 8 to 92, "
    )
    assert of_twelve.computed[-1].startswith(
        "3 of the 12 people expected have not answered. 10 of the 12 people expected have not "
        "answered the quick check. The last column"
    )
    # All of five took the quick check or the deep one: four of five at 1, the fifth from 0 to 1.
    four = [assessment(answers=EXAMPLE_1) for _ in range(4)]
    deep = assessment(answers={}, deep={"deciders": {"cut": ["pm"]}})
    five = HoldsPart(EN, survey_of(*four, deep, expected=5))
    assert set(five.table.cells["With all voices"]) == {"80 to 100"}
    assert "1 of the 5 people expected has not answered the quick check." in five.missing_with_reach


def test_who_is_missing_stands_where_how_far_the_result_holds_does() -> None:
    asked = survey(HALF, HALF, HALF, expected=5)
    result = Result(asked, None, "it", Agreements(FRAMEWORK))
    english = SquadPart(EN, result, NOVEMBER)
    in_french = SquadPart(FR, result, NOVEMBER)

    assert english.notes[0] == "This result holds whichever voice is left out."
    # 3 at ½ of 5: 30 with both others at 0, 70 with both at 1.
    assert english.notes[1].startswith(
        "2 of the 5 people expected have not answered. Possible scores, if those missing gave "
        "the worst answers or the best: Vision 30 to 70, "
    )
    assert in_french.holding.missing == french("2 des 5 personnes attendues n'ont pas répondu.")
    assert french("les pires réponses ou les meilleures : Vision 30 à 70,") in in_french.notes[1]


def confidential(*sheets: Sheet, **changes: object) -> Round:
    """A confidential survey that asks for three voices at least."""
    return survey(*sheets, **({"privacy": "confidential", "least_voices": 3} | changes))


def test_of_a_confidential_survey_who_is_missing_is_counted_and_ranges_are_as_coarse() -> None:
    # Six at 0 or 1: 100/7 = 14.3 and 200/7 = 28.6, told as 10 and 30.
    five = HoldsPart(EN, confidential(WORST, WORST, WORST, WORST, EXAMPLE_1, expected=7))
    six = HoldsPart(EN, confidential(WORST, WORST, WORST, WORST, WORST, EXAMPLE_1, expected=7))

    assert five.missing_with_reach == "2 of the 7 people expected have not answered."
    assert "With all voices" not in five.table.cells
    assert set(six.table.cells["With all voices"]) == {"10 to 30"}


def test_of_a_confidential_survey_ranges_are_coarse_and_told_from_six_voices_of_three() -> None:
    # Five of six at 0: 100/6 = 16.7, from 0 to 20 without one.
    five = HoldsPart(EN, confidential(WORST, WORST, WORST, WORST, EXAMPLE_1))
    six = HoldsPart(EN, confidential(WORST, WORST, WORST, WORST, WORST, EXAMPLE_1))

    assert set(five.table.cells["Without one voice"]) == {"–"}
    assert set(six.table.cells["Without one voice"]) == {"0 to 20"}
    assert "in steps of five points, and only from 6 voices up" in six.computed[0]


# Several squads -----------------------------------------------------------------------------------


def test_it_is_said_in_how_many_squads_a_leak_is_close() -> None:
    # A leaks at every level whoever is left out; B would be framed, 50, without one of the two.
    firm = unit(WORST, WORST, WORST, squad="A")
    close = unit(WORST, WORST, EXAMPLE_1, squad="B")

    assert close_leaks(EN, [firm, close]) == (
        "The finding only just holds in 1 of the 2 squads concerned."
    )
    assert close_leaks(EN, [close]) == "The finding only just holds in the squad B."
    assert close_leaks(EN, [close, close]) == (
        "The finding only just holds in each of the 2 squads concerned."
    )
    assert close_leaks(EN, [firm]) == "The finding holds in the squad A."
    assert close_leaks(EN, [firm, firm]) == "The finding holds in each of the 2 squads concerned."
    assert close_leaks(FR, [firm, close]) == (
        "Le constat tient de justesse dans 1 des 2 squads concernées."
    )
    assert close_leaks(FR, [close]) == "Le constat tient de justesse dans la squad B."
    assert close_leaks(FR, [firm, firm]) == (
        "Le constat tient dans chacune des 2 squads concernées."
    )
    assert close_leaks(EN, [unit(EXAMPLE_1)]) == ""
    # Of four, 25 at every level: without the healthy one 0, another stage at which they leak, too.
    spread = unit(WORST, WORST, WORST, EXAMPLE_1)
    assert close_leaks(EN, [spread]) == "The finding holds in the squad Atlas."


def test_no_leak_is_said_to_hold_where_no_voice_could_be_left_out() -> None:
    firm, alone = unit(WORST, WORST, WORST, squad="A"), unit(WORST, squad="B")

    assert close_leaks(EN, [alone]) == "The finding rests on a single voice in the squad B."
    assert close_leaks(FR, [alone]) == "Le constat repose sur une seule voix dans la squad B."
    assert close_leaks(EN, [alone, alone]) == (
        "The finding rests on a single voice in each of the 2 squads concerned."
    )
    two = unit(WORST, WORST, squad="C")
    assert close_leaks(EN, [alone, two]) == (
        "The finding rests on one or two voices in each of the 2 squads concerned."
    )
    assert close_leaks(EN, [firm, alone]) == (
        "The finding holds in 1 of the 2 squads concerned; in 1 more, the finding rests on a "
        "single voice."
    )
    assert close_leaks(FR, [firm, firm, alone]) == french(
        "Le constat tient dans 2 des 3 squads concernées ; dans 1 autre, le constat repose sur une "
        "seule voix."
    )


MIXED = WORST | {
    "mandates-clear": "partly",
    "rituals-decide": "partly",
    "po-sets-strategy": "not-seen",
    "trade-offs-mid-sprint": "sometimes",
    "vision-not-restated": "sometimes",
    "pm-writes-tickets": "not-seen",
    "discovery-squeezed": "not-seen",
    "questions-queue": "sometimes",
    "late-scope": "not-seen",
    "unclear-rework": "not-seen",
}
"""Answers of one voice whose widest leak other weights would close."""


def test_a_squad_is_counted_once_as_close_or_as_one_of_which_it_cannot_be_told() -> None:
    close, alone = unit(WORST, WORST, EXAMPLE_1, squad="A"), unit(MIXED, squad="B")
    few = unit(WORST, squad="C")

    assert close_leaks(EN, [alone]) == "The finding only just holds in the squad B."
    assert close_leaks(EN, [close, alone]) == (
        "The finding only just holds in each of the 2 squads concerned."
    )
    assert close_leaks(EN, [close, few]) == (
        "The finding only just holds in 1 of the 2 squads concerned; in 1 more, the finding rests "
        "on a single voice."
    )
    # B rests on one voice as well as only just holding.
    assert close_leaks(EN, [close, alone, few]) == (
        "The finding only just holds in 2 of the 3 squads concerned; in 1 more, the finding rests "
        "on a single voice."
    )
    assert close_leaks(FR, [close, alone, few]) == french(
        "Le constat tient de justesse dans 2 des 3 squads concernées ; dans 1 autre, le constat "
        "repose sur une seule voix."
    )
    assert close_leaks(FR, [close, few, few]) == french(
        "Le constat tient de justesse dans 1 des 3 squads concernées ; dans 2 autres, le constat "
        "repose sur une seule voix."
    )


def test_a_squad_whose_answers_were_deleted_is_named_or_counted_for_it() -> None:
    worst = {item: {answer: 6} for item, answer in WORST.items()}
    (kept,) = History(FRAMEWORK, [], "month", surveys=[total(answers=worst)]).rounds("Atlas")
    firm = unit(WORST, WORST, WORST, squad="A")

    assert close_leaks(EN, [kept]) == "Answers were deleted in the squad Atlas."
    assert close_leaks(EN, [firm, kept]) == (
        "The finding holds in 1 of the 2 squads concerned; in 1 more, answers were deleted."
    )
    assert close_leaks(FR, [firm, kept]) == french(
        "Le constat tient dans 1 des 2 squads concernées ; dans 1 autre, réponses supprimées."
    )


def test_a_squads_line_says_only_what_a_stage_hangs_on() -> None:
    squads = {"A": [WORST, WORST, EXAMPLE_1], "B": [WORST, WORST, WORST], "C": [HALF]}
    given = [
        assessment(squad=squad, answers=answers)
        for squad, sheets in squads.items()
        for answers in sheets
    ]
    history = History(FRAMEWORK, given, "month")
    summary = summary_of(history, history.squads, Period(2026, 11, "month"))

    rows = Overview(EN, summary, NOVEMBER).squad_rows

    assert [row.close for row in rows] == [
        "With one voice fewer, the stage of 5 of 5 levels would change.",
        "",
        HoldsPart(EN, summary.rounds[2]).close,
    ]
    assert [row.voices for row in rows] == ["3 voices", "3 voices", "1 voice"]


# Moves --------------------------------------------------------------------------------------------


def voices(day: date, *sheets: Sheet, names: tuple[str | None, ...] = ()) -> list[Assessment]:
    given = [*names, *[None] * (len(sheets) - len(names))]
    return [
        assessment(answers=sheet, assessed_on=day, voice=name)
        for sheet, name in zip(sheets, given, strict=True)
    ]


def two_rounds(before: list[Assessment], after: list[Assessment]) -> tuple[Round, Round]:
    earlier, later = History(FRAMEWORK, [*before, *after], "month").rounds("Atlas")
    return earlier, later


def test_changes_are_told_with_the_voices_before_and_after() -> None:
    earlier, later = two_rounds(voices(OCTOBER, HALF, HALF), voices(NOVEMBER, *[EXAMPLE_1] * 7))
    moves = moves_between(earlier, later, points=points_moved)

    assert changes_note(EN, earlier, moves) == (
        "Changes since October 2026 (2 voices, then 7). With one or two voices, only 10 points or "
        "more count as a change."
    )


def test_from_three_voices_on_both_sides_the_one_voice_rule_is_told() -> None:
    earlier, later = two_rounds(voices(OCTOBER, *[HALF] * 3), voices(NOVEMBER, *[EXAMPLE_1] * 3))
    moves = moves_between(earlier, later, points=points_moved)

    assert changes_note(EN, earlier, moves).endswith(
        "What one voice alone could cause is not called a change."
    )


def test_the_same_aliases_are_compared_alone_and_the_sentence_says_so() -> None:
    # Ana and Ben alone: 50 to 100; with Cyd in November it would be 67.
    earlier, later = two_rounds(
        voices(OCTOBER, HALF, HALF, names=("Ana", "Ben")),
        voices(NOVEMBER, EXAMPLE_1, EXAMPLE_1, WORST, names=("Ana", "Ben", "Cyd")),
    )
    moves = moves_between(earlier, later, points=points_moved)

    assert changes_note(FR, earlier, moves) == (
        "Changements depuis octobre 2026 (d’après les 2 voix qui ont répondu les deux fois). "
        "Avec une ou deux voix, seul un écart de 10 points ou plus compte comme changement."
    )
    assert "compared on the 2 voices that answered both times" in changes_note(EN, earlier, moves)
    assert change_text(EN, moves.levels[0]) == "+50"


def test_where_no_level_moved_clearly_that_is_said() -> None:
    earlier, later = two_rounds(voices(OCTOBER, HALF), voices(NOVEMBER, EXAMPLE_2 | HALF))
    moves = moves_between(earlier, later, points=points_moved)

    assert {change_text(EN, move) for move in moves.levels} == {"no clear change"}
    assert {change_text(FR, move) for move in moves.levels} == {"pas de changement net"}


# Beside -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edition", "newer", "others"),
    [
        (
            EN,
            "2 newer checks, the last of 20 Nov 2026, do not count here.",
            "1 other check of this period, of 1 Nov 2026, does not count here. See “Numbers”.",
        ),
        (
            FR,
            "2 diagnostics plus récents, le dernier du 20 nov. 2026, ne comptent pas ici.",
            "1 autre diagnostic de cette période, du 1er nov. 2026, ne compte pas ici. Voir "
            "« Chiffres ».",
        ),
    ],
)
def test_checks_beside_the_session_that_counts_are_told_where_the_squad_is(
    edition: Edition, newer: str, others: str
) -> None:
    asked = gathering(privacy="open", closes_on=date(2026, 11, 3))
    saved = [
        answer_as_stored(assessment(answers=HALF), asked),
        *(assessment(assessed_on=date(2026, 11, day), answers=HALF) for day in (1, 19, 20)),
    ]
    history = History(FRAMEWORK, saved, "month", surveys=[asked])
    period = Period(2026, 11, "month")
    part = SquadPart(edition, result_of(history, "Atlas", period), NOVEMBER)
    (row,) = Overview(edition, summary_of(history, ["Atlas"], period), NOVEMBER).squad_rows
    assert re.sub("[\xa0\u202f]", " ", part.other_checks) == f"{newer} {others}"
    assert row.newer.replace("\xa0", " ") == newer


def part_of(saved: Sequence[Assessment], *surveys: Survey, edition: Edition = EN) -> SquadPart:
    history = History(FRAMEWORK, saved, "month", surveys=surveys)
    return SquadPart(edition, result_of(history, "Atlas", Period(2026, 11, "month")), NOVEMBER)


def test_who_decides_is_told_of_the_last_deep_check_of_the_period_with_its_own_voices() -> None:
    asked = gathering(privacy="open", closes_on=date(2026, 11, 3))
    early = [deep_assessment(assessed_on=date(2026, 11, 2), answers=HALF) for _ in range(3)]
    quick = answer_as_stored(assessment(answers=HALF), asked)
    part, french_part = (part_of([quick, *early], asked, edition=edition) for edition in (EN, FR))
    assert part.deep is not None
    assert (part.deep.is_mapped, len(part.deep.lens_troubles)) == (True, 2)
    assert part.deep_unit_line == (
        "Who decides: single checks, 2\u00a0Nov\u00a02026 (3 voices); "
        "their quick-check answers do not count here."
    )
    assert re.sub("[\xa0\u202f]", " ", french_part.deep_unit_line) == (
        "Qui décide : diagnostics isolés, 2 nov. 2026 (3 voix) ; "
        "leurs réponses au diagnostic rapide ne comptent pas ici."
    )
    assert part.deep_unit_line in part.notes
    assert (part.other_checks, part.deep_beside) == ("", ())
    assert part.beside is not None  # their levels, which do not count
    assert part.beside.cells["Voices"].tolist() == ["3"]
    assert part_of([quick], asked).deep_unit_line == ""


def test_quick_answers_of_the_session_that_maps_are_said_not_to_count() -> None:
    days = (date(2026, 11, 5), date(2026, 11, 20))
    early, later = (gathering(privacy="open", opened_on=day, closes_on=day) for day in days)
    saved = [
        *(answer_as_stored(deep_assessment(answers=WORST), early) for _ in range(3)),
        *(answer_as_stored(assessment(answers=EXAMPLE_1), later) for _ in range(2)),
    ]
    part, french_part = (part_of(saved, early, later, edition=edition) for edition in (EN, FR))
    told = (
        "Who decides: session, 5\u00a0Nov\u00a02026 (3 voices); "
        "its quick-check answers do not count here."
    )
    assert part.deep_unit_line == told
    assert part.notes[-1] == told
    assert re.sub("[\xa0\u202f]", " ", french_part.deep_unit_line) == (
        "Qui décide : session, 5 nov. 2026 (3 voix) ; "
        "ses réponses au diagnostic rapide ne comptent pas ici."
    )


DIFFER = "Voices differ most on who decides “What is cut”: CTO (3) and CPO (2)."


@pytest.mark.parametrize("levels_of", [[HALF], [HALF, HALF, WORST]])
def test_whom_invited_voices_name_is_told_first_where_the_levels_are_of_other_checks(
    levels_of: list[Sheet],
) -> None:
    asked, answers = naming_apart([("cto",)] * 3 + [("cpo",)] * 2)
    part = part_of([*(assessment(answers=sheet) for sheet in levels_of), *answers], asked)
    assert part.disagreement is not None
    items = (part.voices.sentence,) if part.voices else ()
    assert part.disagreement.sentences == (*items, DIFFER)
    assert part.disagreement.too_few == ""
    assert [part.notes.count(text) for text in (*items, DIFFER)] == [1] * (len(items) + 1)


def test_invited_voices_that_name_the_same_make_no_headline_of_another_check() -> None:
    asked, answers = naming_apart([("cto",)] * 5)
    assert part_of([assessment(answers=HALF), *answers], asked).disagreement is None


def naming_apart(named: Sequence[tuple[str, ...]]) -> tuple[Survey, list[Assessment]]:
    day = date(2026, 11, 20)
    asked = gathering(privacy="open", depth="who-decides", opened_on=day, closes_on=day)
    told = (deep_only(deep=deep(deciders={"cut": roles})) for roles in named)
    return asked, [answer_as_stored(one, asked) for one in told]


def test_a_deep_check_that_does_not_count_stands_beside_the_last() -> None:
    asked = gathering(privacy="open", closes_on=date(2026, 11, 3))
    early = [deep_assessment(assessed_on=date(2026, 11, 2), answers=HALF) for _ in range(3)]
    part = part_of([answer_as_stored(deep_assessment(answers={}), asked), *early], asked)
    assert part.deep_unit_line == "Who decides: session, 3\u00a0Nov\u00a02026 (1 voice)."
    ((text, beside),) = part.deep_beside
    assert text == (
        "The levels come from single checks, 2\u00a0Nov\u00a02026 (3 voices); their deep check "
        "does not count here."
    )
    assert beside.heading == "Atlas · November 2026 · 3 voices"
    assert (part.beside, part.other_checks) == (None, "")


@pytest.mark.parametrize(
    ("edition", "session", "single"),
    [
        (
            EN,
            "The levels come from a session, 5 Nov 2026 (3 voices); its deep check does not count "
            "here.",
            "The levels come from single checks, 5 Nov 2026 (3 voices); their deep check does not "
            "count here.",
        ),
        (
            FR,
            "Les niveaux viennent d’une session, 5 nov. 2026 (3 voix) ; son diagnostic approfondi "
            "ne compte pas ici.",
            "Les niveaux viennent de diagnostics isolés, 5 nov. 2026 (3 voix) ; leur diagnostic "
            "approfondi ne compte pas ici.",
        ),
    ],
)
def test_the_check_that_gives_the_levels_is_not_said_to_count_for_nothing(
    edition: Edition, session: str, single: str
) -> None:
    day = date(2026, 11, 5)
    held = gathering(privacy="open", opened_on=day, closes_on=day)
    checks = [deep_assessment(answers=HALF, assessed_on=day) for _ in range(3)]
    invited = [answer_as_stored(check, held) for check in checks]
    asked, answers = naming_apart([("cto",)] * 5)
    for of_levels, expected in ((invited, session), (checks, single)):
        part = part_of([*of_levels, *answers], held, asked, edition=edition)
        ((text, _deep),) = part.deep_beside
        assert re.sub("[\xa0\u202f]", " ", text) == expected


def test_what_else_was_answered_in_the_period_stands_beside_it_by_date() -> None:
    held = gathering(privacy="open")
    checks = [
        assessment(squad=held.squad, answers=EXAMPLE_1, assessed_on=date(2026, 11, 20)),
        assessment(squad=held.squad, answers=HALF, assessed_on=date(2026, 11, 2)),
        answer_as_stored(assessment(answers=WORST, assessed_on=NOVEMBER), held),
    ]
    history = History(FRAMEWORK, checks, "month", surveys=[held])
    result = result_of(history, held.squad, Period(2026, 11, "month"))

    part = SquadPart(EN, result, NOVEMBER)
    assert part.beside is not None
    assert part.beside.cells.iloc[0].tolist()[:4] == [
        "from 2\u00a0Nov\u00a02026 to 20\u00a0Nov\u00a02026",
        "Single checks",
        "2",
        "75 · Fluid",
    ]
    assert part.notes[-1] == (
        "Not counted here: single checks, from 2\u00a0Nov\u00a02026 to 20\u00a0Nov\u00a02026 "
        "(2 voices)."
    )
    assert SquadPart(FR, result, NOVEMBER).notes[-1] == french(
        "Non compté ici : diagnostics isolés, du 2\u00a0nov.\u00a02026 au 20\u00a0nov.\u00a02026 "
        "(2 voix)."
    )


def test_another_session_of_the_period_stands_beside_it_as_one() -> None:
    first, last = (
        gathering(privacy="open", opened_on=date(2026, 11, day), closes_on=date(2026, 11, day + 1))
        for day in (2, 10)
    )
    answers = [
        answer_as_stored(assessment(answers=sheet, assessed_on=survey.closes_on), survey)
        for survey, sheet in ((first, HALF), (last, WORST))
    ]
    history = History(FRAMEWORK, answers, "month", surveys=[first, last])

    part = SquadPart(EN, result_of(history, "Atlas", Period(2026, 11, "month")), NOVEMBER)
    assert part.beside is not None
    assert part.beside.cells.iloc[0].tolist()[:4] == [
        "2\u00a0Nov\u00a02026",
        "Session",
        "1",
        "50 · Framed",
    ]
    assert part.notes[-1] == "Not counted here: another session, 2\u00a0Nov\u00a02026 (1 voice)."


def test_of_a_total_it_is_said_why_no_voice_can_be_left_out() -> None:
    def clause(edition: Edition, **changes: object) -> str:
        history = History(FRAMEWORK, [], "month", surveys=[total(**changes)])
        return HoldsPart(edition, history.rounds("Atlas")[0]).clause

    assert clause(EN) == (
        "The answers of 6 voices were counted and deleted, so the result cannot be computed "
        "without one of them."
    )
    assert clause(FR).startswith("Les réponses de 6 voix ont été comptées puis supprimées")
    assert clause(EN, answers={}, voices=2) == (
        "Only the number of voices is kept (2); no question of the quick check had enough answers."
    )
    # Of the deep check nothing is counted, however many took it.
    assert clause(FR, answers={}, voices=8) == french(
        "Seul le nombre de voix est conservé (8) ; aucune question du diagnostic rapide n'a "
        "reçu assez de réponses."
    )


REVEALED = datetime(2026, 11, 6, tzinfo=UTC)


def in_confidence(*sheets: Sheet) -> History:
    """A confidential session of at least five, revealed, with these answers."""
    held = revealed(gathering(expected=6), voices=5, now=REVEALED)
    given = [
        answer_as_stored(assessment(answers=answers, assessed_on=NOVEMBER), held)
        for answers in sheets
    ]
    return History(FRAMEWORK, showable_assessments(given, [held]), "month", surveys=[held])


def test_a_result_of_the_fewest_voices_that_are_shown_holds_without_none_of_them() -> None:
    (five,) = in_confidence(*[WORST] * 5).rounds("Atlas")
    (six,) = in_confidence(*[WORST] * 6).rounds("Atlas")
    assert HoldsPart(EN, five).clause == "This result rests on 5 voices, the fewest that are shown."
    assert HoldsPart(EN, six).clause == "This result holds whichever voice is left out."


@pytest.mark.parametrize(
    ("sheet", "unknown", "english", "in_french"),
    [
        (
            WORST,
            dict.fromkeys(set(WORST) - {"single-channel"}, "unknown"),
            "too few questions have 5 answers to say at which level decisions leak.",
            "trop peu de questions ont 5 réponses pour dire à quel niveau les décisions se "
            "perdent.",
        ),
        (
            EXAMPLE_1,
            dict.fromkeys(set(WORST) - set(EXAMPLE_2), "unknown"),
            "fewer than 5 answers a question for Vision, Strategy, Daily and Delivery.",
            "moins de 5 réponses par question pour Vision, Stratégie, Quotidien et Delivery.",
        ),
    ],
)
def test_one_who_does_not_know_hides_a_question_of_five_voices_and_it_is_said_so(
    sheet: Sheet, unknown: Sheet, english: str, in_french: str
) -> None:
    (shown,) = in_confidence(*[sheet] * 4, sheet | unknown).rounds("Atlas")
    for edition, text in ((EN, english), (FR, french(in_french))):
        assert verdict(edition, shown).endswith(text)


def test_no_lever_of_a_closed_session_asks_for_more_answers() -> None:
    unknown = dict.fromkeys(set(WORST) - {"single-channel"}, "unknown")
    hidden = in_confidence(*[WORST] * 4, WORST | unknown)
    month = Period(2026, 11, "month")
    result = result_of(hidden, "Atlas", month)
    assert no_lever(EN, [result]).startswith("No lever: questions with fewer than 5 answers stay")
    held = revealed(gathering(privacy="open"), voices=1, now=REVEALED)
    given = answer_as_stored(assessment(answers={"single-channel": "no"}), held)
    few = result_of(History(FRAMEWORK, [given], "month", surveys=[held]), "Atlas", month)
    assert no_lever(EN, [few]) == "No lever: these answers score fewer than three levels."

"""A pooled answer is told from who said what: the PO never “sometimes” did what nobody saw so."""

from __future__ import annotations

from datetime import date

import pytest

from assessment.content.edition import edition_in
from assessment.content.loading import shipped_framework
from assessment.rounds.history import History
from assessment.rounds.results import draft_result, result_of
from assessment.rounds.round import Round
from assessment.scoring.diagnosis import Evidence
from assessment.wording.answers import is_trouble, most_say, trouble_clause, trouble_sentence
from assessment.wording.briefing import SquadPart
from assessment.wording.chips import question_chips
from tests.builders import assessment
from tests.examples import healthy
from tests.expected import french

FRAMEWORK = shipped_framework()
EN, FR = edition_in("en"), edition_in("fr")
ITEM = "po-sets-strategy"


def unit(*options: str, item: str = ITEM) -> Round:
    checks = [
        assessment(answers=healthy({item: option}), assessed_on=date(2026, 11, 5))
        for option in options
    ]
    return History(FRAMEWORK, checks, "month").rounds("Atlas")[0]


def evidence(squad: Round, item: str = ITEM) -> Evidence:
    column = FRAMEWORK.item_ids.index(item)
    return Evidence(item, float(squad.healths.values[0, column]))


THREE_OFTEN = ("often",) * 3 + ("not-seen",) * 4


def test_where_no_answer_has_most_voices_it_is_said_who_said_what() -> None:
    # Of seven, four never and three often: 4/7 of health, which nobody answered.
    squad = unit(*THREE_OFTEN)

    assert trouble_sentence(EN, squad, evidence(squad)) == (
        "“PO sets the strategy”: 3 of 7 say “often”, 4 “not seen”."
    )
    assert trouble_sentence(FR, squad, evidence(squad)) == french(
        "« PO qui fixe la stratégie » : 3 sur 7 répondent « souvent », 4 « pas constaté »."
    )


@pytest.mark.parametrize(
    ("options", "english"),
    [
        (("often",), "The PO often ends up setting the vision or the bets."),
        (("often", "often"), "The PO often ends up setting the vision or the bets."),
        (
            ("often", "often", "not-seen"),
            "The PO often ends up setting the vision or the bets (2 of 3 say so).",
        ),
        (
            ("sometimes", "sometimes", "often"),
            "The PO sometimes ends up setting the vision or the bets (2 of 3 say so).",
        ),
        (
            ("often", "not-seen"),
            "“PO sets the strategy”: 1 of 2 says “often”, 1 “not seen”.",
        ),
    ],
)
def test_what_most_voices_say_is_told_with_how_many(options: tuple[str, ...], english: str) -> None:
    squad = unit(*options)
    assert trouble_sentence(EN, squad, evidence(squad)) == english


@pytest.mark.parametrize(
    ("options", "clause"),
    [
        # Six of six, then four of five, see it at least sometimes: nobody denies it, or one does.
        (("often",) * 3 + ("sometimes",) * 3, "the PO sometimes ends up setting the vision"),
        (
            ("often",) * 2 + ("sometimes",) * 2 + ("not-seen",),
            "the PO sometimes ends up setting the vision",
        ),
        (("often", "sometimes") + ("not-seen",) * 2, "voices differ on “PO sets the strategy”"),
        (("often",) * 4 + ("sometimes",) * 2, "the PO often ends up setting the vision"),
    ],
)
def test_voices_differ_where_no_more_than_half_see_a_trouble(
    options: tuple[str, ...], clause: str
) -> None:
    squad = unit(*options)
    assert trouble_clause(EN, squad, ITEM, 0.4).startswith(clause)
    assert is_trouble(EN, squad, ITEM) == (not clause.startswith("voices differ"))


def test_who_says_what_is_told_where_most_see_a_trouble_and_no_answer_has_most_voices() -> None:
    squad = unit(*("often",) * 3, *("sometimes",) * 3)
    assert trouble_sentence(EN, squad, evidence(squad)) == (
        "“PO sets the strategy”: 3 of 6 say “often”, 3 “sometimes”."
    )


def test_a_verdict_never_says_sometimes_where_nobody_does() -> None:
    squad = unit(*THREE_OFTEN)
    assert trouble_clause(EN, squad, ITEM, 4 / 7) == "voices differ on “PO sets the strategy”"


def test_the_reason_of_a_lever_and_the_evidence_on_a_seat_tell_the_distribution() -> None:
    checks = [
        assessment(answers=healthy({ITEM: option}), assessed_on=date(2026, 11, 5))
        for option in THREE_OFTEN
    ]
    history = History(FRAMEWORK, checks, "month")
    latest = history.rounds("Atlas")[0]
    part = SquadPart(EN, result_of(history, "Atlas", latest.period), date(2026, 11, 5))

    given = "“PO sets the strategy”: 3 of 7 say “often”, 4 “not seen”."
    assert part.levers[0].where == given
    assert given in part.seats[0].behind
    assert "sometimes" not in " ".join((part.verdict, *part.notes))


@pytest.mark.parametrize(
    ("options", "english", "in_french"),
    [
        (("partly",), "partly", "en partie"),
        (("yes", "yes", "no"), "yes (2 of 3)", "oui (2 sur 3)"),
        (("yes", "no"), "voices split", "avis partagés"),
    ],
)
def test_a_question_says_in_a_word_what_most_voices_say(
    options: tuple[str, ...], english: str, in_french: str
) -> None:
    squad = unit(*options, item="mandates-clear")
    health = evidence(squad, "mandates-clear").health

    assert most_say(EN, squad, "mandates-clear", health) == english
    assert most_say(FR, squad, "mandates-clear", health) == in_french


@pytest.mark.parametrize(
    ("options", "text"),
    [
        (("unknown", "unknown"), "I don't know"),
        (("unknown", None, None), "not answered"),
        ((None,), "not answered"),
    ],
)
def test_a_question_without_an_answer_is_unknown_where_all_say_so(
    options: tuple[str | None, ...], text: str
) -> None:
    sheets = [_clear_mandates(option) for option in options]
    checks = [assessment(answers=sheet, assessed_on=date(2026, 11, 5)) for sheet in sheets]
    squad = History(FRAMEWORK, checks, "month").rounds("Atlas")[0]
    assert question_chips(EN, squad)[0].text == f"Clear mandates: {text}"


@pytest.mark.parametrize(
    ("option", "text"), [("unknown", "I don't know"), (None, "not answered"), ("yes", "yes")]
)
def test_what_is_not_saved_yet_tells_unknown_from_not_answered(
    option: str | None, text: str
) -> None:
    result = draft_result(FRAMEWORK, _clear_mandates(option), today=date(2026, 11, 5))
    assert question_chips(EN, result.round)[0].text == f"Clear mandates: {text}"


def _clear_mandates(option: str | None) -> dict[str, str]:
    """A sheet that answers all else well, and this question so, or not at all."""
    answers = healthy({"mandates-clear": option or ""})
    return {item: answer for item, answer in answers.items() if answer}

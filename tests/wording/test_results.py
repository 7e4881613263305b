"""Results as sentences, in both languages."""

from __future__ import annotations

from datetime import date

import pytest

from assessment.content.edition import edition_in
from assessment.content.loading import shipped_framework
from assessment.languages import points_moved
from assessment.rounds.disagreement import RoleGap
from assessment.rounds.leadership import SharedLever
from assessment.rounds.moves import Compared, Move, Moves, Verdict
from assessment.rounds.results import draft_result
from assessment.rounds.seats import SeatReading
from assessment.scoring.disagreement import item_disagreements
from assessment.scoring.levels import (
    LevelScore,
)
from assessment.scoring.seats import Seating
from assessment.wording.levers import lever_owners, shared_gain
from assessment.wording.moves import (
    changed_levels,
    first_check,
    movement,
    stage_change,
    voices_of_moves,
)
from assessment.wording.seats import seat_text
from assessment.wording.voices import disagreement, role_gap, too_few
from tests.deep_examples import ASSUMED, CPTO, PO_ONLY, seated
from tests.examples import (
    EXAMPLE_1,
    EXAMPLE_3,
    ITEMS,
    NEITHER,
    WORST,
    healthy,
)
from tests.expected import french

FRAMEWORK = shipped_framework()
TODAY = date(2026, 11, 3)
EN, FR = edition_in("en"), edition_in("fr")


# Seats --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seat", "reading", "english"),
    [
        ("pm", "no-sign", "No sign that the PM seat is empty"),
        ("po", "watch", "The PO seat is worth watching"),
        ("pm", "empty", "The PM seat looks empty"),
        ("pm", "warned", "Early warning about the PM seat"),
        ("po", "held", "Signals of an empty PO seat, though it is held"),
        ("po", "few", "Signals of an empty PO seat, from fewer than half of the voices"),
        ("po", None, "Not enough answers about the PO seat"),
    ],
)
def test_what_the_signals_of_a_seat_say(
    seat: str, reading: SeatReading | None, english: str
) -> None:
    assert seat_text(EN, seat, reading) == english


# Changes ------------------------------------------------------------------------------------------


def scored(level: str, score: float, *, stage: int) -> LevelScore:
    return LevelScore(level, score, 1.0, stage, ())


DAILY_AT_60 = scored("daily", 60.0, stage=3)


@pytest.mark.parametrize(
    ("score", "points"), [(60.0, 0), (60.49, 0), (59.51, 0), (60.75, 1), (59.25, -1)]
)
def test_three_quarters_of_a_point_are_a_move_and_less_than_half_of_one_is_none(
    score: float, points: int
) -> None:
    assert points_moved(60.0, score) == points


def test_a_stage_that_changes_while_points_do_not_is_explained_by_its_answers() -> None:
    free = LevelScore("vision", 67.0, 1.0, 3, ("po-sets-strategy",))
    capped = LevelScore("vision", 67.2, 1.0, 2, ("vision-not-restated",))

    assert stage_change(EN, free, capped) == (
        "Vision: from “framed” to “propped up”. Since then held back by: Vision not restated."
    )
    assert stage_change(FR, capped, free) == french(
        "Vision : le stade passe de « compensée » à « cadrée ». Ce qui n'y fait plus obstacle : "
        "Vision non rappelée."
    )


def test_a_level_without_a_stage_before_or_after_has_changed_none() -> None:
    unknown = LevelScore("daily", None, 0.2, None, ())
    fluid = scored("daily", 80.0, stage=4)

    stages = [(DAILY_AT_60, unknown), (unknown, DAILY_AT_60), (DAILY_AT_60, DAILY_AT_60)]
    assert [stage_change(EN, *both) for both in stages] == ["", "", ""]
    assert (
        stage_change(EN, DAILY_AT_60, fluid) == "Daily product decisions: from “framed” to “fluid”."
    )


def test_only_answers_that_no_longer_cap_a_level_are_said_to_hold_it_back_no_longer() -> None:
    both = LevelScore("delivery", 78.0, 1.0, 2, ("pm-runs-sprint", "late-scope"))
    one = LevelScore("delivery", 78.2, 1.0, 3, ("late-scope",))
    less = LevelScore("delivery", 78.2, 1.0, 3, ("pm-runs-sprint", "late-scope"))

    assert stage_change(EN, both, one).endswith("No longer held back by: PM runs the sprint.")
    assert stage_change(EN, one, both).endswith("Since then held back by: PM runs the sprint.")
    assert stage_change(EN, both, less).endswith(
        "Held back less by: PM runs the sprint and Late scope."
    )
    assert stage_change(EN, less, both).endswith(
        "Held back more by: PM runs the sprint and Late scope."
    )


# Voices -------------------------------------------------------------------------------------------


def test_two_roles_that_differ_most_are_told_with_their_healths() -> None:
    gap = RoleGap("single-channel", "pm", "tl", 1.0, 0.25)
    assert role_gap(EN, gap) == (
        "PM and Tech Lead differ most on “One channel for urgent requests”: 100 against 25."
    )
    assert role_gap(FR, gap) == french(
        "PM et Tech Lead divergent le plus sur « Canal unique pour les urgences » : 100 contre 25."
    )


def test_roles_that_are_as_far_apart_elsewhere_are_not_told_to_differ_most() -> None:
    gap = RoleGap("single-channel", "pm", "tl", 1.0, 0.25, is_tied=True)
    assert role_gap(EN, gap) == (
        "PM and Tech Lead differ on “One channel for urgent requests”: 100 against 25."
    )
    assert role_gap(FR, gap) == french(
        "PM et Tech Lead divergent sur « Canal unique pour les urgences » : 100 contre 25."
    )


def test_items_that_too_few_answered_are_named_up_to_four_and_counted_beyond() -> None:
    assert too_few(EN, ["late-scope", "mandates-clear"]) == (
        "Too few answers to compare: Late scope and Clear mandates."
    )
    assert too_few(EN, ITEMS[:5]) == "Too few answers to compare on 5 of 14 questions."
    assert too_few(FR, ITEMS[:5]) == ("Trop peu de réponses pour comparer sur 5 questions sur 14.")


def test_the_widest_disagreement_is_told_with_its_votes() -> None:
    opposed = healthy({"late-scope": "often", "single-channel": "partly"})
    agreements = item_disagreements(FRAMEWORK, [EXAMPLE_1] * 5 + [opposed] * 2)

    assert disagreement(EN, agreements) == (
        "Voices differ most on “Late scope”: Not seen (5) and Often (2)."
    )
    assert disagreement(FR, agreements) == french(
        "Les voix divergent le plus sur « Ajouts tardifs » : Pas constaté (5) et Souvent (2)."
    )


def test_answers_on_which_voices_differ_as_much_are_told_as_a_tie() -> None:
    sheets = [
        {"mandates-clear": first, "late-scope": second, "single-channel": "yes"}
        for first, second in (("yes", "often"), ("partly", "sometimes"))
    ]

    assert disagreement(EN, item_disagreements(FRAMEWORK, sheets)) == (
        "Voices differ most, and equally, on 2 questions, for example “Clear mandates”: Yes (1) "
        "and Partly (1)."
    )
    assert disagreement(FR, item_disagreements(FRAMEWORK, sheets)) == french(
        "C'est sur 2 questions, à égalité, que les voix divergent le plus, par exemple « Mandats "
        "clairs » : Oui (1) et En partie (1)."
    )


def test_voices_that_agree_are_told_so() -> None:
    agreements = item_disagreements(FRAMEWORK, [EXAMPLE_3, EXAMPLE_3])

    assert disagreement(EN, agreements) == "All voices gave the same answers to the quick check."
    assert disagreement(FR, agreements) == (
        "Toutes les voix ont donné les mêmes réponses au diagnostic rapide."
    )


def test_one_different_voice_among_fifty_is_still_a_difference() -> None:
    sheets = [{"mandates-clear": "yes"}] * 49 + [{"mandates-clear": "partly"}]

    assert disagreement(EN, item_disagreements(FRAMEWORK, sheets)) == (
        "Voices differ most on “Clear mandates”: Yes (49) and Partly (1)."
    )


def test_without_two_voices_on_an_item_nothing_is_compared() -> None:
    assert disagreement(EN, item_disagreements(FRAMEWORK, [EXAMPLE_1])) == (
        "No question was answered by 2 voices or more."
    )


# What several squads have in common ---------------------------------------------------------------


def moves(*pairs: tuple[float, float, bool], compared: Compared = "same") -> Moves:
    """Levels before and after, each with whether that is a move, of three voices each time."""
    verdicts: dict[bool, Verdict] = {True: "moved", False: "no clear change"}
    levels = tuple(Move("vision", verdicts[verdict], one, two) for one, two, verdict in pairs)
    overall = Move("", "no clear change", 50, 50)
    return Moves(levels, overall, voices_before=3, voices_after=3, compared=compared)


def moved(*, up: int, down: int) -> list[Moves]:
    """Two squads: levels of the first rose, one of them unclearly, and of the second fell."""
    unclear = (60.0, 75.0, False)
    return [moves(*[(50.0, 61.0, True)] * up, unclear), moves(*[(61.0, 50.0, True)] * down)]


@pytest.mark.parametrize(
    ("up", "down", "english"),
    [
        (0, 0, "No clear change at any level since the previous checks."),
        (1, 0, "Since the previous checks: 1 level rose."),
        (18, 3, "Since the previous checks: 18 levels rose, 3 fell."),
    ],
)
def test_movement_counts_levels(up: int, down: int, english: str) -> None:
    assert movement(EN, moved(up=up, down=down)) == english


def test_movement_says_of_how_many_levels_different_voices_are_compared() -> None:
    rose, fell = (50.0, 61.0, True), (61.0, 50.0, True)
    others, same = moves(rose, rose, compared="different"), moves(fell)
    unknown = moves(rose, rose, compared="unknown")

    assert movement(EN, [others, same]) == (
        "Since the previous checks: 2 levels rose, 1 fell; 2 of 3 measured on different voices."
    )
    assert movement(FR, [others, same]) == french(
        "Depuis le diagnostic précédent de chaque squad : 2 niveaux ont progressé, 1 a reculé ; "
        "2 sur 3 d'après des voix différentes."
    )
    assert movement(EN, [others, others]) == (
        "Since the previous checks: 4 levels rose, measured on different voices."
    )
    assert movement(EN, [unknown, same]) == "Since the previous checks: 2 levels rose, 1 fell."
    for not_same in (others, unknown):
        assert movement(EN, [not_same, None]) == (
            "Since the previous check: 2 levels rose (3 voices, then 3)."
        )
        assert voices_of_moves(EN, not_same, "3 voices") == "3 → 3 voices"
        assert voices_of_moves(FR, not_same, "3 voix") == "3 → 3 voix"
    steady = moves((60.0, 75.0, False), compared="different")
    for unsaid in (same, steady):
        assert voices_of_moves(EN, unsaid, "3 voices") == "3 voices"


def test_without_a_round_before_nothing_is_said_to_have_stayed() -> None:
    shown = draft_result(FRAMEWORK, EXAMPLE_1, today=TODAY).round
    assert movement(EN, [None]) == ""
    assert first_check(EN, [shown]) == "One check here: it takes a second one to show what moved."
    assert (
        first_check(EN, [shown] * 2)
        == "One check per squad here: it takes a second one to show what moved."
    )
    assert first_check(FR, [shown] * 2) == french(
        "Un seul diagnostic par squad ici : il en faut un deuxième pour savoir ce qui a bougé."
    )


def test_movement_in_french() -> None:
    assert movement(FR, moved(up=18, down=1)) == french(
        "Depuis le diagnostic précédent de chaque squad : 18 niveaux ont progressé, 1 a reculé."
    )


@pytest.mark.parametrize(
    ("gains", "english", "in_french"),
    [
        (
            (1.5, 5.9, 10.3, 13.8),
            "4 squads · typically +8 points on the mean of the levels.",
            "4 squads · généralement +8 points sur la moyenne des niveaux.",
        ),
        (
            (9.14, 3.6, 9.4),
            "3 squads · typically +9 points on the mean of the levels.",
            "3 squads · généralement +9 points sur la moyenne des niveaux.",
        ),
        (
            (1.2, 1.4),
            "2 squads · typically +1 point on the mean of the levels.",
            "2 squads · généralement +1 point sur la moyenne des niveaux.",
        ),
        (
            (0.4,),
            "1 squad · up to +0.4 point on the mean of the levels.",
            "1 squad · jusqu'à +0,4 point sur la moyenne des niveaux.",
        ),
    ],
)
def test_what_a_lever_typically_gains_over_squads_is_told_and_never_a_sum(
    gains: tuple[float, ...], english: str, in_french: str
) -> None:
    by_squad = {f"Squad {number}": gain for number, gain in enumerate(gains)}
    lever = SharedLever("single-channel", by_squad, ("pm",), squads=4)

    assert shared_gain(EN, lever, is_on_cause=False) == english
    assert shared_gain(FR, lever, is_on_cause=False) == french(in_french)


@pytest.mark.parametrize(
    ("changes", "english", "in_french"),
    [
        (
            ((50.0, 61.0, True), (61.0, 50.0, True)),
            "▲\u00a01 ▼\u00a01",
            "▲\u00a01 ▼\u00a01",
        ),
        (((60.0, 75.0, False),), "no clear change", "pas de changement net"),
    ],
)
def test_a_squads_line_counts_the_levels_that_moved(
    changes: tuple[tuple[float, float, bool], ...], english: str, in_french: str
) -> None:
    assert changed_levels(EN, moves(*changes)) == english
    assert changed_levels(FR, moves(*changes)) == in_french


def test_a_squad_with_one_check_has_nothing_to_be_compared_with() -> None:
    assert changed_levels(EN, None) == "no earlier check here"  # a link may hide one
    assert changed_levels(FR, None) == "aucun diagnostic antérieur ici"


@pytest.mark.parametrize(
    ("seating", "english", "in_french"),
    [
        (ASSUMED, "CPO, CTO and PM", "CPO, CTO et PM"),
        (PO_ONLY, "CPO and CTO", "CPO et CTO"),
        (CPTO, "CPTO and PM", "CPTO et PM"),
        (
            seated("po", cpo="empty", cto="absent"),
            "Leadership, for lack of CPO, CTO and PM",
            "Direction, faute de CPO, CTO et PM",
        ),
    ],
)
def test_a_lever_is_the_move_of_owners_who_are_there(
    seating: Seating, english: str, in_french: str
) -> None:
    lever = "arbitrate-upstream"  # owned by CPO, CTO and PM
    shown = draft_result(FRAMEWORK, EXAMPLE_1, today=TODAY, setup=seating.setup).round
    assert lever_owners(EN, lever, shown) == english
    assert lever_owners(FR, lever, shown) == french(in_french)


def test_a_single_owner_who_is_not_there_is_one_seat() -> None:
    shown = draft_result(FRAMEWORK, EXAMPLE_1, today=TODAY, setup=PO_ONLY.setup).round
    assert lever_owners(EN, "single-channel", shown) == "Leadership, for lack of PM"


def test_a_lever_of_a_seat_that_looks_empty_has_somebody_else_to_move_it() -> None:
    shown = draft_result(FRAMEWORK, WORST | NEITHER, today=TODAY).round
    for edition, owners in (
        (EN, "PM, or Leadership if nobody holds that seat"),
        (FR, "PM, ou Direction si personne ne tient ce siège"),
    ):
        assert lever_owners(edition, "single-channel", shown) == french(owners)
    assert lever_owners(EN, "arbitrate-upstream", shown) == "CPO, CTO and PM"

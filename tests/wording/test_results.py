"""Results as sentences, in both languages."""

from __future__ import annotations

import numpy as np
import pytest

from assessment.content.edition import edition_in
from assessment.content.loading import shipped_framework
from assessment.rounds.comparison import SquadsAtLevel, widest_leak
from assessment.rounds.disagreement import RoleGap
from assessment.rounds.leadership import LevelChanges
from assessment.scoring.change import Change
from assessment.scoring.diagnosis import Evidence, Pressure
from assessment.scoring.disagreement import item_disagreements
from assessment.scoring.levels import (
    Healths,
    LevelScore,
    health_by_item,
    healths_of,
    score_table,
)
from assessment.scoring.seats import Seating
from assessment.wording import results, verdicts
from assessment.wording.squads import leak, movement, moves, shared_gain
from assessment.wording.voices import disagreement, role_gap, too_few
from tests.builders import scores_from
from tests.deep_examples import ASSUMED, CPTO, PO_ONLY, seated
from tests.examples import (
    EXAMPLE_1,
    EXAMPLE_2,
    EXAMPLE_3,
    EXAMPLE_4,
    HALF,
    ITEMS,
    THREE_LEVELS,
    WORST,
    healthy,
)
from tests.expected import french

FRAMEWORK = shipped_framework()
EN, FR = edition_in("en"), edition_in("fr")


def both_verdicts(healths: Healths) -> tuple[str, str]:
    scores = score_table(FRAMEWORK, healths).sheet(0)
    health = health_by_item(FRAMEWORK, healths)
    return verdicts.verdict(EN, scores, health), verdicts.verdict(FR, scores, health)


# The verdict --------------------------------------------------------------------------------------

VERDICTS = {
    "example 1, all fluid": (
        EXAMPLE_1,
        "Three of three: every scored level is at the stage “fluid”.",
        "Trois oui sur trois : tous les niveaux notés sont au stade « fluide ».",
    ),
    "example 2, one level scored": (
        EXAMPLE_2,
        "Three of three: arbitration is fluid; not enough answers yet for Vision, "
        "Strategy and bets, Daily product decisions and Delivery and quality.",
        "Trois oui sur trois : l'arbitrage est fluide ; pas encore assez de réponses pour Vision, "
        "Stratégie et paris, Décisions produit du quotidien et Delivery et qualité.",
    ),
    "example 3, vision has the highest of four fluid scores": (
        EXAMPLE_3,
        "None of three: vision is fluid; arbitration is compensated, "
        "because urgent requests often bypass the channel.",
        "Aucun oui sur trois : la vision est fluide ; l'arbitrage est compensé, "
        "car les demandes urgentes contournent souvent le canal.",
    ),
    "example 4, two levels scored": (
        EXAMPLE_4,
        "Three of three: arbitration is fluid; vision is compensated, because the team often works "
        "from a list of topics, without a North Star; not enough answers yet for "
        "Strategy and bets, Daily product decisions and Delivery and quality.",
        "Trois oui sur trois : l'arbitrage est fluide ; la vision est compensée, car l'équipe suit "
        "souvent une liste de sujets, sans North Star ; pas encore assez de réponses pour "
        "Stratégie et paris, Décisions produit du quotidien et Delivery et qualité.",
    ),
    # Every level is at 50: the first of them is named, with the item that costs it most.
    "all levels at the same stage": (
        HALF,
        "None of three: every scored level is at the stage “framed”, Vision the weakest, because "
        "the team sometimes works from a list of topics, without a North Star.",
        "Aucun oui sur trois : tous les niveaux notés sont au stade « cadrée », le plus fragile "
        "étant « Vision », car l'équipe suit parfois une liste de sujets, sans North Star.",
    ),
    "nothing answered": (
        {},
        "Not enough answers yet to score a decision level.",
        "Pas encore assez de réponses pour noter un niveau de décision.",
    ),
    # arbitration: (2 + 3 + 0) / 8, covered by mandates, channel and trade-offs: 62.5, but
    # trade-offs often caps it at 2
    "the yes count unknown": (
        {
            "mandates-clear": "yes",
            "single-channel": "yes",
            "rituals-decide": "unknown",
            "trade-offs-mid-sprint": "often",
        },
        "Arbitration is compensated, because strategic trade-offs are often settled in a rush, "
        "mid-sprint; not enough answers yet for Vision, Strategy and bets, "
        "Daily product decisions and Delivery and quality.",
        "L'arbitrage est compensé, car des choix stratégiques se règlent souvent à la hâte, en "
        "plein sprint ; pas encore assez de réponses pour Vision, Stratégie et paris, "
        "Décisions produit du quotidien et Delivery et qualité.",
    ),
    # vision 85.7 fluid, strategy 71.4 framed, arbitration 57.1 framed, limited by rituals
    "one yes, three levels scored": (
        THREE_LEVELS,
        "One of three: vision is fluid; arbitration is framed but not yet fluid, because product "
        "meetings close without a written decision; not enough answers yet for "
        "Daily product decisions and Delivery and quality.",
        "Un oui sur trois : la vision est fluide ; l'arbitrage est cadré mais pas encore fluide, "
        "car les rendez-vous produit se terminent sans décision écrite ; pas encore assez de "
        "réponses pour Décisions produit du quotidien et Delivery et qualité.",
    ),
    # daily 17 − 1.5 of 17 and delivery 15 − 0.5 of 15: only daily is capped, at 3; the strongest
    # of the fluid levels is the first
    "two yes": (
        healthy({"rituals-decide": "partly", "questions-queue": "sometimes"}),
        "Two of three: vision is fluid; daily decisions are framed but not yet fluid, "
        "because developers' questions sometimes queue up behind one person.",
        "Deux oui sur trois : la vision est fluide ; les décisions du quotidien sont cadrées mais "
        "pas encore fluides, car les questions des développeurs attendent parfois toutes la même "
        "personne.",
    ),
    # vision 7.5/9 = 83 is capped at framed; strategy 9.5/12 = 79 and daily 14/17 = 82 are fluid
    "a capped level is weaker than a lower score at a higher stage": (
        healthy(
            {
                "vision-not-restated": "sometimes",
                "pm-writes-tickets": "often",
                "discovery-squeezed": "often",
            }
        ),
        "Three of three: arbitration is fluid; vision is framed but not yet fluid, because the "
        "team sometimes works from a list of topics, without a North Star.",
        "Trois oui sur trois : l'arbitrage est fluide ; la vision est cadrée mais pas encore "
        "fluide, car l'équipe suit parfois une liste de sujets, sans North Star.",
    ),
    "everything unhealthy": (
        WORST,
        "None of three: every scored level is at the stage “blurred”, Vision the weakest, because "
        "the team often works from a list of topics, without a North Star.",
        "Aucun oui sur trois : tous les niveaux notés sont au stade « floue », le plus fragile "
        "étant « Vision », car l'équipe suit souvent une liste de sujets, sans North Star.",
    ),
}


@pytest.mark.parametrize(
    ("answers", "english", "in_french"), VERDICTS.values(), ids=VERDICTS.keys()
)
def test_the_verdict(answers: dict[str, str], english: str, in_french: str) -> None:
    assert both_verdicts(healths_of(FRAMEWORK, [answers])) == (english, french(in_french))


def test_of_levels_at_one_stage_the_lowest_score_is_the_weakest() -> None:
    # both are capped at 3: vision 7.5/9 = 83, delivery (15 − 3·1.5)/15 = 70
    answers = healthy(
        {
            "vision-not-restated": "sometimes",
            "late-scope": "sometimes",
            "unclear-rework": "sometimes",
            "pm-runs-sprint": "sometimes",
        }
    )
    english, _ = both_verdicts(healths_of(FRAMEWORK, [answers]))

    assert english == (
        "Three of three: strategy is fluid; delivery is framed but not yet fluid, because "
        "the PM sometimes coordinates the sprint day to day."
    )


def test_of_several_limits_the_worst_answer_is_the_reason() -> None:
    # delivery: 15 − 3·0.3 − 3·0.8 = 11.7 of 15 = 78, capped at 2 by late-scope and 3 by the sprint
    changes = {"pm-runs-sprint": 0.7, "late-scope": 0.2}
    values = np.array([[changes.get(item, 1.0) for item in ITEMS]])

    english, in_french = both_verdicts(Healths(values, np.ones_like(values, dtype=bool)))

    assert english == (
        "Three of three: vision is fluid; delivery is compensated, "
        "because scope often grows after the sprint has started."
    )
    assert in_french == french(
        "Trois oui sur trois : la vision est fluide ; la delivery est compensée, "
        "car le périmètre grossit souvent une fois le sprint lancé."
    )


@pytest.mark.parametrize(
    ("count", "english", "in_french"),
    [
        (
            3,
            "Three yes out of three: the governance holds.",
            "Trois oui sur trois : la gouvernance tient.",
        ),
        (
            2,
            "Fewer than three yes: the governance dilutes the value your teams create.",
            "Moins de trois oui : la gouvernance dilue la valeur que créent vos équipes.",
        ),
        (
            0,
            "Fewer than three yes: the governance dilutes the value your teams create.",
            "Moins de trois oui : la gouvernance dilue la valeur que créent vos équipes.",
        ),
        (
            None,
            "Answer all three questions to know whether the governance holds.",
            "Répondez aux trois questions pour savoir si la gouvernance tient.",
        ),
    ],
)
def test_what_the_yes_count_says(count: int | None, english: str, in_french: str) -> None:
    assert results.governance(EN, count) == english
    assert results.governance(FR, count) == french(in_french)


# Seats --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pressure", "english"),
    [
        (Pressure("pm", 20.0, "no-sign", ()), "No sign that the PM seat is empty"),
        (Pressure("po", 25.0, "watch", ()), "The PO seat is worth watching"),
        (Pressure("pm", 50.0, "empty", ()), "The PM seat looks empty"),
        (Pressure("po", None, None, ()), "Not enough answers about the PO seat"),
    ],
)
def test_what_a_pressure_says(pressure: Pressure, english: str) -> None:
    assert results.pressure(EN, pressure) == english


def test_evidence_is_a_sentence_of_its_own() -> None:
    assert results.evidence(EN, Evidence("late-scope", 0.0)) == (
        "Scope often grows after the sprint has started."
    )
    assert results.evidence(FR, Evidence("late-scope", 0.25)) == (
        "Le périmètre grossit parfois une fois le sprint lancé."
    )


def test_the_early_warning_names_what_is_missing() -> None:
    assert "a PM, not a better PO" in results.early_warning(EN)
    assert "un PM, et non un meilleur PO" in results.early_warning(FR)


# Changes ------------------------------------------------------------------------------------------


def scored(level: str, score: float, *, stage: int) -> LevelScore:
    return LevelScore(level, score, 1.0, stage, ())


DAILY_AT_60 = scored("daily", 60.0, stage=3)


@pytest.mark.parametrize(
    ("before", "after", "english", "in_french"),
    [
        (
            scored("arbitration", 31.8, stage=2),
            scored("arbitration", 45.5, stage=2),
            "Arbitration: +14 points, from 32 to 46; still compensated.",
            "Arbitrage : +14 points, de 32 à 46 ; toujours au stade « compensée ».",
        ),
        (
            scored("daily", 79.4, stage=4),
            scored("daily", 61.8, stage=3),
            "Daily product decisions: −17 points, from 79 to 62; fluid became framed.",
            "Décisions produit du quotidien : −17 points, de 79 à 62 ; "
            "du stade « fluide » au stade « cadrée ».",
        ),
    ],
)
def test_a_level_that_moved(
    before: LevelScore, after: LevelScore, english: str, in_french: str
) -> None:
    assert results.change(EN, before, after) == english
    assert results.change(FR, before, after) == french(in_french)


@pytest.mark.parametrize("points", [0.0, 0.49, -0.49])
def test_a_level_that_hardly_moved_is_not_told(points: float) -> None:
    assert results.change(EN, DAILY_AT_60, scored("daily", 60.0 + points, stage=3)) is None


def test_three_quarters_of_a_point_are_a_move() -> None:
    risen, fallen = scored("daily", 60.75, stage=3), scored("daily", 59.25, stage=3)
    assert (
        results.change(EN, DAILY_AT_60, risen)
        == "Daily product decisions: +1 point, from 60 to 61; still framed."
    )
    assert (
        results.change(EN, DAILY_AT_60, fallen)
        == "Daily product decisions: −1 point, from 60 to 59; still framed."
    )


# Leaks --------------------------------------------------------------------------------------------

HEALTHY_SQUADS = [scores_from(FRAMEWORK, EXAMPLE_1)] * 3


def test_a_level_that_leaks_in_most_squads() -> None:
    squads = [scores_from(FRAMEWORK, each) for each in (EXAMPLE_3, EXAMPLE_3, EXAMPLE_1)]
    found = widest_leak(FRAMEWORK, squads)

    english = leak(EN, found, squads)

    assert "most squads" in english
    assert not english.startswith("No")
    assert english.endswith("Arbitration, below framed in 2 of 3 squads.")
    assert leak(FR, found, squads).endswith(
        french("Arbitrage, sous le stade « cadrée » dans 2 squads sur 3.")
    )


def test_a_level_that_leaks_in_half_of_the_squads_leaks_not_in_most() -> None:
    english = leak(EN, SquadsAtLevel("daily", 2, 4), HEALTHY_SQUADS)

    assert english.startswith("No level leaks in most squads")
    assert english.endswith("Daily product decisions, below framed in 2 of 4 squads.")
    assert leak(FR, SquadsAtLevel("daily", 2, 4), HEALTHY_SQUADS).startswith(
        "Aucun niveau ne fuit dans la plupart des squads"
    )


def test_no_leak_at_all() -> None:
    assert leak(EN, None, HEALTHY_SQUADS) == "No decision level leaks in these 3 squads."
    assert leak(FR, None, HEALTHY_SQUADS) == ("Aucun niveau de décision ne fuit dans ces 3 squads.")


def test_squads_without_a_score_are_not_said_to_be_free_of_leaks() -> None:
    unscored = [scores_from(FRAMEWORK, {})] * 2

    assert leak(EN, None, unscored) == "Not enough answers yet to compare these squads."
    assert leak(EN, None, [*unscored, HEALTHY_SQUADS[0]]) == (
        "No decision level leaks in this squad."
    )


# Voices -------------------------------------------------------------------------------------------


def test_two_roles_that_differ_most_are_told_with_their_healths() -> None:
    gap = RoleGap("single-channel", "pm", "tl", 1.0, 0.25)
    assert role_gap(EN, gap) == (
        "PM and Tech Lead differ most on “One channel for urgent requests”: 100 against 25."
    )
    assert role_gap(FR, gap) == french(
        "PM et Tech Lead s'opposent le plus sur « Canal unique pour les urgences » : 100 contre 25."
    )


def test_items_that_too_few_answered_are_named_up_to_four_and_counted_beyond() -> None:
    assert too_few(EN, ["late-scope", "mandates-clear"]) == (
        "Too few answers to compare: Late scope and Clear mandates."
    )
    assert too_few(EN, ITEMS[:5]) == "Too few answers to compare on 5 of 14 items."
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


def test_voices_that_agree_are_told_so() -> None:
    agreements = item_disagreements(FRAMEWORK, [EXAMPLE_3, EXAMPLE_3])

    assert disagreement(EN, agreements) == "All voices gave the same answers."
    assert disagreement(FR, agreements) == ("Toutes les voix ont donné les mêmes réponses.")


def test_one_different_voice_among_fifty_is_still_a_difference() -> None:
    sheets = [{"mandates-clear": "yes"}] * 49 + [{"mandates-clear": "partly"}]

    assert disagreement(EN, item_disagreements(FRAMEWORK, sheets)) == (
        "Voices differ most on “Clear mandates”: Yes (49) and Partly (1)."
    )


def test_without_two_voices_on_an_item_nothing_is_compared() -> None:
    assert disagreement(EN, item_disagreements(FRAMEWORK, [EXAMPLE_1])) == (
        "No item was answered by two voices or more."
    )


# What several squads have in common ---------------------------------------------------------------


def test_a_level_that_both_leaks_most_and_holds_best_is_said_once() -> None:
    scores = [scores_from(FRAMEWORK, EXAMPLE_1)] * 3
    said = verdicts.overview(
        EN, scores, leak=SquadsAtLevel("vision", 1, 3), hold=SquadsAtLevel("vision", 2, 3), lever=""
    )

    assert said == "Across the 3 squads scored, decisions leak most at “Vision” (1 of 3)."


def test_a_single_scored_squad_is_not_counted_of_one() -> None:
    scores = [scores_from(FRAMEWORK, WORST), scores_from(FRAMEWORK, {})]
    said = {
        edition.words.language: verdicts.overview(
            edition, scores, leak=SquadsAtLevel("vision", 1, 1), hold=None, lever="restate-vision"
        )
        for edition in (EN, FR)
    }

    assert said["en"] == (
        "In the one squad scored, decisions leak at “Vision”; "
        "first lever: “Restate the vision every cycle”."
    )
    assert said["fr"] == french(
        "Dans la seule squad notée, les décisions se perdent au niveau « Vision » ; "
        "premier levier : « Rappelez la vision à chaque cycle »."
    )


def test_moves_name_only_levels_that_are_seen_to_move() -> None:
    changes = [
        Change("vision", 40.6, 73.2),
        Change("arbitration", 55.0, 55.2),
        Change("daily", 81.0, 78.0),
    ]

    assert moves(EN, changes) == "Vision +32 and Daily −3"
    assert moves(FR, changes) == "Vision +32 et Quotidien −3"
    assert moves(EN, changes[1:2]) == ""


def moved(*, up: int, down: int) -> list[LevelChanges]:
    """Two squads: levels of the first rose, one of them by a hair, and of the second fell."""
    rise, fall, hair = Change("vision", 50, 61), Change("vision", 61, 50), Change("daily", 60, 60.2)
    return [LevelChanges("A", None, (*[rise] * up, hair)), LevelChanges("B", None, (fall,) * down)]


@pytest.mark.parametrize(
    ("up", "down", "english"),
    [
        (0, 0, "No level moved since the rounds before."),
        (1, 0, "Since the rounds before: 1 level rose, 0 fell."),
        (18, 3, "Since the rounds before: 18 levels rose, 3 fell."),
    ],
)
def test_movement_counts_levels(up: int, down: int, english: str) -> None:
    assert movement(EN, moved(up=up, down=down)) == english


def test_movement_in_french() -> None:
    assert movement(FR, moved(up=18, down=1)) == french(
        "Depuis le relevé précédent de chaque squad : 18 niveaux ont progressé, 1 a reculé."
    )


@pytest.mark.parametrize(
    ("points", "squads", "english"),
    [
        (18.28, 2, "Up to +18 points, over 2 squads together"),
        (0.04, 1, "Up to +0.1 points, in 1 squad"),
        (0.4, 1, "Up to +0.4 points, in 1 squad"),
    ],
)
def test_what_a_lever_gains_over_squads(points: float, squads: int, english: str) -> None:
    assert shared_gain(EN, points, squads=squads) == english


@pytest.mark.parametrize(
    ("seating", "english", "in_french"),
    [
        (ASSUMED, "CPO, CTO and PM", "CPO, CTO et PM"),
        (PO_ONLY, "CPO and CTO", "CPO et CTO"),
        (CPTO, "CPTO and PM", "CPTO et PM"),
        (
            seated("po", cpo="empty", cto="absent"),
            "CPO, CTO and PM: seats that nobody holds here",
            "CPO, CTO et PM : sièges que personne n'occupe ici",
        ),
    ],
)
def test_a_lever_is_the_move_of_owners_who_are_there(
    seating: Seating, english: str, in_french: str
) -> None:
    lever = "arbitrate-upstream"  # owned by CPO, CTO and PM
    assert results.lever_owners(EN, lever, seating) == english
    assert results.lever_owners(FR, lever, seating) == french(in_french)


def test_a_single_owner_who_is_not_there_is_one_seat() -> None:
    told = results.lever_owners(EN, "single-channel", PO_ONLY)
    assert told == "PM: a seat that nobody holds here"

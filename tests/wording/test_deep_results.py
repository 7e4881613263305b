"""The deep check as sentences, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import pytest

from assessment.content.edition import Edition, edition_in
from assessment.languages import points_shown
from assessment.rounds import comparison
from assessment.rounds.board import DecisionAcross
from assessment.scoring.change import Change
from assessment.scoring.diagnosis import Evidence
from assessment.scoring.disagreement import decision_disagreements
from assessment.scoring.findings import findings_of
from assessment.scoring.lenses import LensScore, Mandate, Sign
from assessment.scoring.seats import Seating
from assessment.scoring.who_decides import who_decides_of
from assessment.wording import deciders, lenses, verdicts
from assessment.wording.counted import decisions_counted
from assessment.wording.squads import contested_across, fit_across, lens_across
from assessment.wording.voices import contested, contested_headline
from tests.deep_examples import (
    ARTICLE_A,
    DECISIONS,
    FRAMEWORK,
    ONE_PERSON,
    PM_AND_PO,
    Deciders,
    following,
    on,
    seated,
)
from tests.expected import french

EN, FR = edition_in("en"), edition_in("fr")
weakest_across = partial(comparison.weakest_across, shown=points_shown)
CUT: Deciders = {"cut": ("pm",)}


def finding_texts(
    kind: str, *voices: Mapping[str, tuple[str, ...]], seating: Seating = PM_AND_PO
) -> tuple[str, str]:
    """The first finding of a kind, in both languages."""
    finding = next(one for one in findings_of(seating, voices) if one.kind == kind)
    english, in_french = (
        deciders.finding(of, seating, finding, is_agreed=False) for of in (EN, FR)
    )
    return english, in_french


# Findings -----------------------------------------------------------------------------------------

BY_CPO = {asked[0]: ("cpo",) for asked in DECISIONS.values()}
FINDINGS = {
    "a vacant level": (
        finding_texts("seat-vacant", seating=seated(em="absent", tl="absent")),
        "Daily product decisions: in this setup nobody can decide; expected: PM, EM and Tech Lead.",
        "Décisions produit du quotidien : dans cette organisation, personne ne peut décider ; "
        "décision attendue de : PM, EM et Tech Lead.",
    ),
    "a vacant decision": (
        finding_texts("seat-vacant", seating=seated("pm", "po", cpo="absent", cto="absent")),
        "Technical constraints that shape the product: in this setup nobody can decide; "
        "expected: CPO and CTO.",
        "Contraintes techniques structurantes : dans cette organisation, personne ne peut "
        "décider ; décision attendue de : CPO et CTO.",
    ),
    "nobody, one voice": (
        finding_texts("nobody-decides", on("daily", ("nobody",))),
        "Sprint content: nobody decides; expected: PO and Tech Lead.",
        "Contenu du sprint : personne ne décide ; décision attendue de : PO et Tech Lead.",
    ),
    "nobody, where the seat is vacant too": (
        finding_texts(
            "nobody-decides",
            on("daily", ("nobody",)),
            seating=seated(em="absent", tl="absent"),
        ),
        "Sprint content: nobody decides.",
        "Contenu du sprint : personne ne décide.",
    ),
    "unclear, several voices": (
        finding_texts("unclear", on("vision", ("unclear",)), on("vision", ("unclear",))),
        "Priority segment: 2 of 2 voices say that who decides is unclear; "
        "expected: Leadership, CPO and PM.",
        "Segment prioritaire : 2 voix sur 2 disent que le décideur n'est pas clair ; "
        "décision attendue de : Direction, CPO et PM.",
    ),
    "a role that must not, one voice": (
        finding_texts("must-not-decide", on("vision", ("po", "pm"))),
        "Priority segment: the PO decides; that role should not decide at this level (Vision).",
        "Segment prioritaire : le PO décide ; ce rôle ne devrait pas décider à ce niveau (Vision).",
    ),
    "roles that must not, one voice": (
        finding_texts("must-not-decide", on("vision", ("po", "team"))),
        "Priority segment: the PO and the team decide; those roles should not decide at this "
        "level (Vision).",
        "Segment prioritaire : le PO et l'équipe décident ; ces rôles ne devraient pas "
        "décider à ce niveau (Vision).",
    ),
    "a role that must not, one voice of two": (
        finding_texts("must-not-decide", on("vision", ("po",)), on("vision", ("pm",))),
        "Priority segment: 1 of 2 voices says that the PO decides; "
        "that role should not decide at this level (Vision).",
        "Segment prioritaire : 1 voix sur 2 dit que le PO décide ; ce rôle ne devrait "
        "pas décider à ce niveau (Vision).",
    ),
    "roles that must not, several voices": (
        finding_texts(
            "must-not-decide",
            on("vision", ("po",)),
            on("vision", ("team", "po")),
            on("vision", ("pm",)),
        ),
        "Priority segment: 2 of 3 voices say that the PO (2) and the team (1) decide; "
        "those roles should not decide at this level (Vision).",
        "Segment prioritaire : 2 voix sur 3 disent que le PO (2) et l'équipe (1) décident ; ces "
        "rôles ne devraient pas décider à ce niveau (Vision).",
    ),
    "an escalation": (
        finding_texts("escalation", on("daily", ("po", "cto"))),
        "Sprint content: the CTO decides; daily matters should be settled close to the work.",
        "Contenu du sprint : le CTO décide ; le quotidien devrait se régler au plus près du "
        "travail.",
    ),
    "a crowd, one voice": (
        finding_texts("crowd", on("daily", ("pm", "po", "em", "tl"))),
        "Sprint content: too many decide together (PM, PO, EM and Tech Lead); "
        "agree who has the last word.",
        "Contenu du sprint : trop de rôles décident ensemble (PM, PO, EM et Tech Lead) ; "
        "convenez de qui a le dernier mot.",
    ),
    "a crowd, several voices": (
        finding_texts(
            "crowd",
            on("daily", ("pm", "po", "em", "tl")),
            on("daily", ("po", "em", "tl", "team")),
            on("daily", ("po",)),
        ),
        "Sprint content: 2 of 3 voices say that too many decide together (PO (2), EM (2), "
        "Tech Lead (2), PM (1) and Team (1)); agree who has the last word.",
        "Contenu du sprint : 2 voix sur 3 disent que trop de rôles décident ensemble (PO (2), "
        "EM (2), Tech Lead (2), PM (1) et Équipe (1)) ; convenez de qui a le dernier mot.",
    ),
    "a bottleneck, several voices": (
        finding_texts("bottleneck", BY_CPO, BY_CPO),
        "2 of 2 voices say that the CPO is named at every level answered, and at least once alone.",
        "2 voix sur 2 disent que le CPO intervient à chaque niveau renseigné, et au moins une fois "
        "sans personne d'autre.",
    ),
    "a bottleneck, one voice": (
        finding_texts("bottleneck", BY_CPO),
        "The CPO is named at every level answered, and at least once alone.",
        "Le CPO intervient à chaque niveau renseigné, et au moins une fois sans personne d'autre.",
    ),
    "a bottleneck of one person in two seats": (
        finding_texts(
            "bottleneck",
            {asked[0]: ("pm",) for asked in DECISIONS.values()} | {"slicing": ("po",)},
            seating=ONE_PERSON,
        ),
        "One person, as PM and PO, is named at every level answered, and at least once alone.",
        "La même personne (PM et PO) intervient à chaque niveau renseigné, et au moins une fois "
        "seule.",
    ),
    "an escalation by somebody in two seats": (
        finding_texts(
            "escalation", on("daily", ("em",)), seating=seated("pm", "po", em="same-as-cto")
        ),
        "Sprint content: the EM, who is also the CTO, decides; daily matters should be settled "
        "close to the work.",
        "Contenu du sprint : l'EM (également le CTO) décide ; le quotidien devrait se régler au "
        "plus près du travail.",
    ),
}


@pytest.mark.parametrize("case", FINDINGS)
def test_a_finding_is_told_with_its_evidence(case: str) -> None:
    texts, english, in_french = FINDINGS[case]

    assert texts == (english, french(in_french))


def test_what_a_finding_is_about_has_a_name() -> None:
    assert deciders.subject(EN, "daily", "sprint-content") == "Sprint content"
    assert deciders.subject(EN, "daily", None) == "Daily product decisions"
    assert deciders.subject(FR, None, None) == "Tous les niveaux renseignés"


# The setup ----------------------------------------------------------------------------------------


def test_an_assumed_setup_is_said() -> None:
    assert deciders.assumed_setup(EN) == (
        "Setup not described yet: we assume that each role, PM and PO included, is held by a "
        "different person."
    )
    assert deciders.assumed_setup(FR) == french(
        "L'organisation de la squad n'est pas encore décrite : on suppose que chaque rôle, PM et "
        "PO compris, est tenu par une personne différente."
    )


def test_answers_left_out_are_counted_with_their_reason() -> None:
    assert deciders.left_out(EN, "bets", "po", 1) == (
        "Bets: 1 answer is left out, because it names the PO and nobody holds that role in the "
        "setup."
    )
    assert deciders.left_out(FR, "bets", "po", 2) == french(
        "Paris produit : 2 réponses sont laissées de côté, car elles citent le PO et personne ne "
        "tient ce rôle dans l'organisation de la squad."
    )


@pytest.mark.parametrize(("by_po", "is_told"), [(1, False), (2, True)])
def test_a_count_says_where_most_answers_are_left_out(by_po: int, is_told: bool) -> None:
    voices = [on("daily", ("em",)), *[on("daily", ("po",))] * by_po]
    of = who_decides_of(seated("pm", "em", "tl", po="absent"), voices)
    few = (
        "For 1 decision fewer than half of the answers count: the others name a role that nobody "
        "holds."
    )
    in_french = french(
        "Pour 1 décision, moins de la moitié des réponses comptent : les autres citent un rôle que "
        "personne ne tient."
    )

    assert verdicts.deciders_counts(EN, of).endswith(few) is is_told
    assert verdicts.deciders_counts(FR, of).endswith(in_french) is is_told


# Fit ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "english", "in_french"),
    [
        (
            on("strategy", ("pm", "em")),
            "Decisions sit only in part with the expected roles; 1 clear decision (one voice "
            "alone).",
            "Les décisions ne reviennent qu'en partie aux rôles attendus ; 1 décision claire (une "
            "seule voix).",
        ),
        (
            on("daily", ("po",)) | on("vision", ("pm",)),
            "Every decision answered sits with the expected roles; 2 clear decisions (one voice "
            "each).",
            "Chaque décision renseignée revient aux rôles attendus ; 2 décisions claires (une voix "
            "chacune).",
        ),
        (
            on("strategy", ("pm", "em")) | on("vision", ("pm",)),
            "Decisions sit with the expected roles most at “Vision”, least at “Strategy and bets”; "
            "2 clear decisions (one voice each).",
            "Les rôles attendus décident le plus pour « Vision », le moins pour « Stratégie et "
            "paris » ; 2 décisions claires (une voix chacune).",
        ),
    ],
)
def test_where_decisions_rest_most_and_least_with_those_expected(
    answers: Deciders, english: str, in_french: str
) -> None:
    mapped = who_decides_of(PM_AND_PO, [answers])

    assert verdicts.deciders_verdict(EN, mapped) == english
    assert verdicts.deciders_verdict(FR, mapped) == french(in_french)


def test_counts_lead_what_is_said_of_who_decides_and_a_finding_leads_a_verdict() -> None:
    mapped = who_decides_of(PM_AND_PO, [on("strategy", ("pm", "em"))])

    assert verdicts.deciders_counts(EN, mapped) == (
        "1 clear decision (one voice alone); decisions sit only in part with the expected roles."
    )
    assert verdicts.deciders_counts(FR, mapped) == french(
        "1 décision claire (une seule voix) ; les décisions ne reviennent qu'en partie aux rôles "
        "attendus."
    )
    unsaid = who_decides_of(PM_AND_PO, [])
    assert verdicts.deciders_counts(EN, unsaid) == "Nobody said who decides in this check."
    assert verdicts.deciders_counts(FR, unsaid) == french(
        "Personne n'a dit qui décide dans ce diagnostic."
    )


@pytest.mark.parametrize(
    ("squads", "english", "in_french"),
    [
        ([[CUT, CUT]], "1 clear decision", "1 décision claire"),
        (
            [[CUT]],
            "1 clear decision (one voice alone)",
            "1 décision claire (une seule voix)",
        ),
        (
            [[CUT], [CUT]],
            "2 clear decisions (one voice each)",
            "2 décisions claires (une voix chacune)",
        ),
        (
            [[CUT], [CUT, CUT]],
            "2 clear decisions (1 of them by one voice alone)",
            "2 décisions claires (dont 1 selon une seule voix)",
        ),
        (
            [[{"bets": ("po",)}, {"bets": ("po",)}], [CUT]],
            "2 clear decisions (1 of them by one voice alone, 1 taken by an unexpected role)",
            "2 décisions claires (dont 1 selon une seule voix, 1 prise par un rôle non attendu)",
        ),
    ],
)
def test_clear_decisions_that_rest_on_one_voice_are_said_to(
    squads: list[list[Deciders]], english: str, in_french: str
) -> None:
    mapped = [who_decides_of(PM_AND_PO, voices) for voices in squads]

    assert decisions_counted(EN, mapped) == english
    assert decisions_counted(FR, mapped) == french(in_french)


def test_a_fit_that_moved_is_told_in_points_as_shown() -> None:
    # 49.6 is shown as 49, under the stage at 50
    moved = Change("daily", before=49.6, after=75.0)

    assert deciders.fit_change(EN, moved) == (
        "Daily product decisions: fit +26 points, from 49 to 75."
    )
    assert deciders.fit_change(FR, Change("vision", 100.0, 90.0)) == french(
        "Vision : adéquation −10 points, de 100 à 90."
    )
    assert deciders.fit_change(EN, Change("vision", 60.1, 60.2)) is None
    assert deciders.fit_change(EN, Change("vision", 100.0, 91.0)) is None


# Voices that differ -------------------------------------------------------------------------------


def test_contested_decisions_name_everybody_most_voices_first() -> None:
    voices = [
        on("daily", named) for named in (("cpo",), ("po",), ("po",), ("nobody",), ("unclear",))
    ]
    (only,) = decision_disagreements(PM_AND_PO, voices)
    (clear,) = decision_disagreements(PM_AND_PO, voices[:2])

    assert contested(EN, only) == (
        "Sprint content: PO (2), CPO (1) and Nobody (1); 1 voice cannot tell."
    )
    assert contested(FR, only) == french(
        "Contenu du sprint : PO (2), CPO (1) et Personne (1) ; 1 voix ne sait pas."
    )
    assert contested(EN, clear) == "Sprint content: CPO (1) and PO (1)."


@pytest.mark.parametrize(
    ("voices", "english", "in_french"),
    [
        (
            [on("daily", ("po",))],
            "No decision has a decider named by 2 voices or more.",
            "Aucune décision n'a de décideur cité par 2 voix ou plus.",
        ),
        (
            [on("daily", ("po",)), on("daily", ("po",))],
            "No decision is contested: three voices in four, or more, name the same people.",
            "Aucune décision n'est disputée : au moins trois voix sur quatre citent les mêmes "
            "personnes.",
        ),
        (
            [on("daily", ("po",), ("nobody",)), on("daily", ("po",), ("unclear",))],
            "No decision is contested: each one answered is clear or without a decider.",
            "Aucune décision n'est disputée : chacune de celles qui ont une réponse est claire ou "
            "sans décideur.",
        ),
        (
            [on("daily", ("po",), ("pm", "po")), on("daily", ("pm",), ("po",))],
            "Voices differ most on who decides “Sprint content”: PM (1) and PO (1).",
            "Les voix divergent le plus sur qui décide pour « Contenu du sprint » : "
            "PM (1) et PO (1).",
        ),
    ],
)
def test_the_headline_says_where_voices_differ_most(
    voices: list[Deciders], english: str, in_french: str
) -> None:
    mapped = who_decides_of(PM_AND_PO, voices)

    assert contested_headline(EN, mapped) == english
    assert contested_headline(FR, mapped) == french(in_french)


def test_which_decision_is_contested_over_squads() -> None:
    most = DecisionAcross("bets", "strategy", 2, 3, 0, 5, disagreement=0.4)
    some = DecisionAcross("cut", "arbitration", 3, 2, 0, 5, disagreement=0.9)

    assert contested_across(EN, [most, some]) == (
        "Contested most often: “Bets”, in 3 of the 5 squads where several voices answered."
    )
    assert contested_across(EN, [replace(most, clear=3, contested=2), some]) == (
        "Contested most often: “Bets” and “What is cut”, each in 2 of the 5 squads where several "
        "voices answered."
    )
    assert contested_across(EN, []) == "In no squad is a decision contested."
    assert contested_across(FR, [most]) == french(
        "La décision la plus souvent disputée : « Paris produit », dans 3 des 5 squads où "
        "plusieurs voix ont répondu."
    )


def test_what_single_squads_contest_is_called_contested_most_often_by_none() -> None:
    one = DecisionAcross("cut", "arbitration", 0, 1, 0, 1, disagreement=0.9)

    assert contested_across(EN, [one]) == "No decision is contested in more than one squad."
    assert contested_across(FR, [one]) == "Aucune décision n’est disputée dans plus d’une squad."


# Signs and mandates -------------------------------------------------------------------------------


def test_a_vital_sign_is_told_with_its_unit_and_spread() -> None:
    alone = Sign("days-to-arbitrate", 7.5, 1, 7.5, 7.5)
    pooled = Sign("open-questions", 1200, 3, 4, 1500)

    assert lenses.sign(EN, alone) == "Days to make a trade-off call: 7.5 days"
    assert lenses.sign(EN, pooled) == (
        "Open questions per day: 1,200 questions (median of 3 voices, 4 to 1,500)"
    )
    assert "7,5" in lenses.sign(FR, alone)


def test_where_people_were_invited_a_vital_sign_tells_no_single_voice_s_number() -> None:
    middle = Sign("open-questions", 11, 5, least=8, greatest=14, is_middle_half=True)

    assert lenses.sign(EN, middle) == (
        "Open questions per day: 8 to 14 questions (middle half of 5 voices)"
    )
    assert lenses.sign(FR, middle).endswith("(moitié centrale des 5 voix)")
    assert lenses.sign_since(EN, middle) == "8 to 14 questions last time"


def test_clear_mandates_that_nobody_wrote_get_a_nudge() -> None:
    written = [Mandate("pm", "Decides.", voices=1, aliases=())]

    assert lenses.charter_nudge(EN, {"mandates-clear": 1.0}, []) == (
        "Mandates are clear to everyone, you say: write each of them down in one sentence."
    )
    assert lenses.charter_nudge(EN, {"mandates-clear": 1.0}, written) is None
    assert lenses.charter_nudge(EN, {"mandates-clear": 0.75}, []) is None
    assert lenses.charter_nudge(EN, {}, []) is None


def test_a_vital_sign_says_what_it_was_the_last_time() -> None:
    now = Sign("days-to-arbitrate", 6.5, 1, 6.5, 6.5)
    before = Sign("days-to-arbitrate", 8, 1, 8, 8)

    assert lenses.sign_value(EN, now) == "6.5 days"
    assert lenses.sign_since(EN, before) == "8 days last time"
    assert lenses.sign_since(FR, before) == "8 jours la dernière fois"
    assert lenses.sign_since(EN, None) == ""


def test_a_mandate_names_who_wrote_it_and_counts_who_gave_no_alias() -> None:
    def field_of(voices: int, *aliases: str) -> str:
        return lenses.written_by(EN, Mandate("pm", "Decides.", voices=voices, aliases=aliases))

    assert field_of(2, "Ada", "Zoë") == "Ada and Zoë"
    assert field_of(3, "Ada") == "Ada and 2 more voices"
    assert field_of(1) == "1 voice"


@pytest.mark.parametrize(
    ("edition", "names"),
    [(EN, "voice 14, voice 2 and 1 more voice"), (FR, "voix 14, voix 2 et 1 autre voix")],
)
def test_a_number_that_stands_for_an_alias_is_said_to_be_a_voice(
    edition: Edition, names: str
) -> None:
    numbered = Mandate("pm", "Decides.", voices=3, aliases=("14", "2"))
    assert lenses.written_by(edition, numbered) == names


def test_the_charter_lacks_the_roles_that_are_there_and_not_written() -> None:
    written = [Mandate("pm", "Decides.", voices=1, aliases=())]

    assert lenses.unwritten(EN, seated("pm", em="absent"), written) == (
        "Not written yet: CPO, CTO and Tech Lead."
    )
    everybody = [
        Mandate(role, "Decides.", voices=1, aliases=()) for role in FRAMEWORK.lenses.mandates
    ]
    assert lenses.unwritten(EN, PM_AND_PO, everybody) == ""


# Lenses -------------------------------------------------------------------------------------------


def lens(lens_id: str, score: float | None) -> LensScore:
    return LensScore(lens_id, score, coverage=1.0, applies=True, evidence=())


def test_the_weakest_lens_is_named() -> None:
    several = [lens("who-decides", 70), lens("rituals", 30), lens("rhythm", None)]

    assert verdicts.lens_verdict(EN, several) == "“Rituals” needs attention first."
    assert verdicts.lens_verdict(FR, several) == french("Regardez d'abord « Rituels ».")
    assert verdicts.lens_verdict(EN, [lens("rituals", 100)]) == (
        "Everything answered in the lenses is healthy."
    )
    assert verdicts.lens_verdict(EN, [lens("rhythm", None)]) == "No lens is answered in this check."


TWO_THIRDS = (100 * 2 / 3, 100 * (2 / 3))
"""The same on paper, with another last digit."""


@pytest.mark.parametrize("scores", [TWO_THIRDS, TWO_THIRDS[::-1]])
def test_lenses_that_tie_on_paper_are_named_together(scores: tuple[float, float]) -> None:
    tied = [*map(lens, ("rituals", "rhythm"), scores)]

    assert TWO_THIRDS[0] != TWO_THIRDS[1]
    assert verdicts.lens_verdict(EN, tied) == "“Rituals” and “Rhythm” need attention first."
    assert verdicts.lens_verdict(FR, tied) == french("Regardez d'abord « Rituels » et « Rythme ».")
    assert lens_across(EN, weakest_across([tied])) == (
        "Lowest of the lenses: “Rituals” and “Rhythm”, 67 out of 100 in 1 squad."
    )
    # What shows as the same ties.
    apart = [tied[0], replace(tied[1], score=(tied[1].score or 0) + 0.2)]
    assert verdicts.lens_verdict(EN, apart) == verdicts.lens_verdict(EN, tied)
    assert lens_across(EN, weakest_across([apart])) == lens_across(EN, weakest_across([tied]))
    # Both over another number of squads: each is told with its own.
    assert lens_across(EN, weakest_across([tied, tied[:1]])) == (
        "Lowest of the lenses: “Rituals”, 67 out of 100 on average over 2 squads. "
        "Lowest of the lenses: “Rhythm”, 67 out of 100 in 1 squad."
    )


def test_levels_whose_fit_ties_across_squads_are_all_named() -> None:
    answers = on("vision", ("po",)) | on("strategy", ("po",)) | on("daily", ("po",))
    weakest = weakest_across([who_decides_of(PM_AND_PO, [answers]).levels])

    assert fit_across(EN, weakest) == (
        "Decisions sit least with the expected roles at “Vision” and “Strategy and bets”: 0 out of "
        "100 in 1 squad."
    )
    assert fit_across(FR, weakest) == french(
        "L'adéquation des décideurs est la plus faible pour « Vision » et « Stratégie et paris » : "
        "0 sur 100 dans 1 squad."
    )


def test_levels_whose_fit_is_shown_as_the_same_are_not_told_apart() -> None:
    # Of 15 answers to the vision's decisions 7 name the CPO, of 16 to the strategy's 7 and a half.
    vision, strategy = on("vision", ("cpo",)), on("strategy", ("cpo",))
    fits = who_decides_of(PM_AND_PO, [vision | strategy])
    scores = {"vision": 100 * 7 / 15, "strategy": 100 * 7.5 / 16}
    levels = tuple(replace(level, score=scores.get(level.id)) for level in fits.levels)

    assert verdicts.fit_verdict(EN, replace(fits, levels=levels)).endswith(
        "; decisions sit only in part with the expected roles."
    )


def test_the_weakest_lens_of_several_squads_is_the_least_on_average() -> None:
    squads = [
        [lens("rituals", 40), lens("rhythm", 50)],
        [lens("rituals", 80), lens("rhythm", 60)],
        [lens("rituals", None), lens("rhythm", None)],
    ]

    # Rituals (40 + 80) / 2 = 60; rhythm (50 + 60) / 2 = 55.
    assert lens_across(EN, weakest_across(squads)) == (
        "Lowest of the lenses: “Rhythm”, 55 out of 100 on average over 2 squads."
    )
    assert lens_across(EN, weakest_across(squads[:1])) == (
        "Lowest of the lenses: “Rituals”, 40 out of 100 in 1 squad."
    )
    assert lens_across(EN, weakest_across(squads[2:])) == "No lens is answered in this period."


def test_an_answer_in_trouble_names_the_lever_that_helps() -> None:
    assert lenses.trouble(EN, Evidence("shared-north-star", 0.5)) == (
        "North Star and impacts shared (what helps: “Restate the vision every cycle”)"
    )


def test_fit_over_squads_names_the_level_that_fits_least() -> None:
    amiss = who_decides_of(PM_AND_PO, [on("vision", ("po",)) | on("daily", ("po",))]).levels
    well = who_decides_of(PM_AND_PO, [on("vision", ("pm",))]).levels

    # Vision (0 + 100) / 2 = 50, daily 100 in one squad.
    assert fit_across(EN, weakest_across([amiss, well])) == (
        "Decisions sit least with the expected roles at “Vision”: 50 out of 100 on average over "
        "2 squads."
    )
    assert fit_across(EN, weakest_across([amiss])) == (
        "Decisions sit least with the expected roles at “Vision”: 0 out of 100 in 1 squad."
    )
    assert fit_across(EN, weakest_across([well])) == (
        "Wherever it was answered, every decision rests with the roles expected."
    )
    assert fit_across(EN, weakest_across([who_decides_of(PM_AND_PO, []).levels])) == (
        "Nobody said who decides in this period."
    )


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        (
            on("vision", ("pm",), ("pm",)),
            "Nothing in the answers that count (2 decisions of 19): none is taken by the wrong "
            "role, and none is left without a decider.",
        ),
        (
            on("vision", ("pm",)) | on("daily", ("cpto",)),
            "Nothing in the answers that count (1 decision of 19): it is not taken by the wrong "
            "role, nor left without a decider.",
        ),
    ],
    ids=["most not answered", "one left out"],
)
def test_nothing_amiss_is_told_of_the_decisions_whose_answers_count(
    answers: Deciders, sentence: str
) -> None:
    assert deciders.nothing_amiss(EN, who_decides_of(PM_AND_PO, [answers])) == sentence


def test_single_voices_may_see_something_amiss_where_half_do_not() -> None:
    fits, amiss = following(ARTICLE_A), following(ARTICLE_A, on("vision", ("po",)))
    clear = "Nothing: no decision is taken by the wrong role, and none is left without a decider."

    def clause_of(*voices: Deciders) -> str:
        return deciders.nothing_amiss(EN, who_decides_of(PM_AND_PO, voices))

    assert clause_of(fits) == clear
    assert clause_of(fits, fits, fits) == clear
    assert clause_of(fits, fits, amiss) == "No finding is shared by half of the voices."

"""Verdicts: the sentence each situation gets, in both languages, worked out by hand.

The sentences were chosen by reading the situation; a wording that changes is changed here too.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest

from assessment.content.edition import Edition, edition_in
from assessment.content.loading import shipped_framework
from assessment.model.period import Period
from assessment.rounds.headline import headline_levers, is_fluid, shared_headline_lever
from assessment.rounds.history import History
from assessment.rounds.results import Result, draft_result, result_of
from assessment.rounds.round import Round
from assessment.rounds.seats import seat_lead
from assessment.wording import verdicts
from tests.builders import assessment
from tests.deep_examples import seats as seats_of_squad
from tests.deep_examples import setup
from tests.examples import (
    EXAMPLE_1,
    EXAMPLE_2,
    EXAMPLE_3,
    EXAMPLE_4,
    HALF,
    ITEMS,
    NEITHER,
    QUESTIONS,
    THREE_LEVELS,
    WORST,
    healthy,
    sheet,
)
from tests.expected import french

FRAMEWORK = shipped_framework()
TODAY = date(2026, 11, 28)
EN, FR = edition_in("en"), edition_in("fr")

Sheet = Mapping[str, str]
Situation = tuple[Sequence[Sheet], Sequence[Mapping[str, object]], str, str]


def result_from(sheets: Sequence[Sheet], deep: Sequence[Mapping[str, object]] = ()) -> Result:
    """The result of a squad whose voices gave these answers, and these to the deep check."""
    by_voice = [*deep, *({} for _ in sheets[len(deep) :])]
    voices = [
        assessment(voice=f"voice {number}", answers=answers, **({"deep": more} if more else {}))
        for number, (answers, more) in enumerate(zip(sheets, by_voice, strict=True), start=1)
    ]
    history = History(FRAMEWORK, voices, "month", version=1)
    return result_of(history, "Atlas", Period.of(voices[0].assessed_on, "month"))


def round_from(answers: Sheet) -> Round:
    return draft_result(FRAMEWORK, answers, today=TODAY).round


SITUATIONS: dict[str, Situation] = {
    "everything healthy": (
        [EXAMPLE_1],
        [],
        "The rules are clear and decisions are fluid at every level.",
        "Les règles sont claires et les décisions sont fluides à tous les niveaux.",
    ),
    "nothing answered": (
        [{}],
        [],
        "Too few questions answered to say where decisions hold and where they leak.",
        "Trop peu de questions ont une réponse pour dire où les décisions tiennent et où elles se "
        "perdent.",
    ),
    # arbitration alone has enough answers: 7 of its 11 points
    "only the three questions, all yes": (
        [EXAMPLE_2],
        [],
        "The rules are clear and arbitration is fluid; too few answers for Vision, Strategy, "
        "Daily and Delivery.",
        "Les règles sont claires et l'arbitrage est fluide ; trop peu de réponses pour "
        "Vision, Stratégie, Quotidien et Delivery.",
    ),
    # worked example 4: vision 40 of 100
    "a level without its vision, three yes": (
        [EXAMPLE_4],
        [],
        "Work often follows a list of topics, without a North Star, so vision holds only "
        "because people step in; too few answers for 3 levels.",
        "Le travail suit souvent une liste de sujets, sans North Star (Vision : « compensée ») ; "
        "trop peu de réponses pour 3 niveaux.",
    ),
    # worked example 3
    "no yes, four fluid levels and arbitration at 45": (
        [EXAMPLE_3],
        [],
        "Urgent requests bypass the channel, so arbitration holds only because people step in.",
        "Les demandes urgentes contournent le canal, donc l'arbitrage ne tient que "
        "si certains compensent.",
    ),
    "one answer, in trouble": (
        [{"single-channel": "no"}],
        [],
        "Urgent requests bypass the channel; too few questions answered to say at which level "
        "decisions leak.",
        "Les demandes urgentes contournent le canal ; trop peu de questions ont une réponse "
        "pour dire à quel niveau les décisions se perdent.",
    ),
    "one answer, healthy": (
        [{"single-channel": "yes"}],
        [],
        "Too few questions answered to say where decisions hold and where they leak.",
        "Trop peu de questions ont une réponse pour dire où les décisions tiennent et où elles se "
        "perdent.",
    ),
    # vision (2 + 0 + 0 + 0) / 9 = 22; strategy 8/12 = 67
    "three yes and a blurred vision": (
        [
            healthy(
                {
                    "po-sets-strategy": "often",
                    "vision-not-restated": "often",
                    "po-explains-direction": "often",
                }
            )
        ],
        [],
        "A PM is missing, not a better PO: work often follows a list of topics, "
        "without a North Star, so vision is blurred.",
        "Il manque un PM, pas un meilleur PO : le travail suit souvent une liste de sujets, "
        "sans North Star, donc la vision est floue.",
    ),
    # vision 6/9 = 67, capped at propped up
    "three yes and a vision that is not restated": (
        [healthy({"vision-not-restated": "often"})],
        [],
        "The rules are clear, yet work often follows a list of topics, without a North"
        " Star, so vision holds only because people step in.",
        "Les règles sont claires, mais le travail suit souvent une liste de sujets, sans North "
        "Star (Vision : « compensée »).",
    ),
    # vision 7.5/9 = 83, capped at framed
    "three yes and one level capped below its score": (
        [healthy({"vision-not-restated": "sometimes"})],
        [],
        "The rules are clear, yet work sometimes follows a list of topics, without a "
        "North Star, so vision is not yet fluid.",
        "Les règles sont claires, mais le travail suit parfois une liste de sujets, sans North "
        "Star, donc la vision n'est pas encore fluide.",
    ),
    # delivery 12/15 = 80, capped at propped up by late scope
    "three yes and one primary answer often in trouble": (
        [healthy({"late-scope": "often"})],
        [],
        "The rules are clear, yet scope often grows after the sprint has started, so delivery"
        " holds only because people step in.",
        "Les règles sont claires, mais le périmètre grossit souvent une fois le sprint lancé,"
        " donc la delivery ne tient que si certains compensent.",
    ),
    "two yes, daily decisions capped": (
        [healthy({"rituals-decide": "partly", "questions-queue": "sometimes"})],
        [],
        "Developers' questions sometimes queue up behind one person, so daily decisions are "
        "not yet fluid.",
        "Les questions des développeurs attendent parfois toutes la même personne, donc les "
        "décisions du quotidien ne sont pas encore fluides.",
    ),
    # daily 16.5/17 and arbitration 10/11 keep their stage
    "two yes, all fluid": (
        [healthy({"rituals-decide": "partly"})],
        [],
        "Decisions are fluid at every level, though some product meetings close without a "
        "written decision.",
        "Les décisions sont fluides à tous les niveaux, même si certains rendez-vous produit "
        "se terminent sans décision écrite.",
    ),
    # vision 7/9 = 78, arbitration 9/11 = 82: all fluid
    "two yes, the mandates known to nobody": (
        [healthy({"mandates-clear": "no"})],
        [],
        "Decisions are fluid at every level, though it is not clear what each role decides.",
        "Les décisions sont fluides à tous les niveaux, même si ce que tranche chaque rôle n'est "
        "pas clair.",
    ),
    "three yes, all fluid, one signal": (
        [healthy({"pm-writes-tickets": "sometimes"})],
        [],
        "Decisions are fluid at every level, though the PM sometimes writes or clarifies most"
        " of the tickets.",
        "Les décisions sont fluides à tous les niveaux, même si le PM rédige ou clarifie "
        "parfois l'essentiel des tickets.",
    ),
    # arbitration 400/11 = 36
    "no yes, every signal quiet": (
        [sheet("no", "not-seen")],
        [],
        "Urgent requests bypass the channel, so arbitration holds only because people step in.",
        "Les demandes urgentes contournent le canal, donc l'arbitrage ne tient que "
        "si certains compensent.",
    ),
    # arbitration 7.5/11 = 68
    "three partly, every signal quiet": (
        [sheet("partly", "not-seen")],
        [],
        "Some urgent requests bypass the channel, so arbitration is not yet fluid.",
        "Certaines demandes urgentes contournent le canal, donc l'arbitrage n'est pas "
        "encore fluide.",
    ),
    # ties: no level is weaker than another
    "all levels at 50": (
        [HALF],
        [],
        "It is only partly clear what each role decides, and no level is fluid yet.",
        "Ce que tranche chaque rôle n'est clair qu'en partie, et aucun niveau n'est encore fluide.",
    ),
    "everything unhealthy": (
        [WORST],
        [],
        "It is not clear what each role decides, and decisions are blurred at every level.",
        "Ce que tranche chaque rôle n'est pas clair, et les décisions sont floues à tous les "
        "niveaux.",
    ),
    "everything unhealthy, neither PM nor PO": (
        [WORST | NEITHER],
        [],
        "It is not clear what each role decides, and decisions are blurred at every level; the PM"
        " and PO seats look empty.",
        "Ce que tranche chaque rôle n'est pas clair, et les décisions sont floues à tous les "
        "niveaux ; les sièges de PM et PO semblent vides.",
    ),
    # vision 22, strategy 25, arbitration 64 capped at propped up, daily 24, delivery 20
    "three yes and every signal often": (
        [sheet("yes", "often")],
        [],
        "The rules are clear, yet work often follows a list of topics, without a North "
        "Star, and decisions are blurred at most levels.",
        "Les règles sont claires, mais le travail suit souvent une liste de sujets, sans North "
        "Star, et la plupart des niveaux sont flous.",
    ),
    "three yes and every signal sometimes": (
        [sheet("yes", "sometimes")],
        [],
        "The rules are clear, yet the PO sometimes ends up setting the vision or the bets, and no "
        "level is fluid yet.",
        "Les règles sont claires, mais le PO finit parfois par fixer la vision ou les paris, et "
        "aucun niveau n'est encore fluide.",
    ),
    "three yes and every signal sometimes, neither PM nor PO": (
        [sheet("yes", "sometimes", NEITHER)],
        [],
        "The PM and PO seats look empty: work sometimes follows a list of topics, without a "
        "North Star, and no level is fluid yet.",
        "Les sièges de PM et PO semblent vides : le travail suit parfois une liste de sujets, sans "
        "North Star, et aucun niveau n'est encore fluide.",
    ),
    # pm-missing: 3 of 5 often, pressure 60
    "the PM seat looks empty": (
        [
            healthy(
                {
                    "po-sets-strategy": "often",
                    "vision-not-restated": "often",
                    "backlog-by-requests": "often",
                }
            )
        ],
        [],
        "The PM seat looks empty: the PO often ends up setting the vision or the bets (Vision "
        "and Strategy: propped up).",
        "Le siège de PM semble vide : le PO finit souvent par fixer la vision ou les paris "
        "(Vision et Stratégie : « compensée »).",
    ),
    # po-missing: 4 of 6 often, pressure 67
    "the PO seat looks empty": (
        [
            healthy(
                {
                    "late-scope": "often",
                    "unclear-rework": "often",
                    "pm-runs-sprint": "often",
                    "questions-queue": "often",
                }
            )
        ],
        [],
        "The PO seat looks empty: the PM often coordinates the sprint day to day (Daily and "
        "Delivery: propped up).",
        "Le siège de PO semble vide : le PM coordonne souvent le sprint au jour le jour "
        "(Quotidien et Delivery : « compensée »).",
    ),
    # pressure 60; delivery is blurred at 13 and by three caps
    "the PM seat looks empty, delivery is weakest": (
        [
            healthy(
                {
                    "po-sets-strategy": "sometimes",
                    "trade-offs-mid-sprint": "sometimes",
                    "backlog-by-requests": "often",
                    "po-explains-direction": "sometimes",
                    "vision-not-restated": "sometimes",
                    "late-scope": "often",
                }
            )
        ],
        [],
        "Scope often grows after the sprint has started, so delivery holds only because people "
        "step in; the PM seat looks empty.",
        "Le périmètre grossit souvent une fois le sprint lancé, donc la delivery ne tient que "
        "si certains compensent ; le siège de PM semble vide.",
    ),
    # vision 7/9 = 78 and daily 16/17 = 94
    "the early warning alone, all fluid": (
        [healthy({"po-explains-direction": "often"})],
        [],
        "A PM is missing, not a better PO, even though decisions are fluid at every level.",
        "Il manque un PM, pas un meilleur PO, même si les décisions sont fluides à tous les "
        "niveaux.",
    ),
    # vision 5.5/9 = 61
    "the early warning and a vision not yet fluid": (
        [healthy({"po-explains-direction": "often", "vision-not-restated": "sometimes"})],
        [],
        "A PM is missing, not a better PO: the PO often spends more time saying where to go "
        "than how to move forward, so vision is not yet fluid.",
        "Il manque un PM, pas un meilleur PO : le PO passe souvent plus de temps à dire où "
        "aller que comment avancer (Vision : « cadrée »).",
    ),
    "the early warning and delivery propped up": (
        [healthy({"po-explains-direction": "often", "late-scope": "often"})],
        [],
        "Scope often grows after the sprint has started, so delivery holds only because people "
        "step in; a PM is missing, not a better PO.",
        "Le périmètre grossit souvent une fois le sprint lancé (Delivery : « compensée ») ; il "
        "manque un PM, pas un meilleur PO.",
    ),
    # po-missing: 3 of 6 often
    # a PM coordinates the sprint and a PO says where to go: both seats are held
    "the early warning and the signals of an empty PO seat": (
        [
            healthy(
                {
                    "po-explains-direction": "often",
                    "late-scope": "often",
                    "unclear-rework": "often",
                    "pm-runs-sprint": "often",
                }
            )
        ],
        [],
        "The rules are clear, yet the PM often coordinates the sprint day to day, so delivery "
        "holds only because people step in.",
        "Les règles sont claires, mais le PM coordonne souvent le sprint au jour le jour, donc la "
        "delivery ne tient que si certains compensent.",
    ),
    "the early warning among few answers": (
        [{"po-explains-direction": "often"}],
        [],
        "A PM is missing, not a better PO; too few questions answered to say at which level "
        "decisions leak.",
        "Il manque un PM, pas un meilleur PO ; trop peu de questions ont une réponse pour dire à "
        "quel niveau les décisions se perdent.",
    ),
    # vision 86, strategy 71, arbitration 57; nothing of the last step
    "half answered: three levels, one yes": (
        [THREE_LEVELS],
        [],
        "Product meetings close without a written decision, so decisions at Strategy and "
        "Arbitration are not yet fluid; too few answers for 2 levels.",
        "Les rendez-vous produit se terminent sans décision écrite (Stratégie et Arbitrage : "
        "« cadrée ») ; trop peu de réponses pour 2 niveaux.",
    ),
    # arbitration 5/8 = 63, capped at propped up
    "half answered: a question unknown": (
        [
            {
                "mandates-clear": "yes",
                "single-channel": "yes",
                "rituals-decide": "unknown",
                "trade-offs-mid-sprint": "often",
            }
        ],
        [],
        "Strategic trade-offs are often settled in a rush, mid-sprint, so arbitration holds "
        "only because people step in; too few answers elsewhere.",
        "Des choix stratégiques se règlent souvent à la hâte, en plein sprint (Arbitrage : « "
        "compensée ») ; ailleurs, trop peu de réponses.",
    ),
    # vision 67, strategy 58, arbitration 36, daily 75; delivery alone lacks answers
    "half answered: four levels of three stages": (
        [
            {
                "mandates-clear": "no",
                "rituals-decide": "partly",
                "single-channel": "partly",
                "po-sets-strategy": "not-seen",
                "po-explains-direction": "not-seen",
                "pm-writes-tickets": "not-seen",
                "questions-queue": "not-seen",
            }
        ],
        [],
        "It is not clear what each role decides, so arbitration holds only because people step "
        "in; too few answers for Delivery.",
        "Ce que tranche chaque rôle n'est pas clair, donc l'arbitrage ne tient que si certains "
        "compensent ; trop peu de réponses pour Delivery.",
    ),
    # po-missing pressure 50; daily 11.5/17 = 68, capped at propped up
    "one level beneath an empty PO seat": (
        [
            healthy(
                {
                    "late-scope": "sometimes",
                    "unclear-rework": "sometimes",
                    "pm-runs-sprint": "sometimes",
                    "pm-writes-tickets": "sometimes",
                    "questions-queue": "often",
                }
            )
        ],
        [],
        "The PO seat looks empty: developers' questions often queue up behind one person, so "
        "daily decisions hold only because people step in.",
        "Le siège de PO semble vide : les questions des développeurs attendent souvent toutes "
        "la même personne (Quotidien : « compensée »).",
    ),
    # vision 6/9 = 67 by the PM's signal; arbitration 8.5/11 = 77, capped by the channel alone
    "two levels beneath a missing PM, one of them by another answer": (
        [
            healthy(
                {
                    "mandates-clear": "partly",
                    "single-channel": "partly",
                    "po-explains-direction": "often",
                }
            )
        ],
        [],
        "A PM is missing, not a better PO, and decisions at Vision and Arbitration are not yet "
        "fluid.",
        "Il manque un PM, pas un meilleur PO, et les niveaux Vision et Arbitrage ne sont pas "
        "encore fluides.",
    ),
    "fluid levels, and a CTO who settles how much is enough": (
        [healthy()],
        [{"deciders": {"enough-scope": ("cto",)}}],
        "The CTO settles daily matters: “How much is enough”, even though decisions are fluid at "
        "every level.",
        "Le CTO tranche le quotidien : « Le périmètre qui suffit », même si les décisions sont "
        "fluides à tous les niveaux.",
    ),
    "a daily decision that one voice leaves to the CPO and the other to the CTO": (
        [healthy()] * 2,
        [{"deciders": {"enough-scope": (role,)}} for role in ("cpo", "cto")],
        "The CPO or the CTO settles daily matters: “How much is enough”, even though decisions are "
        "fluid at every level.",
        "Le CPO ou le CTO tranche le quotidien : « Le périmètre qui suffit », même si les "
        "décisions sont fluides à tous les niveaux.",
    ),
    "a daily decision that a quarter of the voices leave to the CPO, and a quarter to the CTO": (
        [healthy()] * 4,
        [{"deciders": {"enough-scope": (role,)}} for role in ("cpo", "cto", "po", "tl")],
        "The CPO or the CTO settles daily matters: “How much is enough”, say half of the voices or "
        "more.",
        "Le CPO ou le CTO tranche le quotidien : « Le périmètre qui suffit », selon la moitié des "
        "voix ou plus.",
    ),
    "a daily decision that three voices of four leave to the CPO, and one to the CTO": (
        [healthy()] * 4,
        [{"deciders": {"enough-scope": (role,)}} for role in ("cpo", "cpo", "cpo", "cto")],
        "The CPO settles daily matters: “How much is enough”, say half of the voices or more.",
        "Le CPO tranche le quotidien : « Le périmètre qui suffit », selon la moitié des voix ou "
        "plus.",
    ),
    "a daily decision that half of the voices leave to CPO and CTO together": (
        [healthy()] * 2,
        [{"deciders": {"enough-scope": roles}} for roles in (("cpo", "cto"), ("po",))],
        "The CPO and the CTO settle daily matters: “How much is enough”, say half of the voices or "
        "more.",
        "Le CPO et le CTO tranchent le quotidien : « Le périmètre qui suffit », selon la moitié "
        "des voix ou plus.",
    ),
    "two daily decisions, one that all leave to the CPO, one that some do": (
        [healthy()] * 4,
        [
            {"deciders": {"sprint-content": ("cpo",), "enough-scope": (role,)}}
            for role in ("cpo", "cto", "tl", "tl")
        ],
        "The CPO or the CTO settles daily matters: “Sprint content” and “How much is enough”, say "
        "half of the voices or more.",
        "Le CPO ou le CTO tranche le quotidien : « Contenu du sprint » et « Le périmètre qui "
        "suffit », selon la moitié des voix ou plus.",
    ),
    "two daily decisions, one of the CPO and one of the CTO": (
        [healthy()],
        [{"deciders": {"sprint-content": ("cpo",), "enough-scope": ("cto",)}}],
        "The CPO and the CTO settle daily matters: “Sprint content” and “How much is enough”.",
        "Le CPO et le CTO tranchent le quotidien : « Contenu du sprint » et « Le périmètre qui "
        "suffit ».",
    ),
    "half answered: three levels, all fluid": (
        [THREE_LEVELS | {"mandates-clear": "yes", "rituals-decide": "yes"}],
        [],
        "The rules are clear and decisions are fluid at Vision, Strategy and Arbitration; too"
        " few answers for Daily and Delivery.",
        "Les règles sont claires et les décisions sont fluides pour Vision, Stratégie et "
        "Arbitrage ; trop peu de réponses pour Quotidien et Delivery.",
    ),
    "no PO: its answers do not apply": (
        [
            healthy(
                {
                    "po-sets-strategy": "not-applicable",
                    "po-explains-direction": "not-applicable",
                    "trade-offs-mid-sprint": "often",
                }
            )
        ],
        [],
        "The rules are clear, yet strategic trade-offs are often settled in a rush, mid-"
        "sprint, so arbitration holds only because people step in.",
        "Les règles sont claires, mais des choix stratégiques se règlent souvent à la hâte, en "
        "plein sprint (Arbitrage : « compensée »).",
    ),
    # vision 6/9 and strategy 8/12 = 67; with clear mandates 8/9 and 10/12: both fluid
    "two levels at one stage, one cause": (
        [
            healthy(
                {
                    "mandates-clear": "no",
                    "po-explains-direction": "sometimes",
                    "backlog-by-requests": "sometimes",
                    "discovery-squeezed": "sometimes",
                }
            )
        ],
        [],
        "It is not clear what each role decides, so decisions at Vision and Strategy are not yet "
        "fluid.",
        "Ce que tranche chaque rôle n'est pas clair, donc les niveaux Vision et Stratégie ne sont"
        " pas encore fluides.",
    ),
    # each capped at framed, vision by its own signal
    "two levels at one stage, one of them by another answer": (
        [healthy({"po-sets-strategy": "sometimes", "vision-not-restated": "sometimes"})],
        [],
        "The rules are clear, yet the PO sometimes ends up setting the vision or the bets, and"
        " decisions at Vision and Strategy are not yet fluid.",
        "Les règles sont claires, mais le PO finit parfois par fixer la vision ou les paris "
        "(Vision et Stratégie : « cadrée »).",
    ),
    # arbitration and daily capped at framed
    "two levels at one stage, two causes": (
        [healthy({"single-channel": "partly", "questions-queue": "sometimes"})],
        [],
        "Some urgent requests bypass the channel, and decisions at Arbitration and Daily "
        "are not yet fluid.",
        "Certaines demandes urgentes contournent le canal, et les niveaux Arbitrage et "
        "Quotidien ne sont pas encore fluides.",
    ),
    # arbitration 8.5/11 = 77, capped by channel and trade-offs; daily 12/17 = 71, and 76 with the
    # channel alone at yes would still be capped; delivery 12.5/15 = 83, capped by late scope alone
    "three levels at one stage, of which the leading answer holds back one": (
        [
            healthy(
                {
                    "single-channel": "partly",
                    "backlog-by-requests": "sometimes",
                    "trade-offs-mid-sprint": "sometimes",
                    "po-explains-direction": "sometimes",
                    "discovery-squeezed": "sometimes",
                    "questions-queue": "sometimes",
                    "late-scope": "sometimes",
                }
            )
        ],
        [],
        "Some urgent requests bypass the channel, and decisions at Arbitration, Daily and "
        "Delivery are not yet fluid.",
        "Certaines demandes urgentes contournent le canal, et les niveaux Arbitrage, Quotidien et "
        "Delivery ne sont pas encore fluides.",
    ),
    # vision and delivery capped at framed
    "two levels at one stage that share no answer": (
        [healthy({"vision-not-restated": "sometimes", "late-scope": "sometimes"})],
        [],
        "Work sometimes follows a list of topics, without a North Star, and decisions at Vision "
        "and Delivery are not yet fluid.",
        "Le travail suit parfois une liste de sujets, sans North Star, et les niveaux Vision et "
        "Delivery ne sont pas encore fluides.",
    ),
    # only delivery is fluid, at 13/15 = 87; pm-missing pressure 40
    "a tie of four levels": (
        [
            HALF
            | dict.fromkeys(
                (
                    "backlog-by-requests",
                    "pm-writes-tickets",
                    "pm-runs-sprint",
                    "late-scope",
                    "unclear-rework",
                ),
                "not-seen",
            )
        ],
        [],
        "It is only partly clear what each role decides, and decisions at Vision, Strategy, "
        "Arbitration and Daily are not yet fluid.",
        "Ce que tranche chaque rôle n'est clair qu'en partie, et les niveaux Vision, Stratégie, "
        "Arbitrage et Quotidien ne sont pas encore fluides.",
    ),
    "a tie of three levels": (
        [
            HALF
            | dict.fromkeys(
                (
                    "backlog-by-requests",
                    "pm-writes-tickets",
                    "pm-runs-sprint",
                    "late-scope",
                    "unclear-rework",
                    "questions-queue",
                    "discovery-squeezed",
                    "po-explains-direction",
                ),
                "not-seen",
            )
        ],
        [],
        "It is only partly clear what each role decides, and decisions at Vision, Strategy and "
        "Arbitration are not yet fluid.",
        "Ce que tranche chaque rôle n'est clair qu'en partie, et les niveaux Vision, Stratégie et"
        " Arbitrage ne sont pas encore fluides.",
    ),
    # single-channel at 0.5: arbitration 9.5/11 = 86, capped at framed
    "two voices, far apart on the channel": (
        [EXAMPLE_1, healthy({"single-channel": "no"})],
        [],
        "Voices differ on “One channel for urgent requests”, and arbitration is not yet fluid.",
        "Les voix divergent sur « Canal unique pour les urgences », et l'arbitrage n'est pas "
        "encore fluide.",
    ),
    # mandates-clear at 5/6: no yes from every voice
    "three voices, one of which is not sure of the mandates": (
        [EXAMPLE_1, EXAMPLE_1, healthy({"mandates-clear": "partly"})],
        [],
        "Decisions are fluid at every level, though voices differ on “Clear mandates”.",
        "Les décisions sont fluides à tous les niveaux, même si les voix divergent sur "
        "« Mandats clairs ».",
    ),
    # each question at 0.9
    "five voices, no question with a yes from all, all fluid": (
        [
            healthy({"mandates-clear": "partly"}),
            healthy({"rituals-decide": "partly"}),
            healthy({"single-channel": "partly"}),
            EXAMPLE_1,
            EXAMPLE_1,
        ],
        [],
        "Decisions are fluid at every level, though voices differ on “Clear mandates”.",
        "Les décisions sont fluides à tous les niveaux, même si les voix divergent sur "
        "« Mandats clairs ».",
    ),
    "two voices, one of which answered nothing": (
        [EXAMPLE_3, {}],
        [],
        "Urgent requests bypass the channel, so arbitration holds only because people step in.",
        "Les demandes urgentes contournent le canal, donc l'arbitrage ne tient que "
        "si certains compensent.",
    ),
    # who decides is weighed too
    "all fluid, and nobody decides what is cut": (
        [EXAMPLE_1],
        [{"deciders": {"cut": ("nobody",)}}],
        "Nobody decides on “What is cut”, even though decisions are fluid at every level.",
        "Personne ne décide pour « Ce que l'on coupe », même si les décisions sont fluides à tous "
        "les niveaux.",
    ),
    "all fluid, one question without a full yes, and nobody decides what is cut": (
        [EXAMPLE_1 | {"mandates-clear": "partly"}],
        [{"deciders": {"cut": ("nobody",)}}],
        "Nobody decides on “What is cut”, even though decisions are fluid at every level.",
        "Personne ne décide pour « Ce que l'on coupe », même si les décisions sont fluides à tous "
        "les niveaux.",
    ),
    # daily and delivery lack answers: too long with the levels by name and those
    "most levels fluid, and two voices name others": (
        [
            {
                item: answer
                for item, answer in EXAMPLE_1.items()
                if item
                not in (
                    "questions-queue",
                    "late-scope",
                    "unclear-rework",
                    "pm-runs-sprint",
                    "pm-writes-tickets",
                )
            }
        ]
        * 2,
        [{"deciders": {"structuring-constraints": (role,)}} for role in ("cpo", "cto")],
        "Voices do not agree who decides on “Technical constraints that shape the product”; too "
        "few answers for Delivery.",
        "Les voix ne s'accordent pas sur qui décide pour « Contraintes techniques structurantes » "
        "; trop peu de réponses pour Delivery.",
    ),
    "deep only: nobody decides": (
        [{}],
        [{"deciders": {"north-star": ("nobody",), "cut": ("nobody",)}}],
        "Nobody decides on “North Star” and “What is cut”; 2 decisions without a decider.",
        "Personne ne décide pour « North Star » et « Ce que l'on coupe » ; "
        "2 décisions sans décideur.",
    ),
    "deep only: nobody decides, and it is unclear": (
        [{}],
        [{"deciders": {"north-star": ("nobody",), "bets": ("nobody",), "cut": ("unclear",)}}],
        "Nobody decides, or it is unclear who, on “North Star” and 2 others; 3 decisions without a "
        "decider.",
        "Personne ne décide, ou l'on ne sait pas qui, pour « North Star » et 2 autres ; "
        "3 décisions sans décideur.",
    ),
    "deep only: one voice of two says that nobody decides": (
        [{}, {}],
        [
            {"deciders": {"north-star": ("nobody",), "cut": ("nobody",)}},
            {"deciders": {"north-star": ("nobody",), "cut": ("cpo",)}},
        ],
        "Nobody decides on “North Star” and “What is cut”, say half of the voices or more; "
        "2 decisions without a decider.",
        "Personne ne décide pour « North Star » et « Ce que l'on coupe », selon la moitié des voix "
        "ou plus ; 2 décisions sans décideur.",
    ),
    "deep only: three voices of five say that nobody decides": (
        [{}] * 5,
        [{"deciders": {"cut": (role,)}} for role in ("nobody", "nobody", "nobody", "cpo", "cpo")],
        "Nobody decides on “What is cut”, say half of the voices or more; "
        "1 decision without a decider.",
        "Personne ne décide pour « Ce que l'on coupe », selon la moitié des voix ou plus ; "
        "1 décision sans décideur.",
    ),
    "deep only: two long names of which half of the voices say so": (
        [{}] * 2,
        [
            {"deciders": {"structuring-constraints": (first,), "option-choice": (second,)}}
            for first, second in (("unclear", "unclear"), ("cpo", "po"))
        ],
        "It is unclear who decides on “Technical constraints that shape the product” and 1 other, "
        "say half of the voices or more.",
        "On ne sait pas qui décide pour « Contraintes techniques structurantes » et 1 autre, selon "
        "la moitié des voix ou plus.",
    ),
    "deep only: half of the voices name one person at every level": (
        [{}] * 2,
        [
            {"deciders": dict.fromkeys(("repositioning", "bets", "cut"), ("cpo",))},
            {"deciders": {"repositioning": ("lead",), "bets": ("cto",), "cut": ("pm",)}},
        ],
        "One person is involved at every level answered, say half of the voices or more, so "
        "decisions wait.",
        "Une seule personne intervient à chaque niveau renseigné, selon la moitié des voix ou "
        "plus, donc les décisions attendent.",
    ),
    "deep only: the wrong role, three times": (
        [{}],
        [{"deciders": {"north-star": ("po",), "repositioning": ("po",), "bets": ("team",)}}],
        "The wrong role decides on “Repositioning” and 2 others; 3 clear decisions (one voice "
        "each, 3 taken by an unexpected role).",
        "Le mauvais rôle décide pour « Repositionnement » et 2 autres ; 3 décisions claires (une "
        "voix chacune, 3 prises par un rôle non attendu).",
    ),
    "deep only: it is unclear": (
        [{}],
        [{"deciders": {"structuring-constraints": ("unclear",)}}],
        "It is unclear who decides on “Technical constraints that shape the product”; "
        "1 decision without a decider.",
        "On ne sait pas qui décide pour « Contraintes techniques structurantes » ; "
        "1 décision sans décideur.",
    ),
    "deep only: as expected everywhere": (
        [{}],
        [{"deciders": {"north-star": ("pm",), "sprint-content": ("po",)}}],
        "Every decision answered sits with the expected roles; 2 clear decisions (one voice each).",
        "Chaque décision renseignée revient aux rôles attendus ; 2 décisions claires (une voix "
        "chacune).",
    ),
    "deep only: better at one level": (
        [{}],
        [{"deciders": {"first": ("pm", "em"), "sprint-content": ("po",)}}],
        "Decisions sit with the expected roles most at “Daily product decisions”, least at "
        "“Arbitration”.",
        "Les rôles attendus décident le plus pour « Décisions produit du quotidien », le "
        "moins pour « Arbitrage ».",
    ),
    "deep only: best at two levels": (
        [{}],
        [{"deciders": {"first": ("em",), "sprint-content": ("po",), "slicing": ("em",)}}],
        "Decisions sit with the expected roles most at “Daily product decisions” and “Delivery and "
        "quality”, least at “Arbitration”.",
        "Les rôles attendus décident le plus pour « Décisions produit du quotidien » et « Delivery "
        "et qualité », le moins pour « Arbitrage ».",
    ),
    "deep only: two voices name others": (
        [{}, {}],
        [{"deciders": {"first": ("cpo",)}}, {"deciders": {"first": ("cto",)}}],
        "Voices do not agree who decides on “What goes first”; 1 contested decision.",
        "Les voix ne s'accordent pas sur qui décide pour « Ce qui passe en premier » ; "
        "1 décision disputée.",
    ),
    # two of three voices name the PO, one cannot tell
    "deep only: all who name somebody name the same": (
        [{}, {}, {}],
        [
            {"deciders": {"sprint-content": ("po",)}},
            {"deciders": {"sprint-content": ("po",)}},
            {"deciders": {"sprint-content": ("unclear",)}},
        ],
        "Voices do not agree who decides on “Sprint content”; 1 contested decision.",
        "Les voix ne s'accordent pas sur qui décide pour « Contenu du sprint » ; 1 décision "
        "disputée.",
    ),
    "deep only: a lens in trouble": (
        [{}],
        [{"options": {"shared-cycle": "yes", "shared-north-star": "no"}}],
        "In “Rhythm”, start with “North Star and impacts shared”.",
        "Pour « Rythme », commencez par « North Star et impacts partagés ».",
    ),
    "deep only: a healthy lens": (
        [{}],
        [{"options": {"shared-cycle": "yes"}}],
        "Everything answered in the lenses is healthy.",
        "Tout ce qui est renseigné dans les angles est sain.",
    ),
}


@pytest.mark.parametrize(
    ("sheets", "deep", "english", "in_french"), SITUATIONS.values(), ids=SITUATIONS.keys()
)
def test_the_sentence_that_a_situation_gets(
    sheets: Sequence[Sheet], deep: Sequence[Mapping[str, object]], english: str, in_french: str
) -> None:
    result = result_from(sheets, deep)

    assert verdicts.result_verdict(EN, result) == english
    assert verdicts.result_verdict(FR, result) == french(in_french)


def test_both_languages_lead_with_the_same_and_levers_act_on_it() -> None:
    seats = re.compile(
        r"the \w+( and \w+)? seats? looks? empty|les? sièges? de|a pm is missing|il manque un pm"
    )
    away = (sheet("yes", "often"), sheet("no", "sometimes"), HALF, WORST)
    starts = (*[answers | NEITHER for answers in away], EXAMPLE_1, THREE_LEVELS)
    counts = Counter[bool]()
    for start, first, second in itertools.product(starts, ITEMS, ITEMS):
        change = {
            item: "partly" if item in QUESTIONS else option
            for item, option in ((first, "often"), (second, "sometimes"))
        }
        squad = round_from({**start, **change})
        by_seats = {bool(seats.match(verdicts.verdict(one, squad).lower())) for one in (EN, FR)}

        assert len(by_seats) == 1
        if seat_lead(squad):
            counts.update(by_seats)
            assert by_seats == {True} or len(headline_levers(squad)) == 1
    assert min(counts[True], counts[False]) > 100


def test_both_languages_tell_the_same_of_empty_seats_and_too_few_answers() -> None:
    facts = ("seats? looks? empty|PM is missing|sièges? .*sembl|manque un PM", "too few|trop peu")
    pairs, often = itertools.combinations(ITEMS, 2), ("late-scope", "po-sets-strategy")
    counts = Counter[bool]()
    for start, gone, changed in itertools.product((EXAMPLE_1, EXAMPLE_4, HALF), pairs, often):
        kept = {item: answer for item, answer in start.items() if item not in gone}
        squad = round_from(kept | {changed: "often"})
        english, in_french = (
            [bool(re.search(fact, verdicts.verdict(edition, squad))) for fact in facts]
            for edition in (EN, FR)
        )
        assert english == in_french
        counts.update(english)
    assert min(counts[True], counts[False]) > 100


def test_a_verdict_is_short_and_opens_with_no_count() -> None:
    answers: tuple[Sheet, ...] = ({}, THREE_LEVELS, EXAMPLE_1, sheet("yes", "sometimes"))
    seconds = ("vision-not-restated", "unclear-rework")
    for start, first, second in itertools.product(answers, ITEMS, seconds):
        change = {
            first: "no" if first in QUESTIONS else "often",
            second: "partly" if second in QUESTIONS else "sometimes",
        }
        result = draft_result(FRAMEWORK, {**start, **change}, today=TODAY)
        for edition in (EN, FR):
            sentence = verdicts.result_verdict(edition, result)
            opening = sentence.split()[0].lower()

            assert len(sentence) <= verdicts.LONGEST
            assert not opening[0].isdigit()
            assert opening not in {"one", "two", "three", "none", "un", "deux", "trois", "aucun"}


@pytest.mark.parametrize("edition", [EN, FR], ids=["en", "fr"])
def test_fluid_levels_are_never_told_without_what_stands_against_them_and_briefly(
    edition: Edition,
) -> None:
    # At most three of the levels lack answers; a signal, or who decides, is in trouble.
    signals = [item for item in ITEMS if item not in QUESTIONS]
    for gone in itertools.combinations(signals, 4):
        kept = {item: answer for item, answer in EXAMPLE_1.items() if item not in gone}
        for changed in ("po-explains-direction", "discovery-squeezed", "backlog-by-requests"):
            if changed in kept:
                squad = round_from(kept | {changed: "sometimes"})
                said = verdicts.verdict(edition, squad)

                assert len(said) <= verdicts.LONGEST
                assert edition.trouble(changed, 0.5)[1:] in said or not is_fluid(squad)


def test_what_is_said_of_every_level_is_true_of_all_five() -> None:
    for start, item in itertools.product((EXAMPLE_1, WORST), ITEMS):
        for answer in ("unknown", "yes" if item in QUESTIONS else "not-seen"):
            result = draft_result(FRAMEWORK, {**start, item: answer}, today=TODAY)
            sentence = verdicts.result_verdict(EN, result)
            stages = {level.stage for level in result.round.scores.levels}

            assert ("every level" not in sentence and "no level" not in sentence) or (
                len(stages) == 1 and None not in stages
            )


# Several squads -----------------------------------------------------------------------------------


def test_a_room_hears_who_decides_wrongly_where_too_few_questions_are_answered() -> None:
    # The PO must not decide what is cut; what a sprint holds is the PO's.
    amiss, fitting = ({"deciders": {of: ("po",)}} for of in ("cut", "sprint-content"))
    few = "Too few questions answered to say where decisions hold and where they leak."
    said = {
        "amiss": (amiss, {}, "The wrong role decides on “What is cut”."),
        "fitting": (fitting, {}, "Every decision answered sits with the expected roles."),
        "nobody told": ({}, {}, few),
        "scored": (fitting, EXAMPLE_1, SITUATIONS["everything healthy"][2]),
    }
    for deep, answers, sentence in said.values():
        result = result_from([answers], [deep])
        assert verdicts.room_verdict(EN, result.round, result.who_decides) == sentence


def test_the_overview_tells_where_decisions_leak_and_mostly_why() -> None:
    rounds = [round_from(EXAMPLE_3), round_from(EXAMPLE_3), round_from(EXAMPLE_1)]

    assert verdicts.overview(EN, rounds) == (
        "Decisions leak at the Arbitration level in 2 of 3 squads, above all because urgent "
        "requests bypass the channel."
    )
    assert verdicts.overview(FR, rounds) == french(
        "Au niveau Arbitrage, des décisions se perdent dans 2 squads sur 3, surtout "
        "parce que les demandes urgentes contournent le canal."
    )


def test_a_leak_in_half_of_the_squads_is_told_with_its_count() -> None:
    rounds = [round_from(EXAMPLE_3), round_from(EXAMPLE_1)]

    said = verdicts.overview(EN, rounds)

    assert said.startswith("Decisions leak at the Arbitration level in 1 of 2 squads")


def test_a_level_is_counted_over_the_squads_that_have_a_score_there() -> None:
    silent, leaking, fluid = round_from({}), round_from(EXAMPLE_3), round_from(EXAMPLE_1)
    alone = (
        "Decisions leak at the Arbitration level in the only squad scored there, above all because "
        "urgent requests bypass the channel."
    )

    assert verdicts.overview(EN, [leaking, silent]) == alone
    assert verdicts.overview(FR, [leaking, silent]) == french(
        "Au niveau Arbitrage, des décisions se perdent dans la seule squad notée, surtout parce "
        "que les demandes urgentes contournent le canal."
    )
    assert " in 1 of 2 squads" in verdicts.overview(EN, [leaking, silent, fluid])
    warned = replace(round_from(healthy({"po-explains-direction": "often"})), squad="Borea")
    assert verdicts.overview(EN, [warned, silent]) == (
        "Decisions hold at every level scored, though a seat looks empty in the only squad scored."
    )
    assert verdicts.overview(FR, [warned, silent]) == french(
        "Les décisions tiennent aux niveaux notés, même si un siège semble vide dans la seule "
        "squad notée."
    )


def test_of_a_single_squad_the_comparison_says_what_its_own_page_says() -> None:
    squad = round_from(EXAMPLE_3)

    for edition in (EN, FR):
        assert verdicts.overview(edition, [squad]) == verdicts.verdict(edition, squad)


@pytest.mark.parametrize(
    ("signals", "cause", "in_french"),
    [
        (["pm-runs-sprint", "late-scope", "unclear-rework"], "", "\u00a03"),
        (
            ["pm-runs-sprint", "pm-runs-sprint", "late-scope", "unclear-rework"],
            ", in 2 of them because the PM often coordinates the sprint day to day",
            " 4, dont 2 parce que le PM coordonne souvent le sprint au jour le jour",
        ),
        (["pm-runs-sprint", "pm-runs-sprint", "late-scope", "late-scope"], "", "\u00a04"),
        (["pm-runs-sprint", "late-scope"], "", "\u00a02"),
        (
            ["pm-runs-sprint", "pm-runs-sprint", "late-scope"],
            ", above all because the PM often coordinates the sprint day to day",
            " 3, surtout parce que le PM coordonne souvent le sprint au jour le jour",
        ),
    ],
    ids=["one of three", "two of four", "two and two of four", "one of two", "two of three"],
)
def test_a_cause_is_common_to_most_squads_that_leak_or_told_with_its_count_in_half_of_them(
    signals: Sequence[str], cause: str, in_french: str
) -> None:
    # Each caps delivery alone at propped up; where two do in as many squads, neither is the cause.
    rounds = [round_from(healthy({signal: "often"})) for signal in signals]
    of = len(signals)

    assert verdicts.overview(EN, rounds) == (
        f"Decisions leak at the Delivery level in {of} of {of} squads{cause}."
    )
    assert verdicts.overview(FR, rounds) == french(
        f"Au niveau Delivery, des décisions se perdent dans {of} squads sur{in_french}."
    )
    assert (shared_headline_lever(FRAMEWORK, rounds) is None) == (not cause)


def test_the_overview_names_the_level_that_leaks_most_not_the_lowest() -> None:
    # Vision leaks twice, at 67 and propped up; arbitration once, at 1/11 and blurred.
    star = healthy({"vision-not-restated": "often"})
    blurred = healthy(
        {
            "mandates-clear": "no",
            "rituals-decide": "no",
            "single-channel": "no",
            "trade-offs-mid-sprint": "often",
        }
    )
    rounds = [round_from(star), round_from(star), round_from(blurred)]

    assert verdicts.overview(EN, rounds) == (
        "Decisions leak at the Vision level in 2 of 3 squads, above all because work often "
        "follows a list of topics, without a North Star."
    )
    for edition, level in itertools.product((EN, FR), FRAMEWORK.level_ids):
        named = edition.texts.levels[level].short in verdicts.overview(edition, rounds)
        assert named == (level == "vision")


def test_squads_that_leak_nowhere_hold_at_every_level_scored() -> None:
    assert verdicts.overview(EN, [round_from(EXAMPLE_1)] * 2) == (
        "Decisions hold at every level scored in these squads."
    )
    assert verdicts.overview(EN, [round_from({})] * 2) == (
        "Not enough answers in this period to say where these squads stand."
    )


@pytest.mark.parametrize(
    ("sheets", "deciders", "english", "in_french"),
    [
        (
            [healthy({"po-explains-direction": "often"}), EXAMPLE_1],
            {},
            "though a seat looks empty in 1 of 2 squads",
            "même si un siège semble vide dans 1 squad sur\u00a02",
        ),
        (
            [EXAMPLE_1, EXAMPLE_1],
            {"cut": ("nobody",)},
            "though who decides is still to be settled in 2 of 2 squads",
            "même si la question de qui décide reste ouverte dans 2 squads sur\u00a02",
        ),
        (
            [healthy({"po-explains-direction": "often"}), EXAMPLE_1],
            {"cut": ("nobody",)},
            "though a seat looks empty or who decides is still to be settled in 2 of 2 squads",
            "même si un siège semble vide ou que la question de qui décide reste ouverte "
            "dans 2 squads sur\u00a02",
        ),
    ],
)
def test_squads_whose_levels_hold_are_told_with_empty_seats_and_what_is_not_settled(
    sheets: Sequence[Sheet], deciders: Mapping[str, object], english: str, in_french: str
) -> None:
    deep_answers = [{"deciders": deciders}] if deciders else []
    first, second = (result_from([sheet], deep_answers).round for sheet in sheets)
    rounds = [replace(first, squad="Atlas"), replace(second, squad="Orion")]
    many = [replace(first, squad=f"{n}") for n in range(50)]

    assert len(verdicts.overview(FR, [*many, *rounds])) <= verdicts.LONGEST
    assert verdicts.overview(EN, rounds) == f"Decisions hold at every level scored, {english}."
    assert verdicts.overview(FR, rounds) == french(
        f"Les décisions tiennent aux niveaux notés, {in_french}."
    )


def test_an_overview_is_short_whatever_leaks() -> None:
    for edition, item in itertools.product((EN, FR), ITEMS):
        bad = "no" if item in QUESTIONS else "often"
        rounds = [round_from(HALF | {item: bad}), round_from(WORST | {item: bad})]
        assert len(verdicts.overview(edition, rounds)) <= verdicts.LONGEST


BLURRED = "It is not clear what each role decides, and decisions are blurred at every level"


@pytest.mark.parametrize(
    ("quick", "said"),
    [
        (4, BLURRED + "."),
        (
            5,
            BLURRED + "; the PM and PO seats look empty.",
        ),
    ],
)
def test_a_seat_looks_empty_in_a_verdict_once_half_of_the_voices_tell_its_signals(
    quick: int, said: str
) -> None:
    # Ten say who decides; of four or five of them every signal points to both seats.
    deep = [{"deciders": {"cut": ["pm"]}}] * 10
    unit = result_from([*[WORST | NEITHER] * quick, *[{}] * (10 - quick)], deep).round

    assert verdicts.verdict(EN, unit) == said
    assert not seat_lead(unit) or quick == 5


def test_a_verdict_is_the_same_once_the_setup_says_what_answers_tell() -> None:
    # The PO sets the vision, and the PM writes the tickets.
    held = History(FRAMEWORK, [assessment(answers=HALF)], "month", [setup("pm", "po")])

    assert verdicts.verdict(EN, held.rounds("Atlas")[0]) == verdicts.verdict(EN, round_from(HALF))


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (("pm", "po"), BLURRED + "."),
        (("pm",), BLURRED + "; the PO seat is empty."),
    ],
)
def test_a_verdict_calls_a_seat_empty_as_the_setup_does(held: tuple[str, ...], said: str) -> None:
    # Of po-missing's signals those that name no PO still apply without one: all often.
    seats = setup(seats=seats_of_squad(*held, **({} if "po" in held else {"po": "empty"})))
    history = History(FRAMEWORK, [assessment(answers=WORST)], "month", [seats])
    unit = history.rounds("Atlas")[0]

    assert verdicts.verdict(EN, unit) == said
    assert headline_levers(unit)

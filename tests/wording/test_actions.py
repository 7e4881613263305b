"""Where an action stands and what was seen since, in both languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assessment.access.invitations import answer_as_stored
from assessment.content.edition import edition_in
from assessment.content.loading import shipped_framework
from assessment.rounds.action_changes import change_since
from assessment.rounds.actions import OpenActions, action_progress, open_actions
from assessment.rounds.history import History
from assessment.wording.actions import (
    action_status_line,
    action_text,
    moved_since,
    mover,
    open_since,
    open_total,
    overdue_since,
    seen_since,
)
from tests.builders import action, assessment, gathering
from tests.examples import EXAMPLE_1, HALF
from tests.expected import french

EN, FR = edition_in("en"), edition_in("fr")
FRAMEWORK = shipped_framework()

TODAY = date(2026, 12, 5)
ENDED = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("changes", "english", "french"),
    [
        (
            {"due_on": date(2026, 12, 15), "owner": "cpo", "status": "under-way"},
            "Under way, due 15\u00a0Dec\u00a02026 · CPO",
            "En cours, pour le 15\u00a0déc.\u00a02026 · CPO",
        ),
        (
            {"due_on": TODAY},
            "Planned, due 5\u00a0Dec\u00a02026 · PM",
            "Prévue, pour le 5\u00a0déc.\u00a02026 · PM",
        ),
        (
            {"due_on": date(2026, 12, 4)},
            "Planned, overdue: it was due 4\u00a0Dec\u00a02026 · PM",
            "Prévue, en retard\u00a0: attendue pour le 4\u00a0déc.\u00a02026 · PM",
        ),
        (
            {"due_on": None, "owner": None},
            "Planned, no due date · nobody named yet",
            "Prévue, sans échéance · personne n’est encore désigné",
        ),
        (
            {"due_on": None, "owner": "tl", "owner_name": "Sofia"},
            "Planned, no due date · Tech Lead (Sofia)",
            "Prévue, sans échéance · Tech Lead (Sofia)",
        ),
        (
            {"due_on": None, "owner": None, "owner_name": "Sofia"},
            "Planned, no due date · Sofia",
            "Prévue, sans échéance · Sofia",
        ),
        (
            {"due_on": None, "owner": None, "owner_name": "…"},
            "Planned, no due date · a person of the squad",
            "Prévue, sans échéance · une personne de la squad",
        ),
        (
            {"due_on": date(2026, 11, 20), "status": "done", "ended_on": ENDED},
            "Done on 30\u00a0Nov\u00a02026 · PM",
            "Faite le 30\u00a0nov.\u00a02026 · PM",
        ),
        (
            {"owner": None, "status": "dropped", "ended_on": ENDED},
            "Dropped on 30\u00a0Nov\u00a02026",
            "Abandonnée le 30\u00a0nov.\u00a02026",
        ),
    ],
)
def test_an_action_says_where_it_stands(
    changes: dict[str, object], english: str, french: str
) -> None:
    decided = action(**changes)
    assert action_status_line(EN, decided, today=TODAY) == english
    assert action_status_line(FR, decided, today=TODAY) == french


@pytest.mark.parametrize(
    ("language", "today", "last"),
    [
        ("en", date(2026, 12, 15), " · CPO · 15\u00a0Dec\u00a02026"),
        ("en", date(2026, 12, 16), " · CPO · overdue: it was due 15\u00a0Dec\u00a02026"),
        ("fr", date(2026, 12, 16), " · CPO · en retard : attendue pour le 15\u00a0déc.\u00a02026"),
    ],
)
def test_an_action_in_one_line_says_that_it_is_overdue(
    language: str, today: date, last: str
) -> None:
    late = action(due_on=date(2026, 12, 15), owner="cpo", note="")
    line = action_text(edition_in(language), late, today=today)
    assert line.endswith(french(last) if language == "fr" else last)


@pytest.mark.parametrize("note", ["Ana lists\r\n\n  tickets.\n", "Ana lists\u2028tickets"])
def test_a_note_of_several_lines_is_one_in_an_action_s_line(note: str) -> None:
    written = action(note=note, owner="cpo", due_on=None)
    line = action_text(edition_in("en"), written, today=date(2026, 12, 15))
    assert line == "Ana lists tickets (lever: Open one channel for urgent requests) · CPO"


def test_what_levels_did_since_an_action_claims_no_cause() -> None:
    decided = action(decided_on=date(2026, 9, 10))
    done = action(status="done", decided_on=date(2026, 9, 10), ended_on=date(2026, 9, 30))
    saved = [
        assessment(answers=sheet, assessed_on=date(2026, month, 1))
        for month, sheet in ((9, HALF), (11, EXAMPLE_1))
    ]
    rounds = History(FRAMEWORK, saved, "month").rounds("Atlas")
    moved = change_since(FRAMEWORK, done, rounds)
    assert moved is not None

    assert seen_since(EN, done, moved) == (
        "September 2026 to November 2026 (1 voice, then 1): Arbitration +50, Daily +50 and "
        "Delivery +50. "
        "One channel for urgent requests: “yes” said by 0 of 1, then by 1 of 1."
    )
    assert seen_since(FR, decided, moved) == french(
        "Septembre 2026 à novembre 2026 (1 voix, puis 1) : Arbitrage +50, Quotidien +50 et "
        "Delivery +50. "
        "Canal unique pour les urgences : « oui » pour 0 sur 1, puis 1 sur\u00a01."
    )
    unscored = History(
        FRAMEWORK,
        [assessment(answers={}, assessed_on=date(2026, month, 1)) for month in (9, 11)],
        "month",
    ).rounds("Atlas")
    unseen = change_since(FRAMEWORK, decided, unscored)
    assert unseen is not None
    assert seen_since(EN, decided, unseen) == (
        "Nothing to compare: the levels it touches lack a score before or after."
    )


def test_what_is_compared_within_one_month_is_told_by_its_days() -> None:
    days = date(2026, 11, 3), date(2026, 11, 25)
    held = [gathering(privacy="open", opened_on=day, closes_on=day) for day in days]
    saved = [
        answer_as_stored(assessment(answers=HALF, assessed_on=survey.opened_on), survey)
        for survey in held
    ]
    units = History(FRAMEWORK, saved, "month", surveys=held).units("Atlas")
    decided = action(decided_on=date(2026, 11, 3))
    since = change_since(FRAMEWORK, decided, units)
    assert since is not None

    assert seen_since(EN, decided, since) == (
        "From 3\u00a0Nov\u00a02026 to 25\u00a0Nov\u00a02026 (1 voice, then 1): no clear change."
    )
    assert seen_since(FR, decided, since) == french(
        "Du 3\u00a0nov.\u00a02026 au 25\u00a0nov.\u00a02026 (1 voix, puis 1) : "
        "pas de changement net."
    )


def test_what_another_action_tells_is_named_and_not_told_again() -> None:
    mandates, one_channel = (
        action(lever=lever, decided_on=date(2026, 9, day))
        for lever, day in (("write-mandates", 8), ("single-channel", 10))
    )
    saved = [
        assessment(answers=sheet, assessed_on=date(2026, month, 1))
        for month, sheet in ((9, HALF), (11, EXAMPLE_1))
    ]
    rounds = History(FRAMEWORK, saved, "month").rounds("Atlas")
    both = action_progress(FRAMEWORK, [mandates, one_channel], "Atlas", rounds)
    by_lever = {p.action.lever: (p.action, p.since) for p in both if p.since}

    (first, first_since), (second, second_since) = (
        by_lever["write-mandates"],
        by_lever["single-channel"],
    )
    assert seen_since(EN, second, second_since) == (
        "September 2026 to November 2026 (1 voice, then 1): Arbitration +50 and Daily +50. "
        "One channel for urgent requests: “yes” said by 0 of 1, then by 1 of 1. "
        "Delivery: see “Write one sentence per role”."
    )
    text, _, elsewhere = seen_since(FR, first, first_since).partition("Arbitrage et Quotidien")
    assert "Arbitrage" not in text
    assert elsewhere.replace("\xa0", " ").startswith(" : voir «")
    same = replace(second_since, elsewhere=(("delivery", second),))
    assert seen_since(EN, second, same).endswith(
        "Delivery: see “Open one channel for urgent requests” (decided on 10\u00a0Sept\u00a02026)."
    )
    assert moved_since(EN, second_since) == "Arbitration +50 and Daily +50 (1 voice, then 1)"
    nothing = replace(second_since, levels=())
    assert moved_since(EN, nothing) == (
        "how its levels changed is counted under “Write one sentence per role”"
    )
    assert seen_since(EN, second, nothing).startswith(
        "One channel for urgent requests: “yes” said by 0 of 1"
    )


@pytest.mark.parametrize(
    ("moves", "english", "french"),
    [
        ((), "No action is open in these squads.", "Aucune action n’est ouverte dans ces squads."),
        (
            (OpenActions("pm", (action(due_on=TODAY),)),),
            "1 action is open; none is overdue.",
            "1 action est ouverte\u202f; aucune n’est en retard.",
        ),
        (
            (OpenActions("pm", (action(), action())), OpenActions(None, (action(due_on=None),))),
            "3 actions are open, 2 of them overdue.",
            "3 actions sont ouvertes, dont 2 en retard.",
        ),
    ],
)
def test_open_actions_are_counted(
    moves: tuple[OpenActions, ...], english: str, french: str
) -> None:
    # The builder's action is due on 4 December, the day before.
    assert open_total(edition_in("en"), moves, squads=2, today=TODAY) == english
    assert open_total(edition_in("fr"), moves, squads=2, today=TODAY) == french


def test_where_every_squad_has_ended_open_actions_are_said_not_to_be_counted() -> None:
    totals = [open_total(edition, (), squads=0, today=TODAY) for edition in (EN, FR)]
    assert totals == [
        "What a squad that has ended left open is not counted.",
        "Ce qu’une squad dissoute a laissé ouvert n’est pas compté.",
    ]
    moves = (OpenActions("pm", (action(due_on=TODAY),)),)
    assert open_total(EN, moves, squads=0, today=TODAY).startswith("1 action is open")


def test_of_a_single_squad_no_others_are_said_to_have_open_actions() -> None:
    totals = [open_total(edition, (), squads=1, today=TODAY) for edition in (EN, FR)]
    assert totals == [
        "No action is open in this squad.",
        "Aucune action n’est ouverte dans cette squad.",
    ]


@pytest.mark.parametrize(
    ("language", "one", "two", "late"),
    [
        (
            "en",
            "1 open since 4\u00a0Nov\u00a02026",
            "2 open, the first since 4\u00a0Nov\u00a02026",
            "2 overdue, the first since 4\u00a0Dec\u00a02026 (Atlas)",
        ),
        (
            "fr",
            "1 ouverte depuis le 4\u00a0nov.\u00a02026",
            "2 ouvertes, la première depuis le 4\u00a0nov.\u00a02026",
            "2 en retard, la première depuis le 4\u00a0déc.\u00a02026 (Atlas)",
        ),
    ],
)
def test_whose_move_it_is_since_when(language: str, one: str, two: str, late: str) -> None:
    edition, actions = edition_in(language), (action(), action())

    assert open_since(edition, OpenActions("pm", actions[:1])) == one
    assert open_since(edition, OpenActions("pm", actions)) == two
    assert overdue_since(edition, actions) == late
    assert overdue_since(edition, ()) == ""
    assert mover(edition, OpenActions("pm", actions)) == "PM"
    named = tuple(action(owner_name=name) for name in ("Sofia", "SOFIA", "Yann", "Zoë", "Ana"))
    assert mover(edition, OpenActions("pm", named[:2])) == "PM (SOFIA)"
    assert mover(edition, OpenActions(None, named[:1])) == "Sofia"
    assert mover(edition, OpenActions("pm", named)) == "PM"  # of four persons the role alone


def test_many_squads_that_are_overdue_are_counted() -> None:
    late = [action(squad=name) for name in "ABCDEF"]

    line = overdue_since(edition_in("en"), late)

    assert line == "6 overdue, the first since 4\u00a0Dec\u00a02026 (A, B, C, D and 2 more squads)"


def test_several_people_who_stay_unnamed_are_not_told_as_one() -> None:
    named = [action(squad=squad, owner=None, owner_name=squad) for squad in ("Ana", "Bo")]
    seen = [round_of.without_texts for round_of in named]
    (all_of_them,) = open_actions(FRAMEWORK, seen, ["Ana", "Bo"])
    (one,) = open_actions(FRAMEWORK, seen, ["Ana"])

    assert (mover(EN, one), mover(FR, one)) == ("a person of the squad", "une personne de la squad")
    assert (mover(EN, all_of_them), mover(FR, all_of_them)) == (
        "people who are not named to you",
        "des personnes dont vous ne voyez pas le nom",
    )

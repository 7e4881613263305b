"""Who decides, who blocks and what moved over several squads, worked out by hand."""

from __future__ import annotations

from datetime import date

from assessment.content.loading import shipped_framework
from assessment.languages import points_moved
from assessment.model import Answers, Assessment
from assessment.rounds.board import SquadMove, blocking_roles, decisions_across, moves_across
from assessment.rounds.history import History
from assessment.rounds.leadership import Summary, summary_of, summary_of_one
from assessment.rounds.moves import moves_between
from tests.builders import action, assessment, deep_assessment
from tests.deep_examples import LEVEL_OF
from tests.examples import EXAMPLE_1, HALF, NEITHER, WORST, healthy
from tests.reports.briefings import FRAMEWORK, NOVEMBER, TODAY, mapped_company


def across(company: Summary) -> tuple[SquadMove, ...]:
    """How the levels of a company's squads moved."""
    moves = [
        moves_between(result.before, result.round, points=points_moved) if result.before else None
        for result in company.results
    ]
    return moves_across(company.results, moves, points=points_moved)


def test_each_decision_counts_the_squads_in_which_it_is_clear_contested_or_nobodys() -> None:
    company = mapped_company("A", "B", changes={"cut": ("po",), "first": ("nobody",)})

    decisions = decisions_across(
        company.framework, [squad.deep.who_decides for squad in company.deep_units]
    )

    by_id = {
        decision.decision: (decision.clear, decision.contested, decision.nobody)
        for decision in decisions
    }
    assert list(by_id) == list(LEVEL_OF)
    assert by_id["north-star"] == (2, 0, 0)
    # Two voices name the PO and three others: no three quarters name the same.
    assert by_id["cut"] == (0, 2, 0)
    # One voice of two says that nobody does.
    assert by_id["first"] == (0, 0, 2)


def test_a_squad_that_said_nothing_of_a_decision_is_not_counted() -> None:
    (first, *_) = decisions_across(shipped_framework(), [])

    assert (first.compared, first.unclear) == (0, 0)


def test_an_empty_seat_blocks_at_the_levels_it_decides() -> None:
    history = History(FRAMEWORK, [assessment(answers=WORST | NEITHER)], "month")
    roles = blocking_roles(FRAMEWORK, summary_of(history, ["Atlas"], NOVEMBER).results)

    assert [(role.role, role.squads, dict(role.ways)) for role in roles] == [
        ("pm", 1, {"missing": 1, "too much": 0}),
        ("po", 1, {"missing": 1, "too much": 0}),
    ]
    assert dict(roles[0].levels["missing"]) == {"vision": 1, "strategy": 1, "arbitration": 1}
    assert dict(roles[1].levels["missing"]) == {"daily": 1, "delivery": 1}


def test_a_squad_whose_answers_say_nothing_of_a_seat_is_not_counted_for_it() -> None:
    saved = [assessment(squad="A", answers=WORST | NEITHER), assessment(squad="B", answers={})]
    history = History(FRAMEWORK, saved, "month")

    roles = blocking_roles(FRAMEWORK, summary_of(history, history.squads, NOVEMBER).results)

    assert [(role.role, role.squads, role.compared) for role in roles] == [
        ("pm", 1, 1),
        ("po", 1, 1),
    ]


def test_a_role_that_decides_what_it_should_not_is_in_the_way_at_that_level() -> None:
    company = mapped_company("A", "B")

    po = next(role for role in blocking_roles(FRAMEWORK, company.results) if role.role == "po")

    assert po.ways["too much"] == 2
    assert dict(po.levels["too much"]) == {"arbitration": 2}
    assert po.at("too much", "vision") == 0


def test_a_role_is_named_by_few_where_in_no_squad_half_of_the_voices_name_it() -> None:
    named = {"A": ["cpo", "cto", "po", "tl"], "B": ["cpo", "po"]}
    asked = [
        deep_assessment(
            squad=squad, answers=healthy(), deep={"deciders": {"enough-scope": (role,)}}
        )
        for squad, roles in named.items()
        for role in roles
    ]
    history = History(FRAMEWORK, [*asked, assessment(squad="C", answers=WORST | NEITHER)], "month")

    roles = blocking_roles(FRAMEWORK, summary_of(history, history.squads, NOVEMBER).results)

    # A quarter of A names the CPO and the CTO, half of B the CPO; C's seats look empty.
    by_few = {role.role: role.by_few for role in roles}
    assert by_few == {"cpo": False, "pm": False, "po": False, "cto": True}


def test_clear_moves_come_first_and_the_widest_of_them() -> None:
    checks = [
        assessment(squad="A", assessed_on=date(2026, 9, 3), answers=HALF),
        # Arbitration 800 / 11 and others less far from 50; all of them ten points or more.
        assessment(squad="A", answers=healthy({"single-channel": "no"})),
        assessment(squad="B", assessed_on=date(2026, 9, 3), answers=EXAMPLE_1),
        assessment(squad="B", answers=EXAMPLE_1),
    ]
    history = History(FRAMEWORK, checks, "month")

    company = summary_of(history, history.squads, NOVEMBER)

    moves = across(company)

    assert [(change.squad, change.move.level, change.move.verdict) for change in moves[:2]] == [
        ("A", "vision", "moved"),
        ("A", "strategy", "moved"),
    ]
    assert (moves[0].move.before, moves[0].move.after) == (50, 100)
    assert {change.move.verdict for change in moves if change.squad == "B"} == {"no clear change"}
    assert len(moves) == 2 * 5
    assert (moves[0].voices_before, moves[0].voices_after) == (1, 1)


def test_neither_one_squad_nor_a_single_voice_leads_what_moved() -> None:
    def of(squad: str, voices: str, then: Answers, now: Answers) -> list[Assessment]:
        days = ((date(2026, 9, 3), then), (date(2026, 11, 3), now))
        return [
            assessment(squad=squad, voice=voice, assessed_on=day, answers=answers)
            for day, answers in days
            for voice in voices
        ]

    # B's one voice rises by 100 at every level; A's three fall by 17 at vision, by 4 at strategy.
    without_star = healthy({"vision-not-restated": "sometimes"})
    checks = of("A", "xyz", EXAMPLE_1, without_star) + of("B", "x", WORST, EXAMPLE_1)
    checks += of("C", "xyz", WORST, EXAMPLE_1)
    history = History(FRAMEWORK, checks, "month")

    moves = across(summary_of(history, history.squads, NOVEMBER))

    assert "".join(moved.squad for moved in moves if moved.move.is_move) == "CABCABCBCBCB"


def test_a_squad_without_an_earlier_round_moved_nowhere() -> None:
    history = History(FRAMEWORK, [assessment(squad="A", answers=WORST)], "month")

    company = summary_of(history, history.squads, NOVEMBER)

    assert across(company) == ()


def test_the_summary_of_one_squad_is_that_of_a_company_with_that_squad_alone() -> None:
    checks = [
        assessment(squad="A", assessed_on=date(2026, 9, 3), answers=EXAMPLE_1),
        assessment(squad="A", answers=WORST),
    ]
    actions = [action(squad="A", due_on=date(2026, 10, 1), decided_on=date(2026, 9, 1))]
    history = History(FRAMEWORK, checks, "month", version=1)
    company = summary_of(history, ["A"], NOVEMBER, actions)

    alone = summary_of_one(company.results[0])

    assert alone.results == company.results
    assert alone.levers == company.levers
    assert alone.open_actions == company.open_actions
    assert [len(owned.overdue(today=TODAY)) for owned in alone.open_actions] == [1]

"""What leadership reads of several squads, with values worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest

from assessment.access.invitations import revealed
from assessment.access.release import released
from assessment.content.edition import edition_in
from assessment.content.loading import shipped_framework
from assessment.model import Assessment
from assessment.model.period import By, Period
from assessment.rounds.headline import cause_of, common_cause, weakest
from assessment.rounds.history import History
from assessment.rounds.leadership import Summary, summary_of
from assessment.rounds.moves import Moves
from assessment.wording.moves import movement, moves_of, points_of_move
from assessment.wording.overview import Overview
from assessment.wording.verdicts import result_verdict, summary_verdict
from tests.builders import action, assessment, deep_assessment, gathering, sample_assessments
from tests.deep_examples import deep_only
from tests.examples import EXAMPLE_1, EXAMPLE_2, NEITHER, WORST, healthy
from tests.expected import french

FRAMEWORK = shipped_framework()
NOW = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
EN, FR = edition_in("en"), edition_in("fr")
SEPTEMBER, OCTOBER, NOVEMBER = (Period(2026, month, "month") for month in (9, 10, 11))

# (11 - 3) / 11 = 72.727 of arbitration, capped at compensated by its primary item; daily
# (17 - 2) / 17 = 88.235; delivery (15 - 1) / 15 = 93.333. Overall 90.859: repairing it gains 9.141.
SIDE_MESSAGES = healthy({"single-channel": "no"})
CHANNEL_GAIN = 100 - (100 + 100 + 800 / 11 + 1500 / 17 + 1400 / 15) / 5

# Vision (9 - 3) / 9, capped at compensated; strategy (12 - 1) / 12. Repairing it gains 8.333.
BOTH = healthy({"single-channel": "no", "vision-not-restated": "often"})
VISION_GAIN = (100 / 3 + 100 / 12) / 5


def history(*answered: tuple[str, date, Mapping[str, str]]) -> History:
    """A history of single voices: squad, day, answers."""
    checks = [
        assessment(squad=squad, assessed_on=day, answers=answers)
        for squad, day, answers in answered
    ]
    return History(FRAMEWORK, checks, "month", version=1)


def summary(*answered: tuple[str, date, Mapping[str, str]]) -> Summary:
    """The summary of everything told, in November 2026."""
    past = history(*answered)
    return summary_of(past, past.squads, NOVEMBER)


def november(squad: str, answers: Mapping[str, str]) -> tuple[str, date, Mapping[str, str]]:
    return squad, date(2026, 11, 3), answers


def september(squad: str, answers: Mapping[str, str]) -> tuple[str, date, Mapping[str, str]]:
    return squad, date(2026, 9, 3), answers


@pytest.fixture(scope="module")
def three() -> Summary:
    """Atlas and Boréal in trouble, Cobalt healthy, Dune without a check in November."""
    return summary(
        november("Cobalt", EXAMPLE_1),
        november("Boréal", BOTH),
        september("Atlas", EXAMPLE_1),
        november("Atlas", SIDE_MESSAGES),
        september("Dune", EXAMPLE_1),
    )


def test_of_squads_that_leak_at_as_many_levels_the_lowest_scores_come_first() -> None:
    # Both at the lowest stage everywhere: "no" to all, and nothing seen but one late scope.
    answered = {"A": WORST | {"late-scope": "sometimes"}, "B": WORST, "C": {}, "D": EXAMPLE_1}
    summed = summary(*(november(squad, answers) for squad, answers in answered.items()))
    stages = {result.round.squad: result.round.lowest_stages[:2] for result in summed.results}

    assert stages["A"] == stages["B"]
    assert summed.leaking_first == ("B", "A", "D", "C")


def test_squads_stand_by_name_and_those_without_a_check_are_named(three: Summary) -> None:
    assert [result.round.squad for result in three.results] == ["Atlas", "Boréal", "Cobalt"]
    assert [(last.squad, str(last.period)) for last in three.absent] == [("Dune", "2026-09")]


def test_squads_stand_by_name_whatever_order_and_spelling_they_are_asked_in() -> None:
    past = history(november("Zed", EXAMPLE_1), november("Atlas", BOTH), november("Cobalt", BOTH))

    asked = summary_of(past, ["zed", " ATLAS ", "nowhere"], NOVEMBER)

    assert [result.round.squad for result in asked.results] == ["Atlas", "Zed"]
    assert asked.absent == ()
    assert asked.identity == summary_of(past, ["Atlas", "Zed"], NOVEMBER).identity


def test_levers_tell_what_each_squad_would_gain(three: Summary) -> None:
    first, second = three.levers

    assert first.lever == "single-channel"
    assert first.gains == {
        "Atlas": pytest.approx(CHANNEL_GAIN),
        "Boréal": pytest.approx(CHANNEL_GAIN),
    }
    assert second.lever == "restate-vision"
    assert second.gains == {"Boréal": pytest.approx(VISION_GAIN)}
    assert first.owners == FRAMEWORK.lever_by_id["single-channel"].owners


def test_what_most_squads_share_is_leaderships_move_whatever_its_usual_owner(
    three: Summary,
) -> None:
    channel, vision = three.levers

    # Two of three squads share the PM's lever, one of three the other.
    assert (channel.in_most, vision.in_most) == (True, False)
    assert three.movers(channel) == ("lead", "pm")
    assert three.movers(vision) == ("cpo", "pm")
    assert three.levers_of("lead") == (channel,)
    assert three.levers_of("cpo") == (vision,)
    assert three.levers_of("cto") == ()


def test_half_of_the_squads_or_a_single_one_are_not_most_of_several() -> None:
    half = summary(november("A", SIDE_MESSAGES), november("B", EXAMPLE_1))
    alone = summary(november("A", SIDE_MESSAGES))
    alone_scored = summary(november("A", SIDE_MESSAGES), november("B", EXAMPLE_2))

    assert half.levers_of("lead") == ()
    assert alone.levers_of("lead") == ()
    assert alone_scored.levers_of("lead") == ()


def test_a_lever_is_decided_whatever_squads_do_whose_page_does_not_show_it() -> None:
    past = history(*(november(*one) for one in (("A", SIDE_MESSAGES), ("B", EXAMPLE_1))))
    decided = [action(squad=squad, lever="single-channel") for squad in "AB"]

    summed = summary_of(past, past.squads, NOVEMBER, decided)

    (channel,) = summed.levers
    assert summed.under_way(channel) == (decided[0],)
    assert summed.is_decided(channel)


# Arbitration leaks in each by another answer: capped by the trade-offs; 3.5 of 11 points, of which
# the mandates cost two, as much as the rituals behind them; 4.5 of 11, of which the rituals do.
TRADE_OFFS = healthy({"trade-offs-mid-sprint": "often"})
MANDATES = healthy(
    {"mandates-clear": "no", "rituals-decide": "no", "single-channel": "partly"}
    | {"late-scope": "sometimes", "trade-offs-mid-sprint": "sometimes"}
)
RITUALS = MANDATES | {"mandates-clear": "partly"}


@pytest.mark.parametrize(
    ("sheets", "shared"),
    [
        ([SIDE_MESSAGES], 1),
        ([SIDE_MESSAGES, TRADE_OFFS], None),
        ([SIDE_MESSAGES, SIDE_MESSAGES, TRADE_OFFS, MANDATES], 2),
        ([SIDE_MESSAGES, SIDE_MESSAGES, TRADE_OFFS, MANDATES, RITUALS], None),
    ],
)
def test_a_cause_is_common_from_half_of_the_squads_up(
    sheets: list[dict[str, str]], shared: int | None
) -> None:
    rounds = summary(*(november(*one) for one in zip("ABCDE", sheets, strict=False))).rounds

    cause = common_cause(FRAMEWORK, rounds, "arbitration")

    assert (cause and (cause.item, len(cause.healths))) == (shared and ("single-channel", shared))


def test_what_limits_the_one_weakest_level_is_its_cause_though_another_answer_costs_more() -> None:
    # Of arbitration's 11 points the channel, 0.7, costs 0.9 and caps it; the mandates, 0.5, cost 1.
    partly = {"mandates-clear": "partly"}
    given = [partly] * 2 + [partly | {"single-channel": "partly"}] * 3
    shown = summary(*(november("A", healthy(answers)) for answers in given)).rounds[0]

    (weak,) = weakest(shown)
    assert (weak.id, cause_of(shown, [weak])) == ("arbitration", "single-channel")


def test_where_every_decision_is_clear_none_is_least_clear() -> None:
    clear = deep_assessment(squad="A", deep={"deciders": {"sprint-content": ("po",)}})
    past = History(FRAMEWORK, [clear], "month")

    assert summary_of(past, ["A"], NOVEMBER).least_clear == ()


def test_a_squad_without_an_overall_score_is_none_of_those_that_most_are_of() -> None:
    # Two of three that are scored: the three questions alone score one level of the fourth.
    in_trouble = (november(squad, SIDE_MESSAGES) for squad in "AB")
    both = summary(*in_trouble, november("C", EXAMPLE_1), november("D", EXAMPLE_2))

    assert [(lever.squads, lever.in_most) for lever in both.levers] == [(3, True)]


def test_roles_that_block_are_counted_by_squad() -> None:
    worst = {item.id: "no" if item.scale == "clarity" else "often" for item in FRAMEWORK.items}
    pm_missing = {item.id: "often" for item in FRAMEWORK.items_of("pm-missing")}
    summed = summary(november("A", worst | NEITHER), november("B", healthy(pm_missing)))

    assert [(role.role, role.squads) for role in summed.blocking] == [("pm", 2), ("po", 1)]
    assert summary(november("A", EXAMPLE_1)).blocking == ()


def test_a_lever_that_helps_many_a_little_may_come_before_one_that_helps_one_much() -> None:
    vision = healthy({"vision-not-restated": "sometimes"})  # half of 8.333 each
    summed = summary(
        november("A", vision),
        november("B", vision),
        november("C", vision),
        november("D", SIDE_MESSAGES),
    )

    assert [lever.lever for lever in summed.levers] == ["restate-vision", "single-channel"]
    assert [*summed.levers[0].gains.values()] == [pytest.approx(VISION_GAIN / 2)] * 3


def test_of_levers_that_help_as_many_the_typically_higher_comes_before_one_that_adds_more() -> None:
    # The channel adds 4.57 in each; the vision 4.17 in two and 8.33 in one, which is more in all.
    little = {"single-channel": "partly", "vision-not-restated": "sometimes"}
    summed = summary(
        november("A", healthy(little)),
        november("B", healthy(little)),
        november("C", healthy(little | {"vision-not-restated": "often"})),
    )

    assert [lever.lever for lever in summed.levers] == ["single-channel", "restate-vision"]
    assert [lever.typical for lever in summed.levers] == [
        pytest.approx(CHANNEL_GAIN / 2),
        pytest.approx(VISION_GAIN / 2),
    ]


def test_as_many_levers_are_shown_as_for_one_squad() -> None:
    questions = dict.fromkeys(("mandates-clear", "rituals-decide", "single-channel"), "no")
    summed = summary(november("A", WORST), november("B", healthy(questions)))

    # Three levers of either squad, of which they share one.
    assert [lever.lever for lever in summed.levers] == [
        "write-mandates",
        "seat-a-pm",
        "protect-the-sprint",
        "single-channel",
        "decide-in-rituals",
    ]
    assert summed.first_levers == summed.levers[:3]


def test_a_lever_counts_where_the_squads_own_page_shows_it() -> None:
    # The channel adds 4.57 in both: in Atlas it comes fourth, behind the vision's 8.33, the
    # sprint's 6.09 and the evidence's 5.10, and acts on no cause; in Boréal it comes third.
    seen = ("late-scope", "unclear-rework", "backlog-by-requests", "discovery-squeezed")
    three = dict.fromkeys(seen, "sometimes") | {"single-channel": "partly"}
    summed = summary(
        november("Atlas", healthy(three | {"vision-not-restated": "often"})),
        november("Boréal", healthy(three)),
    )

    squads = {lever.lever: [*lever.gains] for lever in summed.levers}
    assert squads == {
        "protect-the-sprint": ["Atlas", "Boréal"],
        "evidence-first": ["Atlas", "Boréal"],
        "restate-vision": ["Atlas"],
        "single-channel": ["Boréal"],
    }


def test_a_lever_on_the_cause_counts_though_it_is_not_among_the_first() -> None:
    # Daily, 12.5 of 17 = 74, is not fluid by its own answer: healthy, that one adds 1.5 / 17 / 5
    # of 100 and 0.5 / 15 / 5, which is 2.43; the PM's seat 5.62, the evidence 2.84, the PO's 2.51.
    sometimes = ("backlog-by-requests", "pm-writes-tickets", "questions-queue")
    sheet = healthy(dict.fromkeys(sometimes, "sometimes") | {"po-explains-direction": "often"})
    summed = summary(november("Atlas", sheet), november("Boréal", EXAMPLE_1))

    assert [(lever.lever, [*lever.gains]) for lever in summed.levers] == [
        ("seat-a-pm", ["Atlas"]),
        ("evidence-first", ["Atlas"]),
        ("seat-a-po", ["Atlas"]),
        ("delegate-calls", ["Atlas"]),
    ]
    assert len(summed.first_levers) == 3


def moves_in(summed: Summary) -> list[Moves | None]:
    return [moves_of(result.before, result.round) for result in summed.results]


def test_what_moved_is_told_in_points_as_shown_since_each_squads_round_before(
    three: Summary,
) -> None:
    atlas, boreal, cobalt = moves_in(three)

    # Arbitration 100 → 72.7, daily 100 → 88.2, delivery 100 → 93.3: seven points of a single
    # voice are no move.
    assert atlas is not None
    assert three.results[0].before is not None
    assert three.results[0].before.period == SEPTEMBER
    assert tuple(map(points_of_move, atlas.levels)) == (None, None, -27, -12, None)
    assert (boreal, cobalt) == (None, None)
    assert movement(EN, moves_in(three)) == (
        "Since the previous check: 2 levels fell (1 voice, then 1)."
    )


def test_only_levels_scored_in_both_rounds_move() -> None:
    # The three questions alone score arbitration, and nothing else.
    summed = summary(september("Atlas", EXAMPLE_2), november("Atlas", SIDE_MESSAGES))

    (moves,) = moves_in(summed)
    assert moves is not None
    assert [move.level for move in moves.levels if move.verdict != "not scored"] == ["arbitration"]
    assert [(move.level, points_of_move(move)) for move in moves.moved] == [("arbitration", -27)]


def test_a_rise_that_one_voice_can_make_is_none() -> None:
    # One of seven voices says "sometimes" of one item: vision (9 - 3/14) / 9 = 97.6 → 98, and
    # one of eight: (9 - 3/16) / 9 = 97.9 → 98.
    def voices(day: date, count: int) -> list[tuple[str, date, Mapping[str, str]]]:
        odd = healthy({"vision-not-restated": "sometimes"})
        return [("Atlas", day, odd), *[("Atlas", day, EXAMPLE_1)] * (count - 1)]

    summed = summary(*voices(date(2026, 9, 3), 7), *voices(date(2026, 11, 3), 8))

    (moves,) = moves_in(summed)
    assert moves is not None
    assert (moves.levels[0].after or 0) > (moves.levels[0].before or 0)
    assert (
        movement(EN, moves_in(summed)) == "No clear change at any level since the previous checks."
    )


def test_the_verdict_is_one_sentence_in_both_languages(three: Summary) -> None:
    assert summary_verdict(EN, three) == (
        "Decisions leak at the Arbitration level in 2 of 3 squads, above all because urgent "
        "requests bypass the channel."
    )
    assert summary_verdict(FR, three) == french(
        "Au niveau Arbitrage, des décisions se perdent dans 2 squads sur 3, surtout parce que "
        "les demandes urgentes contournent le canal."
    )


def test_the_verdict_of_one_squad_is_its_own() -> None:
    summed = summary(november("Atlas", SIDE_MESSAGES))

    assert summary_verdict(EN, summed) == result_verdict(EN, summed.results[0])
    assert summary_verdict(EN, summed).startswith("Urgent requests bypass")
    deep = deep_only(assessed_on=date(2026, 11, 3), deep={"deciders": {"cut": ("po",)}})
    alone = summary_of(History(FRAMEWORK, [deep], "month"), ("Atlas",), NOVEMBER)
    assert summary_verdict(EN, alone).startswith("The wrong role decides on “What is cut”; ")


def test_the_verdict_of_healthy_squads_names_no_lever() -> None:
    summed = summary(november("A", EXAMPLE_1), november("B", EXAMPLE_1))

    assert summary_verdict(EN, summed) == "Decisions hold at every level scored in these squads."
    assert summed.levers == ()


def test_squads_that_hold_are_summed_up_with_what_stands_against_it() -> None:
    gap = assessment(squad="A", answers=healthy({"po-explains-direction": "often"}))
    apart = [
        deep_assessment(squad="B", answers=EXAMPLE_1, deep={"deciders": {"cut": (role,)}})
        for role in ("cpo", "pm")
    ]
    fine = assessment(squad="C", answers=EXAMPLE_1)

    def told(*checks: Assessment) -> str:
        past = History(FRAMEWORK, checks, "month")
        return summary_verdict(EN, summary_of(past, past.squads, NOVEMBER)).replace("\xa0", " ")

    hold = "Decisions hold at every level scored, though"
    assert told(gap, fine) == f"{hold} a seat looks empty in 1 of 2 squads."
    settle = "who decides is still to be settled"
    assert told(*apart, fine) == f"{hold} {settle} in 1 of 2 squads."
    assert told(gap, *apart, fine) == f"{hold} a seat looks empty or {settle} in 2 of 3 squads."


def test_squads_with_too_few_answers_are_summed_up_as_such() -> None:
    summed = summary(november("A", {"late-scope": "often"}), november("B", {}))

    assert (
        summary_verdict(EN, summed)
        == "Not enough answers in this period to say where these squads stand."
    )
    assert summed.levers == ()


def test_the_latest_period_with_two_thirds_of_the_squads_of_the_fullest_one_opens() -> None:
    past = history(
        *(september(squad, EXAMPLE_1) for squad in "ABC"),
        *((squad, date(2026, 10, 4), EXAMPLE_1) for squad in "AB"),
        november("A", EXAMPLE_1),
    )

    assert past.opening_period(["A", "B", "C"]) == Period(2026, 10, "month")  # 2 of 3; then 1
    assert past.opening_period(["A"]) == NOVEMBER
    assert past.opening_period([]) is None


def test_a_squad_that_stopped_does_not_hold_the_others_back() -> None:
    squads = ["A", "B", "C", "D"]
    past = history(
        *(september(squad, EXAMPLE_1) for squad in squads),
        *(november(squad, EXAMPLE_1) for squad in squads[:-1]),
    )

    assert past.opening_period(squads) == NOVEMBER
    assert Overview(EN, summary_of(past, squads, NOVEMBER), NOVEMBER.last_day).elsewhere == ""


def test_one_of_two_squads_does_not_hold_the_other_back() -> None:
    past = history(*(september(squad, EXAMPLE_1) for squad in "AB"), november("A", EXAMPLE_1))

    assert past.opening_period(["A", "B"]) == NOVEMBER


def test_squads_that_stopped_a_year_ago_do_not_hold_the_others_back() -> None:
    squads = "ABCDEFGHIJKL"
    past = history(
        *((squad, date(2025, 3, 4), EXAMPLE_1) for squad in squads),
        *(november(squad, EXAMPLE_1) for squad in squads[:7]),
    )

    assert past.opening_period(squads) == NOVEMBER


def with_deep_checks_in_november(*squads: str, by: By = "month") -> History:
    """A history in which squads did the quick check in October, the deep one alone in November."""
    checks = [assessment(squad=squad, assessed_on=date(2026, 10, 3)) for squad in squads]
    deep_checks = [deep_only(squad=squad, assessed_on=date(2026, 11, 3)) for squad in squads]
    return History(FRAMEWORK, [*checks, *deep_checks], by, version=1)


def test_a_period_of_deep_checks_alone_does_not_hide_the_scores_before_it() -> None:
    past = with_deep_checks_in_november(*"ABC")

    assert past.opening_period(past.squads) == OCTOBER
    assert past.opening_period(["A", "B"]) == OCTOBER
    assert past.opening_period(["A"]) == NOVEMBER  # its page shows the deep check
    deep_checks = History(FRAMEWORK, [deep_only(squad=squad) for squad in "AB"], "month")
    assert deep_checks.opening_period("AB") == NOVEMBER


def test_a_later_deep_check_is_told_as_one_without_scores_and_where_both_stand_together() -> None:
    past = with_deep_checks_in_november(*"ABC")
    shown = summary_of(past, past.squads, OCTOBER)
    later = summary_of(past, past.squads, NOVEMBER)
    quarter = with_deep_checks_in_november(*"ABC", by="quarter")
    both = summary_of(quarter, quarter.squads, Period(2026, 4, "quarter"))

    assert Overview(EN, shown, NOVEMBER.last_day).elsewhere == (
        "Shown: October 2026. 3 squads have a later check, without scores (the last: November "
        "2026). Seen by quarter, the checks of 3 squads count together, squad by squad."
    )
    assert Overview(FR, shown, NOVEMBER.last_day).elsewhere == french(
        "Période affichée : octobre 2026. 3 squads ont un diagnostic plus récent, sans scores (le "
        "dernier : novembre 2026). Vus par trimestre, les diagnostics de 3 squads comptent "
        "ensemble, squad par squad."
    )
    assert Overview(EN, later, NOVEMBER.last_day).elsewhere == (
        "3 squads have no scores in this period, but in another (the latest: October 2026). Seen "
        "by quarter, the checks of 3 squads count together, squad by squad."
    )
    assert Overview(EN, both, NOVEMBER.last_day).elsewhere == ""
    for told in (shown, later):
        overview = Overview(EN, told, NOVEMBER.last_day)
        assert overview.elsewhere in overview.notes
    alone = with_deep_checks_in_november("A")
    of_one = Overview(FR, summary_of(alone, ["A"], OCTOBER), NOVEMBER.last_day).elsewhere
    assert of_one.endswith(
        french("Vus par trimestre, les diagnostics d’une squad comptent ensemble.")
    )


def test_a_period_is_succeeded_by_scores_or_where_it_has_none_by_any_later_check() -> None:
    past = with_deep_checks_in_november(*"ABC")
    deep_checks = [deep_only(squad="A", assessed_on=date(2026, month, 3)) for month in (10, 11)]
    of_deep_checks = History(FRAMEWORK, deep_checks, "month")
    scored = history(september("A", EXAMPLE_1), november("A", EXAMPLE_1))

    assert not summary_of(past, past.squads, OCTOBER).is_succeeded
    assert summary_of(of_deep_checks, "A", OCTOBER).is_succeeded
    assert summary_of(scored, "A", SEPTEMBER).is_succeeded
    assert not summary_of(scored, "A", NOVEMBER).is_succeeded


def test_what_no_quarter_holds_together_is_not_promised() -> None:
    # Of A the quarter is a session alone, of B the deep check lies in another quarter.
    session = released(revealed(gathering(squad="A"), voices=5, now=NOW))
    scored = [
        assessment(squad=squad, assessed_on=date(2026, month, 3))
        for squad, month in (("A", 10), ("B", 9))
    ]
    deep_checks = [
        deep_only(squad="A", assessed_on=date(2026, 11, 3), gathering=session.id),
        deep_only(squad="B", assessed_on=date(2026, 11, 3)),
    ]
    past = History(FRAMEWORK, [*scored, *deep_checks], "month", surveys=[session])

    assert Overview(EN, summary_of(past, past.squads, NOVEMBER), NOVEMBER.last_day).elsewhere == (
        "2 squads have no scores in this period, but in another (the latest: October 2026)."
    )


def test_an_earlier_period_says_how_many_squads_have_a_later_check() -> None:
    past = history(
        *(september(squad, EXAMPLE_1) for squad in "ABCD"),
        ("B", date(2026, 10, 4), EXAMPLE_1),
        november("A", EXAMPLE_1),
    )
    shown = summary_of(past, ["A", "B", "C", "D"], SEPTEMBER)

    assert past.opening_period(past.squads) == SEPTEMBER
    assert Overview(EN, shown, NOVEMBER.last_day).elsewhere == (
        "Shown: September 2026. 2 squads have a later check (the last: November 2026)."
    )
    assert Overview(FR, shown, NOVEMBER.last_day).elsewhere == french(
        "Période affichée : septembre 2026. 2 squads ont un diagnostic plus récent (le dernier : "
        "novembre 2026)."
    )


def test_the_sample_company_does_not_outnumber_squads_of_ones_own() -> None:
    own = [assessment(squad=squad, assessed_on=date(2026, 2, 3)) for squad in ("A", "B")]
    shown = History(FRAMEWORK, [*sample_assessments(), *own], "month", version=1)
    of_sample = next(squad for squad in shown.squads if squad not in {"A", "B"})
    february = Period(2026, 2, "month")

    assert shown.opening_period(shown.squads) == february
    assert shown.opening_period([of_sample]) == shown.periods([of_sample])[0]
    summed = summary_of(shown, ["A", "B", of_sample], february)
    assert Overview(EN, summed, NOVEMBER.last_day).elsewhere == (
        "Shown: February 2026, the latest without sample data."
    )


def test_a_period_without_any_check_has_an_empty_summary() -> None:
    past = history(september("A", EXAMPLE_1))

    empty = summary_of(past, past.squads, NOVEMBER)

    assert (empty.results, [last.squad for last in empty.absent]) == ((), ["A"])
    assert not empty.elsewhere.later


def test_open_actions_of_every_squad_asked_for_count_also_without_a_check() -> None:
    past = history(november("Atlas", EXAMPLE_1), september("Dune", EXAMPLE_1))
    actions = [action(squad="Dune", owner="cpo"), action(squad="Elsewhere", owner="cpo")]

    summed = summary_of(past, past.squads, NOVEMBER, actions)

    assert [last.squad for last in summed.absent] == ["Dune"]
    assert [(owned.owner, len(owned.actions)) for owned in summed.open_actions] == [("cpo", 1)]


def test_only_squads_that_said_who_decides_are_mapped() -> None:
    mapping = assessment(squad="Atlas", deep={"deciders": {"cut": ("cpo",)}})
    other = assessment(squad="Boréal", deep={"options": {"shared-cycle": "yes"}})
    past = History(FRAMEWORK, [mapping, other], "month", version=1)

    summed = summary_of(past, past.squads, NOVEMBER)

    assert [unit.squad for unit in summed.deep_units] == ["Atlas"]

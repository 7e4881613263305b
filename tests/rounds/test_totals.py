"""Old answers counted: what a total keeps, what it never tells, and how it is read."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import NAMESPACE_URL, UUID, uuid5

import pytest

from assessment.access.invitations import showable_assessments
from assessment.content.loading import shipped_framework
from assessment.exchange.sample import sample_records
from assessment.model import Assessment, Setup, Survey, Total
from assessment.model.period import Period
from assessment.rounds.history import History
from assessment.rounds.totals import Retention, cutoff, retention_of, to_be_counted
from tests.builders import assessment, gathering, setup, total

FRAMEWORK = shipped_framework()
NOW = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
OLD = date(2024, 3, 5)
BEFORE = date(2024, 11, 1)
ROUND = UUID(int=99)
OPTIONS = {
    item: FRAMEWORK.scale_by_id[FRAMEWORK.item_by_id[item].scale].options
    for item in FRAMEWORK.item_ids
}


def answer(option: str, **changes: object) -> Assessment:
    fields: dict[str, object] = {"assessed_on": OLD, "answers": {"mandates-clear": option}}
    return assessment(**(fields | changes))


def voices(options: str, **changes: object) -> list[Assessment]:
    named = {"y": "yes", "p": "partly", "n": "no", "u": "unknown", "-": "not-applicable"}
    return [answer(named[option], **changes) for option in options]


def planned(
    answers: list[Assessment],
    *surveys: Survey,
    setups: tuple[Setup, ...] = (),
    totals: tuple[Total, ...] = (),
) -> Retention:
    shown = showable_assessments(answers, surveys)
    going = to_be_counted(surveys, answers, shown, before=BEFORE)
    return retention_of(FRAMEWORK, shown, going, setups, totals=totals, before=BEFORE, now=NOW)


def released(**changes: object) -> Survey:
    fields: dict[str, object] = {
        "gathering_id": ROUND,
        "opened_on": OLD,
        "closes_on": date(2024, 3, 20),
        "closed_at": datetime(2024, 3, 21, tzinfo=UTC),
        "revealed_at": datetime(2024, 3, 21, tzinfo=UTC),
        "released": True,
    }
    return gathering(**(fields | changes))


def test_months_are_kept_whole() -> None:
    assert cutoff(date(2026, 11, 28), months=24) == date(2024, 11, 1)
    assert cutoff(date(2026, 1, 31), months=1) == date(2025, 12, 1)
    assert cutoff(date(2026, 1, 31), months=13) == date(2024, 12, 1)


def test_five_voices_of_a_month_are_counted_without_who_they_were() -> None:
    answers = voices("yyypn", voice=None, note="written", role="pm")
    plan = planned([*answers, answer("no", assessed_on=BEFORE)])

    (kept,) = plan.totals
    assert kept.answers == {"mandates-clear": {"yes": 3, "partly": 1, "no": 1}}
    assert (kept.squad, kept.assessed_on, kept.voices, kept.invited) == ("Atlas", OLD, 5, False)
    assert plan.going == {option.id for option in answers}
    assert (plan.answers, plan.surveys, plan.late, plan.counts_alone) == (5, 0, 0, 0)
    assert "written" not in kept.model_dump_json()


def test_an_alias_that_answered_twice_is_counted_once_by_its_last_answer() -> None:
    first, last = (
        answer("no", voice="Zoë"),
        answer("yes", voice="zoë", assessed_on=date(2024, 3, 9)),
    )
    plan = planned([first, last, *voices("yyyy")])

    (kept,) = plan.totals
    assert kept.answers == {"mandates-clear": {"yes": 5}}
    assert {first.id, last.id} <= plan.going


def test_what_fewer_than_five_answered_is_not_counted_and_of_fewer_voices_the_number_alone() -> (
    None
):
    asked = [
        answer("yes", answers={"mandates-clear": "yes", "single-channel": "no"}) for _ in range(4)
    ]
    (kept,) = planned([*asked, answer("no")]).totals
    assert kept.answers == {"mandates-clear": {"yes": 4, "no": 1}}

    plan = planned(voices("yyyn"))
    assert (plan.totals[0].voices, plan.totals[0].answers) == (4, {})
    assert plan.counts_alone == 1


def test_not_knowing_is_no_answer_that_others_hide_among() -> None:
    assert planned(voices("yyyyu")).totals[0].answers == {}


def test_that_an_item_does_not_apply_counts_where_enough_said_so() -> None:
    item = next(item.id for item in FRAMEWORK.items if item.needs_role)

    def counted(options: str) -> object:
        given = [
            answer("yes", answers={item: voice_answers.answers["mandates-clear"]})
            for voice_answers in voices(options)
        ]
        return planned(given).totals[0].answers

    assert counted("yyyy-") == {}
    assert counted("yyyyy-") == {item: {"yes": 5, "not-applicable": 1}}
    assert counted("yyyy-----") == {item: {"not-applicable": 5}}


def test_what_the_squad_s_seats_of_the_day_left_out_is_counted_as_such() -> None:
    away = {item.id for item in FRAMEWORK.items if item.needs_role == "po"}
    seated = setup(since=date(2024, 1, 1), seats={"pm": "own"})
    given = {item: options[0].id for item, options in OPTIONS.items()}
    (kept,) = planned([answer("", answers=given) for _ in range(5)], setups=(seated,)).totals

    assert away
    assert {item: kept.answers[item] for item in away} == {
        item: {"not-applicable": 5} for item in away
    }


def test_a_confidential_session_is_counted_from_as_many_voices_as_it_promised() -> None:
    answers = voices("yyynn", gathering=ROUND)

    (kept,) = planned(answers, released(least_voices=5)).totals
    assert (kept.invited, kept.answers) == (True, {"mandates-clear": {"yes": 3, "no": 2}})
    plan = planned(voices("yyy", gathering=ROUND), released(least_voices=3))
    assert plan.totals[0].answers == {"mandates-clear": {"yes": 3}}
    assert (plan.surveys, ROUND in plan.going) == (1, True)


def test_an_open_session_is_counted_from_five_voices_like_single_checks() -> None:
    asked = released(privacy="open", least_voices=3)
    counts = [
        planned(voices(given, gathering=ROUND), asked).totals[0].answers
        for given in ("yyyn", "yyynn")
    ]
    assert counts == [{}, {"mandates-clear": {"yes": 3, "no": 2}}]


def test_a_month_and_a_session_are_totals_of_their_own() -> None:
    plan = planned([*voices("yyyyy"), *voices("nnnnn", gathering=ROUND)], released())
    assert sorted((kept.invited, *kept.answers["mandates-clear"]) for kept in plan.totals) == [
        (False, "yes"),
        (True, "no"),
    ]


def test_every_squad_s_month_is_a_total_of_its_own() -> None:
    plan = planned([*voices("yyyyy"), *voices("nnnnn", squad="Borea")])
    assert [made.squad for made in plan.totals] == ["Atlas", "Borea"]
    assert len({made.id for made in plan.totals}) == 2


def test_a_session_goes_once_none_of_its_answers_stays() -> None:
    gone, waiting, later = (released(gathering_id=UUID(int=10**9 + n)) for n in range(3))
    hidden = released(gathering_id=UUID(int=10**9 + 3), privacy="confidential", least_voices=5)
    young = released(gathering_id=UUID(int=10**9 + 4), opened_on=BEFORE, closes_on=BEFORE)
    plan = planned(
        [
            *voices("yyyy", gathering=hidden.id),
            *voices("yy", gathering=later.id),
            *voices("y", gathering=later.id, assessed_on=BEFORE),
        ],
        gone,
        waiting.model_copy(update={"released": False}),
        later,
        hidden,
        young,
    )
    assert gone.id in plan.going
    assert plan.surveys == 1


def test_every_answer_of_a_counted_period_is_told_an_alias_that_answered_twice_included() -> None:
    once = voices("yyyy")
    twice = [answer("no", voice="Zoë"), answer("yes", voice="zoë")]
    (kept,) = planned([*once, *twice]).totals

    plan = planned([*once, *twice], totals=(kept,))
    assert (plan.answers, plan.late) == (6, 6)


def test_what_comes_late_to_a_counted_period_is_deleted_and_counted_nowhere() -> None:
    (kept,) = planned(voices("yyyyy")).totals
    late = voices("yyyyyn")
    plan = planned(late, totals=(kept,))
    assert (plan.totals, plan.late) == ((), 6)
    assert plan.going == {check.id for check in late}


def test_a_session_that_was_counted_leaves_its_month_s_single_checks_to_be_counted() -> None:
    (session,) = planned(voices("nnnnn", gathering=ROUND), released()).totals
    plan = planned(voices("yyyyy"), totals=(session,))
    assert [made.answers for made in plan.totals] == [{"mandates-clear": {"yes": 5}}]
    assert plan.late == 0


def renamed(kept: Total, squad: str) -> Total:
    return kept.model_copy(update={"squad": squad})


def test_a_period_was_counted_whatever_the_squad_was_called_then() -> None:
    (kept,) = planned(voices("yyyyyy")).totals
    late = voices("yyyyyyn", squad="Borea")

    plan = planned(late, totals=(renamed(kept, "Borea"),))
    assert (plan.totals, plan.late) == ((), 7)
    assert plan.going == {check.id for check in late}


def test_a_new_squad_under_a_name_that_is_free_again_is_counted_beside_the_renamed_one() -> None:
    (kept,) = planned(voices("yyyyyy")).totals

    plan = planned(voices("nnnnnn"), totals=(renamed(kept, "Borea"),))
    assert [(made.squad, made.answers) for made in plan.totals] == [
        ("Atlas", {"mandates-clear": {"no": 6}})
    ]
    assert plan.late == 0
    assert plan.totals[0].id != kept.id
    assert planned(voices("y"), totals=(renamed(kept, "Borea"), *plan.totals)).late == 1


def test_a_session_was_counted_whatever_its_squad_was_called_then() -> None:
    answers = voices("yyynn", gathering=ROUND)
    (kept,) = planned(answers, released()).totals
    other = released(gathering_id=UUID(int=98), squad="Borea")

    again = [check.model_copy(update={"squad": "Borea"}) for check in answers]
    more = voices("nnnnn", gathering=other.id, squad="Borea")
    plan = planned(
        [*again, *more], released(squad="Borea"), other, totals=(renamed(kept, "Borea"),)
    )
    assert [made.answers for made in plan.totals] == [{"mandates-clear": {"no": 5}}]
    assert plan.late == 5


def test_a_session_that_an_earlier_version_counted_is_counted_once() -> None:
    answers = voices("yyynn", gathering=ROUND)
    (kept,) = planned(answers, released()).totals
    name = f"who-decides total atlas 2024-03 {ROUND}"
    earlier = kept.model_copy(update={"total_id": uuid5(NAMESPACE_URL, name)})

    plan = planned(answers, released(), totals=(earlier,))
    assert (plan.totals, plan.late) == ((), 5)


def test_sample_data_stay_as_they_are() -> None:
    checks = [record for record in sample_records() if isinstance(record, Assessment)]
    plan = retention_of(FRAMEWORK, checks, (), (), totals=(), before=date(2030, 1, 1), now=NOW)
    assert (plan.totals, plan.going) == ((), frozenset())


# How it is read -----------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["month", "quarter"])
def test_a_total_scores_as_its_answers_did_and_no_voice_can_be_left_out(by: str) -> None:
    checks = [
        answer("yes", answers={item: some[number % len(some)].id for item, some in OPTIONS.items()})
        for number in range(7)
    ]
    (kept,) = planned(checks).totals
    before = History(FRAMEWORK, checks, by)  # type: ignore[arg-type]
    after = History(FRAMEWORK, [], by, surveys=[kept])  # type: ignore[arg-type]

    (was,), (now,) = before.rounds("Atlas"), after.rounds("Atlas")
    assert now.scores == was.scores
    assert (now.totals, len(now.voices), now.period) == ((kept,), 7, was.period)
    assert [dict(now.answers_to(item)) for item in OPTIONS] == [
        dict(was.answers_to(item)) for item in OPTIONS
    ]
    assert was.ranges.levels
    assert (now.ranges.levels, now.ranges.overall) == ({}, None)
    assert {level.stage_kept for level in now.holds.levels} == {None}
    assert now.holds.weakest_kept is None


def quarter() -> list[Assessment]:
    """Six voices in January and six in February at no, five in March at yes."""
    return [
        answer(option, assessed_on=date(2024, month, 10))
        for month, count, option in ((1, 6, "no"), (2, 6, "no"), (3, 5, "yes"))
        for _ in range(count)
    ]


@pytest.mark.parametrize("months", [(1, 2, 3), (1, 2), (1,)])
def test_a_quarter_pools_what_was_counted_month_by_month_and_what_is_still_there(
    months: tuple[int, ...],
) -> None:
    # Five of 17 say yes. A March answer that comes once March is counted sets its total beside.
    checks = quarter()
    counted = planned([check for check in checks if check.assessed_on.month in months]).totals
    left = [check for check in checks if check.assessed_on.month not in months]
    (was,) = History(FRAMEWORK, checks, "quarter").rounds("Atlas")
    history = History(FRAMEWORK, left, "quarter", surveys=counted)

    (now,) = history.rounds("Atlas")
    assert history.beside(now) == ()
    assert now.answers_to("mandates-clear") == {"yes": 5, "no": 12}
    assert now.health == was.health == {"mandates-clear": pytest.approx(5 / 17)}
    assert (now.level_voices, len(now.voices)) == (was.level_voices, 17)
    assert (now.first_day, now.last_day, now.voices_in_totals) == (
        date(2024, 1, 10),
        date(2024, 3, 10),
        17 - len(left),
    )
    assert (now.ranges.levels, now.holds.weakest_kept) == ({}, None)
    again = History(FRAMEWORK, [*left, answer("yes")], "quarter", surveys=counted, earlier=history)
    assert len(again.rounds("Atlas")[0].voices) == (12 + 1 if 3 in months else 17 + 1)


def test_a_month_counted_while_its_answers_are_still_there_counts_once() -> None:
    # A run that was cut short: January is counted, and its answers were not deleted yet.
    checks = quarter()
    january, february, _ = planned(checks).totals
    left = [check for check in checks if check.assessed_on.month != 2]
    history = History(FRAMEWORK, left, "quarter", surveys=[january, february])

    (now,) = history.rounds("Atlas")
    assert now.answers_to("mandates-clear") == {"yes": 5, "no": 12}
    assert [unit.totals for unit in history.beside(now)] == [(january,)]


def test_a_session_s_total_is_pooled_with_no_single_checks_of_its_quarter() -> None:
    asked, live = total(invited=True), assessment(assessed_on=date(2026, 10, 1))
    history = History(FRAMEWORK, [live], "quarter", surveys=[asked])

    assert [unit.totals for unit in history.units("Atlas")] == [(), (asked,)]


def test_a_session_s_total_stands_before_single_checks_and_these_before_their_total() -> None:
    alone, asked = total(), total(voices=8, invited=True)
    live = assessment()
    history = History(FRAMEWORK, [live], "month", surveys=[alone, asked])

    assert [unit.totals for unit in history.units("Atlas")] == [(alone,), (), (asked,)]
    shown = history.at("Atlas", Period(2026, 11, "month"))
    assert shown is not None
    assert (shown.totals, shown.is_scored) == ((), True)  # alone of the three
    assert [unit.totals for unit in history.beside(shown)] == [(alone,), (asked,)]
    assert history.squads == ("Atlas",)
    later = History(FRAMEWORK, [live], "month", earlier=history)
    assert [unit.totals for unit in later.rounds("Atlas")] == [()]

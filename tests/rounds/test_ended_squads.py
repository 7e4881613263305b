"""Squads that no longer exist: nothing waits for them, and what they answered stays."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from assessment.content.edition import edition_in
from assessment.content.loading import shipped_framework
from assessment.model import Assessment, Setup
from assessment.model.period import By, Period
from assessment.rounds.due import squads_ended, squads_today
from assessment.rounds.history import History
from assessment.rounds.leadership import summary_of
from assessment.rounds.results import comparison_of, result_of
from assessment.wording.briefing import SquadPart, squad_briefing
from assessment.wording.decision_records import charter_text, chat_lines
from assessment.wording.home import squad_line
from assessment.wording.trends import SquadTrend, trend_of
from tests.builders import action, assessment, gathering, setup, total
from tests.deep_examples import deep_only
from tests.examples import EXAMPLE_1

FRAMEWORK = shipped_framework()
TODAY = date(2026, 11, 30)
END = date(2026, 11, 3)
OCTOBER, NOVEMBER = Period(2026, 10, "month"), Period(2026, 11, "month")
IN_OCTOBER, IN_NOVEMBER = date(2026, 10, 5), date(2026, 11, 20)


def end(since: date = END, **changes: object) -> Setup:
    """What says that squad Atlas has ended on a day."""
    return setup(since=since, seats={}, company=None, ended=True, **changes)


def check(squad: str, day: date) -> Assessment:
    return assessment(squad=squad, assessed_on=day, answers=EXAMPLE_1)


CHECKS = (
    check("Atlas", IN_OCTOBER),
    check("Boréal", IN_OCTOBER),
    check("Boréal", IN_NOVEMBER),
    check("Cobalt", IN_OCTOBER),
)


def history(*setups: Setup, checks: tuple[Assessment, ...] = CHECKS) -> History:
    return History(FRAMEWORK, checks, "month", setups, version=1)


def test_a_squad_has_ended_from_its_day_on_until_another_setup_begins() -> None:
    past = history(end(), setup(since=date(2026, 11, 24)))
    days = (date(2026, 11, 2), END, date(2026, 11, 23), date(2026, 11, 24))
    assert [past.ended_on("ATLAS", today=day) for day in days] == [None, END, END, None]
    assert past.ended_on("Boréal", today=TODAY) is None
    assert past.ended_on("unknown", today=TODAY) is None


def test_a_setup_of_the_last_day_does_not_revive_a_squad_whenever_it_was_saved() -> None:
    for hour in (9, 19):
        told = setup(since=END, saved_at=datetime(2026, 11, 3, hour, tzinfo=UTC))
        ended = end(saved_at=datetime(2026, 11, 3, 12, tzinfo=UTC))
        assert history(told, ended).ended_on("Atlas", today=TODAY) == END


def test_an_end_into_which_an_older_version_wrote_seats_is_read_as_these_seats() -> None:
    told = history(setup(since=END, seats={"pm": "own", "po": "absent"}, ended=True))
    assert told.ended_on("Atlas", today=TODAY) is None
    assert told.seats("Atlas").on(END).held == ("pm",)

    nobody = history(setup(since=END, seats={"pm": "absent", "po": "absent"}, ended=True))
    assert nobody.ended_on("Atlas", today=TODAY) == END
    assert nobody.seats("Atlas").on(END).assumed


def test_a_squad_that_answers_after_its_end_goes_on() -> None:
    same_day, later = (check("Atlas", date(2026, 11, day)) for day in (3, 4))
    assert history(end(), checks=(*CHECKS, same_day)).ended_on("Atlas", today=TODAY) == END
    assert history(end(), checks=(*CHECKS, later)).ended_on("Atlas", today=TODAY) is None


def test_what_is_not_scored_revives_a_squad_too() -> None:
    asked = gathering(squad="Atlas", opened_on=date(2026, 11, 2), closes_on=date(2026, 11, 2))
    answered = check("Atlas", date(2026, 11, 2)).model_copy(update={"gathering": asked.id})
    deep = deep_only(squad="Atlas", assessed_on=date(2026, 11, 20))
    past = History(FRAMEWORK, [answered, deep], "month", [end()], surveys=[asked], version=1)
    latest = past.latest("Atlas")
    assert latest is not None
    assert latest.last_day == date(2026, 11, 2)  # the round shown is the scored one
    assert past.ended_on("Atlas", today=TODAY) is None


@pytest.mark.parametrize("ahead", [date(2026, 12, 1), date(2026, 12, 28), date(2031, 1, 1)])
@pytest.mark.parametrize("by", ["month", "quarter"])
def test_a_check_of_a_day_to_come_revives_no_squad(ahead: date, by: By) -> None:
    checks = (*CHECKS, check("Atlas", ahead))
    past = History(FRAMEWORK, checks, by, [end()], version=1)
    assert past.ended_on("Atlas", today=TODAY) == END
    assert past.ended_on("Atlas", today=ahead) is None


@pytest.mark.parametrize(("opened_on", "ended_on"), [(END, END), (date(2026, 11, 4), None)])
def test_a_squad_that_is_asked_after_its_end_goes_on(
    opened_on: date, ended_on: date | None
) -> None:
    asked = gathering(squad="Atlas", opened_on=opened_on, closes_on=date(2026, 12, 5))
    past = History(FRAMEWORK, CHECKS, "month", [end()], surveys=[asked], version=1)
    assert past.ended_on("Atlas", today=TODAY) == ended_on


def test_an_answer_of_which_only_a_total_is_kept_counts_as_one() -> None:
    kept = total(squad="Atlas", assessed_on=date(2026, 11, 9))
    past = History(FRAMEWORK, CHECKS, "month", [end()], surveys=[kept], version=1)
    assert past.ended_on("Atlas", today=TODAY) is None


def test_no_day_before_the_last_answer_or_setup_can_be_the_last() -> None:
    assert history().first_end("Atlas", today=TODAY) == IN_OCTOBER
    begun_anew = setup(since=date(2026, 11, 12))
    assert history(begun_anew).first_end("ATLAS", today=TODAY) == date(2026, 11, 12)
    assert history(begun_anew).first_end("Atlas", today=date(2026, 11, 11)) == IN_OCTOBER
    assert history().first_end("unknown", today=TODAY) is None


def test_the_squad_seen_first_is_one_that_goes_on() -> None:
    checks = (*CHECKS, check("Atlas", date(2026, 11, 25)))
    assert history(checks=checks).newest_squad(TODAY) == "Atlas"
    gone = [end(since=date(2026, 11, 25))]
    assert history(*gone, checks=checks).newest_squad(TODAY) == "Boréal"
    gone += [end(squad=squad, since=date(2026, 11, 25)) for squad in ("Boréal", "Cobalt")]
    assert history(*gone, checks=checks).newest_squad(TODAY) == "Atlas"


@pytest.mark.parametrize("later", ["Boréal", "Cobalt"])
def test_of_squads_that_go_on_and_were_heard_on_one_day_the_later_saved_is_seen_first(
    later: str,
) -> None:
    hours = {"Boréal": 9, "Cobalt": 9, later: 10}
    checks = [
        check(squad, IN_NOVEMBER).model_copy(
            update={"saved_at": datetime(2026, 11, 20, hour, tzinfo=UTC)}
        )
        for squad, hour in hours.items()
    ]
    checks.append(check("Atlas", date(2026, 11, 25)))
    for in_order in (checks, checks[::-1]):
        past = history(end(since=date(2026, 11, 25)), checks=tuple(in_order))
        assert past.newest_squad(TODAY) == later


@pytest.mark.parametrize(
    ("setups", "chips", "status", "is_late"),
    [
        (
            (),
            ["1 action overdue since 5\u00a0Nov\u00a02026"],
            "Planned, overdue: it was due 5\u00a0Nov\u00a02026 · PM",
            True,
        ),
        ((end(),), [], "Planned, due 5\u00a0Nov\u00a02026 · PM", False),
    ],
)
def test_nothing_of_a_squad_that_ended_is_overdue(
    setups: tuple[Setup, ...], chips: list[str], status: str, is_late: bool
) -> None:
    late, edition = action(owner="pm", due_on=date(2026, 11, 5)), edition_in("en")
    past = history(*setups)
    result = result_of(past, "Atlas", OCTOBER, [late], today=TODAY)
    part = SquadPart(edition, result, TODAY)
    trend = trend_of(edition, past, ["Atlas"], [late], today=TODAY)
    (decided,), board = part.decided, squad_briefing(edition, result, today=TODAY).board
    assert isinstance(trend, SquadTrend)

    assert [chip.text for chip in part.overdue] == chips
    assert (decided.status_line, decided.late) == (status, is_late)
    assert [one.status_line for _number, one in trend.decided] == [status]
    told = (*part.to_do, *chat_lines(part), charter_text(part), *board.asks, *board.late)
    assert ("overdue" in " ".join(told)) is is_late
    not_counted = "What a squad that has ended left open is not counted."
    assert (not_counted in board.late) is not is_late


def test_an_end_changes_no_seat() -> None:
    told = setup(since=date(2026, 9, 1))
    past = history(told, end())
    assert past.seats("Atlas").setup_on(TODAY) == told
    assert past.seats("Atlas").changes(IN_OCTOBER, TODAY) == ()
    undescribed = history(end(), checks=(check("Atlas", END),))
    assert undescribed.seats("Atlas").on(TODAY).assumed
    (only,) = undescribed.rounds("Atlas")
    assert only.scores == history(checks=(check("Atlas", END),)).rounds("Atlas")[0].scores


def test_the_first_page_has_squads_that_go_on_and_the_others_apart() -> None:
    past, late = history(end()), action(due_on=date(2026, 11, 5))
    shown = squads_today(past, [late], today=TODAY)
    assert [last.squad for last, _overdue in shown] == ["Boréal", "Cobalt"]
    ((last, day),) = squads_ended(past, today=TODAY)
    assert (last.squad, last.period, day) == ("Atlas", OCTOBER, END)
    lines = [
        squad_line(edition_in(language), last, (), today=TODAY, ended_on=day).caption
        for language in ("en", "fr")
    ]
    assert lines == [
        "1 voice · ended on 3\u00a0Nov\u00a02026",
        "1 voix · dissoute le 3\u00a0nov.\u00a02026",
    ]


def test_across_squads_one_that_ended_is_not_missed_and_what_it_answered_stays() -> None:
    past, own = history(end()), action()
    summary = summary_of(past, past.squads, NOVEMBER, [own], today=TODAY)
    assert [shown.squad for shown in summary.rounds] == ["Boréal"]
    assert [last.squad for last in summary.absent] == ["Cobalt"]
    assert summary.open_actions == ()
    october = summary_of(past, past.squads, OCTOBER, [own], today=TODAY)
    assert [shown.squad for shown in october.rounds] == ["Atlas", "Boréal", "Cobalt"]
    compared = comparison_of(past, past.squads, NOVEMBER, today=TODAY)
    assert [last.squad for last in compared.absent] == ["Cobalt"]


def test_a_squad_is_missed_in_a_period_before_its_end() -> None:
    past = history(end(since=IN_NOVEMBER), checks=(*CHECKS, check("Boréal", date(2026, 9, 3))))
    september = Period(2026, 9, "month")
    assert "Atlas" in [one.squad for one in summary_of(past, past.squads, september).absent]


def test_squads_that_ended_hold_no_later_period_back() -> None:
    # In October three squads answered, in November one: fewer than two thirds. Of the squads that
    # go on it is one of one.
    ends = [end(squad=squad) for squad in ("Atlas", "Cobalt")]
    past, with_ends = history(), history(*ends)
    assert past.opening_period(past.squads, today=TODAY) == OCTOBER
    assert with_ends.opening_period(past.squads, today=TODAY) == NOVEMBER
    assert with_ends.opening_period(["Atlas", "Cobalt"], today=TODAY) == OCTOBER


def test_a_result_says_on_which_day_its_squad_ended() -> None:
    result = result_of(history(end()), "Atlas", OCTOBER, today=TODAY)
    captions = [SquadPart(edition_in(of), result, TODAY).caption for of in ("en", "fr")]
    assert captions == [
        "October 2026 · 1 voice · ended on 3\u00a0Nov\u00a02026",
        "octobre 2026 · 1 voix · dissoute le 3\u00a0nov.\u00a02026",
    ]

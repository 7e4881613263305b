"""What a take-away says of a deep check, worked out by hand, whatever its format."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assessment.content.edition import edition_in
from assessment.languages import points_moved
from assessment.rounds.history import History
from assessment.rounds.leadership import summary_of
from assessment.rounds.results import result_of
from assessment.wording.briefing import Briefing, squad_briefing
from assessment.wording.deep_briefing import DeepPart, first_findings, more_findings
from assessment.wording.overview import Overview
from assessment.wording.parts import FindingPart, Line
from assessment.wording.trends import SquadTrend, trend_of
from tests.builders import action, assessment
from tests.reports.briefings import (
    FRAMEWORK,
    NOVEMBER,
    TODAY,
    briefing,
    mapped,
    mapped_company,
)

EN = edition_in("en")


def deep_of(take_away: Briefing) -> DeepPart:
    part = take_away.squads[0].deep
    assert part is not None
    return part


def test_without_a_deep_check_there_is_no_page_about_it() -> None:
    take_away = briefing("A")

    assert take_away.squads[0].deep is None
    assert take_away.overview is not None
    assert not take_away.overview.across.text


def test_fit_stands_beside_maturity_level_by_level() -> None:
    part = deep_of(mapped("Atlas"))

    assert part.heading == "Atlas · November 2026 · 2 voices"
    assert part.verdict == (
        "18 clear decisions, 1 contested; the wrong role decides on “What is cut”, say half "
        "of the voices or more."
    )
    assert part.fit_picture.frame()["fit"].tolist() == [100, 100, 87.5, 100, 100]
    assert part.fit_picture.frame()["score"].tolist() == [50] * 5


def test_what_is_cut_is_contested_and_amiss() -> None:
    part = deep_of(mapped("Atlas"))

    cut = next(decision for decision in part.decisions if decision.name == "What is cut")
    assert (cut.fit, cut.shown, cut.voices, cut.apart) == (50, "50", 2, 1)
    assert cut.should == "CPO, CTO and PM"
    # Four people decide together at delivery, as in article A: no crowd.
    assert [(finding.helps, len(finding.sentences)) for finding in part.findings] == [
        ("What helps: Settle trade-offs before the sprint", 1),
    ]
    assert part.contested.text.startswith("Voices differ most on who decides “What is cut”: ")
    assert len(part.contested.behind) == 1


def test_one_voice_is_not_counted() -> None:
    deep = {"deciders": {"cut": ("cpo", "pm")}}
    history = History(FRAMEWORK, [assessment(deep=deep)], "month", version=1)
    take_away = squad_briefing(EN, summary_of(history, ["Atlas"], NOVEMBER).results[0], today=TODAY)

    part = deep_of(take_away)

    cut = next(decision for decision in part.decisions if decision.name == "What is cut")
    assert cut.today == "CPO and PM"
    assert part.contested.text == ""
    assert part.notes == (
        "Setup not described yet: we assume that each role, PM and PO included, is held by a "
        "different person.",
    )


def test_clear_decisions_of_an_unexpected_role_are_listed_beside_the_findings() -> None:
    # The PO must not decide bets, which is a finding; leadership may, the CPO is expected.
    deep = {"deciders": {"bets": ("po",), "impacts": ("cpo",), "first": ("lead",)}}
    history = History(FRAMEWORK, [assessment(deep=deep)], "month", version=1)
    part = deep_of(squad_briefing(EN, result_of(history, "Atlas", NOVEMBER), today=TODAY))

    assert "3 clear decisions (one voice each, 2 taken by an unexpected role)" in part.verdict
    assert [len(finding.sentences) for finding in part.findings] == [1]
    assert part.unexpected == Line(
        "Taken by an unexpected role",
        ("What goes first: Leadership; expected: CPO, CTO and PM.",),
    )


def test_nothing_is_amiss_only_where_no_unexpected_role_decides() -> None:
    said = {}
    for role in ("lead", "cpo"):
        checks = [assessment(deep={"deciders": {"impacts": (role,)}})]
        history = History(FRAMEWORK, checks, "month", version=1)
        part = deep_of(squad_briefing(EN, result_of(history, "Atlas", NOVEMBER), today=TODAY))
        said[role] = (part.nothing_amiss, part.unexpected.behind)

    assert said["lead"] == ("", ("Impacts to aim for: Leadership; expected: CPO, CTO and PM.",))
    assert said["cpo"] == (
        "Nothing in the answers that count (1 decision of 19): it is not taken by the wrong "
        "role, nor left without a decider.",
        (),
    )


def test_a_lens_alone_gives_a_page_without_a_map() -> None:
    deep = {"options": {"shared-cycle": "yes", "shared-north-star": "no"}}
    history = History(FRAMEWORK, [assessment(deep=deep)], "month", version=1)
    take_away = squad_briefing(EN, summary_of(history, ["Atlas"], NOVEMBER).results[0], today=TODAY)

    part = deep_of(take_away)

    assert not part.is_mapped
    assert (
        part.verdict
        == part.lens_verdict
        == "In “Rhythm”, start with “North Star and impacts shared”."
    )
    assert (part.decisions, part.findings, part.notes) == ((), (), ())


def test_sentences_that_differ_are_counted_and_nobody_is_named() -> None:
    voices = [("Camille", "Decides first."), ("Noor", "Decides last."), ("Ana", "Decides last.")]
    checks = [
        assessment(voice=voice, deep={"mandates": {"pm": sentence}}) for voice, sentence in voices
    ]
    history = History(FRAMEWORK, checks, "month", version=1)

    part = deep_of(
        squad_briefing(EN, summary_of(history, ["Atlas"], NOVEMBER).results[0], today=TODAY)
    )

    assert [(line.text, line.behind) for line in part.charter] == [
        ("PM", ("Decides last. (2 voices)", "Decides first. (1 voice)"))
    ]
    assert part.charter_notes == ("Not written yet: CPO, CTO, PO, EM and Tech Lead.",)


@pytest.mark.parametrize(
    ("most", "shown", "left_out", "sentence"),
    [
        (5, [("a", "b"), ("c", "d", "e")], 0, ""),
        (3, [("a", "b"), ("c",)], 2, "2 more findings in the workbook and the web page."),
        (2, [("a", "b")], 3, "3 more findings in the workbook and the web page."),
    ],
)
def test_a_page_shows_the_gravest_findings_and_counts_the_rest(
    most: int, shown: list[tuple[str, ...]], left_out: int, sentence: str
) -> None:
    findings = [FindingPart("One", ("a", "b"), "", ""), FindingPart("Two", ("c", "d", "e"), "", "")]

    first, rest = first_findings(findings, most=most)

    assert [mark.sentences for mark in first] == shown
    assert rest == left_out
    assert more_findings(EN, rest) == sentence


def test_the_overview_tells_fit_and_contested_decisions_over_squads() -> None:
    overview = mapped("A", "B").overview

    assert overview is not None
    assert overview.across.text == ("In 2 squads: 36 clear decisions, 2 contested.")
    assert [[cell.shown for cell in row.cells] for row in overview.fit_rows] == [
        ["3/3·100", "4/4·100", "3/4·88", "4/4·100", "4/4·100"],
        ["3/3·100", "4/4·100", "3/4·88", "4/4·100", "4/4·100"],
    ]
    assert " ".join(overview.across.behind) == (
        "Contested most often: “What is cut”, in 2 of the 2 squads where several voices answered. "
        "Decisions sit least with the expected roles at “Arbitration”: 88 out of 100 on average "
        "over 2 squads."
    )
    assert [row.about[1] for row in overview.fit_rows] == ["18 clear decisions, 1 contested"] * 2


def test_fit_over_squads_says_since_when_it_changed_and_nothing_of_a_few_points() -> None:
    cuts, daily = ("cut", "first", "postpone"), ("sprint-content", "enough-scope", "option-choice")
    now = dict.fromkeys(cuts, ("cpo",)) | dict.fromkeys(daily, ("po",))
    # Arbitration from 2/3 to 1; daily from 5/6 of one voice and all of another, 92, to 1.
    then = now | {"cut": ("team",)}
    checks = [
        assessment(squad="A", voice=voice, assessed_on=day, deep={"deciders": deciders})
        for day, voice, deciders in (
            (date(2026, 10, 5), "Ana", then),
            (date(2026, 10, 5), "Ben", then | {"sprint-content": ("po", "em")}),
            (date(2026, 11, 5), "Ana", now),
            (date(2026, 11, 5), "Ben", now),
        )
    ]
    summary = summary_of(History(FRAMEWORK, checks, "month"), ["A"], NOVEMBER)

    (row,) = Overview(EN, summary, TODAY).fit_rows

    assert row.about[2:] == ("fit: changes of 10 points or more since October 2026",)
    assert [cell.change for cell in row.cells] == ["", "", "+33", "", ""]
    (result,) = summary.results
    first = replace(result, deep_before=None)
    assert (
        deep_of(squad_briefing(EN, result, today=TODAY)).since
        == "Fit and lenses that changed by 10 points or more since October 2026 (2 voices, then 2)."
    )
    assert deep_of(squad_briefing(EN, first, today=TODAY)).since == ""


def test_where_fit_and_lenses_hardly_moved_no_change_is_told_of() -> None:
    # One voice of four names one role more: fit of the three decisions answered goes by a few.
    alike = {"sprint-content": ("po",), "enough-scope": ("po",), "option-choice": ("po",)}
    checks = [
        assessment(squad="A", assessed_on=day, answers={}, deep={"deciders": deciders})
        for day, others in ((date(2026, 10, 5), ("po",)), (date(2026, 11, 5), ("po", "cpo")))
        for deciders in (alike, alike, alike, alike | {"sprint-content": others})
    ]
    history = History(FRAMEWORK, checks, "month")
    (result,) = summary_of(history, ["A"], NOVEMBER).results
    trend = trend_of(EN, history, ["A"], [], today=date(2026, 11, 5))

    part = deep_of(squad_briefing(EN, result, today=TODAY))
    assert result.deep_before is not None
    before, after = (
        unit.deep.who_decides.fit("daily") for unit in (result.deep_before, result.round)
    )
    assert before is not None
    assert after is not None
    assert 0 < abs(points_moved(before, after)) < 10
    assert part.since == ""
    assert isinstance(trend, SquadTrend)
    assert trend.fit_since is not None
    assert (trend.fit_since.text, trend.fit_since.behind) == (
        "From October 2026 to November 2026: 4 voices, then 4",
        ("No level's fit clearly moved since then.",),
    )


def test_one_squad_is_not_compared() -> None:
    overview = mapped("A").overview

    assert overview is not None
    assert " ".join(overview.across.behind) == (
        "Decisions sit least with the expected roles at “Arbitration”: 88 out of 100 in 1 squad."
    )


def test_open_actions_are_told_by_whose_move_they_are() -> None:
    actions = [
        action(squad="A", owner="cpo", decided_on=date(2026, 10, 1), due_on=date(2026, 10, 20)),
        action(squad="B", owner="cpo", decided_on=date(2026, 9, 1), due_on=date(2026, 12, 1)),
        action(squad="B", owner=None, decided_on=date(2026, 9, 2), due_on=None),
        action(squad="Elsewhere"),
    ]

    overview = mapped("A", "B", actions=actions).overview

    assert overview is not None
    assert overview.decided.text == "3 actions are open, 1 of them overdue."
    assert overview.decided.behind == (
        "CPO: 2 open, the first since 1\u00a0Sept\u00a02026; "
        "1 overdue since 20\u00a0Oct\u00a02026 (A)",
        "Nobody named yet: 1 open since 2\u00a0Sept\u00a02026",
    )


def test_actions_say_what_their_levels_did_and_keep_their_notes() -> None:
    result = mapped_company("Atlas", actions=[action(note="Between us")]).results[0]

    (part,) = squad_briefing(EN, result, today=date(2027, 1, 1)).squads[0].decided

    assert part.title == "Open one channel for urgent requests"
    assert part.status_line == "Planned, overdue: it was due 4\u00a0Dec\u00a02026 · PM"
    assert part.late
    # No round came after the decision.
    assert part.since == ""
    assert "Between us" not in repr(part)

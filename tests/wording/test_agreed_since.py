"""What voices contest and their squad agreed on afterwards is told as both, wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest

from assessment.content.edition import Edition, edition_in
from assessment.content.loading import shipped_framework
from assessment.model import Agreement, Assessment, Survey
from assessment.model.period import Period
from assessment.reports.slides.deck import slides
from assessment.reports.web_page import web_page
from assessment.reports.workbook.book import briefing_workbook
from assessment.rounds.history import History
from assessment.rounds.leadership import summary_of
from assessment.rounds.results import comparison_of, result_of
from assessment.wording.board import Board
from assessment.wording.briefing import SquadPart, briefing_of
from assessment.wording.comparison import ComparisonPart
from assessment.wording.deep_briefing import DeepPart
from assessment.wording.overview import Overview
from assessment.wording.trends import SquadTrend, trend_of
from tests.agreed_examples import answered
from tests.builders import agreement, assessment, gathering
from tests.examples import EXAMPLE_1
from tests.expected import french
from tests.reports.reading import text_of

FRAMEWORK = shipped_framework()
TODAY = date(2026, 11, 28)
NOVEMBER = Period(2026, 11, "month")
EN, FR = edition_in("en"), edition_in("fr")

Named = Mapping[str, tuple[str, ...]]

# Both are heard on 3 November: they differ on what is cut and agree on the bets.
CUT: tuple[Named, Named] = ({"cut": ("cpo",), "bets": ("cpo",)}, {"cut": ("pm",), "bets": ("cpo",)})
CUT_AND_FIRST = ({**CUT[0], "first": ("cpo",)}, {**CUT[1], "first": ("pm",)})
AFTER = date(2026, 11, 4)


def voices(
    *deciders: Named,
    squad: str = "Atlas",
    survey: Survey | None = None,
    answers: Mapping[str, str] = EXAMPLE_1,
) -> list[Assessment]:
    return [
        assessment(
            squad=squad,
            voice=None if survey else f"voice {number}",
            answers=answers,
            deep={"deciders": dict(named)},
            gathering=survey and survey.id,
        )
        for number, named in enumerate(deciders)
    ]


def on_cut(agreed_on: object = AFTER, *, decision: str = "cut", **changes: object) -> Agreement:
    made = {"decides": "pm", "consulted": (), "agreed_on": agreed_on} | changes
    return agreement(decision=decision, **made)


def told(
    said: list[Assessment],
    *agreements: Agreement,
    surveys: tuple[Survey, ...] = (),
    is_answered: bool = True,
) -> History:
    answers = [one for made in agreements for one in answered(made) if is_answered]
    return History(FRAMEWORK, said, "month", surveys=surveys).reading(agreements, answers)


def plain(text: str) -> str:
    """A text with ordinary spaces, as it is read."""
    return text.replace("\u00a0", " ")


def counted(history: History, language: str = "en", *, today: date = TODAY) -> str:
    result = result_of(history, "Atlas", NOVEMBER, today=today)
    deep = SquadPart(edition_in(language), result, today).deep
    assert deep is not None
    return deep.verdict


STILL_OPEN = "1 clear decision, 1 contested; voices do not agree who decides on “What is cut”."
SINCE = (
    "1 clear decision, 1 contested (agreed on since); every decision answered sits with the "
    "expected roles."
)


def test_what_is_agreed_on_after_the_answers_is_told_beside_its_count() -> None:
    history = told(voices(*CUT), on_cut())

    assert counted(history) == SINCE
    assert counted(history, "fr") == french(
        "1 décision claire, 1 disputée (accord conclu depuis) ; chaque décision renseignée "
        "revient aux rôles attendus."
    )


def test_of_several_contested_those_agreed_on_are_counted_and_the_others_named() -> None:
    history = told(voices(*CUT_AND_FIRST), on_cut())

    assert counted(history) == (
        "1 clear decision, 2 contested (1 of them agreed on since); voices do not agree who "
        "decides on “What goes first”."
    )
    assert counted(history, "fr") == french(
        "1 décision claire, 2 disputées (dont 1 avec un accord conclu depuis) ; les voix ne "
        "s’accordent pas sur qui décide pour « Ce qui passe en premier »."
    )


def test_what_nobody_decides_is_told_as_agreed_on_since_as_well() -> None:
    nobody = {"cut": ("nobody",), "bets": ("cpo",)}

    assert counted(told(voices(nobody, nobody))) == (
        "1 clear decision, 1 without a decider; nobody decides on “What is cut”."
    )
    assert counted(told(voices(nobody, nobody), on_cut())).startswith(
        "1 clear decision, 1 without a decider (agreed on since); decisions sit with"
    )


# Both name the PO, who must not arbitrate; the bets sit with the CPO, who may decide on them.
WRONG: Named = {"cut": ("po",), "first": ("po",), "bets": ("cpo",)}


def deep_of(history: History, language: str = "en") -> DeepPart:
    result = result_of(history, "Atlas", NOVEMBER, today=TODAY)
    deep = SquadPart(edition_in(language), result, TODAY).deep
    assert deep is not None
    return deep


def test_of_what_the_wrong_role_decides_it_is_told_what_was_agreed_on_since() -> None:
    said = voices(WRONG, WRONG)
    none, one = told(said), told(said, on_cut())
    both = told(said, on_cut(), on_cut(decision="first"))

    assert [counted(history) for history in (none, one, both)] == [
        "3 clear decisions (2 taken by an unexpected role); the wrong role decides on “What goes "
        "first” and “What is cut”.",
        "3 clear decisions (2 taken by an unexpected role, 1 of them agreed on since); the wrong "
        "role decides on “What goes first”.",
        "3 clear decisions (2 taken by an unexpected role, agreed on since); decisions sit with "
        "the expected roles most at “Strategy and bets”, least at “Arbitration”.",
    ]
    assert counted(one, "fr").startswith(
        "3 décisions claires (2 prises par un rôle non attendu, "
        "dont 1 avec un accord conclu depuis)"
    )
    assert counted(both, "fr").startswith(
        "3 décisions claires (2 prises par un rôle non attendu, accord conclu depuis)"
    )
    # Its page goes on to tell what was found, each with what became of it.
    says = "2 of 2 voices say that the PO decides; that role should not decide at this level"
    assert [text for part in deep_of(one).findings for text in part.sentences] == [
        f"What goes first: {says} (Arbitration).",
        f"What is cut (agreed on since): {says} (Arbitration).",
    ]
    (part,) = deep_of(one, "fr").findings
    assert part.sentences[1].startswith("Ce que l’on coupe (accord conclu depuis)\xa0: 2 voix")


def test_an_agreement_that_leaves_it_to_a_role_that_must_not_decide_rights_nothing() -> None:
    said = voices(WRONG, WRONG)
    none = told(said)
    same = told(said, on_cut(decides="po"), on_cut(decision="first", decides="po"))
    other = told(said, on_cut(decides="team"), on_cut(decision="first", decides="team"))
    part = Overview(EN, summary_of(same, ("Atlas",), NOVEMBER, today=TODAY), TODAY)

    for history in (none, same, other):
        result = result_of(history, "Atlas", NOVEMBER, today=TODAY)
        assert SquadPart(EN, result, TODAY).verdict == (
            "The wrong role decides on “What goes first” and “What is cut”, even though decisions "
            "are fluid at every level."
        )
        assert "agreed on since" not in f"{counted(history)} {deep_of(history).findings}"
    assert Board(part, part.levers).seats_title == (
        "The PO decides where another role should: 2 decisions out of\u00a03."
    )
    # The CPO settles what goes into the sprint, and is to go on with it.
    escalated = {"sprint-content": ("cpo",)}
    made = on_cut(decision="sprint-content", decides="cpo")
    assert counted(told(voices(escalated), made)) == counted(told(voices(escalated)))
    # Nor is it righted where the role that takes it is unexpected, but may.
    taken = deep_of(told(voices({"cut": ("lead",)}), on_cut(decides="po")))
    assert taken.unexpected.behind == ("What is cut: Leadership; expected: CPO, CTO and PM.",)
    # What voices contest and what nobody takes is agreed on even so.
    assert counted(told(voices(*CUT), on_cut(decides="po"))) == SINCE


def test_the_bars_of_a_board_begin_with_what_is_agreed_on_but_not_righted() -> None:
    history = told(voices(WRONG, WRONG), on_cut(decision="first"), on_cut(decides="po"))
    part = Overview(EN, summary_of(history, ("Atlas",), NOVEMBER, today=TODAY), TODAY)

    names = [name for name, _counts in Board(part, part.levers).decisions]
    assert names[:2] == ["What is cut", "What goes first"]


def test_whatever_else_is_amiss_on_a_decision_is_told_with_what_was_agreed_on_since() -> None:
    crowd = {"cut": ("lead", "cpo", "cto", "pm", "em")}
    nobody, unexpected = {"cut": ("nobody",)}, {"cut": ("lead",)}

    for named, claim in (
        (crowd, "What is cut (agreed on since): too many decide together"),
        (nobody, "What is cut (agreed on since): nobody decides; expected: CPO, CTO"),
    ):
        (found,) = deep_of(told(voices(named), on_cut())).findings
        assert found.sentences[0].startswith(claim)
    history = told(voices(unexpected), on_cut())
    assert deep_of(history).unexpected.behind == (
        "What is cut (agreed on since): Leadership; expected: CPO, CTO and PM.",
    )
    none = {"cut": ("cto",), "bets": ("cpo",)}
    assert deep_of(told(voices(none), on_cut())).findings == ()


FLUID = "The rules are clear and decisions are fluid at every level."
ACCUSED = (
    "The wrong role decides on “What goes first” and “What is cut”, even though decisions are "
    "fluid at every level."
)
HOLD = "Decisions hold at every level scored"
STILL = f"{HOLD}, though who decides is still to be settled in"
NONE_BLOCKS = "By what was agreed on since, no seat blocks any more."
# By how many squads there are and in how many the PO still blocks: the verdict over all, what the
# tile counts and says, the title of the board's slide, and the counts of decisions.
SAID = {
    (1, 1): (
        ACCUSED,
        ("1 role", "decides too much: PO"),
        "The PO decides where another role should: 2 decisions out of 3.",
        "3 clear decisions (2 taken by an unexpected role)",
    ),
    (1, 0): (
        FLUID,
        ("0", "no seat blocks (agreed on since)"),
        NONE_BLOCKS,
        "3 clear decisions (2 taken by an unexpected role, agreed on since)",
    ),
    (2, 2): (
        f"{STILL} 2 of 2 squads.",
        ("1 role", "decides too much: PO in 2 squads"),
        "The PO decides too much, in 2 squads out of 2.",
        "6 clear decisions (4 taken by an unexpected role)",
    ),
    (2, 1): (
        f"{STILL} 1 of 2 squads.",
        ("1 role", "decides too much: PO in 1 squad"),
        "The PO decides too much, in 1 squad out of 2.",
        "6 clear decisions (4 taken by an unexpected role, 2 of them agreed on since)",
    ),
    (2, 0): (
        f"{HOLD} in these squads.",
        ("0", "no seat blocks (agreed on since)"),
        NONE_BLOCKS,
        "6 clear decisions (4 taken by an unexpected role, agreed on since)",
    ),
}
BY_THE_PM: Mapping[str, object] = {"decides": "pm"}
LEFT_AS_IT_WAS: tuple[Mapping[str, object] | None, ...] = (
    None,
    {"decides": "po"},
    {"valid_until": date(2026, 11, 27)},
    {"agreed_on": date(2026, 11, 29)},
)


@pytest.mark.parametrize(
    "agreed",
    [
        (BY_THE_PM,),
        (BY_THE_PM, BY_THE_PM),
        *((made,) for made in LEFT_AS_IT_WAS),
        *((made, made) for made in LEFT_AS_IT_WAS),
        *((BY_THE_PM, made) for made in LEFT_AS_IT_WAS),
    ],
)
def test_every_page_and_file_says_the_same_of_what_a_role_takes_from_another(
    agreed: tuple[Mapping[str, object] | None, ...],
) -> None:
    squads = ("Atlas", "Boréal")[: len(agreed)]
    made = [
        on_cut(squad=squad, decision=of, **changes)
        for squad, changes in zip(squads, agreed, strict=True)
        if changes
        for of in ("cut", "first")
    ]
    said = [one for squad in squads for one in voices(WRONG, WRONG, squad=squad)]
    briefing = briefing_of(
        EN, summary_of(told(said, *made), squads, NOVEMBER, today=TODAY), today=TODAY
    )
    board, righted = briefing.board, sum(changes is BY_THE_PM for changes in agreed)
    verdict, tile, title, counts = SAID[len(squads), len(squads) - righted]

    own = [FLUID if changes is BY_THE_PM else ACCUSED for changes in agreed]
    assert [squad.verdict for squad in briefing.squads] == own
    assert plain(board.overview.verdict) == verdict
    shown = board.overview.tiles[1]
    assert (plain(shown.count), plain(shown.text)) == tile
    assert plain(board.seats_title) == title
    assert [row.role for row in board.seats] == ["PO"] * (righted < len(squads))
    assert counts in plain(board.decisions_counted or board.decisions_title)

    # Two findings of each squad that agreed are marked in whatever tells findings one by one.
    marked = r"What (?:is cut|goes first) \(agreed on since\): "
    for file, ending in ((slides, "pptx"), (web_page, "html"), (briefing_workbook, "xlsx")):
        text = plain(text_of(file(briefing), ending))
        assert (ending, len(re.findall(marked, text))) == (ending, 2 * righted)
        assert ending != "pptx" or title in text


def test_leadership_reads_that_what_a_role_takes_from_another_is_agreed_on_since() -> None:
    said = voices(WRONG, WRONG)

    def title(history: History, edition: Edition = EN) -> str:
        part = Overview(edition, summary_of(history, ("Atlas",), NOVEMBER, today=TODAY), TODAY)
        return plain(Board(part, part.levers).seats_title)

    assert title(told(said, on_cut())) == (
        "The PO decides where another role should: 2 decisions out of 3 (1 of them agreed on "
        "since)."
    )
    assert title(told(said, on_cut(), on_cut(decision="first")), FR) == french(
        "D’après ce qui a été convenu depuis, plus aucun siège ne bloque."
    ).replace("\u00a0", " ")
    # What is still open two voices say of the three, each of another role.
    apart = [{"cut": ("po",), "first": (role,)} for role in ("po", "team", "cpo")]
    assert title(told(voices(*apart), on_cut())) == (
        "The PO and the team decide too much, say some of the voices."
    )
    two = told([*said, *voices({}, squad="Boréal")], on_cut(), on_cut(decision="first"))
    summary = summary_of(two, ("Atlas", "Boréal"), NOVEMBER, today=TODAY)
    assert Overview(EN, summary, TODAY).verdict == (
        "Decisions hold at every level scored in these squads."
    )


def test_the_bars_of_a_board_begin_with_what_is_still_open() -> None:
    history = told(voices(WRONG, WRONG), on_cut(decision="first"))
    part = Overview(EN, summary_of(history, ("Atlas",), NOVEMBER, today=TODAY), TODAY)

    names = [name for name, _counts in Board(part, part.levers).decisions]
    assert names[:2] == ["What is cut", "What goes first"]


def test_an_agreement_counts_as_made_since_only_where_it_holds_and_came_after_the_answers() -> None:
    before, same_day = on_cut(date(2026, 11, 2)), on_cut(date(2026, 11, 3))
    over = on_cut(valid_until=date(2026, 11, 27))

    assert counted(told(voices(*CUT))) == STILL_OPEN
    assert counted(told(voices(*CUT), before)) == STILL_OPEN
    assert counted(told(voices(*CUT), same_day)) == STILL_OPEN
    assert counted(told(voices(*CUT), over)) == STILL_OPEN
    assert counted(told(voices(*CUT), over), today=date(2026, 11, 27)) == SINCE
    assert counted(told(voices(*CUT), on_cut(), is_answered=False)) == STILL_OPEN
    assert counted(told(voices(*CUT), on_cut(date(2026, 11, 29)))) == STILL_OPEN


def test_to_whom_nothing_after_a_day_is_told_an_agreement_counts_as_made_since_only_by_then() -> (
    None
):
    made = on_cut(date(2026, 11, 20))

    def as_of(day: int) -> str:
        until, answers = date(2026, 11, day), answered(made)
        return counted(told(voices(*CUT)).reading([made], answers, until=until))

    assert [as_of(19), as_of(20)] == [STILL_OPEN, SINCE]


def test_what_a_room_agreed_on_the_day_of_the_answers_came_after_them() -> None:
    closed = datetime(2026, 11, 3, 11, tzinfo=UTC)
    held = gathering(privacy="open", depth="deep", closed_at=closed, revealed_at=closed)
    said = voices(*CUT, survey=held)
    in_room = on_cut(date(2026, 11, 3), survey=held.id)
    elsewhere = on_cut(date(2026, 11, 3), survey=gathering().id)

    assert counted(told(said, in_room, surveys=(held,))) == SINCE
    assert counted(told(said, elsewhere, surveys=(held,))) == STILL_OPEN


def test_from_whom_agreements_are_hidden_is_told_nothing_of_them() -> None:
    assert counted(told(voices(*CUT), on_cut()).reading([], [], hidden=True)) == STILL_OPEN


def test_a_verdict_on_fluid_levels_leads_with_what_is_contested_only_until_it_is_agreed_on() -> (
    None
):
    contested, settled = (
        result_of(told(voices(*CUT), *made), "Atlas", NOVEMBER, today=TODAY)
        for made in ((), (on_cut(),))
    )

    assert SquadPart(EN, contested, TODAY).verdict == (
        "Voices do not agree who decides on “What is cut”, even though decisions are fluid at "
        "every level."
    )
    assert SquadPart(EN, settled, TODAY).verdict == (
        "The rules are clear and decisions are fluid at every level."
    )


def test_a_verdict_that_has_nothing_open_in_who_decides_leads_with_an_answer_as_it_does_else() -> (
    None
):
    said = voices(*CUT, answers=EXAMPLE_1 | {"mandates-clear": "partly"})
    without = voices({}, {}, answers=EXAMPLE_1 | {"mandates-clear": "partly"})
    settled, other = (
        SquadPart(EN, result_of(told(by, on_cut()), "Atlas", NOVEMBER, today=TODAY), TODAY).verdict
        for by in (said, without)
    )

    assert settled == other
    assert settled == (
        "Decisions are fluid at every level, though it is only partly clear what each role decides."
    )


def test_leadership_reads_of_several_squads_how_many_agreed_since() -> None:
    said = [*voices(*CUT), *voices(*CUT, squad="Boréal")]
    history, squads = told(said, on_cut()), ("Atlas", "Boréal")
    summary = summary_of(history, squads, NOVEMBER, today=TODAY)
    part, in_french = (Overview(edition, summary, TODAY) for edition in (EN, FR))

    assert part.verdict.replace("\u00a0", " ") == (
        "Decisions hold at every level scored, though who decides is still to be settled in 1 of "
        "2 squads."
    )
    assert (part.tiles[0].count, part.tiles[0].text) == (
        "2",
        "of 4 that several voices answered, in 2 squads; 1 agreed on since",
    )
    assert in_french.tiles[0].text == french(
        "sur 4 renseignées par plusieurs voix, dans 2 squads ; 1 avec un accord conclu depuis"
    )
    assert part.unclear == ("What is cut: contested in 2 squads (1 of them agreed on since)",)
    assert in_french.unclear == (
        french("Ce que l’on coupe : disputée dans 2 squads (dont 1 avec un accord conclu depuis)"),
    )
    several = "2 clear decisions, 2 contested (1 of them agreed on since)."
    assert part.across.text == f"In 2 squads: {several}"
    assert [row.about[1] for row in part.fit_rows] == [
        "1 clear decision, 1 contested (agreed on since)",
        "1 clear decision, 1 contested",
    ]
    assert part.squad_rows[0].verdict.startswith("The rules are clear")
    compared = ComparisonPart(EN, comparison_of(history, squads, NOVEMBER, today=TODAY))
    assert compared.fit_picture is not None
    assert compared.fit_picture.alt == f"In 2 squads: {several}"
    assert compared.verdict == part.verdict


def test_leadership_reads_of_one_squad_that_all_it_contests_is_agreed_on() -> None:
    history = told(voices(*CUT), on_cut())
    part = Overview(EN, summary_of(history, ("Atlas",), NOVEMBER, today=TODAY), TODAY)

    assert part.tiles[0].text == "of 2 that several voices answered, in 1 squad; 1 agreed on since"
    assert part.unclear == ("What is cut: contested in 1 squad (agreed on since)",)
    assert Board(part, part.levers).decisions_title == SINCE


def test_of_squads_that_agreed_on_all_they_contested_nothing_is_still_to_be_settled() -> None:
    said = [*voices(*CUT), *voices({}, squad="Boréal")]
    summary = summary_of(told(said, on_cut()), ("Atlas", "Boréal"), NOVEMBER, today=TODAY)

    assert Overview(EN, summary, TODAY).verdict == (
        "Decisions hold at every level scored in these squads."
    )


def test_the_trend_of_who_decides_tells_it_too() -> None:
    trend = trend_of(EN, told(voices(*CUT), on_cut()), ("Atlas",), (), today=TODAY)

    assert isinstance(trend, SquadTrend)
    assert trend.fit_picture is not None
    assert trend.fit_picture.alt == SINCE

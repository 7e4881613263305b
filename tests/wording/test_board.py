"""What a board reads in five slides: titles, what is asked, the plan; in both languages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from assessment import __version__
from assessment.content.edition import edition_in
from assessment.model import Action, Assessment
from assessment.model.period import Period
from assessment.rounds.agreements import Agreements
from assessment.rounds.history import History
from assessment.rounds.leadership import summary_of
from assessment.rounds.results import result_of
from assessment.wording.board import WORDS_BESIDE, Board, within, words_in_text
from assessment.wording.briefing import Briefing, briefing_of, squad_briefing
from assessment.wording.overview import Overview
from tests.builders import action, agreement, assessment, confirmation, deep_assessment
from tests.deep_examples import deep, deep_only, seats, setup
from tests.examples import NEITHER, WORST, healthy
from tests.expected import french
from tests.reports.briefings import (
    FRAMEWORK,
    IN_EVERY_LANGUAGE,
    NOVEMBER,
    TODAY,
    briefing,
    mapped,
    mapped_company,
    sample,
)

EN = edition_in("en")


def of_one(*, language: str = "en") -> Board:
    """What the board reads of one squad alone, of whose two voices one names the PO for a cut."""
    (result,) = mapped_company("Atlas").results
    return squad_briefing(edition_in(language), result, today=TODAY).board


@IN_EVERY_LANGUAGE
def test_what_is_asked_and_planned_are_the_levers_that_the_page_shows_in_its_order(
    language: str,
) -> None:
    take_away = mapped("A", "B", language=language)
    assert take_away.overview is not None
    shown = take_away.overview.levers

    assert len(shown) == 3
    asks = Board(take_away.overview, shown[:2]).asks
    assert asks == tuple(f"{lever.title} ({lever.owners})" for lever in shown[:2])
    assert [lever.title for lever in take_away.board.levers] == [lever.title for lever in shown]


CHANNEL = healthy({"single-channel": "no"})
HEALTHY = healthy()
FEW = {"single-channel": "no"}
SEPTEMBER = Period(2026, 9, "month")
OVERDUE = {"decided_on": date(2026, 9, 1), "due_on": date(2026, 10, 1)}


@pytest.mark.parametrize(
    ("sheets", "english", "in_french"),
    [
        (
            [CHANNEL],
            "Every lever that would help is done already: it takes a later check to show what "
            "moved.",
            "Tous les leviers utiles sont déjà faits : il faut un diagnostic ultérieur pour savoir "
            "ce qui a bougé.",
        ),
        (
            [HEALTHY],
            "No lever to pull: every answer is healthy. Check again next month.",
            "Aucun levier à actionner : toutes les réponses sont saines. Refaites le point le "
            "mois prochain.",
        ),
        (
            [CHANNEL, HEALTHY],
            "Every lever that would help is done already: it takes a later check to show what "
            "moved.",
            "Tous les leviers utiles sont déjà faits : il faut un diagnostic ultérieur pour savoir "
            "ce qui a bougé.",
        ),
        (
            [HEALTHY, FEW],
            "No lever to pull: 1 squad has too few answers in this period.",
            "Aucun levier à actionner : 1 squad n’a pas assez de réponses sur cette période.",
        ),
        (
            [CHANNEL, FEW],
            "No lever to pull: 1 squad has too few answers in this period. Elsewhere, every lever "
            "that would help is done already.",
            "Aucun levier à actionner : 1 squad n’a pas assez de réponses sur cette période. "
            "Ailleurs, tous les leviers utiles sont déjà faits.",
        ),
        (
            [FEW, FEW],
            "No lever to pull: 2 squads have too few answers in this period.",
            "Aucun levier à actionner : 2 squads n’ont pas assez de réponses sur cette période.",
        ),
        (
            [HEALTHY, HEALTHY],
            "No lever to pull: every answer is healthy. Check again next month.",
            "Aucun levier à actionner : toutes les réponses sont saines. Refaites le point le "
            "mois prochain.",
        ),
    ],
)
def test_without_a_lever_the_first_and_last_slides_say_why_as_the_page_does(
    sheets: list[dict[str, str]], english: str, in_french: str
) -> None:
    checks = [
        assessment(squad=f"Squad {number}", answers=sheet) for number, sheet in enumerate(sheets)
    ]
    done = action(squad="Squad 0", status="done", ended_on=date(2026, 11, 20))
    history = History(FRAMEWORK, checks, "month")
    summary = summary_of(history, history.squads, Period(2026, 11, "month"), [done])

    for language, sentence in (("en", english), ("fr", french(in_french))):
        briefing = briefing_of(edition_in(language), summary, today=TODAY)
        assert briefing.board.asks == (briefing.board.plan_title,) == (sentence,)
        if len(sheets) == 1:
            assert briefing.squads[0].no_lever == sentence


@pytest.mark.parametrize(
    ("squads", "english", "in_french"),
    [
        (
            ["Atlas"],
            "Every lever that would help was done after this check.",
            "Tous les leviers utiles ont été actionnés après ce diagnostic.",
        ),
        (
            ["Atlas", "Borea"],
            "Every lever that would help these squads was done after their checks.",
            "Tous les leviers utiles à ces squads ont été actionnés après leur diagnostic.",
        ),
    ],
)
def test_whoever_looks_back_past_a_later_check_is_not_sent_to_check_again(
    squads: list[str], english: str, in_french: str
) -> None:
    checks = [
        assessment(squad=squad, assessed_on=day, answers=answers)
        for squad in squads
        for day, answers in ((date(2026, 9, 3), CHANNEL), (date(2026, 11, 3), HEALTHY))
    ]
    decided = date(2026, 9, 10)
    done = [
        action(squad=squad, decided_on=decided, status="done", ended_on=date(2026, 9, 20))
        for squad in squads
    ]
    summary = summary_of(History(FRAMEWORK, checks, "month"), squads, SEPTEMBER, done)

    for language, sentence in (("en", english), ("fr", in_french)):
        assert briefing_of(edition_in(language), summary, today=TODAY).board.asks == (sentence,)


def test_nothing_is_counted_of_a_single_squad() -> None:
    board = of_one()

    assert board.decisions_title == (
        "18 clear decisions, 1 contested; the wrong role decides on “What is cut”, say half "
        "of the voices or more."
    )
    # Both seats are held; the PO decides what is cut.
    assert [row.role for row in board.seats] == ["PO"]
    assert board.seats[0].cells == ((), (), ("too much",), (), ())


@IN_EVERY_LANGUAGE
def test_of_a_single_squad_the_title_on_who_decides_is_what_its_page_says(language: str) -> None:
    changes = {"cut": ("po",), "first": ("nobody",), "bets": ("cto",)}
    (result,) = mapped_company("Atlas", changes=changes).results
    take_away = squad_briefing(edition_in(language), result, today=TODAY)

    assert take_away.squads[0].deep is not None
    assert take_away.board.decisions_title == take_away.squads[0].deep.verdict


def test_a_board_is_not_asked_to_decide_what_an_open_action_takes_on() -> None:
    sheet = healthy({"single-channel": "no", "vision-not-restated": "often"})
    history = History(FRAMEWORK, [assessment(squad="Atlas", answers=sheet)], "month")
    channel = action(squad="Atlas", lever="single-channel", due_on=date(2026, 12, 12))
    vision = action(squad="Atlas", lever="restate-vision")

    def board(*actions: Action) -> Board:
        result = result_of(history, "Atlas", Period.of(TODAY, "month"), actions)
        return squad_briefing(EN, result, today=TODAY).board

    assert board().asks == (
        "Open one channel for urgent requests (PM)",
        "Restate the vision every cycle (CPO and PM): acts on the verdict's cause",
    )
    assert board(channel).asks == ("Restate the vision every cycle (CPO and PM)",)
    assert board(channel).plan_title.endswith(": “Restate the vision every cycle”.")
    assert board(channel, vision).asks == (
        "What comes first is decided already: see the open actions.",
    )


def eight_squads() -> History:
    """Vision leaks in A and B alone, where nobody restates it: its lever adds 2 * 8.3 in all.

    Two others add 5 to 6 in each of the eight, and a third 4.6 in the six that have no more.
    """
    seen = ("late-scope", "unclear-rework", "backlog-by-requests", "discovery-squeezed")
    half = dict.fromkeys(seen, "sometimes") | {"single-channel": "partly"}
    unstated = {"vision-not-restated": "often"}
    checks = [
        assessment(squad=squad, answers=healthy(half | (unstated if squad in "AB" else {})))
        for squad in "ABCDEFGH"
    ]
    return History(FRAMEWORK, checks, "month")


@pytest.mark.parametrize(
    ("language", "asked", "decided"),
    [
        (
            "en",
            "“Restate the vision every cycle” would act on the verdict's cause.",
            "“Restate the vision every cycle” acts on the verdict's cause, and is decided already.",
        ),
        (
            "fr",
            "« Rappelez la vision à chaque cycle » agirait sur la cause du verdict.",
            "« Rappelez la vision à chaque cycle » agit sur la cause du verdict ; c'est déjà "
            "décidé.",
        ),
    ],
)
def test_a_board_reads_which_lever_acts_on_the_cause_where_none_that_is_asked_does(
    language: str, asked: str, decided: str
) -> None:
    history = eight_squads()

    def last_line(*actions: Action) -> str:
        summary = summary_of(history, "ABCDEFGH", Period.of(TODAY, "month"), actions)
        asks = briefing_of(edition_in(language), summary, today=TODAY).board.asks
        assert len(asks) == 4
        return asks[-1]

    in_both = [action(squad=squad, lever="restate-vision") for squad in "AB"]
    texts = [asked, decided]
    assert [last_line(), last_line(*in_both)] == (
        texts if language == "en" else list(map(french, texts))
    )


def test_where_not_all_who_move_have_room_the_first_of_them_are_named() -> None:
    history = eight_squads()
    summary = summary_of(history, "ABCDEFGH", Period.of(TODAY, "month"))

    board = briefing_of(EN, summary, today=TODAY).board
    assert board.asks[:3] == tuple(f"{lever.title} (Leadership)" for lever in board.levers)
    assert words_in_text(" ".join((board.asks_heading, *board.asks))) <= WORDS_BESIDE


@pytest.mark.parametrize(
    ("language", "decided", "late"),
    [
        ("en", "Decided in 1 squad.", "Decided in 1 squad, and overdue."),
        ("fr", "Déjà décidé dans 1 squad.", "Déjà décidé dans 1 squad, et en retard."),
    ],
)
def test_what_is_asked_of_several_squads_says_where_it_is_decided_already(
    language: str, decided: str, late: str
) -> None:
    checks = [assessment(squad=squad, answers=CHANNEL) for squad in ("Atlas", "Boréal")]
    history = History(FRAMEWORK, checks, "month")

    def asked(*actions: Action) -> Briefing:
        summary = summary_of(history, history.squads, Period(2026, 11, "month"), actions)
        return briefing_of(edition_in(language), summary, today=TODAY)

    one, other = (action(squad=squad, lever="single-channel") for squad in ("Atlas", "Boréal"))
    overdue = action(squad="Atlas", lever="single-channel", **OVERDUE)
    (under_way,), (is_late,) = asked(one).board.levers, asked(overdue).board.levers

    assert (french(under_way.relation), under_way.is_late) == (french(decided), False)
    assert (french(is_late.relation), is_late.is_late) == (french(late), True)
    assert asked(one, other).board.levers == ()
    assert asked(one, other).overview is not None


@pytest.mark.parametrize(
    ("language", "decided", "late"),
    [
        (
            "en",
            "Open one channel for urgent requests (Leadership with the PM): decided in 1 squad",
            "Open one channel for urgent requests (Leadership with the PM): decided in 1 squad, "
            "and overdue",
        ),
        (
            "fr",
            "Donnez aux urgences un canal unique (Direction avec le PM) : déjà décidé dans 1 squad",
            "Donnez aux urgences un canal unique (Direction avec le PM) : déjà décidé dans 1 "
            "squad, et en retard",
        ),
    ],
)
def test_slides_ask_to_decide_nothing_as_if_it_were_not_decided_and_overdue_somewhere(
    language: str, decided: str, late: str
) -> None:
    checks = [assessment(squad=squad, answers=CHANNEL) for squad in ("Atlas", "Boréal")]
    history, november = History(FRAMEWORK, checks, "month"), Period(2026, 11, "month")
    planned = action(squad="Atlas", lever="single-channel")
    overdue = action(squad="Atlas", lever="single-channel", **OVERDUE)

    for taken, said in ((planned, decided), (overdue, late)):
        summary = summary_of(history, history.squads, november, [taken])
        board = briefing_of(edition_in(language), summary, today=TODAY).board
        assert board.asks == (french(said) if language == "fr" else said,)


def test_where_not_all_that_is_decided_has_room_it_is_still_said_in_how_many_squads_it_is() -> None:
    history, november = eight_squads(), Period.of(TODAY, "month")
    levers = ("protect-the-sprint", "evidence-first", "single-channel")
    taken = [action(squad="C", lever=lever, **OVERDUE) for lever in levers]
    summary = summary_of(history, "ABCDEFGH", november, taken)

    board = briefing_of(EN, summary, today=TODAY).board
    assert [ask.partition(": ")[2] for ask in board.asks[:3]] == [
        "decided in 1 squad, and overdue"
    ] * 3


@pytest.mark.parametrize(
    ("language", "due_on", "said"),
    [
        ("en", None, "acts on the verdict's cause, and is decided already."),
        ("en", date(2026, 10, 1), "acts on the verdict's cause: decided, and overdue since {day}."),
        ("fr", None, "agit sur la cause du verdict ; c'est déjà décidé."),
        (
            "fr",
            date(2026, 10, 1),
            "agit sur la cause du verdict : décidé, et en retard depuis le {day}.",
        ),
    ],
)
def test_slides_say_since_when_what_acts_on_the_verdicts_cause_is_overdue(
    language: str, due_on: date | None, said: str
) -> None:
    edition = edition_in(language)
    # Mandates gain more, 13.92 against 8.33; but the vision is weakest, by its own answer.
    sheet = healthy({"mandates-clear": "no", "vision-not-restated": "often"})
    history = History(FRAMEWORK, [assessment(answers=sheet)], "month")
    taken = action(lever="restate-vision", decided_on=date(2026, 9, 1), due_on=due_on)
    result = result_of(history, "Atlas", Period.of(TODAY, "month"), [taken])
    board = squad_briefing(edition, result, today=TODAY).board

    assert len(board.asks) == 2
    said = french(said) if language == "fr" else said
    assert board.asks[1].endswith(said.format(day=edition.words.date(date(2026, 10, 1))))


@pytest.mark.parametrize(
    ("language", "ending"),
    [
        ("en", "“Bets” and “What is cut”, each in 2 squads out of\u00a02."),
        (
            "fr",
            "« Paris produit » et « Ce que l'on coupe », à chaque fois dans 2 squads sur\u00a02.",
        ),
    ],
)
def test_decisions_that_tie_are_each_unclear_in_as_many_squads(language: str, ending: str) -> None:
    changes = {"cut": ("po",), "bets": ("po",)}
    board = mapped("A", "B", language=language, changes=changes).board

    assert board.decisions_title.endswith(french(ending) if language == "fr" else ending)


def test_titles_are_findings() -> None:
    board = mapped("A", "B").board

    assert board.decisions_title == (
        "Most often contested or without a decider: “What is cut”, in 2 squads out of\u00a02."
    )
    assert board.decisions_counted == "36 clear decisions, 2 contested."
    # Their signals are those of empty seats, but the setup names both held.
    assert board.seats_title == "The PO decides too much, in 2 squads out of\u00a02."
    # Whoever has the link to one month sees one check, be it the squad's first or not.
    assert (
        board.moved_title == "One check per squad here: it takes a second one to show what moved."
    )
    assert board.plan_title == "First, by 3\u00a0Dec\u00a02026: “Give the direction to a PM”."


def test_the_least_clear_decision_is_that_of_most_squads_not_one_that_one_squad_was_asked() -> None:
    def says(squad: str, **deciders: str) -> Assessment:
        return deep_assessment(
            squad=squad, deep={"deciders": {key: (role,) for key, role in deciders.items()}}
        )

    asked = [
        *(says("Atlas", bets=role, cut=role) for role in ("cpo", "pm")),
        *(says("Borea", cut=role) for role in ("cpo", "pm")),
        *(says("Cobalt", cut="cpo") for _ in range(2)),
    ]
    history = History(FRAMEWORK, asked, "month")
    overview = Overview(EN, summary_of(history, history.squads, Period.of(TODAY, "month")), TODAY)

    # Of “Bets” one squad out of one is not clear, of “What is cut” two out of three.
    assert Board(overview, overview.levers).decisions_title == (
        "Most often contested or without a decider: “What is cut”, in 2 squads out of\u00a03."
    )


def test_a_finding_that_one_squad_alone_could_tell_is_not_counted_as_one_of_one() -> None:
    asked = [
        *(
            deep_assessment(squad="Atlas", deep={"deciders": {"cut": (role,)}})
            for role in ("cpo", "pm")
        ),
        deep_assessment(squad="Borea", deep={"deciders": {"bets": ("cpo",)}}),
    ]
    history = History(FRAMEWORK, asked, "month")
    overview = Overview(EN, summary_of(history, history.squads, Period.of(TODAY, "month")), TODAY)

    assert Board(overview, overview.levers).decisions_title == (
        "Most often contested or without a decider: “What is cut”, in the only squad that can tell."
    )


def test_bars_of_decisions_stand_least_clear_first_and_are_of_every_squad_that_was_asked() -> None:
    def of(squad: str, **deciders: str) -> Assessment:
        named = {decision: (role,) for decision, role in deciders.items()}
        return deep_assessment(squad=squad, deep={"deciders": named})

    asked = [
        of("Atlas", slicing="em", bets="po", cut="cpo"),
        of("Atlas", slicing="em", bets="po", cut="pm"),
        of("Borea", slicing="em", cut="nobody"),
    ]
    history = History(FRAMEWORK, asked, "month")
    overview = Overview(EN, summary_of(history, history.squads, Period.of(TODAY, "month")), TODAY)
    board = Board(overview, overview.levers)

    assert board.states == (
        "Clear",
        "Clear, but an unexpected role",
        "Contested",
        "No decider",
        "No answer that counts",
    )
    assert board.decisions[:3] == (
        ("What is cut", (0, 0, 1, 1, 0)),
        ("Bets", (0, 1, 0, 0, 1)),
        ("Slicing the work", (2, 0, 0, 0, 0)),
    )
    assert {counts for _name, counts in board.decisions[3:]} == {(0, 0, 0, 0, 2)}


@pytest.mark.parametrize(
    ("answers", "first"),
    [
        ({"priority-segment": ("cpo", "cpo", "lead"), "bets": ("cpo", "pm", "cto")}, "Bets"),
        (
            {"priority-segment": ("cpo", "lead"), "slicing": ("nobody", "nobody")},
            "Slicing the work",
        ),
        ({"priority-segment": ("cpo", "lead"), "cut": ("po", "po")}, "What is cut"),
    ],
)
def test_of_a_single_squad_the_first_bar_is_the_decision_that_the_title_names_first(
    answers: Mapping[str, Sequence[str]], first: str
) -> None:
    voices = zip(*answers.values(), strict=True)
    asked = [
        deep_assessment(
            squad="Atlas",
            deep={"deciders": {of: (role,) for of, role in zip(answers, roles, strict=True)}},
        )
        for roles in voices
    ]
    history = History(FRAMEWORK, asked, "month")
    (squad,) = summary_of(history, history.squads, Period.of(TODAY, "month")).results
    board = squad_briefing(EN, squad, today=TODAY).board

    assert re.findall("“(.*?)”", board.decisions_title)[0] == first
    assert board.decisions[0][0] == first


def test_the_first_bar_is_a_decision_that_too_many_take_together_clear_as_it_is() -> None:
    # Three of three name the same four roles, so it is clear; of the bets each names another.
    crowd = ("lead", "cpo", "cto", "cpto")
    asked = [
        deep_assessment(
            squad="Atlas", deep={"deciders": {"priority-segment": crowd, "bets": (role,)}}
        )
        for role in ("cpo", "pm", "cto")
    ]
    history = History(FRAMEWORK, asked, "month")
    (squad,) = summary_of(history, history.squads, Period.of(TODAY, "month")).results
    board = squad_briefing(EN, squad, today=TODAY).board

    assert "too many decide together on “Priority segment”" in board.decisions_title
    assert board.decisions[:2] == (
        ("Priority segment", (1, 0, 0, 0, 0)),
        ("Bets", (0, 0, 1, 0, 0)),
    )


def test_of_a_level_that_nobody_can_decide_what_nobody_answered_does_not_come_first() -> None:
    # Neither PM nor PO, EM or Tech Lead: no seat decides daily, of which nothing is answered.
    asked = [
        deep_assessment(squad="Atlas", deep={"deciders": {"bets": (role,)}})
        for role in ("cpo", "cto")
    ]
    vacant = setup(seats=seats(em="absent", tl="absent"))
    history = History(FRAMEWORK, asked, "month", [vacant])
    (squad,) = summary_of(history, history.squads, Period.of(TODAY, "month")).results
    board = squad_briefing(EN, squad, today=TODAY).board

    assert "nobody in this setup can decide on “Daily product decisions”" in board.decisions_title
    assert board.decisions[0] == ("Bets", (0, 0, 1, 0, 0))


def test_the_key_of_the_bars_says_what_no_decider_and_an_unexpected_role_are_where_drawn() -> None:
    told = "Unexpected role: the playbook expects somebody else."
    nobody = "No decider: at least half of the voices say “Nobody” or “Unclear here”."

    def of(decider: str) -> Board:
        asked = [deep_assessment(squad="Atlas", deep={"deciders": {"cut": (decider,)}})]
        history = History(FRAMEWORK, asked, "month")
        (squad,) = summary_of(history, history.squads, Period.of(TODAY, "month")).results
        return squad_briefing(EN, squad, today=TODAY).board

    assert dict(of("po").decisions)["What is cut"] == (0, 1, 0, 0, 0)
    assert of("po").decisions_key[-1] == told
    assert dict(of("cpo").decisions)["What is cut"] == (1, 0, 0, 0, 0)
    assert told not in of("cpo").decisions_key
    assert dict(of("nobody").decisions)["What is cut"] == (0, 0, 0, 1, 0)
    assert of("nobody").decisions_key[-1] == nobody
    assert nobody not in of("cpo").decisions_key


def test_of_decisions_that_tie_title_and_bars_name_the_same_first() -> None:
    def of(squad: str, first: str, cut: str) -> Assessment:
        return deep_assessment(squad=squad, deep={"deciders": {"first": (first,), "cut": (cut,)}})

    asked = [of("Atlas", "cpo", "cpo"), of("Atlas", "pm", "pm"), of("Borea", "cpo", "po")]
    history = History(FRAMEWORK, asked, "month")
    overview = Overview(EN, summary_of(history, history.squads, Period.of(TODAY, "month")), TODAY)
    board = Board(overview, overview.levers)

    # Both are contested in Atlas; in Borea a role that is not expected takes what is cut.
    assert board.decisions[:2] == (
        ("What is cut", (0, 1, 1, 0, 0)),
        ("What goes first", (1, 0, 1, 0, 0)),
    )
    assert board.decisions_title == (
        "Most often contested or without a decider: “What is cut” and “What goes first”, each in "
        "1 squad out of\u00a02."
    )
    assert [line.partition(":")[0] for line in overview.unclear] == [
        "What is cut",
        "What goes first",
    ]


def test_a_seat_that_decides_too_much_and_looks_empty_is_told_as_both() -> None:
    assert of_one().seats_title == (
        "The PO decides where another role should: 1 decision out of 19, say half of the voices "
        "or more."
    )
    assert of_one(language="fr").seats_title == french(
        "Le PO décide ce qui revient à un autre : 1 décision sur 19, selon la moitié des voix ou "
        "plus."
    )
    assert of_one().seats_key == (
        "Too much: it decides what it should not, or every level waits for it.",
        "The PO seat also shows the signals of an empty one: others do what it should.",
    )


@pytest.mark.parametrize(
    ("voices", "english", "in_french"),
    [
        (
            [("cpo",), ("cto",)],
            "The CPO or the CTO decides where another role should: 1 decision out of\u00a01.",
            "Le CPO ou le CTO décide ce qui revient à un autre : 1 décision sur\u00a01.",
        ),
        (
            [("cpo", "cto"), ("cpo", "cto")],
            "The CPO and the CTO decide where another role should: 1 decision out of\u00a01.",
            "Le CPO et le CTO décident ce qui revient à d'autres : 1 décision sur\u00a01.",
        ),
        (
            [("cpo",), ("cpo",), ("cto",)],
            "The CPO decides where another role should: 1 decision out of 1, say half of the "
            "voices or more.",
            "Le CPO décide ce qui revient à un autre : 1 décision sur 1, selon la moitié des voix "
            "ou plus.",
        ),
        (
            [("cpo",), ("cto",), ("po",), ("tl",)],
            "The CPO and the CTO decide too much, say some of the voices.",
            "Le CPO et le CTO décident trop, selon une partie des voix.",
        ),
    ],
    ids=["one or the other", "both", "mostly one", "a quarter each"],
)
def test_a_title_names_together_only_the_seats_that_the_same_voices_name(
    voices: Sequence[tuple[str, ...]], english: str, in_french: str
) -> None:
    asked = [
        deep_assessment(answers=HEALTHY, deep={"deciders": {"enough-scope": roles}})
        for roles in voices
    ]
    history = History(FRAMEWORK, asked, "month")
    (squad,) = summary_of(history, history.squads, Period.of(TODAY, "month")).results

    for language, title in (("en", english), ("fr", french(in_french))):
        board = squad_briefing(edition_in(language), squad, today=TODAY).board
        assert board.seats_title == title


@pytest.mark.parametrize(
    ("language", "title", "tile"),
    [
        (
            "en",
            "The CPO and the CTO decide too much, say some of the voices, "
            "each in 1 squad out of 2.",
            "decides too much, say some of the voices: CPO in 1 squad and CTO in 1",
        ),
        (
            "fr",
            "Le CPO et le CTO décident trop, selon une partie des voix, "
            "à chaque fois dans 1 squad sur 2.",
            "décide trop, selon une partie des voix : CPO dans 1 squad et CTO dans 1",
        ),
    ],
)
def test_where_under_half_of_the_voices_name_each_seat_several_squads_hear_that_some_do(
    language: str, title: str, tile: str
) -> None:
    # A quarter of Atlas's voices names the CPO, another one the CTO; nobody in Boréal does.
    named = {"Atlas": [("cpo",), ("cto",), ("po",), ("tl",)], "Boréal": [("po",)]}
    asked = [
        deep_assessment(squad=squad, answers=HEALTHY, deep={"deciders": {"enough-scope": roles}})
        for squad, voices in named.items()
        for roles in voices
    ]
    history = History(FRAMEWORK, asked, "month")
    summary = summary_of(history, history.squads, Period.of(TODAY, "month"))
    board = briefing_of(edition_in(language), summary, today=TODAY).board

    told = board.seats_title, board.overview.tiles[1].text
    expected = (title, tile) if language == "en" else (french(title), french(tile))
    assert tuple(text.replace("\xa0", " ") for text in told) == tuple(
        text.replace("\xa0", " ") for text in expected
    )


SIGNALS = [
    assessment(squad="Atlas", answers=WORST | NEITHER, voice=voice) for voice in ("Ana", "Bo")
]
"""Of a squad whose PO seat looks empty to both of its voices."""


def named_in(squad: str, *voices: str) -> list[Assessment]:
    """Voices of a squad that each name a role for how much of the scope is enough."""
    return [
        deep_assessment(squad=squad, answers=HEALTHY, deep={"deciders": {"enough-scope": (role,)}})
        for role in voices
    ]


def told_of(checks: Sequence[Assessment], language: str) -> tuple[str, str]:
    """What the title of the seats and their tile say of some checks, with plain spaces."""
    history = History(FRAMEWORK, checks, "month")
    summary = summary_of(history, history.squads, Period.of(TODAY, "month"))
    board = briefing_of(edition_in(language), summary, today=TODAY).board
    title, tile = board.seats_title, board.overview.tiles[1].text
    return title.replace("\xa0", " "), tile.replace("\xa0", " ")


@IN_EVERY_LANGUAGE
def test_some_of_the_voices_say_nothing_of_a_seat_that_signals_show_to_be_empty(
    language: str,
) -> None:
    # In Boréal one voice of four names the PO, one the team. In Atlas no voice names anybody.
    checks = SIGNALS + [
        deep_assessment(squad="Boréal", answers=HEALTHY, deep={"deciders": {"cut": (role,)}})
        for role in ("po", "team", "pm", "pm")
    ]
    titles = {
        "en": "The PO seat is or looks empty, or decides too much, in 2 squads out of 2.",
        "fr": "Le siège de PO est ou semble vide, ou décide trop, dans 2 squads sur 2.",
    }

    title, tile = told_of(checks, language)

    assert title == titles[language]
    assert ("PO in 1 squad" if language == "en" else "PO dans 1 squad") in tile


@IN_EVERY_LANGUAGE
def test_a_squad_of_which_few_name_a_seat_does_not_weaken_what_others_say_of_it(
    language: str,
) -> None:
    # All of three squads name the CPO; in the fourth a quarter does, and another names the CTO.
    checks = [
        *(check for squad in "ABC" for check in named_in(squad, "cpo", "cpo")),
        *named_in("D", "cpo", "cto", "po", "tl"),
    ]
    told = {
        "en": (
            "The CPO decides too much, in 4 squads out of 4.",
            "decides too much: CPO in 4 squads; "
            "decides too much, say some of the voices: CTO in 1 squad",
        ),
        "fr": (
            "Le CPO décide trop, dans 4 squads sur 4.",
            "décide trop : CPO dans 4 squads ; "
            "décide trop, selon une partie des voix : CTO dans 1 squad",
        ),
    }

    assert (
        tuple(text.replace("\u202f", " ") for text in told_of(checks, language)) == told[language]
    )


@IN_EVERY_LANGUAGE
def test_of_seats_in_as_many_squads_the_title_names_those_that_half_of_the_voices_name(
    language: str,
) -> None:
    # The CPO comes first in the framework, but a quarter of A's voices names it: half name the CTO.
    checks = [*named_in("A", "cpo", "cto", "cto", "po"), *named_in("B", "po")]
    titles = {
        "en": "The CTO decides too much, in 1 squad out of 2.",
        "fr": "Le CTO décide trop, dans 1 squad sur 2.",
    }

    assert told_of(checks, language)[0] == titles[language]


def test_titles_say_so_where_nothing_was_told_and_where_nothing_is_amiss() -> None:
    history = History(FRAMEWORK, [assessment(answers=WORST | NEITHER)], "month")
    board = briefing_of(EN, summary_of(history, ["Atlas"], NOVEMBER), today=TODAY).board

    assert board.decisions_title == "Nobody said who decides in this period."
    assert board.seats_title == "The PM and PO seats look empty."


def test_what_moved_is_counted_where_it_is_clear() -> None:
    # From 100 to 0, to 50, and to 100, 100, 73, 88, 93 with one voice each: ten points are a move.
    board = briefing("A", "B", "C").board

    assert board.moved_title == "Since the previous checks: 12 levels fell."
    first = board.moves[0]
    assert first.line == "A · Vision · 100 → 0 · −100 · 1 → 1 voice"
    assert [move.change for move in board.moves[-3:]] == ["no clear change"] * 3


def test_the_page_and_the_slides_count_the_same_over_the_same_squads() -> None:
    # In two of three squads both voices differ on one decision; the third took no deep check.
    take_away = mapped("A", "B", changes={"cut": ("po",), "first": ("nobody",)})
    board, overview = take_away.board, take_away.overview
    assert overview is not None
    contested, seats, _late = overview.tiles

    assert contested.count == str(sum(counts[2] for _, counts in board.decisions)) == "2"
    assert contested.text == "of 38 that several voices answered, in 2 squads"
    assert sum(counts[3] for _, counts in board.decisions) == 2
    assert (seats.count, len(board.seats)) == ("1 role", 1)
    assert seats.text == f"decides too much: {board.seats[0].role} in 2 squads"
    assert overview.unclear == (
        "What goes first: without a decider in 2 squads",
        "What is cut: contested in 2 squads",
    )
    assert overview.unclear[0].startswith("What goes first") == (
        "What goes first" in board.decisions_title
    )


def test_of_more_moves_than_are_shown_it_is_said_how_many_there_are() -> None:
    board = briefing("A", "B", "C").board

    assert len(board.moves) == 15
    assert board.widest_of(8) == (
        "8 of 15 levels: each squad's widest move first, 1 or 2 voices last"
    )
    assert board.widest_of(15) == ""


def test_what_moved_stands_by_the_points_that_are_shown() -> None:
    # From 78.79 to 95.45 it is 16.67 points, as far as from 27.78 to 11.11; shown are +16 and −17.
    moves = [move for move in sample("en").board.moves if move.is_clear]

    points = [(move.squad, abs(int(move.change.replace("−", "-")))) for move in moves]
    # Each squad's widest: that of three voices, then those where one or two answered.
    assert [width for _squad, width in points[:4]] == [16, 29, 17, 17]
    for squad in {squad for squad, _width in points}:
        widths = [width for of, width in points if of == squad]
        assert widths == sorted(widths, reverse=True)


def test_of_one_squad_alone_one_check_before_is_told_and_no_zero() -> None:
    assert briefing("A").board.moved_title == (
        "Since the previous check: 5 levels fell (1 voice, then 1)."
    )
    assert briefing("A", language="fr").board.moved_title == french(
        "Depuis le diagnostic précédent : 5 niveaux ont reculé (1 voix, puis 1)."
    )


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "From August 2026 to October 2026: 5 levels rose (1 voice, then 1)."),
        (
            "fr",
            french("Entre août 2026 et octobre 2026 : 5 niveaux ont progressé (1 voix, puis 1)."),
        ),
    ],
)
def test_after_a_deep_check_alone_what_moved_is_told_between_the_checks_with_scores(
    language: str, title: str
) -> None:
    mapped = deep(deciders={"cut": ("cpo",)})
    checks = [
        assessment(assessed_on=date(2026, 8, 3), answers=WORST),
        assessment(assessed_on=date(2026, 10, 3), answers=HEALTHY),
        deep_only(assessed_on=date(2026, 11, 3), deep=mapped),
    ]
    history = History(FRAMEWORK, checks, "month")
    result = result_of(history, "Atlas", NOVEMBER)
    briefing = squad_briefing(edition_in(language), result, today=TODAY)
    board, (part,) = briefing.board, briefing.squads

    assert part.changes_note == board.moved_title == title
    assert title in part.notes
    assert len(board.moves) == 5
    assert result.before_and_after == history.rounds("Atlas")[:2]
    once = result_of(History(FRAMEWORK, checks[1:], "month"), "Atlas", NOVEMBER)
    of_once = squad_briefing(EN, once, today=TODAY)
    assert of_once.squads[0].changes_note == of_once.board.moved_title
    assert of_once.board.moved_title == (
        "Up to November 2026 one check has scores: it takes a second one to show what moved."
    )
    never = [deep_only(assessed_on=date(2026, month, 3), deep=mapped) for month in (10, 11)]
    unscored = result_of(History(FRAMEWORK, never, "month"), "Atlas", NOVEMBER)
    assert squad_briefing(EN, unscored, today=TODAY).squads[0].changes_note == ""


def test_a_deck_tells_one_movement_of_a_check_that_hardly_answers_in_page_and_slides() -> None:
    checks = [
        assessment(assessed_on=date(2026, 8, 3), answers=WORST),
        assessment(assessed_on=date(2026, 10, 3), answers=HEALTHY),
        assessment(assessed_on=date(2026, 11, 3), answers={"late-scope": "often"}),
    ]
    history = History(FRAMEWORK, checks, "month")
    briefing = squad_briefing(EN, result_of(history, "Atlas", NOVEMBER), today=TODAY)
    (part,) = briefing.squads

    moved = "From August 2026 to October 2026: 5 levels rose (1 voice, then 1)."
    assert part.changes_note == briefing.board.moved_title == moved
    assert moved in part.notes
    assert [level.change for level in part.level_parts] == [None] * 5
    alone = Overview(EN, summary_of(history, ["Atlas"], NOVEMBER), TODAY)
    assert alone.movement == moved
    assert [row.about[1] for row in alone.rows] == ["nothing to compare"]


def test_scores_that_came_later_do_not_count_in_what_moved_up_to_a_month() -> None:
    checks = [
        assessment(assessed_on=date(2026, 8, 3), answers=WORST),
        deep_only(assessed_on=date(2026, 11, 3)),
        assessment(assessed_on=date(2026, 12, 3), answers=HEALTHY),
    ]
    result = result_of(History(FRAMEWORK, checks, "month"), "Atlas", NOVEMBER)

    boards = [squad_briefing(edition_in(one), result, today=TODAY).board for one in ("en", "fr")]
    assert [board.moved_title for board in boards] == [
        "Up to November 2026 one check has scores: it takes a second one to show what moved.",
        french(
            "Jusqu'à novembre 2026, un seul diagnostic a des scores : il en faut un deuxième pour "
            "savoir ce qui a bougé."
        ),
    ]


def test_every_lever_says_who_what_until_when_and_how_it_will_be_seen() -> None:
    board = mapped("A", "B").board
    lever, seen = board.plan[0]

    assert (lever.title, lever.owners, board.due) == (
        "Give the direction to a PM",
        "Leadership with the CPO",
        "3\u00a0Dec\u00a02026",
    )
    assert lever.step.startswith("List the direction decisions the PO took")
    assert seen == (
        "At the next check, “PO sets the strategy”: “Not seen”",
        "At the next check, “PO explains the direction”: “Not seen”",
    )


def test_late_actions_stand_with_whose_move_they_are() -> None:
    late = action(squad="A", decided_on=date(2026, 9, 1), due_on=date(2026, 10, 1))

    assert mapped("A", "B", actions=[late]).board.late == (
        "1 action is open and overdue.",
        "PM: 1 overdue since 1\u00a0Oct\u00a02026",
    )


def test_the_footer_says_squads_voices_day_product_and_version() -> None:
    assert mapped("A", "B").board.footer == (
        f"2 squads · 4 voices · made on 3\u00a0Nov\u00a02026 · Who Decides? {__version__}"
    )


@IN_EVERY_LANGUAGE
def test_at_most_forty_words_stand_beside_a_picture(language: str) -> None:
    for board in (sample(language).board, of_one(language=language)):
        for lines in (
            (board.asks_heading, *board.asks),
            board.decisions_key,
            board.seats_key,
            (board.late_heading, *board.late),
        ):
            assert words_in_text("\n".join(lines)) <= WORDS_BESIDE


@IN_EVERY_LANGUAGE
def test_as_much_is_asked_in_every_language_as_the_last_slide_plans(language: str) -> None:
    for board in (sample(language).board, of_one(language=language)):
        assert len(board.asks) == len(board.plan) == 3


@IN_EVERY_LANGUAGE
def test_of_what_is_overdue_every_owner_is_told_or_none(language: str) -> None:
    owners = ("lead", "cpo", "cto", "pm", "po", "em", "tl")
    late = [action(squad="A", owner=owner, **OVERDUE) for owner in owners]
    few, many = (mapped("A", "B", actions=late[:n], language=language) for n in (2, len(late)))
    few_names, many_names = (
        [overdue.owner for overdue in briefing.overview.overdue]
        for briefing in (few, many)
        if briefing.overview
    )

    for line, name in zip(few.board.late[1:], few_names, strict=True):
        assert line.startswith(name)
    (line,) = many.board.late[1:]
    for name in many_names:
        assert re.search(rf"{name}\s\(1\)", line)


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        (["one two", "three" + 37 * " word"], 2),
        (["one two", "three" + 38 * " word", "five"], 1),
        (["« un » – deux" + 38 * " mot"], 1),
        (["one" + 40 * " word"], 0),
    ],
)
def test_lines_are_kept_whole_as_far_as_there_is_room(lines: list[str], kept: int) -> None:
    assert within(lines) == tuple(lines[:kept])


def test_agreements_kept_are_counted_where_voices_tell_of_any() -> None:
    # Of sprint content both voices name the PO, one beside others: 0.75. Of what is cut both name
    # the PM beside others: 0.5, which is not more than half.
    (result,) = mapped_company("Atlas", changes={"sprint-content": ("po",)}).results
    then = datetime(2026, 9, 3, tzinfo=UTC)
    earlier = {"agreed_on": date(2026, 9, 3), "saved_at": then, "consulted": ()}
    agreements = (agreement(**earlier), agreement(decision="cut", decides="pm", **earlier))
    settled = tuple(
        confirmation(agreement_id=agreed.agreement_id, role=agreed.decides, saved_at=then)
        for agreed in agreements
    )
    all_agreed = Agreements(FRAMEWORK, agreements, settled)

    kept = squad_briefing(EN, replace(result, agreements=all_agreed), today=TODAY).board
    silent = squad_briefing(EN, result, today=TODAY).board

    assert kept.late[0] == "1 agreement out of 2 is kept in practice."
    assert silent.kept == ""
    assert silent.late == ("No action is open in this squad.",)

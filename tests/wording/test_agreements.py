"""Agreements in words, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from assessment.content.edition import edition_for, edition_in
from assessment.content.loading import shipped_framework
from assessment.model import LONGEST_MANDATE, Agreement, Assessment, Vote
from assessment.model.period import Period
from assessment.model.setup import preset_seats
from assessment.rounds.agreements import Agreements
from assessment.rounds.history import History
from assessment.rounds.practice import Practice, practice_by_agreement
from assessment.rounds.results import Result, result_of
from assessment.rounds.room import Topic
from assessment.wording.agreement import (
    AgreementPart,
    agreement_sentence,
    answer_lines,
    how_confirmed,
    practice_sentence,
    reminder,
)
from assessment.wording.agreements import (
    AgreementsPart,
    agreed_over_time,
    already_agreed,
    clear_decisions,
    proposed_mandates,
)
from assessment.wording.briefing import SquadPart
from assessment.wording.decision_records import charter_text, left_open_of
from assessment.wording.room import open_line, open_lines
from tests.builders import (
    action,
    agreement,
    assessment,
    confirmation,
    deep_assessment,
    gathering,
    replaced_agreement,
    setup,
    vote,
)

FRAMEWORK = shipped_framework()
ALL_WELL = {item.id: "yes" if item.scale == "clarity" else "not-seen" for item in FRAMEWORK.items}
PO = agreement(valid_until=date(2027, 6, 30), limits="")


def plain(text: str) -> str:
    return " ".join(text.replace("\u2060", "").split())


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "en",
            "Sprint content: the PO decides, consults the Tech Lead; if nothing is decided, to the "
            "PM after two days; until 30 Jun 2027",
        ),
        (
            "fr",
            "Contenu du sprint : le PO décide, consulte le Tech Lead ; "
            "si rien n’est décidé, to the PM after two days ; jusqu’au 30 juin 2027",
        ),
    ],
)
def test_an_agreement_is_one_sentence(language: str, sentence: str) -> None:
    assert plain(agreement_sentence(edition_in(language), PO)) == sentence


def test_a_reminder_tells_the_day_of_an_agreement_and_asks_for_practice() -> None:
    assert reminder(edition_in("en"), PO) == (
        "Agreed on 4\u00a0Nov\u00a02026. Sprint content: the PO decides, consults the Tech Lead; "
        "if nothing is decided, to the PM after two days; until 30\u00a0Jun\u00a02027. "
        "What counts here is how it goes in practice."
    )


@pytest.mark.parametrize(
    ("practice", "sentence"),
    [
        (Practice(7, 5, 0), "5 of 7 voices name the PO: kept"),
        (Practice(7, 3, 0), "3 of 7 voices name the PO: not kept yet"),
        (Practice(7, 1, 0), "1 of 7 voices names the PO: not kept yet"),
        (Practice(4, 2, 2), "4 of 4 voices name the PO, 2 of them alongside other roles: kept"),
        (Practice(3, 0, 3), "3 of 3 voices name the PO, only alongside other roles: not kept yet"),
        (Practice(1, 1, 0), "the one voice names the PO: kept"),
        (Practice(1, 0, 0), "the one voice does not name the PO: not kept yet"),
    ],
)
def test_practice_is_told_with_its_voices_and_no_cause(practice: Practice, sentence: str) -> None:
    assert practice_sentence(edition_in("en"), PO, practice) == sentence


SESSION = gathering(
    opened_on=date(2026, 11, 20), closes_on=date(2026, 11, 20), privacy="open", depth="deep"
)


def agreed_by_session(
    named: Iterable[str], votes: Sequence[Vote], language: str = "en"
) -> AgreementPart:
    """What is said of an agreement that the PO decides, in the session that made it."""
    day = SESSION.opened_on
    voices = [
        deep_assessment(
            assessment_id=uuid4(),
            assessed_on=day,
            gathering=SESSION.id,
            deep={"deciders": {"sprint-content": (who,)}},
        )
        for who in named
    ]
    made = agreement(agreed_on=day, survey=SESSION.id)
    history = History(FRAMEWORK, voices, "month", surveys=[SESSION]).reading([made], [], votes)
    shown = history.latest("Atlas")
    (item,) = AgreementsPart(edition_in(language), "Atlas", history.agreements.on(day), shown).items
    return item


@pytest.mark.parametrize(
    ("language", "passes", "sentence"),
    [
        ("en", 0, "1 of 3 named the PO in the first answers"),
        ("en", 1, "1 of 3 named the PO in the first answers, 3 of 3 in the vote that followed"),
        ("en", 2, "1 of 3 named the PO in the first answers, 3 of 3 in the last vote"),
        (
            "en",
            4,
            "1 of 3 named the PO in the first answers, 2 of 5 in the last vote; the others: PM (2) "
            "and Unclear here (1)",
        ),
        (
            "fr",
            4,
            "Dans les premières réponses, 1 voix sur 3 citait le PO ; au dernier vote, 2 sur 5 ; "
            "les autres : PM (2) et Pas clair ici (1)",
        ),
        (
            "fr",
            1,
            "Dans les premières réponses, 1 voix sur 3 citait le PO ; au vote qui a suivi, 3 sur 3",
        ),
    ],
)
def test_the_session_that_agreed_tells_its_votes_beside_each_other_and_judges_nothing(
    language: str, passes: int, sentence: str
) -> None:
    votes = [
        vote(
            vote_id=uuid4(), voter=uuid4(), gathering=SESSION.id, pass_number=number, named=("po",)
        )
        for number in range(1, passes + 1)
        for _ in range(3)
    ]
    if passes == 4:  # in the last one not all name the PO, who decides all the same
        fields = {"gathering": SESSION.id, "pass_number": 4}
        votes[-3:] = [
            vote(vote_id=uuid4(), voter=uuid4(), named=(who,), **fields)
            for who in ("po", "po", "pm", "pm", "unclear")
        ]
    item = agreed_by_session(("em", "po", "tl"), votes, language)

    assert plain(item.practice) == f"{sentence}."
    assert item.practice_chip is None


@pytest.mark.parametrize(
    ("language", "voted"),
    [
        ("en", "2 of 2 in the vote that followed; 1 did not vote."),
        ("fr", "au vote qui a suivi, 2 sur 2 ; 1 personne n’a pas voté."),
    ],
)
def test_who_did_not_vote_is_counted_beside_those_who_did(language: str, voted: str) -> None:
    votes = [
        vote(vote_id=uuid4(), voter=uuid4(), gathering=SESSION.id, named=("po",)) for _ in range(2)
    ]

    assert plain(agreed_by_session(("em", "po", "tl"), votes, language).practice).endswith(voted)


def test_a_role_that_nobody_named_at_first_is_said_to_have_no_voice() -> None:
    item = agreed_by_session(("em", "tl", "tl"), ())

    assert item.practice == "0 of 3 named the PO in the first answers."


@pytest.mark.parametrize(
    ("zone", "day"),
    [("America/New_York", "28\u00a0Nov\u00a02026"), ("Asia/Tokyo", "29\u00a0Nov\u00a02026")],
)
def test_an_answer_changed_in_the_evening_was_changed_on_the_reader_s_day(
    zone: str, day: str
) -> None:
    made, evening = agreement(), datetime(2026, 11, 29, 1, tzinfo=UTC)
    given = [
        confirmation(agreement_id=made.id, answer=answer, saved_at=evening - timedelta(days=ago))
        for answer, ago in (("not-agreed", 2), ("agreed", 0))
    ]
    agreements = Agreements(FRAMEWORK, (made,), tuple(given))
    lines = answer_lines(edition_for("en", ZoneInfo(zone)), agreements.on(date(2027, 1, 1)), made)
    assert lines["po"] == f"PO: did not agree before, has agreed since {day}"


def voices_in_two_months() -> tuple[Assessment, ...]:
    """Two of October, of which one names the PO, and two of November, which both do."""
    october, november = date(2026, 10, 5), date(2026, 11, 20)
    return tuple(
        deep_assessment(assessed_on=day, deep={"deciders": {"sprint-content": who}})
        for day, *who in (
            (october, "em"),
            (october, "po"),
            (november, "po"),
            (november, "po", "tl"),
        )
    )


def test_over_time_there_is_a_row_an_agreement_and_a_column_a_period() -> None:
    history = History(FRAMEWORK, voices_in_two_months(), "month").reading(
        [PO], settled_agreements(PO, settled=(PO,)).confirmations
    )

    table = agreed_over_time(edition_in("en"), history.agreements, "Atlas", history.rounds("Atlas"))

    assert table is not None
    assert list(table.cells.columns) == ["Agreement", "October 2026", "November 2026"]
    assert table.cells.iloc[0].tolist()[1:] == ["(1 of 2)", "2 of 2"]
    assert agreed_over_time(edition_in("en"), history.agreements, "Other", ()) is None


@pytest.mark.parametrize("is_over", [True, False], ids=["over by then", "never settled"])
def test_in_brackets_stands_what_was_answered_while_an_agreement_was_not_in_force(
    is_over: bool,
) -> None:
    over = PO.model_copy(update={"valid_until": date(2026, 11, 19)})
    agreements = (
        settled_agreements(over, settled=(over,)) if is_over else Agreements(FRAMEWORK, (PO,))
    )
    rounds = History(FRAMEWORK, voices_in_two_months(), "month").rounds("Atlas")

    table = agreed_over_time(edition_in("en"), agreements, "Atlas", rounds)

    assert table is not None
    assert table.title.endswith("; in brackets where the agreement was not in force")
    assert table.cells.iloc[0].tolist()[1:] == ["(1 of 2)", "(2 of 2)"]


@pytest.mark.parametrize(("language", "state"), [("en", "replaced"), ("fr", "remplacé")])
def test_over_time_what_was_replaced_is_told_as_such(language: str, state: str) -> None:
    later = agreement(decides="em", agreed_on=date(2026, 11, 15), supersedes=PO.id)
    agreements = settled_agreements(PO, later, settled=(PO, later))
    rounds = History(FRAMEWORK, voices_in_two_months(), "month").rounds("Atlas")

    table = agreed_over_time(edition_in(language), agreements, "Atlas", rounds)

    assert table is not None
    ends = [text.endswith(f"({state})") for text in table.cells.iloc[:, 0]]
    assert ends == [True, False]


def test_what_is_over_is_not_judged_by_practice() -> None:
    rounds = History(FRAMEWORK, voices_in_two_months(), "month").rounds("Atlas")
    agreements = settled_agreements(PO, settled=(PO,))

    def chips_on(day: date) -> int:
        part = AgreementsPart(edition_in("en"), "Atlas", agreements.on(day), rounds[-1])
        (item,) = part.items
        return len(item.chips)

    assert chips_on(PO.valid_until) == 2
    assert chips_on(PO.valid_until + timedelta(days=1)) == 1


@pytest.mark.parametrize(
    ("language", "po", "tl"),
    [
        (
            "en",
            "decides: sprint content, how much is enough; consulted on: North Star",
            "consulted on: sprint content",
        ),
        (
            "fr",
            "décide : contenu du sprint, le périmètre qui suffit ; consulté sur : North Star",
            "consulté sur : contenu du sprint",
        ),
    ],
)
def test_a_mandate_is_proposed_from_what_a_role_decides_and_is_heard_on(
    language: str, po: str, tl: str
) -> None:
    agreements = (
        agreement(),
        agreement(decision="enough-scope", consulted=()),
        agreement(decision="north-star", decides="cpo", consulted=("po",)),
    )
    proposed = proposed_mandates(edition_in(language), agreements)

    assert (plain(proposed["po"]), plain(proposed["tl"])) == (po, tl)
    assert set(proposed) == {"po", "tl", "cpo"}
    assert proposed_mandates(edition_in(language), ()) == {}


def test_a_proposed_mandate_fits_where_mandates_are_written() -> None:
    agreements = [agreement(decision=decision.id) for decision in FRAMEWORK.lenses.decisions]
    proposed = proposed_mandates(edition_in("en"), agreements)["po"]

    assert len(proposed) <= LONGEST_MANDATE
    assert proposed.endswith("…")


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ["What goes first: the PM (4 of 5)", "What is cut: the CPO and the PM (5 of 5)"]),
        (
            "fr",
            [
                "Ce qui passe en premier : le PM (4 sur 5)",
                "Ce que l’on coupe : le CPO et le PM (5 sur 5)",
            ],
        ),
    ],
)
def test_what_is_clear_is_told_with_who_decides_and_how_many_say_so(
    language: str, sentences: list[str]
) -> None:
    # Four of five name the PM, which is three quarters or more; on "postpone" three of five do.
    survey = gathering(privacy="open", depth="deep", next_on=date(2027, 1, 12))
    answered = [("pm", "pm")] * 3 + [("pm", "po"), ("po", "po")]
    voices = [
        deep_assessment(
            voice=f"v{number}",
            gathering=survey.id,
            deep={"deciders": {"first": [first], "cut": ["pm", "cpo"], "postpone": [later]}},
        )
        for number, (first, later) in enumerate(answered)
    ]
    (shown,) = History(FRAMEWORK, voices, "month", surveys=[survey]).rounds("Atlas")
    edition, settled = edition_in(language), agreement(decision="postpone")
    today = date(2026, 11, 28)
    part = AgreementsPart(edition, "Atlas", Agreements(FRAMEWORK, (settled,)).on(today), shown)
    assert [plain(clear.sentence) for clear in part.clear] == sentences
    example = edition.texts.lenses.decisions["first"].example
    assert example in part.clear[0].example
    names = [clear.name for clear in part.clear]
    assert already_agreed(edition, shown, [settled], most=9).endswith(
        f"{edition.words.all_of(names)}."
    )

    squad = SquadPart(
        edition,
        Result(shown, None, identity=shown, agreements=Agreements(FRAMEWORK)),
        date(2026, 11, 28),
    )
    text = charter_text(squad)
    postpone = edition.texts.lenses.decisions["postpone"].short
    left_open = text.partition(edition.words.gettext("Left open"))[2]
    assert postpone in left_open
    assert edition.words.date(date(2027, 1, 12)) in left_open


@pytest.mark.parametrize(
    ("language", "decisions", "questions", "in_short"),
    [
        (
            "en",
            "2 decisions: What is cut and Sprint content",
            "5 questions without an action, which we answer differently: ",
            "Left open: 2 decisions (What is cut and Sprint content); "
            "5 questions without an action, which we answer differently ({} and 2 others).",
        ),
        (
            "fr",
            "2 décisions : Ce que l’on coupe et Contenu du sprint",
            "5 questions sans action, auxquelles nous répondons différemment : ",
            "Encore ouvert : 2 décisions (Ce que l’on coupe et Contenu du sprint) ; "
            "5 questions sans action, auxquelles nous répondons différemment ({} et 2 autres).",
        ),
    ],
)
def test_what_is_left_open_tells_decisions_from_questions(
    language: str, decisions: str, questions: str, in_short: str
) -> None:
    edition, items = edition_in(language), FRAMEWORK.items[:5]
    topics = (
        *(Topic(of, 1.0, {}, 2, 0, "decision") for of in ("cut", "sprint-content")),
        *(Topic(item.id, 1.0, {}, 2, 0, "item") for item in items),
    )
    names = [edition.item(item.id) for item in items]

    assert [plain(line) for line in open_lines(edition, topics)] == [
        decisions,
        plain(questions + edition.words.all_of(names)),
    ]
    assert plain(open_line(edition, topics)) == plain(in_short.format(", ".join(names[:3])))
    assert open_line(edition, ()) == ""


def settled_agreements(*agreements: Agreement, settled: tuple[Agreement, ...]) -> Agreements:
    """Agreements of which some were agreed to by the two roles concerned."""
    yes = (
        confirmation(agreement_id=agreed.id, role=role)
        for agreed in settled
        for role in (agreed.decides, *agreed.consulted)
    )
    return Agreements(FRAMEWORK, agreements, tuple(yes))


@pytest.mark.parametrize(
    ("language", "summary", "story"),
    [
        (
            "en",
            "2 agreements: 1 waiting for answers and 1 in force",
            "From 4 Nov 2026 to 30 Jun 2027: the PO decides (in force).",
        ),
        (
            "fr",
            "2 accords : 1 en attente de réponses et 1 en vigueur",
            "Du 4 nov. 2026 au 30 juin 2027 : le PO décide (en vigueur).",
        ),
    ],
)
def test_a_proposal_stands_beside_what_holds_and_tells_it_as_what_holds(
    language: str, summary: str, story: str
) -> None:
    proposed = agreement(decides="em", agreed_on=date(2026, 11, 20), supersedes=PO.id)
    agreements = settled_agreements(PO, proposed, settled=(PO,))
    part = AgreementsPart(edition_in(language), "Atlas", agreements.on(date(2026, 11, 28)))

    assert plain(part.summary) == summary
    assert [item.agreement for item in part.items] == [proposed, PO]
    assert [plain(item.lines[-1]) == story for item in part.items] == [True, False]


@pytest.mark.parametrize(
    ("language", "alone", "beside", "over"),
    [
        (
            "en",
            "1 refused by a role",
            "Agreements: 1 in force; 1 refused by a role",
            ("Nothing is agreed yet.", "Agreements: 1 expired"),
        ),
        (
            "fr",
            "1 refusé par un rôle",
            "Accords : 1 en vigueur ; 1 refusé par un rôle",
            ("Rien n’est encore convenu.", "Accords : 1 expiré"),
        ),
    ],
)
def test_what_a_role_refused_is_counted_as_no_agreement(
    language: str, alone: str, beside: str, over: tuple[str, str]
) -> None:
    refused = agreement(decides="em", decision="cut", consulted=())
    yes, no = (
        confirmation(agreement_id=refused.id, role="em", answer=answer, saved_at=moment)
        for answer, moment in (
            ("agreed", datetime(2026, 11, 4, 9, tzinfo=UTC)),
            ("not-agreed", datetime(2026, 11, 20, 9, tzinfo=UTC)),
        )
    )

    def summary(*others: Agreement, day: date, was_agreed: bool = False) -> str:
        agreements = settled_agreements(refused, *others, settled=others)
        given = (*agreements.confirmations, *((yes,) if was_agreed else ()), no)
        on_day = replace(agreements, confirmations=given).on(day)
        return plain(AgreementsPart(edition_in(language), "Atlas", on_day).summary)

    assert summary(day=date(2026, 11, 28)) == alone
    day_after = refused.valid_until + timedelta(days=1)
    assert summary(day=day_after).startswith(over[0])
    assert summary(day=day_after, was_agreed=True) == over[1]
    assert summary(PO, day=date(2026, 11, 28)) == beside


@pytest.mark.parametrize(
    ("language", "summary", "chip", "vacant"),
    [
        (
            "en",
            "2 agreements: 1 without a decider and 1 in force",
            "In force without a decider",
            "Without a decider: Slicing the work (PM, since 10 Nov 2026).",
        ),
        (
            "fr",
            "2 accords : 1 sans décideur et 1 en vigueur",
            "En vigueur sans décideur",
            "Sans décideur : Découpage du travail (PM, depuis le 10 nov. 2026).",
        ),
    ],
)
def test_an_agreement_whose_decider_left_is_not_counted_as_in_force(
    language: str, summary: str, chip: str, vacant: str
) -> None:
    by_pm = agreement(decides="pm", decision="slicing", consulted=())
    yes = settled_agreements(PO, by_pm, settled=(PO, by_pm)).confirmations
    setups = [
        setup(seats={"pm": "own", "po": "own", "tl": "own"}, since=date(2026, 9, 1)),
        setup(seats={"po": "own", "tl": "own"}, since=date(2026, 11, 10)),
    ]
    history = History(FRAMEWORK, [], "month", setups).reading([PO, by_pm], yes)
    on_day = history.agreements.on(date(2026, 11, 28))
    part = AgreementsPart(edition_in(language), "Atlas", on_day)

    assert plain(part.summary) == summary
    assert plain(part.vacant) == vacant
    assert [item.agreement for item in part.items] == [by_pm, PO]
    assert (part.items[0].chip.text, part.items[0].chip.tone) == (chip, "bad")


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Since it ended, 2 of 3 voices name the PO."),
        ("fr", "Depuis son échéance, 2 voix sur 3 citent le PO."),
    ],
)
def test_of_an_agreement_that_ended_voices_since_are_counted_and_judge_nothing(
    language: str, line: str
) -> None:
    ended = agreement(agreed_on=date(2026, 11, 1), valid_until=date(2026, 11, 20))
    voices = [
        deep_assessment(
            assessment_id=uuid4(),
            voice=who,
            assessed_on=date(2026, 11, 21),
            deep={"deciders": {"sprint-content": (role,)}},
        )
        for who, role in (("Ana", "po"), ("Zoë", "po"), ("Noé", "em"))
    ]
    shown = History(FRAMEWORK, voices, "month").latest("Atlas")
    agreements = settled_agreements(ended, settled=(ended,)).on(date(2026, 11, 28))
    (item,) = AgreementsPart(edition_in(language), "Atlas", agreements, shown).items

    assert item.practice_chip is None
    assert plain(item.practice) == line


def test_a_replacement_of_what_holds_is_not_named_again_as_proposed() -> None:
    proposed = agreement(decides="em", agreed_on=date(2026, 11, 20), supersedes=PO.id)
    agreements = settled_agreements(PO, proposed, settled=(PO,))
    voices = [
        deep_assessment(
            assessed_on=date(2026, 11, 10), deep={"deciders": {"sprint-content": (who,)}}
        )
        for who in ("po", "em", "em")
    ]
    shown = History(FRAMEWORK, voices, "month").latest("Atlas")
    part = AgreementsPart(edition_in("en"), "Atlas", agreements.on(date(2026, 11, 28)), shown)

    assert part.settled_already == (
        "Agreed on already: Sprint content (in force, not yet in practice)."
    )


@pytest.mark.parametrize(
    ("language", "story"),
    [("en", "On 28 Aug 2026: the PO decided."), ("fr", "Le 28 août 2026 : le PO décidait.")],
)
def test_what_held_for_one_day_is_told_by_that_day(language: str, story: str) -> None:
    day, next_day = date(2026, 8, 28), date(2026, 8, 29)
    first = agreement(agreed_on=day, decides="po", consulted=())
    later = agreement(agreed_on=next_day, decides="em", consulted=(), supersedes=first.id)
    answers = [
        confirmation(agreement_id=made.id, role=made.decides, saved_at=at_noon(made.agreed_on))
        for made in (first, later)
    ]
    agreements = Agreements(FRAMEWORK, (first, later), tuple(answers))
    part = AgreementsPart(edition_in(language), "Atlas", agreements.on(date(2026, 11, 28)))

    (item,) = part.items
    assert story in map(plain, item.lines)


def test_the_story_tells_what_held_and_nothing_that_never_did() -> None:
    never = agreement(decides="em", agreed_on=date(2026, 11, 20), supersedes=PO.id)
    for_no_day = agreement(agreed_on=date(2026, 11, 24), supersedes=never.id)
    last = agreement(decides="pm", agreed_on=date(2026, 11, 24), supersedes=for_no_day.id)
    last = last.model_copy(update={"saved_at": last.saved_at + timedelta(hours=1)})
    agreements = settled_agreements(PO, never, for_no_day, last, settled=(PO, for_no_day, last))
    part = AgreementsPart(edition_in("en"), "Atlas", agreements.on(date(2026, 11, 28)))

    (item,) = part.items
    earlier = [line for line in map(plain, item.lines) if " to " in line]
    assert earlier == ["From 4 Nov 2026 to 23 Nov 2026: the PO decided."]


def test_the_story_tells_on_which_days_each_held_by_its_answers() -> None:
    agreements = Agreements(FRAMEWORK, *replaced_agreement())

    (item,) = AgreementsPart(edition_in("en"), "Atlas", agreements.on(date(2026, 11, 28))).items
    lines = [plain(line) for line in item.lines if line.startswith("From ")]
    assert lines == [
        "From 10 Nov 2026.",
        "From 1 Jun 2026 to 9 Nov 2026: the PO decided.",
    ]


@pytest.mark.parametrize("is_replaced", [False, True])
def test_what_was_taken_back_for_a_while_is_told_by_the_days_it_held(is_replaced: bool) -> None:
    # Agreed on 1 January, refused from 1 February, agreed again from 1 October on.
    first = agreement(
        agreed_on=date(2026, 1, 1), valid_until=date(2026, 12, 31), decides="po", consulted=()
    )
    later = agreement(agreed_on=date(2026, 11, 1), decides="tl", consulted=(), supersedes=first.id)
    course = {date(2026, 1, 1): "agreed", date(2026, 2, 1): "not-agreed"}
    course |= {date(2026, 10, 1): "agreed"}
    given = [
        confirmation(agreement_id=first.id, answer=answer, saved_at=at_noon(day))
        for day, answer in course.items()
    ]
    given.append(
        confirmation(agreement_id=later.id, role="tl", saved_at=at_noon(date(2026, 11, 1)))
    )
    story = (first, later) if is_replaced else (first,)
    agreements = Agreements(FRAMEWORK, story, tuple(given))
    edition, days = edition_in("en"), [date(2026, month, 10) for month in (1, 5, 10)]

    on_day = agreements.on(date(2026, 11, 28))
    (item,) = AgreementsPart(edition, "Atlas", on_day).items
    lines = [plain(line) for line in item.lines if line.startswith("From ")]
    if is_replaced:
        assert lines == [
            "From 1 Nov 2026.",
            "From 1 Oct 2026 to 31 Oct 2026: the PO decided.",
            "From 1 Jan 2026 to 31 Jan 2026: the PO decided.",
        ]
    else:
        assert lines == ["From 1 Oct 2026.", "From 1 Jan 2026 to 31 Jan 2026: the PO decided."]
        told = plain(how_confirmed(edition, on_day, first))
        assert told == "Agreed by every role: it holds from 1 Oct 2026."
    voices = [
        deep_assessment(assessed_on=day, deep={"deciders": {"sprint-content": ("po",)}})
        for day in days
    ]
    rounds = History(FRAMEWORK, voices, "month").rounds("Atlas")
    counted = [bool(practice_by_agreement(agreements, shown)) for shown in rounds]
    assert counted == [True, False, True]
    table = agreed_over_time(edition, agreements, "Atlas", rounds)
    assert table is not None
    assert table.cells.iloc[0].tolist()[1:] == ["1 of 1", "(1 of 1)", "1 of 1"]


def at_noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def test_a_decision_on_which_an_agreement_holds_is_settled_while_another_is_contested() -> None:
    against = agreement(decides="em", agreed_on=date(2026, 11, 20), supersedes=PO.id)
    agreements = settled_agreements(PO, against, settled=(PO,))
    no = confirmation(agreement_id=against.id, role="tl", answer="not-agreed")
    agreements = replace(agreements, confirmations=(*agreements.confirmations, no))
    voices = [
        deep_assessment(deep={"deciders": {"sprint-content": (who,)}}) for who in ("po", "em")
    ]
    shown = History(FRAMEWORK, voices, "month").latest("Atlas")
    part = AgreementsPart(edition_in("en"), "Atlas", agreements.on(date(2026, 11, 28)), shown)

    assert (part.title, part.to_settle) == ("Agreements", ())
    assert part.marked == {"sprint-content": "po"}


ONE_PERSON = setup(seats=preset_seats(FRAMEWORK, "pm-and-po") | {"em": "own", "cto": "same-as-em"})


@pytest.mark.parametrize(
    ("named", "clear"),
    [
        (
            ["em", "em", "em", "cto", "cto"],
            "Sprint content: the EM (5 of 5; another role is expected)",
        ),
        (["em", "cto", "cto", "em"], "Sprint content: the CTO (4 of 4; another role is expected)"),
        (["cto"] * 4 + ["po"], "Sprint content: the CTO (4 of 5; another role is expected)"),
    ],
)
def test_who_sits_in_two_seats_is_one_and_counted_by_both(named: list[str], clear: str) -> None:
    voices = [deep_assessment(deep={"deciders": {"sprint-content": (who,)}}) for who in named]
    (shown,) = History(FRAMEWORK, voices, "month", [ONE_PERSON]).rounds("Atlas")

    assert [
        clear_decision.sentence for clear_decision in clear_decisions(edition_in("en"), shown, ())
    ] == [clear]


def test_votes_and_periods_count_whoever_names_the_agreed_person() -> None:
    survey = gathering(privacy="open", depth="deep")
    voices = [
        deep_assessment(gathering=survey.id, deep={"deciders": {"sprint-content": (who,)}})
        for who in ("cto", "em", "po")
    ]
    made = agreement(decides="em", survey=survey.id)
    votes = [
        vote(vote_id=uuid4(), voter=uuid4(), gathering=survey.id, pass_number=1, named=(who,))
        for who in ("cto", "cto", "em", "nobody")
    ]
    history = History(FRAMEWORK, voices, "month", [ONE_PERSON], surveys=[survey])
    history = history.reading([made], [], votes)
    agreements, rounds, edition = history.agreements, history.rounds("Atlas"), edition_in("en")

    (item,) = AgreementsPart(edition, "Atlas", agreements.on(survey.opened_on), rounds[0]).items
    said = (
        "2 of 3 named the EM in the first answers, 3 of 4 in the vote that followed; the others: "
        "Nobody (1)."
    )
    assert plain(item.practice) == said
    table = agreed_over_time(edition, agreements, "Atlas", rounds)
    assert table is not None
    assert table.cells.iloc[0].tolist()[1:] == ["(2 of 3)"]  # on the day before it was made


@pytest.mark.parametrize(
    ("status", "ended_on", "is_open"),
    [
        (None, None, True),
        ("planned", None, False),
        ("done", date(2026, 11, 3), False),
        ("done", date(2026, 11, 2), True),
        ("dropped", date(2026, 11, 10), True),
    ],
)
def test_what_is_left_open_is_met_by_no_action_but_those_under_way_or_done_since(
    status: str | None, ended_on: date | None, is_open: bool
) -> None:
    # The answers are of 3 November.
    voices = [assessment(answers=ALL_WELL | {"single-channel": said}) for said in ("yes", "no")]
    history = History(FRAMEWORK, voices * 2, "month")
    decided = {"decided_on": date(2026, 10, 20), "status": status, "ended_on": ended_on}
    actions = [action(**decided)] if status else []
    result = result_of(history, "Atlas", Period(2026, 11, "month"), actions)
    part = SquadPart(edition_in("en"), result, date(2026, 11, 28))

    assert [topic.of for topic in left_open_of(part)] == ["single-channel"] * is_open
    assert ("Left open" in charter_text(part)) == is_open


def test_of_an_agreement_that_is_over_nobody_is_asked_for_an_answer_or_a_change() -> None:
    past = agreement(decides="cto", consulted=("cpto",), valid_until=date(2026, 11, 27))
    held = setup(seats={"cto": "own", "cpto": "own"}, since=date(2026, 9, 1))
    lost = setup(seats={"cto": "own"}, since=date(2026, 11, 20))
    history = History(FRAMEWORK, [], "month", [held, lost]).reading([past], [])

    def lines_on(day: date) -> str:
        (item,) = AgreementsPart(edition_in("en"), "Atlas", history.agreements.on(day)).items
        return " ".join(item.lines)

    assert lines_on(date(2026, 11, 27)) == (
        "From 4\u00a0Nov\u00a02026. Still to answer: CTO and CPTO. By the playbook, the CTO should "
        "not decide this. The fit is still measured against it; “kept” is measured against your "
        "agreement. The setup no longer has: CPTO. Replace the agreement, or correct "
        "the setup. Written by one person."
    )
    assert lines_on(date(2026, 11, 28)) == "From 4\u00a0Nov\u00a02026. Written by one person."

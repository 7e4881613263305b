"""Several squads' agreements in words: what a reader of the seats' map is told."""

from __future__ import annotations

from datetime import date
from functools import partial

import pandas as pd

from assessment.content.edition import edition_in
from assessment.model import Agreement
from assessment.model.period import Period
from assessment.rounds.agreed_across import agreed_across
from assessment.rounds.history import History
from assessment.rounds.results import result_of
from assessment.wording.agreed_across import AgreedAcrossPart, seat_rows, seats_by_level
from tests.agreed_examples import FRAMEWORK, TODAY, across, answered, says
from tests.builders import agreement, deep_assessment, gathering, setup
from tests.expected import french

EN = edition_in("en")


def test_the_map_of_seats_tells_what_few_answered_in_confidence_as_hidden() -> None:
    secret = gathering(squad="Atlas", privacy="confidential", least_voices=3, depth="deep")
    names_the_cto = {"deciders": {"sprint-content": ("cto",), "enough-scope": ("cto",)}}
    voice = partial(deep_assessment, assessed_on=date(2026, 11, 18), deep=names_the_cto)
    saved = [
        *(voice(squad="Atlas", gathering=secret.id) for _ in range(3)),
        *(voice(squad=squad) for squad in ("Dune", "Echo")),
    ]
    history = History(FRAMEWORK, saved, "month", surveys=[secret])
    results = [result_of(history, squad, Period(2026, 11, "month")) for squad in history.squads]

    across = agreed_across(FRAMEWORK, results, today=TODAY)

    hidden = "hidden, fewer than 3 answers"
    rows = seat_rows(EN, across).set_index(["squad", "level"])["unanswered"]
    assert (rows["Atlas", "vision"], rows["Dune", "vision"]) == (hidden, "not answered")
    assert (rows["Atlas", "daily"], rows["Dune", "daily"]) == ("", "")
    table = pd.DataFrame(seats_by_level(EN, across)).set_index("Squad")
    assert list(table.loc["Atlas"]) == [*[hidden] * 3, "CTO: 2 of 2", hidden]
    assert list(table.loc["Dune"]) == [*["not answered"] * 3, "CTO: 2 of 2", "not answered"]


def test_without_any_that_belongs_elsewhere_the_seat_where_most_decisions_end_is_told() -> None:
    counted = across(
        says("A", sprint_content=("po",), enough_scope=("po",), first=("pm",)),
        says("B", sprint_content=("po",), first=("pm",)),
    )

    assert AgreedAcrossPart(EN, counted).seat.replace("\xa0", " ") == (
        "3 decisions in 2 squads end up with the PO."
    )


def test_how_agreements_stand_is_read_once() -> None:
    held, ending, waiting = (
        agreement(squad="A", decision=decision, valid_until=until)
        for decision, until in (
            ("sprint-content", date(2027, 5, 1)),
            ("enough-scope", date(2026, 12, 10)),
            ("option-choice", date(2027, 5, 1)),
        )
    )
    counted = across(
        says("A", sprint_content=("po",)),
        agreements=(held, ending, waiting),
        answers=(*answered(held), *answered(ending)),
    )

    by_language = [
        AgreedAcrossPart(edition_in(language), counted).sentence for language in ("en", "fr")
    ]
    assert by_language == [
        "2 agreements are in force (1 expires soon), 1 waits for answers; voices told how 1 "
        "agreement works in practice: it is kept.",
        french(
            "2 accords sont en vigueur (1 expire bientôt), 1 attend des réponses ; des voix "
            "disent comment 1 accord s'applique en pratique : il est tenu."
        ),
    ]


def test_an_agreement_without_a_decider_is_counted_apart_from_those_in_force() -> None:
    left, held = (
        agreement(squad="A", decision=decision, decides=decides, consulted=(), valid_until=until)
        for decision, decides, until in (
            ("slicing", "pm", date(2026, 12, 10)),
            ("sprint-content", "po", date(2027, 5, 1)),
        )
    )
    seats = ({"pm": "own", "po": "own"}, {"po": "own"})
    days = (date(2026, 9, 1), date(2026, 11, 10))
    setups = [
        setup(squad="A", since=day, seats=seated) for day, seated in zip(days, seats, strict=True)
    ]

    def part(language: str, *agreements: Agreement) -> AgreedAcrossPart:
        answers = [answer for made in agreements for answer in answered(made)]
        counted = across(
            says("A", first=("po",)),
            agreements=agreements,
            answers=tuple(answers),
            setups=tuple(setups),
        )
        return AgreedAcrossPart(edition_in(language), counted)

    assert [part(language, left).sentence for language in ("en", "fr")] == [
        "1 agreement is in force without a decider.",
        french("1 accord est en vigueur sans décideur."),
    ]
    assert [part(language, left, held).sentence for language in ("en", "fr")] == [
        "1 agreement is in force, 1 without a decider.",
        french("1 accord est en vigueur, 1 sans décideur."),
    ]
    (row,) = part("en", left, held).squad_table.cells.to_dict("records")
    assert (row["In force"], row["Without a decider"], row["Expire soon"]) == ("1", "1", "0")


def test_agreements_as_of_an_earlier_day_are_said_to_be() -> None:
    held = agreement(squad="A", valid_until=date(2026, 11, 29))
    past = across(
        says("A", sprint_content=("po",)),
        agreements=(held,),
        answers=answered(held),
        until=date(2026, 11, 20),
    )

    sentence = AgreedAcrossPart(EN, past).sentence.replace("\xa0", " ")
    assert sentence.endswith("1 agreement works in practice: it is kept, as of 20 Nov 2026.")


def test_what_ends_with_one_seat_alone_is_told_beside_what_ends_with_several() -> None:
    trio = ("cpo", "cto", "pm")
    counted = across(
        says("A", first=trio, cut=trio, sprint_content=("cto",)),
        says("B", first=trio, cut=trio, sprint_content=("pm",)),
    )

    assert AgreedAcrossPart(EN, counted).seat.replace("\xa0", " ") == (
        "Of 5 decisions that end up with the CTO in 2 squads, 1 belongs to a lower seat by the "
        "playbook or by what was agreed; 1 of the 5 ends up with nobody else."
    )


def test_what_is_contested_without_an_agreement_is_named() -> None:
    counted = across(*(says("Atlas", cut=(role,)) for role in ("cpo", "pm")))

    assert AgreedAcrossPart(EN, counted).unsettled == (
        "Contested with no agreement in force: What is cut."
    )


def test_what_was_contested_on_an_earlier_day_is_told_as_of_it() -> None:
    voices = [says("Atlas", cut=(role,)) for role in ("cpo", "pm")]
    made = agreement(decision="cut", decides="pm", agreed_on=date(2026, 11, 21))
    past = across(*voices, agreements=(made,), answers=answered(made), as_of=date(2026, 11, 20))

    assert [AgreedAcrossPart(edition_in(of), past).unsettled for of in ("en", "fr")] == [
        "Contested with no agreement in force, as of 20\xa0Nov\xa02026: What is cut.",
        french(
            "Décision disputée sans accord en vigueur, au 20\xa0nov.\xa02026 : Ce que l’on coupe."
        ),
    ]

"""What the first page says of each squad."""

from __future__ import annotations

from datetime import date

import pytest

from assessment.content.edition import edition_in
from assessment.rounds.due import NextSurvey
from assessment.wording.home import age, due_lines, levels_in_order
from tests.builders import action, agreement

DAY, NEXT_DAY = date(2026, 9, 1), date(2026, 9, 2)


@pytest.mark.parametrize(
    ("today", "english", "french"),
    [
        (date(2026, 9, 1), "today", "aujourd’hui"),
        (date(2026, 9, 2), "1 day ago", "il y a 1 jour"),
        (date(2026, 10, 31), "60 days ago", "il y a 60 jours"),
        (date(2026, 11, 1), "2 months ago", "il y a 2 mois"),
        (date(2026, 8, 31), "today", "aujourd’hui"),
        (date(2026, 8, 30), "1\xa0Sept\xa02026", "1er sept. 2026"),  # some clock was wrong
    ],
)
def test_the_age_of_a_check_is_told_in_days_then_in_months(
    today: date, english: str, french: str
) -> None:
    assert age(edition_in("en"), DAY, today=today) == english
    assert (
        age(edition_in("fr"), DAY, today=today).replace("\u202f", " ").replace("\xa0", " ")
        == french
    )


@pytest.mark.parametrize(
    ("language", "late", "levels"),
    [
        (
            "en",
            "Overdue since 1 Sept 2026 · Open one channel for urgent requests · Atlas · PM",
            "From left to right: Vision, Strategy, Arbitration, Daily and Delivery",
        ),
        (
            "fr",
            "En retard depuis le 1er sept. 2026 · Donnez aux urgences un canal unique · Atlas · PM",
            "De gauche à droite : Vision, Stratégie, Arbitrage, Quotidien et Delivery",
        ),
    ],
)
def test_a_date_is_told_with_what_is_due_and_the_levels_are_named_in_order(
    language: str, late: str, levels: str
) -> None:
    edition = edition_in(language)
    missed = action(decided_on=date(2026, 8, 1), due_on=DAY)
    ((squad, line),) = due_lines(edition, [(DAY, missed)], today=NEXT_DAY)
    assert (squad, line.replace("\xa0", " ")) == ("Atlas", late)
    ((_, on_the_day),) = due_lines(edition, [(DAY, missed)], today=DAY)
    assert on_the_day.startswith(edition.words.date(DAY))
    assert levels_in_order(edition).replace("\u202f", " ").replace("\xa0", " ") == levels


@pytest.mark.parametrize(
    ("language", "today", "line"),
    [
        ("en", DAY, "1 Sept 2026 · end of the agreement on “What is cut” · Atlas"),
        ("fr", DAY, "1er sept. 2026 · fin de l’accord sur « Ce que l’on coupe » · Atlas"),
        ("en", NEXT_DAY, "Ended on 1 Sept 2026 · agreement on “What is cut” · Atlas"),
        (
            "fr",
            NEXT_DAY,
            "Échu depuis le 1er sept. 2026 · accord sur « Ce que l’on coupe » · Atlas",
        ),
    ],
)
def test_the_end_of_an_agreement_is_a_date_like_others(
    language: str, today: date, line: str
) -> None:
    ended = agreement(decision="cut", valid_until=DAY, agreed_on=DAY)
    ((squad, text),) = due_lines(edition_in(language), [(DAY, ended)], today=today)
    assert (squad, text.replace("\xa0", " ").replace("\u202f", " ")) == ("Atlas", line)


@pytest.mark.parametrize(
    ("language", "today", "line"),
    [
        ("en", DAY, "1 Sept 2026 · ask the squad Atlas again"),
        ("fr", DAY, "1er sept. 2026 · interroger de nouveau la squad Atlas"),
        ("en", NEXT_DAY, "Overdue since 1 Sept 2026 · ask the squad Atlas again"),
    ],
)
def test_the_next_session_is_a_date_like_others(language: str, today: date, line: str) -> None:
    edition = edition_in(language)
    ((squad, text),) = due_lines(edition, [(DAY, NextSurvey("Atlas"))], today=today)
    assert (squad, text.replace("\xa0", " ")) == ("Atlas", line)

"""What a round asks and promises, said alike to whoever opens it and whoever answers it."""

from __future__ import annotations

from datetime import date

import pytest

from assessment.content.edition import edition_in
from assessment.forms.deep_check import progress_of
from assessment.model import Depth
from assessment.model.deep import DeepAnswers
from assessment.model.survey import DEPTHS
from assessment.rounds.room import minutes_to_answer
from assessment.wording.surveys import (
    asked_in,
    depth_caption,
    hides_easily,
    invitation_message,
    more_than_expected,
    next_session,
    promise,
    questions,
)
from tests.builders import gathering

DEEPER = ", one of them who decides on 19 decisions: about "


@pytest.mark.parametrize(
    ("depth", "confidential", "asked"),
    [
        ("quick", False, "14 questions, about 3 minutes."),
        ("quick", True, "14 questions, about 3 minutes."),
        ("who-decides", True, "14 questions and who decides on 19 decisions, about 9 minutes."),
        ("deep", False, "14 questions and eight lenses" + DEEPER + "19 minutes."),
        ("deep", True, "14 questions and seven lenses" + DEEPER + "17 minutes."),
    ],
)
def test_a_confidential_round_asks_one_lens_less(
    depth: Depth, confidential: bool, asked: str
) -> None:
    made = gathering(depth=depth, privacy="confidential" if confidential else "open")
    assert asked_in(edition_in("en"), made) == asked
    minutes = asked.rpartition("about ")[2].partition(" ")[0]
    caption = depth_caption(edition_in("en"), depth, confidential=confidential)
    assert caption.startswith(f"{minutes} min · ")


@pytest.mark.parametrize(
    ("depth", "confidential", "counts"),
    [
        ("quick", True, [3, 5, 6]),
        ("who-decides", True, [3, 5, 6, 19]),
        ("deep", True, [3, 5, 6, 19, 6, 11, 6, 5, 12, 3]),
        ("deep", False, [3, 5, 6, 19, 6, 11, 6, 5, 12, 3, 6]),
    ],
)
def test_whoever_opens_a_session_can_read_what_it_asks(
    depth: Depth, confidential: bool, counts: list[int]
) -> None:
    asked = questions(edition_in("en"), depth, confidential=confidential)
    assert [len(texts) for texts in asked.values()] == counts


def test_a_message_that_invites_to_a_confidential_session_says_that_it_is_one() -> None:
    begins, asks = "How Atlas decides: your view, please", "14 questions, about 3 minutes."
    ends = ["Until 20\u00a0Nov\u00a02026, included.", "https://here"]
    promised = (
        "Confidential session: your answers are kept without name, role or time of day, and what "
        "fewer than 5 people answered stays hidden."
    )
    for privacy, lines in (("open", []), ("confidential", [promised])):
        survey = gathering(depth="quick", privacy=privacy)
        message = invitation_message(edition_in("en"), survey, url="https://here")
        assert message.split("\n") == [begins, asks, *lines, *ends]


@pytest.mark.parametrize("confidential", [True, False])
def test_a_round_takes_as_long_as_its_lenses_say_and_the_quick_check(confidential: bool) -> None:
    framework = edition_in("en").framework
    unasked = {framework.lenses.asking_for("mandates")} if confidential else set()
    lenses = progress_of(framework, DeepAnswers(), absent={})
    minutes = {lens.lens: lens.minutes for lens in lenses if lens.lens not in unasked}
    quick, who_decides, deep = (minutes_to_answer(d, confidential=confidential) for d in DEPTHS)
    assert (who_decides, deep) == (quick + minutes["who-decides"], quick + sum(minutes.values()))


@pytest.mark.parametrize("protected", [True, False])
@pytest.mark.parametrize(
    ("privacy", "stored", "seen"),
    [
        ("open", "Your answers and when you send them;", "Nobody, until the session is revealed."),
        ("confidential", "Your answers alone,", "Nobody, until at least 5 have answered"),
    ],
)
def test_a_round_promises_what_is_stored_and_who_sees_it(
    privacy: str, stored: str, seen: str, protected: bool
) -> None:
    made = gathering(privacy=privacy, least_voices=5)
    (first, kept), (second, readers) = promise(edition_in("en"), made, protected=protected)
    assert (first, second) == ("What is stored", "Who sees it")
    assert kept.startswith(stored)
    assert readers.startswith(seen)


@pytest.mark.parametrize("privacy", ["open", "confidential"])
@pytest.mark.parametrize(
    ("language", "anyone", "squad"),
    [
        ("en", "anyone who opens this app, which asks for no account, can read", "the squad sees"),
        (
            "fr",
            "toute personne qui ouvre cette application (aucun compte n’y est demandé) peut lire",
            "la squad voit",
        ),
    ],
)
def test_where_nobody_signs_in_a_round_promises_no_smaller_circle_than_everybody(
    privacy: str, language: str, anyone: str, squad: str
) -> None:
    made = gathering(privacy=privacy, least_voices=5)
    unprotected, protected = (
        promise(edition_in(language), made, protected=protected)[1][1]
        for protected in (False, True)
    )
    assert anyone in unprotected
    assert squad not in unprotected
    assert squad in protected
    assert anyone not in protected


def test_more_answers_than_people_are_told_where_it_is_known_how_many_there_are() -> None:
    edition, six = edition_in("en"), gathering(expected=6)

    assert more_than_expected(edition, gathering(), 7) == ""
    assert more_than_expected(edition, six, 6) == ""
    assert more_than_expected(edition, six, 7) == (
        "1 more than expected: somebody may have answered twice."
    )
    assert more_than_expected(edition, six, 8).startswith("2 more than expected: some ")


def test_the_next_session_is_told_where_the_room_chose_a_day_until_that_is_over() -> None:
    edition, day = edition_in("en"), date(2026, 12, 14)
    chosen = gathering(opened_on=date(2026, 11, 2), next_on=day)
    assert next_session(edition, chosen, today=day) == "The next session: 14\u00a0Dec\u00a02026"
    assert next_session(edition, chosen, today=date(2026, 12, 15)) == ""
    assert next_session(edition, gathering(), today=day) == ""


@pytest.mark.parametrize(
    ("people", "least", "text"),
    [
        (None, 5, ""),
        (4, 5, "So few people cannot reach the minimum of 5 voices: nothing would be shown."),
        (5, 5, "A question is hidden as soon as 1 person leaves it out or answers"),
        (6, 5, "A question is hidden as soon as 2 people leave it out or answer"),
        (8, 5, ""),
        (-1, 5, ""),
        (3, 2, ""),
        (1001, 1001, ""),
    ],
)
def test_who_opens_a_session_of_few_learns_how_easily_it_hides(
    people: int | None, least: int, text: str
) -> None:
    said = hides_easily(edition_in("en"), people=people, least=least)
    assert said.startswith(text)
    assert bool(said) == bool(text)

"""The room: gathered, revealed, talked about, voted on again, agreed, released; phones follow."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NoReturn
from uuid import UUID, uuid4

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from assessment.access.invitations import answer_as_stored, closed, revealed
from assessment.access.votes import asking_again, vote_ended
from assessment.content.edition import edition_in
from assessment.content.loading import shipped_framework
from assessment.errors import StorageError
from assessment.languages import LANGUAGES, words_in
from assessment.model import Survey
from assessment.model.agreement import CONFIRMATION_ANSWERS
from assessment.rounds.agreements import Agreements
from assessment.storage.csv.store import CsvStore
from assessment.storage.protocol import Stored
from assessment.ui.guard import shared_links, site
from assessment.ui.guard.whole_store import unguarded_store
from assessment.ui.rounds import follow, presence
from assessment.ui.rounds.invitation import NewInvitation
from assessment.ui.session import browser_memory, keys, page_files
from assessment.ui.shell import LOST
from tests.builders import agreement, assessment, confirmation, gathering, vote
from tests.expected import french
from tests.pages.app import (
    PROJECT,
    after_restart,
    app_on,
    double_click,
    out_of_reach,
    since_conflict,
    store_of,
    text_of,
    way,
)
from tests.pages.visitors import everything, known_link

pytestmark = pytest.mark.usefixtures("secrets")

NOW = datetime.now(UTC)
TODAY = NOW.date()
PROPOSED = "Proposed: the role that most of those who could tell named, in the {where}."
IN_VOTE, IN_FIRST_ANSWERS = (PROPOSED.format(where=it) for it in ("last vote", "first answers"))
SPLIT = (("pm",), ("pm",), ("po",), ("po",), ("cpo",), ("tl",), ("em",))
TOPIC = "decision.sprint-content"
CUT = {"step": "walk", "topic": "decision.cut"}
SPRINT = {"step": "walk", "topic": TOPIC}


@pytest.fixture
def folder(empty_store: Path) -> Path:
    return empty_store


def session(folder: Path, *, privacy: str = "open", shown: bool = True, voices: int = 7) -> Survey:
    """A deep session of Atlas: all agree on what is cut, and on a sprint's content nobody does."""
    survey = gathering(
        gathering_id=uuid4(),
        privacy=privacy,
        depth="deep",
        opened_on=TODAY,
        closes_on=TODAY + timedelta(days=7),
        expected=9,
    )
    answers = [
        answer_as_stored(
            assessment(
                assessment_id=uuid4(),
                answers={"single-channel": "yes" if index else "no"},
                framework="core@1+lenses@1",
                deep={"deciders": {"cut": ("pm",), "sprint-content": named}},
            ),
            survey,
        )
        for index, named in enumerate(SPLIT[:voices])
    ]
    store = store_of(folder, survey)
    store.add(answers)
    if shown:
        after = revealed(survey, voices=voices, now=datetime.now(UTC))
        store.revise(survey, after)
        return after
    return survey


def room(survey: Survey, **parameters: str) -> AppTest:
    app = app_on(page_files.ROOM, survey=str(survey.id), **parameters)
    assert not app.exception
    return app


def phone(
    survey: Survey, *, answered: bool = True, token: str | None = None, language: str = "en"
) -> AppTest:
    """A phone with an invitation, which has answered."""
    token = token or known_link("invite", round_id=survey.id)[1]
    app = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=30)
    if answered:
        app.session_state[keys.ROUND_SENT] = {survey.id}
    app.switch_page(page_files.ROUND)
    app._page_hash = calc_hash("round")
    app.query_params["lang"] = language
    app.query_params["link"] = token
    app.run()
    assert not app.exception
    return app


def cast(app: AppTest, named: str, *, number: int = 1) -> AppTest:
    key = keys.topic("vote", f"sprint-content-{number}")
    app.pills(key).set_value(named).run()
    return app.button(keys.topic("send", f"sprint-content-{number}")).click().run()


def stored() -> Stored:
    return unguarded_store().read()


def the_survey() -> Survey:
    (survey,) = stored().surveys
    return survey


# Gather -------------------------------------------------------------------------------------------


def test_a_french_wall_counts_answers_and_names_the_squad_whatever_its_name(folder: Path) -> None:
    survey = session(folder, shown=False)
    sent = unescape(everything(room(survey, language="fr"))).replace("\xa0", " ")
    assert "Comment décide la squad Atlas" in sent
    assert "<b>7</b> réponses sur 9" in sent
    assert "Durée totale de la session" in sent


def test_an_address_that_phones_cannot_reach_is_a_red_line_and_no_code(folder: Path) -> None:
    app = room(session(folder, shown=False))
    sent = everything(app)
    assert "Phones cannot open localhost:8501: it works on this computer only." in sent
    # What to set stands apart, for whoever runs the server.
    assert "For the person who runs the server" in sent
    assert "`address` under `[access]`" in sent.partition("For the person who runs the server")[2]
    assert "QR code of the invitation" not in sent


def test_the_list_of_sessions_counts_those_who_answered_of_those_expected(folder: Path) -> None:
    session(folder, shown=False)
    assert "**7 of 9 answered**" in text_of(app_on(page_files.ROUNDS))


def test_the_room_shows_a_code_an_address_of_letters_and_how_many_of_how_many(
    folder: Path, secrets: Path
) -> None:
    secrets.write_text('[access]\naddress = "https://decides.example.org"\n', encoding="utf-8")
    survey = session(folder, shown=False)
    app = room(survey)
    assert "QR code of the invitation" not in everything(app)
    assert "A further invitation, shown until this page is reloaded" in text_of(app)
    app.button(keys.ROOM_INVITE).click().run()
    sent = everything(app)
    assert "QR code of the invitation" in sent
    assert "decides.example.org/round?link=" in sent
    assert "<b>7</b> of 9 answered" in sent
    # Loaded again, the code is gone and another one can be asked for; each can be revoked.
    again = room(survey)
    again.button(keys.ROOM_INVITE).click().run()
    assert len(shared_links.listed_links()) == 2


def test_who_is_in_the_middle_is_counted_and_warned_of_before_the_close(folder: Path) -> None:
    survey = session(folder, shown=False)
    begun = phone(survey, answered=False)
    item = next(iter(shipped_framework().items))
    begun.segmented_control(keys.ROUND_STEP).set_value(item.module).run()
    begun.segmented_control(keys.answer(item.id)).set_value("yes").run()
    assert presence.answering_now(survey.id) == 1
    app = room(survey)
    assert "1 answering now" in everything(app)
    assert "1 person is still answering: unless they send, their answers are left out" in unescape(
        everything(app)
    )


def test_whoever_answered_and_is_quiet_since_is_told_of_before_the_close(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey = session(folder, shown=False)
    begun = phone(survey, answered=False)
    item = next(iter(shipped_framework().items))
    begun.segmented_control(keys.ROUND_STEP).set_value(item.module).run()
    begun.segmented_control(keys.answer(item.id)).set_value("yes").run()
    later = time.monotonic() + 4 * 60
    monkeypatch.setattr(presence, "time", SimpleNamespace(monotonic=lambda: later))
    assert presence.answering_now(survey.id) == 0
    store = CsvStore(folder, shipped_framework())
    for expected in (9, 7):
        store.revise(survey, survey := survey.model_copy(update={"expected": expected}))
        app = everything(room(survey))
        assert "answering now" not in app
        assert "1 person began, has clicked nothing for two minutes or more and has not sent" in app


def test_once_all_are_in_one_click_reveals_and_before_it_asks(folder: Path) -> None:
    survey = session(folder, shown=False)
    asks = "Nobody can answer any more, and the room sees the results. This cannot be taken back."
    assert asks in everything(room(survey))
    store = CsvStore(folder, shipped_framework())
    store.revise(survey, survey.model_copy(update={"expected": 7}))
    app = room(survey)
    assert asks not in everything(app)
    assert app.button(keys.ROOM_REVEAL).label == "Close and reveal"


def test_before_the_reveal_it_is_told_how_many_of_those_expected_are_missing(folder: Path) -> None:
    survey = session(folder, shown=False)
    missing = "2 of the 9 people expected have not answered."
    assert missing in everything(room(survey))
    over = survey.changed(opened_on=TODAY - timedelta(9), closes_on=TODAY - timedelta(3))
    CsvStore(folder, shipped_framework()).revise(survey, over)
    assert missing in everything(room(over))


def test_a_closed_session_is_not_asked_in_its_room_but_revealed(folder: Path) -> None:
    survey = session(folder, shown=False)
    assert "minutes for this step" in everything(room(survey))
    over = survey.changed(opened_on=TODAY - timedelta(9), closes_on=TODAY - timedelta(3))
    CsvStore(folder, shipped_framework()).revise(survey, over)
    app = room(over)
    sent, day = everything(app), words_in("en").date(over.closes_on)
    assert f"No more answers have been taken since {day}." in text_of(app)
    assert "Reveal the results…" in sent
    for text in ("14 questions", "Close and reveal", "minutes for this step"):
        assert text not in sent


def test_a_session_closed_under_its_minimum_is_opened_again_in_its_room(
    folder: Path, secrets: Path
) -> None:
    secrets.write_text('[access]\naddress = "https://decides.example.org"\n', encoding="utf-8")
    survey = session(folder, privacy="confidential", shown=False, voices=4)
    followed = phone(survey)
    CsvStore(folder, shipped_framework()).revise(survey, closed(survey, now=NOW))
    assert "too few have answered for a result to be shown" in text_of(followed.run())
    app = room(survey)
    assert keys.ROOM_INVITE not in {button.key for button in app.button}
    app.button(keys.ROOM_AGAIN).click().run()
    assert the_survey() == survey
    assert app.button(keys.ROOM_INVITE)
    for there in (followed.run(), phone(survey)):  # since before it was closed, or only now
        assert "Keep this page open if you meet now" in text_of(there)
    late = phone(survey, answered=False)
    assert "Begin" in [button.label for button in late.button]
    assert "No more answers have been taken since" not in text_of(late)


def test_more_answers_than_people_are_told_and_asked_about_before_the_reveal(folder: Path) -> None:
    survey = session(folder, shown=False)
    store = CsvStore(folder, shipped_framework())
    store.revise(survey, survey.model_copy(update={"expected": 6}))
    remark = "1 more than expected: somebody may have answered twice."
    sent = everything(room(survey))
    assert (
        "Nobody can answer any more, and the room sees the results. This cannot be taken back."
        in sent
    )
    assert remark in sent
    assert remark in text_of(app_on(page_files.ROUNDS))


def test_a_double_click_reveals_once_and_refuses_nothing(folder: Path) -> None:
    app = room(session(folder, shown=False))
    double_click(app, keys.ROOM_REVEAL)
    assert the_survey().revealed_at
    assert not app.error


def test_closing_reveals_to_the_room_alone_and_leads_to_the_headline(folder: Path) -> None:
    app = room(session(folder, shown=False))
    app.button(keys.ROOM_REVEAL).click().run()
    survey = the_survey()
    assert survey.revealed_at
    assert not survey.is_released
    assert app.query_params["step"] == "headline"
    sent = everything(app)
    assert "<b>1</b> decision you agree on" in sent
    assert "<b>1</b> you don&#x27;t agree on" in sent or "<b>1</b> you don't agree on" in sent
    # All seven answered, each one question: the verdict is of what the counts count.
    assert "Voices do not agree who decides on “Sprint content”." in unescape(sent)
    assert "Too few" not in sent


@pytest.mark.parametrize(
    ("answer", "counts"),
    [
        ("agreed", ["1 decision you agree on", "0 you don't agree on", "1 settled since"]),
        ("not-agreed", ["1 decision you agree on", "1 you don't agree on"]),
    ],
)
def test_the_headline_counts_apart_what_is_settled_since_and_calls_it_open_no_more(
    answer: str, counts: list[str], folder: Path
) -> None:
    survey = session(folder)
    made = agreement(survey=survey.id, agreed_on=TODAY, valid_until=TODAY)
    heard = confirmation(agreement_id=made.id, role="tl", answer="agreed")
    store = store_of(folder, made, heard)
    # While a role has yet to answer nothing is settled.
    sent = unescape(everything(room(survey)))
    still_open = "Voices do not agree who decides on “Sprint content”."
    assert ("settled since" in sent, still_open in sent) == (False, True)
    store.add([confirmation(agreement_id=made.id, role=made.decides, answer=answer)])
    sent = unescape(everything(room(survey)))
    assert (still_open in sent) is (answer == "not-agreed")
    counts_shown = re.findall(r"<b>(\d</b> [^<]+)", sent)
    counts_shown = [text.replace("</b>", "") for text in counts_shown]
    left = "0 have no decider"
    assert counts_shown == [*counts[:2], left, *counts[2:]]
    assert " · ".join(counts_shown) in text_of(phone(survey))


@pytest.mark.parametrize("shift", [-1, 0, 1])
def test_the_headline_and_its_verdict_count_an_agreement_only_while_it_holds(
    shift: int, folder: Path
) -> None:
    survey, first = session(folder), TODAY + timedelta(shift)
    made = agreement(survey=survey.id, agreed_on=first, valid_until=first)
    roles = ("tl", made.decides)
    heard = [confirmation(agreement_id=made.id, role=role, answer="agreed") for role in roles]
    store_of(folder, made, *heard)
    sent = unescape(everything(room(survey)))
    still_open = "Voices do not agree who decides on “Sprint content”." in sent
    count = "<b>1</b> you don't agree on" in sent
    assert (still_open, count, "settled since" in sent) == (shift != 0, shift != 0, shift == 0)


@pytest.mark.parametrize(
    ("language", "privacy", "voices", "missing"),
    [
        ("en", "confidential", 2, "3 more answers before the room can see the results"),
        ("fr", "confidential", 2, "Encore 3 réponses avant de pouvoir dévoiler les résultats"),
        ("en", "confidential", 4, "1 more answer before the room can see the results"),
        ("fr", "open", 0, "Encore 1 réponse avant de pouvoir dévoiler les résultats"),
    ],
)
def test_too_few_answers_are_counted_on_the_wall_and_in_the_list_and_no_reveal_is_promised(
    language: str, privacy: str, voices: int, missing: str, folder: Path
) -> None:
    survey = session(folder, privacy=privacy, shown=False, voices=voices)
    wall, listed = room(survey, language=language), app_on(page_files.ROUNDS, language=language)
    promises = words_in(language).gettext("Yes, reveal them")
    for app in (wall, listed):
        assert missing in everything(app)
        assert promises not in [button.label for button in app.button]
        assert words_in(language).gettext("Reveal the results…") not in everything(app)
        assert words_in(language).gettext("Close and reveal…") not in everything(app)


@pytest.mark.parametrize(
    ("url", "root"),
    [
        ("http://192.168.1.20:8501/room?survey=1", "http://192.168.1.20:8501"),
        ("http://192.168.1.20:8501/rounds", "http://192.168.1.20:8501"),
        ("https://example.org/governance/room", "https://example.org/governance"),
        ("https://example.org/governance/", "https://example.org/governance"),
    ],
)
def test_an_invitation_made_on_any_page_leads_to_where_the_app_begins(
    url: str, root: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site, "st", SimpleNamespace(context=SimpleNamespace(url=url)))
    made = NewInvitation(gathering(), "abcd")
    assert made.url == f"{root}/round?link=abcd"


# Where the room is stands in the address ----------------------------------------------------------


@pytest.mark.parametrize(
    ("parameters", "title"),
    [
        ({}, "What we see"),
        ({"step": "gather"}, "How Atlas decides"),
        ({"step": "walk"}, "What do we settle today?"),
        (SPRINT, "Sprint content"),
        ({**SPRINT, "do": "agree"}, r"Sprint content\: who has the last word?"),
        ({"step": "close"}, "What we take away"),
        ({"step": "elsewhere"}, "What we see"),
        ({"step": "walk", "topic": "decision.lunch"}, "What do we settle today?"),
        ({**SPRINT, "do": "harm", "ring": "999999999999999999999"}, "Sprint content"),
    ],
)
def test_a_reload_comes_back_to_the_same_screen_and_nonsense_to_one_that_there_is(
    parameters: dict[str, str], title: str, folder: Path
) -> None:
    assert room(session(folder), **parameters).title[0].value == title


def test_a_session_that_was_deleted_or_never_was_is_told(folder: Path) -> None:
    session(folder)
    app = app_on(page_files.ROOM, survey=str(UUID(int=5)))
    assert "This session was deleted" in text_of(app)
    assert app_on(page_files.ROOM, survey="nonsense").title[0].value == "The room"


def test_before_the_reveal_no_step_shows_anything(folder: Path) -> None:
    for parameters in (SPRINT, {"step": "close"}, {"step": "headline"}):
        app = room(session(folder, shown=False), **parameters)
        assert app.title[0].value == "How Atlas decides"
        assert "Sprint content" not in everything(app)


def test_the_room_chooses_its_topics_and_walks_them(folder: Path) -> None:
    app = room(session(folder), step="walk")
    assert "2 topics, 10 minutes each" in text_of(app)
    app.checkbox(keys.topic("pick", "item.single-channel")).set_value(False).run()
    assert app.query_params["walk"] == TOPIC
    assert "1 topic, 10 minutes: 6 to talk, the rest to settle it" in text_of(app)
    assert way(app, "next").label == "Next\\: “Sprint content”"
    way(app, "next").click().run()
    assert app.title[0].value == "Sprint content"
    way(app, "next").click().run()
    assert app.title[0].value == "What we take away"
    assert "Sprint content" in everything(app)
    way(app, "back").click().run()
    assert app.title[0].value == "Sprint content"


def test_a_second_click_on_a_way_leads_no_further(folder: Path) -> None:
    app = room(session(folder), step="walk")
    double_click(app, str(way(app, "next").key))
    assert app.title[0].value == "Sprint content"
    double_click(app, str(way(app, "next").key))
    assert app.title[0].value == "One channel for urgent requests"
    double_click(app, str(way(app, "back").key))
    assert app.title[0].value == "Sprint content"


def test_the_room_goes_straight_to_its_wrap_up_when_time_runs_out(folder: Path) -> None:
    app = room(session(folder), **SPRINT)
    app.button(keys.ROOM_WRAP_UP).click().run()
    assert app.title[0].value == "What we take away"


def steps_to_press(app: AppTest) -> list[str]:
    return [one.label for one in app.button if str(one.key).startswith(keys.way("step", ""))]


def test_a_step_is_pressed_once_it_may_be_reached_and_the_phones_follow(folder: Path) -> None:
    app = room(session(folder), step="walk")
    assert steps_to_press(app) == ["Gather", "Verdict", "Wrap up"]
    way(app, "next").click().run()
    assert the_survey().topic == ("decision", "sprint-content")
    app.button(keys.ROOM_AGREE).click().run()
    app.button(keys.way("step", "close")).click().run()
    assert app.title[0].value == "What we take away"
    assert the_survey().topic is None
    assert steps_to_press(app) == ["Gather", "Verdict", "Topics"]


def test_no_step_is_pressed_before_the_reveal_nor_while_a_vote_is_open(folder: Path) -> None:
    assert steps_to_press(room(session(folder, shown=False))) == []
    app = room(session(folder), **SPRINT)
    app.button(keys.ROOM_VOTE).click().run()
    assert steps_to_press(app) == []
    app.button(keys.ROOM_CALL_OFF).click().run()
    assert steps_to_press(app) == ["Gather", "Verdict", "Wrap up"]


def test_the_minutes_of_a_topic_begin_with_it_stop_and_outlast_a_reload(folder: Path) -> None:
    survey = session(folder)
    app = room(survey, step="walk")
    way(app, "next").click().run()
    assert "room-running" in everything(app)
    began = str(app.query_params["ring"])
    assert "room-running" in everything(room(survey, **SPRINT, ring=began))
    app.button(keys.ROOM_RING).click().run()
    assert "ring" not in app.query_params
    assert "room-running" not in everything(app)
    app.button(keys.ROOM_RING).click().run()
    assert "room-running" in everything(app)


def test_the_minutes_stop_though_the_browser_has_not_heard_that_they_began(folder: Path) -> None:
    app = room(session(folder), step="walk")
    heard = dict(app.query_params)
    way(app, "next").click().run()
    app.query_params = heard
    app.button(keys.ROOM_RING).click().run()
    assert app.title[0].value == "Sprint content"
    assert "ring" not in app.query_params


@pytest.mark.parametrize(
    ("language", "first", "step", "now"),
    [
        ("en", "1 minute for this step", "10 minutes for this step", ("minute ", " of 15")),
        (
            "fr",
            "1\u00a0minute pour cette étape",
            "10\u00a0minutes pour cette étape",
            ("minute ", " sur 15"),
        ),
    ],
)
def test_a_plan_of_fifteen_minutes_suggests_one_topic_and_each_step_says_how_far_it_is(
    language: str, first: str, step: str, now: tuple[str, str], folder: Path
) -> None:
    survey = session(folder)
    app = room(survey, step="walk", language=language)
    picks = [keys.topic("pick", TOPIC), keys.topic("pick", "item.single-channel")]
    assert [app.checkbox(pick).value for pick in picks] == [True, True]
    assert "2 minutes" in everything(app).replace("\xa0", " ")  # to choose among 45
    app.segmented_control(keys.ROOM_MINUTES).set_value(15).run()
    assert [app.checkbox(pick).value for pick in picks] == [True, False]
    assert first in everything(app)
    way(app, "next").click().run()
    sent = everything(app)
    assert step in sent
    assert "--minutes: 4;" in sent
    # Loaded again by who opened the room four minutes before the reveal: 15 - 4 - 4 are left.
    began = str(int(datetime.now(UTC).timestamp()) - 239)
    again = room(survey, **SPRINT, minutes="15", began=began, language=language)
    sent = unescape(everything(again)).replace('\\"', '"')
    assert step.replace("10", "7") in sent
    assert re.search(rf'{now[0]}<i style="--gone: \d+s"></i>{now[1]}', sent)


@pytest.mark.parametrize(
    ("language", "fits", "does_not", "settled"),
    [
        (
            "en",
            "1 topic, 7 minutes: 4 to talk, the rest to settle it",
            "2 topics do not fit in what is left: 7 minutes. Choose fewer, or more time.",
            "All that you chose is settled.",
        ),
        (
            "fr",
            "1 sujet, 7\u00a0minutes\u00a0: 4 pour en parler, le reste pour trancher",
            "2 sujets ne tiennent pas dans le temps qui reste\u00a0: 7\u00a0minutes.",
            "Tout ce que vous avez choisi est tranché.",
        ),
    ],
)
def test_the_sum_counts_what_is_left_and_tells_what_does_not_fit(
    language: str, fits: str, does_not: str, settled: str, folder: Path
) -> None:
    survey = session(folder)
    # Six and a half of fifteen minutes are gone, and two are for the close.
    at = {"step": "walk", "minutes": "15", "language": language}
    at["began"] = str(int(datetime.now(UTC).timestamp()) - 390)
    store = CsvStore(folder, shipped_framework())
    store.revise(survey, survey.model_copy(update={"revealed_at": NOW - timedelta(days=1)}))
    app = room(survey, **at)
    assert fits in text_of(app)
    app.checkbox(keys.topic("pick", "item.single-channel")).set_value(True).run()
    assert does_not in text_of(app)
    made = agreement(survey=survey.id, agreed_on=TODAY, valid_until=TODAY)
    store.add([made])
    app.run()
    assert fits in text_of(app)
    app.checkbox(keys.topic("pick", "item.single-channel")).set_value(False).run()
    waiting = "Nothing is left to settle; some roles have yet to answer."
    assert words_in(language).gettext(waiting) in text_of(app)
    store.add([confirmation(agreement_id=made.id, role=role) for role in ("po", "tl")])
    app.run()
    assert settled in text_of(app)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Answering alone takes about 19 minutes: too little is left to settle a topic."),
        (
            "fr",
            "Répondre prend à lui seul 19 minutes environ : il en reste trop peu pour trancher un "
            "sujet.",
        ),
    ],
)
def test_a_plan_that_answering_takes_up_is_told_where_it_is_chosen(
    language: str, sentence: str, folder: Path
) -> None:
    app = room(session(folder, shown=False), language=language)
    assert sentence not in unescape(everything(app)).replace("\xa0", " ")
    app.segmented_control(keys.ROOM_MINUTES).set_value(15).run()
    assert sentence in unescape(everything(app)).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("kept", "minutes", "age"),
    [
        ("15 {began}", "15", 240),
        ("15 ", "15", 0),
        ("15 99", "15", 0),  # of a meeting long ago
        ("17 {began}", None, 0),
        ("<b>", None, 0),
        (None, None, 0),
    ],
)
def test_a_room_opened_again_goes_on_with_the_plan_that_its_browser_kept(
    kept: str | None, minutes: str | None, age: int, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No server knows the plan: it may have started again since."""
    survey, asked = session(folder), []
    now = datetime.now(UTC).timestamp()
    text = kept.format(began=int(now) - 240) if kept else kept

    def browser(*, key: str, data: dict[str, Any], on_kept_change: Callable[[], None]) -> None:
        asked.append((data["subject"], data["keep"]))
        if data["ask"]:
            import streamlit as st

            st.session_state[key] = SimpleNamespace(kept={"text": text, "others": 0})
            on_kept_change()

    monkeypatch.setattr(browser_memory, "_component", browser)
    app = app_on(page_files.ROOM)
    app.button(keys.of_survey("room", survey.id)).click().run()
    app.run()
    assert app.query_params.get("minutes") == minutes
    began = int(app.query_params["began"])
    assert abs(now - age - began) < 100
    assert asked[-1] == (f"room {survey.id}", f"{minutes or 45} {began}")
    # What the room chooses later is not overruled.
    app.query_params["step"] = "walk"
    app.run()
    app.segmented_control(keys.ROOM_MINUTES).set_value(30).run()
    assert app.query_params["minutes"] == "30"
    assert asked[-1] == (f"room {survey.id}", f"30 {began}")


def test_no_minutes_run_for_a_topic_that_is_settled(folder: Path) -> None:
    survey = session(folder)
    store_of(folder, agreement(survey=survey.id, agreed_on=TODAY, valid_until=TODAY))
    app = room(survey, step="close", walk=TOPIC)
    way(app, "back").click().run()
    assert app.title[0].value == "Sprint content"
    assert "room-ring room" not in everything(app)
    assert keys.ROOM_RING not in [button.key for button in app.button]


def test_settled_topics_are_marked_and_the_next_open_one_is_named(folder: Path) -> None:
    survey = session(folder)
    app = room(survey, step="walk")
    assert "settled" not in "".join(box.label for box in app.checkbox)
    # A decision is told from an item by a word, and each says how many answered it.
    kinds = ["Decision · 7 of 7 answered", "Quick check · 7 of 7 answered"]
    for box, kind in zip(app.checkbox, kinds, strict=True):
        assert box.label.endswith(kind)
    assert kinds[0] in everything(room(survey, **SPRINT))
    made = agreement(survey=survey.id, agreed_on=TODAY, valid_until=TODAY)
    store = store_of(folder, made)
    labels = [box.label for box in room(survey, step="walk").checkbox]
    assert labels[0] == f"**Sprint content** · waiting for the PO and the Tech Lead · {kinds[0]}"
    store.add([confirmation(agreement_id=made.id, role=role) for role in ("po", "tl")])
    app = room(survey, step="walk")
    labels = [box.label for box in app.checkbox]
    assert labels[0] == f":material/check_circle: **Sprint content** · agreed · {kinds[0]}"
    assert "settled" not in labels[1]
    item = edition_in("en").texts.items["single-channel"].short
    assert way(app, "next").label == f"Next\\: “{item}”"


# Voting again -------------------------------------------------------------------------------------


def test_a_second_vote_is_secret_until_it_is_shown_beside_the_first_answers(folder: Path) -> None:
    survey = session(folder)
    app = room(survey, **SPRINT)
    phones = [phone(survey) for _ in range(2)]
    assert app.button(keys.ROOM_VOTE).label == "Vote"
    app.button(keys.ROOM_VOTE).click().run()
    assert the_survey().ballot == (survey.id, "sprint-content", 1)
    assert "<b>0</b> of 7 have voted" in everything(app)
    assert "After talking it over: who should have the last word?" in everything(app)
    assert "Who really decides this today?" not in everything(app)
    for device in phones:
        device.run()
        asked = text_of(device)
        assert "After talking it over: who should have the last word?" in asked
        example = edition_in("en").texts.lenses.decisions["sprint-content"].example
        assert f"For example: “{example}”" in asked
        assert "Who really decides this today?" not in asked
        assert list(device.pills[0].options)[-2:] == ["Nobody", "I don't know"]
        cast(device, "po")
        assert "Your vote is in." in text_of(device)
    cast(phones[0], "tl")
    app.run()
    sent = everything(app)
    assert "<b>2</b> of 7 have voted" in sent
    assert 'aria-label=\\"PO' not in sent
    assert {one.named for one in stored().votes} == {("po",), ("tl",)}
    assert len(stored().votes) == 3
    app.button(keys.ROOM_END_VOTE).click().run()
    sent = everything(app)
    assert "PO (1) and Tech Lead (1)" in sent
    assert "Next: agree on who has the last word." in sent
    assert app.button(keys.ROOM_VOTE).label == "Vote again"
    assert "room-running" not in sent
    # Each question stands over its own column, and neither over both.
    first, again = (
        f'<span class="room-rows-title">{title}<span class="room-asked">{question}</span></span>'
        for title, question in (
            ("First answers", "Who really decides this today?"),
            ("Vote 1: 2 of 7 have voted", "After talking it over: who should have the last word?"),
        )
    )
    assert f"<span></span>{first}{again}" in unescape(sent).replace('\\"', '"')
    assert "room-question" not in sent


def test_a_vote_is_called_off_while_nobody_has_voted_and_votes_that_are_in_stay(
    folder: Path,
) -> None:
    survey = session(folder)
    app = room(survey, **SPRINT)
    app.button(keys.ROOM_VOTE).click().run()
    app.button(keys.ROOM_CALL_OFF).click().run()
    assert the_survey().ballot is None
    assert "Vote 1" not in everything(app)
    late = phone(survey)
    assert "Send my vote" not in [button.label for button in late.button]
    assert "The room is talking about this now" in text_of(late)
    app.button(keys.ROOM_VOTE).click().run()
    cast(phone(survey), "po")
    app.run()
    assert keys.ROOM_CALL_OFF not in [button.key for button in app.button]
    assert "Votes that are in stay: show them, then vote again if you like." in everything(app)


def test_a_phone_that_reloads_still_knows_of_its_own_vote_in_this_pass_alone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened_by(browser: str) -> AppTest:
        cookies = {f"who-decides-browser-{survey.id}": browser * 16}
        monkeypatch.setattr(type(st.context), "cookies", cookies)
        return phone(survey)

    survey, store = session(folder), CsvStore(folder, shipped_framework())
    asking = asking_again(survey, "sprint-content", ())
    store.revise(survey, asking)
    cast(opened_by("aa"), "po")

    again, another = opened_by("aa"), opened_by("bb")
    assert "Your vote is in. You may change it until the room sees all votes." in text_of(again)
    assert again.button(keys.topic("send", "sprint-content-1")).label == "Change my vote"
    assert another.button(keys.topic("send", "sprint-content-1")).label == "Send my vote"

    over = vote_ended(asking)
    store.revise(asking, over)
    store.revise(over, asking_again(over, "sprint-content", stored().votes))
    second = keys.topic("send", "sprint-content-2")
    assert opened_by("aa").button(second).label == "Send my vote"


def test_a_phone_in_a_vote_says_that_it_cannot_look_whether_its_vote_is_in(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey = session(folder)
    asking = asking_again(survey, "sprint-content", ())
    CsvStore(folder, shipped_framework()).revise(survey, asking)

    def fails(_voter: object) -> NoReturn:
        raise StorageError("The disk of this store is full")

    monkeypatch.setattr(follow, "has_voted", fails)
    assert "The server could not store or read this for certain" in text_of(phone(survey))


def test_a_vote_after_the_close_is_refused_and_nothing_stored_changes(folder: Path) -> None:
    survey = session(folder)
    store = CsvStore(folder, shipped_framework())
    asking = asking_again(survey, "sprint-content", ())
    store.revise(survey, asking)
    late = phone(survey)
    store.revise(asking, vote_ended(asking))
    key = keys.topic("vote", "sprint-content-1")
    late.session_state[key] = "po"
    late.button(keys.topic("send", "sprint-content-1")).click().run()
    assert stored().votes == ()


def test_an_empty_vote_and_a_forged_one_are_refused_beside_the_button(folder: Path) -> None:
    survey = session(folder)
    store = CsvStore(folder, shipped_framework())
    store.revise(survey, asking_again(survey, "sprint-content", ()))
    app = phone(survey)
    app.button(keys.topic("send", "sprint-content-1")).click().run()
    assert "choose one, then send" in text_of(app).lower()
    assert stored().votes == ()


def test_a_phone_that_did_not_answer_or_whose_link_ended_does_not_vote(folder: Path) -> None:
    survey = session(folder)
    store = CsvStore(folder, shipped_framework())
    store.revise(survey, asking_again(survey, "sprint-content", ()))
    stranger = phone(survey, answered=False)
    assert "The person who invited you can show you the results." in text_of(stranger)
    assert "Who really decides this today?" not in text_of(stranger)
    link, token = known_link("invite", round_id=survey.id)
    app = phone(survey, token=token)
    app.pills(keys.topic("vote", "sprint-content-1")).set_value("po").run()
    shared_links.revoke(link.link_id, now=datetime.now(UTC))
    app.button(keys.topic("send", "sprint-content-1")).click().run()
    assert stored().votes == ()
    assert app.title[0].value == "This link is not valid"


def test_under_five_votes_stay_hidden_in_a_confidential_session(folder: Path) -> None:
    survey = session(folder, privacy="confidential")
    store = CsvStore(folder, shipped_framework())
    asking = asking_again(survey, "sprint-content", ())
    store.revise(survey, asking)
    store.add([_vote(asking, "po") for _ in range(4)])
    app = room(asking, **SPRINT)
    warning = "shows a vote from 5 voices on: ended now, this one stays hidden."
    assert warning in text_of(app)
    app.button(keys.ROOM_END_VOTE).click().run()
    assert "4 votes: a confidential session shows a vote from 5 on." in everything(app)
    assert "PO (4)" not in everything(app)
    assert "PO (4)" not in everything(phone(survey))


@pytest.mark.parametrize(
    ("language", "votes", "says"),
    [
        ("en", 3, "1 of 4 has not voted yet, and cannot once it is ended. A confidential "),
        ("en", 2, "2 of 4 have not voted yet, and cannot once it is ended. A confidential "),
        ("fr", 3, "1 personne sur 4 n’a pas encore voté et ne pourra plus le faire une fois ce "),
        ("fr", 1, "3 personnes sur 4 n’ont pas encore voté et ne pourront plus le faire une fois "),
        ("en", 4, "A confidential session shows a vote from 5 voices on: ended now, "),
        ("fr", 4, "Une session confidentielle montre un vote à partir de 5 voix : terminé "),
    ],
)
def test_of_a_vote_that_would_stay_hidden_none_reads_that_it_is_shown(
    language: str, votes: int, says: str, folder: Path
) -> None:
    whole = session(folder, privacy="confidential", voices=4, shown=False)
    few = whole.changed(least_voices=3)
    survey = revealed(few, voices=4, now=datetime.now(UTC))
    asking = asking_again(survey, "sprint-content", ())
    store = CsvStore(folder, shipped_framework())
    for before, after in ((whole, few), (few, survey), (survey, asking)):
        store.revise(before, after)
    store.add([_vote(asking, "po") for _ in range(votes)])
    told = text_of(room(asking, language=language, **SPRINT)).replace("\xa0", " ").splitlines()
    assert [line.startswith(says) for line in told].count(True) == 1


def test_votes_that_would_show_are_shown_in_one_click_once_all_have_voted(folder: Path) -> None:
    survey = session(folder, privacy="confidential")
    asking = asking_again(survey, "sprint-content", ())
    store = CsvStore(folder, shipped_framework())
    store.revise(survey, asking)
    store.add([_vote(asking, "po") for _ in range(6)])
    app, asks = room(asking, **SPRINT), "has not voted yet: once shown, this vote takes no more."
    assert f"1 of 7 {asks}" in text_of(app)
    assert "stays hidden" not in text_of(app)
    store.add([_vote(asking, "po")])
    app.run()
    assert asks not in text_of(app)
    assert app.button(keys.ROOM_END_VOTE).label == "Show the votes"
    app.button(keys.ROOM_END_VOTE).click().run()
    assert "PO (7)" in everything(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_before_votes_are_shown_it_is_told_how_many_have_not_voted(
    language: str, folder: Path
) -> None:
    survey = session(folder)
    asking = asking_again(survey, "sprint-content", ())
    store = CsvStore(folder, shipped_framework())
    store.revise(survey, asking)
    store.add([_vote(asking, "po") for _ in range(2)])
    app = room(asking, language=language, **SPRINT)
    asked = {"en": "5 of 7 have not voted yet", "fr": "5 personnes sur 7 n’ont pas encore voté"}
    assert asked[language] in text_of(app).replace("\xa0", " ")
    app.button(keys.ROOM_END_VOTE).click().run()
    assert "PO (2)" in everything(app)


@pytest.mark.parametrize(
    ("votes", "says"),
    [
        ("po po po tl", IN_VOTE),
        ("pm pm unclear unclear unclear unclear unclear", IN_VOTE),
        ("po po tl tl", "Tied in the vote: PO (2), Tech Lead (2)."),
        ("", "Tied in the first answers: PM (2), PO (2)."),
    ],
)
def test_an_agreement_says_what_chose_the_role_that_it_begins_with(
    votes: str, says: str, folder: Path
) -> None:
    survey = session(folder)
    asking = asking_again(survey, "sprint-content", ())
    store = CsvStore(folder, shipped_framework())
    store.revise(survey, asking)
    store.add([_vote(asking, role) for role in votes.split()])
    store.revise(asking, vote_ended(asking))
    form = room(survey, **SPRINT, do="agree")
    assert says in everything(form)
    assert ("Proposed:" in everything(form)) == says.startswith("Proposed")
    chosen = form.pills(keys.topic("decides", TOPIC)).value
    assert chosen == (votes.split()[0] if says == IN_VOTE else None)


def test_an_agreement_begun_with_what_most_answered_says_so(folder: Path) -> None:
    form = room(session(folder, voices=3), **SPRINT, do="agree")
    assert form.pills(keys.topic("decides", TOPIC)).value == "pm"
    assert IN_FIRST_ANSWERS in everything(form)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_proposal_is_of_those_who_could_tell_where_most_find_it_unclear(
    language: str, folder: Path
) -> None:
    survey, store = session(folder, voices=2), CsvStore(folder, shipped_framework())  # both name PM
    unclear = {"deciders": {"sprint-content": ("unclear",)}}
    store.add(
        [
            answer_as_stored(assessment(assessment_id=uuid4(), deep=unclear), survey)
            for _ in range(5)
        ]
    )
    form = room(survey, language=language, **SPRINT, do="agree")
    assert form.pills(keys.topic("decides", TOPIC)).value == "pm"
    told = {
        "en": IN_FIRST_ANSWERS,
        "fr": "Proposition : le rôle que citent la plupart de ceux qui ont su répondre, aux "
        "premières réponses.",
    }
    assert told[language] in everything(form).replace("\xa0", " ").replace("\u202f", " ")


def _vote(asking: Survey, role: str) -> Any:
    ballot = asking.ballot
    assert ballot
    fields = dict(zip(("gathering", "decision", "pass_number"), ballot, strict=True))
    return vote(vote_id=uuid4(), voter=uuid4(), named=(role,), **fields)


# Agreeing -----------------------------------------------------------------------------------------


def test_three_clicks_agree_with_what_the_second_vote_says_and_roles_confirm(folder: Path) -> None:
    survey = session(folder)
    store = CsvStore(folder, shipped_framework())
    asking = asking_again(survey, "sprint-content", ())
    store.revise(survey, asking)
    store.add([_vote(asking, role) for role in ("po", "po", "po", "po", "tl", "tl", "pm")])
    store.revise(asking, vote_ended(asking))
    app = room(survey, **SPRINT)
    app.button(keys.ROOM_AGREE).click().run()
    app.button(keys.topic("agreed", TOPIC)).click().run()
    assert not app.exception
    (agreement,) = stored().agreements
    assert (agreement.decision, agreement.decides) == ("sprint-content", "po")
    assert agreement.consulted == ("tl",)
    assert agreement.survey == survey.id
    assert agreement.agreed_on == TODAY or abs(agreement.agreed_on - TODAY) <= timedelta(days=1)
    assert "Sprint content: the PO decides, consults the Tech Lead; until" in text_of(app)
    assert "Tech Lead: still to confirm" in everything(app)
    assert "Confirm on your phones, or tick your role here" in everything(app)

    name = str(agreement.agreement_id)
    # Of one role the answers are open at once; who holds none of them has nothing to do.
    nothing = "Nothing for you to do here."
    for chosen, said in (("team", nothing), ("tl", "I answer for: Tech Lead")):
        own = phone(survey)
        own.session_state[keys.ROUND_ROLES] = {survey.id: chosen}
        own.run()
        assert not own.pills
        assert [radio.label for radio in own.radio] == ["My answer"] * (chosen == "tl")
        assert {said, "- Tech Lead: still to confirm"} <= {*text_of(own).splitlines()}
    lead = phone(survey)
    assert "Not your role? Then there is nothing for you to do here." in text_of(lead)
    assert list(lead.pills(keys.topic("for", name)).options) == ["PO", "Tech Lead"]
    lead.session_state[keys.topic("for", name)] = "tl"
    lead.run()
    lead.radio(keys.topic("answer", f"{name}-tl")).set_value("with-reservation").run()
    lead.text_input(keys.topic("reserve", f"{name}-tl")).set_value("not in the last week").run()
    lead.button(keys.topic("confirm", f"{name}-tl")).click().run()
    lead.run()
    (confirmation,) = stored().confirmations
    assert (confirmation.role, confirmation.answer) == ("tl", "with-reservation")
    app.run()
    reserves = "Tech Lead: agrees, with a reservation (not in the last week)"
    assert reserves in everything(app)
    assert "PO: still to confirm" in everything(app)
    assert "Waiting for" not in everything(app) + text_of(lead)
    assert f" · {reserves}" in everything(room(survey, step="end"))
    assert " · Tech Lead: agrees, with a reservation" in everything(room(survey, **SPRINT))
    closing = everything(room(survey, step="close"))
    assert "until " in closing.partition("Sprint content: the PO decides")[2]
    assert " · Tech Lead: agrees, with a reservation (not in the last week)" in closing
    lead.run()
    assert "Tech Lead: agrees, with a reservation (not in the last week)" in text_of(lead)
    # Only who has yet to confirm is offered; once all have, nobody is.
    assert list(lead.pills(keys.topic("for", name)).options) == ["PO"]
    app.run()
    # On the wall nobody is ticked until somebody says so; who answers again is heard last.
    for answer, label, sentence in (
        ("not-agreed", "Does not agree", "PO: does not agree"),
        (
            "with-reservation",
            "With a reservation",
            "PO: did not agree before, has agreed with a reservation since",
        ),
        ("agreed", "PO agrees", "PO: did not agree before, has agreed since"),
    ):
        order = [button.key for button in app.button]
        answers = [keys.topic("answer", way) for way in CONFIRMATION_ANSWERS]
        answers.append(keys.topic("otherwise-button", TOPIC))
        assert answers == [key for key in order if key in answers]
        assert [app.button(key).disabled for key in answers] == [True, True, True, False]
        app.pills(keys.topic("confirm", name)).set_value(["po"]).run()
        assert app.button(keys.topic("answer", answer)).label == label
        app.button(keys.topic("answer", answer)).click().run()
        assert sentence in everything(app)
        # Nothing moves to where the button was that was just pressed.
        assert order == [button.key for button in app.button]
        not_settled = "Refused by a role."
        assert (not_settled in everything(app)) == (answer == "not-agreed")
    assert "Every role has answered; the latest answer counts" in everything(app)
    complete = "Agreed by every role, with reservations: it holds from"
    assert complete in everything(app)
    lead.run()
    assert not lead.pills
    assert "PO: did not agree before, has agreed since" in text_of(lead)
    assert complete in text_of(lead)
    # On its topic the decision's name stands above: one colon tells what was decided.
    assert "Agreed: the PO decides, consults the Tech Lead; until" in everything(
        room(survey, **SPRINT)
    )


def test_the_wall_stores_nothing_over_an_answer_that_came_from_a_phone_unseen(
    folder: Path,
) -> None:
    survey = session(folder)
    app = room(survey, **SPRINT, do="agree")
    app.pills(keys.topic("decides", TOPIC)).set_value("po").run()
    app.button(keys.topic("agreed", TOPIC)).click().run()
    (agreement,) = stored().agreements
    app.pills(keys.topic("confirm", str(agreement.id))).set_value(["po"]).run()
    answer = confirmation(agreement_id=agreement.id, role="po", answer="not-agreed")
    CsvStore(folder, shipped_framework()).add([answer])
    double_click(app, keys.topic("answer", "agreed"))
    assert stored().confirmations == (answer,)
    assert "Meanwhile the PO has answered" in text_of(app)
    since_conflict(app, keys.topic("answer", "agreed")).click().run()
    assert [given.answer for given in stored().confirmations] == ["not-agreed", "agreed"]


@pytest.mark.parametrize("again", ["pm", "po"])
def test_of_two_screens_that_agree_otherwise_one_is_told(again: str, folder: Path) -> None:
    survey = session(folder)
    one, other = (room(survey, **SPRINT, do="agree") for _ in range(2))
    one.pills(keys.topic("decides", TOPIC)).set_value("po").run()
    other.pills(keys.topic("decides", TOPIC)).set_value(again).run()
    one.button(keys.topic("agreed", TOPIC)).click().run()
    (made,) = stored().agreements
    other.button(keys.topic("agreed", TOPIC)).click().run()
    assert stored().agreements == (made,)
    assert ("Somebody changed this meanwhile" in text_of(other)) == (again != "po")
    assert "Sprint content: the PO decides" in text_of(other)


def test_a_second_click_agrees_on_what_the_first_one_did(folder: Path) -> None:
    app = room(session(folder), **SPRINT, do="agree")
    app.pills(keys.topic("decides", TOPIC)).set_value("po").run()
    double_click(app, keys.topic("agreed", TOPIC))
    assert [made.decides for made in stored().agreements] == ["po"]
    assert not app.error


@pytest.mark.parametrize("is_stored", [False, True])
def test_roles_that_agree_together_are_stored_together_once(
    is_stored: bool, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey = session(folder)
    made = agreement(survey=survey.id, decision="sprint-content", agreed_on=TODAY)
    store_of(folder, made)
    app = room(survey, **SPRINT, do="agree")
    ticks, adding = keys.topic("confirm", str(made.id)), CsvStore.add

    def failing(store: CsvStore, *given: Any, **further: Any) -> int:
        if is_stored:
            adding(store, *given, **further)
        raise StorageError("the disk is full")

    app.pills(ticks).set_value(["po", "tl"]).run()
    with monkeypatch.context() as broken:
        broken.setattr(CsvStore, "add", failing)
        app.button(keys.topic("answer", "agreed")).click().run()
    assert "The disk is full" in text_of(app)
    assert app.pills(ticks).value == ["po", "tl"]
    app.button(keys.topic("answer", "agreed")).click().run()
    assert [one.role for one in stored().confirmations] == ["po", "tl"]
    assert app.pills(ticks).value == []
    app.pills(ticks).set_value(["po", "tl"]).run()
    double_click(app, keys.topic("answer", "not-agreed"))
    assert [one.role for one in stored().confirmations] == ["po", "tl", "po", "tl"]


@pytest.mark.parametrize("is_stored", [False, True])
def test_a_role_that_agrees_after_all_agrees_though_its_first_yes_failed(
    is_stored: bool, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey = session(folder)
    made = agreement(survey=survey.id, decision="sprint-content", agreed_on=TODAY)
    store_of(folder, made)
    app, adding = room(survey, **SPRINT, do="agree"), CsvStore.add

    def failing(store: CsvStore, *given: Any, **further: Any) -> int:
        if is_stored:
            adding(store, *given, **further)
        raise StorageError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(CsvStore, "add", failing)
        app.pills(keys.topic("confirm", str(made.id))).set_value(["po"]).run()
        app.button(keys.topic("answer", "agreed")).click().run()
    for answer in ("not-agreed", "agreed"):
        app.pills(keys.topic("confirm", str(made.id))).set_value(["po"]).run()
        app.button(keys.topic("answer", answer)).click().run()
    answers = Agreements(shipped_framework(), (made,), stored().confirmations).on(
        TODAY + timedelta(days=1)
    )
    assert answers.answers(made) == {"po": "agreed"}


def test_of_two_screens_that_take_an_action_otherwise_one_is_told(folder: Path) -> None:
    survey, name = session(folder), "item.single-channel"
    one, other = (room(survey, step="walk", topic=name, do="act") for _ in range(2))
    one.pills(keys.topic("owner", name)).set_value("po").run()
    other.pills(keys.topic("owner", name)).set_value("tl").run()
    for told, app in enumerate((one, other)):
        app.button(keys.topic("act", name)).click().run()
        assert ("Somebody changed this meanwhile" in text_of(app)) == bool(told)
        assert [action.owner for action in stored().actions] == ["po"]
    # It looked at it again: now its change is one.
    since_conflict(other, keys.topic("act", name)).click().run()
    assert [action.owner for action in stored().actions] == ["tl"]


def test_of_two_screens_that_change_an_action_one_is_told(folder: Path) -> None:
    survey, name = session(folder), "item.single-channel"
    key = keys.topic("act", name)
    room(survey, step="walk", topic=name, do="act").button(key).click().run()
    one, other = (room(survey, step="walk", topic=name, do="act") for _ in range(2))
    one.pills(keys.topic("owner", name)).set_value("po").run()
    other.pills(keys.topic("owner", name)).set_value("tl").run()
    for told, app in enumerate((one, other)):
        app.button(key).click().run()
        assert ("Somebody changed this meanwhile" in text_of(app)) == bool(told)
        assert [action.owner for action in stored().actions] == ["po"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_role_that_must_not_decide_by_the_articles_is_told_before_it_is_agreed_on(
    language: str, folder: Path
) -> None:
    survey, words = session(folder), words_in(language)
    app = room(survey, **SPRINT, do="agree", language=language)
    against = words.gettext(
        "By the playbook, {role} should not decide this. You may agree on it all the same; the "
        "charter will say so."
    )
    role = edition_in(language).texts.roles["cpo"].with_article
    sentence = against.format(role=role)
    assert sentence not in unescape(everything(app))
    app.pills(keys.topic("decides", TOPIC)).set_value("cpo").run()
    assert sentence in unescape(everything(app))
    app.button(keys.topic("agreed", TOPIC)).click().run()
    assert stored().agreements[0].decides == "cpo"


def test_what_a_room_agrees_replaces_the_latest_agreement_although_that_is_over(
    folder: Path,
) -> None:
    survey, week = session(folder), timedelta(days=7)
    first = agreement(agreed_on=TODAY - 2 * week, valid_until=TODAY + week)
    over = agreement(agreed_on=TODAY - week, valid_until=TODAY - week, supersedes=first.id)
    store_of(folder, first, over)

    app = room(survey, **SPRINT, do="agree")
    app.pills(keys.topic("decides", TOPIC)).set_value("po").run()
    app.button(keys.topic("agreed", TOPIC)).click().run()

    assert not app.exception
    assert [agreed.supersedes for agreed in stored().agreements] == [None, first.id, over.id]


@pytest.mark.parametrize(
    ("language", "tie", "in_answers"),
    [
        ("en", "Tied: PM (2), PO (2).", "Tied in the first answers: PM (2), PO (2)."),
        (
            "fr",
            "Égalité\xa0: PM (2), PO (2).",
            "Égalité dans les premières réponses\xa0: PM (2), PO (2).",
        ),
    ],
)
def test_a_tie_is_told_and_nobody_is_ticked_before_the_room_speaks(
    language: str, tie: str, in_answers: str, folder: Path
) -> None:
    survey = session(folder)
    wall = room(survey, **SPRINT, do="agree", language=language)
    assert in_answers in everything(wall)
    assert wall.pills(keys.topic("decides", TOPIC)).value is None
    assert wall.pills(keys.topic("heard", TOPIC)).value == []
    at = {"squad": survey.squad, "view": "who-decides", "language": language}
    desk = app_on(page_files.SQUAD, **at)
    desk.button(keys.agreement("settle", "sprint-content")).click().run()
    assert tie in text_of(desk)
    assert [pills.value for pills in desk.pills if "decides" in str(pills.key)] == [None]
    assert [pills.value for pills in desk.pills if "consulted" in str(pills.key)] == [[]]


def test_what_a_room_has_begun_is_in_no_form_of_another_session(folder: Path) -> None:
    first, second = session(folder), session(folder)
    app = room(first, **SPRINT, do="agree")
    app.pills(keys.topic("decides", TOPIC)).set_value("em").run()
    app.text_input(keys.topic("limits", TOPIC)).set_value("words of the first room").run()
    app.text_input(keys.topic("escalation", TOPIC)).set_value("to somebody there").run()
    app.query_params["do"] = ""
    assert "Begun, not agreed yet." in everything(app.run())
    app.query_params["survey"] = str(second.id)
    assert "Begun, not agreed yet." not in everything(app.run())
    app.query_params["do"] = "agree"
    app.run()
    assert app.pills(keys.topic("decides", TOPIC)).value is None
    assert app.text_input(keys.topic("limits", TOPIC)).value == ""
    assert app.text_input(keys.topic("escalation", TOPIC)).value == ""
    app.query_params["step"], app.query_params["do"] = "close", "act"
    words = keys.topic("words", f"more-{app.run().selectbox(keys.ROOM_LEVER).value}")
    app.text_area(words).set_value("a move of the second room").run()
    app.query_params["survey"] = str(first.id)
    assert app.run().text_area(words).value != "a move of the second room"


@pytest.mark.parametrize(
    ("language", "label"),
    [("en", "Limits and escalation…"), ("fr", "Limites et recours…")],
)
def test_limits_and_escalation_are_agreed_by_the_room(
    language: str, label: str, folder: Path
) -> None:
    survey = session(folder)
    app = room(survey, **SPRINT, do="agree", language=language)
    assert f'label: "{label}"' in everything(app)
    app.pills(keys.topic("decides", TOPIC)).set_value("po").run()
    app.text_input(keys.topic("limits", TOPIC)).set_value("two days of work").run()
    app.text_input(keys.topic("escalation", TOPIC)).set_value("to the PM after a day").run()
    app.button(keys.topic("agreed", TOPIC)).click().run()
    assert not app.exception
    (made,) = stored().agreements
    assert (made.limits, made.escalation) == ("two days of work", "to the PM after a day")
    assert made.survey == survey.id
    # A change begins with them.
    app.button(keys.topic("otherwise-button", TOPIC)).click().run()
    assert app.text_input(keys.topic("limits", str(made.id))).value == made.limits


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_change_begins_with_what_was_agreed_and_replaces_nothing_unless_something_changes(
    language: str, folder: Path
) -> None:
    survey, words = session(folder), words_in(language)
    made = agreement(
        survey=survey.id,
        agreed_on=TODAY,
        valid_until=TODAY + timedelta(days=90),
        decides="po",
        consulted=("pm", "tl"),
    )
    answers = [
        confirmation(confirmation_id=uuid4(), agreement_id=made.id, role=role, answer=answer)
        for role, answer in (("po", "agreed"), ("pm", "with-reservation"), ("tl", "not-agreed"))
    ]
    store_of(folder, made, *answers)
    name = str(made.id)

    def changing() -> AppTest:
        app = room(survey, **SPRINT, do="agree", language=language)
        app.button(keys.topic("otherwise-button", TOPIC)).click().run()
        assert app.pills(keys.topic("decides", name)).value == "po"
        assert app.pills(keys.topic("heard", name)).value == ["pm", "tl"]
        assert app.date_input(keys.topic("until", name)).value == made.valid_until
        once = "The answer already given will be asked again."
        text = "The {count} answers already given will be asked again."
        assert words.ngettext(once, text, 3).format(count=3) in everything(app)
        return app

    # Left without a change, or agreed on as it stands, it stays, and so do its answers.
    for leave in ("back", "agreed"):
        app = changing()
        button = way(app, "back") if leave == "back" else app.button(keys.topic("agreed", TOPIC))
        button.click().run()
        assert not app.exception
        assert words.gettext("Change the agreement…") in [button.label for button in app.button]
    assert stored().agreements == (made,)
    # Whoever leaves the form otherwise finds the confirmations again.
    way(changing(), "next").click().run()
    again = room(survey, **SPRINT, language=language)
    again.button(keys.ROOM_AGREE).click().run()
    assert words.gettext("Change the agreement…") in [button.label for button in again.button]
    # Something else is another agreement, which keeps what the form does not show.
    app = changing()
    app.pills(keys.topic("heard", name)).set_value(["tl"]).run()
    app.button(keys.topic("agreed", TOPIC)).click().run()
    _made, other = stored().agreements
    assert (other.decides, other.consulted, other.supersedes) == ("po", ("tl",), made.id)
    assert (other.limits, other.escalation) == (made.limits, made.escalation)
    assert words.gettext("Change the agreement…") in [button.label for button in app.button]


def test_an_action_is_taken_from_the_lever_of_an_item_once(folder: Path) -> None:
    survey = session(folder)
    parameters = {"step": "walk", "topic": "item.single-channel", "do": "act"}
    for _time in range(2):
        app = room(survey, **parameters)
        app.button(keys.topic("act", "item.single-channel")).click().run()
        assert not app.exception
    (action,) = stored().actions
    assert action.squad == "Atlas"
    # Due in thirty days: the next look lies the day after, not in the usual four weeks.
    sent = everything(room(survey, step="close"))
    assert "We will do" in sent
    assert action.due_on
    closing = room(survey, step="close")
    proposed = closing.date_input(keys.ROOM_NEXT_DAY).value
    assert isinstance(proposed, date)
    assert 1 <= (proposed - action.due_on).days <= 3  # three where the day after is a Saturday
    assert proposed.strftime("%a") not in ("Sat", "Sun")


@pytest.mark.parametrize(("language", "following"), [("en", "Next topic"), ("fr", "Sujet suivant")])
def test_a_topic_that_is_decided_shows_what_was_decided_and_leads_on(
    language: str, following: str, folder: Path
) -> None:
    survey = session(folder)
    app = room(survey, step="walk", topic="item.single-channel", do="act", language=language)
    app.button(keys.topic("act", "item.single-channel")).click().run()
    (action,) = stored().actions
    words, texts = words_in(language), edition_in(language).texts
    assert action.due_on
    title = " · ".join((texts.levers["single-channel"].title, "PM", words.date(action.due_on)))
    assert words.gettext("Decided: {title}").format(title=title) in everything(app)
    assert keys.ROOM_AGREE not in [button.key for button in app.button]
    assert way(app, "next").label in (following, words.gettext("Wrap up"))


def test_the_ring_runs_for_the_six_minutes_that_a_topic_is_talked_about(folder: Path) -> None:
    # Two topics in 35 minutes: ten each at most, of which the ring is for the talk.
    survey = session(folder)
    plan = text_of(room(survey, step="walk"))
    assert "10 minutes each: 6 to talk, the rest to settle" in plan
    sent = everything(room(survey, **SPRINT))
    assert "6 minutes for this topic" in sent
    assert "--minutes: 6;" in sent


def test_an_action_that_was_dropped_is_to_be_done_again_once_the_room_says_so(folder: Path) -> None:
    survey = session(folder)
    act, close = {"step": "walk", "topic": "item.single-channel", "do": "act"}, {"step": "close"}
    app, taken = room(survey, **act), keys.topic("act", "item.single-channel")
    app.button(taken).click().run()
    (action,) = stored().actions
    over = action.model_copy(update={"status": "dropped", "ended_on": TODAY})
    CsvStore(folder, shipped_framework()).revise(action, over)
    lever = edition_in("en").texts.levers["single-channel"].title
    does, left = everything(room(survey, **close)).split("Left open")
    assert lever not in does
    assert f"<li>{edition_in('en').texts.items['single-channel'].short}</li>" in left
    assert keys.ROOM_AGREE in [button.key for button in room(survey, **{**act, "do": ""}).button]

    room(survey, **act).button(taken).click().run()
    assert stored().actions == (action,)
    assert lever in everything(room(survey, **close)).split("Left open")[0]


def test_an_action_that_was_done_stays_done_where_its_words_are_changed(folder: Path) -> None:
    survey = session(folder)
    act = {"step": "walk", "topic": "item.single-channel", "do": "act"}
    taken = keys.topic("act", "item.single-channel")
    room(survey, **act).button(taken).click().run()
    (action,) = stored().actions
    done = action.model_copy(update={"status": "done", "ended_on": TODAY})
    CsvStore(folder, shipped_framework()).revise(action, done)

    app = room(survey, **act)
    app.text_area(keys.topic("words", "item.single-channel")).set_value("Ana asks first")
    app.button(taken).click().run()
    assert stored().actions == (done.model_copy(update={"note": "Ana asks first"}),)


WORDS = {"en": "Ana lists every ticket that came by chat", "fr": "Lister les tickets venus du chat"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_action_is_put_in_the_rooms_own_words_and_its_owner_changed_at_the_close(
    language: str, folder: Path
) -> None:
    survey, words, texts = session(folder), words_in(language), edition_in(language).texts
    name = "item.single-channel"
    app = room(survey, step="walk", topic=name, do="act", language=language)
    field = app.text_area(keys.topic("words", name))
    assert field.value == texts.levers["single-channel"].step
    field.set_value(WORDS[language]).run()
    owner = app.pills(keys.topic("owner", name))
    assert owner.options[-1] == words.gettext("Nobody yet")
    owner.set_value(None).run()
    app.button(keys.topic("act", name)).click().run()
    assert not stored().actions
    refusal = "say whose move it is: choose a role, or “Nobody yet”"
    assert words.gettext(refusal).lower() in text_of(app).lower()
    app.pills(keys.topic("owner", name)).set_value("nobody").run()
    app.button(keys.topic("act", name)).click().run()
    (action,) = stored().actions
    assert (action.note, action.owner) == (WORDS[language], None)

    closing = room(survey, step="close", language=language)
    title, nobody = texts.levers["single-channel"].title, words.gettext("nobody named yet")
    label = words.gettext("{words} (lever: {lever})", words=WORDS[language], lever=title)
    assert f"{label} · {nobody} · " in unescape(everything(closing))
    closing.button(keys.ROOM_CHANGE_ACTIONS).click().run()
    owner = closing.pills(keys.topic("owner", f"more-{action.id}"))
    nobody_yet = words.gettext("Nobody yet")
    assert set(owner.options) == {role.short for role in texts.roles.values()} | {nobody_yet}
    assert owner.value == "nobody"
    owner.set_value("po").run()
    closing.text_input(keys.topic("name", f"more-{action.id}")).set_value("Sofia").run()
    next(b for b in closing.button if b.label == words.gettext("Save")).click().run()
    (action,) = stored().actions
    assert (action.note, action.owner, action.owner_name) == (WORDS[language], "po", "Sofia")
    assert f"{label} · {texts.roles['po'].short} (Sofia) · " in unescape(everything(closing))


def test_the_first_step_of_a_lever_is_stored_only_where_it_was_put_otherwise(folder: Path) -> None:
    app = room(session(folder), step="walk", topic="item.single-channel", do="act")
    app.button(keys.topic("act", "item.single-channel")).click().run()
    (action,) = stored().actions
    assert action.note == ""


# What the phones show of the talk -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "sentence", "question", "for_example"),
    [
        (
            "en",
            "The room is talking about this now",
            "Who really decides this today?",
            "For example: “{}”",
        ),
        (
            "fr",
            "La salle en parle en ce moment",
            "Qui décide vraiment cela aujourd’hui\u202f?",
            french("Par exemple : « {} »"),
        ),
    ],
)
@pytest.mark.parametrize("privacy", ["open", "confidential"])
def test_phones_show_the_question_the_room_talks_about_and_no_answer_to_it(
    language: str, sentence: str, question: str, for_example: str, privacy: str, folder: Path
) -> None:
    survey = session(folder, privacy=privacy)
    before = text_of(phone(survey, language=language)).splitlines()
    app = room(survey, step="walk")
    way(app, "next").click().run()
    assert (the_survey().asked_again, the_survey().ballot) == ("sprint-content", None)
    text = edition_in(language).texts.lenses.decisions["sprint-content"]
    shown = [text.short, f"**{question}**  ", for_example.format(text.example), sentence]
    after = text_of(phone(survey, language=language)).splitlines()
    assert [line for line in after if line not in before] == shown
    # It goes on through a second vote and its result, and ends with the topic.
    app.button(keys.ROOM_VOTE).click().run()
    assert sentence not in text_of(phone(survey, language=language))
    app.button(keys.ROOM_END_VOTE).click().run()
    assert sentence in text_of(phone(survey, language=language))
    way(app, "next").click().run()
    assert the_survey().topic == ("item", "single-channel")
    item = edition_in(language).texts.items["single-channel"]
    last = text_of(phone(survey, language=language)).splitlines()
    asked = f"**{item.question}**"
    assert [line for line in last if line not in before] == [item.short, asked, sentence]
    way(app, "next").click().run()
    assert the_survey().topic is None
    assert sentence not in text_of(phone(survey, language=language))


def test_a_screen_of_a_room_that_is_opened_moves_no_phone(folder: Path) -> None:
    survey = session(folder)
    wall = room(survey, step="walk")
    way(wall, "next").click().run()
    for at in ({"step": "walk"}, {"step": "close"}, CUT):
        room(survey, **at)
        assert the_survey().asked_again == "sprint-content"


def test_phones_learn_the_topic_where_somebody_changes_the_session_as_the_wall_moves_on(
    folder: Path, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    survey = session(folder)
    wall = room(survey, step="walk")
    store, before = unguarded_store(), the_survey()
    meanwhile(lambda: store.revise(before, before.changed(next_on=TODAY + timedelta(days=90))))
    way(wall, "next").click().run()
    assert the_survey().asked_again == "sprint-content"


def test_the_room_goes_on_where_phones_cannot_be_told(folder: Path) -> None:
    app = room(session(folder), step="walk")
    with out_of_reach("revise") as reason:
        way(app, "next").click().run()
    assert reason in text_of(app)
    assert app.query_params["topic"] == TOPIC
    way(app, "next").click().run()
    assert the_survey().topic == ("item", "single-channel")


def test_what_is_agreed_while_others_change_the_session_is_not_told_as_not_stored(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = room(session(folder), **SPRINT, do="agree")
    app.pills(keys.topic("decides", TOPIC)).set_value("po").run()
    revise = CsvStore.revise
    faster: list[bool] = []

    def revise_after_others(self: CsvStore, before: Any, after: Any, **further: Any) -> None:
        if not faster:
            faster.append(True)
            revise(self, before, before.changed(expected=8))
        revise(self, before, after, **further)

    monkeypatch.setattr(CsvStore, "revise", revise_after_others)
    app.button(keys.topic("agreed", TOPIC)).click().run()
    assert faster
    assert not app.error
    assert len(unguarded_store().read().agreements) == 1
    assert (the_survey().topic, the_survey().expected) == (("decision", "sprint-content"), 8)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_agreed_while_phones_cannot_be_told_says_that_alone(
    language: str, folder: Path
) -> None:
    app = room(session(folder), **SPRINT, do="agree", lang=language)
    app.pills(keys.topic("decides", TOPIC)).set_value("po").run()
    with out_of_reach("revise") as reason:
        app.button(keys.topic("agreed", TOPIC)).click().run()
    text = words_in(language).gettext("the phones stay where they were: {reason}")
    (error,) = app.error
    assert text.format(reason=reason)[1:] in error.value.replace("\\", "")
    assert len(unguarded_store().read().agreements) == 1


def test_a_session_that_is_released_is_read_and_not_changed_by_its_room(folder: Path) -> None:
    survey = session(folder)
    after = survey.model_copy(update={"released": True})
    CsvStore(folder, shipped_framework()).revise(survey, after)
    assert not room(after, **SPRINT).exception
    assert the_survey() == after


# The end ------------------------------------------------------------------------------------------


def test_the_room_releases_its_session_as_the_last_step(folder: Path) -> None:
    app = room(session(folder), step="end")
    assert "Not released: anyone who opens this app can see this session" in everything(app)
    assert "This cannot be taken back." in everything(app)
    assert not the_survey().is_released
    # Keeping it ends the question, and stores nothing: who comes again is asked again.
    before = the_survey()
    app.button(keys.ROOM_KEEP).click().run()
    assert "Not released. You can still release it later" in everything(app)
    assert the_survey() == before
    app = room(before, step="end")
    app.button(keys.ROOM_RELEASE).click().run()
    assert the_survey().is_released
    assert "This session is released" in everything(app)


def test_a_phone_sees_what_was_revealed_and_never_who_said_what(folder: Path) -> None:
    survey = session(folder)
    shown = text_of(phone(survey))
    assert "1 decision you agree on" in shown
    assert "Sprint content: PM (2), PO (2), CPO (1), EM (1) and Tech Lead (1)" in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_holds_until_the_close_is_told_until_the_close(language: str, folder: Path) -> None:
    survey, words = session(folder, shown=False), words_in(language)
    once = words.gettext("Anyone else answers in another browser, or in a private window.")
    app = phone(survey, language=language)
    assert once in text_of(app)
    CsvStore(folder, shipped_framework()).revise(survey, revealed(survey, voices=7, now=NOW))
    app.run()
    assert once not in text_of(app)


@pytest.mark.parametrize(
    ("language", "of_decision", "of_item", "agreed", "again"),
    [
        ("en", "Unclear here", "I don't know", "We agreed", "who should have the last word?"),
        ("fr", "Pas clair ici", "Je ne sais pas", "Convenu", "qui doit avoir le dernier mot"),
    ],
)
def test_the_room_says_what_phones_say(
    language: str,
    of_decision: str,
    of_item: str,
    agreed: str,
    again: str,
    folder: Path,
) -> None:
    survey = session(folder, shown=False)
    check = assessment(
        assessment_id=uuid4(),
        answers={"single-channel": "unknown"},
        framework="core@1+lenses@1",
        deep={"deciders": {"sprint-content": ("unclear",)}},
    )
    store = CsvStore(folder, shipped_framework())
    store.add([answer_as_stored(check, survey)])
    store.revise(survey, revealed(survey, voices=8, now=NOW))
    wall = everything(room(survey, **SPRINT, language=language))
    assert f"{of_decision} (1)" in wall
    item = {"step": "walk", "topic": "item.single-channel", "language": language}
    assert f"{of_item} (1)" in unescape(everything(room(survey, **item)))
    closing = room(survey, step="close", language=language)
    assert agreed in [header.value for header in closing.header]
    asking = asking_again(the_survey(), "sprint-content", ())
    store.revise(the_survey(), asking)
    assert again in everything(room(survey, **SPRINT, language=language))
    assert again in text_of(phone(survey, language=language))


def test_a_phone_sees_nothing_before_the_reveal(folder: Path) -> None:
    shown = everything(phone(session(folder, shown=False)))
    assert "Keep this page open if you meet now" in shown
    assert "Sprint content" not in shown


def test_votes_of_others_are_not_to_be_had_by_a_link_that_views(folder: Path) -> None:
    survey = session(folder)
    store = CsvStore(folder, shipped_framework())
    asking = asking_again(survey, "sprint-content", ())
    store.revise(survey, asking)
    store.add([_vote(asking, "po") for _ in range(6)])
    store.revise(asking, vote_ended(asking))
    app = app_on(page_files.SQUAD, link=known_link()[1])
    assert "Vote 1" not in everything(app)


def test_who_is_consulted_stays_when_the_last_word_goes_to_another_role(folder: Path) -> None:
    app = room(session(folder), do="agree", **SPRINT)
    decides, heard = keys.topic("decides", TOPIC), keys.topic("heard", TOPIC)
    app.pills(heard).set_value(["pm", "po", "em"]).run()
    app.pills(decides).set_value("po").run()
    assert app.pills(heard).value == ["pm", "em"]
    app.pills(decides).set_value("tl").run()
    assert app.pills(heard).value == ["pm", "em"]
    app.button(keys.topic("agreed", TOPIC)).click().run()
    assert not app.exception
    (made,) = stored().agreements
    assert (made.decides, set(made.consulted)) == ("tl", {"pm", "em"})


def test_an_agreement_sent_to_a_restarted_server_is_said_not_to_be_stored_and_stays_as_chosen(
    folder: Path,
) -> None:
    app = room(session(folder), do="agree", **SPRINT)
    decides, heard = keys.topic("decides", TOPIC), keys.topic("heard", TOPIC)
    app.pills(decides).set_value("cto").run()
    app.pills(heard).set_value(["pm"]).run()
    app.button(keys.topic("agreed", TOPIC)).click()
    app = after_restart(app, page_files.ROOM)
    assert LOST[1:] in text_of(app)
    assert (app.pills(decides).value, app.pills(heard).value) == ("cto", ["pm"])
    app.button(keys.topic("agreed", TOPIC)).click().run()
    (made,) = stored().agreements
    assert (made.decides, made.consulted) == ("cto", ("pm",))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_room_chose_and_has_not_agreed_yet_is_there_again(
    language: str, folder: Path
) -> None:
    app = room(session(folder), do="agree", language=language, **SPRINT)
    app.pills(keys.topic("decides", TOPIC)).set_value("po").run()
    heard = keys.topic("heard", TOPIC)
    app.pills(heard).set_value(["tl", "em"]).run()
    way(app, "next").click().run()
    way(app, "back").click().run()
    kept = words_in(language).gettext("Begun, not agreed yet.")
    topic = room_again(app, do=None)
    assert kept in everything(topic)
    app = room_again(app, do="agree")
    assert app.pills(keys.topic("decides", TOPIC)).value == "po"
    assert app.pills(heard).value == ["tl", "em"]
    app.button(keys.topic("agreed", TOPIC)).click().run()
    assert not app.exception
    (made,) = stored().agreements
    assert (made.decides, set(made.consulted)) == ("po", {"tl", "em"})
    assert kept not in everything(room_again(app, do=None))


def test_a_form_that_was_begun_before_a_vote_begins_with_what_the_vote_says(folder: Path) -> None:
    survey = session(folder)
    app = room(survey, do="agree", **SPRINT)
    app.pills(keys.topic("decides", TOPIC)).set_value("em").run()
    app = room_again(app, do=None)
    app.button(keys.ROOM_VOTE).click().run()
    for device in (phone(survey), phone(survey)):
        cast(device, "po")
    app.button(keys.ROOM_END_VOTE).click().run()
    app = room_again(app, do="agree")
    assert app.pills(keys.topic("decides", TOPIC)).value == "po"


def room_again(app: AppTest, *, do: str | None) -> AppTest:
    """The same session of a browser on the topic, or on what is done about it."""
    app.query_params["step"], app.query_params["topic"] = "walk", TOPIC
    if do:
        app.query_params["do"] = do
    elif "do" in app.query_params:
        del app.query_params["do"]
    return app.run()

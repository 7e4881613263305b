"""Rounds by invitation: opened, answered, counted, revealed, ended; on every kind of store."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any, NoReturn
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

from assessment.access.invitations import answer_as_stored, closed, last_day_of, revealed
from assessment.content.edition import edition_in
from assessment.content.loading import shipped_framework
from assessment.errors import Refused, StorageError, template
from assessment.forms.survey import SurveyRequest, new_survey
from assessment.languages import LANGUAGES, words_in
from assessment.model import Assessment, Survey
from assessment.model.link import Link
from assessment.model.setup import WITHOUT, preset_seats
from assessment.storage.csv.store import CsvStore
from assessment.storage.csv.table import UNWRITABLE, CsvTable
from assessment.storage.postgres.store import PostgresStore
from assessment.storage.protocol import Record, Stored
from assessment.ui.check import unfinished
from assessment.ui.guard import shared_links, surveys
from assessment.ui.guard.whole_store import unguarded_store
from assessment.ui.rounds import survey_form, take_part
from assessment.ui.rounds.invitation import new_invitation
from assessment.ui.rounds.one_answer import voter_of_browser
from assessment.ui.rounds.slips import USUAL_PEOPLE
from assessment.ui.session import keys, page_files
from tests.builders import agreement, assessment, setup
from tests.examples import WORST
from tests.expected import french
from tests.pages.app import (
    app_on,
    double_click,
    kept_by_browser,
    move,
    out_of_reach,
    text_of,
    with_squad_open,
)
from tests.pages.test_saving import stored_but_lost
from tests.pages.visitors import EDITOR, SECRETS, Caller, everything
from tests.storage.postgres import GROUP, Server

pytestmark = pytest.mark.usefixtures("secrets")

FRAMEWORK = shipped_framework()
HEALTHY = {i.id: "yes" if i.scale == "clarity" else "not-seen" for i in FRAMEWORK.items}
WITHOUT_PO = {i.id: HEALTHY[i.id] for i in FRAMEWORK.items if i.needs_role != "po"}
SPLIT = {"single-channel": "no"}

BY_BROWSER = (
    "What you have answered was not sent. This browser keeps it, should you be let in again."
)
BY_TAB = (
    "What you have answered was not sent. Keep this tab open, in case you are let in again: "
    "closing it loses your answers."
)


@pytest.fixture
def folder(empty_store: Path) -> Path:
    return empty_store


# People -------------------------------------------------------------------------------------------


def open_round(
    *, squad: str = "Atlas", privacy: str = "open", depth: str = "quick", language: str = "en"
) -> AppTest:
    """The rounds page, a round just opened for a new squad."""
    app = app_on(page_files.ROUNDS, language=language)
    app.radio(keys.ROUNDS_PRIVACY).set_value(privacy)
    app.radio(keys.ROUNDS_DEPTH).set_value(depth)
    app.text_input(keys.ROUNDS_NEW_SQUAD).set_value(squad).run()
    app.button(keys.ROUNDS_OPEN).click().run()
    assert not app.exception
    return app


def invited(*, squad: str = "Atlas", privacy: str = "open", depth: str = "quick") -> str:
    """The token of an invitation to a session, stored as that page stores it."""
    now = datetime.now(UTC)
    today, store = now.date(), unguarded_store()
    request = SurveyRequest(squad, depth, privacy, closes_on=today + timedelta(days=7))
    survey = new_survey(request, survey_id=uuid4(), now=now, today=today)
    roles = preset_seats(FRAMEWORK, next(iter(WITHOUT)))
    links, shown = new_invitation(survey)
    records: list[Record] = [survey, *links]
    if not store.read().setups:
        records.append(setup(squad=squad, since=today, seats=roles, company=None))
    store.add(records)
    return shown.token


def token_of(app: AppTest) -> str:
    return str(app.code[0].value).partition("?link=")[2]


def arrive(token: str, *, language: str = "en") -> AppTest:
    """Somebody opens the invitation."""
    app = app_on(page_files.ROUND, language=language, link=token)
    assert not app.exception
    return app


def step(app: AppTest, name: str) -> AppTest:
    return app.segmented_control(keys.ROUND_STEP).set_value(name).run()


def fill(app: AppTest, answers: dict[str, str]) -> AppTest:
    for module in FRAMEWORK.modules:
        step(app, module.id)
        for item in FRAMEWORK.items_of(module.id):
            if item.id in answers:
                app.segmented_control(keys.answer(item.id)).set_value(answers[item.id])
    return step(app, unfinished.SEND)


def send(app: AppTest) -> AppTest:
    app.button(keys.ROUND_SEND).click().run()
    assert not app.exception
    return app


def answer(token: str, answers: dict[str, str], *, role: str | None = None) -> AppTest:
    app = fill(arrive(token), answers)
    if role:
        app.selectbox(keys.CHECK_ROLE).set_value(role)
    return send(app)


def click(app: AppTest, deed: str) -> AppTest:
    """Click a button of the only round."""
    (gathering,) = everything_stored().surveys
    app.button(keys.of_survey(deed, gathering.id)).click().run()
    assert not app.exception
    return app


def everything_stored() -> Stored:
    return unguarded_store().read()


def the_round() -> Survey:
    (gathering,) = everything_stored().surveys
    return gathering


def error_text(app: AppTest) -> str:
    return "\n".join(error.value for error in app.error).replace("\\", "")


# The whole cycle ----------------------------------------------------------------------------------


def whole_cycle(language: str) -> AppTest:
    """Five voices answer in confidence, four do not suffice; what the squad's page shows then."""
    _ = words_in(language).gettext
    ngettext = words_in(language).ngettext
    editor = open_round(squad="Équipe Atlas", privacy="confidential", language=language)
    token = token_of(editor)
    for index in range(5):
        voice = arrive(token, language=language)
        assert _("How {squad} decides").format(squad="Équipe Atlas") in text_of(voice)
        send(fill(voice, HEALTHY | (SPLIT if index < 2 else {})))
        assert _("Your answers for {squad} are in.").format(squad="Équipe Atlas") in text_of(voice)
        editor.run()
        count = ngettext("{count} answered", "{count} answered", index + 1)
        assert count.format(count=index + 1) in text_of(editor)
        if index == 3:
            text = "{count} more answer before the room can see the results"
            assert ngettext(text, text, 1).format(count=1) in text_of(editor)
            assert _("Yes, reveal them") not in [button.label for button in editor.button]
    click(editor, "reveal")
    assert _("The results of the session are revealed.") in text_of(editor)
    click(editor, "result")
    return editor


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_round_goes_from_its_opening_to_its_result(language: str, folder: Path) -> None:
    page = whole_cycle(language)

    edition = edition_in(language)
    assert page.title[0].value == "Équipe Atlas"
    item = edition.texts.items["single-channel"].short
    headline = (
        "\n".join(title.value for title in [*page.header, *page.subheader])
        .replace("\\", "")
        .replace("\u2060", "")
    )
    assert item in headline
    assert "(2)" in headline
    assert "(3)" in headline


@pytest.mark.xdist_group(GROUP)
def test_a_round_goes_from_its_opening_to_its_result_on_postgresql(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WHO_DECIDES_DATABASE_URL", database)
    store = unguarded_store()
    assert isinstance(store, PostgresStore)
    try:
        page = whole_cycle("en")
        assert "One channel for urgent requests" in "\n".join(
            title.value for title in [*page.header, *page.subheader]
        )
        checks = store.read().assessments
        assert {check.saved_at.time().isoformat() for check in checks} == {"00:00:00"}
    finally:
        store.close()


@pytest.mark.xdist_group(GROUP)
def test_answers_outlast_a_database_that_is_away_for_a_while(
    database: str, postgres: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WHO_DECIDES_DATABASE_URL", database)
    store = unguarded_store()
    assert isinstance(store, PostgresStore)
    try:
        app = fill(arrive(invited()), HEALTHY)
        postgres.stop()
        send(app)
        assert app.title[0].value == "Closed for now"
        assert "could not store or read this for certain" in error_text(app)
        postgres.start()
        app.button(keys.GATE_AGAIN).click().run()
        send(step(app, unfinished.SEND))
        assert "Thank you" in text_of(app)
        (check,) = store.read().assessments
        assert check.answers == HEALTHY
    finally:
        store.close()


# Opening ------------------------------------------------------------------------------------------


def test_an_open_round_is_stored_with_an_invitation_until_a_month_after_its_day(
    folder: Path,
) -> None:
    app = open_round()
    gathering, (link,) = the_round(), shared_links.links()
    assert (gathering.squad, gathering.depth, gathering.privacy) == ("Atlas", "quick", "open")
    assert (gathering.closes_on - gathering.opened_on).days == 7
    assert (link.kind, link.round_id) == ("invite", gathering.id)
    assert link.expires_at.date() == gathering.closes_on + timedelta(days=31)
    assert "for 30 days after the last day" in text_of(app)
    assert app.code[0].value.startswith("http://localhost:8501/round?link=")
    token = token_of(app)
    app.button(keys.ROUNDS_DONE).click().run()
    assert token not in everything(app)


def test_fewest_voices_and_closing_day_are_as_chosen(folder: Path) -> None:
    app = app_on(page_files.ROUNDS)
    app.radio(keys.ROUNDS_PRIVACY).set_value("confidential").run()
    app.number_input(keys.ROUNDS_LEAST).set_value(8)
    closes = app.date_input(keys.ROUNDS_CLOSES).value
    assert isinstance(closes, date)
    day = closes + timedelta(days=3)
    app.date_input(keys.ROUNDS_CLOSES).set_value(day)
    app.text_input(keys.ROUNDS_NEW_SQUAD).set_value("Atlas").run()
    app.button(keys.ROUNDS_OPEN).click().run()
    assert (the_round().least_voices, the_round().closes_on) == (8, day)


@pytest.mark.parametrize(
    ("privacy", "key", "typed", "reason"),
    [
        ("confidential", keys.ROUNDS_LEAST, 1, "needs a minimum of 3 to 1,000 voices, not 1"),
        ("open", keys.ROUNDS_EXPECTED, 0, "from 1 to 1,000 people, not 0"),
    ],
)
def test_a_number_that_no_session_can_have_is_refused_and_not_passed_over(
    privacy: str, key: str, typed: int, reason: str, folder: Path
) -> None:
    app = app_on(page_files.ROUNDS)
    app.radio(keys.ROUNDS_PRIVACY).set_value(privacy).run()
    # A browser keeps a number beyond the limits of a field to itself, and says nothing.
    field = app.number_input(key)
    assert (field.min, field.max) == (None, None)
    field.set_value(typed)
    app.text_input(keys.ROUNDS_NEW_SQUAD).set_value("Atlas").run()
    app.button(keys.ROUNDS_OPEN).click().run()
    assert reason in error_text(app)
    assert everything_stored().surveys == ()


def test_few_people_are_warned_of_before_a_confidential_session_is_opened(folder: Path) -> None:
    app = app_on(page_files.ROUNDS)
    app.number_input(keys.ROUNDS_EXPECTED).set_value(6).run()
    assert "is hidden as soon" not in text_of(app)
    app.radio(keys.ROUNDS_PRIVACY).set_value("confidential").run()
    assert "A question is hidden as soon as 2 people" in text_of(app)


def test_whoever_opens_a_session_can_read_its_questions_first(folder: Path) -> None:
    app = app_on(page_files.ROUNDS)
    app.radio(keys.ROUNDS_DEPTH).set_value("quick").run()
    assert "The PO ends up setting the vision" in text_of(app)
    assert "Priority segment" not in text_of(app)
    app.radio(keys.ROUNDS_DEPTH).set_value("who-decides").run()
    assert "Priority segment" in text_of(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_squad_without_a_setup_is_asked_its_roles_before_its_first_session(
    language: str, folder: Path
) -> None:
    app = app_on(page_files.ROUNDS, language=language)
    app.text_input(keys.ROUNDS_NEW_SQUAD).set_value("Atlas").run()
    roles = app.pills(keys.ROUNDS_ROLES)
    assert roles.label == words_in(language).gettext("Which roles does the squad have?")
    roles.set_value([]).run()
    app.button(keys.ROUNDS_OPEN).click().run()
    assert not everything_stored().surveys  # none is chosen: refused, and nothing is stored
    assert not everything_stored().setups
    app.pills(keys.ROUNDS_ROLES).set_value(["pm", "tl"]).run()
    app.button(keys.ROUNDS_OPEN).click().run()
    (described,) = everything_stored().setups
    assert {role for role, seat in described.seats.items() if seat == "own"} == {"pm", "tl"}
    assert {seat for role, seat in described.seats.items() if role not in ("pm", "tl")} == {
        "absent"
    }
    assert (described.squad, described.since) == ("Atlas", the_round().opened_on)


def test_roles_chosen_for_one_squad_are_not_chosen_for_the_next(folder: Path) -> None:
    app = app_on(page_files.ROUNDS)
    app.text_input(keys.ROUNDS_NEW_SQUAD).set_value("Atlas").run()
    usual = app.pills(keys.ROUNDS_ROLES).value
    app.pills(keys.ROUNDS_ROLES).set_value(["pm", "tl"])
    app.button(keys.ROUNDS_OPEN).click().run()
    app.button(keys.ROUNDS_DONE).click().run()
    app.text_input(keys.ROUNDS_NEW_SQUAD).set_value("Boréal").run()
    assert app.pills(keys.ROUNDS_ROLES).value == usual


def test_a_session_of_a_new_squad_is_opened_by_a_press_straight_from_its_name(
    folder: Path,
) -> None:
    CsvStore(folder, FRAMEWORK).add([assessment()])
    app = app_on(page_files.ROUNDS)
    app.text_input(keys.ROUNDS_NEW_SQUAD).set_value("Boréal")
    app.button(keys.ROUNDS_OPEN).click().run()
    assert the_round().squad == "Boréal"
    (described,) = everything_stored().setups
    (absent,) = [role for role, seat in described.seats.items() if seat == "absent"]
    assert absent == "cpto"


USUAL = ["lead", "cpo", "cto", "pm", "po", "em", "tl", "team"]


@pytest.mark.parametrize("is_named_first", [False, True])
def test_roles_chosen_for_a_squad_are_stored_for_no_other_one(
    is_named_first: bool, folder: Path
) -> None:
    CsvStore(folder, FRAMEWORK).add([assessment(), setup()])
    app = app_on(page_files.ROUNDS)
    app.text_input(keys.ROUNDS_NEW_SQUAD).set_value("Cobalt").run()
    app.pills(keys.ROUNDS_ROLES).set_value([]).run()
    app.text_input(keys.ROUNDS_NEW_SQUAD).set_value("").run()

    app.text_input(keys.ROUNDS_NEW_SQUAD).set_value("Boréal")
    if is_named_first:
        app.run()
        assert app.pills(keys.ROUNDS_ROLES).value == USUAL
    app.button(keys.ROUNDS_OPEN).click().run()
    described = next(setup for setup in everything_stored().setups if setup.squad == "Boréal")
    assert {role for role, seat in described.seats.items() if seat == "own"} == {*USUAL}


def test_a_squad_whose_setup_is_told_is_not_asked_its_roles(folder: Path) -> None:
    store = CsvStore(folder, FRAMEWORK)
    store.add([assessment(), setup(squad="Boréal")])
    app = app_on(page_files.ROUNDS)
    assert keys.ROUNDS_ROLES not in [pills.key for pills in app.pills]
    app.selectbox(keys.ROUNDS_SQUAD).set_value("Boréal").run()
    assert keys.ROUNDS_ROLES not in [pills.key for pills in app.pills]
    app.button(keys.ROUNDS_OPEN).click().run()
    assert len(everything_stored().setups) == 1


def test_an_invitation_can_be_copied_as_a_message(folder: Path) -> None:
    app = open_round(language="fr")
    title, asked, until, url = app.code[1].value.splitlines()
    assert title.startswith("Comment décide la squad Atlas")
    assert asked.startswith("14 questions")
    assert until.startswith("Jusqu")
    assert url == app.code[0].value


def test_an_invitation_is_shown_no_more_once_somebody_has_closed_its_session(folder: Path) -> None:
    editor = open_round()
    assert token_of(editor)

    click(app_on(page_files.ROUNDS), "close")  # in another tab

    editor.run()
    assert list(editor.code) == []
    assert editor.button(keys.ROUNDS_OPEN)


def test_a_known_squad_is_chosen_from_the_list(folder: Path) -> None:
    CsvStore(folder, FRAMEWORK).add([assessment(squad="Boréal")])
    app = app_on(page_files.ROUNDS)
    app.selectbox(keys.ROUNDS_SQUAD).set_value("Boréal").run()
    app.button(keys.ROUNDS_OPEN).click().run()
    assert the_round().squad == "Boréal"


def test_no_session_is_opened_for_a_squad_chosen_before_somebody_renamed_it(folder: Path) -> None:
    store = CsvStore(folder, FRAMEWORK)
    store.add([assessment()])
    app = app_on(page_files.ROUNDS)
    app.selectbox(keys.ROUNDS_SQUAD).set_value("Atlas").run()
    app.pills(keys.ROUNDS_ROLES).set_value(["pm", "tl"])
    store.rename("Atlas", "Borea")
    app.button(keys.ROUNDS_OPEN).click().run()
    assert everything_stored().surveys == ()
    assert "Atlas was renamed meanwhile" in text_of(app)


def test_the_squad_that_the_address_names_is_chosen_where_it_is_known(folder: Path) -> None:
    CsvStore(folder, FRAMEWORK).add([assessment(squad="Boréal")])

    named = app_on(page_files.ROUNDS, squad="boréal")
    assert named.selectbox(keys.ROUNDS_SQUAD).value == "Boréal"
    assert app_on(page_files.ROUNDS, squad="Nowhere").selectbox(keys.ROUNDS_SQUAD).value is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_kept_and_who_sees_it_is_explained_before_opening(
    language: str, folder: Path
) -> None:
    app = app_on(page_files.ROUNDS, language=language)
    captions = [*app.radio(keys.ROUNDS_PRIVACY).proto.captions]
    assert len(captions) == 2
    assert all(len(caption) > 60 for caption in captions)


def test_a_double_click_closes_a_round_once_and_refuses_nothing(folder: Path) -> None:
    open_round()
    app = double_click(app_on(page_files.ROUNDS), keys.of_survey("close", the_round().id))
    assert the_round().closed_at
    assert not app.error


def test_a_session_that_somebody_else_reveals_at_the_same_moment_is_revealed(
    folder: Path, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    token = invited()
    for _voice in range(3):
        answer(token, HEALTHY)
    editor = app_on(page_files.ROUNDS)
    survey = the_round()
    theirs = revealed(survey, voices=3, now=datetime.now(UTC))
    meanwhile(lambda: CsvStore(folder, FRAMEWORK).revise(survey, theirs))
    click(editor, "reveal")
    assert the_round() == theirs
    assert not editor.error


def test_a_session_that_too_few_answered_is_neither_revealed_nor_closed(folder: Path) -> None:
    invited(privacy="confidential")
    with pytest.raises(Refused, match="at least 5 are needed, so the results stay closed"):
        surveys.reveal(the_round())
    assert the_round().closed_at is None


def test_a_double_click_opens_one_round(folder: Path) -> None:
    app = app_on(page_files.ROUNDS)
    app.text_input(keys.ROUNDS_NEW_SQUAD).set_value("Atlas").run()
    double_click(app, keys.ROUNDS_OPEN)
    assert len(everything_stored().surveys) == 1
    assert len(shared_links.links()) == 1


def filled_in(app: AppTest, way_in: str) -> AppTest:
    app.radio(keys.ROUNDS_WAY_IN).set_value(way_in)
    return app.text_input(keys.ROUNDS_NEW_SQUAD).set_value("Atlas").run()


@pytest.mark.parametrize("way_in", ["link", "codes"])
@pytest.mark.parametrize("is_stored", [False, True])
def test_a_session_whose_invitation_failed_to_be_stored_is_opened_once(
    is_stored: bool, way_in: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = filled_in(app_on(page_files.ROUNDS), way_in)
    adding = CsvTable.add

    def failing(table: CsvTable[Any], records: Sequence[Any], **given: Any) -> int:
        goes = is_stored or not isinstance(records[0], Link)
        added = adding(table, records, **given) if goes else 0
        if isinstance(records[0], Link):
            raise StorageError("the disk is full")
        return added

    with monkeypatch.context() as broken:
        broken.setattr(CsvTable, "add", failing)
        app.button(keys.ROUNDS_OPEN).click().run()
    assert "The disk is full" in text_of(app)
    app.button(keys.ROUNDS_OPEN).click().run()
    assert not app.error
    stored, links = everything_stored(), shared_links.links()
    assert [len(stored.setups), len(stored.surveys)] == [1, 1]
    assert {link.round_id for link in links} == {the_round().id}
    assert len(links) == (1 if way_in == "link" else USUAL_PEOPLE)
    if way_in == "link":
        assert arrive(token_of(app)).title[0].value != "This link is not valid"
    # Another one like it is another session.
    filled_in(app.button(keys.ROUNDS_DONE).click().run(), way_in)
    app.button(keys.ROUNDS_OPEN).click().run()
    assert len(everything_stored().surveys) == 2


@pytest.mark.parametrize(
    ("key", "forged"),
    [
        (keys.ROUNDS_NEW_SQUAD, "x" * 81),
        (keys.ROUNDS_NEW_SQUAD, "a\x00b"),
        (keys.ROUNDS_DEPTH, "abyss"),
        (keys.ROUNDS_PRIVACY, None),
        (keys.ROUNDS_LEAST, 1),
        (keys.ROUNDS_LEAST, "five"),
        (keys.ROUNDS_CLOSES, date(1999, 1, 1)),
        (keys.ROUNDS_CLOSES, "tomorrow"),
        (keys.ROUNDS_CLOSES, None),
    ],
)
def test_a_forged_form_is_refused_and_opens_nothing(
    key: str, forged: object, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forging(monkeypatch, survey_form, "_request", {key: forged})
    app = open_round()
    assert app.error
    assert everything_stored().surveys == ()
    assert shared_links.links() == ()


def forging(
    monkeypatch: pytest.MonkeyPatch, module: object, name: str, forged: dict[str, object]
) -> None:
    """Let a function of a module find what a browser never sends in the session."""
    original: Callable[..., object] = getattr(module, name)

    class Forged(dict[str, object]):
        to_dict = dict.copy

    def deceived(*given: object) -> object:
        state = Forged(streamlit.session_state.to_dict() | forged)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(streamlit, "session_state", state)
            return original(*given)

    monkeypatch.setattr(module, name, deceived)


# In the room --------------------------------------------------------------------------------------


def test_the_room_sees_the_code_alone_and_how_many_have_answered(
    folder: Path, secrets: Path
) -> None:
    secrets.write_text('[access]\naddress = "https://decides.example.org"\n', encoding="utf-8")
    app = open_round()
    app.button(keys.ROUNDS_TO_ROOM).click().run()
    assert app.title[0].value == "How Atlas decides"
    assert "QR code of the invitation" in everything(app)
    assert "<b>0</b> answered" in everything(app)
    assert not app.code
    app.button(keys.ROOM_LEAVE).click().run()
    assert app.title[0].value == "Ask the squad"


# Answering ----------------------------------------------------------------------------------------


def test_an_open_round_keeps_alias_role_and_note(folder: Path) -> None:
    app = fill(arrive(invited()), HEALTHY)
    app.selectbox(keys.CHECK_ROLE).set_value("tl")
    app.text_input(keys.CHECK_VOICE).set_value("Noor")
    app.text_area(keys.CHECK_NOTE).set_value("Late again.")
    send(app)
    (check,) = everything_stored().assessments
    assert (check.voice, check.role, check.note) == ("Noor", "tl", "Late again.")
    assert (check.squad, check.gathering) == ("Atlas", the_round().id)
    assert check.answers == HEALTHY
    # In the room it answers for this role alone.
    assert app.session_state[keys.ROUND_ROLES] == {the_round().id: "tl"}


def test_a_confidential_round_asks_and_keeps_neither_name_nor_time(folder: Path) -> None:
    app = fill(arrive(invited(privacy="confidential")), HEALTHY)
    asked = [*app.text_input, *app.text_area, *app.selectbox]
    assert asked == []
    send(app)
    (check,) = everything_stored().assessments
    assert (check.voice, check.role, check.note) == (None, None, "")
    assert keys.ROUND_ROLES not in app.session_state
    assert check.saved_at == datetime.combine(the_round().opened_on, datetime.min.time(), UTC)


@pytest.mark.parametrize("privacy", ["open", "confidential"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_invited_reads_what_for_how_long_and_what_becomes_of_it(
    privacy: str, language: str, folder: Path
) -> None:
    _ = words_in(language).gettext
    page = text_of(arrive(invited(privacy=privacy), language=language))
    long = {"en": "14 questions, about 3", "fr": "14 questions, 3\u00a0minutes environ."}
    for said in (long[language], _("What is stored"), _("Who sees it")):
        assert said in page
    keeps = _("{day}, included. What you have not sent yet stays in this browser.")
    assert (keeps.partition("{day}")[2] in page) == (privacy == "open")
    secret = _(
        "Your answers alone, in no order that tells when they came: no name, no alias, no role, "
        "no note, no time of day."
    )
    assert (secret in page) == (privacy == "confidential")


@pytest.mark.parametrize("signs_in", [True, False])
@pytest.mark.parametrize("privacy", ["open", "confidential"])
def test_who_is_invited_reads_that_anyone_sees_it_where_nobody_signs_in(
    privacy: str, signs_in: bool, secrets: Path, folder: Path
) -> None:
    token = invited(privacy=privacy)
    if signs_in:
        secrets.write_text(SECRETS, encoding="utf-8")
    welcome = arrive(token)
    sending = step(arrive(token), unfinished.SEND)
    for app in (welcome, sending):
        assert ("anyone who opens this app, which asks for no account" in text_of(app)) != signs_in
        assert ("the squad sees all answers together" in text_of(app)) == signs_in


def test_a_phone_that_answers_is_offered_no_shared_view_to_leave(folder: Path) -> None:
    app = arrive(invited())
    for name in (unfinished.WELCOME, "questions", unfinished.SEND):
        step(app, name)
        assert keys.GATE_LEAVE not in [button.key for button in app.button]
        assert "Shared with you as" not in text_of(app)


def test_an_editor_leaves_an_invitation_where_no_answer_is_under_way(
    folder: Path, secrets: Path
) -> None:
    token = invited()
    secrets.write_text(SECRETS, encoding="utf-8")
    app = Caller(dict(EDITOR), {"link": token}).cold(page_files.ROUND)
    offered = {
        name: keys.GATE_LEAVE in [button.key for button in step(app, name).button]
        for name in ("questions", unfinished.SEND, unfinished.WELCOME)
    }
    assert offered == {"questions": False, unfinished.SEND: False, unfinished.WELCOME: True}
    app.button(keys.GATE_LEAVE).click().run()
    assert not app.exception
    assert "link" not in app.query_params
    assert keys.HOME_START in [button.key for button in app.button]


def test_in_an_open_app_an_invitation_is_left_once_the_answers_are_sent(folder: Path) -> None:
    app = answer(invited(), HEALTHY)
    app.button(keys.GATE_LEAVE).click().run()
    assert not app.exception
    assert keys.HOME_START in [button.key for button in app.button]


def test_in_an_open_app_an_invitation_that_is_over_is_left(folder: Path) -> None:
    rounds = open_round()
    token = token_of(rounds)
    click(rounds, "close")
    app = arrive(token)
    assert "No more answers have been taken" in text_of(app)
    app.button(keys.GATE_LEAVE).click().run()
    assert keys.HOME_START in [button.key for button in app.button]


def test_nothing_of_the_answers_is_shown_back_while_answering_nor_after(folder: Path) -> None:
    token = invited()
    app = arrive(token)
    for module in FRAMEWORK.modules:
        step(app, module.id)
        for item in FRAMEWORK.items_of(module.id):
            app.segmented_control(keys.answer(item.id)).set_value(WORST[item.id])
        app.run()
        assert not app.get("vega_lite_chart")
        assert "Early warning" not in text_of(app)
        assert "looks empty" not in text_of(app)
    send(step(app, unfinished.SEND))
    assert not app.get("vega_lite_chart")
    assert "looks empty" not in everything(app)
    later = answer(token, HEALTHY)
    assert "1 answered" not in everything(later)


def test_a_second_click_on_the_way_on_through_a_session_leads_no_further(folder: Path) -> None:
    app = arrive(invited())
    for module in FRAMEWORK.modules:
        double_click(app, str(move(app, "next").key))
        assert app.session_state[keys.ROUND_STEP] == module.id


def test_a_double_click_stores_one_voice(folder: Path) -> None:
    double_click(fill(arrive(invited()), HEALTHY), keys.ROUND_SEND)
    assert len(everything_stored().assessments) == 1


def test_a_session_answers_once_and_leaves_no_answer_to_the_next_person(folder: Path) -> None:
    app = answer(invited(), HEALTHY)
    app.run()
    assert "Thank you" in text_of(app)
    assert not [button for button in app.button if button.key == keys.ROUND_SEND]
    assert app.session_state[keys.answer("mandates-clear")] is None


def test_a_browser_that_has_answered_is_thanked_again_after_a_reload(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = invited()
    mark = f"who-decides-answered-{the_round().id}"
    assert mark in everything(answer(token, HEALTHY))
    monkeypatch.setattr(type(streamlit.context), "cookies", {mark: "1"})
    assert "Thank you" in text_of(arrive(token))
    monkeypatch.setattr(type(streamlit.context), "cookies", {mark + "x": "1"})
    assert "Thank you" not in text_of(arrive(token))


def test_a_browser_answers_for_the_role_it_told_after_a_reload_too(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = invited()
    mark, role = (f"who-decides-{kept}-{the_round().id}" for kept in ("answered", "role"))
    assert role in everything(answer(token, HEALTHY, role="tl"))
    surveys.reveal(the_round())
    unguarded_store().add(
        [
            agreement(
                survey=the_round().id,
                decides="po",
                consulted=("tl",),
                agreed_on=the_round().opened_on,
            )
        ]
    )
    monkeypatch.setattr(type(streamlit.context), "cookies", {mark: "1", role: "tl"})
    assert "I answer for: Tech Lead" in text_of(arrive(token))
    monkeypatch.setattr(type(streamlit.context), "cookies", {mark: "1", role: "<forged>"})
    assert "I answer for: Tech Lead" not in text_of(arrive(token))


def test_a_browser_that_was_closed_is_the_same_one_in_the_votes_of_its_session(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, ballot = invited(), (the_round().id, "cut", 1)
    voters: list[UUID] = []
    monkeypatch.setattr(take_part, "follow", lambda: voters.append(voter_of_browser(ballot)))

    def cookies(secret: bytes, **kept: str) -> None:
        cookies = {"_streamlit_xsrf": form_token(secret, b"mask"), **kept}
        monkeypatch.setattr(type(streamlit.context), "cookies", cookies)

    cookies(b"a" * 16)
    written = everything(answer(token, HEALTHY))
    kept = dict(re.findall(r'(who-decides-[a-z]+-[0-9a-f-]{36})[\\"]+: *[\\"]+(\w+)', written))
    assert len(kept) == 2
    cookies(b"b" * 16, **kept)
    assert "Thank you" in text_of(arrive(token))
    before, after = voters[0], voters[-1]
    assert before == after
    cookies(
        b"b" * 16, **{name: value if value == "1" else "no mark" for name, value in kept.items()}
    )
    assert "Thank you" in text_of(arrive(token))
    assert voters[-1] != before


def form_token(token: bytes, mask: bytes) -> str:
    """A form token as Streamlit writes it, under a mask that is new on every page."""
    masked = bytes(byte ^ mask[index % 4] for index, byte in enumerate(token))
    return f"2|{mask.hex()}|{masked.hex()}|1764000000"


def test_a_tab_that_was_open_before_another_one_sent_sends_nothing_more(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = invited()

    def browser(secret: bytes, mask: bytes) -> None:
        cookies = {"_streamlit_xsrf": form_token(secret, mask)}
        monkeypatch.setattr(type(streamlit.context), "cookies", cookies)

    other_tab, other_browser = (fill(arrive(token), HEALTHY) for _ in range(2))
    browser(b"a" * 16, b"mask")
    answer(token, HEALTHY)
    browser(b"a" * 16, b"ksam")
    assert "Thank you" in text_of(send(other_tab))
    assert len(everything_stored().assessments) == 1
    browser(b"b" * 16, b"mask")
    send(other_browser)
    assert len(everything_stored().assessments) == 2


def test_what_could_not_be_sent_may_be_sent_again_by_the_same_browser(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = fill(arrive(invited()), HEALTHY)
    cookies = {"_streamlit_xsrf": form_token(b"c" * 16, b"mask")}
    monkeypatch.setattr(type(streamlit.context), "cookies", cookies)
    with out_of_reach("add"):
        assert "could not store or read this for certain" in error_text(send(app))
    assert "Thank you" in text_of(send(app))
    assert len(everything_stored().assessments) == 1


def test_answers_are_thanked_for_whatever_became_of_the_word_of_their_outcome(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def losing_it(*given: Any, **further: Any) -> None:
        storing(*given, **further)
        streamlit.session_state.pop(keys.OUTCOME)

    app, storing = fill(arrive(invited()), HEALTHY), surveys.send
    monkeypatch.setattr(surveys, "send", losing_it)
    assert "Thank you" in text_of(send(app))
    assert len(everything_stored().assessments) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phone_is_told_a_folder_of_the_server(
    language: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = fill(arrive(invited(), language=language), HEALTHY)
    with monkeypatch.context() as read_only:

        def refuse(*_given: object, **_further: object) -> NoReturn:
            raise StorageError(UNWRITABLE, file="assessments.csv", reason="full", folder=folder)

        read_only.setattr(CsvStore, "add", refuse)
        told = error_text(send(app))
    assert str(folder) not in told
    assert {"en": "tell the person who invited you", "fr": "prévenez la personne"}[language] in told
    assert app.session_state[keys.answer("mandates-clear")] == HEALTHY["mandates-clear"]


def test_no_answer_at_all_is_refused(folder: Path) -> None:
    app = send(step(arrive(invited()), unfinished.SEND))
    assert "Nothing is answered yet" in error_text(app)
    assert everything_stored().assessments == ()


def test_a_page_without_an_invitation_says_what_it_is_for(folder: Path) -> None:
    open_round()
    app = app_on(page_files.ROUND)
    assert not app.exception
    assert "This page answers an invitation" in text_of(app)


def test_the_squad_is_named_at_every_step_until_the_answers_are_in(folder: Path) -> None:
    app = fill(arrive(invited(squad="Équipe *Atlas*")), HEALTHY)
    assert app.title[0].value.replace("\\", "") == "Your view · Équipe *Atlas*"
    assert app.title[0].value == send(app).title[0].value


def test_the_start_page_leads_who_is_invited_to_the_round(folder: Path) -> None:
    app = app_on(page_files.CHECK, link=invited())
    assert app.title[0].value == "Your view · Atlas"


def test_who_is_invited_reads_no_result_and_no_list(folder: Path) -> None:
    CsvStore(folder, FRAMEWORK).add([assessment(squad="Atlas", note="Note-hidden")])
    token = invited()
    for page in (page_files.SQUAD, page_files.DATA, page_files.ROUNDS, page_files.TRENDS):
        app = app_on(page, link=token)
        assert app.title[0].value == "This link does not open this page"
        assert "Note-hidden" not in everything(app)


# A deep round -------------------------------------------------------------------------------------


def test_a_deep_round_asks_the_lenses_of_the_squad_s_setup(folder: Path) -> None:
    roles = {"cpo": "own", "cto": "own", "pm": "own", "po": "absent"}
    CsvStore(folder, FRAMEWORK).add([setup(seats=roles, since=date(2026, 1, 1))])
    app = fill(arrive(invited(depth="deep")), WITHOUT_PO)
    step(app, unfinished.LENSES)
    app.button(keys.lens("who-decides")).click().run()
    pills = app.button_group(keys.decision("priority-segment"))
    assert "PM" in pills.options
    assert "PO" not in pills.options
    pills.set_value(["cpo", "pm"]).run()
    app.button(keys.move("overview")).click().run()
    app.button(keys.lens("mandates")).click().run()
    app.text_input(keys.mandate("pm")).set_value("Decides what comes first.").run()
    send(step(app, unfinished.SEND))
    (check,) = everything_stored().assessments
    assert check.deep.deciders == {"priority-segment": ("cpo", "pm")}
    assert check.deep.mandates == {"pm": "Decides what comes first."}
    assert check.framework == FRAMEWORK.version_with_lenses


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_session_offers_the_roles_of_the_setup_by_the_names_that_answers_use(
    language: str, folder: Path
) -> None:
    roles = {"cpo": "own", "cto": "own", "pm": "own", "po": "absent", "tl": "shared"}
    CsvStore(folder, FRAMEWORK).add([setup(seats=roles, since=date(2026, 1, 1))])
    app = step(arrive(invited(privacy="open"), language=language), unfinished.SEND)
    role = edition_in(language).role
    held = ["cpo", "cto", "pm", "tl"]
    assert app.selectbox(keys.CHECK_ROLE).options == [role(role_id) for role_id in held]


@pytest.mark.parametrize("privacy", ["open", "confidential"])
def test_a_session_asks_no_item_about_a_seat_that_nobody_holds_and_says_so(
    privacy: str, folder: Path
) -> None:
    # A squad with a PM and no PO: of the 14 items two name the PO.
    roles = {"cpo": "own", "cto": "own", "pm": "own", "po": "absent"}
    CsvStore(folder, FRAMEWORK).add([setup(seats=roles, since=date(2026, 1, 1))])
    app = arrive(invited(privacy=privacy))
    assert "12 questions, about 3 minutes." in text_of(app)

    step(app, "pm-missing")
    shown = {control.key for control in app.segmented_control}
    assert keys.answer("po-sets-strategy") not in shown
    assert keys.answer("trade-offs-mid-sprint") in shown
    assert "Not asked: “PO sets the strategy”. The squad's setup has no PO." in text_of(app)
    assert app.progress[0].text == "0 of 12 answered"

    step(app, unfinished.SEND)
    assert "2. Is a PM missing? · 3 questions left" in text_of(app)
    send(fill(app, WITHOUT_PO))
    (check,) = everything_stored().assessments
    assert check.answers == WITHOUT_PO


def test_the_way_into_who_decides_stands_out_and_the_way_around_does_not(folder: Path) -> None:
    app = step(arrive(invited(depth="deep")), unfinished.LENSES)
    (primary,) = [button for button in app.button if button.proto.type == "primary"]
    assert primary.label.replace("\\", "") == "Begin: Who decides"
    around = app.button(keys.move("skip"))
    assert (around.label, around.proto.type) == ("Leave the rest and go on", "secondary")
    primary.click().run()
    assert "Lens 1 of 8" in text_of(app)


def test_before_sending_it_says_what_is_missing_and_leads_back(folder: Path) -> None:
    app = fill(arrive(invited(depth="deep")), HEALTHY)
    # 14 of the quick check and 68 of the eight lenses.
    assert app.progress[0].text == "14 of 82 answered"
    assert "\nWho decides · 19 questions left" in text_of(app)
    assert "Three questions: " not in text_of(app)
    app.button(keys.move("who-decides")).click().run()
    assert "Lens 1 of 8" in text_of(app)


def test_the_menu_offers_playbook_and_method_once_the_answers_are_sent(
    folder: Path, menu: list[str]
) -> None:
    app = fill(arrive(invited()), HEALTHY)
    assert not {"Playbook", "Method"} & {*menu}
    send(app)
    assert {"Playbook", "Method"} <= {*menu}


def test_who_is_expected_to_decide_is_not_told_before_the_answers_are_sent(folder: Path) -> None:
    app = arrive(invited(depth="who-decides"))
    app.session_state[keys.DEEP_EXPECTED] = True  # as a browser may say
    step(app, unfinished.LENSES)
    for decision in FRAMEWORK.lenses.decisions_at(FRAMEWORK.level_ids[0]):
        app.pills(keys.decision(decision.id)).set_value(["pm"]).run()
    assert not app.toggle
    assert "Expected to decide here" not in text_of(app)


@pytest.mark.parametrize("privacy", ["open", "confidential"])
def test_a_round_may_ask_who_decides_alone_of_the_lenses(privacy: str, folder: Path) -> None:
    app = arrive(invited(depth="who-decides", privacy=privacy))
    assert "14 questions and who decides on 19 decisions" in text_of(app)
    # A single lens has no overview: the way on leads into its levels, and out of the last.
    move(step(app, FRAMEWORK.modules[-1].id), "next").click().run()
    lenses = FRAMEWORK.lenses.lens_ids
    offered = {button.key for button in app.button}
    assert not offered & {keys.move("overview"), keys.move("skip"), *map(keys.lens, lenses)}
    assert "Lens 1 of 1" not in text_of(app)
    for level in FRAMEWORK.level_ids:
        (asked,) = FRAMEWORK.lenses.decisions_at(level)[:1]
        assert app.button_group(keys.decision(asked.id)).value == []
        move(app, "next").click().run()
    assert app.session_state[keys.ROUND_STEP] == unfinished.SEND
    step(app, unfinished.LENSES)
    app.segmented_control(keys.DEEP_LEVEL).set_value(FRAMEWORK.level_ids[0]).run()
    move(app, "back").click().run()
    assert app.session_state[keys.ROUND_STEP] == FRAMEWORK.modules[-1].id
    app.session_state[keys.decision("priority-segment")] = ["cpo"]
    app.session_state[keys.lens_item("product-review")] = "yes"  # as a forged message would
    send(fill(app, HEALTHY))
    (answer,) = everything_stored().assessments
    assert answer.deep.deciders == {"priority-segment": ("cpo",)}
    assert not answer.deep.options


def test_a_confidential_deep_round_asks_for_no_sentence(folder: Path) -> None:
    app = arrive(invited(depth="deep", privacy="confidential"))
    assert "14 questions and seven lenses" in text_of(app)
    step(app, unfinished.LENSES)
    offered = {button.key for button in app.button}
    assert keys.lens("vital-signs") in offered
    assert keys.lens("mandates") not in offered


def test_who_is_invited_cannot_edit_the_squad_s_setup(folder: Path) -> None:
    seats = {"cpo": "own", "cto": "own", "po": "own", "pm": "absent"}
    CsvStore(folder, FRAMEWORK).add([setup(seats=seats, since=date(2026, 1, 1))])
    app = step(arrive(invited(depth="deep")), unfinished.LENSES)
    app.button(keys.lens("pm-practice")).click().run()
    assert not app.exception
    assert "nobody holds that seat" in text_of(app)
    assert not [button for button in app.button if "setup" in str(button.key)]


# What bad input gets ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "forged",
    [
        {keys.CHECK_ROLE: "emperor"},
        {keys.CHECK_VOICE: "x" * 81},
        {keys.CHECK_VOICE: "a\x00b"},
        {keys.CHECK_NOTE: "x" * 5_001},
        {keys.decision("bets"): ["nobody", "cpo"]},
        {keys.decision("bets"): ["emperor"]},
        {keys.lens_item("product-review"): "perhaps"},
        {keys.sign("open-questions"): 10.0**12},
        {keys.mandate("pm"): "x" * 301},
    ],
)
def test_forged_fields_are_refused_at_the_edge_and_nothing_is_stored(
    forged: dict[str, object], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = fill(arrive(invited(depth="deep")), HEALTHY)
    forging(monkeypatch, take_part, "_form", forged)
    send(app)
    assert app.error
    assert everything_stored().assessments == ()
    assert app.session_state[keys.answer("mandates-clear")] == "yes"


def test_a_forged_answer_is_left_out_and_the_others_are_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = fill(arrive(invited()), HEALTHY)
    forging(monkeypatch, take_part, "_form", {keys.answer("late-scope"): "<script>"})
    send(app)
    (check,) = everything_stored().assessments
    assert check.answers == {i: option for i, option in HEALTHY.items() if i != "late-scope"}


def test_one_invitation_brings_no_more_answers_than_it_may(folder: Path, secrets: Path) -> None:
    secrets.write_text("[access]\nanswers_per_link = 2\n", encoding="utf-8")
    token = invited()
    for _voice in range(2):
        answer(token, HEALTHY)
    third = answer(token, HEALTHY)
    assert "reached its limit of 2 answers" in error_text(third)
    assert len(everything_stored().assessments) == 2


def test_the_answers_of_an_invitation_are_counted_at_the_moment_of_storing(
    folder: Path, secrets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secrets.write_text("[access]\nanswers_per_link = 1\n", encoding="utf-8")
    app = fill(arrive(invited()), HEALTHY)
    original = CsvStore.add

    def after_another(self: CsvStore, records: list[Assessment], **how: Any) -> int:
        monkeypatch.setattr(CsvStore, "add", original)
        unguarded_store().add([assessment(squad="Atlas", gathering=the_round().id)])
        return original(self, records, **how)

    monkeypatch.setattr(CsvStore, "add", after_another)
    send(app)
    assert "reached its limit of 1 answers" in error_text(app)
    assert len(everything_stored().assessments) == 1


def test_of_a_thousand_answers_from_one_link_the_usual_three_hundred_are_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = invited()
    kept = [
        assessment(squad="Atlas", gathering=the_round().id, answers={"late-scope": "often"})
        for _voice in range(299)
    ]
    unguarded_store().add(kept)
    answer(token, {"late-scope": "often"})
    assert len(everything_stored().assessments) == 300
    last = answer(token, {"late-scope": "often"})
    assert "reached its limit of 300 answers" in error_text(last)
    assert len(everything_stored().assessments) == 300


# A promise that changes ---------------------------------------------------------------------------


def swapped(privacy: str) -> None:
    """Put another promise in the place of the round's, as a hand-made file once could."""
    store, survey = unguarded_store(), the_round()
    store.delete([survey.id])
    store.add([survey.model_copy(update={"privacy": privacy})])


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_sent_under_another_promise_than_was_shown_is_refused_and_asked_again(
    language: str, folder: Path
) -> None:
    token = invited(privacy="confidential")
    app = fill(arrive(token, language=language), HEALTHY)
    swapped("open")
    send(app)
    assert everything_stored().assessments == ()
    said = {"en": "changed after you opened it", "fr": "a changé depuis que vous l’avez ouvert"}
    assert said[language] in error_text(app)
    assert "your alias" in text_of(app) if language == "en" else "votre alias" in text_of(app)
    send(app)
    (check,) = everything_stored().assessments
    assert check.answers == HEALTHY


def test_a_promise_that_changed_before_the_last_step_is_told_all_the_same(folder: Path) -> None:
    token = invited(privacy="confidential")
    app = arrive(token)
    swapped("open")
    send(fill(app, HEALTHY))
    assert "changed after you opened it" in error_text(app)
    assert everything_stored().assessments == ()


def test_invitations_end_with_the_squad_and_no_file_brings_its_round_back_otherwise(
    folder: Path,
) -> None:
    token = invited(privacy="confidential")
    survey = the_round()
    app = app_on(page_files.DATA)
    with_squad_open(app, "atlas")
    assert "It also ends 1 link" in text_of(app)
    app.button(keys.SQUADS_DELETE).click().run()
    assert everything_stored().records == ()
    assert arrive(token).title[0].value == "This link is not valid"

    changed = survey.model_copy(update={"privacy": "open"})
    unguarded_store().add([changed])
    assert arrive(token).title[0].value == "This link is not valid"


def test_the_word_that_answers_are_back_goes_once_the_person_goes_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, *_rest = (module.id for module in FRAMEWORK.modules)
    item = FRAMEWORK.items_of(first)[1].id
    kept_by_browser(monkeypatch, answers=HEALTHY, step=first)
    app = arrive(invited())
    app.button("give-back").click().run()
    app.segmented_control(keys.answer(item)).set_value(HEALTHY[item]).run()
    assert "Your answers are back" in text_of(app)

    step(app, second)
    assert "Your answers are back" not in text_of(app)
    assert "Start over" not in text_of(app)
    assert "Your answers are back" not in text_of(step(app, first))


# Ends ---------------------------------------------------------------------------------------------


def test_an_invitation_leads_those_who_answered_to_a_room_held_after_the_last_day(
    folder: Path,
) -> None:
    token = invited()
    answered = answer(token, HEALTHY)
    days_pass(12)
    late = arrive(token)
    assert keys.ROUND_SEND not in [control.key for control in late.button]
    surveys.reveal(the_round())
    assert "What the session says" in text_of(answered.run())
    days_pass(30)
    assert arrive(token).title[0].value == "This link is not valid"


def days_pass(count: int) -> None:
    """Let the round and its invitation lie so many days further back."""
    age, survey, (link,) = timedelta(days=count), the_round(), shared_links.links()
    opened_on, closes_on = survey.opened_on - age, survey.closes_on - age
    store = unguarded_store()
    store.revise(survey, survey.changed(opened_on=opened_on, closes_on=closes_on))
    moments = {"created_at": link.created_at - age, "expires_at": link.expires_at - age}
    store.revise(link, link.model_copy(update=moments))


def test_a_closed_round_says_so_and_takes_nothing(folder: Path) -> None:
    editor = open_round()
    token = token_of(editor)
    late = fill(arrive(token), HEALTHY)
    click(editor, "close")
    send(late)
    assert "No more answers have been taken since" in text_of(late)
    assert "What you have answered was not sent" in text_of(late)
    assert everything_stored().assessments == ()
    assert not editor.code


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("privacy", "stays", "kept"),
    [
        ("open", False, BY_BROWSER),
        ("confidential", True, BY_BROWSER),
        ("confidential", False, BY_TAB),
    ],
)
def test_a_closed_round_says_how_long_what_was_not_sent_is_kept(
    privacy: str, stays: bool, kept: str, language: str, folder: Path
) -> None:
    late = arrive(invited(privacy=privacy), language=language)
    if privacy == "confidential":
        late.checkbox(keys.DRAFT_STAYS).set_value(stays)
    late = fill(late, HEALTHY)
    unguarded_store().revise(the_round(), closed(the_round(), now=datetime.now(UTC)))
    gettext, shown = words_in(language).gettext, text_of(late.run())
    assert [text for text in (BY_BROWSER, BY_TAB) if gettext(text) in shown] == [kept]


def test_a_latecomer_reads_when_it_closed_without_red_and_without_steps(folder: Path) -> None:
    editor = open_round()
    token = token_of(editor)
    click(editor, "close")
    late = arrive(token)
    day = words_in("en").date(datetime.now(UTC).date())
    announced = words_in("en").date(the_round().closes_on)
    text = (
        f"No more answers have been taken since {day}: the session was closed before {announced}, "
        "the last day announced. Ask the person who invited you to reopen the session."
    )
    assert text in text_of(late)
    assert "open this link in the browser that you answered with" in text_of(late)
    assert not late.error
    assert keys.ROUND_STEP not in [control.key for control in late.segmented_control]


def test_a_latecomer_reads_the_day_of_closing_as_their_own_clock_told_it(folder: Path) -> None:
    editor = open_round()
    token = token_of(editor)
    click(editor, "close")
    closed_at = the_round().closed_at
    assert closed_at is not None
    for timezone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):  # never both on one day
        late = arrive(token)
        late.context = {"timezone": timezone}
        day = words_in("en").date(closed_at.astimezone(ZoneInfo(timezone)).date())
        assert f"No more answers have been taken since {day}: " in text_of(late.run())


def test_who_was_amid_answers_at_the_reveal_reads_that_they_do_not_count(folder: Path) -> None:
    token = invited()
    midway = fill(arrive(token), HEALTHY)
    answer(token, HEALTHY)
    surveys.reveal(the_round())
    shown = text_of(midway.run())
    assert "The person who invited you can show you the results." in shown
    assert "What you have answered was not sent, so it does not count; only those who" in shown
    assert "browser that you answered with" not in shown


def test_a_round_that_ran_to_its_day_is_over_since_then_whenever_it_is_revealed(
    folder: Path,
) -> None:
    token = invited()
    answer(token, HEALTHY)
    days_pass(12)
    surveys.reveal(the_round())
    day = words_in("en").date(the_round().closes_on)
    assert f"No more answers have been taken since {day}. " in text_of(arrive(token))


def test_a_browser_keeps_the_mark_that_it_answered_as_long_as_the_link_opens(folder: Path) -> None:
    token = invited()
    app, (link,) = answer(token, HEALTHY), shared_links.links()
    assert format_datetime(link.expires_at, usegmt=True) in everything(app)
    day = words_in("en").date(last_day_of(link))
    assert f"Until {day} this browser remembers that you have answered" in text_of(app)


def test_a_closed_round_is_opened_again_until_a_later_day(folder: Path) -> None:
    editor = open_round()
    token = token_of(editor)
    first, last = map(words_in("en").date, (the_round().opened_on, the_round().closes_on))
    assert f"{first} to {last}" in text_of(editor)
    assert f"{first} to {first}" in text_of(click(editor, "close"))
    click(editor, "again")
    assert the_round().closed_at is None
    answer(token, HEALTHY)
    assert len(everything_stored().assessments) == 1


def test_an_answer_sent_while_the_round_is_closed_is_not_stored(
    folder: Path, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    app = fill(arrive(invited()), HEALTHY)
    store, survey = unguarded_store(), the_round()
    meanwhile(lambda: store.revise(survey, closed(survey, now=datetime.now(UTC))))
    send(app)
    assert "No more answers have been taken since" in text_of(app)
    assert everything_stored().assessments == ()


def test_an_answer_sent_while_its_squad_is_renamed_is_not_stored(
    folder: Path, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    app = fill(arrive(invited()), HEALTHY)
    store = unguarded_store()
    meanwhile(lambda: store.rename("Atlas", "Borea"))
    send(app)
    assert "Somebody changed this meanwhile" in text_of(app)
    assert everything_stored().assessments == ()


def test_other_answers_sent_again_while_the_round_is_closed_are_not_stored(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = fill(arrive(invited()), HEALTHY)
    with stored_but_lost():
        send(app)
    survey, revise = the_round(), CsvStore.revise

    def closed_first(self: CsvStore, before: Record, after: Record, **how: Any) -> None:
        monkeypatch.setattr(CsvStore, "revise", revise)
        self.revise(survey, closed(survey, now=datetime.now(UTC)))
        self.revise(before, after, **how)

    fill(app, SPLIT)
    monkeypatch.setattr(CsvStore, "revise", closed_first)
    send(app)
    assert "No more answers have been taken since" in text_of(app)
    (check,) = everything_stored().assessments
    assert check.answers == HEALTHY


def test_a_new_invitation_leads_to_the_same_round(folder: Path) -> None:
    editor = open_round()
    first = token_of(editor)
    editor.button(keys.ROUNDS_DONE).click().run()
    click(editor, "invite")
    second = token_of(editor)
    assert first != second
    answer(first, HEALTHY)
    answer(second, HEALTHY)
    editor.run()
    assert "2 answered" in text_of(editor)
    assert len(everything_stored().surveys) == 1


def test_deleting_a_round_says_what_goes_and_takes_answers_and_invitations_along(
    folder: Path,
) -> None:
    CsvStore(folder, FRAMEWORK).add([assessment(squad="Atlas")])
    editor = open_round()
    token = token_of(editor)
    answer(token, HEALTHY)
    answer(token, HEALTHY)
    editor.run()
    assert "with 2 answers and 1 invitation." in text_of(editor)
    click(editor, "delete")
    assert everything_stored().surveys == ()
    assert len(everything_stored().assessments) == 1
    assert shared_links.links() == ()
    assert arrive(token).title[0].value == "This link is not valid"


def test_an_answer_that_comes_while_its_session_is_deleted_goes_as_well(
    folder: Path, meanwhile: Callable[[Callable[[], object]], None]
) -> None:
    editor = open_round(privacy="confidential")
    store, late = unguarded_store(), answer_as_stored(assessment(), the_round())
    meanwhile(lambda: store.add([late]))
    click(editor, "delete")
    assert [*store.read().survey_answers, *store.read().surveys, *store.read().links] == []


def test_an_invitation_that_ran_out_gets_the_page_of_any_other_bad_link(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = invited()
    (link,) = shared_links.links()
    shared_links.revoke(link.link_id, now=datetime.now(UTC))
    assert arrive(token).title[0].value == "This link is not valid"


def test_rounds_that_run_come_first_then_those_to_reveal_then_the_revealed(folder: Path) -> None:
    now = datetime.now(UTC)
    today = now.date()
    fields = {"saved_at": now, "opened_on": today, "closes_on": today + timedelta(days=3)}
    closed = {"closed_at": now}
    made = [
        Survey.model_validate(fields | {"squad": squad, "gathering_id": f"{n:032x}"} | more)
        for n, (squad, more) in enumerate(
            [("Revealed", closed | {"revealed_at": now}), ("Closed", closed), ("Running", {})]
        )
    ]
    unguarded_store().add(made)
    page = text_of(app_on(page_files.ROUNDS))
    order = [page.index(f"**{squad}**") for squad in ("Running", "Closed", "Revealed")]
    assert order == sorted(order)


# Unseen until revealed ----------------------------------------------------------------------------


def test_editors_see_a_count_and_nothing_else_until_they_reveal(folder: Path) -> None:
    CsvStore(folder, FRAMEWORK).add([assessment(squad="Atlas", answers=HEALTHY)])
    editor = open_round()
    app = fill(arrive(token_of(editor)), HEALTHY | SPLIT)
    app.text_input(keys.CHECK_VOICE).set_value("Alias-hidden")
    send(app)
    for page in (page_files.SQUAD, page_files.DATA, page_files.COMPARE, page_files.LEADERSHIP):
        sent = everything(app_on(page))
        assert "Alias-hidden" not in sent
        assert "2 voices" not in sent
    click(editor.run(), "reveal")
    # A round is a unit of its own: the check beside it is added to nothing.
    assert "2 voices" not in everything(app_on(page_files.SQUAD))
    assert "Alias-hidden" in everything(app_on(page_files.DATA))


def test_what_too_few_answered_in_confidence_shows_nowhere(folder: Path) -> None:
    editor = open_round(privacy="confidential")
    token = token_of(editor)
    for index in range(5):
        answers = {"mandates-clear": "yes", "rituals-decide": "partly" if index else "no"}
        answer(token, answers | ({"late-scope": "often"} if index < 4 else {}))
    editor.run()
    click(editor, "reveal")
    page = app_on(page_files.SQUAD, view="voices")
    assert "5 voices" in text_of(page)
    assert "Meetings that decide" in "\n".join(
        title.value for title in [*page.header, *page.subheader]
    )
    sent = everything(page)
    assert "Scope often grows" not in sent
    assert "Late scope, Often" not in sent
    assert "Too few answers to compare on 12 of 14 questions." in text_of(page)


# A store out of reach -----------------------------------------------------------------------------


def test_answers_stay_on_the_page_while_the_store_takes_nothing(folder: Path) -> None:
    def refuse(*_given: object, **_how: object) -> int:
        raise StorageError(template("the disk is full"))

    app = fill(arrive(invited()), HEALTHY)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CsvStore, "add", refuse)
        send(app)
    assert "could not store or read this for certain" in error_text(app)
    assert "14 of 14 answered" in app.progress[0].text
    send(app)
    assert len(everything_stored().assessments) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_opens_a_session_learns_before_it_that_phones_cannot_come(
    language: str, empty_store: Path
) -> None:
    text = text_of(app_on(page_files.ROUNDS, language=language))

    assert {
        "en": "Phones cannot open localhost:8501: this address works on this computer only.",
        "fr": french("Les téléphones ne peuvent pas ouvrir localhost:8501 : cette adresse ne"),
    }[language] in text

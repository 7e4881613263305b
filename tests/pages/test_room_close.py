"""How a room ends: the next date noted, the charter taken away; and the room before any session."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from html import unescape
from pathlib import Path
from uuid import uuid4

import pytest
from streamlit.testing.v1 import AppTest

from assessment.access.invitations import answer_as_stored, closed, revealed
from assessment.content.edition import edition_in
from assessment.content.loading import shipped_framework
from assessment.languages import LANGUAGES, words_in
from assessment.model import Agreement, Survey
from assessment.ui.guard.whole_store import unguarded_store
from assessment.ui.room.close import weekday_from
from assessment.ui.session import keys, page_files
from assessment.wording.agreement import agreed_clauses
from tests.builders import action, agreement, assessment, confirmation, setup
from tests.examples import EXAMPLE_1 as HEALTHY
from tests.pages.app import app_on, store_of, text_of, way
from tests.pages.test_room import SPRINT, phone, room, session
from tests.pages.visitors import everything

pytestmark = pytest.mark.usefixtures("secrets")

NOW = datetime.now(UTC)
TODAY = NOW.date()
NEXT = TODAY + timedelta(days=40)


def the_survey() -> Survey:
    (survey,) = unguarded_store().read().surveys
    return survey


def noted(survey: Survey, day: date | None) -> AppTest:
    app = room(survey, step="close")
    return app.date_input(keys.ROOM_NEXT_DAY).set_value(day).run()


def test_the_next_date_is_kept_with_the_session_and_told_wherever_dates_are(
    empty_store: Path,
) -> None:
    survey = session(empty_store)
    app = noted(survey, NEXT)
    assert the_survey().next_on == NEXT
    assert "Noted." in everything(app)
    again = room(survey, step="close")
    assert again.date_input(keys.ROOM_NEXT_DAY).value == NEXT
    assert "Noted." in everything(again)
    day = words_in("en").date(NEXT)
    assert f"The next session: {day}" in text_of(app_on(page_files.ROUNDS))
    assert f"{day} · ask the squad Atlas again" in everything(app_on(page_files.HOME))
    assert f"The next session: {day}" in text_of(phone(survey))


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (None, "the day of the next session is empty; choose one after today"),
        (TODAY - timedelta(days=3), "the next session is after today and until"),
        (TODAY + timedelta(days=800), "the next session is after today and until"),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_a_reason_and_nothing_stored_changes(
    day: date | None, reason: str, empty_store: Path
) -> None:
    survey = session(empty_store)
    noted(survey, NEXT)
    app = noted(survey, day)
    assert reason in text_of(app).lower()
    assert the_survey().next_on == NEXT


def test_the_charter_is_taken_away_in_the_room(
    empty_store: Path, files: list[Callable[[], bytes]]
) -> None:
    survey = session(empty_store)
    made = agreement(survey=survey.id, agreed_on=TODAY, valid_until=NEXT)
    store_of(empty_store, made, confirmation(agreement_id=made.id, role="po"))
    room(survey, step="end")
    (make,) = files
    assert make().startswith(b"%PDF")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_charter_is_offered_once_something_is_decided_and_what_else_differs_is_left_open(
    language: str, empty_store: Path
) -> None:
    survey, words, texts = session(empty_store), words_in(language), edition_in(language).texts
    # Of the two topics one is chosen, and the one chosen is acted on.
    at = {"walk": "item.single-channel", "language": language}
    assert not room(survey, step="end", **at).get("download_button")
    app = room(survey, step="walk", topic="item.single-channel", do="act", **at)
    app.button(keys.topic("act", "item.single-channel")).click().run()
    assert len(room(survey, step="end", **at).get("download_button")) == 1
    sent = everything(room(survey, step="close", **at))
    assert words.gettext("Nothing: every topic is settled.") not in sent
    left = sent.partition(words.gettext("Left open"))[2]
    assert f"<li>{texts.lenses.decisions['sprint-content'].short}</li>" in left
    assert texts.items["single-channel"].short not in left


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_is_settled_once_each_is_agreed_or_acted_on(
    language: str, empty_store: Path
) -> None:
    survey, words = session(empty_store), words_in(language)
    app = room(survey, step="walk", topic="item.single-channel", do="act")
    app.button(keys.topic("act", "item.single-channel")).click().run()
    made = agreement(survey=survey.id, agreed_on=TODAY, valid_until=NEXT)
    store = store_of(empty_store, made)
    waiting = everything(room(survey, step="close", language=language))
    assert words.gettext("Nothing else.") in waiting
    store.add([confirmation(agreement_id=made.id, role=role) for role in ("po", "tl")])
    closing = room(survey, step="close", language=language)
    assert words.gettext("Nothing: every topic is settled.") in everything(closing)
    # All seven named the PM for what is cut, before anything had to be settled.
    alike = words.gettext("Already clear: {decisions}.")
    cut = edition_in(language).texts.lenses.decisions["cut"].short
    assert alike.format(decisions=cut) in everything(closing)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_role_does_not_agree_with_stands_apart_from_what_was_agreed(
    language: str, empty_store: Path
) -> None:
    survey, words = session(empty_store), words_in(language)
    made = agreement(survey=survey.id, agreed_on=TODAY, valid_until=NEXT)
    store_of(empty_store, made, confirmation(agreement_id=made.id, role="po"))
    apart = words.gettext("Not agreed yet")
    waiting = everything(room(survey, step="close", language=language))
    assert (
        words.gettext("waiting for {roles}").format(roles=edition_in(language).the_role("tl"))
        in waiting
    )
    assert words.gettext("Nothing yet.") in waiting.partition(apart)[0]
    refused = confirmation(
        confirmation_id=uuid4(), agreement_id=made.id, role="tl", answer="not-agreed"
    )
    store_of(empty_store, refused)
    agreed, heading, contested = everything(
        room(survey, step="close", language=language)
    ).partition(apart)
    decision = edition_in(language).texts.lenses.decisions["sprint-content"].short
    assert words.gettext("Nothing yet.") in agreed
    assert heading
    assert decision in contested
    # It is told there alone: one other topic is left open, by name and by number.
    channel = edition_in(language).texts.items["single-channel"].short
    left = contested.partition(words.gettext("Left open"))[2]
    assert f"<li>{channel}</li>" in left
    assert f"<li>{decision}</li>" not in left
    ended = everything(room(survey, step="end", language=language))
    assert words.ngettext("{count} topic left open", "", 1).format(count=1) in ended
    store_of(empty_store, action(lever="single-channel", saved_at=datetime.now(UTC)))
    closing = everything(room(survey, step="close", language=language))
    assert words.gettext("Nothing else.") in closing.partition(words.gettext("Left open"))[2]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("answers", [{}, {"po": "agreed", "tl": "not-agreed"}, {"po": "agreed"}])
def test_what_does_not_hold_is_called_alike_on_every_screen_and_counted_on_none(
    answers: dict[str, str], language: str, empty_store: Path
) -> None:
    survey, words = session(empty_store), words_in(language)
    made = agreement(survey=survey.id, agreed_on=TODAY, valid_until=NEXT)
    given = [
        confirmation(agreement_id=made.id, role=role, answer=answer)
        for role, answer in answers.items()
    ]
    store_of(empty_store, made, *given)
    edition, left = edition_in(language), [role for role in ("po", "tl") if role not in answers]
    waiting = words.gettext("waiting for {roles}").format(roles=edition.the_roles(left))
    state = words.gettext("refused by a role") if len(given) > 1 else waiting
    still = words.gettext("{role}: still to confirm")
    role_by_role = [still.format(role=edition.role(role)) for role in left] or [state[1:]]
    screens = [
        phone(survey, language=language),
        app_on(page_files.SQUAD, squad=survey.squad, view="who-decides", language=language),
        *(
            room(survey, language=language, **at)
            for at in (SPRINT, SPRINT | {"do": "agree"}, {"step": "walk"}, {"step": "close"})
        ),
        room(survey, language=language, step="end"),
    ]
    listing = (screens[0], screens[3])  # where each role stands with its answer
    for app in screens:
        sent = text_of(app) + everything(app)
        assert (state[1:] in sent) == (app not in listing or not left)
        assert app not in listing or all(line in sent for line in role_by_role)
    assert words.gettext("No decision agreed on") in everything(screens[-1])
    assert words.ngettext("settled since", "", 1) not in text_of(screens[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_action_can_be_taken_when_the_room_ends_whatever_its_topics_were(
    language: str, empty_store: Path
) -> None:
    survey, words, levers = (
        session(empty_store),
        words_in(language),
        edition_in(language).texts.levers,
    )
    whole = assessment(answers=HEALTHY | {"single-channel": "no"})
    store_of(empty_store, answer_as_stored(whole, survey))
    closing = room(survey, step="close", language=language)
    assert closing.button(keys.ROOM_MORE_ACTIONS).label == words.gettext("Add an action…")
    assert keys.ROOM_CHANGE_ACTIONS not in [button.key for button in closing.button]
    closing.button(keys.ROOM_MORE_ACTIONS).click().run()
    # What three voices say of the one channel is all that is lost; the room may do anything else.
    offered = closing.selectbox(keys.ROOM_LEVER).options
    assert offered[0] == levers["single-channel"].title
    assert sorted(offered) == sorted(lever.title for lever in levers.values())
    closing.button(keys.topic("act", "more-single-channel")).click().run()
    assert not closing.exception
    (action,) = unguarded_store().read().actions
    assert (action.lever, action.squad) == ("single-channel", survey.squad)
    # The form is closed by it.
    assert closing.title[0].value == words.gettext("What we take away")
    assert levers["single-channel"].title in everything(closing)
    closing.button(keys.ROOM_MORE_ACTIONS).click().run()
    assert levers["single-channel"].title not in closing.selectbox(keys.ROOM_LEVER).options


def test_an_action_can_be_taken_where_too_little_is_answered_to_rank_any(
    empty_store: Path,
) -> None:
    survey = session(empty_store)  # who decides alone was answered
    closing = room(survey, step="close")
    assert "We will do" in [header.value for header in closing.header]
    closing.button(keys.ROOM_MORE_ACTIONS).click().run()
    first = shipped_framework().levers[0].id
    closing.pills(keys.topic("owner", f"more-{first}")).set_value("cto").run()
    closing.button(keys.topic("act", f"more-{first}")).click().run()
    assert not closing.exception
    assert [action.lever for action in unguarded_store().read().actions] == [first]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_action_added_in_own_words_leads_with_them_and_leaves_every_topic_open(
    language: str, empty_store: Path
) -> None:
    survey, words, levers = (
        session(empty_store),
        words_in(language),
        edition_in(language).texts.levers,
    )
    closing = room(survey, step="close", do="act", language=language)
    lever, own = closing.selectbox(keys.ROOM_LEVER), "Ana drafts the criteria"
    assert lever.label == words.gettext("Under the lever")
    first = shipped_framework().levers[0].id
    closing.text_area(keys.topic("words", f"more-{first}")).set_value(own).run()
    # The words stay when they are put under another lever, one that answers to an open topic.
    closing.selectbox(keys.ROOM_LEVER).select("single-channel").run()
    assert closing.text_area(keys.topic("words", "more-single-channel")).value == own
    closing.pills(keys.topic("owner", "more-single-channel")).set_value("cto").run()
    closing.button(keys.topic("act", "more-single-channel")).click().run()
    assert not closing.exception
    sent = unescape(everything(closing))
    text = words.gettext(
        "{words} (lever: {lever})", lever=levers["single-channel"].title, words=own
    )
    assert f"<li>{text} · CTO" in sent
    channel = edition_in(language).texts.items["single-channel"].short
    assert f"<li>{channel}</li>" in sent.partition(words.gettext("Left open"))[2]
    wall = unescape(everything(room(survey, step="walk", topic="item.single-channel")))
    assert "Decided" not in wall


def test_an_action_that_is_begun_is_there_again_until_it_is_stored(empty_store: Path) -> None:
    survey = session(empty_store)
    app = room(survey, step="close", do="act")
    app.selectbox(keys.ROOM_LEVER).select("restate-vision").run()
    words = keys.topic("words", "more-restate-vision")
    app.text_area(words).set_value("Ana tells the vision").run()
    way(app, "back").click().run()
    app.button(keys.ROOM_MORE_ACTIONS).click().run()
    assert app.selectbox(keys.ROOM_LEVER).value == "restate-vision"
    assert app.text_area(words).value == "Ana tells the vision"
    app.pills(keys.topic("owner", "more-restate-vision")).set_value("pm").run()
    app.button(keys.topic("act", "more-restate-vision")).click().run()
    assert not app.exception
    app.button(keys.ROOM_MORE_ACTIONS).click().run()
    assert not app.exception
    assert app.selectbox(keys.ROOM_LEVER).value != "restate-vision"
    # What was stored meanwhile, here or elsewhere, is what its form shows.
    way(app, "back").click().run()
    app.button(keys.ROOM_CHANGE_ACTIONS).click().run()
    assert [area.value for area in app.text_area] == ["Ana tells the vision"]


def test_an_action_on_a_topic_that_is_begun_is_there_again(empty_store: Path) -> None:
    topic = "item.single-channel"
    app = room(session(empty_store), step="walk", topic=topic, do="act")
    app.text_area(keys.topic("words", topic)).set_value("Ana lists them").run()
    way(app, "back").click().run()
    app.button(keys.ROOM_AGREE).click().run()
    assert app.text_area(keys.topic("words", topic)).value == "Ana lists them"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_next_session_that_waits_for_an_action_says_so(language: str, empty_store: Path) -> None:
    survey, words = session(empty_store), words_in(language)
    text = words.gettext("The next session, after the last action, due {day}", day=NEXT)
    assert text not in everything(room(survey, step="close", language=language))
    late = action(saved_at=datetime.now(UTC), squad=survey.squad, decided_on=TODAY, due_on=NEXT)
    store_of(empty_store, late)
    closing = room(survey, step="close", language=language)
    assert text in everything(closing)
    value = closing.date_input(keys.ROOM_NEXT_DAY).value
    assert value == weekday_from(NEXT + timedelta(days=1))
    closing.date_input(keys.ROOM_NEXT_DAY).set_value(NEXT + timedelta(days=9)).run()
    assert text not in everything(closing)


@pytest.mark.parametrize(
    ("day", "proposed"),
    [
        (date(2026, 11, 27), date(2026, 11, 27)),  # a Friday
        (date(2026, 11, 28), date(2026, 11, 30)),
        (date(2026, 11, 29), date(2026, 11, 30)),
        (date(2026, 11, 30), date(2026, 11, 30)),
    ],
)
def test_a_next_session_is_proposed_for_a_weekday(day: date, proposed: date) -> None:
    assert weekday_from(day) == proposed


@pytest.mark.parametrize(
    ("language", "label", "lines"),
    [
        (
            "en",
            "Finish",
            (
                "1 decision agreed on: Sprint content",
                "1 topic left open",
                "Not released: anyone who opens this app",
            ),
        ),
        (
            "fr",
            "Terminer",
            ("1 décision convenue", "1 sujet reste ouvert", "ne la montrent pas encore"),
        ),
    ],
)
def test_finishing_notes_the_day_and_lands_on_what_happened_and_what_is_next(
    language: str, label: str, lines: tuple[str, ...], empty_store: Path
) -> None:
    survey = session(empty_store)
    made = agreement(survey=survey.id, agreed_on=TODAY, valid_until=NEXT)
    store_of(empty_store, made, *(confirmation(agreement_id=made.id, role=r) for r in ("po", "tl")))
    app = room(survey, step="close", language=language)
    proposed = app.date_input(keys.ROOM_NEXT_DAY).value
    assert app.button(keys.ROOM_FINISH).label == label
    app.button(keys.ROOM_FINISH).click().run()
    assert not app.exception
    assert isinstance(proposed, date)
    assert the_survey().next_on == proposed
    assert app.query_params["step"] == "end"
    sent = everything(app)
    for line in (*lines, words_in(language).date(proposed)):
        assert line in sent
    assert len(app.get("download_button")) == 1
    assert len(app.get("page_link")) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_room_without_a_session_says_what_it_is_for_and_leads_to_one(
    language: str, empty_store: Path
) -> None:
    app = app_on(page_files.ROOM, language=language)
    words = words_in(language)
    assert app.title[0].value == words.gettext("The room")
    assert app.button(keys.ROOM_OPEN).label == words.gettext("Open a session")
    app.button(keys.ROOM_OPEN).click().run()
    assert app.title[0].value == words.gettext("Ask the squad")


def test_answers_that_wait_for_a_week_are_told_on_the_first_page(empty_store: Path) -> None:
    survey = session(empty_store, shown=False)
    store = store_of(empty_store, assessment(squad="Borea"))
    assert "Revealed more than a week ago" not in everything(app_on(page_files.HOME))
    store.revise(survey, revealed(survey, voices=7, now=NOW - timedelta(days=8)))
    assert "Atlas · Revealed more than a week ago and not released" in everything(
        app_on(page_files.HOME)
    )


@pytest.mark.parametrize(("voices", "is_told"), [(5, True), (4, False)])
def test_answers_are_said_to_wait_where_enough_came_to_reveal_them(
    voices: int, is_told: bool, empty_store: Path
) -> None:
    survey = session(empty_store, privacy="confidential", shown=False, voices=voices)
    store = store_of(empty_store, assessment(squad="Borea"))
    store.revise(survey, closed(survey, now=NOW - timedelta(days=8)))
    first_page = everything(app_on(page_files.HOME))
    assert ("Atlas · These answers have waited for more than a week" in first_page) is is_told


# What is there from before ------------------------------------------------------------------------


def agreed_before(folder: Path, *roles: str) -> tuple[Survey, Agreement]:
    """A session whose squad agreed a month ago, elsewhere, on what its voices contest."""
    survey = session(folder)
    day = timedelta(days=32)
    earlier = agreement(saved_at=NOW - day, agreed_on=TODAY - day, valid_until=NEXT)
    answers = (confirmation(agreement_id=earlier.id, role=role) for role in roles)
    store_of(folder, earlier, *answers)
    return survey, earlier


@pytest.mark.parametrize(
    ("roles", "state"), [(("po", "tl"), "In force"), (("po",), "Waiting for the Tech Lead")]
)
def test_a_topic_tells_what_was_agreed_before_and_its_form_begins_with_it(
    roles: tuple[str, ...], state: str, empty_store: Path
) -> None:
    survey, earlier = agreed_before(empty_store, *roles)
    sent = unescape(everything(room(survey, **SPRINT)))
    clauses = agreed_clauses(edition_in("en"), earlier)
    (line,) = [line for line in sent.splitlines() if clauses in line]
    assert state in line
    form = room(survey, **SPRINT, do="agree")
    assert form.pills(keys.topic("decides", "decision.sprint-content")).value == "po"
    assert form.text_input(keys.topic("limits", "decision.sprint-content")).value == earlier.limits


def test_a_topic_that_is_agreed_on_before_is_told_and_not_left_open(empty_store: Path) -> None:
    survey, _earlier = agreed_before(empty_store, "po", "tl")
    sent = everything(room(survey, step="close"))
    assert "<li>Sprint content: the PO decides · In force · not yet in practice</li>" in sent
    left = sent.partition("Left open")[2]
    assert "<li>Sprint content</li>" not in left
    assert "1 topic left open" in everything(room(survey, step="end"))
    # What nothing was agreed on is suggested first; what was agreed on says so.
    plan = room(survey, step="walk")
    assert "In force" in plan.checkbox(keys.topic("pick", "decision.sprint-content")).label
    assert not plan.checkbox(keys.topic("pick", "decision.sprint-content")).value


@pytest.mark.parametrize(
    ("ended", "answer", "state", "begins_with"),
    [(-1, "agreed", "Expired", "po"), (30, "not-agreed", "Refused by a role", None)],
)
def test_a_topic_tells_what_was_agreed_before_and_ran_out_or_was_refused(
    ended: int, answer: str, state: str, begins_with: str | None, empty_store: Path
) -> None:
    survey = session(empty_store)
    earlier = agreement(
        saved_at=NOW - timedelta(days=32),
        agreed_on=TODAY - timedelta(days=32),
        valid_until=TODAY + timedelta(days=ended),
    )
    answers = [
        confirmation(agreement_id=earlier.id, role=role, answer=answer) for role in ("po", "tl")
    ]
    store_of(empty_store, earlier, *answers)
    state = state.replace("by a role", "by 2 roles")

    box = room(survey, step="walk").checkbox(keys.topic("pick", "decision.sprint-content"))
    assert box.value
    assert f"**Sprint content** · {state} · " in box.label
    sent = unescape(everything(room(survey, **SPRINT)))
    assert f"{state}: {agreed_clauses(edition_in('en'), earlier)}" in sent
    form = room(survey, **SPRINT, do="agree")
    assert form.pills(keys.topic("decides", "decision.sprint-content")).value == begins_with
    close = everything(room(survey, step="close"))
    assert "Agreed before" not in close
    assert "<li>Sprint content</li>" in close.partition("Left open")[2]


def test_what_was_agreed_after_a_session_was_agreed_before_it_in_no_room(
    empty_store: Path,
) -> None:
    survey = session(empty_store)
    later = agreement(
        survey=uuid4(),
        saved_at=datetime.now(UTC) + timedelta(seconds=1),
        agreed_on=TODAY,
        valid_until=NEXT,
    )
    store_of(empty_store, later)
    sent = everything(room(survey, step="close"))
    assert "Agreed before" not in sent
    assert "<li>Sprint content</li>" in sent.partition("Left open")[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_overdue_from_before_is_told_with_what_will_be_done(
    language: str, empty_store: Path
) -> None:
    survey, words = session(empty_store), words_in(language)
    day = TODAY - timedelta(days=2)
    decided = {"decided_on": TODAY - timedelta(days=32), "due_on": day}
    late = action(**decided)
    done = action(lever="restate-vision", status="done", ended_on=day, **decided)
    store_of(empty_store, late, done)
    does = everything(room(survey, step="close", language=language))
    does = does.partition(words.gettext("We will do"))[2]
    assert words.gettext("overdue: it was due {day}").format(day=words.date(day)) in does
    assert does.count(words.date(day)) == 1


@pytest.mark.parametrize(
    ("days_ago", "late"), [(0, 0), (1, 2)], ids=["has ended", "was asked after its end"]
)
def test_in_the_room_of_a_squad_that_has_ended_nothing_is_overdue(
    days_ago: int, late: int, empty_store: Path
) -> None:
    survey = session(empty_store)
    days = {"decided_on": TODAY - timedelta(days=32), "due_on": TODAY - timedelta(days=1)}
    taken = action(saved_at=datetime.now(UTC), lever="restate-vision", **days)
    until = {"agreed_on": TODAY, "valid_until": TODAY + timedelta(days=90)}
    made = agreement(survey=survey.id, decision="cut", **until)
    last_day = TODAY - timedelta(days=days_ago)
    end = setup(since=last_day, seats={}, company=None, ended=True)
    store_of(empty_store, action(**days), taken, made, end)
    wall, at_hand = room(survey, step="close"), phone(survey)
    told = [everything(app).replace("\\", "").count("it was due") for app in (wall, at_hand)]
    assert told == [late, late]

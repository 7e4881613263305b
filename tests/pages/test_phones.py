"""What a phone that took part shows once a vote is over, and when the room ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assessment.access.invitations import revealed
from assessment.access.votes import asking_again, vote_ended
from assessment.content.edition import edition_in
from assessment.content.loading import shipped_framework
from assessment.languages import LANGUAGES, words_in
from assessment.model import Agreement, Survey
from assessment.rounds.room_records import RoomRecords
from assessment.storage.csv.store import CsvStore
from assessment.ui.check import unfinished
from assessment.ui.rounds import follow
from assessment.ui.session import keys
from assessment.wording.room import taken_away
from assessment.wording.surveys import answer_kept
from tests.builders import action, agreement, confirmation, deep_assessment, gathering
from tests.pages.app import text_of, way
from tests.pages.test_room import NOW, SPRINT, TODAY, _vote, phone, room, session, the_survey
from tests.pages.visitors import everything

pytestmark = pytest.mark.usefixtures("secrets")
IN_EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)


def store_in(folder: Path) -> CsvStore:
    return CsvStore(folder, shipped_framework())


def voted(folder: Path, survey: Survey, roles: str) -> Survey:
    """The session after its room voted on a sprint's content, and while it still talks about it."""
    store = store_in(folder)
    asking = asking_again(survey, "sprint-content", store.read().votes)
    store.revise(survey, asking)
    store.add([_vote(asking, role) for role in roles.split()])
    over = vote_ended(asking)
    store.revise(asking, over)
    return over


@IN_EVERY_LANGUAGE
@pytest.mark.parametrize("privacy", ["open", "confidential"])
def test_a_vote_that_is_over_shows_on_phones_until_the_room_goes_on_and_stays_in_a_list(
    language: str, privacy: str, empty_store: Path
) -> None:
    survey, _ = session(empty_store, privacy=privacy), words_in(language).gettext
    again = _("After talking it over: who should have the last word?")
    over = voted(empty_store, survey, "po po po po tl")
    shown = text_of(phone(survey, language=language)).splitlines()
    assert f"**{again}**  " in shown
    assert f"**{_('Who really decides this today?')}**  " not in shown
    assert {"- PO (4)", "- Tech Lead (1)", _("Vote {number}").format(number=1)} <= {*shown}
    first = _("First answers: {text}").partition("{text}")[0]
    assert any(line.startswith(f"{first}PM (2), PO (2), CPO (1), EM (1)") for line in shown)

    app = room(over, **SPRINT)
    way(app, "next").click().run()
    assert the_survey().topic == ("item", "single-channel")
    after = text_of(phone(survey, language=language))
    assert again not in after
    separator = _("{title}, vote {number}: {text}").partition("{number}")[2].partition("{text}")[0]
    assert f"1{separator}PO (4)" in unescape(after)


def test_each_vote_of_a_decision_is_listed_by_its_number_and_none_that_must_stay_hidden(
    empty_store: Path,
) -> None:
    survey = session(empty_store, privacy="confidential")
    over = voted(empty_store, survey, "po po tl tl pm")
    voted(empty_store, over, "po po po po")
    shown = text_of(phone(survey))
    assert "Sprint content, vote 1: PO (2), Tech Lead (2) and PM (1)" in shown
    assert "vote 2" not in shown
    assert "PO (4)" not in shown
    assert "4 votes: a confidential session shows a vote from 5 on." in shown


@pytest.mark.parametrize(
    ("language", "privacy", "line"),
    [
        ("en", "open", "hidden words (lever: {lever}) · Tech Lead (Zoë-hidden) · "),
        ("fr", "open", "hidden words (levier : {lever}) · Tech Lead (Zoë-hidden) · "),
        ("en", "confidential", "{lever} · Tech Lead · "),
        ("fr", "confidential", "{lever} · Tech Lead · "),
    ],
)
def test_at_the_end_a_phone_shows_what_was_agreed_and_will_be_done_and_takes_it_away(
    language: str, privacy: str, line: str, empty_store: Path
) -> None:
    survey, _ = session(empty_store, privacy=privacy), words_in(language).gettext
    assert not phone(survey, language=language).get("download_button")
    made = agreement(survey=survey.id, agreed_on=TODAY, valid_until=TODAY + timedelta(days=90))
    elsewhere = agreement(decision="cut", agreed_on=TODAY, valid_until=TODAY + timedelta(days=90))
    days = {
        "saved_at": datetime.now(UTC),
        "decided_on": TODAY,
        "due_on": TODAY + timedelta(days=30),
    }
    taken = action(owner="tl", owner_name="Zoë-hidden", note="hidden words", **days)
    before = action(decided_on=TODAY - timedelta(days=9), due_on=TODAY, lever="decide-in-rituals")
    store_in(empty_store).add([made, elsewhere, taken, before])

    app = phone(survey, language=language)
    shown, texts = text_of(app), edition_in(language).texts
    for heading in ("Agreements", "We will do", "What the session says"):
        assert _(heading) in shown
    line = line.format(lever=texts.levers["single-channel"].title)
    assert line in unescape(shown).replace("\xa0", " ")
    assert texts.levers["decide-in-rituals"].title not in shown
    cut = texts.lenses.decisions["cut"].short
    assert not [line for line in shown.split("\n") if cut in line]
    texts_of_people = [text in shown for text in ("hidden words", "Zoë-hidden")]
    assert texts_of_people == [privacy == "open"] * 2
    (button,) = app.get("download_button")
    assert button.proto.label == _("What we take away (text)")


@pytest.mark.parametrize(
    ("privacy", "disagrees", "does"),
    [
        ("confidential", "", "Open one channel for urgent requests · a person of the squad"),
        (
            "open",
            " (own words)",
            "list tickets (lever: Open one channel for urgent requests) · Zoë",
        ),
    ],
)
def test_what_a_phone_takes_away_are_plain_lines_without_words_where_the_session_promised_so(
    privacy: str, disagrees: str, does: str
) -> None:
    at = datetime(2026, 11, 4, 9, tzinfo=UTC)
    survey = revealed(gathering(privacy=privacy, next_on="2026-12-01"), voices=5, now=at)
    made = agreement(survey=survey.id)
    disagreed = confirmation(
        agreement_id=made.id, role="tl", answer="not-agreed", reservation="own words"
    )
    voices = tuple(
        deep_assessment(
            gathering=survey.id, answers={}, deep={"deciders": {made.decision: (role,)}}
        )
        for role in ("po", "po", "po", "tl", "tl")
    )
    records = RoomRecords(
        shipped_framework(),
        survey,
        voices=5,
        cast={},
        now=at,
        answers=voices,
        actions=(action(note="list tickets", owner=None, owner_name="Zoë"),),
        squad_agreements=(made,),
        confirmations=(disagreed,),
    )
    lines = taken_away(edition_in("en"), records)
    assert lines[0].startswith("Atlas: our agreements as of ")
    assert lines[1].startswith("- Sprint content: the PO decides")
    assert lines[1].endswith(
        f" · Tech Lead: does not agree{disagrees} (refused by a role, from 4\u00a0Nov\u00a02026)"
    )
    assert lines[2:] == (
        "We will do",  # nothing else is left open than what a role refuses above
        f"- {does} · 4\u00a0Dec\u00a02026",
        "The next session: 1\u00a0Dec\u00a02026",
    )


def taken_from(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The file that a phone takes away."""
    files: list[Callable[[], bytes]] = []
    with monkeypatch.context() as patch:
        patch.setattr(follow, "download", lambda _label, make, **_further: files.append(make))
        app.run()
    assert not app.exception
    (make,) = files
    return make().decode()


def agreed_in_an_earlier_session(
    folder: Path, *roles: str, privacy: str = "confidential"
) -> Agreement:
    """An agreement on a sprint's content; the roles answered it with a reservation."""
    month = timedelta(days=30)
    days = {"opened_on": TODAY - month, "closes_on": TODAY - month}
    earlier = gathering(privacy=privacy, revealed_at=NOW - month, closed_at=NOW - month, **days)
    made = agreement(
        survey=earlier.id,
        saved_at=NOW - month,
        agreed_on=TODAY - month,
        valid_until=TODAY + 2 * month,
    )
    answers = [
        confirmation(
            agreement_id=made.id, role=role, answer="with-reservation", reservation="not-Anna"
        )
        for role in roles
    ]
    store_in(folder).add([earlier, made, *answers])
    return made


@pytest.mark.parametrize("privacy", ["open", "confidential"])
def test_why_roles_reserved_something_in_an_earlier_session_is_told_nowhere_in_a_later_one(
    privacy: str, empty_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    agreed_in_an_earlier_session(empty_store, "po", "tl", privacy=privacy)
    survey = session(empty_store)
    made = agreement(survey=survey.id, decision="cut", agreed_on=TODAY, valid_until=TODAY)
    reserved = {"answer": "with-reservation", "reservation": "our own words"}
    answer = confirmation(agreement_id=made.id, role="po", **reserved)
    store_in(empty_store).add([made, answer])
    app = phone(survey)
    file = taken_from(app, monkeypatch)
    assert "Sprint content: the PO decides" in file
    assert "Tech Lead: agrees, with a reservation" in file
    assert "our own words" in file
    walls = [room(survey, step="close"), room(survey, **SPRINT), room(survey, step="end")]
    assert "not-Anna" not in "\n".join((file, everything(app), *map(everything, walls)))


@pytest.mark.parametrize("roles", [("po", "tl"), ("po",)], ids=["holds", "waits"])
def test_a_phone_takes_away_as_open_and_as_overdue_what_the_wall_tells(
    roles: tuple[str, ...], empty_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    agreed_in_an_earlier_session(empty_store, *roles)
    survey = session(empty_store)
    until = {"agreed_on": TODAY, "valid_until": TODAY + timedelta(days=90)}
    made = agreement(survey=survey.id, decision="cut", **until)
    days = {"decided_on": TODAY - timedelta(days=9), "due_on": TODAY - timedelta(days=2)}
    late = action(lever="decide-in-rituals", note="hidden words", owner_name="Zoë-hidden", **days)
    store_in(empty_store).add([made, late])
    app = phone(survey)
    file = taken_from(app, monkeypatch)
    assert ("- Sprint content: the PO decides" in file) == (roles == ("po", "tl"))
    assert "Sprint content" not in file.partition("Left open")[2]
    assert "Left open" in file
    lever = edition_in("en").texts.levers["decide-in-rituals"].title
    for text in (file, unescape(text_of(app))):
        assert lever in text.partition("We will do")[2]
        assert "hidden words" not in text


def test_an_answer_that_is_begun_stays_in_its_place_when_the_room_goes_on(
    empty_store: Path,
) -> None:
    survey = voted(empty_store, session(empty_store), "po po po po tl")
    until = {"agreed_on": TODAY, "valid_until": TODAY + timedelta(days=90)}
    made, other = (
        agreement(survey=survey.id, decision=decision, **until)
        for decision in ("sprint-content", "cut")
    )
    store_in(empty_store).add([other, made])
    app = phone(survey)

    def in_order() -> list[str]:
        names = {keys.topic("for", str(made.id)): "sprint", keys.topic("for", str(other.id)): "cut"}
        return [names[str(pills.key)] for pills in app.pills if pills.key in names]

    assert in_order() == ["sprint", "cut"]  # the one that the room talks about comes first
    app.pills(keys.topic("for", str(made.id))).set_value("po").run()
    going_on = survey.model_copy(update={"asked_again": "cut"})
    store_in(empty_store).revise(survey, going_on)
    assert in_order() == ["sprint", "cut"]
    app.run()
    assert in_order() == ["sprint", "cut"]
    app.radio(keys.topic("answer", f"{made.id}-po")).set_value("agreed").run()
    app.button(keys.topic("confirm", f"{made.id}-po")).click().run()
    app.run()
    assert in_order() == ["cut", "sprint"]


@IN_EVERY_LANGUAGE
@pytest.mark.parametrize("privacy", ["open", "confidential"])
def test_before_confirming_a_phone_reads_what_is_kept_of_it_where_its_answers_were_in_confidence(
    language: str, privacy: str, empty_store: Path
) -> None:
    survey = session(empty_store, privacy=privacy)
    until = {"agreed_on": TODAY, "valid_until": TODAY + timedelta(days=90)}
    made = agreement(survey=survey.id, decision="sprint-content", **until)
    store_in(empty_store).add([made])
    kept = answer_kept(edition_in(language), protected=False)
    app = phone(survey, language=language)
    assert kept not in text_of(app)
    app.pills(keys.topic("for", str(made.id))).set_value("po").run()
    assert (kept in text_of(app)) == (privacy == "confidential")
    app.radio(keys.topic("answer", f"{made.id}-po")).set_value("with-reservation").run()
    app.button(keys.topic("confirm", f"{made.id}-po")).click().run()
    assert not store_in(empty_store).read().confirmations  # the reservation is empty
    app.text_input(keys.topic("reserve", f"{made.id}-po")).set_value("not in July").run()
    app.button(keys.topic("confirm", f"{made.id}-po")).click().run()
    (answered,) = store_in(empty_store).read().confirmations
    assert (answered.role, answered.reservation) == ("po", "not in July")


def test_answers_that_were_refused_are_no_refused_vote(empty_store: Path) -> None:
    survey = session(empty_store, shown=False)
    app = phone(survey, answered=False)
    app.segmented_control(keys.ROUND_STEP).set_value(unfinished.SEND).run()
    app.button(keys.ROUND_SEND).click().run()
    assert app.error
    store_in(empty_store).revise(survey, revealed(survey, voices=7, now=datetime.now(UTC)))
    app.session_state[keys.ROUND_SENT] = {survey.id}  # from another tab of this browser
    app.run()

    assert not app.exception
    assert not app.error


def test_a_second_click_on_a_vote_takes_none_away(empty_store: Path) -> None:
    survey = session(empty_store)
    store_in(empty_store).revise(survey, asking_again(survey, "sprint-content", ()))
    vote = phone(survey).pills(keys.topic("vote", "sprint-content-1"))
    assert (vote.value, vote.proto.required) == (None, True)

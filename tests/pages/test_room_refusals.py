"""Whatever a room is told that cannot be: refused with a reason, and nothing stored changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assessment.access.release import released
from assessment.access.votes import asking_again, vote_ended
from assessment.content.edition import edition_in
from assessment.content.loading import shipped_framework
from assessment.errors import Refused
from assessment.languages import LANGUAGES, words_in
from assessment.model import Agreement, Confirmation, Survey
from assessment.model.vote import Ballot
from assessment.storage.csv.store import CsvStore
from assessment.storage.protocol import Stored
from assessment.ui import shell
from assessment.ui.guard import room as guarded
from assessment.ui.guard import shared_links, surveys
from assessment.ui.guard.stored import all_records, store
from assessment.ui.guard.whole_store import unguarded_store
from assessment.ui.session import keys, page_files
from tests.builders import agreement, confirmation, setup
from tests.pages.app import app_on, text_of
from tests.pages.test_room import SPRINT, TOPIC, phone, room, session
from tests.pages.visitors import everything, known_link

pytestmark = pytest.mark.usefixtures("secrets")

NOW = datetime.now(UTC)
TODAY = NOW.date()
VOTE = keys.topic("vote", "sprint-content-1")
SEND = keys.topic("send", "sprint-content-1")


@pytest.fixture
def asking(empty_store: Path) -> Survey:
    """A session whose room votes on a sprint's content."""
    survey = session(empty_store)
    after = asking_again(survey, "sprint-content", ())
    CsvStore(empty_store, shipped_framework()).revise(survey, after)
    return after


def stored() -> Stored:
    return unguarded_store().read()


def a_part_alone(survey: object, part: str) -> None:
    """What the browser asks for after a click within a part that follows the room."""
    import streamlit as st

    from assessment.errors import Refused
    from assessment.model import Survey
    from assessment.rounds.room import Topic
    from assessment.ui.guard.room import room_records
    from assessment.ui.room import gather, walk
    from assessment.ui.session import keys

    assert isinstance(survey, Survey)
    st.session_state.setdefault(keys.MESSAGE, Refused("too few for {what}", what="that"))
    if part == "answers":
        gather._show_progress(survey)
    else:
        topic = Topic("sprint-content", 0.0, {}, voices=0, unclear=0, kind="decision")
        walk._show_voting(room_records(survey.id), topic)


@pytest.mark.parametrize("part", ["answers", "votes"])
def test_a_part_of_the_room_that_runs_alone_goes_on_telling_why_its_button_failed(
    part: str, empty_store: Path
) -> None:
    survey = session(empty_store, shown=part == "votes")
    app = AppTest.from_function(a_part_alone, kwargs={"survey": survey, "part": part}).run()
    again = app.run()  # as it does by itself every few seconds

    assert not again.exception
    assert [error.value for error in again.error] == ["Too few for that\\."]


def send_forged_vote(
    app: AppTest, monkeypatch: pytest.MonkeyPatch, ballot: Ballot, named: Sequence[str]
) -> None:
    """Vote on a phone; another vote is sent in its place, as a forged message would."""
    monkeypatch.setattr(
        "assessment.ui.rounds.follow.send_vote",
        lambda _asked, _named, voter: guarded.send_vote(ballot, tuple(named), voter=voter),
    )
    app.pills(VOTE).set_value("po").run()
    app.button(SEND).click().run()
    assert not app.exception


def made_in(survey: Survey, folder: Path) -> Agreement:
    """What a session agreed on, stored."""
    made = agreement(survey=survey.id, agreed_on=TODAY, valid_until=TODAY + timedelta(days=90))
    CsvStore(folder, shipped_framework()).add([made])
    return made


def errors(app: AppTest) -> str:
    """What a page refuses and why, in small letters."""
    return " ".join(error.value for error in app.error).replace("\\", "").lower()


# Votes --------------------------------------------------------------------------------------------


def test_a_vote_after_the_close_is_refused_on_the_phone_with_what_to_do(
    asking: Survey, empty_store: Path
) -> None:
    late = phone(asking)
    CsvStore(empty_store, shipped_framework()).revise(asking, vote_ended(asking))
    late.session_state[VOTE] = "po"
    late.button(SEND).click().run()
    text = text_of(late).lower()
    assert "this vote is over, so yours was not stored; the room may vote again" in text
    assert stored().votes == ()


def test_a_vote_by_a_revoked_and_by_an_ended_link_is_refused(asking: Survey) -> None:
    revoked, token = known_link("invite", round_id=asking.id)
    app = phone(asking, token=token)
    app.pills(VOTE).set_value("po").run()
    shared_links.revoke(revoked.link_id, now=NOW)
    app.button(SEND).click().run()
    assert app.title[0].value == "This link is not valid"
    ended = phone(asking, token=known_link("invite", round_id=asking.id, days=1, age=3)[1])
    assert ended.title[0].value == "This link is not valid"
    assert "ask" in text_of(ended).lower()
    assert stored().votes == ()


def test_the_same_vote_twice_counts_once_and_another_takes_its_place(asking: Survey) -> None:
    app = phone(asking)
    for named in ("po", "po", "tl"):
        app.pills(VOTE).set_value(named).run()
        app.button(SEND).click().run()
    wall = room(asking, **SPRINT)
    assert "<b>1</b> of 7 has voted" in everything(wall)
    wall.button(keys.ROOM_END_VOTE).click().run()
    assert "Tech Lead (1)" in everything(wall)


def test_of_votes_that_two_tabs_of_a_browser_send_at_once_none_is_dropped_unsaid(
    asking: Survey,
    monkeypatch: pytest.MonkeyPatch,
    meanwhile: Callable[[Callable[[], object]], None],
) -> None:
    def send(ballot: Ballot, named: tuple[str, ...], voter: UUID) -> None:
        meanwhile(lambda: guarded.send_vote(ballot, ("tl",), voter=voter))
        guarded.send_vote(ballot, named, voter=voter)

    monkeypatch.setattr("assessment.ui.rounds.follow.send_vote", send)
    app = phone(asking)
    app.pills(VOTE).set_value("po").run()
    app.button(SEND).click().run()
    assert "somebody changed this meanwhile" in errors(app)
    assert "Your vote is in" not in text_of(app)
    assert [one.named for one in stored().votes] == [("tl",)]


def test_of_answers_that_two_tabs_of_a_browser_send_at_once_none_is_dropped_unsaid(
    empty_store: Path,
    monkeypatch: pytest.MonkeyPatch,
    meanwhile: Callable[[Callable[[], object]], None],
) -> None:
    survey = session(empty_store)
    name = str(made_in(survey, empty_store).id)

    def send(confirmation: Confirmation, browser: UUID) -> None:
        other = confirmation.model_copy(update={"answer": "agreed"})
        meanwhile(lambda: guarded.send_confirmation(other, browser=browser))
        guarded.send_confirmation(confirmation, browser=browser)

    monkeypatch.setattr("assessment.ui.rounds.confirm.send_confirmation", send)
    app = phone(survey)
    app.pills(keys.topic("for", name)).set_value("po").run()
    app.radio(keys.topic("answer", f"{name}-po")).set_value("not-agreed").run()
    app.button(keys.topic("confirm", f"{name}-po")).click().run()
    assert "somebody changed this meanwhile" in errors(app)
    assert [one.answer for one in stored().confirmations] == ["agreed"]


FORGED: dict[str, tuple[Sequence[str], str]] = {
    "a role that is none": (["boss"], "unknown role 'boss' for 'sprint-content'; expected some of"),
    "nobody beside a role": (["nobody", "po"], "choose either roles or 'nobody'"),
    "two roles": (["po", "tl"], "one role has the last word, so your vote was not stored"),
    "nothing": ([], "named: this value does not fit there"),
    "a text that does harm": (["=1+1"], "unknown role '=1+1' for 'sprint-content'; expected some"),
}


@pytest.mark.parametrize(("named", "reason"), FORGED.values(), ids=FORGED.keys())
def test_a_forged_vote_is_refused_beside_the_button(
    named: Sequence[str], reason: str, asking: Survey, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = phone(asking)
    send_forged_vote(app, monkeypatch, (asking.id, "sprint-content", 1), named)
    assert reason in errors(app)
    assert "Your vote is in" not in text_of(app)
    assert stored().votes == ()


def test_a_vote_for_a_role_that_the_squad_lacks_is_refused(
    asking: Survey, empty_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lacking = setup(since=asking.opened_on, seats={"pm": "own", "po": "own", "cpo": "absent"})
    others = setup(since=asking.opened_on, squad="Cobalt", seats={"cpo": "own"})
    CsvStore(empty_store, shipped_framework()).add([lacking, others])
    app = phone(asking)
    assert "CPO" not in app.pills(VOTE).options
    send_forged_vote(app, monkeypatch, (asking.id, "sprint-content", 1), ["cpo"])
    assert "nobody holds a role that was chosen, so nothing was stored; choose among pm, po" in (
        errors(app)
    )
    assert stored().votes == ()


def test_a_release_ends_the_vote_that_was_open(asking: Survey, empty_store: Path) -> None:
    late = phone(asking)
    CsvStore(empty_store, shipped_framework()).revise(asking, released(asking))
    late.session_state[VOTE] = "po"
    late.button(SEND).click().run()
    assert "this vote is over, so yours was not stored" in text_of(late).lower()
    assert stored().votes == ()


@pytest.mark.parametrize(
    ("ballot", "reason"),
    [
        (("sprint-content", 2), "this vote is over, so yours was not stored"),
        (("cut", 1), "this vote is over, so yours was not stored"),
        (("lunch", 1), "unknown decision 'lunch'; expected one of"),
    ],
    ids=["another pass", "another decision", "no decision"],
)
def test_a_vote_on_what_is_not_asked_is_refused(
    ballot: tuple[str, int], reason: str, asking: Survey, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = phone(asking)
    send_forged_vote(app, monkeypatch, (asking.id, *ballot), ["po"])
    assert reason in errors(app)
    assert stored().votes == ()


def test_a_vote_on_another_session_is_refused(
    asking: Survey, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = phone(asking)
    send_forged_vote(app, monkeypatch, (UUID(int=5), "sprint-content", 1), ["po"])
    assert "only those who were invited may vote; nothing was stored" in errors(app)
    assert stored().votes == ()


@pytest.fixture
def following(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each run is one of the part that follows the room, which never comes to the page's end."""
    monkeypatch.setattr(shell, "show_lost_failure", lambda _: None)


@pytest.mark.usefixtures("following")
def test_why_a_vote_was_refused_stays_beside_the_button_until_the_next_one(asking: Survey) -> None:
    app = phone(asking)
    app.button(SEND).click().run()
    for _look in range(2):
        app.run()
        assert errors(app) == "choose one, then send."
    app.pills(VOTE).set_value("po").run()
    app.button(SEND).click().run()
    assert errors(app) == ""


@pytest.mark.usefixtures("following")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_vote_that_came_too_late_is_told_by_its_decision_until_the_next_click(
    language: str, asking: Survey, empty_store: Path
) -> None:
    late, edition = phone(asking, language=language), edition_in(language)
    store, over = CsvStore(empty_store, shipped_framework()), vote_ended(asking)
    store.revise(asking, over)
    late.session_state[VOTE] = "po"
    late.button(SEND).click().run()
    begins = words_in(language).labelled(edition.decision("sprint-content"), "").lower().rstrip()
    for _look in range(2):
        assert errors(late).startswith(begins)
        late.run()
    store.revise(over, asking_again(over, "cut", ()))
    late.run()
    assert errors(late).startswith(begins)
    late.pills(keys.topic("vote", "cut-1")).set_value("po").run()
    late.button(keys.topic("send", "cut-1")).click().run()
    assert errors(late) == ""


@pytest.mark.usefixtures("following")
def test_an_answer_that_came_too_late_is_told_by_its_decision_and_role_until_the_next_click(
    empty_store: Path,
) -> None:
    survey = session(empty_store)
    made = made_in(survey, empty_store)  # the PO decides and hears the Tech Lead
    late = phone(survey)
    late.pills(keys.topic("for", str(made.id))).set_value("tl").run()
    late.radio(keys.topic("answer", f"{made.id}-tl")).set_value("agreed").run()
    other = agreement(survey=survey.id, decision="cut", agreed_on=TODAY, valid_until=TODAY)
    CsvStore(empty_store, shipped_framework()).add([other])
    answer_for(late.run(), other, "po", "agreed")
    for role in ("tl", "po"):
        answer_for(phone(survey), made, role, "agreed")
    assert "Your answer is in." in text_of(late)
    late.button(keys.topic("confirm", f"{made.id}-tl")).click().run()
    for _look in range(2):
        assert "Your answer is in." not in text_of(late)
        assert errors(late).startswith("sprint content · tech lead: this role was answered for on")
        late.run()


@pytest.mark.usefixtures("following")
def test_what_a_vote_lacked_is_told_no_more_once_the_wall_ended_it(
    asking: Survey, empty_store: Path
) -> None:
    app = phone(asking)
    app.button(SEND).click().run()
    assert errors(app) == "choose one, then send."
    store, over = CsvStore(empty_store, shipped_framework()), vote_ended(asking)
    store.revise(asking, over)
    for _look in range(2):
        assert errors(app.run()) == ""
    store.revise(over, asking_again(over, "sprint-content", stored().votes))
    assert errors(app.run()) == ""  # the room votes on it again


@pytest.mark.usefixtures("following")
def test_what_a_vote_lacked_is_not_told_beside_the_next_one_whose_vote_is_in(
    asking: Survey, empty_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = phone(asking)
    app.button(SEND).click().run()
    over = vote_ended(asking)
    for before, after in ((asking, over), (over, asking_again(over, "cut", ()))):
        CsvStore(empty_store, shipped_framework()).revise(before, after)
    assert errors(app.run()) == ""
    monkeypatch.setattr("assessment.ui.rounds.follow.has_voted", lambda _voter: True)
    assert "Your vote is in." in text_of(app.run())  # sent from another tab


@pytest.mark.usefixtures("following")
def test_what_an_answer_lacked_is_told_no_more_once_the_room_votes_on_something_else(
    empty_store: Path,
) -> None:
    survey = session(empty_store)
    made = made_in(survey, empty_store)
    app = phone(survey)
    app.pills(keys.topic("for", str(made.id))).set_value("tl").run()
    app.button(keys.topic("confirm", f"{made.id}-tl")).click().run()
    assert errors(app) == "nothing is chosen yet; choose one first."
    CsvStore(empty_store, shipped_framework()).revise(survey, asking_again(survey, "cut", ()))
    assert errors(app.run()) == ""
    app.pills(keys.topic("vote", "cut-1")).set_value("po").run()
    assert errors(app) == ""


@pytest.mark.usefixtures("following")
def test_what_an_answer_for_a_role_lacked_is_not_told_beside_the_form_of_another(
    empty_store: Path,
) -> None:
    survey = session(empty_store)
    made = made_in(survey, empty_store)  # the PO decides and hears the Tech Lead
    app = phone(survey)
    app.pills(keys.topic("for", str(made.id))).set_value("po").run()
    app.button(keys.topic("confirm", f"{made.id}-po")).click().run()
    assert errors(app) == "nothing is chosen yet; choose one first."
    answer_for(phone(survey), made, "po", "agreed")
    app.run()
    assert "I answer for: Tech Lead" in text_of(app)
    assert errors(app) == ""


# Agreements, confirmations, actions ---------------------------------------------------------------


def test_no_last_word_is_refused_in_the_room_with_what_to_do(empty_store: Path) -> None:
    app = room(session(empty_store), **SPRINT, do="agree")
    app.session_state[keys.topic("decides", TOPIC)] = None
    app.run()
    app.button(keys.topic("agreed", TOPIC)).click().run()
    refusals = [error.value.replace("\\", "") for error in app.error]
    assert refusals == ["Say who has the last word: choose exactly one role."]
    assert stored().agreements == ()


@pytest.mark.parametrize(
    ("decides", "heard", "agreed"), [("boss", "tl", []), ("pm", "boss", [("pm", ())])]
)
def test_a_forged_role_counts_as_not_chosen(
    decides: str, heard: str, agreed: list[tuple[str, tuple[str, ...]]], empty_store: Path
) -> None:
    app = room(session(empty_store), **SPRINT, do="agree")
    app.session_state[keys.topic("decides", TOPIC)] = decides
    app.session_state[keys.topic("heard", TOPIC)] = [heard]
    app.run()
    app.button(keys.topic("agreed", TOPIC)).click().run()
    assert not app.exception
    assert [(made.decides, made.consulted) for made in stored().agreements] == agreed


@pytest.mark.parametrize(
    ("role", "reason"),
    [
        ("pm", "'pm' neither decides nor is consulted in this agreement"),
        ("cpo", "'cpo' neither decides nor is consulted in this agreement"),
        ("boss", "unknown role 'boss'; expected one of"),
    ],
)
def test_a_confirmation_for_a_role_not_concerned_is_refused_on_a_phone(
    role: str, reason: str, empty_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey = session(empty_store)
    made = made_in(survey, empty_store)
    app = phone(survey)
    name = str(made.id)
    app.pills(keys.topic("for", name)).set_value("po").run()
    app.radio(keys.topic("answer", f"{name}-po")).set_value("agreed").run()
    original = guarded.send_confirmation
    monkeypatch.setattr(
        "assessment.ui.rounds.confirm.send_confirmation",
        lambda sent, browser: original(sent.model_copy(update={"role": role}), browser=browser),
    )
    app.button(keys.topic("confirm", f"{name}-po")).click().run()
    assert not app.exception
    assert reason in errors(app)
    assert stored().confirmations == ()


def test_a_confirmation_of_what_another_session_agreed_is_refused(
    empty_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey = session(empty_store)
    made = made_in(survey, empty_store)
    other = agreement(agreed_on=TODAY, decision="cut", valid_until=TODAY + timedelta(days=90))
    CsvStore(empty_store, shipped_framework()).add([other])
    app = phone(survey)
    name = str(made.id)
    app.pills(keys.topic("for", name)).set_value("po").run()
    app.radio(keys.topic("answer", f"{name}-po")).set_value("agreed").run()
    of_other = confirmation(agreement_id=other.id, role="po")
    original = guarded.send_confirmation
    monkeypatch.setattr(
        "assessment.ui.rounds.confirm.send_confirmation",
        lambda _sent, browser: original(of_other, browser=browser),
    )
    app.button(keys.topic("confirm", f"{name}-po")).click().run()
    assert "this session has no such agreement; nothing was stored" in text_of(app).lower()
    assert stored().confirmations == ()


def answer_for(app: AppTest, made: Agreement, role: str, answer: str) -> AppTest:
    """Answer an agreement for a role on a phone, which offers it."""
    name = str(made.id)
    if offered(app, made):
        app.pills(keys.topic("for", name)).set_value(role).run()
    app.radio(keys.topic("answer", f"{name}-{role}")).set_value(answer).run()
    app.button(keys.topic("confirm", f"{name}-{role}")).click().run()
    assert not app.exception
    return app.run()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phone_asks_why_it_does_not_agree_and_for_no_reservation(
    language: str, empty_store: Path
) -> None:
    survey, words = session(empty_store), words_in(language)
    made = made_in(survey, empty_store)
    app = phone(survey, language=language)
    app.pills(keys.topic("for", str(made.id))).set_value("tl").run()
    for answer, asked in (
        ("not-agreed", "Why do you not agree?"),
        ("with-reservation", "What is your reservation?"),
    ):
        app.radio(keys.topic("answer", f"{made.id}-tl")).set_value(answer).run()
        field = app.text_input(keys.topic("reserve", f"{made.id}-tl"))
        assert field.label == words.gettext(asked)


def test_what_one_role_reserves_is_never_in_the_field_of_the_next_one(empty_store: Path) -> None:
    survey = session(empty_store)
    made = made_in(survey, empty_store)  # the PO decides and hears the Tech Lead
    shared = phone(survey)

    def reservation(role: str, text: str) -> str:
        """What stands in the field of a role before it writes its own."""
        name = f"{made.id}-{role}"
        shared.radio(keys.topic("answer", name)).set_value("with-reservation").run()
        field = shared.text_input(keys.topic("reserve", name))
        before = str(field.value)
        field.set_value(text).run()
        return before

    def choose(role: str) -> None:
        shared.pills(keys.topic("for", str(made.id))).set_value(role).run()

    choose("po")
    assert reservation("po", "the PO's own words") == ""
    choose("tl")
    assert shared.radio(keys.topic("answer", f"{made.id}-tl")).value is None
    assert reservation("tl", "the lead's") == ""
    choose("po")
    shared.button(keys.topic("confirm", f"{made.id}-po")).click().run()
    shared.run()
    choose("tl")
    shared.button(keys.topic("confirm", f"{made.id}-tl")).click().run()
    assert not shared.exception
    assert {sent.role: sent.reservation for sent in stored().confirmations} == {
        "po": "the PO's own words",
        "tl": "the lead's",
    }
    for role in ("po", "tl"):
        assert shared.session_state[keys.topic("reserve", f"{made.id}-{role}")] == ""


def offered(app: AppTest, made: Agreement) -> list[str]:
    """The roles by name for which a phone may answer, of several."""
    pills = [pills for pills in app.pills if pills.key == keys.topic("for", str(made.id))]
    return list(pills[0].options) if pills else []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_is_changed_by_the_phone_that_said_it_and_leaves_a_trace_everywhere(
    language: str, empty_store: Path
) -> None:
    survey, words = session(empty_store), words_in(language)
    made = made_in(survey, empty_store)  # the PO decides and hears the Tech Lead
    lead = answer_for(phone(survey, language=language), made, "tl", "not-agreed")
    other = phone(survey, language=language)
    asked = words.gettext("I answer for: {role}")
    assert asked.format(role="PO") in text_of(other)
    answer_for(other, made, "po", "agreed")
    # All have answered: nobody but the Tech Lead's phone is asked anything more.
    third = phone(survey, language=language)
    assert [radio.label for radio in third.radio] == []
    refused = words.ngettext("refused by a role", "", 1)
    assert words.sentence(refused) in text_of(third)
    lead.run()
    assert offered(lead, made) == ["Tech Lead"]
    answer_for(lead, made, "tl", "agreed")
    before = words.gettext("did not agree before")
    trace = words.gettext("{role}: {before}, has agreed since {day}").format(
        role="Tech Lead", before=before, day=words.date(stored().confirmations[-1].saved_at.date())
    )
    squad_page = app_on(page_files.SQUAD, squad=survey.squad, view="who-decides", language=language)
    for app in (
        third.run(),
        squad_page,
        room(survey, **SPRINT, do="agree", language=language),
        room(survey, step="close", language=language),
        room(survey, step="end", language=language),
    ):
        assert trace in text_of(app) + everything(app)


def test_another_phone_cannot_change_what_a_role_answered_whatever_it_sends(
    empty_store: Path,
) -> None:
    survey = session(empty_store)
    made = made_in(survey, empty_store)
    late = phone(survey)
    late.pills(keys.topic("for", str(made.id))).set_value("tl").run()
    late.radio(keys.topic("answer", f"{made.id}-tl")).set_value("agreed").run()
    # Meanwhile the Tech Lead answers on a phone of their own.
    answer_for(phone(survey), made, "tl", "not-agreed")
    late.button(keys.topic("confirm", f"{made.id}-tl")).click().run()
    assert "this role was answered for on another phone or on the big screen" in errors(late)
    assert [sent.answer for sent in stored().confirmations] == ["not-agreed"]
    # On the wall everybody sees it change.
    wall = room(survey, **SPRINT, do="agree")
    wall.pills(keys.topic("confirm", str(made.id))).set_value(["tl"]).run()
    wall.button(keys.topic("answer", "agreed")).click().run()
    assert [sent.answer for sent in stored().confirmations] == ["not-agreed", "agreed"]


@pytest.mark.parametrize("privacy", ["open", "confidential"])
def test_a_phone_that_reloads_still_knows_that_it_answered_an_agreement_and_no_other_does(
    privacy: str, empty_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened_by(browser: str) -> AppTest:
        cookies = {f"who-decides-browser-{survey.id}": browser * 16}
        monkeypatch.setattr(type(st.context), "cookies", cookies)
        return phone(survey)

    survey = session(empty_store, privacy=privacy)
    made = made_in(survey, empty_store)  # the PO decides and hears the Tech Lead
    answer_for(opened_by("aa"), made, "tl", "not-agreed")
    again, another = opened_by("aa"), opened_by("bb")
    assert "Your answer is in." in text_of(again)
    assert not again.radio
    assert offered(again, made) == ["PO", "Tech Lead"]
    assert "Your answer is in." not in text_of(another)
    assert "I answer for: PO" in text_of(another)


def test_an_answer_without_an_answer_is_refused_beside_its_button(empty_store: Path) -> None:
    survey = session(empty_store)
    made = made_in(survey, empty_store)
    app = phone(survey)
    name = str(made.id)
    app.pills(keys.topic("for", name)).set_value("po").run()
    app.button(keys.topic("confirm", f"{name}-po")).click().run()
    assert errors(app) == "nothing is chosen yet; choose one first."
    assert stored().confirmations == ()


def test_whoever_may_not_edit_moves_nothing_in_a_room_nor_of_sessions(
    asking: Survey, protected: Path
) -> None:
    for move in (
        lambda: guarded.ask_again(asking.id, "cut"),
        lambda: guarded.end_vote(asking.id),
        lambda: guarded.room_records(asking.id),
        lambda: surveys.survey_statuses(),
        lambda: surveys.waiting(now=NOW),
        lambda: surveys.barred_to_files(),
        lambda: surveys.voices_so_far(asking.id),
        lambda: surveys.release(asking),
        lambda: surveys.delete(asking),
        lambda: all_records(),
        lambda: store(),
    ):
        with pytest.raises(Refused):
            move()
    (survey,) = stored().surveys
    assert survey == asking


def test_a_session_of_the_wall_that_ends_leaves_what_was_voted_and_agreed(
    asking: Survey, empty_store: Path
) -> None:
    app = phone(asking)
    app.pills(VOTE).set_value("po").run()
    app.button(SEND).click().run()
    # Another laptop goes on where the first one stood.
    again = room(asking, **SPRINT)
    assert "<b>1</b> of 7 has voted" in everything(again)
    again.button(keys.ROOM_END_VOTE).click().run()
    assert "Vote 1" in everything(room(asking, **SPRINT))

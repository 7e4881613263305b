"""Levers that become actions, and what becomes of them, on the squad and trends pages."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from assessment.content.edition import edition_in
from assessment.content.loading import shipped_framework
from assessment.errors import StorageError
from assessment.languages import LANGUAGES, words_in
from assessment.model import Action
from assessment.storage.csv.store import CsvStore
from assessment.ui import shell
from assessment.ui.results import open_form
from assessment.ui.session import keys, page_files
from assessment.ui.session.saying import as_plain_text
from assessment.ui.shell import LOST, SHOWN_LOST
from tests.builders import action, assessment, gathering, setup
from tests.examples import EXAMPLE_1 as HEALTHY
from tests.examples import HALF
from tests.pages.app import (
    after_restart,
    app_on,
    double_click,
    empty_session,
    out_of_reach,
    sent_by,
    since_conflict,
    store_of,
    text_of,
)
from tests.pages.visitors import EDITOR, Caller, everything

FRAMEWORK = shipped_framework()
TROUBLED = HEALTHY | {"single-channel": "no", "rituals-decide": "partly"}
"""The first lever is single-channel, the second decide-in-rituals; there is no third."""

TODAY = date.today()  # noqa: DTZ011 - the page's own day: these tests run in the reader's zone
AGO = timedelta(days=1)
IN_TWO_WEEKS = TODAY + timedelta(days=14)


@pytest.fixture
def store(empty_store: Path) -> CsvStore:
    """A store with one troubled check of squad Atlas, made before this month."""
    store = CsvStore(empty_store, FRAMEWORK)
    store.add([assessment(assessed_on=TODAY - 31 * AGO, answers=TROUBLED)])
    return store


def planned(store: CsvStore, **changes: object) -> Action:
    """An action of Atlas decided ten days ago, stored."""
    fields = {"decided_on": TODAY - 10 * AGO, "due_on": IN_TWO_WEEKS}
    made = action(**(fields | changes))
    store.add([made])
    return made


def squad(language: str = "en") -> AppTest:
    return app_on(page_files.SQUAD, language=language)


def offered(app: AppTest, lever: str = "single-channel") -> Action:
    """The action behind the form that opens when a lever is chosen."""
    app.button(keys.offer(lever)).click().run()
    action: Action = app.session_state[keys.ACTION_EDITING].form.action
    return action


def changed(app: AppTest, stored: Action) -> AppTest:
    """The page once the form of an action is open."""
    return app.button(keys.change(stored.action_id)).click().run()


def saved(app: AppTest, stored: Action) -> AppTest:
    return app.button(keys.action("save", stored.action_id)).click().run()


def said(language: str, message: str, **fields: object) -> str:
    return words_in(language).gettext(message).format(**fields)


# Recording ----------------------------------------------------------------------------------------


def test_the_lever_on_the_verdicts_cause_is_offered_though_it_adds_less(empty_store: Path) -> None:
    store_of(empty_store, assessment(answers=HALF | {"questions-queue": "often"}))
    app = app_on(page_files.SQUAD)
    assert "**4. Delegate the technical calls**" in text_of(app)
    assert "Acts on the verdict's cause." in text_of(app)
    offers = {button.key for button in app.button if button.key and "offer" in button.key}
    assert keys.offer("delegate-calls") in offers
    assert "4. Delegate the technical calls" in [folded.label for folded in app.expander]


def test_the_lever_on_the_verdicts_cause_is_not_offered_again_while_overdue(
    empty_store: Path,
) -> None:
    late = action(lever="delegate-calls", decided_on=TODAY - 2 * AGO, due_on=TODAY - AGO)
    store_of(empty_store, assessment(answers=HALF | {"questions-queue": "often"}), late)
    app = app_on(page_files.SQUAD)
    text = text_of(app)
    assert text.index("**Delegate the technical calls**") < text.index("**1. ")
    assert re.findall(r"\*\*(\d)\. ", text) == ["1", "2", "3"]
    assert "4. Delegate the technical calls" in [folded.label for folded in app.expander]
    offers = {button.key for button in app.button if button.key and "offer" in button.key}
    assert offers
    assert keys.offer("delegate-calls") not in offers


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lever_becomes_an_action_in_two_clicks(language: str, store: CsvStore) -> None:
    app = squad(language)
    saved(app, offered(app))

    assert not app.exception
    (kept,) = store.read().actions
    assert (kept.squad, kept.lever, kept.owner) == ("Atlas", "single-channel", "pm")
    assert (kept.status, kept.decided_on, kept.note) == ("planned", TODAY, "")
    assert kept.due_on == TODAY + timedelta(days=30)
    due = words_in(language).date(TODAY + timedelta(days=30))
    line = said(language, "{status}, due {day}", status=said(language, "Planned"), day=due)
    assert text_of(app).count(f"{line} · PM") == 2  # on the card, and among what was decided
    assert said(language, "What we decided") in text_of(app)


def test_owner_day_and_note_are_optional_and_stored_as_told(store: CsvStore) -> None:
    app = squad()
    made = offered(app)
    app.selectbox(keys.action("owner", made.action_id)).set_value("cpo").run()
    app.date_input(keys.action("due_on", made.action_id)).set_value(None).run()
    note = app.text_area(keys.action("note", made.action_id))
    assert note.help == (
        "Shown on pages, on the big screen of a session, in the charter and in the lines for a "
        "chat; on phones too, unless their session is confidential."
    )
    note.set_value("first *week*").run()
    app.text_input(keys.action("owner_name", made.action_id)).set_value("*Sofia*").run()
    saved(app, made)

    (kept,) = store.read().actions
    assert kept.owner_name == "*Sofia*"
    assert (kept.owner, kept.due_on, kept.note) == ("cpo", None, "first *week*")
    assert "Planned, no due date · CPO (*Sofia*)" in text_of(app)
    app.button(keys.change(kept.action_id)).click().run()
    assert app.text_input(keys.action("owner_name", kept.action_id)).value == "*Sofia*"
    app.text_input(keys.action("owner_name", kept.action_id)).set_value("").run()
    saved(app, kept)
    assert store.read().actions[0].owner_name is None
    assert "first *week*" in text_of(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_several_owners_one_is_asked_for_and_none_is_chosen_unasked(
    language: str, store: CsvStore
) -> None:
    app = squad(language)
    made = offered(app, "decide-in-rituals")
    assert app.selectbox(keys.action("owner", made.action_id)).value is None
    roles = words_in(language).all_of(["CPO", "CTO", "PM"])
    hint = "{roles} can take this on: choose who does."
    assert said(language, hint, roles=roles) in text_of(app)
    app.selectbox(keys.action("owner", made.action_id)).set_value("cto").run()
    assert said(language, hint, roles=roles) not in text_of(app)
    saved(app, made)
    app.button(keys.change(made.action_id)).click().run()
    assert said(language, hint, roles=roles) not in text_of(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_action_has_one_status_beside_its_lever_and_in_the_list(
    language: str, store: CsvStore
) -> None:
    planned(store)
    text = text_of(squad(language))
    assert said(language, "Planned") in text.splitlines()
    assert said(language, "Under way") not in text


def test_an_owner_who_is_not_there_is_not_proposed_first(store: CsvStore) -> None:
    store.add([setup(since=date(2020, 1, 1), seats={"cto": "own", "tl": "own"})])
    app = squad()
    made = offered(app)
    owner = app.selectbox(keys.action("owner", made.action_id))
    assert owner.value is None
    assert owner.options[:2] == ["Chief Technology Officer", "Tech Lead"]


def test_recording_can_be_undone(store: CsvStore) -> None:
    app = squad()
    made = offered(app)
    saved(app, made)
    app.button(keys.action("undo", made.action_id)).click().run()
    assert store.read().actions == ()
    assert "Undone: it is as it was before." in text_of(app)
    assert "What we decided" not in text_of(app)
    assert app.button(keys.offer("single-channel"))


def test_a_change_can_be_undone_unless_somebody_went_on_with_it(store: CsvStore) -> None:
    before = planned(store)
    for status in ("under-way", "dropped"):
        app = changed(squad(), before)
        app.segmented_control(keys.action("status", before.action_id)).set_value("done").run()
        saved(app, before)
        assert "Saved." in text_of(app)
        (kept,) = store.read().actions
        assert (kept.status, kept.ended_on) == ("done", TODAY)
        if status == "dropped":
            store.revise(kept, kept.model_copy(update={"status": status}))
        app.button(keys.DEED_UNDO).click().run()
        if status == "under-way":
            assert store.read().actions == (before,)
            assert "Undone: it is as it was before." in text_of(app)
    assert [kept.status for kept in store.read().actions] == ["dropped"]
    assert "This could not be taken back, since somebody changed it meanwhile" in text_of(app)


def test_undoing_leaves_what_somebody_went_on_with(store: CsvStore) -> None:
    app = squad()
    made = offered(app)
    saved(app, made)
    (kept,) = store.read().actions
    store.revise(kept, kept.model_copy(update={"status": "under-way"}))
    app.button(keys.action("undo", made.action_id)).click().run()
    assert [kept.status for kept in store.read().actions] == ["under-way"]
    assert "This could not be taken back, since somebody changed it meanwhile" in text_of(app)


def test_a_lever_recorded_by_somebody_meanwhile_is_not_recorded_twice(store: CsvStore) -> None:
    app = squad()
    made = offered(app)
    others = planned(store, owner="cto")
    saved(app, made)
    assert store.read().actions == (others,)
    assert "Somebody recorded this lever meanwhile" in text_of(app)
    assert "· CTO" in text_of(app)


def test_a_lever_under_way_says_so_instead_of_being_offered(store: CsvStore) -> None:
    planned(store, status="under-way", owner="cpo")
    app = squad()
    offers = [button.key for button in app.button if button.label == "We will do this"]
    assert offers == [keys.offer("decide-in-rituals")]
    card = f"**What we decided**  \nUnder way, due {words_in('en').date(IN_TWO_WEEKS)} · CPO"
    assert card in text_of(app)


def test_a_lever_done_is_told_with_its_day_and_the_next_one_is_offered(store: CsvStore) -> None:
    planned(store, status="done", ended_on=TODAY)
    app = squad()
    offers = [button.key for button in app.button if button.label == "We will do this"]
    assert offers == [keys.offer("decide-in-rituals")]
    sentence = f"done on {words_in('en').date(TODAY)}; it takes a later check to show what moved."
    assert f"“Open one channel for urgent requests”: {sentence}" in text_of(app)


def test_what_is_late_stands_before_anything_new_with_its_form(store: CsvStore) -> None:
    late = planned(store, due_on=TODAY - AGO, owner="cpo", note="as *agreed*")
    app = squad()
    text = text_of(app)
    line = ":material/schedule: **1. Open one channel for urgent requests**  \nOverdue · CPO"
    assert text.index(line) < text.index("**2. ")
    assert text.count("**1. ") == 1
    assert "agreed" in text
    changed(app, late)
    app.segmented_control(keys.action("status", late.action_id)).set_value("under-way").run()
    saved(app, late)
    assert store.read().actions[0].status == "under-way"


def test_a_lever_that_two_late_actions_take_on_has_its_number_once(store: CsvStore) -> None:
    planned(store, due_on=TODAY - AGO, owner="cpo")
    planned(store, due_on=TODAY - AGO, owner="pm")
    text = text_of(squad())
    assert text.count(":material/schedule: **1. Open one channel for urgent requests**") == 1
    assert text.count(":material/schedule: **Open one channel for urgent requests**") == 1


def test_the_next_dates_begin_with_what_is_late_and_lead_to_it(store: CsvStore) -> None:
    planned(store, due_on=TODAY - AGO, owner_name="Sofia")
    planned(store, lever="decide-in-rituals")
    app = app_on(page_files.HOME)
    day = words_in("en").date(TODAY - AGO)
    late, due = (
        link.proto for link in app.get("page_link") if "view=do" in link.proto.query_string
    )
    assert (late.icon, due.icon) == (":material/schedule:", ":material/event:")
    what = "Open one channel for urgent requests · Atlas · PM (Sofia)"
    assert late.label == f"Overdue since {day} · {what}"
    assert [header.value for header in app.header] == ["Overdue and next"]


def test_where_nothing_is_late_the_dates_are_the_next_ones(store: CsvStore) -> None:
    planned(store, lever="decide-in-rituals")
    app = app_on(page_files.HOME, language="fr")
    assert [header.value for header in app.header] == ["Prochaines échéances"]


def test_what_is_late_of_a_squad_without_checks_leads_to_what_is_stored(store: CsvStore) -> None:
    planned(store, squad="Nemo", due_on=TODAY - AGO)
    app = app_on(page_files.HOME)
    (late,) = [link.proto for link in app.get("page_link") if "Nemo" in link.proto.label]
    assert (late.page, late.query_string) == ("data", "lang=en")


def test_a_session_that_is_late_is_opened_also_of_a_squad_without_checks(store: CsvStore) -> None:
    days = {"opened_on": TODAY - 9 * AGO, "closes_on": TODAY - 2 * AGO, "next_on": TODAY - AGO}
    store.add([gathering(squad="Nemo", **days)])
    app = app_on(page_files.HOME)
    (late,) = [link.proto for link in app.get("page_link") if "Nemo" in link.proto.label]
    assert (late.page, late.query_string) == ("rounds", "lang=en&squad=Nemo")


def test_a_form_can_be_closed_without_storing(store: CsvStore) -> None:
    app = squad()
    made = offered(app)
    app.button(keys.close(made.action_id)).click().run()
    assert store.read().actions == ()
    assert not app.date_input


def test_a_draft_offers_nothing(empty_store: Path) -> None:
    app = app_on(page_files.CHECK)
    for item, option in TROUBLED.items():
        app.session_state[keys.answer(item)] = option
    app.segmented_control(keys.CHECK_STEP).set_value("result").run()
    assert "Open one channel for urgent requests" in text_of(app)
    assert "We will do this" not in text_of(app)


def test_who_may_only_read_sees_what_was_decided_and_no_way_to_change_it(
    store: CsvStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    planned(store)
    monkeypatch.setattr(open_form, "may_write", lambda _squad: False)
    text = text_of(squad())
    assert text.count(f"Planned, due {words_in('en').date(IN_TWO_WEEKS)} · PM") == 2
    assert "We will do this" not in text
    assert "Change…" not in text


def test_a_right_lost_since_the_form_was_opened_stores_nothing(
    store: CsvStore, protected: Path
) -> None:
    app = Caller(dict(EDITOR)).cold(page_files.SQUAD)
    made = offered(app)
    secrets = protected.read_text(encoding="utf-8").replace("ana@example.org", "bea@example.org")
    protected.write_text(secrets, encoding="utf-8")
    saved(app, made)
    assert store.read().actions == ()


# Following and changing ---------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_action_past_its_day_is_marked_in_words_and_stands_first(
    language: str, store: CsvStore
) -> None:
    planned(store, lever="restate-vision")
    planned(store, lever="seat-a-po", status="dropped", ended_on=TODAY)
    planned(store, lever="delegate-calls", due_on=TODAY - AGO)
    app = squad(language)
    text, levers = text_of(app), edition_in(language).texts.levers
    late = said(
        language,
        "{status}, overdue: it was due {day}",
        status=said(language, "Planned"),
        day=words_in(language).date(TODAY - AGO),
    )
    assert text.count(late) == 1
    listed = text[text.index(said(language, "What we decided")) :]
    places = [
        listed.index(levers[lever].title)
        for lever in ("delegate-calls", "restate-vision", "seat-a-po")
    ]
    assert places == sorted(places)


def test_a_status_moves_on_with_the_day_it_ended_and_back_again(store: CsvStore) -> None:
    stored = planned(store)
    app = changed(squad(), stored)
    assert not app.date_input(keys.action("due_on", stored.action_id)).disabled
    status = keys.action("status", stored.action_id)
    app.segmented_control(status).set_value("done").run()
    ended = app.date_input(keys.action("ended_on", stored.action_id))
    assert ended.value == TODAY
    ended.set_value(TODAY - 2 * AGO).run()
    saved(app, stored)
    done = stored.model_copy(update={"status": "done", "ended_on": TODAY - 2 * AGO})
    assert store.read().actions == (done,)
    assert f"Done on {words_in('en').date(TODAY - 2 * AGO)} · PM" in text_of(app)

    changed(app, done)
    app.segmented_control(status).set_value("under-way").run()
    saved(app, done)
    assert store.read().actions == (stored.model_copy(update={"status": "under-way"}),)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_change_on_top_of_somebody_elses_is_refused_and_shows_theirs(
    language: str, store: CsvStore
) -> None:
    stored = planned(store)
    app = changed(squad(language), stored)
    others = stored.model_copy(update={"owner": "cto", "note": "theirs"})
    store.revise(stored, others)
    app.text_area(keys.action("note", stored.action_id)).set_value("mine").run()
    saved(app, stored)

    assert store.read().actions == (others,)
    conflict = (
        "somebody changed this meanwhile, so your change was not stored; look at it, then make "
        "your change again"
    )
    text = said(language, conflict)
    assert text[1:] in text_of(app)
    assert app.text_area(keys.action("note", stored.action_id)).value == "theirs"
    assert app.selectbox(keys.action("owner", stored.action_id)).value == "cto"

    app.text_area(keys.action("note", stored.action_id)).set_value("both").run()
    since_conflict(app, keys.action("save", stored.action_id)).click().run()
    assert store.read().actions == (others.model_copy(update={"note": "both"}),)
    assert text[1:] not in text_of(app)


@pytest.mark.parametrize("clicks", [1, 2])
def test_a_click_whose_session_was_emptied_is_not_done_and_said_so_once(
    clicks: int, store: CsvStore
) -> None:
    stored = planned(store)
    app = changed(squad(), stored)
    app.text_area(keys.action("note", stored.action_id)).set_value("mine")
    app.button(keys.action("save", stored.action_id)).click()
    sent = sent_by(app)
    empty_session(app)
    for _ in range(clicks):
        app._run(sent)
    assert not app.exception
    assert store.read().actions == (stored,)
    assert text_of(app).count(LOST[1:]) == 1
    assert LOST[1:] not in text_of(app.run())

    app = changed(app, stored)
    app.text_area(keys.action("note", stored.action_id)).set_value("again")
    saved(app, stored)
    assert [kept.note for kept in store.read().actions] == ["again"]


def test_the_second_half_of_a_double_click_is_told_lost_where_the_first_ones_word_is(
    store: CsvStore,
) -> None:
    # A session that is emptied while another of its runs ends keeps some of what it held.
    stored = planned(store)
    app = changed(squad(), stored)
    app.button(keys.action("save", stored.action_id)).click()
    sent = sent_by(app)
    app.run()
    del app.session_state[keys.LAST_TOLD]
    app._run(sent)
    assert not app.exception
    assert text_of(app).count(LOST[1:]) == 1


def test_a_lost_click_beside_a_message_is_told_at_the_next_run(store: CsvStore) -> None:
    stored = planned(store)
    app = changed(squad(), stored)
    app.button(keys.action("save", stored.action_id)).click()
    sent = sent_by(app)
    empty_session(app)
    app.session_state[keys.MESSAGE] = "Saved."
    app._run(sent)
    assert not app.exception
    assert "Saved." in text_of(app)
    assert LOST[1:] not in text_of(app)
    assert text_of(app.run()).count(LOST[1:]) == 1


def test_a_click_on_a_page_that_was_drawn_while_its_session_was_emptied_is_said_not_to_be_done(
    store: CsvStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = planned(store)
    app = changed(squad(), stored)
    app.button(keys.close(stored.action_id)).click().run()
    before = sent_by(app)
    app.button(keys.change(stored.action_id)).click()
    sent = sent_by(app)
    with monkeypatch.context() as emptied:
        emptied.setattr(shell, "show_lost_failure", lambda _: empty_session(app))
        app._run(before)
    app._run(sent)
    assert not app.exception
    assert text_of(app).count(LOST[1:]) == 1
    assert changed(app, stored).text_area(keys.action("note", stored.action_id))


def test_a_double_click_on_save_replaces_nothing_of_somebody_elses(store: CsvStore) -> None:
    stored = planned(store)
    app = changed(squad(), stored)
    others = stored.model_copy(update={"owner": "cto", "note": "theirs"})
    store.revise(stored, others)
    app.text_area(keys.action("note", stored.action_id)).set_value("mine").run()
    double_click(app, keys.action("save", stored.action_id))
    assert store.read().actions == (others,)
    assert "Somebody changed this meanwhile" in text_of(app)


def test_a_change_of_what_somebody_deleted_says_that_it_is_gone(store: CsvStore) -> None:
    stored = planned(store)
    app = changed(squad(), stored)
    store.delete([stored.action_id])
    saved(app, stored)
    assert not app.exception
    assert "This was deleted meanwhile" in text_of(app)
    assert store.read().actions == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_recorded_of_a_squad_that_somebody_merged_meanwhile(
    language: str, store: CsvStore
) -> None:
    store.add([assessment(squad="Borea", answers=TROUBLED)])
    app = app_on(page_files.SQUAD, language=language, squad="Atlas")
    made = offered(app)
    store.rename("Atlas", "Borea")
    saved(app, made)
    assert store.read().actions == ()
    told = {
        "en": "was renamed meanwhile, merged into another or deleted",
        "fr": "renommée, fusionnée ou",
    }
    assert told[language] in app.error[0].value


def test_a_change_in_a_squad_that_somebody_renamed_says_what_it_is_called_now(
    store: CsvStore,
) -> None:
    stored = planned(store)
    app = changed(squad(), stored)
    store.rename("Atlas", "Borea")
    app.text_area(keys.action("note", stored.action_id)).set_value("mine")
    saved(app, stored)
    assert [(kept.squad, kept.note) for kept in store.read().actions] == [("Borea", stored.note)]
    assert "This belongs to the squad Borea by now, so your change was not stored" in text_of(app)
    assert "open Borea and make it there. You wrote “mine”." in text_of(app)


@pytest.mark.parametrize("after", ["renamed", "deleted"])
@pytest.mark.parametrize("deed", ["save", "delete"])
def test_what_is_done_to_an_action_of_a_squad_that_is_gone_is_told_whatever_was_filled_in(
    deed: str, after: str, store: CsvStore
) -> None:
    stored = planned(store)
    app = changed(squad(), stored)
    app.text_area(keys.action("note", stored.action_id)).set_value("mine")
    app.date_input(keys.action("due_on", stored.action_id)).set_value(stored.decided_on - AGO)
    if after == "renamed":
        store.rename("Atlas", "Borea")
    else:
        store.delete([record.id for record in store.read().records])
    app.button(keys.action(deed, stored.action_id)).click().run()
    assert "You wrote “mine”" in text_of(app)
    assert "Borea" in text_of(app) or "renamed meanwhile, merged into another or" in text_of(app)
    assert app.session_state[keys.ACTION_EDITING].form is None


def test_what_cannot_be_recorded_nor_undone_since_the_squad_is_gone_is_told(
    store: CsvStore,
) -> None:
    app = squad()
    made = offered(app)
    app.date_input(keys.action("due_on", made.action_id)).set_value(TODAY - AGO)
    app.text_area(keys.action("note", made.action_id)).set_value("mine")
    store.rename("Atlas", "Borea")
    saved(app, made)
    assert "You wrote “mine”" in text_of(app)
    store.rename("Borea", "Atlas")
    app = squad()
    saved(app, made := offered(app))
    store.rename("Atlas", "Borea")
    app.button(keys.action("undo", made.action_id)).click().run()
    assert "This could not be taken back, since somebody changed it meanwhile" in text_of(app)


@pytest.mark.parametrize("view", ["do", "voices", "who-decides", "numbers"])
def test_what_became_of_a_late_action_is_told_whichever_section_is_open(
    view: str, store: CsvStore
) -> None:
    late = planned(store, due_on=TODAY - AGO)
    app = changed(app_on(page_files.SQUAD, view=view), late)
    app.text_area(keys.action("note", late.action_id)).set_value("mine")
    store.delete([late.action_id])
    saved(app, late)
    told = "This was deleted meanwhile, or can no longer be read, so nothing was changed"
    assert f"{told}. You wrote “mine”." in text_of(app)
    late = planned(store, due_on=TODAY - AGO)
    app = changed(app_on(page_files.SQUAD, view=view), late)
    app.button(keys.action("delete", late.action_id)).click().run()
    assert text_of(app).count("Deleted: “Open one channel for urgent requests”.") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_written_is_told_where_somebody_else_was_faster(
    language: str, store: CsvStore
) -> None:
    told = {
        "en": ". You wrote “mine”.",
        "fr": ". Vous aviez écrit «\u202fmine\u202f».",
    }[language]
    stored = planned(store, lever="restate-vision")
    app = changed(squad(language), stored)
    store.revise(stored, theirs := stored.model_copy(update={"owner": "cto"}))
    app.text_area(keys.action("note", stored.action_id)).set_value("mine")
    saved(app, stored)
    assert told in text_of(app)
    app = changed(squad(language), theirs)
    store.delete([stored.action_id])
    app.text_area(keys.action("note", stored.action_id)).set_value("mine")
    saved(app, stored)
    assert told in text_of(app)
    app = squad(language)
    made = offered(app)
    planned(store)
    app.text_area(keys.action("note", made.action_id)).set_value("mine")
    saved(app, made)
    assert told in text_of(app)


def test_a_change_of_what_is_gone_is_refused_where_its_form_was_with_the_focus(
    store: CsvStore,
) -> None:
    stored, _other = planned(store), planned(store, lever="restate-vision")
    app = changed(squad(), stored)
    store.delete([stored.action_id])
    saved(app, stored)
    page = everything(app)
    assert "This was deleted meanwhile" in page
    assert page.index("This was deleted meanwhile") > page.index("We will do this")
    moved = page.index("stAlertContentError")
    assert page.index("This was deleted meanwhile") < moved < page.index("What we decided")


def test_who_signed_out_in_another_window_is_told_that_nothing_was_changed(
    store: CsvStore, protected: Path
) -> None:
    stored = planned(store)
    sign_in = {**EDITOR, "sub": "ana", "iat": int(datetime.now(UTC).timestamp())}
    app = changed(Caller(sign_in).cold(page_files.SQUAD), stored)
    Caller(sign_in).cold(page_files.SQUAD).button(keys.GATE_SIGN_OUT).click().run()
    saved(app, stored)
    assert store.read().actions == (stored,)
    assert "You signed out in another window, so nothing was changed" in text_of(app)
    assert [button for button in app.button if button.label == "Sign in"]


def test_an_action_is_deleted_after_one_confirmation(store: CsvStore) -> None:
    stored = planned(store)
    app = changed(squad(), stored)
    app.button(keys.action("delete", stored.action_id)).click().run()
    assert store.read().actions == ()
    assert "Deleted: “Open one channel for urgent requests”." in text_of(app)
    assert app.button(keys.offer("single-channel"))


def deleted(app: AppTest, action: Action) -> AppTest:
    """The page once this action was deleted by its form."""
    changed(app, action).button(keys.action("delete", action.action_id)).click().run()
    return app


def test_a_deleted_action_comes_back_as_it_was(store: CsvStore) -> None:
    stored = planned(store, note="first week")
    app = deleted(squad(), stored)
    app.button(keys.DEED_UNDO).click().run()
    assert store.read().actions == (stored,)
    assert "Undone: it is as it was before." in text_of(app)
    assert app.button(keys.change(stored.action_id))


def test_what_somebody_deleted_already_is_said_to_be_gone(store: CsvStore) -> None:
    stored = planned(store)
    app = changed(squad(), stored)
    store.delete([stored.action_id])
    app.button(keys.action("delete", stored.action_id)).click().run()
    assert "This was deleted meanwhile" in text_of(app)
    assert keys.DEED_UNDO not in [button.key for button in app.button]


@pytest.mark.parametrize(
    ("status", "comes_back"), [("planned", False), ("under-way", False), ("done", True)]
)
def test_a_deleted_action_does_not_come_back_beside_another_that_is_open_on_its_lever(
    status: str, comes_back: bool, store: CsvStore
) -> None:
    ended_on = TODAY if status == "done" else None
    stored = planned(store, status=status, ended_on=ended_on, decided_on=TODAY)
    app = deleted(squad(), stored)
    theirs = planned(store)
    app.button(keys.DEED_UNDO).click().run()
    assert set(store.read().actions) == {theirs, *([stored] if comes_back else ())}
    assert ("Somebody recorded this lever meanwhile" in text_of(app)) is not comes_back


def test_a_deleted_action_does_not_come_back_under_a_name_that_its_squad_lost(
    store: CsvStore,
) -> None:
    stored = planned(store)
    app = deleted(squad(), stored)
    store.rename("Atlas", "Borea")
    app.button(keys.DEED_UNDO).click().run()
    assert store.read().actions == ()
    assert "The squad Atlas was renamed meanwhile" in text_of(app)


def test_what_somebody_changed_is_not_deleted_unseen(store: CsvStore) -> None:
    stored = planned(store)
    app = changed(squad(), stored)
    others = stored.model_copy(update={"status": "under-way"})
    store.revise(stored, others)
    double_click(app, keys.action("delete", stored.action_id))
    assert store.read().actions == (others,)
    assert "Somebody changed this meanwhile, so nothing was deleted" in text_of(app)


def test_one_form_is_open_at_a_time(store: CsvStore) -> None:
    one, other = planned(store), planned(store, lever="restate-vision")
    app = changed(changed(squad(), one), other)
    assert [area.key for area in app.text_area] == [keys.action("note", other.action_id)]


def test_more_than_two_that_ended_wait_behind_a_click(store: CsvStore) -> None:
    for ago in range(5):
        planned(store, status="done", ended_on=TODAY - ago * AGO)
    (earlier,) = [expander for expander in squad().expander if "earlier" in expander.label]
    assert earlier.label == "3 earlier actions"


# What does not fit, and a store out of reach ------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_forged_fields_are_refused_each_in_its_place(language: str, store: CsvStore) -> None:
    stored = planned(store)
    app = changed(squad(language), stored)
    action_id = stored.action_id
    app.segmented_control(keys.action("status", action_id)).set_value("done").run()
    app.date_input(keys.action("ended_on", action_id)).set_value(TODAY + AGO)
    app.date_input(keys.action("due_on", action_id)).set_value(stored.decided_on - AGO)
    app.text_area(keys.action("note", action_id)).set_value("n" * 2_001)
    saved(app, stored)

    assert not app.exception
    assert store.read().actions == (stored,)
    errors = [error.value.replace("\\", "") for error in app.error]
    words = words_in(language)
    assert len(errors) == 3
    assert words.date(TODAY + AGO) in errors[0]
    assert words.date(stored.decided_on - AGO) in errors[1]
    assert words.number(2_001) in errors[2]


def test_what_was_filled_in_waits_until_the_store_can_be_reached(
    store: CsvStore,
) -> None:
    app = squad()
    made = offered(app)
    app.text_area(keys.action("note", made.action_id)).set_value("kept").run()
    with out_of_reach("add", "read") as text:
        saved(app, made)
        assert text in text_of(app)
        assert not app.exception
    app.run()
    assert app.text_area(keys.action("note", made.action_id)).value == "kept"
    saved(app, made)
    (kept,) = store.read().actions
    assert (kept.action_id, kept.note) == (made.action_id, "kept")


def test_a_change_waits_until_the_store_can_be_written(
    store: CsvStore,
) -> None:
    stored = planned(store)
    app = changed(squad(), stored)
    app.segmented_control(keys.action("status", stored.action_id)).set_value("under-way").run()
    with out_of_reach("revise") as text:
        saved(app, stored)
    assert text in text_of(app)
    saved(app, stored)
    assert [kept.status for kept in store.read().actions] == ["under-way"]


def test_an_attempt_nobody_could_vouch_for_is_stored_once_as_it_now_reads(
    store: CsvStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = CsvStore.add

    def stored_but_unsure(self: CsvStore, records: list[Action], **how: Any) -> int:
        add(self, records, **how)
        raise StorageError("{file} may not be written", file="actions.csv")

    app = squad()
    made = offered(app)
    with monkeypatch.context() as broken:
        broken.setattr(CsvStore, "add", stored_but_unsure)
        saved(app, made)
    app.text_area(keys.action("note", made.action_id)).set_value("second thought")
    saved(app, made)
    assert [kept.note for kept in store.read().actions] == ["second thought"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_change_sent_to_a_restarted_server_is_said_not_to_be_stored(
    language: str, store: CsvStore
) -> None:
    stored = planned(store)
    app = changed(squad(language), stored)
    app.text_area(keys.action("note", stored.action_id)).set_value("mine")
    app.button(keys.action("save", stored.action_id)).click()
    app = after_restart(app, page_files.SQUAD)
    assert said(language, LOST)[1:] in text_of(app)
    assert store.read().actions == (stored,)
    assert said(language, LOST)[1:] not in text_of(app.run())


def test_what_is_typed_into_a_form_that_a_restarted_server_does_not_know_is_said_to_be_lost(
    store: CsvStore,
) -> None:
    stored = planned(store)
    app = changed(squad(), stored)
    app.text_area(keys.action("note", stored.action_id)).set_value("mine")
    assert LOST[1:] in text_of(after_restart(app, page_files.SQUAD))
    assert LOST[1:] not in text_of(after_restart(squad(), page_files.SQUAD))


@pytest.mark.parametrize(
    ("what", "is_lost"), [("typed", True), ("pressed", True), ("view chosen", False)]
)
def test_a_page_that_a_restarted_server_loads_again_says_what_was_lost_once(
    what: str, is_lost: bool, store: CsvStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored, sent = planned(store), list[dict[str, Any]]()
    app = squad()
    if what == "typed":
        app = changed(app, stored)
        app.text_area(keys.action("note", stored.action_id)).set_value("mine")
    elif what == "pressed":
        app.button(keys.change(stored.action_id)).click()
    else:
        app.segmented_control(keys.view("view")).set_value("voices")
    with monkeypatch.context() as cold:
        cold.setattr(shell, "prepare", Event)
        cold.setattr(shell, "run_script", lambda _name, **given: sent.append(given))
        after_restart(app, page_files.SQUAD)
    (given,) = sent
    assert given["isLost"] == is_lost
    for mark, told in ((given["lost"], LOST), (given["shown"], SHOWN_LOST)):
        app = app_on(page_files.SQUAD, lost=mark)
        assert told[1:] in text_of(app)
        assert "lost" not in app.query_params
        assert told[1:] not in text_of(app.run())
        assert told[1:] not in text_of(app_on(page_files.SQUAD, lost=mark))


def test_no_link_can_say_that_something_was_lost(store: CsvStore) -> None:
    app = app_on(page_files.SQUAD, lost="mark")
    assert LOST[1:] not in text_of(app)
    assert "lost" not in app.query_params


# The next round -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "(1 voice, then 1): Arbitration +27 and Daily +12, no clear change at Delivery.",
        ),
        (
            "fr",
            "(1 voix, puis 1)\xa0: Arbitrage +27 et Quotidien +12, pas de changement net pour "
            "Delivery.",
        ),
    ],
)
@pytest.mark.parametrize("page", [page_files.SQUAD, page_files.TRENDS])
def test_the_next_round_shows_beside_an_action_what_its_levels_did(
    page: str, language: str, text: str, store: CsvStore
) -> None:
    # From no (0) to yes (1) on single-channel, rituals-decide back to partly: arbitration
    # (11 − 3 − 1) / 11 to 10/11 is 64 to 91, daily (17 − 2 − 0.5) / 17 to 16.5/17 is 85 to 97,
    # delivery (15 − 1 − 0.5) / 15 to 14.5/15 is 90 to 97: +7 is no clear change.
    store.add([assessment(assessed_on=TODAY, answers=HEALTHY | {"rituals-decide": "partly"})])
    planned(store, decided_on=TODAY - 29 * AGO, status="done", ended_on=TODAY - 20 * AGO)
    assert text in text_of(app_on(page, language=language))


def test_before_the_next_round_the_page_says_what_it_takes(store: CsvStore) -> None:
    planned(store)
    assert "it takes a check before it and one after it" in text_of(squad())


def test_trends_mark_what_was_done_by_number_and_list_it(store: CsvStore) -> None:
    store.add([assessment(assessed_on=TODAY, answers=HEALTHY)])
    planned(store, lever="restate-vision")
    planned(store, decided_on=TODAY - 29 * AGO, status="done", ended_on=TODAY - 15 * AGO)
    planned(store, lever="seat-a-po", status="dropped", ended_on=TODAY)
    app = app_on(page_files.TRENDS)
    text = text_of(app)
    assert "1. Open one channel for urgent requests" in text
    assert "Restate the vision every cycle" in text
    assert edition_in("en").texts.levers["seat-a-po"].title not in text
    assert '"action-days"' in json.dumps(json.loads(app.get("vega_lite_chart")[0].proto.spec))


def test_trends_of_several_squads_list_no_actions(store: CsvStore) -> None:
    store.add([assessment(squad="Boréal", answers=HEALTHY)])
    planned(store)
    text = text_of(app_on(page_files.TRENDS, squad=["Atlas", "Boréal"]))
    assert "What we decided" not in text


def test_what_people_note_is_shown_as_text(store: CsvStore) -> None:
    planned(store, note="<b>x</b> [l](http://x.y) :smile: $a$")
    app = squad()
    shown = [block.value for block in app.markdown if "smile" in block.value]
    assert shown
    assert "<b>x</b> [l](http://x.y) :smile: $a$" not in shown[0]
    assert "<b>x</b> [l](http://x.y) :smile: $a$" in text_of(app)


def test_what_people_note_in_several_lines_is_one_within_a_page_s_text() -> None:
    assert (
        as_plain_text("Ana lists\n\n# tickets\n\n    as code\n") == r"Ana lists \# tickets as code"
    )

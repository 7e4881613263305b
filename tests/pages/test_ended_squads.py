"""A squad that no longer exists, from the dialog that says so to the pages that leave it out."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

from streamlit.testing.v1 import AppTest

from assessment.languages import words_in
from assessment.model import Setup
from assessment.ui.session import keys, page_files
from tests.builders import action, assessment, setup
from tests.examples import EXAMPLE_1
from tests.pages.app import (
    answer,
    app_on,
    double_click,
    records,
    store_of,
    stored,
    text_of,
    with_squad_open,
)

TODAY = date.today()  # noqa: DTZ011 - the page's own day: these tests run in the reader's zone
DAY = words_in("en").date(TODAY)
WEEK = timedelta(days=7)


def ended(app: AppTest, squad_key: str = "atlas") -> AppTest:
    """The data page once it was told that a squad has ended today."""
    with_squad_open(app, squad_key)
    return app.button(keys.SQUADS_END).click().run()


def two_squads(folder: Path) -> None:
    """Atlas, which has something to do, and Boréal, both with a check of last week."""
    checks = [
        assessment(assessment_id=uuid4(), squad=squad, assessed_on=TODAY - WEEK)
        for squad in ("Atlas", "Boréal")
    ]
    due = action(due_on=TODAY - timedelta(days=1), decided_on=TODAY - WEEK)
    store_of(folder, *checks, due)


def ends_in(folder: Path) -> list[Setup]:
    return [one for one in records(folder) if isinstance(one, Setup) and one.ended]


def links_on_home() -> list[str]:
    return [link.proto.label for link in app_on(page_files.HOME).get("page_link")]


def test_a_squad_that_ended_leaves_what_is_to_do_and_can_go_on_after_all(
    empty_store: Path,
) -> None:
    two_squads(empty_store)
    (overdue,) = [label for label in links_on_home() if label.startswith("Overdue since")]
    app = ended(app_on(page_files.DATA))
    assert f"Atlas ended on {DAY}." in text_of(app)
    home = app_on(page_files.HOME)
    assert [fold.label for fold in home.expander] == ["1 squad ended"]
    assert overdue not in [link.proto.label for link in home.get("page_link")]

    with_squad_open(app, "atlas")
    assert not [button for button in app.button if button.key == keys.SQUADS_END]
    app.button(keys.SQUADS_GO_ON).click().run()
    assert "Atlas still exists." in text_of(app)
    assert overdue in links_on_home()
    app.button(keys.DEED_UNDO).click().run()
    assert overdue not in links_on_home()


def test_that_a_squad_has_ended_can_be_undone_at_once(empty_store: Path) -> None:
    two_squads(empty_store)
    app = ended(app_on(page_files.DATA))
    app.button(keys.DEED_UNDO).click().run()
    assert ends_in(empty_store) == []
    assert "Undone: it is as it was before." in text_of(app)


def test_no_day_before_the_last_answer_can_be_the_last(empty_store: Path) -> None:
    two_squads(empty_store)
    app = with_squad_open(app_on(page_files.DATA), "atlas")
    field = app.date_input(keys.last_day("atlas"))
    assert (field.value, field.min, field.max) == (TODAY, TODAY - WEEK, TODAY)
    store_of(empty_store, assessment(assessment_id=uuid4(), squad="Atlas", assessed_on=TODAY))
    field.set_value(TODAY - WEEK)
    app.button(keys.SQUADS_END).click().run()
    assert f"Something stored for Atlas is dated {DAY}: choose that day or a later one" in text_of(
        app
    )
    assert ends_in(empty_store) == []


def test_a_day_chosen_for_one_squad_is_not_that_of_another(empty_store: Path) -> None:
    store_of(
        empty_store,
        assessment(assessment_id=uuid4(), squad="Atlas", assessed_on=TODAY - 3 * WEEK),
        assessment(assessment_id=uuid4(), squad="Boréal", assessed_on=TODAY - WEEK),
    )
    app = with_squad_open(app_on(page_files.DATA), "atlas")
    app.date_input(keys.last_day("atlas")).set_value(TODAY - 2 * WEEK).run()
    with_squad_open(app, "boréal")
    assert not app.exception
    assert app.date_input(keys.last_day("boréal")).value == TODAY


def test_that_a_squad_goes_on_takes_back_its_last_end_and_nothing_else(empty_store: Path) -> None:
    def ended_on(day: date) -> Setup:
        return setup(since=day, seats={}, company=None, ended=True)

    first, anew = ended_on(TODAY - 3 * WEEK), setup(since=TODAY - 2 * WEEK)
    early = assessment(assessed_on=TODAY - 4 * WEEK)
    store_of(empty_store, early, first, anew, ended_on(TODAY - WEEK))
    app = with_squad_open(app_on(page_files.DATA), "atlas")
    app.button(keys.SQUADS_GO_ON).click().run()
    assert [one for one in records(empty_store) if isinstance(one, Setup)] == [first, anew]


def test_a_squad_that_ended_is_not_merged_with_one_that_goes_on(empty_store: Path) -> None:
    two_squads(empty_store)
    app = ended(app_on(page_files.DATA))
    for squad_key, other in (("atlas", "Boréal"), ("boréal", "Atlas")):
        with_squad_open(app, squad_key)
        app.text_input(keys.new_name(squad_key)).set_value(other).run()
        assert "One of the two has ended; say first that it still exists" in text_of(app)
        assert keys.SQUADS_RENAME not in [button.key for button in app.button]
    ended(app, "boréal")
    with_squad_open(app, "atlas")
    app.text_input(keys.new_name("atlas")).set_value("Boréal").run()
    assert app.button(keys.SQUADS_RENAME)


def test_a_merge_that_was_asked_for_before_one_of_the_two_ended_is_refused(
    empty_store: Path,
) -> None:
    two_squads(empty_store)
    app = with_squad_open(app_on(page_files.DATA), "atlas")
    app.text_input(keys.new_name("atlas")).set_value("Boréal").run()
    store_of(empty_store, setup(since=TODAY, seats={}, company=None, ended=True))
    double_click(app, keys.SQUADS_RENAME)
    assert {check.squad for check in stored(empty_store)} == {"Atlas", "Boréal"}
    assert "One of the two has ended" in text_of(app)


def test_a_squad_that_somebody_ended_meanwhile_is_not_ended_twice(empty_store: Path) -> None:
    two_squads(empty_store)
    app = with_squad_open(app_on(page_files.DATA), "atlas")
    theirs = setup(since=TODAY, seats={}, company=None, ended=True)
    store_of(empty_store, theirs)
    app.button(keys.SQUADS_END).click().run()
    assert ends_in(empty_store) == [theirs]
    assert keys.DEED_UNDO not in [button.key for button in app.button]


def test_a_day_that_an_answer_overtook_moves_with_it(empty_store: Path) -> None:
    two_squads(empty_store)
    app = with_squad_open(app_on(page_files.DATA), "atlas")
    app.date_input(keys.last_day("atlas")).set_value(TODAY - timedelta(days=3)).run()
    store_of(empty_store, assessment(assessment_id=uuid4(), squad="Atlas", assessed_on=TODAY))
    with_squad_open(app, "atlas")
    assert not app.exception
    assert app.date_input(keys.last_day("atlas")).value == TODAY


def test_where_every_squad_has_ended_they_are_all_in_view(empty_store: Path) -> None:
    two_squads(empty_store)
    app = app_on(page_files.DATA)
    ended(ended(app), "boréal")
    (fold,) = app_on(page_files.HOME).expander
    assert (fold.label, fold.proto.expanded) == ("2 squads ended", True)


def test_forms_for_something_new_do_not_offer_a_squad_that_ended(empty_store: Path) -> None:
    two_squads(empty_store)
    ended(app_on(page_files.DATA))
    assert app_on(page_files.ROUNDS).selectbox(keys.ROUNDS_SQUAD).options == ["Boréal"]
    form = answer(app_on(page_files.CHECK), EXAMPLE_1)
    form = form.segmented_control(keys.CHECK_STEP).set_value("result").run()
    assert form.selectbox(keys.CHECK_SQUAD).options == ["Boréal"]


def test_the_page_of_a_squad_that_ended_says_so_and_shows_what_it_answered(
    empty_store: Path,
) -> None:
    two_squads(empty_store)
    ended(app_on(page_files.DATA))
    app = app_on(page_files.SQUAD, squad="Atlas")
    assert app.title[0].value == "Atlas"
    assert f"ended on {DAY}" in text_of(app)


def test_an_end_stands_among_the_setups_and_cannot_be_edited_as_one(empty_store: Path) -> None:
    store_of(
        empty_store,
        assessment(assessed_on=TODAY - WEEK),
        setup(since=TODAY - WEEK),
        setup(since=TODAY, seats={}, company=None, ended=True),
    )
    app = app_on(page_files.DEEP_CHECK, squad="Atlas", view="setup")
    assert not app.exception
    assert f"Atlas ended on {DAY}." in text_of(app)
    edits = [button for button in app.button if (button.key or "").startswith("setup-edit")]
    assert not edits  # the setup before it is in the form

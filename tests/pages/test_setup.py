"""A squad's setup on a page: described, edited, deleted, and where it is told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assessment.content.loading import shipped_framework
from assessment.languages import LANGUAGES, words_in
from assessment.model import Setup
from assessment.model.setup import preset_seats
from assessment.storage.csv.store import CsvStore
from assessment.ui.session import keys, page_files
from tests.builders import assessment, setup
from tests.pages.app import app_on, double_click, out_of_reach, since_conflict, text_of

FRAMEWORK = shipped_framework()
NO_PO = preset_seats(FRAMEWORK, "pm-only")
TODAY = date.today()  # noqa: DTZ011 - the reader's day, as the page takes it


def setups(folder: Path) -> tuple[Setup, ...]:
    return CsvStore(folder, FRAMEWORK).read().setups


def editor(folder: Path, *kept: Setup, language: str = "en") -> AppTest:
    """The form that describes the setup of Atlas."""
    CsvStore(folder, FRAMEWORK).add([*kept, assessment()])
    app = app_on(page_files.DEEP_CHECK, language=language)
    app.selectbox(keys.CHECK_SQUAD).set_value("Atlas").run()
    return app.button(keys.SETUP_OPEN).click().run()


def saved(app: AppTest) -> AppTest:
    return app.button(keys.SETUP_SAVE).click().run()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_common_setup_takes_two_clicks(language: str, empty_store: Path) -> None:
    app = editor(empty_store, language=language)
    saved(app.segmented_control(keys.SETUP_PRESET).set_value("pm-only").run())
    assert not app.exception
    (kept,) = setups(empty_store)
    assert (kept.squad, kept.company, kept.seats) == ("Atlas", None, NO_PO)
    assert abs(kept.since - datetime.now(UTC).date()) <= timedelta(days=1)
    assert words_in(language).gettext("The setup is saved.") in text_of(app)
    assert {"en": "PM, no PO", "fr": "PM, sans PO"}[language] in text_of(app)
    app.run()
    assert words_in(language).gettext("The setup is saved.") not in text_of(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_setup_the_page_says_what_is_assumed(language: str, empty_store: Path) -> None:
    app = app_on(page_files.DEEP_CHECK, language=language)
    assumed = {
        "en": "Until then, a PM and a PO are assumed",
        "fr": "on suppose qu’elle a un PM et un PO",
    }
    assert assumed[language] in app.text_input(keys.CHECK_NEW_SQUAD).help
    assert not [button for button in app.button if button.key == keys.SETUP_OPEN]
    app.text_input(keys.CHECK_NEW_SQUAD).set_value("Nova").run()
    assert "Nova" in text_of(app)
    assert app.button(keys.SETUP_OPEN)


def test_a_new_squad_can_be_described_before_its_first_check(empty_store: Path) -> None:
    app = app_on(page_files.DEEP_CHECK)
    app.text_input(keys.CHECK_NEW_SQUAD).set_value(" Équipe Nord ").run()
    saved(app.button(keys.SETUP_OPEN).click().run())
    (kept,) = setups(empty_store)
    assert kept.squad == "Équipe Nord"
    assert kept.seats == preset_seats(FRAMEWORK, "pm-and-po")
    assert app.text_input(keys.CHECK_NEW_SQUAD).value == " Équipe Nord "


def test_a_squad_described_before_its_first_check_can_be_chosen(empty_store: Path) -> None:
    described = [setup(squad="Équipe  Nord"), setup(squad="atlas")]
    CsvStore(empty_store, FRAMEWORK).add([*described, assessment()])
    app = app_on(page_files.DEEP_CHECK)
    assert app.selectbox(keys.CHECK_SQUAD).options == ["Atlas", "Équipe  Nord"]
    app.selectbox(keys.CHECK_SQUAD).set_value("Équipe  Nord").run()
    assert "PO: shared" in text_of(app)


def test_a_reload_of_the_form_opened_on_a_squads_page_opens_it_again(empty_store: Path) -> None:
    CsvStore(empty_store, FRAMEWORK).add([assessment(squad="Boréal"), setup(squad="Boréal")])
    app = app_on(page_files.SQUAD, squad="Boréal")
    app.button(keys.SETUP_OPEN).click().run()
    assert app.header[0].value == "Setup of Boréal"

    address = {name: app.query_params[name] for name in ("squad", "view")}
    again = app_on(page_files.DEEP_CHECK, **address)
    assert again.header[0].value == "Setup of Boréal"
    assert again.title[0].value == "Edit the setup"
    again.button(keys.SETUP_CANCEL).click().run()
    assert again.title[0].value == "Boréal"
    assert "view" not in again.query_params


@pytest.mark.parametrize("squad", ["Nowhere", ""])
def test_an_address_asks_for_the_setup_of_a_squad_that_is_there_alone(
    squad: str, empty_store: Path
) -> None:
    CsvStore(empty_store, FRAMEWORK).add([assessment(squad="Boréal")])
    app = app_on(page_files.DEEP_CHECK, squad=squad, view="setup")
    assert not app.exception
    assert app.title[0].value == "Deep check"


def test_an_address_opens_the_form_of_its_own_squad_where_that_of_another_one_was_open(
    empty_store: Path,
) -> None:
    records = [setup(squad=squad, seats=seats) for squad, seats in (("Atlas", NO_PO), ("Zed", {}))]
    CsvStore(empty_store, FRAMEWORK).add(records)
    app = app_on(page_files.DEEP_CHECK, squad="Zed", view="setup")
    app.query_params["squad"] = "atlas"
    app.run()
    assert app.header[0].value == "Setup of Atlas"
    assert app.segmented_control(keys.SETUP_PRESET).value == "pm-only"
    app.segmented_control(keys.SETUP_PRESET).set_value("neither").run()
    assert app.segmented_control(keys.SETUP_PRESET).value == "neither"

    app.query_params["squad"] = "Nowhere"
    app.run()
    assert app.title[0].value == "Deep check"


def test_an_address_that_names_a_squad_alone_tells_its_setup_and_leads_to_it(
    empty_store: Path,
) -> None:
    CsvStore(empty_store, FRAMEWORK).add([setup(squad="Boréal")])
    app = app_on(page_files.DEEP_CHECK, squad="Boréal")
    assert "Setup of Boréal since" in text_of(app)
    assert app.button(keys.SETUP_OPEN).label == "Edit the setup"


def test_an_address_asks_for_a_setup_in_vain_while_the_store_is_out_of_reach(
    empty_store: Path,
) -> None:
    CsvStore(empty_store, FRAMEWORK).add([setup(squad="Boréal")])
    with out_of_reach("read") as error:
        app = app_on(page_files.DEEP_CHECK, squad="Boréal", view="setup")
    assert app.title[0].value == "Deep check"
    assert error in text_of(app)
    app.run()
    assert app.header[0].value == "Setup of Boréal"


def test_what_came_back_of_a_check_is_told_at_that_check_not_at_the_form(
    empty_store: Path,
) -> None:
    back = "Your answers are back"
    CsvStore(empty_store, FRAMEWORK).add([setup(squad="Boréal")])
    app = app_on(page_files.DEEP_CHECK, squad="Boréal", view="setup")
    app.session_state[keys.DRAFT_NEWS] = "back"
    app.run()
    assert app.header[0].value == "Setup of Boréal"
    assert back not in text_of(app)
    app.button(keys.SETUP_CANCEL).click().run()
    app.query_params.clear()
    assert back in text_of(app.switch_page(page_files.DEEP_CHECK).run())


def test_the_heading_shows_a_squad_s_name_as_the_text_it_is(empty_store: Path) -> None:
    app = app_on(page_files.DEEP_CHECK)
    app.text_input(keys.CHECK_NEW_SQUAD).set_value("**Nova** $x^2$ [l](http://x.y)").run()
    app.button(keys.SETUP_OPEN).click().run()
    heading = app.header[0].value
    assert "\\*\\*Nova\\*\\* \\$x\\^2\\$ \\[l\\]" in heading
    assert "http://" not in heading


def test_each_seat_the_company_and_the_day_can_be_told(empty_store: Path) -> None:
    app = editor(empty_store)
    app.selectbox(keys.seat("po")).set_value("shared")
    app.selectbox(keys.seat("tl")).set_value("same-as-cto")
    app.selectbox(keys.seat("em")).set_value("empty")
    app.segmented_control(keys.SETUP_COMPANY).set_value("start-up")
    app.date_input(keys.SETUP_SINCE).set_value(date(2026, 9, 1)).run()
    assert app.segmented_control(keys.SETUP_PRESET).value is None
    saved(app)
    (kept,) = setups(empty_store)
    assert (kept.since, kept.company) == (date(2026, 9, 1), "start-up")
    assert {role: kept.seats[role] for role in ("po", "tl", "em", "pm")} == {
        "po": "shared",
        "tl": "same-as-cto",
        "em": "empty",
        "pm": "own",
    }
    assert "PO: shared · EM: empty seat · Tech Lead and CTO: one person · Start-up" in text_of(app)


@pytest.mark.parametrize(
    ("language", "reason"),
    [
        ("en", "The seat of PM is held by the person of PO, but that seat is not held by a"),
        (
            "fr",
            "le siège de PM est tenu par la même personne que PO, mais ce siège-là n’est pas tenu",
        ),
    ],
)
def test_seats_that_lean_on_each_other_are_refused_at_their_fields(
    language: str, reason: str, empty_store: Path
) -> None:
    app = editor(empty_store, language=language)
    app.selectbox(keys.seat("pm")).set_value("same-as-po")
    app.selectbox(keys.seat("po")).set_value("same-as-pm").run()
    saved(app)
    assert setups(empty_store) == ()
    assert reason.lower() in text_of(app).lower()
    assert len(app.error) == 2
    app.selectbox(keys.seat("po")).set_value("own").run()
    assert len(setups(empty_store)) == 0
    saved(app)
    assert setups(empty_store)[0].seats["pm"] == "same-as-po"


def test_a_day_in_the_future_or_taken_is_refused_at_its_field(empty_store: Path) -> None:
    app = editor(empty_store, setup(since=date(2026, 9, 1)))
    app.button(keys.SETUP_NEW).click().run()
    app.date_input(keys.SETUP_SINCE).set_value(date(2026, 9, 1)).run()
    saved(app)
    assert "Another setup begins on 1\u00a0Sept\u00a02026; edit that one" in text_of(app)
    app.date_input(keys.SETUP_SINCE).set_value(TODAY + timedelta(days=2)).run()
    saved(app)
    assert "is in the future; choose today or earlier" in text_of(app)
    assert len(setups(empty_store)) == 1


def test_a_setup_is_edited_in_place(empty_store: Path) -> None:
    before = setup(since=date(2026, 9, 1), seats=NO_PO)
    app = editor(empty_store, before)
    assert app.date_input(keys.SETUP_SINCE).value == before.since
    assert app.segmented_control(keys.SETUP_PRESET).value == "pm-only"
    saved(app.segmented_control(keys.SETUP_PRESET).set_value("neither").run())
    (kept,) = setups(empty_store)
    assert (kept.setup_id, kept.since, kept.company) == (
        before.setup_id,
        before.since,
        "scale-up",
    )
    assert kept.seats == preset_seats(FRAMEWORK, "neither")


def test_a_squad_keeps_its_setups_over_time(empty_store: Path) -> None:
    app = editor(empty_store, setup(since=date(2026, 1, 1), seats=NO_PO))
    app.button(keys.SETUP_NEW).click().run()
    saved(app.segmented_control(keys.SETUP_PRESET).set_value("pm-and-po").run())
    assert len(setups(empty_store)) == 2
    app.button(keys.SETUP_OPEN).click().run()
    assert "Since 1\u00a0Jan\u00a02026: PM, no PO · Scale-up" in text_of(app)
    first = next(
        described for described in setups(empty_store) if described.since == date(2026, 1, 1)
    )
    app.button(keys.setup("edit", first.setup_id)).click().run()
    assert app.segmented_control(keys.SETUP_PRESET).value == "pm-only"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_setup_is_deleted_after_confirmation(language: str, empty_store: Path) -> None:
    described = setup(since=date(2026, 9, 1))
    app = editor(empty_store, described, language=language)
    app.button(keys.setup("delete", described.setup_id)).click().run()
    assert not app.exception
    assert setups(empty_store) == ()
    assert words_in(language).gettext("The setup is deleted.") in text_of(app)


def test_a_setup_that_somebody_changed_is_not_deleted_unseen(empty_store: Path) -> None:
    described = setup(since=date(2026, 9, 1))
    app = editor(empty_store, described)
    changed = described.model_copy(update={"since": date(2026, 10, 1)})
    CsvStore(empty_store, FRAMEWORK).revise(described, changed)
    double_click(app, keys.setup("delete", described.setup_id))
    assert setups(empty_store) == (changed,)
    assert "Somebody changed this meanwhile, so nothing was deleted" in text_of(app)


def test_a_setup_of_a_squad_that_somebody_renamed_meanwhile_is_not_stored(
    empty_store: Path,
) -> None:
    app = editor(empty_store)
    CsvStore(empty_store, FRAMEWORK).rename("Atlas", "Borea")
    saved(app)
    assert setups(empty_store) == ()
    assert "Atlas was renamed meanwhile" in text_of(app)


@pytest.mark.parametrize("merged", [False, True])
def test_a_second_save_takes_no_setup_from_the_squad_that_it_went_to(
    merged: bool, empty_store: Path
) -> None:
    before = setup(since=date(2026, 1, 1))
    app = editor(empty_store, before)
    store = CsvStore(empty_store, FRAMEWORK)
    if merged:
        store.add([assessment(squad="Borea")])
    store.rename("Atlas", "Borea")
    app.segmented_control(keys.SETUP_PRESET).set_value("pm-only").run()
    since_conflict(saved(app), keys.SETUP_SAVE).click().run()
    assert "This belongs to the squad Borea by now" in text_of(app)
    assert setups(empty_store) == (before.model_copy(update={"squad": "Borea"}),)


def test_after_somebody_else_was_faster_a_second_save_stores_what_was_filled_in(
    empty_store: Path,
) -> None:
    before = setup(since=date(2026, 1, 1))
    app = editor(empty_store, before)
    store = CsvStore(empty_store, FRAMEWORK)
    app.date_input(keys.SETUP_SINCE).set_value(date(2026, 2, 1))
    store.revise(before, before.model_copy(update={"since": date(2026, 3, 1)}))
    double_click(app, keys.SETUP_SAVE)
    assert [known.since for known in setups(empty_store)] == [date(2026, 3, 1)]
    assert "Somebody changed this meanwhile" in text_of(app)
    assert "Since 1\u00a0Mar\u00a02026" in text_of(app)
    since_conflict(app, keys.SETUP_SAVE).click().run()
    assert [known.since for known in setups(empty_store)] == [date(2026, 2, 1)]


def test_a_setup_that_somebody_deleted_is_told_anew_by_a_second_save(empty_store: Path) -> None:
    before = setup(since=date(2026, 1, 1))
    app = editor(empty_store, before)
    CsvStore(empty_store, FRAMEWORK).delete([before.id])
    double_click(app, keys.SETUP_SAVE)
    assert setups(empty_store) == ()
    assert "This was deleted meanwhile" in text_of(app)
    since_conflict(app, keys.SETUP_SAVE).click().run()
    (anew,) = setups(empty_store)
    assert anew.since == before.since
    assert anew.id != before.id


def test_what_was_told_is_kept_while_the_store_is_out_of_reach(
    empty_store: Path,
) -> None:
    app = editor(empty_store)
    app.segmented_control(keys.SETUP_PRESET).set_value("cpto").run()

    with out_of_reach("add") as error:
        saved(app)
    assert not app.exception
    assert error in text_of(app)
    assert app.segmented_control(keys.SETUP_PRESET).value == "cpto"
    saved(app)
    assert len(setups(empty_store)) == 1


def test_forged_fields_are_refused_and_nothing_is_stored(empty_store: Path) -> None:
    app = editor(empty_store)
    app.session_state[keys.SETUP_SQUAD] = "At\x07las"
    saved(app)
    assert setups(empty_store) == ()
    assert "control character (U+0007)" in text_of(app)


# The squad page -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_squad_page_tells_the_setup_of_the_round_and_leads_to_it(
    language: str, empty_store: Path
) -> None:
    CsvStore(empty_store, FRAMEWORK).add([setup(seats=NO_PO), assessment()])
    app = app_on(page_files.SQUAD, language=language)
    sentence = {
        "en": "PM, no PO · Scale-up",
        "fr": "PM, sans PO",
    }
    assert sentence[language] in text_of(app)
    app.button(keys.SETUP_OPEN).click().run()
    assert app.title[0].value == words_in(language).gettext("Edit the setup")
    assert app.segmented_control(keys.SETUP_PRESET).value == "pm-only"


def test_a_round_before_the_first_setup_is_said_to_have_none(empty_store: Path) -> None:
    early = assessment(assessed_on=date(2026, 3, 1))
    CsvStore(empty_store, FRAMEWORK).add([setup(since=date(2026, 9, 1)), early])
    app = app_on(page_files.SQUAD)
    assert "· setup not described\n" in text_of(app)


def test_a_setup_opened_from_the_squad_page_leads_back_to_it(empty_store: Path) -> None:
    CsvStore(empty_store, FRAMEWORK).add([setup(), assessment()])
    app = app_on(page_files.SQUAD)
    app.button(keys.SETUP_OPEN).click().run()
    app.switch_page(page_files.DEEP_CHECK).run()
    saved(app)
    assert app.title[0].value == "Atlas"
    assert "The setup is saved." in text_of(app)
    assert app.query_params["squad"] == "Atlas"


@pytest.mark.parametrize("page", [page_files.DEEP_CHECK, page_files.SQUAD])
def test_a_double_click_stores_a_setup_once_and_says_so(page: str, empty_store: Path) -> None:
    if page == page_files.DEEP_CHECK:
        app = editor(empty_store)
    else:
        CsvStore(empty_store, FRAMEWORK).add([assessment()])
        app = app_on(page).button(keys.SETUP_OPEN).click().run()
        app.switch_page(page_files.DEEP_CHECK).run()
    double_click(app, keys.SETUP_SAVE)
    assert not app.exception
    assert len(setups(empty_store)) == 1
    assert "The setup is saved." in text_of(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_seat_that_several_squads_share_is_named_in_one_s_own_words_or_another_s(
    language: str, empty_store: Path
) -> None:
    shared = {"cpo": "shared", "pm": "own"}
    other = setup(squad="Boréal", seats=shared, shared_seats={"cpo": "CPO **Payments**"})
    app = editor(empty_store, other, language=language)
    assert not [box for box in app.selectbox if box.key == keys.seat_label("cpo")]

    app.selectbox(keys.seat("cpo")).set_value("shared").run()
    assert app.selectbox(keys.seat_label("cpo")).options == ["CPO **Payments**"]
    saved(app.selectbox(keys.seat_label("cpo")).set_value("CPO **Payments**").run())

    assert not app.exception
    assert setups(empty_store)[1].shared_seats == {"cpo": "CPO **Payments**"}
    assert "CPO \\*\\*Payments\\*\\*" in "".join(markdown.value for markdown in app.markdown)


def test_a_seat_that_is_no_longer_shared_loses_its_name_once_it_is_saved(
    empty_store: Path,
) -> None:
    kept = setup(seats={"cpo": "shared"}, shared_seats={"cpo": "CPO of both"})
    app = editor(empty_store, kept)
    assert app.selectbox(keys.seat_label("cpo")).value == "CPO of both"
    saved(app.selectbox(keys.seat("cpo")).set_value("own").run())

    (after,) = setups(empty_store)
    assert (after.seats["cpo"], after.shared_seats) == ("own", {})

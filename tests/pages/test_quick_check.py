"""The quick check: answering, the live result, refusals, saving, undoing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from assessment.content.loading import shipped_framework
from assessment.errors import StorageError
from assessment.languages import LANGUAGES
from assessment.model import Action, DeepAnswers
from assessment.storage.csv.store import CsvStore
from assessment.ui.session import keys, page_files
from tests.builders import assessment, deep_assessment
from tests.deep_examples import setup
from tests.examples import EXAMPLE_1 as HEALTHY
from tests.examples import EXAMPLE_2 as THREE_YES
from tests.expected import french
from tests.pages.app import (
    answer,
    app_on,
    double_click,
    elements_of,
    kept_by_browser,
    move,
    out_of_reach,
    store_of,
    stored,
    text_of,
)
from tests.pages.visitors import everything


def result_step(app: AppTest) -> AppTest:
    return app.segmented_control(keys.CHECK_STEP).set_value("result").run()


def named(app: AppTest, squad: str) -> AppTest:
    app.text_input(keys.CHECK_NEW_SQUAD).set_value(squad)
    return app


def saved(app: AppTest) -> AppTest:
    return app.button(keys.CHECK_SAVE).click().run()


@pytest.fixture
def check(empty_store: Path) -> AppTest:
    return app_on(page_files.CHECK)


def test_a_check_begins_with_the_squad_that_its_address_asks_for(empty_store: Path) -> None:
    store_of(empty_store, assessment(squad="Atlas"), assessment(squad="Boréal"))
    app = app_on(page_files.CHECK, squad="BORÉAL")
    assert "squad" not in app.query_params
    result_step(answer(app, HEALTHY))
    assert app.selectbox(keys.CHECK_SQUAD).value == "Boréal"
    saved(app)
    assert [check.squad for check in stored(empty_store)] == ["Atlas", "Boréal", "Boréal"]


KEPT_DEEP: dict[str, Any] = {
    "deciders": {"sprint-content": ["po"]},
    "signs": {"days-to-arbitrate": 4.0},
    "mandates": {"pm": "Decides where to go."},
}


def kept_of(squad: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the browser give back a check of both kinds."""
    told = {"role": "pm", "voice": "Camille", "assessed_on": "2026-09-03", "note": "Kept"}
    check = {"answers": HEALTHY, "options": {"shared-cycle": "yes"}, "step": "result"}
    kept_by_browser(monkeypatch, squad=squad, **check, **told, **KEPT_DEEP)


@pytest.mark.parametrize("page", [page_files.CHECK, page_files.DEEP_CHECK])
@pytest.mark.parametrize("squad", ["Cosmos", ""])
def test_answers_that_a_browser_kept_stay_about_their_squad_whichever_the_address_asks_for(
    page: str, squad: str, empty_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_of(empty_store, assessment(squad="Boréal"))
    kept_of(squad, monkeypatch)
    app = app_on(page, squad="Boréal")
    app.button("give-back").click().run()
    assert "Your answers are back" in text_of(app)
    assert app.selectbox(keys.CHECK_SQUAD).value is None
    assert app.text_input(keys.CHECK_NEW_SQUAD).value == squad
    saved(app)
    _, *kept = stored(empty_store)
    assert [
        (check.squad, check.role, check.voice, check.assessed_on, check.note) for check in kept
    ] == [(name, "pm", "Camille", date(2026, 9, 3), "Kept") for name in filter(None, [squad])]
    deep = {"options": {"shared-cycle": "yes"}, **KEPT_DEEP}
    assert all(check.deep == DeepAnswers.model_validate(deep) for check in kept)


@pytest.mark.usefixtures("empty_store")
def test_the_word_that_a_deep_check_is_back_goes_once_the_person_opens_a_lens(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept_of("Cosmos", monkeypatch)
    app = app_on(page_files.DEEP_CHECK)
    app.button("give-back").click().run()
    assert "Your answers are back" in text_of(app)
    app.run()
    assert "Your answers are back" in text_of(app)
    app.button(keys.lens("mandates")).click().run()
    assert "Your answers are back" not in text_of(app)


def test_a_squad_chosen_since_counts_before_the_one_that_a_browser_kept(
    empty_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_of(empty_store, assessment(squad="Atlas"), assessment(squad="Boréal"))
    kept_of("Cosmos", monkeypatch)
    app = app_on(page_files.DEEP_CHECK, squad="Boréal")
    app.selectbox(keys.CHECK_SQUAD).set_value("Atlas").run()
    app.button("give-back").click().run()
    assert app.selectbox(keys.CHECK_SQUAD).value == "Atlas"
    assert not app.text_input(keys.CHECK_NEW_SQUAD).value


def test_a_check_begins_with_the_squad_asked_for_though_a_session_is_being_answered(
    empty_store: Path,
) -> None:
    store_of(empty_store, assessment(squad="Boréal"))
    app = answer(app_on(page_files.CHECK), THREE_YES)
    app.session_state[keys.DRAFT_SUBJECT] = "round-of-another-squad"
    app.query_params["squad"] = "Boréal"
    result_step(answer(app.run(), HEALTHY))
    assert app.selectbox(keys.CHECK_SQUAD).value == "Boréal"


def test_each_step_asks_the_items_of_its_module(check: AppTest) -> None:
    for module in shipped_framework().modules:
        check.segmented_control(keys.CHECK_STEP).set_value(module.id).run()
        asked = {
            control.key for control in check.segmented_control if "answer" in (control.key or "")
        }
        assert asked == {keys.answer(item.id) for item in shipped_framework().items_of(module.id)}


def test_a_second_click_on_an_answer_takes_none_away(check: AppTest) -> None:
    for module in shipped_framework().modules:
        check.segmented_control(keys.CHECK_STEP).set_value(module.id).run()
        for item in shipped_framework().items_of(module.id):
            control = check.segmented_control(keys.answer(item.id))
            assert control.proto.required
            assert control.value is None


def test_not_applicable_is_offered_only_where_an_item_needs_a_role(check: AppTest) -> None:
    check.segmented_control(keys.CHECK_STEP).set_value("pm-missing").run()
    needing = check.segmented_control(keys.answer("po-sets-strategy")).options
    other = check.segmented_control(keys.answer("backlog-by-requests")).options
    assert needing[-1] == "Doesn't apply: we have no PO"
    assert other == ["Not seen", "Sometimes", "Often", "I don't know"]


def test_items_about_a_seat_that_nobody_holds_are_not_asked_and_the_step_says_so(
    empty_store: Path,
) -> None:
    # A squad with a PM and no PO: four items name a PM or a PO, two of them the PO.
    store_of(empty_store, setup("pm"))
    app = answer(app_on(page_files.CHECK), THREE_YES)
    named(result_step(app), "Atlas").run()

    app.segmented_control(keys.CHECK_STEP).set_value("pm-missing").run()

    assert not [
        control
        for control in app.segmented_control
        if control.key == keys.answer("po-sets-strategy")
    ]
    assert "Not asked: “PO sets the strategy”. The squad's setup has no PO." in text_of(app)
    assert app.progress[0].text == "3 of 12 answered"


@pytest.mark.parametrize(
    ("language", "progress"), [("en", "3 of 14 answered"), ("fr", "3 réponses sur 14")]
)
def test_progress_counts_answers(language: str, progress: str, empty_store: Path) -> None:
    app = answer(app_on(page_files.CHECK, language=language), THREE_YES)
    assert app.progress[0].text == progress
    assert app.progress[0].value == round(100 * 3 / 14)


def test_i_do_not_know_is_told_apart_from_an_answer(check: AppTest) -> None:
    answer(check, {"mandates-clear": "yes", "rituals-decide": "unknown"})
    assert check.progress[0].text == "1 of 14 answered, 1 “I don't know”"


def test_live_result_says_what_the_answers_already_show(check: AppTest) -> None:
    answer(check, THREE_YES)
    assert (
        "The rules are clear and arbitration is fluid; too few answers for Vision, Strategy, "
        "Daily and Delivery." in text_of(check)
    )


def test_the_panel_says_why_a_level_stands_below_its_points(check: AppTest) -> None:
    # arbitration 5/8 = 63: framed by its points
    answer(check, THREE_YES | {"rituals-decide": "unknown", "trade-offs-mid-sprint": "often"})
    captions = [caption.value.replace("\\", "") for caption in check.caption]
    assert (
        "* Arbitration: “framed” by its points alone; kept at “propped up” by: "
        "Trade-offs settled mid-sprint." in captions
    )


def test_unanswered_levels_are_never_shown_as_zero(check: AppTest) -> None:
    answer(check, THREE_YES)
    result_step(check)
    table = check.table[0].value
    assert list(table["Score"]) == ["–", "–", "100", "–", "–"]
    assert list(table["Coverage"]) == ["22%", "25%", "64%", "24%", "20%"]


def test_nothing_is_stored_before_saving(check: AppTest, empty_store: Path) -> None:
    answer(check, HEALTHY)
    result_step(check)
    assert stored(empty_store) == ()


def test_answers_survive_page_changes_and_a_language_switch(check: AppTest) -> None:
    answer(check, {"mandates-clear": "partly", "po-sets-strategy": "often"})
    check.query_params["lang"] = "fr"
    check.run()
    check.switch_page(page_files.METHOD).run()
    check.switch_page(page_files.CHECK).run()
    assert check.progress[0].text == "2 réponses sur 14"
    assert check.segmented_control(keys.answer("po-sets-strategy")).value == "often"


@pytest.mark.parametrize("language", LANGUAGES)
def test_saving_stores_the_check_and_opens_the_squad(language: str, empty_store: Path) -> None:
    app = answer(app_on(page_files.CHECK, language=language), HEALTHY)
    result_step(app)
    named(app, "  Équipe Paiements ")
    app.selectbox(keys.CHECK_ROLE).set_value("pm")
    app.text_input(keys.CHECK_VOICE).set_value("Camille")
    app.text_area(keys.CHECK_NOTE).set_value("two lines\nof note")
    saved(app)
    assert not app.exception
    (kept,) = stored(empty_store)
    assert (kept.squad, kept.role, kept.voice) == ("Équipe Paiements", "pm", "Camille")
    assert kept.note == "two lines\nof note"
    assert kept.answers == HEALTHY
    assert app.title[0].value == "Équipe Paiements"
    assert "Équipe Paiements" in text_of(app)
    assert app.query_params["squad"] == "Équipe Paiements"


def test_after_saving_the_check_is_empty_again(check: AppTest) -> None:
    answer(check, HEALTHY)
    saved(named(result_step(check), "Atlas"))
    check.switch_page(page_files.CHECK).run()
    assert check.progress[0].text == "0 of 14 answered"


def test_saving_twice_in_a_row_stores_two_checks_of_one_squad(
    check: AppTest, empty_store: Path
) -> None:
    for squad in ("Atlas", " ATLAS "):
        check.switch_page(page_files.CHECK).run()
        answer(check, THREE_YES)
        saved(named(result_step(check), squad))
    assert len(stored(empty_store)) == 2
    assert check.selectbox(keys.CHOICE_SQUAD).options == ["Atlas"]


def test_a_second_click_on_the_way_through_the_steps_leads_no_further(check: AppTest) -> None:
    first, second, third = (module.id for module in shipped_framework().modules)
    double_click(check, str(move(check, "next").key))
    assert check.session_state[keys.CHECK_STEP] == second
    double_click(check, str(move(check, "next").key))
    assert check.session_state[keys.CHECK_STEP] == third
    for before in (second, first):
        double_click(check, str(move(check, "back").key))
        assert check.session_state[keys.CHECK_STEP] == before


def test_undo_takes_the_check_out_of_the_store_and_back_into_the_form(
    check: AppTest, empty_store: Path
) -> None:
    answer(check, HEALTHY)
    named(result_step(check), "Atlas")
    check.selectbox(keys.CHECK_ROLE).set_value("pm")
    check.text_input(keys.CHECK_VOICE).set_value("Camille")
    check.date_input(keys.CHECK_DATE).set_value(date(2026, 9, 3))
    check.text_area(keys.CHECK_NOTE).set_value("two lines\nof note")
    saved(check)
    check.button(keys.CHECK_UNDO).click().run()
    assert not check.exception
    assert stored(empty_store) == ()
    assert check.title[0].value == "Quick check"
    assert "Undone: your answers are here again." in text_of(check)
    assert {item: check.session_state[keys.answer(item)] for item in HEALTHY} == HEALTHY
    assert check.text_input(keys.CHECK_NEW_SQUAD).value == "Atlas"
    assert check.selectbox(keys.CHECK_ROLE).value == "pm"
    assert check.text_input(keys.CHECK_VOICE).value == "Camille"
    assert check.date_input(keys.CHECK_DATE).value == date(2026, 9, 3)
    assert check.text_area(keys.CHECK_NOTE).value == "two lines\nof note"


def test_a_double_click_on_save_and_on_undo_leads_where_one_does(
    check: AppTest, empty_store: Path
) -> None:
    answer(check, HEALTHY)
    named(result_step(check), "Atlas")
    double_click(check, keys.CHECK_SAVE)
    assert check.title[0].value == "Atlas"
    assert "Saved for Atlas." in text_of(check)
    assert len(stored(empty_store)) == 1
    assert not any(check.session_state[keys.answer(item)] for item in HEALTHY)

    check.switch_page(page_files.SQUAD)
    double_click(check, keys.CHECK_UNDO)
    assert not check.exception
    assert stored(empty_store) == ()
    assert check.title[0].value == "Quick check"
    assert "Undone: your answers are here again." in text_of(check)
    assert "Not found here" not in text_of(check)
    assert {item: check.session_state[keys.answer(item)] for item in HEALTHY} == HEALTHY


@pytest.mark.parametrize(
    ("squad", "reason"),
    [
        ("   ", "The squad's name is empty"),
        ("x" * 81, "The name has 81 characters; keep it to 80"),
        ("At\x07las", "control character (U+0007)"),
    ],
)
def test_a_refused_squad_name_is_told_and_answers_are_kept(
    squad: str, reason: str, check: AppTest, empty_store: Path
) -> None:
    answer(check, HEALTHY)
    saved(named(result_step(check), squad))
    assert stored(empty_store) == ()
    assert reason in text_of(check)
    assert {item: check.session_state[keys.answer(item)] for item in HEALTHY} == HEALTHY
    assert reason not in text_of(named(check, "Atlas").run())


def test_a_date_in_the_future_is_refused(check: AppTest, empty_store: Path) -> None:
    answer(check, HEALTHY)
    named(result_step(check), "Atlas")
    check.date_input(keys.CHECK_DATE).set_value(date.today() + timedelta(days=2))  # noqa: DTZ011
    saved(check)
    assert stored(empty_store) == ()
    assert "is in the future; choose today or earlier" in text_of(check)


def test_a_note_over_two_thousand_characters_is_refused(check: AppTest, empty_store: Path) -> None:
    answer(check, HEALTHY)
    named(result_step(check), "Atlas")
    check.text_area(keys.CHECK_NOTE).set_value("n" * 2_001)
    saved(check)
    assert stored(empty_store) == ()
    assert "The note has 2,001 characters; keep it to 2,000" in text_of(check)


def test_refusals_are_told_in_french(empty_store: Path) -> None:
    app = answer(app_on(page_files.CHECK, language="fr"), HEALTHY)
    saved(named(result_step(app), " "))
    assert "Le nom de la squad est vide" in text_of(app)


def test_a_forged_answer_is_left_out(check: AppTest, empty_store: Path) -> None:
    answer(check, THREE_YES)
    check.session_state[keys.answer("late-scope")] = "<script>"
    saved(named(result_step(check), "Atlas"))
    (kept,) = stored(empty_store)
    assert kept.answers == THREE_YES


def test_a_store_out_of_reach_is_told_and_answers_are_kept(
    check: AppTest, empty_store: Path
) -> None:
    answer(check, HEALTHY)
    named(result_step(check), "Atlas")
    (empty_store / "assessments.csv").write_text("a;b;c\n", encoding="utf-8")
    saved(check)
    assert not check.exception
    assert "assessments.csv" in text_of(check)
    (empty_store / "assessments.csv").unlink()
    saved(named(check, "Atlas"))
    assert len(stored(empty_store)) == 1


def test_while_the_store_is_out_of_reach_the_squad_that_was_chosen_stays_in_view(
    check: AppTest, empty_store: Path
) -> None:
    store_of(empty_store, assessment(squad="Atlas"), assessment(squad="Borea"))
    result_step(answer(check, HEALTHY)).selectbox(keys.CHECK_SQUAD).set_value("Borea").run()

    with out_of_reach("read", "add"):
        saved(check)
        chosen = check.selectbox(keys.CHECK_SQUAD)
        assert (chosen.value, chosen.options) == ("Borea", ["Borea"])
    assert check.run().selectbox(keys.CHECK_SQUAD).options == ["Atlas", "Borea"]
    saved(check)

    assert [one.squad for one in stored(empty_store)] == ["Atlas", "Borea", "Borea"]


def test_a_draft_that_had_been_stored_after_all_is_stored_as_it_now_reads(
    check: AppTest, empty_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    adding = CsvStore.add

    def unclear(store: CsvStore, *given: Any, **further: Any) -> int:
        adding(store, *given, **further)
        raise StorageError("the disk may have stored it")

    answer(check, THREE_YES)
    named(result_step(check), "Atals")
    with monkeypatch.context() as broken:
        broken.setattr(CsvStore, "add", unclear)
        saved(check)
    (lost,) = stored(empty_store)
    answer(check, HEALTHY)
    named(result_step(check), "Atlas")
    saved(check)
    assert not check.exception
    (kept,) = stored(empty_store)
    assert (kept.assessment_id, kept.squad) == (lost.assessment_id, "Atlas")
    assert kept.answers == HEALTHY


def test_start_over_clears_the_answers_only(check: AppTest, full_store: Path) -> None:
    before = stored(full_store)
    answer(check, HEALTHY)
    result_step(check)
    check.button(keys.CHECK_RESTART).click().run()
    assert check.progress[0].text == "0 of 14 answered"
    assert stored(full_store) == before


def test_the_next_person_inherits_nothing_from_the_last(check: AppTest, empty_store: Path) -> None:
    for voice in ("Anna", ""):
        check.switch_page(page_files.CHECK).run()
        answer(check, THREE_YES)
        named(result_step(check), "Nova")
        if voice:
            check.text_input(keys.CHECK_VOICE).set_value(voice)
            check.selectbox(keys.CHECK_ROLE).set_value("pm")
        saved(check)
    assert [(kept.voice, kept.role) for kept in stored(empty_store)] == [
        ("Anna", "pm"),
        (None, None),
    ]
    assert "2 voices" in text_of(check)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "in place of the quick check that Ana answered on"),
        ("fr", french("à la place du diagnostic rapide de la voix « Ana » du")),
    ],
)
def test_a_check_taken_again_says_which_one_it_counts_in_place_of(
    language: str, told: str, empty_store: Path
) -> None:
    today = datetime.now(UTC).date()
    store_of(empty_store, assessment(squad="Atlas", voice="Ana", assessed_on=today))
    app = result_step(answer(app_on(page_files.CHECK, language=language), HEALTHY))
    app.text_input(keys.CHECK_VOICE).set_value("ana")
    saved(named(app, "Atlas"))
    assert told in text_of(app)


def test_the_word_that_it_was_saved_goes_once_the_check_was_deleted(
    check: AppTest, empty_store: Path
) -> None:
    answer(check, HEALTHY)
    saved(named(result_step(check), "Atlas"))
    assert "Saved for Atlas." in text_of(check)
    store = CsvStore(empty_store, shipped_framework())
    store.add([assessment(squad="Atlas")])
    store.delete([one.assessment_id for one in stored(empty_store)[:1]])
    check.run()
    assert "Saved for Atlas." not in text_of(check)


def test_undo_is_not_offered_over_a_new_check_in_progress(check: AppTest) -> None:
    answer(check, HEALTHY)
    saved(named(result_step(check), "Atlas"))
    check.switch_page(page_files.CHECK).run()
    answer(check, {"mandates-clear": "no"})
    check.switch_page(page_files.SQUAD).run()
    assert "Saved for Atlas." not in text_of(check)


def decided(app: AppTest) -> Action:
    """What was decided on the squad's page about its first lever, recorded there."""
    app.switch_page(page_files.SQUAD).run()
    app.button(keys.offer("single-channel")).click().run()
    action: Action = app.session_state[keys.ACTION_EDITING].form.action
    app.button(keys.action("save", action.action_id)).click().run()
    return action


def test_undo_is_not_offered_once_an_action_was_decided_on_what_was_saved(check: AppTest) -> None:
    answer(check, HEALTHY | {"single-channel": "no"})
    saved(named(result_step(check), "Atlas"))
    action = decided(check)
    undos = [button.key for button in check.button if button.label == "Undo"]
    assert undos == [keys.action("undo", action.action_id)]
    assert "Saved for Atlas." not in text_of(check)


def test_an_action_is_not_undone_under_a_check_that_was_saved_after_it(check: AppTest) -> None:
    answers = HEALTHY | {"single-channel": "no"}
    answer(check, answers)
    saved(named(result_step(check), "Atlas"))
    decided(check)
    check.switch_page(page_files.CHECK).run()
    answer(check, answers)
    saved(named(result_step(check), "Atlas"))
    assert [button.key for button in check.button if button.label == "Undo"] == [keys.CHECK_UNDO]


def test_one_notice_stands_after_a_check_and_its_setup_were_saved(check: AppTest) -> None:
    answer(check, HEALTHY)
    saved(named(result_step(check), "Atlas"))
    check.switch_page(page_files.SQUAD).run()
    check.button(keys.SETUP_OPEN).click().run()
    check.switch_page(page_files.DEEP_CHECK).run()
    check.button(keys.SETUP_SAVE).click().run()
    (notice,) = check.success
    assert "The setup is saved" in notice.value


def test_an_undo_that_fails_says_so_and_keeps_the_check(check: AppTest, empty_store: Path) -> None:
    answer(check, HEALTHY)
    saved(named(result_step(check), "Atlas"))

    with out_of_reach("delete") as error:
        check.button(keys.CHECK_UNDO).click().run()
    assert not check.exception
    assert error in text_of(check)
    assert len(stored(empty_store)) == 1


def test_undo_leaves_a_check_into_which_somebody_joined_the_other_half(
    check: AppTest, empty_store: Path
) -> None:
    answer(check, HEALTHY)
    saved(named(result_step(check), "Atlas"))
    (kept,) = stored(empty_store)
    whole = kept.model_copy(update={"deep": deep_assessment().deep})
    store_of(empty_store).revise(kept, whole)
    check.button(keys.CHECK_UNDO).click().run()

    assert [found.deep for found in stored(empty_store)] == [whole.deep]
    assert "This could not be taken back, since somebody changed it meanwhile" in text_of(check)


def test_a_known_squad_can_be_chosen_instead_of_typed(check: AppTest, empty_store: Path) -> None:
    CsvStore(empty_store, shipped_framework()).add([assessment(squad="Boréal")])
    answer(check, THREE_YES)
    result_step(check)
    check.selectbox(keys.CHECK_SQUAD).set_value("Boréal")
    saved(check)
    assert [kept.squad for kept in stored(empty_store)] == ["Boréal", "Boréal"]


def test_no_check_is_stored_for_a_squad_chosen_before_somebody_renamed_it(
    check: AppTest, empty_store: Path
) -> None:
    store = store_of(empty_store, assessment(squad="Boréal"))
    answer(check, THREE_YES)
    result_step(check)
    check.selectbox(keys.CHECK_SQUAD).set_value("Boréal").run()
    store.rename("Boréal", "Atlas")
    saved(check)
    assert [kept.squad for kept in stored(empty_store)] == ["Atlas"]
    assert "Boréal was renamed meanwhile" in text_of(check)


def test_a_refused_date_opens_the_field_it_stands_in(check: AppTest) -> None:
    answer(check, HEALTHY)
    named(result_step(check), "Atlas")
    check.date_input(keys.CHECK_DATE).set_value(date.today() + timedelta(days=2))  # noqa: DTZ011
    saved(check)
    (optional,) = [expander for expander in check.expander if "all optional" in expander.label]
    assert optional.proto.expanded


def test_of_a_squad_chosen_and_a_name_typed_the_later_one_counts(
    check: AppTest, empty_store: Path
) -> None:
    CsvStore(empty_store, shipped_framework()).add([assessment(squad="Boréal")])
    answer(check, THREE_YES)
    named(result_step(check), "Typed first").run()
    check.selectbox(keys.CHECK_SQUAD).set_value("Boréal").run()
    assert check.text_input(keys.CHECK_NEW_SQUAD).value == ""
    saved(check)
    assert [kept.squad for kept in stored(empty_store)] == ["Boréal", "Boréal"]


def test_a_name_close_to_a_stored_one_is_asked_about_first(
    check: AppTest, empty_store: Path
) -> None:
    CsvStore(empty_store, shipped_framework()).add([assessment(squad="Boréal")])
    answer(check, THREE_YES)
    saved(named(result_step(check), "Borael"))
    assert "There is a squad called Boréal. Is Borael the same one?" in text_of(check)
    assert len(stored(empty_store)) == 1
    check.button(keys.CHECK_ALIKE_USE).click().run()
    assert [kept.squad for kept in stored(empty_store)] == ["Boréal", "Boréal"]


@pytest.mark.parametrize("news", [None, "back", "elsewhere"])
def test_the_way_to_clear_the_answers_stands_once(check: AppTest, news: str | None) -> None:
    answer(check, THREE_YES)
    result_step(check)
    check.session_state[keys.DRAFT_NEWS] = news
    check.run()
    ways = [b.key for b in check.button if b.key in (keys.DRAFT_RESTART, keys.CHECK_RESTART)]
    assert ways == [keys.DRAFT_RESTART if news else keys.CHECK_RESTART]


def test_a_question_goes_with_the_check_it_was_asked_about(
    check: AppTest, empty_store: Path
) -> None:
    CsvStore(empty_store, shipped_framework()).add([assessment(squad="Atlas")])
    answer(check, THREE_YES)
    saved(named(result_step(check), "Atlass"))
    assert check.button(keys.CHECK_ALIKE_USE)
    check.button(keys.CHECK_RESTART).click().run()
    answer(check, THREE_YES)
    named(result_step(check), "Borealis").run()

    assert "There is a squad called" not in text_of(check)
    saved(check)
    assert [kept.squad for kept in stored(empty_store)] == ["Atlas", "Borealis"]


def test_a_question_goes_once_what_it_was_asked_about_is_changed(
    check: AppTest, empty_store: Path
) -> None:
    CsvStore(empty_store, shipped_framework()).add([assessment(squad="Atlas")])
    answer(check, THREE_YES)
    saved(named(result_step(check), "Atlass"))
    check.text_area(keys.CHECK_NOTE).set_value("of one person").run()
    assert "There is a squad called" not in text_of(check)

    saved(check)
    assert "There is a squad called Atlas. Is Atlass the same one?" in text_of(check)
    named(check, "Borealis").run()
    assert "There is a squad called" not in text_of(check)


def test_a_name_that_only_looks_alike_is_kept(check: AppTest, empty_store: Path) -> None:
    CsvStore(empty_store, shipped_framework()).add([assessment(squad="Boréal")])
    answer(check, THREE_YES)
    saved(named(result_step(check), "Borael"))
    check.button(keys.CHECK_ALIKE_KEEP).click().run()
    assert [kept.squad for kept in stored(empty_store)] == ["Boréal", "Borael"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Saved, it takes the place of what Ada answered on"),
        ("fr", "il prend la place des réponses de la voix «\u202fAda\u202f»"),
    ],
)
def test_a_check_that_knows_nothing_asks_before_it_takes_the_place_of_one_that_does(
    language: str, text: str, empty_store: Path
) -> None:
    today = datetime.now(UTC).date()
    before = assessment(squad="Atlas", voice="Ada", answers=HEALTHY, assessed_on=today)
    CsvStore(empty_store, shipped_framework()).add([before])
    check = app_on(page_files.CHECK, language=language)
    answer(check, dict.fromkeys(HEALTHY, "unknown"))
    named(result_step(check), "Atlas")
    check.text_input(keys.CHECK_VOICE).set_value("Ada")
    saved(check)
    assert text in text_of(check)
    assert len(stored(empty_store)) == 1

    check.button(keys.CHECK_EMPTIED_SAVE).click().run()
    assert len(stored(empty_store)) == 2


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Added to it, this quick check makes one voice with it, not two."),
        ("fr", "le diagnostic rapide ne fera qu’une voix avec lui, au lieu de deux."),
    ],
)
def test_a_quick_check_after_a_deep_one_without_alias_is_offered_to_be_one_voice_with_it(
    language: str, text: str, empty_store: Path
) -> None:
    today = datetime.now(UTC).date()
    deep = deep_assessment(answers={}, assessed_on=today)
    store_of(empty_store, deep)
    app = app_on(page_files.CHECK, language=language)
    answer(app, HEALTHY)
    saved(named(result_step(app), "Atlas"))
    assert text in text_of(app)
    assert list(stored(empty_store)) == [deep]

    app.button(keys.CHECK_HALF_JOIN).click().run()
    assert list(stored(empty_store)) == [deep.model_copy(update={"answers": HEALTHY})]
    assert {"en": "Added to the check of", "fr": "est complété"}[language] in text_of(app)

    app.button(keys.CHECK_UNDO).click().run()
    assert list(stored(empty_store)) == [deep]
    assert app.text_input(keys.CHECK_NEW_SQUAD).value == "Atlas"
    for item, option in HEALTHY.items():
        assert app.session_state[keys.answer(item)] == option


def test_the_check_of_somebody_else_is_saved_as_another_voice(
    check: AppTest, empty_store: Path
) -> None:
    today = datetime.now(UTC).date()
    deep = deep_assessment(answers={}, assessed_on=today)
    store_of(empty_store, deep)
    answer(check, HEALTHY)
    saved(named(result_step(check), "Atlas"))
    check.button(keys.CHECK_HALF_APART).click().run()
    first, second = stored(empty_store)
    assert first == deep
    assert (second.answers, bool(second.deep)) == (HEALTHY, False)


def test_of_several_deep_checks_without_alias_one_is_chosen(
    check: AppTest, empty_store: Path
) -> None:
    today = datetime.now(UTC).date()
    first, second = (
        deep_assessment(answers={}, assessed_on=today, role=role) for role in ("pm", "tl")
    )
    store_of(empty_store, first, second)
    answer(check, HEALTHY)
    saved(named(result_step(check), "Atlas"))
    assert "has 2 deep checks without an alias in" in text_of(check)
    check.selectbox(keys.CHECK_HALF).set_value(str(first.id)).run()
    check.button(keys.CHECK_HALF_JOIN).click().run()
    assert list(stored(empty_store)) == [first.model_copy(update={"answers": HEALTHY}), second]


def test_a_check_of_ones_own_never_falls_into_a_sample_squad(
    check: AppTest, full_store: Path
) -> None:
    before = stored(full_store)
    answer(check, THREE_YES)
    result_step(check)
    assert keys.CHECK_SQUAD not in [box.key for box in check.selectbox]
    saved(named(check, before[0].squad))
    assert stored(full_store) == before
    assert "belongs to the sample company" in text_of(check)


def test_each_step_says_once_when_to_give_each_answer_and_argues_for_none(check: AppTest) -> None:
    text = text_of(check)
    assert not any(line.proto.help for line in check.markdown)  # a stop before each question
    assert text.count("some of you only") == 1
    assert (
        "Yes: nearly always, and everyone on the squad would say so. Partly: at times, or for "
        "some of you only. No: rarely or never."
    ) in text


def test_nothing_is_shown_as_a_result_before_one_level_is_scored(check: AppTest) -> None:
    answer(check, {"mandates-clear": "yes"})
    assert "So far" not in text_of(check)
    answer(check, THREE_YES)
    assert "So far" in text_of(check)


def test_the_result_comes_before_the_form_that_saves_it(check: AppTest) -> None:
    answer(check, HEALTHY | {"single-channel": "no"})
    headings = [element.value for element in elements_of(result_step(check), "header", "subheader")]
    assert headings[1:] == ["What to do first", "Save this check"]  # after the verdict


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_unsaved_result_gives_what_home_promises(language: str, empty_store: Path) -> None:
    app = answer(app_on(page_files.CHECK, language=language), HEALTHY | {"single-channel": "no"})
    result_step(app)
    owner = {"en": "**Whose move**  \nPM", "fr": "**À qui de jouer**  \nPM"}[language]
    assert owner in [line.value for line in app.markdown if "**" in line.value]
    assert [code.value for code in app.code if "(30 min)" in code.value.replace("\xa0", " ")]


@pytest.mark.parametrize(
    ("language", "label"),
    [("en", "6 left: go to them"), ("fr", "6 questions sans réponse : y aller")],
)
def test_a_result_with_blanks_leads_to_the_first_question_left_out(
    language: str, label: str, empty_store: Path
) -> None:
    # The first five and the last three are answered: the sixth is the second step's third.
    app = app_on(page_files.CHECK, language=language)
    items = [
        item.id
        for module in shipped_framework().modules
        for item in shipped_framework().items_of(module.id)
    ]
    for item in (*items[:5], *items[11:]):
        app.session_state[keys.answer(item)] = shipped_framework().options_by_item[item][0]
    result_step(app)
    back = app.button(keys.move("blanks"))
    assert back.label.replace("\u202f", " ").replace("\xa0", " ") == label
    back.click().run()
    shown = app.segmented_control(keys.CHECK_STEP).value
    assert shown == shipped_framework().item_by_id[items[5]].module
    assert f".st-key-{keys.answer(items[5])}" in everything(app)


def test_a_whole_result_leads_to_no_question(check: AppTest) -> None:
    for item, option in HEALTHY.items():
        check.session_state[keys.answer(item)] = option
    result_step(check)
    assert keys.move("blanks") not in [button.key for button in check.button]


def test_seats_without_enough_answers_are_told_and_not_drawn(check: AppTest) -> None:
    first = shipped_framework().modules[0]
    for item in shipped_framework().items_of(first.id):
        check.session_state[keys.answer(item.id)] = "no"
    result_step(check)
    charts = [chart.proto.spec for chart in check.get("vega_lite_chart")]
    assert not [spec for spec in charts if '"pressure"' in spec]
    assert text_of(check).count("not enough answers") >= 2

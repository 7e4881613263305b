"""The deep check: lenses in any order, refusals at the field, saving, adding, undoing."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assessment.content.edition import edition_in
from assessment.content.loading import shipped_framework
from assessment.forms.deep_check import columns_of
from assessment.languages import LANGUAGES
from assessment.model import Assessment
from assessment.model.setup import preset_seats
from assessment.storage.csv.store import CsvStore
from assessment.ui.session import keys, page_files
from tests.builders import assessment, deep_assessment, setup
from tests.examples import EXAMPLE_2 as THREE_YES
from tests.pages.app import (
    answer,
    app_on,
    double_click,
    kept_by_browser,
    move,
    out_of_reach,
    since_conflict,
    store_of,
    stored,
    text_of,
)

FRAMEWORK = shipped_framework()
LENSES = FRAMEWORK.lenses
NO_PM = preset_seats(FRAMEWORK, "po-only")
NO_PO = preset_seats(FRAMEWORK, "pm-only")


def lens(app: AppTest, lens_id: str) -> AppTest:
    """The app on a lens, by way of the overview."""
    if any(button.key == keys.move("overview") for button in app.button):
        app.button(keys.move("overview")).click().run()
    return app.button(keys.lens(lens_id)).click().run()


def overview(app: AppTest) -> AppTest:
    return app.button(keys.move("overview")).click().run()


def decide(app: AppTest, decision: str, *named: str) -> AppTest:
    """Name who decides a decision, at the level that asks it."""
    level = LENSES.decision_by_id[decision].level
    if app.segmented_control(keys.DEEP_LEVEL).value != level:
        app.segmented_control(keys.DEEP_LEVEL).set_value(level).run()
    return app.pills(keys.decision(decision)).set_value(list(named)).run()


def answer_everything(app: AppTest) -> AppTest:
    """Answer every lens: the CPO decides, the first option, one, and a sentence."""
    lens(app, "who-decides")
    for level in FRAMEWORK.level_ids:
        app.segmented_control(keys.DEEP_LEVEL).set_value(level).run()
        for decision in LENSES.decisions_at(level):
            app.pills(keys.decision(decision.id)).set_value(["cpo"])
    for lens_id in LENSES.lens_ids:
        lens(app, lens_id)
        for item in LENSES.items_of(lens_id):
            first = FRAMEWORK.scale_by_id[item.scale].options[0].id
            app.segmented_control(keys.lens_item(item.id)).set_value(first)
    lens(app, "vital-signs")
    for sign in LENSES.sign_by_id:
        app.number_input(keys.sign(sign)).set_value(1.0)
    lens(app, "mandates")
    for role in LENSES.mandates:
        app.text_input(keys.mandate(role)).set_value("Decides.")
    return overview(app.run())


@pytest.fixture
def check(empty_store: Path) -> AppTest:
    return app_on(page_files.DEEP_CHECK)


# Lenses -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_overview_shows_eight_lenses_with_their_progress(
    language: str, empty_store: Path
) -> None:
    app = app_on(page_files.DEEP_CHECK, language=language)
    texts = edition_in(language).texts.lenses.lenses
    for number, lens_id in enumerate(LENSES.lens_ids, start=1):
        assert app.button(keys.lens(lens_id)).label == f"**{number}. {texts[lens_id].title}**"
    captions = [caption.value.replace("\u00a0", " ") for caption in app.caption]
    asked = {"en": "Choose every role that does · 6 min", "fr": "rôle qui la prend · 6 min"}
    assert len([caption for caption in captions if caption.endswith(asked[language])]) == 1
    assert not app.progress  # until one is begun


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("lens_id", LENSES.lens_ids)
def test_each_lens_opens_alone_and_asks_its_own(
    lens_id: str, language: str, empty_store: Path
) -> None:
    app = lens(app_on(page_files.DEEP_CHECK, language=language), lens_id)
    assert not app.exception
    number = LENSES.lens_ids.index(lens_id) + 1
    heading = {"en": f"Lens {number} of 8: ", "fr": f"Angle {number} sur 8\u00a0: "}[language]
    assert app.header[0].value == heading + edition_in(language).texts.lenses.lenses[lens_id].title
    asked = len(columns_of(FRAMEWORK, lens_id, absent={}))
    first_level = len(LENSES.decisions_at(FRAMEWORK.level_ids[0]))
    widgets = [
        *[pills for pills in app.pills if str(pills.key).startswith("deep-decides")],
        *[
            control
            for control in app.segmented_control
            if str(control.key).startswith("deep-answer")
        ],
        *app.number_input,
        *app.text_input,
    ]
    assert len(widgets) == (first_level if lens_id == "who-decides" else asked)
    one_of = [widget for widget in widgets if "deep-answer" in str(widget.key)]
    assert all(widget.proto.required for widget in one_of)  # a second click takes none away


def test_the_button_that_stands_out_leads_into_who_decides(check: AppTest) -> None:
    (primary,) = [button for button in check.button if button.proto.type == "primary"]
    assert primary.label.replace("\\", "") == "Begin: Who decides"
    primary.click().run()
    assert "Lens 1 of 8" in text_of(check)


def test_a_lens_is_introduced_once_not_at_each_level(check: AppTest) -> None:
    intro = edition_in("en").texts.lenses.lenses["who-decides"].intro
    lens(check, "who-decides")
    assert intro in text_of(check)
    move(check, "next").click().run()
    assert intro not in text_of(check)


def test_every_answer_counts_in_the_overview(check: AppTest) -> None:
    answer_everything(check)
    assert not check.exception
    assert check.progress[0].text == "68 of 68 answered"
    assert not [caption for caption in check.caption if caption.value.endswith("min")]


def test_the_lenses_follow_each_other_level_by_level(check: AppTest) -> None:
    lens(check, "who-decides")
    seen = []
    for _step in range(11):
        move(check, "next").click().run()
        level = [
            control.value for control in check.segmented_control if control.key == keys.DEEP_LEVEL
        ]
        seen.append((check.header[0].value.partition(":")[0], *level))
    assert seen[:4] == [("Lens 1 of 8", level) for level in FRAMEWORK.level_ids[1:]]
    assert [heading for heading, *_ in seen[4:]] == [f"Lens {n} of 8" for n in range(2, 9)]
    move(check, "next").click().run()
    assert check.header[0].value == "Eight lenses, about fifteen minutes"


def test_a_second_click_on_the_way_through_the_lenses_leads_no_further(check: AppTest) -> None:
    first, second, *_ = FRAMEWORK.level_ids
    lens(check, "who-decides")
    double_click(check, str(move(check, "next").key))
    assert check.session_state[keys.DEEP_LEVEL] == second
    double_click(check, str(move(check, "back").key))
    assert check.session_state[keys.DEEP_LEVEL] == first


def test_answers_and_the_lens_survive_page_changes_and_a_language_switch(check: AppTest) -> None:
    lens(check, "who-decides")
    decide(check, "slicing", "tl", "team")
    check.query_params["lang"] = "fr"
    check.run()
    check.switch_page(page_files.METHOD).run()
    check.switch_page(page_files.DEEP_CHECK).run()
    assert check.header[0].value == "Angle 1 sur 8\u00a0: Qui décide · Delivery et qualité"
    assert check.segmented_control(keys.DEEP_LEVEL).value == "delivery"
    assert check.pills(keys.decision("slicing")).value == ["tl", "team"]
    overview(check)
    assert check.progress[0].text == "1 réponse sur 68"


def test_i_do_not_know_is_told_apart_from_an_answer(check: AppTest) -> None:
    lens(check, "rhythm")
    check.segmented_control(keys.lens_item("shared-cycle")).set_value("unknown")
    check.segmented_control(keys.lens_item("shared-capacity")).set_value("no").run()
    assert check.progress[0].text == "1 of 5 answered, 1 “I don't know”"


# Who decides --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_and_unclear_exclude_the_rest_and_each_other(
    language: str, empty_store: Path
) -> None:
    app = lens(app_on(page_files.DEEP_CHECK, language=language), "who-decides")
    pills = keys.decision("repositioning")
    for clicked, left in (
        (["pm", "cpo"], ["pm", "cpo"]),
        (["pm", "cpo", "nobody"], ["nobody"]),
        (["nobody", "unclear"], ["unclear"]),
        (["unclear", "cto"], ["cto"]),
        ([], []),
    ):
        app.pills(pills).set_value(clicked).run()
        assert app.pills(pills).value == left
    assert not app.exception


def test_without_a_setup_all_nine_roles_can_be_named(check: AppTest) -> None:
    lens(check, "who-decides")
    assert check.pills(keys.decision("north-star")).options == [
        *["Leadership", "CPO", "CTO", "CPTO", "PM", "PO", "EM", "Tech Lead", "Team"],
        *["Nobody", "Unclear here"],
    ]


def test_who_is_expected_is_told_only_on_request_and_once_the_level_is_answered(
    check: AppTest,
) -> None:
    expected = "Expected to decide here: Leadership, CPO and PM."
    lens(check, "who-decides")
    check.toggle(keys.DEEP_EXPECTED).set_value(True).run()
    decide(check, "priority-segment", "po")
    decide(check, "repositioning", "po")
    assert "Expected" not in text_of(check)
    decide(check, "north-star", "po")
    assert text_of(check).count(expected) == 3
    check.toggle(keys.DEEP_EXPECTED).set_value(False).run()
    assert "Expected" not in text_of(check)


def test_a_role_the_setup_lacks_cannot_be_named_and_another_reference_is_expected(
    empty_store: Path,
) -> None:
    store_of(empty_store, setup(seats=NO_PO), assessment())
    app = app_on(page_files.DEEP_CHECK)
    app.selectbox(keys.CHECK_SQUAD).set_value("Atlas").run()
    assert "Setup of Atlas since 1\u00a0Sept\u00a02026: PM, no PO · Scale-up" in text_of(app)
    lens(app, "who-decides")
    assert "PO" not in app.pills(keys.decision("north-star")).options
    for decision in LENSES.decisions_at("daily"):
        decide(app, decision.id, "tl")
    app.toggle(keys.DEEP_EXPECTED).set_value(True).run()
    assert "Expected to decide here: PM, EM and Tech Lead." in text_of(app)


def test_a_role_named_before_the_setup_ruled_it_out_is_told_and_the_rest_is_kept(
    empty_store: Path,
) -> None:
    store_of(empty_store, setup(seats=NO_PO), assessment())
    app = lens(app_on(page_files.DEEP_CHECK), "who-decides")
    decide(app, "north-star", "pm", "po")
    decide(app, "bets", "po")
    overview(app)
    app.selectbox(keys.CHECK_SQUAD).set_value("Atlas").run()
    assert "An answer here was refused; correct it." in text_of(app)
    assert app.progress[0].text == "1 of 67 answered"  # neither a PO's mandate nor who bets
    lens(app, "who-decides")
    assert app.pills(keys.decision("north-star")).value == ["pm"]
    assert "Nobody holds this role in the squad's setup: PO; leave it out." in text_of(app)
    decide(app, "north-star", "pm", "cpo")
    assert "Nobody holds" not in text_of(app)
    decide(app, "bets", "pm")
    overview(app)
    assert "An answer here was refused" not in text_of(app)


def test_forged_answers_are_refused_at_their_field_and_never_stored(
    check: AppTest, empty_store: Path
) -> None:
    lens(check, "who-decides")
    decide(check, "north-star", "pm")
    overview(check)
    check.session_state[keys.decision("repositioning")] = ["nobody", "cpo"]
    check.session_state[keys.decision("priority-segment")] = ["<script>"]
    check.session_state[keys.lens_item("shared-cycle")] = "<script>"
    check.session_state[keys.sign("rework-share")] = float("nan")
    lens(check, "who-decides")
    assert not check.exception
    assert "stands beside" in text_of(check)
    assert "Unknown role '<script>'" in text_of(check)
    overview(check)
    check.text_input(keys.CHECK_NEW_SQUAD).set_value("Atlas").run()
    check.button(keys.CHECK_SAVE).click().run()
    assert "One shared cycle: unknown option" in text_of(check)
    assert stored(empty_store) == ()
    check.session_state[keys.lens_item("shared-cycle")] = None
    check.session_state[keys.sign("rework-share")] = None
    check.button(keys.CHECK_SAVE).click().run()
    (saved,) = stored(empty_store)
    assert saved.deep.deciders == {"repositioning": ("nobody",), "north-star": ("pm",)}


# The other lenses ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "reason"),
    [
        ("en", "366.5 does not fit here; expected a number from 0 to 365."),
        ("fr", "366,5 ne convient pas\u202f; attendu\u00a0: un nombre de 0 à 365."),
    ],
)
def test_an_absurd_sign_is_refused_at_its_field(
    language: str, reason: str, empty_store: Path
) -> None:
    app = lens(app_on(page_files.DEEP_CHECK, language=language), "vital-signs")
    app.number_input(keys.sign("days-to-arbitrate")).set_value(366.5)
    app.number_input(keys.sign("open-questions")).set_value(20.0).run()
    assert reason in text_of(app)
    assert app.progress[0].value == 33


def test_half_a_question_and_a_negative_share_are_refused(check: AppTest) -> None:
    lens(check, "vital-signs")
    check.number_input(keys.sign("open-questions")).set_value(2.5)
    check.number_input(keys.sign("rework-share")).set_value(-1.0).run()
    assert "2.5 does not fit here; expected a whole number from 0 to 1,000." in text_of(check)
    assert "does not fit here; expected a number from 0 to 100." in text_of(check)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_long_mandate_is_refused_at_its_field_and_kept_to_be_shortened(
    language: str, empty_store: Path
) -> None:
    app = lens(app_on(page_files.DEEP_CHECK, language=language), "mandates")
    field = app.text_input(keys.mandate("pm"))
    assert field.placeholder == edition_in(language).texts.lenses.mandates["pm"]
    field.set_value("x" * 301).run()
    assert "301" in text_of(app)
    assert "300" in text_of(app)
    assert app.text_input(keys.mandate("pm")).value == "x" * 301


def test_without_a_pm_the_pm_lens_says_that_it_does_not_apply(empty_store: Path) -> None:
    store_of(empty_store, setup(seats=NO_PM), assessment())
    app = app_on(page_files.DEEP_CHECK)
    app.selectbox(keys.CHECK_SQUAD).set_value("Atlas").run()
    assert "Doesn't apply" in text_of(app)
    lens(app, "pm-practice")
    assert "nobody holds that seat in the setup of Atlas" in text_of(app)
    assert not [control for control in app.segmented_control if "answer" in str(control.key)]
    lens(app, "mandates")
    assert {field.key for field in app.text_input} == {
        keys.mandate(role) for role in ("cpo", "cto", "po", "em", "tl")
    }


def test_the_type_of_company_colours_the_reading_of_the_cpos_seat(empty_store: Path) -> None:
    store_of(empty_store, setup(company="large-group"), assessment())
    app = lens(app_on(page_files.DEEP_CHECK), "cpo-seat")
    assert "In a large group" not in text_of(app)
    overview(app).selectbox(keys.CHECK_SQUAD).set_value("Atlas").run()
    lens(app, "cpo-seat")
    assert "In a large group the CPO steers many product teams" in text_of(app)


# Saving -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_deep_check_is_saved_on_its_own(language: str, empty_store: Path) -> None:
    app = answer_everything(app_on(page_files.DEEP_CHECK, language=language))
    app.text_input(keys.CHECK_NEW_SQUAD).set_value("Équipe Paiements").run()
    app.text_input(keys.CHECK_VOICE).set_value("Camille")
    app.button(keys.CHECK_SAVE).click().run()
    assert not app.exception
    (saved,) = stored(empty_store)
    assert (saved.squad, saved.voice, saved.framework) == (
        "Équipe Paiements",
        "Camille",
        "core@1+lenses@1",
    )
    assert saved.answers == {}
    assert set(saved.deep.deciders) == set(LENSES.decision_by_id)
    assert set(saved.deep.options) == set(LENSES.item_by_id)
    assert saved.deep.signs == dict.fromkeys(LENSES.sign_by_id, 1.0)
    assert saved.deep.mandates == dict.fromkeys(LENSES.mandates, "Decides.")
    app.switch_page(page_files.DEEP_CHECK).run()
    assert not app.progress


def test_both_checks_are_saved_together_from_the_quick_check(
    check: AppTest, empty_store: Path
) -> None:
    lens(check, "who-decides")
    decide(check, "bets", "pm")
    check.switch_page(page_files.CHECK).run()
    answer(check, THREE_YES)
    check.segmented_control(keys.CHECK_STEP).set_value("result").run()
    assert "Your answers to the quick check and to the deep check make one check." in text_of(check)
    check.text_input(keys.CHECK_NEW_SQUAD).set_value("Atlas")
    check.button(keys.CHECK_SAVE).click().run()
    (saved,) = stored(empty_store)
    assert (saved.answers, saved.deep.deciders) == (THREE_YES, {"bets": ("pm",)})


def test_the_quick_checks_result_leads_to_the_deep_check(check: AppTest) -> None:
    check.switch_page(page_files.CHECK).run()
    answer(check, THREE_YES)
    check.segmented_control(keys.CHECK_STEP).set_value("result").run()
    check.button(keys.move("deep")).click().run()
    assert check.title[0].value == "Deep check"


def test_starting_over_says_that_it_clears_both_checks(check: AppTest) -> None:
    lens(check, "who-decides")
    decide(check, "bets", "pm")
    check.switch_page(page_files.CHECK).run()
    answer(check, THREE_YES)
    check.segmented_control(keys.CHECK_STEP).set_value("result").run()
    assert "This clears your answers to both checks" in text_of(check)
    check.button(keys.CHECK_RESTART).click().run()
    check.switch_page(page_files.DEEP_CHECK).run()
    assert not check.progress


def test_a_role_the_squads_setup_lacks_is_refused_from_the_quick_check_too(
    check: AppTest, empty_store: Path
) -> None:
    store_of(empty_store, setup(seats=NO_PO))
    lens(check, "who-decides")
    decide(check, "sprint-content", "po")
    check.switch_page(page_files.CHECK).run()
    answer(check, THREE_YES)
    check.segmented_control(keys.CHECK_STEP).set_value("result").run()
    check.text_input(keys.CHECK_NEW_SQUAD).set_value("atlas")
    check.button(keys.CHECK_SAVE).click().run()
    assert "Sprint content: nobody holds this role in the squad's setup: PO" in text_of(check)
    assert stored(empty_store) == ()


def test_undo_takes_a_deep_check_out_of_the_store_and_back_into_its_fields(
    check: AppTest, empty_store: Path
) -> None:
    answer_everything(check)
    check.text_input(keys.CHECK_NEW_SQUAD).set_value("Atlas").run()
    check.button(keys.CHECK_SAVE).click().run()
    check.button(keys.CHECK_UNDO).click().run()
    assert stored(empty_store) == ()
    assert check.title[0].value == "Deep check"
    assert check.progress[0].text == "68 of 68 answered"
    assert check.text_input(keys.CHECK_NEW_SQUAD).value == "Atlas"


def test_a_store_out_of_reach_is_told_and_answers_are_kept(
    check: AppTest, empty_store: Path
) -> None:
    lens(check, "who-decides")
    decide(check, "bets", "pm")
    overview(check)
    check.text_input(keys.CHECK_NEW_SQUAD).set_value("Atlas").run()
    (empty_store / "assessments.csv").write_text("a;b;c\n", encoding="utf-8")
    check.button(keys.CHECK_SAVE).click().run()
    assert not check.exception
    assert "assessments.csv" in text_of(check)
    assert check.progress[0].text == "1 of 68 answered"
    (empty_store / "assessments.csv").unlink()
    check.button(keys.CHECK_SAVE).click().run()
    assert len(stored(empty_store)) == 1


# Adding to a stored check -------------------------------------------------------------------------


def adding(app: AppTest, check: Assessment) -> AppTest:
    """The app set to add to a stored check."""
    app.segmented_control(keys.DEEP_TO).set_value("addition").run()
    app.selectbox(keys.DEEP_SQUAD).set_value(check.squad_key).run()
    return app.selectbox(keys.DEEP_CHECK).set_value(str(check.assessment_id)).run()


@pytest.mark.parametrize("language", LANGUAGES)
def test_deep_answers_are_added_to_a_stored_check_and_the_rest_is_kept(
    language: str, empty_store: Path
) -> None:
    before, other = deep_assessment(voice="Zoë", role="po"), assessment(squad="Boréal")
    store_of(empty_store, before, other)
    app = adding(app_on(page_files.DEEP_CHECK, language=language), before)
    lens(app, "who-decides")
    decide(app, "bets", "pm")
    decide(app, "impacts", "cpo")
    overview(app)
    replaced = {
        "en": "1 answer takes the place of another one.",
        "fr": "1 réponse en remplace une autre.",
    }
    assert replaced[language] in text_of(app)
    app.button(keys.DEEP_ADD).click().run()
    assert not app.exception
    assert app.query_params["view"] == "who-decides"  # what was given is read there
    after, untouched = stored(empty_store)
    assert after.deep.deciders == {**before.deep.deciders, "bets": ("pm",), "impacts": ("cpo",)}
    assert after.deep.options == before.deep.options
    assert (after.answers, after.voice, after.saved_at) == (
        before.answers,
        before.voice,
        before.saved_at,
    )
    assert untouched == other
    assert app.query_params["squad"] == "Atlas"
    assert {"en": "Added to the check of 3\u00a0Nov\u00a02026", "fr": "du 3\u00a0nov.\u00a02026"}[
        language
    ] in text_of(app)


def deeper_after_saving(check: AppTest) -> AppTest:
    """A quick check of Atlas is saved, and its voice goes on to the deep check."""
    check.switch_page(page_files.CHECK).run()
    answer(check, THREE_YES)
    check.segmented_control(keys.CHECK_STEP).set_value("result").run()
    check.text_input(keys.CHECK_NEW_SQUAD).set_value("Atlas")
    check.button(keys.CHECK_SAVE).click().run()
    check.button(keys.move("deep")).click().run()
    return check.switch_page(page_files.DEEP_CHECK).run()


def test_the_check_saved_just_before_is_chosen_already(check: AppTest, empty_store: Path) -> None:
    store_of(empty_store, assessment(squad="Boréal"))
    deeper_after_saving(check)
    assert check.segmented_control(keys.DEEP_TO).value == "addition"
    assert check.selectbox(keys.DEEP_SQUAD).value == "atlas"
    lens(check, "rhythm")
    check.segmented_control(keys.lens_item("shared-cycle")).set_value("yes").run()
    overview(check)
    check.button(keys.DEEP_ADD).click().run()
    by_squad = {saved.squad: saved for saved in stored(empty_store)}
    assert by_squad["Atlas"].answers == THREE_YES
    assert by_squad["Atlas"].deep.options == {"shared-cycle": "yes"}
    assert by_squad["Atlas"].framework == "core@1+lenses@1"


def test_only_what_was_done_last_is_undone_after_an_addition_to_a_check_just_saved(
    check: AppTest, empty_store: Path
) -> None:
    """To undo the saving would take the deep answers along, and put back none of them."""
    lens(deeper_after_saving(check), "rhythm")
    check.segmented_control(keys.lens_item("shared-cycle")).set_value("yes").run()
    overview(check)
    check.button(keys.DEEP_ADD).click().run()
    assert check.query_params["view"] == "lenses"
    assert "Saved for Atlas." not in text_of(check)

    check.button(keys.CHECK_UNDO).click().run()
    (saved,) = stored(empty_store)
    assert saved.answers == THREE_YES
    assert not saved.deep
    assert check.session_state[keys.lens_item("shared-cycle")] == "yes"


def test_a_deep_check_after_a_quick_one_without_alias_is_offered_to_be_one_voice_with_it(
    check: AppTest, empty_store: Path
) -> None:
    quick = assessment(assessed_on=datetime.now(UTC).date())
    store_of(empty_store, quick)
    check.text_input(keys.CHECK_NEW_SQUAD).set_value("Atlas")
    lens(check, "rhythm")
    check.segmented_control(keys.lens_item("shared-cycle")).set_value("yes").run()
    overview(check)
    check.button(keys.CHECK_SAVE).click().run()
    assert "Added to it, this deep check makes one voice with it, not two." in text_of(check)
    assert stored(empty_store) == (quick,)

    check.button(keys.CHECK_HALF_JOIN).click().run()
    (one,) = stored(empty_store)
    assert (one.id, one.answers) == (quick.id, quick.answers)
    assert one.deep.options == {"shared-cycle": "yes"}

    check.button(keys.CHECK_UNDO).click().run()
    assert stored(empty_store) == (quick,)
    assert check.title[0].value == "Deep check"
    assert check.session_state[keys.lens_item("shared-cycle")] == "yes"


def test_an_addition_that_a_browser_kept_goes_into_its_check_and_is_undone_back_into_the_fields(
    empty_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, before = deep_assessment(), deep_assessment(voice="Zoë")
    store_of(empty_store, other, before)
    kept = {"deciders": {"bets": ["tl", "pm"]}, "view": "who-decides", "level": "strategy"}
    kept_by_browser(monkeypatch, adds_to=str(before.id), **kept)
    app = app_on(page_files.DEEP_CHECK)
    app.button("give-back").click().run()
    assert app.segmented_control(keys.DEEP_LEVEL).value == "strategy"
    overview(app)
    app.button(keys.DEEP_ADD).click().run()
    assert stored(empty_store)[1].deep.deciders == {**before.deep.deciders, "bets": ("pm", "tl")}
    app.button(keys.CHECK_UNDO).click().run()
    assert not app.exception
    assert stored(empty_store) == (other, before)
    assert app.title[0].value == "Deep check"
    assert "Undone: your answers are here again." in text_of(app)
    # The stored check holds four deciders, four options and an “I don't know”, two signs and two
    # sentences; the new answer takes the place of one of them.
    assert app.progress[0].text == "12 of 68 answered, 1 “I don't know”"
    assert app.button(keys.DEEP_ADD)


@pytest.mark.parametrize("language", LANGUAGES)
def test_progress_counts_what_the_stored_check_holds_already(
    language: str, empty_store: Path
) -> None:
    before = deep_assessment()
    store_of(empty_store, before)
    app = adding(app_on(page_files.DEEP_CHECK, language=language), before)
    expected = {
        "en": ("12 of 68 answered, 1 “I don't know”", "4 of 19 answered", "Vision 1/3"),
        "fr": (
            "12 réponses sur 68, 1 «\u202fje ne sais pas\u202f»",
            "4 réponses sur 19",
            "Vision 1/3",
        ),
    }[language]
    assert app.progress[0].text == expected[0]
    assert expected[1] in text_of(app)
    lens(app, "who-decides")
    assert app.segmented_control(keys.DEEP_LEVEL).options[0] == expected[2]
    sentence = {"en": "The check holds 4 of these answers", "fr": "contient déjà 4 de ces réponses"}
    assert sentence[language] in text_of(app)
    decide(app, "bets", "pm")
    decide(app, "impacts", "pm")
    assert app.progress[0].text.startswith("5 ")
    lens(app, "vital-signs")
    assert sentence[language].replace("4", "2") in text_of(app)


def test_the_next_person_is_not_led_to_the_check_of_the_last(empty_store: Path) -> None:
    before = assessment()
    store_of(empty_store, before)
    app = adding(app_on(page_files.DEEP_CHECK), before)
    for _time in range(2):
        lens(app, "rhythm")
        app.segmented_control(keys.lens_item("shared-cycle")).set_value("yes").run()
        overview(app)
        if any(button.key == keys.DEEP_ADD for button in app.button):
            app.button(keys.DEEP_ADD).click().run()
            app.query_params.clear()  # the menu leads to a page as it is at first
            app.switch_page(page_files.DEEP_CHECK).run()
    assert app.segmented_control(keys.DEEP_TO).value == "new"
    app.segmented_control(keys.DEEP_TO).set_value("addition").run()
    assert app.selectbox(keys.DEEP_SQUAD).value is None


def test_whoever_comes_from_a_squad_s_page_need_not_say_which_squad_again(
    empty_store: Path,
) -> None:
    before = assessment(squad="Boréal")
    store_of(empty_store, before, assessment(squad="Atlas"), assessment(squad="Atlas"))

    app = app_on(page_files.DEEP_CHECK, squad="boréal")

    assert app.selectbox(keys.CHECK_SQUAD).value == "Boréal"
    app.segmented_control(keys.DEEP_TO).set_value("addition").run()
    assert app.selectbox(keys.DEEP_SQUAD).value == before.squad_key
    assert app.selectbox(keys.DEEP_CHECK).value == str(before.assessment_id)  # it has no other
    app.selectbox(keys.DEEP_SQUAD).set_value("atlas").run()
    assert app.selectbox(keys.DEEP_CHECK).value is None  # of two, somebody has to choose
    assert app_on(page_files.DEEP_CHECK, squad="Nowhere").selectbox(keys.CHECK_SQUAD).value is None


def test_a_squad_s_deep_check_does_not_go_into_the_check_of_another_saved_just_before(
    check: AppTest, empty_store: Path
) -> None:
    store_of(empty_store, assessment(squad="Boréal"))
    app = deeper_after_saving(check)
    assert app.selectbox(keys.DEEP_SQUAD).value == "atlas"

    app.query_params["squad"] = "Boréal"
    app.switch_page(page_files.DEEP_CHECK).run()

    assert app.segmented_control(keys.DEEP_TO).value == "new"
    assert app.selectbox(keys.CHECK_SQUAD).value == "Boréal"


def test_an_addition_clicked_twice_is_added_once(empty_store: Path) -> None:
    before = assessment()
    store_of(empty_store, before)
    app = adding(app_on(page_files.DEEP_CHECK), before)
    lens(app, "rhythm")
    app.segmented_control(keys.lens_item("shared-cycle")).set_value("yes").run()
    overview(app)
    button = app.button(keys.DEEP_ADD)
    button.click().run()
    first = stored(empty_store)
    app.switch_page(page_files.DEEP_CHECK).run()
    assert [control.key for control in app.button if control.key == keys.DEEP_ADD] == []
    assert stored(empty_store) == first


def test_an_addition_goes_into_the_check_as_it_is_stored_by_then(empty_store: Path) -> None:
    before = deep_assessment()
    store_of(empty_store, before)
    app = adding(app_on(page_files.DEEP_CHECK), before)
    lens(app, "rhythm")
    app.segmented_control(keys.lens_item("shared-capacity")).set_value("yes").run()
    overview(app)
    meanwhile = before.model_copy(update={"note": "written by somebody else"})
    CsvStore(empty_store, FRAMEWORK).revise(before, meanwhile)
    app.button(keys.DEEP_ADD).click().run()
    (saved,) = stored(empty_store)
    assert saved.note == "written by somebody else"
    assert saved.deep.options == {**before.deep.options, "shared-capacity": "yes"}


def test_an_addition_replaces_nothing_that_the_page_did_not_show(empty_store: Path) -> None:
    before = deep_assessment()
    store = store_of(empty_store, before)
    app = adding(app_on(page_files.DEEP_CHECK), before)
    lens(app, "rhythm")
    app.segmented_control(keys.lens_item("shared-cycle")).set_value("yes").run()
    overview(app)
    options = {**before.deep.options, "shared-cycle": "no"}
    others = before.model_copy(update={"deep": before.deep.model_copy(update={"options": options})})
    store.revise(before, others)

    double_click(app, keys.DEEP_ADD)
    assert stored(empty_store) == (others,)
    assert "Somebody added to this check meanwhile" in text_of(app)
    assert "1 answer takes the place of another one." in text_of(app)
    since_conflict(app, keys.DEEP_ADD).click().run()
    assert stored(empty_store)[0].deep.options == options | {"shared-cycle": "yes"}


def test_an_addition_to_a_check_that_somebody_deleted_is_told_and_kept(empty_store: Path) -> None:
    before = deep_assessment()
    store = store_of(empty_store, before, assessment())
    app = adding(app_on(page_files.DEEP_CHECK), before)
    lens(app, "rhythm")
    app.segmented_control(keys.lens_item("shared-capacity")).set_value("yes").run()
    overview(app)
    store.delete([before.id])
    app.button(keys.DEEP_ADD).click().run()
    assert "This was deleted meanwhile" in text_of(app)
    lens(app, "rhythm")
    assert app.segmented_control(keys.lens_item("shared-capacity")).value == "yes"


def test_an_addition_that_fails_says_so_and_keeps_the_answers(
    empty_store: Path,
) -> None:
    before = assessment()
    store_of(empty_store, before)
    app = adding(app_on(page_files.DEEP_CHECK), before)
    lens(app, "rhythm")
    app.segmented_control(keys.lens_item("shared-cycle")).set_value("yes").run()
    overview(app)

    with out_of_reach("revise") as error:
        app.button(keys.DEEP_ADD).click().run()
    assert not app.exception
    assert error in text_of(app)
    assert app.progress[0].text == "1 of 68 answered"
    assert stored(empty_store) == (before,)
    app.button(keys.DEEP_ADD).click().run()
    assert stored(empty_store)[0].deep.options == {"shared-cycle": "yes"}


def test_the_setup_on_the_day_of_the_check_rules_what_can_be_added(empty_store: Path) -> None:
    check = assessment(assessed_on=date(2026, 8, 31))
    store_of(empty_store, setup(since=date(2026, 9, 1), seats=NO_PO), check)
    app = adding(app_on(page_files.DEEP_CHECK), check)
    lens(app, "who-decides")
    assert "PO" in app.pills(keys.decision("north-star")).options


def test_answers_to_the_quick_check_stay_in_progress_when_deep_ones_are_added(
    empty_store: Path,
) -> None:
    before = assessment()
    store_of(empty_store, before)
    app = answer(app_on(page_files.CHECK), {"mandates-clear": "no"})
    app.switch_page(page_files.DEEP_CHECK).run()
    adding(app, before)
    lens(app, "rhythm")
    app.segmented_control(keys.lens_item("shared-cycle")).set_value("yes").run()
    overview(app)
    assert "Your answers to the quick check stay where they are, unsaved." in text_of(app)
    app.button(keys.DEEP_ADD).click().run()
    app.switch_page(page_files.CHECK).run()
    assert app.progress[0].text == "1 of 14 answered"

"""What a squad agreed on who decides, on its page: settled, answered, taken back, shared."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from streamlit.testing.v1 import AppTest

from assessment.content.edition import edition_in
from assessment.content.loading import shipped_framework
from assessment.forms.agreement import AgreementDraft
from assessment.languages import LANGUAGES, words_in
from assessment.model.period import Period
from assessment.storage.csv.store import CsvStore
from assessment.ui.check import unfinished
from assessment.ui.session import keys, page_files
from tests.builders import agreement, assessment, confirmation, deep_assessment
from tests.examples import EXAMPLE_3
from tests.pages.app import app_on, double_click, since_conflict, text_of
from tests.pages.test_rounds import arrive, invited, step
from tests.pages.visitors import EDITOR, Caller, known_link

FRAMEWORK = shipped_framework()
TODAY = date.today()  # noqa: DTZ011 - the page's own day: these tests run in the reader's zone
AGO = timedelta(days=1)


@pytest.fixture
def store(empty_store: Path) -> CsvStore:
    """A store in which three voices of Atlas name different deciders for one decision."""
    store = CsvStore(empty_store, FRAMEWORK)
    named = (("cpo",), ("cpo",), ("pm",))
    store.add(
        [deep_assessment(assessed_on=TODAY - AGO, deep={"deciders": {"cut": who}}) for who in named]
    )
    return store


def squad(language: str = "en") -> AppTest:
    return app_on(page_files.SQUAD, language=language, view="who-decides")


def settling(app: AppTest, decision: str = "cut") -> AppTest:
    """The page once the dialog of a contested decision is open."""
    return app.button(keys.agreement("settle", decision)).click().run()


def draft_of(app: AppTest) -> AgreementDraft:
    draft: AgreementDraft = app.session_state[keys.AGREEMENT_FORM].draft
    return draft


def fill_in_answer(app: AppTest, answer: str) -> None:
    """What the PM answers to what was agreed, not sent yet."""
    fields = {"role": "pm", "answer": answer, "reservation": "not in July"}
    for name, value in fields.items():
        app.session_state[keys.agreement(name, AGREED.id)] = value


def saved(app: AppTest) -> AppTest:
    return app.button(keys.agreement("save", draft_of(app).agreement_id)).click().run()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_contested_decision_is_settled_in_two_clicks_as_most_voices_have_it(
    language: str, store: CsvStore
) -> None:
    app = saved(settling(squad(language)))

    assert not app.exception
    (made,) = store.read().agreements
    assert (made.squad, made.decision, made.decides) == ("Atlas", "cut", "cpo")
    assert (made.agreed_on, made.consulted, made.survey) == (TODAY, (), None)
    assert keys.agreement("settle", "cut") not in [button.key for button in app.button]
    sentence = {"en": "What is cut: the CPO decides; until", "fr": "Ce que l’on coupe : le CPO"}
    assert sentence[language] in text_of(app).replace("\u202f", " ").replace("\xa0", " ")


def test_an_agreement_is_written_on_a_decision_that_nobody_contests(store: CsvStore) -> None:
    app = squad()
    choice = app.selectbox(keys.AGREEMENT_DECISION)
    names = edition_in("en").decision
    assert names("cut") not in choice.options  # it has its own button
    app = saved(choice.set_value("bets").run())
    assert [made.decision for made in store.read().agreements] == []
    assert "Say who has the last word: choose exactly one role." in text_of(app)

    app.session_state[keys.agreement("decides", draft_of(app).agreement_id)] = "cpo"
    app = saved(app)
    assert [made.decision for made in store.read().agreements] == ["bets"]
    assert names("bets") not in app.selectbox(keys.AGREEMENT_DECISION).options


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_agreement_is_written_without_a_deep_check(
    language: str, empty_store: Path
) -> None:
    store = CsvStore(empty_store, FRAMEWORK)
    store.add([assessment(assessed_on=TODAY - AGO)])
    app = squad(language)
    app.session_state[keys.AGREEMENT_WRITE] = True
    app.run().selectbox(keys.AGREEMENT_DECISION).set_value("bets").run()
    assert app.session_state[keys.AGREEMENT_WRITE] is False  # the dialog stands alone
    note = app.text_area(keys.agreement("note", draft_of(app).agreement_id))
    assert note.help == edition_in(language).words.gettext(
        "Shown on the page. No file of a result has it."
    )
    app.pills(keys.agreement("decides", draft_of(app).agreement_id)).set_value("cpo").run()
    app = saved(app)

    assert not app.exception
    (made,) = store.read().agreements
    assert (made.squad, made.decision, made.decides) == ("Atlas", "bets", "cpo")


def test_no_choice_is_offered_where_voices_contest_every_decision(empty_store: Path) -> None:
    named = (("cpo",), ("pm",))
    everything = [dict.fromkeys(FRAMEWORK.lenses.decision_by_id, who) for who in named]
    CsvStore(empty_store, FRAMEWORK).add(
        [deep_assessment(assessed_on=TODAY - AGO, deep={"deciders": who}) for who in everything]
    )
    app = squad()
    assert app.button(keys.agreement("settle", "bets"))
    assert keys.AGREEMENT_DECISION not in [choice.key for choice in app.selectbox]


@pytest.mark.parametrize(
    ("language", "example"),
    [
        ("en", "For example: “We drop the mobile app from this quarter.”"),
        ("fr", "Par exemple : « L’application mobile sort de ce trimestre. »"),
    ],
)
def test_the_dialog_says_that_its_example_is_one(
    language: str, example: str, store: CsvStore
) -> None:
    text = text_of(settling(squad(language))).replace("\u202f", " ").replace("\xa0", " ")
    assert example in text


@pytest.mark.parametrize(
    ("language", "levers", "agreed"),
    [
        (
            "en",
            "Levers follow from the quick check: answer it to see what to do first.",
            "Proposed, waiting for answers: What is cut.",
        ),
        (
            "fr",
            "Les leviers découlent du diagnostic rapide : répondez-y pour voir par quoi commencer.",
            "Proposé, en attente de réponses : Ce que l’on coupe.",
        ),
    ],
)
def test_what_is_to_be_done_begins_with_the_contested_decision_until_it_is_settled(
    language: str, levers: str, agreed: str, store: CsvStore
) -> None:
    """Of a squad that said who decides and nothing else, the section is not empty either."""
    for answer in store.read().assessments:
        store.revise(answer, answer.model_copy(update={"answers": {}}))
    app = app_on(page_files.SQUAD, language=language, view="do")
    assert levers in text_of(app).replace("\u202f", " ").replace("\xa0", " ")
    assert agreed not in text_of(app).replace("\xa0", " ")
    app = saved(settling(app))
    assert keys.agreement("settle", "cut") not in [button.key for button in app.button]
    assert agreed in text_of(app).replace("\u202f", " ").replace("\xa0", " ")


def test_a_contested_decision_comes_before_the_levers_with_the_way_to_settle_it(
    store: CsvStore,
) -> None:
    store.add([assessment(assessed_on=TODAY - AGO, answers=EXAMPLE_3)])
    app = app_on(page_files.SQUAD, view="numbers")
    contested = "1 contested decision without an agreement: “What is cut”."
    text = text_of(app)
    assert text.index(contested) < text.index("**1. ")
    app.button(keys.RESULT_SETTLE).click().run()
    assert app.query_params["view"] == "who-decides"
    app = saved(app)  # the dialog is open: who has no mouse would not find it otherwise
    assert contested not in text_of(app)
    assert keys.RESULT_SETTLE not in [button.key for button in app.button]


@pytest.mark.parametrize(
    ("language", "heading", "sentence"),
    [
        (
            "en",
            "To settle",
            "What is cut: the CPO has the last word (waiting for the CPO). "
            "To confirm under “Who decides”, “Answer for a role…”: CPO.",
        ),
        (
            "fr",
            "À trancher",
            "Ce que l’on coupe : le CPO a le dernier mot (attend le CPO). "
            "À confirmer sous « Qui décide », « Répondre pour un rôle… » : CPO.",
        ),
    ],
)
def test_a_settled_decision_is_told_with_who_confirms_it_where(
    language: str, heading: str, sentence: str, store: CsvStore
) -> None:
    app = squad(language)
    assert f"#### {heading}" in text_of(app)
    saved(settling(app))

    text = text_of(app).replace("\u202f", " ").replace("\xa0", " ")
    assert sentence in text
    assert f"#### {heading}" not in text
    assert heading not in text.splitlines()


@pytest.mark.parametrize(
    ("language", "heading"),
    [("en", "Agreements"), ("fr", "Accords")],
)
def test_what_is_to_settle_beside_agreements_is_not_called_agreed(
    language: str, heading: str, store: CsvStore
) -> None:
    store.add([agreement(decision="bets", agreed_on=TODAY - AGO)])
    app = squad(language)
    text = text_of(app)
    assert f"#### {heading}" in text
    assert [button.key for button in app.button].index(keys.agreement("settle", "cut")) < [
        button.key for button in app.button
    ].index(keys.agreement("replace", store.read().agreements[0].id))
    assert "What we agreed" not in text
    assert "Nos accords" not in text


@pytest.mark.parametrize(
    ("language", "heading", "text"),
    [
        ("en", "What we agreed", "Nothing is agreed yet. One sentence a decision is enough"),
        ("fr", "Nos accords", "Rien n’est encore convenu. Une phrase par décision suffit"),
    ],
)
def test_where_nothing_is_agreed_nor_contested_it_says_what_an_agreement_is(
    language: str, heading: str, text: str, empty_store: Path, protected: Path
) -> None:
    deep = {"deciders": {"cut": ("cpo",)}}
    CsvStore(empty_store, FRAMEWORK).add([deep_assessment(assessed_on=TODAY, deep=deep)])
    at = {"view": "who-decides", "lang": language}
    editor = Caller(dict(EDITOR), dict(at)).cold(page_files.SQUAD)
    guest = Caller(parameters={"link": known_link()[1], **at}).cold(page_files.SQUAD)

    assert f"#### {heading}" in text_of(editor)
    assert text in text_of(editor)
    assert text not in text_of(guest)


def test_what_was_agreed_is_shown_in_a_period_without_a_deep_check_too(empty_store: Path) -> None:
    CsvStore(empty_store, FRAMEWORK).add([assessment(assessed_on=TODAY), AGREED])

    assert "What is cut: the CPO decides, consults the PM" in text_of(squad())


def test_an_agreement_may_begin_on_any_day(store: CsvStore) -> None:
    app = settling(squad())
    app.date_input(keys.agreement("agreed_on", draft_of(app).agreement_id)).set_value(
        TODAY + 12 * AGO
    )
    saved(app.run())
    assert store.read().agreements[0].agreed_on == TODAY + 12 * AGO


def test_an_agreement_is_made_when_it_is_saved_not_when_its_form_was_opened(
    store: CsvStore,
) -> None:
    app = settling(squad())
    opened = datetime.now(UTC)
    saved(app)
    assert store.read().agreements[0].saved_at > opened


def test_nothing_is_agreed_in_a_squad_that_somebody_merged_meanwhile(store: CsvStore) -> None:
    app = settling(squad())
    store.rename("Atlas", "Borea")
    for field in ("limits", "escalation", "note"):
        key = keys.agreement(field, draft_of(app).agreement_id)
        app.session_state[key] = f"The {field} we agreed"
    saved(app)
    assert store.read().agreements == ()
    text = text_of(app)
    assert "Atlas was renamed meanwhile" in text
    assert "“The limits we agreed · The escalation we agreed · The note we agreed”" in text


def test_what_is_to_replace_an_agreement_is_told_though_it_fits_no_more_since_the_squad_is_gone(
    store: CsvStore,
) -> None:
    store.add([AGREED])
    app = squad()
    app.button(keys.agreement("replace", AGREED.id)).click().run()
    draft_id = draft_of(app).agreement_id
    app.session_state[keys.agreement("decides", draft_id)] = "pm"
    app.session_state[keys.agreement("limits", draft_id)] = "up to ten days"
    store.rename("Atlas", "Borea")
    saved(app)
    assert "You wrote “up to ten days”" in text_of(app)  # not the note: it stands as it was
    assert "Atlas was renamed meanwhile" in text_of(app)
    assert app.session_state[keys.AGREEMENT_FORM] is None


@pytest.mark.parametrize(
    ("after", "told"),
    [
        ("renamed", "belongs to the squad Borea by now"),
        ("deleted", "This was deleted meanwhile"),
        ("squad deleted", "Atlas was renamed meanwhile, merged into another or deleted"),
    ],
)
def test_an_answer_to_an_agreement_that_is_not_there_any_more_is_told_with_its_text(
    after: str, told: str, store: CsvStore
) -> None:
    store.add([AGREED])
    app = squad()
    fill_in_answer(app, "not-agreed")
    if after == "renamed":
        store.rename("Atlas", "Borea")
    else:
        kept = store.read().records
        store.delete([r.id for r in kept if after == "squad deleted" or r.id == AGREED.id])
    app.button(keys.agreement("confirm", AGREED.id)).click().run()
    assert store.read().confirmations == ()
    assert told[1:] in text_of(app)
    assert "“not in July”" in text_of(app)


def test_undo_takes_the_agreement_back_and_offers_the_decision_again(store: CsvStore) -> None:
    app = saved(settling(squad()))
    (made,) = store.read().agreements
    app.button(keys.agreement("undo", made.id)).click().run()

    assert store.read().agreements == ()
    assert "Undone: it is as it was before." in text_of(app)
    assert keys.agreement("settle", "cut") in [button.key for button in app.button]


def test_undo_leaves_an_agreement_that_a_role_has_answered(store: CsvStore) -> None:
    app = saved(settling(squad()))
    (made,) = store.read().agreements
    store.add([answer := confirmation(agreement_id=made.id, role="cpo")])
    app.button(keys.agreement("undo", made.id)).click().run()

    assert store.read().agreements == (made,)
    assert store.read().confirmations == (answer,)
    assert "Somebody went on with this meanwhile, so it was not undone" in text_of(app)


def test_a_form_without_a_last_word_stores_nothing_and_says_why(store: CsvStore) -> None:
    app = settling(squad())
    app.session_state[keys.agreement("decides", draft_of(app).agreement_id)] = None
    saved(app)

    assert store.read().agreements == ()
    assert "Say who has the last word: choose exactly one role." in text_of(app)


def test_who_must_not_decide_is_told_and_may_be_agreed_all_the_same(store: CsvStore) -> None:
    store.add(
        [deep_assessment(assessed_on=TODAY, deep={"deciders": {"priority-segment": ("po",)}})] * 1
        + [deep_assessment(assessed_on=TODAY, deep={"deciders": {"priority-segment": ("cpo",)}})]
    )
    app = settling(squad(), "priority-segment")
    app.session_state[keys.agreement("decides", draft_of(app).agreement_id)] = "po"
    app.run()

    assert "By the playbook, the PO should not decide this." in text_of(app)
    saved(app)
    assert store.read().agreements[0].decides == "po"


AGREED = agreement(
    agreement_id=UUID(int=7_001),
    decision="cut",
    decides="cpo",
    consulted=("pm",),
    agreed_on=TODAY - 10 * AGO,
    valid_until=TODAY + 100 * AGO,
    note="not for all",
)


def test_a_role_answers_and_the_agreement_holds_once_all_have(store: CsvStore) -> None:
    today = deep_assessment(assessed_on=TODAY, deep={"deciders": {"cut": ("cpo",)}})
    store.add([AGREED, confirmation(agreement_id=AGREED.id, role="cpo"), today])
    app = squad()
    assert "Still to answer: PM." in text_of(app)

    fill_in_answer(app, "with-reservation")
    app.button(keys.agreement("confirm", AGREED.id)).click().run()

    assert not app.exception
    assert [(c.role, c.answer) for c in store.read().confirmations] == [
        ("cpo", "agreed"),
        ("pm", "with-reservation"),
    ]
    assert "in force with reservations" in text_of(app)
    assert "PM: “not in July”." in text_of(app)
    # The three voices of yesterday answered before it held.
    assert "The one voice names the CPO: kept." in text_of(app)


def test_an_answer_that_came_meanwhile_for_the_same_role_is_told_before_another_counts(
    store: CsvStore,
) -> None:
    store.add([AGREED])
    app = squad()
    fill_in_answer(app, "not-agreed")
    store.add([confirmation(agreement_id=AGREED.id, role="pm")])
    double_click(app, keys.agreement("confirm", AGREED.id))
    assert [c.answer for c in store.read().confirmations] == ["agreed"]
    assert "Meanwhile the PM has answered" in text_of(app)

    since_conflict(app, keys.agreement("confirm", AGREED.id)).click().run()
    assert [c.answer for c in store.read().confirmations] == ["agreed", "not-agreed"]


def test_the_note_of_an_agreement_keeps_its_lines_and_is_no_code(store: CsvStore) -> None:
    store.add([AGREED.model_copy(update={"note": "Not for:\n- tests\n\n    nor code"})])
    assert "Not for\\:  \n\\- tests  \n\nnor code" in [line.value for line in squad().caption]


def test_an_answer_that_is_forged_is_refused_and_nothing_is_stored(store: CsvStore) -> None:
    store.add([AGREED])
    app = squad()
    app.session_state[keys.agreement("role", AGREED.id)] = "pm"
    app.button(keys.agreement("confirm", AGREED.id)).click().run()

    assert store.read().confirmations == ()
    assert "Nothing is chosen yet; choose one first." in text_of(app)


def test_each_reader_reads_the_day_of_an_answer_as_their_own_clock_told_it(
    store: CsvStore,
) -> None:
    now = datetime.now(UTC)
    no, yes = (
        confirmation(agreement_id=AGREED.id, role="cpo", answer=answer, saved_at=now - ago)
        for answer, ago in (("not-agreed", 2 * AGO), ("agreed", AGO))
    )
    store.add([AGREED, no, yes])
    for timezone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):  # never both on one day
        app = squad()
        app.context = {"timezone": timezone}
        day = words_in("en").date(yes.saved_at.astimezone(ZoneInfo(timezone)).date())
        assert f"has agreed since {day}" in text_of(app.run())


def test_an_agreement_is_replaced_and_told_as_a_story(store: CsvStore) -> None:
    answers = [confirmation(agreement_id=AGREED.id, role=role) for role in ("cpo", "pm")]
    store.add([AGREED, *answers])
    app = squad()
    app.button(keys.agreement("replace", AGREED.id)).click().run()
    app.session_state[keys.agreement("decides", draft_of(app).agreement_id)] = "pm"
    app.run()
    saved(app)

    _, made = store.read().agreements
    assert (made.supersedes, made.decides, made.consulted) == (AGREED.id, "pm", ())
    assert "the CPO decides (in force)." in text_of(app)


def test_what_holds_is_replaced_together_with_what_was_proposed_in_its_place(
    store: CsvStore,
) -> None:
    proposed = AGREED.model_copy(
        update={"agreement_id": UUID(int=9_001), "decides": "cto", "supersedes": AGREED.id}
    )
    yes = [confirmation(agreement_id=AGREED.id, role=role) for role in ("cpo", "pm")]
    store.add([AGREED, *yes, proposed])
    app = squad()
    app.button(keys.agreement("replace", AGREED.id)).click().run()
    saved(app)

    assert not app.exception
    made = store.read().agreements[-1]
    assert (made.decides, made.supersedes) == ("cpo", proposed.id)


# Who sees it --------------------------------------------------------------------------------------


def test_a_view_link_shows_what_was_agreed_and_lets_nothing_be_changed(
    store: CsvStore, protected: Path
) -> None:
    store.add([AGREED, confirmation(agreement_id=AGREED.id, role="cpo")])
    _, token = known_link()
    app = Caller(parameters={"link": token, "view": "who-decides"}).cold(page_files.SQUAD)

    text = text_of(app)
    assert "What is cut: the CPO decides, consults the PM; until" in text
    assert "Still to answer: PM." in text
    assert "not for all" not in text
    assert "to the PM after two days" not in text
    assert not [button.key for button in app.button if str(button.key).startswith("agreement-")]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "Agreements: 1 in force, as of {day}"), ("fr", "Accords : 1 en vigueur, au {day}")],
)
def test_a_link_to_a_period_tells_what_held_at_its_end_and_that_it_is_of_then(
    language: str, sentence: str, store: CsvStore, protected: Path
) -> None:
    shown = Period.of(TODAY.replace(day=1) - AGO, "month")
    day = edition_in(language).words.date(shown.last_day).replace("\xa0", " ")
    begun = datetime(shown.year, shown.part, 1, tzinfo=UTC)
    held = agreement(agreed_on=shown.first_day, valid_until=TODAY + timedelta(days=99))
    after = agreement(decides="em", agreed_on=TODAY, supersedes=held.id)
    first = [confirmation(agreement_id=held.id, role=role, saved_at=begun) for role in ("po", "tl")]
    store.add([held, after, *first])
    store.add([confirmation(agreement_id=after.id, role=role) for role in ("em", "tl")])
    store.add([deep_assessment(assessed_on=shown.first_day)])
    _, token = known_link(period=shown)
    caller = Caller(parameters={"link": token, "view": "who-decides", "lang": language})
    text = text_of(caller.cold(page_files.SQUAD))

    assert sentence.format(day=day) in text.replace("\u202f", " ").replace("\xa0", " ")


def test_a_link_that_leaves_agreements_out_shows_none(store: CsvStore, protected: Path) -> None:
    store.add([AGREED])
    _, token = known_link(with_agreements=False, with_notes=True)
    app = Caller(parameters={"link": token, "view": "who-decides"}).cold(page_files.SQUAD)

    assert "What we agreed" not in text_of(app)


# The next session -------------------------------------------------------------------------------


def invited_to_next(store: CsvStore, language: str) -> AppTest:
    """Somebody invited to the next session of a squad that agreed who decides on a sprint."""
    settled = agreement(
        agreed_on=TODAY - AGO, valid_until=TODAY, limits="SECRET LIMIT", escalation="SECRET WAY"
    )
    expired = agreement(decision="cut", agreed_on=TODAY - 3 * AGO, valid_until=TODAY - AGO)
    yes = [
        confirmation(agreement_id=agreed.id, role=role)
        for agreed in (settled, expired)
        for role in ("po", "tl")
    ]
    answered_by_one = agreement(decision="bets", agreed_on=TODAY, valid_until=TODAY)
    store.add([settled, expired, answered_by_one, *yes])
    return ask_decisions(arrive(invited(depth="deep"), language=language))


def ask_decisions(app: AppTest) -> AppTest:
    step(app, unfinished.LENSES)
    app.button(keys.lens("who-decides")).click().run()
    return app


def reminded(app: AppTest) -> list[str]:
    lines = [caption.value.replace("\\", "") for caption in app.caption]
    return [line for line in lines if line.startswith(("Agreed on", "Convenu"))]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Sprint content: the PO decides, consults the Tech Lead; until"),
        ("fr", "Contenu du sprint : le PO décide, consulte le Tech Lead ; jusqu’au"),
    ],
)
def test_who_is_invited_reads_what_was_agreed_after_answering_that_decision_never_before(
    language: str, text: str, store: CsvStore
) -> None:
    app = invited_to_next(store, language)
    for level in FRAMEWORK.level_ids:
        app.segmented_control(keys.DEEP_LEVEL).set_value(level).run()
        assert reminded(app) == []
    level = FRAMEWORK.lenses.decision_by_id["sprint-content"].level
    app.segmented_control(keys.DEEP_LEVEL).set_value(level).run()
    for decision in FRAMEWORK.lenses.decisions_at(level):
        if decision.id != "sprint-content":
            app.button_group(keys.decision(decision.id)).set_value(["cpo"]).run()
            assert reminded(app) == []

    app.button_group(keys.decision("sprint-content")).set_value(["pm"]).run()
    (line,) = reminded(app)
    assert text in line.replace("\u202f", " ").replace("\xa0", " ")
    assert "SECRET" not in text_of(app)

    app.button_group(keys.decision("sprint-content")).set_value([]).run()
    assert reminded(app) == []


def test_agreements_that_ended_or_wait_for_answers_are_not_reminded_of(store: CsvStore) -> None:
    app = invited_to_next(store, "en")
    for level in FRAMEWORK.level_ids:
        app.segmented_control(keys.DEEP_LEVEL).set_value(level).run()
        for decision in FRAMEWORK.lenses.decisions_at(level):
            if decision.id != "sprint-content":
                app.button_group(keys.decision(decision.id)).set_value(["po"])
        app.run()
        assert reminded(app) == []


# Mandates ---------------------------------------------------------------------------------------


def on_mandates(app: AppTest) -> AppTest:
    app.button(keys.move("overview")).click().run()
    return app.button(keys.lens("mandates")).click().run()


PROPOSED = keys.move("mandate-po")


def test_who_is_invited_is_proposed_a_mandate_from_decisions_they_have_answered_only(
    store: CsvStore,
) -> None:
    app = invited_to_next(store, "en")
    assert PROPOSED not in [button.key for button in on_mandates(app).button]
    assert "sprint content" not in text_of(app)

    app.button(keys.move("overview")).click().run()
    app.button(keys.lens("who-decides")).click().run()
    level = FRAMEWORK.lenses.decision_by_id["sprint-content"].level
    app.segmented_control(keys.DEEP_LEVEL).set_value(level).run()
    app.button_group(keys.decision("sprint-content")).set_value(["pm"]).run()
    on_mandates(app).button(PROPOSED).click().run()

    field = app.text_input(keys.mandate("po"))
    assert field.value == "decides: sprint content"
    field.set_value("I decide what the sprint holds.").run()
    assert PROPOSED not in [button.key for button in app.button]


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "decides: sprint content"), ("fr", "décide : contenu du sprint")],
)
def test_a_deep_check_and_the_squad_s_page_propose_mandates_from_what_is_agreed(
    language: str, text: str, store: CsvStore
) -> None:
    settled = agreement(agreed_on=TODAY - AGO, valid_until=TODAY)
    answers = [confirmation(agreement_id=settled.id, role=role) for role in ("po", "tl")]
    store.add([settled, *answers])
    app = app_on(page_files.DEEP_CHECK, language=language)
    app.segmented_control(keys.DEEP_TO).set_value("new").run()
    app.selectbox(keys.CHECK_SQUAD).set_value("Atlas").run()
    app.button(keys.lens("mandates")).click().run()
    app.button(PROPOSED).click().run()
    assert str(app.text_input(keys.mandate("po")).value).replace("\xa0", " ") == text
    assert not app.exception

    assert text in text_of(squad(language)).replace("\xa0", " ")
    store.add([deep_assessment(assessed_on=TODAY, deep={"mandates": {"po": "I do.", "tl": "So."}})])
    assert text not in text_of(squad(language)).replace("\xa0", " ")

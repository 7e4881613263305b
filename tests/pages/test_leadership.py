"""The leadership page: what it says, what the URL says, what can be taken away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assessment.content.edition import edition_in
from assessment.content.loading import shipped_framework
from assessment.exchange.sample import sample_loaded_on
from assessment.languages import LANGUAGES, words_in
from assessment.model.setup import preset_seats
from assessment.storage.csv.store import CsvStore
from assessment.ui.results import take_away
from assessment.ui.session import keys, page_files
from tests.builders import action, assessment, deep_assessment, setup
from tests.examples import healthy
from tests.expected import french
from tests.pages.app import app_on, elements_of, store_of, text_of
from tests.pages.visitors import Caller, known_link

FRAMEWORK = shipped_framework()
SHORT_LEVELS = ["Vision", "Strategy", "Arbitration", "Daily", "Delivery"]
SIDE_MESSAGES = healthy({"single-channel": "no"})
HOSTILE = "<b>x</b> [l](http://x.y) www.x.org :smile: $a$ `c` *i*"


def said(app: AppTest) -> str:
    """The verdict, as read."""
    return app.header[0].value.replace("\\", "").replace("\u2060", "")


def squad_links(app: AppTest) -> list[Any]:
    """The squads' rows; what leads on from the page has an arrow."""
    links = [link for link in app.get("page_link") if "period=" in link.proto.query_string]
    return [link for link in links if not link.proto.icon]


def downloads(app: AppTest) -> list[str]:
    return [button.proto.label for button in app.get("download_button")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_verdict_leads_in_both_languages(language: str, empty_store: Path) -> None:
    for name in ("Cobalt", "Atlas"):
        store_of(empty_store, assessment(squad=name, answers=SIDE_MESSAGES))
    store_of(empty_store, assessment(squad="Boréal", answers=healthy()))

    app = app_on(page_files.LEADERSHIP, language=language)

    verdict = {
        "en": "Decisions leak at the Arbitration level in 2 of 3 squads, above all because urgent "
        "requests bypass the channel.",
        "fr": french(
            "Au niveau Arbitrage, des décisions se perdent dans 2 squads sur 3, surtout "
            "parce que les demandes urgentes contournent le canal."
        ),
    }[language]
    assert said(app) == verdict


def test_it_opens_on_every_squad_by_name_and_on_the_latest_period_with_enough_of_them(
    empty_store: Path,
) -> None:
    store_of(
        empty_store,
        assessment(squad="Zed", assessed_on=date(2026, 9, 1), answers=healthy()),
        assessment(squad="Mira", assessed_on=date(2026, 9, 1), answers=healthy()),
        assessment(squad="Atlas", assessed_on=date(2026, 9, 2), answers=healthy()),
        assessment(squad="Atlas", assessed_on=date(2026, 10, 2), answers=healthy()),
    )

    app = app_on(page_files.LEADERSHIP)

    assert app.multiselect(keys.CHOICE_SQUADS).value == ["Atlas", "Mira", "Zed"]
    assert app.query_params["period"] == "2026-09"
    text = text_of(app)
    assert "September 2026 · 3 squads · 3 voices" in text


def test_a_link_names_squads_period_and_quarter(seen_store: Path) -> None:
    app = app_on(
        page_files.LEADERSHIP, squad=["faro · DEMO", "Atlas · demo"], period="2026-Q4", by="quarter"
    )

    assert app.multiselect(keys.CHOICE_SQUADS).value == ["Faro · demo", "Atlas · demo"]
    # By name, whatever order the link names them in.
    assert "Q4 2026 · 2 squads" in text_of(app)
    rows = squad_links(app)
    assert [link.proto.label.replace("\\", "") for link in rows] == [
        "Atlas · demo",
        "Faro · demo",
    ]
    links = [link.proto.query_string for link in rows]
    assert [link.replace("+", " ").count("period=2026-Q4") for link in links] == [1, 1]
    assert all("by=quarter" in link and "lang=en" in link for link in links)


def test_squads_without_a_check_in_the_period_are_named(seen_store: Path) -> None:
    app = app_on(page_files.LEADERSHIP, squad=["Atlas · demo", "Faro · demo"], period="2026-06")

    assert "No check to show in this period: Faro · demo (last on " in text_of(app)
    assert said(app).endswith(".")


def test_what_moved_is_told_squad_by_squad(empty_store: Path) -> None:
    store_of(
        empty_store,
        assessment(squad="Atlas", assessed_on=date(2026, 9, 1), answers=healthy()),
        assessment(squad="Atlas", answers=SIDE_MESSAGES),
        assessment(squad="Boréal", answers=healthy()),
    )

    app = app_on(page_files.LEADERSHIP, period="2026-11")

    assert "Since the previous check: 2 levels fell (1 voice, then 1)." in text_of(app)
    about = [element.proto.body for element in app.get("html")]
    assert any("▼\u00a02 · 1 voice" in body for body in about)
    assert any("no earlier check here · 1 voice" in body for body in about)


@pytest.mark.parametrize(
    ("language", "word"), [("en", "close to a limit"), ("fr", "près d’un seuil")]
)
def test_where_a_stage_hangs_on_a_voice_its_squads_line_says_so_in_words(
    language: str, word: str, empty_store: Path
) -> None:
    worst = {item.id: "no" if item.scale == "clarity" else "often" for item in FRAMEWORK.items}
    store_of(
        empty_store,
        *(assessment(squad="Atlas", answers=sheet) for sheet in (worst, worst, healthy())),
        *(assessment(squad="Boréal", answers=worst) for _ in range(3)),
    )

    app = app_on(page_files.LEADERSHIP, language=language)

    bodies = [element.proto.body for element in app.get("html")]
    about = [body for body in bodies if body.startswith('<p class="row-about">')]
    assert [f">{word}</span>" in body for body in about] == [True, False]


def test_levers_come_with_squads_owner_and_the_gain_of_a_typical_one(empty_store: Path) -> None:
    for name in ("Atlas", "Boréal"):
        store_of(empty_store, assessment(squad=name, answers=SIDE_MESSAGES))

    text = text_of(app_on(page_files.LEADERSHIP))

    # 9.141 points in each of the two squads.
    assert (
        "1. Open one channel for urgent requests**  \n"
        "Leadership with the PM · 2 squads · typically +9 points on the mean "
        "of the levels · acts on the verdict's cause."
    ) in text
    assert "+18" not in text


def test_your_part_follows_the_role_that_the_url_names(empty_store: Path) -> None:
    for name in ("Atlas", "Boréal"):
        store_of(empty_store, assessment(squad=name, answers=SIDE_MESSAGES))
    vision = healthy({"vision-not-restated": "often"})
    store_of(empty_store, assessment(squad="Cobalt", answers=vision))

    lead, cpo = app_on(page_files.LEADERSHIP), app_on(page_files.LEADERSHIP, role="cpo")
    unknown = app_on(page_files.LEADERSHIP, role="<b>")

    assert lead.code[0].value.startswith(
        "Choose the channel and the person who sorts the requests."
    )
    assert cpo.code[0].value.startswith("Write the page (for whom, which problem first")
    assert unknown.code[0].value == lead.code[0].value
    assert "Votre part" in text_of(app_on(page_files.LEADERSHIP, language="fr"))
    cpo.segmented_control(keys.view("role")).set_value("lead").run()
    assert cpo.query_params["role"] == "lead"


def test_healthy_squads_have_no_lever_to_pull(empty_store: Path) -> None:
    for name in ("Atlas", "Boréal"):
        store_of(empty_store, assessment(squad=name, answers=healthy()))

    assert "every answer is healthy" in text_of(app_on(page_files.LEADERSHIP))


def test_without_squads_it_shows_all_of_them_and_the_way_to_choose_some(seen_store: Path) -> None:
    app = app_on(page_files.LEADERSHIP)
    verdict = said(app)
    app.multiselect(keys.CHOICE_SQUADS).set_value([]).run()

    assert not app.exception
    assert said(app) == verdict
    assert app.multiselect(keys.CHOICE_SQUADS).value == []
    assert "Too few squads are chosen: you see all of them." in text_of(app)


def test_the_period_of_a_squad_looked_at_before_does_not_decide_which_several_are_shown_at(
    empty_store: Path,
) -> None:
    store_of(
        empty_store,
        assessment(squad="Zed", assessed_on=date(2026, 9, 1), answers=healthy()),
        assessment(squad="Atlas", assessed_on=date(2026, 9, 2), answers=healthy()),
        assessment(squad="Mine", assessed_on=date(2026, 10, 2), answers=healthy()),
    )
    app = app_on(page_files.SQUAD, squad="Mine")
    assert app.query_params["period"] == "2026-10"

    app.query_params.clear()
    app.switch_page(page_files.LEADERSHIP).run()

    assert "September 2026 · 2 squads · 2 voices" in text_of(app)
    assert (
        "Shown: September 2026. 1 squad has a later check (October 2026). "
        "No check to show in this period: Mine (last on 2\u00a0Oct\u00a02026)."
    ) in text_of(app)


@pytest.mark.parametrize("by_hand", [{}, {"period": "2026-08"}])
def test_compare_on_a_period_with_two_squads_leaves_leadership_on_its_own(
    by_hand: dict[str, str], empty_store: Path
) -> None:
    for squad, month in (("Atlas", 8), ("Atlas", 10), ("Borea", 10), ("Atlas", 11)):
        store_of(empty_store, assessment(squad=squad, assessed_on=date(2026, month, 3)))
    app = app_on(page_files.LEADERSHIP, **by_hand)
    shown = app.selectbox(keys.CHOICE_PERIOD).value
    assert shown == (by_hand or {"period": "2026-11"})["period"]

    app.switch_page(page_files.COMPARE)
    app.query_params.clear()
    assert app.run().selectbox(keys.CHOICE_PERIOD).value == "2026-10"
    assert app.run().selectbox(keys.CHOICE_PERIOD).value == "2026-10"
    app.switch_page(page_files.LEADERSHIP)
    app.query_params.clear()
    assert app.run().selectbox(keys.CHOICE_PERIOD).value == shown


def test_leadership_after_compare_opens_on_the_period_that_it_opens_on_at_first(
    empty_store: Path,
) -> None:
    for squad, month in (("Atlas", 10), ("Borea", 10), ("Atlas", 11)):
        store_of(empty_store, assessment(squad=squad, assessed_on=date(2026, month, 3)))
    app = app_on(page_files.COMPARE)
    assert app.run().selectbox(keys.CHOICE_PERIOD).value == "2026-10"
    app.switch_page(page_files.LEADERSHIP)
    app.query_params.clear()
    assert app.run().selectbox(keys.CHOICE_PERIOD).value == "2026-11"


def test_the_mark_of_sample_data_covers_no_real_squad(full_store: Path) -> None:
    assert "Sample data" in text_of(app_on(page_files.LEADERSHIP))

    store_of(full_store, assessment(squad="Mine", assessed_on=date(2026, 10, 2)))
    for page in (page_files.LEADERSHIP, page_files.COMPARE):
        text = text_of(app_on(page))
        assert "6 sample squads" in text
        assert "Sample data" not in text


def test_the_mark_of_sample_data_counts_squads_of_which_only_actions_are_told(
    full_store: Path,
) -> None:
    store_of(full_store, assessment(squad="Mine", assessed_on=date(2026, 11, 20)))

    assert "Actions of 4 sample squads" in text_of(app_on(page_files.LEADERSHIP))


def test_no_heading_stands_above_nothing(empty_store: Path) -> None:
    named = {decision.id: ("cto",) for decision in FRAMEWORK.lenses.decisions}
    for name in ("Atlas", "Boréal"):
        store_of(empty_store, deep_assessment(squad=name, deep={"deciders": named}))

    headings = [heading.value for heading in app_on(page_files.LEADERSHIP).subheader]

    assert "What squads agreed" not in headings
    assert "On which seat decisions end up" in headings


def test_squads_stand_by_name_until_the_reader_sorts_them(empty_store: Path) -> None:
    # Of Boréal arbitration is blurred; of Cobalt vision is propped up; Atlas has no answer at all.
    store_of(
        empty_store,
        assessment(squad="Atlas", answers={}, deep={"deciders": {"cut": ("po",)}}),
        assessment(squad="Cobalt", answers=healthy({"vision-not-restated": "often"})),
        assessment(squad="Boréal", answers=SIDE_MESSAGES | {"mandates-clear": "no"}),
        assessment(squad="Dune", answers=healthy()),
    )
    app = app_on(page_files.LEADERSHIP)
    named = ["Atlas", "Boréal", "Cobalt", "Dune"]
    assert [link.proto.label for link in squad_links(app)] == named

    app.segmented_control(keys.view("order")).set_value("leaks").run()

    sorted_squads = [link.proto.label for link in squad_links(app)]
    assert sorted_squads == ["Boréal", "Cobalt", "Dune", "Atlas"]
    assert app.query_params["order"] == "leaks"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_ends_with_ways_on_and_has_no_second_primary_action(
    language: str, seen_store: Path
) -> None:
    _ = words_in(language).gettext
    app = app_on(page_files.LEADERSHIP, language=language)
    ways = [link.proto for link in app.get("page_link") if link.proto.icon]
    assert [(way.page, way.label) for way in ways] == [("compare", _("Compare these squads"))]
    assert ways[0].query_string.count("squad=") == 6
    assert [button for button in app.button if button.proto.type == "primary"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_stages_and_capped_mean_is_one_tap_away(language: str, seen_store: Path) -> None:
    for page in (page_files.HOME, page_files.LEADERSHIP, page_files.COMPARE):
        app = app_on(page, language=language)
        app.session_state[keys.STAGES_MEANING] = True
        text = text_of(app.run())
        texts = edition_in(language).texts
        assert all(stage.meaning in text for stage in texts.stages.values())
        capped = words_in(language).gettext("* capped: kept below its points by an answer")
        assert capped in text
        ways = [link.proto.query_string for link in app.get("page_link")]
        assert any("view=scores" in way for way in ways)  # what caps a level is the method's


def test_every_fold_of_the_page_has_a_name_of_its_own(seen_store: Path) -> None:
    folds = [fold.label for fold in app_on(page_files.LEADERSHIP).expander]

    assert len(folds) == len(set(folds)) >= 2  # one more a role that has several actions overdue


def test_counts_of_who_decides_say_of_which_squads_they_are(seen_store: Path) -> None:
    # Five of the six squads took the deep check, three of them with several voices.
    app = app_on(page_files.LEADERSHIP)
    text = text_of(app)

    assert app.metric[0].delta == "of 57 that several voices answered, in 3 squads"
    assert "North Star: without a decider in 2 squads" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_format_can_be_taken_away(language: str, seen_store: Path) -> None:
    _ = words_in(language).gettext
    documents = [
        _("Document (PDF)"),
        _("Slides for the board (PowerPoint)"),
        _("Complete slides (PowerPoint)"),
        _("Workbook (Excel)"),
        _("Web page (HTML)"),
    ]
    summed_up = downloads(app_on(page_files.LEADERSHIP, language=language))
    squad = downloads(app_on(page_files.SQUAD, language=language, view="numbers"))

    assert downloads(app_on(page_files.TRENDS, language=language)) == [_("Table (CSV)")]
    assert summed_up == [*documents, f"{_('Heat map')} (PNG)", f"{_('Heat map')} (SVG)"]
    charts = ("Radar", "Bars", "Map")
    pictures = [f"{_(name)} ({kind})" for name in charts for kind in ("PNG", "SVG")]
    agreed = [_("Charter (PDF)"), _("Decision records (ZIP)"), _("Days to keep (ICS)")]
    assert squad == [*documents, *agreed, *pictures, _("Table (CSV)"), _("Map (CSV)")]


def test_a_squad_that_agreed_nothing_has_one_deck_of_slides(empty_store: Path) -> None:
    store_of(empty_store, assessment())
    offered = downloads(app_on(page_files.SQUAD))

    assert [label for label in offered if "PowerPoint" in label] == [
        "Slides, for the board too (PowerPoint)"
    ]


def thirteen_squads(folder: Path) -> AppTest:
    """The page of more squads than a document is drawn of in a few seconds."""
    store_of(folder, *(assessment(squad=f"Squad {number}") for number in range(13)))
    return app_on(page_files.LEADERSHIP)


def test_a_document_of_many_squads_is_made_first_and_then_saved(
    empty_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(take_away, "document", lambda *_kind, **_parts: b"made")
    app = thirteen_squads(empty_store)
    assert "Document (PDF)" not in downloads(app)

    app.button(key=keys.making("pdf")).click().run()

    assert "Document (PDF)" in downloads(app)
    assert "Web page (HTML)" not in downloads(app)
    assert not app.get("progress")


def test_a_document_of_many_squads_tells_how_far_it_is_and_can_be_stopped(
    empty_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def two_squads(kind: str, _briefing: object, *, before_squad: Callable[[], object]) -> bytes:
        asked.append(kind)
        before_squad()
        before_squad()
        st.stop()

    monkeypatch.setattr(take_away, "document", two_squads)
    app = thirteen_squads(empty_store)

    app.button(key=keys.making("web-page")).click().run()
    (bar,) = app.get("progress")
    assert (bar.proto.text, bar.proto.value) == ("Squad 2 of 13", 7)

    app.button(key=keys.FILE_STOP).click().run()
    assert not app.get("progress")
    assert app.button(key=keys.making("web-page"))
    assert asked == ["web-page"]


def test_leadership_reads_what_squads_agreed_and_keep_and_where_decisions_end(
    empty_store: Path,
) -> None:
    today = datetime.now(UTC).date()
    CsvStore(empty_store, FRAMEWORK).add(sample_loaded_on(today, language="en"))
    app = app_on(page_files.LEADERSHIP)
    text = text_of(app)

    assert "6 agreements are in force" in text
    assert "; voices told how 5 agreements work in practice: 2 are kept." in text
    assert "Contested with no agreement in force" not in text
    sentence = "Of 33 decisions that end up with the CTO in 4 squads, 3 belong to a lower seat by"
    assert sentence in text
    assert not alts(app)  # the picture is folded, and made once it is opened
    app.session_state[keys.LEADERSHIP_SEATS] = True
    named = f"Seats by level and by squad: {sentence}"
    assert [alt for alt in alts(app.run()) if alt.startswith(named)]
    app.session_state[keys.as_table("decision_seats")] = True
    (table,) = [element.value for element in app.run().table if "Vision" in element.value.columns]
    assert list(table.columns) == ["Squad", *SHORT_LEVELS]
    assert "PO: 4 of 4" in set(table["Daily"])


def alts(app: AppTest) -> list[str]:
    return [chart.proto.alt for chart in app.get("vega_lite_chart")]


def test_a_seat_that_squads_share_is_told_by_the_name_they_give_it(empty_store: Path) -> None:
    seats = preset_seats(FRAMEWORK, "pm-and-po") | {"cpo": "shared"}
    label = "CPO <b>Payments</b>"
    for squad in ("Atlas", "Boréal"):
        store_of(
            empty_store,
            setup(squad=squad, seats=seats, shared_seats={"cpo": label}),
            deep_assessment(squad=squad, deep={"deciders": {"sprint-content": ("cpo",)}}),
        )

    for language, sentence in (
        ("en", f"Of 2 decisions that end up with the seat “{label}” in 2 squads, 2 belong to a"),
        ("fr", f"Sur 2 décisions que prend « {label} » dans 2 squads, 2 devraient être prises"),
    ):
        app = app_on(page_files.LEADERSHIP, language=language)
        app.session_state[keys.LEADERSHIP_SEATS] = True
        app.run()
        (alt,) = [alt for alt in alts(app) if label in alt]
        kind = words_in(language).gettext("Seats by level and by squad")
        assert " ".join(alt.split()).startswith(
            " ".join(words_in(language).labelled(kind, sentence).split())
        )


def test_sample_data_are_badged_and_real_data_are_not(full_store: Path) -> None:
    store_of(full_store, assessment(squad="Real", answers=healthy()))

    assert "Sample data" in text_of(app_on(page_files.LEADERSHIP, period="2026-10"))
    assert "Sample data" not in text_of(app_on(page_files.LEADERSHIP, squad="Real"))


def test_it_opens_on_squads_of_ones_own_where_sample_data_are_stored_too(full_store: Path) -> None:
    store_of(full_store, assessment(squad="Real", assessed_on=date(2026, 9, 2), answers=healthy()))

    app = app_on(page_files.LEADERSHIP)

    assert app.query_params["period"] == "2026-09"
    assert "Shown: September 2026, the latest without sample data." in text_of(app)


def test_squad_names_are_shown_as_text(empty_store: Path) -> None:
    store_of(empty_store, assessment(squad=HOSTILE), assessment(squad="Atlas"))

    app = app_on(page_files.LEADERSHIP)

    assert not app.exception
    written = [
        element.value
        for element in elements_of(app, "markdown", "header", "subheader", "caption", "info")
    ]
    assert [text for text in written if HOSTILE in text] == []
    assert HOSTILE in text_of(app)


def test_fifty_squads_fit_on_one_page(empty_store: Path) -> None:
    squads = [assessment(squad=f"Squad {number:02}", answers=SIDE_MESSAGES) for number in range(50)]
    store_of(empty_store, *squads)

    app = app_on(page_files.LEADERSHIP)

    assert not app.exception
    assert said(app).startswith("Decisions leak at the Arbitration level in 50 of 50 squads")
    # Twelve rows; the others are made once they are unfolded.
    assert len(squad_links(app)) == 12
    assert "38 more squads" in text_of(app)
    app.session_state[keys.LEADERSHIP_MORE] = True
    assert len(squad_links(app.run())) == 50


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_voices_contest_in_most_squads_is_counted_and_named(
    language: str, empty_store: Path
) -> None:
    for squad in ("Atlas", "Boréal"):
        for voice, role in (("Camille", "cpo"), ("Noor", "po")):
            deep = {"deciders": {"cut": (role,)}}
            store_of(empty_store, assessment(squad=squad, voice=voice, deep=deep))

    app = app_on(page_files.LEADERSHIP, language=language)

    contested = {
        "en": "What is cut: contested in 2 squads",
        "fr": french("Ce que l'on coupe : disputée dans 2 squads"),
    }[language]
    assert contested in text_of(app)
    assert (app.metric[0].value, app.metric[0].delta) == (
        "2",
        {
            "en": "of 2 that several voices answered, in 2 squads",
            "fr": "sur 2 renseignées par plusieurs voix, dans 2 squads",
        }[language],
    )


def test_without_a_deep_check_nothing_is_said_to_be_uncontested(empty_store: Path) -> None:
    store_of(empty_store, assessment(squad="Atlas"), assessment(squad="Boréal"))

    app = app_on(page_files.LEADERSHIP)

    assert app.metric[0].value == "–"
    assert "Where it is least clear who decides" not in text_of(app)


def test_whoever_opens_it_first_sees_a_leaders_own_late_action(empty_store: Path) -> None:
    late = action(decided_on=date(2020, 1, 1), due_on=date(2020, 2, 1), owner="cto")
    store_of(empty_store, assessment(), late)

    app = app_on(page_files.LEADERSHIP)

    assert app.session_state[keys.view("role")] == "cto"
    text = text_of(app)
    assert ":material/schedule: 1 overdue since 1\u00a0Feb\u00a02020" in text
    assert "Overdue, by who has to act" not in text
    assert (
        "1 overdue"
        not in text_of(app_on(page_files.LEADERSHIP, role="cpo")).split(
            "Overdue, by who has to act"
        )[0]
    )


@pytest.mark.usefixtures("protected")
@pytest.mark.parametrize(
    ("language", "choose", "overdue", "also"),
    [
        ("en", "Choose your role", "Overdue, by who has to act", "Also overdue"),
        ("fr", "Choisissez votre rôle", "En retard, selon qui doit agir", "Également en retard"),
    ],
)
def test_whoever_comes_by_a_link_is_shown_nobodys_part_as_theirs_until_they_say_who_they_are(
    language: str, choose: str, overdue: str, also: str, empty_store: Path
) -> None:
    late = {"decided_on": date(2020, 1, 1), "due_on": date(2020, 2, 1)}
    squads = ("Atlas", "Borea")
    store_of(empty_store, *(assessment(squad=name, answers=SIDE_MESSAGES) for name in squads))
    store_of(empty_store, *(action(squad="Atlas", owner=of, **late) for of in ("cpo", "cto")))
    caller = Caller(parameters={"link": known_link(squads=squads)[1], "lang": language})

    app = caller.cold(page_files.LEADERSHIP)
    assert app.session_state[keys.view("role")] is None
    assert choose in text_of(app)
    assert overdue in [heading.value for heading in app.subheader]

    app.segmented_control(keys.view("role")).set_value("cto").run()
    assert app.query_params["role"] == "cto"
    assert choose not in text_of(app)
    assert [heading.value for heading in app.subheader if heading.value.startswith(also)]


def test_overdue_actions_lead_to_their_squads_by_whose_move_they_are(empty_store: Path) -> None:
    # Every one of these days has passed.
    late = action(decided_on=date(2020, 1, 1), due_on=date(2020, 2, 1), owner="pm")
    open_ended = action(decided_on=date(2020, 3, 1), due_on=None, owner="cpo")
    store_of(empty_store, assessment(), late, open_ended, action(squad="Elsewhere"))

    app = app_on(page_files.LEADERSHIP)

    assert (app.metric[2].value, app.metric[2].delta) == ("1", "of 2 open")
    assert "**PM** · 1 overdue since 1\u00a0Feb\u00a02020" in text_of(app)
    links = [link.proto for link in app.get("page_link") if "view=do" in link.proto.query_string]
    assert [(link.label, "squad=Atlas" in link.query_string) for link in links] == [
        ("Atlas · Open one channel for urgent requests", True)
    ]


def test_of_several_squads_with_late_actions_all_stand_behind_one_line(empty_store: Path) -> None:
    names = [f"Squad {number}" for number in range(7)]
    late = {"decided_on": date(2020, 1, 1), "due_on": date(2020, 2, 1), "owner": "pm"}
    store_of(empty_store, *(assessment(squad=name) for name in names))
    store_of(empty_store, *(action(squad=name, **late) for name in names))

    app = app_on(page_files.LEADERSHIP)

    (line,) = [folded for folded in app.expander if folded.label.startswith("**PM** · 7 overdue")]
    assert [link.proto.label for link in line.get("page_link")] == [
        f"{name} · Open one channel for urgent requests · 1\u00a0Feb\u00a02020" for name in names
    ]


def test_an_address_that_asked_to_compare_all_levels_opens_on_the_verdicts_without_a_word(
    full_store: Path,
) -> None:
    app = app_on(page_files.COMPARE, level="all")

    assert app.session_state[keys.view("level")] == "daily"
    assert "no section" not in text_of(app)
    assert "level" not in app.query_params

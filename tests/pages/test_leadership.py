"""The leadership page: what it says, what the URL says, what can be taken away."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assessment.content.loading import shipped_framework
from assessment.languages import words_in
from assessment.ui.session import keys, page_files
from tests.builders import action, assessment
from tests.examples import healthy
from tests.expected import french
from tests.pages.app import LANGUAGES, elements_of, opened, store_of, text_of

FRAMEWORK = shipped_framework()
SIDE_MESSAGES = healthy({"single-channel": "no"})
HOSTILE = "<b>x</b> [l](http://x.y) www.x.org :smile: $a$ `c` *i*"


def said(app: AppTest) -> str:
    """The verdict, as read."""
    return app.header[0].value.replace("\\", "").replace("\u2060", "")


def downloads(app: AppTest) -> list[str]:
    return [button.proto.label for button in app.get("download_button")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_verdict_is_the_heading_and_the_pictures_description(
    language: str, empty_store: Path
) -> None:
    for name in ("Cobalt", "Atlas"):
        store_of(empty_store, assessment(squad=name, answers=SIDE_MESSAGES))
    store_of(empty_store, assessment(squad="Boréal", answers=healthy()))

    app = opened(page_files.LEADERSHIP, language=language)

    verdict = {
        "en": "In most squads decisions leak at Arbitration, above all because urgent requests "
        "often bypass the channel.",
        "fr": french(
            "La plupart des squads perdent des décisions au niveau « Arbitrage », surtout parce "
            "que les demandes urgentes contournent souvent le canal."
        ),
    }[language]
    assert said(app) == verdict
    assert app.get("vega_lite_chart")[0].proto.alt == verdict


def test_it_opens_on_every_squad_by_name_and_on_the_fullest_period_and_says_so(
    empty_store: Path,
) -> None:
    store_of(
        empty_store,
        assessment(squad="Zed", assessed_on=date(2026, 9, 1), answers=healthy()),
        assessment(squad="Atlas", assessed_on=date(2026, 9, 2), answers=healthy()),
        assessment(squad="Atlas", assessed_on=date(2026, 10, 2), answers=healthy()),
    )

    app = opened(page_files.LEADERSHIP)

    assert app.multiselect(keys.CHOICE_SQUADS).value == ["Atlas", "Zed"]
    assert app.query_params["period"] == "2026-09"
    text = text_of(app)
    assert "September 2026 · 2 squads · 2 voices" in text
    assert "September 2026 is the latest period in which the most squads have a check." in text


def test_a_link_names_squads_period_and_quarter(full_store: Path) -> None:
    app = opened(
        page_files.LEADERSHIP, squad=["faro · DEMO", "Atlas · demo"], period="2026-Q4", by="quarter"
    )

    assert app.multiselect(keys.CHOICE_SQUADS).value == ["Faro · demo", "Atlas · demo"]
    # By name, whatever order the link names them in.
    text = text_of(app)
    assert "Q4 2026 · 2 squads" in text
    assert text.index("**Atlas · demo**") < text.index("**Faro · demo**")
    assert text.count("See the whole result") == 0  # links, not buttons
    links = [link.proto.query_string for link in app.get("page_link")]
    assert [link.replace("+", " ").count("period=2026-Q4") for link in links] == [1, 1]
    assert all("by=quarter" in link and "lang=en" in link for link in links)


def test_squads_without_a_check_in_the_period_are_named(full_store: Path) -> None:
    app = opened(page_files.LEADERSHIP, squad=["Atlas · demo", "Faro · demo"], period="2026-06")

    assert "No check in this period: Faro · demo." in text_of(app)
    assert said(app).endswith(".")


def test_what_moved_is_told_squad_by_squad(empty_store: Path) -> None:
    store_of(
        empty_store,
        assessment(squad="Atlas", assessed_on=date(2026, 9, 1), answers=healthy()),
        assessment(squad="Atlas", answers=SIDE_MESSAGES),
        assessment(squad="Boréal", answers=healthy()),
    )

    text = text_of(opened(page_files.LEADERSHIP, period="2026-11"))

    assert "Since the rounds before: 0 levels rose, 3 fell." in text
    assert "Arbitration −27, Daily −12 and Delivery −7 since September 2026" in text
    assert "**Boréal** · no earlier round here" in text


def test_levers_come_with_their_total_gain_owner_squads_and_step(empty_store: Path) -> None:
    for name in ("Atlas", "Boréal"):
        store_of(empty_store, assessment(squad=name, answers=SIDE_MESSAGES))

    text = text_of(opened(page_files.LEADERSHIP))

    # 9.141 points in each of the two squads.
    assert "1. Open one channel for urgent requests" in text
    assert "Up to +18 points, over 2 squads together" in text
    assert "Whose move**  \nPM" in text
    assert "Squads**  \nAtlas and Boréal" in text
    assert "First step, within 30 days**  \nChoose the channel" in text


def test_healthy_squads_have_no_lever_to_pull(empty_store: Path) -> None:
    for name in ("Atlas", "Boréal"):
        store_of(empty_store, assessment(squad=name, answers=healthy()))

    assert "No lever to pull in these squads" in text_of(opened(page_files.LEADERSHIP))


def test_without_squads_it_asks_for_one(full_store: Path) -> None:
    app = opened(page_files.LEADERSHIP)
    app.multiselect(keys.CHOICE_SQUADS).set_value([]).run()

    assert not app.exception
    assert "Choose at least one squad to sum up." in text_of(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_format_can_be_taken_away(language: str, full_store: Path) -> None:
    _ = words_in(language).gettext
    documents = [
        _("Document (PDF)"),
        _("Slides (PowerPoint)"),
        _("Workbook (Excel)"),
        _("Web page (HTML)"),
    ]
    summed_up = downloads(opened(page_files.LEADERSHIP, language=language))
    squad = downloads(opened(page_files.SQUAD, language=language))

    assert summed_up == [*documents, f"{_('Heat map')} (PNG)", f"{_('Heat map')} (SVG)"]
    charts = ("Radar", "Bars", "Map")
    pictures = [f"{_(name)} ({kind})" for name in charts for kind in ("PNG", "SVG")]
    assert squad == [*documents, *pictures, _("Table (CSV)"), _("Map (CSV)")]


def test_sample_data_are_badged_and_real_data_are_not(full_store: Path) -> None:
    store_of(full_store, assessment(squad="Real", answers=healthy()))

    assert "Sample data" in text_of(opened(page_files.LEADERSHIP))
    assert "Sample data" not in text_of(opened(page_files.LEADERSHIP, squad="Real"))


def test_squad_names_are_shown_as_text(empty_store: Path) -> None:
    store_of(empty_store, assessment(squad=HOSTILE), assessment(squad="Atlas"))

    app = opened(page_files.LEADERSHIP)

    assert not app.exception
    written = [
        element.value
        for element in elements_of(app, "markdown", "header", "subheader", "caption", "info")
    ]
    assert [text for text in written if HOSTILE in text] == []
    assert HOSTILE in text_of(app)


def test_fifty_squads_fit_on_one_page(empty_store: Path) -> None:
    squads = [assessment(squad=f"Squad {place:02}", answers=SIDE_MESSAGES) for place in range(50)]
    store_of(empty_store, *squads)

    app = opened(page_files.LEADERSHIP)

    assert not app.exception
    assert said(app).startswith("In most squads decisions leak at Arbitration")
    assert len(app.get("page_link")) == 50


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_decides_is_told_where_the_deep_check_was_taken(
    language: str, empty_store: Path
) -> None:
    for squad in ("Atlas", "Boréal"):
        for voice, role in (("Camille", "cpo"), ("Noor", "po")):
            deep = {"deciders": {"cut": (role,)}}
            store_of(empty_store, assessment(squad=squad, voice=voice, deep=deep))

    app = opened(page_files.LEADERSHIP, language=language)

    # The PO must not decide what is cut: one voice in two fits.
    fit, contested = {
        "en": (
            "Who decides fits least at Arbitration: 50 out of 100 on average over 2 squads.",
            "The decision contested in most squads: What is cut, in 2 of 2 squads.",
        ),
        "fr": (
            french(
                "L'adéquation des décideurs est la plus faible pour Arbitrage : 50 sur 100 en "
                "moyenne sur 2 squads."
            ),
            french(
                "La décision disputée dans la plupart des squads : Ce que l'on coupe, dans 2 "
                "squads sur 2."
            ),
        ),
    }[language]
    text = text_of(app)
    assert fit in text
    assert contested in text
    assert app.get("vega_lite_chart")[1].proto.alt == fit


def test_without_a_deep_check_nothing_is_said_of_who_decides(empty_store: Path) -> None:
    store_of(empty_store, assessment(squad="Atlas"), assessment(squad="Boréal"))

    app = opened(page_files.LEADERSHIP)

    assert "Who decides, squad by squad" not in text_of(app)
    assert len(app.get("vega_lite_chart")) == 1
    assert "No action is open in these squads." in text_of(app)


def test_open_and_overdue_actions_are_counted_by_whose_move_they_are(empty_store: Path) -> None:
    # Every one of these days has passed.
    late = action(decided_on=date(2020, 1, 1), due_on=date(2020, 2, 1), owner="pm")
    open_ended = action(decided_on=date(2020, 3, 1), due_on=None, owner="cpo")
    store_of(empty_store, assessment(), late, open_ended, action(squad="Elsewhere"))

    text = text_of(opened(page_files.LEADERSHIP))

    assert "2 actions are open; 1 is overdue." in text
    assert "**PM** · 1 open since 1 Jan 2020; 1 overdue since 1 Feb 2020 (Atlas)" in text
    assert "**CPO** · 1 open since 1 Mar 2020" in text

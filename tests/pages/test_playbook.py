"""The playbook page: everything to read, a search, and links from the levers."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assessment.content.edition import edition_in
from assessment.ui.session import keys
from tests.builders import assessment
from tests.pages.app import LANGUAGES, opened, store_of, text_of

PAGE = "pages/learn/playbook.py"
SQUAD = "pages/results/squad.py"


def anchors(app: AppTest) -> list[str]:
    return [each.proto.anchor for each in [*app.header, *app.subheader]]


def passages(app: AppTest) -> list[str]:
    return [each.proto.anchor for each in app.subheader]


def links(app: AppTest) -> list[str]:
    """Where the links to other pages lead: page?parameters."""
    return [f"{each.proto.page}?{each.proto.query_string}" for each in app.get("page_link")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_and_passage_stands_under_its_anchor(
    language: str, empty_store: Path
) -> None:
    app = opened(PAGE, language=language)
    playbook, text = edition_in(language).playbook, text_of(app)

    assert passages(app) == [passage.id for passage in playbook.passages]
    assert set(anchors(app)) == {"contents", *playbook.sections, *passages(app)}
    for section in playbook.sections:
        assert f"](#{section})" in text
    for passage in playbook.passages:
        assert f"](#{passage.id})" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_is_told_with_its_article(language: str, empty_store: Path) -> None:
    edition = edition_in(language)
    lines = text_of(opened(PAGE, language=language)).splitlines()

    for passage in edition.playbook.passages:
        for fact in passage.facts:
            told = edition.passage(passage).facts[fact.id]
            badges = " ".join(f":gray-badge[{article}]" for article in fact.sources)
            name = f"**{told.name}.** " if told.name else ""
            assert f"- {badges} {name}{told.text}" in lines


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_three_agendas_can_be_copied(language: str, empty_store: Path) -> None:
    texts = edition_in(language).playbook_texts.passages
    app = opened(PAGE, language=language)

    assert [block.value for block in app.code] == [
        "\n".join(texts[ritual].agenda)
        for ritual in ("product-review", "tech-council", "roadmap-sync")
    ]


def test_a_level_shows_its_deciders_in_both_setups(empty_store: Path) -> None:
    text = text_of(opened(PAGE))

    assert "**Decides, with PM and PO**  \nPO and Tech Lead" in text
    assert "**Decides, with a PM and no PO**  \nPM, EM and Tech Lead" in text
    assert "**Decides, with or without a PO**  \nLeadership, CPO and PM" in text
    assert "**Is consulted**  \nCTO and PO" in text
    assert "**Must not decide**  \nPO, EM, Tech Lead and Team" in text


def test_the_cycle_is_a_picture_that_says_its_steps(empty_store: Path) -> None:
    (chart,) = opened(PAGE, language="fr").get("vega_lite_chart")

    assert chart.proto.alt == (
        "Un cycle en 5 étapes\u00a0: Vision → Impacts → Options → Décisions → Livrables, "
        "puis on recommence."
    )


# Roles side by side -------------------------------------------------------------------------------


def test_pm_and_po_stand_side_by_side_at_first(empty_store: Path) -> None:
    text = text_of(opened(PAGE))

    assert "**PM**  \nVision, Strategy and Arbitration; where there is no PO, also: " in text
    assert "**PO**  \nDaily and Delivery" in text
    assert "**PO**  \nVision, Strategy and Arbitration" in text
    assert "**CTO**  \n" not in text


def test_the_reader_chooses_which_roles_to_compare(empty_store: Path) -> None:
    app = opened(PAGE)
    app.pills(keys.PLAYBOOK_ROLES).set_value(["cpo", "cpto"]).run()
    text = text_of(app)

    assert not app.exception
    assert edition_in("en").texts.roles["cpto"].carries in text
    assert "**CPTO**  \nDelivery" in text
    assert "**CPO**  \nno level" in text
    assert "**PM**  \n" not in text


def test_no_role_chosen_is_no_error(empty_store: Path) -> None:
    app = opened(PAGE)
    app.pills(keys.PLAYBOOK_ROLES).set_value([]).run()

    assert not app.exception
    assert "**PM**  \n" not in text_of(app)


# Search -------------------------------------------------------------------------------------------


def test_a_search_keeps_what_speaks_of_it_and_stands_in_the_address(empty_store: Path) -> None:
    app = opened(PAGE, language="fr")
    app.text_input(keys.PLAYBOOK_SEARCH).set_value("REMUNERATION").run()

    assert passages(app) == ["cpo-pay"]
    assert app.query_params["q"] == "REMUNERATION"
    assert "1 passage trouvé" in text_of(app)


def test_an_address_with_a_search_opens_on_it(empty_store: Path) -> None:
    app = opened(PAGE, q="debt")

    assert app.text_input(keys.PLAYBOOK_SEARCH).value == "debt"
    assert "frontier-rules" in passages(app)
    assert "cpo-pay" not in passages(app)


def test_clearing_a_search_brings_everything_back(empty_store: Path) -> None:
    app = opened(PAGE, q="debt")
    app.text_input(keys.PLAYBOOK_SEARCH).set_value("").run()

    assert len(passages(app)) == 49
    assert "q" not in app.query_params


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_search_that_finds_nothing_says_so(language: str, empty_store: Path) -> None:
    app = opened(PAGE, language=language, q="<b>blockchain</b>")
    told = {
        "en": "No passage speaks of “<b>blockchain</b>”.",
        "fr": "Aucun passage ne parle de «\u202f<b>blockchain</b>\u202f».",
    }

    assert passages(app) == []
    assert told[language] in text_of(app)


def test_an_endless_search_is_cut(empty_store: Path) -> None:
    app = opened(PAGE, q="a" * 500)

    assert not app.exception
    assert app.text_input(keys.PLAYBOOK_SEARCH).value == "a" * 80


# Links to passages --------------------------------------------------------------------------------


def test_a_link_to_a_passage_the_playbook_lacks_says_so_and_shows_it_all(empty_store: Path) -> None:
    app = opened(PAGE, passage="</script><b>x")

    assert "The link names a passage that the playbook lacks: </script><b>x." in text_of(app)
    assert len(passages(app)) == 49
    assert not any("</script><b>x" in each.proto.body for each in app.get("html"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_lever_of_a_result_links_to_its_passage(language: str, empty_store: Path) -> None:
    store_of(empty_store, assessment())
    app = opened(SQUAD, language=language)
    edition = edition_in(language)
    title_of = {
        edition.texts.levers[lever].title: passage
        for lever, passage in edition.playbook.levers.items()
    }
    cards = [card.label.replace("\\", "").partition(". ")[2] for card in app.expander]
    shown = [title_of[title] for title in cards if title in title_of]

    assert shown
    assert links(app) == [f"playbook?lang={language}&passage={passage}" for passage in shown]

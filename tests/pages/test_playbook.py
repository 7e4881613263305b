"""The playbook page: everything to read, a search, and links from the levers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from assessment.content.edition import edition_in
from assessment.languages import LANGUAGES, words_in
from assessment.model.playbook import Passage
from assessment.ui.session import keys
from tests.builders import assessment
from tests.pages.app import app_on, store_of, text_of

PAGE = "pages/learn/playbook.py"
SQUAD = "pages/results/squad.py"
PLAYBOOK = edition_in("en").playbook
CHAPTERS = PLAYBOOK.sections


def passages(app: AppTest) -> list[str]:
    """The passages on the page, by their anchors."""
    return [subheader.proto.anchor for subheader in app.subheader]


def index(app: AppTest) -> list[str]:
    """The chapters that the index leads to, by their ids."""
    return [link.partition("view=")[2] for link in links(app) if "view=" in link]


def links(app: AppTest) -> list[str]:
    """Where the links to other pages lead: page?parameters."""
    return [
        f"{element.proto.page}?{element.proto.query_string}" for element in app.get("page_link")
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_stands_by_itself_under_its_anchor_beside_the_index(
    chapter: str, language: str, empty_store: Path
) -> None:
    app = app_on(PAGE, language=language, view=chapter)
    texts = edition_in(language).playbook_texts.sections

    (heading,) = app.header
    assert (heading.proto.anchor, heading.value.replace("\\", "")) == (
        chapter,
        texts[chapter].title,
    )
    assert passages(app) == [passage.id for passage in PLAYBOOK.passages_of(chapter)]
    others = [other for other in [*CHAPTERS, "sources"] if other != chapter]
    following = [*CHAPTERS, "sources"][CHAPTERS.index(chapter) + 1]
    assert index(app) == [*others, following]


def test_roles_side_by_side_come_first_then_the_agendas(empty_store: Path) -> None:
    app = app_on(PAGE)

    assert passages(app) == ["side-by-side"]
    assert index(app)[0] == "agendas"


def test_a_chapter_the_playbook_lacks_is_told_and_the_first_is_shown(empty_store: Path) -> None:
    app = app_on(PAGE, view="<b>tempo</b>")

    assert "This page has no section “<b>tempo</b>”; you see “Roles side by side”." in text_of(app)
    assert passages(app) == ["side-by-side"]


@pytest.mark.parametrize("passage", PLAYBOOK.passages, ids=lambda passage: passage.id)
def test_a_link_to_a_passage_opens_its_chapter(passage: Passage, empty_store: Path) -> None:
    assert passage.id in passages(app_on(PAGE, passage=passage.id))


def marks_in(line: str) -> list[str]:
    return re.findall(r":gray-badge\[(.*?)\]", line)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_fact_is_told_and_its_article_is_marked_once_where_it_is_that_of_the_passage(
    chapter: str, language: str, empty_store: Path
) -> None:
    edition, ours = edition_in(language), words_in(language).gettext("ours")
    text = text_of(app_on(PAGE, language=language, view=chapter))
    lines = [line for line in text.splitlines() if line.startswith("- ")]
    marks_by_line = {line.partition("\u00a0:gray-badge")[0]: marks_in(line) for line in lines}

    for passage in edition.playbook.passages_of(chapter):
        for fact in passage.facts:
            wording = edition.passage(passage).facts[fact.id]
            line = f"- **{wording.name}.** {wording.text}" if wording.name else f"- {wording.text}"
            marks = [*fact.sources, *[ours] * fact.ours]
            is_marked_later = passage.has_one_mark and fact != passage.facts[-1]
            assert marks_by_line[line] == ([] if is_marked_later else marks), fact.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_articles_are_credited_once_and_what_is_ours_is_named(
    language: str, empty_store: Path
) -> None:
    text = text_of(app_on(PAGE, language=language, view="sources"))
    day = {"en": "updated on 19\u00a0Nov\u00a02025", "fr": "mis à jour le 19\u00a0nov.\u00a02025"}

    assert text.count("CTO, CPO, PM\u00a0: rôles et responsabilités") == 1
    assert "Yield · Cyrille, Chief Product Officer & Co-Founder" in text
    assert day[language] in text
    assert words_in(language).gettext("What is ours") in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_three_agendas_can_be_copied(language: str, empty_store: Path) -> None:
    texts = edition_in(language).playbook_texts.passages
    app = app_on(PAGE, language=language, view="agendas")

    assert [block.value for block in app.code] == [
        "\n".join(texts[ritual].agenda)
        for ritual in ("product-review", "tech-council", "roadmap-sync")
    ]


def test_a_level_shows_its_deciders_in_both_setups(empty_store: Path) -> None:
    text = text_of(app_on(PAGE, view="who-decides"))

    assert "**Decides, with PM and PO**  \nPO and Tech Lead" in text
    assert "**Decides, with a PM and no PO**  \nPM, EM and Tech Lead" in text
    assert "**Decides, with or without a PO**  \nLeadership, CPO and PM" in text
    assert "**Is consulted**  \nCTO and PO" in text
    assert "**Must not decide** :gray-badge[ours]  \nPO, EM, Tech Lead and Team" in text


def test_the_cycle_is_a_picture_that_says_its_steps(empty_store: Path) -> None:
    (chart,) = app_on(PAGE, language="fr", view="tempo").get("vega_lite_chart")

    assert chart.proto.alt == (
        "Un cycle en 5 étapes\u00a0: Vision → Impacts → Options → Décisions → Livrables, "
        "puis on recommence."
    )


# Roles side by side -------------------------------------------------------------------------------


def test_pm_and_po_stand_side_by_side_at_first(empty_store: Path) -> None:
    text = text_of(app_on(PAGE))

    assert "**PM**  \nVision, Strategy and Arbitration; where there is no PO, also: " in text
    assert "**PO**  \nDaily and Delivery" in text
    assert "**PO**  \nVision, Strategy and Arbitration" in text
    assert "**CTO**  \n" not in text


def test_the_reader_chooses_which_roles_to_compare(empty_store: Path) -> None:
    app = app_on(PAGE)
    app.pills(keys.PLAYBOOK_ROLES).set_value(["cpo", "cpto"]).run()
    text = text_of(app)

    assert not app.exception
    assert edition_in("en").texts.roles["cpto"].carries in text
    assert "**CPTO**  \nDelivery" in text
    assert "**CPO**  \nno level" in text
    assert "**PM**  \n" not in text


def test_no_role_chosen_is_no_error(empty_store: Path) -> None:
    app = app_on(PAGE)
    app.pills(keys.PLAYBOOK_ROLES).set_value([]).run()

    assert not app.exception
    assert "**PM**  \n" not in text_of(app)


# Search -------------------------------------------------------------------------------------------


def lines_found(app: AppTest) -> dict[str, str]:
    """What a search shows: a line for each passage, by its id."""
    return {
        link.proto.query_string.partition("passage=")[2]: link.proto.label.replace("\\", "")
        for link in app.get("page_link")
        if "passage=" in link.proto.query_string
    }


def test_a_search_shows_one_line_a_hit_and_stands_in_the_address(empty_store: Path) -> None:
    app = app_on(PAGE, language="fr")
    app.text_input(keys.PLAYBOOK_SEARCH).set_value("REMUNERATION").run()

    assert list(lines_found(app)) == ["cpo-pay"]
    assert lines_found(app)["cpo-pay"].startswith(
        "**La :primary-background[rémunération] en France** · "
    )
    assert passages(app) == []
    assert app.query_params["q"] == "REMUNERATION"
    assert "1 passage trouvé" in text_of(app)


def test_an_address_with_a_search_opens_on_it(empty_store: Path) -> None:
    app = app_on(PAGE, q="debt")

    assert app.text_input(keys.PLAYBOOK_SEARCH).value == "debt"
    assert "frontier-rules" in lines_found(app)
    assert "cpo-pay" not in lines_found(app)


def test_clearing_a_search_brings_the_chapter_back(empty_store: Path) -> None:
    app = app_on(PAGE, q="debt", view="tempo")
    app.text_input(keys.PLAYBOOK_SEARCH).set_value("").run()

    assert "shared-cycle" in passages(app)
    assert "q" not in app.query_params


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_search_that_finds_nothing_says_so(language: str, empty_store: Path) -> None:
    app = app_on(PAGE, language=language, q="<b>blockchain</b>")
    sentence = {
        "en": "No passage speaks of “<b>blockchain</b>”.",
        "fr": "Aucun passage ne parle de «\u202f<b>blockchain</b>\u202f».",
    }

    assert passages(app) == []
    assert sentence[language] in text_of(app)


def test_an_endless_search_is_cut(empty_store: Path) -> None:
    app = app_on(PAGE, q="a" * 500)

    assert not app.exception
    assert app.text_input(keys.PLAYBOOK_SEARCH).value == "a" * 80


# Links to passages --------------------------------------------------------------------------------


def test_a_link_to_a_passage_the_playbook_lacks_says_so_and_shows_the_first_chapter(
    empty_store: Path,
) -> None:
    app = app_on(PAGE, passage="</script><b>x")

    assert "The link names a passage that the playbook lacks: </script><b>x." in text_of(app)
    assert passages(app) == ["side-by-side"]
    assert not any("</script><b>x" in element.proto.body for element in app.get("html"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_lever_of_a_result_links_to_its_passage(language: str, empty_store: Path) -> None:
    store_of(empty_store, assessment())
    app = app_on(SQUAD, language=language)
    edition = edition_in(language)
    title_of = {
        edition.texts.levers[lever].title: passage
        for lever, passage in edition.playbook.levers.items()
    }
    cards = [card.label.replace("\\", "").partition(". ")[2] for card in app.expander]
    shown = [title_of[title] for title in cards if title in title_of]

    assert shown
    assert links(app) == [f"playbook?lang={language}&passage={passage}" for passage in shown]

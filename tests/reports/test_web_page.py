"""The take-away as one HTML file, parsed; tests/browser opens it in Chromium."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from assessment.content.edition import edition_in
from assessment.languages import bound
from assessment.reports.document import PAPER
from assessment.reports.web_page import web_page
from assessment.wording.briefing import squad_briefing
from tests.reports.briefings import (
    HOSTILE,
    HTML,
    IN_EVERY_LANGUAGE,
    TODAY,
    briefing,
    few,
    few_page,
    healthy_squads,
    mapped,
    mapped_company,
)

VOID = {"meta", "link", "img", "br", "hr", "input"}


class Page(HTMLParser):
    """The elements of a page with their attributes, its text, and what was left open."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(data.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def links_of(page: Page) -> list[str]:
    """Where links lead, but for the one back to the top."""
    links = [str(attributes["href"]) for tag, attributes in page.elements if tag == "a"]
    assert links.pop() == "#top"
    return links


@IN_EVERY_LANGUAGE
def test_it_says_its_language_title_and_verdicts(language: str) -> None:
    take_away = few(language)

    page = Page(few_page(language))

    assert page.open == []
    assert ("html", {"lang": language}) in page.elements
    assert bound(take_away.title) in page.text
    assert [tag for tag, _ in page.elements].count("h1") == 1
    for part in take_away.squads:
        assert bound(part.verdict) in page.text
    assert page.text.count(take_away.badge or "?") == 1 + 3 + 2


def test_it_holds_no_script_and_names_no_address() -> None:
    page = Page(web_page(briefing(*HOSTILE)))

    kinds = {tag for tag, _ in page.elements}
    assert not kinds & {"script", "img", "link", "iframe", "object", "embed", "form", "base"}
    attributes = [pair for _, of_element in page.elements for pair in of_element.items()]
    assert [name for name, _ in attributes if name.startswith("on")] == []
    targets = [value for name, value in attributes if name in {"href", "src", "xlink:href"}]
    assert [value for value in targets if not (value or "").startswith("#")] == []
    # The face of headings stands inside.
    loaded = re.findall(r"url\(\s*['\"]?(?!#)([^;)]*)", web_page(briefing("A")).decode())
    assert loaded == ["data:font/ttf"]


def test_charts_stand_inside_and_say_what_they_show() -> None:
    page = Page(web_page(briefing("A", "B", "C")))

    pictures = [attributes for _, attributes in page.elements if attributes.get("role") == "img"]
    assert [tag for tag, _ in page.elements].count("svg") == len(pictures) == 6
    assert "C, Arbitration: 73\u00a0out of 100" in (pictures[-1]["aria-label"] or "")


def test_every_name_in_the_table_leads_to_its_squad() -> None:
    page = Page(web_page(briefing("A", "B")))

    links = links_of(page)
    ids = [f"#{attributes['id']}" for tag, attributes in page.elements if tag == "section"]
    assert links == ids == ["#squad-0", "#squad-1"]


def test_the_deep_check_has_a_section_of_its_own_that_the_overview_leads_to() -> None:
    page = Page(web_page(mapped("A", "B")))

    links = links_of(page)
    ids = [f"#{attributes['id']}" for tag, attributes in page.elements if tag == "section"]
    assert sorted(links) == sorted(ids)
    assert "#squad-1-who-decides" in links
    assert page.text.count("Voices differ most on who decides “What is cut”") == 2


def test_the_deep_check_shows_its_map_and_tells_everything() -> None:
    mandate = f"Decides {HTML}"

    page = Page(web_page(mapped("Atlas", mandates={"pm": mandate})))

    pictures = [
        attributes["aria-label"] or ""
        for _, attributes in page.elements
        if attributes.get("role") == "img"
    ]
    assert len(pictures) == 2 + 3
    assert "What is cut: CPO (1), CTO (1), PM (1) and PO (1), fit 50." in pictures[2]
    assert mandate in page.text
    assert "What is cut: 1\u00a0of 2\u00a0voices says that the PO decides" in page.text
    assert "What helps: Settle trade-offs before the sprint" in page.text
    assert "Voices differ most on who decides “What is cut”" in page.text
    assert "Days to make a trade-off call: 4\u00a0days" in page.text
    # The squad's own fold, and within it two tables.
    assert [tag for tag, _ in page.elements].count("details") == 1 + 2
    assert "Camille" not in page.text


def test_each_of_several_squads_is_folded_under_its_verdict_and_a_single_one_is_not() -> None:
    page = Page(web_page(mapped("A", "B")))

    folded = [at for tag, at in page.elements if tag == "details" and at.get("class") == "squad"]
    assert len(folded) == 2
    assert not any("open" in attributes for attributes in folded)

    alone = squad_briefing(edition_in("en"), mapped_company("A").results[0], today=TODAY)
    classes = [at.get("class") for tag, at in Page(web_page(alone)).elements if tag == "details"]
    assert classes == [None, None]


def test_headers_say_what_they_are_where_a_phone_lays_a_table_out_anew() -> None:
    page = Page(web_page(mapped("A", "B")))

    headers = [(at.get("scope"), at.get("role")) for tag, at in page.elements if tag == "th"]
    assert {*headers} == {("col", "columnheader"), ("row", "rowheader")}


@IN_EVERY_LANGUAGE
def test_chips_and_the_scale_stand_as_on_the_pages(language: str) -> None:
    take_away = few(language)

    page = Page(few_page(language))

    for part in take_away.squads:
        for chip in (*part.overdue, *part.chips):
            assert bound(chip.text) in page.text
    classes = [attributes.get("class") for tag, attributes in page.elements if tag == "ul"]
    assert classes.count("chips") == sum(
        bool(part.overdue + part.chips) for part in take_away.squads
    )
    assert classes.count("scale") == 1 + 3


def test_squads_without_a_lever_are_told_why() -> None:
    text = " ".join(Page(web_page(healthy_squads())).text.split())
    assert (
        "What to do first No lever to pull: every answer is healthy. "
        "Check again next month." in text
    )


def test_only_levels_have_the_colours_of_stages() -> None:
    written = web_page(mapped("Atlas", "Borea")).decode()

    _levels, fit = re.findall(r"<table class=.heat.*?</table>", written, flags=re.DOTALL)
    fills = set(re.findall(r"background:(#\w+)", fit))
    assert fills == {PAPER.track}
    assert "3/4·88" in fit
    assert written.index("The worse of the two makes the cell stand out") > written.index("3/4·88")

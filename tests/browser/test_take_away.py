"""What leaves the product, opened where it is meant to be read; and how it is fetched."""

from __future__ import annotations

from html import unescape
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

import pikepdf
import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Dialog, Page, expect
from pptx import Presentation

from assessment.content.edition import edition_in
from assessment.languages import LANGUAGES, bound, words_in
from assessment.reports.web_page import web_page
from assessment.wording.briefing import squad_briefing
from tests.browser.server import settled
from tests.browser.visitor import DESK, PHONE, violations, visit
from tests.builders import action
from tests.reports.briefings import (
    EMOJI,
    FEW,
    HOSTILE,
    TODAY,
    few,
    few_page,
    hostile_page,
    mapped,
    mapped_company,
    saved,
)

PATIENCE = 90_000
"""Milliseconds that a file may take on a machine that others work on."""

WIDTH = "document.documentElement.scrollWidth"

SIDEWAYS = """[...document.querySelectorAll("section > .wide")]
  .map(table => table.scrollWidth > table.clientWidth)"""


class Offline:
    """A page opened from a file, without a network; it keeps what it asked for and what it said."""

    def __init__(self, browser: Browser, file: Path) -> None:
        context = browser.new_context(viewport=DESK)
        context.set_offline(True)
        self.page: Page = context.new_page()
        self.asked: list[str] = []
        self.said: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("dialog", self._dismiss)
        self.page.goto(file.as_uri())

    def _dismiss(self, dialog: Dialog) -> None:
        self.said.append("dialog")
        dialog.dismiss()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_web_page_opens_offline(language: str, browser: Browser, tmp_path: Path) -> None:
    take_away = few(language)
    file = saved(tmp_path, "a.html", few_page(language))

    offline = Offline(browser, file)

    expect(offline.page.locator("h1")).to_have_text(take_away.verdict)
    assert offline.page.title() == bound(take_away.title)
    assert offline.page.evaluate("document.documentElement.lang") == language
    expect(offline.page.locator("details.squad[open]")).to_have_count(0)
    for name in (part.squad for part in take_away.squads):
        # A name leads into its squad, and opens it.
        offline.page.get_by_role("link", name=name, exact=True).first.click()
    expect(offline.page.locator("details.squad[open]")).to_have_count(3)
    for viewport in (DESK, PHONE):
        offline.page.set_viewport_size(viewport)
        boxes = offline.page.locator("svg").evaluate_all(
            "all => all.map(each => each.getBoundingClientRect()).map(at => [at.width, at.right])"
        )
        # Three squads with bars and radar; two of them took the deep check.
        assert len(boxes) == 3 * 2 + 2 * 3
        assert min(width for width, _ in boxes) > 200
        assert max(right for _, right in boxes) <= viewport["width"]
        assert offline.page.evaluate(WIDTH) <= viewport["width"]
        assert offline.page.evaluate(SIDEWAYS) == [False] * 3  # no level's last cell is cut
    assert offline.asked == [file.as_uri()]
    assert offline.said == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_captions_of_the_web_page_run_over_two_lines_at_most(
    language: str, browser: Browser, tmp_path: Path
) -> None:
    page = Offline(browser, saved(tmp_path, "a.html", few_page(language))).page
    for width in (320, 390, 768):
        page.set_viewport_size({"width": width, "height": 844})

        heights = page.locator("caption").evaluate_all(
            "captions => captions.map(caption => [caption.textContent, caption.offsetHeight])"
        )

        assert len(heights) == 2
        assert [(text, height) for text, height in heights if height > 60] == []
        assert page.evaluate(WIDTH) <= width


def test_hostile_names_do_nothing_in_the_web_page(browser: Browser, tmp_path: Path) -> None:
    file = saved(tmp_path, "a.html", hostile_page())

    offline = Offline(browser, file)

    assert offline.page.locator("script, img, iframe").count() == 0
    for viewport in (DESK, PHONE):
        offline.page.set_viewport_size(viewport)
        for name in HOSTILE:
            expect(offline.page.get_by_role("link", name=name, exact=True)).to_have_count(1)
        assert offline.page.evaluate(WIDTH) <= viewport["width"]
    assert offline.asked == [file.as_uri()]
    assert offline.said == []


def test_the_web_page_has_no_accessibility_violation(browser: Browser, tmp_path: Path) -> None:
    page = Offline(browser, saved(tmp_path, "a.html", few_page("fr"))).page
    for viewport in (DESK, PHONE):
        page.set_viewport_size(viewport)
        wrong = [(each["id"], each["nodes"][0]["target"]) for each in violations(page)]
        assert wrong == []


def test_every_cell_of_the_web_page_has_a_header_on_a_phone_too(
    browser: Browser, tmp_path: Path
) -> None:
    page = Offline(browser, saved(tmp_path, "a.html", few_page("en"))).page
    page.locator("details").evaluate_all("all => all.forEach(each => (each.open = true))")
    for viewport in (DESK, PHONE):
        page.set_viewport_size(viewport)
        tables = page.get_by_role("table").all()
        # Levels and fit by squad; each squad's levels; of two squads the deep check's tables.
        assert len(tables) == 2 + 3 + 2 * 2
        for table in tables:
            counts = {
                role: table.get_by_role(role).count()
                for role in ("row", "columnheader", "rowheader", "cell")
            }
            rows = counts["row"] - 1
            assert counts["rowheader"] == rows
            assert counts["rowheader"] + counts["cell"] == rows * counts["columnheader"]
        # What only whoever listens is told takes no room.
        assert page.evaluate(WIDTH) <= viewport["width"]


def test_the_web_page_prints_each_squad_on_a_sheet_of_its_own(
    browser: Browser, tmp_path: Path
) -> None:
    take_away = mapped("Atlas", EMOJI, actions=[action(), action(lever="seat-a-po")])
    offline = Offline(browser, saved(tmp_path, "a.html", web_page(take_away)))

    printed = saved(tmp_path, "a.pdf", offline.page.pdf(format="A4"))

    # The overview; then each squad, and each deep check.
    with pikepdf.open(printed) as document:
        assert len(document.pages) == 1 + 2 * 2


def test_a_squad_alone_prints_below_its_verdict(browser: Browser, tmp_path: Path) -> None:
    (result,) = mapped_company("Atlas").results
    take_away = squad_briefing(edition_in("en"), result, today=TODAY)
    page = Offline(browser, saved(tmp_path, "a.html", web_page(take_away))).page
    with pikepdf.open(BytesIO(page.pdf(format="A4"))) as document:
        assert len(document.pages) == 2


def test_leadership_reads_takes_everything_away_by_buttons_that_turn_and_goes_into_a_squad(
    browser: Browser, sample_app: str, tmp_path: Path
) -> None:
    language = "fr"  # not the one in which messages are written
    link = f"leadership?{urlencode({'lang': language, 'squad': FEW}, doseq=True)}"
    visitor = visit(browser, sample_app, link, language=language, viewport=PHONE)
    take_away = few(language)
    expect(visitor.page.locator("h2").first).to_have_text(take_away.verdict)

    files: dict[str, Path] = {}
    visitor.click("Share and export")
    first, *others = (
        "Document (PDF)",
        "Slides for the board (PowerPoint)",
        "Complete slides (PowerPoint)",
        "Workbook (Excel)",
        "Web page (HTML)",
    )
    button = visitor.page.get_by_role("button", name=visitor.words(first), exact=True)
    with visitor.page.expect_download(timeout=PATIENCE) as download:
        button.press("Enter")
        expect(button).to_be_disabled()  # it turns while its file is made
    expect(button).to_be_enabled(timeout=PATIENCE)
    expect(button).to_be_focused()
    downloads = [download.value]
    heat_map = words_in(language).gettext("Heat map")
    for label in (*map(visitor.words, others), f"{heat_map} (PNG)", f"{heat_map} (SVG)"):
        with visitor.page.expect_download(timeout=PATIENCE) as download:
            visitor.page.get_by_role("button", name=label, exact=True).click()
        downloads.append(download.value)
    for file in downloads:
        path = tmp_path / file.suggested_filename
        file.save_as(path)
        files[path.suffix] = path
    with pikepdf.open(files[".pdf"]) as document:
        assert str(document.docinfo["/Title"]) == take_away.title
    assert Presentation(str(files[".pptx"])).core_properties.title == take_away.title[:255]
    assert load_workbook(files[".xlsx"]).worksheets[0]["A1"].value == take_away.verdict
    page = files[".html"].read_text("utf-8")
    assert bound(take_away.verdict) in page
    assert take_away.squads[0].deep is not None
    assert bound(take_away.squads[0].deep.verdict) in unescape(page)
    assert files[".png"].read_bytes().startswith(b"\x89PNG")
    assert b"<svg" in files[".svg"].read_bytes()

    visitor.page.keyboard.press("Escape")
    visitor.page.get_by_role("link", name=take_away.squads[0].squad).first.click()
    expect(visitor.page.locator("h1")).to_have_text(take_away.squads[0].squad)
    settled(visitor.page)
    expect(visitor.page.locator("h2").first).to_have_text(take_away.squads[0].verdict)
    assert f"lang={language}" in visitor.page.url
    assert "period=2026-10" in visitor.page.url

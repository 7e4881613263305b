"""What people do, from the first answer to the trend, in a real browser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from assessment.framework import shipped_framework, shipped_texts
from assessment.languages import words_in
from assessment.samples import sample_assessments
from assessment.storage.csv_store import CsvStore
from tests.browser.server import settled
from tests.builders import assessment

pytestmark = pytest.mark.xdist_group("browser")

FRAMEWORK = shipped_framework()
HEALTHY = {i.id: "yes" if i.scale == "clarity" else "not-seen" for i in FRAMEWORK.items}
PHONE = {"width": 390, "height": 844}
PATHS = (
    *("", "deep-check", "squad", "compare", "trends", "leadership"),
    *("playbook", "method", "data"),
)
HOSTILE = "<img src=x onerror=alert(1)> [l](http://x.y) www.x.org a@x.org **b** :smile:"


@dataclass(frozen=True)
class Visitor:
    """Someone on a page, who clicks on what they read in their language."""

    page: Page
    language: str

    def words(self, message: str) -> str:
        return words_in(self.language).gettext(message)

    def click(self, message: str) -> None:
        self.page.get_by_role("button", name=self.words(message), exact=True).click()
        settled(self.page)

    def answer(self, item_id: str, option_id: str) -> None:
        """Click one answer under the question that asks it."""
        texts = shipped_texts(self.language)
        group = self.page.locator(f".st-key-check-answer-{item_id}")
        group.get_by_role("radio", name=texts.options[option_id], exact=True).click()

    def answer_all(self, answers: dict[str, str]) -> None:
        """Walk the three steps, answering each item with one click."""
        for module in FRAMEWORK.modules:
            for place, item in enumerate(FRAMEWORK.items_of(module.id), start=1):
                self.answer(item.id, answers[item.id])
                self.reads(self._progress(self._before(module.id) + place))
            last = module is FRAMEWORK.modules[-1]
            self.click("See the result" if last else "Next step")

    def goes_to(self, title: str) -> None:
        self.page.get_by_role("link", name=self.words(title), exact=True).click()
        expect(self.page.locator("h1")).to_have_text(self.words(title))
        settled(self.page)

    def reads(self, text: str) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible()

    def _before(self, module_id: str) -> int:
        modules = [module.id for module in FRAMEWORK.modules]
        earlier = modules[: modules.index(module_id)]
        return sum(len(FRAMEWORK.items_of(module)) for module in earlier)

    def _progress(self, answered: int) -> str:
        message = "{answered} of {items} answered"
        text = words_in(self.language).ngettext(message, message, answered)
        return text.format(answered=answered, items=len(FRAMEWORK.items))


def visit(
    browser: Browser,
    address: str,
    path: str = "",
    *,
    language: str = "en",
    viewport: dict[str, int] | None = None,
    dark: bool = False,
) -> Visitor:
    context = browser.new_context(
        locale="fr-FR" if language == "fr" else "en-GB",
        viewport=viewport or {"width": 1280, "height": 900},
        color_scheme="dark" if dark else "light",
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto(f"{address}/{path}")
    return Visitor(settled(page), language)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_manager_does_the_whole_job(
    language: str, browser: Browser, app: str, tmp_path: Path
) -> None:
    CsvStore(tmp_path, FRAMEWORK).add(
        [
            assessment(squad="Équipe Paiements", assessed_on=date(2026, 9, 3), answers=HEALTHY),
            assessment(squad="Boréal", assessed_on=date.today(), answers=HEALTHY),  # noqa: DTZ011
        ]
    )
    visitor = visit(browser, app, language=language)
    assert visitor.page.evaluate("document.documentElement.lang") == language
    visitor.answer_all(HEALTHY | {"single-channel": "no", "rituals-decide": "partly"})
    trouble = shipped_texts(language).items["single-channel"].often
    visitor.reads(trouble)

    # Without Enter: leaving the field for the button is enough.
    visitor.page.get_by_label(visitor.words("Or a new squad's name")).fill("équipe  paiements")
    visitor.click("Save")
    expect(visitor.page.locator("h1")).to_have_text(visitor.words("Squad"))
    visitor.reads(visitor.words("Saved for {squad}.").format(squad="Équipe Paiements"))
    visitor.reads(trouble)
    assert "squad=" in visitor.page.url

    visitor.goes_to("Compare")
    expect(visitor.page.locator("table").first).to_contain_text("Boréal")
    expect(visitor.page.locator("table").first).to_contain_text("Équipe Paiements")
    visitor.goes_to("Squad")
    visitor.goes_to("Trends")
    visitor.page.goto(f"{app}/trends?squad=Équipe Paiements&lang={language}")
    settled(visitor.page)
    visitor.reads(visitor.words("Since last time"))
    level = shipped_texts(language).levels["arbitration"].name
    # Arbitration: (11 - 3 - 1) / 11 = 63.6, from 100.
    visitor.reads(level)
    visitor.reads("−36")
    assert [each.squad for each in CsvStore(tmp_path, FRAMEWORK).read().assessments] == [
        "Équipe Paiements",
        "Boréal",
        "équipe  paiements",
    ]


def test_answers_survive_a_language_switch_and_page_changes(browser: Browser, app: str) -> None:
    visitor = visit(browser, app)
    visitor.answer("mandates-clear", "partly")
    visitor.reads("1 of 14 answered")
    visitor.page.get_by_text("Français", exact=True).click()
    french = Visitor(visitor.page, "fr")
    french.reads("1 réponse sur 14")
    french.goes_to("Method")
    french.goes_to("Quick check")
    french.reads("1 réponse sur 14")
    chosen = french.page.locator(".st-key-check-answer-mandates-clear [aria-checked=true]")
    expect(chosen).to_have_text("En partie")


def test_leaving_is_asked_about_only_while_answers_are_not_saved(
    browser: Browser, app: str
) -> None:
    visitor = visit(browser, app)
    asked: list[str] = []
    visitor.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    visitor.page.reload()
    settled(visitor.page)
    visitor.answer("mandates-clear", "yes")
    visitor.reads("1 of 14 answered")
    visitor.page.evaluate("location.reload()")
    visitor.page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    visitor.reads("1 of 14 answered")
    visitor.goes_to("Method")
    visitor.goes_to("Quick check")

    visitor.page.get_by_text("Result", exact=True).click()
    visitor.page.get_by_label(visitor.words("The squad's name")).fill("Atlas")
    visitor.click("Save")
    expect(visitor.page.locator("h1")).to_have_text("Squad")
    settled(visitor.page)
    visitor.page.reload()
    settled(visitor.page)
    assert asked == ["beforeunload"]


def test_a_link_opened_first_thing_after_a_start_shows_its_page(browser: Browser, app: str) -> None:
    visitor = visit(browser, app, "method?lang=fr", language="fr")
    expect(visitor.page.get_by_text("Page not found")).to_have_count(0)
    expect(visitor.page.locator("h1")).to_have_text("Méthode")


def test_what_people_write_is_shown_as_text_everywhere(
    browser: Browser, app: str, tmp_path: Path
) -> None:
    CsvStore(tmp_path, FRAMEWORK).add(
        [
            assessment(squad=HOSTILE, voice=HOSTILE, note=HOSTILE, answers=HEALTHY),
            assessment(squad=HOSTILE, answers=HEALTHY | {"single-channel": "no"}),
            assessment(squad="Atlas", answers=HEALTHY),
        ]
    )
    visitor = visit(browser, app)
    dialogs: list[str] = []
    visitor.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for path in ("squad", "compare", "trends", "leadership", "data"):
        visitor.page.goto(f"{app}/{path}")
        settled(visitor.page)
        main = visitor.page.locator("[data-testid=stMain]")
        hosts = main.locator("a").evaluate_all("links => links.map(link => link.hostname)")
        assert set(hosts) <= {"127.0.0.1"}, path
        assert main.locator("img[src='x']").count() == 0, path
    visitor.page.goto(f"{app}/squad?squad={HOSTILE.replace(' ', '%20')}")
    settled(visitor.page)
    heading = visitor.page.locator("p", has_text="<img").first.text_content() or ""
    assert heading.replace("\u2060", "").startswith(HOSTILE)
    assert dialogs == []


@pytest.mark.parametrize("dark", [False, True])
def test_every_page_fits_a_phone(
    dark: bool,
    browser: Browser,
    app: str,
    tmp_path: Path,
) -> None:
    CsvStore(tmp_path, FRAMEWORK).add(sample_assessments())
    visitor = visit(browser, app, viewport=PHONE, dark=dark)
    for path in PATHS:
        visitor.page.goto(f"{app}/{path}")
        settled(visitor.page)
        width = visitor.page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
        assert width <= PHONE["width"], path


def test_downloads_hold_what_the_page_shows(browser: Browser, app: str, tmp_path: Path) -> None:
    CsvStore(tmp_path, FRAMEWORK).add(sample_assessments())
    visitor = visit(browser, app, "squad?squad=Atlas%20%C2%B7%20demo&period=2026-10")
    found = {}
    for label in ("Radar (PNG)", "Bars (PNG)", "Table (CSV)"):
        with visitor.page.expect_download() as download:
            visitor.page.get_by_role("button", name=label).click()
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        found[path.suffix] = path.read_bytes()
    assert found[".png"].startswith(b"\x89PNG")
    lines = found[".csv"].decode("utf-8-sig").splitlines()
    assert lines[0] == (
        "squad,level,level_name,score,stage,stage_name,coverage,limits,period,voices,sample"
    )
    assert len(lines) == 6
    assert all(line.endswith(",2026-10,3,yes") for line in lines[1:])


@pytest.mark.parametrize(("dark", "viewport"), [(False, None), (True, None), (False, PHONE)])
def test_no_page_has_a_serious_accessibility_violation(
    dark: bool,
    viewport: dict[str, int] | None,
    browser: Browser,
    app: str,
    tmp_path: Path,
) -> None:
    CsvStore(tmp_path, FRAMEWORK).add(sample_assessments())
    visitor = visit(browser, app, dark=dark, viewport=viewport)
    visitor.answer("mandates-clear", "yes")
    found = []
    for path in PATHS:
        visitor.page.goto(f"{app}/{path}")
        settled(visitor.page)
        found += [
            (path, violation["id"], violation["nodes"][0]["target"])
            for violation in Axe().run(visitor.page).response["violations"]
            if violation["impact"] in {"serious", "critical"}
        ]
    assert found == []


def test_the_next_step_comes_into_view_on_a_phone(browser: Browser, app: str) -> None:
    visitor = visit(browser, app, viewport=PHONE)
    visitor.click("Next step")
    visitor.click("Next step")
    heading = visitor.page.get_by_role("heading", name="Step 3 of 3: Is a PO missing?")
    expect(heading).to_be_in_viewport()
    expect(heading).to_be_focused()

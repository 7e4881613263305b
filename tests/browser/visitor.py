"""A person before the browser: what they click, answer and read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from secrets import token_bytes
from typing import Any, Literal
from urllib.parse import quote, urlsplit
from uuid import uuid4

from axe_playwright_python.base import AXE_SCRIPT as AXE
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, ViewportSize, expect
from playwright.sync_api import TimeoutError as TooLate

from assessment.access.links import LinkRequest, new_link
from assessment.access.share_code import code_of
from assessment.content.edition import edition_in
from assessment.content.loading import shipped_framework
from assessment.languages import words_in
from assessment.model import Survey
from assessment.storage.csv.store import CsvStore
from tests.browser.server import settled
from tests.examples import EXAMPLE_1

FRAMEWORK = shipped_framework()
GROUP_OF = {
    **dict.fromkeys(("Quick check", "Deep check", "Ask the squad"), "Check"),
    **dict.fromkeys(("Leadership", "Compare", "Trends"), "Across squads"),
    **dict.fromkeys(("Playbook", "Method"), "Learn"),
    **dict.fromkeys(("Data", "Sharing"), "Manage"),
}
"""The group of the menu that a page stands in; Home and Squad stand in it by themselves."""

DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}

LONG = "Équipe Paiements & abonnements grands comptes Europe du Sud · demo"
"""The squad of the sample company with the longest name."""

PATHS = (
    *("", "quick-check", "deep-check", "squad", "compare", "trends", "leadership", "playbook"),
    *("method", "data", "sharing", "rounds", "round", "room", "status", "privacy"),
    *(f"squad?squad=Cobalt · demo&view={view}" for view in ("voices", "who-decides", "lenses")),
    *(
        f"squad?squad={quote(LONG)}&view=numbers",
        "compare?view=profiles",
        "compare?view=who-decides",
    ),
    *("compare?view=lenses", "trends?squad=Atlas · demo", "method?view=accessibility"),
    f"shared-result?answers={code_of(EXAMPLE_1, FRAMEWORK)}",
)
"""Every page and view, by the end of its address."""


@dataclass(frozen=True)
class Visitor:
    """Someone on a page, who clicks on what they read in their language."""

    page: Page
    language: str

    def words(self, message: str) -> str:
        return words_in(self.language).gettext(message)

    def click(self, message: str) -> None:
        """Click a button that is called so, which may also name what it is about."""
        name = re.compile(rf"^{re.escape(self.words(message))}( – |$)")
        self.page.get_by_role("button", name=name).click()
        settled(self.page)

    def holds(self, button: Locator) -> None:
        """Press a button until what the press itself sets off is drawn, then let it go."""
        button.scroll_into_view_if_needed()
        settled(self.page).evaluate("window.hasHeard = false")
        box = button.bounding_box()
        assert box
        self.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        self.page.mouse.down()
        self.page.wait_for_function("window.hasHeard", polling=25)
        settled(self.page)
        self.page.mouse.up()

    def answer(self, item_id: str, option_id: str) -> None:
        """Click one answer under the question that asks it."""
        texts = edition_in(self.language).texts
        group = self.page.locator(f".st-key-check-answer-{item_id}")
        group.get_by_role("radio", name=texts.options[option_id], exact=True).click()

    def answer_all(self, answers: dict[str, str]) -> None:
        """Walk the three steps, answering each item with one click."""
        for module in FRAMEWORK.modules:
            for number, item in enumerate(FRAMEWORK.items_of(module.id), start=1):
                self.answer(item.id, answers[item.id])
                self.reads(self._progress(self._before(module.id) + number))
            last = module is FRAMEWORK.modules[-1]
            self.click("See the result" if last else "Next step")

    def in_another_tab(self, address: str) -> Visitor:
        """The same person in a second tab of their browser, at an address."""
        other = self.page.context.new_page()
        other.goto(address)
        return Visitor(settled(other), self.language)

    def goes_to(self, title: str) -> None:
        if group := GROUP_OF.get(title):
            self.opens(self.words(title), group=self.words(group))
        else:
            self.page.get_by_role("link", name=self.words(title), exact=True).click()
        expect(self.page).to_have_title(re.compile(f"^{re.escape(self.words(title))} · "))
        settled(self.page)

    def opens(self, title: str, *, group: str) -> None:
        """Open a page that stands in a group of the menu."""
        menu = self.page.get_by_test_id("stTopNavSection")
        menu.filter(has_text=re.compile(f"^{re.escape(group)}$")).click()
        self.page.get_by_role("menuitem", name=title, exact=True).click()

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


COLOURS_READ_ONCE = """(() => {
  const { Color } = axe.commons.color, { parseString } = Color.prototype, colours = new Map();
  Color.prototype.parseString = function (text) {
    if (!colours.has(text)) colours.set(text, parseString.call(new Color(), text));
    const { r, g, b, alpha } = colours.get(text);
    return Object.assign(this, { r, g, b, alpha });
  };
})()"""
"""Axe reads the ground of whatever lies below a text anew: two fifths of its time."""


FADED = """() => document.getAnimations()
  .filter(change => change instanceof CSSTransition).forEach(change => change.finish())"""
"""Has colours be what they are going to be: half-way, a text may have too little contrast."""


SEEN = """{ exclude: [["[data-stale=true]"]] }"""
"""What axe judges: Streamlit fades what a run under way may still change."""


def violations(page: Page, options: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
    """What axe finds wrong on a page: it is put there once, and does not tell what is right."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(f"{AXE};{COLOURS_READ_ONCE}")
    page.evaluate(FADED)
    asked = {"resultTypes": ["violations"], **(options or {})}
    script = f"options => axe.run({SEEN}, options).then(results => results.violations)"
    violated: list[dict[str, Any]] = page.evaluate(script, asked)
    return violated


TOUCHING = """() => [...document.querySelectorAll("[data-testid=stMain] [data-testid=stHeading]")]
  .flatMap(heading => {
    const box = part => {
      const words = document.createRange();
      words.selectNodeContents(part);
      return words.getBoundingClientRect();
    };
    const next = heading.closest("[data-testid=stElementContainer]").nextElementSibling;
    const own = box(heading.querySelector("h1, h2, h3"));
    const seen = [...next?.querySelectorAll("p, li, button, canvas, svg") ?? []]
      .map(part => part.matches("p, li") ? box(part) : part.getBoundingClientRect())
      .filter(at => at.height && at.bottom > own.bottom && at.left < own.right);
    return own.height && seen.some(at => at.top < own.bottom + 2) ? [heading.textContent] : [];
  })"""
"""The headings that what stands below them touches."""


def touched_headings(page: Page) -> list[tuple[str, object]]:
    """The headings that what stands below them touches, each said to be so."""
    return [("touched by what follows", heading) for heading in page.evaluate(TOUCHING)]


MARKED_UP = """() => [...document.querySelectorAll("[aria-label]")]
  .map(part => part.ariaLabel).filter(name => /\\*\\*|\\\\|:material/.test(name))"""
"""What is read aloud with the marks that say how it looks."""


def marked_up_names(page: Page) -> list[tuple[str, object]]:
    """The names that are read aloud with Markdown in them, each said to be so."""
    return [("read with its marks", name) for name in page.evaluate(MARKED_UP)]


def seen_wrong(page: Page, options: Mapping[str, Any] | None = None) -> list[tuple[str, object]]:
    """What a page must not have: serious violations, or more than the screen's width."""
    wrong: list[tuple[str, object]] = [
        (violation["id"], violation["nodes"][0]["target"])
        for violation in violations(page, options)
        if violation["impact"] in {"serious", "critical"}
    ]
    return wrong + too_wide(page)


def too_wide(page: Page) -> list[tuple[str, object]]:
    """How wide a page is that the screen does not hold, said to be so."""
    main = page.get_by_test_id("stMain")
    try:  # a chart may take its new width a moment after the screen did
        page.wait_for_function(
            "main => main.scrollWidth <= innerWidth", arg=main.element_handle(), timeout=2_000
        )
    except TooLate:
        return [("wider than the screen", main.evaluate("main => main.scrollWidth"))]
    return []


_COLOURS = ["color-contrast", "link-in-text-block"]
OF_COLOUR = {"runOnly": {"type": "rule", "values": _COLOURS}}
"""The rules of axe that a theme may break; the others judge what is the same in both."""
BUT_COLOUR = {"rules": {rule: {"enabled": False} for rule in _COLOURS}}
"""The others: a colour is the same at both widths, and takes axe more than half of its time."""


def seen_wrong_at_desk_and_on_a_phone(page: Page) -> list[tuple[str, object]]:
    """The same at both widths, in one visit; the page is left at a desk's width."""
    wrong = seen_wrong(page)
    page.set_viewport_size(PHONE)
    wrong += seen_wrong(settled(page), BUT_COLOUR)
    page.set_viewport_size(DESK)
    settled(page)
    return wrong


def seen_wrong_in_both_themes(page: Page) -> list[tuple[str, object]]:
    """The same at both widths, and what the dark theme breaks; the page is left light."""
    wrong = seen_wrong(page)
    page.set_viewport_size(PHONE)
    wrong += seen_wrong(settled(page), BUT_COLOUR)
    page.emulate_media(color_scheme="dark")
    wrong += seen_wrong(settled(page), OF_COLOUR)
    page.set_viewport_size(DESK)
    page.emulate_media(color_scheme="light")
    settled(page)
    return wrong


_LASTING: set[str] = set()
"""Addresses of servers that outlast a journey."""
_AT_REST: dict[tuple[str, str], list[Page]] = {}
"""Pages of people who left, by address and locale: whoever comes next need not load all anew."""
_VISITED: list[tuple[str, str, Page]] = []


def lasts(address: str) -> str:
    """An address of which the server outlasts a journey, so that pages of it may be kept."""
    _LASTING.add(address)
    return address


def visit(
    browser: Browser,
    address: str,
    path: str = "",
    *,
    language: str = "en",
    viewport: ViewportSize | None = None,
    dark: bool = False,
    alone: bool = False,
) -> Visitor:
    """Someone who opens a path of the app in a browser of their language, screen and theme.

    Their page is kept for the next one, who finds nothing of theirs. It is theirs `alone` where a
    test listens to it, or changes what it may do.
    """
    locale = "fr-FR" if language == "fr" else "en-GB"
    at_rest = [] if alone else _AT_REST.get((address, locale), [])
    page = at_rest.pop() if at_rest else new_page(browser, locale)
    if not alone:
        _VISITED.append((address, locale, page))
    page.set_default_timeout(30_000)
    page.set_viewport_size(viewport or DESK)
    page.emulate_media(media="null", color_scheme=_scheme(dark), forced_colors="none")
    page.goto(f"{address}/{path}")
    return Visitor(settled(page), language)


def invited(store: CsvStore, survey: Survey) -> str:
    """The path that somebody opens who is invited to a survey, once both are stored."""
    asked = LinkRequest("invite", survey.squad, (survey.squad,), round_id=survey.id)
    link, token = new_link(asked, link_id=uuid4(), now=datetime.now(UTC), mint=token_bytes)
    store.add([survey, link])
    return f"round?link={token}"


def _scheme(dark: bool) -> Literal["dark", "light"]:
    return "dark" if dark else "light"


def new_page(browser: Browser, locale: str = "en-GB") -> Page:
    """A page of nobody yet, in a browser of its own."""
    page = browser.new_context(locale=locale).new_page()
    page.add_init_script(HEARING)

    def listen(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            SHUT_OUT.append(f"{page.url}: {message.text}")

    page.on("console", listen)
    return page


SHUT_OUT: list[str] = []
"""What pages asked for that the server's content policy shuts out, each after its address."""


def all_leave(browser: Browser) -> None:
    """Close what a journey opened, but for pages of servers that last, which forget all."""
    while _VISITED:
        address, locale, page = _VISITED.pop(0)
        kept = _AT_REST.setdefault((address, locale), [])
        if address in _LASTING and not page.is_closed() and len(kept) < 2:
            _forget(page, address)
            kept.append(page)
    resting = {page.context for pages in (*_AT_REST.values(), _TOURS.values()) for page in pages}
    for context in browser.contexts:
        if context not in resting:
            context.close()


def _forget(page: Page, address: str) -> None:
    """Leave nothing on a page and in its browser but what it has loaded and compiled."""
    for other in page.context.pages:
        if other is not page:
            other.close()
    page.context.set_offline(False)  # a journey that failed may have left it so
    page.goto(f"{address}/_stcore/health")  # as small as one of the same server can be
    page.evaluate("localStorage.clear(); sessionStorage.clear();")
    page.context.clear_cookies()


HEARING = """window.WebSocket = class extends WebSocket {
  constructor(...way) {
    super(...way);
    this.addEventListener("message", () => { window.hasHeard = true; });
  }
};"""
"""Has a page know that its server said something."""

HOLDING = """window.WebSocket = class extends WebSocket {
  constructor(...way) {
    super(...way);
    this.addEventListener("message", message => {
      if (!window.held || message.isLate) return;
      message.stopImmediatePropagation();
      window.held.push([message.data.byteLength, () => {
        const late = new MessageEvent("message", { data: message.data });
        late.isLate = true;
        this.dispatchEvent(late);
      }]);
    });
  }
};"""
"""Has a page hear what its server says only later, like a computer that is busy."""

RUNS_HELD = "runs => window.held.filter(([length]) => length === 2).length === runs"
"""Whether so many runs have ended: the server says so in two bytes."""

TURN_TO = """address => {
  window.hasHeard = false;
  History.prototype.replaceState.call(history, {}, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
}"""


def turn_to(page: Page, path: str) -> Page:
    """Another page of the app, within the session, as a link within it leads there."""
    page.evaluate(TURN_TO, f"/{path}")
    page.wait_for_function("window.hasHeard", polling=25)
    settled(page)
    arrived = urlsplit(page.url).path  # that of a page there is none of leads to the first one
    assert arrived == f"/{path.partition('?')[0]}", f"{path} led to {arrived}"
    return page


_TOURS: dict[tuple[str, str], Page] = {}


def tour(
    browser: Browser, address: str, path: str, *, language: str = "en", dark: bool = False
) -> Page:
    """A page of an app in which nothing changes, within one session from journey to journey.

    For whoever only looks: at a desk, in one theme, whatever they did to it before.
    """
    page = _TOURS.get((address, language))
    if page is None:
        page = visit(browser, address, language=language, alone=True).page
        _TOURS[address, language] = page
    page.set_viewport_size(DESK)
    page.emulate_media(media="null", color_scheme=_scheme(dark), forced_colors="none")
    joint = "&" if "?" in path else "?"
    return turn_to(page, f"{path}{joint}lang={language}")

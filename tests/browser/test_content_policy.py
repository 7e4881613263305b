"""No page asks for anything that the server's content policy shuts out."""

from __future__ import annotations

from playwright.sync_api import Browser, ConsoleMessage

from assessment.ui.session import page_files
from tests.browser.server import settled
from tests.browser.visitor import turn_to, visit

PAGES = sorted(
    page_files.name_in_url(file)
    for name, file in vars(page_files).items()
    if isinstance(file, str)
    and file.startswith("pages/")
    and file not in (page_files.HOME, page_files.SHARED_RESULT)
)


def test_no_page_asks_for_what_the_policy_shuts_out(browser: Browser, sample_app: str) -> None:
    page = visit(browser, sample_app, language="fr", alone=True).page
    messages: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            messages.append(f"{page.url}: {message.text}")

    page.on("console", listen)
    answer = page.goto(sample_app)
    assert answer is not None
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    settled(page)
    for name in PAGES:
        turn_to(page, name)

    assert messages == []
    assert len(PAGES) > 10

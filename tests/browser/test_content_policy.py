"""No page asks for anything that the server's content policy shuts out."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage

from assessment.content.loading import shipped_framework
from assessment.exchange.sample import sample_records
from assessment.storage.csv.store import CsvStore
from assessment.ui.session import page_files
from tests.browser.server import settled

PAGES = sorted(
    page_files.name_in_url(file)
    for name, file in vars(page_files).items()
    if isinstance(file, str)
    and file.startswith("pages/")
    and file not in (page_files.HOME, page_files.SHARED_RESULT)
)


def test_no_page_asks_for_what_the_policy_shuts_out(browser: Browser, app: str, data: Path) -> None:
    CsvStore(data, shipped_framework()).add(sample_records())
    page = browser.new_context(locale="fr-FR").new_page()
    messages: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            messages.append(f"{page.url}: {message.text}")

    page.on("console", listen)
    answer = page.goto(app)
    assert answer is not None
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    for name in PAGES:
        page.goto(f"{app}/{name}")
        settled(page)

    assert messages == []
    assert len(PAGES) > 10

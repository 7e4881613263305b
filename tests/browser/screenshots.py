"""Opens every page in Chromium and saves what it looks like: look before you call it done.

Usage: python -m tests.browser.screenshots FOLDER [PAGE ...]
"""

from __future__ import annotations

import re
import sys
import tempfile
from itertools import product
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

from assessment.content.loading import shipped_framework
from assessment.exchange.sample import sample_records
from assessment.languages import LANGUAGES
from assessment.storage.csv.store import CsvStore
from tests.browser.server import chromium, served, settled
from tests.browser.visitor import PATHS

PAGES = {re.sub(r"\W+", "-", unquote(path))[:60].strip("-") or "home": path for path in PATHS}
"""Every page and view, by the name of its picture."""
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = {"desktop": 1280, "phone": 390}
TALLEST = 12_000


def main(folder: Path, wanted: list[str]) -> None:
    """Save one picture per page, language, theme and width, on an empty and on a full store."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, chromium() as browser:
        for state in ("empty", "full"):
            if state == "full":
                CsvStore(Path(data), shipped_framework()).add(sample_records())
            with served(Path(data)) as address:
                for language, theme, size in product(LANGUAGES, THEMES, WIDTHS):
                    context = browser.new_context(
                        viewport={"width": WIDTHS[size], "height": 900}, color_scheme=theme
                    )
                    page = context.new_page()
                    for name, path in PAGES.items():
                        if (wanted and path.partition("?")[0] not in wanted) or (
                            state == "empty" and "?" in path
                        ):
                            continue
                        joint = "&" if "?" in path else "?"
                        page.goto(f"{address}/{path}{joint}lang={language}")
                        settled(page)
                        height = page.evaluate(
                            "document.querySelector('[data-testid=stMain]').scrollHeight"
                        )
                        page.set_viewport_size(
                            {"width": WIDTHS[size], "height": min(int(height) + 20, TALLEST)}
                        )
                        page.wait_for_timeout(700)
                        page.screenshot(
                            path=folder / f"{state}-{name}-{language}-{theme}-{size}.png"
                        )
                        page.set_viewport_size({"width": WIDTHS[size], "height": 900})
                    context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])

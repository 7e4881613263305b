"""What the app's page says before any script runs: its title, its sentence, that it loads.

Whoever pastes a link into a chat has it read by a program: it is shown what the product is, in the
language of the link, and never anything that lies behind it.
"""

import re
from collections.abc import Mapping
from html import escape
from urllib.parse import parse_qs

from assessment.languages import best_language, words_in

_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_ROOT = re.compile(r"<html\b[^>]*>")
_WITHOUT_SCRIPTS = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_PLACE = '<div id="root">'
_WAITING = (
    "position:fixed;inset:0;display:grid;place-content:center;text-align:center;"
    "font:1.1rem/1.6 sans-serif;color-scheme:light dark;color:CanvasText;background:Canvas"
)


def language_of(query: bytes, headers: Mapping[bytes, bytes]) -> str:
    """The language that a request asks for: by its address, else by its browser."""
    asked = parse_qs(query.decode("latin-1")).get("lang", [])
    wishes = headers.get(b"accept-language", b"").decode("latin-1").split(",")
    return best_language([*asked, *(wish.partition(";")[0].strip() for wish in wishes)])


def fronted(page: str, language: str) -> str:
    """Streamlit's page with the product's title, sentence and a word of patience in a language."""
    _ = words_in(language).gettext
    title, sentence = escape(_("Who Decides?")), escape(description(language))
    head = "\n    ".join(
        (
            f"<title>{title}</title>",
            f'<meta name="description" content="{sentence}" />',
            f'<meta property="og:title" content="{title}" />',
            f'<meta property="og:description" content="{sentence}" />',
            '<meta property="og:type" content="website" />',
            '<meta name="robots" content="noindex" />',
            '<meta name="referrer" content="no-referrer" />',
            '<meta name="google" content="notranslate" />',
        )
    )
    root = f'<html lang="{language}" translate="no">'
    loading, needed = escape(_("Loading…")), escape(_("This page needs JavaScript."))
    # What the page shows until its scripts are there, which clear it away.
    waiting = f'<p role="status" style="{_WAITING}"><b>{title}</b>{loading}</p>'
    shown = "<style>[role=status] { display: none !important; }</style>"
    without_scripts = f"<noscript>{shown}<p>{needed}</p></noscript>"
    page = _ROOT.sub(root, page, count=1)
    page = _WITHOUT_SCRIPTS.sub(lambda _: without_scripts, page, count=1)
    page = page.replace(_PLACE, _PLACE + waiting, 1)
    return _TITLE.sub(lambda _: head, page, count=1)


def description(language: str) -> str:
    """The product in a sentence."""
    _ = words_in(language).gettext
    return _(
        "See in three minutes where your squad's decisions leak, and which two or three levers to "
        "pull first."
    )

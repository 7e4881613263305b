"""What the app's page is before any script runs: its title, its sentence, that it loads, its look.

How it looks comes before what it shows, else all of that would move while somebody reads it; what
becomes a step back is told before Streamlit adds any.
Whoever pastes a link into a chat has it read by a program: it is shown what the product is, in the
language of the link, and never anything that lies behind it.
"""

import re
from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import parse_qs

import streamlit

from assessment.languages import best_language, words_in
from assessment.ui.session.look import script, styles

_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_ROOT = re.compile(r"<html\b[^>]*>")
_WITHOUT_SCRIPTS = re.compile(r"<noscript>.*?</noscript>", re.DOTALL)
_PLACE = '<div id="root">'
_STYLES = ("frame", "waiting", "print", "across", "check", "learn", "results")
"""The sheets of all pages. The room's comes with the room, and has the last word there."""
_HEADINGS = "./app/static/bricolage-grotesque-latin-wght-normal.woff2"
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
    """Streamlit's page with the product's title, sentence, look and a word of patience."""
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
            f'<link rel="preload" href="{_HEADINGS}" as="font" type="font/woff2" crossorigin />',
            f"<script>{{\n{script('steps')}}}</script>",
            *_drawing_html(),
        )
    )
    root = f'<html lang="{language}" translate="no" class="waits-for-icons">'
    loading, needed = escape(_("Loading…")), escape(_("This page needs JavaScript."))
    # What the page shows until its scripts are there, which clear it away.
    waiting = f'<p role="status" style="{_WAITING}"><b>{title}</b>{loading}</p>'
    shown = "<style>[role=status] { display: none !important; }</style>"
    without_scripts = f"<noscript>{shown}<p>{needed}</p></noscript>"
    page = _ROOT.sub(root, page, count=1)
    page = _WITHOUT_SCRIPTS.sub(lambda _: without_scripts, page, count=1)
    page = page.replace(_PLACE, styles(*_STYLES) + _PLACE + waiting, 1)
    return _TITLE.sub(lambda _: head, page, count=1)


@cache
def _drawing_html() -> list[str]:
    """Links to the scripts that draw what every page has, and Streamlit asks for only then."""
    scripts = Path(streamlit.__file__).parent / "static" / "static" / "js"
    found = [*scripts.glob("Html.*.js"), *scripts.glob("purify.*.js")]
    way = "./static/js/"
    return [f'<link rel="modulepreload" crossorigin href="{way}{file.name}">' for file in found]


def description(language: str) -> str:
    """The product in a sentence."""
    _ = words_in(language).gettext
    return _(
        "See in three minutes where your squad's decisions leak, and which two or three levers to "
        "pull first."
    )

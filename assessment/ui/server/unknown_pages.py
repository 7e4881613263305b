"""Where an address leads that is none of the app's: to the page that was meant, or to the first.

Streamlit tells of a page that is not there in a dialog, in English for everybody.
"""

from urllib.parse import parse_qsl

from assessment.ui.session.page_files import HOME, NAMES_IN_URLS, UNKNOWN_PAGE, name_in_url, way_to

_FILES = (
    "favicon.",
    "manifest.json",
    "robots.txt",
    "sitemap.xml",
    "apple-touch-icon",
    ".well-known",
)
"""Files that browsers and others ask for by themselves."""

LONGEST_NAME = 60  # of a page that is not there, in characters, as it is told


def way_instead(path: str, query: bytes) -> str | None:
    """Where to go, parameters kept, instead of a path; None where it is a page or a file."""
    name = path.strip("/")
    if not name or name in NAMES_IN_URLS or name.startswith(_FILES):
        return None
    asked = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
    meant = name.lower().replace("_", "-").partition(".")[0]  # as if it were a file: squad.html
    if meant in NAMES_IN_URLS:
        return way_to(meant, asked)
    if meant in (name_in_url(HOME), "index"):
        return way_to("", asked)
    return way_to("", [*asked, (UNKNOWN_PAGE, name[:LONGEST_NAME])])

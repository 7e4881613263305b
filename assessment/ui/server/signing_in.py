"""Where signing in leads: to the page somebody came for, which is told where it came to nothing.

Streamlit leads to the first page without a word, or to none at all.
"""

from urllib.parse import parse_qsl, unquote

from starlette.requests import cookie_parser
from starlette.types import Message

from assessment.ui.session.page_files import CAME_FOR, NAMES_IN_URLS, SIGN_IN_FAILED, way_to

SIGNING_IN = ("/auth/login", "/oauth2callback")
"""Where signing in begins, at the provider's, and where it ends."""

_COOKIE = b"_streamlit_user"


def leading_back(first: Message, *, cookies: bytes, base: str) -> Message:
    """The beginning of an answer, with the way back where it does not lead to the provider."""
    headers = list(first.get("headers", ()))
    ways = [value for name, value in headers if name.lower() == b"location"]
    if any(way.startswith(b"http") for way in ways):
        return first
    failed = {} if any(map(_signs_in, headers)) else {SIGN_IN_FAILED: "1"}
    way = f"{base}{way_back(cookies, **failed)}".encode("ascii")
    kept = [header for header in headers if header[0].lower() != b"location"]
    return {**first, "status": 302, "headers": [*kept, (b"location", way)]}


def way_back(cookies: bytes, **parameters: str) -> str:
    """The way to the app's page that cookies name, else to its first, with more `parameters`."""
    kept = unquote(cookie_parser(cookies.decode("latin-1")).get(CAME_FOR, ""))
    name, _, query = kept.removeprefix("/").partition("?")
    if name and name not in NAMES_IN_URLS:
        name, query = "", ""
    return way_to(name, [*parse_qsl(query), *parameters.items()])


def _signs_in(header: tuple[bytes, bytes]) -> bool:
    """Whether a header gives the cookie of somebody who is signed in, and does not take it back."""
    name, value = header[0].lower(), header[1].lower()
    return name == b"set-cookie" and value.startswith(_COOKIE) and b"max-age=0" not in value

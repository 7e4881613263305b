"""What every answer tells a browser about safety; cookies that stay with HTTPS."""

import re
from collections.abc import Callable, Mapping

from starlette.types import Message, Send

from assessment.errors import SetupError, template
from assessment.storage.environment import FRAME_ANCESTORS

NOT_ANCESTORS = template(
    "{variable} names no pages that may show the app; write their addresses as they are, with "
    "spaces between them, such as https://intranet.example.org or https://*.example.org, in ASCII "
    "letters (a name with accents as xn--…), without quotes, semicolons or a * alone"
)
_ANCESTOR = re.compile(
    r"'(?:self|none)'|(?:[a-z][a-z\d+.-]*://)?(?:\*\.)?[a-z\d_][a-z\d._-]*(?::[\d*]+)?(?:/[!#-&(-:<-~]*)?",
    re.IGNORECASE | re.ASCII,
)

Headers = list[tuple[bytes, bytes]]  # names in small letters, and values, as a server hands them on


def safety_headers(environment: Mapping[str, str]) -> Headers:
    """The headers of every answer; SetupError where one cannot be sent as it is set."""
    named = [name for name in re.split(r"[\s,]+", environment.get(FRAME_ANCESTORS, "")) if name]
    if not all(map(_ANCESTOR.fullmatch, named)):
        raise SetupError(NOT_ANCESTORS, variable=FRAME_ANCESTORS)
    ancestors = " ".join(named) or "'self'"
    # Streamlit starts with scripts inside its page and sets styles on elements; Vega makes
    # functions of its expressions. So these two stay open, and everything from elsewhere is shut.
    policy = {
        "default-src": "'self'",
        "script-src": "'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "media-src": "'self' data: blob:",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": ancestors,
    }
    headers = {
        "content-security-policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "permissions-policy": "camera=(), geolocation=(), microphone=()",
    }
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]


def beginning(send: Send, begun: Callable[[Message], Message]) -> Send:
    """Passes an answer on, but for what it begins with: its status and headers."""

    async def sending(message: Message) -> None:
        is_first = message["type"] == "http.response.start"
        await send(begun(message) if is_first else message)

    return sending


def with_safety(first: Message, *, safe: Headers, https: bool) -> Message:
    """The beginning of an answer with headers that keep it safe in the place of their like."""
    names, headers = {name for name, _ in safe}, first.get("headers", ())
    kept = [(name, value) for name, value in headers if name.lower() not in names]
    kept = [(name, _secure(name, value) if https else value) for name, value in kept]
    return {**first, "headers": kept + safe}


def came_by_https(scope: Mapping[str, object], headers: Mapping[bytes, bytes]) -> bool:
    """Whether a browser speaks HTTPS, with this server or with the proxy before it.

    Whoever pretends to only has cookies of their own that HTTP does not send back.
    """
    before = headers.get(b"x-forwarded-proto", b"").split(b",")[0].strip().lower()
    return scope.get("scheme") == "https" or before == b"https"


def _secure(name: bytes, value: bytes) -> bytes:
    """A cookie that is never sent in the clear."""
    is_cookie = name.lower() == b"set-cookie"
    return value + b"; Secure" if is_cookie and b"; secure" not in value.lower() else value

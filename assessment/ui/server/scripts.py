"""Streamlit's scripts and styles, in a third of their bytes.

Streamlit leaves that to a proxy, since it would compress them anew for each browser. A phone's
first visit took three megabytes, on a slow network most of a minute. Here each file is compressed
once, and kept for as long as the server runs.
"""

import gzip
from hashlib import sha256

import anyio

from assessment.ui.server.headers import Headers

TYPES = (b"text/javascript", b"application/javascript", b"text/css")

_COMPRESSED: dict[bytes, bytes] = {}
"""By what each file holds: all that Streamlit brings are seven megabytes."""


async def compressed(body: bytes) -> tuple[bytes, Headers]:
    """A file for a browser that reads gzip, and the headers that say so."""
    told = [(b"content-encoding", b"gzip"), (b"vary", b"Accept-Encoding")]
    return await anyio.to_thread.run_sync(_gzipped, body), told


def _gzipped(body: bytes) -> bytes:
    found = sha256(body).digest()
    if found not in _COMPRESSED:
        _COMPRESSED[found] = gzip.compress(body, mtime=0)
    return _COMPRESSED[found]

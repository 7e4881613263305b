"""People at the door: a protected app, and those who come to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block
from streamlit.util import calc_hash

from assessment.access.links import LinkRequest, new_link
from assessment.model.link import Link, LinkKind
from assessment.ui.guard import shared_links
from tests.pages.app import PROJECT

SECRETS = """
[auth]
redirect_uri = "http://localhost:8501/oauth2callback"
cookie_secret = "0123456789abcdef0123456789abcdef"
client_id = "who-decides"
client_secret = "hidden"
server_metadata_url = "http://localhost:1/.well-known/openid-configuration"

[access]
editors = ["ana@example.org", "@company.example"]
"""
SIGNED_OUT = {"is_logged_in": False}
EDITOR = {"is_logged_in": True, "email": "Ana@example.org", "email_verified": True}
STRANGER = {"is_logged_in": True, "email": "eve@evil.test", "email_verified": True}


def known_link(
    kind: LinkKind = "view", *, days: int = 30, age: int = 0, **request: Any
) -> tuple[Link, str]:
    """A link that the app knows, made `age` days ago, and its token."""
    now = datetime.now(UTC) - timedelta(days=age)
    asked = LinkRequest(kind, "Board", request.pop("squads", ("Atlas",)), days=days, **request)
    link, token = new_link(asked, link_id=uuid4(), now=now, mint=_bytes)
    shared_links.save(link)
    return link, token


def _bytes(count: int) -> bytes:
    return uuid4().bytes * (count // 16)


@dataclass
class Caller:
    """Somebody in front of the app: an identity, URL parameters."""

    user: dict[str, object] = field(default_factory=lambda: dict(SIGNED_OUT))
    parameters: dict[str, str | list[str]] = field(default_factory=dict)

    def cold(self, page: str) -> AppTest:
        """The page, asked for before any run has built the navigation."""
        app = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=30)
        app.user = dict(self.user)
        app.switch_page(page)
        # As a browser would ask: by url_path, which is the file's name with hyphens.
        app._page_hash = calc_hash(Path(page).stem.replace("_", "-"))
        self._add_parameters(app)
        return app.run()

    def warm(self, page: str) -> AppTest:
        """The page, gone to from the start page."""
        app = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=30)
        app.user = dict(self.user)
        self._add_parameters(app)
        app.run()
        app.switch_page(page)
        self._add_parameters(app)
        return app.run()

    def _add_parameters(self, app: AppTest) -> None:
        app.query_params["lang"] = "en"
        for name, value in self.parameters.items():
            app.query_params[name] = value


def everything(app: AppTest) -> str:
    """Whatever the server sent for this page, charts, tables and hidden labels included."""
    return "\n".join(str(proto) for block in (app.main, app.sidebar) for proto in _protos(block))


def _protos(block: Block) -> Iterator[object]:
    yield block.proto
    for child in block.children.values():
        if isinstance(child, Block):
            yield from _protos(child)
        else:
            yield child.proto

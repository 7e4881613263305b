"""Messages that no browser sends, as each kind of visitor: nothing is stored beyond their right."""

from __future__ import annotations

import random
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_bytes
from uuid import UUID, uuid4

import pytest

from assessment.access.links import LinkRequest, new_link
from assessment.content.loading import shipped_framework
from assessment.storage.csv.store import CsvStore
from assessment.storage.protocol import Stored
from assessment.ui.session import keys
from tests.browser.server import free_port, served
from tests.browser.visitor import PATHS
from tests.builders import action, agreement, assessment, deep_assessment, gathering, setup
from tests.examples import EXAMPLE_1 as HEALTHY
from tests.reliability.figures import tell, times
from tests.reliability.forger import Offered, forged, signed_in, visitor

SECRET = "0123456789abcdef0123456789abcdef"  # noqa: S105 - of this test alone
SECRETS = f"""
[auth]
redirect_uri = "{{app}}/oauth2callback"
cookie_secret = "{SECRET}"
client_id = "who-decides"
client_secret = "hidden"
server_metadata_url = "http://127.0.0.1:1/.well-known/openid-configuration"

[access]
editors = ["ana@example.org"]
answers_per_link = 10000
"""
ROUND = UUID(int=77)
NOW = datetime.now(UTC)


@pytest.fixture
def tokens(tmp_path: Path) -> dict[str, str]:
    """A store with something of everything, and the tokens of its links by their kind."""
    request = {
        "view": LinkRequest("view", "Board", ("Atlas",)),
        "invite": LinkRequest("invite", "Squad", ("Borea",), round_id=ROUND),
    }
    made = {
        kind: new_link(asked, link_id=uuid4(), now=NOW, mint=token_bytes)
        for kind, asked in request.items()
    }
    ends = NOW.date() + timedelta(days=3)
    asked = gathering(gathering_id=ROUND, squad="Borea", saved_at=NOW, closes_on=ends)
    CsvStore(tmp_path / "data", shipped_framework()).add(
        [
            *(assessment(squad=name, voice="Ana", answers=HEALTHY) for name in ("Atlas", "Cobalt")),
            *(deep_assessment(squad="Atlas"), setup(), action(), agreement(), asked),
            *(link for link, _token in made.values()),
        ]
    )
    return {kind: token for kind, (_link, token) in made.items()}


def stored(folder: Path) -> Stored:
    return CsvStore(folder, shipped_framework()).read()


def test_forged_messages_store_nothing_beyond_the_right_of_whoever_sends_them(
    tmp_path: Path, tokens: dict[str, str], request: pytest.FixtureRequest
) -> None:
    values, chance = times(full=420, short=15), random.Random(20261128)  # noqa: S311 - no secret
    folder, port = tmp_path / "data", free_port()
    app = f"http://127.0.0.1:{port}"
    secrets = tmp_path / "secrets.toml"
    secrets.write_text(SECRETS.format(app=app), encoding="utf-8")
    editor, stranger = (
        signed_in(app, SECRET, email) for email in ("ana@example.org", "eve@evil.test")
    )
    before = stored(folder)
    sent, cut, exceptions = 0, 0, list[str]()
    with served(folder, port=port, options=["--secrets.files", str(secrets)]) as url:
        offered = _what_pages_offer(url, chance, cookie=editor)
        assert len(offered.widgets) > 80
        for who in (
            *({}, {"cookie": stranger}, {"link": "x" * 26}, {"link": tokens["view"]}),
            *({"link": tokens["view"], "cookie": editor}, {"link": tokens["invite"]}),
            {"cookie": editor},
        ):
            # An editor who leaves a shared view is an editor again, by right.
            came = forged(url, chance, values, offered, left_alone=[keys.GATE_LEAVE], **who)
            sent, cut = sent + came.sent, cut + came.cut
            exceptions += came.exceptions
            after = stored(folder)
            if who.get("link") == tokens["invite"]:
                new = [record for record in after.records if record not in before.records]
                assert {getattr(record, "gathering", None) for record in new} <= {ROUND}
                assert {getattr(record, "voice", None) for record in new} <= {None}
                before = after
            elif "link" in who or who.get("cookie") != editor:
                assert after.records == before.records, who
        assert after.set_aside == ()
        with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5) as answer:  # noqa: S310
            assert answer.status == 200
    folder = folder.rename(tmp_path / "open")
    (folder / "server.log").rename(tmp_path / "protected.log")
    with served(folder) as url:  # open: whoever comes may do everything
        came = forged(url, chance, values, _what_pages_offer(url, chance))
        sent, cut = sent + came.sent, cut + came.cut
        exceptions += came.exceptions
        assert stored(folder).set_aside == ()
    assert exceptions == []
    tell(request, f"{sent} forged messages as 8 kinds of visitors: 0 stored beyond their right")


def _what_pages_offer(url: str, chance: random.Random, **who: str) -> Offered:
    """What every page offers to somebody."""
    with visitor(url, chance, **who) as client:
        for page in dict.fromkeys(path.partition("?")[0] for path in PATHS):
            client.visit(page)
        return client.offered

"""A protected app with a real OpenID Connect provider: signed in, refused, shared with, left."""

from __future__ import annotations

import json
import re
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from itsdangerous import URLSafeTimedSerializer
from playwright.sync_api import Browser, Page, expect

from assessment.content.loading import shipped_framework
from assessment.storage.csv.store import CsvStore
from assessment.wording.privacy import SIGN_IN_DAYS
from tests.browser.server import free_port, running, served, settled, wait_until_healthy
from tests.browser.visitor import lasts, turn_to, visit
from tests.builders import assessment
from tests.examples import EXAMPLE_1 as HEALTHY
from tests.reliability.forger import signed_in as signed_in_by_cookie

SECRET = "0123456789abcdef0123456789abcdef"  # noqa: S105 - of this test alone
SECRETS = """
[auth]
redirect_uri = "{app}/oauth2callback"
cookie_secret = "{secret}"
client_id = "who-decides"
client_secret = "hidden"
server_metadata_url = "{provider}/.well-known/openid-configuration"

[access]
editors = ["ana@example.org"]
"""


@dataclass(frozen=True)
class Site:
    """A protected app, its data folder, and the provider its editors sign in with."""

    app: str
    provider: str
    folder: Path

    def knows(self, address: str, **claims: object) -> None:
        """Tell the provider what it says about somebody."""
        request = urllib.request.Request(  # noqa: S310 - our own server
            f"{self.provider}/users/{address}",
            data=json.dumps({"email": address} | claims).encode(),
            headers={"Content-Type": "application/json"},
            method="PUT",
        )
        urllib.request.urlopen(request, timeout=5).close()  # noqa: S310

    def leaks(self, secret: str) -> list[str]:
        """The files of the app, its log among them, in which a secret stands."""
        files = [file for file in self.folder.rglob("*") if file.is_file()]
        assert self.folder / "server.log" in files
        return [file.name for file in files if secret.encode() in file.read_bytes()]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Site]:
    tmp_path = tmp_path_factory.mktemp("site")
    folder = tmp_path / "data"
    CsvStore(folder, shipped_framework()).add(
        [
            assessment(squad="Atlas", answers=HEALTHY),
            assessment(squad="Cobalt", note="For editors", answers=HEALTHY),
        ]
    )
    port, provider_port = free_port(), free_port()
    app, provider = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{provider_port}"
    secrets = tmp_path / "secrets.toml"
    secrets.write_text(SECRETS.format(app=app, provider=provider, secret=SECRET), encoding="utf-8")
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(provider_port)]
    options = ["--secrets.files", str(secrets)]
    with running(command, log=tmp_path / "provider.log") as process:
        wait_until_healthy(f"{provider}/.well-known/openid-configuration", process)
        with served(folder, port=port, options=options) as address:
            assert address == app
            yield Site(lasts(app), provider, folder)


def signed_in(page: Page, site: Site, address: str, *, button: str = "Sign in") -> None:
    """Sign in through the provider's own form, which reaches for a style sheet elsewhere."""
    elsewhere = re.compile(f"^(?!{re.escape(site.app)}|{re.escape(site.provider)})")
    page.route(elsewhere, lambda route: route.abort())
    page.get_by_role("button", name=button).click()
    page.get_by_placeholder("sub").fill(address)
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url(f"{site.app}/**")
    page.unroute(elsewhere)  # meanwhile the browser keeps nothing of what it loads
    settled(page)


def cookies_of_sign_in(page: Page) -> dict[str, dict[str, object]]:
    """What anybody reads in the cookies of a sign-in, which last as long as is told."""
    kept = [one for one in page.context.cookies() if one["name"].startswith("_streamlit_user")]
    assert all(round((one["expires"] - time.time()) / 86_400) == SIGN_IN_DAYS for one in kept)
    reader = URLSafeTimedSerializer("who does not know the cookie_secret")
    return {one["name"]: json.loads(reader.loads_unsafe(one["value"])[1]) for one in kept}


def test_an_editor_signs_in_does_everything_and_signs_out(browser: Browser, site: Site) -> None:
    page = visit(browser, site.app, "data?lang=fr").page
    expect(page.get_by_role("link", name="Données")).to_have_count(0)
    expect(page.locator("body")).not_to_contain_text("Atlas")
    site.knows("ana@example.org", email_verified=True, groups=["board"])
    signed_in(page, site, "ana@example.org", button="Se connecter")
    expect(page.get_by_text(re.compile("2.diagnostics"))).to_be_visible()  # what was asked for
    expect(page).to_have_url(f"{site.app}/data?lang=fr")

    kept = cookies_of_sign_in(page)
    claims = kept["_streamlit_user"]
    assert (claims["email"], claims["groups"]) == ("ana@example.org", ["board"])
    assert set(kept["_streamlit_user_tokens"]) == {"id_token", "access_token"}
    assert "Deprecat" not in (site.folder / "server.log").read_text("utf-8")

    page.get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url(f"{site.provider}/**")  # the provider's session ends too
    assert cookies_of_sign_in(page) == {}
    page.goto(f"{site.app}/data")
    settled(page)
    expect(page.locator("h1")).to_have_text("Who Decides?")
    expect(page.locator("body")).not_to_contain_text("Atlas")


def test_signing_in_that_came_to_nothing_is_told(browser: Browser, site: Site) -> None:
    page = visit(browser, site.app, "data").page
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    page.goto(f"{site.app}/oauth2callback?error=access_denied&state=none")
    settled(page)

    expect(page).to_have_url(re.compile("/data\\?lang=en$"))
    expect(page.locator("h1")).to_have_text("Who Decides?")
    expect(page.get_by_text("Signing in did not work.")).to_be_visible()
    expect(page).not_to_have_url(re.compile("sign-in-failed"))
    page.reload()
    settled(page)
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    expect(page.get_by_text("Signing in did not work.")).to_have_count(0)


def test_whoever_is_no_editor_is_refused_by_every_page(browser: Browser, site: Site) -> None:
    site.knows("ana@example.org", email_verified=False)
    page = visit(browser, site.app).page
    signed_in(page, site, "ana@example.org")
    for path in ("", "squad", "data"):
        turn_to(page, path)
        expect(page.locator("h1")).to_have_text("Who Decides?")
        expect(page.get_by_text("which is not an editor's address here")).to_be_visible()
        expect(page.locator("body")).not_to_contain_text("Atlas")


def test_a_link_shares_one_squad_until_it_is_switched_off(browser: Browser, site: Site) -> None:
    editor = visit(browser, site.app).page
    cookie = signed_in_by_cookie(site.app, SECRET, "ana@example.org")
    editor.context.add_cookies([{"name": "_streamlit_user", "value": cookie, "url": site.app}])
    editor.goto(f"{site.app}/sharing")
    settled(editor)
    editor.get_by_label("Whom is it for?", exact=True).fill("Board")
    editor.locator(".st-key-sharing-squads").get_by_label("Clear all").click()
    editor.locator(".st-key-sharing-squads input").click()
    editor.get_by_role("option", name="Atlas").click()
    editor.keyboard.press("Escape")
    editor.get_by_role("button", name="Make the link").click()
    address = editor.locator("[data-testid=stCode] code").inner_text()
    token = address.partition("?link=")[2]
    assert address.startswith(f"{site.app}/?link=")

    asked: list[str] = []
    leader = browser.new_context(locale="en-GB").new_page()
    leader.set_default_timeout(15_000)
    leader.on("request", lambda request: asked.append(request.url))
    leader.goto(address)
    expect(leader.locator("h1")).to_have_text("Atlas")
    settled(leader)
    leader.get_by_role("radio", name="Numbers").click()
    expect(leader.get_by_role("button", name="Table (CSV)")).to_be_visible()
    expect(leader.get_by_text("November 2026 · 1 voice")).to_be_visible()
    expect(leader.get_by_role("link", name="Data")).to_have_count(0)
    policy = leader.locator("meta[name=referrer]")
    expect(policy).to_have_attribute("content", "no-referrer")
    leader.reload()
    expect(leader.get_by_text("November 2026 · 1 voice")).to_be_visible()
    with leader.expect_download() as download:
        leader.get_by_role("button", name="Table (CSV)").click()
    assert "Cobalt" not in download.value.path().read_text(encoding="utf-8-sig")

    # The token is in the page's own address, and nowhere else that could keep or pass it on.
    assert {url for url in asked if token in url and not _is_page(url, site.app)} == set()
    assert all(url.startswith(("data:", "blob:", site.app)) for url in asked)
    assert site.leaks(token) == []

    board = editor.get_by_role("option", name="Board")
    for _press in range(5):  # the list may be drawn anew just then, and take no key
        editor.locator(".st-key-sharing-link input").press("ArrowDown")
        editor.wait_for_timeout(500)
        if board.is_visible():
            break
    board.press("Enter")
    editor.get_by_role("button", name="Switch off…").click()
    editor.get_by_role("button", name="Yes, switch it off").click()
    expect(editor.get_by_text("The link is switched off.")).to_be_visible()
    leader.get_by_role("button", name="Table (CSV)").click()
    expect(leader.get_by_text("your access may have ended")).to_be_visible()
    leader.get_by_role("button", name="November 2026").click()
    leader.get_by_text("Quarter", exact=True).click()
    expect(leader.locator("h1")).to_have_text("This link is not valid")
    expect(leader.locator("body")).not_to_contain_text("Atlas")


def _is_page(url: str, app: str) -> bool:
    """Whether an address is one of a page, which alone may hold the token."""
    return url.removeprefix(app).partition("?")[0] in ("/", "/leadership", "/squad")

"""Where signing in leads, whatever a browser's cookie says."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from assessment.ui.server.signing_in import way_back
from assessment.ui.session.page_files import CAME_FOR


def cookies(way: str) -> bytes:
    """What a browser sends that keeps a way beside other cookies."""
    return f"_streamlit_xsrf=2|a|b|1; {CAME_FOR}={quote(way)}".encode("latin-1")


def test_signing_in_leads_to_the_page_that_was_asked_for_with_what_its_address_said() -> None:
    assert way_back(cookies("/data?lang=fr")) == "/data?lang=fr"
    squads = "/compare?squad=%C3%89quipe+Atlas&squad=Dune&lang=fr"
    assert way_back(cookies(squads)) == squads
    assert way_back(cookies("/?lang=fr")) == "/?lang=fr"
    assert way_back(b"_streamlit_xsrf=2|a|b|1") == "/"


def test_where_it_fails_that_is_told_beside_it() -> None:
    way = way_back(cookies("/data?lang=fr"), **{"sign-in-failed": "1"})
    assert way == "/data?lang=fr&sign-in-failed=1"


@pytest.mark.parametrize(
    "way",
    [
        *("//evil.test", "https://evil.test/data", "/\\evil.test", "/data/../../evil", "data#x"),
        *("/nothing?lang=fr", "/data\r\nSet-Cookie: a=b", "", "%", "\x00"),
    ],
)
def test_what_names_no_page_of_the_app_leads_to_the_first(way: str) -> None:
    assert way_back(cookies(way)) == "/"


def test_no_character_of_an_address_ends_the_header_that_holds_it() -> None:
    way = way_back(cookies("/data?squad=a\r\nSet-Cookie: b=c&x=é"))
    assert way == "/data?squad=a%0D%0ASet-Cookie%3A+b%3Dc&x=%C3%A9"

"""By which names the app opens: its own, whoever lets another one point here."""

from __future__ import annotations

import pytest

from assessment.access.hosts import check_host, reaches_this_machine_alone
from assessment.access.policy import Policy, policy_of
from assessment.errors import Refused

OPEN = Policy()
SIGN_IN = {
    "redirect_uri": "https://Decides.example.org/oauth2callback",
    "cookie_secret": "0" * 32,
    "client_id": "x",
    "client_secret": "x",
    "server_metadata_url": "https://id.example/",
}
PROTECTED = policy_of({"auth": SIGN_IN, "access": {"editors": ["ana@example.org"]}})
NAMED = policy_of(
    {
        "auth": SIGN_IN,
        "access": {"editors": ["ana@example.org"], "address": "https://who.example:444/decides"},
    }
)


def is_known(host: str | None, policy: Policy = OPEN, *own: str) -> bool:
    try:
        check_host(host, policy, own=own, file="secrets.toml")
    except Refused:
        return False
    return True


@pytest.mark.parametrize(
    "host",
    [
        *("localhost", "localhost:8501", "LOCALHOST:8501", "127.0.0.1:8501", "[::1]:8501"),
        *("192.168.1.20:8501", "laptop:8501", "app", "decides.localhost", "localhost."),
        "[::ffff:127.0.0.1]",
        None,
    ],
)
def test_numbers_and_names_that_nobody_on_the_internet_can_hold_are_known(
    host: str | None,
) -> None:
    assert is_known(host)
    assert is_known(host, PROTECTED)


@pytest.mark.parametrize(
    "host",
    [
        *("evil.test", "evil.test:8501", "localhost.evil.test", "127.0.0.1.evil.test"),
        *("evil.test.", "xlocalhost.test", "", ":8501", "[::1", "ana@evil.test", "evil.test/x"),
    ],
)
def test_any_other_name_is_foreign_until_it_is_named(host: str) -> None:
    assert not is_known(host)
    assert not is_known(host, NAMED)


def test_the_operator_s_address_and_the_place_of_signing_in_are_known() -> None:
    assert is_known("who.example", NAMED)
    assert is_known("WHO.example.:444", NAMED)
    assert not is_known("who.example", PROTECTED)
    assert is_known("decides.example.org", PROTECTED)
    assert not is_known("decides.example.org", OPEN)
    assert not is_known("sub.who.example", NAMED)
    assert is_known("who.example", policy_of({"access": {"address": "http://who.example"}}))


def test_names_that_the_operator_or_the_machine_gives_are_known() -> None:
    assert is_known("laptop.local", OPEN, "Laptop.local")
    assert is_known("atlas.streamlit.app", OPEN, "*.streamlit.app")
    for foreign in ("streamlit.app.evil.test", "evilstreamlit.app", "streamlit.app"):
        assert not is_known(foreign, OPEN, "*.streamlit.app")
    assert is_known("evil.test", OPEN, "*")


def test_whoever_comes_by_a_foreign_name_is_told_what_to_do() -> None:
    with pytest.raises(Refused, match=r"opened as evil\.test, .* \[access\] address into sec"):
        check_host("evil.test:8501", OPEN, own=(), file="secrets.toml")


@pytest.mark.parametrize(
    ("url", "alone"),
    [
        *((f"http://{host}:8501/round", True) for host in ("127.0.0.1", "localhost", "[::1]")),
        *((f"http://{host}", True) for host in ("172.17.0.2", "169.254.1.1", "0.0.0.0", "")),  # noqa: S104
        *((f"http://{host}", True) for host in ("a.localhost", "0123456789ab", "x.localdomain")),
        *((f"http://{host}:8501", False) for host in ("192.168.1.20", "172.18.0.2", "laptop")),
        ("https://decides.example.org/governance", False),
        ("not an address", True),
    ],
)
def test_an_address_that_other_devices_cannot_reach_is_told(url: str, alone: bool) -> None:
    assert reaches_this_machine_alone(url) is alone

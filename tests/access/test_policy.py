"""The operator's settings: those that fit, those that shut everybody out, and who edits."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from traceback import format_exception
from uuid import UUID

import pytest

from assessment.access.policy import Access, Policy, policy_of
from assessment.access.rights import Rights, visitor_of
from assessment.errors import Refused, SetupError
from tests.access.policies import AUTH, EDITORS, OPEN, PROTECTED, somebody

# The operator's settings --------------------------------------------------------------------------


def test_without_settings_the_app_is_open_and_whoever_comes_may_do_everything() -> None:
    assert not OPEN.protected
    allowed = Rights(visitor_of(OPEN, {}, presented=False, link=None))
    assert allowed.may_edit
    assert allowed.may_see_notes
    assert allowed.may_see_roles
    assert allowed.may_read("Atlas", date(2026, 11, 3))
    assert allowed.may_answer(UUID(int=1))


def test_an_address_of_the_app_alone_protects_nothing() -> None:
    policy = policy_of({"access": {"address": "https://example.org/governance/"}})
    assert policy == Policy(access=Access(address="https://example.org/governance"))
    assert not policy.protected


def test_what_is_for_the_environment_and_for_streamlit_itself_protects_nothing() -> None:
    others = {"WHO_DECIDES_LOG": "json", "proxy": "http://127.0.0.1:1", "connections": {"a": {}}}
    assert policy_of(others | {"assets": "/srv", "auction": "on"}) == OPEN


@pytest.mark.parametrize("way", ["governance/oauth2callback", "a/governance/oauth2callback/"])
def test_signing_in_ends_under_the_base_path(way: str) -> None:
    auth = AUTH | {"redirect_uri": f"https://example.org/{way}"}
    assert policy_of({"auth": auth, "access": {"editors": EDITORS}}, base="/governance").protected


@pytest.mark.parametrize("way", ["oauth2callback", "Governance/oauth2callback", "governance/"])
def test_a_redirect_uri_beside_the_base_path_is_refused_with_what_it_ends_in(way: str) -> None:
    auth = AUTH | {"redirect_uri": f"https://example.org/{way}"}
    with pytest.raises(
        SetupError, match=r"such as https://example\.org/governance/oauth2callback,"
    ):
        policy_of({"auth": auth, "access": {"editors": EDITORS}}, base="/governance")


def test_providers_are_the_unnamed_one_and_those_with_a_table() -> None:
    assert PROTECTED.providers == ("",)
    shared = {key: AUTH[key] for key in ("redirect_uri", "cookie_secret")}
    named = shared | {"one": {"client_id": "a"}, "two": {"client_id": "b"}}
    policy = policy_of({"auth": named, "access": {"editors": EDITORS}})
    assert policy.providers == ("one", "two")


@pytest.mark.parametrize(
    ("secrets", "reason"),
    [
        ({"auth": AUTH}, "nobody is an editor"),
        ({"auth": AUTH, "access": {}}, "nobody is an editor"),
        ({"access": {"editors": EDITORS}}, r"\[auth\] is missing"),
        ({"access": {"editors": []}}, r"\[auth\] is missing"),
        ({"auth": AUTH, "access": {"editors": []}}, "not a list of addresses"),
        ({"auth": AUTH, "access": {"editors": "ana@example.org"}}, "not a list of addresses"),
        ({"auth": AUTH, "access": {"editors": ["ana@example.org", ""]}}, "entry 2"),
        ({"auth": AUTH, "access": {"editors": [3]}}, "entry 1"),
        ({"auth": AUTH, "access": {"editors": ["@"]}}, "entry 1"),
        ({"auth": AUTH, "access": {"editors": ["example.org"]}}, "entry 1"),
        ({"auth": AUTH, "access": {"editors": ["*@example.org@"]}}, "entry 1"),
        ({"auth": AUTH, "access": {"editors": ["ana @example.org"]}}, "entry 1"),
        ({"auth": AUTH, "access": {"editors": EDITORS, "admins": []}}, "not 'admins'"),
        # Told first, since the setting that does not fit may be meant by it.
        ({"auth": AUTH, "access": {"editors": [], "editor": EDITORS}}, "not 'editor'"),
        ({"Auth": AUTH, "Access": {"editors": EDITORS}}, r"there is no table \[Auth\]"),
        ({"auth": AUTH, "access": {"editors": EDITORS}, "acess": {}}, r"no table \[acess\]"),
        ({"Access": "ana@example.org"}, "access is not a table"),
        ({"editors": EDITORS}, r"move it below the line \[access\]"),
        ({"Editor": EDITORS}, r"Editor stands above .* the line \[access\]"),
        ({"editor": "ana@example.org"}, r"editor stands above .* the line \[access\]"),
        ({"redirect-uri": "https://e.org"}, r"redirect-uri stands above .* the line \[auth\]"),
        ({"Client-Secret": "x"}, r"Client-Secret stands above .* the line \[auth\]"),
        ({"authentication": "on"}, r"no table \[authentication\]"),
        ({"acess": "on"}, r"no table \[acess\]"),
        ({"connections": "x"}, "connections is not a table"),
        ({"cookie_secret": "x" * 32}, r"move it below the line \[auth\]"),
        ({"access": {"WHO_DECIDES_DATABASE_URL": "x"}}, r"stands under \[access\]"),
        ({"auth": AUTH | {"one": {"WHO_DECIDES_LOG": "x"}}}, r"stands under \[auth\.one\]"),
        ({"auth": AUTH, "access": "ana@example.org"}, "access is not a table"),
        ({"auth": "yes", "access": {"editors": EDITORS}}, "auth is not a table"),
        ({"auth": AUTH | {"cookie_secret": "short"}, "access": {"editors": EDITORS}}, "32"),
        ({"auth": {}, "access": {"editors": EDITORS}}, "cookie_secret"),
        (
            {"auth": {"cookie_secret": "x" * 32}, "access": {"editors": EDITORS}},
            "it needs redirect_uri",
        ),
        (
            {"auth": AUTH | {"redirect_uri": "https://e.org/"}, "access": {"editors": EDITORS}},
            "redirect_uri is not where signing in ends",
        ),
        (
            {"auth": AUTH | {"client_id": "…"}, "access": {"editors": EDITORS}},
            r"client_id under \[auth\] still stands as in the example",
        ),
        (
            {"auth": AUTH | {"one": {"client_id": "…"}}, "access": {"editors": EDITORS}},
            r"client_id under \[auth\.one\] still stands as in the example",
        ),
        ({"access": {"address": "example.org"}}, "not where the app is reached"),
        ({"access": {"address": "javascript:alert(1)"}}, "not where the app is reached"),
        ({"access": {"address": "https://e.org/?squad=a"}}, "not where the app is reached"),
        ({"access": {"address": 3}}, "not where the app is reached"),
        ({"access": {"address": "http://[example.org"}}, "not where the app is reached"),
        ({"access": {"answers_per_link": 0}}, "not a number of answers"),
        ({"access": {"answers_per_link": True}}, "not a number of answers"),
        ({"access": {"answers_per_link": "300"}}, "not a number of answers"),
        ({"access": {"signed_in_days": 0}}, "not a number of days"),
        ({"access": {"signed_in_days": 31}}, "not a number of days"),
    ],
)
def test_settings_that_do_not_fit_together_open_nothing(
    secrets: dict[str, object], reason: str
) -> None:
    with pytest.raises(SetupError, match=reason):
        policy_of(secrets)


def test_a_refusal_repeats_no_secret_not_even_in_the_log() -> None:
    secret = "a1b2" * 4
    with pytest.raises(SetupError) as refusal:
        policy_of({"auth": AUTH | {"cookie_secret": secret}, "access": {"editors": EDITORS}})
    assert secret not in "".join(format_exception(refusal.value))
    assert AUTH["cookie_secret"] not in repr(PROTECTED)


def test_the_settings_that_the_documentation_offers_fit_once_they_are_filled_in() -> None:
    offered = Path(__file__).parents[2] / "docs" / "secrets.example.toml"
    text = offered.read_text(encoding="utf-8")
    with pytest.raises(SetupError, match="cookie_secret"):
        policy_of(tomllib.loads(text))
    for example, filled_in in (
        ('"…"', '"' + "a1" * 32 + '"'),
        ("provider.example", "login.company.test"),
        ("you@example.org", "ana@example.org"),
    ):
        with pytest.raises(SetupError):
            policy_of(tomllib.loads(text))
        text = text.replace(example, filled_in)
    policy = policy_of(tomllib.loads(text))
    assert policy.protected
    assert policy.is_editor(somebody("someone@example.org"))
    assert policy.access.address == "https://example.org/governance"


def test_signing_in_lasts_its_days_from_when_the_provider_says_it_was() -> None:
    policy = policy_of({"access": {"signed_in_days": 7}})
    now = datetime(2026, 11, 29, 12, tzinfo=UTC)
    signed_in = {"iat": int((now - timedelta(days=7)).timestamp())}
    assert not policy.is_over(signed_in, now=now)
    assert policy.is_over(signed_in, now=now + timedelta(seconds=1))
    assert not OPEN.is_over(signed_in, now=now + timedelta(days=23))
    assert OPEN.is_over(signed_in, now=now + timedelta(days=24))
    for untold in ({}, {"iat": None}, {"iat": "long ago"}):
        assert not policy.is_over(untold, now=now)


def test_an_invitation_takes_as_many_answers_as_it_may_and_not_one_more() -> None:
    policy = policy_of({"access": {"answers_per_link": 40}})
    policy.check_takes_more(39)
    with pytest.raises(Refused, match=r"reached its limit of 40 answers"):
        policy.check_takes_more(40)
    OPEN.check_takes_more(299)
    with pytest.raises(Refused, match="300"):
        OPEN.check_takes_more(1_000)


# Who is an editor ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    ["ana@example.org", "ANA@Example.ORG", "yann@company.example", "Yann@COMPANY.example"],
)
def test_an_address_on_the_list_edits_whatever_its_case(address: str) -> None:
    assert PROTECTED.is_editor(somebody(address))
    assert PROTECTED.is_editor(somebody(address, email_verified=True))


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ana@example.org.evil.test",
        "xana@example.org",
        "ana@example.or",
        "bob@example.org",
        "yann@evil-company.example",
        "yann@sub.company.example",
        "yann@company.example.evil.test",
        "yann@company.example@evil.test",
        '"yann@company.example"@evil.test',
        "@company.example",
        "company.example",
        "yann@company.example ",
        " yann@company.example",
        "yann@company.example\n",
        "yann\x00@company.example",
        "yann@COMPANY\u212a.example",
        "ana@example.org,yann@company.example",
    ],
)
def test_an_address_that_only_resembles_one_on_the_list_does_not_edit(address: str) -> None:
    assert not PROTECTED.is_editor(somebody(address))


def test_letters_that_fold_into_ascii_are_not_taken_for_it() -> None:
    # The Kelvin sign folds to k, and the long s to s.
    editors = ["kim@example.org", "sam@example.org"]
    policy = policy_of({"auth": AUTH, "access": {"editors": editors}})
    assert policy.is_editor(somebody("Kim@example.org"))
    assert not policy.is_editor(somebody("\u212aim@example.org"))
    assert not policy.is_editor(somebody("\u017fam@example.org"))


@pytest.mark.parametrize("verified", [False, "false", None, 0, "", "yes", []])
def test_an_unverified_address_does_not_edit(verified: object) -> None:
    assert not PROTECTED.is_editor(somebody("ana@example.org", email_verified=verified))

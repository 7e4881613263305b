"""Who may open the app and sign in, as the secrets file says; checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from assessment.errors import Refused, SetupError, template

_SHORTEST_SECRET = 32


_ANSWERS_PER_LINK = 300


_ACCESS = ("editors", "address", "answers_per_link")


SECRETS = "secrets.toml"
"""The file of settings that messages name; Streamlit knows where it lies."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How access is decided: open, or protected by sign-in with a list of editors.

    `editors` holds addresses and `@domains`, comparable as `_comparable` makes them. `providers`
    names the ways to sign in, "" being the only one of an unnamed provider. `answers_per_link` is
    how many answers one invitation takes at most, and `site` the app's own address where the
    operator told it.
    """

    protected: bool
    editors: frozenset[str] = frozenset()
    providers: tuple[str, ...] = ()
    answers_per_link: int = _ANSWERS_PER_LINK
    site: str | None = None

    def check_takes_more(self, answered: int) -> None:
        """Raise Refused once an invitation has brought as many answers as it may."""
        if answered >= self.answers_per_link:
            raise Refused(
                template(
                    "this invitation has brought {most} answers and takes no more; nothing was "
                    "stored: tell whoever sent it to you"
                ),
                most=self.answers_per_link,
            )

    def is_editor(self, claims: Mapping[str, Any]) -> bool:
        """Whether a signed-in identity is on the list, by an address that is not unverified."""
        email = email_in(claims)
        if not self.protected or email is None or claims.get("is_logged_in") is not True:
            return False
        if claims.get("email_verified", True) not in (True, "true"):
            return False
        return bool({email, "@" + email.rpartition("@")[2]} & self.editors)


def policy_of(secrets: Mapping[str, Any]) -> Policy:
    """The policy that Streamlit's secrets ask for; SetupError where they do not fit together."""
    access = _table(secrets, "access")
    if unknown := sorted(access.keys() - set(_ACCESS)):
        raise _unfit(
            template("{file}: [access] knows {known}, not '{name}'; remove it"),
            known=", ".join(_ACCESS),
            name=unknown[0],
        )
    common = Policy(
        protected=False,
        answers_per_link=_answers_per_link(access.get("answers_per_link", _ANSWERS_PER_LINK)),
        site=_site(access.get("address")),
    )
    if "auth" not in secrets:
        if "editors" in access:
            raise _unfit(
                template(
                    "{file}: [access] lists editors, but [auth] is missing; add the "
                    "OpenID Connect provider by which they sign in, or remove the list"
                )
            )
        return common
    if "editors" not in access:
        raise _unfit(
            template(
                "{file}: [auth] asks people to sign in, but nobody is an editor; add "
                '[access] editors = ["you@example.org", "@example.org"]'
            )
        )
    return replace(
        common,
        protected=True,
        editors=_editors(access["editors"]),
        providers=_providers(_table(secrets, "auth")),
    )


def email_in(claims: Mapping[str, Any]) -> str | None:
    """The e-mail address of an identity, comparable; None where it has none that could be one."""
    email = claims.get("email")
    return _comparable(email) if isinstance(email, str) and _is_email(email) else None


def _unfit(reason: str, **fields: object) -> SetupError:
    return SetupError(reason, file=SECRETS, **fields)


def _table(secrets: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    table = secrets.get(name, {})
    if not isinstance(table, Mapping):
        raise _unfit(
            template("{file}: {name} is not a table; begin it with a line [{name}]"),
            name=name,
        )
    return table


def _editors(listed: object) -> frozenset[str]:
    if not isinstance(listed, list) or not listed:
        raise _unfit(
            template(
                "{file}: editors is not a list of addresses; write "
                '[access] editors = ["you@example.org", "@example.org"]'
            )
        )
    for place, entry in enumerate(listed, start=1):
        named = isinstance(entry, str) and (_is_email(entry) or _is_email("a" + entry))
        if not named:
            raise _unfit(
                template(
                    "{file}: entry {place} of editors is neither an address nor an "
                    '"@domain"; correct it'
                ),
                place=place,
            )
    return frozenset(map(_comparable, listed))


def _is_email(text: str) -> bool:
    name, at, domain = text.partition("@")
    return (
        bool(name and at and domain)
        and "@" not in domain
        and text.isprintable()
        and (" " not in text)
    )


def _comparable(email: str) -> str:
    """Case does not count, among ASCII letters only: folding others would make two alike."""
    return email.casefold() if email.isascii() else email


def _providers(auth: Mapping[str, Any]) -> tuple[str, ...]:
    named = tuple(name for name, table in auth.items() if _is_provider(table))
    providers = (("",) if "client_id" in auth else ()) + named
    secret = auth.get("cookie_secret")
    if not isinstance(secret, str) or len(secret) < _SHORTEST_SECRET:
        raise _unfit(
            template(
                "{file}: [auth] needs a cookie_secret of {least} random characters or "
                "more; whoever guesses it signs in as anyone"
            ),
            least=_SHORTEST_SECRET,
        )
    if "redirect_uri" not in auth or not providers:
        raise _unfit(
            template(
                "{file}: [auth] is incomplete; it needs redirect_uri, client_id, "
                "client_secret and server_metadata_url"
            )
        )
    return providers


def _is_provider(table: object) -> bool:
    return isinstance(table, Mapping) and "client_id" in table


def _answers_per_link(most: object) -> int:
    if not isinstance(most, int) or isinstance(most, bool) or most < 1:
        raise _unfit(
            template("{file}: [access] answers_per_link is no number of answers; write one over 0")
        )
    return most


def _site(address: object) -> str | None:
    if address is None:
        return None
    parts = urlsplit(address) if isinstance(address, str) else None
    if not parts or parts.scheme not in ("http", "https") or not parts.netloc or parts.query:
        raise _unfit(
            template(
                "{file}: [access] address is not where the app is reached; write it in "
                'full, such as "https://example.org/governance"'
            )
        )
    return parts.geturl().rstrip("/")

"""Who may open the app and sign in, as the secrets file says; checked."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from difflib import get_close_matches
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, ConfigDict, Field, ValidationError, model_validator

from assessment.errors import Refused, SetupError, template
from assessment.model.base import Frozen

SECRETS = "secrets.toml"
"""The file of settings that messages name; Streamlit knows where it lies."""

_SHORTEST_SECRET = 32

_NO_TABLE = template("{file}: {name} is not a table; begin it with a line [{name}]")
_UNKNOWN = template("{file}: [access] knows {known}, not '{name}'; remove it")
_UNKNOWN_TABLE = template(
    "{file}: there is no table [{name}]; expected [auth], [access] or [connections], in small "
    "letters; correct its name or remove it"
)
_ABOVE = template(
    "{file}: {name} stands above the first line in brackets, where it is not looked for; move it "
    "below the line [{table}]"
)
_MISPLACED = template(
    "{file}: {name} stands under [{table}], where it is not looked for; move it above the first "
    "line in brackets"
)
_NO_SIGN_IN = template(
    "{file}: [access] lists editors, but [auth] is missing; add the OpenID Connect provider by "
    "which they sign in, or remove the list"
)
_NO_EDITORS = template(
    "{file}: [auth] asks people to sign in, but nobody is an editor; add "
    '[access] editors = ["you@example.org", "@example.org"]'
)
_EXAMPLE = template(
    "{file}: {name} under [{table}] still stands as in the example; write what is true here"
)
_EXAMPLES = ("…", "provider.example", "you@example.org")
_NO_WAY_BACK = template(
    "{file}: [auth] redirect_uri is not where signing in ends; write it in full, such as "
    "https://example.org{way}, as it is registered with the provider"
)
_REASONS: Mapping[tuple[str | int, ...], str] = {
    ("access", "editors"): template(
        "{file}: editors is not a list of addresses; write "
        '[access] editors = ["you@example.org", "@example.org"]'
    ),
    ("access", "address"): template(
        "{file}: [access] address is not where the app is reached; write it in full, such as "
        '"https://example.org/governance"'
    ),
    ("access", "answers_per_link"): template(
        "{file}: [access] answers_per_link is not a number of answers; write one over 0"
    ),
    ("access", "signed_in_days"): template(
        "{file}: [access] signed_in_days is not a number of days; write one from 1 to 30"
    ),
    ("auth", "cookie_secret"): template(
        "{file}: [auth] needs a cookie_secret of {least} random characters or more; anyone who "
        "guesses it signs in as anyone"
    ),
}
"""Why a table or a setting does not fit, by where it stands."""

_NO_EDITOR = template(
    '{file}: entry {place} of editors is neither an address nor an "@domain"; correct it'
)
_INCOMPLETE = template(
    "{file}: [auth] is incomplete; it needs redirect_uri, client_id, client_secret and "
    "server_metadata_url"
)


def _is_email(text: str) -> bool:
    name, _, domain = text.partition("@")
    return bool(name and domain) and "@" not in domain and text.isprintable() and " " not in text


def _comparable(email: str) -> str:
    """Case does not count, among ASCII letters only: folding others would make two alike."""
    return email.casefold() if email.isascii() else email


def _editor(entry: str) -> str:
    if not _is_email("a" + entry):  # a name before "@domain" makes it an address
        raise ValueError("neither an address nor a domain")
    return _comparable(entry)


def _site(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query:
        raise ValueError("not where an app is reached")
    return parts.geturl().rstrip("/")


_TABLES = ("auth", "access", "connections")
"""The tables that secrets may have: ours, and one by which Streamlit connects to other services."""

_OF_AUTH = (
    "redirect_uri",
    "client_id",
    "client_secret",
    "server_metadata_url",
    "cookie_secret",
    "client_kwargs",
    "expose_tokens",
)


class Access(Frozen):
    """The table [access].

    `editors` holds comparable e-mail addresses and `@domains`, `address` the app's own URL;
    `answers_per_link` is how many answers one invitation takes at most, and `signed_in_days` for
    how many days signing in lasts; Streamlit's cookie of it lasts 30.
    """

    editors: frozenset[Annotated[str, AfterValidator(_editor)]] = Field(
        default=frozenset(), min_length=1
    )
    address: Annotated[str, AfterValidator(_site)] | None = None
    answers_per_link: int = Field(default=300, strict=True, ge=1)
    signed_in_days: int = Field(default=30, strict=True, ge=1, le=30)


_OF_ACCESS = tuple(Access.model_fields)
_ALIKE = 0.8
"""How alike a name has to be to one that is known to be meant for it, from 0 to 1."""


class Auth(Frozen):
    """What of the table [auth], which is Streamlit's, has to be there.

    `providers` names the ways to sign in, "" being the only one of an unnamed provider.
    """

    model_config = ConfigDict(extra="ignore")

    cookie_secret: str = Field(min_length=_SHORTEST_SECRET, repr=False)
    redirect_uri: Any
    providers: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _with_providers(cls, auth: Mapping[str, Any]) -> Mapping[str, Any]:
        tables = {"": auth, **auth} if isinstance(auth, Mapping) else {}
        named = [name for name, table in tables.items() if isinstance(table, Mapping)]
        providers = [name for name in named if "client_id" in tables[name]]
        return {**auth, "providers": providers} if tables else auth


class Policy(Frozen):
    """How access is decided: open, or protected by sign-in with a list of editors."""

    access: Access = Access()
    auth: Auth | None = None

    @model_validator(mode="before")
    @classmethod
    def _editors_sign_in(cls, tables: Mapping[str, Any]) -> Mapping[str, Any]:
        access = tables.get("access", {})
        if isinstance(access, Mapping) and ("editors" in access) != ("auth" in tables):
            raise SetupError(_NO_EDITORS if "auth" in tables else _NO_SIGN_IN, file=SECRETS)
        return tables

    @property
    def protected(self) -> bool:
        """Whether people have to sign in, or hold a link."""
        return self.auth is not None

    @property
    def providers(self) -> tuple[str, ...]:
        """The ways to sign in, see `Auth`."""
        return self.auth.providers if self.auth else ()

    def check_takes_more(self, answered: int) -> None:
        """Raise Refused once an invitation has brought as many answers as it may."""
        if answered >= self.access.answers_per_link:
            raise Refused(
                "this invitation has reached its limit of {most} answers, so nothing was stored; "
                "tell the person who sent it to you",
                most=self.access.answers_per_link,
            )

    def is_over(self, claims: Mapping[str, Any], *, now: datetime) -> bool:
        """Whether signing in lasted its days, where the provider tells when that was."""
        signed_in = claims.get("iat")
        lasts = timedelta(days=self.access.signed_in_days).total_seconds()
        return isinstance(signed_in, int | float) and now.timestamp() - signed_in > lasts

    def is_editor(self, claims: Mapping[str, Any]) -> bool:
        """Whether a signed-in identity is on the list, by an address that is not unverified."""
        email = email_in(claims)
        if not self.protected or email is None or claims.get("is_logged_in") is not True:
            return False
        if claims.get("email_verified", True) not in (True, "true"):
            return False
        return bool({email, "@" + email.rpartition("@")[2]} & self.access.editors)


def policy_of(secrets: Mapping[str, Any], *, base: str = "") -> Policy:
    """The policy that Streamlit's secrets ask for; SetupError where they do not fit together.

    `base` is the path under which the app is served, such as `/governance`, and signing in ends.
    """
    _refuse_misplaced(secrets)
    _refuse_unknown(secrets)
    tables = {name: secrets[name] for name in Policy.model_fields if name in secrets}
    try:
        policy = Policy.model_validate(tables)
    except ValidationError as error:
        # Unknown settings first, since one may be another misspelt; the error tells no value.
        first = min(error.errors(), key=lambda error: error["type"] != "extra_forbidden")
        raise _setup_error(first["loc"], first["type"]) from None
    _refuse_examples(tables)
    way = f"{base}/oauth2callback"
    if policy.auth and not str(policy.auth.redirect_uri).rstrip("/").endswith(way):
        raise SetupError(_NO_WAY_BACK, file=SECRETS, way=way)
    return policy


def _settings(tables: Mapping[str, Any], table: str = "") -> Iterator[tuple[str, str, Any]]:
    """Each setting: the table it stands in, its name and its value."""
    for name, value in tables.items():
        if isinstance(value, Mapping):
            yield from _settings(value, f"{table}.{name}" if table else name)
        else:
            yield table, name, value


def _refuse_examples(tables: Mapping[str, Any]) -> None:
    """Refuse values that stand where the example of the documentation was not filled in."""
    for table, name, value in _settings(tables):
        if any(example in str(value) for example in _EXAMPLES):
            raise SetupError(_EXAMPLE, file=SECRETS, name=name, table=table)


def _refuse_misplaced(secrets: Mapping[str, Any]) -> None:
    """Refuse what Streamlit would put into the environment, were it not at the end of a table."""
    for table, name, _value in _settings(secrets):
        if table and name.startswith("WHO_DECIDES_"):
            raise SetupError(_MISPLACED, file=SECRETS, name=name, table=table)


def _refuse_unknown(secrets: Mapping[str, Any]) -> None:
    """Refuse what may be meant to protect the app and is not looked at."""
    for name, value in secrets.items():
        if not isinstance(value, Mapping):
            _refuse_above_tables(name, value)
        elif name not in _TABLES:
            raise SetupError(_UNKNOWN_TABLE, file=SECRETS, name=name)


def _refuse_above_tables(name: str, value: object) -> None:
    """Refuse what belongs into a table; other texts and numbers are for the environment."""
    meant = name.casefold().replace("-", "_")
    if meant in _TABLES:
        raise SetupError(_NO_TABLE, file=SECRETS, name=meant)
    if meant.startswith(_TABLES) or get_close_matches(meant, _TABLES, cutoff=_ALIKE):
        raise SetupError(_UNKNOWN_TABLE, file=SECRETS, name=name)
    if get_close_matches(meant, _OF_AUTH, cutoff=_ALIKE):
        raise SetupError(_ABOVE, file=SECRETS, name=name, table="auth")
    if isinstance(value, list) or get_close_matches(meant, _OF_ACCESS, cutoff=_ALIKE):
        raise SetupError(_ABOVE, file=SECRETS, name=name, table="access")


def email_in(claims: Mapping[str, Any]) -> str | None:
    """The e-mail address of an identity, comparable; None where it has none that could be one."""
    email = claims.get("email")
    return _comparable(email) if isinstance(email, str) and _is_email(email) else None


def _setup_error(where: tuple[str | int, ...], kind: str) -> SetupError:
    """What the operator is told of the place at which the settings do not fit."""
    name = where[-1]
    if kind == "extra_forbidden":
        return SetupError(_UNKNOWN, file=SECRETS, known=", ".join(_OF_ACCESS), name=name)
    if isinstance(name, int):
        return SetupError(_NO_EDITOR, file=SECRETS, place=name + 1)
    reason = _REASONS.get(where, _INCOMPLETE)
    return SetupError(reason, file=SECRETS, name=name, least=_SHORTEST_SECRET)

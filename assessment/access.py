"""Who is here, and what they may do: the operator's settings, an identity or a link; pure."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, TypeAlias
from urllib.parse import urlsplit
from uuid import UUID

from assessment.errors import Refused, SetupError, WhoDecidesError, template
from assessment.links import Link
from assessment.model import Assessment, name_key
from assessment.promises import as_shown
from assessment.rounds import Period
from assessment.storage.protocol import Stored

Room: TypeAlias = Literal["check", "round", "results", "learn", "manage", "shared"]
"""What a page is for. `round` answers an invitation, `shared` reads nothing that is stored."""

Standing: TypeAlias = Literal[
    "anybody", "editor", "viewer", "invitee", "stranger", "nobody", "bad link", "locked out"
]
"""`anybody` may do everything, in open mode. `stranger` is signed in without being an editor,
`nobody` is not signed in, and `locked out` is everybody while access cannot be decided."""

_OPENS: Mapping[Standing, frozenset[Room]] = {
    "anybody": frozenset({"check", "round", "results", "learn", "manage", "shared"}),
    "editor": frozenset({"check", "round", "results", "learn", "manage", "shared"}),
    "viewer": frozenset({"results", "learn", "shared"}),
    "invitee": frozenset({"round", "learn", "shared"}),
    "stranger": frozenset({"shared"}),
    "nobody": frozenset({"shared"}),
    "bad link": frozenset({"shared"}),
    "locked out": frozenset(),
}
_SHORTEST_SECRET = 32
_ANSWERS_PER_LINK = 300

_ACCESS = ("editors", "address", "answers_per_link")

SECRETS = "secrets.toml"
"""The file of settings that messages name; Streamlit knows where it lies."""


# The operator's settings --------------------------------------------------------------------------


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
        address = address_in(claims)
        if not self.protected or address is None or claims.get("is_logged_in") is not True:
            return False
        if claims.get("email_verified", True) not in (True, "true"):
            return False
        return bool({address, "@" + address.rpartition("@")[2]} & self.editors)


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


def address_in(claims: Mapping[str, Any]) -> str | None:
    """The address of an identity, comparable; None where it has none that could be one."""
    address = claims.get("email")
    return _comparable(address) if isinstance(address, str) and _is_address(address) else None


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
        named = isinstance(entry, str) and (_is_address(entry) or _is_address("a" + entry))
        if not named:
            raise _unfit(
                template(
                    "{file}: entry {place} of editors is neither an address nor an "
                    '"@domain"; correct it'
                ),
                place=place,
            )
    return frozenset(map(_comparable, listed))


def _is_address(text: str) -> bool:
    name, at, domain = text.partition("@")
    return (
        bool(name and at and domain)
        and "@" not in domain
        and text.isprintable()
        and (" " not in text)
    )


def _comparable(address: str) -> str:
    """Case does not count, among ASCII letters only: folding others would make two alike."""
    return address.casefold() if address.isascii() else address


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


# Who is here --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody on a page: how they stand, the address they signed in with, the link they hold.

    `trouble` is why access could not be decided.
    """

    standing: Standing
    address: str | None = None
    link: Link | None = None
    trouble: WhoDecidesError | None = None


def visitor_of(
    policy: Policy, claims: Mapping[str, Any], *, presented: bool, link: Link | None
) -> Visitor:
    """Who an identity and a link make of somebody.

    `presented` says that a link was shown, `link` which valid one it was. Whoever shows a link
    is its holder and no more, an editor too, who thus sees what the holder sees.
    """
    address = address_in(claims) if claims.get("is_logged_in") is True else None
    if presented:
        standing: Standing = "bad link"
        if link is not None:
            standing = "viewer" if link.kind == "view" else "invitee"
        return Visitor(standing, address, link)
    if not policy.protected:
        return Visitor("anybody")
    if policy.is_editor(claims):
        return Visitor("editor", address)
    return Visitor("stranger" if claims.get("is_logged_in") is True else "nobody", address)


# What they may do ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rights:
    """What a visitor may do; every question is answered here and nowhere else."""

    visitor: Visitor

    def may_open(self, room: Room) -> bool:
        """Whether pages of a kind open at all."""
        return room in _OPENS[self.visitor.standing]

    @property
    def may_edit(self) -> bool:
        """Whether they may store, change, delete, share and see everything stored."""
        return self.visitor.standing in ("anybody", "editor")

    def may_read_squad(self, squad: str) -> bool:
        """Whether they may know of a squad's results at all."""
        if self.may_edit:
            return True
        link = self._viewed
        return link is not None and (link.squad_keys is None or name_key(squad) in link.squad_keys)

    def may_read(self, squad: str, day: date) -> bool:
        """Whether they may read what a squad answered or decided on a day."""
        if not self.may_read_squad(squad):
            return False
        period = self._viewed.period if self._viewed else None
        return period is None or Period.of(day, period.by) == period

    def may_read_setup(self, squad: str, since: date) -> bool:
        """Whether they may read how a squad is set up from a day on; not of later periods."""
        period = self._viewed.period if self._viewed else None
        begun = period is None or Period.of(since, period.by) <= period
        return begun and self.may_read_squad(squad)

    def may_answer(self, round_id: UUID) -> bool:
        """Whether they may answer a round."""
        link = self.visitor.link
        invited = self.visitor.standing == "invitee" and link is not None
        return self.may_edit or (invited and link is not None and link.round_id == round_id)

    @property
    def may_see_notes(self) -> bool:
        """Whether notes are shown to them."""
        return self.may_edit or bool(self._viewed and self._viewed.with_notes)

    @property
    def may_see_roles(self) -> bool:
        """Whether the roles of voices are shown to them."""
        return self.may_edit or bool(self._viewed and self._viewed.with_roles)

    @property
    def may_see_aliases(self) -> bool:
        """Whether the aliases of voices are shown to them; no link ever does."""
        return self.may_edit

    @property
    def _viewed(self) -> Link | None:
        return self.visitor.link if self.visitor.standing == "viewer" else None

    @property
    def scope(self) -> Hashable:
        """Equal for rights that see the same of what is stored."""
        link = self._viewed
        if self.may_edit or link is None:
            return self.may_edit
        return link.squad_keys, link.period, link.with_notes, link.with_roles


def visible(stored: Stored, rights: Rights) -> Stored:
    """What of the stored these rights see; the only way from the store to a page or a file.

    Nobody sees answers that must stay hidden, nor links. For viewers it is made field by field,
    so that whatever a store comes to hold stays unseen until it is named here.
    """
    stored = as_shown(stored)
    if rights.may_edit:
        return stored
    voices: dict[tuple[str, str], int] = {}
    return Stored(
        assessments=tuple(
            _bared(each, rights, voices)
            for each in stored.assessments
            if rights.may_read(each.squad, each.assessed_on)
        ),
        setups=tuple(
            each for each in stored.setups if rights.may_read_setup(each.squad, each.since)
        ),
        actions=tuple(
            each if rights.may_see_notes else each.model_copy(update={"note": ""})
            for each in stored.actions
            if rights.may_read(each.squad, each.decided_on)
        ),
        set_aside=(),
        version=(stored.version, rights.scope),
    )


def _bared(
    assessment: Assessment, rights: Rights, voices: dict[tuple[str, str], int]
) -> Assessment:
    """The assessment without what is not shared; a number stands for an alias.

    A number, not nothing: one voice that answered twice must still count once.
    """
    changes: dict[str, object] = {}
    if not rights.may_see_notes:
        changes["note"] = ""
    if not rights.may_see_roles:
        changes["role"] = None
    if assessment.voice and not rights.may_see_aliases:
        key = assessment.squad_key, assessment.voice_key
        changes["voice"] = str(voices.setdefault(key, len(voices) + 1))
    return assessment.model_copy(update=changes)

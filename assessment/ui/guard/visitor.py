"""Who is on the page: identity, link and the operator's settings, found anew at every run."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from socket import gethostname
from threading import Event
from typing import Any

import streamlit as st

from assessment.access.codes import as_code
from assessment.access.hosts import check_host
from assessment.access.links import PARAMETER, link_for
from assessment.access.policy import SECRETS, Policy, policy_of
from assessment.access.rights import Rights, Visitor, visitor_of
from assessment.errors import Refused, SetupError, StorageError, template
from assessment.model.link import Link
from assessment.storage.csv.places import COMMUNITY_CLOUD
from assessment.storage.environment import check_settings
from assessment.ui.guard import shared_links
from assessment.ui.guard.secrets_files import current_secrets
from assessment.ui.guard.whole_store import look_anew, looking_once
from assessment.ui.session import address, keys

IS_HOSTED = Path(COMMUNITY_CLOUD).is_dir()
"""Whether this is Streamlit Community Cloud, which gives each app a name of its own."""

INVALID = ""  # stands for a link that cannot be one, such as a parameter given twice

was_protected = Event()  # set once this server has been protected since it started

_signed_out: set[tuple[str, ...]] = set()
"""The sign-ins that were ended here, of which other windows of a browser know nothing."""

_Decision = tuple[Rights, Mapping[str, Any]]

_decided: ContextVar[_Decision | None] = ContextVar("_decided", default=None)
"""What this run's visitor may do, and the claims that they signed in with."""


def base_path() -> str:
    """The path under which the app is served, such as `/governance`; none at the root."""
    name = str(st.get_option("server.baseUrlPath")).strip("/")
    return f"/{name}" if name else ""


def current_policy() -> Policy:
    """How access is decided on this server; SetupError where its settings do not fit.

    A protected server never falls back to open while it runs: secrets that vanish, even for the
    moment in which an editor saves them, close it instead.
    """
    secrets = current_secrets()
    policy = policy_of(secrets, base=base_path())
    check_settings(secrets)  # Streamlit puts what stands above the tables into the environment
    if policy.protected:
        was_protected.set()
    elif was_protected.is_set():
        raise SetupError(
            template(
                "sign-in was set up when this server started and no longer is; put it back into "
                "secrets.toml, or restart the server to open it to everybody"
            )
        )
    return policy


def current_rights() -> Rights:
    """What the visitor of this run may do."""
    return (_decided.get() or _decide())[0]


def _decide() -> _Decision:
    """Decide anew; whoever comes by a foreign name, or to no settled access, is locked out."""
    look_anew()
    claims, host = st.user.to_dict(), st.context.headers.get("Host")
    return Rights(_visitor_with(claims, st.session_state.get(keys.LINK), host=host)), claims


@contextmanager
def rights_decided() -> Iterator[Rights]:
    """Decide once what the visitor may do, for all that a page shows within.

    Whatever changes something decides for itself, and so do callbacks and downloads, which run
    outside a page.
    """
    with looking_once():
        decided = _decided.get() or _decide()
        rights, token = decided[0], _decided.set(decided)
        st.session_state[keys.MAY_EDIT] = rights.may_edit
        try:
            yield rights
        finally:
            _decided.reset(token)


def refuse_unless_editor(rights: Rights | None = None) -> None:
    """Raise Refused where the visitor may not change things; callbacks run before any page.

    What a page shows goes by the `rights` that its run decided, as all else that it shows.
    """
    if (rights or _decide()[0]).may_edit:
        return
    if _sign_in_of(st.user.to_dict()) in _signed_out:
        raise Refused(
            "you signed out in another window, so nothing was changed; sign in, then do it again"
        )
    raise Refused("only editors may do this; nothing was changed")


def only_while_allowed(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """What makes a file, refusing once its visitor's rights are no longer those of this run.

    Files are made when clicked, outside any run: a link may have ended in between.
    """
    rights, claims = _decided.get() or _decide()
    token = st.session_state.get(keys.LINK)

    def made() -> bytes:
        if _visitor_with(claims, token) != rights.visitor:
            raise Refused("access has ended; open the page again")
        return make()

    return made


def settle_link() -> None:
    """Find the link of this visit: the URL's, else the one this session came with.

    It stays in the URL, so that a page can be loaded again, on a phone above all; what is kept
    beside it is this session's memory.
    """
    given = st.query_params.get_all(PARAMETER)
    if given:
        st.session_state[keys.LINK] = given[0] if len(given) == 1 else INVALID
    elif token := st.session_state.get(keys.LINK):
        address.settle(**{PARAMETER: token})


def leave_link() -> None:
    """Forget the link of this visit."""
    st.session_state.pop(keys.LINK, None)
    address.write(**{PARAMETER: None})


def sign_out() -> None:
    """End this sign-in in every window: Streamlit ends it in the one that asks."""
    if sign_in := _sign_in_of(st.user.to_dict()):
        _signed_out.add(sign_in)
    st.logout()


def _sign_in_of(claims: Mapping[str, Any]) -> tuple[str, ...]:
    """What tells one sign-in from any other; empty where the provider tells no time of it."""
    names = ("iss", "sub", "email", "iat")
    return tuple(str(claims.get(name)) for name in names) if "iat" in claims else ()


def _visitor_with(
    claims: Mapping[str, Any], token: str | None, *, host: str | None = None
) -> Visitor:
    machine, named = gethostname(), st.get_option("server.allowedHosts") or ()
    own = (*named, machine, f"{machine}.local", *(["*.streamlit.app"] if IS_HOSTED else ()))
    try:
        policy = current_policy()
        check_host(host, policy, own=own, file=SECRETS)
        links = shared_links.links() if token else ()
        link = _opened_by(token, links) if token else None
        if _sign_in_of(claims) in _signed_out or policy.is_over(claims, now=datetime.now(UTC)):
            claims = {}
        return visitor_of(policy, claims, presented=token is not None, link=link)
    except (Refused, SetupError, StorageError) as error:
        return Visitor("locked out", error=error)


def _opened_by(token: str, links: Iterable[Link]) -> Link | None:
    """The valid link that a token opens, as it is or read as a code; letters serve both."""
    now, links = datetime.now(UTC), tuple(links)
    code = as_code(token)
    return link_for(token, links, now=now) or (link_for(code, links, now=now) if code else None)

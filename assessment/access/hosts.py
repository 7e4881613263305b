"""By which names the app may be opened: a foreign one is a page of somebody else's; pure.

A page on the internet can let its own name point at this machine (DNS rebinding), and its scripts
then speak with the app as if they were its own. The browser still tells the name it was given.
"""

import re
from collections.abc import Collection
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from assessment.access.policy import Policy
from assessment.errors import Refused


def check_host(host: str | None, policy: Policy, *, own: Collection[str], file: str) -> None:
    """Raise Refused where a request came by a name that is none of the app's.

    `host` is the request's own header; none, as no browser sends it, passes. Known are addresses in
    numbers, names without a dot or in `.localhost`, which nobody on the internet can hold; those of
    `[access] address` and of the sign-in's `redirect_uri`; and `own`, what else the operator or the
    machine says: `*.example.org` stands for all names below it, `*` for any.
    """
    if host is None:
        return
    name = _name_in(f"//{host}")
    names = {*own, _name_in(policy.access.address or "")}
    if policy.auth is not None:
        names.add(_name_in(str(policy.auth.redirect_uri)))
    if not (name and (_is_of_no_internet(name) or any(_fits(name, known) for known in names))):
        raise Refused(
            "this app is not set up to be opened as {host}, so it stays closed here; open it by "
            "its own address, or tell the person who runs the server to write this one as "
            "[access] address into {file}",
            host=name or host,
            file=file,
        )


@lru_cache(maxsize=256)
def _name_in(url: str) -> str:
    """The host an address names, comparable; empty where it names none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def _address_in(name: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(name)
    except ValueError:
        return None


def _is_of_no_internet(name: str) -> bool:
    return "." not in name or name.endswith(".localhost") or _address_in(name) is not None


def _fits(name: str, known: str) -> bool:
    known = known.strip().lower().rstrip(".")
    if known.startswith("*."):
        return name.endswith(known[1:])
    return known in (name, "*")


_CONTAINERS = ip_network("172.17.0.0/16")
"""Where a container finds itself by default: a network that ends with its machine."""


def reaches_this_machine_alone(url: str) -> bool:
    """Whether an address leads other devices nowhere: a loopback, an unset or a container's own."""
    name = _name_in(url)
    if not name or name == "localhost" or name.endswith((".localhost", ".localdomain")):
        return True
    address = _address_in(name)
    if address is None:
        return bool(_CONTAINER_NAME.fullmatch(name))
    return (
        address.is_loopback
        or address.is_unspecified
        or address.is_link_local
        or address in _CONTAINERS
    )


_CONTAINER_NAME = re.compile(r"[0-9a-f]{12}")
"""The name a container gives itself."""

"""How far the server can be reached, and whether that is told to whoever started it."""

import logging
import re
from contextlib import suppress
from ipaddress import ip_address
from threading import Event

import streamlit as st

from assessment.access.hosts import reaches_this_machine_alone
from assessment.access.policy import Policy
from assessment.errors import SetupError
from assessment.ui.guard.visitor import current_policy

LOG = logging.getLogger("who_decides")

EXPOSED = (
    "This server %s beyond this machine without sign-in: anyone who reaches it may read, change "
    "and delete everything. Set up [auth] and [access] editors in secrets.toml, or let it listen "
    "to 127.0.0.1 alone, with no proxy before it."
)

_proxy_logged = Event()  # set once the log of this server tells of a proxy


def listens_beyond_this_machine() -> bool:
    """Whether other machines reach the server by its own address."""
    address = st.get_option("server.address") or ""
    try:
        return not ip_address(address).is_loopback
    except ValueError:
        return address != "localhost"


def is_reached_from_beyond(policy: Policy) -> bool:
    """Whether other machines reach the server, by its own address, another one or a proxy."""
    headers = st.context.headers
    urls = [f"//{headers.get('Host', '')}", policy.access.address or ""]
    clients = headers.get("X-Forwarded-For", "").split(",")
    return (
        listens_beyond_this_machine()
        or not all(map(reaches_this_machine_alone, urls))
        or not all(_is_of_this_machine(client.strip()) for client in clients if client.strip())
    )


def warn_of_exposure() -> None:
    """Say in the log how access is decided, where that leaves the door open or shut for all."""
    try:
        if not current_policy().protected and listens_beyond_this_machine():
            LOG.warning(EXPOSED, "listens")
    except SetupError as error:
        LOG.error("Nobody gets in: %s", error)


def warn_of_proxy() -> None:
    """Say in the log, once, that others come through a proxy to where the door is open."""
    if _proxy_logged.is_set() or listens_beyond_this_machine():
        return
    with suppress(SetupError):
        policy = current_policy()
        if not policy.protected and is_reached_from_beyond(policy):
            _proxy_logged.set()
            LOG.warning(EXPOSED, "is reached from")


def _is_of_this_machine(client: str) -> bool:
    """Whether a proxy names this machine, a port beside it or not; what is no address is beyond."""
    with_port = _IN_BRACKETS.fullmatch(client) or _WITH_PORT.fullmatch(client)
    try:
        address = ip_address(with_port[1] if with_port else client)
    except ValueError:
        return False
    return reaches_this_machine_alone(f"//[{address}]" if address.version == 6 else f"//{address}")


_IN_BRACKETS = re.compile(r"\[([^\]]*)\](?::\d+)?")
_WITH_PORT = re.compile(r"([^:]*):\d+")

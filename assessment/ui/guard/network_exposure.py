"""How far the server can be reached, and whether that is told to whoever started it."""

from __future__ import annotations

import logging
from ipaddress import ip_address

import streamlit as st

from assessment.errors import SetupError
from assessment.ui.guard.visitor import current_policy

LOG = logging.getLogger("who_decides")


def listens_beyond_this_machine() -> bool:
    """Whether other machines reach the server, as far as its own address tells.

    A proxy on this machine may pass others on all the same; that cannot be seen from here.
    """
    address = st.get_option("server.address") or ""
    try:
        return not ip_address(address).is_loopback
    except ValueError:
        return address != "localhost"


def warn_of_exposure() -> None:
    """Say in the log how access is decided, where that leaves the door open or shut for all."""
    try:
        if not current_policy().protected and listens_beyond_this_machine():
            LOG.warning(
                "This server listens beyond this machine without sign-in: anyone who reaches it "
                "may read, change and delete everything. Set up [auth] and [access] editors in "
                "secrets.toml, or start it with --server.address 127.0.0.1."
            )
    except SetupError as error:
        LOG.error("Nobody gets in: %s", error)

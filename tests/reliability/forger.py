"""Visitors who send what no browser would: whatever a page offered, with values of their own."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.web.server.starlette.starlette_app_utils import (
    create_signed_value,
    generate_xsrf_token_string,
)
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from tests.browser.payloads import PAYLOADS

TEXTS = (*PAYLOADS, "", "Atlas", "no\x00thing", "é" * 5_000, "../../etc/passwd", "2026-02-30")
FIELDS = {
    "button": "trigger_value",
    "download_button": "trigger_value",
    "text_input": "string_value",
    "text_area": "string_value",
    "selectbox": "string_value",
    "radio": "string_value",
    "date_input": "string_array_value",
    "multiselect": "string_array_value",
    "button_group": "string_array_value",
    "number_input": "double_value",
    "checkbox": "bool_value",
}
"""In which field of a message the value of a widget stands, by its kind."""

NUMBERS = (0, 1, -1, 10**9, -(2**31))
LEFT_OUT = ("rerun_script", "debug_shutdown_runtime", "debug_disconnect_websocket")
"""Kinds of messages that are forged otherwise, or end nothing but the sender's own line."""


@dataclass
class Offered:
    """What pages offered to somebody: kinds of widgets by their ids, fragments, pages."""

    widgets: dict[str, str] = field(default_factory=dict)
    fragments: set[str] = field(default_factory=set)
    pages: set[str] = field(default_factory=set)

    def learn(self, message: ForwardMsg) -> None:
        """Take note of what a message of the server offers."""
        kind = message.WhichOneof("type")
        if kind == "navigation":
            self.pages |= {page.page_script_hash for page in message.navigation.app_pages}
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            name = element.WhichOneof("type") or ""
            if identity := getattr(getattr(element, name, None), "id", ""):
                self.widgets[identity] = name
            if message.delta.fragment_id:
                self.fragments.add(message.delta.fragment_id)


class Forger:
    """One visitor: the parameters of the address they came by, and what they were offered.

    They click on nothing whose key is among `left_alone`.
    """

    def __init__(
        self,
        line: ClientConnection,
        chance: random.Random,
        left_alone: Sequence[str] = (),
        **came_by: str,
    ) -> None:
        self._line = line
        self._chance = chance
        self._left_alone = tuple(left_alone)
        self._came_by = came_by
        self.offered = Offered()
        self.session_id = ""
        self.exceptions: list[str] = []

    def visit(self, page: str) -> None:
        """Open a page by what its address ends in."""
        message = BackMsg()
        message.rerun_script.query_string = urlencode(self._came_by)
        message.rerun_script.page_name = page
        self.send(message)

    def forge(self, beside: Offered) -> bool:
        """Send one message made up from what this visitor or somebody else was offered.

        Returns whether the line is still good for another: a value of a type that no widget of
        its kind has ends the sender's own script in the framework, and some bytes end the line.
        """
        match self._chance.randrange(16):
            case 0:
                self._line.send(self._chance.randbytes(self._chance.randrange(1, 200)))
            case 1:
                self._line.send(self._other().SerializeToString())
            case 2:
                message, told = self._rerun(beside, fitting=False), len(self.exceptions)
                message.rerun_script.ClearField("fragment_id")  # else it may be passed over
                self.send(message)
                del self.exceptions[told:]  # which are the framework's
                return False
            case _:
                message = self._rerun(beside, fitting=True)
                if message.rerun_script.fragment_id:  # one that is gone is passed over in silence
                    self._line.send(message.SerializeToString())
                    message.rerun_script.ClearField("fragment_id")
                self.send(message)
        return True

    def send(self, message: BackMsg) -> None:
        """Send a message that runs a page, and wait until the run ended."""
        self._line.send(message.SerializeToString())
        while True:
            answer = ForwardMsg.FromString(_bytes(self._line.recv(timeout=30)))
            self.offered.learn(answer)
            kind = answer.WhichOneof("type")
            if kind == "new_session":
                self.session_id = answer.new_session.initialize.session_id
            if kind == "delta" and answer.delta.new_element.WhichOneof("type") == "exception":
                shown = answer.delta.new_element.exception
                self.exceptions.append(f"{shown.type}: {shown.message}")
            if kind == "script_finished":
                early = ForwardMsg.FINISHED_EARLY_FOR_RERUN
                if answer.script_finished != early:
                    return

    def _rerun(self, beside: Offered, *, fitting: bool) -> BackMsg:
        chance, message = self._chance, BackMsg()
        kinds = {
            widget: kind
            for widget, kind in (beside.widgets | self.offered.widgets).items()
            if not widget.endswith(self._left_alone)
        }
        known = sorted(widget for widget, kind in kinds.items() if kind in FIELDS or not fitting)
        run = message.rerun_script
        run.query_string = urlencode(self._came_by | self._parameters())
        if pages := sorted(self.offered.pages | beside.pages):
            run.page_script_hash = chance.choice(pages)
        fragments = sorted(self.offered.fragments | beside.fragments)
        if fragments and chance.random() < 0.2:
            run.fragment_id = chance.choice(fragments)
        for identity in chance.sample(known, k=min(len(known), chance.randrange(1, 8))):
            kind = kinds[identity] if fitting else chance.choice(tuple(FIELDS))
            run.widget_states.widgets.append(self._state(identity, kind))
        return message

    def _parameters(self) -> dict[str, str]:
        names = ("squad", "squads", "by", "period", "lang", "answers", "room", "unknown", "item")
        chosen = self._chance.sample(names, k=self._chance.randrange(3))
        return {name: self._chance.choice(TEXTS)[:200] for name in chosen}

    def _state(self, identity: str, kind: str) -> WidgetState:
        chance, state = self._chance, WidgetState(id=identity)
        match FIELDS[kind]:
            case "string_value":
                state.string_value = chance.choice(TEXTS)
            case "string_array_value":
                state.string_array_value.data.extend(chance.choices(TEXTS, k=chance.randrange(4)))
            case "double_value":
                state.double_value = float(chance.choice(NUMBERS))
            case "bool_value":
                state.bool_value = chance.random() < 0.5
            case _:
                state.trigger_value = True
        return state

    def _other(self) -> BackMsg:
        """A message of another kind, its fields left empty or made up."""
        chance, message = self._chance, BackMsg()
        kinds = [
            f for f in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields if f.name not in LEFT_OUT
        ]
        kind = chance.choice(kinds)
        if kind.message_type is None:
            setattr(message, kind.name, True if kind.type == kind.TYPE_BOOL else "x")
        else:
            getattr(message, kind.name).SetInParent()
        return message


@contextmanager
def visitor(
    url: str,
    chance: random.Random,
    *,
    cookie: str = "",
    left_alone: Sequence[str] = (),
    **came_by: str,
) -> Iterator[Forger]:
    """Somebody at the door of the app; with a cookie, somebody who signed in."""
    token = generate_xsrf_token_string()
    protocols = [Subprotocol("streamlit"), Subprotocol(token)]
    address = urlsplit(url)
    headers = {"Cookie": f"_streamlit_xsrf={token}; _streamlit_user={cookie}"} if cookie else {}
    with connect(
        f"ws://{address.netloc}/_stcore/stream",
        origin=Origin(f"http://{address.netloc}"),
        subprotocols=protocols,
        additional_headers=headers,
        max_size=None,
    ) as line:
        yield Forger(line, chance, left_alone, **came_by)


def signed_in(url: str, secret: str, email: str) -> str:
    """The cookie of somebody whom a provider has said to be so."""
    claims = {"is_logged_in": True, "origin": url, "email": email, "email_verified": True}
    return create_signed_value(secret, "_streamlit_user", json.dumps(claims)).decode()


def forged(
    url: str,
    chance: random.Random,
    count: int,
    beside: Offered,
    *,
    left_alone: Sequence[str] = (),
    **who: str,
) -> Forged:
    """Send so many forged messages as one kind of visitor, coming anew when the line is cut."""
    sending = Forged()
    while sending.sent < count:
        with visitor(url, chance, left_alone=left_alone, **who) as client:
            client.visit("")
            try:
                for _ in range(min(25, count - sending.sent)):
                    sending.sent += 1
                    if not client.forge(beside):
                        sending.cut += 1
                        break
                client.visit("")
                client.visit("")
            except (ConnectionClosed, TimeoutError):
                sending.cut += 1
            sending.exceptions += client.exceptions
    return sending


@dataclass
class Forged:
    """What came of forged messages: how many were sent, how often the line was cut."""

    sent: int = 0
    cut: int = 0
    exceptions: list[str] = field(default_factory=list)


def _bytes(part: str | bytes) -> bytes:
    return part if isinstance(part, bytes) else part.encode()

"""A visitor over the WebSocket, as a browser is one: opens pages, clicks, and is told how long."""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

SMALL = 400
"""Bytes: the message that ends a run is smaller; larger ones are parsed when the clock stopped."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a script: milliseconds from asking to its end, bytes and messages that came."""

    ms: float
    size: int
    messages: int


class Session:
    """One open browser tab."""

    def __init__(self, stream: ClientConnection) -> None:
        self._stream = stream
        self.widgets: dict[str, Any] = {}
        self._fragments: dict[str, str] = {}
        self._pages: dict[str, str] = {}
        self._states: dict[str, WidgetState] = {}
        self._page = ""
        self._query = ""
        self.exceptions: list[str] = []

    @classmethod
    async def opened(cls, port: int) -> Session:
        """A tab on a server, on no page yet."""
        stream = await connect(
            f"ws://127.0.0.1:{port}/_stcore/stream",
            subprotocols=[Subprotocol("streamlit")],
            max_size=None,
            compression=None,
            ping_interval=None,
        )
        return cls(stream)

    async def close(self) -> None:
        """Close the tab."""
        await self._stream.close()

    async def visit(self, path: str = "", *query: tuple[str, str]) -> Run:
        """Open a page, as a click on a link does; AssertionError where it shows an exception."""
        self._query = urlencode(query)
        back = self._back()
        if path in self._pages:
            back.rerun_script.page_script_hash = self._page = self._pages[path]
        else:
            back.rerun_script.ClearField("page_script_hash")
            back.rerun_script.page_name = path
        run = await self._send(back)
        assert not self.exceptions, f"{path}: {self.exceptions}"
        return run

    async def rerun(self) -> Run:
        """Run the page again."""
        return await self._send(self._back())

    async def choose(self, key: str, *options: int) -> Run:
        """Click options of a segmented control or of pills, by their place."""
        widget = self.widgets[key]
        state = WidgetState(id=widget.id)
        state.string_array_value.data.extend(widget.options[at].content for at in options)
        self._states[widget.id] = state
        return await self._send(self._back(key))

    async def press(self, key: str) -> Run:
        """Click a button."""
        back = self._back(key)
        pressed = WidgetState(id=self.widgets[key].id, trigger_value=True)
        back.rerun_script.widget_states.widgets.append(pressed)
        return await self._send(back)

    def _back(self, key: str = "") -> BackMsg:
        back = BackMsg()
        back.rerun_script.query_string = self._query
        if self._page:
            back.rerun_script.page_script_hash = self._page
        if fragment := self._fragments.get(key):
            back.rerun_script.fragment_id = fragment
        back.rerun_script.widget_states.widgets.extend(self._states.values())
        return back

    async def _send(self, back: BackMsg) -> Run:
        data, came = back.SerializeToString(), list[bytes]()
        line = self._stream.transport.get_extra_info("socket")
        begun = time.perf_counter()
        await self._stream.send(data)
        while True:
            # An acknowledgement that the kernel puts off would add 40 ms to some runs only.
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
            part = await self._stream.recv()
            assert isinstance(part, bytes)
            came.append(part)
            if len(part) < SMALL and _ends(ForwardMsg.FromString(part)):
                break
        took = (time.perf_counter() - begun) * 1000
        self.exceptions = []
        for part in came:
            self._learn(ForwardMsg.FromString(part))
        return Run(took, sum(map(len, came)), len(came))

    def _learn(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "navigation":
            self._pages |= {
                p.url_pathname: p.page_script_hash for p in message.navigation.app_pages
            }
            self._page = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            name = element.WhichOneof("type") or ""
            shown = getattr(element, name)
            if name == "exception":
                self.exceptions.append(f"{shown.type}: {shown.message}")
            if getattr(shown, "id", ""):
                key = shown.id.split("-", 2)[-1]
                self.widgets[key], self._fragments[key] = shown, message.delta.fragment_id


def _ends(message: ForwardMsg) -> bool:
    ended = message.WhichOneof("type") == "script_finished"
    return ended and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN

"""Answers that are written anew before they are sent."""

from collections.abc import Awaitable, Callable

from starlette.types import Message, Send

from assessment.ui.server.headers import Headers

_OF_THE_OLD_BODY = (b"content-length", b"etag", b"last-modified", b"accept-ranges", b"vary")


class Rewritten:
    """An answer that is written anew where it is of some types, and passed on as it is elsewhere.

    What writes it is given the whole body, and gives the new one and the headers that tell of it.
    """

    def __init__(
        self,
        send: Send,
        types: tuple[bytes, ...],
        write: Callable[[bytes], Awaitable[tuple[bytes, Headers]]],
    ) -> None:
        self._send = send
        self._types = types
        self._write = write
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        """Pass a message on, or keep it until the answer is whole."""
        if message["type"] == "http.response.start" and message["status"] == 200:
            headers = dict(message.get("headers", ()))
            if headers.get(b"content-type", b"").startswith(self._types):
                self._start = message
                return
        elif self._start is not None and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._send_anew(self._start)
            return
        await self._send(message)

    async def _send_anew(self, start: Message) -> None:
        body, told = await self._write(self._body)
        kept = [header for header in start["headers"] if header[0].lower() not in _OF_THE_OLD_BODY]
        length = (b"content-length", str(len(body)).encode("ascii"))
        headers = [*kept, length, *told]
        await self._send({**start, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})

"""Short answers sent at once: what `streamlit run` listens on waits for more to send along.

The system would hold back the last part of an answer for some 40 ms, until the browser confirmed
the part before (Nagle's algorithm). Connections take the setting of the socket that they come in by
on Linux and macOS, which tell every program the files it has open.
"""

import os
import socket
import stat
from contextlib import suppress
from pathlib import Path

OPEN_FILES = (Path("/proc/self/fd"), Path("/dev/fd"))


def send_short_messages_at_once(port: int) -> None:
    """Have connections to a port of this process hold nothing back, where the system allows it."""
    folder = next((folder for folder in OPEN_FILES if folder.is_dir()), None)
    for file in list(folder.iterdir()) if folder else ():
        with suppress(OSError):  # it was closed meanwhile
            if stat.S_ISSOCK(os.fstat(int(file.name)).st_mode):
                _hold_nothing_back(int(file.name), port)


def _hold_nothing_back(file: int, port: int) -> None:
    with socket.socket(fileno=os.dup(file)) as copy:
        address = copy.getsockname()
        if isinstance(address, tuple) and address[1] == port:
            copy.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

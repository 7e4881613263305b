"""Files that browsers send: taken from those who see the upload alone, and bounded for a server.

Streamlit takes files from every session, whether a page asked for one or not, and keeps them in
memory until the session ends.
"""

import threading
from collections import OrderedDict

from starlette.exceptions import HTTPException
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

MOST_HELD = 200_000_000  # bytes of files that a server holds for all its sessions

MOST_OF_ONE = 60_000_000
"""Bytes of files that it holds for one session: the one file that a page asks for."""

MOST_SESSIONS = 1_000  # sessions that are remembered as having seen the upload; the latest count

FORBIDDEN, TOO_LARGE = 403, 413


class BoundedUploads:
    """What a server's file manager may take, from whom; sessions and uploads in any thread."""

    def __init__(self, manager: MemoryUploadedFileManager) -> None:
        self._manager = manager
        self._add = manager.add_file
        self._lock = threading.Lock()
        self._allowed: OrderedDict[str, None] = OrderedDict()

    def allow(self, session_id: str) -> None:
        """Take files of a session from now on: a page shows it the upload."""
        with self._lock:
            self._allowed[session_id] = None
            self._allowed.move_to_end(session_id)
            if len(self._allowed) > MOST_SESSIONS:
                self._allowed.popitem(last=False)

    def add_file(self, session_id: str, file: UploadedFileRec) -> None:
        """Hold a file; HTTPException, which the browser is told, where it may not be sent."""
        with self._lock:
            if session_id not in self._allowed:
                raise HTTPException(FORBIDDEN, "No page asked for a file.")
            held = self._manager.file_storage.get(session_id, {})
            # Whoever chooses another file has done with the one before.
            for file_id in list(held):
                if sum(len(other.data) for other in held.values()) + len(file.data) > MOST_OF_ONE:
                    self._manager.remove_file(session_id, file_id)
            total = sum(
                len(other.data)
                for files in list(self._manager.file_storage.values())
                for other in list(files.values())
            )
            if total + len(file.data) > MOST_HELD:
                raise HTTPException(TOO_LARGE, "Too many files at once; try again later.")
            self._add(session_id, file)


def allow() -> None:
    """Take files of the session that is shown the upload now."""
    context, bounds = get_script_run_ctx(), bound()
    if context and bounds:
        bounds.allow(context.session_id)


def bound() -> BoundedUploads | None:
    """Bound the files that this server takes; None where there is no server, as in a test."""
    manager = Runtime.instance().uploaded_file_mgr if Runtime.exists() else None
    return bounded(manager) if isinstance(manager, MemoryUploadedFileManager) else None


def bounded(manager: MemoryUploadedFileManager) -> BoundedUploads:
    """The bounds of a file manager; they are set once."""
    with _setting:
        add_file = manager.__dict__.get("add_file")
        holder = getattr(add_file, "__self__", None)
        if isinstance(holder, BoundedUploads):
            return holder
        bounds = BoundedUploads(manager)
        manager.add_file = bounds.add_file  # type: ignore[method-assign]
        return bounds


_setting = threading.Lock()

"""A page that slept, and may have lost its session on the server: it loads itself again.

The browser connects anew by itself, but to a session that knows nothing of what the page shows: a
first click would be lost, and nothing would be followed any more. Where such a page was stands in
its address and in the browser.
"""

from __future__ import annotations

from assessment.ui.session.look import run_script, show_styles
from assessment.ui.session.page_files import ROOM, ROUND, name_in_url

SLEPT = 110_000
"""Milliseconds of sleep after which a page loads itself again; what was begun comes back."""

_FOLLOWING = tuple(map(name_in_url, (ROOM, ROUND)))


def load_again_on_waking() -> None:
    """Have the page load itself again after it slept for longer than `SLEPT`."""
    show_styles("waking")
    run_script("waking", after=SLEPT, pages=_FOLLOWING)

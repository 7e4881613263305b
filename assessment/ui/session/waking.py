"""A page that slept, and may have lost its session on the server: it loads itself again.

The browser connects anew by itself, but to a session that knows nothing of what the page shows: a
first click would be lost, and nothing would be followed any more. Where such a page was stands in
its address and in the browser.
"""

from __future__ import annotations

import streamlit as st

from assessment.ui.session.page_files import ROOM, ROUND, name_in_url

SLEPT = 110_000
"""Milliseconds of sleep after which a page loads itself again; what was begun comes back."""

_FOLLOWING = "|".join(map(name_in_url, (ROOM, ROUND)))

_WAKE = f"""<style>
[data-testid=stElementContainer]:has(> [data-testid=stHtml] > script) {{ display: none; }}
</style><script>
clearInterval(window.whoDecidesAwake);
let awake = Date.now();
window.whoDecidesAwake = setInterval(() => {{
  const slept = Date.now() - awake > {SLEPT};
  awake = Date.now();
  if (slept && /[/]({_FOLLOWING})$/.test(location.pathname)) location.reload();
}}, 1000);
</script>"""


def load_again_on_waking() -> None:
    """Have the page load itself again after it slept for longer than `SLEPT`."""
    st.html(_WAKE, unsafe_allow_javascript=True)

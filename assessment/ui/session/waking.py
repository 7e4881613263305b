"""A page that slept for longer than the server keeps its session: it loads itself again.

The browser connects anew by itself, but to a session that knows nothing of what the page shows: a
first click would be lost, and nothing would be followed any more. Where such a page was stands in
its address and in the browser.
"""

from __future__ import annotations

import streamlit as st

_WAKE = """<style>
[data-testid=stElementContainer]:has(> [data-testid=stHtml] > script) { display: none; }
</style><script>
clearInterval(window.whoDecidesAwake);
let awake = Date.now();
window.whoDecidesAwake = setInterval(() => {
  const slept = Date.now() - awake > 110000;
  awake = Date.now();
  if (slept && /[/](room|round)$/.test(location.pathname)) location.reload();
}, 1000);
</script>"""


def load_again_on_waking() -> None:
    """Have the page load itself again after nearly the two minutes that a session is kept."""
    st.html(_WAKE, unsafe_allow_javascript=True)

"""A QR code on a page, in a size that CSS understands."""

from html import escape

import streamlit as st

from assessment.reports.qr_codes import qr_code


def show_qr(url: str, *, alt: str, size: str) -> None:
    """The code that opens a URL; `size` is the side of its square."""
    st.html(
        f'<img src="{qr_code(url)}" alt="{escape(alt, quote=True)}" '
        f'style="width: {size}; height: auto; aspect-ratio: 1; image-rendering: pixelated">'
    )

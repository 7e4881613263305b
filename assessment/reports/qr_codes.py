"""QR codes of addresses, as pictures that need no file of their own."""


def qr_code(text: str) -> str:
    """A QR code as an SVG data address: dark on white, with its quiet zone, in any theme."""
    import segno

    return segno.make(text, error="m", micro=False).svg_data_uri(
        scale=4, dark="#000", light="#fff", omitsize=True
    )

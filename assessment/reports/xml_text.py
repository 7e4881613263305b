"""Text that may stand in an XML file, as office formats are made of."""

import re

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """The text without the few characters that XML 1.0 forbids, all of them invisible."""
    return _FORBIDDEN.sub("", text)

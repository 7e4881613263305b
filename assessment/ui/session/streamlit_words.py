"""Streamlit's own words in the reader's language: names of buttons, of the upload, of hints.

Streamlit has them in English alone and takes no others. What the browser shows of them is put into
the reader's language as it appears; `docs/decisions.md` tells what cannot be reached so.
"""

from assessment.ui.session.reader import Reader


def streamlit_words(reader: Reader) -> list[tuple[str, str]]:
    """What Streamlit says, as a pattern, and what the reader reads; `$1` is what differs."""
    _ = reader.gettext
    pairs = [
        ("Upload", _("Upload")),
        ("file upload", _("file upload")),
        ("(\\d+)MB per file(.*)", _("$1MB per file$2")),
        ("Drag and drop (files?) here", _("Drag and drop a file here")),
        ("Press Enter to apply", _("Press Enter to apply")),
        ("Press (.+Enter) to apply", _("Press $1 to apply")),
        ("No results", _("No results")),
        ("No options( to select)?\\.?", _("No options")),
        ("Help for (.+)", _("Help for $1")),
        ("Shortcut (.+)", _("Shortcut $1")),
        ("Close", _("Close")),
        ("Clear value", _("Clear value")),
        ("Clear all", _("Clear all")),
        ("Open", _("Open the list")),
        ("Main menu", _("Main menu")),
        ("App pages", _("Pages")),
        ("Expand sidebar", _("Open the menu")),
        ("Collapse sidebar", _("Close the menu")),
        ("Skip to main content", _("Skip to main content")),
        ("Copy to clipboard", _("Copy to clipboard")),
        ("Choose date", _("Choose date")),
        ("Navigate to home page", _("Navigate to home page")),
        (
            "Failed to generate file for download",
            _("This file cannot be made: your access may have ended. Load the page again."),
        ),
        ("Previous month\\.?", _("Previous month")),
        ("Next month\\.?", _("Next month")),
    ]
    return [(text, read) for text, read in pairs if text != read]

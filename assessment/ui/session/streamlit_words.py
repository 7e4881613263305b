"""Streamlit's own words in the reader's language: names of buttons, of the upload, of hints.

Streamlit has them in English alone and takes no others. What the browser shows of them is put into
the reader's language as it appears; `docs/decisions.md` tells what cannot be reached so.
"""

from __future__ import annotations

import json

import streamlit as st

from assessment.ui.session.reader import Reader

# Originals are kept, so that a change of language finds them again. Text is only ever looked at in
# parts that hold no text of people.
TRANSLATE = """<script>(() => {
  window.streamlitWords = %s.map(([from, to]) => [new RegExp(`^${from}$`), to]);
  const parts = '[data-testid="stFileUploaderDropzone"], [data-testid="InputInstructions"], '
    + '[data-testid="stFileUploaderFile"], [data-testid="stSelectboxVirtualDropdown"], '
    + '[role="listbox"] [aria-disabled="true"], [data-baseweb="menu"] > li:only-child, '
    + 'a[href="#stMain"]';
  const originals = (window.streamlitOriginals ??= new WeakMap());
  const told = (node, name, text) => {
    const known = originals.get(node) ?? {};
    const before = known[name]?.shown === text ? known[name].from : text;
    const pair = window.streamlitWords.find(([from]) => from.test(before));
    const shown = pair ? before.replace(...pair) : before;
    if (pair || known[name]) originals.set(node, { ...known, [name]: { from: before, shown } });
    return shown;
  };
  const translate = () => {
    for (const name of ["aria-label", "title"]) {
      document.querySelectorAll(`button[${name}], input[${name}], svg[${name}], nav[${name}], `
        + `[role][${name}]`)
        .forEach((element) => {
          const text = element.getAttribute(name), shown = told(element, name, text);
          if (shown !== text) element.setAttribute(name, shown);
        });
    }
    document.querySelectorAll(parts).forEach((part) => {
      const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const node = texts.currentNode, shown = told(node, "text", node.nodeValue);
        if (shown !== node.nodeValue) node.nodeValue = shown;
      }
    });
  };
  translate();
  if (window.streamlitIsTranslated) return;
  window.streamlitIsTranslated = true;
  let isDue = false;
  new MutationObserver(() => {
    if (isDue) return;
    isDue = true;
    requestAnimationFrame(() => { isDue = false; translate(); });
  }).observe(document.body, {
    childList: true, subtree: true, characterData: true, attributeFilter: ["aria-label", "title"],
  });
})()</script>"""


def show_streamlit_words(reader: Reader) -> None:
    """Have Streamlit's own words on this page be the reader's, in the browser."""
    pairs = [pair for pair in _words(reader) if pair[0] != pair[1]]
    text = json.dumps(pairs, ensure_ascii=False).replace("</", "<\\/")
    st.html(TRANSLATE % text, unsafe_allow_javascript=True)


def _words(reader: Reader) -> list[tuple[str, str]]:
    """What Streamlit says, as a pattern, and what the reader reads; `$1` is what differs."""
    _ = reader.gettext
    return [
        ("Upload", _("Upload")),
        ("file upload", _("file upload")),
        ("(\\d+)MB per file(.*)", _("$1MB per file$2")),
        ("Drag and drop (files?) here", _("Drag and drop a file here")),
        ("Press Enter to apply", _("Press Enter to apply")),
        ("Press (.+Enter) to apply", _("Press $1 to apply")),
        ("No results", _("No results")),
        ("No options( to select)?\\.?", _("No options")),
        ("Help for (.+)", _("Help for $1")),
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
        ("Previous month\\.?", _("Previous month")),
        ("Next month\\.?", _("Next month")),
    ]

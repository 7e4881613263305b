"""Awkward text comes back as it was, or is refused before anything is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from assessment.content.loading import shipped_framework
from assessment.errors import Refused
from assessment.storage.csv.store import CsvStore
from assessment.storage.kinds import KINDS, Record, by_kind
from tests.builders import (
    action,
    agreement,
    assessment,
    confirmation,
    deep_assessment,
    gathering,
    link,
    setup,
    total,
    vote,
)
from tests.reliability.figures import tell

FRAMEWORK = shipped_framework()

KEPT_IN_NOTES = {
    "quotes": 'say "yes", then ""',
    "commas and semicolons": ",;,,;\t|",
    "line feed": "one\ntwo\n",
    "carriage return": "one\rtwo\r",
    "both": "one\r\ntwo\r\n",
    "written escapes": "\\n \\\\n \\r \\u2028 \\",
    "line and paragraph separators": "one\u2028two\u2029",
    "next line is refused elsewhere, no-break space is kept": "a\u00a0b",
    "right-to-left override": "abc\u202edef",
    "emoji": "🚀👩‍👩‍👧‍👦🇫🇷",
    "combining accents": "e\u0301",
    "formula": "=1+1",
    "byte order mark": "\ufeffstart",
    "spaces around": "  spaces  ",
    "2,000 characters": "é" * 2_000,
    "2,000 characters that are escaped": "\n\\" * 1_000,
    "2,000 quotes": '"' * 2_000,
    "2,000 emoji": "🚀" * 2_000,
}
KEPT_IN_NAMES = {
    "quotes": 'the "A" team',
    "commas": "a, b; c",
    "emoji": "🚀 Atlas",
    "right-to-left letters": "צוות",
    "formula": "-1+1",
    "80 characters": "é" * 80,
}
KEPT_IN_MANDATES = KEPT_IN_NAMES | {
    "written escapes": "\\n \\\\n \\r \\u2028 \\",
    "300 characters": "é" * 300,
    "300 characters that are escaped": "\\" * 300,
    "300 quotes": '"' * 300,
    "300 emoji": "🚀" * 300,
}
REFUSED_IN_NOTES = {
    "NUL": "a\0b",
    "escape": "a\x1bb",
    "next line": "a\x85b",
    "lone high surrogate": "a\ud83d",
    "lone low surrogate": "\ude80b",
    "2,001 characters": "x" * 2_001,
}
REFUSED_IN_NAMES = REFUSED_IN_NOTES | {
    "line feed": "a\nb",
    "carriage return": "a\rb",
    "line separator": "a\u2028b",
    "right-to-left override": "abc\u202edef",
    "81 characters": "x" * 81,
    "nothing but spaces": "  ",
}
REFUSED_IN_MANDATES = {
    name: text for name, text in REFUSED_IN_NAMES.items() if text.strip() and len(text) < 20
} | {"301 characters": "x" * 301}


def test_awkward_text_comes_back_as_it_was_or_is_refused(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    store = CsvStore(tmp_path, FRAMEWORK)
    rows: list[Record] = [
        *(assessment(note=note) for note in KEPT_IN_NOTES.values()),
        *(assessment(squad=name) for name in KEPT_IN_NAMES.values()),
        *(assessment(voice=name) for name in KEPT_IN_NAMES.values()),
        *(deep_assessment(deep={"mandates": {"pm": text}}) for text in KEPT_IN_MANDATES.values()),
        *(setup(squad=name) for name in KEPT_IN_NAMES.values()),
        *(action(squad=name) for name in KEPT_IN_NAMES.values()),
        *(gathering(squad=name) for name in KEPT_IN_NAMES.values()),
        *(agreement(squad=name) for name in KEPT_IN_NAMES.values()),
        *(confirmation(squad=name, voice=name) for name in KEPT_IN_NAMES.values()),
        *(vote(squad=name) for name in KEPT_IN_NAMES.values()),
        *(total(squad=name) for name in KEPT_IN_NAMES.values()),
        *(link(squad=name, label=name) for name in KEPT_IN_NAMES.values()),
        link(squads=tuple(KEPT_IN_NAMES.values())),
        *(action(note=note) for note in KEPT_IN_NOTES.values()),
        *(agreement(note=note) for note in KEPT_IN_NOTES.values()),
    ]
    for row in rows:
        store.add([row])
    for number, name in enumerate(KEPT_IN_NAMES.values()):
        rows.append(assessment(squad=f"To rename {number}"))
        store.add(rows[-1:])
        assert store.rename(f"to rename {number}", name) == 1
        rows[-1] = rows[-1].model_copy(update={"squad": name})

    for seen in (store.read(), CsvStore(tmp_path, FRAMEWORK).read()):
        assert by_kind(seen.records) == by_kind(rows)
        assert seen.set_aside == ()
    files = [store.path(kind.name) for kind in KINDS]
    before = [file.read_bytes() for file in files]
    lines = sum(data.count(b"\n") for data in before)
    assert lines == len(rows) + len(files), "one line each, and the headers"

    for note in REFUSED_IN_NOTES.values():
        for build_noted in (assessment, action):
            with pytest.raises(ValidationError, match="the note "):
                build_noted(note=note)
    for name in REFUSED_IN_NAMES.values():
        for build in (
            *(assessment, setup, action, gathering, agreement),
            *(confirmation, vote, total, link),
        ):
            with pytest.raises(ValidationError, match="name "):
                build(squad=name)
        with pytest.raises(Refused):
            store.rename("Atlas", name)
    for text in REFUSED_IN_MANDATES.values():
        with pytest.raises(ValidationError, match="the mandate sentence "):
            assessment(deep={"mandates": {"pm": text}})
    assert [file.read_bytes() for file in files] == before
    refused = 2 * len(REFUSED_IN_NOTES) + 6 * len(REFUSED_IN_NAMES) + len(REFUSED_IN_MANDATES)
    tell(
        request,
        f"{len(rows)} awkward texts came back as they were; {refused} refused, nothing written",
    )

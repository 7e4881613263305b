"""A document of whatever kind has every part of its briefing, in words, and takes none for code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from assessment.languages import bound
from assessment.reports import pictures
from assessment.reports.decision_files import calendar_file, charter_pdf, records_zip
from assessment.reports.formats import FORMATS, Kind, document
from assessment.reports.pdf import pdf
from assessment.reports.typesetting import typeset
from assessment.wording.briefing import Briefing
from tests.browser.payloads import PAYLOADS
from tests.builders import action, agreement
from tests.expected import ill_set
from tests.reports.briefings import (
    ANSWERS,
    ARABIC,
    EMOJI,
    FORBIDDEN,
    FORMULA,
    HTML,
    IN_EVERY_LANGUAGE,
    TYPST,
    UNBROKEN,
    briefing,
    mapped,
    sample,
)
from tests.reports.reading import links_of, pages_of, text_of

MARKDOWN = "[x](javascript:alert(1)) **bold** _it_ `code` | a | # {squad} %s <b>"
MANDATES = {"pm": f"{FORMULA} {UNBROKEN}", "cto": f"{TYPST} {FORBIDDEN}"}
BLANK = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" height="9"/>'

LEFT_OUT: Mapping[Kind, set[str]] = {
    "board": {
        *("overview", "levers", "gains", "squads' verdicts", "findings", "lenses"),
        *("charter", "signs", "agreements"),
    },
    "slides": {"overview", "lenses"},
    "workbook": {"squads' verdicts", "gains"},
    "pdf": {"decisions"},
}
"""What a kind leaves to the others, by the names of parts; a kind not named here has them all.

Decisions stand in pictures of a PDF, gains are numbers in a workbook.
"""

MORE_DIGITS_THAN_ARE_SHOWN = re.compile(r"(?<![\d.,])\d+[.,]\d{2,}(?![\d.,])")
NOT_WORDS = re.compile(r"\b(?:None|nan|NaN|inf|True|False)\b|\b[A-Z]\w+\(\w+=")


def hostile(language: str, *squads: str) -> Briefing:
    """Three squads in which everything that people write would be code somewhere."""
    return mapped(
        *squads,
        language=language,
        answers=(ANSWERS[2], ANSWERS[4], ANSWERS[4]),
        mandates=MANDATES,
        actions=[action(squad=squads[0], decided_on=date(2026, 11, 1), note="Between us")],
        agreements=[agreement(squad=squads[1], limits=FORMULA, escalation=f"{HTML} {EMOJI}")],
    )


def parts_of(take_away: Briefing) -> Mapping[str, Sequence[str]]:
    """What each part of a briefing says, by the part's name."""
    overview, squads = take_away.overview, take_away.squads
    deep = [squad.deep for squad in squads if squad.deep]
    assert overview
    assert len(deep) == len(squads)
    verdicts = [(one.verdict, one.heading) for one in squads]
    verdicts += [(part.verdict, part.heading) for part in deep]
    own = [lever for squad in squads for lever in squad.levers]
    return {
        "verdict": [take_away.verdict, take_away.heading],
        "overview": [overview.across.text, overview.decided.text],
        "squads": [squad.squad for squad in squads],
        "levels": overview.columns,
        "to decide": [text for one in take_away.board.levers for text in (one.title, one.step)],
        "levers": [
            text for one in (*overview.levers, *own) for text in (one.title, one.owners, one.step)
        ],
        "gains": [lever.gain for lever in own],
        "squads' verdicts": [text for one in verdicts for text in one],
        "decisions": [decision.name for part in deep for decision in part.decisions],
        "findings": [text for part in deep for one in part.findings for text in one.sentences],
        "lenses": [lens.name for part in deep for lens in part.lens_parts],
        "charter": [text for part in deep for line in part.charter for text in line.behind],
        "signs": [sign.sentence for part in deep for sign in part.signs],
        "actions": [one.status for squad in squads for one in squad.decided],
        "agreements": [one.sentence for squad in squads for one in squad.agreed.items],
    }


def flat(text: str, ending: str) -> str:
    """Text as it compares: where lines break does not count, nor what XML forbids.

    Of what goes from right to left a PDF is read with alef and lam, which are one sign, turned
    round, and with the dot beside it at its other end: neither counts there.
    """
    text = re.sub(r"[\s\u200b\uffff\ufffe\u202a-\u202e\u2066-\u2069-]", "", text)
    if ending != "pdf":
        return text
    without_dots = text.replace("·", "")
    return re.sub("[\u0627\u0644]{2,}", lambda both: "".join(sorted(both[0])), without_dots)


@pytest.fixture(autouse=True)
def no_picture_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a picture says stands beside it."""
    monkeypatch.setattr(pictures, "svg", lambda *_spec, **_look: BLANK)


@IN_EVERY_LANGUAGE
@pytest.mark.parametrize("squads", [(HTML, MARKDOWN, TYPST), (FORMULA, ARABIC, FORBIDDEN)])
@pytest.mark.parametrize("kind", list(FORMATS))
def test_a_document_has_every_part_in_words_and_what_people_wrote_as_text(
    kind: Kind, squads: tuple[str, str, str], language: str
) -> None:
    take_away = hostile(language, *squads)
    parts = parts_of(take_away)
    assert all(texts and all(texts) for texts in parts.values())

    ending = FORMATS[kind].ending
    text = text_of(document(kind, take_away), ending)

    squeezed = flat(text, ending)
    missing = {
        name: [one for one in texts if flat(one, ending) not in squeezed]
        for name, texts in parts.items()
    }
    left_out = LEFT_OUT.get(kind, set())
    assert {name: texts for name, texts in missing.items() if texts and name not in left_out} == {}
    assert [name for name in left_out if not missing[name]] == []
    words = take_away.edition.words
    scores = [words.score(level.score) for one in take_away.squads for level in one.level_parts]
    assert Counter(scores) - Counter(re.findall(r"\d+", text)) == {}
    assert MORE_DIGITS_THAN_ARE_SHOWN.findall(text) == []
    assert NOT_WORDS.findall(text) == []
    assert not any(private in text for private in ("Camille", "Noor", "Between us"))


@pytest.mark.parametrize("kind", list(FORMATS))
def test_no_name_of_a_squad_becomes_a_link_or_is_worked_out(kind: Kind) -> None:
    squads = (*PAYLOADS[26:32], *PAYLOADS[-6:])
    assert {"https://evil.test", '=HYPERLINK("http://evil.test";"x")'} < {*squads}
    data, ending = document(kind, briefing(*squads)), FORMATS[kind].ending

    squeezed = flat(text_of(data, ending), ending)
    assert [name for name in squads if flat(name, ending) not in squeezed] == []
    assert [link for link in links_of(data, ending) if "evil" in link] == []


def test_a_pdf_that_leads_somewhere_is_seen_to(tmp_path: Path) -> None:
    layout = tmp_path / "leading.typ"
    layout.write_text('#link("https://evil.test")[a] and https://evil2.test')

    assert links_of(typeset(layout, {}), "pdf") == ["https://evil.test", "https://evil2.test"]


@pytest.mark.parametrize("squads", [(), ("Atlas · demo",)])
@pytest.mark.parametrize("kind", [kind for kind in FORMATS if kind != "pdf"])
def test_a_document_in_french_is_set_as_french_is(kind: Kind, squads: tuple[str, ...]) -> None:
    text = text_of(document(kind, sample("fr", *squads)), FORMATS[kind].ending)

    assert ill_set(text) == []


def test_records_and_calendar_in_french_are_set_as_french_is() -> None:
    (squad,) = sample("fr", "Atlas · demo").squads
    with ZipFile(BytesIO(records_zip(squad))) as archive:
        files = [archive.read(name).decode() for name in archive.namelist()]
    calendar = calendar_file(squad).decode().replace("\r\n ", "").replace("\\;", ";")

    assert len(files) == 1 + 7
    assert [ill_set(file.rpartition("\n---\n")[2]) for file in files] == [[]] * 8
    assert ill_set("\n".join(re.findall("^SUMMARY:(.*)|^DESCRIPTION:(.*)", calendar))) == []


def test_no_line_of_a_document_in_french_begins_with_its_high_punctuation() -> None:
    take_away = sample("fr", "Atlas · demo", "Cobalt · demo")
    files = pdf(take_away), charter_pdf(take_away.squads[0])
    lines = [line for file in files for page in pages_of(file) for line in page.splitlines()]

    assert len(lines) > 400
    assert [line for line in lines if re.match("[;?:»%€]", line) or line.endswith("«")] == []


@IN_EVERY_LANGUAGE
def test_no_line_of_a_document_ends_between_a_number_and_what_it_counts(language: str) -> None:
    take_away = sample(language)

    lines = "\n".join(pages_of(pdf(take_away)))
    assert "voi" in lines
    assert re.findall(r".{20}\d\n[a-zà-ÿ].*", lines) == []
    for kind in ("web-page", "board", "slides"):
        text = text_of(document(kind, take_away), FORMATS[kind].ending)
        assert bound(take_away.verdict) in text
        assert bound(take_away.heading) in text

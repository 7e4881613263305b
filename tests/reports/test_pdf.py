"""The PDF, opened by other programs: poppler, pikepdf, and a check of PDF/UA rules."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pdfua import validate

from assessment.content.edition import edition_in
from assessment.reports import pdf as pdf_module
from assessment.reports import typesetting
from assessment.reports.document import fit_table
from assessment.reports.pdf import pdf
from assessment.reports.pictures import Pictures
from assessment.reports.typesetting import NotTypeset, typeset, values_in
from assessment.rounds.history import History
from assessment.rounds.results import result_of
from assessment.wording.briefing import Briefing, squad_briefing
from tests.builders import action, assessment
from tests.deep_examples import LEVEL_OF
from tests.examples import HALF
from tests.reports.briefings import (
    ARABIC,
    EMOJI,
    FRAMEWORK,
    HTML,
    IN_EVERY_LANGUAGE,
    NOVEMBER,
    TODAY,
    TYPST,
    UNBROKEN,
    briefing,
    healthy_squads,
    mapped,
    sample,
    sample_pdf,
    saved,
    summary,
    twelve,
    twelve_pdf,
)

PDFTOTEXT = shutil.which("pdftotext")
ROLES = ("cpo", "cto", "pm", "po", "em", "tl")
INSTALL_HINT = "no pdftotext on this machine: apt-get install poppler-utils"


def text_of(path: Path, how: str) -> str:
    """The text of a document, as poppler reads it."""
    if PDFTOTEXT is None:
        if os.environ.get("CI"):
            pytest.fail(INSTALL_HINT)
        pytest.skip(INSTALL_HINT)
    read = subprocess.run(  # noqa: S603 - the program found on this machine, on our own file
        [PDFTOTEXT, how, str(path), "-"], capture_output=True, check=True
    )
    return read.stdout.decode()


def pages_of(path: Path) -> list[str]:
    """The text of each page, on single spaces."""
    return [" ".join(page.split()) for page in text_of(path, "-layout").split("\f")[:-1]]


def flat(text: str) -> str:
    """Text as poppler shows it: kinds of spaces do not count."""
    return " ".join(text.split())


def tags_in(path: Path) -> list[tuple[str, str]]:
    """Every tag of the document's structure, with its alternative text."""
    tags: list[tuple[str, str]] = []

    def walk(node: pikepdf.Object) -> None:
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                tags.append((str(node.S), str(node.get("/Alt", ""))))
            if "/K" in node:
                walk(node.K)

    with pikepdf.open(path) as document:
        walk(document.Root.StructTreeRoot.K)
    return tags


@IN_EVERY_LANGUAGE
def test_one_page_of_overview_then_one_per_squad_and_one_more_for_its_deep_check(
    language: str, tmp_path: Path
) -> None:
    take_away = sample(language)

    pages = pages_of(saved(tmp_path, "a.pdf", sample_pdf(language)))

    # Every squad but Dune took the deep check.
    assert len(pages) == 1 + 6 + 5
    assert flat(take_away.verdict) in pages[0]
    following = iter(pages[1:])
    for part in take_away.squads:
        page = next(following)
        if part.deep:
            assert flat(part.deep.verdict) in next(following)
        assert flat(part.verdict) in page
        assert flat(part.heading) in page
        # A line may break after a hyphen.
        steps = [flat(lever.step).replace("- ", "-") for lever in part.levers]
        assert [step for step in steps if step not in page.replace("- ", "-")] == []


@IN_EVERY_LANGUAGE
def test_no_letters_are_too_small_for_paper(language: str, tmp_path: Path) -> None:
    """Lines of 6 points hold letters of about 6.5; maps of every squad have the same ones."""
    boxes = text_of(saved(tmp_path, "a.pdf", sample_pdf(language)), "-bbox")

    heights = []
    for page in boxes.split("<page")[1:]:
        tops_and_feet = re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)"', page)
        heights.append(min(float(foot) - float(top) for top, foot in tops_and_feet))
    assert min(heights) > 6, heights
    assert max(heights) - min(heights) < 0.6, heights


@IN_EVERY_LANGUAGE
def test_sample_data_are_badged_on_every_page(language: str, tmp_path: Path) -> None:
    take_away = sample(language)

    pages = pages_of(saved(tmp_path, "a.pdf", sample_pdf(language)))

    assert [page for page in pages if flat(take_away.badge or "?") not in page] == []
    real = pages_of(saved(tmp_path, "b.pdf", pdf(briefing("A", language=language))))
    assert [page for page in real if flat(take_away.badge or "?") in page] == []


@IN_EVERY_LANGUAGE
def test_it_is_tagged_and_says_its_title_and_language(language: str, tmp_path: Path) -> None:
    take_away = sample(language)
    path = saved(tmp_path, "a.pdf", sample_pdf(language))

    with pikepdf.open(path) as document:
        assert str(document.Root.Lang) == language
        assert bool(document.Root.MarkInfo.Marked)
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
        assert str(document.docinfo["/Title"]) == take_away.title
    tags = tags_in(path)
    kinds = [kind for kind, _ in tags]
    assert kinds.count("/H1") == 12
    assert {"/Table", "/TH", "/TD", "/L", "/LI"} <= set(kinds)
    pictures = [text for kind, text in tags if kind == "/Figure"]
    assert len(pictures) == 6 * 2 + 5
    assert all(len(text) > 20 for text in pictures)
    assert "Atlas · demo, Vision" in pictures[0]


@IN_EVERY_LANGUAGE
def test_a_check_of_pdf_ua_rules_finds_nothing(language: str, tmp_path: Path) -> None:
    # pdfua decides a part of the standard's rules; typst refuses at once what breaks others.
    # veraPDF, the full check, needs Java and is no package here.
    path = saved(tmp_path, "a.pdf", sample_pdf(language))

    report = validate(str(path))

    assert [(finding.rule_id, finding.message) for finding in report.findings] == []
    with pikepdf.open(path) as document, document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


@IN_EVERY_LANGUAGE
def test_twelve_squads_with_long_names_still_take_a_page_each(
    language: str, tmp_path: Path
) -> None:
    pages = pages_of(saved(tmp_path, "a.pdf", twelve_pdf(language)))

    assert len(pages) == 13
    assert all("November 2026" in page or "novembre 2026" in page for page in pages)


def test_a_character_that_no_font_draws_costs_no_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typesetting, "OWN_FONTS_ONLY", True)
    take_away = briefing(EMOJI, "\U00012000")
    path = saved(tmp_path, "a.pdf", pdf(take_away))

    assert len(pages_of(path)) == 3
    with pikepdf.open(path) as document:
        assert bool(document.Root.MarkInfo.Marked)


@IN_EVERY_LANGUAGE
def test_accents_and_guillemets_are_drawn_where_the_machine_has_no_fonts(
    language: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typesetting, "OWN_FONTS_ONLY", True)
    take_away = briefing("Équipe « œuvre » à l’été", "Boréal", language=language)

    path = saved(tmp_path, "a.pdf", pdf(take_away))

    pages = pages_of(path)
    assert len(pages) == 3
    assert "Équipe « œuvre » à l’été" in " ".join(pages)
    # typst refuses a PDF/UA document in which a character cannot be drawn.
    with pikepdf.open(path) as document, document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def test_a_single_squad_takes_one_page(tmp_path: Path) -> None:
    take_away: Briefing = squad_briefing(edition_in("fr"), summary("Atlas").results[0], today=TODAY)

    (page,) = pages_of(saved(tmp_path, "a.pdf", pdf(take_away)))

    assert flat(take_away.verdict) in page


def test_squads_without_a_lever_are_told_why(tmp_path: Path) -> None:
    first, *_ = pages_of(saved(tmp_path, "a.pdf", pdf(healthy_squads())))
    assert (
        "What to do first No lever to pull: every answer is healthy. "
        "Check again next month." in first
    )


def test_the_deep_page_tells_fit_findings_charter_lenses_and_signs(tmp_path: Path) -> None:
    take_away = mapped("Atlas", mandates={"pm": "Decides which bet comes first."})

    page = pages_of(saved(tmp_path, "a.pdf", pdf(take_away)))[2]

    assert "Who decides · Atlas · November 2026 · 2 voices" in page
    assert "Arbitration 50 88" in page
    # What stands beside the map is read line by line with it.
    assert "What is cut: 1 of 2 voices" in page
    assert "What helps: Settle trade-offs" in page
    assert "Decides which bet comes first." in page
    assert "Days to make a trade-off call: 4 days" in page
    assert take_away.squads[0].deep is not None
    missing = [lens for lens in take_away.squads[0].deep.lens_parts if lens.missing]
    assert missing
    assert all(f"{lens.name} {lens.missing}" in page for lens in missing)
    assert "Camille" not in page


def test_the_change_of_a_lens_stands_beside_its_score(tmp_path: Path) -> None:
    checks = [
        assessment(assessed_on=day, answers=HALF, deep={"options": {"shared-cycle": answer}})
        for day, answer in ((date(2026, 10, 5), "no"), (date(2026, 11, 2), "yes"))
    ]
    history = History(FRAMEWORK, checks, "month", version=1)
    result = result_of(history, "Atlas", NOVEMBER)
    take_away = squad_briefing(edition_in("en"), result, today=TODAY)

    page = pages_of(saved(tmp_path, "a.pdf", pdf(take_away)))[-1]

    assert "Rhythm 100 +100" in page
    assert "changed by 10 points or more since October 2026" in page


def test_the_map_is_said_in_words(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.pdf", pdf(mapped("Atlas")))

    (alternative,) = [
        text for kind, text in tags_in(path) if kind == "/Figure" and "wrong role decides" in text
    ]
    assert "What is cut: CPO (1), CTO (1), PM (1) and PO (1), fit 50." in alternative


@IN_EVERY_LANGUAGE
def test_a_full_deep_check_with_long_hostile_texts_still_takes_one_page(
    language: str, tmp_path: Path
) -> None:
    long = [f"{name} {HTML} {TYPST} {UNBROKEN} and so on and so forth"[:300] for name in ROLES]
    take_away = mapped(
        UNBROKEN,
        ARABIC,
        language=language,
        mandates=dict(zip(ROLES, long, strict=True)),
        changes=dict.fromkeys(LEVEL_OF, ("po", "tl", "cto", "team")),
    )

    path = saved(tmp_path, "a.pdf", pdf(take_away))

    assert len(pages_of(path)) == 1 + 2 * 2
    with pikepdf.open(path) as document, document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def test_a_squad_says_what_it_decided_without_its_note(tmp_path: Path) -> None:
    late = action(decided_on=date(2026, 9, 1), due_on=date(2026, 10, 1), note="Between us")
    take_away = mapped("Atlas", actions=[late])

    summary_page, page, _deep = pages_of(saved(tmp_path, "a.pdf", pdf(take_away)))

    assert "Planned, overdue: it was due 1 Oct 2026 · PM" in page
    assert "1 action is open and overdue." in summary_page
    assert "PM: 1 open since 1 Sept 2026; 1 overdue since 1 Oct 2026 (Atlas)" in summary_page
    assert "Between us" not in summary_page + page


@pytest.fixture
def pictures_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """One squad's pictures stand for those of every squad, which are as large."""
    take_away = briefing("Squad 00")
    pictures = Pictures(take_away.edition.words, lambda: None)
    for name in ("bars", "radar"):
        drawn = getattr(pictures, name)(take_away.squads[0])
        monkeypatch.setattr(Pictures, name, lambda _pictures, _squad, drawn=drawn: drawn)


@pytest.mark.usefixtures("pictures_alike")
def test_squads_beyond_one_page_go_on_overleaf_with_their_headings(tmp_path: Path) -> None:
    take_away = briefing(*[f"Squad {number:02}" for number in range(60)])

    pages = pages_of(saved(tmp_path, "a.pdf", pdf(take_away)))

    assert len(pages) in (63, 64)
    assert "Squad 59" in " ".join(pages[:3])
    assert "Arbitration Daily Delivery Squad" in pages[1]


@pytest.mark.usefixtures("pictures_alike")
def test_of_many_squads_it_says_first_what_to_do_and_on_which_page_each_begins(
    tmp_path: Path,
) -> None:
    names = [f"Squad {number:02}" for number in range(22)]
    take_away = briefing(*names)
    assert take_away.overview is not None

    pages = pages_of(saved(tmp_path, "a.pdf", pdf(take_away)))

    assert pages[0].index("What to do first") < pages[0].index("Scores by squad and level")
    assert pages[0].index("Fluid 75–100") < pages[0].index("Squad Vision")
    (contents,) = [page for page in pages if page.startswith("Squad by squad")]
    begins = {
        name: number
        for name in names
        for number, page in enumerate(pages, start=1)
        if page.startswith(f"{name} · November 2026")
    }
    told = re.findall(r"(Squad \d\d) [ .]*(\d+)", contents)
    assert {name: int(page) for name, page in told} == begins


def test_the_time_since_which_every_row_tells_changes_stands_once_above_them(
    tmp_path: Path,
) -> None:
    page = pages_of(saved(tmp_path, "a.pdf", pdf(briefing("Atlas", "Borea", "Cobalt"))))[0]

    assert "Scores by squad and level (changes since September 2026)" in page
    assert page.count("changes since") == 1


def test_counts_that_squads_share_stand_with_each_of_them() -> None:
    take_away = mapped("A", "B", "C")
    assert take_away.overview is not None
    table = fit_table(take_away, take_away.overview)

    assert table.caption == "Clear decisions and fit by squad and level"
    assert {table.about(row) for row in table.rows} == {" · ".join(table.rows[0].about)}


def test_what_a_layout_takes_in_memory_is_given_back(tmp_path: Path) -> None:
    layout = tmp_path / "it.typ"
    layout.write_text('#set document(title: "It")\n#sys.inputs.text', encoding="utf-8")

    data = typeset(layout, {"text": "Ah"}, standards=["ua-1"])

    assert data.startswith(b"%PDF-")
    assert "typst" not in sys.modules


def test_a_document_that_a_standard_forbids_is_told_from_a_failure(tmp_path: Path) -> None:
    layout = tmp_path / "it.typ"
    layout.write_text('#image(bytes(sys.inputs.svg), format: "svg")', encoding="utf-8")
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'

    with pytest.raises(NotTypeset):  # no title, no text in the place of the picture
        typeset(layout, {"svg": svg}, standards=["ua-1"])
    assert typeset(layout, {"svg": svg}).startswith(b"%PDF-")


def test_a_long_document_finds_its_type_sizes_a_few_parts_at_a_time_and_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid_out: list[int] = []
    while_sized = tmp_path / "while-sized.pdf"

    def counted(layout: Path, inputs: dict[str, str], label: str, **look: Any) -> list[Any]:
        laid_out.append(len(json.loads(inputs["briefing"])["squads"]))
        while_sized.write_bytes(typeset(layout, inputs))
        return values_in(layout, inputs, label, **look)

    assert pdf_module.SIZED_AT_ONCE >= 12
    at_once = saved(tmp_path, "at-once.pdf", twelve_pdf("en"))
    monkeypatch.setattr(pdf_module, "values_in", counted)
    monkeypatch.setattr(pdf_module, "SIZED_AT_ONCE", 8)
    in_pieces = saved(tmp_path, "in-pieces.pdf", pdf(twelve()))

    assert laid_out == [8, 4]
    texts = [page.count(b"BT") for page in look_of(while_sized)]
    assert texts == [2] * 4, "only the foot of each page is set while sizes are found"
    assert look_of(in_pieces) == look_of(at_once)


def look_of(path: Path) -> list[bytes]:
    """What is drawn on each page."""
    with pikepdf.open(path) as document:
        return [
            b"\n".join(stream.read_bytes() for stream in contents_of(page))
            for page in document.pages
        ]


def contents_of(page: pikepdf.Page) -> list[Any]:
    contents = page.obj["/Contents"]
    return list(contents) if isinstance(contents, pikepdf.Array) else [contents]

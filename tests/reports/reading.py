"""What whoever opens a file reads in it: its text, without what its format takes for code."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pikepdf
from openpyxl import load_workbook

PDFTOTEXT = shutil.which("pdftotext")

ON_SLIDES = re.compile(r"ppt/(slides|notesSlides|charts)/[^/]*\.xml")


def text_of(data: bytes, ending: str) -> str:
    """All that a file with this ending says.

    Markup that people wrote is in it as they wrote it only where the file shows it as text: what
    an application would run, link or set in bold is left out.
    """
    match ending:
        case "pdf":
            return " ".join(pages_of(data))
        case "html":
            return " ".join(_Shown(data.decode()).texts)
        case "pptx":
            return " ".join(_in_slides(data))
        case "xlsx":
            sheets = load_workbook(io.BytesIO(data))
            cells = (cell for sheet in sheets for row in sheet.iter_rows() for cell in row)
            return "\n".join(map(_shown, cells))
    raise NotImplementedError(f"how a file that ends in .{ending} is read")


def links_of(data: bytes, ending: str) -> list[str]:
    """The addresses to which a file with this ending leads, or which it loads."""
    if ending == "pdf":
        with pikepdf.open(io.BytesIO(data)) as document:
            every = [one for one in document.objects if isinstance(one, pikepdf.Dictionary)]
            done = [one["/A"] for one in every if isinstance(one.get("/A"), pikepdf.Dictionary)]
            return [str(action["/URI"]) for action in done if "/URI" in action]
    if ending == "html":
        return re.findall(r'\b(?:href|src|action)="?([^">]*)', data.decode())
    with ZipFile(io.BytesIO(data)) as archive:
        parts = [name for name in archive.namelist() if name.endswith(".rels")]
        return re.findall(
            'Target="([^"]*)"', "".join(archive.read(name).decode() for name in parts)
        )


def pages_of(pdf: bytes) -> list[str]:
    """The text of each page."""
    assert PDFTOTEXT, "no pdftotext on this machine: apt-get install poppler-utils"
    done = subprocess.run(  # noqa: S603 - our own bytes
        [PDFTOTEXT, "-", "-"], input=pdf, capture_output=True, check=True
    )
    return done.stdout.decode().removesuffix("\f").split("\f")


class _Shown(HTMLParser):
    """The texts of a web page, and what is said of its pictures."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.texts.append(dict(attrs).get("aria-label") or "")

    def handle_data(self, data: str) -> None:
        if self.lasttag not in {"script", "style"}:
            self.texts.append(data)


def _in_slides(data: bytes) -> list[str]:
    """The paragraphs and the values of charts; a number is read as its chart writes it."""
    texts = []
    with ZipFile(io.BytesIO(data)) as archive:
        for name in filter(ON_SLIDES.fullmatch, archive.namelist()):
            root = ElementTree.fromstring(archive.read(name))  # noqa: S314 - our own bytes
            texts += [node.text or "" for node in root.iter() if node.tag.endswith(("}t", "}v"))]
    return texts


def _shown(cell: Any) -> str:
    """A cell as a spreadsheet shows it; a formula shows what it comes to, which is not kept."""
    if cell.value is None or cell.data_type == "f":
        return ""
    if cell.data_type != "n" or cell.number_format == "General":
        return str(cell.value)
    decimals = len(cell.number_format.partition(".")[2])
    if "%" not in cell.number_format:
        return f"{cell.value:.{decimals}f}"
    space = "".join(re.findall('"(.*)"%', cell.number_format))
    return f"{cell.value:.{decimals}%}".replace("%", f"{space}%")

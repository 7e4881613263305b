"""Slips of paper that invite one person each: a QR code, the code in letters, until when."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from assessment.reports.qr_codes import qr_code

_STYLE = """
  body { font: 11pt/1.4 system-ui, sans-serif; margin: 10mm; color: #0f1419; }
  main { display: grid; grid-template-columns: 1fr 1fr; gap: 0; }
  section { border: 1px dashed #8a949e; padding: 5mm; break-inside: avoid; }
  section { display: flex; gap: 5mm; }
  img { width: 34mm; height: 34mm; flex: none; }
  h2 { font-size: 12pt; margin: 0 0 1mm; overflow-wrap: anywhere; }
  p { margin: 0 0 1mm; }
  code { font: 700 12pt ui-monospace, monospace; white-space: nowrap; }
  small { overflow-wrap: anywhere; color: #4a5560; }
"""


@dataclass(frozen=True, slots=True)
class Slip:
    """One person's slip: the code as it is printed, and the address that it opens."""

    code: str
    address: str


def slips_page(
    slips: Sequence[Slip], *, language: str, title: str, lines: Sequence[str], alt: str
) -> bytes:
    """A web page of slips to print and cut, `lines` under each title; it needs no network."""
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in lines)
    cells = "\n".join(
        f'<section><img src="{qr_code(slip.address)}" alt="{escape(alt)}"><div>'
        f"<h2>{escape(title)}</h2>{paragraphs}<p><code>{escape(slip.code)}</code></p>"
        f"<small>{escape(slip.address)}</small></div></section>"
        for slip in slips
    )
    page = (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="robots" content="noindex"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body><main>\n{cells}\n</main></body></html>\n"
    )
    return page.encode("utf-8")

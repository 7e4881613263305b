"""Text on slides: plain runs in the reader's language, in boxes, tables and notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assessment.charts.style import Style
from assessment.reports.xml_text import xml_text

PAPER = Style(dark=False)

# All in inches, on a wide slide.
SLIDE = (13.333, 7.5)
MARGIN = 0.5
INNER = SLIDE[0] - 2 * MARGIN


class SlideText:
    """Writes texts in one language; nothing in them is read as a link or a formula."""

    def __init__(self, language: str) -> None:
        from pptx.enum.lang import MSO_LANGUAGE_ID

        self.speech = {"en": MSO_LANGUAGE_ID.ENGLISH_UK, "fr": MSO_LANGUAGE_ID.FRENCH}[language]

    def badge(self, slide: Any, label: str) -> None:
        """A short mark at the slide's top right."""
        from pptx.enum.shapes import MSO_SHAPE
        from pptx.enum.text import PP_ALIGN
        from pptx.util import Inches, Pt

        at = (SLIDE[0] - MARGIN - 2, 0.22, 2, 0.32)
        pill = slide.shapes.add_shape(MSO_SHAPE.ROUNDED_RECTANGLE, *map(Inches, at))
        pill.name = label
        pill.shadow.inherit = False
        pill.fill.solid()
        pill.fill.fore_color.rgb = rgb(PAPER.background)
        pill.line.color.rgb = rgb(PAPER.trouble)
        pill.line.width = Pt(1.5)
        self.tighten(pill.text_frame)
        self.write(pill.text_frame, label, size=11, bold=True).alignment = PP_ALIGN.CENTER

    def box(self, slide: Any, at: tuple[float, float, float, float]) -> Any:
        """An empty text box, without margins."""
        from pptx.util import Inches

        frame = slide.shapes.add_textbox(*map(Inches, at)).text_frame
        frame.word_wrap = True
        self.tighten(frame)
        return frame

    def write(
        self, frame: Any, text: str, *, size: int, bold: bool = False, colour: str = PAPER.text
    ) -> Any:
        """A paragraph of its own at the end of a text frame."""
        from pptx.enum.text import PP_ALIGN

        paragraph = frame.paragraphs[-1]
        if paragraph.runs:
            paragraph = frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.LEFT
        self.run(paragraph, text, size=size, bold=bold, colour=colour)
        return paragraph

    def run(
        self, paragraph: Any, text: str, *, size: int, bold: bool = False, colour: str = PAPER.text
    ) -> None:
        """Text at the end of a paragraph."""
        run = paragraph.add_run()
        run.text = xml_text(text)
        self.font(run.font, size=size, bold=bold, colour=colour)

    def font(self, font: Any, *, size: int, bold: bool = False, colour: str = PAPER.text) -> None:
        """Size, weight, colour and language of a text."""
        from pptx.util import Pt

        font.size, font.bold, font.language_id = Pt(size), bold, self.speech
        font.color.rgb = rgb(colour)

    def cell(
        self,
        cell: Any,
        text: str,
        *,
        size: int,
        bold: bool = False,
        colour: str = PAPER.text,
        align: Any = None,
    ) -> None:
        """A text in the middle of a table cell."""
        from pptx.enum.text import MSO_ANCHOR
        from pptx.util import Inches

        cell.margin_left = cell.margin_right = Inches(0.06)
        cell.margin_top = cell.margin_bottom = Inches(0.02)
        cell.vertical_anchor = MSO_ANCHOR.MIDDLE
        paragraph = self.write(cell.text_frame, text, size=size, bold=bold, colour=colour)
        paragraph.alignment = align

    def fill(self, cell: Any, colour: str) -> None:
        """The colour behind a table cell."""
        cell.fill.solid()
        cell.fill.fore_color.rgb = rgb(colour)

    def tighten(self, frame: Any) -> None:
        """No margins around a text."""
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0

    def describe(self, frame: Any, text: str) -> None:
        """Give a table or a chart the words that a screen reader says of it."""
        frame._element.nvGraphicFramePr.cNvPr.set("descr", xml_text(text))

    def note(self, slide: Any, lines: Sequence[str]) -> None:
        """Lines for the slide's notes."""
        slide.notes_slide.notes_text_frame.text = xml_text("\n".join(lines))


def shortened(text: str, most: int) -> str:
    """The text, ending in an ellipsis where it is longer than there is room for."""
    return text if len(text) <= most else text[:most].rstrip() + "…"


def rgb(colour: str) -> Any:
    """A colour such as #0072B2 as slides know it."""
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(colour.removeprefix("#"))

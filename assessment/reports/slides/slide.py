"""One slide: plain texts, native tables and shapes, each in an area given in inches."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Inches, Pt

from assessment.languages import bound, regional
from assessment.reports.document import PAPER
from assessment.reports.xml_text import xml_text

Area = tuple[float, float, float, float]
"""Left, top, width and height, in inches."""

SIZE = (13.333, 7.5)
MARGIN = 0.5
INNER = SIZE[0] - 2 * MARGIN
TOP, BOTTOM = 1.75, 6.5
"""What lies between holds the slide's own matter: its title above, scale and footer below."""

ASIDE = 3.3
BESIDE: Area = (SIZE[0] - MARGIN - ASIDE, TOP, ASIDE, BOTTOM - TOP)
PICTURE: Area = (MARGIN, TOP, INNER - ASIDE - 0.3, BOTTOM - TOP)

LEAST = 12
"""Points under which nothing is written."""


class Text:
    """Paragraphs of plain runs in one language; nothing in them is read as a link."""

    def __init__(self, frame: Any, language: Any) -> None:
        self.frame = frame
        self.language = language

    def write(self, text: str, *, align: Any = PP_ALIGN.LEFT, **look: Any) -> Any:
        """A paragraph of its own at the end, which looks as `set_font` makes it."""
        if self.frame.paragraphs[-1].runs:
            self.frame.add_paragraph()
        paragraph = self.frame.paragraphs[-1]
        paragraph.alignment = align
        run = paragraph.add_run()
        run.text = xml_text(bound(text))
        set_font(run.font, self.language, **look)
        return paragraph

    def number_page(self, number: int) -> None:
        """The slide's number, which follows it when slides are moved."""
        paragraph = self.write("", align=PP_ALIGN.RIGHT, colour=PAPER.muted)
        look = paragraph._p.find("{*}r/{*}rPr")
        field = parse_xml(
            f'<a:fld {nsdecls("a")} id="{{5C5B1A4E-0C1B-4E57-9F6A-2C6D1B0A7E11}}" type="slidenum">'
            f"<a:t>{number}</a:t></a:fld>"
        )
        field.insert(0, look)
        paragraph._p.remove(paragraph._p.find("{*}r"))
        paragraph._p.insert(1, field)


class Slide:
    """Puts texts, tables and shapes on one slide, in one language."""

    def __init__(self, slide: Any, language: str) -> None:
        self.slide = slide
        self.language = MSO_LANGUAGE_ID.from_xml(str(regional(language)).replace("_", "-"))

    def title(self, text: str, area: Area, *, size: int, below: str) -> None:
        """The slide's own title, in the heading's face of the theme, and what is small below it."""
        title = self.slide.shapes.title
        title.left, title.top, title.width, title.height = map(Inches, area)
        title.text_frame.vertical_anchor = MSO_ANCHOR.TOP
        written = self._wrapped(title.text_frame)
        written.write(text, size=size, bold=True)
        if below:
            written.write(below, colour=PAPER.muted).space_before = Pt(6)

    def badge(self, label: str) -> None:
        """A short mark at the slide's top right."""
        width = max(2, len(label) / 10)
        area = (SIZE[0] - MARGIN - width, 0.2, width, 0.34)
        self.pill(label, area, PAPER.background, PAPER.trouble)

    def pill(self, label: str, area: Area, fill: str, edge: str) -> None:
        """A few words in a rounded shape."""
        pill = self._shape(MSO_SHAPE.ROUNDED_RECTANGLE, area, fill, edge)
        pill.name = label
        pill.text_frame.word_wrap = False
        _without_margins(pill.text_frame)
        Text(pill.text_frame, self.language).write(label, bold=True, align=PP_ALIGN.CENTER)

    def box(self, area: Area) -> Text:
        """An empty text box, without margins."""
        return self._wrapped(self.slide.shapes.add_textbox(*map(Inches, area)).text_frame)

    def panel(self, heading: str, lines: Sequence[str], area: Area = BESIDE) -> None:
        """A heading and a few lines on a quiet ground, beside a picture."""
        shape = self._shape(MSO_SHAPE.RECTANGLE, area, PAPER.track)
        frame = shape.text_frame
        frame.word_wrap = True
        frame.vertical_anchor = MSO_ANCHOR.TOP
        frame.margin_left = frame.margin_right = frame.margin_top = Inches(0.2)
        text = Text(frame, self.language)
        if heading:
            text.write(heading, size=18, bold=True)
        for line in lines:
            text.write(line, size=16).space_before = Pt(10)

    def table(
        self, rows: int, widths: Sequence[float], area: Area, *, name: str, in_words: str
    ) -> Any:
        """A native table of empty cells in columns of these widths; `cell` opens one by one."""
        frame = self.slide.shapes.add_table(rows, len(widths), *map(Inches, area))
        describe(frame, name, in_words)
        frame.table.horz_banding = False
        for column, width in zip(frame.table.columns, widths, strict=True):
            column.width = Inches(width)
        return frame.table

    def headed_table(
        self,
        heads: Sequence[str],
        widths: Sequence[float],
        rows: tuple[int, float],
        *,
        name: str,
        in_words: str,
    ) -> Any:
        """A table over the slide's width under its heads: so many rows, each so many inches."""
        count, height = rows
        area = (MARGIN, TOP, INNER, 0.4 + height * count)
        table = self.table(count + 1, widths, area, name=name, in_words=in_words)
        table.rows[0].height = Inches(0.4)
        for index, head in enumerate(heads):
            self.cell(table.cell(0, index), fill=PAPER.track).write(head, bold=True)
        return table

    def cell(self, cell: Any, *, fill: str = PAPER.background, margin: float = 0.06) -> Text:
        """The text of a table's cell, in its middle before a colour."""
        fill_with(cell, fill)
        cell.margin_left = cell.margin_right = Inches(margin)
        cell.margin_top = cell.margin_bottom = Inches(0.02)
        cell.vertical_anchor = MSO_ANCHOR.MIDDLE
        return Text(cell.text_frame, self.language)

    def note(self, lines: Iterable[str]) -> None:
        """Lines for the slide's notes."""
        frame = self.slide.notes_slide.notes_text_frame
        frame.text = xml_text("\n".join(filter(None, lines)))

    # Drawings of several shapes -------------------------------------------------------------------

    @contextmanager
    def grouped(self, name: str, in_words: str) -> Iterator[None]:
        """Make what is drawn meanwhile one picture, said in words."""
        before = len(self.slide.shapes)
        yield
        # Put together at the end: a group measures itself anew with each shape added to it.
        group = self.slide.shapes.add_group_shape(list(self.slide.shapes)[before:])
        describe(group, name, in_words)

    def square(self, area: Area, fill: str) -> None:
        """A filled rectangle without an edge."""
        self._shape(MSO_SHAPE.RECTANGLE, area, fill)

    def disc(self, middle: tuple[float, float], fill: str, edge: str) -> None:
        """A point of a picture."""
        size = 0.17
        area = (middle[0] - size / 2, middle[1] - size / 2, size, size)
        self._shape(MSO_SHAPE.OVAL, area, fill, edge)

    def line(self, start: float, end: float, y: float, look: tuple[str, float]) -> None:
        """A horizontal line, of a colour and so many points thick."""
        ends = map(Inches, (start, y, end, y))
        connector = self.slide.shapes.add_connector(MSO_CONNECTOR.STRAIGHT, *ends)
        _plain(connector)
        line = connector.line
        line.color.rgb = rgb(look[0])
        line.width = Pt(look[1])

    def _shape(self, kind: Any, area: Area, fill: str, edge: str | None = None) -> Any:
        shape = self.slide.shapes.add_shape(kind, *map(Inches, area))
        _plain(shape)
        fill_with(shape, fill)
        if edge is None:
            shape.line.fill.background()
        else:
            shape.line.color.rgb = rgb(edge)
            shape.line.width = Pt(1.5)
        return shape

    def _wrapped(self, frame: Any) -> Text:
        frame.word_wrap = True
        _without_margins(frame)
        return Text(frame, self.language)


def width_of(text: str, *, bold: bool = False) -> float:
    """About how many inches a text of the least size takes; rather more than less."""
    ems = sum(_em(character) for character in text)
    return ems * LEAST / 72 * (1.08 if bold else 1.0)


def _em(character: str) -> float:
    """A character's width by its size, as the theme's text face has it."""
    if character in "iljtfrI.,:;'’|!()[]-· ":
        return 0.34
    if character in "mwMW—…@%":
        return 1.0
    return 0.72 if character.isupper() or ord(character) > 0x24F else 0.56


def fitted(text: str, room: float, *, bold: bool = False) -> str:
    """A name of the least size on so many inches, cut in its middle: ends often differ."""
    head, tail = text, ""
    while width_of(head + tail, bold=bold) > room - (width_of("…") if tail else 0):
        keep = len(head) + len(tail) - 1
        tail = text[-max(1, keep // 3) :]
        head = text[: keep - len(tail)]
    return f"{head.rstrip()}…{tail.lstrip()}" if tail else text


def shortened(text: str, most: int) -> str:
    """The text, ending in an ellipsis where it is longer than there is room for."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def describe(shape: Any, name: str, in_words: str) -> None:
    """Call a table, a chart or a group, and give it the words that a screen reader says of it."""
    shape.name = name
    shape._element.xpath(".//p:cNvPr")[0].set("descr", xml_text(in_words))


def set_font(
    font: Any, language: Any, *, size: int = LEAST, bold: bool = False, colour: str = PAPER.text
) -> None:
    """Give a font its size, weight, language and colour."""
    font.size, font.bold, font.language_id = Pt(size), bold, language
    font.color.rgb = rgb(colour)


def fill_with(shape: Any, colour: str) -> None:
    """Fill a shape or a cell with one colour."""
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(colour)


def _plain(shape: Any) -> None:
    """Take the theme's own look, shadow and all, off a shape."""
    for style in shape._element.xpath("./p:style"):
        shape._element.remove(style)


def _without_margins(frame: Any) -> None:
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0


def rgb(colour: str) -> Any:
    """A colour such as #0072B2 as slides know it."""
    return RGBColor.from_string(colour.removeprefix("#"))

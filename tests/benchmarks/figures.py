"""Figures: what was measured, beside its floor, and the goal it is held against."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Figure:
    """A subject's value and its floor's, in one unit; without a floor the value itself counts.

    `goal` is the most that ratio or value may be, or the least where it is `at_least`.
    """

    row: str
    subject: str
    value: float
    floor: float | None
    goal: float
    unit: str = "ms"
    at_least: bool = False

    @property
    def ratio(self) -> float:
        """The value in floors."""
        return self.value if self.floor is None else self.value / self.floor

    @property
    def is_met(self) -> bool:
        """Whether the goal is reached."""
        return self.ratio >= self.goal if self.at_least else self.ratio <= self.goal

    @property
    def cells(self) -> tuple[str, ...]:
        """The figure as a row of the table."""
        floor = "" if self.floor is None else f"{self.floor:,.3g} {self.unit}"
        sign = "≥" if self.at_least else "≤"
        goal = f"{sign} {self.goal:g}" + (f" {self.unit}" if self.floor is None else "")
        met = "met" if self.is_met else "**missed**"
        value = f"{self.value:,.3g} {self.unit}"
        return self.row, self.subject, value, floor, f"{self.ratio:,.3g}", goal, met


def as_page(figures: Iterable[Figure], *, machine: str, day: date) -> str:
    """The figures as a page of Markdown; below them, what is said of rows that miss their goal."""
    figures = list(figures)
    head = ("#", "Subject", "Measured", "Floor", "Ratio", "Goal", "")
    rows = [head, ("---",) * len(head), *(figure.cells for figure in figures)]
    table = "\n".join("| " + " | ".join(row) + " |" for row in rows)
    missed = dict.fromkeys(figure.row for figure in figures if not figure.is_met)
    floors = "\n".join(f"- **Row {row}**: {FLOORS[row]}" for row in missed if row in FLOORS)
    page = PAGE.format(machine=machine, day=f"{day:%Y-%m-%d}", table=table)
    return page + (f"\n## What misses its goal, and why\n\n{floors}\n" if floors else "")


FLOORS: Mapping[str, str] = {
    "1": """The bare page sends one element; an answer draws its step, the progress, the result so
  far and the way on again: some twenty. Row 1b sets it beside a Streamlit page that sends as many.
  Less would take fewer elements a step.""",
    "1b": """A control with options costs more than a text, an answer is scored, put into words and
  kept for the browser: that is what is left above Streamlit's own share.""",
    "2": """The floor draws pictures alone. A page says what they mean, names its squad, offers
  files and ways on: fifty to a hundred and thirty elements, each a message of its own that wakes
  the server's loop. Row 2b sets it beside a page that sends as many texts.""",
    "2b": """Menus, buttons, columns and tables cost Streamlit more than a text: of a run of
  leadership four fifths are its own, a period or a squad to choose alone a twentieth. Ours are who
  looks, decided once a run, what is stored, and the words, strips and numbers, which are kept from
  run to run. Less would take a squad's line as one element; its link would then load the page
  anew.""",
    "3": """Beside its table the page has a search, four downloads, an upload and the sample: row 3b
  sets it beside a table with as many texts.""",
    "3b": """A table, an upload and downloads cost Streamlit more than a text. Who looks is decided
  once a run, no list of all records is made to know whether there is one, and notes of what was
  deleted are read only where rows have vanished.""",
    "4": """At 1,000 stored a squad has one voice a month, and one squad in four a deep check; at
  100,000 all have all, so that pages say more.""",
    "5": """No run looks for garbage; what differs are the milliseconds of one tab and another.""",
    "6": """After a save what is kept of any squad is put into words and drawn again, as it is told
  apart by the version of all that is stored: radar, words and tables take as much as a warm run.
  What grows with what is stored is a millisecond for each list of all answers: the file's, and two
  that are compared with the one before; where a confidential survey was revealed, 37 more to look
  which of 100,000 answers are its own. No voice of another round is listed anew. Less would take
  words and pictures told apart by what their own squad said.""",
    "7": """A squad that nobody looked at since it changed is scored, put into words and drawn: its
  radar takes 6 ms, of which Altair's classes 3 and frames of pandas 2.5, its words 7, the rest of
  its tables and findings as much again.""",
    "8": """The first page draws its charts for the first time and loads its own modules; reading
  what is stored is done before the server says that it is ready.""",
    "10": """Streamlit runs all sessions of a process in turns: a click takes 10 to 12 ms of it,
  however many people are there and however much is stored, and fifty clicks a second leave 20, the
  bench's own clients included, which share two cores with it. More takes more processes, which
  `docs/operating.md` tells how to run.""",
    "17": """The two charts take 24 KiB, and what Streamlit sends again at every run the rest:
  scripts in HTML 20, the places of what is shown 8, words 6, buttons, downloads, menus and the
  session 9. The wordmark, 8 more, is a file that a browser keeps. All scripts are one message, of
  more than the 10,000 bytes from which a browser keeps it as well and is sent its mark alone; this
  visitor keeps nothing. Less would take fewer elements, and scripts as a file: linked where the
  page is served, they would be missing wherever another server hands the page out, and be the old
  ones after an update.""",
    "11": """A record is a Python object with its answers in dictionaries, which every page reads.
  Of 2 s for 100,000 rows, 1.2 go into splitting lines into 9.1 million cells, looking each up among
  those that were judged before, and filling dictionaries, which any reader that makes such records
  needs; ids, days and names take 0.3, records and the places of their ids 0.3. Cells looked up
  column by column took a quarter longer; Arrow's reader, whose columns tell each value once, would
  save a fifth, as a second way beside the one that tells what is wrong with a row. Less would take
  records whose answers stay in columns until somebody asks: every model, rule and store would
  change.""",
    "12": """An append waits for two confirmations of the disk, its floor for one: the row itself,
  and the names in the folder, since whoever made or replaced the file may have died before its
  name was confirmed. Row 12b sets it beside a line with both.""",
    "12b": """Above both confirmations are 0.3 ms of Python: the lock, as a file and as its folder;
  a look at what others appended; the row checked, written, and marked as appended: five files are
  opened, however much is stored. A lock without a library's bookkeeping and columns told apart
  once took away a third. Less would take files that stay open from append to append, and so rows
  written to a file that somebody replaced meanwhile.""",
    "13": """The products alone give no coverage, stage or cap. Measured on one core: three products
  of healths, answered and applying items 2 ms, turning flags into numbers 2, healths without NaN
  and telling them 1, dividing 1, stages 2, caps of eight primary items 4, questions answered 1,
  overall scores 2. Memory for what comes in between took half as long again, until sheets
  were scored 4,000 at a time. Less would take 32-bit numbers, and so other scores.""",
    "14": """A third of the time goes into reading rows as records (row 11), a twelfth into the
  start of Python; a quarter into what the quarter of the rows with a deep check says of who decides
  and of lenses, an eighth into levers with their 64,000 different gains, the rest into scores and
  lines of 1,400 characters. All of it is worked out in columns, a thousand sheets at once, and each
  text made once: that took away half of what scoring took. Less would take rows scored without
  records of them.""",
    "15": """A part of a PDF is laid out two or three times to find its type size and once more to
  be set, 10 ms each: with the starts of two processes, 40 ms each, four fifths of what its pictures
  take. The next size to try is the likeliest by how far the last was off. Sizes are found before
  anything is set, as typst tries each twice beside what it sets, of sixteen parts at a time: that
  process ends with what it took, so that fifty squads stay under 650 MB in all processes. Less
  would take sizes known beforehand, which texts decide. Of the pictures themselves that of who
  decides takes four fifths, half of it to measure the names of decisions. A web page escapes and
  nests what its pictures say; these grow a little faster than the squads by themselves.
  The slides and the workbook hold native charts and no picture.""",
    "16": """A run asks the database once whether anything changed: over a socket that takes a
  fraction of a millisecond, where a file's signs take some microseconds. None at all would take a
  server that is told of changes, and then shows what it was not told of late.""",
}
"""What a row costs at the least and why, told where it misses its goal."""


PAGE = """# Performance

Measured by `make bench` on {day}, {machine}. Subjects and floors take turns in one
run, so that a busy machine slows both alike; figures are medians, in milliseconds from sending a
message to the end of the run where no other unit stands there. A floor is a bare Streamlit page, a
page with the same charts as ready specs, or the least that the work could cost. Rows 1b, 2b and 3b
set the same clicks and pages beside a Streamlit page that sends as many elements; row 12b an append
beside as many confirmations of the disk as it promises.

{table}
"""

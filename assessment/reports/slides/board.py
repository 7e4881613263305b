"""The five slides for a board: verdict and map, who decides, the seat, what moved, thirty days."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from pptx.enum.text import PP_ALIGN
from pptx.util import Inches

from assessment.languages import BLANK, Words
from assessment.reports.document import (
    DECISION_COLOURS,
    PAPER,
    SquadTable,
    colours_of,
    level_table,
    stage_scale,
    texts_of,
)
from assessment.reports.pictures import levels_in_words
from assessment.reports.slides.charts import Counts, level_bars, pressure_bars, stacked_bars
from assessment.reports.slides.slide import (
    BESIDE,
    BOTTOM,
    INNER,
    MARGIN,
    PICTURE,
    TOP,
    Area,
    Slide,
    describe,
    fitted,
    width_of,
)
from assessment.wording.board import Board
from assessment.wording.briefing import Briefing, SquadPart
from assessment.wording.deep_briefing import DeepPart
from assessment.wording.overview import Overview
from assessment.wording.parts import DumbBell, LevelPart, ScoreRow, SeatRow

ONE_BLOCK, TWO_BLOCKS = 12, 30
"""Squads that the map names in one column of rows, and in two; of more it counts the stages."""

GUTTER = 0.25
MAP_COLUMN, MAP_ROW = 0.95, 0.5
SMALL_COLUMN, SMALL_ROW = 0.82, 0.25
MOST_MOVES, MOVE_STEP = 8, 0.57
SCALE = (3.95, 6.75)
"""Where 0 and 100 of the dumb-bells stand."""

MOVE_WIDTH = 2.2
"""Of the text at the end of a dumb-bell, which keeps to a line."""

MOST_SEATS = 7

NewSlide = Callable[..., Slide]
"""A slide under its title and what is small below it, with the deck's heading and footer."""


def add_board(new: NewSlide, briefing: Briefing) -> None:
    """The five slides, whatever the number of squads."""
    board = briefing.board
    _add_verdict(new(briefing.verdict, below=board.overview.holds), briefing)
    _add_deciders(new, briefing)
    _add_seats(new(board.seats_title), briefing)
    _add_moves(new(board.moved_title, below=board.overview.on_same_voices), briefing)
    _add_plan(new(board.plan_title), board)


# Verdict and map ----------------------------------------------------------------------------------


def _add_verdict(slide: Slide, briefing: Briefing) -> None:
    board, overview = briefing.board, briefing.overview
    if overview is None:
        squad = briefing.squads[0]
        write_scale(slide, briefing, squad.level_parts, with_ranges=True)
        draw_levels(slide, briefing, 0, PICTURE)
        slide.panel(board.asks_heading, board.asks)
        slide.note([*all_of_squad(briefing, squad), *board.asks])
        return
    table = level_table(briefing, overview)
    marked = briefing.squads if len(table.rows) <= TWO_BLOCKS else ()
    write_scale(slide, briefing, [level for squad in marked for level in squad.level_parts])
    if len(table.rows) > TWO_BLOCKS:
        _draw_stages(slide, briefing, overview)
        slide.panel(board.asks_heading, board.asks)
    elif len(table.rows) > ONE_BLOCK:
        _draw_two_blocks(slide, table)
        _write_asks_below(slide, board)
    else:
        height = min(MAP_ROW * (len(table.rows) + 1), PICTURE[3])
        _draw_map(slide, table, table.rows, (*PICTURE[:3], height), MAP_COLUMN)
        slide.panel(board.asks_heading, board.asks)
    lines = (overview.heading, overview.verdict, *overview.notes, *table.in_words(table.rows))
    slide.note([*lines, *board.asks])


def draw_levels(slide: Slide, briefing: Briefing, index: int, area: Area) -> None:
    """The levels of one of the squads as bars in the colours of their stages."""
    _, squad = briefing.edition.words.gettext, briefing.squads[index]
    bars = level_bars(slide, squad.level_parts, area, series=_("Score"))
    describe(bars, _("Scores by level"), levels_in_words(briefing, squad))


def _draw_map(
    slide: Slide, table: SquadTable, rows: Sequence[ScoreRow], area: Area, column: float
) -> None:
    """Squads by levels, each cell in the colour of its stage; `column` is a level's width."""
    width, height = area[2:]
    count, name_width = len(rows) + 1, width - column * len(table.columns)
    widths = (name_width, *[column] * len(table.columns))
    in_words = ". ".join(table.in_words(rows))
    native = slide.table(count, widths, area, name=table.name, in_words=in_words)
    for row in native.rows:
        row.height = Inches(height / count)
    slide.cell(native.cell(0, 0))
    for index, head in enumerate(table.columns, start=1):
        slide.cell(native.cell(0, index), margin=0).write(head, align=PP_ALIGN.CENTER)
    for number, row in enumerate(rows, start=1):
        slide.cell(native.cell(number, 0), margin=0.03).write(fitted(row.squad, name_width - 0.1))
        for index, cell in enumerate(row.cells, start=1):
            fill, ink = colours_of(cell) or (PAPER.background, PAPER.muted)
            text = slide.cell(native.cell(number, index), fill=fill)
            text.write(cell.shown, bold=True, colour=ink, align=PP_ALIGN.CENTER)


def _draw_two_blocks(slide: Slide, table: SquadTable) -> None:
    half = (len(table.rows) + 1) // 2
    width = (INNER - GUTTER) / 2
    for block, rows in enumerate((table.rows[:half], table.rows[half:])):
        left, height = MARGIN + block * (width + GUTTER), SMALL_ROW * (len(rows) + 1)
        _draw_map(slide, table, rows, (left, TOP - 0.15, width, height), SMALL_COLUMN)


def _write_asks_below(slide: Slide, board: Board) -> None:
    """What is asked, in three columns below a map that takes the whole width; more below them."""
    top = TOP - 0.15 + SMALL_ROW * (TWO_BLOCKS // 2 + 1) + 0.12
    slide.box((MARGIN, top, INNER, 0.28)).write(board.asks_heading, size=14, bold=True)
    width = (INNER - 2 * GUTTER) / 3
    for index, ask in enumerate(board.asks[:3]):
        area = (MARGIN + index * (width + GUTTER), top + 0.27, width, 0.44)
        slide.box(area).write(ask, size=13)
    for ask in board.asks[3:]:
        slide.box((MARGIN, top + 0.71, INNER, 0.24)).write(ask, size=13)


def _draw_stages(slide: Slide, briefing: Briefing, overview: Overview) -> None:
    """Of more squads than can be named: how many stand at which stage, level by level."""
    words = briefing.edition.words
    by_level = list(zip(*(row.cells for row in overview.rows), strict=True))
    stages = [[cell.stage for cell in cells] for cells in by_level]
    parts = [
        Counts(name, [of_level.count(stage) for of_level in stages], PAPER.stage(stage))
        for stage, (name, _range) in enumerate(stage_scale(briefing), start=1)
    ]
    unscored = [of_level.count(None) for of_level in stages]
    parts.append(Counts(words.gettext("not enough answers"), unscored, PAPER.track))
    in_words = words.clauses(
        _in_words(words, level, [(part.name, part.values[index]) for part in parts])
        for index, level in enumerate(overview.columns)
    )
    bars = stacked_bars(slide, overview.columns, parts, PICTURE)
    describe(bars, words.gettext("Squads by level"), in_words)


def _in_words(words: Words, name: str, parts: Iterable[tuple[str, object]]) -> str:
    """A name, and those of its parts that there are."""
    text = ", ".join(f"{part} {value}" for part, value in parts if value)
    return words.labelled(name, text or BLANK)


def write_scale(
    slide: Slide, briefing: Briefing, levels: Sequence[LevelPart], *, with_ranges: bool = False
) -> None:
    """The four stages in their colours, above the footer, and the mark of those levels shown.

    `with_ranges` says where to find how far scores depend on one voice, which bars do not draw.
    """
    _, scale, left = briefing.edition.words.gettext, stage_scale(briefing), MARGIN
    in_words = ", ".join(f"{name} {reach}" for name, reach in scale)
    with slide.grouped(_("Scale"), in_words):
        for stage, (name, reach) in enumerate(scale, start=1):
            slide.square((left, BOTTOM + 0.21, 0.22, 0.18), PAPER.stage(stage))
            text = f"{name} {reach}"
            width = width_of(text) + 0.1
            slide.box((left + 0.3, BOTTOM + 0.2, width, 0.22)).write(text)
            left += 0.3 + width + 0.2
        is_capped = any(level.is_capped for level in levels)
        has_ranges = with_ranges and any(level.low is not None for level in levels)
        key = [_("* capped by an answer")] if is_capped else []
        key += [_("One voice fewer: see the notes")] if has_ranges else []
        if key:
            text = " · ".join(key)
            area = (left, BOTTOM + 0.2, width_of(text) + 0.1, 0.22)
            slide.box(area).write(text, colour=PAPER.muted)


def all_of_squad(briefing: Briefing, squad: SquadPart) -> Iterator[str]:
    """All that a squad's result says, for a slide's notes."""
    yield from (squad.heading, squad.verdict, *squad.notes)
    yield from (" · ".join(row) for row in texts_of(squad.levels_picture.table.cells)["rows"])
    for lever in squad.levers:
        yield from (lever.title, lever.line, lever.where, lever.owners, lever.step)
    yield from squad.levers_done
    yield from (action.line for action in (*squad.decided, *squad.decided_earlier))
    if squad.deep:
        yield from _all_of_deep(squad.deep)
    yield from range_lines(briefing, squad.level_parts)


def _all_of_deep(part: DeepPart) -> Iterator[str]:
    yield from (part.heading, part.verdict, *part.notes)
    yield from (decision.sentence for decision in part.decisions)
    for finding in part.findings:
        yield from (finding.title, *finding.sentences, finding.helps)
    yield from (part.unexpected.text, *part.unexpected.behind)
    yield from (part.contested.text, *part.contested.behind)
    for line in part.charter:
        yield from (line.text, *line.behind)
    yield from (part.lens_verdict, *(sign.line for sign in part.signs))


def range_lines(briefing: Briefing, levels: Sequence[LevelPart]) -> list[str]:
    """Where each level would stand without one voice, which a native bar does not draw."""
    words = briefing.edition.words
    text = words.gettext("{level} without one voice: from {low} to {high}")
    return [
        text.format(level=level.name, low=words.score(level.low), high=words.score(level.high))
        for level in levels
        if level.low is not None
    ]


# Who decides --------------------------------------------------------------------------------------


def _add_deciders(new: NewSlide, briefing: Briefing) -> None:
    board, words = briefing.board, briefing.edition.words
    below = " ".join(filter(None, (board.decisions_counted, briefing.agreed)))
    slide = new(board.decisions_title, below=below)
    sentences = [
        _in_words(words, name, zip(board.states, counts, strict=True))
        for name, counts in board.decisions
    ]
    if board.is_mapped:
        names, by_decision = zip(*board.decisions, strict=True)
        counts = zip(*by_decision, strict=True)
        every = map(Counts, board.states, counts, DECISION_COLOURS)
        parts = [part for part in every if any(part.values)]
        area = (MARGIN, TOP - 0.05, PICTURE[2], BOTTOM - TOP + 0.4)
        bars = stacked_bars(slide, names, parts, area, is_numbered=not board.is_one)
        title = briefing.edition.lens_asking_for("decisions").title
        describe(bars, title, words.clauses(sentences))
        slide.panel("", board.decisions_key)
    else:
        slide.panel("", board.decisions_key, (MARGIN, TOP, INNER, 1.2))
    settled = (briefing.squads[0].agreed.settled_already,)
    further = briefing.overview.unclear if briefing.overview else settled
    slide.note([board.decisions_title, below, *board.decisions_key, *further, *sentences])


# The seat that blocks -----------------------------------------------------------------------------


def _add_seats(slide: Slide, briefing: Briefing) -> None:
    board = briefing.board
    sentences = [_seat_in_words(board, row) for row in board.seats]
    if board.seats:
        _draw_seats(slide, briefing, board.seats[:MOST_SEATS])
    else:
        _draw_pressures(slide, board)
    slide.panel("", board.seats_key)
    pressures = [
        board.edition.words.labelled(squad.squad, f"{seat.text}. {' '.join(seat.behind)}")
        for squad in briefing.squads
        for seat in squad.seats
    ]
    slide.note([board.seats_title, *sentences, *pressures])


def _draw_pressures(slide: Slide, board: Board) -> None:
    """Where no seat blocks: how many squads read the signals of each seat how, or their points."""
    name, seats = board.edition.words.gettext("Signals by seat"), board.pressures
    in_words = f"{name} · {board.edition.words.clauses(seat.in_words for seat in seats)}"
    area, names = PICTURE, [seat.name for seat in seats]
    if board.is_one:
        points = [seat.points for seat in seats]
        describe(pressure_bars(slide, names, points, area, series=name), name, in_words)
        return
    looks = (*PAPER.bands[::2], PAPER.track)
    counts = zip(*(seat.counts for seat in seats), strict=True)
    parts = list(map(Counts, board.readings, counts, looks))
    describe(stacked_bars(slide, names, parts, area), name, in_words)


def _draw_seats(slide: Slide, briefing: Briefing, rows: Sequence[SeatRow]) -> None:
    """The roles that block, by level: how, and in how many squads."""
    _, board = briefing.edition.words.gettext, briefing.board
    left, top, width, _height = PICTURE
    count, name_width, row_height = len(rows) + 1, 1.5, 0.6
    column = (width - name_width) / len(board.overview.columns)
    native = slide.table(
        count,
        (name_width, *[column] * len(board.overview.columns)),
        (left, top, width, row_height * count),
        name=_("Seats that block"),
        in_words=briefing.edition.words.clauses(_seat_in_words(board, row) for row in rows),
    )
    slide.cell(native.cell(0, 0)).write(_("Role"), bold=True)
    for index, level in enumerate(board.overview.columns, start=1):
        slide.cell(native.cell(0, index)).write(level, bold=True, align=PP_ALIGN.CENTER)
    for number, row in enumerate(rows, start=1):
        slide.cell(native.cell(number, 0)).write(row.role, size=14, bold=True)
        for index, (ways, share) in enumerate(zip(row.cells, row.shares, strict=True), start=1):
            on_white = (PAPER.background, PAPER.muted)
            fill, colour = PAPER.shaded(100 * (1 - share)) if ways else on_white
            text = slide.cell(native.cell(number, index), fill=fill)
            for way in ways or (BLANK,):
                text.write(way, colour=colour, align=PP_ALIGN.CENTER)


def _seat_in_words(board: Board, row: SeatRow) -> str:
    by_level = zip(board.overview.columns, map(" · ".join, row.cells), strict=True)
    return _in_words(board.edition.words, row.role, by_level)


# What moved ---------------------------------------------------------------------------------------


def _add_moves(slide: Slide, briefing: Briefing) -> None:
    _, board = briefing.edition.words.gettext, briefing.board
    first = board.moves[:MOST_MOVES]
    if first:
        in_words = briefing.edition.words.clauses(move.line for move in first)
        with slide.grouped(_("What moved"), in_words):
            _write_key(slide, (_("before"), _("now")))
            widest = board.widest_of(len(first))
            slide.box((MARGIN, TOP - 0.06, SCALE[0] - MARGIN - 0.1, 0.22)).write(widest)
            for index, move in enumerate(first, start=1):
                _draw_move(slide, move, TOP + MOVE_STEP * index)
    slide.panel(board.late_heading, board.late, BESIDE if first else (MARGIN, TOP, INNER, 2.2))
    actions = [
        board.edition.words.labelled(squad.squad, action.line)
        for squad in briefing.squads
        for action in squad.decided
    ]
    moves = [move.line for move in board.moves]
    slide.note([board.moved_title, board.overview.on_same_voices, *moves, *board.late, *actions])


def _write_key(slide: Slide, names: tuple[str, str]) -> None:
    """What the two points of a dumb-bell stand for, above them all."""
    for index, (name, fill) in enumerate(zip(names, (PAPER.background, PAPER.text), strict=True)):
        x = SCALE[0] + 1.4 * index
        slide.disc((x + 0.1, TOP + 0.05), fill, PAPER.text)
        slide.box((x + 0.28, TOP - 0.06, 1, 0.22)).write(name)


def _draw_move(slide: Slide, move: DumbBell, y: float) -> None:
    """A level before (hollow) and now (filled), joined, with both scores and the voices."""
    least, most = SCALE
    before, after = (least + (most - least) * score / 100 for score in (move.before, move.after))
    ink = PAPER.text if move.is_clear else PAPER.muted
    room, level = least - MARGIN - 0.5, f" · {move.level}" if move.squad else move.level
    name = fitted(move.squad, room - width_of(level, bold=True), bold=True) + level
    slide.box((MARGIN, y - 0.11, room, 0.22)).write(name, bold=True, colour=ink)
    slide.line(least, most, y, (PAPER.grid, 1))
    slide.line(before, after, y, (ink, 4))
    slide.disc((before, y), PAPER.background, ink)
    slide.disc((after, y), ink, ink)
    rising = move.after >= move.before
    for x, shown, is_left in (
        (before, move.before_shown, rising),
        (after, move.after_shown, not rising),
    ):
        area = (x - 0.44 if is_left else x + 0.12, y - 0.11, 0.32, 0.22)
        slide.square(area, PAPER.background)
        slide.box(area).write(shown, bold=True, colour=ink, align=PP_ALIGN.CENTER)
    change = slide.box((most + 0.5, y - 0.2, MOVE_WIDTH, 0.22))
    change.write(move.change, bold=move.is_clear, colour=ink)
    slide.box((most + 0.5, y + 0.01, MOVE_WIDTH, 0.22)).write(move.voices, colour=PAPER.muted)


# Thirty days --------------------------------------------------------------------------------------

PLAN_WIDTHS = (2.3, 1.75, 4.35, 1.3, 2.63)


def _add_plan(slide: Slide, board: Board) -> None:
    """What is asked, as a table: whose move, what first, until when, what will show it worked."""
    parts = (
        (lever.title, lever.relation, lever.owners, lever.step, board.due, *seen)
        for lever, seen in board.plan
    )
    lines = [" · ".join(filter(None, texts)) for texts in parts]
    slide.note([board.plan_title, *lines])
    if not board.levers:
        return
    native = slide.headed_table(
        board.plan_heads,
        PLAN_WIDTHS,
        (len(board.levers), 1.4),
        name=board.plan_heads[-1],
        in_words=board.edition.words.clauses(lines),
    )
    for number, (lever, seen) in enumerate(board.plan, start=1):
        texts = (f"{number}. {lever.title}", lever.owners, lever.step, board.due, "\n".join(seen))
        for index, text in enumerate(texts):
            cell = slide.cell(native.cell(number, index))
            for line in text.split("\n"):
                cell.write(line, size=14 if index == 0 else 13, bold=index == 0)
            if index == 0 and lever.relation:
                cell.write(lever.relation)

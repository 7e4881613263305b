"""What a take-away says in one language, the same in every format; pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from assessment.content.edition import Edition
from assessment.rounds.actions import ActionProgress, is_overdue, shown_first
from assessment.rounds.comparison import compared_on_deciders, contested_across
from assessment.rounds.disagreement import disagreement_headline, is_survey
from assessment.rounds.leadership import LevelChanges, SharedLever, Summary
from assessment.rounds.results import Result
from assessment.scoring.levels import capped_levels
from assessment.wording import actions as action_sentences
from assessment.wording import deep_result_tables as lens_tables
from assessment.wording import deep_results as lens_sentences
from assessment.wording import result_tables as tables
from assessment.wording import results as sentences
from assessment.wording.deep_briefing import DeepPart, deep_part
from assessment.wording.parts import ActionPart, Cell, FitRow, LevelPart, LeverPart, Line, Row
from assessment.wording.verdicts import result_verdict, summary_verdict


@dataclass(frozen=True, slots=True, eq=False)
class Across:
    """Who decides, squad by squad: a sentence, the fit per level, what voices contest in most."""

    verdict: str
    rows: tuple[FitRow, ...]
    contested: str


@dataclass(frozen=True, slots=True, eq=False)
class Overview:
    """The first page: several squads in one sentence, one table and a few levers.

    `deciders` is None where nobody said who decides; `decided` counts the open actions, with a
    line per role whose move they are behind it.
    """

    heading: str
    verdict: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    levers: tuple[LeverPart, ...]
    deciders: Across | None
    decided: Line


@dataclass(frozen=True, slots=True, eq=False)
class SquadPart:
    """One squad's page. `levels` is the frame its charts are drawn from, `level_parts` its values.

    `decided` are the actions to show at once, `decided_earlier` those before them; `deep` is the
    page after, None where nobody took the deep check.
    """

    squad: str
    heading: str
    verdict: str
    badge: str | None
    notes: tuple[str, ...]
    levels: pd.DataFrame
    level_parts: tuple[LevelPart, ...]
    seats: tuple[Line, ...]
    levers: tuple[LeverPart, ...]
    no_lever: str
    decided: tuple[ActionPart, ...]
    decided_earlier: tuple[ActionPart, ...]
    deep: DeepPart | None

    @property
    def has_map(self) -> bool:
        """Whether its deep check says who decides."""
        return self.deep is not None and self.deep.is_mapped


@dataclass(frozen=True, eq=False)
class Briefing:
    """A whole take-away: the overview where several squads are told, and each squad's page.

    `badge` is the mark of sample data, None when there are none.
    """

    edition: Edition
    period: str
    overview: Overview | None
    squads: tuple[SquadPart, ...]
    badge: str | None

    @property
    def language(self) -> str:
        """The language it is written in."""
        return self.edition.words.language

    @property
    def product(self) -> str:
        """The product's name, for footers."""
        return self.edition.words.gettext("Who Decides?")

    @cached_property
    def verdict(self) -> str:
        """The sentence that stands first."""
        return self.overview.verdict if self.overview else self.squads[0].verdict

    @cached_property
    def heading(self) -> str:
        """Which squads in which period, in a few words."""
        return self.overview.heading if self.overview else self.squads[0].heading

    @property
    def title(self) -> str:
        """The document's title: what it is about, then its verdict."""
        return f"{self.heading} · {self.verdict}"


def briefing_of(edition: Edition, summary: Summary, *, today: date) -> Briefing:
    """The take-away of several squads: an overview, then a page or two per squad."""
    return Briefing(
        edition=edition,
        period=edition.period(summary.period),
        overview=_overview(edition, summary, today),
        squads=tuple(_squad_part(edition, result, today) for result in summary.results),
        badge=_badge(edition, is_sample=summary.is_sample),
    )


def squad_briefing(edition: Edition, result: Result, *, today: date) -> Briefing:
    """The take-away of a single squad."""
    return Briefing(
        edition=edition,
        period=edition.period(result.round.period),
        overview=None,
        squads=(_squad_part(edition, result, today),),
        badge=_badge(edition, is_sample=result.is_sample),
    )


def heading_of(edition: Edition, summary: Summary) -> str:
    """Which period, how many squads and voices."""
    words, squads = edition.words, len(summary.results)
    counted = words.ngettext("{count} squad", "{count} squads", squads)
    parts = (
        edition.period(summary.period),
        counted.format(count=words.number(squads)),
        _voices(edition, summary.voices),
    )
    return " · ".join(parts)


def absent_note(edition: Edition, summary: Summary) -> str:
    """Which squads have no check in the period; empty when all have one."""
    if not summary.absent:
        return ""
    text = edition.words.gettext("No check in this period: {squads}.")
    return text.format(squads=edition.words.all_of(summary.absent))


def move_lines(edition: Edition, moves: Iterable[LevelChanges]) -> tuple[Line, ...]:
    """What moved, one line per squad: since when, and which levels by how many points."""
    return tuple(Line(each.squad, (_moved(edition, each),)) for each in moves)


def lever_parts(edition: Edition, levers: Iterable[SharedLever]) -> tuple[LeverPart, ...]:
    """Levers that several squads share, as people read them."""
    return tuple(
        LeverPart(
            title=edition.texts.levers[each.lever].title,
            points=each.gain,
            gain=sentences.shared_gain(edition, each.gain, squads=len(each.squads)),
            where=sentences.some_of(edition, each.squads),
            owners=edition.roles(each.owners),
            step=edition.texts.levers[each.lever].step,
        )
        for each in levers
    )


def across_lines(edition: Edition, summary: Summary) -> Line:
    """How far who decides fits over the squads, and behind it what voices contest in most.

    Empty where nobody said who decides.
    """
    mapped = [each.deep.who_decides for each in summary.mapped]
    if not mapped:
        return Line("")
    compared = compared_on_deciders(mapped)
    found = contested_across(summary.framework, compared)
    contested = (lens_sentences.contested_across(edition, found),) if compared else ()
    return Line(lens_sentences.fit_across(edition, mapped), contested)


def open_lines(edition: Edition, summary: Summary, *, today: date) -> tuple[str, tuple[Line, ...]]:
    """How many actions are open over the squads; and by whose move, since when."""
    moves = summary.open_actions
    lines = []
    for each in moves:
        told = (
            action_sentences.open_since(edition, each),
            action_sentences.overdue_since(edition, each.overdue(today=today)),
        )
        lines.append(Line(action_sentences.mover(edition, each), tuple(filter(None, told))))
    return action_sentences.open_total(edition, moves, today=today), tuple(lines)


def _overview(edition: Edition, summary: Summary, today: date) -> Overview:
    movement = sentences.movement(edition, summary.moves)
    by_role = edition.words.gettext("{role}: {told}")
    total, lines = open_lines(edition, summary, today=today)
    return Overview(
        heading=heading_of(edition, summary),
        verdict=summary_verdict(edition, summary),
        columns=tuple(edition.texts.levels[level].short for level in edition.framework.level_ids),
        rows=tuple(
            _row(edition, result, moves)
            for result, moves in zip(summary.results, summary.moves, strict=True)
        ),
        notes=tuple(filter(None, (movement, absent_note(edition, summary)))),
        levers=lever_parts(edition, summary.first_levers),
        deciders=_across(edition, summary),
        decided=Line(
            total,
            tuple(
                by_role.format(role=each.text, told=sentences.joined(edition, each.behind))
                for each in lines
            ),
        ),
    )


def _across(edition: Edition, summary: Summary) -> Across | None:
    told = across_lines(edition, summary)
    if not told.text:
        return None
    rows = [_fit_row(edition, each) for each in summary.results if each.tells_who_decides]
    return Across(told.text, tuple(rows), " ".join(told.behind))


def _fit_row(edition: Edition, result: Result) -> FitRow:
    fit, words = lens_tables.fit_rows(edition, result.round, result.deep_before), edition.words
    return FitRow(
        squad=result.round.squad,
        voices=_voices(edition, len(result.round.deep_answers)),
        cells=tuple(
            Cell(
                level.score,
                words.score(level.score),
                "" if pd.isna(change) else words.change(change),
            )
            for level, change in zip(
                result.round.deep.who_decides.levels, fit["change"], strict=True
            )
        ),
    )


def _row(edition: Edition, result: Result, moves: LevelChanges) -> Row:
    scores, words = result.round.scores, edition.words
    points = {moved.of: sentences.points_of(moved) for moved in moves.changes}
    since = edition.words.gettext("changes since {period}")
    return Row(
        squad=result.round.squad,
        voices=_voices(edition, len(result.round.voices)),
        since=since.format(period=edition.period(moves.since))
        if moves.since
        else words.gettext("first round"),
        cells=tuple(
            Cell(
                level.score,
                words.score(level.score),
                words.change(points[level.id]) if level.id in points else "",
            )
            for level in scores.levels
        ),
        overall=Cell(scores.overall, words.score(scores.overall), ""),
    )


def _squad_part(edition: Edition, result: Result, today: date) -> SquadPart:
    found, before = result.round, result.before.scores if result.before else None
    diagnosis = found.diagnosis
    first, earlier = shown_first(result.decided)
    return SquadPart(
        squad=found.squad,
        heading=" · ".join(
            (found.squad, edition.period(found.period), _voices(edition, len(found.voices)))
        ),
        verdict=result_verdict(edition, result),
        badge=_badge(edition, is_sample=result.is_sample),
        notes=tuple(_notes(edition, result)),
        levels=tables.level_rows(edition, found.squad, found.scores, before),
        level_parts=tuple(_level_parts(edition, result)),
        seats=tuple(
            Line(
                sentences.pressure(edition, pressure),
                tuple(sentences.evidence(edition, each) for each in pressure.evidence),
            )
            for pressure in diagnosis.pressures
        ),
        levers=tuple(
            LeverPart(
                title=edition.texts.levers[each.lever].title,
                points=each.gain,
                gain=sentences.lever_gain(edition, each),
                where=" ".join(sentences.evidence(edition, why) for why in each.evidence),
                owners=sentences.lever_owners(edition, each.lever, found.seating),
                step=edition.texts.levers[each.lever].step,
            )
            for each in diagnosis.levers[: edition.framework.rules.levers_shown]
        ),
        no_lever=sentences.no_lever(edition, found.scores),
        decided=tuple(_action_part(edition, each, today) for each in first),
        decided_earlier=tuple(_action_part(edition, each, today) for each in earlier),
        deep=deep_part(edition, result),
    )


def _level_parts(edition: Edition, result: Result) -> Iterable[LevelPart]:
    scores = result.round.scores
    before = result.before.scores if result.before else None
    mapped = result.round.deep.who_decides if result.round.deep_answers else None
    mapped_before = result.deep_before.deep.who_decides if result.deep_before else None
    for level in scores.levels:
        score_before = before.level(level.id).score if before else None
        fit = mapped.fit(level.id) if mapped else None
        fit_before = mapped_before.fit(level.id) if mapped_before else None
        yield LevelPart(
            name=edition.level(level.id),
            short=edition.texts.levels[level.id].short,
            score=level.score,
            stage=edition.stage(level.stage) if level.stage else "",
            coverage=level.coverage,
            change=tables.shown_change(score_before, level.score),
            limits=edition.words.all_of([edition.texts.items[item].short for item in level.limits]),
            fit=fit,
            fit_change=tables.shown_change(fit_before, fit),
        )


def _action_part(edition: Edition, followed: ActionProgress, today: date) -> ActionPart:
    action, told = followed.action, ""
    if followed.since and action.status != "dropped":
        told = action_sentences.seen_since(edition, action, followed.since)
    return ActionPart(
        title=edition.texts.levers[action.lever].title,
        standing=action_sentences.action_status_line(edition, action, today=today),
        since=told,
        late=is_overdue(action, today=today),
        status=action_sentences.status_name(edition, action.status),
        owner=edition.role(action.owner) if action.owner else "",
        decided_on=action.decided_on,
        due_on=action.due_on,
        ended_on=action.ended_on,
    )


def _notes(edition: Edition, result: Result) -> Iterable[str]:
    """What stands between the verdict and the levels; first where invited voices differ."""
    found = result.round
    if is_survey(found):
        headline = disagreement_headline(found)
        yield sentences.disagreement(edition, headline.disagreements)
        if headline.roles:
            yield sentences.role_gap(edition, headline.roles)
    yield sentences.governance(edition, found.scores.yes_count)
    if found.diagnosis.early_warning:
        yield sentences.early_warning(edition)
    for level, by_score in capped_levels(found.framework, found.scores):
        yield sentences.cap(edition, level, by_score)
    if len(found.voices) > 1 and not is_survey(found):
        yield sentences.disagreement(edition, found.disagreements)


def _moved(edition: Edition, moves: LevelChanges) -> str:
    _ = edition.words.gettext
    if moves.since is None:
        return _("first round")
    since, points = edition.period(moves.since), sentences.moves(edition, moves.changes)
    text = _("{points} since {period}") if points else _("no change since {period}")
    return text.format(points=points, period=since)


def _voices(edition: Edition, count: int) -> str:
    text = edition.words.ngettext("{count} voice", "{count} voices", count)
    return text.format(count=edition.words.number(count))


def _badge(edition: Edition, *, is_sample: bool) -> str | None:
    return edition.words.gettext("Sample data") if is_sample else None

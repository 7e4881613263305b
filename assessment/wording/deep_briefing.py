"""What a take-away says of one squad's deep check, the same in every format; pure.

Aliases stay out of it, as notes do: a file travels further than the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import pandas as pd

from assessment.content.edition import Edition
from assessment.languages import BLANK
from assessment.rounds.results import Result
from assessment.scoring.deep_result import DeepResult
from assessment.scoring.findings import answered_by_levers
from assessment.scoring.lenses import Mandate
from assessment.scoring.levels import health_by_item
from assessment.wording import deep_result_tables as lens_tables
from assessment.wording import deep_results as lens_sentences
from assessment.wording.parts import DecisionPart, FindingPart, LensPart, Line, SignPart
from assessment.wording.result_tables import shown_change


@dataclass(frozen=True, slots=True, eq=False)
class DeepPart:
    """One squad's page "Who decides". `fit`, `deciders` and `lenses` are what charts are drawn of.

    `lens_parts` are the lenses as values.

    `is_mapped` tells whether anybody said who decides: `fit`, `decisions`, `findings` and
    `contested` say nothing where nobody did. `lens_verdict` is empty where no lens is scored.
    """

    heading: str
    title: str
    verdict: str
    notes: tuple[str, ...]
    is_mapped: bool
    fit: pd.DataFrame
    deciders: pd.DataFrame
    decisions: tuple[DecisionPart, ...]
    findings: tuple[FindingPart, ...]
    nothing_amiss: str
    contested: Line
    charter: tuple[Line, ...]
    charter_notes: tuple[str, ...]
    lenses: pd.DataFrame
    lens_parts: tuple[LensPart, ...]
    lens_verdict: str
    signs: tuple[SignPart, ...]

    @property
    def map_text(self) -> str:
        """What the map shows, for whoever does not see it: its verdict, then who decides what."""
        return " ".join((self.verdict, *(each.told for each in self.decisions)))


def first_findings(
    findings: Sequence[FindingPart], *, most: int
) -> tuple[tuple[FindingPart, ...], int]:
    """The gravest findings, at most so many sentences; and how many sentences are left out."""
    first, room = [], most
    for each in findings:
        told = each.sentences[:room]
        if told:
            first.append(replace(each, sentences=told))
        room -= len(told)
    total = sum(len(each.sentences) for each in findings)
    return tuple(first), total - sum(len(each.sentences) for each in first)


def more_findings(edition: Edition, count: int) -> str:
    """How many findings are left out of a page, and where they stand; empty where none is."""
    if not count:
        return ""
    text = edition.words.ngettext(
        "{count} more finding in the workbook and the web page.",
        "{count} more findings in the workbook and the web page.",
        count,
    )
    return text.format(count=edition.words.number(count))


def deep_part(edition: Edition, result: Result) -> DeepPart | None:
    """What the deep check says of a squad; None where nobody took it."""
    found, before = result.round, result.deep_before
    if not found.deep_answers:
        return None
    deep, words = found.deep, edition.words
    voices = words.ngettext("{count} voice", "{count} voices", len(found.deep_answers))
    is_mapped = result.tells_who_decides
    lens_verdict = lens_sentences.lens_verdict(edition, deep.lenses)
    return DeepPart(
        heading=" · ".join(
            (
                found.squad,
                edition.period(found.period),
                voices.format(count=words.number(len(found.deep_answers))),
            )
        ),
        title=edition.lens_asking_for("decisions").title,
        verdict=lens_sentences.fit_verdict(edition, deep.who_decides)
        if is_mapped
        else lens_verdict,
        notes=tuple(_notes(edition, deep)) if is_mapped else (),
        is_mapped=is_mapped,
        fit=lens_tables.fit_rows(edition, found, before),
        deciders=lens_tables.decider_rows(edition, deep),
        decisions=tuple(_decisions(edition, deep)) if is_mapped else (),
        findings=tuple(_findings(edition, deep)) if is_mapped else (),
        nothing_amiss=lens_sentences.nothing_amiss(edition, deep.who_decides),
        contested=_contested(edition, deep),
        charter=tuple(_charter(edition, deep.mandates)),
        charter_notes=tuple(_charter_notes(edition, result)),
        lenses=lens_tables.lens_rows(edition, found, before),
        lens_parts=tuple(_lens_parts(edition, deep, before.deep if before else None)),
        lens_verdict=lens_verdict if deep.answered else "",
        signs=tuple(_signs(edition, result)),
    )


def _notes(edition: Edition, deep: DeepResult) -> Iterable[str]:
    """What is taken for granted, and which answers the setup leaves out."""
    if deep.seating.assumed:
        yield lens_sentences.assumed_setup(edition)
    told = [lens_sentences.left_out(edition, each) for each in deep.who_decides.left_out]
    yield from dict.fromkeys(told)


def _decisions(edition: Edition, deep: DeepResult) -> Iterable[DecisionPart]:
    """Every decision in order, as the table on the squad's page has them."""
    found = deep.who_decides
    apart = {each.of: each.disagreement for each in found.disagreements}
    asked, asked_for = edition.framework.lenses.decision_by_id, edition.texts.lenses.decisions
    told = edition.words.gettext("{decision}: {named}, fit {fit}.")
    for mapped in found.decisions:
        listed = deep.seating.listed_for(asked[mapped.decision])
        name, today = asked_for[mapped.decision].short, _today(edition, deep, mapped.named)
        fit = None if mapped.health is None else 100 * mapped.health
        shown = edition.words.score(fit)
        yield DecisionPart(
            level=edition.level(mapped.level),
            name=name,
            should=edition.roles(deep.seating.expected(listed)) or edition.words.gettext("vacant"),
            today=today,
            fit=fit,
            shown=shown,
            told=told.format(decision=name, named=today, fit=shown),
            voices=mapped.voices,
            apart=apart.get(mapped.decision),
        )


def _findings(edition: Edition, deep: DeepResult) -> Iterable[FindingPart]:
    helps = edition.words.gettext("What helps: {lever}")
    for group in answered_by_levers(edition.framework, deep.who_decides.findings):
        lever = edition.texts.levers[group.lever].title
        yield FindingPart(
            title=edition.texts.lenses.findings[group.kind].title,
            sentences=tuple(
                lens_sentences.finding(edition, deep.seating, each) for each in group.findings
            ),
            lever=lever,
            helps=helps.format(lever=lever),
        )


def _contested(edition: Edition, deep: DeepResult) -> Line:
    """Where voices differ most, then each such decision; empty under two voices."""
    found = deep.who_decides
    if not found.disagreements:
        return Line("")
    return Line(
        lens_sentences.contested_headline(edition, found),
        tuple(lens_sentences.contested(edition, each) for each in found.contested),
    )


def _charter(edition: Edition, mandates: Sequence[Mandate]) -> Iterable[Line]:
    """What each role decides in the squad's own sentences; differing ones with their voices."""
    for role, written in groupby(mandates, key=lambda each: each.role):
        sentences = list(written)
        yield Line(
            edition.role(role),
            tuple(
                each.sentence if len(sentences) == 1 else _counted(edition, each)
                for each in sentences
            ),
        )


def _charter_notes(edition: Edition, result: Result) -> Iterable[str]:
    found = result.round
    mandates = found.deep.mandates
    health = health_by_item(found.framework, found.healths)
    if nudge := lens_sentences.charter_nudge(edition, health, mandates):
        yield nudge
    lacking = lens_sentences.unwritten(edition, found.seating, mandates)
    if mandates and lacking:
        yield lacking


def _lens_parts(
    edition: Edition, deep: DeepResult, before: DeepResult | None
) -> Iterable[LensPart]:
    for lens in deep.lenses:
        score_before = before.lens(lens.id).score if before else None
        yield LensPart(
            name=edition.texts.lenses.lenses[lens.id].title,
            score=lens.score,
            coverage=lens.coverage,
            change=shown_change(score_before, lens.score),
            trouble=edition.words.all_of(lens_tables.trouble_of(edition, lens)),
        )


def _signs(edition: Edition, result: Result) -> Iterable[SignPart]:
    before, short = result.deep_before, edition.words.gettext("{sign}: {value}")
    for each in result.round.deep.signs:
        earlier = before.deep.sign(each.sign) if before else None
        name = edition.texts.lenses.signs[each.sign].short
        yield SignPart(
            name=name,
            value=each.value,
            short=short.format(sign=name, value=lens_sentences.sign_value(edition, each)),
            told=lens_sentences.sign(edition, each),
            before=lens_sentences.sign_since(edition, earlier) or "",
        )


def _counted(edition: Edition, found: Mandate) -> str:
    voices = edition.words.ngettext("{count} voice", "{count} voices", found.voices)
    return f"{found.sentence} ({voices.format(count=edition.words.number(found.voices))})"


def _today(edition: Edition, deep: DeepResult, named: Mapping[str, int]) -> str:
    """Who decides today; how many voices say so only where several could."""
    if len(deep.voices) > 1:
        return lens_sentences.counted(edition, named) or BLANK
    return edition.words.all_of([edition.decider(role) for role in named]) or BLANK

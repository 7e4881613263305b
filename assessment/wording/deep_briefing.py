"""What the deep check says of one squad, put together once; pure.

Aliases stay out of all that files draw, as notes do: a file travels further than the page.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import groupby

import pandas as pd

from assessment.content.edition import Edition
from assessment.languages import BLANK
from assessment.rounds.moves import LEAST_POINTS
from assessment.rounds.results import Result
from assessment.rounds.round import Round
from assessment.scoring.deep_result import DeepResult
from assessment.scoring.findings import answered_by_levers
from assessment.scoring.lenses import LensScore, Mandate, Sign
from assessment.scoring.who_decides import Mapped, WhoDecides
from assessment.wording import deciders, frames, lenses, tables
from assessment.wording.counted import (
    agreed_since,
    deep_voices_compared,
    roles_counted,
    state_name,
    unanswered,
    voices_counted,
)
from assessment.wording.parts import (
    DecisionPart,
    FindingPart,
    LensPart,
    LensTrouble,
    Line,
    MandateCard,
    Picture,
    SignPart,
)
from assessment.wording.pictures import of_round
from assessment.wording.scores import lens_parts, level_parts
from assessment.wording.verdicts import deciders_counts, fit_verdict, lens_verdict
from assessment.wording.voices import contested, contested_headline

CONTESTED_AT_ONCE = 5
"""Decisions that a picture shows of those on which voices differ; the others are told."""


@dataclass(frozen=True, eq=False)
class DeepPart:
    """One squad's page "Who decides", which is empty where nobody said it (`is_mapped`).

    `agreed` tells the role with the last word by decision, where an agreement holds.
    """

    edition: Edition
    result: Result
    agreed: Mapping[str, str] = field(default_factory=dict)

    @property
    def _unit(self) -> Round:
        return self.result.round.deep_unit

    @property
    def _deep(self) -> DeepResult:
        return self._unit.deep

    @property
    def _mapped(self) -> WhoDecides:
        return self.result.who_decides

    @property
    def is_mapped(self) -> bool:
        """Whether the deep check says of at least one decision who takes it."""
        return self.result.tells_who_decides

    @cached_property
    def heading(self) -> str:
        """Squad, period and how many took the deep check."""
        squad, voices = self._unit, voices_counted(self.edition, self._deep.voice_count)
        return " · ".join((squad.squad, self.edition.period(squad.period), voices))

    @property
    def title(self) -> str:
        """The title of the lens about who decides."""
        return self.edition.lens_asking_for("decisions").title

    @cached_property
    def verdict(self) -> str:
        """How many decisions are clear and what stands against them, else the lenses."""
        if self.is_mapped:
            return deciders_counts(self.edition, self._mapped)
        return lens_verdict(self.edition, self._deep.lenses)

    # Who decides ----------------------------------------------------------------------------------

    @property
    def notes(self) -> tuple[str, ...]:
        """What is taken for granted, and which answers the setup leaves out."""
        return tuple(filter(None, (self.assumed, self.setup_changed, *self.left_out.behind)))

    @property
    def setup_changed(self) -> str:
        """That the setup changed within the round; empty where it did not, or plays no part."""
        days = self._unit.setup_changes if self.is_mapped else ()
        return deciders.setup_changed(self.edition, days)

    @property
    def assumed(self) -> str:
        """That nobody told the setup; empty where somebody did, or it plays no part."""
        is_assumed = self.is_mapped and self._deep.seating.assumed
        return deciders.assumed_setup(self.edition) if is_assumed else ""

    @cached_property
    def left_out(self) -> Line:
        """How many answers the setup leaves out, and which; empty where it leaves out none."""
        answers = self._mapped.left_out if self.is_mapped else ()
        if not answers:
            return Line("")
        text = deciders.answers_left_out(self.edition, len(answers))
        counts = Counter((answer.decision, answer.role) for answer in answers)
        sentences = [deciders.left_out(self.edition, *of, count) for of, count in counts.items()]
        return Line(text, tuple(sentences))

    @property
    def fit_picture(self) -> Picture:
        """The fit beside maturity; at which level decisions rest most with those expected."""
        before = self.result.deep_before
        levels = level_parts(self.edition, self.result.round, deep_before=before)
        cells = partial(tables.readable_fit, self.edition, levels)
        rows = partial(frames.fit_rows, self.edition, self.result.round, before)
        return self._picture(fit_verdict(self.edition, self._mapped), rows, cells)

    @property
    def map_picture(self) -> Picture:
        """The map with its verdict."""
        cells = partial(tables.readable_decisions, self.edition, self.decisions)
        rows = partial(frames.decider_rows, self.edition, self._unit, self.agreed)
        return self._picture(self.verdict, rows, cells)

    @property
    def map_text(self) -> str:
        """What the map shows, for whoever does not see it: its verdict, then who decides what."""
        return " ".join((self.verdict, *(decision.sentence for decision in self.decisions)))

    def exported_deciders(self) -> pd.DataFrame:
        """Who decides, for other programs."""
        return frames.exported_deciders(self.edition, self._unit)

    @cached_property
    def decisions(self) -> tuple[DecisionPart, ...]:
        """Every decision in order."""
        return tuple(map(self._decision, self._mapped.decisions)) if self.is_mapped else ()

    @cached_property
    def findings(self) -> tuple[FindingPart, ...]:
        """What is amiss, the gravest first, by kind and by the lever that answers it."""
        edition, texts, mapped = self.edition, self.edition.texts, self._mapped
        by_lever = answered_by_levers(edition.framework, mapped.findings)
        told = partial(deciders.finding, edition, self._deep.seating)
        return tuple(
            FindingPart(
                title=texts.lenses.findings[kind].title,
                sentences=tuple(told(one, is_agreed=mapped.is_agreed(one)) for one in findings),
                lever=edition.lever(lever),
                helps=edition.words.gettext("What helps: {lever}", lever=edition.lever(lever)),
                meaning=texts.lenses.findings[kind].meaning,
                passage=edition.playbook.findings[kind],
                lever_passage=edition.playbook.levers[lever],
            )
            for (kind, lever), findings in by_lever.items()
        )

    @cached_property
    def unexpected(self) -> Line:
        """The clear decisions that a role takes which is not expected, beside those in findings."""
        if not (self.is_mapped and self._mapped.unexpected):
            return Line("")
        text = self.edition.words.gettext("{decision}: {named}; expected: {roles}.")
        parts = zip(self._mapped.decisions, self.decisions, strict=True)
        righted = self._mapped.righted
        sentences = [
            text.format(
                decision=agreed_since(self.edition, part.name, mapped.decision in righted, of=1),
                named=part.today,
                roles=part.should,
            )
            for mapped, part in parts
            if mapped.decision in self._mapped.unexpected
        ]
        return Line(self.edition.words.gettext("Taken by an unexpected role"), tuple(sentences))

    @property
    def nothing_amiss(self) -> str:
        """That nothing is wrong; empty where something is, or nobody said who decides."""
        if self.findings or self.unexpected.text or not self.is_mapped:
            return ""
        return deciders.nothing_amiss(self.edition, self._mapped)

    @cached_property
    def contested(self) -> Line:
        """Where voices differ most, then each such decision; empty under two voices."""
        if not self.is_mapped or not (self._mapped.disagreements or self._mapped.contested):
            return Line("")
        return Line(
            contested_headline(self.edition, self._mapped, least=self._unit.least),
            tuple(contested(self.edition, decision) for decision in self._mapped.contested),
        )

    @property
    def contested_picture(self) -> Picture | None:
        """The decisions on which voices differ most, as a table all; None where they do on none."""
        every = self._mapped.contested
        rows = partial(frames.contested_rows, self.edition, every[:CONTESTED_AT_ONCE])
        cells = partial(tables.readable_deciders, self.edition, every)
        return self._picture(self.contested.text, rows, cells) if every else None

    # The charter, the other lenses, vital signs ---------------------------------------------------

    @cached_property
    def charter(self) -> tuple[Line, ...]:
        """What each role decides in the squad's own sentences; differing ones with their voices."""
        lines = []
        for role, mandates in self._mandates.items():
            texts = [mandate.sentence for mandate in mandates]
            if len(mandates) > 1:
                voices = (voices_counted(self.edition, mandate.voices) for mandate in mandates)
                texts = [f"{text} ({count})" for text, count in zip(texts, voices, strict=True)]
            lines.append(Line(self.edition.role(role), tuple(texts)))
        return tuple(lines)

    @cached_property
    def charter_cards(self) -> tuple[tuple[MandateCard, ...], ...]:
        """The charter with aliases: each role's differing sentences as cards, then the others."""
        cards = [
            tuple(
                MandateCard(
                    role=self.edition.texts.roles[mandate.role].name,
                    sentence=mandate.sentence,
                    written_by=lenses.written_by(self.edition, mandate),
                )
                for mandate in mandates
            )
            for mandates in self._mandates.values()
        ]
        return (
            *(differing for differing in cards if len(differing) > 1),
            tuple(single[0] for single in cards if len(single) == 1),
        )

    @cached_property
    def charter_nudge(self) -> str:
        """That mandates are worth writing down; empty where some are, or they are not clear."""
        health = self.result.round.health
        return lenses.charter_nudge(self.edition, health, self._deep.mandates) or ""

    @cached_property
    def unwritten(self) -> str:
        """The roles without a sentence, where others have one."""
        mandates, seating = self._deep.mandates, self._unit.seating
        return lenses.unwritten(self.edition, seating, mandates) if mandates else ""

    @property
    def charter_notes(self) -> tuple[str, ...]:
        """What stands below the charter."""
        return tuple(filter(None, (self.charter_nudge, self.unwritten)))

    @property
    def charter_passage(self) -> str:
        """The playbook's passage about mandates."""
        return self.edition.playbook.lenses[self.edition.framework.lenses.asking_for("mandates")]

    @cached_property
    def lens_parts(self) -> tuple[LensPart, ...]:
        """The scored lenses as values."""
        return lens_parts(self.edition, self.result.round, self.result.deep_before)

    @cached_property
    def since(self) -> str:
        """Since when fit and lenses changed, by how many voices; empty where none is told to."""
        edition, before = self.edition, self.result.deep_before
        levels = level_parts(edition, self.result.round, deep_before=before)
        changes = (*(one.fit_change for one in levels), *(one.change for one in self.lens_parts))
        if before is None or not any(changes):
            return ""
        text = edition.words.gettext(
            "Fit and lenses that changed by {points} points or more since {period} ({voices})."
        )
        return text.format(
            points=LEAST_POINTS,
            period=edition.period(before.period),
            voices=deep_voices_compared(edition, before, self._unit),
        )

    @cached_property
    def lens_verdict(self) -> str:
        """The lenses that stand best and worst; empty where none is scored."""
        return lens_verdict(self.edition, self._deep.lenses) if self._deep.answered else ""

    @property
    def lens_picture(self) -> Picture:
        """The lenses with their verdict."""
        cells = partial(tables.readable_lenses, self.edition, self.lens_parts)
        rows = partial(frames.lens_rows, self.edition, self.result.round, self.result.deep_before)
        return self._picture(self.lens_verdict, rows, cells)

    @cached_property
    def lens_troubles(self) -> tuple[LensTrouble, ...]:
        """What is in trouble in each lens that asks items, worst first."""
        asked = self.edition.framework.lenses.lens_by_id
        troubled = [lens for lens in self._deep.answered if lens.evidence]
        return tuple(self._lens_trouble(one) for one in troubled if asked[one.id].asks == "items")

    @property
    def signs_title(self) -> str:
        """The title of the vital signs."""
        return self.edition.lens_asking_for("signs").title

    @cached_property
    def signs(self) -> tuple[SignPart, ...]:
        """The vital signs that were given."""
        return tuple(map(self._sign, self._deep.signs))

    # How parts are made ---------------------------------------------------------------------------

    def _picture(
        self, verdict: str, rows: Callable[[], pd.DataFrame], cells: Callable[[], pd.DataFrame]
    ) -> Picture:
        return Picture(verdict, rows, cells, of=of_round(self.edition, self.result.round))

    @cached_property
    def _mandates(self) -> Mapping[str, Sequence[Mandate]]:
        by_role = groupby(self._deep.mandates, key=lambda mandate: mandate.role)
        return {role: tuple(mandates) for role, mandates in by_role}

    def _decision(self, mapped: Mapped) -> DecisionPart:
        edition, seating = self.edition, self._deep.seating
        is_hidden = mapped.decision in self._unit.hidden_decisions
        apart = {decision.of: decision.disagreement for decision in self._mapped.disagreements}
        name, today = edition.decision(mapped.decision), self._today(mapped)
        fit = None if mapped.health is None else 100 * mapped.health
        shown = edition.words.score(fit)
        text = edition.words.gettext("{decision}: {named}, fit {fit}.")
        sentence = text.format(decision=name, named=today, fit=shown)
        if is_hidden:
            sentence = edition.words.sentence(edition.words.labelled(name, today))
        return DecisionPart(
            level=edition.level(mapped.level),
            name=name,
            should=edition.roles(seating.expected_for(mapped.decision))
            or edition.words.gettext("vacant"),
            today=today,
            state=state_name(edition, mapped.state) if mapped.state else BLANK,
            fit=fit,
            shown=shown,
            sentence=sentence,
            voices=None if is_hidden else mapped.voices,
            apart=apart.get(mapped.decision),
        )

    def _today(self, mapped: Mapped) -> str:
        """Who decides today; how many voices say so only where several could.

        That it is hidden where too few answered.
        """
        if mapped.decision in self._unit.hidden_decisions:
            return unanswered(self.edition, self._unit.least)
        if len(self._deep.voices) > 1:
            return roles_counted(self.edition, mapped.named) or BLANK
        return self.edition.words.all_of([*map(self.edition.decider, mapped.named)]) or BLANK

    def _lens_trouble(self, lens: LensScore) -> LensTrouble:
        edition, texts = self.edition, self.edition.texts.lenses
        setup = self._unit.setup
        by_company = edition.framework.lenses.lens_by_id[lens.id].by_company
        company = setup.company if setup and by_company else None
        return LensTrouble(
            heading=edition.words.counted(
                "{lens}: {count} question to work on",
                "{lens}: {count} questions to work on",
                len(lens.evidence),
                lens=texts.lenses[lens.id].title,
            ),
            reading=texts.companies[company].reading if company else "",
            sentences=tuple(lenses.trouble(edition, evidence) for evidence in lens.evidence),
            passage=edition.playbook.lenses[lens.id],
        )

    def _sign(self, sign: Sign) -> SignPart:
        edition, before = self.edition, self.result.deep_before
        return SignPart(
            name=edition.texts.lenses.signs[sign.sign].short,
            value=sign.value,
            shown=lenses.sign_value(edition, sign),
            sentence=lenses.sign(edition, sign),
            before=lenses.sign_since(edition, before.deep.sign(sign.sign) if before else None),
            voices=sign.voices,
        )


def first_findings(
    findings: Sequence[FindingPart], *, most: int
) -> tuple[tuple[FindingPart, ...], int]:
    """The gravest findings, at most so many sentences; and how many sentences are left out."""
    first, room = [], most
    for finding in findings:
        sentences = finding.sentences[:room]
        if sentences:
            first.append(replace(finding, sentences=sentences))
        room -= len(sentences)
    total = sum(len(finding.sentences) for finding in findings)
    return tuple(first), total - sum(len(finding.sentences) for finding in first)


def more_findings(edition: Edition, count: int) -> str:
    """How many findings are left out of a page, and where they stand; empty where none is."""
    text = edition.words.counted(
        "{count} more finding in the workbook and the web page.",
        "{count} more findings in the workbook and the web page.",
        count,
    )
    return text if count else ""

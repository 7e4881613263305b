"""What a squad agreed on who decides, as people read it, put together once; pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from textwrap import shorten

import pandas as pd

from assessment.content.edition import Edition
from assessment.languages import BLANK
from assessment.model import LONGEST_MANDATE, UNCLEAR, Agreement, Survey
from assessment.rounds.agreements import IN_FORCE, SETTLED, Agreements, AgreementsOn, AgreementState
from assessment.rounds.practice import PracticeByAgreement, practice_by_agreement
from assessment.rounds.round import Round
from assessment.scoring.deciders import roles_in
from assessment.scoring.disagreement import Disagreement
from assessment.scoring.who_decides import Mapped, WhoDecides
from assessment.wording.agreement import TONES, AgreementPart, agreement_sentence, such_a_decision
from assessment.wording.counted import some_in
from assessment.wording.parts import Table
from assessment.wording.verdicts import decisions_named
from assessment.wording.voices import contested

_URGENT_FIRST = tuple(TONES)

MOST_PENDING = 3
"""Decisions that wait for roles and are named on one line."""


@dataclass(frozen=True, slots=True)
class OpenDecision:
    """A decision without an agreement; `named` counts by role its `voices` that could tell.

    `sentence` says whom they name, where they contest it.
    """

    decision: str
    name: str
    sentence: str
    named: Mapping[str, int]
    voices: int


@dataclass(frozen=True, slots=True)
class ClearDecision:
    """A decision that voices see alike: its `name`, and who decides and how many say so."""

    name: str
    sentence: str
    example: str


@dataclass(frozen=True, eq=False)
class AgreementsPart:
    """What a squad agreed, as it stands on a day, beside what the voices of a round say."""

    edition: Edition
    squad: str
    agreements: AgreementsOn
    shown: Round | None = None

    @property
    def title(self) -> str:
        """What it is called: not all of it is agreed where some is refused or to be settled."""
        _ = self.edition.words.gettext
        if self.to_settle and not self.items:
            return _("To settle")
        is_refused = any(item.state == "contested" for item in self.items)
        return _("Agreements") if is_refused or self.to_settle else _("What we agreed")

    @cached_property
    def items(self) -> tuple[AgreementPart, ...]:
        """What holds on each decision and the latest on it, what needs an eye first."""
        return self._urgent_first(self.agreements)

    @cached_property
    def in_files(self) -> tuple[AgreementPart, ...]:
        """What files list of each decision: what holds, waits, or is over, last what is refused."""
        return tuple(sorted(self.items, key=self._place_in_files))

    def _place_in_files(self, item: AgreementPart) -> tuple[bool, bool, bool]:
        is_over = self.agreements.is_over(item.agreement)
        return item.state == "contested", is_over, item.state not in IN_FORCE

    @cached_property
    def in_force(self) -> tuple[AgreementPart, ...]:
        """The agreements that hold today, by decision in order."""
        return tuple(map(self.part_of, self.agreements.in_force(self.squad)))

    def made_before(self, survey: Survey) -> tuple[AgreementPart, ...]:
        """What holds or was last agreed on each decision before a session was revealed."""
        return self._urgent_first(self.agreements.before(survey))

    def _urgent_first(self, agreements: AgreementsOn) -> tuple[AgreementPart, ...]:
        parts = map(self.part_of, agreements.holding_and_latest(self.squad))
        return tuple(sorted(parts, key=lambda part: _URGENT_FIRST.index(part.state)))

    @property
    def to_renew(self) -> tuple[Agreement, ...]:
        """The agreements that end soon, or did not long ago."""
        return self.agreements.to_renew(self.squad)

    @cached_property
    def to_settle(self) -> tuple[OpenDecision, ...]:
        """The decisions on which voices do not agree who decides and nothing is agreed."""
        if self._deciders is None or self.agreements.undated.hidden:
            return ()
        settled = self.agreements.decisions_agreed(self.squad)
        return tuple(self._open(one) for one in self._deciders.contested if one.of not in settled)

    @cached_property
    def to_write(self) -> Mapping[str, OpenDecision]:
        """By id the decisions that nothing was ever agreed on and that voices do not contest."""
        to_settle = [decision.decision for decision in self.to_settle]
        decisions = self.agreements.to_write(self.squad, to_settle)
        return {decision: self._unwritten(decision) for decision in decisions}

    @cached_property
    def settled_already(self) -> str:
        """What is agreed on or proposed of all that voices contest or leave to nobody; or empty."""
        if self._deciders is None:
            return ""
        words, decisions = self.edition.words, self._deciders.decisions
        unclear = {one.decision for one in decisions if one.state in ("contested", "nobody")}
        agreed, proposed = [], []
        for item in self.items:
            decision = item.agreement.decision
            if decision not in unclear or item.state not in SETTLED:
                continue
            if item.state != "proposed":
                agreed.append(self._in_brackets(decision, item.state_in_practice()))
            elif decision not in self.marked:
                proposed.append(self.edition.decision(decision))
        both = (
            (words.gettext("Agreed on already: {decisions}."), agreed),
            (words.gettext("Proposed, waiting for answers: {decisions}."), proposed),
        )
        return " ".join(text.format(decisions=words.all_of(of)) for text, of in both if of)

    @property
    def pending(self) -> str:
        """What is proposed, each with the roles it waits for; empty where nothing waits."""
        proposed = [item.agreement for item in self.items if item.state == "proposed"]
        waiting = ((made.decision, self.agreements.waiting(made)) for made in proposed)
        names = [
            self._in_brackets(decision, self.edition.roles(by)) for decision, by in waiting if by
        ]
        text = self.edition.words.gettext("Proposed, waiting for answers: {decisions}.")
        return some_in(self.edition, text, names, most=MOST_PENDING)

    @property
    def vacant(self) -> str:
        """What holds without a decider, whose seat is empty and since when; else empty."""
        edition, words = self.edition, self.edition.words
        names = [
            words.gettext(
                "{decision} ({role}, since {day})",
                decision=edition.decision(agreement.decision),
                role=edition.role(agreement.decides),
                day=since,
            )
            for since, agreement in self.agreements.without_decider(self.squad)
        ]
        text = words.gettext("Without a decider: {decisions}.")
        return some_in(edition, text, names, most=MOST_PENDING)

    @property
    def refused(self) -> str:
        """What is refused, each with the roles that do; empty where nothing is."""
        agreements = [item.agreement for item in self.items if item.state == "contested"]
        names = [
            self._in_brackets(made.decision, self.edition.roles(self._refusing(made)))
            for made in agreements
            if not self.agreements.is_over(made)
        ]
        text = self.edition.words.gettext("Refused: {decisions}.")
        return some_in(self.edition, text, names, most=MOST_PENDING)

    def _in_brackets(self, decision: str, state: str) -> str:
        name = self.edition.decision(decision)
        return self.edition.words.gettext("{decision} ({state})", decision=name, state=state)

    def _refusing(self, agreement: Agreement) -> list[str]:
        answers = self.agreements.answers(agreement)
        return [role for role, answer in answers.items() if answer == "not-agreed"]

    @property
    def to_settle_sentence(self) -> str:
        """How many decisions voices contest that no agreement settles, and which; may be empty."""
        words, ids = self.edition.words, [decision.decision for decision in self.to_settle]
        sentence = words.counted(
            "{count} contested decision without an agreement: {decisions}.",
            "{count} contested decisions without an agreement: {decisions}.",
            len(ids),
            decisions=decisions_named(self.edition, ids),
        )
        return sentence if ids else ""

    @property
    def _deciders(self) -> WhoDecides | None:
        """Who decides by the voices of the round; None where no voice took the deep check."""
        return self.shown.deep.who_decides if self.shown and self.shown.deep_answers else None

    @cached_property
    def clear(self) -> tuple[ClearDecision, ...]:
        """The decisions on which voices agreed without having to settle them."""
        agreements = [item.agreement for item in self.items]
        return clear_decisions(self.edition, self.shown, agreements) if self.shown else ()

    @cached_property
    def summary(self) -> str:
        """How many agreements stand how, in one line; that there is none, where there is none."""
        words = self.edition.words
        counts = Counter(self._counted())
        if not counts:
            return words.gettext(
                "Nothing is agreed yet. One sentence a decision is enough: who has the last "
                "word, who is consulted, until when."
            )
        states = [state for state in _URGENT_FIRST if state in counts and state != "contested"]
        stand = [counted_state(self.edition, state, counts[state]) for state in states]
        made = counts.total() - counts["contested"]
        agreements = words.labelled(words.gettext("Agreements"), words.all_of(stand))
        if len(stand) > 1:
            agreements = words.counted_alike(
                "{count} agreements: {states}", made, states=words.all_of(stand)
            )
        refused = counted_state(self.edition, "contested", counts["contested"])
        both = ((agreements, made), (refused, counts["contested"]))
        text = words.clauses([clause for clause, count in both if count])
        if self.agreements.is_last_told:
            return as_of(self.edition, text, self.agreements.day)
        return text

    def _counted(self) -> Iterator[AgreementState]:
        """In which state each is counted; in none what was refused before it held, once over."""
        for part in self.items:
            if part.state != "contested" or not self.agreements.is_over(part.agreement):
                yield part.state
            elif self.agreements.days_held(part.agreement):
                yield "expired"

    @cached_property
    def marked(self) -> Mapping[str, str]:
        """The agreed role by decision, where an agreement holds today."""
        in_force = self.agreements.in_force(self.squad)
        return {agreement.decision: agreement.decides for agreement in in_force}

    @cached_property
    def practice(self) -> PracticeByAgreement:
        """What the voices of the round say of each agreement that counted on their day."""
        return practice_by_agreement(self.agreements.undated, self.shown) if self.shown else {}

    @cached_property
    def mandates(self) -> Mapping[str, str]:
        """By role's name the sentence that follows from what holds."""
        in_force = self.agreements.in_force(self.squad)
        proposed = proposed_mandates(self.edition, in_force)
        return {self.edition.role(role): sentence for role, sentence in proposed.items()}

    def part_of(self, agreement: Agreement) -> AgreementPart:
        """One agreement as people read it."""
        practice = self.practice.get(agreement)
        return AgreementPart(self.edition, self.agreements, agreement, self.shown, practice)

    def _unwritten(self, decision: str) -> OpenDecision:
        name = self.edition.decision(decision)
        if self._deciders is None:
            return OpenDecision(decision, name, sentence="", named={}, voices=0)
        mapped = self._deciders.decision(decision)
        voices = mapped.voices - mapped.named.get(UNCLEAR, 0)
        return OpenDecision(decision, name, "", named=mapped.naming, voices=voices)

    def _open(self, decision: Disagreement) -> OpenDecision:
        name, label = self.edition.decision(decision.of), self.edition.words.gettext("Named today")
        sentence = contested(self.edition, decision, label)
        return OpenDecision(decision.of, name, sentence, decision.counts, decision.voices)


def clear_decisions(
    edition: Edition, shown: Round, agreements: Iterable[Agreement]
) -> tuple[ClearDecision, ...]:
    """The decisions on which several voices agree, but for those settled."""
    if not shown.deep_answers:
        return ()
    settled = {agreement.decision for agreement in agreements}
    return tuple(
        _clear(edition, shown, mapped)
        for mapped in shown.deep.who_decides.decisions
        if mapped.state == "clear" and mapped.voices > 1 and mapped.decision not in settled
    )


def _clear(edition: Edition, shown: Round, mapped: Mapped) -> ClearDecision:
    """Who most voices name, all of whom decide together, a person by the seat most often named."""
    words, name = edition.words, edition.decision(mapped.decision)
    most_first = sorted(roles_in(mapped.named), key=lambda role: -mapped.named[role])
    seats = {shown.seating.person_of(role): role for role in reversed(most_first)}
    counts = {role: mapped.naming[role] for role in mapped.named if role in seats.values()}
    least = min(max(counts.values()), mapped.voices / 2)
    deciders = {role: count for role, count in counts.items() if count >= least}
    text = words.gettext("{decision}: {roles} ({naming} of {voices})")
    if mapped.decision in shown.deep.who_decides.misplaced:
        text = words.gettext("{decision}: {roles} ({naming} of {voices}; another role is expected)")
    line = text.format(
        decision=name,
        roles=edition.the_roles(deciders),
        naming=words.number(min(deciders.values())),
        voices=words.number(mapped.voices),
    )
    return ClearDecision(name, line, such_a_decision(edition, mapped.decision))


def already_agreed(
    edition: Edition, shown: Round, agreements: Iterable[Agreement], *, most: int
) -> str:
    """The names of those decisions in a sentence, of more than `most` the others counted."""
    names = [decision.name for decision in clear_decisions(edition, shown, agreements)]
    text = edition.words.gettext("Already clear: {decisions}.")
    return some_in(edition, text, names, most=most)


def proposed_mandates(edition: Edition, agreements: Sequence[Agreement]) -> Mapping[str, str]:
    """By role a sentence to begin with: what it decides and on what it is heard, as agreed.

    It fits where a mandate is written; the person in the seat edits it.
    """
    _, sentences = edition.words.gettext, {}
    for role in edition.framework.role_ids:
        parts = (
            (_("decides: {decisions}"), [one for one in agreements if one.decides == role]),
            (_("consulted on: {decisions}"), [one for one in agreements if role in one.consulted]),
        )
        clauses = [text.format(decisions=_named(edition, on)) for text, on in parts if on]
        if clauses:
            mandate = edition.words.clauses(clauses)
            if len(mandate) > LONGEST_MANDATE:
                mandate = shorten(mandate, LONGEST_MANDATE, placeholder="…")
            sentences[role] = mandate
    return sentences


def _named(edition: Edition, agreements: Sequence[Agreement]) -> str:
    names = [edition.decision(agreement.decision) for agreement in agreements]
    return ", ".join(name.lower() if name == name.capitalize() else name for name in names)


def as_of(edition: Edition, text: str, day: date) -> str:
    """How agreements stand, for whom nothing later than a day is told."""
    return edition.words.gettext("{text}, as of {day}", text=text, day=day)


def counted_state(edition: Edition, state: AgreementState, count: int) -> str:
    """How many agreements are in a state."""
    _, words = edition.words.gettext, edition.words
    return {
        "proposed": _("{count} waiting for answers", count=count),
        "in-force": _("{count} in force", count=count),
        "with-reservations": _("{count} in force with reservations", count=count),
        "without-decider": words.counted_alike("{count} without a decider", count),
        "contested": words.counted_alike("{count} refused by a role", count),
        "expiring": words.counted("{count} expires soon", "{count} expire soon", count),
        "expired": words.counted_alike("{count} expired", count),
        "superseded": words.counted_alike("{count} replaced", count),
    }[state]


def agreed_over_time(
    edition: Edition, agreements: Agreements, squad: str, rounds: Sequence[Round]
) -> Table | None:
    """A row an agreement: how many voices name its role in each period; or None.

    What was answered while it was not in force stands in brackets.
    """
    _ = edition.words.gettext
    mapped = [shown for shown in rounds if shown.deep_answers]
    of_squad = agreements.of(squad)
    if not of_squad or not mapped:
        return None
    on_day = agreements.on(mapped[-1].last_day)
    naming = partial(_naming, edition, on_day)
    rows = [
        {
            _("Agreement"): _(
                "{text} ({state})", text=agreement_sentence(edition, agreement), state=_("replaced")
            )
            if on_day.state(agreement) == "superseded"
            else agreement_sentence(edition, agreement)
        }
        | {edition.period(one.period): naming(agreement, one) for one in mapped}
        for agreement in of_squad
    ]
    title = _("Voices that name the agreed role; in brackets where the agreement was not in force")
    return Table(title, pd.DataFrame(rows))


def _naming(edition: Edition, agreements: AgreementsOn, agreement: Agreement, shown: Round) -> str:
    mapped = shown.deep.who_decides.decision(agreement.decision)
    if not mapped.voices:
        return BLANK
    naming, voices = mapped.naming.get(agreement.decides, 0), mapped.voices
    text = edition.words.gettext("{count} of {voices}", count=naming, voices=voices)
    holds = any(
        shown.first_day <= last and first <= shown.last_day
        for first, last in agreements.days_held(agreement)
    )
    return text if holds else f"({text})"

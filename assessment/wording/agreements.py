"""What a squad agreed on who decides, as people read it, put together once; pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from itertools import chain, islice
from textwrap import shorten
from typing import Literal, get_args

import pandas as pd

from assessment.content.edition import Edition
from assessment.languages import BLANK
from assessment.model import LONGEST_MANDATE, UNCLEAR, Agreement, Survey
from assessment.model.agreement import Answer
from assessment.rounds.agreements import (
    SETTLED,
    Agreements,
    AgreementsOn,
    AgreementState,
    ChangedAnswer,
)
from assessment.rounds.practice import Practice, PracticeByAgreement, practice_by_agreement
from assessment.rounds.room import votes_by_role
from assessment.rounds.round import Round
from assessment.scoring.deciders import roles_in
from assessment.scoring.disagreement import Disagreement
from assessment.scoring.who_decides import Mapped, WhoDecides
from assessment.wording.counted import roles_counted, some_in
from assessment.wording.parts import Chip, Table, Tone
from assessment.wording.verdicts import decisions_named
from assessment.wording.voices import contested

TONES: Mapping[AgreementState, Tone] = {
    "without-decider": "bad",
    "contested": "bad",
    "expired": "late",
    "expiring": "watch",
    "proposed": "watch",
    "with-reservations": "watch",
    "in-force": "good",
    "superseded": "unknown",
}
"""How each state is drawn; what needs an eye first stands first."""
_URGENT_FIRST = tuple(TONES)

MOST_PENDING = 3
"""Decisions that wait for roles and are named on one line."""


@dataclass(frozen=True, slots=True)
class AgreementPart:
    """An agreement as people read it: the sentence, its state, what voices say since.

    `practice` tells what voices say since, else the votes in the room that made it, if one did;
    `example` is a sentence of the decision's kind. `lines` stand below, but for its note, which no
    file holds: from when it counts, `practice`, the `answers` of roles, what it stands against (the
    playbook, the setup, who wrote it), and on which days it held before, or another before it.
    """

    agreement: Agreement
    sentence: str
    example: str
    state: AgreementState
    chip: Chip
    practice: str
    practice_chip: Chip | None
    answers: str
    lines: tuple[str, ...]

    @property
    def chips(self) -> tuple[Chip, ...]:
        """Its state, and whether it is kept."""
        return (self.chip, self.practice_chip) if self.practice_chip else (self.chip,)

    @property
    def status(self) -> str:
        """The same as a line of its own."""
        return " · ".join(chip.text for chip in self.chips)


@dataclass(frozen=True, slots=True)
class OpenDecision:
    """A decision without an agreement; `named` counts by role its `voices` that could tell.

    `sentence` says how they differ, where they contest it.
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
        """What it is called: nothing is agreed where decisions are only to be settled."""
        _ = self.edition.words.gettext
        if self.to_settle and not self.items:
            return _("To settle")
        is_refused = any(item.state == "contested" for item in self.items)
        return _("Agreed and refused") if is_refused else _("What we agreed")

    @cached_property
    def items(self) -> tuple[AgreementPart, ...]:
        """What holds on each decision and the latest on it, what needs an eye first."""
        return self._urgent_first(self.agreements)

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
                state, practice = self._state(item.agreement), item.practice_chip
                if practice and practice.tone != "good":
                    state = f"{state}, {practice.text}"
                agreed.append(self._with(decision, state))
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
        names = [self._with(decision, self.edition.roles(by)) for decision, by in waiting if by]
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
            self._with(made.decision, self.edition.roles(self._roles(made, "not-agreed")))
            for made in agreements
            if not self.agreements.is_over(made)
        ]
        text = self.edition.words.gettext("Refused: {decisions}.")
        return some_in(self.edition, text, names, most=MOST_PENDING)

    def _with(self, decision: str, state: str) -> str:
        name = self.edition.decision(decision)
        return self.edition.words.gettext("{decision} ({state})", decision=name, state=state)

    def _roles(self, agreement: Agreement, answer: Answer) -> list[str]:
        """The roles that gave an answer."""
        answers = self.agreements.answers(agreement)
        return [role for role, given in answers.items() if given == answer]

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
        agreements = words.counted(
            "{count} agreement: {states}",
            "{count} agreements: {states}",
            made,
            states=words.all_of(stand),
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
        state, is_over = self.agreements.state(agreement), self.agreements.is_over(agreement)
        practice = self.practice.get(agreement)
        name = self._state(agreement)
        text = self._named_since(agreement) or self._voted(agreement)
        if practice:
            text = practice_sentence(self.edition, agreement, practice)
        text = self.edition.words.sentence(text) if text else ""
        answers = " ".join(self._answers(agreement, is_over=is_over))
        since = self.edition.words.gettext("From {day}.", day=self.agreements.holds_from(agreement))
        notes = self._notes(agreement, is_over=is_over)
        story = self.agreements.story(self.squad, agreement.decision)
        before = islice(self._held(agreement), 1, None)
        earlier = chain.from_iterable(map(self._held, reversed(story[: story.index(agreement)])))
        lines = (since, text, answers, *notes, *before, *earlier)
        return AgreementPart(
            agreement=agreement,
            sentence=agreement_sentence(self.edition, agreement),
            example=_such_a_decision(self.edition, agreement.decision),
            state=state,
            chip=Chip(name[:1].upper() + name[1:], TONES[state]),
            practice=text,
            practice_chip=_practice_chip(self.edition, practice)
            if practice and not is_over
            else None,
            answers=answers,
            lines=tuple(filter(None, lines)),
        )

    def _named_since(self, agreement: Agreement) -> str:
        """How many voices that answered after its last day name the agreed role; or empty."""
        shown, deciders = self.shown, self._deciders
        if not (shown and deciders and self.agreements.is_settled(agreement)):
            return ""
        mapped = deciders.decision(agreement.decision)
        if shown.began <= agreement.valid_until or not mapped.voices:
            return ""
        naming = mapped.naming.get(agreement.decides, 0)
        text = _naming_sentence(self.edition, agreement, naming, voices=mapped.voices)
        return self.edition.words.gettext("since it ended, {text}", text=text)

    def _voted(self, agreement: Agreement) -> str:
        """How many named the agreed role in the room that agreed, first and in its last vote."""
        shown, _ = self.shown, self.edition.words.gettext
        if shown is None or shown.survey is None or agreement.survey != shown.survey.id:
            return ""
        mapped = shown.deep.who_decides.decision(agreement.decision)
        if not mapped.voices:
            return ""
        words, decides = self.edition.words, agreement.decides
        first = mapped.naming.get(decides, 0)
        text = words.counted_alike(
            "{naming} of {voices} named {role} in the first answers",
            first,
            naming=first,
            voices=mapped.voices,
            role=self.edition.the_role(decides),
        )
        votes = self.agreements.last_vote(agreement)
        if not votes:
            return text
        later = _("{text}, {naming} of {voices} in the vote that followed")
        if votes[0].pass_number > 1:
            later = _("{text}, {naming} of {voices} in the last vote")
        others = [vote for vote in votes if decides not in shown.seating.every_seat(vote.named)]
        naming = words.number(len(votes) - len(others))
        text = later.format(text=text, naming=naming, voices=words.number(len(votes)))
        if others:
            named = roles_counted(self.edition, votes_by_role(self.edition.framework, others))
            text = _("{text}; the others: {others}", text=text, others=named)
        silent = len(shown.voices) - len(votes)
        if silent <= 0:
            return text
        return words.counted_alike("{text}; {count} did not vote", silent, text=text)

    def settled(self, part: AgreementPart) -> str:
        """Right after an agreement was written: what was settled, and who confirms it where."""
        edition, _ = self.edition, self.edition.words.gettext
        text = _("{decision}: {role} has the last word ({state}).").format(
            decision=edition.decision(part.agreement.decision),
            role=edition.the_role(part.agreement.decides),
            state=self._state(part.agreement),
        )
        concerned = self.agreements.concerned(part.agreement)
        if not concerned:
            return text
        section, button = _("Who decides"), _("Answer for a role…")
        asked = _("To confirm under “{section}”, “{button}”: {roles}.")
        roles = edition.roles(concerned)
        return f"{text} {asked.format(section=section, button=button, roles=roles)}"

    def _unwritten(self, decision: str) -> OpenDecision:
        name = self.edition.decision(decision)
        if self._deciders is None:
            return OpenDecision(decision, name, sentence="", named={}, voices=0)
        mapped = self._deciders.decision(decision)
        voices = mapped.voices - mapped.named.get(UNCLEAR, 0)
        return OpenDecision(decision, name, "", named=mapped.naming, voices=voices)

    def _open(self, decision: Disagreement) -> OpenDecision:
        name, sentence = self.edition.decision(decision.of), contested(self.edition, decision)
        return OpenDecision(decision.of, name, sentence, decision.counts, decision.voices)

    def _answers(self, agreement: Agreement, *, is_over: bool) -> Iterator[str]:
        """Who agreed, who with a reservation, who did not; who has yet to, unless it is over."""
        _, given = self.edition.words.gettext, self.agreements.answers(agreement)
        for answer in get_args(Answer):
            if roles := self._roles(agreement, answer):
                name = answer_name(self.edition, answer)
                yield f"{self.edition.words.labelled(name, self.edition.roles(roles))}."
        waiting = [role for role in self.agreements.concerned(agreement) if role not in given]
        if waiting and not is_over:
            yield _("Still to answer: {roles}.", roles=self.edition.roles(waiting))
        lines = answer_lines(self.edition, self.agreements, agreement, words=False)
        for role in self.agreements.changed_answers(agreement):
            yield self.edition.words.sentence(lines[role])
        for confirmation in self.agreements.counting_answers(agreement):
            if confirmation.reservation:
                role = self.edition.role(confirmation.role)
                reservation = confirmation.reservation.removesuffix(".")
                yield _("{role}: “{reservation}”.", role=role, reservation=reservation)

    def _notes(self, agreement: Agreement, *, is_over: bool) -> Iterator[str]:
        edition, _ = self.edition, self.edition.words.gettext
        role = edition.the_role(agreement.decides)
        if not is_over and self.agreements.must_not_decide(agreement):
            yield _(
                "By the playbook, {role} should not decide this. The fit is still measured "
                "against it; “kept” is measured against your agreement."
            ).format(role=role)
        lost = self.agreements.lost_roles(agreement)
        if lost and not is_over:
            yield _(
                "The setup no longer has: {roles}. Replace the agreement, or correct the setup."
            ).format(roles=edition.roles(lost))
        if agreement.survey is None:
            yield _("Written by one person.")

    def _held(self, agreement: Agreement) -> Iterator[str]:
        """Who decides or decided by it, from when to when: a line a span, the last first."""
        words = self.edition.words
        for first, last in reversed(self.agreements.days_held(agreement)):
            is_one_day, goes_on = first == last, last >= self.agreements.day
            text = words.gettext("From {first} to {last}: {role} decided.")
            if is_one_day and goes_on:
                text = words.gettext("On {last}: {role} decides ({state}).")
            elif is_one_day:
                text = words.gettext("On {last}: {role} decided.")
            elif goes_on:
                text = words.gettext("From {first} to {last}: {role} decides ({state}).")
            yield text.format(
                first=words.date(first),
                last=words.date(last),
                role=self.edition.the_role(agreement.decides),
                state=self._state(agreement),
            )

    def _state(self, agreement: Agreement) -> str:
        """Its state in a few words; before an agreement holds, what it waits for."""
        _ = self.edition.words.gettext
        names = {
            "in-force": _("in force"),
            "with-reservations": _("in force with reservations"),
            "expiring": _("expires within 30 days"),
            "expired": _("expired"),
            "superseded": _("replaced"),
        }
        name = names.get(self.agreements.state(agreement))
        return name or agreed_state(self.edition, self.agreements, agreement)


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
    return ClearDecision(name, line, _such_a_decision(edition, mapped.decision))


def _such_a_decision(edition: Edition, decision: str) -> str:
    """An example for outsiders, who could take one beside an agreement for what was agreed."""
    example = edition.texts.lenses.decisions[decision].example
    return edition.words.gettext("Such a decision, for example: “{example}”", example=example)


def already_agreed(
    edition: Edition, shown: Round, agreements: Iterable[Agreement], *, most: int
) -> str:
    """The names of those decisions in a sentence, of more than `most` the others counted."""
    names = [decision.name for decision in clear_decisions(edition, shown, agreements)]
    text = edition.words.gettext("Already clear: {decisions}.")
    return some_in(edition, text, names, most=most)


def not_by_the_playbook(edition: Edition, role: str) -> str:
    """That a role which is about to be agreed on must not decide, by the playbook."""
    text = edition.words.gettext(
        "By the playbook, {role} should not decide this. You may agree on it all the same; the "
        "charter will say so."
    )
    return text.format(role=edition.the_role(role))


def tied(
    edition: Edition,
    roles: Sequence[str],
    named: Mapping[str, int],
    *,
    by: Literal["voices", "first answers", "vote"] = "voices",
) -> str:
    """That several roles are named alike most often, in a room by whom; empty where no several."""
    if len(roles) < 2:
        return ""
    _ = edition.words.gettext
    tie = {
        "voices": _("Tied: {roles}."),
        "first answers": _("Tied in the first answers: {roles}."),
        "vote": _("Tied in the vote: {roles}."),
    }[by]
    text = edition.words.gettext("{option} ({count})")
    counted = ", ".join(text.format(option=edition.role(r), count=named[r]) for r in roles)
    return tie.format(roles=counted)


def answers_asked_again(edition: Edition, count: int) -> str:
    """That changing an agreement asks again what so many roles have answered."""
    return edition.words.counted(
        "The answer already given will be asked again.",
        "The {count} answers already given will be asked again.",
        count,
    )


def agreement_sentence(edition: Edition, agreement: Agreement) -> str:
    """An agreement in one sentence: who decides, hears and tells whom, within what, until when."""
    name = edition.decision(agreement.decision)
    return edition.words.labelled(name, agreed_clauses(edition, agreement))


def agreed_clauses(edition: Edition, agreement: Agreement) -> str:
    """The same without the decision's name, for where that stands above it."""
    _, words = edition.words.gettext, edition.words
    clauses = [_("{role} decides", role=edition.the_role(agreement.decides))]
    if agreement.consulted:
        clauses.append(_("consults {roles}", roles=edition.the_roles(agreement.consulted)))
    if agreement.informed:
        clauses.append(_("tells {roles}", roles=edition.the_roles(agreement.informed)))
    parts = [", ".join(clauses)]
    if agreement.limits:
        parts.append(agreement.limits)
    if agreement.escalation:
        parts.append(_("if nothing is decided, {escalation}", escalation=agreement.escalation))
    return words.clauses((*parts, _("until {day}", day=agreement.valid_until)))


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


def reminder(edition: Edition, agreement: Agreement) -> str:
    """To whoever has answered a decision: what was agreed on it, which must not lead the answer."""
    text = edition.words.gettext(
        "Agreed on {day}. {agreement}. What counts here is how it goes in practice."
    )
    sentence = agreement_sentence(edition, agreement)
    return text.format(day=edition.words.date(agreement.agreed_on), agreement=sentence)


def practice_sentence(edition: Edition, agreement: Agreement, practice: Practice) -> str:
    """How many voices name the agreed role, and whether that keeps the agreement; no cause."""
    words = edition.words
    text = _naming_sentence(edition, agreement, practice.naming, voices=practice.voices)
    if practice.with_others and not practice.exactly:
        text = words.gettext("{text}, only beside other roles", text=text)
    elif count := practice.with_others:
        text = words.gettext("{text}, {count} of them beside other roles", text=text, count=count)
    if practice.is_kept:
        return words.gettext("{text}: kept", text=text)
    return words.gettext("{text}: not kept yet", text=text)


def _naming_sentence(edition: Edition, agreement: Agreement, naming: int, *, voices: int) -> str:
    words, role = edition.words, edition.the_role(agreement.decides)
    if voices > 1:
        return words.counted(
            "{naming} of {voices} voices names {role}",
            "{naming} of {voices} voices name {role}",
            naming,
            naming=naming,
            voices=voices,
            role=role,
        )
    if naming:
        return words.gettext("the one voice names {role}", role=role)
    return words.gettext("the one voice does not name {role}", role=role)


def answer_lines(
    edition: Edition, agreements: AgreementsOn, agreement: Agreement, *, words: bool = True
) -> Mapping[str, str]:
    """By role concerned how it answers, what it answered before, and in its `words` why."""
    answers = agreements.answers(agreement)
    changed = agreements.changed_answers(agreement)
    latest = agreements.counting_answers(agreement) if words else ()
    reserved = {one.role: one.reservation for one in latest if one.reservation}
    text = edition.words.gettext("{text} ({reservation})")
    lines = {}
    for role in agreements.concerned(agreement):
        line = _answer_line(edition, role, answers.get(role), changed.get(role))
        if reservation := reserved.get(role):
            line = text.format(text=line, reservation=reservation)
        lines[role] = line
    return lines


def _answer_line(
    edition: Edition, role: str, answer: Answer | None, changed: ChangedAnswer | None
) -> str:
    _, name = edition.words.gettext, edition.role(role)
    if answer is None:
        return _("{role}: still to confirm", role=name)
    if changed is None:
        return {
            "agreed": _("{role}: agrees"),
            "with-reservation": _("{role}: agrees, with a reservation"),
            "not-agreed": _("{role}: does not agree"),
        }[answer].format(role=name)
    before = {
        "agreed": _("agreed before"),
        "with-reservation": _("agreed before with a reservation"),
        "not-agreed": _("did not agree before"),
    }[changed.before]
    text = {
        "agreed": _("{role}: {before}, has agreed since {day}"),
        "with-reservation": _("{role}: {before}, has agreed with a reservation since {day}"),
        "not-agreed": _("{role}: {before}, has not agreed since {day}"),
    }[answer]
    day = edition.words.date(edition.day_of(changed.since))
    return text.format(role=name, before=before, day=day)


def agreed_state(edition: Edition, agreements: AgreementsOn, agreement: Agreement) -> str:
    """Whether one is agreed, lacks a decider, waits for roles or is refused: worded once."""
    words, answers = edition.words, agreements.answers(agreement)
    if agreements.state(agreement) == "without-decider":
        return words.gettext("in force without a decider")
    refusing = [*answers.values()].count("not-agreed")
    waiting = [role for role in agreements.concerned(agreement) if role not in answers]
    if refusing:
        return words.counted("refused by a role", "refused by {count} roles", refusing)
    if waiting:
        return words.gettext("waiting for {roles}", roles=edition.the_roles(waiting))
    is_agreed = agreements.is_settled(agreement)
    return words.gettext("agreed") if is_agreed else words.gettext("waiting for answers")


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


def answer_name(edition: Edition, answer: Answer) -> str:
    """An answer to an agreement, as its button shows it."""
    _ = edition.words.gettext
    return {
        "agreed": _("Agreed"),
        "with-reservation": _("With a reservation"),
        "not-agreed": _("Not agreed"),
    }[answer]


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
    replaced = _("{text} ({state})")
    rows = [
        {
            _("Agreement"): replaced.format(
                text=agreement_sentence(edition, agreement), state=_("replaced")
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


def _practice_chip(edition: Edition, practice: Practice) -> Chip:
    _ = edition.words.gettext
    if practice.is_kept:
        return Chip(_("kept in practice"), "good")
    return Chip(_("not yet in practice"), "watch")

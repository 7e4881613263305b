"""One agreement as people read it: what it says, how roles answered, how it stands; pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, islice
from typing import Literal, get_args

from assessment.content.edition import Edition
from assessment.model import Agreement
from assessment.model.agreement import Answer
from assessment.rounds.agreements import AgreementsOn, AgreementState, ChangedAnswer
from assessment.rounds.practice import Practice
from assessment.rounds.room import votes_by_role
from assessment.rounds.round import Round
from assessment.wording.counted import roles_counted
from assessment.wording.parts import Chip, Tone

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


@dataclass(frozen=True, eq=False)
class AgreementPart:
    """An agreement among all that stand on a day, beside what the voices of a round say of it.

    `in_practice` is what they say of it, where it counted on their day.
    """

    edition: Edition
    agreements: AgreementsOn
    agreement: Agreement
    shown: Round | None = None
    in_practice: Practice | None = None

    @property
    def sentence(self) -> str:
        """Who decides, hears and tells whom, within what, until when."""
        return agreement_sentence(self.edition, self.agreement)

    @property
    def example(self) -> str:
        """A sentence of the decision's kind."""
        return such_a_decision(self.edition, self.agreement.decision)

    @cached_property
    def state(self) -> AgreementState:
        """How it stands."""
        return self.agreements.state(self.agreement)

    @property
    def chip(self) -> Chip:
        """How it stands, and what tone that has."""
        name = self.state_name()
        return Chip(name[:1].upper() + name[1:], TONES[self.state])

    @cached_property
    def practice(self) -> str:
        """What voices say of it, else the votes in the room that made it; empty without either."""
        if self.in_practice:
            text = practice_sentence(self.edition, self.agreement, self.in_practice)
        else:
            text = self._named_since() or self._voted()
        return self.edition.words.sentence(text) if text else ""

    @property
    def practice_chip(self) -> Chip | None:
        """Whether it is kept; None where no voice says, or it is over."""
        if self.in_practice is None or self._is_over:
            return None
        if self.in_practice.is_kept:
            return Chip(self.edition.words.gettext("kept in practice"), "good")
        return Chip(self.edition.words.gettext("not yet in practice"), "watch")

    @cached_property
    def answers(self) -> str:
        """Who agreed, who with a reservation, who did not; who has yet to, unless it is over."""
        return " ".join(self._answers())

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """What stands below it, but for its note, which no file holds.

        From when it counts, `practice`, `answers`, what it stands against (the playbook, the setup,
        who wrote it), and on which days it held before, or another before it.
        """
        since = self.agreements.holds_from(self.agreement)
        begins = self.edition.words.gettext("From {day}.", day=since)
        story = self.agreements.story(self.agreement.squad, self.agreement.decision)
        earlier = reversed(story[: story.index(self.agreement)])
        held = (replace(self, agreement=made)._held() for made in earlier)
        before = chain(islice(self._held(), 1, None), *held)
        return tuple(filter(None, (begins, self.practice, self.answers, *self._notes(), *before)))

    @property
    def chips(self) -> tuple[Chip, ...]:
        """Its state, and whether it is kept."""
        return tuple(filter(None, (self.chip, self.practice_chip)))

    @property
    def status(self) -> str:
        """Its state and whether it is kept, as a line of its own."""
        return " · ".join(chip.text for chip in self.chips)

    def state_name(self) -> str:
        """How it stands, in a few words; before it holds, what it waits for."""
        _ = self.edition.words.gettext
        names = {
            "in-force": _("in force"),
            "with-reservations": _("in force with reservations"),
            "expiring": _("expires within 30 days"),
            "expired": _("expired"),
            "superseded": _("replaced"),
        }
        name = names.get(self.state)
        return name or agreed_state(self.edition, self.agreements, self.agreement)

    def state_in_practice(self) -> str:
        """How it stands, and of one that voices do not keep to, that they do not."""
        name, practice = self.state_name(), self.practice_chip
        return f"{name}, {practice.text}" if practice and practice.tone != "good" else name

    def settled(self) -> str:
        """Right after it was written: what was settled, and who confirms it where."""
        edition, _ = self.edition, self.edition.words.gettext
        text = _(
            "{decision}: {role} has the last word ({state}).",
            decision=edition.decision(self.agreement.decision),
            role=edition.the_role(self.agreement.decides),
            state=self.state_name(),
        )
        concerned = self.agreements.concerned(self.agreement)
        if not concerned:
            return text
        section, button = _("Who decides"), _("Answer for a role…")
        asked = _("To confirm under “{section}”, “{button}”: {roles}.")
        roles = edition.roles(concerned)
        return f"{text} {asked.format(section=section, button=button, roles=roles)}"

    @property
    def _is_over(self) -> bool:
        return self.agreements.is_over(self.agreement)

    def _named_since(self) -> str:
        """How many voices that answered after its last day name the agreed role; or empty."""
        shown, agreement = self.shown, self.agreement
        if shown is None or not shown.deep_answers or not self.agreements.is_settled(agreement):
            return ""
        mapped = shown.deep.who_decides.decision(agreement.decision)
        if shown.began <= agreement.valid_until or not mapped.voices:
            return ""
        naming = mapped.naming.get(agreement.decides, 0)
        text = _naming_sentence(self.edition, agreement, naming, voices=mapped.voices)
        return self.edition.words.gettext("since it ended, {text}", text=text)

    def _voted(self) -> str:
        """How many named the agreed role in the room that agreed, first and in its last vote."""
        shown, words, decides = self.shown, self.edition.words, self.agreement.decides
        if shown is None or shown.survey is None or self.agreement.survey != shown.survey.id:
            return ""
        mapped = shown.deep.who_decides.decision(self.agreement.decision)
        if not mapped.voices:
            return ""
        first = mapped.naming.get(decides, 0)
        text = words.counted_alike(
            "{naming} of {voices} named {role} in the first answers",
            first,
            naming=first,
            voices=mapped.voices,
            role=self.edition.the_role(decides),
        )
        votes = self.agreements.last_vote(self.agreement)
        if not votes:
            return text
        later = words.gettext("{text}, {naming} of {voices} in the vote that followed")
        if votes[0].pass_number > 1:
            later = words.gettext("{text}, {naming} of {voices} in the last vote")
        others = [vote for vote in votes if decides not in shown.seating.every_seat(vote.named)]
        naming = words.number(len(votes) - len(others))
        text = later.format(text=text, naming=naming, voices=words.number(len(votes)))
        if others:
            named = roles_counted(self.edition, votes_by_role(self.edition.framework, others))
            text = words.gettext("{text}; the others: {others}", text=text, others=named)
        silent = len(shown.voices) - len(votes)
        if silent <= 0:
            return text
        return words.counted_alike("{text}; {count} did not vote", silent, text=text)

    def _answers(self) -> Iterator[str]:
        edition, words, agreement = self.edition, self.edition.words, self.agreement
        given = self.agreements.answers(agreement)
        for answer in get_args(Answer):
            if roles := [role for role, said in given.items() if said == answer]:
                yield f"{words.labelled(answer_name(edition, answer), edition.roles(roles))}."
        waiting = [role for role in self.agreements.concerned(agreement) if role not in given]
        if waiting and not self._is_over:
            yield words.gettext("Still to answer: {roles}.", roles=edition.roles(waiting))
        lines = answer_lines(edition, self.agreements, agreement, words=False)
        for role in self.agreements.changed_answers(agreement):
            yield words.sentence(lines[role])
        for confirmation in self.agreements.counting_answers(agreement):
            if confirmation.reservation:
                yield words.gettext(
                    "{role}: “{reservation}”.",
                    role=edition.role(confirmation.role),
                    reservation=confirmation.reservation.removesuffix("."),
                )

    def _notes(self) -> Iterator[str]:
        edition, _ = self.edition, self.edition.words.gettext
        if not self._is_over and self.agreements.must_not_decide(self.agreement):
            yield _(
                "By the playbook, {role} should not decide this. The fit is still measured "
                "against it; “kept” is measured against your agreement.",
                role=edition.the_role(self.agreement.decides),
            )
        lost = self.agreements.lost_roles(self.agreement)
        if lost and not self._is_over:
            yield _(
                "The setup no longer has: {roles}. Replace the agreement, or correct the setup.",
                roles=edition.roles(lost),
            )
        if self.agreement.survey is None:
            yield _("Written by one person.")

    def _held(self) -> Iterator[str]:
        """Who decides or decided by it, from when to when: a line a span, the last first."""
        words = self.edition.words
        for first, last in reversed(self.agreements.days_held(self.agreement)):
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
                role=self.edition.the_role(self.agreement.decides),
                state=self.state_name(),
            )


def such_a_decision(edition: Edition, decision: str) -> str:
    """An example for outsiders, who could take one beside an agreement for what was agreed."""
    example = edition.texts.lenses.decisions[decision].example
    return edition.words.gettext("Such a decision, for example: “{example}”", example=example)


def agreement_sentence(edition: Edition, agreement: Agreement) -> str:
    """An agreement in one sentence: who decides, hears and tells whom, within what, until when."""
    name = edition.decision(agreement.decision)
    return edition.words.labelled(name, agreed_clauses(edition, agreement))


def agreed_clauses(edition: Edition, agreement: Agreement) -> str:
    """An agreement in clauses, without the decision's name, for where that stands above it."""
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


def reminder(edition: Edition, agreement: Agreement) -> str:
    """To whoever has answered a decision: what was agreed on it, which must not lead the answer."""
    return edition.words.gettext(
        "Agreed on {day}. {agreement}. What counts here is how it goes in practice.",
        day=agreement.agreed_on,
        agreement=agreement_sentence(edition, agreement),
    )


def practice_sentence(edition: Edition, agreement: Agreement, practice: Practice) -> str:
    """How many voices name the agreed role, and whether that keeps the agreement; no cause."""
    words = edition.words
    text = _naming_sentence(edition, agreement, practice.naming, voices=practice.voices)
    if practice.with_others and not practice.exactly:
        text = words.gettext("{text}, only alongside other roles", text=text)
    elif count := practice.with_others:
        text = words.gettext(
            "{text}, {count} of them alongside other roles", text=text, count=count
        )
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


def answer_name(edition: Edition, answer: Answer) -> str:
    """An answer to an agreement, as its button shows it."""
    _ = edition.words.gettext
    return {
        "agreed": _("Agreed"),
        "with-reservation": _("With a reservation"),
        "not-agreed": _("Not agreed"),
    }[answer]


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


def agreed_line(
    edition: Edition, agreements: AgreementsOn, agreement: Agreement, *, words: bool = True
) -> str:
    """An agreement, and which roles reserve something or disagree, in their `words` or without."""
    sentence = agreement_sentence(edition, agreement)
    return " · ".join([sentence, *answers_against(edition, agreements, agreement, words=words)])


def open_agreement_line(edition: Edition, agreements: AgreementsOn, agreement: Agreement) -> str:
    """An agreement that does not hold, who is against it, and what it waits for."""
    state = agreed_state(edition, agreements, agreement)
    return f"{agreed_line(edition, agreements, agreement)} · {state}"


def answers_against(
    edition: Edition, agreements: AgreementsOn, agreement: Agreement, *, words: bool = True
) -> list[str]:
    """Which roles reserve something or disagree, or did, in their `words` or without."""
    lines = answer_lines(edition, agreements, agreement, words=words)
    changed = agreements.changed_answers(agreement)
    return [
        lines[role]
        for role, answer in agreements.answers(agreement).items()
        if answer != "agreed" or role in changed
    ]


def how_confirmed(edition: Edition, agreements: AgreementsOn, agreement: Agreement) -> str:
    """Whether an agreement is refused, or from when it holds; empty while it waits for roles.

    For which ones `answer_lines` says.
    """
    words, answers = edition.words, agreements.answers(agreement)
    if not agreements.is_settled(agreement):
        is_awaited = len(answers) < len(agreements.concerned(agreement))
        if is_awaited and not agreements.is_refused(agreement):
            return ""
        return words.sentence(agreed_state(edition, agreements, agreement))
    text = words.gettext("Agreed by every role: it holds from {day}.")
    if "with-reservation" in answers.values():
        text = words.gettext("Agreed by every role, with reservations: it holds from {day}.")
    return text.format(day=words.date(agreements.holds_from(agreement)))


def earlier_line(edition: Edition, part: AgreementPart) -> str:
    """Of an agreement from before who decides, how it stands and whether it is kept."""
    role = edition.the_role(part.agreement.decides)
    decides = edition.words.gettext("{role} decides", role=role)
    line = edition.words.labelled(edition.decision(part.agreement.decision), decides)
    return f"{line} · {part.status}"


def answers_asked_again(edition: Edition, count: int) -> str:
    """That changing an agreement asks again what so many roles have answered."""
    return edition.words.counted(
        "The answer already given will be asked again.",
        "The {count} answers already given will be asked again.",
        count,
    )


def not_by_the_playbook(edition: Edition, role: str) -> str:
    """That a role which is about to be agreed on must not decide, by the playbook."""
    return edition.words.gettext(
        "By the playbook, {role} should not decide this. You may agree on it all the same; the "
        "charter will say so.",
        role=edition.the_role(role),
    )


def proposed_by(edition: Edition, by: Literal["first answers", "vote"]) -> str:
    """What chose the role that a room's agreement begins with."""
    _ = edition.words.gettext
    return {
        "first answers": _(
            "Proposed: the role that most of those who could tell named, in the first answers."
        ),
        "vote": _("Proposed: the role that most of those who could tell named, in the last vote."),
    }[by]


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
    counted = (_("{option} ({count})", option=edition.role(of), count=named[of]) for of in roles)
    return tie.format(roles=", ".join(counted))

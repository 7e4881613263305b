"""What a squad agreed, to take away: records of decisions, days to keep, a few plain lines."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from assessment.content.edition import Edition
from assessment.model import Action, Agreement
from assessment.rounds.actions import is_checked_since, is_open, is_overdue
from assessment.rounds.agreements import IN_FORCE
from assessment.rounds.room import Topic, left_open, topics_of
from assessment.wording.actions import MOST_NAMED, action_status_line, owner_of
from assessment.wording.agreement import (
    AgreementPart,
    agreed_line,
    agreed_state,
    agreement_sentence,
)
from assessment.wording.agreements import AgreementsPart
from assessment.wording.briefing import SquadPart
from assessment.wording.chips import overdue_chips
from assessment.wording.counted import first_of
from assessment.wording.parts import Line
from assessment.wording.plain_text import as_markdown
from assessment.wording.room import open_line, open_lines
from assessment.wording.surveys import next_session

MOST_LINES = 6
"""Plain lines to paste into a chat, the heading included."""


@dataclass(frozen=True, slots=True)
class CharterSection:
    """What a charter tells under one heading, a note first where there is one."""

    title: str
    note: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """A day to keep: what it is, what it is about.

    `identity` stays the same when the file is made again, so that a calendar knows it.
    """

    identity: str
    day: date
    title: str
    text: str


def decision_records(squad: SquadPart) -> Mapping[str, str]:
    """A Markdown file per agreement by its name, numbered by decision, then by day."""
    agreements = squad.agreed.agreements.undated.of(squad.squad)
    names = {
        agreement.id: f"{number:04}-{agreement.decision}-{agreement.agreed_on}.md"
        for number, agreement in enumerate(agreements, start=1)
    }
    return {names[agreement.id]: _record(squad, agreement, names) for agreement in agreements}


def calendar_entries(squad: SquadPart) -> tuple[CalendarEntry, ...]:
    """Ends of agreements, due actions and the next session: what was agreed or decided, by day.

    None of a squad that has ended.
    """
    if squad.result.ended_on:
        return ()
    every = (*_ends(squad.agreed), *_due(squad), *_next_check(squad))
    entries = tuple(sorted(every, key=lambda entry: entry.day))
    if not squad.mark:
        return entries
    return tuple(replace(entry, text=f"{entry.text}\n{squad.mark}") for entry in entries)


def chat_lines(squad: SquadPart) -> tuple[str, ...]:
    """What holds today, what stays open and when to meet, in at most six plain lines.

    Where nothing holds yet, the verdict and what is to be done stand in its place. What waits for
    roles, what they refused, what is overdue and what else is to be done have a line more each.
    """
    part, words, _ = squad.agreed, squad.edition.words, squad.edition.words.gettext
    unsettled = [part.pending, part.refused]
    last = (open_line(squad.edition, left_open_of(squad)), _next_day(squad))
    ends = [line for line in last if line]
    room = MOST_LINES - 1 - len(ends)
    if part.in_force:
        title = _("{squad}: our agreements as of {day}", squad=part.squad, day=part.agreements.day)
        lines = [_chat_line(part, one) for one in part.in_force]
        unsettled += [_overdue_line(squad), _to_do_line(squad)]
        rest = len(lines) - room + 1
        more = words.counted("- and {count} more agreement", "- and {count} more agreements", rest)
    else:
        title = squad.title(squad.verdict)
        lines = [f"- {text}" for text in squad.to_do]
        rest = len(lines) - room + 1
        more = words.counted("- and {count} more action", "- and {count} more actions", rest)
    shown = [*lines[: room - 1], more] if len(lines) > room else lines
    return (" · ".join(filter(None, (title, squad.mark))), *shown, *filter(None, unsettled), *ends)


def _chat_line(part: AgreementsPart, item: AgreementPart) -> str:
    """An agreement in force, from when it is, and whether it lacks a decider."""
    _, agreement = part.edition.words.gettext, item.agreement
    text = _("- {agreement} (from {day})")
    if item.state == "without-decider":
        text = _("- {agreement} ({state}, from {day})")
    return text.format(
        agreement=agreed_line(part.edition, part.agreements, agreement),
        state=agreed_state(part.edition, part.agreements, agreement),
        day=part.edition.words.date(part.agreements.holds_from(agreement)),
    )


def _overdue_line(squad: SquadPart) -> str:
    late = [action for action in squad.actions.values() if is_overdue(action, today=squad.late_on)]
    if not late:
        return ""
    (chip,) = overdue_chips(squad.edition, late, today=squad.day)
    return _named(squad.edition, chip.text, late)


def _to_do_line(squad: SquadPart) -> str:
    still_open = filter(is_open, squad.actions.values())
    to_do = [action for action in still_open if not is_overdue(action, today=squad.late_on)]
    return _named(squad.edition, squad.edition.words.gettext("We will do"), to_do) if to_do else ""


def _named(edition: Edition, label: str, actions: Sequence[Action]) -> str:
    """The first of some actions with their owners, and how many more there are, in a sentence."""
    both = ((edition.lever(action.lever), owner_of(edition, action)) for action in actions)
    names = [" · ".join(filter(None, lever_and_owner)) for lever_and_owner in both]
    text = first_of(edition, names, most=MOST_NAMED)
    return edition.words.sentence(edition.words.labelled(label, text))


def charter_sections(squad: SquadPart) -> tuple[CharterSection, ...]:
    """What was agreed or clear anyway, with examples for outsiders, stays open, is to be done.

    Agreements that do not hold stand behind those that do, and say so at once.
    """
    part, _ = squad.agreed, squad.edition.words.gettext
    agreed = map(_agreed, part.in_files)
    clear = [Line(decision.sentence, (decision.example,)) for decision in part.clear]
    still_open = map(Line, open_lines(squad.edition, left_open_of(squad)))
    to_do = map(Line, filter(None, (*squad.to_do, _next_day(squad))))
    sections = (
        CharterSection(part.title, part.summary, tuple(agreed)),
        CharterSection(_("Already clear"), "", tuple(clear)),
        CharterSection(_("Left open"), "", tuple(still_open)),
        CharterSection(_("What we will do"), "", tuple(to_do)),
    )
    return tuple(section for section in sections if section.note or section.lines)


def _agreed(item: AgreementPart) -> Line:
    sentence, below = item.sentence, " ".join(item.lines)
    if item.state in IN_FORCE:
        return Line(sentence, (item.example, f"{item.status} · {below}"))
    return Line(f"{sentence} · {item.status}", (item.example, below))


def charter_text(squad: SquadPart) -> str:
    """The squad's charter of who decides, as Markdown."""
    title = squad.edition.words.gettext("Charter of {squad}", squad=squad.squad)
    below = filter(None, (squad.edition.words.date(squad.day), squad.mark))
    lines = [f"# {as_markdown(title)}", "", " · ".join(below)]
    for section in charter_sections(squad):
        lines += ["", f"## {section.title}", "", *([section.note, ""] if section.note else [])]
        for line in section.lines:
            behind = map(as_markdown, line.behind)
            lines += [f"- {as_markdown(line.text)}", *(f"  {text}" for text in behind)]
    return "\n".join(lines) + "\n"


def left_open_of(squad: SquadPart) -> tuple[Topic, ...]:
    """What voices contest or leave to nobody, and nothing is agreed or, since asked, done about.

    What the session itself agreed on and a role refused is told apart.
    """
    shown, decided = squad.result.round, squad.result.decided
    actions = [
        progress.action
        for progress in decided
        if is_open(progress.action) or not is_checked_since(progress, shown)
    ]
    agreements, survey = squad.agreed.agreements, squad.result.survey
    told = agreements.decisions_agreed(squad.squad)
    if survey:
        told |= agreements.unsettled_in(survey)
    return left_open(squad.edition.framework, topics_of(shown), told, actions, survey=survey)


def _next_day(squad: SquadPart) -> str:
    survey = squad.result.survey
    return next_session(squad.edition, survey, today=squad.day) if survey else ""


def _record(squad: SquadPart, agreement: Agreement, names: Mapping[UUID, str]) -> str:
    part = squad.agreed
    replaced = names.get(agreement.supersedes, "") if agreement.supersedes else ""
    edition, item = part.edition, part.part_of(agreement)
    front = {
        "status": _status(part, agreement),
        "date": part.agreements.holds_from(agreement).isoformat(),
        "valid-until": agreement.valid_until.isoformat(),
        "decision-makers": [edition.role(agreement.decides)],
        "consulted": [edition.role(role) for role in agreement.consulted],
        "informed": [edition.role(role) for role in agreement.informed],
        "supersedes": replaced,
        "squad": agreement.squad,
    }
    lines = [
        "---",
        *(": ".join((name, _as_yaml(value))) for name, value in front.items()),
        "---",
        "",
        f"# {edition.decision(agreement.decision)}",
        "",
        f"{as_markdown(agreement_sentence(edition, agreement))}.",
        "",
        *([squad.mark, ""] if squad.mark else []),
        *(f"- {as_markdown(line)}" for line in (item.status, *item.lines)),
        "",
        item.example,
    ]
    return "\n".join(lines) + "\n"


def _as_yaml(value: object) -> str:
    """A value of the front matter, no link or HTML either to whoever reads that as Markdown."""
    text = json.dumps(value, ensure_ascii=False)
    return re.sub(r"(?!^)\[|[<\ufffe\uffff]", lambda found: f"\\u{ord(found[0]):04x}", text)


def _status(part: AgreementsPart, agreement: Agreement) -> str:
    agreements = part.agreements
    state = agreements.state(agreement)
    if state in IN_FORCE:
        return "accepted"
    if state == "superseded":
        return state
    if agreements.is_refused(agreement):
        return "rejected"
    is_over = state == "expired" and agreements.is_settled(agreement)
    return "deprecated" if is_over else "proposed"


def _ends(part: AgreementsPart) -> Iterator[CalendarEntry]:
    text = part.edition.words.gettext("{squad}: renew or end the agreement on “{decision}”")
    for item in part.in_force:
        agreement = item.agreement
        decision = part.edition.decision(agreement.decision)
        title = text.format(squad=part.squad, decision=decision)
        yield CalendarEntry(str(agreement.id), agreement.valid_until, title, item.sentence)


def _due(squad: SquadPart) -> Iterator[CalendarEntry]:
    """Open actions on the day they are due; what is overdue on today, where a calendar shows it."""
    edition, _, today = squad.edition, squad.edition.words.gettext, squad.day
    for action in filter(is_open, squad.actions.values()):
        if action.due_on:
            lever, text = edition.texts.levers[action.lever], _("{squad}: “{lever}” is due")
            if is_overdue(action, today=today):
                text = _("{squad}: “{lever}” is overdue")
            title = text.format(squad=squad.squad, lever=lever.title)
            description = f"{action_status_line(edition, action, today=today)}\n{lever.text}"
            yield CalendarEntry(str(action.id), max(action.due_on, today), title, description)


def _next_check(squad: SquadPart) -> Iterator[CalendarEntry]:
    """The day that the room chose to ask again, while it lies ahead."""
    _, survey = squad.edition.words.gettext, squad.result.survey
    if survey and survey.next_on and survey.next_on >= squad.day:
        title = _("{squad}: ask again", squad=squad.squad)
        text = _("See what moved since, and whether what was agreed is kept.")
        yield CalendarEntry(f"next-{squad.squad}-{squad.period}", survey.next_on, title, text)

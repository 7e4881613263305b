"""Who decides in a squad, as sentences in the reader's language; pure."""

from collections.abc import Sequence
from datetime import date

from assessment.content.edition import Edition
from assessment.languages import points_moved
from assessment.rounds.moves import is_move_by_points
from assessment.scoring.change import Change
from assessment.scoring.findings import VACANT, Finding
from assessment.scoring.seats import Seating
from assessment.scoring.who_decides import ALL_FIT, LeftOut, WhoDecides
from assessment.wording.counted import agreed_since, options_counted, roles_counted


def finding(edition: Edition, seating: Seating, finding: Finding, *, is_agreed: bool) -> str:
    """A finding with its evidence, as one sentence, which tells whether it is agreed on since."""
    where = subject(edition, finding.level, finding.decision)
    where = agreed_since(edition, where, is_agreed, of=1)
    if finding.kind == VACANT:
        return edition.words.gettext(
            "{place}: in this setup nobody can decide; expected: {roles}."
        ).format(place=where, roles=edition.roles(finding.roles))
    claim = _said(edition, finding, _clause(edition, seating, finding))
    if consequence := _consequence(edition, seating, finding):
        claim = edition.words.clauses((claim, consequence))
    if finding.level is None:
        return edition.words.sentence(claim)
    return edition.words.gettext("{place}: {claim}.", place=where, claim=claim)


def nothing_amiss(edition: Edition, deciders: WhoDecides) -> str:
    """That no finding is raised, of what it is told; single voices may see one all the same."""
    if any(decision.voices > 1 and decision.health != ALL_FIT for decision in deciders.decisions):
        return edition.words.gettext("No finding is shared by half of the voices.")
    answered = sum(decision.voices > 0 for decision in deciders.decisions)
    if answered == len(deciders.decisions):
        return edition.words.gettext(
            "Nothing: no decision is taken by the wrong role, and none is left without a decider."
        )
    return edition.words.counted(
        "Nothing in the answers that count ({count} decision of {total}): it is not taken by the "
        "wrong role, nor left without a decider.",
        "Nothing in the answers that count ({count} decisions of {total}): none is taken by the "
        "wrong role, and none is left without a decider.",
        answered,
        total=len(deciders.decisions),
    )


def assumed_setup(edition: Edition) -> str:
    """That nobody told the setup, and what is taken for granted."""
    return edition.words.gettext(
        "Setup not described yet: we assume that each role, PM and PO included, is held by a "
        "different person."
    )


def setup_changed(edition: Edition, days: Sequence[date]) -> str:
    """That the setup changed within a round, and what that means; empty where it did not."""
    text = edition.words.gettext(
        "The setup changed on {days}: each voice is read with the setup of the day it "
        "answered, and the last one is shown.",
        days=edition.words.all_of([*map(edition.words.date, days)]),
    )
    return text if days else ""


def answers_left_out(edition: Edition, count: int) -> str:
    """How many answers do not count, and why."""
    return edition.words.counted(
        "{count} answer is left out: it names a role that nobody holds in the setup",
        "{count} answers are left out: they name a role that nobody holds in the setup",
        count,
    )


def answers_to_be_left_out(edition: Edition, answers: Sequence[LeftOut]) -> str:
    """How many answers of any squads will be stored and not count, with the roles they name."""
    named = {answer.role for answer in answers}
    return edition.words.counted(
        "{count} answer will not count: it names a role that nobody holds in the setup of its "
        "squad ({roles}).",
        "{count} answers will not count: they name a role that nobody holds in the setup of their "
        "squad ({roles}).",
        len(answers),
        roles=edition.roles([role for role in edition.framework.role_ids if role in named]),
    )


def left_out(edition: Edition, decision: str, role: str, count: int) -> str:
    """How many answers to a decision do not count, and why."""
    return edition.words.counted(
        "{decision}: {count} answer is left out, because it names {role} and nobody holds that "
        "role in the setup.",
        "{decision}: {count} answers are left out, because they name {role} and nobody holds that "
        "role in the setup.",
        count,
        decision=edition.decision(decision),
        role=edition.the_role(role),
    )


def fit_change(edition: Edition, moved: Change) -> str | None:
    """How a level's fit moved, in points as shown; None where by too few to tell."""
    words, points = edition.words, points_moved(moved.before, moved.after)
    if not is_move_by_points(points):
        return None
    return words.gettext(
        "{level}: fit {points} points, from {before} to {after}.",
        level=edition.level(moved.of),
        points=words.change(points),
        before=words.score(moved.before),
        after=words.score(moved.after),
    )


def subject(edition: Edition, level: str | None, decision: str | None) -> str:
    """What a finding is about: a decision, a level, or every level."""
    if decision:
        return edition.decision(decision)
    return edition.level(level) if level else edition.words.gettext("Every level answered")


def _said(edition: Edition, finding: Finding, clause: str) -> str:
    """A clause with how many voices say so; as it stands where there is only one."""
    if finding.answered == 1:
        return clause
    return edition.words.ngettext(
        "{voices} of {answered} voices says that {clause}",
        "{voices} of {answered} voices say that {clause}",
        finding.voices,
    ).format(voices=finding.voices, answered=finding.answered, clause=clause)


def _clause(edition: Edition, seating: Seating, finding: Finding) -> str:
    _, words = edition.words.gettext, edition.words
    roles = _in_sentence(edition, seating, finding)
    match finding.kind:
        case "nobody-decides":
            return _("nobody decides")
        case "unclear":
            return _("who decides is unclear")
        case "crowd" if finding.answered > 1:
            named = roles_counted(edition, finding.named)
            return _("too many decide together ({roles})", roles=named)
        case "crowd":
            return _("too many decide together ({roles})", roles=edition.roles(finding.roles))
        case "bottleneck" if len(finding.roles) > 1:
            return _(
                "one person, as {roles}, is named at every level answered, and at least once alone"
            ).format(roles=edition.roles(finding.roles))
        case "bottleneck":
            return _("{role} is named at every level answered, and at least once alone", role=roles)
        case _:
            return words.counted(
                "{roles} decides", "{roles} decide", len(finding.roles), roles=roles
            )


def _in_sentence(edition: Edition, seating: Seating, finding: Finding) -> str:
    """The roles with articles, with other seats of who must not decide, with voices if several."""
    names = {role: _named(edition, seating, finding, role) for role in finding.roles}
    if finding.answered < 2 or len(finding.roles) < 2:
        return edition.words.all_of([*names.values()])
    return options_counted(edition, ((name, finding.named[role]) for role, name in names.items()))


def _named(edition: Edition, seating: Seating, finding: Finding, role: str) -> str:
    _, name = edition.words.gettext, edition.the_role(role)
    others = [seat for seat in seating.seats_of_person.get(role, ()) if seat != role]
    if finding.kind not in ("must-not-decide", "escalation") or not others:
        return name
    alone = len(finding.roles) == 1
    text = _("{role}, who is also {others},") if alone else _("{role} (also {others})")
    return text.format(role=name, others=edition.the_roles(others))


def _consequence(edition: Edition, seating: Seating, finding: Finding) -> str:
    """Why it is a mismatch; empty where the clause says it all."""
    _, words = edition.words.gettext, edition.words
    match finding.kind:
        case "must-not-decide":
            return words.ngettext(
                "that role should not decide at this level ({level})",
                "those roles should not decide at this level ({level})",
                len(finding.roles),
            ).format(level=edition.level(finding.level or ""))
        case "escalation":
            return _("daily matters should be settled close to the work")
        case "crowd":  # some of them are expected: more people than that are named
            return _("agree who has the last word")
        case "nobody-decides" | "unclear":
            return expected(edition, seating, finding)
        case _:
            return ""


def expected(edition: Edition, seating: Seating, finding: Finding) -> str:
    """Who should take the decision of a finding, as a clause; empty where nobody could."""
    roles = seating.expected_for(finding.decision or "")
    text = edition.words.gettext("expected: {roles}", roles=edition.roles(roles))
    return text if roles else ""


def expected_here(edition: Edition, seating: Seating, decision: str) -> str:
    """Who is expected to take a decision in a setup, by the playbook; or that nobody is."""
    roles = seating.expected_for(decision)
    if not roles:
        return edition.words.gettext(
            "The seat is vacant: nobody in this setup is expected to decide this."
        )
    return edition.words.gettext("Expected to decide here: {roles}.", roles=edition.roles(roles))

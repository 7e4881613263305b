"""What a lever gains, whose move it is, whether it acts on the verdict, where it is done; pure."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from assessment.content.edition import Edition
from assessment.languages import whole
from assessment.model import Action
from assessment.rounds.actions import ActionProgress, is_open, is_overdue
from assessment.rounds.leadership import SharedLever
from assessment.rounds.results import Result
from assessment.rounds.round import Round
from assessment.rounds.seats import missing_seats
from assessment.scoring.diagnosis import LeverGain
from assessment.wording.actions import moved_since, owner_of
from assessment.wording.parts import LeverPart


def lever_part(
    edition: Edition,
    lever: str,
    *,
    points: float | None,
    gain: str,
    relations: Iterable[str],
    where: str,
    owners: str,
) -> LeverPart:
    """A lever with its own texts, and what a squad or several make of it."""
    text = edition.texts.levers[lever]
    return LeverPart(
        lever=lever,
        title=text.title,
        text=text.text,
        agenda=tuple(text.agenda),
        passage=edition.playbook.levers[lever],
        points=points,
        gain=gain,
        relation=" ".join(filter(None, relations)),
        where=where,
        owners=owners,
        step=text.step,
    )


def lever_owners(edition: Edition, lever: str, shown: Round, actions: Iterable[Action] = ()) -> str:
    """Whose move a lever is in a squad: that of whoever took it on by one of its open `actions`.

    Else its owners' who are there, or leadership's until then; leadership's too where the seat of
    each of them looks empty.
    """
    owners, words = edition.framework.lever_by_id[lever].owners, edition.words
    taken_on = (owner_of(edition, one) for one in actions if one.lever == lever and is_open(one))
    if takers := [*dict.fromkeys(filter(None, taken_on))]:
        return words.all_of(takers)
    leader = edition.role(edition.framework.rules.leaders[0])
    held = shown.seating.expected(owners)
    if not held:
        text = words.gettext("{leader}, for lack of {roles}")
        return text.format(leader=leader, roles=edition.roles(owners))
    if set(held) <= set(missing_seats(shown)):
        text = words.gettext("{roles}, or {leader} if nobody holds that seat")
        return text.format(leader=leader, roles=edition.roles(held))
    return edition.roles(held)


def seat_is_held(edition: Edition, lever: str, shown: Round) -> str:
    """Of a lever that fills a seat, that the setup says it is held; empty for any other."""
    framework, seating = edition.framework, shown.seating
    signal = next(item for item in framework.items if item.lever == lever)
    seat, does = framework.seat_of(signal.id), signal.needs_role
    if not (seat and does and shown.setup and seating.is_held(seat)):
        return ""
    if seating.person_of(seat) == seating.person_of(does):
        return ""
    text = edition.words.gettext(
        "The {seat} seat is held: give back to it what the {role} does in its place."
    )
    return text.format(seat=edition.role(seat), role=edition.role(does))


def lever_gain(edition: Edition, lever: LeverGain) -> str:
    """How many points a lever would add to a squad at each level that it moves."""
    by_level = lever.by_level.items()
    gains = [f"{edition.short(level)} {gain(edition, points)}" for level, points in by_level]
    text = edition.words.gettext("Points to gain at most: {levels}.")
    return text.format(levels=edition.words.all_of(gains))


def gain(edition: Edition, points: float) -> str:
    """A gain in points: whole, but never shown as nothing."""
    words = edition.words
    return words.change(points) if points >= 1 else f"+{words.number(max(points, 0.1), digits=1)}"


def done_lines(edition: Edition, done: Sequence[ActionProgress]) -> tuple[str, ...]:
    """Levers that are done already, each with the day and what its levels did since."""
    _, words = edition.words.gettext, edition.words
    lines = []
    for progress in done:
        action, moved = progress.action, ""
        text = _("“{lever}”: done on {day}; it takes a later check to show what moved.")
        if progress.since:
            text = _("“{lever}”: done on {day}. Since then: {moved}.")
            moved = moved_since(edition, progress.since)
        day = words.date(action.ended_on or action.decided_on)
        lines.append(text.format(lever=edition.lever(action.lever), day=day, moved=moved))
    return tuple(lines)


def done_once(edition: Edition, again: Iterable[ActionProgress], lever: str) -> str:
    """That a proposed lever was done before, and still shows; empty where it was not."""
    last = next((done.action for done in again if done.action.lever == lever), None)
    if last is None:
        return ""
    text = edition.words.gettext("Done once, on {day}; this check still points to it.")
    return text.format(day=edition.words.date(last.ended_on or last.decided_on))


# Over several squads ------------------------------------------------------------------------------


def shared_gain(edition: Edition, lever: SharedLever, *, is_on_cause: bool) -> str:
    """How many squads a lever would help, how far it typically raises the mean of their levels."""
    words, typical = edition.words, lever.typical
    squads = words.counted("{count} squad", "{count} squads", len(lever.gains))
    points = words.counted(
        "{points} point", "{points} points", max(whole(typical), 1), points=gain(edition, typical)
    )
    text = words.gettext("up to {points} on the mean of the levels", points=points)
    if len(lever.gains) > 1:
        text = words.gettext("typically {points} on the mean of the levels", points=points)
    cause = words.gettext("acts on the verdict's cause") if is_on_cause else ""
    return words.sentence(" · ".join(filter(None, (squads, text, cause))))


def where_decided(
    edition: Edition, lever: SharedLever, actions: Collection[Action], *, today: date
) -> str:
    """In how many of the squads that show a lever it is decided already, and overdue."""
    clause = decided_clause(edition, lever, actions, today=today)
    return edition.words.sentence(clause) if clause else ""


def decided_clause(
    edition: Edition, lever: SharedLever, actions: Collection[Action], *, today: date
) -> str:
    """In how many squads a lever is decided already, and overdue, as a clause."""
    words, decided = edition.words, len({action.squad for action in actions})
    overdue = len({action.squad for action in actions if is_overdue(action, today=today)})
    if not decided:
        return ""
    text = words.gettext("decided already")
    if decided < len(lever.gains):
        text = words.counted("decided in {count} squad", "decided in {count} squads", decided)
    if overdue == decided:
        text = words.gettext("{decided}, and overdue", decided=text)
    elif overdue:
        text = words.counted_alike("{decided}, overdue in {count}", overdue, decided=text)
    return text


def no_lever(edition: Edition, results: Sequence[Result]) -> str:
    """Why a squad, or several, have no lever to show."""
    _, is_one = edition.words.gettext, len(results) == 1
    if is_one and (unranked := _unranked(edition, results[0])):
        return unranked
    done = [progress for result in results for progress in result.proposals.done]
    few = sum(result.round.scores.overall is None for result in results)
    if few:
        of_few = edition.words.counted(
            "No lever to pull: {count} squad has too few answers in this period.",
            "No lever to pull: {count} squads have too few answers in this period.",
            few,
        )
        elsewhere = _("Elsewhere, every lever that would help is done already.")
        return f"{of_few} {elsewhere}" if done else of_few
    if not done:
        healthy = _("No lever to pull: every answer is healthy.")
        is_past = any(result.is_past for result in results)
        again = "" if is_past else _("Check again next month.")
        return f"{healthy} {again}".strip()
    if not all(progress.since for progress in done):
        return _(
            "Every lever that would help is done already: it takes a later check to show what "
            "moved."
        )
    if is_one:
        return _("Every lever that would help was done after this check.")
    return _("Every lever that would help these squads was done after their checks.")


def _unranked(edition: Edition, result: Result) -> str:
    """Why a squad's levers are not ranked; empty where they are."""
    _, shown = edition.words.gettext, result.round
    if last := result.last_scored:
        return _(
            "Levers follow from the scores of the levels; the last: {period}.",
            period=edition.period(last.period),
        )
    if result.is_deep_only:
        return _("Levers follow from the quick check: answer it to see what to do first.")
    if shown.scores.overall is not None:
        return ""
    if shown.hidden_items:
        return _(
            "No lever: questions with fewer than {least} answers stay hidden, so fewer than three "
            "levels are scored. Ask again with more people, or in a session that is not "
            "confidential.",
            least=shown.least,
        )
    if result.is_past or shown.survey:
        return _("No lever: these answers score fewer than three levels.")
    return _("Answer a few more questions: levers are ranked once three levels are scored.")

"""How a lever stands to the headline above it, and which are done already; pure."""

from collections.abc import Iterable, Sequence

from assessment.content.edition import Edition
from assessment.rounds.actions import ActionProgress
from assessment.wording.actions import moved_since


def relations(
    edition: Edition, levers: Sequence[str], headline: Sequence[str], *, of_several: bool = False
) -> tuple[str, ...]:
    """What each lever, of those shown by their gain, has to do with the headline: the first alone.

    Those `of_several` squads are shown by what they add in all together. `headline` are the levers
    that act on its cause: the first lever says that it is one of them, else which lever is.
    """
    _ = edition.words.gettext
    if not levers:
        return ()
    acts = _("Acts on the verdict's cause, and adds most.")
    most = _("Adds most over all levels")
    if of_several:
        acts = _("Acts on the verdict's cause, and adds most in all squads together.")
        most = _("Adds most in all squads together")
    others = edition.words.sentence(_whose_turn(edition, most, levers, headline))
    first = acts if levers[0] in headline else others
    return (first, *[""] * (len(levers) - 1))


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


def _whose_turn(edition: Edition, most: str, levers: Sequence[str], headline: Sequence[str]) -> str:
    """That the first lever adds most, and which other one acts on the verdict's cause, if any."""
    _ = edition.words.gettext
    if not headline:
        return most
    shown = [number for number, lever in enumerate(levers, start=1) if lever in headline]
    if shown:
        return _("{most}; number {number} acts on the verdict's cause", most=most, number=shown[0])
    text = _("{most}; “{lever}” would act on the verdict's cause")
    return text.format(most=most, lever=edition.lever(headline[0]))

"""What a round by invitation asks and promises, said alike to who opens it and who answers it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

from assessment.content.edition import Edition
from assessment.model import FEWEST_VOICES, MOST_VOICES, Depth, Survey
from assessment.rounds.room import lenses_asked, minutes_to_answer

MOST_SPARE = 2
"""People beyond the fewest voices of a session, up to whom it is told how easily it hides."""


def asked_in(edition: Edition, survey: Survey, *, unasked: int = 0) -> str:
    """What is asked, and how long that takes; `unasked` items do not apply to the squad."""
    words, count = edition.words, len(edition.framework.items) - unasked
    decisions = len(edition.framework.lenses.decision_by_id)
    if survey.depth == "quick":
        text = words.ngettext(
            "{count} question, about {minutes} minutes.",
            "{count} questions, about {minutes} minutes.",
            count,
        )
    elif survey.depth == "who-decides":
        text = words.ngettext(
            "{count} question and who decides on {decisions} decisions, about {minutes} minutes.",
            "{count} questions and who decides on {decisions} decisions, about {minutes} minutes.",
            count,
        )
    else:
        text = words.ngettext(
            "{count} question and {lenses} lenses, one of them who decides on {decisions} "
            "decisions: about {minutes} minutes.",
            "{count} questions and {lenses} lenses, one of them who decides on {decisions} "
            "decisions: about {minutes} minutes.",
            count,
        )
    lenses = words.gettext("seven") if survey.confidential else words.gettext("eight")
    minutes = minutes_to_answer(survey.depth, confidential=survey.confidential)
    number = words.number
    return text.format(
        count=number(count), decisions=number(decisions), lenses=lenses, minutes=number(minutes)
    )


def depth_title(edition: Edition, depth: Depth) -> str:
    """What a round of a depth is called."""
    _ = edition.words.gettext
    return {
        "quick": _("Quick check"),
        "who-decides": _("Quick check and who decides"),
        "deep": _("Quick check and deep check"),
    }[depth]


def depth_caption(edition: Edition, depth: Depth, *, confidential: bool) -> str:
    """How long a round of a depth takes, and what the talk about it ends in."""
    _ = edition.words.gettext
    text = {
        "quick": _("{minutes} min · ends in actions"),
        "who-decides": _("{minutes} min · ends in actions, agreements and a charter"),
        "deep": _("{minutes} min · the same, and the other lenses"),
    }[depth]
    minutes = minutes_to_answer(depth, confidential=confidential)
    return text.format(minutes=edition.words.number(minutes))


def questions(edition: Edition, depth: Depth, *, confidential: bool) -> Mapping[str, Sequence[str]]:
    """What a session of a depth asks, in order, by the title of its step or lens."""
    framework, texts, of_lenses = edition.framework, edition.texts, edition.texts.lenses
    lenses, asked = framework.lenses, dict[str, Sequence[str]]()
    for module in framework.modules:
        items = framework.items_of(module.id)
        asked[texts.modules[module.id].title] = [texts.items[item.id].question for item in items]
    for lens in lenses_asked(lenses, depth, confidential=confidential):
        asked[of_lenses.lenses[lens].title] = {
            "decisions": [edition.decision(decision.id) for decision in lenses.decisions],
            "signs": [of_lenses.signs[sign.id].question for sign in lenses.signs],
            "mandates": [edition.role(role) for role in lenses.mandates],
            "items": [of_lenses.items[item.id].question for item in lenses.items_of(lens)],
        }[lenses.lens_by_id[lens].asks]
    return asked


def one_answer_each(edition: Edition, *, by_code: bool) -> str:
    """What keeps people from answering a round twice, and what does not."""
    if by_code:
        return edition.words.gettext(
            "Everybody got a code that works once. What is kept is that a code was used, not what "
            "was answered with it: anyone who noted who got which slip could see that you have "
            "answered, and no more."
        )
    return edition.words.gettext(
        "Everybody answers once. Your browser remembers that you have, and nobody checks who "
        "you are: anyone who has the link is trusted, so do not pass it on outside the squad."
    )


def promise(
    edition: Edition, survey: Survey, *, protected: bool
) -> tuple[tuple[str, str], tuple[str, str]]:
    """What is stored and who will see it, each under its heading.

    Where no sign-in is set up (`protected`), whoever opens the app reads what is revealed.
    """
    _ = edition.words.gettext
    if survey.confidential:
        stored = _(
            "Your answers alone, in no order that tells when they came: no name, no alias, no "
            "role, no note, no time of day."
        )
        seen = _seen_in_confidence(edition, survey, protected=protected)
    else:
        stored = _(
            "Your answers and when you send them; your alias, your role and a note, "
            "if you give them."
        )
        seen = _seen_openly(edition, protected=protected)
    return (_("What is stored"), stored), (_("Who sees it"), seen)


def _seen_openly(edition: Edition, *, protected: bool) -> str:
    if protected:
        return edition.words.gettext(
            "Nobody, until the session is revealed. Then the squad sees all answers together, "
            "role by role; links and leadership do once the squad agrees to release it. The "
            "app's editors, who sign in to run it, can also read each person's answers, with "
            "the alias, role and note they gave."
        )
    return edition.words.gettext(
        "Nobody, until the session is revealed. Then anyone who opens this app, which asks for "
        "no account, can read all answers: together, role by role, and each person's, with the "
        "alias, role and note they gave. Only links and the leadership page wait until the "
        "squad agrees to release it."
    )


def _seen_in_confidence(edition: Edition, survey: Survey, *, protected: bool) -> str:
    if protected:
        seen = edition.words.gettext(
            "Nobody, until at least {least} have answered and the session is revealed; then "
            "the squad sees all answers together, never one by one, and links and leadership "
            "do once the squad agrees to release it. What fewer than {least} answered stays "
            "hidden. Anyone who keeps the server's files could read single answers there, but "
            "not whose they are."
        )
    else:
        seen = edition.words.gettext(
            "Nobody, until at least {least} have answered and the session is revealed; then "
            "anyone who opens this app, which asks for no account, can read all answers "
            "together, never one by one. Only links and the leadership page wait until the "
            "squad agrees to release it. What fewer than {least} answered stays hidden. Anyone "
            "who keeps the server's files could read single answers there, but not whose they "
            "are."
        )
    return seen.format(least=edition.words.number(survey.least_voices))


def answer_kept(edition: Edition, *, protected: bool) -> str:
    """What is kept of an answer to an agreement, and who sees it, unlike a confidential check."""
    if protected:
        return edition.words.gettext(
            "Unlike your answers before, this one is kept with the role and the time. The squad "
            "and the editors can see it, and so can anyone with a link that shows agreements."
        )
    return edition.words.gettext(
        "Unlike your answers before, this one is kept with the role and the time. Anyone who opens "
        "this app can read it."
    )


def over_since(edition: Edition, survey: Survey, last_day: date) -> str:
    """To whoever comes too late: since when, and that it was earlier than announced."""
    if last_day >= survey.closes_on:
        return edition.words.gettext("No more answers have been taken since {day}.", day=last_day)
    return edition.words.gettext(
        "No more answers have been taken since {day}: the session was closed before "
        "{announced}, the last day announced.",
        day=last_day,
        announced=survey.closes_on,
    )


def answers_missing(edition: Edition, count: int) -> str:
    """How many more have to answer for what was promised, before a session can be revealed."""
    return edition.words.counted(
        "{count} more answer before the room can see the results",
        "{count} more answers before the room can see the results",
        count,
    )


def hides_easily(edition: Edition, *, people: int | None, least: int) -> str:
    """That so few people leave a confidential session little to show; empty otherwise.

    Empty as well where no session can be of so many people or voices, which is refused.
    """
    words, spare = edition.words, (people or 0) - least
    is_refused = not people or people < 1 or not FEWEST_VOICES <= least <= MOST_VOICES
    if is_refused or spare > MOST_SPARE:
        return ""
    if spare < 0:
        return words.gettext(
            "So few people cannot reach the minimum of {least} voices: nothing would be shown.",
            least=least,
        )
    return words.counted(
        "A question is hidden as soon as {count} person leaves it out or answers “I don't know”.",
        "A question is hidden as soon as {count} people leave it out or answer “I don't know”.",
        spare + 1,
    )


def invitation_title(edition: Edition, survey: Survey) -> str:
    """What a message or a slip that invites to a session begins with."""
    return edition.words.gettext("How {squad} decides: your view, please", squad=survey.squad)


def invitation_message(edition: Edition, survey: Survey, *, url: str) -> str:
    """What to send to those who are invited to a session, its address last."""
    until = edition.words.gettext("Until {day}, included.", day=survey.closes_on)
    title = invitation_title(edition, survey)
    lines = (title, asked_in(edition, survey), in_confidence(edition, survey), until, url)
    return "\n".join(filter(None, lines))


def in_confidence(edition: Edition, survey: Survey) -> str:
    """What a confidential session promises, in one sentence; empty of another."""
    if not survey.confidential:
        return ""
    return edition.words.gettext(
        "Confidential session: your answers are kept without name, role or time of day, and what "
        "fewer than {least} people answered stays hidden.",
        least=edition.words.number(survey.least_voices),
    )


def not_answered(edition: Edition, count: int, *, expected: int) -> str:
    """How many of those expected have not answered; empty where none."""
    if count <= 0:
        return ""
    return edition.words.counted(
        "{count} of the {expected} people expected has not answered.",
        "{count} of the {expected} people expected have not answered.",
        count,
        expected=expected,
    )


def more_than_expected(edition: Edition, survey: Survey, voices: int) -> str:
    """That more have answered than there are people, and why that may be; empty otherwise."""
    if survey.expected is None or voices <= survey.expected:
        return ""
    return edition.words.counted(
        "{count} more than expected: somebody may have answered twice.",
        "{count} more than expected: some may have answered twice.",
        voices - survey.expected,
    )


def not_released(edition: Edition) -> str:
    """The mark of what its squad has not released."""
    return edition.words.gettext("Not released yet")


def withheld(edition: Edition, survey: Survey) -> str:
    """That a session exists which its squad has not released, so that nothing of it is shown."""
    return edition.words.gettext(
        "{squad}, session of {day}: not released by the squad yet, so neither shown nor compared "
        "here.",
        squad=survey.squad,
        day=survey.opened_on,
    )


def seen_before_release(edition: Edition, survey: Survey) -> str:
    """That a reader sees a session which nobody outside the squad sees yet."""
    return edition.words.gettext(
        "{squad}, session of {day}: not released yet. You see it; links and the leadership page "
        "show and compare only the other answers.",
        squad=survey.squad,
        day=survey.opened_on,
    )


def to_be_revealed(edition: Edition, survey: Survey, *, takes_answers: bool) -> str:
    """That a session is not revealed yet, and that its results come once it is."""
    if takes_answers:
        return edition.words.gettext(
            "{squad}, session of {day}: open until {until}. Its results stand here once somebody "
            "reveals them, on the page “Ask the squad”.",
            squad=survey.squad,
            day=survey.opened_on,
            until=survey.closes_on,
        )
    return edition.words.gettext(
        "{squad}, session of {day}: closed. Its results stand here once somebody reveals them, on "
        "the page “Ask the squad”.",
        squad=survey.squad,
        day=survey.opened_on,
    )


def too_few(edition: Edition, survey: Survey) -> str:
    """That too few answers to a confidential session are stored for anything of it to be shown.

    Few were given, or the session came in a file, which holds none.
    """
    return edition.words.gettext(
        "{squad}, session of {day}: fewer than {least} answers are stored here, so nothing of it "
        "is shown.",
        squad=survey.squad,
        day=survey.opened_on,
        least=survey.least_voices,
    )


def without_answers(edition: Edition, surveys: Iterable[Survey]) -> str:
    """How many sessions that a file brings come without their answers; empty where none does."""
    count = sum(survey.confidential for survey in surveys)
    text = edition.words.counted(
        "{count} session is confidential and brings no answers: no downloaded file holds them.",
        "{count} sessions are confidential and bring no answers: no downloaded file holds them.",
        count,
    )
    return text if count else ""


def next_session(edition: Edition, survey: Survey, *, today: date) -> str:
    """When the squad is asked again, as its room chose; empty where it chose no day to come."""
    if survey.next_on is None or survey.next_on < today:
        return ""
    return edition.words.gettext("The next session: {day}", day=survey.next_on)


def nudge_sentence(edition: Edition, nudge: Literal["reveal", "release"]) -> str:
    """What an editor left undone for a week, and what to do about it."""
    _ = edition.words.gettext
    return {
        "reveal": _("These answers have waited for more than a week: reveal them to the squad."),
        "release": _(
            "Revealed more than a week ago and not released: ask the squad, then release it."
        ),
    }[nudge]

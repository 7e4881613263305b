"""How many voices say what, in one phrase: No (2) and Yes (1); pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from assessment.content.edition import Edition
from assessment.rounds.round import Round
from assessment.scoring.disagreement import Disagreement
from assessment.scoring.who_decides import STATES, State, WhoDecides


def first_of(edition: Edition, names: Sequence[str], *, most: int) -> str:
    """Names as one enumeration; of more than `most` the others are counted."""
    rest = len(names[most:])
    others = [edition.words.counted("{count} other", "{count} others", rest)] if rest else []
    return edition.words.all_of([*names[:most], *others])


def some_in(edition: Edition, text: str, names: Sequence[str], *, most: int) -> str:
    """These as the `decisions` of a text; empty where there is none."""
    return text.format(decisions=first_of(edition, names, most=most)) if names else ""


def options_counted(edition: Edition, counts: Iterable[tuple[str, int]]) -> str:
    """What can be said, by name, and how many say so; nothing of what nobody says."""
    _ = edition.words.gettext
    texts = [_("{option} ({count})", option=name, count=count) for name, count in counts if count]
    return edition.words.all_of(texts)


def answers_counted(edition: Edition, item: Disagreement) -> str:
    """How many voices gave which answer to an item: No (2) and Yes (1)."""
    given = item.counts.items()
    return options_counted(edition, ((edition.option(item.of, of), count) for of, count in given))


def roles_counted(edition: Edition, counts: Mapping[str, int]) -> str:
    """Who is named by how many voices: PO (4), PM (3) and Nobody (1); most voices first."""
    most_first = sorted(counts.items(), key=lambda count: -count[1])
    return options_counted(edition, ((edition.decider(role), count) for role, count in most_first))


def state_name(edition: Edition, state: State) -> str:
    """How a decision stands among the voices, in a word."""
    _ = edition.words.gettext
    return {"clear": _("Clear"), "contested": _("Contested"), "nobody": _("No decider")}[state]


def decisions_counted(edition: Edition, squads: Sequence[WhoDecides]) -> str:
    """How many decisions are clear, contested and nobody's, as a clause; zeros left out."""
    words, counts, agreed = edition.words, Counter[State](), Counter[State]()
    for squad in squads:
        counts.update(squad.counts)
        agreed.update(squad.counts_agreed)
    clear, contested, nobody = counts["clear"], counts["contested"], counts["nobody"]
    clear_text = words.counted("{count} clear decision", "{count} clear decisions", clear)
    in_full = (
        with_doubts(edition, clear_text, squads),
        words.counted("{count} contested decision", "{count} contested decisions", contested),
        words.counted(
            "{count} decision without a decider", "{count} decisions without a decider", nobody
        ),
    )
    after_others = (
        "",
        words.counted_alike("{count} contested", contested),
        words.counted_alike("{count} without a decider", nobody),
    )
    first, *others = (at for at, state in enumerate(STATES) if counts[state])
    texts = {STATES[first]: in_full[first], **{STATES[at]: after_others[at] for at in others}}
    return ", ".join(
        text if state == "clear" else agreed_since(edition, text, agreed[state], of=counts[state])
        for state, text in texts.items()
    )


def agreed_since(edition: Edition, text: str, count: int, *, of: int) -> str:
    """What is said of so many decisions, and that the squads agreed on `count` of them since."""
    return f"{text} ({_agreed(edition, count, of=of)})" if count else text


def _agreed(edition: Edition, count: int, *, of: int) -> str:
    _ = edition.words.gettext
    every = _("agreed on since")
    return every if count == of else _("{count} of them agreed on since", count=count)


def mostly_left_out(edition: Edition, squads: Sequence[WhoDecides]) -> str:
    """For how many decisions most answers are left out, in a sentence; empty where for none."""
    count = sum(len(squad.mostly_left_out) for squad in squads)
    if len(squads) > 1 and count:
        return edition.words.counted(
            "For {count} decision of one squad fewer than half of the answers count: the others "
            "name a role that nobody holds.",
            "For {count} decisions, counted squad by squad, fewer than half of the answers count: "
            "the others name a role that nobody holds.",
            count,
        )
    text = edition.words.counted(
        "For {count} decision fewer than half of the answers count: the others name a role that "
        "nobody holds.",
        "For {count} decisions fewer than half of the answers count: the others name a role that "
        "nobody holds.",
        count,
    )
    return text if count else ""


def with_doubts(edition: Edition, text: str, squads: Sequence[WhoDecides]) -> str:
    """A count of clear decisions; how many one voice alone says, or an unexpected role takes.

    Of the latter also how many are agreed on since, so that a role takes them that may.
    """
    words = edition.words
    by_one = sum(squad.clear_by_one for squad in squads)
    misplaced = sum(len(squad.misplaced) for squad in squads)
    doubts = []
    if by_one and by_one == sum(squad.counts["clear"] for squad in squads):
        doubts.append(words.ngettext("one voice alone", "one voice each", by_one))
    elif by_one:
        doubts.append(words.gettext("{count} of them by one voice alone", count=by_one))
    if misplaced:
        doubts.append(words.counted_alike("{count} taken by an unexpected role", misplaced))
    if agreed := sum(of in squad.righted for squad in squads for of in squad.misplaced):
        doubts.append(_agreed(edition, agreed, of=misplaced))
    return f"{text} ({', '.join(doubts)})" if doubts else text


def unanswered(edition: Edition, least: int) -> str:
    """That nobody answered, or fewer than `least`: which of both must not be told."""
    if least > 1:
        return edition.words.gettext("hidden, fewer than {least} answers", least=least)
    return edition.words.gettext("not answered")


def voices_counted(edition: Edition, count: int, *, least: int = 1) -> str:
    """How many voices; none is said in words, which tell of fewer than `least` that they hide."""
    if not count:
        return unanswered(edition, least) if least > 1 else edition.words.gettext("no answers")
    return edition.words.counted("{count} voice", "{count} voices", count)


def voices_cell(edition: Edition, shown: Round, count: int) -> str:
    """How many voices of a round, as a number; that they are hidden where it must not be told."""
    hides = not count and shown.least > 1
    return unanswered(edition, shown.least) if hides else edition.words.number(count)


def deep_voices_compared(edition: Edition, before: Round, after: Round) -> str:
    """How many took the deep check in each of two rounds."""
    return edition.words.gettext(
        "{before}, then {after}",
        before=voices_counted(edition, before.deep.voice_count),
        after=after.deep.voice_count,
    )


def voices_text(edition: Edition, squads: Iterable[Round]) -> str:
    """How many voices, in all squads; to the deep check apart where each half rests on its own.

    So it does where more took it, or where a squad's is another check than that of its levels.
    """
    words, rounds = edition.words, tuple(squads)
    quick = sum(unit.quick_voices for unit in rounds)
    deep = sum(unit.deep_unit.deep_voices for unit in rounds)
    least = max((unit.least for whole in rounds for unit in (whole, whole.deep_unit)), default=1)
    voices = voices_counted(edition, quick or deep, least=least)
    is_apart = any(unit.quick_voices and unit.other_deep_unit for unit in rounds)
    if deep > quick > 0 or (deep and is_apart):
        text = words.gettext("{quick} in the quick check, {deep} in the deep check")
        return text.format(quick=words.number(quick), deep=words.number(deep))
    if not (quick and deep) or quick == deep:
        return voices
    return words.gettext("{voices}, {count} in the deep check", voices=voices, count=deep)

"""What is put before a board, as clauses and rows in the reader's language; pure."""

from __future__ import annotations

from collections.abc import Sequence

from assessment.content.edition import Edition
from assessment.rounds.board import WAYS, BlockingRole, DecisionAcross, SquadMove
from assessment.wording.moves import change_text, voices_then_and_now
from assessment.wording.parts import DumbBell


def counted(edition: Edition, clause: str, count: int, compared: int, *, things: int = 1) -> str:
    """A clause with in how many of the squads that could tell it is so.

    Of several `things` at once each is so in as many squads, not in the same.
    """
    if compared == 1:
        return edition.words.gettext("{finding}, in the only squad that can tell", finding=clause)
    if things > 1:
        return edition.words.counted(
            "{finding}, each in {count} squad out of {compared}",
            "{finding}, each in {count} squads out of {compared}",
            count,
            finding=clause,
            compared=compared,
        )
    return edition.words.counted(
        "{finding}, in {count} squad out of {compared}",
        "{finding}, in {count} squads out of {compared}",
        count,
        finding=clause,
        compared=compared,
    )


def unclear_in(edition: Edition, across: DecisionAcross) -> str:
    """A decision, with in how many of the squads that told of it it is unclear, and how."""
    words = edition.words
    ways = (
        (words.gettext("contested in {count}"), across.contested),
        (words.gettext("nobody's in {count}"), across.nobody),
    )
    texts = [text.format(count=words.number(count)) for text, count in ways if count]
    return words.labelled(edition.decision(across.decision), ", ".join(texts))


def blocks(edition: Edition, roles: Sequence[BlockingRole]) -> str:
    """How some roles block, as a clause."""
    words, count = edition.words, len(roles)
    missing, too_much = (any(role.ways[way] for role in roles) for way in WAYS)
    if missing and too_much:
        text = words.ngettext(
            "The {roles} seat is empty or decides too much",
            "The {roles} seats are empty or decide too much",
            count,
        )
    elif missing:
        text = words.ngettext("The {roles} seat looks empty", "The {roles} seats look empty", count)
    else:
        text = words.ngettext(
            "The {roles} seat decides too much", "The {roles} seats decide too much", count
        )
    return text.format(roles=edition.roles([role.role for role in roles]))


def ways_at(edition: Edition, role: BlockingRole, level: str, *, is_one: bool) -> tuple[str, ...]:
    """How a role blocks at a level, and in how many squads where they are several."""
    words, texts = edition.words, []
    empty, too_much = (role.at(way, level) for way in WAYS)
    if empty:
        text = words.ngettext("{count} empty", "{count} empty", empty)
        texts.append(words.gettext("empty") if is_one else text.format(count=words.number(empty)))
    if too_much:
        shown = words.counted("{count} too much", "{count} too much", too_much)
        texts.append(words.gettext("too much") if is_one else shown)
    return tuple(texts)


def dumb_bell(edition: Edition, squad: SquadMove, *, is_one: bool) -> DumbBell:
    """A level before and now; the squad is not named where it is the only one."""
    words, move = edition.words, squad.move
    return DumbBell(
        squad="" if is_one else squad.squad,
        level=edition.short(move.level),
        before=move.before or 0.0,
        after=move.after or 0.0,
        before_shown=words.score(move.before),
        after_shown=words.score(move.after),
        change=change_text(edition, move),
        is_clear=move.is_move,
        voices=voices_then_and_now(edition, squad),
    )


def seen_by(edition: Edition, lever: str) -> tuple[str, ...]:
    """What the next check answers if a lever worked: the best answer to each of its items."""
    framework, options = edition.framework, edition.texts.options
    text = edition.words.gettext("At the next check, “{item}”: “{answer}”")
    return tuple(
        text.format(item=edition.item(item.id), answer=options[framework.best_option(item.id)])
        for item in framework.items
        if item.lever == lever
    )

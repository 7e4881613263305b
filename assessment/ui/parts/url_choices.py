"""What a reader looks at: squads, period, month or quarter; kept in the URL as ids and names.

The URL is the source: a widget writes it, and every run reads it back, so that a link
opens the same view. What the URL does not say comes from this session's last choice.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import TypeVar, cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assessment.errors import Refused
from assessment.model import name_key
from assessment.model.period import BYS, By, Period
from assessment.rounds.history import History
from assessment.ui.guard.visitor import current_rights
from assessment.ui.parts.unreleased import sessions_without_result, too_few_in
from assessment.ui.session import address, keys
from assessment.ui.session.kept import kept
from assessment.ui.session.reader import Reader, current_reader
from assessment.ui.session.saying import as_plain_text, button, notice

View = TypeVar("View")

LONGEST_VIEW = 80  # characters of an unknown view's id that a page tells

HEAD_SQUAD_WIDTH = 200
"""Of the squad's field in a page's head, in pixels; it shrinks where there is less room."""


def settled_by(reader: Reader) -> By:
    """Month or quarter, as the reader chooses; of a link for one period, whichever that is."""
    shared = current_rights().period
    by = shared.by if shared else _by_in_url(reader) or cast(By, _remembered("by", BYS[0]))
    _remember("by", by)
    return by


def show_by(reader: Reader, by: By) -> None:
    """Month or quarter, to choose the other; nothing where a link shows one period."""
    if current_rights().period:
        return
    _ = reader.gettext
    names = {"month": _("Month"), "quarter": _("Quarter")}
    st.session_state[keys.CHOICE_BY] = by
    st.segmented_control(
        _("Checks by"),
        BYS,
        format_func=names.__getitem__,
        required=True,
        key=keys.CHOICE_BY,
        on_change=_write_by,
    )


def names_no_known_squad(history: History) -> bool:
    """Whether the URL names squads of which this reader finds none, not there or not shared."""
    asked = _asked_squads()
    return bool(asked) and not any(map(history.spelling, asked))


def chosen_squad_and_period(reader: Reader, history: History) -> tuple[str, Period]:
    """One squad, at first the latest stored, and a period in a button, for the head of a page."""
    asked = known_squads(reader, history) or [last_squad(history)]
    if len(asked) > 1:
        text = reader.gettext("This page shows one squad, {squad}; the others are left out.")
        notice(text.format(squad=asked[0]))
    squad = asked[0]
    show_squad(reader, history, squad)
    _remember("squad", squad)
    periods, period = settled_period(reader, history, [squad])
    with st.popover(as_plain_text(reader.edition.period(period)), key=keys.HEAD_PERIOD):
        show_by(reader, history.by)
        show_period(reader, periods, period)
    return squad, period


def show_squad(reader: Reader, history: History, squad: str | None) -> None:
    """The squad that a page shows, to choose another; none of them where it shows none."""
    st.session_state[keys.CHOICE_SQUAD] = squad
    st.selectbox(
        reader.gettext("Squad"),
        history.squads,
        index=None if squad is None else 0,
        key=keys.CHOICE_SQUAD,
        on_change=address.write_choice,
        args=("squad", keys.CHOICE_SQUAD, "period"),
        label_visibility="collapsed",
        placeholder=reader.gettext("Choose a squad"),
        width=HEAD_SQUAD_WIDTH,
    )


def settled_squads(
    reader: Reader, history: History, *, room: str, first: Sequence[str]
) -> tuple[str, ...]:
    """Several squads to choose by `show_squads`; `first` at first, then what was last shown.

    Where the address named one more, which may be called otherwise by now, all are a click away
    until others are chosen.
    """
    squads = known_squads(reader, history)
    if not all(map(history.spelling, _asked_squads())):
        st.session_state[keys.CHOICE_LEFT] = squads
    if 0 < len(squads) < len(history.squads) and squads == st.session_state.get(keys.CHOICE_LEFT):
        button(reader.gettext("Show all squads"), _show_all, history, room, key=keys.CHOICE_ALL)
    if not squads:
        remembered = cast("Sequence[str]", _remembered(room, first))
        squads = _spelled_here(history, remembered)
    _remember(room, squads, parameter="squad")
    return tuple(squads)


def _show_all(history: History, room: str) -> None:
    address.write(squad=history.squads, since=None)
    st.session_state[keys.CHOSEN][room] = history.squads


def show_squads(reader: Reader, history: History, squads: Sequence[str], *, room: str) -> None:
    """The squads that a room shows, to choose others; every one of them can be read."""
    st.session_state[keys.CHOICE_SQUADS] = list(squads)
    st.multiselect(
        reader.gettext("Squads"),
        history.squads,
        key=keys.CHOICE_SQUADS,
        on_change=_write_squads,
        args=(room,),
        select_all=False,
        wrap=True,
        placeholder=reader.gettext("Choose squads"),
    )


def squads_chosen(reader: Reader, history: History, squads: Sequence[str]) -> str:
    """Which squads are chosen, in a few words: 6 of 7 squads."""
    words, of = reader.edition.words, len(history.squads)
    if len(squads) == of:
        return words.counted("{count} squad", "{count} squads", of)
    return words.counted(
        "{count} of {of} squad", "{count} of {of} squads", of, count=len(squads), of=of
    )


def choices_in_popover(label: str) -> DeltaGenerator:
    """One line that says what is looked at; a tap opens what else may be chosen."""
    return st.popover(as_plain_text(label), type="tertiary", key=keys.HEAD_CHOICE)


def chosen_view(
    views: Mapping[str, str],
    *,
    label: str,
    parameter: str = "view",
    first: str = "",
    is_chosen: bool = True,
) -> str:
    """One of several views by its id, as the URL names it; else `first`, or the first of them.

    Unless one `is_chosen` for the reader, it is empty until they choose.
    """
    view = ""
    if is_chosen or parameter in st.query_params:
        view = asked_view(views, first=first or next(iter(views)), parameter=parameter)
    st.session_state[keys.view(parameter)] = view or None
    st.segmented_control(
        label,
        tuple(views),
        format_func=views.__getitem__,
        required=True,
        key=keys.view(parameter),
        label_visibility="collapsed",
        on_change=address.write_choice,
        args=(parameter, keys.view(parameter)),
    )
    return view


def opened_view(views: Mapping[str, tuple[str, View]], *, label: str, first: str = "") -> View:
    """What belongs to the chosen one of several views, each with its label; of one, to that."""
    labels = {name: title for name, (title, _view) in views.items()}
    name = chosen_view(labels, label=label, first=first) if len(labels) > 1 else next(iter(labels))
    return views[name][1]


def asked_view(views: Mapping[str, str], *, first: str, parameter: str = "view") -> str:
    """The view that the URL asks for by its id; `first`, with a word, where there is none such."""
    asked = st.query_params.get(parameter, first)
    if asked in views:
        return asked
    text = current_reader().gettext("This page has no section “{view}”; you see “{shown}”.")
    notice(text.format(view=asked[:LONGEST_VIEW], shown=views[first]))
    return first


def last_squad(history: History) -> str:
    """The squad this session looked at last; at first the one stored last."""
    return history.spelling(str(_remembered("squad", ""))) or history.newest_squad(
        current_reader().today
    )


@kept(at_most=64)
def _periods(
    history: History, squads: tuple[str, ...], least: int, today: date
) -> tuple[Sequence[Period], Sequence[Period], Period | None]:
    """Every period, those with the least squads, and the one to open on."""
    enough = history.periods(squads, least=least)
    return history.periods(squads), enough, history.opening_period(squads, today=today)


def squads_seen_last(history: History) -> Sequence[str]:
    """The squads that are there of those shown last: one by its page, or several."""
    for name, value in reversed(st.session_state.get(keys.CHOSEN, {}).items()):
        names = [value] if name == "squad" else value
        if not isinstance(names, str) and (seen := _spelled_here(history, names)):
            return seen
    return ()


def _spelled_here(history: History, names: Iterable[str]) -> list[str]:
    """Those of these squads that are there, as they are spelled by now."""
    return [spelling for name in names if (spelling := history.spelling(name))]


def settled_period(
    reader: Reader,
    history: History,
    squads: Sequence[str],
    *,
    room: str = "period",
    least_squads: int = 1,
) -> tuple[dict[str, Period], Period]:
    """The periods there are to choose from, as text, and the one to show first.

    What was looked at last counts only among pages of one `room`: the period of a squad says
    nothing of several. Only the address leads to one in which fewer than `least_squads` have a
    check, where another has more: that one stands in for it on this page alone.
    """
    every, enough, opening = _periods(history, tuple(squads), least_squads, reader.today)
    periods = {str(period): period for period in every}
    last = periods.get(str(_remembered(room, "")), opening)
    asked = _period_in_url(reader, history.by)
    if asked and asked not in periods:
        name = reader.edition.period(Period.parse(asked))
        text = reader.gettext("There is no result for {period}; you see the latest.")
        few = too_few_in(reader, squads, Period.parse(asked))
        notice(" ".join((text.format(period=name), *few)))
        last = opening
    first = next((period for period in (last, opening, *enough) if period in enough), last)
    period = asked if asked in periods else str(first)
    if period == str(first) != str(last):
        address.settle(period=period)
    else:
        _remember(room, period, parameter="period")
    return periods, periods[period]


def show_period(reader: Reader, periods: Mapping[str, Period], period: Period) -> None:
    """The period that is shown, to choose another."""
    st.session_state[keys.CHOICE_PERIOD] = str(period)
    st.selectbox(
        reader.gettext("Period"),
        tuple(periods),
        format_func=lambda text: reader.edition.period(periods[text]),
        key=keys.CHOICE_PERIOD,
        on_change=address.write_choice,
        args=("period", keys.CHOICE_PERIOD),
    )


def settled_earlier(reader: Reader, periods: Sequence[Period]) -> Period | None:
    """The earlier period, one of these, that the reader compares the last one with, if any."""
    asked = st.query_params.get("since")
    if not asked:
        return None
    for period in periods:
        if str(period) == asked:
            return period
    address.settle(since=None)
    if periods:
        notice(
            reader.gettext(
                "There is nothing to compare with there; you see the change since "
                "the previous check."
            )
        )
    return None


def show_earlier(reader: Reader, periods: Sequence[Period], period: Period | None) -> None:
    """With which earlier period the last one is compared, where there are several."""
    if len(periods) < 2:
        return
    by_text = {str(earlier): earlier for earlier in periods}
    previous = reader.gettext("The previous check ({period})")
    first = previous.format(period=reader.edition.period(periods[0]))
    st.session_state[keys.CHOICE_SINCE] = "" if period in {None, periods[0]} else str(period)
    st.selectbox(
        reader.gettext("Compared with"),
        ("", *(text for text in by_text if text != str(periods[0]))),
        format_func=lambda text: reader.edition.period(by_text[text]) if text else first,
        key=keys.CHOICE_SINCE,
        on_change=address.write_choice,
        args=("since", keys.CHOICE_SINCE),
    )


def _by_in_url(reader: Reader) -> By | None:
    with suppress(Refused):
        return Period.parse(st.query_params.get("period", "")).by
    asked = st.query_params.get("by")
    if asked in BYS:
        return asked
    if asked:
        text = reader.gettext("The link groups checks by “{text}”, which is unknown here.")
        notice(text.format(text=asked))
    return None


def _period_in_url(reader: Reader, by: By) -> str | None:
    asked = st.query_params.get("period")
    if not asked:
        return None
    try:
        period = Period.parse(asked)
    except Refused as refused:
        notice(reader.edition.words.error(refused))
        return None
    return asked if period.by == by else None


def known_squads(reader: Reader, history: History) -> list[str]:
    """The squads of the URL as they are spelled; a word on those without a result, or unknown."""
    spellings = {name: history.spelling(name) for name in _asked_squads()}
    unknown = []
    for name in (name for name, spelling in spellings.items() if spelling is None):
        sessions = sessions_without_result(reader, name)
        for text in sessions:
            notice(text)
        if not sessions:
            unknown.append(name)
    if unknown:
        names = [reader.gettext("“{name}”", name=name[:80]) for name in unknown[:3]]
        text = reader.gettext("Not found here: {squads}. A squad may have been renamed.")
        notice(text.format(squads=reader.edition.words.all_of(names)))
    return list(dict.fromkeys(spelling for spelling in spellings.values() if spelling))


def squad_asked_for(names: Iterable[str]) -> str | None:
    """Which of these squads the address asks a form to be about; then it is taken out of it."""
    asked = {name_key(name) for name in _asked_squads()}
    if asked:
        address.settle(squad=None)
    return next((name for name in names if name_key(name) in asked), None)


def _asked_squads() -> list[str]:
    return [name for name in st.query_params.get_all("squad") if name.strip()]


def _remembered(name: str, otherwise: object) -> object:
    return st.session_state.setdefault(keys.CHOSEN, {}).get(name, otherwise)


def _remember(name: str, value: str | Sequence[str], *, parameter: str | None = None) -> None:
    chosen = st.session_state.setdefault(keys.CHOSEN, {})
    chosen.pop(name, None)  # what was looked at last stands last
    chosen[name] = value
    address.settle(**{parameter or name: value})


def _write_by() -> None:
    """Keep to the same time: a month opens its quarter, a quarter its latest month."""
    address.take_up_choice()
    by, shown = st.session_state.get(keys.CHOICE_BY), st.query_params.get("period")
    period = None
    if shown and by == "quarter":
        period = str(Period.of(Period.parse(shown).first_day, "quarter"))
    address.write(by=by, period=period, since=None)


def _write_squads(room: str) -> None:
    squads = st.session_state.get(keys.CHOICE_SQUADS) or []
    address.write(squad=squads, since=None)
    st.session_state.setdefault(keys.CHOSEN, {})[room] = squads

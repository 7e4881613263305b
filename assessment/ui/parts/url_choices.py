"""What a reader looks at: squads, period, month or quarter; kept in the URL as ids and names.

The URL is the source: a widget writes it, and every run reads it back, so that a link
opens the same view. What the URL does not say comes from this session's last choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import cast

import streamlit as st

from assessment.errors import Refused
from assessment.model.period import BYS, By, Period
from assessment.rounds.history import History
from assessment.ui.session import keys
from assessment.ui.session.plain_text import notice
from assessment.ui.session.reader import Reader


def chosen_by(reader: Reader) -> By:
    """Month or quarter, chosen by the reader."""
    _ = reader.gettext
    names = {"month": _("Month"), "quarter": _("Quarter")}
    by = _by_in_url(reader) or cast(By, _remembered("by", BYS[0]))
    st.session_state[keys.CHOICE_BY] = by
    st.segmented_control(
        _("Rounds by"),
        BYS,
        format_func=names.__getitem__,
        required=True,
        key=keys.CHOICE_BY,
        on_change=_write_by,
    )
    _remember("by", by)
    return by


def chosen_squad(reader: Reader, history: History) -> str:
    """One squad, chosen by the reader; the latest stored one at first."""
    asked = _squads_in_url(reader, history) or [last_squad(history)]
    if len(asked) > 1:
        text = reader.gettext("This page shows one squad, {squad}; the others are left out.")
        notice(text.format(squad=asked[0]))
    squad = asked[0]
    st.session_state[keys.CHOICE_SQUAD] = squad
    st.selectbox(
        reader.gettext("Squad"), history.squads, key=keys.CHOICE_SQUAD, on_change=_write_squad
    )
    _remember("squad", squad)
    return squad


def chosen_squads(
    reader: Reader, history: History, *, room: str, first: Sequence[str]
) -> tuple[str, ...]:
    """Several squads in the reader's order; `first` at first, then what the room last showed."""
    squads = _squads_in_url(reader, history)
    if squads is None:
        remembered = cast("Sequence[str]", _remembered(room, first))
        squads = [squad for squad in remembered if history.spelling(squad)]
    st.session_state[keys.CHOICE_SQUADS] = squads
    st.multiselect(
        reader.gettext("Squads"),
        history.squads,
        key=keys.CHOICE_SQUADS,
        on_change=_write_squads,
        args=(room,),
        select_all=False,
        placeholder=reader.gettext("Choose squads"),
    )
    _remember(room, squads, parameter="squad")
    return tuple(squads)


def last_squad(history: History) -> str:
    """The squad this session looked at last; at first the one stored last."""
    return history.spelling(str(_remembered("squad", ""))) or history.newest_squad


def chosen_period(
    reader: Reader, history: History, squads: Sequence[str], *, least: int = 1
) -> Period:
    """One of the periods in which the squads have a round.

    At first the latest in which at least `least` of them have one, where there is such.
    """
    periods = {str(period): period for period in history.periods(squads)}
    first = next(iter(history.periods(squads, least=least) or history.periods(squads)))
    asked = _period_in_url(reader, history.by)
    if asked and asked not in periods:
        name = reader.edition.period(Period.parse(asked))
        text = reader.gettext("No check is stored for {period}; you see the latest.")
        notice(text.format(period=name))
    wanted = asked or _remembered("period", "")
    period = str(wanted) if wanted in periods else str(first)
    st.session_state[keys.CHOICE_PERIOD] = period
    st.selectbox(
        reader.gettext("Period"),
        tuple(periods),
        format_func=lambda text: reader.edition.period(periods[text]),
        key=keys.CHOICE_PERIOD,
        on_change=_write_period,
    )
    _remember("period", period)
    return periods[period]


def query_params_of(
    squads: Sequence[str], *, period: Period, language: str
) -> dict[str, str | Sequence[str]]:
    """The URL parameters that open a page on these squads at a period."""
    return {"squad": squads, "period": str(period), "by": period.by, "lang": language}


def _by_in_url(reader: Reader) -> By | None:
    with suppress(Refused):
        return Period.parse(st.query_params.get("period", "")).by
    asked = st.query_params.get("by")
    if asked in BYS:
        return asked
    if asked:
        text = reader.gettext("The link groups rounds by “{text}”, which is unknown here.")
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


def _squads_in_url(reader: Reader, history: History) -> list[str] | None:
    asked = [name for name in st.query_params.get_all("squad") if name.strip()]
    spellings = {name: history.spelling(name) for name in asked}
    unknown = [name for name, spelling in spellings.items() if spelling is None]
    if unknown:
        listed = reader.edition.words.all_of([f"“{name[:80]}”" for name in unknown[:3]])
        notice(reader.gettext("Not stored here, so left out: {squads}.").format(squads=listed))
    known = list(dict.fromkeys(spelling for spelling in spellings.values() if spelling))
    return known or None


def _remembered(name: str, otherwise: object) -> object:
    return st.session_state.setdefault(keys.CHOSEN, {}).get(name, otherwise)


def _remember(name: str, value: object, *, parameter: str | None = None) -> None:
    st.session_state.setdefault(keys.CHOSEN, {})[name] = value
    parameter = parameter or name
    if st.query_params.get_all(parameter) != (value if isinstance(value, list) else [value]):
        st.query_params[parameter] = cast(str, value)


def _write_by() -> None:
    """Keep to the same time: a month opens its quarter, a quarter its latest month."""
    by = st.session_state[keys.CHOICE_BY]
    st.query_params["by"] = by
    shown = st.query_params.pop("period", None)
    if shown and by == "quarter":
        period = Period.of(Period.parse(shown).first_day, "quarter")
        st.query_params["period"] = str(period)


def _write_squad() -> None:
    """Another squad, at the same period where it has a round, at its latest otherwise."""
    st.query_params["squad"] = st.session_state[keys.CHOICE_SQUAD]
    st.query_params.pop("period", None)


def _write_squads(room: str) -> None:
    squads = st.session_state[keys.CHOICE_SQUADS]
    st.query_params["squad"] = squads
    st.session_state.setdefault(keys.CHOSEN, {})[room] = squads


def _write_period() -> None:
    st.query_params["period"] = st.session_state[keys.CHOICE_PERIOD]

"""A squad's setup as people tell it and read it: presets, form to setup, one line; pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from types import MappingProxyType
from typing import get_args
from uuid import UUID

from assessment.edition import Edition
from assessment.errors import Refused, template
from assessment.judging import judged
from assessment.model import (
    ABSENT,
    EMPTY,
    OWN,
    SAME_AS,
    SHARED,
    Company,
    Framework,
    Setup,
    fit_for_files,
    name_key,
    past_date,
    seats_held,
    squad_name,
)

COMPANIES: tuple[Company, ...] = get_args(Company)

WITHOUT: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "pm-and-po": frozenset({"cpto"}),
        "pm-only": frozenset({"cpto", "po"}),
        "po-only": frozenset({"cpto", "pm"}),
        "neither": frozenset({"cpto", "pm", "po"}),
        "cpto": frozenset({"cpo", "cto"}),
    }
)
"""The common setups, by the roles that do not exist there; all others have their own person."""


@dataclass(frozen=True, slots=True)
class SetupForm:
    """What a person told of a squad's setup; the company type may stay empty."""

    squad: str = ""
    since: date | None = None
    company: str | None = None
    seats: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SetupSubmission:
    """The setup a form makes, or why fields are refused: squad, since, company or a role's id."""

    setup: Setup | None
    refusals: Mapping[str, Refused]


def preset_seats(framework: Framework, preset: str) -> dict[str, str]:
    """How every seat is held in one of the common setups."""
    return {role: ABSENT if role in WITHOUT[preset] else OWN for role in framework.role_ids}


def preset_of(framework: Framework, seats: Mapping[str, str]) -> str | None:
    """The common setup in which every seat is held just so, if there is one."""
    return next((name for name in WITHOUT if preset_seats(framework, name) == seats), None)


def seats_of(framework: Framework, setup: Setup) -> dict[str, str]:
    """How every seat is held in a setup, those it leaves out included."""
    return {role: setup.seats.get(role, ABSENT) for role in framework.role_ids}


def ways_to_hold(framework: Framework, role: str) -> tuple[str, ...]:
    """Every way in which the seat of a role can be held."""
    others = (SAME_AS + other for other in framework.role_ids if other != role)
    return (OWN, SHARED, *others, EMPTY, ABSENT)


def setup_submission_of(
    form: SetupForm,
    framework: Framework,
    *,
    setup_id: UUID,
    now: datetime,
    today: date,
    taken: Collection[date] = (),
) -> SetupSubmission:
    """Check every field of a form; `today` is the reader's date, `now` the moment of saving.

    `taken` are the days on which other setups of the squad begin.
    """
    refusals: dict[str, Refused] = {}
    squad = judged(refusals, "squad", lambda: squad_name(fit_for_files(form.squad)))
    since = judged(refusals, "since", lambda: _day(form.since, today, taken))
    company = judged(refusals, "company", lambda: _company(form.company))
    for role in form.seats:
        judged(refusals, role, partial(_check_seat, role, form.seats, framework))
    if refusals or squad is None or since is None:
        return SetupSubmission(None, refusals)
    return SetupSubmission(
        Setup(
            setup_id=setup_id,
            saved_at=now,
            since=since,
            squad=squad,
            company=company,
            seats=dict(form.seats),
        ),
        {},
    )


def setups_of(setups: Iterable[Setup], squad: str) -> tuple[Setup, ...]:
    """The setups of a squad, the latest first."""
    key = name_key(squad)
    mine = [setup for setup in setups if setup.squad_key == key]
    return tuple(sorted(mine, key=lambda setup: (setup.since, setup.saved_at), reverse=True))


def setup_line(edition: Edition, setup: Setup) -> str:
    """A setup in one line: who is there of PM and PO, what is unusual, the type of company."""
    seats = seats_of(edition.framework, setup)
    company = [edition.texts.lenses.companies[setup.company].name] if setup.company else []
    return " · ".join([_product_seats(edition, seats), *_unusual(edition, seats), *company])


def preset_name(edition: Edition, preset: str) -> str:
    """A common setup in a word or two."""
    _ = edition.words.gettext
    return {
        "pm-and-po": _("PM and PO"),
        "pm-only": _("PM, no PO"),
        "po-only": _("PO, no PM"),
        "neither": _("Neither PM nor PO"),
        "cpto": _("CPTO, PM and PO"),
    }[preset]


def way_to_hold(edition: Edition, held: str) -> str:
    """How a seat is held, as its field says it."""
    _ = edition.words.gettext
    if held.startswith(SAME_AS):
        text = _("Same person as {role}")
        return text.format(role=edition.role(held.removeprefix(SAME_AS)))
    return {
        OWN: _("Their own person"),
        SHARED: _("Shared"),
        EMPTY: _("Empty seat"),
        ABSENT: _("Doesn't exist here"),
    }[held]


def _day(day: date | None, today: date, taken: Collection[date]) -> date:
    if day is None:
        raise Refused(template("the date is empty; choose the day from which the setup holds"))
    if day in taken:
        raise Refused(
            template("another setup begins on {day}; edit that one, or choose another day"), day=day
        )
    return past_date(day, today=today)


def _company(company: str | None) -> Company | None:
    if company is not None and company not in COMPANIES:
        raise Refused(
            template("unknown type of company '{company}'; expected one of {expected} or empty"),
            company=company,
            expected=", ".join(COMPANIES),
        )
    return company


def _check_seat(role: str, seats: Mapping[str, str], framework: Framework) -> None:
    """Judge one seat beside the one it refers to, so that each refusal stands at its own field."""
    framework.check_role(role)
    other = seats[role].removeprefix(SAME_AS)
    seats_held({role: seats[role], **({other: seats[other]} if other in seats else {})})


def _product_seats(edition: Edition, seats: Mapping[str, str]) -> str:
    vacant = {role for role in ("pm", "po") if seats[role] in (ABSENT, EMPTY)}
    name = preset_name(edition, next(n for n in WITHOUT if WITHOUT[n] - {"cpto"} == vacant))
    return name if seats["cpto"] == ABSENT else f"{edition.role('cpto')} · {name}"


def _unusual(edition: Edition, seats: Mapping[str, str]) -> list[str]:
    """What the common setups do not say: seats missing, empty, shared or held together."""
    _ = edition.words.gettext
    told = {"pm", "po", "cpto", *(("cpo", "cto") if seats["cpto"] != ABSENT else ())}
    found = []
    for role, held in seats.items():
        if held == ABSENT and role not in told:
            found.append(_("no {role}").format(role=edition.role(role)))
        elif held not in (OWN, ABSENT):
            way = way_to_hold(edition, held)
            text = _("{role}: {way}")
            found.append(text.format(role=edition.role(role), way=way[:1].lower() + way[1:]))
    return found

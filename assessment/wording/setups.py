"""Setups and seats in words."""

from collections.abc import Mapping

from assessment.content.edition import Edition
from assessment.model import ABSENT, EMPTY, OWN, SAME_AS, SHARED, Setup
from assessment.model.setup import WITHOUT, seats_of


def setup_line(edition: Edition, setup: Setup) -> str:
    """A setup in one line: who is there of PM and PO, what is unusual, the type of company."""
    seats = seats_of(edition.framework, setup)
    shared = setup.shared_seats
    company = [edition.texts.lenses.companies[setup.company].name] if setup.company else []
    return " · ".join(
        [*_product_seats(edition, seats), *_unusual(edition, seats, shared), *company]
    )


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
        return _("Same person as {role}", role=edition.role(held.removeprefix(SAME_AS)))
    return {
        OWN: _("A dedicated person"),
        SHARED: _("Shared"),
        EMPTY: _("Empty seat"),
        ABSENT: _("Doesn't exist here"),
    }[held]


def _product_seats(edition: Edition, seats: Mapping[str, str]) -> list[str]:
    """The common setup; where PM or PO is an empty seat, only who is there: the rest follows."""
    product = {role: seats[role] for role in ("pm", "po")}
    if EMPTY in product.values():
        names = [edition.role(role) for role, held in product.items() if held == OWN]
    else:
        vacant = {role for role, held in product.items() if held == ABSENT}
        preset = next(name for name in WITHOUT if WITHOUT[name] - {"cpto"} == vacant)
        names = [preset_name(edition, preset)]
    return names if seats["cpto"] == ABSENT else [edition.role("cpto"), *names]


def _unusual(edition: Edition, seats: Mapping[str, str], shared: Mapping[str, str]) -> list[str]:
    """What the common setups do not say: seats missing, empty, shared or held together."""
    _ = edition.words.gettext
    named_by_preset = {"cpto", *(("cpo", "cto") if seats["cpto"] != ABSENT else ())}
    if EMPTY not in (seats["pm"], seats["po"]):
        named_by_preset |= {"pm", "po"}
    unusual = []
    for role, held in seats.items():
        if held == ABSENT and role not in named_by_preset:
            unusual.append(_("no {role}", role=edition.role(role)))
        elif role in shared:
            text = _("{role}: shared, “{label}”")
            unusual.append(text.format(role=edition.role(role), label=shared[role]))
        elif held.startswith(SAME_AS):
            both = edition.roles((role, held.removeprefix(SAME_AS)))
            unusual.append(_("{roles}: one person", roles=both))
        elif held not in (OWN, ABSENT):
            way = way_to_hold(edition, held)
            way = way[:1].lower() + way[1:]
            unusual.append(edition.words.labelled(edition.role(role), way))
    return unusual

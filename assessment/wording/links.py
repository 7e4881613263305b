"""What a visitor who holds a link is told of it: who shared it, until when, what stays out."""

from __future__ import annotations

from datetime import date

from assessment.content.edition import Edition
from assessment.model.link import Link


def shared_as(edition: Edition, link: Link, *, last_day: date) -> tuple[str, ...]:
    """The link's label and last day; then, of one that shares results, what it leaves out."""
    words = edition.words
    _ = words.gettext
    sentence = _(
        "Shared with you as “{label}”, until {day} included.", label=link.label, day=last_day
    )
    if link.kind == "invite":
        return (sentence,)
    left_out = [_("aliases")]
    left_out += [] if link.with_notes else [_("notes")]
    left_out += [] if link.with_roles else [_("the roles of voices")]
    left_out += [] if link.with_agreements else [_("what squads agreed")]
    return sentence, _("Left out: {what}.", what=words.all_of(left_out))

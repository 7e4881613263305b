"""What a visitor by a link to results is told of it: who shared it, until when, what stays out."""

from datetime import date

from assessment.content.edition import Edition
from assessment.model.link import Link


def shared_as(edition: Edition, link: Link, *, last_day: date) -> tuple[str, str]:
    """The label and last day of a link to results, and what it leaves out."""
    _ = edition.words.gettext
    text = _("Shared with you as “{label}”, until {day} included.", label=link.label, day=last_day)
    left_out = [_("aliases")]
    left_out += [] if link.with_notes else [_("notes"), _("the names in actions")]
    left_out += [] if link.with_roles else [_("the roles of voices")]
    left_out += [] if link.with_agreements else [_("what squads agreed")]
    return text, _("Left out: {what}.", what=edition.words.all_of(left_out))

"""What a round is and promises, in the same words to who opens it and to who answers it."""

from __future__ import annotations

from assessment.model import Survey
from assessment.ui.session.reader import Reader


def described(reader: Reader, gathering: Survey) -> str:
    """What is asked, and how long that takes."""
    return asked(reader, gathering.depth, confidential=gathering.confidential)


def asked(reader: Reader, depth: str, *, confidential: bool) -> str:
    """What a round of a depth asks, and how long that takes."""
    _ = reader.gettext
    if depth == "quick":
        return _("14 questions, about three minutes.")
    if confidential:
        return _("14 questions and seven lenses, about fifteen minutes.")
    return _("14 questions and eight lenses, about fifteen minutes.")


def promise(reader: Reader, gathering: Survey) -> tuple[tuple[str, str], ...]:
    """What is stored and who will see it, each under its heading."""
    _ = reader.gettext
    if not gathering.confidential:
        return (
            (
                _("What is stored"),
                _(
                    "Your answers and when you send them; your alias, your role and a note, "
                    "if you tell them."
                ),
            ),
            (
                _("Who sees it"),
                _(
                    "Nobody, until the round is revealed. Then whoever may see the squad's "
                    "results sees all answers together, role against role; the app's editors "
                    "can also read what each alias answered."
                ),
            ),
        )
    return (
        (
            _("What is stored"),
            _(
                "Your answers alone, in no order that tells when they came: no name, no alias, no "
                "role, no note, no time of day."
            ),
        ),
        (
            _("Who sees it"),
            _(
                "Nobody, until at least {least} have answered and the round is revealed; then "
                "only all answers together, never one by one. What fewer than {least} answered "
                "stays hidden. Whoever keeps the server's files could read single answers there, "
                "but not whose they are."
            ).format(least=reader.edition.words.number(gathering.least_voices)),
        ),
    )

"""What is kept about whom, who sees it and for how long, told column by column of what is stored.

Every column of every kind of record stands here once; a test names those that are missing, so that
nothing can be kept that is not told.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from assessment.content.edition import Edition
from assessment.errors import template
from assessment.model.link import FOLLOWED_DAYS

About = Literal["voice", "named", "squad", "role", "guest", "nobody"]
Seen = Literal["links", "roles", "session", "notes", "holder", "editors", "nobody"]

SIGN_IN_DAYS = 30
"""For so long Streamlit's cookies of a sign-in last, whatever `[access] signed_in_days` says."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns that are told as one: what they hold, about whom, and who sees it at most."""

    columns: tuple[str, ...]
    what: str
    about: About
    seen: Seen


_IDS = template("Random numbers that tell entries apart, and the version of the questions")
_DAYS = template("The days on which it was made, ends and was switched off")

KEPT: Mapping[str, tuple[Columns, ...]] = {
    "assessments": (
        Columns(("assessment_id", "framework", "gathering"), _IDS, "nobody", "editors"),
        Columns(("squad", "assessed_on"), template("The squad and the day"), "squad", "links"),
        Columns(("saved_at",), template("The time it was saved"), "voice", "editors"),
        Columns(("answers", "deep"), template("The answers"), "voice", "links"),
        Columns(("voice",), template("The alias, if one was given"), "voice", "editors"),
        Columns(("role",), template("The role, if one was given"), "voice", "roles"),
        Columns(("note",), template("The note, if one was written"), "voice", "notes"),
    ),
    "setups": (
        Columns(("setup_id", "saved_at"), _IDS, "nobody", "editors"),
        Columns(
            ("squad", "since", "company", "seats", "ended"),
            template(
                "Which seats there are in a squad and how each is held, without names, since "
                "when, and the squad's last day once it has ended"
            ),
            "squad",
            "links",
        ),
        Columns(
            ("shared_seats",),
            template("What several squads call a seat that they share, without a name"),
            "squad",
            "links",
        ),
    ),
    "actions": (
        Columns(("action_id", "saved_at"), _IDS, "nobody", "editors"),
        Columns(
            ("squad", "lever", "owner", "decided_on", "due_on", "status", "ended_on"),
            template("What a squad decided to do, which role sees to it, until when"),
            "role",
            "links",
        ),
        Columns(("owner_name",), template("Who exactly does it, if named"), "named", "session"),
        Columns(("note",), template("The note, if one was written"), "role", "session"),
    ),
    "surveys": (
        Columns(("gathering_id", "saved_at"), _IDS, "nobody", "editors"),
        Columns(
            (
                *("squad", "depth", "privacy", "least_voices", "opened_on", "closes_on"),
                *("closed_at", "revealed_at", "released", "asked_again", "asked_pass"),
            ),
            template("What a session asked and promised, from when to when"),
            "squad",
            "editors",
        ),
        Columns(
            ("next_on",), template("The day on which the squad is asked again"), "squad", "links"
        ),
        Columns(("expected",), template("How many people it expected to answer"), "squad", "links"),
    ),
    "agreements": (
        Columns(("agreement_id", "saved_at", "supersedes", "survey"), _IDS, "nobody", "editors"),
        Columns(
            ("squad", "decision", "agreed_on", "decides", "consulted", "informed", "valid_until"),
            template("Which role decides what, whom it consults and tells, until when"),
            "role",
            "links",
        ),
        Columns(
            ("limits", "escalation", "note"),
            template("What was written on the agreement"),
            "role",
            "session",
        ),
    ),
    "confirmations": (
        Columns(("confirmation_id", "agreement_id"), _IDS, "nobody", "editors"),
        Columns(
            ("saved_at",),
            template("When a role answered; the day is shown once it has changed its answer"),
            "role",
            "links",
        ),
        Columns(
            ("squad", "role", "answer"),
            template("What a role answered to an agreement"),
            "role",
            "links",
        ),
        Columns(("voice",), template("The alias, if one was given"), "voice", "editors"),
        Columns(
            ("reservation",), template("The reservation, if one was written"), "role", "session"
        ),
    ),
    "votes": (
        Columns(("vote_id", "saved_at", "gathering", "pass_number"), _IDS, "nobody", "editors"),
        Columns(("squad", "decision", "named"), template("The roles named"), "voice", "editors"),
        Columns(
            ("voter",),
            template("A random mark that keeps a browser from voting twice"),
            "voice",
            "nobody",
        ),
    ),
    "totals": (
        Columns(("total_id", "saved_at", "framework"), _IDS, "nobody", "editors"),
        Columns(
            ("squad", "assessed_on", "voices", "invited", "answers"),
            template(
                "How many voices gave which answer, question by question, where at least five did "
                "or as many as a session promised"
            ),
            "squad",
            "links",
        ),
    ),
    "links": (
        Columns(("link_id", "kind", "round_id"), _IDS, "nobody", "editors"),
        Columns(
            ("label",),
            template("Whom the link is for, as written when it was made"),
            "guest",
            "holder",
        ),
        Columns(("created_at", "expires_at", "revoked_at"), _DAYS, "guest", "editors"),
        Columns(
            ("every_squad", "squads", "period", "with_notes", "with_roles", "with_agreements"),
            template("What the link shares"),
            "squad",
            "editors",
        ),
        Columns(
            ("digest",),
            template("The fingerprint of the link, from which it cannot be made again"),
            "nobody",
            "nobody",
        ),
    ),
}
"""By the name of the kind, its columns; a spread of columns by the field it holds."""


class KeptLine(NamedTuple):
    """One line of the page: what, about whom, who sees it."""

    what: str
    about: str
    seen: str


def kind_titles(edition: Edition) -> Mapping[str, str]:
    """What each kind of record is called on the page."""
    _ = edition.words.gettext
    return {
        "assessments": _("Checks"),
        "setups": _("Setups of squads"),
        "actions": _("Actions"),
        "surveys": _("Sessions by invitation"),
        "agreements": _("Agreements"),
        "confirmations": _("Answers to agreements"),
        "votes": _("Votes while a session is shown"),
        "totals": _("Period totals"),
        "links": _("Links and one-time codes"),
    }


def who_reads(edition: Edition, *, protected: bool) -> str:
    """Who reads what is stored: the editors, or anyone where no sign-in is set up."""
    if protected:
        return edition.words.gettext("Editors are the people who sign in to run this app.")
    return edition.words.gettext(
        "This app asks for no account: anyone who opens it can read what is stored, change it and "
        "delete it, but for what a session keeps hidden."
    )


def kept_lines(
    edition: Edition, kinds: Iterable[str], *, protected: bool
) -> Mapping[str, Sequence[KeptLine]]:
    """What is kept of each kind, line by line; without sign-in anyone sees what editors would."""
    _ = edition.words.gettext
    about: Mapping[About, str] = {
        "voice": _("the person who answers"),
        "named": _("the person named"),
        "squad": _("a squad"),
        "role": _("a role in a squad"),
        "guest": _("the person a link is for"),
        "nobody": _("no one"),
    }
    seen: Mapping[Seen, str] = {
        "links": _("editors, and anyone with a link to the results of that squad and day"),
        "roles": _("editors, and anyone with a link to results that shows roles"),
        "session": _(
            "editors, anyone who took part in that session, and anyone with a link to results that "
            "shows notes"
        ),
        "notes": _("editors, and anyone with a link to results that shows notes"),
        "holder": _("editors, and anyone with that link"),
        "editors": _("editors"),
    }
    if not protected:
        seen = dict.fromkeys(seen, _("anyone who opens this app"))
    seen = {**seen, "nobody": _("nobody in the app")}
    return {
        kind: [KeptLine(_(kept.what), about[kept.about], seen[kept.seen]) for kept in KEPT[kind]]
        for kind in kinds
    }


def how_long(edition: Edition) -> Sequence[str]:
    """For how long things are kept, and what is kept elsewhere than in the store."""
    _ = edition.words.gettext
    return (
        _(
            "What is stored stays until it is deleted on the data page; nothing is deleted by "
            "itself."
        ),
        _(
            "The person who runs the server can have old answers counted into period totals, "
            "in which no single voice can be recognised; the answers are then deleted, and so "
            "are earlier versions of their files."
        ),
        _(
            "What was deleted is gone from the app at once. Where answers lie in files, up to "
            "five earlier versions of each file stay in a folder of backups until newer ones "
            "replace them."
        ),
        _("Backups that the person who runs the server makes are kept as long as they say."),
        _(
            "Unfinished answers stay in the browser until they are sent or discarded, those of a "
            "confidential session until the tab is closed."
        ),
        _(
            "An invitation opens its session for {days} days after the last day to answer; "
            "anyone who has answered follows the session there, votes and confirms."
        ).format(days=FOLLOWED_DAYS),
        _(
            "A mark that a browser has answered a session stays in it as long as the invitation "
            "is valid, and in the server's memory until that restarts; so do, in the browser "
            "alone, a random mark that keeps it from voting twice, and the role that was given "
            "with the answers. None of them tells what was answered."
        ),
        _(
            "When people sign in, cookies of their own browser, signed but not encrypted, keep all "
            "that the sign-in service tells of them (e-mail address, name or groups, say) and its "
            "tokens, for {days} days or until they sign out. Once signing in is asked for, the "
            "browser also keeps, for a quarter of an hour, the address of the page they came for. "
            "Apart from the server's memory, none of it is kept anywhere else."
        ).format(days=SIGN_IN_DAYS),
        _("The server's log holds no name, no alias, no address, no link and no answer."),
    )


def confidential(edition: Edition) -> str:
    """What a confidential session leaves out of all this."""
    return edition.words.gettext(
        "A confidential session keeps the answers alone: no alias, no role, no note, no time of "
        "day, and in no order that tells who came when. They show only all together, and only "
        "from as many voices as it promised. Answers to the session's agreements are kept apart: "
        "which role answered, what, and when."
    )

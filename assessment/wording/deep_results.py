"""The deep check as sentences in the reader's language; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean

from assessment.content.edition import Edition
from assessment.rounds.comparison import ContestedAcross
from assessment.scoring.change import Change
from assessment.scoring.diagnosis import Evidence
from assessment.scoring.disagreement import Disagreement
from assessment.scoring.findings import Finding
from assessment.scoring.lenses import LensScore, Mandate, Sign
from assessment.scoring.levels import ROUNDING
from assessment.scoring.seats import Seating
from assessment.scoring.who_decides import ALL_FIT, LeftOut, LevelFit, WhoDecides
from assessment.wording.results import points_of


def counted(edition: Edition, counts: Mapping[str, int]) -> str:
    """Who is named by how many voices: PO (4), PM (3) and Nobody (1); most voices first."""
    _ = edition.words.gettext
    most_first = sorted(counts.items(), key=lambda each: -each[1])
    return edition.words.all_of(
        [
            _("{option} ({count})").format(option=edition.decider(role), count=count)
            for role, count in most_first
        ]
    )


def place(edition: Edition, level: str | None, decision: str | None) -> str:
    """What a finding is about: a decision, a level, or every level."""
    if decision:
        return edition.texts.lenses.decisions[decision].short
    return edition.level(level) if level else edition.words.gettext("Every level")


# Findings -----------------------------------------------------------------------------------------


def finding(edition: Edition, seating: Seating, found: Finding) -> str:
    """A finding with its evidence, as one sentence."""
    _ = edition.words.gettext
    where = place(edition, found.level, found.decision)
    if found.kind == "seat-vacant":
        return _("{place}: in this setup nobody can decide; expected: {roles}.").format(
            place=where, roles=edition.roles(found.roles)
        )
    claim = _said(edition, found, _clause(edition, found))
    consequence = _consequence(edition, seating, found)
    if consequence:
        claim = _("{claim}; {consequence}").format(claim=claim, consequence=consequence)
    if found.level is None:
        return _("{sentence}.").format(sentence=claim[:1].upper() + claim[1:])
    return _("{place}: {claim}.").format(place=where, claim=claim)


def nothing_amiss(edition: Edition, found: WhoDecides) -> str:
    """That no finding is raised; single voices may see one all the same."""
    _ = edition.words.gettext
    if any(each.voices > 1 and each.health != ALL_FIT for each in found.decisions):
        return _(
            "Nothing that at least half of the voices say. The map shows what single ones say."
        )
    return _("Nothing: no decision is taken in the wrong seat, or by nobody.")


def _said(edition: Edition, found: Finding, clause: str) -> str:
    """A clause with how many voices say so; as it stands where there is only one."""
    if found.answered == 1:
        return clause
    return edition.words.ngettext(
        "{voices} of {answered} voices says that {clause}",
        "{voices} of {answered} voices say that {clause}",
        found.voices,
    ).format(voices=found.voices, answered=found.answered, clause=clause)


def _clause(edition: Edition, found: Finding) -> str:
    _, words = edition.words.gettext, edition.words
    roles = _in_sentence(edition, found)
    several = len(found.roles) > 1
    match found.kind:
        case "nobody-decides":
            return _("nobody decides")
        case "unclear":
            return _("who decides is unclear")
        case "crowd":
            return _("too many decide together ({roles})").format(
                roles=counted(edition, found.named)
                if found.answered > 1
                else edition.roles(found.roles)
            )
        case "bottleneck" if several:
            return _("one person, as {roles}, decides something at every level").format(
                roles=edition.roles(found.roles)
            )
        case "bottleneck":
            return _("{role} decides something at every level").format(role=roles)
        case _:
            return words.ngettext("{roles} decides", "{roles} decide", len(found.roles)).format(
                roles=roles
            )


def _in_sentence(edition: Edition, found: Finding) -> str:
    """The roles with their articles, and their voices where several roles share them."""
    _ = edition.words.gettext
    texts = edition.texts.roles
    if found.answered < 2 or len(found.roles) < 2:
        return edition.words.all_of([texts[role].with_article for role in found.roles])
    return edition.words.all_of(
        [
            _("{option} ({count})").format(option=texts[role].with_article, count=found.named[role])
            for role in found.roles
        ]
    )


def _consequence(edition: Edition, seating: Seating, found: Finding) -> str:
    """Why it is a mismatch; empty where the clause says it all."""
    _, words = edition.words.gettext, edition.words
    match found.kind:
        case "must-not-decide":
            return words.ngettext(
                "at the level {level}, that role must not",
                "at the level {level}, those roles must not",
                len(found.roles),
            ).format(level=edition.level(found.level or ""))
        case "escalation":
            return _("daily matters are settled close to the work")
        case "crowd":  # they may all be expected: at article A's delivery level four roles are
            return _("agree who has the last word")
        case "nobody-decides" | "unclear":
            return expected(edition, seating, found)
        case _:
            return ""


def expected(edition: Edition, seating: Seating, found: Finding) -> str:
    """Who should take the decision of a finding, as a clause; empty where nobody could."""
    decision = edition.framework.lenses.decision_by_id[found.decision or ""]
    roles = seating.expected(seating.listed_for(decision))
    if not roles:
        return ""
    return edition.words.gettext("expected: {roles}").format(roles=edition.roles(roles))


# The setup ----------------------------------------------------------------------------------------


def assumed_setup(edition: Edition) -> str:
    """That nobody told the setup, and what is taken for granted."""
    return edition.words.gettext(
        "No setup told yet: read as if every role, PM and PO included, had a person of its own."
    )


def left_out(edition: Edition, found: LeftOut) -> str:
    """An answer that does not count, and why."""
    return edition.words.gettext(
        "{decision}: an answer is left out, because it names {role} and nobody holds that role in "
        "the setup."
    ).format(
        decision=place(edition, None, found.decision),
        role=edition.texts.roles[found.role].with_article,
    )


# Fit ----------------------------------------------------------------------------------------------


def fit(edition: Edition, found: LevelFit) -> str:
    """How far a level's decisions are taken by those who should, in words."""
    _ = edition.words.gettext
    if found.score is None:
        return _("{level}: no decision answered yet.").format(level=edition.level(found.id))
    *_lower, framed, fluid = edition.framework.rules.stage_floors
    if found.score > 100 - ROUNDING:
        text = _("{level}: every decision rests with the roles expected.")
    elif found.score >= fluid - ROUNDING:
        text = _("{level}: decisions mostly rest with the roles expected.")
    elif found.score >= framed - ROUNDING:
        text = _("{level}: decisions partly rest with the roles expected.")
    elif found.score > 0:
        text = _("{level}: decisions seldom rest with the roles expected.")
    else:
        text = _("{level}: no decision rests with the roles expected.")
    return text.format(level=edition.level(found.id))


def fit_verdict(edition: Edition, found: WhoDecides) -> str:
    """Where decisions rest most and least with those who should take them."""
    _, words = edition.words.gettext, edition.words
    answered = [(level.score, level.id) for level in found.levels if level.score is not None]
    if not answered:
        return _("Nobody has said yet who decides.")
    # The first of equals, in framework order.
    best = max(answered, key=lambda each: each[0])
    worst = min(answered, key=lambda each: each[0])
    if len(answered) == 1:
        text = _("Who decides fits at {best} out of 100 for {best_level}.")
    elif best[0] - worst[0] < ROUNDING:
        text = _("Who decides fits at {best} out of 100 at every level answered.")
    else:
        text = _(
            "Who decides fits best at {best_level} ({best} out of 100) and least at {worst_level} "
            "({worst})."
        )
    return text.format(
        best=words.score(best[0]),
        best_level=edition.level(best[1]),
        worst=words.score(worst[0]),
        worst_level=edition.level(worst[1]),
    )


def fit_across(edition: Edition, squads: Sequence[WhoDecides]) -> str:
    """The level at which fit is least over the squads compared, by its mean."""
    _, words = edition.words.gettext, edition.words
    means = []
    for level in edition.framework.level_ids:
        found = [fit for squad in squads if (fit := squad.fit(level)) is not None]
        if found:
            means.append((fmean(found), level, len(found)))
    if not means:
        return _("Nobody has said yet who decides.")
    mean, level, count = min(means, key=lambda each: each[0])
    if mean > 100 - ROUNDING:
        return _("Wherever it was answered, every decision rests with the roles expected.")
    return words.ngettext(
        "Who decides fits least at {level}: {mean} out of 100 in {count} squad.",
        "Who decides fits least at {level}: {mean} out of 100 on average over {count} squads.",
        count,
    ).format(level=edition.level(level), mean=words.score(mean), count=count)


def fit_change(edition: Edition, moved: Change) -> str | None:
    """How a level's fit moved, in points as shown; None when it did not."""
    words = edition.words
    points = points_of(moved)
    if points == 0:
        return None
    return words.ngettext(
        "{level}: fit {points} point, from {before} to {after}.",
        "{level}: fit {points} points, from {before} to {after}.",
        abs(points),
    ).format(
        level=edition.level(moved.of),
        points=words.change(points),
        before=words.score(moved.before),
        after=words.score(moved.after),
    )


# Voices that differ -------------------------------------------------------------------------------


def contested(edition: Edition, found: Disagreement) -> str:
    """Whom voices name for a decision, and how many cannot tell."""
    words = edition.words
    sentence = words.gettext("{decision}: {named}").format(
        decision=place(edition, None, found.of), named=counted(edition, found.counts)
    )
    if found.unclear:
        sentence = words.ngettext(
            "{sentence}; {count} voice cannot tell",
            "{sentence}; {count} voices cannot tell",
            found.unclear,
        ).format(sentence=sentence, count=found.unclear)
    return words.gettext("{sentence}.").format(sentence=sentence)


def contested_headline(edition: Edition, found: WhoDecides) -> str:
    """Where the voices of a round name different deciders most, or that they do not."""
    _ = edition.words.gettext
    if not found.disagreements:
        return _("No decision has a decider named by two voices or more.")
    if not found.contested:
        return _("Wherever two voices or more name a decider, they name the same.")
    widest = found.contested[0]
    return _("Voices differ most on who decides “{decision}”: {named}.").format(
        decision=place(edition, None, widest.of), named=counted(edition, widest.counts)
    )


def contested_across(edition: Edition, found: Sequence[ContestedAcross]) -> str:
    """Which decision voices contest in most of the squads compared."""
    _ = edition.words.gettext
    if not found:
        return _("In no squad do voices name different deciders.")
    widest = found[0]
    if widest.in_most:
        text = _(
            "The decision contested in most squads: {decision}, in {count} of {compared} squads."
        )
    else:
        text = _(
            "No decision is contested in most squads. The one contested most often: {decision}, "
            "in {count} of {compared} squads."
        )
    return text.format(
        decision=place(edition, None, widest.decision),
        count=widest.squads,
        compared=widest.compared,
    )


# Lenses -------------------------------------------------------------------------------------------


def lens_verdict(edition: Edition, lenses: Sequence[LensScore]) -> str:
    """The lens that stands best and the one that stands worst, by name."""
    _, words = edition.words.gettext, edition.words
    titles = edition.texts.lenses.lenses
    scored = [(lens.score, titles[lens.id].title) for lens in lenses if lens.score is not None]
    if not scored:
        return _("No lens is answered yet.")
    # The first of equals, in framework order.
    best = max(scored, key=lambda each: each[0])
    worst = min(scored, key=lambda each: each[0])
    if len(scored) == 1:
        text = _("{best_lens}: {best} out of 100.")
    elif best[0] - worst[0] < ROUNDING:
        text = _("Every lens answered stands at {best} out of 100.")
    else:
        text = _(
            "Strongest lens: {best_lens} ({best} out of 100); weakest: {worst_lens} ({worst})."
        )
    return text.format(
        best_lens=best[1],
        best=words.score(best[0]),
        worst_lens=worst[1],
        worst=words.score(worst[0]),
    )


def lens_across(edition: Edition, squads: Sequence[Sequence[LensScore]]) -> str:
    """The lens that stands worst over the squads compared, by its mean."""
    _, words = edition.words.gettext, edition.words
    means = []
    for lens in edition.framework.lenses.lens_ids:
        found = [
            each.score
            for lenses in squads
            for each in lenses
            if each.id == lens and each.score is not None
        ]
        if found:
            means.append((fmean(found), lens, len(found)))
    if not means:
        return _("No lens is answered yet.")
    mean, lens, count = min(means, key=lambda each: each[0])
    return words.ngettext(
        "Weakest lens: {lens}, {mean} out of 100 in {count} squad.",
        "Weakest lens: {lens}, {mean} out of 100 on average over {count} squads.",
        count,
    ).format(lens=edition.texts.lenses.lenses[lens].title, mean=words.score(mean), count=count)


def trouble(edition: Edition, found: Evidence) -> str:
    """A lens item in trouble, with the lever that helps."""
    item = edition.framework.lenses.item_by_id[found.item]
    return edition.words.gettext("{item}: what helps is “{lever}”").format(
        item=edition.texts.lenses.items[item.id].short,
        lever=edition.texts.levers[item.lever].title,
    )


# Vital signs and mandates -------------------------------------------------------------------------


def sign(edition: Edition, found: Sign) -> str:
    """A vital sign with its unit, and how far voices lie apart, where that may be told."""
    _, words = edition.words.gettext, edition.words
    text = edition.texts.lenses.signs[found.sign]
    sentence = _("{sign}: {value}").format(sign=text.short, value=sign_value(edition, found))
    if found.voices == 1:
        return sentence
    if found.least is None or found.greatest is None:
        return _("{sentence} (median of {count} voices)").format(
            sentence=sentence, count=found.voices
        )
    return _("{sentence} (median of {count} voices, {least} to {greatest})").format(
        sentence=sentence,
        count=found.voices,
        least=words.number(found.least, digits=1),
        greatest=words.number(found.greatest, digits=1),
    )


def sign_value(edition: Edition, found: Sign) -> str:
    """A vital sign's number with its unit."""
    return edition.words.quantity(found.value, edition.texts.lenses.signs[found.sign].unit)


def sign_since(edition: Edition, before: Sign | None) -> str | None:
    """What a vital sign was the last time; None where nobody gave it."""
    if before is None:
        return None
    return edition.words.gettext("{value} last time").format(value=sign_value(edition, before))


def written_by(edition: Edition, found: Mandate) -> str:
    """Who wrote a mandate sentence: aliases, and how many voices gave none."""
    _, words = edition.words.gettext, edition.words
    unnamed = found.voices - len(found.aliases)
    if not found.aliases:
        return words.ngettext("{count} voice", "{count} voices", unnamed).format(count=unnamed)
    if not unnamed:
        return words.all_of(found.aliases)
    more = words.ngettext("{count} more voice", "{count} more voices", unnamed)
    return words.all_of([*found.aliases, more.format(count=unnamed)])


def unwritten(edition: Edition, seating: Seating, mandates: Iterable[Mandate]) -> str:
    """The roles held whose mandate nobody wrote down; empty where all are."""
    written = {found.role for found in mandates}
    lacking = [
        role
        for role in edition.framework.lenses.mandates
        if role not in written and seating.is_held(role)
    ]
    if not lacking:
        return ""
    return edition.words.gettext("Not written yet: {roles}.").format(roles=edition.roles(lacking))


def charter_nudge(
    edition: Edition, health: Mapping[str, float], mandates: Iterable[Mandate]
) -> str | None:
    """A nudge to write mandates down where every voice finds them clear and none is written.

    `health` gives the answered core items' health by id. It is no penalty (article B).
    """
    if health.get(edition.framework.lenses.mandates_item, 0) < 1 or any(mandates):
        return None
    return edition.words.gettext(
        "Mandates are clear to everyone, you say: write each of them down in one sentence."
    )

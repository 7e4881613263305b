"""A result, or several, in one sentence that is true of it as a whole; pure.

The sentence leads with the finding and its cause and is at most `LONGEST` characters long. Each
case lists its sentences from the fullest to the barest, those that tell the same facts together: of
the first facts for which every language has room, so that each reader is told as much, the first
sentence that is short enough is said. All of them lead with the same.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain, compress, cycle

from assessment.content.edition import Edition, edition_in
from assessment.languages import LANGUAGES, points_shown
from assessment.rounds.comparison import SquadsAtLevel, leaks_at, widest_leaks
from assessment.rounds.headline import (
    CommonCause,
    answer_against_fluid,
    cause_of,
    common_cause,
    holds_back,
    is_amiss,
    is_fluid,
    leads_with_seats,
    points_lost,
    weakest,
    worst_answer,
)
from assessment.rounds.leadership import Summary
from assessment.rounds.results import Result
from assessment.rounds.round import Round
from assessment.rounds.seats import is_vacant, seat_lead
from assessment.scoring.findings import Finding
from assessment.scoring.lenses import LensScore
from assessment.scoring.levels import ROUNDING, LevelScore, Scores
from assessment.scoring.who_decides import WhoDecides
from assessment.wording.answers import is_trouble, trouble_clause
from assessment.wording.counted import (
    decisions_counted,
    first_of,
    mostly_left_out,
)

LONGEST = 140
"""Characters that a verdict has at most, so that it is read at a glance on a phone."""

NAMED_AT_MOST = 2
"""Decisions that a verdict names; a count stands for the others."""


_Alike = Sequence[str]
"""Clauses that tell the same facts, from the fullest wording to the barest."""


def result_verdict(edition: Edition, result: Result) -> str:
    """The result in one sentence: of the quick check, else of what the deep check tells."""
    if not result.is_deep_only:
        return verdict(edition, result.round, result.who_decides)
    if result.tells_who_decides:
        return deciders_verdict(edition, result.who_decides)
    return lens_verdict(edition, result.round.deep_unit.deep.lenses)


def verdict(edition: Edition, shown: Round, deciders: WhoDecides | None = None) -> str:
    """What a round's quick check says: questions, levels, seats, early warning weighed at once.

    The weakest level leads with the answer that keeps it there; a seat that looks empty is told
    before the answer that shows it, where it may lead (`leads_with_seats`). Levels without enough
    answers are never part of "every". `deciders` tell what was agreed on since.
    """
    clauses = partial(_of_scored, deciders=deciders) if shown.scores.scored else _of_nothing_scored
    return _shortest_needed(edition, partial(clauses, shown=shown))


def room_verdict(edition: Edition, shown: Round, deciders: WhoDecides) -> str:
    """A round's verdict; where too few questions are answered, what troubles who decides, if told.

    The counts of decisions stand above it. `deciders` tell what was agreed on since.
    """
    if shown.scores.scored or not deciders.is_answered:
        return verdict(edition, shown, deciders)
    finding = _deciders_trouble(edition, deciders) or _fit(edition, deciders)
    return edition.words.sentence(finding)


def summary_verdict(edition: Edition, summary: Summary) -> str:
    """The summary in one sentence; of a single squad it is the squad's own."""
    if len(summary.results) == 1:
        return result_verdict(edition, summary.results[0])
    return overview(edition, summary.rounds, summary.who_decides)


def overview(
    edition: Edition, rounds: Sequence[Round], deciders: Mapping[str, WhoDecides] | None = None
) -> str:
    """Where decisions leak in most of several squads, in how many of them, and mostly why.

    Levels at which they leak equally often are all named. Of a single squad it is that squad's
    verdict. `deciders` tell by squad what was agreed on since.
    """
    told = deciders or {}
    if len(rounds) == 1:
        return verdict(edition, rounds[0], told.get(rounds[0].squad))
    scores = [unit.scores for unit in rounds]
    if not any(squad.scored for squad in scores):
        return edition.words.gettext(
            "Not enough answers in this period to say where these squads stand."
        )
    leaks = widest_leaks(edition.framework, scores)
    if not leaks:
        return edition.words.sentence(_holding(edition, rounds, told))
    if len(leaks) > 1:
        return edition.words.sentence(_tied(edition, scores, leaks))
    return _shortest_needed(edition, partial(_of_widest, rounds=rounds, leak=leaks[0]))


def _tied(edition: Edition, squads: Sequence[Scores], leaks: Sequence[SquadsAtLevel]) -> str:
    """The levels at which decisions leak equally often, told as of the very same squads if so."""
    words, count = edition.words, leaks[0].squads
    levels = edition.shorts(leak.level for leak in leaks)
    leaking = sum(any(leaks_at(scores, leak.level) for leak in leaks) for scores in squads)
    if leaking == count and len({leak.compared for leak in leaks}) == 1:
        if leaks[0].compared == 1:
            text = words.gettext("decisions leak at {levels} in the only squad scored there")
            return text.format(levels=levels)
        return words.counted_alike(
            "decisions leak at {levels} in {count} of {of} squads",
            count,
            levels=levels,
            of=leaks[0].compared,
        )
    return words.counted(
        "decisions leak most at {levels}, equally often: in {count} squad each",
        "decisions leak most at {levels}, equally often: in {count} squads each",
        count,
        levels=levels,
    )


def deciders_verdict(edition: Edition, deciders: WhoDecides) -> str:
    """The gravest finding, else the fit; then how many decisions are clear: a result's verdict."""
    return _shortest_needed(edition, partial(_of_deciders, deciders=deciders))


def deciders_counts(edition: Edition, deciders: WhoDecides) -> str:
    """How many decisions are clear, contested and nobody's, then the gravest finding or the fit."""
    if not deciders.is_answered:
        return edition.words.gettext("Nobody said who decides in this check.")
    finding = _deciders_trouble(edition, deciders) or _fit(edition, deciders)
    return counts_lead(edition, [deciders], finding)


def fit_verdict(edition: Edition, deciders: WhoDecides) -> str:
    """How many decisions are clear, then how far they rest with those who should take them."""
    return counts_lead(edition, [deciders], _fit(edition, deciders))


def counts_lead(edition: Edition, squads: Sequence[WhoDecides], finding: str) -> str:
    """The three counts that lead whatever is said of who decides, then a finding.

    Last for how many decisions most answers are left out.
    """
    clause = edition.words.clauses((decisions_counted(edition, squads), finding))
    text = edition.words.sentence(clause)
    return f"{text} {mostly_left_out(edition, squads)}".strip()


def lens_verdict(edition: Edition, lenses: Sequence[LensScore]) -> str:
    """The lens that stands worst, with what troubles it most; those that tie; or all is well."""
    _ = edition.words.gettext
    answered = [lens for lens in lenses if lens.score is not None]
    if not answered:
        return _("No lens is answered in this check.")
    least = min(lens.score or 0.0 for lens in answered)
    if least > 100 - ROUNDING:
        return _("Everything answered in the lenses is healthy.")
    shown = points_shown(least)
    weakest, *tied = (lens for lens in answered if points_shown(lens.score or 0.0) == shown)
    if tied:
        titles = [edition.texts.lenses.lenses[lens.id].title for lens in (weakest, *tied)]
        return _("{lenses} need attention first.", lenses=_quoted(edition, titles))
    return _of_weakest_lens(edition, weakest, is_only=len(answered) == 1)


def _of_weakest_lens(edition: Edition, weakest: LensScore, *, is_only: bool) -> str:
    """The lens with what troubles it most, unless that is too much to name."""
    _, title = edition.words.gettext, edition.texts.lenses.lenses[weakest.id].title
    worst = min((one.health for one in weakest.evidence), default=0.0)
    ids = [one.item for one in weakest.evidence if one.health - worst < ROUNDING]
    items = _quoted(edition, [*map(edition.asked_by_lens, ids)])
    if is_only and ids:
        return _("In “{lens}”, start with {items}.", lens=title, items=items)
    if not 0 < len(ids) <= NAMED_AT_MOST:
        return _("“{lens}” needs attention first.", lens=title)
    return _("“{lens}” needs attention first, above all {items}.", lens=title, items=items)


# What a squad's verdict is made of ----------------------------------------------------------------


def _of_nothing_scored(edition: Edition, shown: Round) -> Iterator[_Alike]:
    _, least = edition.words.gettext, edition.words.number(shown.least)
    open_end = _("{finding}; too few questions answered to say at which level decisions leak")
    alone = _("too few questions answered to say where decisions hold and where they leak")
    if shown.hidden_items:
        open_end = _(
            "{finding}; too few questions have {least} answers to say at which level decisions leak"
        )
        alone = _(
            "too few questions have {least} answers to say where decisions hold and where they leak"
        )
    if lead := _seats(edition, shown):
        yield [open_end.format(finding=lead, least=least)]
    if item := worst_answer(shown.health):
        finding = trouble_clause(edition, shown, item, shown.health[item])
        yield [open_end.format(finding=finding, least=least)]
    yield [alone.format(least=least)]


def _of_scored(edition: Edition, shown: Round, deciders: WhoDecides | None) -> Iterator[_Alike]:
    if is_fluid(shown):
        full, bare = (of(edition, shown, deciders) for of in (_of_fluid, _of_fluid_barely))
    else:
        full, bare = (of(edition, shown) for of in (_of_leaking, _of_leaking_barely))
    yield from _with_lacking(edition, shown, full, of_levels=True)
    yield from _with_lacking(edition, shown, bare, of_levels=leads_with_seats(shown))


def _of_fluid(edition: Edition, shown: Round, deciders: WhoDecides | None) -> Iterator[_Alike]:
    """Every scored level is fluid: what stands against it is always told with it.

    Seats lead, and who decides; the levels lead before an answer.
    """
    _ = edition.words.gettext
    fluid = _levels_clause(edition, shown, shown.scores.scored)
    if finding := _seats(edition, shown):
        text = _("{finding}, even though {levels}")
    elif item := answer_against_fluid(shown, deciders):
        finding = trouble_clause(edition, shown, item, shown.health[item])
        text = _("{levels}, though {finding}")
    elif is_amiss(shown, deciders):
        finding = _deciders_trouble(edition, deciders or shown.deep_unit.deep.who_decides)
        text = _("{finding}, even though {levels}")
    elif shown.scores.yes_count == len(edition.framework.counted_items):
        text = _("the rules are clear and {levels}")
    else:
        text = "{levels}"
    yield from ([text.format(finding=finding, levels=levels)] for levels in fluid)


def _of_fluid_barely(
    edition: Edition, shown: Round, deciders: WhoDecides | None
) -> Iterator[_Alike]:
    """What leads alone, where there is no room for the levels."""
    if seats := _seats(edition, shown):
        yield [seats]
    elif is_amiss(shown, deciders):
        told = deciders or shown.deep_unit.deep.who_decides
        for most in (NAMED_AT_MOST, 1):
            yield [_deciders_trouble(edition, told, most)]


def _of_leaking(edition: Edition, shown: Round) -> Iterator[_Alike]:
    """Some level is not fluid: the lowest stage leads, with the answer that keeps it there.

    In brief behind that answer stand only levels that it costs points.
    """
    _, weak = edition.words.gettext, weakest(shown)
    cause = _cause_clause(edition, shown)
    of_named, *of_most = ([finding] for finding in _before_weakest(edition, shown, cause))
    item = cause_of(shown, weak)
    of_cause = [level for level in weak if points_lost(shown, level)[item]]
    is_every = len(of_cause) == len(shown.scores.levels)
    in_brief = _("{cause} ({levels}: {stage})").format(
        cause=cause,
        levels=_("every level") if is_every else edition.shorts(level.id for level in of_cause),
        stage=edition.stage(weak[0].stage or 1).lower(),
    )
    every, of_some = [[*of_named, in_brief], *of_most], []
    if len(of_cause) < len(weak):
        every, of_some = [of_named, *of_most], [[in_brief]]
    if lead := _seats(edition, shown):
        words, leads = edition.words, leads_with_seats(shown)
        for alike in every if leads else (*every, *of_some):
            yield [
                words.labelled(lead, finding) if leads else words.clauses((finding, lead))
                for finding in alike
            ]
        return
    are_clear = shown.scores.yes_count == len(edition.framework.counted_items)
    for told in (every, of_some):
        if are_clear:
            text = _("the rules are clear, yet {finding}")
            yield from ([text.format(finding=finding) for finding in alike] for alike in told)
        yield from told


def _of_leaking_barely(edition: Edition, shown: Round) -> Iterator[_Alike]:
    """The lowest stage leads, without room for both answer and levels: what leads is kept."""
    seats = _seats(edition, shown)
    if leads_with_seats(shown):
        yield from ([finding] for finding in _before_weakest(edition, shown, seats))
    elif seats:
        yield [edition.words.clauses((_cause_clause(edition, shown), seats))]


def _cause_clause(edition: Edition, shown: Round) -> str:
    item = cause_of(shown, weakest(shown))
    return trouble_clause(edition, shown, item, shown.health[item])


def _before_weakest(edition: Edition, shown: Round, lead: str) -> Sequence[str]:
    """What leads, then how the weakest levels hold, from the fullest wording to the barest.

    They do "so" only where the answer that leads, or shows the seat that does, holds each back.
    """
    _, weak = edition.words.gettext, weakest(shown)
    item = cause_of(shown, weak)
    is_cause = is_trouble(edition, shown, item) and holds_back(shown, item, weak)
    text = _("{cause}, so {levels}") if is_cause else _("{cause}, and {levels}")
    return [text.format(cause=lead, levels=how) for how in _levels_clause(edition, shown, weak)]


def _levels_clause(edition: Edition, shown: Round, levels: Sequence[LevelScore]) -> list[str]:
    """How levels of one stage hold, from the fullest wording to the barest."""
    _, stage = edition.words.gettext, levels[0].stage or 1
    every = (
        _("decisions are blurred at every level"),
        _("every level holds only because people step in"),
        _("no level is fluid yet"),
        _("decisions are fluid at every level"),
    )
    if len(levels) == len(shown.scores.levels):
        return [every[stage - 1]]
    if len(levels) == 1:
        return [edition.texts.levels[levels[0].id].stages[stage - 1]]
    some = (
        _("decisions are blurred at {levels}"),
        _("decisions at {levels} hold only because people step in"),
        _("decisions at {levels} are not yet fluid"),
        _("decisions are fluid at {levels}"),
    )
    names = [edition.short(level.id) for level in levels]
    clause = some[stage - 1].format(levels=edition.words.all_of(names))
    if 2 * len(levels) <= len(shown.scores.levels):
        return [clause]
    most = (
        _("decisions are blurred at most levels"),
        _("most levels hold only because people step in"),
        _("most levels are not yet fluid"),
        _("decisions are fluid at most levels"),
    )
    return [clause, most[stage - 1]]


def _with_lacking(
    edition: Edition, shown: Round, clauses: Iterable[_Alike], *, of_levels: bool
) -> Iterator[_Alike]:
    """The clauses, first with the levels that lack answers, then without.

    Where a confidential session hides what they lack, that is told, if there is room. These are
    "elsewhere" only where a clause `of_levels` tells of every level that has a score.
    """
    _, said, scores = edition.words.gettext, tuple(clauses), shown.scores
    lacking = [level.id for level in scores.levels if level.score is None]
    texts: Sequence[str] = (
        _("too few answers for {levels}"),
        _("too few answers elsewhere"),
        _("too few answers for {count} levels"),
    )
    if shown.hidden_items:
        texts = (
            _("fewer than {least} answers a question for {levels}"),
            _("fewer than {least} answers a question elsewhere"),
            _("fewer than {least} answers a question for {count} levels"),
            *texts,
        )
    are_told = (
        bool(lacking),
        bool(lacking) and of_levels and len({level.stage for level in scores.scored}) == 1,
        len(lacking) > 1,
    )
    number, levels = edition.words.number, edition.shorts(lacking)
    endings = [
        text.format(least=number(shown.least), levels=levels, count=number(len(lacking)))
        for text in compress(texts, cycle(are_told))
    ]
    for alike in said:
        yield [edition.words.clauses((clause, ending)) for clause in alike for ending in endings]
    yield from said


def _seats(edition: Edition, shown: Round) -> str:
    """That a seat is or looks empty, or the early warning (article A), as a clause; else empty."""
    _, lead = edition.words.gettext, seat_lead(shown)
    empty = [pressure.seat for pressure in lead.empty]
    are_vacant = all(is_vacant(shown, seat) for seat in empty)
    if len(empty) > 1:
        text = _("the {seats} seats are empty") if are_vacant else _("the {seats} seats look empty")
        return text.format(seats=edition.roles(empty))
    if lead.early_warning:
        return _("a PM is missing, not a better PO")
    if not empty:
        return ""
    text = _("the {seat} seat is empty") if are_vacant else _("the {seat} seat looks empty")
    return text.format(seat=edition.role(empty[0]))


# Who decides, and several squads ------------------------------------------------------------------


def _of_deciders(edition: Edition, deciders: WhoDecides) -> Iterator[_Alike]:
    finding = _deciders_trouble(edition, deciders) or _fit(edition, deciders)
    counts = decisions_counted(edition, [deciders])
    yield from ([edition.words.clauses((finding, counts))], [finding])
    if in_brief := _deciders_trouble(edition, deciders, most=1):
        yield [in_brief]


def _deciders_trouble(edition: Edition, deciders: WhoDecides, most: int = NAMED_AT_MOST) -> str:
    """The gravest finding, else what voices contest, as a clause; empty where nothing is open."""
    if findings := deciders.open_findings:
        return _gravest(edition, findings, most)
    if contested := deciders.still_contested:
        return edition.words.gettext("voices do not agree who decides on {things}").format(
            things=decisions_named(edition, contested, most)
        )
    return ""


def _gravest(edition: Edition, findings: Sequence[Finding], most: int) -> str:
    _, kind = edition.words.gettext, findings[0].kind
    kinds = {kind, "unclear"} if kind == "nobody-decides" else {kind}
    gravest = [finding for finding in findings if finding.kind in kinds]
    roles, count, is_by_all = "", 1, all(one.voices == one.answered for one in gravest)
    if kind == "escalation":
        roles, count, is_by_all = roles_meant(edition, gravest)
    texts = {
        "seat-vacant": _("nobody in this setup can decide on {things}"),
        "nobody-decides": _("nobody decides on {things}"),
        "unclear": _("it is unclear who decides on {things}"),
        "must-not-decide": _("the wrong role decides on {things}"),
        "escalation": edition.words.ngettext(
            "{roles} settles daily matters: {things}",
            "{roles} settle daily matters: {things}",
            count,
        ),
        "crowd": _("too many decide together on {things}"),
        "bottleneck": _("one person is involved at every level answered"),
    }
    things = dict.fromkeys(finding.decision or finding.level for finding in gravest)
    text = texts[kind]
    if any(finding.kind != kind for finding in gravest):
        text = _("nobody decides, or it is unclear who, on {things}")
    named = decisions_named(edition, [name for name in things if name], most)
    clause = text.format(things=named, roles=roles)
    if not is_by_all:
        clause = _("{finding}, say half of the voices or more", finding=clause)
    return _("{finding}, so decisions wait", finding=clause) if kind == "bottleneck" else clause


def roles_meant(edition: Edition, findings: Sequence[Finding]) -> tuple[str, int, bool]:
    """The roles that findings mean, as how many they decide, and whether all voices say so.

    They are those that half of the voices name, or, where a finding has none, any of those named;
    one or another of several, unless the same voices name them all.
    """
    by_half = [one.by_half for one in findings]
    chosen = by_half if all(by_half) else [one.roles for one in findings]
    roles = dict.fromkeys(chain.from_iterable(chosen))
    by_all = all(_name_one(finding, roles) for finding in findings)
    if all(_name_together(finding, roles) for finding in findings):
        return edition.the_roles(roles), len(roles), by_all
    return edition.words.any_of(map(edition.the_role, roles)), 1, by_all


def _name_one(finding: Finding, roles: Collection[str]) -> bool:
    """Whether every voice that answered names one of some roles, as far as counts tell."""
    if finding.named.keys() <= set(roles):
        return finding.voices == finding.answered
    return max(finding.named.get(role, 0) for role in roles) == finding.answered


def _name_together(finding: Finding, roles: Collection[str]) -> bool:
    """Whether the same voices name all of some roles: all that it counts, or all that answered."""
    counts = {finding.named.get(role, 0) for role in roles}
    return counts == {finding.voices} or counts <= {0, finding.answered}


def decisions_named(edition: Edition, ids: Sequence[str], most: int = NAMED_AT_MOST) -> str:
    """Decisions and levels by name, as far as a verdict names them."""
    decisions = edition.texts.lenses.decisions
    names = (edition.decision(of) if of in decisions else edition.level(of) for of in ids)
    return _quoted(edition, [*names], most)


def _quoted(edition: Edition, names: Sequence[str], most: int = NAMED_AT_MOST) -> str:
    """Names in quotes; of more than `most` only the first, and how many more there are."""
    quoted = edition.words.gettext("“{name}”")
    named = len(names) if len(names) <= most else 1
    return first_of(edition, [quoted.format(name=name) for name in names], most=named)


def _fit(edition: Edition, deciders: WhoDecides) -> str:
    _ = edition.words.gettext
    answered = [level for level in deciders.levels if level.score is not None]
    best, worst = (of(level.score or 0.0 for level in answered) for of in (max, min))
    if worst > 100 - ROUNDING:
        return _("every decision answered sits with the expected roles")
    if points_shown(best) == points_shown(worst):
        return _("decisions sit only in part with the expected roles")

    def named(score: float) -> str:
        shown = ((level.id, points_shown(level.score or 0.0)) for level in answered)
        return decisions_named(edition, [of for of, at in shown if at == points_shown(score)])

    return _("decisions sit with the expected roles most at {best}, least at {worst}").format(
        best=named(best), worst=named(worst)
    )


def _holding(edition: Edition, rounds: Sequence[Round], deciders: Mapping[str, WhoDecides]) -> str:
    """That decisions leak nowhere, never without what stands against it, as a clause."""
    _ = edition.words.gettext
    with_gap = {unit.squad for unit in rounds if seat_lead(unit)}
    unsettled = {unit.squad for unit in rounds if is_amiss(unit, deciders.get(unit.squad))}
    if not with_gap | unsettled:
        return _("decisions hold at every level scored in these squads")
    if not unsettled:
        finding = _("a seat looks empty")
    elif not with_gap:
        finding = _("who decides is still to be settled")
    else:
        finding = _("a seat looks empty or who decides is still to be settled")
    count = len(with_gap | unsettled)
    of = len({unit.squad for unit in rounds if unit.scores.scored} | with_gap | unsettled)
    if of == 1:
        text = _("decisions hold at every level scored, though {finding} in the only squad scored")
        return text.format(finding=finding)
    return edition.words.counted_alike(
        "decisions hold at every level scored, though {finding} in {count} of {of} squads",
        count,
        finding=finding,
        of=of,
    )


def _of_widest(edition: Edition, rounds: Sequence[Round], leak: SquadsAtLevel) -> Iterator[_Alike]:
    """The level at which decisions leak in most squads, from the fullest wording to the barest."""
    _, words = edition.words.gettext, edition.words
    finding = words.counted_alike(
        "decisions leak at the {level} level in {count} of {of} squads",
        leak.squads,
        level=edition.short(leak.level),
        of=leak.compared,
    )
    if leak.compared == 1:
        text = _("decisions leak at the {level} level in the only squad scored there")
        finding = text.format(level=edition.short(leak.level))
    if shared := common_cause(edition.framework, rounds, leak.level):
        in_most = (
            _("{finding}, above all because {cause}"),
            _("{finding}, mostly because {cause}"),
        )
        in_half = (_("{finding}, in {half} of them because {cause}"),)
        cause, half = _common_cause(edition, shared), words.number(len(shared.healths))
        texts = in_most if shared.in_most else in_half
        yield [text.format(finding=finding, cause=cause, half=half) for text in texts]
    yield [finding]


def _common_cause(edition: Edition, cause: CommonCause) -> str:
    """What several squads have in common, as a clause: often where it is in half of those."""
    often = sum(health < edition.framework.rules.caps[0].below for health in cause.healths)
    return edition.trouble(cause.item, 0.0 if 2 * often >= len(cause.healths) else 0.5)


def _shortest_needed(edition: Edition, clauses: Callable[[Edition], Iterable[_Alike]]) -> str:
    """Of the first facts that every language has room for, the first clause that is short enough.

    It is a sentence; the last where there is room for none.
    """
    by_language = {
        spoken.words.language: [[*map(spoken.words.sentence, alike)] for alike in clauses(spoken)]
        for spoken in map(edition_in, LANGUAGES)
    }
    own = by_language[edition.words.language]
    for index, sentences in enumerate(own):
        if all(any(map(_is_short, alike[index])) for alike in by_language.values()):
            return next(filter(_is_short, sentences))
    return own[-1][-1]


def _is_short(sentence: str) -> bool:
    return len(sentence) <= LONGEST

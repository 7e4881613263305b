"""A round's levels and lenses as values, with what changed since an earlier round; pure."""

from assessment.content.edition import Edition
from assessment.languages import BLANK, points_moved
from assessment.rounds.headline import points_lost
from assessment.rounds.moves import Moves, is_move_by_points
from assessment.rounds.round import Round
from assessment.scoring.lenses import LensScore
from assessment.scoring.levels import ROUNDING, LevelScore, capped_levels
from assessment.wording.counted import first_of, unanswered
from assessment.wording.moves import between_voices, change_text, points_of_move
from assessment.wording.parts import LensPart, LevelPart

MOST_ANSWERS = 3
"""Answers that are told to have cost a level points; the others are counted."""


def level_parts(
    edition: Edition, shown: Round, moves: Moves | None = None, deep_before: Round | None = None
) -> tuple[LevelPart, ...]:
    """Every level of a round; fit is set against the round in which it was last told."""
    number = edition.words.number
    capped = {level.id for level, _ in capped_levels(shown.framework, shown.scores)}
    fits = shown.deep_unit.deep.who_decides
    earlier = deep_before.deep.who_decides if deep_before else None
    by_level = {move.level: move for move in moves.levels} if moves else {}
    moved = {move.level for move in moves.moved} if moves else set()
    between = between_voices(edition, moves) if moves else ""
    ranges = shown.ranges.levels
    return tuple(
        LevelPart(
            level=level.id,
            name=edition.level(level.id),
            short=edition.short(level.id),
            score=level.score,
            stage=level.stage,
            stage_name=edition.stage(level.stage) if level.stage else "",
            coverage=level.coverage,
            change=points_of_move(by_level.get(level.id)),
            changed=change_text(edition, by_level.get(level.id)),
            between=between if level.id in moved else "",
            low=ranges[level.id].low if level.id in ranges else None,
            high=ranges[level.id].high if level.id in ranges else None,
            limits=edition.items(level.limits),
            is_capped=level.id in capped,
            fit=fit.score,
            fit_coverage=fit.coverage,
            fit_change=shown_change(earlier.fit(level.id) if earlier else None, fit.score),
            clear=f"{number(fit.clear)}/{number(fit.answered)}" if fit.answered else BLANK,
            lower=fit.lower,
        )
        for level, fit in zip(shown.scores.levels, fits.levels, strict=True)
    )


def where_points_went(edition: Edition, shown: Round) -> tuple[str, ...]:
    """By scored level the answers that cost it most points, with how many, and that others did."""
    words, lines = edition.words, []
    for level in shown.scores.scored:
        costs = {item: 100 * lost for item, lost in points_lost(shown, level).items()}
        most_first = sorted(costs.items(), key=lambda cost: -cost[1])
        text = words.gettext("{item} −{points}")
        answers = [
            text.format(
                item=edition.item(item), points=words.number(cost, digits=0 if cost >= 1 else 1)
            )
            for item, cost in most_first
            if cost > ROUNDING
        ]
        line = words.gettext("{level}, {score}: every answer is healthy.")
        if answers:
            line = words.gettext("{level}, {score}: {answers}.")
        name, score = edition.level(level.id), words.score(level.score)
        lines.append(
            line.format(
                level=name, score=score, answers=first_of(edition, answers, most=MOST_ANSWERS)
            )
        )
    return tuple(lines)


def clear_and_fit(edition: Edition, level: LevelPart) -> str:
    """How many of a level's decisions are clear, then their fit, such as 3/4·75."""
    return BLANK if level.lower is None else f"{level.clear}·{edition.words.score(level.fit)}"


def lens_parts(
    edition: Edition, shown: Round, deep_before: Round | None = None
) -> tuple[LensPart, ...]:
    """Every scored lens of a round."""
    words, earlier = edition.words, deep_before.deep if deep_before else None
    return tuple(
        LensPart(
            lens=lens.id,
            name=edition.texts.lenses.lenses[lens.id].title,
            score=lens.score,
            coverage=lens.coverage,
            missing=_missing(edition, shown.deep_unit, lens),
            change=shown_change(earlier.lens(lens.id).score if earlier else None, lens.score),
            trouble=words.all_of([edition.asked_by_lens(one.item) for one in lens.evidence]),
        )
        for lens in shown.deep_unit.deep.lenses
    )


def _missing(edition: Edition, shown: Round, lens: LensScore) -> str:
    if not lens.applies:
        return edition.words.gettext("does not apply in this setup")
    if lens.score is not None:
        return ""
    asks = edition.framework.lenses.lens_by_id[lens.id].asks
    if shown.survey and shown.survey.depth == "who-decides" and asks != "decisions":
        return edition.words.gettext("not asked in this session")
    return unanswered(edition, shown.least)


def shown_change(before: float | None, after: float | None) -> int | None:
    """The change between two scores as shown; None where one is missing, and where it is small."""
    points = 0 if before is None or after is None else points_moved(before, after)
    return points if is_move_by_points(points) else None


def kept_below(edition: Edition, level: LevelScore, by_score: int) -> str:
    """Why a level stands below the stage that its score alone would give."""
    return edition.words.gettext(
        "{level}: “{by_score}” by its points alone; kept at “{stage}” by: {items}.",
        level=edition.level(level.id),
        by_score=edition.stage(by_score).lower(),
        stage=edition.stage(level.stage or 1).lower(),
        items=edition.items(level.limits),
    )

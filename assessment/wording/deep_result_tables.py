"""The deep check as tidy frames with display-ready names, for charts, tables, downloads; pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import nan
from typing import Literal, TypeAlias

import pandas as pd

from assessment.content.edition import Edition
from assessment.languages import BLANK
from assessment.model import EMPTY, NOBODY, UNCLEAR, Decision
from assessment.rounds.comparison import ContestedAcross
from assessment.rounds.disagreement import DisagreementHeadline
from assessment.rounds.history import Round
from assessment.scoring.deep_result import DeepResult
from assessment.scoring.disagreement import Disagreement
from assessment.scoring.lenses import LensScore, Mandate
from assessment.scoring.seats import Seating
from assessment.scoring.who_decides import Mapped
from assessment.wording.deep_results import counted
from assessment.wording.result_tables import (
    change_cell,
    level_names,
    sample_mark,
    score_cell,
    shown_change,
)

Reference: TypeAlias = Literal["decides", "must-not", "consulted", "other", "vacant", ""]
"""What the framework says of a role for a decision; `vacant` for a decider's empty seat."""

Mark: TypeAlias = Literal["fits", "must-not", "outside", "nobody", "unclear", ""]
"""What naming a role means; empty where nobody named it."""

DECIDER_COLUMNS = (
    "level",
    "level_name",
    "level_short",
    "decision",
    "decision_short",
    "health",
    "role",
    "role_name",
    "reference",
    "expected",
    "named",
    "voices",
    "mark",
)
DIVIDED_COLUMNS = ("about", "short", "option_name", "health", "voices")
FIT_COLUMNS = (
    "squad",
    "level",
    "level_name",
    "level_short",
    "score",
    "fit",
    "coverage",
    "change",
)
LENS_COLUMNS = ("squad", "lens", "lens_name", "score", "coverage", "applies", "change", "trouble")


# Who decides --------------------------------------------------------------------------------------


def decider_rows(edition: Edition, deep: DeepResult) -> pd.DataFrame:
    """Decision × role: what the framework says of the role, and how many voices name it.

    Roles are those somebody holds, those whose seat is empty, and `nobody` and `unclear`.
    `health` is the decision's (NaN unanswered); `expected` roles should decide; `named` of
    `voices` name the role, and `mark` says what that means.
    """
    decisions, seating = edition.framework.lenses.decision_by_id, deep.seating
    rows = [
        {
            **level_names(edition, mapped.level),
            "decision": mapped.decision,
            "decision_short": edition.texts.lenses.decisions[mapped.decision].short,
            "health": mapped.health,
            "role": role,
            "role_name": edition.decider(role),
            "reference": reference,
            "expected": role in seating.expected(seating.listed_for(decisions[mapped.decision])),
            "named": mapped.named.get(role, 0),
            "voices": mapped.voices,
            "mark": _mark(mapped, role, reference),
        }
        for mapped in deep.who_decides.decisions
        for role in shown_roles(seating)
        for reference in [_reference(seating, role, decisions[mapped.decision])]
    ]
    return pd.DataFrame(rows, columns=list(DECIDER_COLUMNS)).astype({"health": float})


def exported_deciders(edition: Edition, found: Round) -> pd.DataFrame:
    """Who decides in a round for other programs, decision by role: ids, names, voices counted."""
    return (
        decider_rows(edition, found.deep)
        .drop(columns=["level_short"])
        .assign(squad=found.squad, period=str(found.period), sample=sample_mark(found))
    )


def shown_roles(seating: Seating) -> tuple[str, ...]:
    """What may be named in a squad, in order: roles held or left empty, `nobody`, `unclear`."""
    seats = seating.setup.seats if seating.setup else {}
    roles = [
        role
        for role in seating.framework.role_ids
        if seating.is_held(role) or seats.get(role) == EMPTY
    ]
    return (*roles, NOBODY, UNCLEAR)


def _reference(seating: Seating, role: str, decision: Decision) -> Reference:
    if role in (NOBODY, UNCLEAR):
        return ""
    listed = seating.listed_for(decision)
    if not seating.is_held(role):
        return "vacant" if role in listed else "other"
    if seating.decides(role, listed):
        return "decides"
    if seating.must_not_decide(role, decision):
        return "must-not"
    return "consulted" if seating.is_consulted(role, decision.level) else "other"


def _mark(mapped: Mapped, role: str, reference: Reference) -> Mark:
    if not mapped.named.get(role):
        return ""
    if role == NOBODY:
        return "nobody"
    if role == UNCLEAR:
        return "unclear"
    if reference == "decides":
        return "fits"
    return "must-not" if reference == "must-not" else "outside"


def readable_deciders(edition: Edition, deep: DeepResult) -> pd.DataFrame:
    """Each decision as people read it: who should decide, who does, how far that fits."""
    _, words = edition.words.gettext, edition.words
    decisions = edition.framework.lenses.decision_by_id
    seating = deep.seating
    return pd.DataFrame(
        {
            _("Level"): edition.level(mapped.level),
            _("Decision"): edition.texts.lenses.decisions[mapped.decision].short,
            _("Should decide"): edition.roles(
                seating.expected(seating.listed_for(decisions[mapped.decision]))
            )
            or _("vacant"),
            _("Decides today"): counted(edition, mapped.named) or BLANK,
            _("Fit"): words.score(None if mapped.health is None else 100 * mapped.health),
            _("Voices"): words.number(mapped.voices),
        }
        for mapped in deep.who_decides.decisions
    )


def divided_items(edition: Edition, found: DisagreementHeadline) -> pd.DataFrame:
    """How many voices gave each answer to the items on which a round differs most."""
    framework = edition.framework
    rows = [
        (
            item.of,
            edition.texts.items[item.of].short,
            edition.option(item.of, option.id),
            option.health,
            item.counts[option.id],
        )
        for item in found.items
        for option in framework.scale_by_id[framework.item_by_id[item.of].scale].options
    ]
    return pd.DataFrame(rows, columns=list(DIVIDED_COLUMNS))


def divided_decisions(edition: Edition, found: DisagreementHeadline) -> pd.DataFrame:
    """How many voices name whom for the decisions on which a round differs most; no health."""
    text = edition.words.gettext("Who decides: {decision}")
    rows = [
        (
            each.of,
            text.format(decision=edition.texts.lenses.decisions[each.of].short),
            edition.decider(role),
            nan,
            count,
        )
        for each in found.decisions
        for role, count in each.counts.items()
    ]
    return pd.DataFrame(rows, columns=list(DIVIDED_COLUMNS))


# Fit and lenses -----------------------------------------------------------------------------------


def fit_rows(edition: Edition, found: Round, before: Round | None = None) -> pd.DataFrame:
    """Fit beside maturity per level, 0 to 100, NaN where missing; fit's change in shown points."""
    rows = [
        {
            "squad": found.squad,
            **level_names(edition, level.id),
            "score": found.scores.level(level.id).score,
            "fit": level.score,
            "coverage": level.coverage,
            "change": shown_change(
                before.deep.who_decides.fit(level.id) if before else None, level.score
            ),
        }
        for level in found.deep.who_decides.levels
    ]
    frame = pd.DataFrame(rows, columns=list(FIT_COLUMNS))
    return frame.astype({"score": float, "fit": float, "coverage": float, "change": float})


def lens_rows(edition: Edition, found: Round, before: Round | None = None) -> pd.DataFrame:
    """Every scored lens of a round: score (NaN when none), coverage, change in shown points.

    `trouble` names what is in trouble, worst first; `applies` is false for a lens about a role
    that nobody holds.
    """
    rows = [
        {
            "squad": found.squad,
            "lens": lens.id,
            "lens_name": edition.texts.lenses.lenses[lens.id].title,
            "score": lens.score,
            "coverage": lens.coverage,
            "applies": lens.applies,
            "change": shown_change(before.deep.lens(lens.id).score if before else None, lens.score),
            "trouble": edition.words.all_of(trouble_of(edition, lens)),
        }
        for lens in found.deep.lenses
    ]
    frame = pd.DataFrame(rows, columns=list(LENS_COLUMNS))
    return frame.astype({"score": float, "coverage": float, "change": float})


def trouble_of(edition: Edition, lens: LensScore) -> list[str]:
    """What is in trouble in a lens, by its short labels, worst first."""
    texts = edition.texts.lenses
    asks = edition.framework.lenses.lens_by_id[lens.id].asks
    labels = texts.decisions if asks == "decisions" else texts.items
    return [labels[found.item].short for found in lens.evidence]


def fit_by_squad(edition: Edition, rounds: Iterable[Round]) -> pd.DataFrame:
    """Fit and maturity of several squads, one under the other, squads in the given order."""
    return _stacked([fit_rows(edition, each) for each in rounds], FIT_COLUMNS)


def lenses_by_squad(edition: Edition, rounds: Iterable[Round]) -> pd.DataFrame:
    """Lens scores of several squads, one under the other, squads in the given order."""
    return _stacked([lens_rows(edition, each) for each in rounds], LENS_COLUMNS)


def readable_fit(edition: Edition, fit: pd.DataFrame) -> pd.DataFrame:
    """A fit frame as people read it; with several squads, their names stand first as written."""
    _, words = edition.words.gettext, edition.words
    return pd.DataFrame(
        {
            _("Squad"): fit["squad"],
            _("Level"): fit["level_name"],
            _("Maturity"): [score_cell(edition, value) for value in fit["score"]],
            _("Fit"): [score_cell(edition, value) for value in fit["fit"]],
            _("Coverage"): [words.percent(value) for value in fit["coverage"]],
            _("Change"): [change_cell(edition, value) for value in fit["change"]],
        }
    )


def readable_lenses(edition: Edition, lenses: pd.DataFrame) -> pd.DataFrame:
    """A lens frame as people read it."""
    _, words = edition.words.gettext, edition.words
    return pd.DataFrame(
        {
            _("Squad"): lenses["squad"],
            _("Lens"): lenses["lens_name"],
            _("Score"): [
                score_cell(edition, value) if applies else _("does not apply")
                for value, applies in zip(lenses["score"], lenses["applies"], strict=True)
            ],
            _("Coverage"): [words.percent(value) for value in lenses["coverage"]],
            _("Change"): [change_cell(edition, value) for value in lenses["change"]],
            _("In trouble"): [trouble or BLANK for trouble in lenses["trouble"]],
        }
    )


# Over time ----------------------------------------------------------------------------------------


def fit_over_time(edition: Edition, rounds: Iterable[Round]) -> pd.DataFrame:
    """Fit and maturity per level in every given round."""
    columns = (*FIT_COLUMNS, "period", "period_name", "voices")
    return _stacked([_dated(edition, fit_rows(edition, each), each) for each in rounds], columns)


def lenses_over_time(edition: Edition, rounds: Iterable[Round]) -> pd.DataFrame:
    """Lens scores in every given round."""
    columns = (*LENS_COLUMNS, "period", "period_name", "voices")
    return _stacked([_dated(edition, lens_rows(edition, each), each) for each in rounds], columns)


def signs_over_time(edition: Edition, rounds: Iterable[Round]) -> pd.DataFrame:
    """Every vital sign in every given round (NaN where nobody gave it), beside overall maturity.

    `value` is the median of the `voices` that gave one, between `least` and `greatest`, in `unit`;
    `checks` counts the voices behind the overall score.
    """
    rows = []
    for each in rounds:
        for sign in edition.framework.lenses.signs:
            found = each.deep.sign(sign.id) if each.deep_answers else None
            text = edition.texts.lenses.signs[sign.id]
            rows.append(
                {
                    "squad": each.squad,
                    "period": str(each.period),
                    "period_name": edition.period(each.period),
                    "sign": sign.id,
                    "sign_short": text.short,
                    "unit": text.unit,
                    "value": found.value if found else None,
                    "least": found.least if found else None,
                    "greatest": found.greatest if found else None,
                    "voices": found.voices if found else 0,
                    "overall": each.scores.overall,
                    "checks": len(each.voices),
                }
            )
    columns = (
        *("squad", "period", "period_name", "sign", "sign_short", "unit"),
        *("value", "least", "greatest", "voices", "overall", "checks"),
    )
    frame = pd.DataFrame(rows, columns=list(columns))
    return frame.astype({"value": float, "least": float, "greatest": float, "overall": float})


# Voices that differ, and the charter --------------------------------------------------------------


def contested_rows(edition: Edition, disagreements: Iterable[Disagreement]) -> pd.DataFrame:
    """How many voices name whom, decision by decision in the given order."""
    rows = [
        {
            **level_names(edition, edition.framework.lenses.decision_by_id[found.of].level),
            "decision": found.of,
            "decision_short": edition.texts.lenses.decisions[found.of].short,
            "disagreement": found.disagreement,
            "role": role,
            "role_name": edition.decider(role),
            "named": count,
            "voices": found.voices,
            "unclear": found.unclear,
        }
        for found in disagreements
        for role, count in found.counts.items()
    ]
    columns = (
        *("level", "level_name", "level_short", "decision", "decision_short", "disagreement"),
        *("role", "role_name", "named", "voices", "unclear"),
    )
    return pd.DataFrame(rows, columns=list(columns))


def contested_across_rows(edition: Edition, found: Iterable[ContestedAcross]) -> pd.DataFrame:
    """The decisions contested over squads: in how many of those compared, and how strongly."""
    rows = [
        {
            **level_names(edition, each.level),
            "decision": each.decision,
            "decision_short": edition.texts.lenses.decisions[each.decision].short,
            "squads": each.squads,
            "compared": each.compared,
            "disagreement": each.disagreement,
        }
        for each in found
    ]
    columns = (
        *("level", "level_name", "level_short", "decision", "decision_short"),
        *("squads", "compared", "disagreement"),
    )
    return pd.DataFrame(rows, columns=list(columns))


def readable_contested(edition: Edition, found: Iterable[ContestedAcross]) -> pd.DataFrame:
    """The decisions contested over squads as people read them."""
    _, words = edition.words.gettext, edition.words
    return pd.DataFrame(
        {
            _("Decision"): edition.texts.lenses.decisions[each.decision].short,
            _("Level"): edition.level(each.level),
            _("Contested in"): words.ngettext(
                "{count} of {compared} squad", "{count} of {compared} squads", each.compared
            ).format(count=each.squads, compared=each.compared),
            _("Disagreement"): words.percent(each.disagreement),
        }
        for each in found
    )


def readable_charter(edition: Edition, mandates: Iterable[Mandate]) -> pd.DataFrame:
    """The charter as people read it; sentences and aliases stand as written."""
    _, words = edition.words.gettext, edition.words
    return pd.DataFrame(
        [
            {
                _("Role"): edition.role(found.role),
                _("Decides"): found.sentence,
                _("Written by"): words.all_of(found.aliases) or BLANK,
                _("Voices"): words.number(found.voices),
            }
            for found in mandates
        ],
        columns=[_("Role"), _("Decides"), _("Written by"), _("Voices")],
    )


# The method --------------------------------------------------------------------------------------


def reference_table(edition: Edition) -> pd.DataFrame:
    """Who decides, is consulted and must not decide, per level and for decisions apart."""
    _, framework = edition.words.gettext, edition.framework
    rows = []
    for level in framework.levels:
        rows.append(
            {
                _("Level"): edition.level(level.id),
                _("Decides, with a PO"): edition.roles(level.decides),
                _("Decides, without a PO"): edition.roles(level.decides_without_po),
                _("Is consulted"): edition.roles(level.consulted),
                _("Must not decide"): edition.roles(level.must_not_decide),
            }
        )
        rows += [
            {
                _("Level"): edition.texts.lenses.decisions[decision.id].short,
                _("Decides, with a PO"): edition.roles(decision.decides),
                _("Decides, without a PO"): edition.roles(decision.decides),
                _("Is consulted"): edition.roles(level.consulted),
                _("Must not decide"): edition.roles(level.must_not_decide),
            }
            for decision in framework.lenses.decisions_at(level.id)
            if decision.decides
        ]
    return pd.DataFrame(rows)


def scales_of(edition: Edition, lens_id: str) -> list[str]:
    """The scales a lens is answered on, best answer first, each with its health."""
    framework, words = edition.framework, edition.words
    options = {**edition.texts.options, **edition.texts.lenses.options}
    scales = dict.fromkeys(item.scale for item in framework.lenses.items_of(lens_id))
    return [
        words.all_of(
            [
                f"{options[option.id]} = {words.number(option.health, digits=1)}"
                for option in framework.scale_by_id[scale].options
            ]
        )
        for scale in scales
    ]


def items_table(edition: Edition, lens_id: str) -> pd.DataFrame:
    """What a lens asks, with the lever that helps and the article behind it."""
    _, texts = edition.words.gettext, edition.texts
    return pd.DataFrame(
        {
            _("Item"): texts.lenses.items[item.id].question,
            _("Lever"): texts.levers[item.lever].title,
            _("Source"): ", ".join(item.sources),
        }
        for item in edition.framework.lenses.items_of(lens_id)
    )


# Parts --------------------------------------------------------------------------------------------


def _dated(edition: Edition, frame: pd.DataFrame, found: Round) -> pd.DataFrame:
    return frame.assign(
        period=str(found.period),
        period_name=edition.period(found.period),
        voices=len(found.deep_answers),
    )


def _stacked(frames: Sequence[pd.DataFrame], columns: Sequence[str]) -> pd.DataFrame:
    if not frames:
        return pd.DataFrame(columns=list(columns))
    return pd.concat(frames, ignore_index=True)

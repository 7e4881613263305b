"""How scores come about, told from the framework itself so that it cannot drift from it."""

from __future__ import annotations

import streamlit as st

from assessment.ui.session.plain_text import show_points
from assessment.ui.session.reader import Reader
from assessment.wording.method_tables import weights_table
from assessment.wording.results import joined


def show_scoring(reader: Reader) -> None:
    """From answers to scores: health, weight, coverage, overall."""
    _, words, rules = reader.gettext, reader.edition.words, reader.edition.framework.rules
    st.subheader(_("From answers to scores"), anchor=False)
    options = reader.edition.texts.options
    scales = joined(
        reader.edition,
        [
            words.all_of(
                [
                    f"{options[option.id]} = {words.number(option.health, digits=1)}"
                    for option in scale.options
                ]
            )
            for scale in reader.edition.framework.scales
        ],
    )
    lines = [
        _("Each answer has a health between 0 and 1, and 1 is good: {scales}.").format(
            scales=scales
        ),
        _(
            "“I don't know” is not an answer: it lowers coverage, never a score. "
            "“Doesn't apply” leaves the calculation."
        ),
        _("Score of a level = 100 × Σ (weight × health) ÷ Σ weight, over the answered items."),
        _(
            "Coverage of a level = weight answered ÷ weight that applies. "
            "Under {share}, the level is not scored."
        ).format(share=words.percent(rules.least_coverage)),
        _("Overall = the plain mean of the scored levels, from {count} scored levels up.").format(
            count=rules.least_scored_levels
        ),
        _(
            "Gain of a lever = the overall score if its answers were healthy, minus today's. "
            "The {count} greatest gains are shown."
        ).format(count=rules.levers_shown),
    ]
    show_points(lines)


def show_stages(reader: Reader) -> None:
    """The four stages, and how items in trouble cap them."""
    _, edition, rules = reader.gettext, reader.edition, reader.edition.framework.rules
    st.subheader(_("What the stages mean"), anchor=False)
    ceilings, lines = [*rules.stage_floors[1:], 100], []
    for stage, (floor, ceiling) in enumerate(
        zip(rules.stage_floors, ceilings, strict=True), start=1
    ):
        meaning = edition.texts.stages[str(stage)].meaning  # type: ignore[index]
        span = _("from {floor}").format(floor=edition.words.number(floor))
        if ceiling < 100:
            span = _("from {floor} to under {ceiling}").format(
                floor=edition.words.number(floor), ceiling=edition.words.number(ceiling)
            )
        line = _("{stage} ({span}): {meaning}")
        name = f"{stage}. {edition.stage(stage)}"
        lines.append(line.format(stage=name, span=span, meaning=meaning))
    for cap in rules.caps:
        text = _(
            "A primary item (weight {weight}) whose health is under {health} "
            "keeps its level at “{stage}” at most."
        )
        lines.append(
            text.format(
                weight=rules.primary_weight,
                health=edition.words.number(cap.below, digits=2),
                stage=edition.stage(cap.stage),
            )
        )
    show_points(lines)


def show_weights(reader: Reader) -> None:
    """The weights, item by item, with lever and source."""
    _ = reader.gettext
    st.subheader(_("Weights"), anchor=False)
    st.markdown(
        _(
            "3: the item is about this level (primary); 2: strongly; 1: it touches it. "
            "The weights are our judgement."
        )
    )
    st.table(
        weights_table(reader.edition),
        hide_index=True,
        border="horizontal",
        alt=_("Weight of each item on each level"),
    )
    st.caption(
        _("Articles: A, PO and PM; B, CPO, CTO and PM; C, the CPO. Version: {version}.").format(
            version=reader.edition.framework.version
        )
    )


def show_readings(reader: Reader) -> None:
    """How the three questions, the seat pressures and the early warning are read."""
    _, words, rules = reader.gettext, reader.edition.words, reader.edition.framework.rules
    st.subheader(_("Questions, seats and the early warning"), anchor=False)
    item = reader.edition.texts.items[rules.early_warning_item]
    lines = [
        _("Three yes to the three questions: the governance holds. Fewer: it dilutes value (B)."),
        _(
            "Pressure on a seat = 100 × (1 − mean health) of its signals, from {count} answers up. "
            "Under {watch}: no sign; from {watch}: watch; from {empty}: the seat looks empty (A)."
        ).format(
            count=rules.least_pressure_answers,
            watch=words.number(rules.pressure_floors.watch),
            empty=words.number(rules.pressure_floors.empty),
        ),
        _("“{item}”, answered “{often}”, raises the early warning by itself (A).").format(
            item=item.short, often=reader.edition.texts.options["often"]
        ),
    ]
    show_points(lines)


def show_voices(reader: Reader) -> None:
    """How several voices become one result."""
    _ = reader.gettext
    st.subheader(_("Several voices"), anchor=False)
    lines = [
        _("The checks of one squad in one month (or quarter) form a round."),
        _("A voice with an alias counts once per round, its latest check. Without, each counts."),
        _("Each item's health is the mean over those who answered it; then the same formulas."),
        _("Agreement = 1 − 2 × mean distance to the mean: 1 when all agree, 0 in a split."),
    ]
    show_points(lines)


def show_claims(reader: Reader) -> None:
    """What the product does not claim."""
    _ = reader.gettext
    st.subheader(_("What this does not claim"), anchor=False)
    lines = [
        _("It is a self-assessment: it shows how people see decisions, not an audit."),
        _("It ranks no squad and compares with no other company: there is no honest data for it."),
        _("A gain is what the formula would give, not a promise about your company."),
        _("It measures how decisions are shared out, never how well a person works."),
    ]
    show_points(lines)

"""How the quick check is scored, told from the framework itself so that it cannot drift from it."""

import streamlit as st

from assessment.charts.bars import level_bars
from assessment.ui.learn.chapters import show_section
from assessment.ui.parts.charts import show_chart
from assessment.ui.parts.stages import show_stage_meanings
from assessment.ui.parts.tables import show_cells
from assessment.ui.session import keys
from assessment.ui.session.kept import kept
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_text, show_points
from assessment.wording import method_tables
from assessment.wording.pictures import picture_name
from assessment.wording.worked_example import WorkedExample


def show_example(reader: Reader) -> None:
    """Fourteen answers, what they give one level step by step, and the whole result."""
    _, example = reader.gettext, _example(reader)
    st.markdown(
        _(
            "Fourteen answers of a squad that does not exist, and the level “{level}” computed "
            "from them. A dot: the question says nothing about this level, or nobody knows."
        ).format(level=as_plain_text(example.level_name))
    )
    with st.container(key=keys.METHOD_EXAMPLE):
        show_cells(example.table, alt=_("The fourteen answers, with their health and their weight"))
    show_points(example.steps())
    st.subheader(_("What the squad reads"), anchor=False)
    st.markdown(f"**{as_plain_text(example.verdict)}**")
    alt = picture_name(reader.edition, level_bars.__name__, example.levels)
    show_chart(reader, level_bars, example.levels.frame, identity="worked-example", alt=alt)
    show_points(example.outcome())


@kept(at_most=8)
def _example(reader: Reader) -> WorkedExample:
    return WorkedExample(reader.edition, reader.today)


def show_scoring(reader: Reader) -> None:
    """From answers to scores: health, weight, coverage, overall."""
    _, words, rules = reader.gettext, reader.edition.words, reader.edition.framework.rules
    options = reader.edition.texts.options
    scales = words.clauses(
        words.all_of(
            [
                f"{options[option.id]} = {words.number(option.health, digits=1)}"
                for option in scale.options
            ]
        )
        for scale in reader.edition.framework.scales
    )
    show_section(
        _("From answers to scores"),
        _("Each answer has a health between 0 and 1, and 1 is good: {scales}.").format(
            scales=scales
        ),
        _(
            "“I don't know” counts in no score: it only lowers coverage. “Doesn't apply” "
            "leaves the calculation."
        ),
        _("Score of a level = 100 × Σ (weight × health) ÷ Σ weight, over the answered questions."),
        _(
            "Coverage of a level = weight answered ÷ weight that applies. "
            "Under {share}, the level is not scored."
        ).format(share=words.percent(rules.least_coverage)),
        _(
            "Mean of the levels = sum of the scored levels' scores ÷ their number, from {count} "
            "scored levels up."
        ).format(count=rules.least_scored_levels),
        _(
            "Gain of a lever = the mean of the levels if its answers were healthy, minus today's. "
            "The {count} greatest gains are shown."
        ).format(count=rules.levers_shown),
    )


def show_stages(reader: Reader) -> None:
    """The four stages, and how items in trouble cap them."""
    st.subheader(reader.gettext("What the stages mean"), anchor=False)
    show_stage_meanings(reader)
    rules = reader.edition.framework.rules
    caps = (
        reader.gettext(
            "A primary question (weight {weight}) whose health is under {health} keeps its "
            "level at “{stage}” at most.",
            weight=rules.primary_weight,
            health=reader.edition.words.number(cap.below, digits=2),
            stage=reader.edition.stage(cap.stage),
        )
        for cap in rules.caps
    )
    show_points(caps)


def show_weights(reader: Reader) -> None:
    """The weights, item by item, with lever and source."""
    _ = reader.gettext
    st.markdown(
        _(
            "3: the question is about this level (primary); 2: strongly; 1: it touches it. The "
            "weights are our judgement."
        )
    )
    show_cells(
        method_tables.weights_table(reader.edition), alt=_("Weight of each question on each level")
    )
    st.caption(
        _("Articles: A, PO and PM; B, CPO, CTO and PM; C, the CPO. Version: {version}.").format(
            version=reader.edition.framework.version
        )
    )


def show_readings(reader: Reader) -> None:
    """How the three questions, the seat pressures and the early warning are read."""
    _, rules = reader.gettext, reader.edition.framework.rules
    item = reader.edition.texts.items[rules.early_warning_item]
    show_section(
        _("Questions, seats and the early warning"),
        _("Yes to all three questions: the governance holds. To fewer: it dilutes value (B)."),
        _(
            "Pressure on a seat = 100 × (1 − mean health) of its signals, once {count} are "
            "answered. Under {watch}: no signals; from {watch}: watch; from {empty}: the seat "
            "looks empty (A), unless the setup fills it or answers describe what its holder does.",
            count=rules.least_pressure_answers,
            watch=rules.pressure_floors.watch,
            empty=rules.pressure_floors.empty,
        ),
        _("“{item}”, answered “{often}”, raises the early warning by itself (A).").format(
            item=item.short, often=reader.edition.texts.options["often"]
        ),
    )


def show_voices(reader: Reader) -> None:
    """How several voices become one result."""
    _ = reader.gettext
    show_section(
        _("Several voices"),
        _("The checks of one squad in one month (or quarter) count together."),
        _(
            "A voice with an alias counts once per month (or quarter), its latest check. Without "
            "an alias, each check counts."
        ),
        _("Each question's health is the mean over those who answered it; then the same formulas."),
        _(
            "In words, an answer of several voices says who said what, “3 of 7 say often, 4 not "
            "seen”, never the answer in between that nobody gave."
        ),
        _(
            "Voices are counted for what they answered: a level says how many voices its own "
            "questions have, the deep check how many took it. “I don't know” does not count "
            "here."
        ),
        _(
            "A question about a PM or a PO does not apply to a voice that answered on a day "
            "when nobody held that seat."
        ),
        _("Agreement = 1 − 2 × mean distance to the mean: 1 when all agree, 0 in a split."),
    )

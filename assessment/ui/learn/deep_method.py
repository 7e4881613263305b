"""How the deep check is read, told from the framework itself so that it cannot drift from it."""

import streamlit as st

from assessment.model import NOBODY, UNCLEAR, Lens
from assessment.scoring.findings import LEAST_SHARE
from assessment.scoring.lenses import scored_lenses
from assessment.scoring.who_decides import ALL_FIT, NONE_FITS, SOME_FIT
from assessment.ui.learn.chapters import show_section
from assessment.ui.parts.tables import show_cells
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_text, show_points
from assessment.wording import method_tables


def show_lenses(reader: Reader) -> None:
    """What holds for every lens."""
    _, edition = reader.gettext, reader.edition
    lenses = edition.framework.lenses
    titles = edition.texts.lenses.lenses
    scored = [titles[lens].title for lens in scored_lenses(edition.framework)]
    unscored = [
        titles[lens].title
        for lens in lenses.lens_ids
        if lens not in scored_lenses(edition.framework)
    ]
    show_points(
        (
            _("Lenses complement maturity: none of them changes a level's score."),
            _("Scored lenses: {lenses}.").format(lenses=edition.words.all_of(scored)),
            _("Never scored: {lenses}.").format(lenses=edition.words.all_of(unscored)),
            _(
                "Score of a lens = 100 × mean health of its answered questions. There are no "
                "weights: each question counts alike."
            ),
            _("Coverage of a lens = answered questions ÷ all its questions."),
            _(
                "With several voices, a question's health is the mean over those who answered "
                "it. A voice that answers a lens again, even with a single question, replaces "
                "its earlier answers to that lens."
            ),
        )
    )


def show_who_decides(reader: Reader) -> None:
    """The health of a decision, whom the framework expects, and fit."""
    _, edition, words = reader.gettext, reader.edition, reader.edition.words
    po, pm = (edition.role(role) for role in (edition.framework.rules.po_seat, "pm"))
    show_section(
        edition.lens_asking_for("decisions").title,
        _(
            "Health of a decision: {all} when everyone named should decide it, {some} when "
            "some of them should, {none} when none of them should.",
            all=ALL_FIT,
            some=words.number(SOME_FIT, digits=1),
            none=NONE_FITS,
        ),
        _(
            "“{nobody}”, “{unclear}” and a vacant seat have a health of {none}.",
            nobody=edition.decider(NOBODY),
            unclear=edition.decider(UNCLEAR),
            none=NONE_FITS,
        ),
        _("Fit of a level = 100 × mean health of its answered decisions."),
        _(
            "Who should decide depends on the squad's setup: with a {po}, the deciders of "
            "article A; without, those of article B. A role that does not exist drops out."
        ).format(po=po),
        _(
            "Seats held by one person count as one: a {pm} who is also the {po} may decide as "
            "both. {stand_ins}"
        ).format(pm=pm, po=po, stand_ins=_stand_ins(reader)),
        _("An answer that names a role nobody holds is left out, and the result says so."),
        _(
            "Each voice is read with the setup of the day it answered; a result shows that of "
            "its last day."
        ),
    )
    show_cells(
        method_tables.reference_table(edition),
        alt=_("Who decides, is consulted and must not decide at each level"),
    )


def show_findings(reader: Reader) -> None:
    """When each kind of mismatch is raised, and how voices are compared."""
    _, edition, words = reader.gettext, reader.edition, reader.edition.words
    lenses = edition.framework.lenses
    rules = {
        "seat-vacant": _("nobody in the setup is there to decide."),
        "nobody-decides": _("“{nobody}” is the answer.").format(nobody=edition.decider(NOBODY)),
        "unclear": _("“{unclear}” is the answer.").format(unclear=edition.decider(UNCLEAR)),
        "must-not-decide": _("a role is named that must not decide at this level."),
        "escalation": _(
            "a leader ({leaders}) decides at the level {level}; it is then not listed a second "
            "time as a decision from the wrong seat."
        ).format(
            leaders=edition.roles(lenses.escalation.roles),
            level=edition.level(lenses.escalation.level),
        ),
        "bottleneck": _(
            "one person is named at every level answered, {levels} or more, and decides alone at "
            "least once; and either some of these levels are not theirs, or they decide alone in "
            "{share} of the decisions or more. The team is many people, so it never counts.",
            levels=lenses.bottleneck.levels,
            share=words.percent(lenses.bottleneck.share),
        ),
        "crowd": _(
            "{count} people or more are named for one decision, and more than the reference names "
            "for that level. A person in two seats is one.",
            count=lenses.crowd,
        ),
    }
    show_points(
        _("{kind}: {rule}").format(kind=edition.texts.lenses.findings[kind].title, rule=rules[kind])
        for kind in lenses.finding_by_id
    )
    st.subheader(_("With several voices"), anchor=False)
    show_points(
        [
            _(
                "With several voices, a finding is raised when at least {share} of those who "
                "answered say so."
            ).format(share=words.percent(LEAST_SHARE)),
            _(
                "Each decision that was answered is one of three. No decider: at least {half} "
                "of the voices say nobody or unclear. Clear: at least {most} name the same "
                "people. Contested: all others. The three counts come first, fit after them."
            ).format(half=words.percent(LEAST_SHARE), most=words.percent(lenses.clear)),
            _(
                "How far apart voices are: for each pair of voices, the share of the people named "
                "by either that they do not both name; then the mean over all pairs. PM and PO "
                "against PM alone is 50%."
            ),
            _("“{unclear}” names nobody: such a voice is counted apart.").format(
                unclear=edition.decider(UNCLEAR)
            ),
        ]
    )


def show_other_lenses(reader: Reader) -> None:
    """Each other scored lens: how it is answered, when it applies, every item."""
    edition = reader.edition
    scored = scored_lenses(edition.framework)
    for lens in edition.framework.lenses.lenses:
        if lens.id in scored and lens.asks == "items":
            _show_lens(reader, lens)


def show_unscored(reader: Reader) -> None:
    """Vital signs and mandates: followed and shown, never scored."""
    _, edition = reader.gettext, reader.edition
    lenses, texts = edition.framework.lenses, edition.texts.lenses
    show_section(
        _("Vital signs and mandates"),
        *(
            _(
                "{sign}: a number from 0 to {most}, in {unit}.",
                sign=texts.signs[sign.id].short,
                most=sign.most,
                unit=texts.signs[sign.id].unit,
            )
            for sign in lenses.signs
        ),
        _("With several voices, a vital sign is their median, so that one slip moves little."),
        _("Mandate sentences can be written for {roles}; they are shown, not judged.").format(
            roles=edition.roles(lenses.mandates)
        ),
        _("“{item}” answered yes without a sentence gets a nudge, not a penalty.").format(
            item=edition.texts.items[lenses.mandates_item].short
        ),
    )


def _show_lens(reader: Reader, lens: Lens) -> None:
    _, edition = reader.gettext, reader.edition
    text = edition.texts.lenses.lenses[lens.id]
    with st.expander(as_plain_text(text.title)):
        lines = [text.intro]
        lines += [
            _("Answers: {options}.").format(options=scale)
            for scale in method_tables.scales_of(edition, lens.id)
        ]
        if lens.needs_role:
            lines.append(
                _("Without a {role} in the setup, this lens does not apply.").format(
                    role=edition.role(lens.needs_role)
                )
            )
        if lens.by_company:
            lines += [
                edition.words.labelled(company.name, company.reading)
                for company in edition.texts.lenses.companies.values()
            ]
            lines.append(_("The type of company colours the reading, never the score."))
        show_points(lines)
        show_cells(method_tables.items_table(edition, lens.id), alt=text.title)


def _stand_ins(reader: Reader) -> str:
    edition = reader.edition
    return " ".join(
        reader.gettext("The {role} counts as {others}.").format(
            role=edition.role(role.id), others=edition.roles(role.stands_for)
        )
        for role in edition.framework.roles
        if role.stands_for
    )

"""What the framework holds as tables for people, as the method page shows it; pure."""

from math import nan

import pandas as pd

from assessment.content.edition import Edition
from assessment.languages import BLANK
from assessment.model.playbook import Passage


def weights_table(edition: Edition) -> pd.DataFrame:
    """Items × levels with their weights, as the method page shows them."""
    _, framework = edition.words.gettext, edition.framework
    levels = {level: edition.level(level) for level in framework.level_ids}
    return pd.DataFrame(
        {
            _("Question"): edition.item(item.id),
            **{name: str(item.weights.get(level, "·")) for level, name in levels.items()},
            _("Lever"): edition.lever(item.lever),
            _("Article"): ", ".join(item.sources),
        }
        for item in framework.items
    )


def cycle_rows(edition: Edition, passage: Passage) -> pd.DataFrame:
    """The steps of a passage's cycle, in order, with their names and what each of them is."""
    texts = edition.passage(passage).facts
    return pd.DataFrame(
        {"step": step, "name": texts[step].name, "text": texts[step].text} for step in passage.cycle
    )


def reference_table(edition: Edition) -> pd.DataFrame:
    """Who decides, is consulted and must not decide, per level and for decisions apart."""
    _, rows = edition.words.gettext, []
    for level in edition.framework.levels:
        deciders = [(edition.level(level.id), level.decides, level.decides_without_po)]
        deciders += [
            (edition.decision(decision.id), decision.decides, decision.decides)
            for decision in edition.framework.lenses.decisions_at(level.id)
            if decision.decides
        ]
        rows += [
            {
                _("Level"): name,
                _("Decides, with a PO"): edition.roles(with_po),
                _("Decides, without a PO"): edition.roles(without_po),
                _("Is consulted"): edition.roles(level.consulted),
                _("Must not decide"): edition.roles(level.must_not_decide),
            }
            for name, with_po, without_po in deciders
        ]
    return pd.DataFrame(rows)


def scales_of(edition: Edition, lens_id: str) -> list[str]:
    """The scales a lens is answered on, best answer first, each with its health."""
    framework, words = edition.framework, edition.words
    options = {**edition.texts.options, **edition.texts.lenses.options}
    scales = dict.fromkeys(item.scale for item in framework.lenses.items_of(lens_id))
    answers = [
        [f"{options[one.id]} = {words.number(one.health, digits=1)}" for one in scale.options]
        for scale in map(framework.scale_by_id.__getitem__, scales)
    ]
    return [*map(words.all_of, answers)]


def items_table(edition: Edition, lens_id: str) -> pd.DataFrame:
    """What a lens asks, with the lever that helps and the article behind it."""
    _, texts = edition.words.gettext, edition.texts
    return pd.DataFrame(
        {
            _("Question"): texts.lenses.items[item.id].question,
            _("Lever"): texts.levers[item.lever].title,
            _("Source"): ", ".join(item.sources),
        }
        for item in edition.framework.lenses.items_of(lens_id)
    )


def holds_example(edition: Edition) -> pd.DataFrame:
    """Two made-up levels for `charts.bars.level_bars`; the second's range crosses a border."""
    _ = edition.words.gettext
    shown = ((_("Holds"), 64.0, 58.0, 69.0), (_("Depends on one voice"), 53.0, 45.0, 60.0))
    return pd.DataFrame(
        {
            "squad": _("Example"),
            "level": name,
            "level_name": name,
            "score": score,
            "low": low,
            "high": high,
            "stage": 3.0,
            "stage_name": edition.stage(3),
            "coverage": 1.0,
            "change": nan,
            "changed": BLANK,
            "since": "",
            "is_capped": False,
        }
        for name, score, low, high in shown
    )

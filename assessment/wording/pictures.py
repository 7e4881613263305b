"""What a chart is, for whoever does not see it; pure."""

from assessment.content.edition import Edition
from assessment.rounds.round import Round
from assessment.wording.parts import Picture


def picture_name(edition: Edition, chart: str, picture: Picture, says: str = "") -> str:
    """What the function `chart` draws, of whom, then the finding, or what it `says` instead."""
    _ = edition.words.gettext
    kinds = {
        "level_bars": _("Bars: scores by level"),
        "radar": _("Radar: scores by level"),
        "small_radar": _("Radar: scores by level"),
        "heat_map": _("Scores by squad and level"),
        "grouped_bars": _("Bars: scores by squad"),
        "fit_map": _("Clear decisions and fit by squad and level"),
        "lens_map": _("Scores by squad and lens"),
        "seat_pressures": _("Bars: pressure on each seat"),
        "voice_spread": _("Answers, question by question"),
        "deciders_map": _("Who decides, decision by decision"),
        "contested_bars": _("Bars: contested decisions"),
        "fit_beside_maturity": _("Maturity and fit by level"),
        "lens_bars": _("Bars: scores by lens"),
        "decision_seats": _("Seats by level and by squad"),
        "squad_lines": _("Lines: scores of each squad, period by period"),
        "level_strips": _("Lines: scores of each level, period by period"),
        "level_lines": _("Line: score of a level, period by period"),
        "change_dumbbell": _("Scores by level, before and now"),
        "fit_lines": _("Lines: fit of who decides, period by period"),
        "lens_lines": _("Lines: scores of each lens, period by period"),
        "vital_lines": _("Lines: vital signs, period by period"),
    }
    name = " · ".join(filter(None, (kinds[chart], picture.of)))
    return edition.words.labelled(name, says or picture.alt)


def of_round(edition: Edition, shown: Round) -> str:
    """Whose result a picture shows: squad and period; of answers not saved the period alone."""
    return " · ".join(filter(None, (shown.squad, edition.period(shown.period))))

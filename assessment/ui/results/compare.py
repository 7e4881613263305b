"""Squads side by side: the map first, then one view: levels, profiles, who decides, lenses."""

from collections.abc import Callable, Hashable, Sequence

import streamlit as st

from assessment.charts.grouped_bars import grouped_bars
from assessment.charts.maps import fit_map, heat_map, lens_map
from assessment.charts.radar import MOST_OVERLAID, radar, small_radar
from assessment.model.period import Period
from assessment.ui.parts.columns import SQUADS_AT_ONCE, in_rows
from assessment.ui.parts.stages import show_stage_legend
from assessment.ui.parts.unreleased import show_too_few, show_unreleased
from assessment.ui.parts.url_choices import chosen_view, opened_view
from assessment.ui.results.drawing import draw, draw_with_table, show_as_table, show_table
from assessment.ui.session import address, keys
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_text, show_captions, show_points
from assessment.wording.comparison import ComparisonPart
from assessment.wording.parts import Picture
from assessment.wording.squads import fit_key, grey_key

LEAST_SQUADS = 2
RADARS_A_ROW = 3


def stop_if_incomparable(reader: Reader, part: ComparisonPart, period: Period) -> None:
    """Name who has a later check and who none in the period; stop when fewer than two have one."""
    if part.elsewhere or part.absent.text:
        st.info(as_plain_text(" ".join(filter(None, (part.elsewhere, part.absent.text)))))
    if part.absent.text:
        show_too_few(reader, part.absent.behind, period=period)
    if len(part.profiles) < LEAST_SQUADS:
        st.info(
            reader.gettext(
                "Fewer than two of these squads have a check in this period: choose another "
                "period, quarters instead of months, or other squads."
            )
        )
        st.stop()


def show_comparison(reader: Reader, part: ComparisonPart) -> None:
    """The verdict and the map, then the one view that the reader chose."""
    st.header(as_plain_text(part.verdict), anchor=False)
    show_captions(part.holds)
    show_unreleased(reader, [shown.squad for shown in part.comparison.rounds])
    show_stage_legend(reader, with_capped=True)
    draw(reader, heat_map, part.levels_picture, part.identity)
    show_as_table(reader, part.levels_picture, name="heat_map")
    _ = reader.gettext
    views: dict[str, tuple[str, Callable[[Reader, ComparisonPart], None]]] = {
        "levels": (_("Level by level"), _show_levels),
        "profiles": (_("Profiles"), _show_profiles),
    }
    if part.comparison.deep_rounds:  # only where the deep check was taken
        views["who-decides"] = (_("Who decides"), _show_deciders)
        views["lenses"] = (_("Lenses"), _show_lenses)
    opened_view(views, label=_("View"))(reader, part)


def _show_levels(reader: Reader, part: ComparisonPart) -> None:
    """One level, at first the one that the verdict names; an old address may say all of them."""
    if st.query_params.get("level") == "all":
        address.write(level=None)
    label, levels = reader.gettext("Level"), reader.edition.short_levels
    level = chosen_view(levels, label=label, parameter="level", first=part.first_level)
    draw(reader, grouped_bars, part.level_picture(level), (part.identity, level))


def _show_profiles(reader: Reader, part: ComparisonPart) -> None:
    if len(part.profiles) <= MOST_OVERLAID:
        draw(reader, radar, part.levels_picture, part.identity)
        return
    shown, hidden = part.profiles[:SQUADS_AT_ONCE], part.profiles[SQUADS_AT_ONCE:]
    _show_grid(reader, shown, part.identity)
    if hidden:
        label = reader.counted("{count} more squad", "{count} more squads", len(hidden))
        more = st.expander(label, key=keys.COMPARE_MORE, on_change="rerun")
        if more.open:
            with more:
                _show_grid(reader, hidden, part.identity)


def _show_grid(reader: Reader, profiles: Sequence[tuple[str, Picture]], identity: Hashable) -> None:
    for column, (squad, picture) in in_rows(profiles, a_row=RADARS_A_ROW):
        with column:
            st.markdown(f"**{as_plain_text(squad)}**  \n:small[{as_plain_text(picture.alt)}]")
            draw(reader, small_radar, picture, (identity, squad), name=f"-{squad}")


def _show_deciders(reader: Reader, part: ComparisonPart) -> None:
    _show_without_deep_check(part)
    if fit := part.fit_picture:
        draw_with_table(reader, fit_map, fit, part.identity)
        st.caption(fit_key(reader.edition))
    show_captions(part.left_out, part.not_kept)
    if not part.contested:
        return
    st.subheader(as_plain_text(part.contested), anchor=False)
    for first in part.contested_tables[:1]:
        show_table(first)
    for more in part.contested_tables[1:]:
        with st.expander(more.title):
            show_table(more)


def _show_lenses(reader: Reader, part: ComparisonPart) -> None:
    _show_without_deep_check(part)
    if lenses := part.lens_picture:
        draw_with_table(reader, lens_map, lenses, part.identity)
        st.caption(grey_key(reader.edition))


def _show_without_deep_check(part: ComparisonPart) -> None:
    line = part.without_deep_check
    if line.behind:
        with st.expander(as_plain_text(line.text), type="compact"):
            show_points(line.behind)
    else:
        show_captions(line.text)

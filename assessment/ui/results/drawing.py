"""Parts of a result on a page: pictures and tables."""

from collections.abc import Hashable

import streamlit as st

from assessment.charts.specs import ChartFunction
from assessment.ui.parts.charts import show_chart
from assessment.ui.parts.tables import show_cells
from assessment.ui.session import keys
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import as_plain_text
from assessment.wording.parts import Picture, Table
from assessment.wording.pictures import picture_name


def draw(
    reader: Reader, chart: ChartFunction, picture: Picture, identity: Hashable, name: str = ""
) -> None:
    """A picture as a chart; `identity` says which data it is, `name` which of several it is."""
    alt = picture_name(reader.edition, chart.__name__, picture)
    show_chart(reader, chart, picture.frame, identity=identity, alt=alt, name=name)


def draw_with_table(
    reader: Reader, chart: ChartFunction, picture: Picture, identity: Hashable
) -> None:
    """A picture under what it shows, and the same as a table, which is made once it is opened."""
    st.subheader(as_plain_text(picture.alt), anchor=False)
    draw(reader, chart, picture, identity)
    show_as_table(reader, picture, name=chart.__name__)


def show_as_table(reader: Reader, picture: Picture, *, name: str) -> None:
    """What a picture shows as a table, folded; `name` says which picture on the page."""
    folded = st.expander(
        reader.gettext("As a table"), key=keys.as_table(name), type="compact", on_change="rerun"
    )
    if folded.open:
        with folded:
            show_squads_table(picture.table)


def tap_for_table(reader: Reader, picture: Picture, *, name: str) -> None:
    """A picture's table where there is little room: it lies over the page once it is tapped."""
    tap = st.popover(
        reader.gettext("As a table"), type="tertiary", key=keys.as_table(name), on_change="rerun"
    )
    if tap.open:
        with tap:
            show_squads_table(picture.table)


def show_table(table: Table) -> None:
    """A table whose title describes it; its texts are shown as they are."""
    show_cells(table.cells, alt=table.title)


def show_squads_table(table: Table) -> None:
    """A table whose first column holds names that people wrote."""
    squad = table.cells.columns[0]
    names = [as_plain_text(name) for name in table.cells[squad]]
    show_table(Table(table.title, table.cells.assign(**{squad: names})))

"""The page on privacy: what is kept about whom, who sees it, for how long."""

import pandas as pd
import streamlit as st

from assessment.storage.kinds import KINDS
from assessment.ui.guard.visitor import current_policy, current_rights
from assessment.ui.parts.tables import show_cells
from assessment.ui.session import keys, page_files
from assessment.ui.session.reader import Reader
from assessment.ui.session.saying import show_points
from assessment.ui.session.ways import show_link
from assessment.wording.privacy import confidential, how_long, kept_lines, kind_titles, who_reads


def show_privacy(reader: Reader) -> None:
    """Kind by kind, then for how long; editors find the way to one person's data."""
    _, edition, protected = reader.gettext, reader.edition, current_policy().protected
    st.markdown(
        _(
            "Nobody needs to give a name here. This is all that the app keeps, read from what it "
            "stores column by column."
        )
    )
    st.markdown(who_reads(edition, protected=protected))
    st.info(confidential(edition), icon=":material/lock:")
    titles = kind_titles(edition)
    columns = [_("What"), _("About whom"), _("Seen by")]
    kinds = [kind.name for kind in KINDS]
    with st.container(key=keys.PRIVACY_KINDS):
        for kind, lines in kept_lines(edition, kinds, protected=protected).items():
            st.header(titles[kind], anchor=False)
            show_cells(pd.DataFrame(lines, columns=columns), alt=titles[kind])
    st.header(_("For how long"), anchor=False)
    show_points(how_long(edition))
    if current_rights().may_edit:
        label = _("Export or delete what one person answered")
        show_link(reader, page_files.DATA, label, icon=":material/person:")

"""How is this computed? The rules and weights, told from the framework itself."""

import streamlit as st

from assessment.ui.guard.gate import admit
from assessment.ui.learn import deep_method, method
from assessment.ui.session.reader import current_reader

here = current_reader()
admit(here, to="learn")
st.title(here.gettext("Method"), anchor=False)

method.show_scoring(here)
method.show_stages(here)
method.show_weights(here)
method.show_readings(here)
method.show_voices(here)
deep_method.show_lenses(here)
deep_method.show_who_decides(here)
deep_method.show_findings(here)
deep_method.show_other_lenses(here)
deep_method.show_unscored(here)
method.show_claims(here)

"""How is this computed? The rules and weights, told from the framework itself."""

import streamlit as st

from assessment.ui.guard.gate import admit
from assessment.ui.learn import method
from assessment.ui.session.reader import current_reader

reader = current_reader()
admit(reader, to="learn")
st.title(reader.gettext("Method"), anchor=False)

method.show_scoring(reader)
method.show_stages(reader)
method.show_weights(reader)
method.show_readings(reader)
method.show_voices(reader)
method.show_lenses(reader)
method.show_who_decides(reader)
method.show_findings(reader)
method.show_other_lenses(reader)
method.show_unscored(reader)
method.show_claims(reader)

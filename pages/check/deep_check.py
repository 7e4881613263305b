"""Who really decides what? Eight lenses, in any order, beside the quick check."""

from assessment.ui.check.deep_check import deep_check
from assessment.ui.guard.gate import admit
from assessment.ui.session.reader import current_reader

reader = current_reader()
admit(reader, to="check")
deep_check()

"""Who really decides what? Eight lenses, in any order, beside the quick check."""

from assessment.ui.check.deep_check import deep_check
from assessment.ui.guard.gate import admit

admit(to="check")
deep_check()

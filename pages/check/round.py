"""What does each of you see? The round somebody was invited to, answered once, without results."""

from assessment.ui.guard.gate import admit
from assessment.ui.rounds.take_part import show_title, take_part
from assessment.ui.session.look import load_again_on_waking

reader = admit(to="round")
show_title(reader)

load_again_on_waking()
take_part(reader)

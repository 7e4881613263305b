"""What do we settle together? A session on the big screen, from the code to the close."""

from assessment.ui.guard.gate import admit
from assessment.ui.room.room import room
from assessment.ui.session.saying import show_message_once

reader = admit(to="manage")

show_message_once(reader)
room(reader)

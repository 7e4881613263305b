"""Who Decides? / Qui décide ?: set the page up, build the navigation, run the page."""

from assessment.ui import shell

shell.set_up()
shell.run(shell.navigation())

"""Who Decides? / Qui décide ?: a visitor's run of the page, and the application that serves it."""

import streamlit as st

from assessment.ui import shell

if __name__ == "__main__":  # Streamlit runs it for a visitor
    shell.set_up()
    shell.run()
else:  # a server imports it
    from assessment.ui.server import application

    app = st.App(__file__, **application.surroundings())

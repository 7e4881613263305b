"""Every page, run in process through Streamlit's AppTest."""

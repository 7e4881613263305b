"""Every page, run in process through Streamlit's AppTest: assessment.ui and pages."""

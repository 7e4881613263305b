"""What pages are made of: the only package, with app.py and pages/, that imports streamlit."""

"""Who may see and change what, and what was promised to whom answered: assessment.access."""

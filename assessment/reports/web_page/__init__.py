"""A briefing as a web page that needs no network."""

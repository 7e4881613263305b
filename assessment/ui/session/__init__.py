"""This run's reader, and what the session remembers."""

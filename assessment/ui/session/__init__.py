"""The reader of this run, and what the session remembers."""

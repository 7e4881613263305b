"""The command line, from its arguments to what it prints: assessment.commands."""

"""Where assessments are kept: one protocol, a CSV store behind it."""

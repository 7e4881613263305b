"""Where assessments are kept: one protocol, a CSV store and a PostgreSQL store behind it."""

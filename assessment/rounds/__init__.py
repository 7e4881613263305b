"""Many voices, squads and periods: pooled, compared, followed; pure."""

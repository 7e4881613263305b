"""Many voices, squads and periods, pooled and compared: assessment.rounds."""

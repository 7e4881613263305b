"""Charts: approved specs, and behaviour in sentences."""

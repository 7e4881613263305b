"""Charts: approved specs, and behaviour in sentences: assessment.charts."""

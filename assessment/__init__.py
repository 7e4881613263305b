"""Who Decides? / Qui décide ?: self-assessment of product governance."""

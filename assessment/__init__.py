"""Who Decides? / Qui décide ?: self-assessment of product governance."""

__version__ = "0.15.0"

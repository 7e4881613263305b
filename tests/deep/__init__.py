"""The deep check: who decides, lenses, and how they are told."""

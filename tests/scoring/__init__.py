"""Scores, levers, fit and findings by hand-worked values and properties: assessment.scoring."""

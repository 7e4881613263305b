"""Whole journeys in a real Chromium, and the screenshots script."""

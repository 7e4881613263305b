"""Tests of assessment.access."""

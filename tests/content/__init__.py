"""Tests of assessment.content."""

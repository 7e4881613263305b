"""Tests of assessment.model."""

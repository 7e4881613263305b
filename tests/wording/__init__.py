"""Tests of assessment.wording."""

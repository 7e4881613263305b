"""Tests of assessment.forms."""

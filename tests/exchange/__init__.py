"""Tests of assessment.exchange."""

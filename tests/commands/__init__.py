"""Tests of assessment.commands."""

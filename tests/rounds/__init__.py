"""Tests of assessment.rounds."""

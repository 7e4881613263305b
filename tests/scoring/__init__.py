"""Tests of assessment.scoring."""

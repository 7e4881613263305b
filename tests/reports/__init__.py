"""Tests of what leaves as a file."""

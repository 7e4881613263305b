"""Tests: a folder for each room, and beside them browser, reliability and benchmarks."""

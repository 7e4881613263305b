"""Measurements, each a ratio to a floor taken in the same run; never part of the tests."""

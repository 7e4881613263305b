"""Measurements, each a ratio to a floor taken in turns in the same run; never part of the tests."""

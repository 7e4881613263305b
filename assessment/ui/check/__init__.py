"""Answering and saving."""

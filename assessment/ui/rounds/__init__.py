"""A survey by invitation."""

"""A round by invitation."""

"""Records as files that people take away and bring back; no I/O."""

"""The app as a server: what it answers beside the pages, and what stands around each answer."""

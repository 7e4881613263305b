"""Who may see and change what, and what a survey promised; pure."""

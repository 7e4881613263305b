"""Who may see and change what, and what a round promised; pure."""

"""What a squad's answers say, alone, side by side and over time."""

"""What every store promises, and what the CSV store promises beyond."""

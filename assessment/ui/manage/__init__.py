"""What is stored, and who may see it."""

"""What every store promises, and each store beyond that: assessment.storage."""

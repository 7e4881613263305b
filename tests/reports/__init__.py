"""What leaves as a file, opened again by other programs: assessment.reports."""

"""What results say, in both languages: assessment.wording."""

"""What a person filled in, as a record or as a refusal per field: assessment.forms."""

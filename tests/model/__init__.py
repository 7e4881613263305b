"""What records and framework allow and refuse: assessment.model."""

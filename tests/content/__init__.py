"""The shipped framework, playbook and texts: assessment.content."""

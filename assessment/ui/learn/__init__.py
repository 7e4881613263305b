"""The playbook and the method."""

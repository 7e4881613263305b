"""The shipped framework, playbook and texts: read, checked, in a language."""

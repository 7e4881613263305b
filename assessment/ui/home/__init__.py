"""The first page: what this is, or where the squads stand."""

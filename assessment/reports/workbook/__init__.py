"""A briefing as a workbook."""

"""Records in CSV files, one line each, that survive crashes and spreadsheets."""

"""Filing by spreadsheet."""

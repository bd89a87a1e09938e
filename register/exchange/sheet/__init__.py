"""The officer's workbook."""

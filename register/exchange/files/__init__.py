"""Files as tables: opened, decoded, read and written, within limits."""

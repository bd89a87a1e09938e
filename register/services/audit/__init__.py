"""What auditors read, draw, compare and note."""

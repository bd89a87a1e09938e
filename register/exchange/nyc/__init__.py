"""New York City's reports on algorithmic tools."""

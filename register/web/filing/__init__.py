"""The desks of those who file, and of the second person."""

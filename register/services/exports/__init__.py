"""The public register given out as data."""

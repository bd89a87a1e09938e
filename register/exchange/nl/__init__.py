"""The Dutch algorithm register."""

"""Erasing what a court or a law orders, wherever it was copied."""

"""Fetch the fonts that pages are shown in."""

"""Searching: the question in an address, and the pages and files of what was found."""

"""The public log: told, signed, checked, proved, and bundled."""

"""Other registers' dialects: what they call things, and how their files are read and written."""

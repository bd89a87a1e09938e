"""The register's own formats, and its description for harvesters and search engines."""

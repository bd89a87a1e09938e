"""The United Kingdom's Algorithmic Transparency Recording Standard."""

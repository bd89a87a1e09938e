"""Taking in what other registers, or another instance of this one, published."""

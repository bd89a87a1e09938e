"""The sample register, filed as real ones are."""

"""The directory of public bodies: kept by hand, or taken in from a file."""

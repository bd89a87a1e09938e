"""Who owes which disclosure by when, and who is told of it."""

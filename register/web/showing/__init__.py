"""What is kept, made ready for templates in the reader's language."""

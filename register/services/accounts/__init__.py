"""The people and programs that may come in, and the letters that reach them."""

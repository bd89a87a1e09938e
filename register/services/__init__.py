"""What may be done: one function a deed, one transaction a function, no framework."""

"""What is measured, against whom, on the machine that runs it."""

"""The European registers: the Artificial Intelligence Act's, and that of Eurocities."""
